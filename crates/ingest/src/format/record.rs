//! An entry as a record of named fields, as exports in JSON, YAML, CSV and XML have them.

use super::feed::paragraphs;
use super::{Input, html, markdown};
use crate::date::names::plain;
use crate::date::{Parts, stamp};
use crate::document::{Piece, Stamp};
use crate::front_matter;
use crate::problem::Problem;
use chrono::{Datelike, TimeZone};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A date is looked for under these names, and in this order.
const DATES: &[&str] = &[
    "date",
    "day",
    "datetime",
    "date_published",
    "published_at",
    "created_at",
    "created",
    "creationDate",
    "createdAt",
    "timestamp",
    "time",
    "written",
    "ts",
    "published",
    "datePublished",
    "date_journal",
    "dateCreated",
    "created_time",
    "entry_date",
    "entryDate",
    "date_created",
    "eventtime",
    "when",
    "datum",
    "fecha",
    "creation_timestamp",
    "created_utc",
    "createdTimestampUsec",
    "userEditedTimestampUsec",
];
/// Words are looked for under these.
const WORDS: &[&str] = &[
    "text",
    "body",
    "content",
    "entry",
    "note",
    "content_text",
    "content_html",
    "html",
    "markdown",
    "textContent",
    "full_text",
    "post",
    "selftext",
    "message",
    "description",
    "notes",
    "answer",
    "articleBody",
];
/// What the columns or fields are called that hold a year, a month and a day.
const PARTS: [&[&str]; 3] = [
    &["year", "jahr", "annee", "ano", "anno", "jaar", "ar", "aar", "rok", "vuosi"],
    &["month", "monat", "mois", "mes", "mese", "maand", "manad", "maned", "miesiac", "mesic", "kuukausi"],
    &["day", "tag", "jour", "dia", "giorno", "dag", "dzien", "den", "paiva"],
];

/// The places of the year, the month and the day among these names, where each has one.
pub(super) fn parts_of_dates<'a>(names: impl Iterator<Item = &'a str>) -> Option<[usize; 3]> {
    let names: Vec<String> = names.map(|name| plain(name.trim())).collect();
    let [year, month, day] = PARTS.map(|known| names.iter().position(|name| known.contains(&name.as_str())));
    Some([year?, month?, day?])
}

/// The day whose parts are the fields of an object.
fn day_in_parts(object: &Map<String, Value>) -> Option<Stamp> {
    let places = parts_of_dates(object.keys().map(String::as_str))?;
    let [year, month, day] = places.map(|at| object.values().nth(at).and_then(Value::as_u64));
    Stamp::read(&format!("{:04}-{:02}-{:02}", year?, month?, day?))
}

/// Whether an object has a date and words.
pub(super) fn is_record(object: &Map<String, Value>) -> bool {
    let has = |names: &[&str]| names.iter().any(|name| field(object, name).is_some());
    has(DATES) && (has(WORDS) || has(&["title"]))
}

/// Whether an object is a record, though its words may stand under a name that nobody thought of.
pub(super) fn may_be_record(object: &Map<String, Value>) -> bool {
    is_record(object) || is_dated(object) && (prose(object).is_some() || answers(object))
}

/// Whether an object holds answers to the questions of a day.
fn answers(object: &Map<String, Value>) -> bool {
    let lists = object.values().filter_map(Value::as_array);
    lists.flatten().any(|item| item.get("answer").is_some_and(Value::is_string))
}

/// The longest text of an object under a name of its own, where it is one: two words at least, and no date.
fn prose(object: &Map<String, Value>) -> Option<(&str, Cow<'_, str>)> {
    let texts = object.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?.trim())));
    let texts = texts.filter(|(_, text)| text.contains(' ') && Stamp::read(text).is_none());
    texts.max_by_key(|(_, text)| text.len()).map(|(name, text)| (name, Cow::Borrowed(text)))
}

/// The words of a field: a text, the parts of one, as Telegram has them, or a text beside how it is written.
fn words(value: &Value) -> Option<Cow<'_, str>> {
    let part = |part: &Value| part.as_str().or_else(|| part.get("text")?.as_str()).map(str::to_owned);
    let words = match value {
        Value::String(text) => Cow::Borrowed(text.trim()),
        Value::Array(parts) => Cow::Owned(parts.iter().map(part).collect::<Option<String>>()?),
        Value::Object(object) => Cow::Borrowed(field(object, "value")?.as_str()?.trim()),
        _ => return None,
    };
    Some(words).filter(|words| !words.is_empty())
}

/// Whether the date of a record is one.
pub(super) fn is_dated(record: &Map<String, Value>) -> bool {
    DATES.iter().any(|name| field(record, name).is_some_and(|value| date(value, None).is_some()))
}

/// The date that an object has, as written.
pub(super) fn date_of(object: &Map<String, Value>) -> Option<Value> {
    DATES.iter().find_map(|name| field(object, name).filter(|value| date(value, None).is_some())).cloned()
}

/// Whether a field is the date of a record.
pub(super) fn is_date(name: &str, value: &str) -> bool {
    DATES.iter().any(|known| known.eq_ignore_ascii_case(name)) && Stamp::read(value).is_some_and(|s| s.parts.is_whole())
}

/// The field of this name, in capitals or not.
fn field<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object.get(name).or_else(|| object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
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
    let below = if own.is_none() { words_below(record) } else { String::new() };
    let own = own.or_else(|| prose(record).filter(|_| below.is_empty() && text("title").is_none()));
    // What has no words but a title is its title.
    let title = text("title").or_else(|| text("subject")).or_else(|| text("headline"));
    let (title, untitled) = match own.is_none() && below.is_empty() {
        true => (None, title),
        false => (title.or_else(|| title_below(record)), None),
    };
    let (name, words) = own.unwrap_or(("", Cow::Borrowed(untitled.unwrap_or(&below))));
    let words = words.as_ref();
    let whole =
        name.ends_with("html") || words.trim_start().starts_with("<p") || words.trim_start().starts_with("<div");
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
    let stamp = DATES.iter().find_map(|name| date(field(record, name)?, zone));
    let mut tags = Vec::new();
    for name in ["tags", "categories", "labels"] {
        match field(record, name) {
            Some(Value::Array(list)) => {
                tags.extend(list.iter().filter_map(Value::as_str).map(|tag| tag.trim_start_matches('@').to_owned()))
            }
            Some(Value::String(list)) => {
                tags.extend(list.split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()))
            }
            _ => {}
        }
    }
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

/// Whether words are marked up here and there, as what was written in a web page is.
fn has_tags(words: &str) -> bool {
    ["</a>", "</p>", "<br>", "<br />", "<br/>", "</i>", "</b>", "</em>", "</strong>"]
        .iter()
        .any(|tag| words.contains(tag))
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
        let counted = matches!(written.len(), 10 | 13) && written.bytes().all(|b| b.is_ascii_digit());
        counted.then(|| written.parse().ok()).flatten()
    };
    if let Some(number) = value.as_f64().or_else(|| clock(value.as_str()?)).filter(|number| *number > 10_000_000.0) {
        // Seconds, thousandths or millionths of them.
        let seconds = match number {
            number if number > 1.0e14 => number / 1.0e6,
            number if number > 1.0e11 => number / 1000.0,
            number => number,
        } as i64;
        return Some(Stamp {
            parts: in_zone(seconds, zone)?,
            written: value.to_string().replace('"', ""),
            weekday: None,
        });
    }
    if let Some(object) = value.as_object() {
        // `{"$date": "2020-03-01T10:00:00Z"}`, as databases wrap theirs.
        let wrapped = || object.values().filter(|inside| !inside.is_object()).find_map(|inside| date(inside, zone));
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
