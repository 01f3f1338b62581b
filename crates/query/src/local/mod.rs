//! The engine over an index directory of this machine.

mod answer;
mod counts;
mod days;
mod excluded;
mod explain;
mod forms;
mod gather;
mod lower;
mod names;
mod near;
mod partial;
mod records;
mod spelling;
mod suggest;
mod tiers;
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
use diary_index_schema::record::parse_calendar;
use diary_index_schema::stems::StoredStems;
use diary_index_schema::store::{ArchiveRecord, IndexDir, Part};
use gather::{DateColumns, Gather, Gathered, Order};
use lower::Lowering;
use names::NameBook;
use records::Records;
use spelling::spelling;
use std::io::ErrorKind;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::OnceLock;
use tantivy::directory::OwnedBytes;
use tantivy::query::{EnableScoring, Query};
use tantivy::{IndexReader, Searcher};

/// One generation of an index, open for searching.
pub struct LocalEngine {
    dir: IndexDir,
    /// What pointed to it when it was opened.
    pointer: String,
    reader: IndexReader,
    archives: Vec<ArchiveRecord>,
    names: NameBook,
    facts: Facts,
    weights: Weights,
    has_titles: bool,
    /// As stored, and read when first asked for.
    frequent: (OwnedBytes, OnceLock<Frequent>),
    stems: StoredStems,
    records: Records,
    /// Opened when first asked for.
    dates: OnceLock<Vec<DateColumns>>,
}

/// What has become of an index since it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is as it was, as far as can be told.
    Current,
    /// Another generation answers now, or another index stands in its place.
    Outdated,
    /// It was taken away.
    Gone,
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
        let (searcher, fields) = (open.reader.searcher(), Fields::new());
        let languages = vocabulary::all(&searcher, fields.lang).unwrap_or_default();
        let languages = languages.into_iter().map(|(code, entries)| (Facet::Lang, code.clone(), code, entries));
        let names = NameBook::new(open.names, archives.chain(languages), move |word| {
            vocabulary::frequency(&searcher, fields.text, &diary_index_schema::analysis::fold(word))
        });
        Ok(Self {
            dir,
            pointer: open.pointer,
            reader: open.reader,
            names,
            facts,
            weights: Weights::DEFAULT,
            has_titles: !open.manifest.wordless.iter().any(|field| field == "title"),
            frequent: (open.frequent, OnceLock::new()),
            stems: open.stems,
            records: Records::new(open.records),
            dates: OnceLock::new(),
            archives: open.manifest.archives,
        })
    }

    /// The same engine with other numbers in its ranking.
    #[must_use]
    pub fn with_weights(self, weights: Weights) -> Self {
        Self { weights, ..self }
    }

    /// How the index stands now to what was opened of it. Reads one small file.
    pub fn standing(&self) -> Standing {
        match self.dir.pointer() {
            Ok(now) if self.pointer != now => Standing::Outdated,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Standing::Gone,
            _ => Standing::Current,
        }
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

    /// What collects nothing but how many entries there are, and their days.
    fn gather(&self, searcher: &Searcher) -> tantivy::Result<Gather<'_>> {
        let dates = match self.dates.get() {
            Some(dates) => dates,
            None => {
                let dates = DateColumns::open(searcher)?;
                self.dates.get_or_init(|| dates)
            }
        };
        Ok(Gather { keep: 0, order: Order::Newest, facets: Vec::new(), names: &self.names, dates, apart: None })
    }

    fn lowering<'a>(&'a self, searcher: &'a Searcher) -> Lowering<'a> {
        let (weights, has_titles) = (self.weights, self.has_titles);
        Lowering { fields: Fields::new(), searcher, stems: &self.stems, weights, has_titles }
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
            Ok(search(searcher, query.as_ref(), self.gather(searcher)?)?.total)
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
        self.guarded(|searcher| spelling(&self.lowering(searcher), &self.names, word))
    }

    fn suggest(&self, prefix: &str, limit: usize) -> Result<Suggestions, EngineError> {
        self.guarded(|searcher| {
            let (stored, read) = &self.frequent;
            let frequent = read.get_or_init(|| Frequent::read(stored));
            suggest::suggest(searcher, &self.names, frequent, prefix, limit)
        })
    }

    fn entry(&self, id: &EntryId) -> Result<Option<Entry>, EngineError> {
        self.guarded(|searcher| Ok(self.records.find(searcher, id)?.map(|(entry, _, _)| entry)))
    }

    fn neighbours(&self, id: &EntryId) -> Result<(Option<EntryId>, Option<EntryId>), EngineError> {
        let beside = |(_, before, after)| (before, after);
        self.guarded(|searcher| Ok(self.records.find(searcher, id)?.map(beside).unwrap_or_default()))
    }
}

fn search(searcher: &Searcher, query: &dyn Query, gather: Gather<'_>) -> tantivy::Result<Gathered> {
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
