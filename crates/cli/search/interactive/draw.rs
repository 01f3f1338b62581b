//! The state as a screen, at any size.
//!
//! A line for the query, a remark, the hits with the facets beside them or an entry in their place, and the keys. On a
//! narrow screen the facets come up in the place of the hits when they have the keys.

use super::state::{ANYWHERE, IN_ENTRY, IN_FACETS, IN_HITS, IN_QUERY, KEYS, Key, Pane, State};
use super::worker::Opened;
use diary::Facet;
use diary_query::{Answer, FacetValue, Hit};
use diary_render::{Row, beside, elided, entry, in_ascii, one_line, passage_rows, words};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::{Color, Style};
use ratatui::text::{Line, Span};

/// What the terminal can do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) color: bool,
    pub(super) ascii: bool,
    /// Whether hits say which archive they are of.
    pub(super) archives: bool,
}

/// The columns of the facets, and from how many columns on they stand beside the hits.
const SIDE: u16 = 32;
const WIDE: u16 = 96;

/// Running text is no wider than is good to read.
const MEASURE: u16 = 96;

/// What stands in front of the text of hits and entries.
const INDENT: u16 = 2;

const PROMPT: &str = "> ";

/// Fits the state into a screen of this size.
pub(super) fn fit(state: &mut State, area: Rect) {
    let body = Screen::of(area).body;
    match &state.opened {
        Some(opened) => {
            let all = entry_rows(opened, body).len();
            state.fit_entry(body.height.into(), all);
        }
        None => {
            let hits = panes(body, state.pane).0.unwrap_or(body);
            state.fit_hits(usize::from(hits.height / hit_height(hits)));
        }
    }
}

/// Draws it.
pub(super) fn draw(frame: &mut Frame, state: &State, look: Look) {
    let screen = Screen::of(frame.area());
    let mut pen = Pen { frame, look };
    match &state.opened {
        _ if state.shows_keys => pen.keys(screen, state),
        Some(opened) => pen.entry(screen, opened),
        None => {
            pen.query(screen.head, state);
            let (hits, facets) = panes(screen.body, state.pane);
            hits.into_iter().for_each(|area| pen.hits(area, state));
            facets.into_iter().for_each(|area| pen.facets(area, state));
        }
    }
    if !state.shows_keys {
        pen.line(screen.note, Line::styled(note(state), pen.dim()));
        pen.hints(screen.keys, state);
    }
    if look.ascii {
        for cell in &mut pen.frame.buffer_mut().content {
            let plain = in_ascii(cell.symbol());
            cell.set_symbol(&plain);
        }
    }
}

/// The parts of the screen.
#[derive(Clone, Copy)]
struct Screen {
    head: Rect,
    note: Rect,
    body: Rect,
    keys: Rect,
}

impl Screen {
    fn of(area: Rect) -> Self {
        let line = Constraint::Length(1);
        let [head, note, body, keys] = Layout::vertical([line, line, Constraint::Fill(1), line]).areas(area);
        Self { head, note, body, keys }
    }
}

/// Where the hits and the facets stand.
fn panes(body: Rect, pane: Pane) -> (Option<Rect>, Option<Rect>) {
    match (body.width >= WIDE, pane) {
        (true, _) => {
            let [hits, facets] =
                Layout::horizontal([Constraint::Fill(1), Constraint::Length(SIDE)]).spacing(2).areas(body);
            (Some(hits), Some(facets))
        }
        (false, Pane::Facets) => (None, Some(body)),
        (false, _) => (Some(body), None),
    }
}

/// The rows of a hit: its date, some of its text, and an empty one where there is room.
fn hit_height(body: Rect) -> u16 {
    1 + text_height(body) + u16::from(body.height >= 12)
}

fn text_height(body: Rect) -> u16 {
    if body.width < 70 { 3 } else { 2 }
}

/// The columns of running text.
fn columns(area: Rect) -> usize {
    usize::from(area.width.saturating_sub(INDENT + 1).clamp(1, MEASURE))
}

fn entry_rows(opened: &Opened, area: Rect) -> Vec<Row> {
    let mut rows = entry::rows(&opened.entry, &opened.marks, columns(area));
    let named = |facet| entry::names(&opened.entry, facet).map(|(_, name)| name).collect::<Vec<_>>().join(" · ");
    for (what, names) in [("people", named(Facet::Person)), ("projects", named(Facet::Project))] {
        if !names.is_empty() {
            rows.push(Row::new());
            rows.extend(diary_render::rows(&format!("{what}: {names}"), &[], false, columns(area)));
        }
    }
    rows
}

/// What is to be said beside the query: the last remark, or how the query was read.
fn note(state: &State) -> String {
    let of_answer = |answer: &Answer| match answer.diagnostics.first() {
        Some(warning) => one_line(&warning.message),
        None => one_line(&answer.understood.summary()),
    };
    match (&state.opened, &state.answer) {
        _ if !state.said.is_empty() => one_line(&state.said),
        (Some(opened), _) => opened.entry.id.to_string(),
        (None, Some(answer)) => of_answer(answer),
        (None, None) => String::new(),
    }
}

struct Pen<'a, 'b> {
    frame: &'a mut Frame<'b>,
    look: Look,
}

impl Pen<'_, '_> {
    fn dim(&self) -> Style {
        Style::new().dim()
    }

    /// What matched is bold, and coloured where that may be, underlined where not.
    fn mark(&self) -> Style {
        if self.look.color { Style::new().bold().fg(Color::Red) } else { Style::new().bold().underlined() }
    }

    fn line(&mut self, area: Rect, line: Line) {
        self.frame.render_widget(line, area);
    }

    /// A row of an area, where it has so many.
    fn row(&mut self, area: Rect, row: usize, line: Line) {
        if let Some(y) = u16::try_from(row).ok().filter(|row| *row < area.height) {
            self.line(Rect { y: area.y + y, height: 1, ..area }, line);
        }
    }

    fn marked(&self, row: &Row) -> Line<'static> {
        let mut line = Line::from(" ".repeat(INDENT.into()));
        for (words, marked) in row {
            line.push_span(Span::styled(words.clone(), if *marked { self.mark() } else { Style::new() }));
        }
        line
    }

    /// The query as it is typed, and at the right what it finds.
    fn query(&mut self, area: Rect, state: &State) {
        let found = match &state.answer {
            _ if state.is_waiting() => "…".to_owned(),
            Some(answer) => found(answer),
            None => String::new(),
        };
        let found = Line::styled(found, self.dim());
        let right = u16::try_from(found.width()).unwrap_or(area.width).min(area.width / 2);
        let [left, right] = Layout::horizontal([Constraint::Fill(1), Constraint::Length(right)]).spacing(1).areas(area);
        self.line(right, found);
        let (before, after) = state.line.halves();
        let (before, after) = (shown(before), shown(after));
        // The part of a long line around the cursor.
        let room = usize::from(left.width).saturating_sub(PROMPT.len() + 1);
        let mut from = before.as_str();
        while Span::raw(from).width() > room {
            from = from.char_indices().nth(1).map_or("", |(at, _)| &from[at..]);
        }
        let cursor = PROMPT.len() + Span::raw(from).width();
        let style = if state.pane == Pane::Query { Style::new().bold() } else { Style::new() };
        let line = Line::from(vec![Span::styled(PROMPT, self.dim()), Span::styled(format!("{from}{after}"), style)]);
        self.line(left, line);
        if state.pane == Pane::Query {
            let x = left.x + u16::try_from(cursor).unwrap_or(0).min(left.width.saturating_sub(1));
            self.frame.set_cursor_position(Position::new(x, left.y));
        }
    }

    fn hits(&mut self, area: Rect, state: &State) {
        let hits = state.hits();
        if let (true, Some(answer)) = (hits.is_empty(), &state.answer) {
            return self.ways_on(area, answer);
        }
        let height = hit_height(area);
        for (place, (number, hit)) in hits.iter().enumerate().skip(state.first_hit).enumerate() {
            let y = u16::try_from(place).unwrap_or(u16::MAX).saturating_mul(height);
            if y.saturating_add(height.saturating_sub(1)) > area.height && place > 0 || y >= area.height {
                break;
            }
            let place = Rect { y: area.y + y, height: height.min(area.height - y), ..area };
            self.hit(place, hit, number == state.hit, text_height(area));
        }
    }

    fn hit(&mut self, area: Rect, hit: &Hit, is_chosen: bool, rows: u16) {
        let date = words::date(&hit.date);
        let sign = if is_chosen { "▌ " } else { "  " };
        let room = usize::from(area.width).saturating_sub(Span::raw(&date).width() + 6);
        let date_style = if is_chosen { Style::new().bold().reversed() } else { Style::new().bold() };
        let head = Line::from(vec![
            Span::raw(sign),
            Span::styled(date, date_style),
            Span::raw("   "),
            Span::styled(elided(&beside(hit, self.look.archives), room), self.dim()),
        ]);
        self.row(area, 0, head);
        let all: Vec<Row> = hit.passages.iter().flat_map(|passage| passage_rows(passage, columns(area))).collect();
        // As many rows as there is room for, from the first that has a mark on.
        let marked = all.iter().position(|row| row.iter().any(|(_, marked)| *marked)).unwrap_or(0);
        let first = marked.min(all.len().saturating_sub(rows.into()));
        for (place, row) in all.iter().skip(first).take(rows.into()).enumerate() {
            let mut line = self.marked(row);
            if is_chosen {
                line.spans[0] = Span::raw(sign);
            }
            self.row(area, place + 1, line);
        }
    }

    /// Where nothing was found: what would find something.
    fn ways_on(&mut self, area: Rect, answer: &Answer) {
        self.row(area, 0, Line::raw("  No entry."));
        for (place, way) in answer.ways_on.iter().enumerate() {
            let what = format!("{}: {}", one_line(&way.what), words::entries(way.count));
            self.row(area, 3 * place + 2, Line::raw(format!("  {what}")));
            self.row(area, 3 * place + 3, Line::styled(format!("    {}", one_line(&way.query)), self.dim()));
        }
    }

    fn facets(&mut self, area: Rect, state: &State) {
        let has_keys = state.pane == Pane::Facets;
        let mut lines: Vec<Line> = Vec::new();
        let mut chosen = 0_usize;
        let mut last = None;
        for (place, (facet, value)) in state.values().into_iter().enumerate() {
            if last != Some(facet) {
                lines.extend((last.is_some()).then(Line::default));
                lines.push(Line::styled(format!("  {}", facet.plural()), self.dim()));
                last = Some(facet);
            }
            let is_chosen = has_keys && place == state.facet;
            if is_chosen {
                chosen = lines.len();
            }
            lines.push(value_line(facet, value, is_chosen, area.width.into()));
        }
        if lines.is_empty() {
            lines.push(Line::styled("  nothing to choose from", self.dim()));
        }
        // The chosen one stays in sight, with the name of its facet where it is the first.
        let first = (chosen + 2).saturating_sub(area.height.into());
        for (place, line) in lines.into_iter().skip(first).enumerate() {
            self.row(area, place, line);
        }
    }

    fn entry(&mut self, screen: Screen, opened: &Opened) {
        let entry = &opened.entry;
        let title: String = entry.title.iter().map(|title| format!("   {}", one_line(title))).collect();
        let head = vec![Span::styled(words::date(&entry.date), Style::new().bold()), Span::raw(title)];
        self.line(screen.head, Line::from(head));
        let rows = entry_rows(opened, screen.body);
        for (place, row) in rows.iter().skip(opened.first_row).take(screen.body.height.into()).enumerate() {
            self.row(screen.body, place, self.marked(row));
        }
        let end = opened.first_row + usize::from(screen.body.height);
        if end < rows.len() || opened.first_row > 0 {
            let share = format!("{}%", 100 * end.min(rows.len()) / rows.len().max(1));
            self.line(screen.head, Line::styled(share, self.dim()).right_aligned());
        }
    }

    /// Every key, by place; where they have no room, those of the place that has the keys.
    fn keys(&mut self, screen: Screen, state: &State) {
        /// The columns that a key and what it does are to have.
        const COLUMN: u16 = 38;
        self.line(screen.head, Line::styled("Keys", Style::new().bold()));
        let room = Rect { height: screen.body.height + 1, y: screen.note.y, ..screen.body };
        let rows = usize::from(room.height).max(1);
        let mut lines = self.key_lines(|_| true);
        if lines.len().div_ceil(rows) > usize::from(room.width / COLUMN).max(1) {
            let here = place(state);
            lines = self.key_lines(|key| key.place == here || key.place == ANYWHERE);
        }
        // Side by side where they do not stand below one another.
        let abreast = lines.len().div_ceil(rows).max(1);
        let width = usize::from(room.width) / abreast;
        for (number, line) in lines.into_iter().enumerate() {
            let (column, row) = (number / rows, number % rows);
            let x = room.x + u16::try_from(column * width).unwrap_or(0);
            let area = Rect { x, width: u16::try_from(width).unwrap_or(room.width), ..room };
            self.row(area, row, line);
        }
        self.line(screen.keys, Line::styled("any key goes back", self.dim()));
    }

    /// A line each, below the name of their place.
    fn key_lines(&self, is_shown: impl Fn(&Key) -> bool) -> Vec<Line<'static>> {
        let mut last = "";
        let mut lines = Vec::new();
        for key in KEYS.iter().filter(|key| is_shown(key)) {
            if key.place != last {
                last = key.place;
                lines.push(Line::styled(last, self.dim()));
            }
            lines.push(Line::raw(format!("  {:<10} {}", key.key, key.does)));
        }
        lines
    }

    /// As many keys of this place as there is room for.
    fn hints(&mut self, area: Rect, state: &State) {
        let place = place(state);
        let all = if place == IN_QUERY { "F1 all keys" } else { "? all keys" };
        let mut hints: Vec<String> = Vec::new();
        let mut room = usize::from(area.width).saturating_sub(all.len());
        for key in KEYS.iter().filter(|key| key.place == place) {
            let hint = format!("{} {} · ", key.key, key.does);
            let Some(rest) = room.checked_sub(Span::raw(&hint).width()) else { break };
            room = rest;
            hints.push(hint);
        }
        self.line(area, Line::styled(format!("{}{all}", hints.concat()), self.dim()));
    }
}

/// What has the keys, as their table calls it.
fn place(state: &State) -> &'static str {
    match (&state.opened, state.pane) {
        (Some(_), _) => IN_ENTRY,
        (None, Pane::Query) => IN_QUERY,
        (None, Pane::Hits) => IN_HITS,
        (None, Pane::Facets) => IN_FACETS,
    }
}

/// `[x] Linus Torvalds          3`
fn value_line(facet: Facet, value: &FacetValue, is_chosen: bool, columns: usize) -> Line<'static> {
    let label = if facet == Facet::Month { words::label(&value.value) } else { one_line(&value.label) };
    let count = words::number(value.count);
    let sign = if is_chosen { "▌ " } else { "  " };
    let mark = if value.selected { "[x] " } else { "[ ] " };
    let room = columns.saturating_sub(sign.chars().count() + mark.len() + count.len() + 1);
    let label = elided(&label, room);
    let gap = " ".repeat(room.saturating_sub(Span::raw(&label).width()) + 1);
    let style = if is_chosen { Style::new().bold() } else { Style::new() };
    Line::styled(format!("{sign}{mark}{label}{gap}{count}"), style)
}

/// `6 entries`, and how many more have some of the words.
fn found(answer: &Answer) -> String {
    match answer.page.partial_total {
        0 => words::entries(answer.page.total),
        more => format!("{} + {} partly", words::entries(answer.page.total), words::number(more)),
    }
}

/// What is typed, in one line, with nothing in it that could steer the terminal; spaces stay.
fn shown(text: &str) -> String {
    diary_render::clean(text).replace(['\n', '\t'], " ")
}
