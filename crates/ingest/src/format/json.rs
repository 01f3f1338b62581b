//! Diaries in JSON: JSON Feed, jrnl, Day One, and plain records, as one array or one a line.

use super::record::{Doubts, date_of, is_dated, may_be_record, piece, rich_text};
use super::{Input, frame, lenient, tiddlywiki};
use crate::document::{Piece, Stamp, add_item};
use crate::problem::{Problem, ProblemKind};
use serde_json::{Map, Value};

/// Which of the formats a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Feed,
    Jrnl,
    DayOne,
    Lines,
}

/// Whether a text is JSON with entries in it.
pub(super) fn recognise(path: &str, text: &str) -> Option<Shape> {
    let head = body(text).trim_start();
    let remarked = is_json5(path) || path.ends_with(".json");
    if remarked && (is_json5(path) || head.starts_with("//") || head.starts_with("/*")) {
        return (!records(lenient::parse(head)).is_empty()).then_some(Shape::Lines);
    }
    if !head.starts_with(['{', '[']) {
        return None;
    }
    if rich_text::opens(head) {
        return Some(Shape::Lines);
    }
    let start = &head[..head.floor_char_boundary(4096)];
    if start.contains("jsonfeed.org/version") {
        return Some(Shape::Feed);
    }
    let told = start.contains("\"metadata\"") && head.contains("\"creationDate\"");
    if head.contains("\"entries\"") && (told || start.contains("\"creationDate\"")) {
        return Some(Shape::DayOne);
    }
    let first: Option<Value> = serde_json::Deserializer::from_str(head).into_iter().next().and_then(Result::ok);
    // A first line that is broken does not unmake a file of records, one a line; nor does what breaks a document.
    let lined = path.ends_with(".jsonl") || path.ends_with(".ndjson");
    let opens = head[1..].trim_start().starts_with(['"', '{', '[']);
    match first.or_else(|| (opens && !lined).then(|| lenient::parse(head))) {
        Some(Value::Object(object)) if object.get("entries").is_some_and(Value::is_array) => Some(Shape::Jrnl),
        Some(Value::Object(object)) if may_be_record(&object) => Some(Shape::Lines),
        Some(value) => (lined || !records(value).is_empty()).then_some(Shape::Lines),
        None => lined.then_some(Shape::Lines),
    }
}

/// The value of a text that is the assignment of one, as Twitter's `window.YTD.tweets.part0 = [`, or the page that
/// TiddlyWiki keeps all notes in; else the text.
fn body(text: &str) -> &str {
    let store = text.find("<script class=\"tiddlywiki-tiddler-store\"").and_then(|at| text[at..].split_once('>'));
    if let Some((_, store)) = store {
        return store.split("</script>").next().unwrap_or(store);
    }
    let assigned = text.trim_start().split_once('=').filter(|(name, _)| {
        let name = name.trim();
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.len() <= 80
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '$' | ' '))
    });
    assigned.map_or(text, |(_, value)| value.trim_end().trim_end_matches(';'))
}

/// Whether a file is JSON for people by its name, with remarks and without most marks.
fn is_json5(path: &str) -> bool {
    [".json5", ".jsonc", ".hjson"].iter().any(|end| path.ends_with(end))
}

/// The value of a document, and the line from which it was not well formed.
fn parse_anyhow(input: &Input<'_>) -> (Value, Option<usize>) {
    match parse(input.text) {
        Ok(value) => (value, None),
        Err(error) => {
            let broken = Some(error.line()).filter(|_| !is_json5(input.path));
            (lenient::parse(body(input.text).trim_start()), broken)
        }
    }
}

/// The value of a document. Facebook escapes the bytes of UTF-8 one by one, as if each were a letter.
fn parse(text: &str) -> serde_json::Result<Value> {
    fn mend(value: &mut Value) {
        match value {
            Value::String(text) => {
                let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
                if let Some(mended) = bytes.filter(|_| !text.is_ascii()).and_then(|bytes| String::from_utf8(bytes).ok())
                {
                    *text = mended;
                }
            }
            Value::Array(list) => list.iter_mut().for_each(mend),
            Value::Object(object) => object.values_mut().for_each(mend),
            _ => {}
        }
    }
    let mut value = serde_json::from_str(body(text))?;
    if text.contains("\\u00") {
        mend(&mut value);
    }
    Ok(value)
}

/// How deep in a document records are looked for.
const REACH: usize = 6;

/// The records of a document: its first list of them wherever it stands, or one for each key that is a date.
pub(super) fn records(value: Value) -> Vec<Map<String, Value>> {
    in_lists(value, REACH)
}

fn in_lists(value: Value, reach: usize) -> Vec<Map<String, Value>> {
    let above;
    let children: Vec<Value> = match value {
        Value::Array(list) => {
            let rows = frame::of_rows(&list);
            if !rows.is_empty() {
                return rows;
            }
            // What is none itself may hold one, as the posts of an outbox do.
            let of_item = |item: Value| match item.as_object() {
                Some(object) if may_be_record(object) || is_page(object) => as_record(item).into_iter().collect(),
                _ if reach == 0 => Vec::new(),
                _ => in_lists(item, reach - 1),
            };
            return of_notes(list.into_iter().flat_map(of_item).collect());
        }
        Value::Object(object) if reach < REACH && may_be_record(&object) => return vec![object],
        Value::Object(object) if is_keyed(&object) => return object.into_iter().filter_map(of_key).collect(),
        Value::Object(object) => {
            for found in [by_parts(&object, "", 3), frame::of_columns(&object)] {
                if !found.is_empty() {
                    return found;
                }
            }
            above = date_of(&object).cloned();
            object.into_iter().filter(|(name, _)| !is_bin(name)).map(|(_, child)| child).collect()
        }
        _ => return Vec::new(),
    };
    if reach == 0 {
        return Vec::new();
    }
    let mut records = of_most_words(children.into_iter().map(|child| in_lists(child, reach - 1)));
    // The entries of a day that have no date of their own are of that day.
    if let Some(date) = above {
        for record in records.iter_mut().filter(|record| !is_dated(record)) {
            record.insert("date".to_owned(), date.clone());
        }
    }
    records
}

/// Of the records of a list those that say of themselves that they are notes or the like, where some do: exports keep labels
/// and settings among them.
fn of_notes(mut records: Vec<Map<String, Value>>) -> Vec<Map<String, Value>> {
    const NOTES: [&str; 5] = ["note", "entry", "journal", "diary", "memo"];
    const OTHERS: [&str; 11] =
        ["post", "page", "message", "text", "photo", "image", "video", "audio", "link", "quote", "list"];
    for key in ["content_type", "contentType", "type", "kind"] {
        let kind = |record: &Map<String, Value>| record.get(key).and_then(Value::as_str).map(str::to_ascii_lowercase);
        if records.iter().filter_map(kind).any(|kind| NOTES.contains(&kind.as_str())) {
            let is_one = |kind: &str| NOTES.contains(&kind) || OTHERS.contains(&kind);
            records.retain(|record| kind(record).is_none_or(|kind| is_one(&kind)));
        }
    }
    records
}

/// Whether the name of a list says that what it holds was thrown away: `trashedNotes`.
fn is_bin(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["trash", "deleted", "removed"].iter().any(|word| name.contains(word))
}

/// Of several lists, those of the kind that holds most words: exports list tags and settings beside entries.
fn of_most_words(lists: impl Iterator<Item = Vec<Map<String, Value>>>) -> Vec<Map<String, Value>> {
    let mut kinds: Vec<Vec<Map<String, Value>>> = Vec::new();
    for list in lists {
        let Some(first) = list.first() else { continue };
        let alike = |kind: &&mut Vec<Map<String, Value>>| {
            let known = &kind[0];
            let shared = first.keys().filter(|key| known.contains_key(*key)).count();
            shared * 2 > first.len().max(known.len())
        };
        match kinds.iter_mut().take(MOST_KINDS).find(alike) {
            Some(kind) => kind.extend(list),
            None => kinds.push(list),
        }
    }
    let words = |kind: &Vec<Map<String, Value>>| -> usize {
        kind.iter().flat_map(Map::values).filter_map(Value::as_str).map(str::len).sum()
    };
    let mut best = Vec::new();
    let mut most = 0;
    for kind in kinds {
        let words = words(&kind);
        if best.is_empty() || words > most {
            (best, most) = (kind, words);
        }
    }
    best
}

/// A list is compared with so many kinds.
const MOST_KINDS: usize = 16;

fn is_date(text: &str) -> bool {
    Stamp::read(text).is_some_and(|stamp| stamp.parts.is_whole())
}

/// Whether most keys of an object are dates.
fn is_keyed(object: &Map<String, Value>) -> bool {
    object.keys().filter(|key| is_date(key)).count() * 10 >= object.len().max(1) * 8
}

/// The records of a calendar: objects of years, in them those of months, in them days.
fn by_parts(object: &Map<String, Value>, above: &str, reach: usize) -> Vec<Map<String, Value>> {
    let figures = |key: &str| key.len() <= 10 && key.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if reach == 0 || !object.keys().all(|key| figures(key)) {
        return Vec::new();
    }
    let below = |(key, value): (&String, &Value)| {
        let date = if above.is_empty() { key.clone() } else { format!("{above}-{key}") };
        match value {
            value if is_date(&date) => of_key((date, value.clone())).into_iter().collect(),
            Value::Object(inside) => by_parts(inside, &date, reach - 1),
            _ => Vec::new(),
        }
    };
    object.iter().flat_map(below).collect()
}

/// The record that stands under a date.
fn of_key((key, value): (String, Value)) -> Option<Map<String, Value>> {
    let mut record = match value {
        Value::Object(record) => record,
        value => Map::from_iter([("text".to_owned(), Value::String(outline(&value)))]),
    };
    record.entry("date").or_insert(Value::String(key));
    Some(record)
}

/// Whether an object is a page whose title is its date, with its lines below it.
fn is_page(object: &Map<String, Value>) -> bool {
    object.contains_key("children") && object.get("title").and_then(Value::as_str).is_some_and(is_date)
}

fn as_record(value: Value) -> Option<Map<String, Value>> {
    let Value::Object(mut record) = value else { return None };
    if is_page(&record) {
        let text = outline(record.get("children").unwrap_or(&Value::Null));
        let date = record.remove("title").unwrap_or_default();
        return Some(Map::from_iter([("date".to_owned(), date), ("text".to_owned(), Value::String(text))]));
    }
    Some(with_lines_below(record))
}

/// An entry with the lines of an outline below it as its text.
fn with_lines_below(mut record: Map<String, Value>) -> Map<String, Value> {
    if BELOW.iter().any(|name| record.get(*name).is_some_and(Value::is_array)) {
        let text = outline(&Value::Object(record.clone()));
        record.insert("text".to_owned(), Value::String(text));
    }
    record
}

/// What outlines call the lines below one.
const BELOW: [&str; 2] = ["children", "subs"];

/// The strings of an outline, a line each.
fn outline(value: &Value) -> String {
    let mut lines = Vec::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::String(line) => lines.push(line.as_str()),
            Value::Array(list) => open.extend(list.iter().rev()),
            Value::Object(object) => {
                open.extend(BELOW.iter().find_map(|name| object.get(*name)));
                open.extend(["string", "text", "content"].iter().find_map(|name| object.get(*name)));
            }
            _ => {}
        }
    }
    lines.join("\n")
}

/// Reads the entries of a JSON document.
pub(super) fn read(input: &Input<'_>, shape: Shape, problems: &mut Vec<Problem>) -> Vec<Piece> {
    if shape == Shape::Lines {
        return lines(input, problems);
    }
    let (value, broken) = parse_anyhow(input);
    say_broken(broken, input, problems);
    let list = value.get("entries").or_else(|| value.get("items")).and_then(Value::as_array);
    let records = list.into_iter().flatten().filter_map(Value::as_object);
    records.map(|record| piece(record, input, 0, shape == Shape::DayOne, problems)).collect()
}

fn say_broken(line: Option<usize>, input: &Input<'_>, problems: &mut Vec<Problem>) {
    if let Some(line) = line.map(|line| line + input.line) {
        let message = format!("It is not well-formed JSON from line {line} on; what could be read was kept.");
        problems.push(Problem { line, ..Problem::of_source(ProblemKind::Malformed, input.path, message) });
    }
}

/// So many broken lines are named one by one.
const MOST_NAMED: usize = 100;

fn lines(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    if !is_lined(input) {
        let (value, broken) = parse_anyhow(input);
        say_broken(broken, input, problems);
        let tree = rich_text::opens(body(input.text)).then(|| rich_text::words(&value)).flatten();
        let records = match tree {
            Some(words) => vec![Map::from_iter([("text".to_owned(), Value::String(words))])],
            None => of_value(value),
        };
        let mut doubts = Doubts::default();
        records.iter().enumerate().for_each(|(at, record)| doubts.add(at, record));
        let read = |record: Map<String, Value>| piece(&record, input, 0, false, problems);
        let mut pieces: Vec<Piece> = records.into_iter().map(read).collect();
        doubts.settle(&mut pieces);
        // Exports hold more than entries: tags, pictures without a word, what TiddlyWiki keeps for itself.
        let is_shadow = |piece: &Piece| {
            let first = piece.title.as_ref().or(piece.blocks.first().map(|block| &block.text));
            first.is_some_and(|name| tiddlywiki::is_of_the_wiki(name))
        };
        let of_words = |piece: &Piece| piece.title.is_some() || !piece.blocks.is_empty();
        pieces.retain(|piece| of_words(piece) && !is_shadow(piece));
        return pieces;
    }
    let mut pieces = Vec::new();
    let mut doubts = Doubts::default();
    let mut broken = 0;
    for (index, line) in input.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let number = index + 1 + input.line;
        match serde_json::from_str::<Value>(line) {
            Ok(value @ Value::Object(_)) => {
                for record in of_line(value) {
                    let piece = piece(&record, input, number, false, problems);
                    // What says how the others are written has neither a day nor words.
                    if piece.stamp.is_some() || piece.title.is_some() || !piece.blocks.is_empty() {
                        add_item(&mut pieces, piece);
                        doubts.add(pieces.len() - 1, &record);
                    }
                }
            }
            _ => {
                broken += 1;
                if broken <= MOST_NAMED {
                    let message = "The line is no JSON object, and was passed over.";
                    let problem = Problem::of_source(ProblemKind::Malformed, input.path, message);
                    problems.push(Problem { line: number, ..problem });
                }
            }
        }
    }
    if broken > MOST_NAMED {
        let times = broken - MOST_NAMED;
        let message = format!("{times} lines more are no JSON objects, and were passed over.");
        problems.push(Problem { times, ..Problem::of_source(ProblemKind::Malformed, input.path, message) });
    }
    doubts.settle(&mut pieces);
    pieces
}

/// Whether a source has a value of its own on each line.
fn is_lined(input: &Input<'_>) -> bool {
    let first = || input.text.lines().find(|line| !line.trim().is_empty());
    let is_object = |line: &str| serde_json::from_str::<Map<String, Value>>(line).is_ok();
    let named = [".jsonl", ".ndjson"].iter().any(|end| input.path.ends_with(end));
    (named || first().is_some_and(is_object)) && parse(input.text).is_err()
}

/// The entries of a whole document.
fn of_value(value: Value) -> Vec<Map<String, Value>> {
    let columns = value.as_object().map(frame::of_columns).unwrap_or_default();
    match value {
        _ if !columns.is_empty() => columns,

        Value::Object(record) if may_be_record(&record) => vec![with_lines_below(record)],
        value => records(value),
    }
}

/// The entries of a line: what it holds, where it is none itself; a line that holds none is one without a date.
fn of_line(value: Value) -> Vec<Map<String, Value>> {
    let Value::Object(record) = value else { return Vec::new() };
    if may_be_record(&record) {
        return vec![record];
    }
    let inside = records(Value::Object(record.clone()));
    if inside.is_empty() { vec![record] } else { inside }
}
