//! Laws that hold for any text and any query.

use crate::lang::*;
use diary::{CivilDate, Facet, Weekday};
use proptest::prelude::*;
use proptest::sample::select;

/// Anything, but mostly what the language has a meaning for.
fn garbage() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        " ",
        " ",
        " ",
        "(",
        ")",
        "()",
        "\"",
        "“",
        "”",
        "-",
        "--",
        "−",
        "=",
        "*",
        "~",
        "~2",
        "?",
        ",",
        "'",
        "’",
        "[",
        "]",
        "{",
        ":",
        ".",
        "..",
        "!",
        "|",
        "||",
        "\\",
        "/",
        "/*",
        "+",
        "#",
        "@",
        ">",
        "<=",
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "NEAR/3",
        "TO",
        "person:",
        "project:",
        "date:",
        "before:",
        "day:",
        "month:",
        "year:",
        "weekday:",
        "title:",
        "link:",
        "has:",
        "is:",
        "id:",
        "sort:",
        "limit:",
        "now:",
        "persn:",
        "foo:",
        "http://",
        "a",
        "b2",
        "module",
        "tridge",
        "2003",
        "2003-07",
        "2003-07-26",
        "8/9/2003",
        "July",
        "July 2003",
        "last week of",
        "winter",
        "today",
        "3 weeks ago",
        "friday",
        "link",
        "undated",
        "date-asc",
        "50",
        "\0",
        "\u{202E}",
        "\t",
        "é",
        "日本",
        "🎉",
        "שלום",
        "e\u{301}",
        "a:b",
    ];
    let piece = prop_oneof![9 => select(PIECES).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn text() -> impl Strategy<Value = String> {
    select(&["module", "rzip", "smp_processor_id", "2.6.0-test10", "net/core/flow.c", "don't", "日本語", "🎉", "a:b:c"][..])
        .prop_map(str::to_owned)
}

fn phrase() -> impl Strategy<Value = String> {
    select(&["hotplug cpu", "x", "AND (b", "person:x, y", "a? b*", "-c"][..]).prop_map(str::to_owned)
}

fn term() -> impl Strategy<Value = Term> {
    prop_oneof![
        text().prop_map(|text| Term::word(&text)),
        text().prop_map(|text| Term::new(&text, Mode::Exact)),
        (phrase(), 0..=MAX_SLOP).prop_map(|(text, slop)| {
            let slop = slop.min(value::most_slop(&text));
            Term::new(&text, Mode::Phrase { slop })
        }),
    ]
}

fn name() -> impl Strategy<Value = Name> {
    let text = prop_oneof![text(), phrase()];
    (text, any::<bool>()).prop_map(|(text, uncertain)| Name { uncertain, ..Name::plain(&text) })
}

fn period() -> impl Strategy<Value = Period> {
    let (year, month) = (1..=9999i32, 1..=12u32);
    let day = (1..=9999i32, 1..=12u32, 1..=28u32).prop_map(|(y, m, d)| CivilDate::new(y, m, d).unwrap());
    let units = select(&[Unit::Day, Unit::Week, Unit::Month, Unit::Year][..]);
    let seasons = select(&[Season::Spring, Season::Summer, Season::Autumn, Season::Winter][..]);
    let weeks = select(&[NthWeek::First, NthWeek::Second, NthWeek::Third, NthWeek::Fourth, NthWeek::Last][..]);
    let feasts = select(Feast::WORDS.map(|(_, feast)| feast).to_vec());
    let again = prop_oneof![
        (0..7u8).prop_map(|day| Recurring::Weekday(Weekday::try_from(day).unwrap())),
        month.clone().prop_map(Recurring::Month),
        seasons.clone().prop_map(Recurring::Season),
        feasts.clone().prop_map(Recurring::Feast),
    ]
    .boxed();
    let whole = prop_oneof![
        (year.clone(), month.clone()).prop_map(|(y, m)| Period::Month(y, m)),
        year.clone().prop_map(Period::Year),
        (1..=999i32).prop_filter("of no century", |decade| decade % 10 != 0).prop_map(|ten| Period::Decade(ten * 10)),
        (0..=98i32, 0..=1i32).prop_map(|(hundreds, first)| Period::Century(hundreds * 100 + 100 + first)),
        (year.clone(), 1..=4u32).prop_map(|(y, q)| Period::Quarter(y, q)),
        (year.clone(), 1..=53u32).prop_map(|(y, w)| Period::Week(y, w)),
        day.clone().prop_map(Period::WeekOf),
        (weeks, year.clone(), month).prop_map(|(nth, y, m)| Period::MonthWeek(nth, y, m)),
        (seasons, year.clone()).prop_map(|(season, y)| Period::Season(season, y)),
        (feasts, year).prop_map(|(feast, y)| Period::Feast(feast, y)),
        again.clone().prop_map(Period::Last),
        again.prop_map(Period::Latest),
        (0..100u32, units.clone()).prop_map(|(n, unit)| Period::Ago(n, unit)),
        (1..100u32, units).prop_map(|(n, unit)| Period::Past(n, unit)),
    ]
    .boxed();
    let thirds = (select(&[Third::Early, Third::Mid, Third::Late][..]), whole.clone())
        .prop_map(|(third, whole)| Period::Third(third, Box::new(whole)));
    let plain = prop_oneof![day.prop_map(Period::Day), whole, thirds].boxed();
    prop_oneof![3 => plain.clone(), 1 => plain.prop_map(|period| Period::Around(Box::new(period)))]
}

fn date() -> impl Strategy<Value = DateExpr> {
    prop_oneof![
        period().prop_map(DateExpr::In),
        (period(), period()).prop_map(|(from, to)| DateExpr::Between(from, to)),
        period().prop_map(DateExpr::Before),
        period().prop_map(DateExpr::Until),
        period().prop_map(DateExpr::After),
        period().prop_map(DateExpr::Since),
    ]
}

fn leaf() -> impl Strategy<Value = Clause> {
    let fields = select(&[TextField::Title, TextField::Heading, TextField::Code, TextField::Note, TextField::Tag][..]);
    let facets = select(&[Facet::Person, Facet::Project, Facet::Archive, Facet::Lang][..]);
    let some = 1..4usize;
    prop_oneof![
        4 => term().prop_map(Clause::term),
        1 => (fields, prop::collection::vec(term(), some.clone())).prop_map(|(field, terms)| Clause::Text { field, terms }),
        2 => (facets, prop::collection::vec(name(), some.clone())).prop_map(|(facet, names)| Clause::Named { facet, names }),
        2 => prop::collection::vec(date(), some.clone()).prop_map(Clause::Dates),
        1 => (1..=12u32, 1..=28u32).prop_map(|(month, day)| Clause::Days(vec![DayOfYear::On { month, day }, DayOfYear::Today])),
        1 => (prop::option::of(1..=9999i32), 1..=12u32).prop_map(|(year, month)| Clause::Months(vec![MonthOf { year, month }])),
        1 => Just(Clause::Seasons(vec![Season::Autumn, Season::Spring])),
        1 => prop::collection::vec(1..=9999i32, some.clone()).prop_map(Clause::Years),
        1 => Just(Clause::Weekdays(vec![Weekday::Fri, Weekday::Mon])),
        1 => prop::collection::vec(select(Has::ALL), some.clone()).prop_map(Clause::Has),
        1 => prop::collection::vec(select(Flag::ALL), some).prop_map(Clause::Is),
        1 => Just(Clause::Ids(vec!["rusty/2003-12-19/2".to_owned(), "x y".to_owned()])),
    ]
}

fn clause() -> impl Strategy<Value = Clause> {
    leaf().prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Clause::and),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Clause::or),
            inner.prop_map(Clause::negated),
        ]
    })
}

/// A query as the parser might have made it.
pub(crate) fn query() -> impl Strategy<Value = Query> {
    let now = CivilDate::new(2003, 12, 19);
    (clause(), prop::option::of(select(Sort::ALL)), prop::option::of(1..=MAX_LIMIT), any::<bool>())
        .prop_map(move |(clause, sort, limit, set)| Query { clause, sort, limit, now: now.filter(|_| set) })
}

/// Whether the query is small enough to be written within the bounds of the language.
fn fits(query: &Query) -> bool {
    let count = |clause: &Clause| clause.to_string().split([' ', ',']).count();
    count(&query.clause) <= MAX_CLAUSES && query.to_string().len() <= MAX_BYTES
}

proptest! {
    #[test]
    fn a_query_reads_what_it_prints(query in query()) {
        prop_assume!(fits(&query));
        let parsed = parse(&query.to_string());
        prop_assert!(parsed.diagnostics.iter().all(|said| said.severity == Severity::Note), "{query} {:?}", parsed.diagnostics);
        prop_assert_eq!(&parsed.query, &query, "{}", query);
    }

    #[test]
    fn what_stands_around_a_part_makes_the_query_with_another_part_there(query in query(), leaf in leaf(), place in 0..9usize) {
        let (before, after) = query.around(place);
        let mut parts = query.parts().to_vec();
        let place = place.min(parts.len());
        parts.splice(place..parts.len().min(place + 1), [leaf.clone()]);
        prop_assert_eq!(format!("{before}{leaf}{after}"), query.with_clause(Clause::and(parts)).to_string());
    }

    #[test]
    fn any_text_reads_and_its_canonical_form_reads_the_same(text in garbage()) {
        let parsed = parse(&text);
        let canonical = parsed.query.to_string();
        let again = parse(&canonical);
        prop_assert_eq!(&again.query, &parsed.query, "{:?} became {:?}", text, canonical);
        prop_assert_eq!(again.query.to_string(), canonical);
        for said in &parsed.diagnostics {
            prop_assert!(text.get(said.span.start..said.span.end).is_some());
            prop_assert!(!caret(&text, said).is_empty());
        }
    }

    #[test]
    fn any_characters_at_all_are_read(text in any::<String>()) {
        let canonical = parse(&text).query.to_string();
        prop_assert_eq!(parse(&canonical).query.to_string(), canonical);
    }
}
