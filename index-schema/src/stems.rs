//! Which words of an index have one stem, in a file that is searched where it lies.
//!
//! Only words as written are indexed: a second field of their stems took a quarter of the index. Who asks for a word in all
//! its forms finds here which forms there are, and in how many entries any of them stands, so that it is scored as the stem
//! would be:
//!
//! ```text
//! text <tab> walk <tab> 812 <tab> walk walked walking
//! ```
//!
//! Lines are in the order of their bytes. A stem whose only form is itself has none.

use crate::analysis::with_stem;
use crate::lines::lines_from;
use crate::vocabulary::each_word;
use crate::{FIELDS, FieldKind};
use std::collections::BTreeMap;
use std::fmt::Write;
use tantivy::directory::OwnedBytes;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, TERMINATED, Term};

/// The stems of one part of an index.
#[derive(Clone)]
pub struct StoredStems(OwnedBytes);

/// The forms that a stem has in a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forms {
    /// The forms, in the order of their letters; none where there are none.
    pub words: Vec<String>,
    /// In how many entries any of them stands.
    pub found: u64,
}

impl StoredStems {
    /// The bytes of the file for the words of an index. Costs a look at every word and at the entries of those that share
    /// a stem with another.
    ///
    /// # Errors
    ///
    /// Where the dictionary cannot be read.
    pub fn write(searcher: &Searcher) -> tantivy::Result<Vec<u8>> {
        let mut lines = Vec::new();
        for (place, spec) in FIELDS.iter().enumerate().filter(|(_, spec)| spec.kind == FieldKind::Stemmed) {
            let field = Field::from_field_id(place as u32);
            for (stem, forms) in stems(searcher, field)? {
                let found = match forms.as_slice() {
                    [(_, only)] => *only,
                    _ => entries_with_any(searcher, field, &forms)?,
                };
                let mut line = format!("{}\t{stem}\t{found}\t", spec.name);
                for (at, (form, _)) in forms.iter().enumerate() {
                    let _ = write!(line, "{}{form}", if at > 0 { " " } else { "" });
                }
                lines.push(line + "\n");
            }
        }
        lines.sort_unstable();
        Ok(lines.concat().into_bytes())
    }

    /// The file of these bytes.
    pub fn new(bytes: OwnedBytes) -> Self {
        Self(bytes)
    }

    /// The forms that a stem has in a field of an index, which `searcher` searches; where they were not listed, the stem
    /// itself is the only form there can be.
    pub fn forms(&self, searcher: &Searcher, field: Field, stem: &str) -> Forms {
        let listed = FIELDS.get(field.field_id() as usize).and_then(|spec| self.listed(spec.name, stem));
        listed.unwrap_or_else(|| {
            let found = searcher.doc_freq(&Term::from_field_text(field, stem)).unwrap_or(0);
            let words = (found > 0).then(|| stem.to_owned());
            Forms { words: words.into_iter().collect(), found }
        })
    }

    fn listed(&self, field: &str, stem: &str) -> Option<Forms> {
        let asked = format!("{field}\t{stem}\t");
        let line = lines_from(&self.0, &asked).next()?;
        let (found, forms) = std::str::from_utf8(&line[asked.len()..]).ok()?.split_once('\t')?;
        Some(Forms { words: forms.split(' ').map(str::to_owned).collect(), found: found.parse().ok()? })
    }
}

/// The forms of each stem, with the number of entries that each stands in, but for stems that are their only form.
fn stems(searcher: &Searcher, field: Field) -> tantivy::Result<BTreeMap<String, Vec<(String, u64)>>> {
    let mut stems: BTreeMap<String, Vec<(String, u64)>> = BTreeMap::new();
    each_word(searcher, field, |word, entries| {
        with_stem(word, |stem| match stems.get_mut(stem) {
            Some(forms) => forms.push((word.to_owned(), entries)),
            None => drop(stems.insert(stem.to_owned(), vec![(word.to_owned(), entries)])),
        });
    })?;
    stems.retain(|stem, forms| !matches!(forms.as_slice(), [(only, _)] if only == stem));
    Ok(stems)
}

/// How many entries have any of these words.
fn entries_with_any(searcher: &Searcher, field: Field, words: &[(String, u64)]) -> tantivy::Result<u64> {
    let mut entries = 0;
    for reader in searcher.segment_readers() {
        let index = reader.inverted_index(field)?;
        let mut met = Vec::new();
        for (word, _) in words {
            let term = Term::from_field_text(field, word);
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            while postings.doc() != TERMINATED {
                met.push(postings.doc());
                postings.advance();
            }
        }
        met.sort_unstable();
        met.dedup();
        entries += met.len() as u64;
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fields;
    use crate::document::{Place, document};
    use crate::packing::Packing;
    use tantivy::{IndexWriter, ReloadPolicy};

    /// An index of entries with these texts, one segment each, and its stems.
    fn indexed(texts: &[&str]) -> (Searcher, StoredStems) {
        let index = crate::engine::builder().create_in_ram().unwrap();
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for text in texts {
            let block = diary::Block { kind: diary::BlockKind::Paragraph, span: diary::Span::new(0, text.len()) };
            let mut entry = crate::record::tests::sample();
            (entry.text, entry.blocks, entry.links, entry.mentions) = ((*text).to_owned(), vec![block], vec![], vec![]);
            let packer = &mut Packing::of(&[]).packer().unwrap();
            writer.add_document(document(&Fields::new(), packer, &entry, Place::default()).unwrap()).unwrap();
            writer.commit().unwrap();
        }
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().unwrap();
        let searcher = reader.searcher();
        let stems = StoredStems::write(&searcher).unwrap();
        (searcher, StoredStems::new(OwnedBytes::new(stems)))
    }

    #[test]
    fn forms_of_a_stem_are_those_that_stand_somewhere() {
        let (searcher, stems) = indexed(&["He walked, she walks", "walking and walked", "a walk to Café", "happy"]);
        let forms = |stem: &str| stems.forms(&searcher, Fields::new().text, stem);
        let all = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(forms("walk"), Forms { words: all(&["walk", "walked", "walking", "walks"]), found: 3 });
        assert_eq!(forms("happi"), Forms { words: all(&["happy"]), found: 1 });
        assert_eq!(forms("cafe"), Forms { words: all(&["cafe"]), found: 1 });
        assert_eq!(forms("wal"), Forms::default());
        assert_eq!(forms(""), Forms::default());
        assert_eq!(stems.forms(&searcher, Fields::new().title, "walk"), Forms::default());
    }

    #[test]
    fn damaged_stems_never_panic() {
        let (searcher, StoredStems(bytes)) = indexed(&["He walked, she walks", "happy"]);
        for at in 0..bytes.len() {
            let mut flipped = bytes.to_vec();
            flipped[at] ^= 0x15;
            for bytes in [flipped, bytes[..at].to_vec()] {
                StoredStems::new(OwnedBytes::new(bytes)).forms(&searcher, Fields::new().text, "walk");
            }
        }
    }
}
