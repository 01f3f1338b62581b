//! Choosing the pieces of a text that show best what was found in it.

use super::sentence::sentences;
use super::{Found, Wanted};
use crate::page::Passage;
use diary::{Block, BlockKind, Entry, Span};
use std::collections::{BTreeMap, BTreeSet};
use unicode_segmentation::UnicodeSegmentation;

/// About how many characters a passage has.
pub const CHOSEN_CHARACTERS: usize = 220;

/// A sentence of up to this many characters is not cut.
const WHOLE_SENTENCE: usize = 300;

/// A piece that could be shown.
#[derive(Clone, Debug)]
struct Candidate {
    block: usize,
    span: Span,
    cut_before: bool,
    cut_after: bool,
}

/// Up to `most` passages in the order of the text, and how many places of `found` none of them shows.
///
/// The first chosen tells the most, each different thing counting as much as it weighs in `wanted`; each further one adds
/// something that no other shows, or else the next most. Where nothing was found it is the entry's beginning. Everything
/// is cut at sentences, long sentences at their clauses, long clauses at words.
pub fn choose(entry: &Entry, found: &[Found], wanted: &Wanted, most: usize) -> (Vec<Passage>, usize) {
    if most == 0 {
        return (Vec::new(), found.len());
    }
    let mut rest = candidates(entry, found);
    let mut chosen: Vec<Candidate> = Vec::new();
    let mut shown: BTreeSet<usize> = BTreeSet::new();
    while chosen.len() < most {
        let best = rest
            .iter()
            .enumerate()
            .max_by_key(|(place, candidate)| (worth(candidate, found, wanted, &shown), std::cmp::Reverse(*place)));
        let Some((place, _)) = best else { break };
        let candidate = rest.remove(place);
        shown.extend(inside(&candidate, found).map(|found| found.what));
        rest.retain(|other| !other.span.overlaps(candidate.span));
        chosen.push(candidate);
    }
    if chosen.is_empty() {
        chosen.extend(beginning(entry));
    }
    chosen.sort_by_key(|candidate| candidate.span.start);
    let unseen = found.iter().filter(|place| !chosen.iter().any(|c| c.span.contains(place.span))).count();
    (chosen.iter().map(|candidate| passage(entry, candidate, found)).collect(), unseen)
}

/// What a candidate adds: the weight of the things that are new, then of all, the closer met the more, then how many places.
fn worth(candidate: &Candidate, found: &[Found], wanted: &Wanted, shown: &BTreeSet<usize>) -> (u32, u32, usize) {
    let mut closest: BTreeMap<usize, &Found> = BTreeMap::new();
    let mut places = 0;
    for place in inside(candidate, found) {
        places += 1;
        let best = closest.entry(place.what).or_insert(place);
        if place.closeness > best.closeness {
            *best = place;
        }
    }
    let weight = |place: &&&Found| wanted.weight(place.what);
    let new = closest.values().filter(|place| !shown.contains(&place.what)).map(|place| weight(&place)).sum();
    (new, closest.values().map(|place| weight(&place) * u32::from(place.closeness)).sum(), places)
}

fn inside<'a>(candidate: &'a Candidate, found: &'a [Found]) -> impl Iterator<Item = &'a Found> {
    found.iter().filter(|place| candidate.span.contains(place.span))
}

/// One candidate for each place found: its sentence, grown by its neighbours to the wanted length.
fn candidates(entry: &Entry, found: &[Found]) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut cut = Sentences::new(entry);
    for (index, block) in entry.blocks.iter().enumerate() {
        for place in found.iter().map(|found| found.span).filter(|place| block.span.contains(*place)) {
            // Growing from each sentence once is enough.
            let known = |candidate: &Candidate| candidate.span.contains(place);
            if !candidates.iter().rev().take(3).any(known) {
                candidates.push(grow(entry, index, &cut.around(index), place));
            }
        }
    }
    candidates
}

/// The first sentences of an entry.
fn beginning(entry: &Entry) -> Option<Candidate> {
    let own = |block: &Block| !matches!(block.kind, BlockKind::Note | BlockKind::Heading);
    let index = entry.blocks.iter().position(own).or((!entry.blocks.is_empty()).then_some(0))?;
    let block = entry.blocks.get(index)?;
    let start = cut_up(&entry.text, block).first().map_or(block.span.start, |sentence| sentence.start);
    Some(grow(entry, index, &Sentences::new(entry).around(index), Span::new(start, start)))
}

/// The sentences of an entry, each block cut once and only where it is looked at.
struct Sentences<'a> {
    entry: &'a Entry,
    known: BTreeMap<usize, Vec<Span>>,
}

impl<'a> Sentences<'a> {
    fn new(entry: &'a Entry) -> Self {
        Self { entry, known: BTreeMap::new() }
    }

    /// The sentences of a block, with those of the blocks beside it that may be shown together with it.
    fn around(&mut self, index: usize) -> Vec<Span> {
        let first = index.saturating_sub(1);
        let last = (index + 1).min(self.entry.blocks.len().saturating_sub(1));
        let mut sentences = Vec::new();
        for other in first..=last {
            let Some(block) = self.entry.blocks.get(other).filter(|_| self.go_together(index, other)) else { continue };
            sentences.extend(self.known.entry(other).or_insert_with(|| cut_up(&self.entry.text, block)).iter());
        }
        sentences
    }

    /// Whether two blocks may stand in one passage: code only with itself, the words of others with theirs.
    fn go_together(&self, a: usize, b: usize) -> bool {
        let kind = |index: usize| self.entry.blocks.get(index).map(|block| block.kind);
        let apart = |kind| matches!(kind, Some(BlockKind::Code | BlockKind::Note));
        a == b || !apart(kind(a)) && !apart(kind(b))
    }
}

/// The sentences of a block, without the spaces around them; the lines of a preformatted one.
fn cut_up(text: &str, block: &Block) -> Vec<Span> {
    let inner = block.span.of(text);
    let pieces: Vec<(usize, &str)> = match block.kind {
        BlockKind::Code => {
            let offset = |line: &str| line.as_ptr() as usize - inner.as_ptr() as usize;
            inner.lines().map(|line| (offset(line), line)).collect()
        }
        _ => sentences(inner),
    };
    let mut sentences: Vec<Span> = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces {
        let trimmed = match block.kind {
            BlockKind::Code => piece.trim_end(),
            _ if sentences.is_empty() => behind_left_over(piece.trim()),
            _ => piece.trim(),
        };
        if trimmed.trim().is_empty() {
            continue;
        }
        let start = block.span.start + at + (trimmed.as_ptr() as usize - piece.as_ptr() as usize);
        let span = Span::new(start, start + trimmed.len());
        let span = match sentences.last_mut() {
            Some(last) if block.kind != BlockKind::Code => note_behind(text, last, span),
            _ => span,
        };
        match sentences.last_mut() {
            // "Mr. Pierce", "J. Smith": what the general rule takes for an end is none after these.
            Some(last) if block.kind != BlockKind::Code && is_abbreviation(last.of(text)) => last.end = span.end,
            _ => sentences.push(span),
        }
    }
    if block.kind == BlockKind::Code {
        return sentences;
    }
    let long = |sentence: &Span| sentence.of(text).chars().count() > WHOLE_SENTENCE;
    let clauses = |sentence: Span| if long(&sentence) { in_clauses(text, sentence) } else { vec![sentence] };
    sentences.into_iter().flat_map(clauses).collect()
}

/// The beginning of a block without what is left of a heading that was cut off: `, a day between a fast and a feast`.
fn behind_left_over(piece: &str) -> &str {
    let rest = piece.trim_start_matches([',', ';', ':', '.', ')', ']', '—', '–']);
    if rest.starts_with(char::is_whitespace) { rest.trim_start() } else { piece }
}

/// A piece without the mark of a note that belongs to the one before: the general rule ends a sentence within `so.[12] Then`,
/// after the bracket. Any other bracket that was left there is opened by the piece.
fn note_behind(text: &str, before: &mut Span, piece: Span) -> Span {
    let closed = before.of(text).trim_end_matches(|c| OPENING.contains(c)).len();
    if closed == 0 || closed == before.len() {
        return piece;
    }
    let opened = Span::new(before.start + closed, piece.end);
    let number = opened.of(text).strip_prefix('[').map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let behind = number.and_then(|rest| rest.strip_prefix(']')).map(str::trim_start).filter(|rest| !rest.is_empty());
    let start = behind.map_or(opened.start, |rest| opened.end - rest.len());
    before.end = before.start + text[before.start..start].trim_end().len();
    Span::new(start, piece.end)
}

/// The clauses of a sentence: what ends in a semicolon, a colon or a dash, with the space behind it left out.
fn in_clauses(text: &str, sentence: Span) -> Vec<Span> {
    let mut clauses = Vec::new();
    let mut start = sentence.start;
    for (at, mark) in sentence.of(text).match_indices([';', ':', '；', '：', '—']) {
        let end = sentence.start + at + mark.len();
        let rest = &text[end..sentence.end];
        if !mark.is_ascii() || rest.starts_with(char::is_whitespace) {
            clauses.push(Span::new(start, end));
            start = end + (rest.len() - rest.trim_start().len());
        }
    }
    if start < sentence.end {
        clauses.push(Span::new(start, sentence.end));
    }
    clauses
}

/// Whether a piece ends in a word that takes a full stop without ending a sentence.
fn is_abbreviation(piece: &str) -> bool {
    const SHORT: [&str; 18] = [
        "Mr", "Mrs", "Ms", "Dr", "St", "Sr", "Jr", "Capt", "Col", "Gen", "Lt", "Sir W", "No", "vs", "ie", "eg", "i.e",
        "e.g",
    ];
    let Some(before) = piece.strip_suffix('.') else { return false };
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    initial || SHORT.contains(&word)
}

/// The sentences around a place that fill a passage; inside a long sentence, the words around it.
fn grow(entry: &Entry, index: usize, sentences: &[Span], place: Span) -> Candidate {
    let text = &entry.text;
    let length = |span: Span| span.of(text).chars().count();
    let first = sentences.iter().rposition(|sentence| sentence.start <= place.start).unwrap_or(0);
    let last = sentences.iter().position(|sentence| sentence.end >= place.end).unwrap_or(sentences.len().max(1) - 1);
    let (Some(start), Some(end)) = (sentences.get(first), sentences.get(last.max(first))) else {
        return Candidate { block: index, span: place, cut_before: true, cut_after: true };
    };
    let mut span = Span::new(start.start.min(place.start), end.end.max(place.end));
    if length(span) > WHOLE_SENTENCE {
        return cut(text, index, span, place);
    }
    let (mut first, mut last) = (first, last.max(first));
    loop {
        // The sentence after tells more than the one before.
        let after = sentences.get(last + 1).map(|next| Span::new(span.start, next.end));
        if let Some(longer) = after.filter(|longer| length(*longer) <= CHOSEN_CHARACTERS) {
            (span, last) = (longer, last + 1);
            continue;
        }
        let before = first.checked_sub(1).map(|before| Span::new(sentences[before].start, span.end));
        if let Some(longer) = before.filter(|longer| length(*longer) <= CHOSEN_CHARACTERS) {
            (span, first) = (longer, first - 1);
            continue;
        }
        break;
    }
    if let Some(next) = sentences.get(last + 1).filter(|_| length(span) < CHOSEN_CHARACTERS / 2) {
        // A short sentence before a long one says little: the beginning of that one belongs to it.
        let spare = CHOSEN_CHARACTERS - length(span);
        span.end = words_of(text, Span::new(span.end, next.end), spare);
    }
    let holder = |at: usize| entry.blocks.iter().find(|block| block.span.start <= at && at <= block.span.end);
    let is_more = |from: usize, to: usize| Span::new(from, to).of(text).contains(char::is_alphanumeric);
    Candidate {
        block: index,
        cut_before: holder(span.start).is_some_and(|block| is_more(block.span.start, span.start)),
        cut_after: holder(span.end).is_some_and(|block| is_more(span.end, block.span.end)),
        span,
    }
}

/// The end of the last whole word among the first `most` characters of a stretch; its start where no word fits.
fn words_of(text: &str, stretch: Span, most: usize) -> usize {
    let inner = stretch.of(text);
    let Some((at, _)) = inner.char_indices().nth(most) else { return stretch.end };
    let ends = inner.split_word_bound_indices().filter(|(_, word)| word.chars().any(char::is_alphanumeric));
    let ends =
        ends.map(|(offset, word)| stretch.start + offset + word.len()).take_while(|end| *end <= stretch.start + at);
    ends.filter(|end| !is_within_compound(text, *end)).last().unwrap_or(stretch.start)
}

/// Whether a hyphen or apostrophe at this place, before or behind it, holds a word together: `proof-sheets`, `king’s`.
fn is_within_compound(text: &str, at: usize) -> bool {
    let joins = |c: char| matches!(c, '-' | '\'' | '’' | '\u{2010}' | '\u{2011}' | '\u{ad}');
    let (before, behind) = text.split_at(at);
    let ends_in = |text: &str| text.ends_with(char::is_alphanumeric);
    let begins_with = |text: &str| text.starts_with(char::is_alphanumeric);
    before.strip_suffix(joins).is_some_and(ends_in) && begins_with(behind)
        || ends_in(before) && behind.strip_prefix(joins).is_some_and(begins_with)
}

/// The words of a long clause around a place: as many before it as behind, where there are as many, and from one comma to
/// another, where there are such near by.
fn cut(text: &str, index: usize, clause: Span, place: Span) -> Candidate {
    let length = |span: Span| span.of(text).chars().count();
    let spare = CHOSEN_CHARACTERS.saturating_sub(length(place));
    let before = Span::new(clause.start, place.start).of(text);
    let behind = length(Span::new(place.end, clause.end));
    let most_before = (spare / 2).max(spare.saturating_sub(behind));
    let mut start = clause.start;
    if let Some((at, _)) = before.char_indices().rev().nth(most_before) {
        // To the next beginning of a word; in a script without spaces, of a character.
        let words = before[at..].split_word_bound_indices().skip(1);
        let opens = |word: &str| word.starts_with(|c: char| c.is_alphanumeric() || OPENING.contains(c));
        let starts = words.filter(|(_, word)| opens(word)).map(|(offset, _)| clause.start + at + offset);
        let mut starts = starts.filter(|start| !is_within_compound(text, *start)).peekable();
        let first = starts.peek().copied().unwrap_or(place.start);
        let mut near = starts.take_while(|start| start - first <= NEAR_BY);
        start = near.find(|start| text[..*start].trim_end().ends_with(PAUSES)).unwrap_or(first);
    }
    let mut end =
        words_of(text, Span::new(place.end, clause.end), spare - length(Span::new(start, place.start)).min(spare));
    if end < clause.end
        && !text[end..].starts_with(PAUSES)
        && let Some(pause) = text[place.end..end].rfind(PAUSES).map(|at| place.end + at)
        && end - pause <= NEAR_BY
    {
        end = pause;
    }
    if start == end {
        // A word longer than a passage: as much of it as there is room for.
        let room = Span::new(start, clause.end).of(text).grapheme_indices(true).nth(CHOSEN_CHARACTERS);
        end = room.map_or(clause.end, |(at, _)| start + at);
    }
    Candidate {
        block: index,
        span: Span::new(start, end),
        cut_before: start > clause.start,
        cut_after: end < clause.end,
    }
}

/// What parts of a sentence end in.
const PAUSES: [char; 3] = [',', '、', '，'];

/// So many bytes are given up for a passage that begins or ends with a part of its sentence.
const NEAR_BY: usize = 50;

/// What may open a passage before its first word.
const OPENING: &str = "“‘«(「『[{";

fn passage(entry: &Entry, candidate: &Candidate, found: &[Found]) -> Passage {
    let start = candidate.span.start;
    let text = candidate.span.of(&entry.text).to_owned();
    let places = inside(candidate, found).map(|place| Span::new(place.span.start - start, place.span.end - start));
    Passage {
        preformatted: entry.blocks.get(candidate.block).is_some_and(|block| block.kind == BlockKind::Code),
        span: candidate.span,
        cut_before: candidate.cut_before,
        cut_after: candidate.cut_after,
        marks: marks(&text, places),
        text,
    }
}

/// Places of a text as marks: in order and apart from one another.
pub fn marks(text: &str, places: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut places: Vec<Span> = places.collect();
    places.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut marks: Vec<Span> = Vec::new();
    for mark in places {
        match marks.last_mut().filter(|last| mark.start < last.end) {
            Some(last) => last.end = last.end.max(mark.end),
            None => marks.push(mark),
        }
    }
    marks.into_iter().map(|mark| to_graphemes(text, mark)).collect()
}

/// The mark with the characters whole that it ends in the midst of.
fn to_graphemes(text: &str, mark: Span) -> Span {
    let rest = &text[mark.end..];
    let more = rest.chars().take_while(|c| is_continuation(*c)).map(char::len_utf8).sum::<usize>();
    Span::new(mark.start, mark.end + more)
}

fn is_continuation(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{20d0}'..='\u{20ff}')
}
