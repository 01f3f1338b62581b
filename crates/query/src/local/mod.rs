//! The engine over an index directory of this machine.

mod gather;
mod lower;
mod names;
mod vocabulary;

use crate::engine::{Engine, EngineError, Facts};
use crate::lang::Sort;
use crate::page::{
    ArchiveFacts, FacetCounts, FacetRequest, FacetValue, Hit, IndexState, Named, Page, Window,
};
use crate::passage::{Wanted, choose};
use crate::plan::{Names, Node, Plan};
use diary::{Calendar, CivilDate, Entry, EntryId, Facet, Hemisphere, Mention};
use diary_index_schema::record::{StoredEntry, parse_calendar};
use diary_index_schema::store::{ArchiveRecord, IndexDir, Part};
use diary_index_schema::{Fields, analysis};
use gather::{Gather, Gathered, Order, Ranked, Tally};
use lower::{BoxQuery, Lowering};
use names::NameBook;
use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use tantivy::query::{BooleanQuery, EnableScoring, Occur, Query};
use tantivy::schema::Value;
use tantivy::{DocAddress, IndexReader, Searcher, TantivyDocument};

/// One generation of an index, open for searching.
pub struct LocalEngine {
    dir: IndexDir,
    reader: IndexReader,
    archives: Vec<ArchiveRecord>,
    names: NameBook,
    facts: Facts,
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
        Ok(Self { dir, reader: open.reader, archives: open.manifest.archives, names, facts })
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
        Lowering { fields: Fields::new(), searcher, names: &self.names }
    }

    fn page(&self, searcher: &Searcher, plan: &Plan, window: &Window) -> tantivy::Result<Page> {
        let lowering = self.lowering(searcher);
        let limit = window.limit.min(Window::MAX_LIMIT);
        let offset = window.offset.min(Window::MAX_OFFSET);
        let order = match plan.sort {
            Sort::Relevance => Order::Score,
            Sort::Date => Order::Newest,
            Sort::DateAsc => Order::Oldest,
        };
        let unselected: Vec<Facet> =
            window.facets.iter().map(|request| request.facet).filter(|facet| plan.selection(*facet).is_none()).collect();
        let query = lowering.plan(&plan.node, &plan.lifts)?;
        let keep = if limit == 0 { 0 } else { offset + limit };
        let all = search(searcher, query.as_ref(), Gather { keep, order, facets: unselected.clone(), apart: None })?;

        let wanted = Wanted::new(&plan.node);
        let mut hits = Vec::new();
        for ranked in all.best.iter().skip(offset) {
            hits.extend(self.hit(searcher, plan, window, &wanted, *ranked, false)?);
        }
        let mut page = Page {
            offset,
            limit,
            total: all.total,
            range: range(&all),
            facets: self.all_facets(searcher, plan, &window.facets, &unselected, &all)?,
            ..Page::default()
        };
        let room = keep.saturating_sub((all.total as usize).max(offset));
        if window.partial && order == Order::Score && room > 0 {
            if let Some(query) = partial(&lowering, &plan.node, query)? {
                let passed = offset.saturating_sub(all.total as usize);
                let gather = Gather { keep: passed + room, order, facets: Vec::new(), apart: None };
                let some = search(searcher, query.as_ref(), gather)?;
                page.partial_total = some.total;
                for ranked in some.best.iter().skip(passed) {
                    hits.extend(self.hit(searcher, plan, window, &wanted, *ranked, true)?);
                }
            }
        }
        page.hits = hits;
        Ok(page)
    }

    fn hit(
        &self,
        searcher: &Searcher,
        plan: &Plan,
        window: &Window,
        wanted: &Wanted,
        ranked: Ranked,
        partial: bool,
    ) -> tantivy::Result<Option<Hit>> {
        let Some((entry, previous, next)) = stored(searcher, ranked.address)? else { return Ok(None) };
        let found = wanted.find(&entry);
        let (passages, more_places) = choose(&entry, &found, window.passages);
        let missing = if partial { wanted.missing(&entry, &found) } else { Vec::new() };
        Ok(Some(Hit {
            url: self.url(&entry),
            people: named(&entry, Facet::Person),
            projects: named(&entry, Facet::Project),
            reasons: reasons(&entry, &plan.node),
            score: ranked.score,
            missing,
            passages,
            more_places,
            previous,
            next,
            source: entry.sources.first().map(|source| format!("{}:{}", source.path, source.line)).unwrap_or_default(),
            id: entry.id,
            date: entry.date,
            heading: entry.heading,
            title: entry.title,
            author: entry.author,
        }))
    }

    /// Where an entry is on the web: the archive's page, or the page of its source below the archive's address.
    fn url(&self, entry: &Entry) -> Option<String> {
        let archive = self.archives.iter().find(|archive| archive.name == entry.id.archive())?;
        let base = archive.base_url.as_deref()?;
        let mut url = base.to_owned();
        if base.ends_with('/') {
            let path = entry.sources.first().map_or("", |source| source.path.as_str());
            url.extend(path.bytes().map(|byte| match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                    char::from(byte).to_string()
                }
                other => format!("%{other:02X}"),
            }));
        }
        if let Some(anchor) = &entry.anchor {
            url.push('#');
            url.push_str(anchor);
        }
        Some(url)
    }

    /// The counts asked for: those without a selection come from the one pass over the hits, the others each from a pass
    /// over the entries that the rest of the query finds.
    fn all_facets(
        &self,
        searcher: &Searcher,
        plan: &Plan,
        requests: &[FacetRequest],
        unselected: &[Facet],
        gathered: &Gathered,
    ) -> tantivy::Result<Vec<FacetCounts>> {
        let mut facets = Vec::with_capacity(requests.len());
        for request in requests {
            let counted = unselected.iter().position(|facet| *facet == request.facet);
            let counts = match (counted.and_then(|place| gathered.counts.get(place)), plan.selection(request.facet)) {
                (Some(tallies), _) => self.counts(request, tallies, 0, &[]),
                (None, Some((rest, selection, keys))) => {
                    let lowering = self.lowering(searcher);
                    let apart = Some(lowering.node(&selection)?);
                    let gather = Gather { keep: 0, order: Order::Newest, facets: vec![request.facet], apart };
                    let query = lowering.node(&rest)?;
                    let gathered = search(searcher, query.as_ref(), gather)?;
                    let tallies = gathered.counts.into_iter().next().unwrap_or_default();
                    self.counts(request, &tallies, gathered.apart, &keys)
                }
                (None, None) => continue,
            };
            facets.push(counts);
        }
        Ok(facets)
    }

    /// The values of one facet, counted. With some `selected`, another value's count is that of choosing it as well.
    fn counts(
        &self,
        request: &FacetRequest,
        tallies: &BTreeMap<String, Tally>,
        already: u64,
        selected: &[String],
    ) -> FacetCounts {
        let facet = request.facet;
        let value = |value: &str, tally: Tally| {
            let selected = selected.iter().any(|key| key == value);
            FacetValue {
                value: value.to_owned(),
                label: self.label(facet, value),
                count: if selected { tally.apart + tally.others } else { already + tally.others },
                selected,
                apply: String::new(),
                remove: None,
            }
        };
        let mut values: Vec<FacetValue> = tallies.iter().map(|(key, tally)| value(key, *tally)).collect();
        values.extend(selected.iter().filter(|key| !tallies.contains_key(*key)).map(|key| value(key, Tally::default())));
        let distinct = values.len();
        if facet.is_chronological() {
            let known: Vec<String> = values.iter().map(|value| value.value.clone()).collect();
            values.extend(between(facet, &known).iter().map(|missing| value(missing, Tally::default())));
            values.sort_by_key(|value| chronological_key(facet, &value.value));
        } else {
            values.sort_by(|a, b| {
                b.selected.cmp(&a.selected).then(b.count.cmp(&a.count)).then_with(|| a.label.cmp(&b.label))
            });
            values.truncate(request.limit);
        }
        FacetCounts { facet, values, distinct }
    }

    fn label(&self, facet: Facet, value: &str) -> String {
        match facet {
            Facet::Person | Facet::Project | Facet::Archive => {
                self.names.label(facet, value).unwrap_or(value).to_owned()
            }
            Facet::Weekday => {
                let mut letters = value.chars();
                letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
            }
            Facet::Month => month_label(value).unwrap_or_else(|| value.to_owned()),
            Facet::Year | Facet::Lang => value.to_owned(),
        }
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

    fn spelling(&self, word: &str) -> Result<Option<String>, EngineError> {
        self.guarded(|searcher| spelling(searcher, &self.names, word))
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

/// The entries that meet the filters of a query and most of its words, but not all; `None` where that means nothing.
fn partial(lowering: &Lowering<'_>, node: &Node, full: BoxQuery) -> tantivy::Result<Option<BoxQuery>> {
    let (words, filters): (Vec<&Node>, Vec<&Node>) =
        node.parts().iter().partition(|part| matches!(part, Node::Text { .. } | Node::Alias { .. }));
    if words.len() < 2 {
        return Ok(None);
    }
    let mut clauses: Vec<(Occur, BoxQuery)> = vec![(Occur::MustNot, full)];
    if !filters.is_empty() {
        clauses.push((Occur::Must, lowering.node(&Node::and(filters.into_iter().cloned().collect()))?));
    }
    let needed = words.len().div_ceil(2).min(words.len() - 1);
    let words = words.into_iter().map(|word| Ok((Occur::Should, lowering.node(word)?)));
    let words = words.collect::<tantivy::Result<Vec<_>>>()?;
    clauses.push((Occur::Must, Box::new(BooleanQuery::with_minimum_required_clauses(words, needed))));
    Ok(Some(Box::new(BooleanQuery::new(clauses))))
}

/// The word nearest to one that does not occur: a form of a name before other words, the most frequent of the nearest.
fn spelling(searcher: &Searcher, names: &NameBook, word: &str) -> tantivy::Result<Option<String>> {
    let fields = Fields::new();
    let parts = lower::parts_of(word);
    let [(_, folded)] = parts.as_slice() else { return Ok(None) };
    let known = [(fields.text, folded.clone()), (fields.title, folded.clone()), (fields.text_stem, analysis::stem(folded))];
    let length = folded.chars().count();
    if length < 4 || known.iter().any(|(field, form)| vocabulary::frequency(searcher, *field, form) > 0) {
        return Ok(None);
    }
    let distance = if length >= 8 { 2 } else { 1 };
    if let Some(name) = names.near_word(folded, distance) {
        return Ok(Some(name));
    }
    let near = vocabulary::near(searcher, fields.text, folded, distance as u8)?;
    // What begins differently is seldom meant.
    let nearest = near.into_iter().min_by_key(|(near, frequency)| {
        let same_start = near.chars().next() == folded.chars().next();
        (strsim::osa_distance(near, folded), !same_start, std::cmp::Reverse(*frequency), near.clone())
    });
    Ok(nearest.map(|(near, _)| near))
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

/// The people or projects of an entry, each once, in the order of the text.
fn named(entry: &Entry, facet: Facet) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    for mention in entry.mentions.iter().filter(|mention| mention.facet == facet && mention.state.is_facet()) {
        if !named.iter().any(|known| known.key == mention.key) {
            named.push(Named { key: mention.key.clone(), label: mention.name.clone() });
        }
    }
    named
}

/// Why an entry meets the names in a plan, in words.
fn reasons(entry: &Entry, node: &Node) -> Vec<String> {
    let mut reasons = Vec::new();
    let mut name = |facet: Facet, keys: &[String]| {
        let meets = |mention: &&Mention| mention.facet == facet && keys.contains(&mention.key);
        if let Some(mention) = entry.mentions.iter().find(meets) {
            let as_what = if mention.form == mention.name { String::new() } else { format!(" as “{}”", mention.form) };
            reasons.push(format!("names {}{as_what} ({}: {})", mention.name, mention.state.name(), mention.why));
        }
    };
    for part in node.parts() {
        match part {
            Node::Facet { facet: facet @ (Facet::Person | Facet::Project), keys, .. } => name(*facet, keys),
            Node::Alias { named, .. } => named.iter().for_each(|node| {
                if let Node::Facet { facet, keys, .. } = node {
                    name(*facet, keys);
                }
            }),
            _ => {}
        }
    }
    reasons
}

fn range(gathered: &Gathered) -> Option<(String, String)> {
    let (first, last) = gathered.days?;
    Some((CivilDate::from_ordinal(first)?.to_string(), CivilDate::from_ordinal(last)?.to_string()))
}

fn facts(manifest: &diary_index_schema::store::Manifest) -> Facts {
    let archives = &manifest.archives;
    let newest = archives.iter().filter_map(|archive| archive.range.as_ref()).map(|(_, last)| last).max();
    let newest = newest.and_then(|last| last.replace('-', "").parse().ok()).and_then(CivilDate::from_ordinal);
    let mut calendars = archives.iter().filter_map(|archive| parse_calendar(&archive.calendar));
    let first = calendars.next().unwrap_or_default();
    Facts {
        state: IndexState {
            uuid: manifest.uuid.clone(),
            generation: manifest.generation,
            entries: manifest.entries,
        },
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

/// The most values that a date facet is filled up to.
const MAX_BETWEEN: i32 = 2_400;

/// The values of a date facet between the first and the last known one that are not known themselves.
fn between(facet: Facet, known: &[String]) -> Vec<String> {
    let all: Vec<String> = match facet {
        Facet::Weekday => WEEKDAYS.iter().map(|day| (*day).to_owned()).collect(),
        Facet::Year => {
            let years = known.iter().filter_map(|year| year.parse::<i32>().ok());
            let (Some(first), Some(last)) = (years.clone().min(), years.max()) else { return Vec::new() };
            if last - first > MAX_BETWEEN {
                return Vec::new();
            }
            (first..=last).map(|year| format!("{year:04}")).collect()
        }
        _ => {
            let months = known.iter().filter_map(|month| month_number(month));
            let (Some(first), Some(last)) = (months.clone().min(), months.max()) else { return Vec::new() };
            if last - first > MAX_BETWEEN {
                return Vec::new();
            }
            (first..=last).map(|month| format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)).collect()
        }
    };
    all.into_iter().filter(|value| !known.contains(value)).collect()
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

fn chronological_key(facet: Facet, value: &str) -> (usize, String) {
    let place = match facet {
        Facet::Weekday => WEEKDAYS.iter().position(|day| *day == value).unwrap_or(WEEKDAYS.len()),
        _ => 0,
    };
    (place, value.to_owned())
}

fn month_number(month: &str) -> Option<i32> {
    let (year, month) = month.split_once('-')?;
    Some(year.parse::<i32>().ok()? * 12 + month.parse::<i32>().ok()? - 1)
}

fn month_label(month: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ];
    let (year, number) = month.split_once('-')?;
    Some(format!("{} {year}", MONTHS.get(number.parse::<usize>().ok()?.checked_sub(1)?)?))
}

#[cfg(test)]
mod tests;
