//! Front matter: the block of YAML, TOML or JSON that a page of Jekyll, Hugo and their like begins with.

use crate::date::stamp;
use crate::document::{Piece, Stamp};
use serde_json::{Map, Value};

/// Longer front matter is text.
const LONGEST: usize = 64 * 1024;

/// The front matter of a text, and where the text after it begins.
pub(crate) fn split(text: &str) -> Option<(Map<String, Value>, usize)> {
    let (fence, parse): (&str, fn(&str) -> Option<Value>) = match text.get(..4)? {
        "---\n" => ("\n---", |yaml| serde_saphyr::from_str(yaml).ok()),
        "+++\n" => ("\n+++", |toml| {
            toml::from_str::<toml::Value>(toml).ok().and_then(|value| serde_json::to_value(value).ok())
        }),
        _ => return json(text),
    };
    let inside = &text[3..text.floor_char_boundary(LONGEST)];
    let end = inside.find(fence)?;
    let after = inside[end + fence.len()..].find('\n').map_or(text.len(), |n| 3 + end + fence.len() + n + 1);
    let head = inside.get(1..end).unwrap_or_default();
    let value = parse(head).and_then(|value| value.as_object().cloned()).or_else(|| by_lines(head))?;
    Some((value, after))
}

/// Hugo's third way: a JSON object, then an empty line.
fn json(text: &str) -> Option<(Map<String, Value>, usize)> {
    if !text.starts_with("{\n") {
        return None;
    }
    let end = text[..text.floor_char_boundary(LONGEST)].find("\n}\n")? + 3;
    let value: Value = serde_json::from_str(&text[..end]).ok()?;
    Some((value.as_object()?.clone(), end))
}

/// `key: value` lines of YAML that is not quite YAML; a page is not given up for a stray colon.
fn by_lines(head: &str) -> Option<Map<String, Value>> {
    let pairs: Map<String, Value> = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .filter(|(key, _)| !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')))
        .map(|(key, value)| (key.to_owned(), Value::String(value.trim().trim_matches(['"', '\'']).to_owned())))
        .collect();
    (!pairs.is_empty()).then_some(pairs)
}

/// Moves what front matter says into its piece.
pub(crate) fn apply(fields: &Map<String, Value>, piece: &mut Piece) {
    piece.has_front_matter = true;
    let text = |key: &str| {
        let value = fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(key))?.1;
        match value {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            Value::Object(inner) => inner.get("$__toml_private_datetime").and_then(Value::as_str).map(str::to_owned),
            _ => None,
        }
    };
    let is = |key: &str, wanted: &[&str]| {
        fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).is_some_and(|(_, value)| match value {
            Value::Bool(yes) => *yes && wanted.contains(&"true"),
            Value::String(text) => wanted.contains(&text.trim().to_ascii_lowercase().as_str()),
            _ => false,
        })
    };
    // A date in words is what stands in the diary; one in figures was worked out from it.
    let stamps: Vec<Stamp> =
        ["source_date", "dateline", "date", "created", "published", "publishdate", "pubdate", "datetime", "day"]
            .iter()
            .filter_map(|key| Stamp::read(&text(key)?))
            .collect();
    let in_words = stamps.iter().find(|s| s.parts.is_whole() && stamp::iso(&s.written).is_none());
    piece.stamp = in_words
        .or_else(|| stamps.iter().find(|s| s.parts.is_whole()))
        .or(stamps.first())
        .cloned()
        .or(piece.stamp.take());
    piece.title = text("title").or(piece.title.take());
    piece.author = text("author").or(piece.author.take());
    piece.lang =
        text("lang").or_else(|| text("language")).map(|lang| lang.chars().take(2).collect()).or(piece.lang.take());
    let yes = &["true", "yes", "1"];
    piece.private |= is("private", yes)
        || is("draft", yes)
        || is("visibility", &["private"])
        || is("status", &["private", "draft"])
        || is("published", &["false", "no"])
        || is_false(fields, "published");
    piece.sensitive |= is("sensitive", yes);
    for key in ["tags", "categories", "tag", "category", "keywords"] {
        match fields.get(key) {
            Some(Value::Array(tags)) => piece.tags.extend(tags.iter().filter_map(Value::as_str).map(str::to_owned)),
            Some(Value::String(tags)) => {
                let separator = if tags.contains(',') { ',' } else { ' ' };
                piece.tags.extend(tags.split(separator).map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()));
            }
            _ => {}
        }
    }
    piece.private |= piece.tags.iter().any(|tag| tag.eq_ignore_ascii_case("private"));
}

fn is_false(fields: &Map<String, Value>, key: &str) -> bool {
    fields.get(key).and_then(Value::as_bool) == Some(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Parts;

    fn check(text: &str, rest: &str, date: Option<(i32, u32, u32)>, title: Option<&str>) {
        let (fields, after) = split(text).unwrap();
        let mut piece = Piece::default();
        apply(&fields, &mut piece);
        assert_eq!(&text[after..], rest);
        assert_eq!(piece.stamp.map(|s| s.parts), date.map(|(y, m, d)| Parts::ymd(y, m, d)));
        assert_eq!(piece.title.as_deref(), title);
    }

    #[test]
    fn three_fences() {
        check(
            "---\ntitle: A day\ndate: 2003-12-19 10:00\ntags: [a, b]\n---\nText",
            "Text",
            Some((2003, 12, 19)),
            Some("A day"),
        );
        check(
            "+++\ntitle = \"A day\"\ndate = 2003-12-19T10:00:00+10:00\n+++\nText",
            "Text",
            Some((2003, 12, 19)),
            Some("A day"),
        );
        check(
            "{\n\"title\": \"A day\", \"date\": \"2003-12-19\"\n}\nText",
            "Text",
            Some((2003, 12, 19)),
            Some("A day"),
        );
        check("---\ntitle: a: b: [c\ndate: 2003-12-19\n---\nText", "Text", Some((2003, 12, 19)), Some("a: b: [c"));
        check("---\nsource_date: 29th February 1671\ndate: 1671-03-01\n---\nText", "Text", Some((1671, 2, 29)), None);
        assert!(split("Text\n---\n").is_none());
    }
}
