//! What the screen is about, and what each key does to it. Nothing here draws, searches or waits.

use super::line::Line;
use super::worker::{Asking, Opened};
use diary::{EntryId, Facet};
use diary_cli::terminal::{Exit, INTERRUPTED};
use diary_query::lang::MAX_BYTES;
use diary_query::{Answer, FacetValue, Hit};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pane {
    Query,
    Hits,
    Facets,
}

/// What a key asks of the world outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Search(Asking),
    Read(EntryId, String),
    Browse,
    Edit,
    Suspend,
    Redraw,
    Quit(Exit),
}

/// A key, where it works, and what it does.
pub(super) struct Key {
    pub(super) place: &'static str,
    pub(super) key: &'static str,
    pub(super) does: &'static str,
}

const fn key(place: &'static str, key: &'static str, does: &'static str) -> Key {
    Key { place, key, does }
}

pub(super) const IN_QUERY: &str = "query";
pub(super) const IN_HITS: &str = "hits";
pub(super) const IN_FACETS: &str = "facets";
pub(super) const IN_ENTRY: &str = "entry";
pub(super) const ANYWHERE: &str = "anywhere";

/// Every key, the most useful of each place first.
pub(super) static KEYS: [Key; 30] = [
    key(IN_QUERY, "Enter", "read the entry"),
    key(IN_QUERY, "↑ ↓", "choose a hit"),
    key(IN_QUERY, "Tab", "to the hits"),
    key(IN_QUERY, "Esc", "leave"),
    key(IN_QUERY, "^U ^K", "delete to the start, to the end"),
    key(IN_QUERY, "^W", "delete a word"),
    key(IN_QUERY, "^A ^E", "to the start, to the end"),
    key(IN_HITS, "Enter", "read the entry"),
    key(IN_HITS, "o", "open its page"),
    key(IN_HITS, "e", "edit its source"),
    key(IN_HITS, "Tab", "to the facets"),
    key(IN_HITS, "/", "to the query"),
    key(IN_HITS, "Esc", "back to the query"),
    key(IN_HITS, "↑ ↓ k j", "choose a hit"),
    key(IN_HITS, "g G", "first, last"),
    key(IN_HITS, "q", "leave"),
    key(IN_FACETS, "Space", "on or off"),
    key(IN_FACETS, "↑ ↓ k j", "choose a value"),
    key(IN_FACETS, "Tab", "to the query"),
    key(IN_FACETS, "Esc", "back to the query"),
    key(IN_FACETS, "q", "leave"),
    key(IN_ENTRY, "Esc", "back"),
    key(IN_ENTRY, "n p", "next, previous hit"),
    key(IN_ENTRY, "o", "open its page"),
    key(IN_ENTRY, "e", "edit its source"),
    key(IN_ENTRY, "↑ ↓ Space", "scroll"),
    key(IN_ENTRY, "g G", "start, end"),
    key(ANYWHERE, "F1 ?", "all keys (while typing F1 alone)"),
    key(ANYWHERE, "^Z ^L", "suspend, draw anew"),
    key(ANYWHERE, "^C", "leave"),
];

/// So many hits are asked for at first; twice as many each time the end is in sight.
const FIRST_HITS: usize = 50;

/// Everything that is on the screen.
pub(super) struct State {
    pub(super) line: Line,
    pub(super) pane: Pane,
    pub(super) answer: Option<Answer>,
    pub(super) opened: Option<Opened>,
    pub(super) shows_keys: bool,
    /// A remark, until the next key.
    pub(super) said: String,
    /// Which hit is chosen, and which is the first on the screen.
    pub(super) hit: usize,
    pub(super) first_hit: usize,
    /// Which value of the facets is chosen.
    pub(super) facet: usize,
    /// How far the list or the entry moves for a page.
    page: usize,
    limit: usize,
    asked: u64,
    answered: u64,
}

impl State {
    pub(super) fn new(query: &str) -> Self {
        Self {
            line: Line::new(query),
            pane: Pane::Query,
            answer: None,
            opened: None,
            shows_keys: false,
            said: String::new(),
            hit: 0,
            first_hit: 0,
            facet: 0,
            page: 1,
            limit: FIRST_HITS,
            asked: 0,
            answered: 0,
        }
    }

    /// The question that the line is now.
    pub(super) fn asking(&mut self) -> Asking {
        self.asked += 1;
        Asking { number: self.asked, text: self.line.text().to_owned(), limit: self.limit }
    }

    /// Whether what is shown is not yet what was asked for last.
    pub(super) fn is_waiting(&self) -> bool {
        self.answered < self.asked
    }

    pub(super) fn hits(&self) -> &[Hit] {
        self.answer.as_ref().map_or(&[], |answer| &answer.page.hits)
    }

    pub(super) fn chosen(&self) -> Option<&Hit> {
        self.hits().get(self.hit)
    }

    /// The values that can be chosen, those of each facet in a row.
    pub(super) fn values(&self) -> Vec<(Facet, &FacetValue)> {
        let facets = self.answer.iter().flat_map(|answer| &answer.page.facets);
        let shown = |value: &&FacetValue| value.count > 0 || value.selected;
        facets.flat_map(|counts| counts.values.iter().filter(shown).map(|value| (counts.facet, value))).collect()
    }

    /// Takes an answer in. One that a later answer has overtaken is too late.
    pub(super) fn answered(&mut self, number: u64, answer: Result<Answer, String>) {
        if number <= self.answered {
            return;
        }
        self.answered = number;
        let answer = match answer {
            Ok(answer) => answer,
            Err(sentence) => {
                self.said = sentence;
                return;
            }
        };
        if self.answer.as_ref().is_none_or(|shown| shown.query != answer.query) {
            (self.hit, self.first_hit) = (0, 0);
        }
        let chosen = self.values().get(self.facet).map(|(facet, value)| (*facet, value.value.clone()));
        self.answer = Some(answer);
        self.hit = self.hit.min(self.hits().len().saturating_sub(1));
        let values = self.values();
        let same = values
            .iter()
            .position(|(facet, value)| chosen.as_ref().is_some_and(|(f, v)| f == facet && *v == value.value));
        self.facet = same.unwrap_or(self.facet).min(values.len().saturating_sub(1));
    }

    /// Takes a whole entry in.
    pub(super) fn opened(&mut self, opened: Result<Opened, String>) {
        match opened {
            Ok(opened) => self.opened = Some(opened),
            Err(sentence) => self.said = sentence,
        }
    }

    /// Fits what is shown into so many hits a screen; the chosen one stays on it.
    pub(super) fn fit_hits(&mut self, most: usize) {
        self.page = most.max(1);
        self.first_hit = self.first_hit.clamp((self.hit + 1).saturating_sub(self.page), self.hit);
    }

    /// Fits the entry into so many rows a screen; it has so many in all.
    pub(super) fn fit_entry(&mut self, rows: usize, all: usize) {
        self.page = rows.saturating_sub(1).max(1);
        if let Some(opened) = &mut self.opened {
            opened.first_row = opened.first_row.min(all.saturating_sub(rows));
        }
    }

    /// What a key does.
    pub(super) fn key(&mut self, key: KeyEvent) -> Option<Wish> {
        self.said.clear();
        if key.modifiers.contains(KeyModifiers::CONTROL) {
            match key.code {
                KeyCode::Char('c') => return Some(Wish::Quit(INTERRUPTED)),
                KeyCode::Char('z') => return Some(Wish::Suspend),
                KeyCode::Char('l') => return Some(Wish::Redraw),
                _ => {}
            }
        }
        let is_typing = self.pane == Pane::Query && self.opened.is_none();
        let asks_for_keys = key.code == KeyCode::F(1) || (key.code == KeyCode::Char('?') && !is_typing);
        if self.shows_keys || asks_for_keys {
            self.shows_keys = !self.shows_keys;
            return None;
        }
        match (self.opened.is_some(), self.pane) {
            (true, _) => self.key_in_entry(key),
            (_, Pane::Query) => self.key_in_query(key),
            (_, Pane::Hits) => self.key_in_hits(key),
            (_, Pane::Facets) => self.key_in_facets(key),
        }
    }

    /// Adds pasted text to the query, wherever the keys are: nothing in it is a key. What breaks lines is a space.
    pub(super) fn paste(&mut self, text: &str) -> Option<Wish> {
        let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
        let text = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let room = MAX_BYTES.saturating_sub(self.line.text().len());
        let text = &text[..text.floor_char_boundary(room)];
        (self.opened, self.shows_keys, self.pane) = (None, false, Pane::Query);
        self.said.clear();
        text.chars().for_each(|c| self.line.insert(c));
        (!text.is_empty()).then(|| self.search())
    }

    fn key_in_query(&mut self, key: KeyEvent) -> Option<Wish> {
        let before = self.line.text().to_owned();
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Esc => return Some(self.leave()),
            KeyCode::Enter => return self.read(),
            KeyCode::Tab => self.pane = Pane::Hits,
            KeyCode::BackTab => self.pane = Pane::Facets,
            KeyCode::Char('n') if control => return self.step(1),
            KeyCode::Char('p') if control => return self.step(-1),
            KeyCode::Char('u') if control => self.line.delete_to_start(),
            KeyCode::Char('k') if control => self.line.delete_to_end(),
            KeyCode::Char('w') if control => self.line.delete_word(),
            KeyCode::Char('a') if control => self.line.home(),
            KeyCode::Char('e') if control => self.line.end(),
            KeyCode::Char('h') if control => self.line.delete_left(),
            KeyCode::Char('d') if control => self.line.delete_right(),
            KeyCode::Char(c) if !control && !key.modifiers.contains(KeyModifiers::ALT) => self.line.insert(c),
            KeyCode::Backspace => self.line.delete_left(),
            KeyCode::Delete => self.line.delete_right(),
            KeyCode::Left => self.line.left(),
            KeyCode::Right => self.line.right(),
            KeyCode::Home => self.line.home(),
            KeyCode::End => self.line.end(),
            KeyCode::Char(_) => {}
            code => return self.walk(code),
        }
        (self.line.text() != before).then(|| self.search())
    }

    fn key_in_hits(&mut self, key: KeyEvent) -> Option<Wish> {
        match key.code {
            KeyCode::Esc | KeyCode::Char('/') | KeyCode::BackTab => self.pane = Pane::Query,
            KeyCode::Tab => self.pane = Pane::Facets,
            KeyCode::Enter => return self.read(),
            KeyCode::Char('q') => return Some(self.leave()),
            KeyCode::Char('o') => return self.chosen().map(|_| Wish::Browse),
            KeyCode::Char('e') => return self.chosen().map(|_| Wish::Edit),
            code => return self.walk(code),
        }
        None
    }

    fn key_in_facets(&mut self, key: KeyEvent) -> Option<Wish> {
        let last = self.values().len().saturating_sub(1);
        match key.code {
            KeyCode::Esc | KeyCode::Char('/') | KeyCode::Tab => self.pane = Pane::Query,
            KeyCode::BackTab => self.pane = Pane::Hits,
            KeyCode::Char('q') => return Some(self.leave()),
            KeyCode::Char(' ') | KeyCode::Enter => return self.toggle(),
            code => self.facet = moved(code, self.facet, self.page, last).unwrap_or(self.facet),
        }
        None
    }

    fn key_in_entry(&mut self, key: KeyEvent) -> Option<Wish> {
        match key.code {
            KeyCode::Esc | KeyCode::Char('q') | KeyCode::Left | KeyCode::Backspace => self.opened = None,
            KeyCode::Char('o') => return Some(Wish::Browse),
            KeyCode::Char('e') => return Some(Wish::Edit),
            KeyCode::Char('n') => return self.read_beside(1),
            KeyCode::Char('p') => return self.read_beside(-1),
            code => {
                let (page, opened) = (self.page, self.opened.as_mut()?);
                // Where the end is, the next fitting tells.
                let code = if code == KeyCode::Char(' ') { KeyCode::PageDown } else { code };
                opened.first_row = moved(code, opened.first_row, page, usize::MAX).unwrap_or(opened.first_row);
            }
        }
        None
    }

    /// Chooses another hit; asks for more where the last is in sight.
    fn walk(&mut self, code: KeyCode) -> Option<Wish> {
        let last = self.hits().len().saturating_sub(1);
        self.hit = moved(code, self.hit, self.page, last)?;
        self.more()
    }

    fn step(&mut self, by: isize) -> Option<Wish> {
        self.walk(if by > 0 { KeyCode::Down } else { KeyCode::Up })
    }

    fn more(&mut self) -> Option<Wish> {
        let page = &self.answer.as_ref()?.page;
        let there = page.hits.len();
        let has_more = (there as u64) < page.total.saturating_add(page.partial_total) && there >= self.limit;
        let is_near = self.hit + 2 * self.page >= there;
        (has_more && is_near && !self.is_waiting()).then(|| {
            self.limit *= 2;
            Wish::Search(self.asking())
        })
    }

    fn read(&self) -> Option<Wish> {
        let query = &self.answer.as_ref()?.understood.text;
        self.chosen().map(|hit| Wish::Read(hit.id.clone(), query.clone()))
    }

    fn read_beside(&mut self, by: isize) -> Option<Wish> {
        let before = self.hit;
        let more = self.step(by);
        match self.hit == before {
            true => {
                self.said = if by > 0 { "this is the last hit" } else { "this is the first hit" }.to_owned();
                more
            }
            false => self.read(),
        }
    }

    /// Adds the chosen value to the query, or takes it out.
    fn toggle(&mut self) -> Option<Wish> {
        let values = self.values();
        let (_, value) = values.get(self.facet)?;
        let text = if value.selected { value.remove.clone()? } else { value.apply.clone() };
        self.line = Line::new(&text);
        Some(self.search())
    }

    fn search(&mut self) -> Wish {
        self.limit = FIRST_HITS;
        Wish::Search(self.asking())
    }

    fn leave(&self) -> Wish {
        Wish::Quit(if self.hits().is_empty() { crate::NOTHING } else { crate::FOUND })
    }
}

/// Where a key leads in a list whose last place is `last`.
fn moved(code: KeyCode, at: usize, page: usize, last: usize) -> Option<usize> {
    let to = match code {
        KeyCode::Down | KeyCode::Char('j') => at.saturating_add(1),
        KeyCode::Up | KeyCode::Char('k') => at.saturating_sub(1),
        KeyCode::PageDown => at.saturating_add(page),
        KeyCode::PageUp => at.saturating_sub(page),
        KeyCode::Home | KeyCode::Char('g') => 0,
        KeyCode::End | KeyCode::Char('G') => last,
        _ => return None,
    };
    Some(to.min(last))
}
