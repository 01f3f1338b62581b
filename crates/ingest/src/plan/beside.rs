//! What may stand before a date on its line: places, and who wrote.

use crate::date::clock::{part_of_day, time_of_day};
use crate::date::{Written, names, scan};
use crate::document::{Block, Dress};
use diary::Weekday;

/// The name of a place behind a date is no longer, in bytes.
pub(super) const LONGEST_PLACE: usize = 60;

/// A weekday and the part of its day are no longer, in bytes.
const LONGEST_WEEKDAY: usize = 40;

/// `Paris, le 3 mai 1890.`, `Trettondagen, 6 januari`: a line of a place or feast, and a day with its month.
pub(crate) fn placed_line(text: &str) -> Option<Written> {
    let opens = text.trim_start_matches(['~', '_', '=', '*']);
    if text.len() > 80 || !opens.starts_with(|c: char| c.is_uppercase() || c == '(') {
        return None;
    }
    let commas = text.match_indices(',').map(|(at, _)| at + 1).filter(|start| *start <= 40).take(3);
    commas.filter(|start| text[..*start].split_whitespace().count() <= 5).find_map(|start| {
        let mut written = scan::scan(&text[start..]).filter(|w| w.first.day.is_some() && w.first.month.is_some())?;
        written.span = written.span.shifted(start);
        let after = without_note(&text[written.span.end..]);
        after.chars().all(|c| !c.is_alphanumeric()).then_some(written)
    })
}

/// `In camp near Yorktown (March 4th, 1862).`, `D+1 (7 June 1944)`, `Dream 14 (3.2.98): The stairs`: a place or the like, and
/// a whole date in brackets, perhaps with a title behind a colon.
pub(crate) fn bracketed_day(text: &str) -> Option<Written> {
    let titled = || text.find("): ").filter(|_| text.len() <= 80 && !text.contains('\n')).map(|end| &text[..end]);
    let inside = text.trim_end_matches(['.', ':']).strip_suffix(')').or_else(titled)?;
    let start = inside.rfind('(')? + 1;
    let names = (3..=60).contains(&start) && text.starts_with(char::is_uppercase);
    let mut written = scan::scan(&inside[start..]).filter(|written| written.first.is_whole())?;
    let all = start + written.span.end == inside.len();
    written.span = written.span.shifted(start);
    (names && all && !text[..start].contains(['.', ';', ':'])).then_some(written)
}

/// A text without the mark of a footnote or the number of a page at its end: `[1]`, `{p.012}`.
fn without_note(text: &str) -> &str {
    let marked = text.trim_end().strip_suffix([']', '}']).and_then(|text| text.rsplit_once(['[', '{']));
    marked.filter(|(_, mark)| (1..=6).contains(&mark.len())).map_or(text, |(before, _)| before)
}

/// `[_Edinburgh, November_ 20, 1825._]`: a place before a whole date, in brackets.
pub(crate) fn bracketed_place(text: &str) -> Option<Written> {
    if !text.starts_with(['[', '_', '(']) {
        return None;
    }
    let head = &text[..text.floor_char_boundary(60)];
    let comma = head.find(',')?;
    let place = head[..comma].chars().filter(|c| c.is_alphabetic()).count();
    let start = comma + 1;
    let mut written = scan::scan(&text[start..]).filter(|w| w.first.is_whole() && !w.short_year && place > 2)?;
    written.span = written.span.shifted(start);
    Some(written)
}

/// `ALBERT   29.6.16   Quiet day.`: a whole date in the column behind a place, as war diaries are kept.
pub(crate) fn place_column(text: &str) -> Option<Written> {
    let gap = text.find("  ").or_else(|| text.find('\t')).filter(|gap| (2..=30).contains(gap))?;
    let place = text[..gap].split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let start = text.len() - text[gap..].trim_start().len();
    let mut written = scan::scan(&text[start..]).filter(|written| written.first.is_whole() && place)?;
    written.span = written.span.shifted(start);
    let after = &text[written.span.end..];
    (written.span.start == start && (after.is_empty() || after.starts_with("  ") || after.starts_with('\t')))
        .then_some(written)
}

/// `Submitted by mo on Tue, 04/17/2007 - 21:33`: a line that only says who wrote, and when.
pub(crate) fn is_posted(text: &str) -> bool {
    const SAID: &[&str] = &["posted ", "submitted ", "published ", "written ", "filed "];
    let says = |word: &&str| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    // "By Ann | May 3, 2011 | 3 comments"
    let parted = says(&"by ") && text.contains(['|', '·', '•']);
    let begins = text.starts_with(['P', 'S', 'W', 'F', 'B', 'p', 's', 'w', 'f', 'b']);
    text.len() <= 120 && begins && (parted || SAID.iter().any(says))
}

/// `posted by Ann at 10:40 AM`: a line that says who wrote at which time of a day that stands above it.
pub(crate) fn is_posted_at(line: &str) -> bool {
    let timed = || line.match_indices(" at ").any(|(at, _)| time_of_day(&line[at..]).is_some());
    is_posted(line) && timed() && scan::scan_within(line).is_none()
}

/// `STREATHAM, August 23.--I have been so long away`: a place before a day, closed off from the text by a dash. Where the
/// day has its weekday, a full stop is enough: `Huntsville, Monday, April 18. Rained very heavy`; and so is the end of the
/// italics that both stand in: `_Pine Grove, May 3._ We have`.
pub(crate) fn place_before(text: &str) -> Option<Written> {
    let dressed = text.strip_prefix('_').and_then(|rest| rest.find("_ ")).map(|end| &text[..=end]);
    if let Some(written) = dressed.and_then(place_and_day) {
        return Some(written);
    }
    let written = placed_day(text)?;
    let after = &text[written.span.end..];
    let stopped = written.weekday.is_some() && after.starts_with(". ");
    // "_Third Sunday after Trinity, July 10th. At Englee._--Four": the italics end where the next place does.
    let inside = text.starts_with('_').then(|| after.find('_')).flatten().filter(|end| *end <= LONGEST_PLACE);
    let after = inside.map_or(after, |end| &after[end..]);
    let after = after.trim_start_matches(['.', ',', '_', '*', ']', ')', ' ']);
    (stopped || after.starts_with("--") || after.starts_with(['—', '–'])).then_some(written)
}

/// `Karlsbad, den 3. September, abends`: a place and a day, and nothing else but a part of it.
pub(crate) fn place_and_day(text: &str) -> Option<Written> {
    placed_day(text).filter(|written| {
        let after = text[written.span.end..].trim_matches(|c: char| !c.is_alphanumeric());
        after.is_empty() || part_of_day(after) == Some(after.len())
    })
}

/// `Day 3: Porto to Vigo – Tuesday 7th May`, `Rain (7 May)`: a heading that ends with a day and its month, set off.
pub(crate) fn day_at_end(text: &str) -> Option<Written> {
    const MARKS: [&str; 8] = [" – ", " — ", " - ", " | ", " · ", ": ", ", ", "("];
    let mut starts: Vec<usize> =
        MARKS.iter().flat_map(|mark| text.match_indices(mark).map(|(at, _)| at + mark.len())).collect();
    starts.sort_unstable();
    starts.into_iter().find_map(|start| {
        let mut written = scan::scan(&text[start..]).filter(|w| w.first.day.is_some() && w.first.month.is_some())?;
        written.span = written.span.shifted(start);
        text[written.span.end..].chars().all(|c| !c.is_alphanumeric()).then_some(written)
    })
}

/// `Soup again — January 5, 2013`, `Lockdown day 45 - Sat 5 Jan`: a title on a line of its own, and a day set off from it.
pub(crate) fn titled_day(text: &str) -> Option<Written> {
    let opens = text.len() <= 80 && text.starts_with(char::is_uppercase) && !text.contains('\n');
    let written = if opens { day_at_end(text) } else { None }?;
    let title = text[..written.span.start].trim_end();
    let set_off = title.ends_with(['-', '–', '—', '|', '·']) && !title.contains(['.', ';', '!', '?', ':', '"', '“']);
    let told = written.first.is_whole() && !written.short_year || written.weekday.is_some();
    (set_off && told).then_some(written)
}

/// `_Sunday._--We rose late`, `_Monday, 5 a. m._ Rain`: a weekday, or a part of one, that dress and a mark set off from the
/// text behind it; with where it is over, and whether it is but a part of its day.
pub(crate) fn dressed_weekday(block: &Block) -> Option<(Weekday, usize, bool)> {
    let text = &block.text;
    let underscored = || text.strip_prefix('_').and_then(|rest| rest.find('_')).map(|end| (1, end + 1));
    let in_dress = matches!(block.dress, Dress::Bold | Dress::Italic).then_some((0, block.lead));
    let (start, end) = underscored().or(in_dress).filter(|(_, end)| *end <= LONGEST_WEEKDAY)?;
    let words = text.get(start..end)?.trim();
    let after = text[end..].trim_start_matches(['_', ' ']);
    let marked =
        words.ends_with(['.', ':', '-', '—']) || after.starts_with(['.', ':', '—', '–']) || after.starts_with("--");
    let (weekday, part) = weekday_and_part(words).filter(|_| marked && after.contains(char::is_alphanumeric))?;
    Some((weekday, end, part))
}

/// A weekday with nothing beside it but a part of its day, `Friday Morning`, and whether it has one.
pub(crate) fn weekday_and_part(words: &str) -> Option<(Weekday, bool)> {
    let words =
        words.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end_matches(['_', '*', ' ', '-', '—', ':']);
    let end = words.find(|c: char| !c.is_alphabetic()).unwrap_or(words.len());
    let name = names::plain(&words[..end]);
    // Welsh "Mawrth" is a month.
    let weekday = names::full_weekday(&name).filter(|_| names::month(&name).is_none())?;
    let part = words[end..].trim_start_matches([',', '.', ' ']);
    let closed = |length: usize| part[length..].chars().all(|c| !c.is_alphanumeric());
    // "5 a. m."
    let half = part.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ' '));
    let halved = || part_of_day(half).map(|length| part.len() - half.len() + length);
    let is_part = || halved().or_else(|| time_of_day(part)).is_some_and(closed);
    (part.is_empty() || words.len() <= LONGEST_WEEKDAY && is_part()).then_some((weekday, !part.is_empty()))
}

/// A day behind the name of a place, or of a Sunday, and a comma.
pub(super) fn placed_day(text: &str) -> Option<Written> {
    let place = |word: &str| {
        let joins = [
            "near", "at", "the", "on", "in", "of", "from", "to", "and", "opposite", "below", "above", "route", "after",
        ];
        word.starts_with(char::is_uppercase) || joins.contains(&word)
    };
    let whole = text;
    let text = whole.trim_start_matches(['_', '*']);
    let dress = whole.len() - text.len();
    let camped = ["Camp ", "In camp ", "En route ", "On the "].iter().any(|words| text.starts_with(words));
    let reach = &text[..text.floor_char_boundary(50)];
    // "Monterey.--_May 4th_.--Started"
    let marks = [",", ".--", ".—"].into_iter().filter(|_| text.starts_with(char::is_uppercase));
    let mut ends = marks.flat_map(|mark| reach.match_indices(mark)).map(|(at, mark)| (at, at + mark.len()));
    ends.find_map(|(end, start)| {
        let words = text[..end].split_whitespace().count();
        let named = text[..end].split_whitespace().all(place);
        let mut written = scan::scan(&text[start..])
            .filter(|w| w.first.day.is_some() && w.first.month.is_some())
            .filter(|w| words <= 4 && named || (named || camped) && words <= 6 && w.weekday.is_some())?;
        written.span = written.span.shifted(dress + start);
        Some(written)
    })
}
