//! What bare words come to: questions, times, and the names of people.

use super::*;

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
    assert_eq!(months("酒 九月"), [Node::MonthsOfYear(vec![9])]);
    assert_eq!(months("酒 九月九日"), [Node::DaysOfYear(vec![(9, 9)])]);
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
        ("酒 昭和五年九月", "1930-09-01..1930-09-30"),
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
