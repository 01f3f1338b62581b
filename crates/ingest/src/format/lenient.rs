//! JSON that is not well formed, read as far as it makes sense: cut off, with brackets that were forgotten, escapes that do
//! not exist, commas too many; and JSON5, with remarks, names without marks and texts between single ones.

use serde_json::{Map, Number, Value};

/// What is nested deeper is left out.
const MAX_DEPTH: usize = 96;

/// The value that a text begins with.
pub(super) fn parse(text: &str) -> Value {
    Reader { rest: text, begun: false }.value(MAX_DEPTH)
}

struct Reader<'a> {
    rest: &'a str,
    /// Whether something was read.
    begun: bool,
}

impl Reader<'_> {
    /// The next character that is neither white, nor a comma, nor in a remark.
    fn next(&mut self) -> Option<char> {
        loop {
            let before = self.rest.len();
            self.rest = self.rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '\u{FEFF}'));
            // An address in a text that ended too early has them too.
            let apart = self.rest.len() < before || !self.begun;
            self.begun = true;
            let (remark, end) = match self.rest.get(..2).filter(|_| apart) {
                Some("//") => (&self.rest[2..], "\n"),
                Some("/*") => (&self.rest[2..], "*/"),
                _ => return self.rest.chars().next(),
            };
            self.rest = remark.split_once(end).map_or("", |(_, after)| after);
        }
    }

    fn skip(&mut self, c: char) {
        self.rest = &self.rest[c.len_utf8()..];
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.next() {
            Some('{') if depth > 0 => self.object(depth - 1),
            Some('[') if depth > 0 => self.array(depth - 1),
            Some(c @ ('{' | '[')) => {
                self.skip(c);
                Value::Null
            }
            Some('"') => Value::String(self.string('"')),
            Some('\'') if self.is_between_single_marks() => Value::String(self.string('\'')),
            Some(_) => self.bare(),
            None => Value::Null,
        }
    }

    /// An object ends where something begins that cannot stand in it: its own end was forgotten.
    fn object(&mut self, depth: usize) -> Value {
        self.skip('{');
        let mut fields = Map::new();
        loop {
            match self.next() {
                Some(c) if c == '"' || is_name(c) || c == '\'' && self.is_between_single_marks() => {
                    let key = if is_name(c) { self.name() } else { self.string(c) };
                    if self.next() == Some(':') {
                        self.skip(':');
                        let value = self.value(depth);
                        fields.insert(key, value);
                    }
                }
                Some('}') => {
                    self.skip('}');
                    break;
                }
                Some('{' | '[' | ']') | None => break,
                Some(c) => self.skip(c),
            }
        }
        Value::Object(fields)
    }

    fn array(&mut self, depth: usize) -> Value {
        self.skip('[');
        let mut list = Vec::new();
        loop {
            match self.next() {
                Some(']') => {
                    self.skip(']');
                    break;
                }
                Some(c @ ('}' | ':')) => self.skip(c),
                Some(_) => list.push(self.value(depth)),
                None => break,
            }
        }
        Value::Array(list)
    }

    /// Whether a single mark opens a text, and is no apostrophe of one that ended too early: what follows its end goes on
    /// with the record.
    fn is_between_single_marks(&self) -> bool {
        let mut escaped = false;
        let end = self.rest[1..].find(|c| {
            c == '\'' && !escaped || {
                escaped = c == '\\' && !escaped;
                false
            }
        });
        let after = end.map_or("", |end| self.rest[end + 2..].trim_start());
        after.starts_with([',', ':', ']', '}'])
    }

    /// The name of a field that stands without marks.
    fn name(&mut self) -> String {
        let end = self.rest.find(|c| !is_name(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        name.to_owned()
    }

    /// A string up to its closing mark, or the end of all. A backslash before anything else than what may follow one is a letter.
    fn string(&mut self, mark: char) -> String {
        self.skip(mark);
        let mut out = String::new();
        while let Some(at) = self.rest.find([mark, '\\']) {
            out.push_str(&self.rest[..at]);
            let closes = self.rest[at..].starts_with(mark);
            self.rest = &self.rest[at + 1..];
            if closes {
                return out;
            }
            let escaped = self.rest.get(..1).unwrap_or_default();
            let unit = |rest: &str| u16::from_str_radix(rest.strip_prefix('u')?.get(..4)?, 16).ok();
            match escaped {
                "u" if unit(self.rest).is_some() => {
                    let mut units = Vec::new();
                    while let Some(one) = unit(self.rest) {
                        units.push(one);
                        self.rest = &self.rest[5..];
                        match self.rest.strip_prefix('\\').filter(|rest| unit(rest).is_some()) {
                            Some(rest) => self.rest = rest,
                            None => break,
                        }
                    }
                    out.push_str(&String::from_utf16_lossy(&units));
                    continue;
                }
                "n" => out.push('\n'),
                "t" => out.push('\t'),
                "r" => out.push('\r'),
                "b" | "f" => out.push(' '),
                "\"" | "\\" | "/" | "'" => out.push_str(escaped),
                // The line goes on.
                "\n" => {}
                _ => {
                    out.push('\\');
                    continue;
                }
            }
            self.rest = &self.rest[1..];
        }
        out.push_str(self.rest);
        self.rest = "";
        out
    }

    /// A number, a word, or what else stands there up to the next mark.
    fn bare(&mut self) -> Value {
        let end = self.rest.find([',', ']', '}', ':', '\n']).unwrap_or(self.rest.len()).max(1);
        let end = self.rest.ceil_char_boundary(end);
        let word = self.rest[..end].trim();
        self.rest = &self.rest[end..];
        match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" | "NaN" | "undefined" => Value::Null,
            _ => word.parse::<Number>().map_or_else(|_| Value::String(word.to_owned()), Value::Number),
        }
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_can_be_read_of_broken_json_is() {
        for (broken, meant) in [
            (r#"{"a": "x \y \u00e9 \ud83d\ude00", "b": [1, 2,],}"#, json!({"a": "x \\y é 😀", "b": [1, 2]})),
            (r#"[{"a": 1, "b": "two"#, json!([{"a": 1, "b": "two"}])),
            (r#"[{"a": 1, "b": {"c": 2}, {"a": 3}]"#, json!([{"a": 1, "b": {"c": 2}}, {"a": 3}])),
            ("{\"a\": \"two\nlines\", b: 3, \"c\": NaN}", json!({"a": "two\nlines", "b": 3, "c": null})),
            (r#"{"a": [1, 2}"#, json!({"a": [1, 2]})),
            ("{a: 'it\\'s \\\n so', /* b */ 'c': [1, // two\n 3,],}", json!({"a": "it's  so", "c": [1, 3]})),
            ("", json!(null)),
            ("\\", json!("\\")),
        ] {
            assert_eq!(parse(broken), meant, "{broken}");
        }
        assert!(parse(&"[".repeat(100_000)).is_array());
        assert!(parse(&"{\"a\":".repeat(100_000)).is_object());
    }
}
