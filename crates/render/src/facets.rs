//! Facets for people at a terminal: a line each below the hits, or a table each when asked for.

use crate::bars::{bar, spark};
use crate::text::{INDENT, MEASURE, paint};
use crate::wrap::{elided, padded, width};
use crate::{Look, one_line, words};
use anstyle::Style;
use diary::Facet;
use diary_query::{FacetCounts, FacetValue};
use std::fmt::Write;

/// The width of the names in front of lines such as `people   Linus Torvalds 3`.
pub(crate) const NAME: usize = 9;

/// The people, projects and months of all hits, a line each.
pub(crate) fn overview(facets: &[FacetCounts], look: &Look) -> String {
    let mut text = String::new();
    for counts in facets {
        let (name, line) = match counts.facet {
            Facet::Month => months(&counts.values, look),
            Facet::Year | Facet::Weekday => (counts.facet.plural(), sparks(&labelled(&counts.values), look)),
            _ => (counts.facet.plural(), named(counts, look)),
        };
        if !line.is_empty() {
            let _ = writeln!(text, "{}{line}", name_of_line(name, look));
        }
    }
    if text.is_empty() { text } else { format!("\n{text}") }
}

/// What stands in front of a line, dimmed and padded.
pub(crate) fn name_of_line(name: &str, look: &Look) -> String {
    paint(&format!("{name:<NAME$}"), Style::new().dimmed(), look)
}

/// The columns that a line has beside its name.
pub(crate) fn room(look: &Look) -> usize {
    look.width.min(MEASURE + INDENT).saturating_sub(NAME)
}

/// `Kai Germaschewski 1 · Linus Torvalds 1 · …`
fn named(counts: &FacetCounts, look: &Look) -> String {
    let items = counts.values.iter().filter(|value| value.count > 0);
    let items = items.map(|value| format!("{} {}", one_line(&value.label), words::number(value.count)));
    listed(items, counts.distinct > counts.values.len(), room(look))
}

/// As many of these as there is room for, and an ellipsis for the rest.
pub(crate) fn listed(items: impl Iterator<Item = String>, has_more: bool, room: usize) -> String {
    const BETWEEN: &str = " · ";
    const MORE: &str = " · …";
    let (mut line, mut left_out) = (String::new(), has_more);
    for item in items {
        let item = if line.is_empty() { elided(&item, room) } else { item };
        if width(&line) + width(BETWEEN) + width(&item) + width(MORE) > room && !line.is_empty() {
            left_out = true;
            break;
        }
        line.push_str(if line.is_empty() { "" } else { BETWEEN });
        line.push_str(&item);
    }
    if left_out && !line.is_empty() { line + MORE } else { line }
}

/// Within one year the months by name; within a few, twelve bars a year; over many, a bar a year. And what these are
/// called.
fn months(values: &[FacetValue], look: &Look) -> (&'static str, String) {
    let mut years: Vec<(String, [u64; 12])> = Vec::new();
    for value in values {
        let (year, month) = value.value.split_once('-').unwrap_or((&value.value, ""));
        if years.last().is_none_or(|(last, _)| last != year) {
            years.push((year.to_owned(), [0; 12]));
        }
        let month = month.parse::<usize>().ok().and_then(|month| month.checked_sub(1));
        if let (Some((_, months)), Some(month)) = (years.last_mut(), month)
            && let Some(count) = months.get_mut(month)
        {
            *count += value.count;
        }
    }
    match years.as_slice() {
        [] => (Facet::Month.plural(), String::new()),
        [(_, months)] => {
            let named = months.iter().enumerate().map(|(i, count)| (words::month(i as u32 + 1).to_owned(), *count));
            (Facet::Month.plural(), sparks(&named.collect::<Vec<_>>(), look))
        }
        years if years.len() * 19 <= room(look) + 2 => {
            let most = years.iter().flat_map(|(_, months)| months).copied().max().unwrap_or(0);
            let line = years.iter().map(|(year, months)| format!("{year} {}", row(months, most)));
            (Facet::Month.plural(), line.collect::<Vec<_>>().join("  ").trim_end().to_owned())
        }
        years => {
            let sums = years.iter().map(|(year, months)| (year.clone(), months.iter().sum()));
            (Facet::Year.plural(), sparks(&sums.collect::<Vec<_>>(), look))
        }
    }
}

/// A bar each, side by side.
pub(crate) fn row(counts: &[u64], most: u64) -> String {
    counts.iter().map(|count| spark(*count, most)).collect()
}

fn labelled(values: &[FacetValue]) -> Vec<(String, u64)> {
    values.iter().map(|value| (one_line(&value.label), value.count)).collect()
}

/// `Feb ▂  Sep ▂`: a name and a bar for each that is not zero; when there is no room for names, the bars alone.
pub(crate) fn sparks(values: &[(String, u64)], look: &Look) -> String {
    let most = values.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let some = values.iter().filter(|(_, count)| *count > 0);
    let line = some.map(|(name, count)| format!("{name} {}", spark(*count, most))).collect::<Vec<_>>().join("  ");
    match (values.first(), values.last()) {
        (Some((first, _)), Some((last, _))) if width(&line) > room(look) => {
            let columns = room(look).saturating_sub(width(first) + width(last) + 2).max(1);
            format!("{first} {} {last}", squeezed(values, columns))
        }
        _ => line,
    }
}

/// A bar each in at most so many columns: where there are more, several share one.
fn squeezed(values: &[(String, u64)], columns: usize) -> String {
    let each = values.len().div_ceil(columns).max(1);
    let sums: Vec<u64> = values.chunks(each).map(|chunk| chunk.iter().map(|(_, count)| *count).sum()).collect();
    row(&sums, sums.iter().copied().max().unwrap_or(0))
}

/// Every facet asked for as a table with bars: name, count, bar.
pub fn facet_tables(facets: &[FacetCounts], look: &Look) -> String {
    let mut text = String::new();
    for counts in facets {
        let label = |value: &FacetValue| match counts.facet {
            Facet::Month => words::label(&value.value),
            _ => one_line(&value.label),
        };
        let of = match counts.distinct {
            distinct if distinct > counts.values.len() => format!("{} of {distinct}", counts.values.len()),
            distinct => distinct.to_string(),
        };
        let head = format!("{} ({of})", counts.facet.plural());
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{gap}{}", paint(&head, Style::new().bold(), look));
        let rows: Vec<(String, u64)> = counts.values.iter().map(|value| (label(value), value.count)).collect();
        let drawn = bar_rows(&rows, look);
        match counts.facet {
            Facet::Year | Facet::Month => text.push_str(&without_silences(&rows, &drawn, counts.facet.plural(), look)),
            _ => text.push_str(&drawn),
        }
    }
    text
}

/// So many empty rows in a row are said in one.
const LEAST_SILENCE: usize = 3;

/// The drawn rows with one line for each longer stretch of empty ones: `160 years without`.
fn without_silences(rows: &[(String, u64)], drawn: &str, units: &str, look: &Look) -> String {
    let mut text = String::new();
    let mut lines = drawn.split_inclusive('\n');
    for stretch in rows.chunk_by(|(_, a), (_, b)| (*a == 0) == (*b == 0)) {
        let of_stretch: String = lines.by_ref().take(stretch.len()).collect();
        let is_silent = stretch.len() >= LEAST_SILENCE && stretch.iter().all(|(_, count)| *count == 0);
        let silence = || paint(&format!("  {} {units} without", stretch.len()), Style::new().dimmed(), look) + "\n";
        text.push_str(&if is_silent { silence() } else { of_stretch });
    }
    text
}

/// A row each: name, count, bar.
pub(crate) fn bar_rows(rows: &[(String, u64)], look: &Look) -> String {
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let widest = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0).min(40.min(look.width.saturating_sub(12)));
    let room = look.width.saturating_sub(widest + 12).clamp(4, 40);
    let line = |(name, count): &(String, u64)| {
        let line = format!(
            "  {}  {:>6}  {}",
            padded(&elided(name, widest), widest),
            words::number(*count),
            bar(*count, most, room)
        );
        format!("{}\n", line.trim_end())
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(counts: &[(&str, u64)]) -> Vec<FacetValue> {
        let value = |(value, count): &(&str, u64)| FacetValue {
            value: (*value).to_owned(),
            label: (*value).to_owned(),
            count: *count,
            selected: false,
            apply: String::new(),
            remove: None,
        };
        counts.iter().map(value).collect()
    }

    #[test]
    fn months_by_how_many_years_there_are() {
        let look = Look { width: 60, ..Look::default() };
        let one = values(&[("2003-01", 8), ("2003-02", 0), ("2003-03", 1)]);
        assert_eq!(months(&one, &look), ("months", "Jan █  Mar ▁".to_owned()));
        let two = values(&[("2003-12", 4), ("2004-01", 8)]);
        assert_eq!(months(&two, &look), ("months", "2003            ▄  2004 █".to_owned()));
        let many = values(&[("1660-01", 4), ("1661-01", 8), ("1662-05", 0), ("1663-01", 8), ("1663-02", 8)]);
        assert_eq!(months(&many, &look), ("years", "1660 ▂  1661 ▄  1663 █".to_owned()));
    }

    /// Two diaries a century apart made a row of each year between.
    #[test]
    fn years_without_entries_are_one_row() {
        let years = |counts: &[(i32, u64)]| FacetCounts {
            facet: Facet::Year,
            values: counts.iter().flat_map(|(year, count)| values(&[(&year.to_string(), *count)])).collect(),
            distinct: counts.len(),
        };
        let look = Look { width: 30, ..Look::default() };
        let apart: Vec<(i32, u64)> =
            (1665..=1826).map(|year| (year, u64::from([1665, 1826].contains(&year)))).collect();
        let drawn = facet_tables(&[years(&apart)], &look);
        assert_eq!(
            drawn.lines().skip(2).collect::<Vec<_>>(),
            ["  160 years without", "  1826       1  ██████████████"]
        );
        let near = facet_tables(&[years(&[(1665, 1), (1666, 0), (1667, 0), (1668, 2)])], &look);
        assert_eq!(near.lines().count(), 5, "{near}");
    }

    #[test]
    fn names_and_their_ellipsis_have_room_in_one_line() {
        for room in 1..60 {
            let names = ["Alison 1", "Andrew Tridgell 1", "Eric S. Raymond 1"].map(str::to_owned).into_iter();
            let line = listed(names, true, room);
            assert!(width(&line) <= room.max("Alison 1 · …".chars().count()), "{room}: {line}");
        }
    }

    #[test]
    fn many_years_share_the_room() {
        let look = Look { width: 60, ..Look::default() };
        let years: Vec<(String, u64)> = (1800..2000).map(|year| (year.to_string(), 1)).collect();
        let line = sparks(&years, &look);
        assert!(line.starts_with("1800 █") && line.ends_with("█ 1999") && width(&line) <= 51, "{line}");
    }

    #[test]
    fn long_and_wide_names_stay_in_their_columns() {
        let look = Look { width: 60, ..Look::default() };
        let rows =
            [("日本語の長い名前をもつ人がここにいて、まだ続くのである".to_owned(), 3), ("e\u{301}".to_owned(), 1)];
        let drawn = bar_rows(&rows, &look);
        let at: Vec<usize> = drawn
            .lines()
            .map(|line| width(line.split(['█', '▏', '▎', '▍', '▌', '▋', '▊', '▉']).next().unwrap()))
            .collect();
        assert_eq!(at[0], at[1], "{drawn}");
        assert!(drawn.lines().all(|line| width(line) <= 60), "{drawn}");
    }
}
