//! A TEI `listPerson`: the first `persName` is the shown one.

use super::{AuthorityError, Concept, Exchange, malformed};
use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_predefined_entity};
use quick_xml::events::{BytesStart, Event};
use std::fmt::Write as _;

pub(super) fn write(concepts: &[Concept]) -> String {
    let mut out = String::from("<listPerson xmlns=\"http://www.tei-c.org/ns/1.0\">\n");
    for concept in concepts {
        let _ = writeln!(out, "  <person n=\"{}\">", escape(&concept.key));
        let _ = writeln!(out, "    <persName>{}</persName>", escape(&concept.pref_label));
        for label in &concept.alt_labels {
            let _ = writeln!(out, "    <persName type=\"alias\">{}</persName>", escape(label));
        }
        for label in &concept.hidden_labels {
            let _ = writeln!(out, "    <persName type=\"hidden\">{}</persName>", escape(label));
        }
        for address in &concept.exact_match {
            let _ = writeln!(out, "    <idno type=\"URI\">{}</idno>", escape(address));
        }
        for key in &concept.broader {
            let _ = writeln!(out, "    <idno type=\"broader\">{}</idno>", escape(key));
        }
        out.push_str("  </person>\n");
    }
    out + "</listPerson>\n"
}

pub(super) fn read(text: &str) -> Result<Vec<Concept>, AuthorityError> {
    let mut reader = Reader::from_str(text);
    let mut concepts: Vec<Concept> = Vec::new();
    let mut field: Option<(String, String)> = None;
    let mut value = String::new();
    loop {
        let line = |reader: &Reader<&[u8]>| {
            let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).min(text.len());
            1 + text.as_bytes()[..at].iter().filter(|&&b| b == b'\n').count()
        };
        match reader.read_event() {
            Err(error) => return Err(malformed(Exchange::Tei, line(&reader), &error.to_string())),
            Ok(Event::Eof) => return Ok(concepts),
            Ok(Event::Start(tag)) => match tag.local_name().as_ref() {
                "person" | "personGrp" => {
                    let key = attribute(&tag, "n").or_else(|| attribute(&tag, "id")).unwrap_or_default();
                    concepts.push(Concept { key, ..Concept::default() });
                }
                name @ ("persName" | "idno") if field.is_none() => {
                    field = Some((name.to_owned(), attribute(&tag, "type").unwrap_or_default()));
                    value.clear();
                }
                _ => {}
            },
            Ok(Event::Text(text)) => value.push_str(&text),
            Ok(Event::GeneralRef(name)) => {
                let resolved = name.resolve_char_ref().ok().flatten();
                let named = resolve_predefined_entity(&name);
                value.extend(resolved);
                value.push_str(named.unwrap_or_default());
            }
            Ok(Event::End(tag)) => {
                if let Some((_, kind)) = field.take_if(|(name, _)| tag.local_name().as_ref() == name.as_str()) {
                    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
                    if let Some(concept) = concepts.last_mut() {
                        set(concept, tag.local_name().as_ref() == "idno", &kind, value);
                    }
                }
            }
            Ok(_) => {}
        }
    }
}

fn set(concept: &mut Concept, is_id: bool, kind: &str, value: String) {
    match (is_id, kind) {
        (true, "broader") => concept.broader.push(value),
        (true, _) => concept.exact_match.push(value),
        (false, "hidden") => concept.hidden_labels.push(value),
        (false, _) if concept.pref_label.is_empty() => concept.pref_label = value,
        (false, _) => concept.alt_labels.push(value),
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = found.value.into_owned();
    Some(quick_xml::escape::unescape(&value).map(|value| value.into_owned()).unwrap_or(value))
}
