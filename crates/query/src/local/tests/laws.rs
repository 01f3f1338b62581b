//! What holds of every question: shown counts are the totals of their links, and counts add up.

use super::*;
use crate::lang::{Clause, Query as QueryTree};
use proptest::prelude::*;

/// Every shown count is the total of the query behind its link.
fn facet_law(world: &World, text: &str) -> Result<(), TestCaseError> {
    let answer = ask(world, text);
    for counts in &answer.page.facets {
        for value in &counts.values {
            let total = total(world, &value.apply);
            prop_assert_eq!(value.count, total, "{} {} → {}", text, &value.value, &value.apply);
            if let Some(remove) = &value.remove {
                let without = ask(world, remove);
                let same = without.page.facets.iter().filter(|other| other.facet == counts.facet);
                let mut still = same.flat_map(|other| &other.values).filter(|other| other.value == value.value);
                prop_assert!(still.all(|other| !other.selected), "{} → {}", text, remove);
            }
        }
    }
    Ok(())
}

#[test]
fn a_bare_surname_among_the_values_leads_to_its_own_entries_and_not_to_its_namesakes() {
    let world = world(&[
        entry("2003-01-01", "<Cadell|cadell> came"),
        entry("2003-01-02", "<Robert Cadell|cadell-robert> came"),
        entry("2003-01-03", "<Francis Cadell|cadell-francis> came"),
    ]);
    assert_eq!((total(&world, "person:cadell"), total(&world, "person:=cadell")), (3, 1));
    assert_eq!(total(&world, "person:=cadell-robert"), 1);
    for text in ["", "came", "person:=cadell", "person:cadell-robert"] {
        facet_law(&world, text).unwrap();
    }
    let suggested = world.engine.suggest("cad", 5).unwrap().people;
    assert!(suggested.iter().all(|one| total(&world, &one.query) == one.count), "{suggested:?}");
}

#[test]
fn a_month_without_entries_beside_a_chosen_one_counts_what_is_chosen() {
    let world = world(&[entry("2003-01-01", "rain"), entry("2003-03-01", "rain")]);
    for text in ["month:2003-03", "rain year:2003", "month:2003-01,2003-03", "month:2003-02", "month:january rain"] {
        facet_law(&world, text).unwrap();
    }
    for text in ["month:2002-06", "what did beta month:july year:2001,2003"] {
        facet_law(random_world(), text).unwrap();
    }
}

#[test]
fn a_value_that_nobody_names_counts_what_is_below_it() {
    let world = world(&[
        entry("2003-01-01", "<A|#suite-red> and <B|#suite-blue>"),
        entry("2003-01-02", "<A|#suite-red> and <K|#kernel>"),
        entry("2003-01-03", "nothing"),
    ]);
    let answer = ask(&world, "");
    let projects = answer.page.facets.iter().find(|counts| counts.facet == Facet::Project).unwrap();
    let mut counted: Vec<(&str, u64)> = projects.values.iter().map(|value| (&*value.value, value.count)).collect();
    counted.sort_unstable();
    assert_eq!(counted, [("kernel", 1), ("suite", 2), ("suite-blue", 1), ("suite-red", 2)]);
    let found = ask(&world, "project:suite");
    assert_eq!(found.page.total, 2);
    let marked: Vec<&str> = found
        .page
        .hits
        .iter()
        .flat_map(|hit| &hit.passages)
        .flat_map(|p| p.marks.iter().map(|m| m.of(&p.text)))
        .collect();
    assert_eq!(marked.len(), 3, "{marked:?}");
    facet_law(&world, "project:suite").unwrap();
    facet_law(&world, "-project:suite").unwrap();
}

/// A world of forty entries over few words and people.
fn random_world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let words = [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "<A|ann>",
            "<B|bob>",
            "<C|cy>",
            "<K|#kernel>",
            "<N|#kernel-net>",
            "<Q|#qemu>",
            "<R|#suite-red>",
            "<S|#suite-blue>",
        ];
        let entries: Vec<Entry> = (0..40u32)
            .map(|n| {
                let picked = (0..words.len() as u32).filter(|w| (n * 7 + w * w * 3 + n * w) % 5 < 2);
                let text: Vec<&str> = picked.map(|w| words[w as usize]).collect();
                entry(&format!("20{:02}-{:02}-{:02}", 1 + n % 3, 1 + (n * 5) % 12, 1 + n % 28), &text.join(" "))
            })
            .collect();
        world(&entries)
    })
}

fn any_query() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "alpha",
        "beta",
        "-gamma",
        "delta",
        "person:ann",
        "person:bob,cy",
        "-person:ann",
        "year:2002",
        "year:2001,2003",
        "month:2002-06",
        "month:july",
        "weekday:friday",
        "date:2002..",
        "alpha OR beta",
        "(beta delta) OR gamma",
        "person:ann person:bob",
        "project:qemu",
        "project:kernel",
        "project:kernel/*",
        "project:kernel/*,qemu",
        "-project:kernel",
        "project:suite",
        "project:suite,suite-red",
        "project:suite-blue",
        "date:2002-03..2003-05",
    ]);
    prop::collection::vec(part, 0..4).prop_map(|parts| parts.join(" "))
}

/// A query with words in front of it that need not be there, or that name a time.
fn any_question() -> impl Strategy<Value = String> {
    let asking = prop::sample::select(vec!["", "the", "what did beta", "winter 2002", "first mention of alpha"]);
    (asking, any_query()).prop_map(|(asking, query)| format!("{asking} {query}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn the_facet_law_holds(text in any_question()) {
        facet_law(random_world(), &text)?;
    }

    #[test]
    fn ways_on_lead_where_they_say(text in any_question(), nothing in "(zzz |\"alpha delta\" |date:1999 )") {
        for way in ask(random_world(), &format!("{text} {nothing}")).ways_on {
            prop_assert_eq!(way.count, total(random_world(), &way.query), "{}: {}", &way.what, &way.query);
        }
    }

    #[test]
    fn and_commutes(a in any_query(), b in any_query()) {
        let total = |text: String| total(random_world(), &text);
        prop_assert_eq!(total(format!("({a}) ({b})")), total(format!("({b}) ({a})")));
    }

    #[test]
    fn inclusion_and_exclusion(a in any_query(), b in any_query()) {
        let count = |clause: Clause| {
            let query = QueryTree::of(clause).to_string();
            total(random_world(), &query) as i64
        };
        let tree = |text: &str| crate::lang::parse(text).query.clause;
        let both = Clause::and(vec![tree(&a), tree(&b)]);
        let either = Clause::or(vec![tree(&a), tree(&b)]);
        prop_assert_eq!(count(tree(&a)) + count(tree(&b)), count(both) + count(either));
    }

    #[test]
    fn nothing_is_too_odd_to_ask(text in "\\PC{0,60}") {
        ask(small(), &text);
    }
}
