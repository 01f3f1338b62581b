use super::*;
use crate::date::scan;

/// Lines, a `#` in front of those that are context; the dates, `!` behind those out of order.
fn check(hint: (Option<i32>, Option<u32>), lines: &[&str], expect: &[&str]) {
    let read: Vec<(bool, Written)> = lines
        .iter()
        .map(|line| {
            (line.starts_with('#'), scan::scan(line.trim_start_matches('#')).unwrap_or_else(|| panic!("{line}")))
        })
        .collect();
    let items: Vec<Item<'_>> = read
        .iter()
        .map(|(context, written)| if *context { Item::Context(written.first) } else { Item::Heading(written, None) })
        .collect();
    let setting = Setting { hint: Parts { year: hint.0, month: hint.1, day: None }, ..Setting::default() };
    let shown: Vec<String> = resolve(&items, &setting)
        .dated
        .iter()
        .map(|d| {
            let last = d.last.map_or(String::new(), |last| format!("..{last}"));
            let order = if d.out_of_order { "!" } else { "" };
            d.first.map_or("?".to_owned(), |first| format!("{first}{last}{order}"))
        })
        .collect();
    assert_eq!(shown, expect);
}

#[test]
fn years_and_months_are_inherited() {
    check(
        (Some(1998), None),
        &["December 1", "November 27 to December 1st", "November 17-19"],
        &["1998-12-01", "1998-11-27..1998-12-01", "1998-11-17..1998-11-19"],
    );
    check(
        (None, None),
        &["#JANUARY 1659-60", "1st (Lord's day)", "2nd", "31st", "#FEBRUARY", "1st"],
        &["1660-01-01", "1660-01-02", "1660-01-31", "1660-02-01"],
    );
    check(
        (None, None),
        &["November 20, 1825", "December 30", "January 2", "#1827", "January 1"],
        &["1825-11-20", "1825-12-30", "1826-01-02", "1827-01-01"],
    );
    check((Some(2001), Some(10)), &["31日（水）", "30日(火)", "29日(月)"], &["2001-10-31", "2001-10-30", "2001-10-29"]);
}

#[test]
fn weekdays_prove_the_year() {
    // The first days of a page named 1958 are of the year before.
    check(
        (Some(1958), None),
        &[
            "Tuesday 26th February",
            "Wednesday 27th February",
            "Thursday 28th February",
            "Saturday 1st March",
            "Sunday 2nd March",
        ],
        &["1957-02-26", "1957-02-27", "1957-02-28", "1958-03-01", "1958-03-02"],
    );
}

#[test]
fn slips_are_kept_or_mended() {
    check(
        (None, None),
        &["July 14 1944", "July 15 1944", "June 16 1944", "July 17 1944"],
        &["1944-07-14", "1944-07-15", "1944-06-16!", "1944-07-17"],
    );
    check((None, None), &["June 30 1971", "July 2 1071", "July 3 1971"], &["1971-06-30", "1971-07-02", "1971-07-03"]);
    check((None, None), &["February 28 2003", "February 30 2003", "March 1 2003"], &["2003-02-28", "?", "2003-03-01"]);
    check((None, None), &["July 3rd"], &["?"]);
}

proptest::proptest! {
    #[test]
    fn every_heading_is_answered(lines in proptest::collection::vec("[0-9]{1,2} (May|June|)( 19[0-9]{2})?", 0..30)) {
        let read: Vec<Written> = lines.iter().filter_map(|line| scan::scan(line)).collect();
        let items: Vec<Item<'_>> = read.iter().map(|written| Item::Heading(written, None)).collect();
        let resolution = resolve(&items, &Setting::default());
        proptest::prop_assert_eq!(resolution.dated.len(), read.len());
        proptest::prop_assert!(resolution.in_order <= read.len());
    }
}

/// A diary that rests for years is believed; one year that its neighbours do not bear out is a misprint all the same.
#[test]
fn rests_of_years_are_no_misprints() {
    let sparse = ["3 Jan 1950", "7 Nov 1950", "2 Feb 1957", "19 May 1961"];
    check((None, None), &sparse, &["1950-01-03", "1950-11-07", "1957-02-02", "1961-05-19"]);
    let slip = ["2 March 2007", "3 March 2070", "5 March 2007"];
    check((None, None), &slip, &["2007-03-02", "2007-03-03", "2007-03-05"]);
}

#[test]
fn a_day_that_the_month_above_does_not_have_leaves_the_others_in_it() {
    check(
        (None, None),
        &["#FEBRUARY 2018", "1st", "8th", "30th", "12th", "15th", "#MARCH", "4th"],
        &["2018-02-01", "2018-02-08", "?", "2018-02-12", "2018-02-15", "2018-03-04"],
    );
}
