//! Dates as days, names as keys, and the laws of plans.

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

/// The words of a query that an entry must have.
fn needed(text: &str) -> String {
    let node = planned(text, &south()).node;
    let text = |part: &Node| match part {
        Node::Text { term, .. } => Some(term.text.clone()),
        Node::Alias { words, .. } => Some(format!("{:?}", words.parts().len())),
        _ => None,
    };
    node.parts().iter().filter_map(text).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_only_asks_need_not_be_there() {
    for (asked, expect) in [
        ("what did he think of shakespeare", "shakespeare"),
        ("what did david think of shakespeare", "shakespeare"),
        ("david shakespeare", "david shakespeare"),
        ("the keynote", "keynote"),
        ("Where WAS the keynote", "keynote"),
        ("didn't he answer", "answer"),
        ("how fast did he ride", "ride"),
        ("how lovely the garden", "garden"),
        ("think shakespeare", "think shakespeare"),
        ("the day the war broke out", "war broke out"),
        ("the day war broke out", "war broke out"),
        ("first mention of coffee", "coffee"),
        ("time machine", "time machine"),
        ("first aid", "first aid"),
        ("the first snow of spring", "first snow spring"),
        ("first day of the year", "first day year"),
        ("what happened", "happened"),
        ("what is it", "what is it"),
        ("to be or not to be", "to be or not to be"),
        ("the =of house", "of house"),
        ("the person:linus", "the"),
        ("wer war der mann", "mann"),
        ("qui est la femme", "qui est la femme"),
    ] {
        assert_eq!(needed(asked), expect, "{asked}");
    }
}

#[test]
fn a_first_or_last_mention_is_asked_for_by_date() {
    for (asked, sort) in [
        ("first mention of coffee", Sort::DateAsc),
        ("when was the first mention of tridge", Sort::DateAsc),
        ("last mention of \"hotplug cpu\"", Sort::Date),
        ("first mention of coffee sort:relevance", Sort::Relevance),
        ("first time he drank coffee", Sort::Relevance),
        ("first day of winter", Sort::Relevance),
        ("first aid", Sort::Relevance),
        ("the first entry", Sort::DateAsc),
        ("newest entries", Sort::Date),
        ("last entry of 2003", Sort::Date),
        ("coffee", Sort::Relevance),
    ] {
        assert_eq!(planned(asked, &south()).sort, sort, "{asked}");
    }
    let said = &planned("first mention of coffee", &south()).diagnostics[0];
    assert_eq!((said.code, said.message.as_str()), ("order-in-words", "the oldest come first, as the words ask"));
    let again = planned(said.suggestion.as_deref().unwrap(), &south());
    assert_eq!((again.sort, again.diagnostics.len()), (Sort::Relevance, 0));
}

/// Entries that name another of the name came before those that the question is about.
#[test]
fn a_question_that_names_a_diarist_is_asked_of_that_diary_first() {
    let archives = |text: &str| -> Vec<(String, Node)> {
        planned(text, &south()).lifts.into_iter().map(|lift| (lift.words, lift.node)).collect()
    };
    let david = Node::Facet { facet: Facet::Archive, keys: vec!["david".to_owned()], below: vec![], uncertain: vec![] };
    assert_eq!(archives("what did David think of shakespeare"), [("david".to_owned(), david)]);
    assert_eq!(archives("david shakespeare"), []);
    assert_eq!(archives("what did linus think of shakespeare"), []);
}

#[test]
fn a_month_of_another_language_lifts_it_where_it_means_nothing_else() {
    let months = |text: &str| planned(text, &south()).lifts.into_iter().map(|lift| lift.node).collect::<Vec<_>>();
    assert_eq!(months("neige en février"), [Node::MonthsOfYear(vec![2])]);
    assert_eq!(months("schnee im dezember"), [Node::MonthsOfYear(vec![12])]);
    assert_eq!(months("the moons of mars"), []);
}

#[test]
fn a_time_with_a_name_among_the_words_lifts_that_time_and_not_its_year() {
    for (asked, days) in [
        ("easter 1661", "1661-04-15..1661-04-18"),
        ("frost winter 1827", "1827-06-01..1827-08-31"),
        ("last week of july 2003 keynote", "2003-07-25..2003-07-31"),
        ("early july 2003", "2003-07-01..2003-07-10"),
        ("july 2003", "2003-07-01..2003-07-31"),
        ("friday 2003", "2003-01-01..2003-12-31"),
        ("in 2003", "2003-01-01..2003-12-31"),
    ] {
        let lifts = planned(asked, &south()).lifts;
        let [Lift { node: Node::Dates(ranges), .. }] = lifts.as_slice() else { panic!("{asked}: {lifts:?}") };
        assert_eq!(ranges.iter().map(DateRange::to_string).collect::<Vec<_>>().join(" "), days, "{asked}");
    }
}

#[test]
fn names_among_the_words_find_their_aliases() {
    let named = |text: &str| -> Vec<(Node, Vec<String>)> {
        let node = planned(text, &south()).node;
        let aliases = node.parts().iter().filter_map(|part| match part {
            Node::Alias { words, named } => Some((
                (**words).clone(),
                named
                    .iter()
                    .flat_map(|node| if let Node::Facet { keys, .. } = node { keys.clone() } else { vec![] })
                    .collect(),
            )),
            _ => None,
        });
        aliases.collect()
    };
    let keys = |text: &str| named(text).into_iter().flat_map(|(_, keys)| keys).collect::<Vec<_>>();
    assert_eq!(keys("LBW"), ["linux-bier-wanderung"]);
    assert_eq!(keys("\"Linux Beer Hike\""), ["linux-bier-wanderung"]);
    assert_eq!(keys("the linux beer hike with tridge"), ["linux-bier-wanderung", "tridgell-andrew"]);
    assert_eq!(named("linux beer hike")[0].0.parts().len(), 3);
    assert_eq!(named("linus torvalds")[0].0.parts().len(), 2);
    assert_eq!(keys("linus david gibson tridge"), ["torvalds-linus", "gibson-david", "tridgell-andrew"]);
    assert_eq!(keys("david"), [] as [&str; 0]);
    assert_eq!(keys("linux beer"), [] as [&str; 0]);
    assert_eq!(keys("dinner with tridgell"), ["tridgell-andrew"]);
    assert_eq!(keys("andrew"), [] as [&str; 0]);
    assert_eq!(keys("the miller"), [] as [&str; 0]);
    assert_eq!(keys("=LBW"), [] as [&str; 0]);
    assert_eq!(keys("title:LBW"), [] as [&str; 0]);
    assert!(matches!(planned("-LBW", &south()).node, Node::Not(inner) if matches!(*inner, Node::Text { .. })));
}

#[test]
fn times_among_the_words_lift() {
    let lifts =
        |text: &str| planned(text, &south()).lifts.into_iter().map(|lift| (lift.words, lift.node)).collect::<Vec<_>>();
    let days = |from: &str, to: &str| Node::Dates(vec![DateRange::new(date(from), date(to)).unwrap()]);
    assert_eq!(lifts("keynote july"), [("july".to_owned(), Node::MonthsOfYear(vec![7]))]);
    assert_eq!(lifts("july 2003 keynote"), [("july 2003".to_owned(), days("2003-07-01", "2003-07-31"))]);
    assert_eq!(lifts("keynote 2003"), [("2003".to_owned(), days("2003-01-01", "2003-12-31"))]);
    for day in ["4th Of july", "4 july", "July 4", "july 4th"] {
        assert_eq!(lifts(&format!("{day} fireworks")), [(day.to_owned(), Node::DaysOfYear(vec![(7, 4)]))]);
    }
    assert_eq!(lifts("frost in winter"), [("winter".to_owned(), Node::MonthsOfYear(vec![6, 7, 8]))]);
    assert_eq!(lifts("it may march on 2.6 -july \"july\" spring fall"), []);
}

#[test]
fn ranges_and_bounds_among_the_words_are_times() {
    let lifted = |text: &str| planned(text, &south()).lifts.into_iter().next().map(|lift| lift.node);
    let days = |from: &str, to: &str| Some(Node::Dates(vec![DateRange::new(date(from), date(to)).unwrap()]));
    for range in ["between june and july 2003", "from june to july 2003", "june to july 2003", "1 june to 31 July 2003"]
    {
        assert_eq!(lifted(&format!("futex {range}")), days("2003-06-01", "2003-07-31"), "{range}");
    }
    assert_eq!(lifted("futex 2002..2003"), days("2002-01-01", "2003-12-31"));
    assert_eq!(lifted("futex before 2003"), days("0001-01-01", "2002-12-31"));
    assert_eq!(lifted("since may 2003 futex"), days("2003-05-01", "9999-12-31"));
    assert_eq!(lifted("after 1200 miles"), days("1200-01-01", "1200-12-31"));
    for no_time in ["from london to york", "since march", "between 2 and 4", "1234-5678", "after lunch"] {
        assert_eq!(lifted(no_time), None, "{no_time}");
    }
}

#[test]
fn a_date_that_is_all_of_a_query_is_met_by_the_entries_of_that_time() {
    let node = |text: &str| planned(text, &south()).node;
    for time in ["2003-07-26", "26 july 2003", "july 2003", "2003", "july 26"] {
        assert!(matches!(node(time), Node::Alias { .. }), "{time}");
    }
    assert!(matches!(node("july"), Node::Text { .. }));
    assert!(matches!(node("summer"), Node::Text { .. }));
    let of_the_range = |text: &str| matches!(node(text), Node::Dates(_));
    assert!(of_the_range("between may and july 2003") && of_the_range("before july 2003"));
}

#[test]
fn what_is_no_word_is_said_to_be_passed_over() {
    let said = |text: &str| planned(text, &south()).diagnostics.into_iter().map(|said| said.code).collect::<Vec<_>>();
    assert_eq!(said("futex 🎉"), ["nothing-to-search"]);
    assert_eq!(said("futex 日記 قلعة é ½"), [] as [&str; 0]);
}

#[test]
fn an_operator_in_small_letters_is_told_how_it_is_written() {
    let said = |text: &str| {
        let said = planned(text, &south()).diagnostics.into_iter().find(|said| said.code == "small-operator");
        said.and_then(|said| said.suggestion)
    };
    for (asked, meant) in [
        ("linus or tridge", "linus OR tridge"),
        ("rzip or rsync module sort:date", "(rzip OR rsync) module sort:date"),
        ("linus not tridge", "linus -tridge"),
        ("linus but not tridge", "linus -tridge"),
        ("linus and not tridge", "linus -tridge"),
    ] {
        assert_eq!(said(asked).as_deref(), Some(meant), "{asked}");
    }
    for sentence in
        ["did he like linus or tridge", "to be or not to be", "or tridge", "it was not good", "rzip OR rsync"]
    {
        assert_eq!(said(sentence), None, "{sentence}");
    }
}

#[test]
fn on_this_day_is_the_readers_day_in_any_year() {
    let reader = PlanContext { day_of_year: (11, 28), ..south() };
    let node = |text: &str| planned(text, &reader).node;
    assert_eq!(node("on this day"), Node::DaysOfYear(vec![(11, 28)]));
    assert_eq!(node("day:today"), Node::DaysOfYear(vec![(11, 28)]));
    assert_eq!(node("On this day now:2003-07-26"), Node::DaysOfYear(vec![(7, 26)]));
    assert!(matches!(node("keynote on this day"), Node::And(parts) if parts[1] == Node::DaysOfYear(vec![(11, 28)])));
    assert!(matches!(node("\"on this day\""), Node::Text { .. }));
    assert!(!matches!(node("this day"), Node::DaysOfYear(_)));
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
