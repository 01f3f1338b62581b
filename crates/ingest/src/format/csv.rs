//! Tables of values between commas, semicolons or tabs: an entry a row. Which column is the date and which the text is seen
//! from what stands in them, since their names are in any language.

use super::{Input, record};
use crate::date::{Parts, Written, in_one_order, path, scan};
use crate::document::{Block, MOST_ITEMS, Piece, add_item};
use crate::problem::{Problem, ProblemKind};
use diary::{BlockKind, Span};
use serde_json::{Map, Value};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// So many rows show what a column is.
const SAMPLE: usize = 200;

struct Row {
    fields: Vec<String>,
    line: usize,
    span: Span,
}

/// Where the parts of an entry stand.
struct Table {
    rows: Vec<Row>,
    /// Where the text goes on behind the rows that are told apart.
    end: usize,
    names: Vec<String>,
    date: usize,
    text: usize,
}

pub(super) fn recognise(path: &str, text: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let named = [".csv", ".tsv", ".tab"].iter().any(|end| path.ends_with(end));
    (named || is_copied(&path, text)) && is_table(&Input { path: &path, text, line: 0, offset: 0 })
}

/// Whether a text is a table with a column of dates and one of text.
pub(super) fn is_table(input: &Input<'_>) -> bool {
    table(&Input { text: &input.text[..beginning(input.text)], ..*input }).is_some()
}

/// Whether a text is a table as spreadsheets save and copy them: tabs between the names of columns, one of them of dates.
fn is_copied(path: &str, text: &str) -> bool {
    let mut lines = text.lines().take(SAMPLE).filter(|line| !line.is_empty());
    let names: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    path.ends_with(".txt")
        && names.len() >= 2
        && names.iter().any(|name| record::is_of_date(name) && name.len() <= 24)
        && lines.next().is_some_and(|line| line.split('\t').count() == names.len())
}

/// The whole lines at the beginning of a text that show what it is.
fn beginning(text: &str) -> usize {
    let head = text.floor_char_boundary(64 * 1024);
    if head == text.len() { head } else { text[..head].rfind('\n').map_or(head, |end| end + 1) }
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let Some(mut table) = table(input) else {
        let message = "No column of it is of dates beside one of text, and it was left out.";
        problems.push(Problem::of_source(ProblemKind::Unreadable, input.path, message));
        return Vec::new();
    };
    let written: Vec<Option<Written>> = table.rows.iter().map(|row| date(row.fields.get(table.date)?)).collect();
    let fields = table.rows.iter().map(|row| row.fields.get(table.date).map_or("", String::as_str));
    let known = written.iter().zip(fields).filter_map(|(written, field)| Some((written.as_ref()?, field)));
    let mut dates = in_one_order(known).into_iter();
    let mut pieces = Vec::new();
    for (row, written) in std::mem::take(&mut table.rows).into_iter().zip(&written) {
        let parts = written.as_ref().and_then(|_| dates.next());
        let mut piece = record::piece(&table.record(&row, parts), input, row.line, false, problems);
        piece.span = row.span;
        if let (Some(stamp), Some(field)) = (&mut piece.stamp, row.fields.get(table.date)) {
            field.trim().clone_into(&mut stamp.written);
            let beside = row.fields.iter().enumerate().filter(|(at, _)| *at != table.text);
            let weekday = beside.filter_map(|(_, field)| scan::weekday_alone(field)).next();
            stamp.weekday = stamp.weekday.or(weekday);
        }
        add_item(&mut pieces, piece);
    }
    let rest = input.text[table.end..].trim();
    if !rest.is_empty() {
        let piece = Piece {
            // Any of its rows may say so.
            private: table.names.iter().any(|name| matches!(name.trim(), "private" | "visibility")),
            span: Span::new(input.offset + table.end, input.offset + input.text.len()),
            blocks: vec![Block::new(rest, BlockKind::Paragraph, 0)],
            ..Piece::default()
        };
        add_item(&mut pieces, piece);
    }
    pieces
}

impl Table {
    /// A row by the names of its columns. What is neither date, text nor known by name stands below the text.
    fn record(&self, row: &Row, date: Option<Parts>) -> Map<String, Value> {
        const KNOWN: &[&str] = &[
            "title",
            "subject",
            "tags",
            "categories",
            "labels",
            "lang",
            "language",
            "private",
            "visibility",
            "is_private",
            "is_published",
            "is_draft",
        ];
        const TITLES: &[&str] = &["titel", "titre", "titulo", "titolo", "heading", "headline", "betreff"];
        let mut record = Map::new();
        let mut text = String::new();
        let mut others = Vec::new();
        for (at, field) in row.fields.iter().enumerate().filter(|(_, field)| !field.trim().is_empty()) {
            let name = self.names.get(at).map_or("", String::as_str);
            let plain = crate::date::names::plain(name.trim());
            let plain = plain.strip_prefix("note_").map_or(plain.clone(), str::to_owned);
            // The parts of the date in columns of their own say nothing more.
            let of_date = |field: &str| {
                scan::weekday_alone(field).is_some()
                    || scan::scan(field).is_some_and(|w| w.span.len() == field.len() && w.first.month.is_some())
            };
            match () {
                () if at == self.date || at != self.text && of_date(field.trim()) => {}
                () if at == self.text => text.push_str(field),
                () if TITLES.contains(&plain.as_str()) => {
                    record.insert("title".to_owned(), Value::String(field.clone()));
                }
                () if KNOWN.contains(&plain.as_str()) => {
                    record.insert(plain, Value::String(field.clone()));
                }
                () if name.is_empty() => others.push(field.trim().to_owned()),
                () => others.push(format!("{}: {}", name.trim(), field.trim())),
            }
        }
        if !others.is_empty() {
            text.push_str("\n\n");
            text.push_str(&others.join(" · "));
        }
        record.insert("text".to_owned(), Value::String(text));
        if let Some(Parts { year: Some(year), month: Some(month), day: Some(day) }) = date {
            record.insert("date".to_owned(), Value::String(format!("{year:04}-{month:02}-{day:02}")));
        }
        record
    }
}

/// The table that a text is, where it has a column of dates and one of text.
fn table(input: &Input<'_>) -> Option<Table> {
    let separator = separator(input)?;
    let (mut rows, end) = rows(input, separator);
    drop_preface(&mut rows);
    join_dates(&mut rows);
    read_clocks(&mut rows);
    complete_days(&mut rows, input.path);
    let dated = |row: &Row, at: usize| row.fields.get(at).is_some_and(|field| date(field).is_some());
    let columns = rows.iter().take(SAMPLE).map(|row| row.fields.len()).max().filter(|columns| *columns >= 2)?;
    let sample = || rows.iter().take(SAMPLE);
    // The first row may be names.
    let share = |at: usize| {
        sample().filter(|row| dated(row, at)).count() * 10 >= (sample().count() * 8).saturating_sub(10).max(1)
    };
    let title = |at: &usize| rows.first().and_then(|row| row.fields.get(*at)).map_or("", String::as_str);
    let dates: Vec<usize> = (0..columns).filter(|&at| share(at)).collect();
    let date = dates.iter().copied().find(|at| !record::is_of_change(title(at))).or(dates.first().copied())?;
    let letters = |at: usize| sample().filter_map(|row| row.fields.get(at)).map(String::len).sum::<usize>();
    let longest = |columns: &mut dyn Iterator<Item = usize>| columns.max_by_key(|&at| (letters(at), Reverse(at)));
    let texts = || (0..columns).filter(|&at| at != date && !share(at));
    // A column that is called a text is one, unless another is far longer.
    let called = longest(&mut texts().filter(|at| record::is_of_words(title(at))));
    let longest = longest(&mut texts())?;
    let text = called.filter(|&at| letters(at) * 4 >= letters(longest)).unwrap_or(longest);
    let named = rows.first().is_some_and(|row| !dated(row, date));
    let names = if named { rows.remove(0).fields } else { Vec::new() };
    (!rows.is_empty()).then_some(Table { rows, end, names, date, text })
}

/// Takes out what stands above a table: remarks, and what Excel is told of the separator.
fn drop_preface(rows: &mut Vec<Row>) {
    let is_table = |row: &Row| row.fields.iter().filter(|field| !field.trim().is_empty()).count() > 1;
    let is_remark = |row: &Row| !is_table(row) || row.fields[0].starts_with('#');
    let preface = rows.iter().take_while(|row| is_remark(row)).count();
    rows.drain(..preface);
}

/// Puts the month that a file is named for behind the days of the column that is called so.
fn complete_days(rows: &mut [Row], path: &str) {
    let Parts { year: Some(year), month: Some(month), day: None } = path::read(path).parts else { return };
    let Some((names, rows)) = rows.split_first_mut() else { return };
    let Some(at) = names.fields.iter().position(|name| record::is_of_date(name)) else { return };
    for field in rows.iter_mut().filter_map(|row| row.fields.get_mut(at)) {
        if let Ok(day @ 1..=31) = field.trim().trim_end_matches('.').parse::<u32>() {
            *field = format!("{year:04}-{month:02}-{day:02}");
        }
    }
}

/// The mark between the fields: that which parts most rows into as many fields as the others, and into more.
fn separator(input: &Input<'_>) -> Option<char> {
    let head = Input { text: &input.text[..beginning(input.text)], ..*input };
    let even = |separator: &char| {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        let (rows, _) = rows(&head, *separator);
        rows.iter().take(SAMPLE).for_each(|row| *counts.entry(row.fields.len()).or_default() += 1);
        let usual = counts.into_iter().filter(|(fields, _)| *fields > 1).max_by_key(|(_, times)| *times);
        usual.map_or((0, 0), |(fields, times)| (times * 20 / rows.len().clamp(1, SAMPLE), fields))
    };
    [',', ';', '\t', '|'].into_iter().rev().max_by_key(even)
}

/// Writes out the days of columns that are called a date and count seconds.
fn read_clocks(rows: &mut [Row]) {
    let Some((names, rows)) = rows.split_first_mut() else { return };
    for (at, _) in names.fields.iter().enumerate().filter(|(_, name)| record::is_of_date(name)) {
        let counted = |field: &str| field.len() >= 9 && field.bytes().all(|b| b.is_ascii_digit());
        for field in rows.iter_mut().filter_map(|row| row.fields.get_mut(at)) {
            let stamp = Some(field.trim()).filter(|field| counted(field));
            let stamp = stamp.and_then(|field| record::date(&Value::String(field.to_owned()), None));
            if let Some(Parts { year: Some(year), month: Some(month), day: Some(day) }) = stamp.map(|stamp| stamp.parts)
            {
                *field = format!("{year:04}-{month:02}-{day:02}");
            }
        }
    }
}

/// Puts dates together whose year, month and day have columns of their own.
fn join_dates(rows: &mut [Row]) {
    let Some((names, rows)) = rows.split_first_mut() else { return };
    let Some([year, month, day]) = record::parts_of_dates(names.fields.iter().map(String::as_str)) else { return };
    let joined = rows.iter_mut().map(|row| &mut row.fields).chain([&mut names.fields]);
    for fields in joined.filter(|fields| fields.len() > year.max(month).max(day)) {
        let [year, month] = [year, month].map(|at| std::mem::take(&mut fields[at]));
        let day = &mut fields[day];
        *day = record::in_parts(year.trim(), month.trim(), day.trim());
    }
}

/// A whole date that a field begins with, alone or before a time of day.
fn date(field: &str) -> Option<Written> {
    let field = field.trim();
    let written = scan::scan(field).filter(|written| written.first.is_whole())?;
    let rest = &field[written.span.end..];
    // `20:15 UTC`, `8:15 PM`.
    let zone = |word: &str| word.len() <= 4 && word.bytes().all(|b| b.is_ascii_uppercase());
    let words = rest.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).all(zone);
    (rest.len() <= 24 && (!rest.contains(char::is_alphabetic) || rest.contains(':') && words) || rest.starts_with('T'))
        .then_some(written)
}

/// The rows as RFC 4180 has them, and where the text goes on behind those that are told apart. A quotation mark that nothing
/// closes is a letter like others.
fn rows(input: &Input<'_>, separator: char) -> (Vec<Row>, usize) {
    let mut rows = Vec::new();
    let mut row = Row { fields: Vec::new(), line: input.line + 1, span: Span::default() };
    let mut field = String::new();
    let (mut inside, mut start, mut line) = (false, 0, input.line + 1);
    let last = input.text.rfind('"').unwrap_or(0);
    let mut chars = input.text.char_indices().peekable();
    loop {
        let next = chars.next();
        match next {
            Some((_, '"')) if inside && chars.peek().is_some_and(|(_, c)| *c == '"') => {
                chars.next();
                field.push('"');
            }
            Some((_, '"')) if inside => inside = false,
            Some((at, '"')) if field.trim().is_empty() && at < last => {
                field.clear();
                inside = true;
            }
            Some((_, c)) if inside || c != '\n' && c != separator => {
                line += usize::from(c == '\n');
                field.push(c);
            }
            Some((_, c)) if c == separator => row.fields.push(std::mem::take(&mut field)),
            end => {
                let at = end.map_or(input.text.len(), |(at, _)| at);
                row.fields.push(std::mem::take(&mut field));
                row.span = Span::new(input.offset + start, input.offset + at);
                line += 1;
                let fresh = Row { fields: Vec::new(), line, span: Span::default() };
                let done = std::mem::replace(&mut row, fresh);
                if done.fields.iter().any(|field| !field.trim().is_empty()) {
                    rows.push(done);
                }
                start = (at + 1).min(input.text.len());
                if end.is_none() || rows.len() > MOST_ITEMS {
                    return (rows, start);
                }
            }
        }
    }
}
