//! Dates as days, names as keys, and the laws of plans.

mod words;

use super::*;
use crate::lang::{Severity, parse};
use proptest::prelude::*;

/// A small cast.
struct Cast;

const CAST: &[(Facet, &str, &str, u64, &[&str])] = &[
    (Facet::Person, "tridgell-andrew", "Andrew Tridgell", 6, &["tridge"]),
    (Facet::Person, "torvalds-linus", "Linus Torvalds", 9, &["linus"]),
    (Facet::Person, "gibson-david", "David Gibson", 2, &["dwg"]),
    (Facet::Person, "miller-david", "David Miller", 4, &["davem", "DaveM"]),
    (Facet::Person, "hogan-david", "David Hogan", 1, &[]),
    (Facet::Project, "linux-bier-wanderung", "Linux Bier Wanderung", 4, &["LBW", "Linux Beer Hike"]),
    (Facet::Project, "kernel", "Linux kernel", 20, &[]),
    (Facet::Archive, "rusty", "Rusty's diary", 64, &[]),
    (Facet::Archive, "david", "David's diary", 4, &[]),
    (Facet::Lang, "en", "en", 60, &[]),
    (Facet::Lang, "de", "de", 8, &[]),
    (Facet::Lang, "fr", "fr", 1, &[]),
];

impl Names for Cast {
    fn resolve(&self, facet: Facet, text: &str) -> Vec<NameMatch> {
        let wanted = diary::fold(text);
        let has_words = |name: &str| format!(" {} ", diary::fold(name)).contains(&format!(" {wanted} "));
        let cast = CAST.iter().filter(|concept| concept.0 == facet && !wanted.is_empty());
        cast.filter_map(|(_, key, label, count, aliases)| {
            let via = [key, label].into_iter().chain(aliases.iter()).find(|name| has_words(name))?;
            let exact = [key, label].into_iter().chain(aliases.iter()).any(|name| diary::fold(name) == wanted);
            let (key, label, via) = ((*key).to_owned(), (*label).to_owned(), (*via).to_owned());
            Some(NameMatch { key, label, count: *count, via, exact })
        })
        .collect()
    }

    fn keys(&self, facet: Facet) -> Vec<String> {
        CAST.iter().filter(|concept| concept.0 == facet).map(|concept| concept.1.to_owned()).collect()
    }

    fn entries_with(&self, word: &str) -> u64 {
        if word == "miller" { 40 } else { 0 }
    }

    fn like(&self, facet: Facet, text: &str) -> Option<String> {
        let names =
            CAST.iter().filter(|concept| concept.0 == facet).flat_map(|concept| concept.4.iter().chain([&concept.2]));
        names.copied().find(|name| strsim::damerau_levenshtein(&diary::fold(name), text) == 1).map(str::to_owned)
    }
}

fn date(text: &str) -> CivilDate {
    let mut parts = text.split('-').map(|part| part.parse().unwrap());
    let mut part = || parts.next().unwrap();
    CivilDate::new(part() as i32, part(), part()).unwrap()
}

/// A closed southern archive that ends on Friday 19 December 2003.
fn south() -> PlanContext<'static> {
    PlanContext {
        today: date("2003-12-19"),
        today_is_newest: true,
        day_of_year: (12, 19),
        hemisphere: Hemisphere::South,
        calendar: Calendar::Gregorian,
        names: &Cast,
    }
}

fn planned(text: &str, context: &PlanContext) -> Plan {
    plan(&parse(text).query, context)
}

/// The days that a date of the language is, in the southern archive or another.
#[track_caller]
fn check_days(context: &PlanContext, table: &[(&str, &str)]) {
    for (text, days) in table {
        let found = match planned(text, context).node {
            Node::Dates(ranges) => ranges.iter().map(DateRange::to_string).collect::<Vec<_>>().join(" "),
            other => format!("{other:?}"),
        };
        assert_eq!(found, *days, "{text}");
    }
}

#[test]
fn dates_become_days() {
    check_days(
        &south(),
        &[
            ("date:2003", "2003-01-01..2003-12-31"),
            ("date:2003-07", "2003-07-01..2003-07-31"),
            ("date:2003-02", "2003-02-01..2003-02-28"),
            ("date:2004-02", "2004-02-01..2004-02-29"),
            ("date:2003-07-26", "2003-07-26"),
            ("date:20030726", "2003-07-26"),
            ("date:2003-Q3", "2003-07-01..2003-09-30"),
            ("date:2003-Q4", "2003-10-01..2003-12-31"),
            ("date:2003-W30", "2003-07-21..2003-07-27"),
            ("date:2003-W01", "2002-12-30..2003-01-05"),
            ("date:2004-W53", "2004-12-27..2005-01-02"),
            ("date:1660s", "1660-01-01..1669-12-31"),
            ("date:9990s", "9990-01-01.."),
            ("date:2003-07..2003-09", "2003-07-01..2003-09-30"),
            ("date:2003-09..2003-07", "2003-07-01..2003-09-30"),
            ("date:..2003-02", "..2003-02-28"),
            ("date:2003-11..", "2003-11-01.."),
            ("date:[2003-01-01 TO 2003-01-31]", "2003-01-01..2003-01-31"),
            ("date:>=2003-11", "2003-11-01.."),
            ("date:>2003-11", "2003-12-01.."),
            ("date:<=2003-11", "..2003-11-30"),
            ("date:<2003-11", "..2003-10-31"),
            ("before:2003-06", "..2003-05-31"),
            ("before:2003", "..2002-12-31"),
            ("before:2003-03-01", "..2003-02-28"),
            ("until:2003-06", "..2003-06-30"),
            ("after:2003-06", "2003-07-01.."),
            ("after:2003-12-31", "2004-01-01.."),
            ("after:2003-02-28", "2003-03-01.."),
            ("since:2003-06", "2003-06-01.."),
            ("before:0001", "None"),
            ("after:9999", "None"),
            ("date:\"July 2003\"", "2003-07-01..2003-07-31"),
            ("date:\"26 July 2003\"", "2003-07-26"),
            ("date:\"first week of July 2003\"", "2003-07-01..2003-07-07"),
            ("date:\"second week of July 2003\"", "2003-07-08..2003-07-14"),
            ("date:\"fourth week of July 2003\"", "2003-07-22..2003-07-28"),
            ("date:\"last week of July 2003\"", "2003-07-25..2003-07-31"),
            ("date:\"last week of February 2004\"", "2004-02-23..2004-02-29"),
            ("date:\"week of 2003-07-26\"", "2003-07-21..2003-07-27"),
            ("date:\"early July 2003\"", "2003-07-01..2003-07-10"),
            ("date:\"mid July 2003\"", "2003-07-11..2003-07-20"),
            ("date:\"late July 2003\"", "2003-07-21..2003-07-31"),
            ("date:\"early 2003\"", "2003-01-01..2003-04-30"),
            ("date:\"mid 2003\"", "2003-05-01..2003-08-31"),
            ("date:\"late 2003\"", "2003-09-01..2003-12-31"),
            ("date:\"late winter 2003\"", "2003-08-01..2003-08-31"),
            ("date:\"mid 1660s\"", "1663-05-01..1666-08-31"),
            ("date:\"early 2003-W30\"", "2003-07-21..2003-07-22"),
            ("date:\"winter 2003\"", "2003-06-01..2003-08-31"),
            ("date:\"spring 2003\"", "2003-09-01..2003-11-30"),
            ("date:\"summer 2003\"", "2003-12-01..2004-02-29"),
            ("date:\"autumn 2003\"", "2003-03-01..2003-05-31"),
            ("date:\"around 2003-08-10\"", "2003-08-03..2003-08-17"),
            ("date:\"around July 2003\"", "2003-06-16..2003-08-15"),
            ("date:\"around 2003\"", "2002-07-02..2004-07-01"),
            ("date:\"around 9999-12-31\"", "9999-12-24.."),
            ("date:\"christmas 2003\"", "2003-12-24..2003-12-26"),
            ("date:\"new year 2003\"", "2002-12-31..2003-01-01"),
            ("date:\"easter 2003\"", "2003-04-18..2003-04-21"),
            ("date:\"easter 2024\"", "2024-03-29..2024-04-01"),
            ("date:\"halloween 2003\"", "2003-10-31"),
            ("date:\"good friday 2003\"", "2003-04-18"),
            ("date:\"whitsun 2003\"", "2003-06-08"),
            ("date:1600s", "1600-01-01..1699-12-31"),
            ("date:\"17th century\"", "1601-01-01..1700-12-31"),
            ("date:\"last tuesday\"", "2003-12-16"),
            ("date:\"last friday\"", "2003-12-12"),
            ("date:\"this friday\"", "2003-12-19"),
            ("date:\"last december\"", "2002-12-01..2002-12-31"),
            ("date:\"last summer\"", "2002-12-01..2003-02-28"),
            ("date:\"last christmas\"", "2002-12-24..2002-12-26"),
            ("date:\"since december\"", "2003-12-01.."),
            ("date:today", "2003-12-19"),
            ("date:yesterday", "2003-12-18"),
            ("date:\"this week\"", "2003-12-15..2003-12-21"),
            ("date:\"last week\"", "2003-12-08..2003-12-14"),
            ("date:\"this month\"", "2003-12-01..2003-12-31"),
            ("date:\"last month\"", "2003-11-01..2003-11-30"),
            ("date:\"last year\"", "2002-01-01..2002-12-31"),
            ("date:\"13 months ago\"", "2002-11-01..2002-11-30"),
            ("date:\"3 weeks ago\"", "2003-11-24..2003-11-30"),
            ("date:\"10 days ago\"", "2003-12-09"),
            ("date:\"last 7 days\"", "2003-12-13..2003-12-19"),
            ("date:\"last 2 weeks\"", "2003-12-06..2003-12-19"),
            ("date:\"last 3 months\"", "2003-09-20..2003-12-19"),
            ("date:\"past year\"", "2002-12-20..2003-12-19"),
            ("date:\"9999 years ago\"", "..0001-12-31"),
            ("since:\"last month\"", "2003-11-01.."),
            ("date:\"last month\" now:2003-03-31", "2003-02-01..2003-02-28"),
            ("date:\"last 1 months\" now:2003-03-31", "2003-03-01..2003-03-31"),
            (
                "date:2003-01,2003-02,2003-02-20..2003-03-01,2003-07",
                "2003-01-01..2003-01-31 2003-02-01..2003-03-01 2003-07-01..2003-07-31",
            ),
        ],
    );
}

#[test]
fn northern_and_old_style_archives_have_their_own_days() {
    let north = PlanContext { hemisphere: Hemisphere::North, ..south() };
    check_days(
        &north,
        &[
            ("date:\"winter 2003\"", "2003-12-01..2004-02-29"),
            ("date:\"summer 2003\"", "2003-06-01..2003-08-31"),
            ("date:\"autumn 9999\"", "9999-09-01..9999-11-30"),
            ("date:\"winter 9999\"", "9999-12-01.."),
        ],
    );
    let pepys = PlanContext { calendar: Calendar::Julian, today: date("1669-05-31"), ..north };
    check_days(
        &pepys,
        &[
            ("date:1700-02", "1700-02-01..1700-02-29"),
            ("before:1700-03", "..1700-02-29"),
            ("date:1660-02-29", "1660-02-29"),
            // The Great Fire: Sunday 2 September 1666, Old Style.
            ("date:\"week of 1666-09-02\"", "1666-08-27..1666-09-02"),
            ("date:yesterday", "1669-05-30"),
            ("date:\"easter 1666\"", "1666-04-13..1666-04-16"),
        ],
    );
    let england = PlanContext { calendar: Calendar::JulianUntil(date("1752-09-02")), ..north };
    check_days(
        &england,
        &[
            ("date:1752-09", "1752-09-01..1752-09-30"),
            ("date:1752-09-07", "1752-09-07"),
            ("date:\"around 1752-09-07\"", "1752-08-31..1752-09-25"),
        ],
    );
}

#[test]
fn any_year_and_facets() {
    let node = |text: &str| planned(text, &south()).node;
    let of = |facet, keys: &[&str]| {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        Node::Facet { facet, keys, below: Vec::new(), uncertain: Vec::new() }
    };
    assert_eq!(node("on:today"), Node::DaysOfYear(vec![(12, 19)]));
    assert_eq!(node("day:10-06,01-26"), Node::DaysOfYear(vec![(1, 26), (10, 6)]));
    assert_eq!(node("month:july,june"), Node::MonthsOfYear(vec![6, 7]));
    assert_eq!(node("month:2003-07"), of(Facet::Month, &["2003-07"]));
    assert_eq!(node("year:2003,2001"), of(Facet::Year, &["2001", "2003"]));
    assert_eq!(node("weekday:friday"), of(Facet::Weekday, &["friday"]));
    assert_eq!(node("archive:rusty"), of(Facet::Archive, &["rusty"]));
    assert_eq!(node(""), Node::All);
    assert_eq!(node("-*"), Node::None);
    assert_eq!(node("-person:nobody"), Node::All);
    assert_eq!(node("a before:0001"), Node::None);
}

#[test]
fn names_become_keys() {
    let node = |text: &str| planned(text, &south()).node;
    let people = |keys: &[&str]| Node::Facet {
        facet: Facet::Person,
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        below: Vec::new(),
        uncertain: Vec::new(),
    };
    assert_eq!(node("person:tridge"), people(&["tridgell-andrew"]));
    assert_eq!(node("person:\"Andrew Tridgell\""), node("who:TRIDGE"));
    assert_eq!(node("person:david"), people(&["gibson-david", "hogan-david", "miller-david"]));
    assert_eq!(node("person:\"David Gibson\""), people(&["gibson-david"]));
    assert_eq!(node("person:tridge,linus"), people(&["torvalds-linus", "tridgell-andrew"]));
    assert_eq!(
        node("person:tridge person:linus"),
        Node::And(vec![people(&["torvalds-linus"]), people(&["tridgell-andrew"])])
    );
    assert_eq!(node("-person:linus"), Node::Not(Box::new(people(&["torvalds-linus"]))));
    let uncertain = |keys: &[&str], form: &str| match people(keys) {
        Node::Facet { facet, keys, below, .. } => Node::Facet { facet, keys, below, uncertain: vec![form.to_owned()] },
        other => other,
    };
    assert_eq!(node("person:tridge?"), uncertain(&["tridgell-andrew"], "tridge"));
    assert_eq!(node("person:dave?"), uncertain(&[], "dave"));
    assert_eq!(node("project:kernel/*"), node("project:kernel"));
}

#[test]
fn facet_values_come_and_go() {
    let with = |text: &str, facet, key| parse(text).query.with_value(facet, key).to_string();
    assert_eq!(with("a", Facet::Person, "torvalds-linus"), "a person:torvalds-linus");
    assert_eq!(with("a person:tridge b", Facet::Person, "torvalds-linus"), "a person:tridge,torvalds-linus b");
    assert_eq!(with("-person:tridge", Facet::Person, "torvalds-linus"), "-person:tridge person:torvalds-linus");
    assert_eq!(with("month:2003-07", Facet::Month, "2003-08"), "month:2003-07,2003-08");
    let without = |text: &str, facet, key| without_value(&parse(text).query, facet, key, &south()).to_string();
    assert_eq!(without("a person:tridge", Facet::Person, "tridgell-andrew"), "a");
    assert_eq!(without("person:tridge,linus", Facet::Person, "tridgell-andrew"), "person:linus");
    assert_eq!(without("person:david a", Facet::Person, "miller-david"), "person:gibson-david,hogan-david a");
    assert_eq!(without("year:2003,2004 -person:tridge", Facet::Year, "2003"), "year:2004 -person:tridge");
    assert_eq!(without("weekday:friday month:2003-07", Facet::Weekday, "friday"), "month:2003-07");
    assert_eq!(without("month:july,2003-07", Facet::Month, "2003-07"), "month:july");
}

#[test]
fn order_and_limit() {
    let order = |text: &str| (planned(text, &south()).sort, planned(text, &south()).limit);
    assert_eq!(order("keynote"), (Sort::Relevance, None));
    assert_eq!(order("person:linus"), (Sort::Date, None));
    assert_eq!(order("-keynote"), (Sort::Date, None));
    assert_eq!(order("keynote sort:date-asc limit:5"), (Sort::DateAsc, Some(5)));
}

#[test]
fn what_names_nobody_is_said() {
    let said = |text: &str| planned(text, &south()).diagnostics;
    let [unknown] = &said("x person:trigde,linus")[..] else { panic!() };
    assert_eq!((unknown.code, unknown.severity), ("unknown-name", Severity::Warning));
    assert_eq!(unknown.message, "no person here is called \"trigde\": did you mean tridge?");
    assert_eq!(unknown.suggestion.as_deref(), Some("x person:tridge,linus"));
    assert_eq!(unknown.span.of("x person:trigde,linus"), "trigde");
    assert_eq!(said("person:zorro")[0].suggestion.as_deref(), Some("zorro"));
    let [several] = &said("person:david")[..] else { panic!() };
    assert_eq!((several.code, several.severity), ("ambiguous-name", Severity::Note));
    assert_eq!(
        several.message,
        "\"david\" may be any of David Gibson (2), David Miller (4), David Hogan (1): all are taken"
    );
    assert_eq!(said("person:tridge person:dave? LBW"), []);
}

#[test]
fn it_says_how_it_understood() {
    let understood = |text: &str| planned(text, &south()).understood;
    let read = understood("who:tridge rzip date:\"winter 2003\"");
    assert_eq!(read.text, "rzip person:tridge date:\"winter 2003\"");
    assert_eq!(
        read.summary(),
        "person = Andrew Tridgell (via \"tridge\") · 2003-06-01..2003-08-31 (winter 2003, southern)"
    );
    let removed: Vec<&str> = read.clauses.iter().map(|clause| clause.remove.as_str()).collect();
    assert_eq!(removed, ["person:tridge date:\"winter 2003\"", "rzip date:\"winter 2003\"", "rzip person:tridge"]);
    assert_eq!(read.date.unwrap().to_string(), "2003-06-01..2003-08-31");
    assert_eq!(understood("since:2003-02 before:2003-06").date.unwrap().to_string(), "2003-02-01..2003-05-31");
    for (text, summary) in [
        ("before:2003-06", "..2003-05-31 (before 2003-06)"),
        ("until:2003-06", "..2003-06-30 (until the end of 2003-06)"),
        ("date:2003-07-26", ""),
        ("date:2003-07-26..2003-07-27", ""),
        ("date:\"last month\"", "2003-11-01..2003-11-30 (last month, counted from the newest entry, 2003-12-19)"),
        ("date:\"last month\" now:2003-03-01", "2003-02-01..2003-02-28 (last month, counted from 2003-03-01)"),
        ("-person:\"Linus Torvalds\"", "not: person = Linus Torvalds"),
        (
            "person:tridge,david",
            "person = Andrew Tridgell (via \"tridge\") or David Gibson or David Miller or David Hogan",
        ),
        ("on:today", "day = 19 December of any year"),
        ("date:summer", "month = December, January or February of any year (summer, southern)"),
        ("on this day", "day = 19 December of any year"),
        ("date:2003-07,2003-08-02", "2003-07-01..2003-07-31 or 2003-08-02"),
        ("rzip OR person:linus", "rzip or person = Linus Torvalds (via \"linus\")"),
        ("rzip OR rsync", ""),
        ("module by tridgell", "tridgell, or person = Andrew Tridgell"),
        ("lbw 4 july", "lbw, or project = Linux Bier Wanderung · 4 july, or day = 4 July of any year"),
        ("hotplug winter 2003", "winter 2003, or date = 2003-06-01..2003-08-31"),
        ("tridgel~ modul*", "tridgel with at most one typing error · words that begin with modul"),
    ] {
        assert_eq!(understood(text).summary(), summary, "{text}");
    }
}

proptest! {
    #[test]
    fn what_was_understood_reads_to_the_same_plan(query in crate::lang::tests::laws::query()) {
        let context = south();
        let first = plan(&query, &context);
        let again = parse(&first.understood.text).query;
        prop_assume!(again.to_string() == first.understood.text);
        let second = plan(&again, &context);
        prop_assert_eq!(&second.understood, &first.understood);
        prop_assert_eq!(second.sort, first.sort);
        prop_assert_eq!(second.node, first.node);
        prop_assert_eq!(second.lifts, first.lifts);
    }

    #[test]
    fn filters_may_stand_in_any_order(order in Just(vec!["person:linus", "date:2003", "has:link", "-is:undated", "month:july"]).prop_shuffle()) {
        let read = planned(&format!("rzip {}", order.join(" ")), &south());
        prop_assert_eq!(read.understood.text, "rzip person:linus month:july date:2003 has:link -is:undated");
    }

    #[test]
    fn simple_nodes_only(query in crate::lang::tests::laws::query()) {
        prop_assert!(is_simple(&plan(&query, &south()).node, true));
    }

    #[test]
    fn ranges_run_forwards(text in "(before:|after:|since:|until:|date:)\"?(last |around |early |[0-9]{1,4} )?(week of |month|year |weeks ago)?[0-9]{4}?(-[01][0-9])?(-[0-3][0-9])?\"?", south_of in any::<bool>()) {
        let hemisphere = if south_of { Hemisphere::South } else { Hemisphere::North };
        if let Node::Dates(ranges) = planned(&text, &PlanContext { hemisphere, ..south() }).node {
            prop_assert!(ranges.iter().all(|range| range.from <= range.to));
            prop_assert!(ranges.windows(2).all(|pair| pair[0].to < pair[1].from));
        }
    }
}

/// Whether nothing in it could be said more simply.
fn is_simple(node: &Node, top: bool) -> bool {
    match node {
        Node::All | Node::None => top,
        Node::And(parts) => {
            parts.len() > 1 && parts.iter().all(|part| !matches!(part, Node::And(_)) && is_simple(part, false))
        }
        Node::Or(parts) => {
            parts.len() > 1 && parts.iter().all(|part| !matches!(part, Node::Or(_)) && is_simple(part, false))
        }
        Node::Not(inner) => !matches!(**inner, Node::Not(_)) && is_simple(inner, false),
        _ => true,
    }
}
