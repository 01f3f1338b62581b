//! vCard 4 (RFC 6350): the shown name is `FN`, or `N` where an address book leaves that out; other names are `NICKNAME`, and
//! mail addresses, by which a diary may name people too.

use super::{Concept, slug};

/// The longest line, in bytes.
const WIDTH: usize = 75;

pub(super) fn write(concepts: &[Concept]) -> String {
    let mut out = String::new();
    for concept in concepts {
        let mut line = |name: &str, value: &str| out += &folded(&format!("{name}:{value}"));
        line("BEGIN", "VCARD");
        line("VERSION", "4.0");
        line("UID", &escaped(&concept.key));
        line("FN", &escaped(&concept.pref_label));
        concept.alt_labels.iter().for_each(|label| line("NICKNAME", &escaped(label)));
        concept.hidden_labels.iter().for_each(|label| line("X-HIDDEN-LABEL", &escaped(label)));
        concept.exact_match.iter().for_each(|address| line("URL", address));
        concept.broader.iter().for_each(|key| line("X-BROADER", &escaped(key)));
        line("END", "VCARD");
    }
    out
}

pub(super) fn read(text: &str) -> Vec<Concept> {
    // A line that begins with white space goes on with the line before.
    let unfolded = text.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "");
    let mut concepts: Vec<Concept> = Vec::new();
    let mut structured = String::new();
    for line in unfolded.lines() {
        let Some((name, value)) = line.split_once(':') else { continue };
        let name = name.split(';').next().unwrap_or(name).rsplit('.').next().unwrap_or(name).to_ascii_uppercase();
        if name == "BEGIN" {
            concepts.push(Concept::default());
            structured.clear();
        }
        let Some(concept) = concepts.last_mut() else { continue };
        match name.as_str() {
            "UID" if is_key(&plain(value)) => concept.key = plain(value),
            "FN" if concept.pref_label.is_empty() => concept.pref_label = plain(value),
            "FN" => concept.alt_labels.push(plain(value)),
            "N" => structured = in_order(value),
            "END" if concept.pref_label.is_empty() => concept.pref_label = std::mem::take(&mut structured),
            "NICKNAME" => concept.alt_labels.extend(list(value)),
            "EMAIL" => concept.alt_labels.push(plain(value)),
            "X-HIDDEN-LABEL" => concept.hidden_labels.push(plain(value)),
            "URL" => concept.exact_match.push(value.trim().to_owned()),
            "X-BROADER" => concept.broader.push(plain(value)),
            _ => {}
        }
    }
    concepts
}

/// Whether a `UID` is a key that we wrote, and not the number that an address book gives to a card.
fn is_key(value: &str) -> bool {
    let is_number = value.len() >= 32 && value.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    slug(value, false) == value && !is_number
}

/// The name that `N` takes apart, as it is said: given, additional and family names, without honorifics.
fn in_order(value: &str) -> String {
    let parts: Vec<String> = value.split(';').map(|part| list(part).join(" ")).collect();
    let said = [1, 2, 0].into_iter().filter_map(|at| parts.get(at)).filter(|part| !part.is_empty());
    said.map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out
}

fn plain(value: &str) -> String {
    list(value).join(",")
}

/// The values between commas that are not escaped.
fn list(value: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut chars = value.trim().chars();
    while let Some(c) = chars.next() {
        let last = values.len() - 1;
        match c {
            ',' => values.push(String::new()),
            '\\' => values[last].push(chars.next().map_or('\\', |c| if matches!(c, 'n' | 'N') { ' ' } else { c })),
            c => values[last].push(c),
        }
    }
    values.iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
}

fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 2);
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > WIDTH {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    out + "\r\n"
}
