//! What is made of an entry to be indexed.

use crate::Fields;
use crate::engine::BLOCK_BREAK;
use crate::packing::Packer;
use crate::record::StoredEntry;
use diary::{BlockKind, Entry, EntryId, Facet, MentionState};
use std::collections::BTreeSet;
use std::io;
use tantivy::TantivyDocument;
use tantivy::schema::Field;

/// Where an entry stands among the others.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    /// Its place by date among all entries of the index, from 0, newest highest.
    pub rank: u64,
    /// The entry before it in its archive.
    pub previous: Option<&'a EntryId>,
    /// The entry after it in its archive.
    pub next: Option<&'a EntryId>,
    /// Whether more than a month passed since the entry before it.
    pub after_gap: bool,
}

/// Two entries further apart than this many days have a gap between them.
pub const GAP_DAYS: i64 = 30;

/// The document of `entry`, its record packed by `packer`.
///
/// # Errors
///
/// Where the record cannot be packed, which no entry is known to cause.
pub fn document(fields: &Fields, packer: &mut Packer, entry: &Entry, place: Place<'_>) -> io::Result<TantivyDocument> {
    let mut document = TantivyDocument::default();
    let record = StoredEntry::from(entry).between(place.previous, place.next);
    document.add_bytes(fields.record, &packer.pack(&record)?);
    document.add_text(fields.id, entry.id.as_str());

    add_words(&mut document, fields, entry);
    add_names(&mut document, fields, entry);
    for (facet, value) in facet_values(entry) {
        document.add_text(facet_field(fields, facet), value);
    }
    for tag in &entry.tags {
        document.add_text(fields.tag, diary::fold(tag));
    }
    if let Some(author) = &entry.author {
        document.add_text(fields.author, diary::fold(author));
    }
    for flag in flags(entry, place.after_gap) {
        document.add_text(fields.flag, flag);
    }

    let printed = |date: Option<diary::CivilDate>| date.map_or(0, diary::CivilDate::ordinal);
    document.add_i64(fields.first, printed(entry.date.printed()));
    document.add_i64(fields.last, printed(entry.date.printed_last()));
    document.add_i64(fields.day, entry.date.days.map_or(0, |days| days.first.number()));
    document.add_i64(fields.month_day, printed(entry.date.printed()) % 10_000);
    document.add_i64(fields.rank, i64::try_from(place.rank).unwrap_or(i64::MAX));
    Ok(document)
}

/// The field that counts a facet.
pub fn facet_field(fields: &Fields, facet: Facet) -> Field {
    match facet {
        Facet::Person => fields.person,
        Facet::Project => fields.project,
        Facet::Archive => fields.archive,
        Facet::Year => fields.year,
        Facet::Month => fields.month,
        Facet::Weekday => fields.weekday,
        Facet::Lang => fields.lang,
    }
}

/// The values of the facets that every entry has of itself: archive, date and language.
fn facet_values(entry: &Entry) -> Vec<(Facet, String)> {
    let mut values = vec![(Facet::Archive, entry.id.archive().to_owned())];
    if let (Some(printed), Some(days)) = (entry.date.printed(), entry.date.days) {
        let text = printed.to_string();
        values.push((Facet::Year, text[..4].to_owned()));
        if entry.date.precision <= diary::Precision::Month {
            values.push((Facet::Month, text[..7].to_owned()));
        }
        if entry.date.precision == diary::Precision::Day {
            values.push((Facet::Weekday, weekday_name(days.first.weekday()).to_owned()));
        }
    }
    values.extend(entry.lang.clone().map(|lang| (Facet::Lang, lang)));
    values
}

/// A weekday as a facet value: its English name in lower case.
pub fn weekday_name(weekday: diary::Weekday) -> &'static str {
    use diary::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    match weekday {
        Mon => "monday",
        Tue => "tuesday",
        Wed => "wednesday",
        Thu => "thursday",
        Fri => "friday",
        Sat => "saturday",
        Sun => "sunday",
    }
}

fn add_words(document: &mut TantivyDocument, fields: &Fields, entry: &Entry) {
    let mut own = Blocks::with_capacity(entry.text.len() + entry.blocks.len());
    let (mut notes, mut code) = (Blocks::default(), Blocks::default());
    for block in &entry.blocks {
        let text = block.span.of(&entry.text);
        match block.kind {
            BlockKind::Note => notes.add(text),
            BlockKind::Code => {
                code.add(text);
                own.add(text);
            }
            _ => own.add(text),
        }
    }
    let mut title = Blocks::default();
    entry.title.iter().chain(&entry.tags).for_each(|text| title.add(text));
    let mut links = Blocks::default();
    for link in &entry.links {
        links.add(&link.target);
        links.add(link.span.of(&entry.text));
    }
    let mut heading = Blocks::default();
    heading.add(&entry.heading);
    for (field, blocks) in [
        (fields.text, &own),
        (fields.title, &title),
        (fields.heading, &heading),
        (fields.note, &notes),
        (fields.code, &code),
        (fields.link, &links),
    ] {
        if !blocks.0.is_empty() {
            document.add_text(field, &blocks.0);
        }
    }
}

/// A text to be indexed, its blocks set apart for the analysis.
#[derive(Default)]
struct Blocks(String);

impl Blocks {
    fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    fn add(&mut self, block: &str) {
        if !self.0.is_empty() {
            self.0.push(BLOCK_BREAK);
        }
        self.0.push_str(block);
    }
}

fn add_names(document: &mut TantivyDocument, fields: &Fields, entry: &Entry) {
    let mut sure = BTreeSet::new();
    let mut maybe = BTreeSet::new();
    for mention in &entry.mentions {
        if mention.state.is_facet() {
            sure.insert((mention.facet, &*mention.key));
        }
        if mention.state >= MentionState::Unresolved {
            maybe.insert(&*mention.key);
        }
    }
    for (facet, key) in sure {
        document.add_text(facet_field(fields, facet), key);
    }
    for key in maybe {
        document.add_text(fields.maybe, key);
    }
}

/// What is noteworthy about an entry: the values of the `flag` field.
fn flags(entry: &Entry, after_gap: bool) -> Vec<&'static str> {
    let has = |kind| entry.blocks.iter().any(|block| block.kind == kind);
    let named = |facet| entry.mentions.iter().any(|mention| mention.facet == facet && mention.state.is_facet());
    [
        ("link", !entry.links.is_empty()),
        ("code", has(BlockKind::Code)),
        ("quote", has(BlockKind::Quote)),
        ("list", has(BlockKind::List)),
        ("note", has(BlockKind::Note)),
        ("title", entry.title.is_some()),
        ("tag", !entry.tags.is_empty()),
        ("author", entry.author.is_some()),
        ("person", named(Facet::Person)),
        ("project", named(Facet::Project)),
        ("date-conflict", entry.date.is_conflict()),
        ("undated", entry.date.days.is_none()),
        ("inferred", entry.date.inferred),
        ("first-after-gap", after_gap),
        ("sensitive", entry.sensitive),
    ]
    .into_iter()
    .filter_map(|(flag, holds)| holds.then_some(flag))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packing::Packing;
    use crate::{FIELDS, FieldKind, analysis};
    use tantivy::schema::document::Document;

    /// The frozen description of this version: fields, the record of a sample, and the analysis of another, as pretty JSON.
    fn contract() -> String {
        let sample = "Alli's kmalloc_percpu, café; 2.6.0-test10 linux.conf.au 日本語 modules";
        let words: Vec<_> = analysis::tokens(sample)
            .into_iter()
            .map(|token| serde_json::json!([token.position, token.word, analysis::stem(&token.word)]))
            .collect();
        let kind = |kind: FieldKind| format!("{kind:?}").to_lowercase();
        let fields: Vec<_> = FIELDS.iter().map(|spec| serde_json::json!([spec.name, kind(spec.kind)])).collect();
        let record = StoredEntry::from(&crate::record::tests::sample()).write().unwrap();
        let record: String = record.iter().map(|byte| format!("{byte:02x}")).collect();
        let contract = serde_json::json!({
            "schema": crate::SCHEMA_VERSION,
            "analysis": crate::ANALYSIS_VERSION,
            "fields": fields,
            "record": record,
            "sample": sample,
            "words": words,
        });
        serde_json::to_string_pretty(&contract).unwrap() + "\n"
    }

    #[test]
    fn the_contract_of_this_version_is_frozen() {
        let path = format!("{}/frozen/v{}.json", env!("CARGO_MANIFEST_DIR"), crate::SCHEMA_VERSION);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, contract()).unwrap();
        }
        let frozen = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(
            contract(),
            frozen,
            "an index of this version would be misread: raise SCHEMA_VERSION (or ANALYSIS_VERSION) and freeze anew"
        );
    }

    #[test]
    fn a_document_has_the_facets_of_its_entry() {
        let entry = crate::record::tests::sample();
        let (fields, mut packer) = (Fields::new(), Packing::of(&[]).packer().unwrap());
        let json = document(&fields, &mut packer, &entry, Place::default()).unwrap().to_json(&Fields::schema());
        for expected in [
            r#""person":["tridgell-andrew"]"#,
            r#""year":["1660"]"#,
            r#""month":["1660-01"]"#,
            r#""first":[16600101]"#,
            r#""month_day":[101]"#,
            r#""tag":["compression"]"#,
            r#""date-conflict""#,
        ] {
            assert!(json.contains(expected), "{expected} in {json}");
        }
    }
}
