//! What all the hits come to: their days, their months, their silences.

use crate::{Asked, FOUND, NOTHING, ask, put, question};
use anyhow::{Error, Result, anyhow};
use diary::{Calendar, CivilDate, EntryDate, EntryId, Precision};
use diary_cli::terminal::{Exit, remark};
use diary_query::{FacetCounts, Hit, Request, Window, read};
use diary_render::{
    Cell, Format, Gap, Table, calendar, calendar_table, diagnostic, filter, gaps, gaps_table, timeline, timeline_table,
};
use std::collections::HashMap;

/// Draws the overview that the flags ask for, or writes it as a table.
pub(crate) fn overview(asked: &Asked, request: &Request) -> Result<Exit> {
    let format = question::overview_format(asked.args);
    let (is_found, drawn, table) = if asked.args.gaps {
        let hits = all_hits(asked, request)?;
        let silences = silences(&hits, request.window.limit);
        if silences.is_empty() && !hits.is_empty() && format == Format::Text {
            remark("there is an entry on every day");
        }
        (!hits.is_empty(), gaps(&silences, asked.look), gaps_table(&silences))
    } else {
        let dates = all_dates(asked, request)?;
        let (drawn, table) = match asked.args.calendar {
            true => (calendar(&request.text, &dates, asked.look), calendar_table(&dates)),
            false => (timeline(&request.text, &dates, asked.look), timeline_table(&dates)),
        };
        (!dates.is_empty(), drawn, table)
    };
    put_table(asked, format, &drawn, &table)?;
    Ok(if is_found { FOUND } else { NOTHING })
}

/// The dates of every entry that a question finds, with how many there are of each. Where the entries are too many to
/// look at, one that is known to its month alone counts on the first day of that.
fn all_dates(asked: &Asked, request: &Request) -> Result<Vec<(EntryDate, u64)>> {
    let window = Window { limit: 0, partial: false, facets: Vec::new(), ..Window::default() };
    let whole = ask(asked, &Request { window, ..request.clone() })?;
    if whole.page.total <= Window::MAX_LIMIT as u64 {
        return Ok(all_hits(asked, request)?.into_iter().map(|(_, date)| (date, 1)).collect());
    }
    // Asked as it was understood, so that a word that was exchanged for a nearer one stays so.
    let plan = read(asked.engine, &Request { text: whole.understood.text, ..request.clone() })?.plan;
    let calendar = asked.engine.facts().calendar;
    let days = asked.engine.days(&plan)?;
    let undated = whole.page.total.saturating_sub(days.iter().map(|(_, count)| count).sum());
    let on_day = |(printed, count): &(CivilDate, u64)| {
        // An archive of another calendar than the others may print a day that theirs does not have.
        let day = calendar.day(*printed).or_else(|| Calendar::Julian.day(*printed))?;
        Some((EntryDate::on(day, calendar, ""), *count))
    };
    let mut dates: Vec<(EntryDate, u64)> = days.iter().filter_map(on_day).collect();
    dates.extend((undated > 0).then(|| (EntryDate::unknown(""), undated)));
    Ok(dates)
}

/// Shows what is drawn to a person, or prints the table in the format that was asked for.
fn put_table(asked: &Asked, format: Format, drawn: &str, table: &Table) -> Result<()> {
    if asked.args.quiet {
        return Ok(());
    }
    match table.render(format) {
        Some(text) => put(asked, &text, false),
        None if format == Format::Text => put(asked, drawn, true),
        None => Err(no_such_table(format)),
    }
}

/// Why counts cannot be written in a format.
pub(crate) fn no_such_table(format: Format) -> Error {
    anyhow!("counts cannot be written as {}, but as tsv, csv, json, jsonl and markdown", format.name())
}

/// Every entry that a question finds, with its date, the oldest first.
fn all_hits(asked: &Asked, request: &Request) -> Result<Vec<(EntryId, EntryDate)>> {
    let mut hits = Vec::new();
    each_hit(asked, request, |hit| hits.push((hit.id, hit.date)))?;
    Ok(hits)
}

/// Shows every entry that a question finds to `look`, the oldest first.
pub(crate) fn each_hit(asked: &Asked, request: &Request, mut look: impl FnMut(Hit)) -> Result<()> {
    // An order by date ranks nothing and adds no entries that have some of the words alone.
    let text = filter::with_clauses(&request.text, &["sort:date-asc".to_owned()]);
    let mut seen = 0;
    loop {
        let window =
            Window { offset: seen, limit: Window::MAX_LIMIT, passages: 0, partial: false, ..Window::default() };
        let answer = ask(asked, &Request { text: text.clone(), window, ..request.clone() })?;
        if seen == 0 {
            answer.diagnostics.iter().for_each(|warning| remark(&diagnostic(&answer.query, warning)));
        }
        let found = answer.page.hits.len();
        seen += found;
        answer.page.hits.into_iter().for_each(&mut look);
        if found == 0 || seen as u64 >= answer.page.total || seen > Window::MAX_OFFSET {
            return Ok(());
        }
    }
}

/// The longest silences between hits of one archive, the longest first.
fn silences(hits: &[(EntryId, EntryDate)], most: usize) -> Vec<Gap> {
    let mut last: HashMap<&str, (&EntryId, &EntryDate)> = HashMap::new();
    let mut found = Vec::new();
    for (id, date) in hits.iter().filter(|(_, date)| date.precision == Precision::Day) {
        if let Some((before_id, before)) = last.insert(id.archive(), (id, date)) {
            found.extend(silence(before_id, before, id, date));
        }
    }
    found.sort_by(|a, b| b.days.cmp(&a.days).then_with(|| a.range.0.cmp(&b.range.0)));
    found.truncate(most);
    found
}

fn silence(before_id: &EntryId, before: &EntryDate, after_id: &EntryId, after: &EntryDate) -> Option<Gap> {
    let (end, start) = (before.days?.last, after.days?.first);
    let days = u64::try_from(start.number() - end.number() - 1).ok().filter(|days| *days > 0)?;
    let range = (before.calendar.civil(end.plus(1)), after.calendar.civil(start.plus(-1)));
    Some(Gap { days, before: before_id.clone(), after: after_id.clone(), range })
}

/// Facet counts as rows for programs.
pub(crate) fn counts(facets: &[FacetCounts]) -> Table {
    let mut table = Table::new("counts", &["facet", "value", "name", "count"]);
    for counts in facets {
        for value in &counts.values {
            let text = |text: &str| Cell::text(text);
            table.push(vec![
                text(counts.facet.name()),
                text(&value.value),
                text(&value.label),
                Cell::Number(value.count),
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(archive: &str, month: u32, day: u32) -> (EntryId, EntryDate) {
        let printed = CivilDate::new(2003, month, day).unwrap();
        let day = Calendar::Gregorian.day(printed).unwrap();
        (EntryId::new(archive, &printed.to_string(), 1), EntryDate::on(day, Calendar::Gregorian, ""))
    }

    #[test]
    fn silences_are_within_an_archive_and_the_longest_come_first() {
        let hits = [hit("a", 1, 1), hit("b", 1, 3), hit("a", 1, 4), hit("a", 1, 5), hit("b", 1, 20), hit("a", 3, 1)];
        let found = silences(&hits, 10);
        let shown: Vec<(u64, String)> = found.iter().map(|gap| (gap.days, gap.range.0.to_string())).collect();
        let expected = [(54, "2003-01-06"), (16, "2003-01-04"), (2, "2003-01-02")];
        assert_eq!(shown, expected.map(|(days, from)| (days, from.to_owned())));
        assert_eq!(silences(&hits, 1).len(), 1);
    }
}
