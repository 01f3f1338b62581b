//! An entry as a record of named fields, as exports in JSON, YAML, CSV and XML have them.

mod names;
pub(super) mod rich_text;

use super::feed::paragraphs;
use super::{Input, front_matter, html, markdown};
use crate::date::{Parts, Written, in_one_order, scan, stamp};
use crate::document::{Piece, Stamp};
use crate::problem::Problem;
use chrono::{Datelike, TimeZone};
use serde_json::{Map, Value};
use std::borrow::Cow;

pub(crate) use names::is_of_page;
use names::{DATES, TAGS, TITLES, WORDS};
pub(super) use names::{is_of_change, is_of_date, is_of_words, parts_of_dates};

/// The day whose parts are the fields of an object.
fn day_in_parts(object: &Map<String, Value>) -> Option<Stamp> {
    let places = parts_of_dates(object.keys().map(String::as_str))?;
    let part = |at| match object.values().nth(at)? {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let [year, month, day] = places.map(part);
    joined_date(&year?, &month?, &day?)
}

/// The date that a year, a month, by number or by name, and a day make.
fn joined_date(year: &str, month: &str, day: &str) -> Option<Stamp> {
    Stamp::read(&in_parts(year, month, day))
}

/// A year, a month and a day as one date.
pub(super) fn in_parts(year: &str, month: &str, day: &str) -> String {
    match month.parse::<u32>() {
        Ok(month) => format!("{year:0>4}-{month:02}-{day:0>2}"),
        Err(_) => format!("{day} {month} {year}"),
    }
}

/// Whether an object has a date and words.
pub(super) fn is_record(object: &Map<String, Value>) -> bool {
    let has = |names: &[&str]| names.iter().any(|name| field(object, name).is_some());
    (has(DATES) || is_dated(object)) && (has(WORDS) || has(&["title"]))
}

/// Whether an object is a record, though its words may stand under a name that nobody thought of.
pub(super) fn may_be_record(object: &Map<String, Value>) -> bool {
    if object.is_empty() || is_aside(object) {
        return false;
    }
    is_record(object)
        || is_dated(object)
            && (prose(object).is_some() || answers(object) || !holds_records(object) && !words_below(object).is_empty())
}

/// Whether an object tells of who wrote, as the exports of social networks do beside what they wrote, or of what was done in
/// a chat.
fn is_aside(object: &Map<String, Value>) -> bool {
    let kind = object.get("type").and_then(Value::as_str);
    let done = object.get("subtype").and_then(Value::as_str).is_some_and(|what| what.starts_with("channel_"));
    kind == Some("Person")
        || kind == Some("service") && object.contains_key("action")
        || kind == Some("message") && done
}

/// Whether an object with a date stands somewhere inside one.
fn holds_records(object: &Map<String, Value>) -> bool {
    fn is_one(value: &Value, reach: usize) -> bool {
        match value {
            Value::Array(list) => reach > 0 && list.iter().any(|item| is_one(item, reach - 1)),
            Value::Object(object) => {
                is_dated(object) || reach > 0 && object.values().any(|child| is_one(child, reach - 1))
            }
            _ => false,
        }
    }
    object.values().any(|child| is_one(child, REACH))
}

/// Whether an object holds answers to the questions of a day.
fn answers(object: &Map<String, Value>) -> bool {
    let lists = object.values().filter_map(Value::as_array);
    lists.flatten().any(|item| item.get("answer").is_some_and(Value::is_string))
}

/// The texts of an object under names of their own: the longest, which is two words at least and no date, and with it those
/// that are more than a name.
fn prose(object: &Map<String, Value>) -> Option<(&str, Cow<'_, str>)> {
    // Some languages set no spaces between words.
    let is_prose = |text: &str| text.contains(' ') || text.chars().filter(|c| !c.is_ascii()).nth(8).is_some();
    let texts = object.iter().filter(|(name, value)| !value.is_object() && !TITLES.contains(&name.as_str()));
    let texts = texts.filter_map(|(name, value)| Some((name.as_str(), words(value)?)));
    let mut texts: Vec<_> = texts.filter(|(_, text)| is_prose(text) && Stamp::read(text).is_none()).collect();
    let longest = texts.iter().map(|(_, text)| text.len()).max()?;
    texts.retain(|(_, text)| text.len() == longest || is_long(text));
    let (name, first) = texts.first()?.clone();
    match texts.len() {
        1 => Some((name, first)),
        _ => {
            let all: Vec<&str> = texts.iter().map(|(_, text)| text.as_ref()).collect();
            Some((name, Cow::Owned(all.join("\n\n"))))
        }
    }
}

/// Names under which a text stands beside how it is written.
const WRAPPED: &[&str] = &["value", "rendered", "#text", "$t", "markdown", "text", "html"];

/// Whether a text has more words than a name has.
fn is_long(text: &str) -> bool {
    text.split_whitespace().nth(5).is_some() || text.chars().filter(|c| !c.is_ascii()).nth(12).is_some()
}

/// The words of a field: a text, the parts of one, as Telegram has them, or a text beside how it is written.
fn words(value: &Value) -> Option<Cow<'_, str>> {
    let part = |part: &Value| part.as_str().or_else(|| part.get("text")?.as_str()).map(str::to_owned);
    let words = match value {
        Value::String(text) => rich_text::read(text).map_or(Cow::Borrowed(text.trim()), Cow::Owned),
        Value::Array(lines) if lines.iter().all(Value::is_string) => {
            Cow::Owned(lines.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n\n"))
        }
        Value::Array(parts) => {
            Cow::Owned(parts.iter().map(part).collect::<Option<_>>().or_else(|| rich_text::words(value))?)
        }
        Value::Object(object) => {
            let wrapped = WRAPPED.iter().find_map(|name| object.get(*name).filter(|words| words.is_string()));
            wrapped.map_or_else(|| rich_text::words(value).map(Cow::Owned), words)?
        }
        _ => return None,
    };
    Some(words).filter(|words| !words.is_empty())
}

/// Whether the date of a record is one.
pub(super) fn is_dated(record: &Map<String, Value>) -> bool {
    date_of(record).is_some() || day_in_parts(record).is_some()
}

/// The date that an object has, as written.
pub(super) fn date_of(object: &Map<String, Value>) -> Option<&Value> {
    dates(object).find(|value| date(value, None).is_some() || numbers(value).is_some())
}

/// The values of the fields that may hold the date of a record, the likeliest first.
fn dates(record: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    let known = DATES.iter().filter_map(|name| field(record, name));
    // An object of a few fields may be a date in wrapping; a larger one is something that has a date.
    let is_one = |value: &Value| !value.is_array() && value.as_object().is_none_or(|object| object.len() <= 3);
    let others = record.iter().filter(move |(name, value)| is_one(value) && is_of_date(name));
    known.chain(others.map(|(_, value)| value))
}

/// A date of which two numbers may stand in either order.
fn numbers(value: &Value) -> Option<Written> {
    scan::scan(value.as_str()?.trim()).filter(|written| written.ambiguous && written.first.is_whole())
}

/// The dates of the records of a document that are no plain ISO dates, with the places of the records: in some, two numbers
/// may stand in either order, and only the others tell which.
#[derive(Default)]
pub(super) struct Doubts(Vec<(usize, String, Written)>);

impl Doubts {
    /// Takes the date of a record into account.
    pub(super) fn add(&mut self, at: usize, record: &Map<String, Value>) {
        let Some(value) = date_of(record).and_then(Value::as_str).map(str::trim) else { return };
        if stamp::iso(value).is_none()
            && let Some(written) = scan::scan(value).filter(|written| written.first.is_whole())
        {
            self.0.push((at, value.to_owned(), written));
        }
    }

    /// Dates the entries of those that may be read in two ways as makes all of them stand in order.
    pub(super) fn settle(self, pieces: &mut [Piece]) {
        if self.0.len() < 2 || !self.0.iter().any(|(.., written)| written.ambiguous) {
            return;
        }
        let days = in_one_order(self.0.iter().map(|(_, text, date)| (date, text.as_str())));
        for ((at, written, date), parts) in self.0.into_iter().zip(days) {
            if let Some(piece) = pieces.get_mut(at).filter(|piece| date.ambiguous && piece.stamp.is_none()) {
                piece.stamp = Some(Stamp { parts, written, weekday: date.weekday });
            }
        }
    }
}

/// Whether a field is the date of a record.
pub(super) fn is_date(name: &str, value: &str) -> bool {
    DATES.iter().any(|known| known.eq_ignore_ascii_case(name)) && Stamp::read(value).is_some_and(|s| s.parts.is_whole())
}

/// The field of this name, however it is spelt: `created_at`, `createdAt`, `_createdAt`.
fn field<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let respelt = || object.iter().find(|(key, _)| is_respelt(key, name));
    object.get(name).or_else(|| respelt().map(|(_, value)| value))
}

/// Whether two names have the same letters. Asked of every name for every field of every record, it does most with bytes.
fn is_respelt(key: &str, name: &str) -> bool {
    fn letters(name: &str) -> impl Iterator<Item = char> {
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    fn bytes(name: &str) -> impl Iterator<Item = u8> {
        name.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase())
    }
    match key.is_ascii() && name.is_ascii() {
        true => bytes(key).eq(bytes(name)),
        false => letters(key).eq(letters(name)),
    }
}

/// The entry that a record is.
pub(super) fn piece(
    record: &Map<String, Value>,
    input: &Input<'_>,
    line: usize,
    day_one: bool,
    problems: &mut Vec<Problem>,
) -> Piece {
    let text = |name: &str| field(record, name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let is = |name: &str| field(record, name).is_some_and(|v| v.as_bool() == Some(true) || v.as_str() == Some("true"));
    let own = WORDS.iter().find_map(|name| Some((*name, words(field(record, name)?)?)));
    let own = own.or_else(|| Some(("richText", rich_text::read(record.get("richText")?.as_str()?).map(Cow::Owned)?)));
    // What stands deeper in an entry of Day One tells of its pictures.
    let below = if own.is_none() && !day_one { words_below(record) } else { String::new() };
    let wrapped = |name: &str| field(record, name).filter(|value| value.is_object()).and_then(words);
    let title = TITLES.iter().find_map(|name| text(name).map(Cow::Borrowed).or_else(|| wrapped(name)));
    let title = title.as_deref();
    // Beside a title, what is as short as a place or a mood is not its text.
    let is_text =
        |words: &str| title.is_none_or(|title| words != title && (is_long(words) || words.len() > title.len()));
    let own = own.or_else(|| prose(record).filter(|(_, words)| below.is_empty() && !day_one && is_text(words)));
    // What has no words but a title is its title.
    let (title, untitled) = match own.is_none() && below.is_empty() {
        true => (None, title),
        false => (title.or_else(|| title_below(record)), None),
    };
    let (name, words) = own.unwrap_or(("", Cow::Borrowed(untitled.unwrap_or(&below))));
    let words = words.as_ref();
    let opens = |tag: &&str| words.strip_prefix(*tag).is_some_and(|rest| rest.starts_with([' ', '>']));
    let whole = name.ends_with("html") || ["<p", "<div", "<ol", "<ul", "<h1", "<h2", "<h3", "<table"].iter().any(opens);
    let mut blocks = match name {
        _ if whole => html::piece(words, input.path, problems).blocks,
        _ if !day_one && has_tags(words) => html::piece(&paragraphs(words), input.path, problems).blocks,
        "markdown" => markdown::piece(words, input.path, problems).blocks,
        _ if day_one => markdown::piece(words, input.path, problems).blocks,
        _ => super::text::piece(words, 1, 0).blocks,
    };
    if blocks.is_empty() && !words.is_empty() {
        blocks = html::piece(&paragraphs(&words.replace('<', "&lt;")), input.path, problems).blocks;
    }
    // Of the many records of a file each has few blocks.
    blocks.shrink_to_fit();
    for block in &mut blocks {
        block.line = line;
        block.span = diary::Span::default();
    }
    let zone = text("timeZone").or_else(|| text("timezone")).or_else(|| text("time_zone")).or_else(|| text("tz"));
    let zone = zone.or_else(|| text("tz_offset"));
    let stamp = dates(record).find_map(|value| date(value, zone)).or_else(|| day_in_parts(record));
    let tags = TAGS.iter().filter_map(|name| field(record, name)).flat_map(labels).collect();
    Piece {
        is_item: true,
        stamp,
        title: title.map(str::to_owned),
        lang: text("lang").or_else(|| text("language")).map(|lang| lang.chars().take(2).collect()),
        private: front_matter::is_private(record),
        sensitive: is("sensitive"),
        tags,
        line,
        blocks,
        ..Piece::default()
    }
}

/// The labels that a field holds: names, objects that have one, or names between commas.
fn labels(value: &Value) -> Vec<String> {
    let label = |item: &Value| {
        let named = || ["name", "label", "title", "tag"].iter().find_map(|name| item.get(name)?.as_str());
        item.as_str().or_else(named).map(|tag| tag.trim().trim_start_matches('@').to_owned())
    };
    let labels: Vec<String> = match value {
        Value::Array(list) => list.iter().filter_map(label).collect(),
        Value::String(list) => list.split(',').map(|tag| tag.trim().to_owned()).collect(),
        _ => Vec::new(),
    };
    labels.into_iter().filter(|label| !label.is_empty()).collect()
}

/// Whether words are marked up here and there, as what was written in a web page is.
fn has_tags(words: &str) -> bool {
    const TAGS: [&str; 13] = [
        "</a>",
        "</p>",
        "<br>",
        "<br />",
        "<br/>",
        "</i>",
        "</b>",
        "</em>",
        "</strong>",
        "</li>",
        "</div>",
        "</span>",
        "</blockquote>",
    ];
    const SIGNS: [&str; 6] = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&nbsp;"];
    TAGS.iter().chain(&SIGNS).any(|tag| words.contains(tag))
}

/// So deep inside a record its words are looked for.
const REACH: usize = 4;

/// The words that stand somewhere inside a record that has none of its own, as the parts of a post do.
fn words_below(record: &Map<String, Value>) -> String {
    fn gather<'a>(value: &'a Value, reach: usize, found: &mut Vec<&'a str>) {
        match value {
            Value::Array(list) if reach > 0 => list.iter().for_each(|item| gather(item, reach - 1, found)),
            Value::Object(object) => {
                let words =
                    WORDS.iter().filter_map(|name| object.get(*name)?.as_str()).find(|text| !text.trim().is_empty());
                match words {
                    Some(words) if !found.contains(&words) => found.push(words),
                    None if reach > 0 => object.values().for_each(|child| gather(child, reach - 1, found)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    record.values().for_each(|child| gather(child, REACH, &mut found));
    found.join("\n\n")
}

/// The title in the object that holds the content of a record.
fn title_below(record: &Map<String, Value>) -> Option<&str> {
    let inside = record.values().filter_map(|child| child.get("title")?.as_str());
    inside.map(str::trim).find(|title| !title.is_empty())
}

/// The writer's day: an instant in UTC is put into the zone of the entry, where it names one.
pub(super) fn date(value: &Value, zone: Option<&str>) -> Option<Stamp> {
    let clock = |written: &str| {
        // Before 1970 it counts backwards.
        let figures = written.strip_prefix('-').unwrap_or(written);
        let counted = matches!(figures.len(), 9 | 10 | 12 | 13) && figures.bytes().all(|b| b.is_ascii_digit());
        counted.then(|| written.parse().ok()).flatten()
    };
    if let Some(day) = value.as_u64().and_then(figures) {
        return Some(day);
    }
    if let Some(number) = value.as_f64().or_else(|| clock(value.as_str()?)).filter(|n| n.abs() > 10_000_000.0) {
        // Seconds, thousandths or millionths of them.
        let seconds = match number {
            number if number.abs() > 1.0e14 => number / 1.0e6,
            number if number.abs() > 1.0e11 => number / 1000.0,
            number => number,
        } as i64;
        return Some(Stamp {
            parts: in_zone(seconds, zone)?,
            written: value.to_string().replace('"', ""),
            weekday: None,
        });
    }
    if let Some(object) = value.as_object() {
        // `{"$date": {"$numberLong": "1583056800000"}}`, as databases wrap theirs.
        let is_inner = |inside: &&Value| inside.as_object().is_none_or(|inner| inner.len() == 1);
        let wrapped = || object.values().filter(is_inner).find_map(|inside| date(inside, zone));
        return day_in_parts(object).or_else(wrapped);
    }
    let written = value.as_str()?.trim();
    let utc = written.ends_with('Z') || written.ends_with("+00:00") || written.ends_with("+0000");
    let instant = if utc { chrono::DateTime::parse_from_rfc3339(written).ok() } else { None };
    match (zone, instant) {
        (Some(_), Some(instant)) => {
            Some(Stamp { parts: in_zone(instant.timestamp(), zone)?, written: written.to_owned(), weekday: None })
        }
        _ => Stamp::read(written),
    }
}

/// A day as one number, `20031219`, where it cannot count seconds.
fn figures(number: u64) -> Option<Stamp> {
    let read = (15_000_101..=21_001_231).contains(&number).then(|| number.to_string());
    read.as_deref().and_then(Stamp::read)
}

fn in_zone(seconds: i64, zone: Option<&str>) -> Option<Parts> {
    let named = zone.and_then(|zone| zone.replace("\\/", "/").parse::<chrono_tz::Tz>().ok());
    let Some(zone) = named else {
        // `+02:00` is a zone too.
        let east = zone.and_then(|zone| zone.parse::<chrono::FixedOffset>().ok());
        return stamp::from_epoch(seconds, east.map_or(0, |east| i64::from(east.local_minus_utc())));
    };
    let local = zone.timestamp_opt(seconds, 0).single()?;
    (1..=9999).contains(&local.year()).then(|| Parts::ymd(local.year(), local.month(), local.day()))
}
