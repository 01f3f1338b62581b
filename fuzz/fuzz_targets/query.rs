//! Any text parses, reads back as the same, and can be planned.

#![no_main]

use diary::{Calendar, CivilDate, Facet, Hemisphere};
use diary_query::lang::parse;
use diary_query::plan::{NameMatch, Names, PlanContext, plan};
use libfuzzer_sys::fuzz_target;

/// An index that knows nobody.
struct Nobody;

impl Names for Nobody {
    fn resolve(&self, _: Facet, _: &str) -> Vec<NameMatch> {
        Vec::new()
    }

    fn like(&self, _: Facet, _: &str) -> Option<String> {
        None
    }
}

fuzz_target!(|text: &str| {
    let query = parse(text).query;
    assert_eq!(parse(&query.to_string()).query, query);
    let Some(today) = CivilDate::new(2003, 12, 19) else { return };
    let context = PlanContext {
        today,
        today_is_newest: true,
        day_of_year: (12, 19),
        hemisphere: Hemisphere::South,
        calendar: Calendar::Gregorian,
        names: &Nobody,
    };
    let first = plan(&query, &context);
    let second = plan(&parse(&first.understood.text).query, &context);
    assert_eq!(first.node, second.node);
});
