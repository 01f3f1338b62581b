//! The passages of any text for any query: pieces of it, marked on character boundaries, in order and apart.

#![no_main]

use diary::{
    Block, BlockKind, Calendar, CivilDate, Entry, EntryDate, EntryId, Facet, Hemisphere, SourceRef, Span, Visibility,
};
use diary_query::lang::parse;
use diary_query::passage::{Wanted, choose};
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

fuzz_target!(|input: (String, String, u8)| {
    let (text, question, kind) = input;
    let Some(today) = CivilDate::new(2003, 12, 19) else { return };
    let Some(day) = Calendar::Gregorian.day(today) else { return };
    let kind = BlockKind::ALL[usize::from(kind) % BlockKind::ALL.len()];
    let entry = Entry {
        id: EntryId::new("fuzz", "2003-12-19", 1),
        date: EntryDate::on(day, Calendar::Gregorian, "2003-12-19"),
        heading: String::new(),
        title: None,
        author: None,
        lang: None,
        blocks: vec![Block { kind, span: Span::new(0, text.len()) }],
        text,
        links: vec![],
        tags: vec![],
        sources: vec![SourceRef { path: String::new(), line: 1, span: Span::default() }],
        anchor: None,
        visibility: Visibility::Public,
        sensitive: false,
        mentions: vec![],
    };
    let context = PlanContext {
        today,
        today_is_newest: true,
        day_of_year: (12, 19),
        hemisphere: Hemisphere::North,
        calendar: Calendar::Gregorian,
        names: &Nobody,
    };
    let wanted = Wanted::new(&plan(&parse(&question).query, &context).node);
    let found = wanted.find(&entry);
    let (passages, _) = choose(&entry, &found, &wanted, 3);
    for passage in &passages {
        assert_eq!(passage.span.of(&entry.text), passage.text);
        let mut at = 0;
        for mark in &passage.marks {
            assert!(at <= mark.start && mark.start < mark.end);
            assert!(passage.text.get(mark.start..mark.end).is_some());
            at = mark.end;
        }
    }
});
