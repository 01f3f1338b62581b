//! Choosing the pieces of a text that show best what was found in it.

use super::Found;
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
/// The first chosen has the most different things; each further one adds something that no other shows, or else the next
/// most. Where nothing was found it is the entry's beginning. Everything is cut at sentences, long sentences at words.
pub fn choose(entry: &Entry, found: &[Found], most: usize) -> (Vec<Passage>, usize) {
    if most == 0 {
        return (Vec::new(), found.len());
    }
    let mut rest = candidates(entry, found);
    let mut chosen: Vec<Candidate> = Vec::new();
    let mut shown: BTreeSet<usize> = BTreeSet::new();
    while chosen.len() < most {
        let best = rest.iter().enumerate().max_by_key(|(place, candidate)| {
            (worth(candidate, found, &shown), std::cmp::Reverse(*place))
        });
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

/// What a candidate adds: new things first, then closeness, then how many places.
fn worth(candidate: &Candidate, found: &[Found], shown: &BTreeSet<usize>) -> (usize, usize, usize) {
    let mut closest: BTreeMap<usize, usize> = BTreeMap::new();
    let mut places = 0;
    for place in inside(candidate, found) {
        places += 1;
        let best = closest.entry(place.what).or_default();
        *best = (*best).max(usize::from(place.closeness));
    }
    let new = closest.keys().filter(|what| !shown.contains(what)).count();
    (new, closest.values().sum(), places)
}

fn inside<'a>(candidate: &'a Candidate, found: &'a [Found]) -> impl Iterator<Item = &'a Found> {
    found.iter().filter(|place| candidate.span.contains(place.span))
}

/// One candidate for each place found: its sentence, grown by its neighbours to the wanted length.
fn candidates(entry: &Entry, found: &[Found]) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for (index, block) in entry.blocks.iter().enumerate() {
        let places: Vec<Span> = found.iter().map(|f| f.span).filter(|span| block.span.contains(*span)).collect();
        if places.is_empty() {
            continue;
        }
        let sentences = sentences(&entry.text, block);
        for place in places {
            // Growing from each sentence once is enough.
            let known = |candidate: &Candidate| candidate.block == index && candidate.span.contains(place);
            if !candidates.iter().rev().take(3).any(known) {
                candidates.push(grow(&entry.text, index, block, &sentences, place));
            }
        }
    }
    candidates
}

/// The first sentences of an entry.
fn beginning(entry: &Entry) -> Option<Candidate> {
    let own = |block: &&Block| !matches!(block.kind, BlockKind::Note | BlockKind::Heading);
    let block = entry.blocks.iter().find(own).or(entry.blocks.first())?;
    let index = entry.blocks.iter().position(|other| other.span == block.span)?;
    let start = block.span.start;
    Some(grow(&entry.text, index, block, &sentences(&entry.text, block), Span::new(start, start)))
}

/// The sentences of a block, without the spaces around them; the lines of a preformatted one.
fn sentences(text: &str, block: &Block) -> Vec<Span> {
    let inner = block.span.of(text);
    let pieces: Vec<(usize, &str)> = match block.kind {
        BlockKind::Code => {
            let offset = |line: &str| line.as_ptr() as usize - inner.as_ptr() as usize;
            inner.lines().map(|line| (offset(line), line)).collect()
        }
        _ => inner.split_sentence_bound_indices().collect(),
    };
    let mut sentences: Vec<Span> = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces {
        let trimmed = match block.kind {
            BlockKind::Code => piece.trim_end(),
            _ => piece.trim(),
        };
        if trimmed.trim().is_empty() {
            continue;
        }
        let start = block.span.start + at + (trimmed.as_ptr() as usize - piece.as_ptr() as usize);
        let span = Span::new(start, start + trimmed.len());
        match sentences.last_mut() {
            // "Mr. Pierce", "J. Smith": what the general rule takes for an end is none after these.
            Some(last) if block.kind != BlockKind::Code && is_abbreviation(last.of(text)) => last.end = span.end,
            _ => sentences.push(span),
        }
    }
    sentences
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
fn grow(text: &str, index: usize, block: &Block, sentences: &[Span], place: Span) -> Candidate {
    let length = |span: Span| span.of(text).chars().count();
    let first = sentences.iter().rposition(|sentence| sentence.start <= place.start).unwrap_or(0);
    let last = sentences.iter().position(|sentence| sentence.end >= place.end).unwrap_or(sentences.len().max(1) - 1);
    let (Some(start), Some(end)) = (sentences.get(first), sentences.get(last.max(first))) else {
        return Candidate { block: index, span: block.span, cut_before: false, cut_after: false };
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
    Candidate { block: index, span, cut_before: first > 0, cut_after: last + 1 < sentences.len() }
}

/// The words of a long sentence around a place.
fn cut(text: &str, index: usize, sentence: Span, place: Span) -> Candidate {
    let spare = CHOSEN_CHARACTERS.saturating_sub(place.of(text).chars().count()) / 2;
    let mut start = sentence.start;
    let before = Span::new(sentence.start, place.start).of(text);
    if let Some((at, _)) = before.char_indices().rev().nth(spare) {
        // To the next beginning of a word; in a script without spaces, of a character.
        let words = before[at..].split_word_bound_indices().skip(1);
        let next = words.map(|(offset, word)| (at + offset, word)).find(|(_, word)| !word.trim().is_empty());
        start = sentence.start + next.map_or(before.len(), |(at, _)| at);
    }
    let mut end = sentence.end;
    let after = Span::new(place.end, sentence.end).of(text);
    if let Some((at, _)) = after.char_indices().nth(spare) {
        let whole = after.split_word_bound_indices().take_while(|(offset, word)| offset + word.len() <= at);
        let last = whole.filter(|(_, word)| !word.trim().is_empty()).last();
        end = place.end + last.map_or(0, |(offset, word)| offset + word.len());
    }
    Candidate {
        block: index,
        span: Span::new(start, end),
        cut_before: start > sentence.start,
        cut_after: end < sentence.end,
    }
}

fn passage(entry: &Entry, candidate: &Candidate, found: &[Found]) -> Passage {
    let mut marks: Vec<Span> = Vec::new();
    let mut places: Vec<Span> = inside(candidate, found).map(|place| place.span).collect();
    places.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    for place in places {
        let mark = Span::new(place.start - candidate.span.start, place.end - candidate.span.start);
        match marks.last_mut().filter(|last| mark.start < last.end) {
            Some(last) => last.end = last.end.max(mark.end),
            None => marks.push(mark),
        }
    }
    let text = candidate.span.of(&entry.text).to_owned();
    let marks = marks.into_iter().map(|mark| to_graphemes(&text, mark)).collect();
    Passage {
        preformatted: entry.blocks.get(candidate.block).is_some_and(|block| block.kind == BlockKind::Code),
        span: candidate.span,
        cut_before: candidate.cut_before,
        cut_after: candidate.cut_after,
        marks,
        text,
    }
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
