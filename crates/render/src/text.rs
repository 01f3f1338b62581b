//! The view for people at a terminal.
//!
//! A header, the hits numbered and wrapped with their marks, and below them the people and months. Marks are bold as
//! well as coloured; where neither may be used the words stand as they are.

use crate::facets::overview;
use crate::marks::pieces_within;
use crate::shape::neighbours;
use crate::wrap::{elided, lines, width};
use crate::{Look, address, clean, one_line, words};
use anstyle::{AnsiColor, Style};
use diary::{Entry, Span};
use diary_query::lang::{Diagnostic, caret};
use diary_query::{Answer, Hit, Passage, Request};
use std::fmt::Write;

/// Passages are no wider than is good to read, however wide the terminal.
pub(crate) const MEASURE: usize = 96;
pub(crate) const INDENT: usize = 4;

pub(crate) fn answer(request: &Request, answer: &Answer, look: &Look) -> String {
    let page = &answer.page;
    let mut text = if page.hits.is_empty() { nothing(answer, look) } else { header(answer, look) };
    let mut partial = false;
    // Where no entry has all the words, there may be a better question than what lacks some.
    text.push_str(&ways_on(answer));
    for (i, hit) in page.hits.iter().enumerate() {
        if !partial && (page.mixed || !hit.missing.is_empty()) {
            partial = true;
            let heading = match page.mixed {
                true => format!("with all or most of the words: {}", words::entries(page.total + page.partial_total)),
                false => format!("with most of the words: {}", words::entries(page.partial_total)),
            };
            let _ = write!(text, "\n{}\n", paint(&heading, Style::new().dimmed(), look));
        }
        if !look.short {
            text.push('\n');
        }
        text.push_str(&self::hit(page.offset + i + 1, hit, look));
    }
    if !page.hits.is_empty() && !look.short {
        text.push_str(&overview(&page.facets, look));
    }
    if let (_, Some(next)) = neighbours(request, answer) {
        let hint = format!("more: --offset {next}");
        let _ = write!(text, "\n{}\n", paint(&hint, Style::new().dimmed(), look));
    }
    text
}

/// `6 entries for  hotplug cpu`, and at the right what days they cover and how long it took.
fn header(answer: &Answer, look: &Look) -> String {
    let page = &answer.page;
    let query = one_line(&answer.query);
    let query = elided(&query, look.width.saturating_sub(24).max(12));
    let left = match (page.total, query.as_str()) {
        (total, "") => words::entries(total),
        (0, query) => format!("no entry has all of  {query}"),
        (total, query) => format!("{} for  {query}", words::entries(total)),
    };
    let shown = u64::try_from(page.hits.len()).unwrap_or(u64::MAX);
    let mut facts = Vec::new();
    if page.offset > 0 || shown < page.total {
        let (first, last) = (page.offset + 1, page.offset + page.hits.len());
        facts.push(if first == last { format!("hit {first}") } else { format!("{first}–{last}") });
    }
    if let Some((first, last)) = &page.range {
        let (first, last) = (words::label(first), words::label(last));
        facts.push(if first == last { first } else { format!("{first} .. {last}") });
    }
    facts.extend(look.elapsed.map(|elapsed| format!("{} ms", elapsed.as_millis())));
    headed(&left, &facts, look)
}

/// A line with what is dimmed at its right end, or below where there is no room.
fn headed(left: &str, facts: &[String], look: &Look) -> String {
    let right = facts.join(" · ");
    let gap = look.width.min(MEASURE + INDENT).saturating_sub(width(left) + width(&right));
    let bold = paint(left, Style::new().bold(), look);
    let right = paint(&right, Style::new().dimmed(), look);
    if gap >= 2 { format!("{bold}{}{right}\n", " ".repeat(gap)) } else { format!("{bold}\n{right}\n") }
}

/// `64 entries for  hotplug`, above what is drawn of them.
pub(crate) fn counted(query: &str, count: u64, look: &Look) -> String {
    let query = elided(&one_line(query), look.width.saturating_sub(24).max(12));
    let head = match query.as_str() {
        "" => words::entries(count),
        query => format!("{} for  {query}", words::entries(count)),
    };
    format!("{}\n", paint(&head, Style::new().bold(), look))
}

fn hit(number: usize, hit: &Hit, look: &Look) -> String {
    let date = words::date(&hit.date);
    let url = address::permalink(hit);
    let shown_date = linked(&paint(&date, Style::new().bold(), look), url.as_deref(), look);
    let mut text = format!("{:<4}{shown_date}", format!("{number:>2} "));
    let beside = beside(hit, look.archives);
    let room = look.width.saturating_sub(INDENT + width(&date) + 3);
    if !beside.is_empty() && room > 4 {
        let _ = write!(text, "   {}", paint(&elided(&beside, room), Style::new().dimmed(), look));
    }
    text.push('\n');
    if look.short {
        return text;
    }
    let context = look.context.iter().find(|context| context.id == hit.id);
    let around =
        |entries: &[Entry], sign| entries.iter().map(|entry| first_line(entry, sign, look)).collect::<String>();
    text.push_str(&context.map_or_else(String::new, |context| around(&context.before, '<')));
    match look.full.iter().find(|entry| entry.id == hit.id) {
        Some(entry) => text.push_str(&crate::entry::body(entry, look)),
        None => hit.passages.iter().for_each(|passage| text.push_str(&self::passage(passage, look))),
    }
    if hit.more_places > 0 && look.full.is_empty() {
        let more = format!("+{} more {}", hit.more_places, if hit.more_places == 1 { "place" } else { "places" });
        let _ = writeln!(text, "{:INDENT$}{}", "", paint(&more, Style::new().dimmed(), look));
    }
    text.push_str(&context.map_or_else(String::new, |context| around(&context.after, '>')));
    if look.explain {
        text.push_str(&explanation(hit, look));
    }
    if let Some(url) = &url {
        let short = if look.links { url.split('#').next().unwrap_or(url) } else { url };
        let _ = writeln!(
            text,
            "{:INDENT$}{}",
            "",
            linked(&paint(&clean(short), Style::new().dimmed(), look), Some(url), look)
        );
    }
    text
}

/// What stands beside the date of a hit: its archive, where there are several, its title, what is doubtful about it, whom
/// it names.
pub fn beside(hit: &Hit, archives: bool) -> String {
    let mut beside: Vec<String> = archives.then(|| hit.id.archive().to_owned()).into_iter().collect();
    beside.extend(hit.title.iter().map(|title| one_line(title)));
    beside.extend(words::conflict(&hit.date));
    beside.extend((!hit.missing.is_empty()).then(|| format!("without “{}”", one_line(&hit.missing.join("”, “")))));
    beside.extend(hit.people.iter().map(|named| one_line(&named.label)));
    beside.join(" · ")
}

/// An entry beside a hit: `< Mon 15 Dec 2003  Its first words…`.
fn first_line(entry: &Entry, sign: char, look: &Look) -> String {
    let words = entry.title.as_deref().unwrap_or(entry.text.get(..entry.text.len().min(2000)).unwrap_or(&entry.text));
    let line = format!("{sign} {}  {}", words::date(&entry.date), one_line(words));
    let line = elided(&line, look.width.min(MEASURE + INDENT).saturating_sub(INDENT));
    format!("{:INDENT$}{}\n", "", paint(&line, Style::new().dimmed(), look))
}

/// Why a hit is here, and why it stands where it stands.
fn explanation(hit: &Hit, look: &Look) -> String {
    let reasons = hit.reasons.iter().map(|reason| one_line(reason));
    let ranked = hit.explanation.iter().flat_map(|explanation| explanation.lines());
    let unranked = (hit.score == 0.0).then(|| "not ranked: the order is that of the dates".to_owned());
    let lines = reasons.chain(ranked.filter(|_| unranked.is_none())).chain(unranked.clone());
    lines.map(|line| why(&line, &" ".repeat(INDENT), look)).collect()
}

/// A reason as lines of its own behind an indent.
pub(crate) fn why(reason: &str, indent: &str, look: &Look) -> String {
    let plain = Look { color: false, ..look.clone() };
    let lines = marked_lines(&format!("why: {}", one_line(reason)), &[], false, &plain);
    let dimmed = |line: &str| format!("{indent}{}\n", paint(line.trim_start(), Style::new().dimmed(), look));
    lines.lines().map(dimmed).collect()
}

fn passage(passage: &Passage, look: &Look) -> String {
    painted(&passage_rows(passage, columns(look)), look)
}

/// The rows of a passage with its marks, cuts shown by an ellipsis.
pub fn passage_rows(passage: &Passage, columns: usize) -> Vec<Row> {
    let mut words = if passage.preformatted { passage.text.clone() } else { flowing(&passage.text) };
    let mut marks = passage.marks.clone();
    if passage.cut_before {
        words.insert_str(0, "… ");
        marks.iter_mut().for_each(|mark| *mark = mark.shifted("… ".len()));
    }
    if passage.cut_after {
        words.push_str(" …");
    }
    rows(&words, &marks, passage.preformatted, columns)
}

/// Running text as one line a paragraph: the line breaks inside are the page's, not the reader's. No byte moves.
pub fn flowing(text: &str) -> String {
    let soft = |bytes: &str| bytes.replace(['\n', '\t'], " ");
    text.split("\n\n").map(soft).collect::<Vec<_>>().join("\n\n")
}

/// Indented lines with their marks; empty lines between paragraphs are kept.
pub(crate) fn marked_lines(text: &str, marks: &[Span], preformatted: bool, look: &Look) -> String {
    painted(&rows(text, marks, preformatted, columns(look)), look)
}

/// The columns of running text.
pub(crate) fn columns(look: &Look) -> usize {
    look.width.saturating_sub(INDENT).clamp(16, MEASURE)
}

/// Rows as a terminal shows them.
pub(crate) fn painted(rows: &[Row], look: &Look) -> String {
    let mark = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    let mut out = String::new();
    for row in rows {
        let pieces = row.iter().map(|(words, marked)| if *marked { paint(words, mark, look) } else { words.clone() });
        let line = format!("{:INDENT$}{}", "", pieces.collect::<String>());
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

/// One row of a text: words fit to be shown, and whether they are marked.
pub type Row = Vec<(String, bool)>;

/// The rows of a text with its marks; what is preformatted keeps its own.
pub fn rows(text: &str, marks: &[Span], preformatted: bool, columns: usize) -> Vec<Row> {
    let spans = if preformatted { lines(text, usize::MAX >> 16) } else { lines(text, columns) };
    let row = |span| {
        pieces_within(text, span, marks).iter().map(|piece| (clean(piece.text).into_owned(), piece.marked)).collect()
    };
    spans.into_iter().map(row).collect()
}

/// Where no question is near, there are ways to look around: `busiest months` asks for one of them.
const OVERVIEWS: &str = "all there is: --people · --projects · --facets=month · --calendar";

fn nothing(answer: &Answer, look: &Look) -> String {
    match one_line(&answer.query).as_str() {
        _ if answer.page.total > 0 => {
            format!("{}, none of them among those asked for.\n", words::entries(answer.page.total))
        }
        "" => "No entries.\n".to_owned(),
        query => {
            let read = one_line(&answer.understood.summary());
            let read = if read.is_empty() { read } else { format!("    {read}\n") };
            let among = format!("of {}", words::entries(answer.index.entries));
            let overviews = match answer.ways_on.as_slice() {
                [] => format!("\n{}\n", paint(OVERVIEWS, Style::new().dimmed(), look)),
                _ => String::new(),
            };
            headed(&format!("No entry for  {query}"), &[among], look) + &read + &overviews
        }
    }
}

/// What would find something, as commands ready to run.
fn ways_on(answer: &Answer) -> String {
    let mut text = String::new();
    for way in &answer.ways_on {
        let command = format!("diary-search {}", shell_word(&one_line(&way.query)));
        let _ = write!(
            text,
            "\n{:INDENT$}{}: {}\n{:INDENT$}  {command}\n",
            "",
            one_line(&way.what),
            words::entries(way.count),
            ""
        );
    }
    text
}

/// A warning for people: the place in the query, what is to be said of it, and the command to run instead.
pub fn diagnostic(query: &str, diagnostic: &Diagnostic) -> String {
    let (bare, suggestion) = (Diagnostic { suggestion: None, ..diagnostic.clone() }, &diagnostic.suggestion);
    let mut text = match diagnostic.span.is_empty() {
        true => one_line(&diagnostic.message),
        false => clean(&caret(query, &bare)).into_owned(),
    };
    if let Some(suggestion) = suggestion {
        let _ = write!(text, "\ntry: diary-search {}", shell_word(&one_line(suggestion)));
    }
    text
}

/// A text as one word of a shell.
///
/// ```
/// assert_eq!(diary_render::shell_word("person:tridge"), "person:tridge");
/// assert_eq!(diary_render::shell_word("don't"), r"'don'\''t'");
/// ```
pub fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | ',' | '=' | '@' | '+');
    match text {
        text if !text.is_empty() && !text.starts_with('-') && text.chars().all(plain) => text.to_owned(),
        text if text.starts_with('-') => format!("-- '{}'", text.replace('\'', r"'\''")),
        text => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

pub(crate) fn paint(text: &str, style: Style, look: &Look) -> String {
    if look.color && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

/// The text as a hyperlink, where the terminal has them.
pub(crate) fn linked(text: &str, url: Option<&str>, look: &Look) -> String {
    match url {
        Some(url) if look.links && url.chars().all(|c| c.is_ascii_graphic()) => {
            format!("\u{1b}]8;;{url}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
        }
        _ => text.to_owned(),
    }
}
