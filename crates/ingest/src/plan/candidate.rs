//! Candidates: which blocks of a page may name an entry, and where in them the date stands.

use super::beside::{
    LONGEST_PLACE, bracketed_day, bracketed_place, day_at_end, dressed_weekday, is_posted, place_and_day, place_before,
    place_column, placed_day, placed_line, titled_day, weekday_and_part,
};
use super::style::{Shape, Style};
use crate::date::clock::{part_of_day, time_of_day};
use crate::date::{Parts, Written, scan};
use crate::document::{Block, Dress};
use diary::Link;

/// A block that may name an entry.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) block: usize,
    pub(crate) style: Style,
    pub(crate) written: Written,
    /// The machine-readable date on the same words.
    pub(crate) stamp: Option<Parts>,
    /// The byte of the block's text where the heading's date, with its marks, is over.
    pub(crate) rest: usize,
}

/// The words of a heading longer than this are a paragraph.
const LONGEST_HEADING: usize = 160;

/// The candidate that a block is, by the date that it begins with or has in it.
pub(crate) fn candidate(index: usize, block: &Block) -> Option<Candidate> {
    let text = &block.text;
    // A link of Gemini's.
    if text.starts_with("=>") {
        return None;
    }
    let found = opening_date(block);
    if found.is_none()
        && let Some(candidate) = by_properties(index, block)
    {
        return Some(candidate);
    }
    let (written, within) = found.map(|written| (written, false)).or_else(|| placed_date(block))?;
    by_date(index, block, written, within)
}

/// The candidate that a block is by the date that it begins with.
pub(crate) fn candidate_of(index: usize, block: &Block, written: Written) -> Option<Candidate> {
    by_date(index, block, written, false)
}

/// The candidate that a block is by a date in it, at its beginning or within.
fn by_date(index: usize, block: &Block, written: Written, within: bool) -> Option<Candidate> {
    let text = &block.text;
    let dating = Dating::new(block, written, within);
    // What a date is part of may be one that only its element tells: "6.–8. März".
    let Some(shape) = dating.settled_shape() else {
        // What follows the element is text.
        let behind = |candidate: Candidate| Candidate { rest: candidate.written.span.end, ..candidate };
        return by_properties(index, block).map(behind);
    };
    let Dating { written, rest, .. } = dating;
    let dated = &text[..written.span.end];
    let stamp = block.stamps.iter().find(|(span, _)| span.start <= written.span.start + 2).map(|(_, parts)| *parts);
    let style = Style {
        dress: block.dress,
        shape,
        quoted: shape != Shape::Within && is_quoted(text, written.span),
        underscored: dated.contains('_') || dated.starts_with('*'),
        indented: block.indented,
        inner: block.glued && !matches!(shape, Shape::Alone | Shape::Numbered),
    };
    Some(Candidate { block: index, style, written, stamp, rest })
}

/// The date that a block begins with.
fn opening_date(block: &Block) -> Option<Written> {
    let text = &block.text;
    let found = scan::scan(text).filter(|written| written.names_entry() || opens_month(block, written))?;
    // Where the dress ends, the date ends: "**Sat 1 Mar 97** Rain".
    let dressed = text.get(..block.lead).filter(|lead| is_dressed(block) && lead.len() < text.len());
    let in_dress = dressed.and_then(scan::scan).filter(|lead| lead.first.is_whole() && !found.first.is_whole());
    Some(in_dress.unwrap_or(found))
}

/// The candidate that a block is whose words begin with no date, but whose properties or elements have one.
fn by_properties(index: usize, block: &Block) -> Option<Candidate> {
    if let Some(made) = block.made {
        let written = Written { first: made, ..Written::default() };
        let shape = if is_headed(block) { Shape::Alone } else { Shape::Opening };
        let style = Style::plain(block.dress, shape);
        return Some(Candidate { block: index, style, written, stamp: None, rest: 0 });
    }
    // "Posted on May 3rd": the element says where the date is.
    let (span, parts) = block.stamps.iter().find(|(_, parts)| is_short(block) && parts.is_whole())?;
    let shown = scan::scan(span.of(&block.text)).filter(|written| written.names_day());
    let written = Written { span: *span, ..shown.unwrap_or_else(|| Written { first: *parts, ..Written::default() }) };
    let style = Style::plain(Dress::Time, Shape::Alone);
    Some(Candidate { block: index, style, written, stamp: Some(*parts), rest: block.text.len() })
}

/// The date behind a place or other words, and whether it stands within them rather than at their beginning.
fn placed_date(block: &Block) -> Option<(Written, bool)> {
    let text = &block.text;
    let (headed, short) = (is_headed(block), is_short(block));
    let at_start = |written| (written, false);
    let within = |written| (written, true);
    if let Some(written) = dressed_place(block).filter(|_| short) {
        return Some(at_start(written));
    }
    if headed && short || is_posted(text) {
        let ends = || place_and_day(text).or_else(|| day_at_end(text)).filter(|_| headed);
        return scan::scan_within(text).or_else(ends).map(within);
    }
    let behind = || bracketed_place(text).or_else(|| place_before(text)).or_else(|| place_column(text));
    let inside = || placed_line(text).or_else(|| bracketed_day(text)).or_else(|| titled_day(text));
    behind().or_else(|| dressed_place(block)).map(at_start).or_else(|| inside().map(within))
}

/// Whether a block is dressed as a heading.
fn is_headed(block: &Block) -> bool {
    matches!(
        block.dress,
        Dress::Heading(_) | Dress::Ruled | Dress::Outline(_) | Dress::Dateline | Dress::Bold | Dress::Term
    )
}

/// Whether a block begins in bold or italics.
fn is_dressed(block: &Block) -> bool {
    matches!(block.dress, Dress::Bold | Dress::Italic)
}

fn is_short(block: &Block) -> bool {
    block.text.len() <= LONGEST_HEADING
}

/// A date in a block, and what stands around it.
struct Dating<'b> {
    block: &'b Block,
    written: Written,
    /// Where it is over, with its marks.
    rest: usize,
    /// The words behind it.
    left: &'b str,
    /// The bold or italics that it stands in end with it, before the text.
    opens: bool,
    shape: Shape,
}

impl<'b> Dating<'b> {
    fn new(block: &'b Block, written: Written, within: bool) -> Self {
        let text = &block.text;
        let (rest, closed) = match emphasised_place(block, written.span) {
            Some(end) => (after_date(text, end).0, true),
            None => after_date(text, written.span.end),
        };
        let left = text[rest..].trim_matches(|c: char| !c.is_alphanumeric());
        let told = text.get(block.lead..).is_some_and(|after| after.contains(char::is_alphanumeric));
        let opens = is_dressed(block) && block.lead > 0 && told && written.span.end <= block.lead + 1;
        let titled = is_headed(block) && is_short(block) && !text.contains('\n');
        let shape = match () {
            () if within => Shape::Within,
            () if left.is_empty() => Shape::Alone,
            // A bold word or two before the text is closed off by its dress.
            () if opens => Shape::Opening,
            () if titled && (block.dress != Dress::Bold || left.len() <= 60) => Shape::Alone,
            () if block.dress == Dress::Time || closed => Shape::Opening,
            () => Shape::Loose,
        };
        Self { block, written, rest, left, opens, shape }
    }

    /// Its shape, unless it heads nothing.
    fn settled_shape(&self) -> Option<Shape> {
        let Self { block, written, left, .. } = self;
        let plain = matches!(block.dress, Dress::Plain | Dress::Italic | Dress::Cell | Dress::Item);
        // "4.30 p.m."
        let is_clock = || time_of_day(&block.text[written.span.start..]).is_some();
        let shape = match self.is_bare() {
            true if is_clock() => return None,
            true => self.shape_of_number(plain)?,
            false => self.shape,
        };
        // "Next day" begins many a sentence.
        let sentence = written.days_on.is_some() && !left.is_empty();
        // A feast alone names a day only when nothing else stands beside it.
        let feast =
            written.first.day.is_none() && shape != Shape::Alone && block.stamps.is_empty() && !written.is_month();
        (!sentence && !feast && !is_listed(block, written, plain)).then_some(shape)
    }

    /// Whether it is the number of a day and no more.
    fn is_bare(&self) -> bool {
        let Self { block, written, rest, .. } = self;
        // "On Tuesday 5 people came" is a sentence.
        let counted = block.text[..written.span.start].trim().eq_ignore_ascii_case("on")
            && !written.ordinal
            && block.text[*rest..].starts_with(char::is_lowercase);
        written.first.month.is_none() && written.feast.is_none() && (written.weekday.is_none() || counted)
    }

    /// The shape of a bare number, which is a day only where it is dressed as one, or counts the days of a month.
    fn shape_of_number(&self, plain: bool) -> Option<Shape> {
        let Self { block, written, left, shape, .. } = self;
        let text = &block.text;
        let kanji = text[written.span.start..written.span.end].ends_with('日');
        // `<td>3</td><td>Rain.</td>`
        if block.dress == Dress::Cell && left.is_empty() && !kanji {
            return Some(Shape::Numbered);
        }
        if (plain || self.opens) && !(written.ordinal || kanji) && *shape != Shape::Alone {
            let after = text[written.span.end..].trim_start_matches(['_', '*']);
            let marked = after.starts_with(['.', ':', ')', ' ', '\t', '—', '–']);
            // "El 9, como á las once": the article says that it is a day.
            let led = plain && text[..written.span.start].trim_matches(|c: char| !c.is_alphabetic()).len() >= 2;
            let in_cell = matches!(block.dress, Dress::Cell | Dress::Item);
            let is_day = *shape == Shape::Opening && marked || led && left.len() > LONGEST_HEADING;
            return (is_day && !in_cell).then_some(Shape::Numbered);
        }
        // "9th They lost a man": without a mark, only where it counts on.
        let after = &text[written.span.end..];
        let runs_on =
            *shape == Shape::Loose && written.ordinal && block.dress == Dress::Plain && written.span.start == 0;
        if runs_on && after.strip_prefix(' ').is_some_and(|after| after.starts_with(char::is_uppercase)) {
            return Some(Shape::Numbered);
        }
        let loose = *shape == Shape::Loose || matches!(block.dress, Dress::Cell | Dress::Item);
        // "2) Leveraging data": headings are numbered too.
        let heads = written.ordinal || kanji || left.is_empty() || matches!(block.dress, Dress::Outline(_));
        ((kanji || !loose) && heads).then_some(*shape)
    }
}

/// Whether a date is one of a list of links to entries, which is no list of entries.
fn is_listed(block: &Block, written: &Written, plain: bool) -> bool {
    let text = &block.text;
    let listed = text.strip_prefix(['-', '*', '+']).is_some_and(|item| item.trim_start().starts_with("[["));
    let within = |link: &Link| link.span.start <= written.span.start + 1 && written.span.end <= link.span.end + 1;
    let cell = matches!(block.dress, Dress::Item | Dress::Cell);
    let all = || plain && block.unit == 0 && block.linked() * 10 >= text.len() * 9;
    listed && text.ends_with("]]") || block.links.iter().any(within) && (cell || all())
}

/// Whether a paragraph opens with a month, set off from its text by dress and a dash: `_Août 1852_.--Je trouve`.
fn opens_month(block: &Block, written: &Written) -> bool {
    let (start, end) = (written.span.start, written.span.end);
    let dressed = match block.dress {
        Dress::Bold | Dress::Italic => block.lead > 0 && end <= block.lead + 1,
        _ => block.text[..start].ends_with('_') && block.text[end..].starts_with(['_', '.']),
    };
    let after = block.text[end..].trim_start_matches(['_', '.', ' ']);
    written.is_month() && dressed && (after.starts_with("--") || after.starts_with(['—', '–']))
}

/// A block that is a weekday and nothing else, or opens with one and a mark.
pub(crate) fn bare_weekday(index: usize, block: &Block) -> Option<Candidate> {
    if matches!(block.dress, Dress::Cell | Dress::Item) {
        return None;
    }
    let text = &block.text;
    let start = text.find(char::is_alphanumeric)?;
    let alone = scan::weekday_alone(text).map(|weekday| (weekday, false));
    let alone =
        alone.or_else(|| weekday_and_part(text)).map(|(weekday, part)| (weekday, part, text.len(), Shape::Alone));
    let dressed = || {
        let (weekday, end, part) = dressed_weekday(block)?;
        Some((weekday, part, after_date(text, end).0, Shape::Opening))
    };
    let opening = || scan::weekday_opening(text).map(|(weekday, rest)| (weekday, false, rest, Shape::Opening));
    let (weekday, part_of_day, rest, shape) = alone.or_else(dressed).or_else(opening)?;
    let end = text[..rest].trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let span = diary::Span::new(start, end);
    let written = Written { weekday: Some(weekday), part_of_day, span, ..Written::default() };
    let underscored = text[..start].contains(['_', '*']);
    let style = Style { underscored, indented: block.indented, ..Style::plain(block.dress, shape) };
    Some(Candidate { block: index, style, written, stamp: None, rest })
}

/// Whether a date stands at the beginning of a quotation that goes on after it.
fn is_quoted(text: &str, date: diary::Span) -> bool {
    let opens = text[..date.start].contains(['"', '“', '„', '«', '‟']);
    let after: String = text[date.end..].chars().take(6).collect();
    opens && !after.contains(['"', '”', '“', '»'])
}

/// The date that bold or italic words in front of a text end with, behind a place: `Havana, May 1, 1912, 4:20 A. M.`
fn dressed_place(block: &Block) -> Option<Written> {
    let dressed = matches!(block.dress, Dress::Bold | Dress::Italic) && block.lead < block.text.len();
    let lead = block.text.get(..block.lead).filter(|lead| dressed && lead.len() <= LONGEST_HEADING / 2)?;
    let placed = scan::scan_within(lead).or_else(|| place_and_day(lead));
    let ends = placed.filter(|written| after_date(lead, written.span.end).0 == lead.len());
    ends.or_else(|| placed_day(lead).filter(|written| emphasised_place(block, written.span).is_some()))
}

/// Where a place behind a date is over, which the dress of both says: `_3 May. Bistritz._--Left Munich`.
fn emphasised_place(block: &Block, date: diary::Span) -> Option<usize> {
    let text = &block.text;
    let place = text[date.end..].strip_prefix(['.', ','])?;
    let start = text.len() - place.len();
    let opened =
        (text[..date.start].matches('_').count() % 2 == 1).then(|| place.find('_')).flatten().map(|end| start + end);
    let end = opened.or_else(|| Some(block.lead).filter(|end| block.dress == Dress::Italic && *end > start))?;
    let named = text.get(start..end)?.trim();
    let short = named.len() <= LONGEST_PLACE && named.starts_with(char::is_uppercase);
    let parted = text[end..].trim_start_matches(['_', '.', ']', ' ']).starts_with(['-', '—', '–']);
    (short && parted).then_some(end)
}

/// Where a heading's date, with its closing marks and time of day, is over; and whether a mark closes it off.
fn after_date(text: &str, end: usize) -> (usize, bool) {
    const CLOSING: &[char] = &['_', '*', ')', ']', '}', '"', '”', '’', '»', '）', '］', '〕', '<', '>'];
    const MARKS: &[char] = &[
        '.', ':', ';', '—', '–', '-', '―', '|', '»', '(', '[', '（', '［', '。', '、', '，', '　', '\t', '\n', '~',
        '・', '=',
    ];
    let mut at = end;
    let mut closed = false;
    let mut stops = 0;
    loop {
        let rest = &text[at..];
        if let Some(time) = time_of_day(rest) {
            at += time;
            continue;
        }
        // A reminder of remind.
        if let Some(message) = rest.trim_start().strip_prefix("MSG ") {
            return (text.len() - message.len(), true);
        }
        let Some(c) = rest.chars().next() else { return (text.len(), closed || stops == 0) };
        let dressed = matches!(c, '_' | '*') && text[..at].ends_with(['-', '—', '–']) || c == '"';
        let opens_text = matches!(c, '(' | '[' | '（' | '［')
            // "--_Immediate_ is", "Oct 22. "What"
            || dressed && rest[1..].starts_with(char::is_alphanumeric) && text[..at].matches(c).count() % 2 == 0;
        if !opens_text && (CLOSING.contains(&c) || MARKS.contains(&c)) {
            closed |= MARKS.contains(&c) || matches!(c, ')' | ']' | '）' | '］' | '}');
            stops += 1;
        } else if opens_text {
            return (at, true);
        } else if c == ',' {
            // ",--Another fine morning": a slip for a stop.
            let after = rest[1..].trim_start_matches(['_', '*', ']', ' ']);
            // "Lundi 5 septembre, midi."
            if let Some(part) = part_of_day(after)
                .filter(|part| after[*part..].is_empty() || after[*part..].starts_with(['.', ':', '-', '—', '\n']))
            {
                at = text.len() - after.len() + part;
                continue;
            }
            if !after.starts_with(['-', '—', '–', '[', '_']) {
                return (at, closed);
            }
        } else if c.is_whitespace() {
            closed |= rest.starts_with("  ");
        } else {
            return (at, closed);
        }
        at += c.len_utf8();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use diary::BlockKind;

    /// A line of plain text, its style and what is left of it after the date.
    fn check(line: &str, style: &str, rest: &str) {
        let block = Block::new(line, BlockKind::Paragraph, 1);
        let found = candidate(0, &block).map(|c| (c.style.to_string(), line[c.rest..].to_owned()));
        assert_eq!(found.unwrap_or(("none".to_owned(), String::new())), (style.to_owned(), rest.to_owned()), "{line}");
    }

    #[test]
    fn styles_of_lines() {
        check("Friday December 19 2003", "line", "");
        check("7 Apr 2004  »", "line", "");
        check("_November_ 21.--I am enamoured of it", "opening, underscored", "I am enamoured of it");
        check("_March 29, 30._--", "line, underscored", "");
        check("_May_ 3,--Another fine morning.", "opening, underscored", "Another fine morning.");
        check("2nd. In the morning before I went", "opening", "In the morning before I went");
        check("29th (Lord's day). Up", "opening", "Up");
        check("3 eggs for breakfast", "none", "");
        check("May 5 was good", "loose opening", "was good");
        check("九月九日　晴、八代町", "opening", "晴、八代町");
        check("[_Edinburgh, November_ 20, 1825._]--I have all my life", "opening, underscored", "I have all my life");
        check("30th June 2004 06.45 BST", "line", "");
        check("Le 17/09/2005 à 22h10", "line", "");
    }
}
