//! Front matter: the block of YAML, TOML or JSON that a page of Jekyll, Hugo and their like begins with, the bare fields of
//! Pelican, Nikola, Hexo, MultiMarkdown and TiddlyWiki, and those that Joplin writes below a note.

use crate::date::{path, stamp};
use crate::document::{Piece, Stamp};
use crate::format::record::is_of_page;
use serde_json::{Map, Value};
use std::ops::Range;

/// Longer front matter is read line by line, which no nesting or repetition makes dear.
const LONGEST: usize = 64 * 1024;

/// The front matter of a text, and where the text after it begins.
pub(crate) fn split(text: &str) -> Option<(Map<String, Value>, usize)> {
    let (fence, parse): (&str, fn(&str) -> Option<Value>) = match text.lines().next().unwrap_or_default() {
        // Eleventy's `---json` is YAML too.
        "---" | "---yaml" | "---json" | "---js" => ("\n---", |yaml| serde_saphyr::from_str(yaml).ok()),
        "+++" => ("\n+++", |toml| {
            toml::from_str::<toml::Value>(toml).ok().and_then(|value| serde_json::to_value(value).ok())
        }),
        _ => return json(text).or_else(|| bare(text, 0)).or_else(|| below_title(text)),
    };
    let start = text.find('\n')?;
    let inside = &text[start..];
    let end = inside.find(fence)?;
    let after = inside[end + fence.len()..].find('\n').map_or(text.len(), |n| start + end + fence.len() + n + 1);
    let head = inside.get(1..end).unwrap_or_default();
    if head.len() > LONGEST {
        // A rule at the beginning of a long text, and another much later, are no fences.
        return head.lines().all(is_metadata).then(|| (by_lines(head.lines()), after));
    }
    let parsed = parse(head).and_then(|value| value.as_object().cloned());
    let fields = parsed.unwrap_or_else(|| by_lines(head.lines()));
    (!fields.is_empty()).then_some((fields, after))
}

/// Hugo's third way: a JSON object, then the text. An object with nothing after it is the whole document.
fn json(text: &str) -> Option<(Map<String, Value>, usize)> {
    if !text.starts_with("{\n") {
        return None;
    }
    let end = text.find("\n}\n").map(|at| at + 3).filter(|end| !text[*end..].trim().is_empty())?;
    let value: Value = serde_json::from_str(&text[..end]).ok()?;
    Some((value.as_object()?.clone(), end))
}

/// Where the parts of a text begin that have each a block of YAML with a date of its own in front: entries that were put
/// into one file. Nothing where there are fewer than two.
pub(crate) fn parts(text: &str) -> Vec<usize> {
    const MOST: usize = 40;
    let dated = |line: &str| {
        let date = pair(line).filter(|(key, _)| DATES.iter().any(|known| key.eq_ignore_ascii_case(known)));
        date.and_then(|(_, value)| Stamp::read(value)).is_some_and(|stamp| stamp.parts.is_whole())
    };
    if !text.starts_with("---\n") {
        return Vec::new();
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let is_fence = |at: usize| lines.get(at).is_some_and(|line| line.trim_end() == "---");
    let mut starts = Vec::new();
    let (mut at, mut offset) = (0, 0);
    while at < lines.len() {
        let head = lines[at + 1..].iter().take(MOST).take_while(|line| line.trim_end() != "---");
        let head: Vec<&str> = if is_fence(at) { head.copied().collect() } else { Vec::new() };
        let is_head = is_fence(at + 1 + head.len())
            && head.iter().all(|line| is_metadata(line) && !line.trim().is_empty())
            && head.iter().any(|line| dated(line));
        let step = if is_head { head.len() + 2 } else { 1 };
        starts.extend(is_head.then_some(offset));
        offset += lines[at..].iter().take(step).map(|line| line.len()).sum::<usize>();
        at += step;
    }
    if starts.len() < 2 { Vec::new() } else { starts }
}

/// The names under which a date stands.
const DATES: [&str; 17] = [
    "source_date",
    "dateline",
    "date",
    "created",
    "published",
    "publishdate",
    "pubdate",
    "datetime",
    "day",
    "date created",
    "creation date",
    "created_at",
    "date_created",
    "creation_date",
    "written",
    "revdate",
    "post",
];

/// `Title: Jam` and `Date: 2013-08-11` without a fence, from `start` up to an empty line or a rule, in a comment or as
/// reStructuredText has them. A page that has such lines again further down is no page of one entry.
fn bare(text: &str, start: usize) -> Option<(Map<String, Value>, usize)> {
    const MOST: usize = 32;
    let text_from = &text[start..];
    let head = &text_from[..text_from.floor_char_boundary(LONGEST)];
    let comment = head.strip_prefix("<!--").map_or(0, |rest| head.len() - rest.trim_start().len());
    let is_over = |line: &str| line == "---" || line.len() >= 3 && line.bytes().all(|b| b == b'~');
    let (mut fields, mut end, mut closed) = (Map::new(), comment, false);
    for line in head[comment..].split_inclusive('\n').take(MOST) {
        let words = line.trim_end();
        if words.is_empty() || is_over(words) || words == "-->" {
            end += line.len();
            closed = true;
            break;
        }
        // An item of a list, and what is set in without a name, belong to the key above them.
        let goes_on = line.starts_with([' ', '\t', '-']) && !words.trim_start().starts_with(':');
        if fields.is_empty() || !goes_on {
            let (key, value) = field(words.trim_start())?;
            fields.insert(key, value);
        }
        end += line.len();
    }
    let is_date =
        |key: &str| fields.get(key).and_then(Value::as_str).and_then(Stamp::read).is_some_and(|s| s.parts.is_whole());
    let dated: Vec<&str> = DATES.into_iter().filter(|key| is_date(key)).collect();
    let again = |line: &str| {
        line.split_once(':').is_some_and(|(key, _)| dated.iter().any(|date| key.eq_ignore_ascii_case(date)))
    };
    let single = (fields.len() >= 2 || start > 0) && !dated.is_empty() && !text_from[end..].lines().any(again);
    // Zim says when the page was made, which need not be its day.
    (closed && (single || fields.contains_key("wiki-format"))).then_some((fields, start + end))
}

/// The key and the value of a bare line: `Date: 2013-08-11`, `date=2013-08-11`, `.. date: 2013-08-11`, `:date: 2013-08-11`,
/// `.. post:: Aug 11, 2013`.
fn field(line: &str) -> Option<(String, Value)> {
    let line = line.strip_prefix(".. ").or_else(|| line.strip_prefix(':')).unwrap_or(line);
    let (key, value) = line.split_once([':', '='])?;
    let named = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
    let value = value.trim_start_matches(':').trim().trim_matches('"');
    named.then(|| (key.to_ascii_lowercase(), Value::String(value.to_owned())))
}

/// The fields that reStructuredText and AsciiDoc set below the title of a page.
fn below_title(text: &str) -> Option<(Map<String, Value>, usize)> {
    const REACH: usize = 400;
    let head = &text[..text.floor_char_boundary(REACH)];
    let start = head.find("\n:").map(|at| at + 1).filter(|start| head[..*start].lines().count() <= 4)?;
    let mut above = head[..start].lines();
    let title = above.next()?;
    let underlined = above.next().is_some_and(|line| line.len() >= 3 && line.bytes().all(|b| b.is_ascii_punctuation()));
    let title = title.strip_prefix("= ").or_else(|| Some(title).filter(|_| underlined))?;
    let (mut fields, after) = bare(text, start)?;
    fields.entry("title").or_insert_with(|| Value::String(title.trim().to_owned()));
    Some((fields, after))
}

/// The fields that Joplin writes below a note, and where the note stands between its title and them.
pub(crate) fn foot(text: &str) -> Option<(Map<String, Value>, Range<usize>)> {
    let whole = text.trim_end();
    let end = whole.ends_with("type_: 1").then(|| whole.rfind("\n\n")).flatten()?;
    let mut said = by_lines(whole[end + 2..].lines());
    let created = ["user_created_time", "created_time"].iter().find_map(|key| said.remove(*key))?;
    let title = text[..end].lines().next()?;
    let fields = [("title", Value::String(title.trim().to_owned())), ("created", created)];
    let fields = fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    Some((fields, (title.len() + 1).min(end)..end))
}

/// Whether a text is what Joplin keeps beside notes: a notebook, a label, a picture.
pub(crate) fn is_beside_notes(text: &str) -> bool {
    let last = text.trim_end().rsplit("\n\n").next().unwrap_or_default();
    let mut lines = last.lines().rev();
    let kind = lines.next().and_then(|line| line.strip_prefix("type_: "));
    kind.is_some_and(|kind| kind != "1") && last.lines().any(|line| line.starts_with("encryption_applied: "))
}

/// Whether a text that could not be parted from the front matter it begins with, or seems to, asks there to be kept
/// private.
pub(crate) fn hides(text: &str) -> bool {
    let text = text.trim_start();
    let first = text.lines().next().unwrap_or_default().trim_end();
    let begins = first.starts_with("---") || first.starts_with("+++") || first == "{";
    begins && is_private(&by_lines(text.lines().skip(1).take_while(|line| is_metadata(line))))
}

/// Whether a line is one of front matter: a key with a value, an item, something indented, a comment, nothing.
fn is_metadata(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with([' ', '\t', '-', '#', '[', ']', '{', '}']) || pair(line).is_some()
}

/// The key and the value of a line: `key: value` of YAML, `key = value` of TOML, `"key": value,` of JSON.
fn pair(line: &str) -> Option<(&str, &str)> {
    let quotes = ['"', '\''];
    let (key, value) = line.split_once([':', '='])?;
    let key = key.trim().trim_matches(quotes);
    let plain = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    plain.then(|| (key, value.trim().trim_end_matches(',').trim_matches(quotes)))
}

/// The pairs of front matter that is not quite what it should be; a page is not given up for a stray colon. Of two with
/// one key the first counts.
fn by_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Map<String, Value> {
    let mut fields = Map::new();
    for (key, value) in lines.filter_map(pair) {
        fields.entry(key).or_insert_with(|| Value::String(value.to_owned()));
    }
    fields
}

/// Whether front matter, or a record of an export, says that it is not for everybody. What could mean so does.
pub(crate) fn is_private(fields: &Map<String, Value>) -> bool {
    let word = |value: &Value| match value {
        Value::String(text) => text.trim().to_ascii_lowercase(),
        other => other.to_string(),
    };
    let no = |value: &Value| matches!(word(value).as_str(), "false" | "no" | "off" | "n" | "0");
    let open =
        |value: &Value| matches!(word(value).as_str(), "public" | "published" | "open" | "everyone" | "all" | "");
    // `isPrivate` and `is_private` say the same.
    let plain = |key: &str| {
        let key = key.to_ascii_lowercase().replace(['_', '-'], "");
        key.strip_prefix("is").map_or(key.clone(), str::to_owned)
    };
    fields.iter().filter(|(_, value)| !value.is_null()).any(|(key, value)| match plain(key).as_str() {
        "private" | "draft" | "secret" | "trashed" | "deleted" => !no(value),
        "published" | "publish" | "public" => no(value),
        "visibility" | "access" | "security" | "privacy" => !open(value),
        "status" | "poststatus" | "state" => {
            matches!(
                word(value).as_str(),
                "private" | "draft" | "pending" | "future" | "scheduled" | "trash" | "trashed"
            )
        }
        // Where Hugo and Zola keep keys of one's own.
        _ => value.as_object().is_some_and(is_private),
    })
}

/// Moves what front matter says into its piece.
pub(crate) fn apply(fields: &Map<String, Value>, piece: &mut Piece, path: &str) {
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
    let mut stamps: Vec<Stamp> = DATES.iter().filter_map(|key| Stamp::read(&text(key)?)).collect();
    // Some keep all of it under one key: `meta:` with a `date:` in it.
    let inner = fields.values().filter_map(Value::as_object);
    let inner = inner.flat_map(|inner| DATES.iter().filter_map(|key| Stamp::read(inner.get(*key)?.as_str()?)));
    stamps.extend(inner);
    // Under a name of one's own a date may be another than that of the page, which its path says better.
    let is_dated = stamps.iter().any(|stamp| stamp.parts.is_whole()) || path::read(path).parts.is_whole();
    if !is_dated && !fields.contains_key("wiki-format") {
        let others = fields.iter().filter(|(key, _)| is_of_page(key));
        stamps.extend(others.filter_map(|(key, _)| Stamp::read(&text(key)?)).filter(|stamp| stamp.parts.is_whole()));
    }
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
    let unsaid = |key: &str| fields.get(key).is_some_and(Value::is_null);
    piece.private |= is_private(fields) || unsaid("private");
    piece.sensitive |= is("sensitive", &["true", "yes", "1"]);
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
    piece.private |= piece.tags.iter().any(|tag| tag.trim_matches([' ', '#', '@']).eq_ignore_ascii_case("private"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Parts;

    fn check(text: &str, rest: &str, date: Option<(i32, u32, u32)>, title: Option<&str>) {
        let (fields, after) = split(text).unwrap();
        let mut piece = Piece::default();
        apply(&fields, &mut piece, "a.md");
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
        check("Title: A day\nDate: 2003-12-19 10:20\n\nText: all", "Text: all", Some((2003, 12, 19)), Some("A day"));
        check(
            "title: A day\ndate: 2003/12/19 20:46\ntags:\n- a\n---\nText",
            "Text",
            Some((2003, 12, 19)),
            Some("A day"),
        );
        check("title=A day\ndate=2003-12-19\n~~~~~~\nText", "Text", Some((2003, 12, 19)), Some("A day"));
        check(
            "---json\n{ \"title\": \"A day\",\n\"date\": \"2003-12-19\" }\n---\nText",
            "Text",
            Some((2003, 12, 19)),
            Some("A day"),
        );
        check("<!--\n.. title: A day\n.. date: 2003-12-19\n-->\nText", "Text", Some((2003, 12, 19)), Some("A day"));
        check("A day\n#####\n\n:date: 2003-12-19 10:20\n\nText", "Text", Some((2003, 12, 19)), Some("A day"));
        check(
            "= A day\nAnn <ann@example.org>\n:revdate: 2003-12-19\n\nText",
            "Text",
            Some((2003, 12, 19)),
            Some("A day"),
        );
        check(".. post:: Dec 19, 2003\n   :tags: a\n   :author: Ann\n\nText", "Text", Some((2003, 12, 19)), None);
        check("created: 20031219091500000\ntitle: A day\n\nText", "Text", Some((2003, 12, 19)), Some("A day"));
        for several in ["Date: 2003-12-19\nMood: low\n\nText\n\nDate: 2003-12-20\n\nText", "Note: a\nMood: low\n\nText"]
        {
            assert!(split(several).is_none());
        }
    }

    #[test]
    fn what_may_be_private_is() {
        let long: String = (0..9000).map(|n| format!("key{n}: value\n")).collect();
        let private = |text: &str| match split(text) {
            Some((fields, _)) => {
                let mut piece = Piece::default();
                apply(&fields, &mut piece, "a.md");
                piece.private
            }
            None => hides(text),
        };
        for marked in [
            "---\nprivate: true\n---\nText",
            "---\nprivate: yes\n---\nText",
            "---\nPrivate: 1\n---\nText",
            "---\nprivate:\n---\nText",
            "---\nvisibility: friends\n---\nText",
            "---\npublished: false\n---\nText",
            "---\ntags: ['#Private']\n---\nText",
            "---\ntitle: [\nprivate: true\n---\nText",
            "\n---  \nprivate: true\n---\nText",
            "---yaml\npublish: false\n---\nText",
            "---\nprivate: true\n\nText of a page whose fence was never closed.",
            "+++\ntitle = [\nprivate = true\n+++\nText",
            "+++\ntitle = \"a\"\n[extra]\nprivate = true\n+++\nText",
            "{\n\"private\": true,\n\"title\": \"a\n}\nText",
            &format!("---\n{long}private: true\n---\nText"),
            &format!("---\n{long}private: true\nText"),
            &format!("{{\n\"text\": \"{}\",\n\"private\": true\n}}\nText", long.replace('\n', " ")),
        ] {
            assert!(private(marked), "{}", &marked[..marked.len().min(60)]);
        }
        for open in [
            "---\nprivate: false\n---\nText",
            "---\ndraft: no\nstatus: happy\nvisibility: public\n---\nText",
            "---\npublished: 2003-12-19\n---\nText",
            "---\n\n3 May 1999\n\nA long walk.\n\nprivate: true\n",
            &format!("---\n{long}---\nText"),
        ] {
            assert!(!private(open), "{}", &open[..open.len().min(60)]);
        }
        // A text between rules is no front matter, however long.
        assert!(split(&format!("---\n{}---\nText", "A long walk: rain.\n".repeat(9000))).is_none());
    }
}
