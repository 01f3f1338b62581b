//! The engine over an index directory of this machine.

mod answer;
mod counts;
mod days;
mod excluded;
mod explain;
mod gather;
mod lower;
mod names;
mod near;
mod partial;
mod spelling;
mod suggest;
mod vocabulary;
mod weights;

pub use weights::Weights;

use crate::engine::{Engine, EngineError, Facts};
use crate::page::{ArchiveFacts, FacetCounts, FacetRequest, IndexState, Page, Window};
use crate::plan::{Names, Plan};
use crate::suggestions::Suggestions;
use diary::{Calendar, CivilDate, Entry, EntryId, Facet, Hemisphere};
use diary_index_schema::Fields;
use diary_index_schema::frequent::Frequent;
use diary_index_schema::record::{StoredEntry, parse_calendar};
use diary_index_schema::store::{ArchiveRecord, IndexDir, Part};
use gather::{Gather, Gathered, Order};
use lower::Lowering;
use names::NameBook;
use spelling::spelling;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::OnceLock;
use tantivy::query::{EnableScoring, Query};
use tantivy::schema::Value;
use tantivy::{DocAddress, IndexReader, Searcher, TantivyDocument};

/// One generation of an index, open for searching.
pub struct LocalEngine {
    dir: IndexDir,
    reader: IndexReader,
    archives: Vec<ArchiveRecord>,
    names: NameBook,
    facts: Facts,
    weights: Weights,
    /// As stored, and read when first asked for.
    frequent: (Vec<u8>, OnceLock<Frequent>),
}

impl LocalEngine {
    /// Opens the index in `dir`: its public entries, or with `private` those that only the diarist may find.
    ///
    /// # Errors
    ///
    /// [`EngineError::Unusable`] with a sentence that says what to run.
    pub fn open(dir: &Path, private: bool) -> Result<Self, EngineError> {
        let dir = IndexDir::new(dir);
        let part = if private { Part::Private } else { Part::Public };
        let open = dir.open(part).map_err(|error| EngineError::Unusable(error.to_string()))?;
        let facts = facts(&open.manifest);
        let archives = open.manifest.archives.iter();
        let archives = archives.map(|a| (Facet::Archive, a.name.clone(), a.title.clone(), a.entries));
        let languages = vocabulary::all(&open.reader.searcher(), Fields::new().lang).unwrap_or_default();
        let languages = languages.into_iter().map(|(code, entries)| (Facet::Lang, code.clone(), code, entries));
        let names = NameBook::new(&open.names, archives.chain(languages));
        Ok(Self {
            dir,
            reader: open.reader,
            archives: open.manifest.archives,
            names,
            facts,
            weights: Weights::DEFAULT,
            frequent: (open.frequent, OnceLock::new()),
        })
    }

    /// The same engine with other numbers in its ranking.
    #[must_use]
    pub fn with_weights(self, weights: Weights) -> Self {
        Self { weights, ..self }
    }

    /// Whether a newer generation has been published since this one was opened. Reads one small file.
    pub fn generation_changed(&self) -> bool {
        self.dir.current_number().is_some_and(|number| number != self.facts.state.generation)
    }

    /// Runs `work`, turning what a damaged file makes the engine do into a sentence.
    fn guarded<T>(&self, work: impl FnOnce(&Searcher) -> tantivy::Result<T>) -> Result<T, EngineError> {
        let searcher = self.reader.searcher();
        let damaged = || {
            EngineError::Unusable(format!(
                "the index in {} cannot be read: run `diary-ingest --check`, then `diary-ingest --rebuild`",
                self.dir.path().display()
            ))
        };
        match std::panic::catch_unwind(AssertUnwindSafe(|| work(&searcher))) {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(_)) | Err(_) => Err(damaged()),
        }
    }

    fn lowering<'a>(&'a self, searcher: &'a Searcher) -> Lowering<'a> {
        Lowering { fields: Fields::new(), searcher, names: &self.names, weights: self.weights }
    }
}

impl Engine for LocalEngine {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn names(&self) -> &dyn Names {
        &self.names
    }

    fn search(&self, plan: &Plan, window: &Window) -> Result<Page, EngineError> {
        self.guarded(|searcher| self.page(searcher, plan, window))
    }

    fn count(&self, plan: &Plan) -> Result<u64, EngineError> {
        self.guarded(|searcher| {
            let query = self.lowering(searcher).node(&plan.node)?;
            Ok(search(searcher, query.as_ref(), Gather::count())?.total)
        })
    }

    fn facets(&self, plan: &Plan, requests: &[FacetRequest]) -> Result<Vec<FacetCounts>, EngineError> {
        let window = Window { limit: 0, facets: requests.to_vec(), partial: false, ..Window::default() };
        self.search(plan, &window).map(|page| page.facets)
    }

    fn days(&self, plan: &Plan) -> Result<Vec<(CivilDate, u64)>, EngineError> {
        self.guarded(|searcher| days::days(searcher, self.lowering(searcher).node(&plan.node)?.as_ref()))
    }

    fn spelling(&self, word: &str) -> Result<Option<String>, EngineError> {
        self.guarded(|searcher| spelling(searcher, &self.names, word))
    }

    fn suggest(&self, prefix: &str, limit: usize) -> Result<Suggestions, EngineError> {
        self.guarded(|searcher| {
            let (stored, read) = &self.frequent;
            let frequent = read.get_or_init(|| Frequent::read(stored));
            suggest::suggest(searcher, &self.names, frequent, prefix, limit)
        })
    }

    fn entry(&self, id: &EntryId) -> Result<Option<Entry>, EngineError> {
        self.guarded(|searcher| Ok(find(searcher, id)?.map(|(entry, _, _)| entry)))
    }

    fn neighbours(&self, id: &EntryId) -> Result<(Option<EntryId>, Option<EntryId>), EngineError> {
        self.guarded(|searcher| Ok(find(searcher, id)?.map(|(_, before, after)| (before, after)).unwrap_or_default()))
    }
}

impl Gather {
    /// Collects nothing but how many.
    fn count() -> Self {
        Self { keep: 0, order: Order::Newest, facets: Vec::new(), apart: None }
    }
}

fn search(searcher: &Searcher, query: &dyn Query, gather: Gather) -> tantivy::Result<Gathered> {
    use tantivy::collector::Collector;
    let scoring = match gather.requires_scoring() {
        true => EnableScoring::enabled_from_searcher(searcher),
        false => EnableScoring::disabled_from_searcher(searcher),
    };
    let weight = query.weight(scoring)?;
    let segments = searcher.segment_readers().iter().enumerate();
    let fruits = segments.map(|(ordinal, reader)| gather.collect_segment(weight.as_ref(), ordinal as u32, reader));
    gather.merge_fruits(fruits.collect::<tantivy::Result<_>>()?)
}

type Stored = (Entry, Option<EntryId>, Option<EntryId>);

/// The entry at an address, with the ids before and after it.
fn stored(searcher: &Searcher, address: DocAddress) -> tantivy::Result<Option<Stored>> {
    let document: TantivyDocument = searcher.doc(address)?;
    let bytes = document.get_first(Fields::new().record).and_then(|value| value.as_bytes());
    let damaged = || tantivy::TantivyError::DataCorruption(tantivy::error::DataCorruption::comment_only("record"));
    let record = bytes.and_then(StoredEntry::read).ok_or_else(damaged)?;
    let id = |text: &Option<String>| text.as_deref().and_then(EntryId::parse);
    let (previous, next) = (id(&record.previous), id(&record.next));
    Ok(Some((record.into_entry().ok_or_else(damaged)?, previous, next)))
}

fn find(searcher: &Searcher, id: &EntryId) -> tantivy::Result<Option<Stored>> {
    let term = tantivy::Term::from_field_text(Fields::new().id, id.as_str());
    let query = tantivy::query::TermQuery::new(term, tantivy::schema::IndexRecordOption::Basic);
    let found = search(searcher, &query, Gather { keep: 1, ..Gather::count() })?;
    match found.best.first() {
        Some(ranked) => stored(searcher, ranked.address),
        None => Ok(None),
    }
}

fn facts(manifest: &diary_index_schema::store::Manifest) -> Facts {
    let archives = &manifest.archives;
    let newest = archives.iter().filter_map(|archive| archive.range.as_ref()).map(|(_, last)| last).max();
    let newest = newest.and_then(|last| last.replace('-', "").parse().ok()).and_then(CivilDate::from_ordinal);
    let mut calendars = archives.iter().filter_map(|archive| parse_calendar(&archive.calendar));
    let first = calendars.next().unwrap_or_default();
    Facts {
        state: IndexState { uuid: manifest.uuid.clone(), generation: manifest.generation, entries: manifest.entries },
        newest,
        hemisphere: match archives.first() {
            Some(archive) if archive.southern => Hemisphere::South,
            _ => Hemisphere::North,
        },
        calendar: if calendars.all(|calendar| calendar == first) { first } else { Calendar::Gregorian },
        archives: archives
            .iter()
            .map(|archive| ArchiveFacts {
                name: archive.name.clone(),
                title: archive.title.clone(),
                entries: archive.entries,
                range: archive.range.clone(),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests;
