//! The view for people at a terminal.
//!
//! A header, the hits numbered and wrapped with their marks, and below them the people and months. Marks are bold as
//! well as coloured; where neither may be used the words stand as they are.

use crate::marks::pieces_within;
use crate::shape::neighbours;
use crate::wrap::{elided, lines, width};
use crate::{Look, address, clean, one_line, words};
use anstyle::{AnsiColor, Style};
use diary::{Facet, Span};
use diary_query::lang::{Diagnostic, caret};
use diary_query::{Answer, FacetCounts, FacetValue, Hit, Passage, Request};
use std::fmt::Write;

/// Passages are no wider than is good to read, however wide the terminal.
const MEASURE: usize = 96;
const INDENT: usize = 4;
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

pub(crate) fn answer(request: &Request, answer: &Answer, look: &Look) -> String {
    let page = &answer.page;
    let mut text = if page.hits.is_empty() { nothing(answer) } else { header(answer, look) };
    let mut partial = false;
    for (i, hit) in page.hits.iter().enumerate() {
        if !partial && !hit.missing.is_empty() {
            partial = true;
            let more = words::entries(page.partial_total);
            let _ =
                write!(text, "\n{}\n", paint(&format!("with most of the words: {more}"), Style::new().dimmed(), look));
        }
        if !look.short {
            text.push('\n');
        }
        text.push_str(&self::hit(page.offset + i + 1, hit, look));
    }
    text.push_str(&ways_on(answer));
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
    let mut left = words::entries(page.total);
    if !query.is_empty() {
        let _ = write!(left, " for  {}", elided(&query, look.width.saturating_sub(24).max(12)));
    }
    let shown = u64::try_from(page.hits.len()).unwrap_or(u64::MAX);
    let mut facts = Vec::new();
    if page.offset > 0 || shown < page.total {
        facts.push(format!("{}–{}", page.offset + 1, page.offset + page.hits.len()));
    }
    if let Some((first, last)) = &page.range {
        let (first, last) = (words::label(first), words::label(last));
        facts.push(if first == last { first } else { format!("{first} .. {last}") });
    }
    facts.extend(look.elapsed.map(|elapsed| format!("{} ms", elapsed.as_millis())));
    let right = facts.join(" · ");
    let gap = look.width.min(MEASURE + INDENT).saturating_sub(width(&left) + width(&right));
    let bold = paint(&left, Style::new().bold(), look);
    let right = paint(&right, Style::new().dimmed(), look);
    if gap >= 2 { format!("{bold}{}{right}\n", " ".repeat(gap)) } else { format!("{bold}\n{right}\n") }
}

fn hit(number: usize, hit: &Hit, look: &Look) -> String {
    let date = words::date(&hit.date);
    let url = address::permalink(hit);
    let shown_date = linked(&paint(&date, Style::new().bold(), look), url.as_deref(), look);
    let mut text = format!("{number:>2}  {shown_date}");
    let mut beside: Vec<String> = hit.title.iter().map(|title| one_line(title)).collect();
    beside.extend(words::conflict(&hit.date));
    beside.extend((!hit.missing.is_empty()).then(|| format!("without “{}”", one_line(&hit.missing.join("”, “")))));
    beside.extend(hit.people.iter().map(|named| one_line(&named.label)));
    let room = look.width.saturating_sub(INDENT + width(&date) + 3);
    if !beside.is_empty() && room > 4 {
        let _ = write!(text, "   {}", paint(&elided(&beside.join(" · "), room), Style::new().dimmed(), look));
    }
    text.push('\n');
    if look.short {
        return text;
    }
    match look.full.iter().find(|entry| entry.id == hit.id) {
        Some(entry) => text.push_str(&crate::entry::body(entry, look)),
        None => hit.passages.iter().for_each(|passage| text.push_str(&self::passage(passage, look))),
    }
    if hit.more_places > 0 && look.full.is_empty() {
        let more = format!("+{} more {}", hit.more_places, if hit.more_places == 1 { "place" } else { "places" });
        let _ = writeln!(text, "{:INDENT$}{}", "", paint(&more, Style::new().dimmed(), look));
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

fn passage(passage: &Passage, look: &Look) -> String {
    let mut words = if passage.preformatted { passage.text.clone() } else { flowing(&passage.text) };
    let mut marks = passage.marks.clone();
    if passage.cut_before {
        words.insert_str(0, "… ");
        marks.iter_mut().for_each(|mark| *mark = mark.shifted("… ".len()));
    }
    if passage.cut_after {
        words.push_str(" …");
    }
    marked_lines(&words, &marks, passage.preformatted, look)
}

/// Running text as one line a paragraph: the line breaks inside are the page's, not the reader's. No byte moves.
pub fn flowing(text: &str) -> String {
    let soft = |bytes: &str| bytes.replace(['\n', '\t'], " ");
    text.split("\n\n").map(soft).collect::<Vec<_>>().join("\n\n")
}

/// Indented lines with their marks; empty lines between paragraphs are kept.
pub(crate) fn marked_lines(text: &str, marks: &[Span], preformatted: bool, look: &Look) -> String {
    let columns = look.width.saturating_sub(INDENT).clamp(16, MEASURE);
    let mark = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    let spans = if preformatted { lines(text, usize::MAX >> 16) } else { lines(text, columns) };
    let mut out = String::new();
    for span in spans {
        let mut line = " ".repeat(INDENT);
        for piece in pieces_within(text, span, marks) {
            let words = clean(piece.text);
            line.push_str(&if piece.marked { paint(&words, mark, look) } else { words.into_owned() });
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

/// The people, projects and months of all hits, a line each.
fn overview(facets: &[FacetCounts], look: &Look) -> String {
    let mut text = String::new();
    for counts in facets {
        let (name, line) = match counts.facet {
            Facet::Month => months(&counts.values, look),
            Facet::Year | Facet::Weekday => {
                (counts.facet.plural(), bars(&counts.values, |value| value.label.clone(), look))
            }
            _ => (counts.facet.plural(), named(counts, look)),
        };
        if !line.is_empty() {
            let name = paint(&format!("{name:<9}"), Style::new().dimmed(), look);
            let _ = writeln!(text, "{name}{line}");
        }
    }
    if text.is_empty() { text } else { format!("\n{text}") }
}

/// `Kai Germaschewski 1 · Linus Torvalds 1 · …`
fn named(counts: &FacetCounts, look: &Look) -> String {
    let room = look.width.min(MEASURE + INDENT).saturating_sub(9);
    let mut line = String::new();
    let mut left_out = counts.distinct > counts.values.len();
    for value in counts.values.iter().filter(|value| value.count > 0) {
        let item = format!("{} {}", one_line(&value.label), words::number(value.count));
        if width(&line) + width(&item) + 6 > room {
            left_out = true;
            break;
        }
        line.push_str(if line.is_empty() { "" } else { " · " });
        line.push_str(&item);
    }
    if left_out && !line.is_empty() { line + " · …" } else { line }
}

/// Within one year the months by name; over several the years. And what these are called.
fn months(values: &[FacetValue], look: &Look) -> (&'static str, String) {
    let mut years: Vec<FacetValue> = Vec::new();
    for value in values {
        let year = value.value.get(..4).unwrap_or(&value.value);
        match years.last_mut() {
            Some(last) if last.value == year => last.count += value.count,
            _ => years.push(FacetValue { value: year.to_owned(), label: year.to_owned(), ..value.clone() }),
        }
    }
    let month = |value: &FacetValue| words::label(&value.value).split(' ').next().unwrap_or_default().to_owned();
    match years.len() {
        1 => (Facet::Month.plural(), bars(values, month, look)),
        _ => (Facet::Year.plural(), bars(&years, |value| value.label.clone(), look)),
    }
}

/// `Feb ▂  Sep ▂`: a name and a bar for each that is not zero; when there is no room for names, the bars alone.
fn bars(values: &[FacetValue], name: impl Fn(&FacetValue) -> String, look: &Look) -> String {
    let most = values.iter().map(|value| value.count).max().unwrap_or(0);
    let bar = |value: &FacetValue| match value.count {
        0 => ' ',
        count => BARS[usize::try_from((count * 7).div_ceil(most.max(1))).unwrap_or(7).min(7)],
    };
    let some: Vec<String> =
        values.iter().filter(|value| value.count > 0).map(|value| format!("{} {}", name(value), bar(value))).collect();
    let line = some.join("  ");
    let room = look.width.min(MEASURE + INDENT).saturating_sub(9);
    match (values.first(), values.last()) {
        (Some(first), Some(last)) if width(&line) > room => {
            let all: String = values.iter().map(bar).collect();
            format!("{} {} {}", name(first), elided(&all, room.saturating_sub(14)), name(last))
        }
        _ => line,
    }
}

/// Every facet asked for as a table with bars: name, count, bar.
pub fn facet_tables(facets: &[FacetCounts], look: &Look) -> String {
    let mut text = String::new();
    for counts in facets {
        let most = counts.values.iter().map(|value| value.count).max().unwrap_or(0).max(1);
        let label = |value: &FacetValue| match counts.facet {
            Facet::Month => words::label(&value.value),
            _ => one_line(&value.label),
        };
        let widest = counts.values.iter().map(|value| width(&label(value))).max().unwrap_or(0).min(40);
        let room = look.width.saturating_sub(widest + 12).clamp(4, 40);
        let of = match counts.distinct {
            distinct if distinct > counts.values.len() => format!("{} of {distinct}", counts.values.len()),
            distinct => distinct.to_string(),
        };
        let head = format!("{} ({of})", counts.facet.plural());
        let _ =
            writeln!(text, "{}{}", if text.is_empty() { "" } else { "\n" }, paint(&head, Style::new().bold(), look));
        for value in &counts.values {
            let name = elided(&label(value), widest);
            let pad = " ".repeat(widest.saturating_sub(width(&name)));
            let columns = (value.count * room as u64).div_ceil(most);
            let bar = "█".repeat(usize::try_from(columns).unwrap_or(room));
            let line = format!("  {name}{pad}  {:>6}  {bar}", words::number(value.count));
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
    text
}

fn nothing(answer: &Answer) -> String {
    match one_line(&answer.query).as_str() {
        _ if answer.page.total > 0 => format!("{}, but none this far down.\n", words::entries(answer.page.total)),
        "" => "No entries.\n".to_owned(),
        query => format!("No entry for  {query}\n"),
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
