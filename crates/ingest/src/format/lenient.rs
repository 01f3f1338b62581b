//! JSON that is not well formed, read as far as it makes sense: cut off, with brackets that were forgotten, escapes that do
//! not exist, commas too many.

use serde_json::{Map, Number, Value};

/// What is nested deeper is left out.
const MAX_DEPTH: usize = 96;

/// The value that a text begins with.
pub(super) fn parse(text: &str) -> Value {
    Reader { rest: text }.value(MAX_DEPTH)
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    /// The next character that is neither white nor a comma.
    fn next(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '\u{FEFF}'));
        self.rest.chars().next()
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
            Some('"') => Value::String(self.string()),
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
                Some('"') => {
                    let key = self.string();
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

    /// A string up to its closing mark, or the end of all. A backslash before anything else than what may follow one is a letter.
    fn string(&mut self) -> String {
        self.skip('"');
        let mut out = String::new();
        while let Some(at) = self.rest.find(['"', '\\']) {
            out.push_str(&self.rest[..at]);
            let closes = self.rest[at..].starts_with('"');
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
                "\"" | "\\" | "/" => out.push_str(escaped),
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
            ("{\"a\": \"two\nlines\", b: 3, \"c\": NaN}", json!({"a": "two\nlines", "c": null})),
            (r#"{"a": [1, 2}"#, json!({"a": [1, 2]})),
            ("", json!(null)),
            ("\\", json!("\\")),
        ] {
            assert_eq!(parse(broken), meant, "{broken}");
        }
        assert!(parse(&"[".repeat(100_000)).is_array());
        assert!(parse(&"{\"a\":".repeat(100_000)).is_object());
    }
}
