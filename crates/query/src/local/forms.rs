//! Words met in any of their forms.
//!
//! An index has words as written alone, and a table of those that have one stem. Here the entries of all forms of a word
//! are those of one word, counted and scored as if it were the stem that stood there each time.

use diary_index_schema::stems::{Forms, StoredStems};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

/// One stem and its forms in one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stem {
    /// As a term, which no entry need have: what the statistics of its forms are kept under.
    term: Term,
    forms: Vec<Term>,
    /// In how many entries any form stands.
    pub(super) found: u64,
}

impl Stem {
    pub(super) fn new(searcher: &Searcher, stems: &StoredStems, field: Field, stem: &str) -> Self {
        let Forms { words, found } = stems.forms(searcher, field, stem);
        let term = |word: &str| Term::from_field_text(field, word);
        Self { term: term(stem), forms: words.iter().map(|word| term(word)).collect(), found }
    }

    /// Whether this is its only form.
    pub(super) fn is_only(&self, form: &Term) -> bool {
        matches!(self.forms.as_slice(), [only] if only == form)
    }

    /// Its places in the entries of one segment, each of its forms in their order.
    pub(super) fn postings(&self, reader: &SegmentReader, kept: IndexRecordOption) -> tantivy::Result<AnyForm> {
        let index = reader.inverted_index(self.term.field())?;
        let of_form = |form| Ok(index.read_postings(form, kept)?.unwrap_or_else(SegmentPostings::empty));
        Ok(AnyForm::new(self.forms.iter().map(of_form).collect::<tantivy::Result<_>>()?))
    }
}

/// Entries that have words at their distances from the first, each in any of its forms; a single word may stand anywhere.
#[derive(Clone, Debug)]
pub(super) struct InAnyForm {
    words: Vec<(usize, Stem)>,
    /// How many times it counts.
    times: Score,
    /// The form of a single word that counts besides, and how many times.
    written: Option<(Term, Score)>,
}

impl InAnyForm {
    pub(super) fn new(words: Vec<(usize, Stem)>) -> Self {
        Self { words, times: 1.0, written: None }
    }

    /// A single word, which counts so many times in any form, and so many more where it stands as written.
    pub(super) fn preferring(stem: Stem, times: Score, written: Term, more: Score) -> Self {
        Self { words: vec![(0, stem)], times, written: Some((written, more)) }
    }
}

impl Query for InAnyForm {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let scores = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } if !self.words.is_empty() => {
                let terms: Vec<Term> = self.words.iter().map(|(_, stem)| stem.term.clone()).collect();
                let counted = OfStems { stems: &self.words, others: statistics_provider };
                let written = match &self.written {
                    Some((form, times)) => {
                        let score = Bm25Weight::for_terms(statistics_provider, std::slice::from_ref(form))?;
                        let place = self.words[0].1.forms.iter().position(|known| known == form);
                        place.map(|place| (place, score.boost_by(*times)))
                    }
                    None => None,
                };
                Some(Scores { any_form: Bm25Weight::for_terms(&counted, &terms)?.boost_by(self.times), written })
            }
            _ => None,
        };
        Ok(Box::new(InAnyFormWeight { words: self.words.clone(), scores }))
    }
}

/// What words count in any form, and the form of this place beside that.
#[derive(Clone)]
struct Scores {
    any_form: Bm25Weight,
    written: Option<(usize, Bm25Weight)>,
}

impl Scores {
    fn boost_by(&self, boost: Score) -> Self {
        let written = self.written.as_ref().map(|(place, score)| (*place, score.boost_by(boost)));
        Self { any_form: self.any_form.boost_by(boost), written }
    }
}

/// The statistics of an index, with those of stems among those of words.
struct OfStems<'a> {
    stems: &'a [(usize, Stem)],
    others: &'a dyn Bm25StatisticsProvider,
}

impl Bm25StatisticsProvider for OfStems<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.others.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.others.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        match self.stems.iter().find(|(_, stem)| stem.term == *term) {
            // A damaged table must not make it more than all.
            Some((_, stem)) => Ok(stem.found.min(self.total_num_docs()?)),
            None => self.others.doc_freq(term),
        }
    }
}

struct InAnyFormWeight {
    words: Vec<(usize, Stem)>,
    /// `None` where nobody asks for them.
    scores: Option<Scores>,
}

impl InAnyFormWeight {
    fn in_segment(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Option<InAnyFormScorer>> {
        let kept = match (self.words.len(), &self.scores) {
            (1, None) => IndexRecordOption::Basic,
            (1, Some(_)) => IndexRecordOption::WithFreqs,
            _ => IndexRecordOption::WithFreqsAndPositions,
        };
        let Some((_, first)) = self.words.first() else { return Ok(None) };
        let lengths = reader.get_fieldnorms_reader(first.term.field())?;
        let scores = self.scores.as_ref().map(|scores| scores.boost_by(boost));
        let mut words = Vec::with_capacity(self.words.len());
        for (at, stem) in &self.words {
            words.push((*at as u32, stem.postings(reader, kept)?));
        }
        Ok(Some(InAnyFormScorer::new(words, scores.map(|scores| (scores, lengths)))))
    }
}

impl Weight for InAnyFormWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.in_segment(reader, boost)? {
            Some(scorer) => Box::new(scorer),
            None => Box::new(EmptyScorer),
        })
    }

    /// As the engine does it, but that it is known here what is asked, entry by entry.
    fn for_each(&self, reader: &SegmentReader, met: &mut dyn FnMut(DocId, Score)) -> tantivy::Result<()> {
        let Some(mut scorer) = self.in_segment(reader, 1.0)? else { return Ok(()) };
        let mut doc = scorer.doc();
        while doc != TERMINATED {
            met(doc, scorer.score());
            doc = scorer.advance();
        }
        Ok(())
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        match scorer.seek(doc) == doc {
            true => Ok(Explanation::new("a word in any form", scorer.score())),
            false => Err(TantivyError::InvalidArgument("no form of the word stands there".to_owned())),
        }
    }
}

/// The entries of one segment that have the words.
struct InAnyFormScorer {
    words: Vec<(u32, AnyForm)>,
    /// How often they stand in the entry at hand.
    times: u32,
    scores: Option<(Scores, FieldNormReader)>,
    /// Where the first word may stand, and where the next does.
    places: (Vec<u32>, Vec<u32>),
}

impl InAnyFormScorer {
    fn new(words: Vec<(u32, AnyForm)>, scores: Option<(Scores, FieldNormReader)>) -> Self {
        let mut new = Self { words, times: 0, scores, places: Default::default() };
        new.settle();
        new
    }

    /// Goes to the first entry from here on that has all words in their places.
    fn settle(&mut self) -> DocId {
        if let [(_, word)] = self.words.as_slice() {
            self.times = word.term_freq();
            return word.doc();
        }
        loop {
            let doc = self.meet();
            if doc == TERMINATED {
                return doc;
            }
            self.times = self.count();
            if self.times > 0 {
                return doc;
            }
            self.words[0].1.advance();
        }
    }

    /// Goes to the first entry from here on that has all words.
    fn meet(&mut self) -> DocId {
        loop {
            let furthest = self.words.iter().map(|(_, word)| word.doc()).max().unwrap_or(TERMINATED);
            let mut met = true;
            for (_, word) in &mut self.words {
                met &= word.doc() == furthest || word.seek(furthest) == furthest;
            }
            if met {
                return furthest;
            }
        }
    }

    /// How often the words stand in their places in the entry at hand.
    fn count(&mut self) -> u32 {
        let [(first, word), others @ ..] = self.words.as_mut_slice() else { return 0 };
        let (places, next) = &mut self.places;
        word.positions(places);
        for (at, word) in others {
            word.positions(next);
            places.retain(|place| next.binary_search(&(place + *at - *first)).is_ok());
        }
        places.len() as u32
    }
}

impl DocSet for InAnyFormScorer {
    fn advance(&mut self) -> DocId {
        if let Some((_, first)) = self.words.first_mut() {
            first.advance();
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        if let Some((_, first)) = self.words.first_mut() {
            first.seek(target);
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.words.first().map_or(TERMINATED, |(_, first)| first.doc())
    }

    fn size_hint(&self) -> u32 {
        self.words.iter().map(|(_, word)| word.size_hint()).min().unwrap_or(0)
    }
}

impl Scorer for InAnyFormScorer {
    fn score(&mut self) -> Score {
        let (Some((scores, lengths)), [(_, word), ..]) = (&self.scores, self.words.as_slice()) else { return 1.0 };
        let length = lengths.fieldnorm_id(word.doc());
        let written = scores.written.as_ref().and_then(|(place, score)| {
            let form = word.forms.get(*place).filter(|form| form.doc() == word.doc())?;
            Some(score.score(length, form.term_freq()))
        });
        scores.any_form.score(length, self.times) + written.unwrap_or(0.0)
    }
}

/// The places of several words as those of one.
pub(super) struct AnyForm {
    forms: Vec<SegmentPostings>,
    /// The least entry of any.
    doc: DocId,
}

impl AnyForm {
    fn new(forms: Vec<SegmentPostings>) -> Self {
        let mut new = Self { forms, doc: 0 };
        new.find_least();
        new
    }

    fn find_least(&mut self) -> DocId {
        self.doc = self.forms.iter().map(SegmentPostings::doc).min().unwrap_or(TERMINATED);
        self.doc
    }
}

impl DocSet for AnyForm {
    fn advance(&mut self) -> DocId {
        let mut least = TERMINATED;
        for form in &mut self.forms {
            let doc = form.doc();
            let is_here = doc == self.doc && doc != TERMINATED;
            least = least.min(if is_here { form.advance() } else { doc });
        }
        self.doc = least;
        least
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for form in self.forms.iter_mut().filter(|form| form.doc() < target) {
            form.seek(target);
        }
        self.find_least()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    /// At most: entries with two of the forms are counted twice.
    fn size_hint(&self) -> u32 {
        self.forms.iter().map(SegmentPostings::size_hint).fold(0, u32::saturating_add)
    }
}

impl Postings for AnyForm {
    fn term_freq(&self) -> u32 {
        if self.doc == TERMINATED {
            return 0;
        }
        self.forms.iter().filter(|form| form.doc() == self.doc).map(Postings::term_freq).sum()
    }

    fn append_positions_with_offset(&mut self, offset: u32, output: &mut Vec<u32>) {
        let before = output.len();
        for form in self.forms.iter_mut().filter(|form| form.doc() == self.doc) {
            form.append_positions_with_offset(offset, output);
        }
        output[before..].sort_unstable();
    }
}

#[cfg(test)]
mod tests {
    use super::super::lower::phrase;
    use super::*;
    use diary_index_schema::{Fields, analysis, engine};
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use tantivy::directory::OwnedBytes;
    use tantivy::{IndexWriter, ReloadPolicy, doc};

    const WORDS: [&str; 7] = ["walk", "walks", "walked", "happy", "happily", "talk", "talking"];

    /// An index of these texts, several segments of them.
    fn indexed(texts: &[Vec<String>]) -> Searcher {
        let index = engine::builder().create_in_ram().unwrap();
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        let fields = Fields::new();
        for (rank, text) in texts.iter().enumerate() {
            writer.add_document(doc!(fields.text => text.join(" "), fields.rank => rank as i64)).unwrap();
            if rank % 7 == 6 {
                writer.commit().unwrap();
            }
        }
        writer.commit().unwrap();
        writer.wait_merging_threads().unwrap();
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().unwrap();
        reader.searcher()
    }

    /// The ranks of the entries that a query finds, and their scores.
    fn found(searcher: &Searcher, query: &dyn Query) -> BTreeMap<i64, Score> {
        let weight = query.weight(EnableScoring::enabled_from_searcher(searcher)).unwrap();
        let mut found = BTreeMap::new();
        for reader in searcher.segment_readers() {
            let rank = reader.fast_fields().i64("rank").unwrap();
            let mut scorer = weight.scorer(reader, 2.0).unwrap();
            while scorer.doc() != TERMINATED {
                found.insert(rank.first(scorer.doc()).unwrap(), scorer.score());
                assert_eq!(weight.scorer(reader, 2.0).unwrap().seek(scorer.doc()), scorer.doc());
                scorer.advance();
            }
        }
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn words_in_any_form_are_found_and_scored_as_their_stems_would_be(
            texts in prop::collection::vec(prop::collection::vec(prop::sample::select(&WORDS[..]), 1..9), 1..24),
            asked in prop::collection::vec(prop::sample::select(&WORDS[..]), 1..4),
        ) {
            let texts: Vec<Vec<String>> = texts.iter().map(|text| text.iter().map(|&word| word.to_owned()).collect()).collect();
            let stemmed: Vec<Vec<String>> = texts.iter().map(|text| text.iter().map(|word| analysis::stem(word)).collect()).collect();
            let (searcher, stems) = (indexed(&texts), indexed(&stemmed));
            let table = StoredStems::new(OwnedBytes::new(StoredStems::write(&searcher).unwrap()));
            let text = Fields::new().text;
            let asked: Vec<(usize, String)> = asked.iter().map(|word| analysis::stem(word)).enumerate().collect();
            let words = asked.iter().map(|(at, stem)| (*at, Stem::new(&searcher, &table, text, stem))).collect();
            let ours = found(&searcher, &InAnyForm::new(words));
            let theirs = found(&stems, phrase(text, &asked, 0).as_ref());
            prop_assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
            for (doc, score) in ours {
                prop_assert!((score - theirs[&doc]).abs() < 1e-4, "{doc}: {score} {}", theirs[&doc]);
            }
        }
    }
}
