//! An engine made by hand, with all that could harm a page in it.

use crate::Live;
use diary::{Block, BlockKind, Calendar, CivilDate, Entry, EntryDate, EntryId, Facet, Hemisphere, Span, Visibility};
use diary_query::plan::{NameMatch, Names, Plan};
use diary_query::{
    ArchiveFacts, Engine, EngineError, FacetCounts, FacetRequest, FacetValue, Facts, Hit, IndexState, Named, Page,
    Passage, Standing, Window,
};
use std::sync::Arc;
use std::time::Duration;

/// Three entries, found by every query but a few that have a meaning of their own.
struct Fake {
    facts: Facts,
}

/// Knows one person.
struct Linus;

impl Names for Linus {
    fn resolve(&self, facet: Facet, text: &str) -> Vec<NameMatch> {
        let known = NameMatch {
            key: "torvalds-linus".to_owned(),
            label: "Linus <b> Torvalds".to_owned(),
            count: 3,
            via: "Linus".to_owned(),
            exact: true,
        };
        if facet == Facet::Person && matches!(text, "linus" | "torvalds-linus") { vec![known] } else { Vec::new() }
    }
    fn like(&self, _: Facet, _: &str) -> Option<String> {
        None
    }
}

fn date(day: u32) -> EntryDate {
    let printed = CivilDate::new(2003, 12, day).unwrap();
    EntryDate::on(Calendar::Gregorian.day(printed).unwrap(), Calendar::Gregorian, "as written")
}

fn id(day: u32) -> EntryId {
    EntryId::new("rusty", &format!("2003-12-{day:02}"), 1)
}

fn hit(day: u32) -> Hit {
    let text = "<script>alert(1)</script> & the \u{202e}hotplug code";
    let at = text.find("hotplug").unwrap();
    Hit {
        id: id(day),
        date: date(day),
        heading: "Friday December 19 2003".to_owned(),
        title: Some("<b>title</b>".to_owned()),
        author: None,
        url: Some("https://example.org/diary.html".to_owned()),
        score: 1.5,
        missing: if day == 17 { vec!["<i>".to_owned()] } else { vec![] },
        passages: vec![Passage {
            text: text.to_owned(),
            span: Span::new(0, text.len()),
            marks: vec![Span::new(at, at + 7)],
            cut_before: true,
            cut_after: true,
            preformatted: false,
        }],
        more_places: 1,
        people: vec![Named { key: "torvalds-linus".to_owned(), label: "Linus \"<\" Torvalds".to_owned() }],
        projects: vec![],
        reasons: vec![],
        explanation: None,
        previous: None,
        next: None,
        source: "rusty.txt:1".to_owned(),
    }
}

impl Engine for Fake {
    fn facts(&self) -> &Facts {
        &self.facts
    }
    fn names(&self) -> &dyn Names {
        &Linus
    }
    fn search(&self, plan: &Plan, window: &Window) -> Result<Page, EngineError> {
        let query = plan.understood.text.as_str();
        match query {
            "boom" => panic!("inner words"),
            "gone" => return Err(EngineError::Unusable("/home/secret is broken: run x".to_owned())),
            "slow" => std::thread::sleep(Duration::from_millis(300)),
            _ => {}
        }
        let days: &[u32] = if query.contains("nothing") { &[] } else { &[19, 18, 17] };
        let hits: Vec<Hit> = days.iter().skip(window.offset).take(window.limit).map(|day| hit(*day)).collect();
        let facets = self.facets(plan, &window.facets)?;
        let total = days.len() as u64;
        let range = Some(("2003-12-17".to_owned(), "2003-12-19".to_owned())).filter(|_| total > 0);
        Ok(Page {
            offset: window.offset,
            limit: window.limit,
            total,
            partial_total: 0,
            mixed: false,
            range,
            hits,
            facets,
        })
    }
    fn spelling(&self, _: &str) -> Result<Option<String>, EngineError> {
        Ok(None)
    }
    fn count(&self, _: &Plan) -> Result<u64, EngineError> {
        Ok(3)
    }
    fn days(&self, _: &Plan) -> Result<Vec<(CivilDate, u64)>, EngineError> {
        Ok((17..20).filter_map(|day| Some((CivilDate::new(2003, 12, day)?, 1))).collect())
    }
    fn facets(&self, _: &Plan, requests: &[FacetRequest]) -> Result<Vec<FacetCounts>, EngineError> {
        let value = |value: &str, count, selected: bool| FacetValue {
            value: value.to_owned(),
            label: value.to_owned(),
            count,
            selected,
            apply: format!("date:{value}"),
            remove: selected.then(String::new),
        };
        let counts = |request: &FacetRequest| FacetCounts {
            facet: request.facet,
            values: vec![value("2003-10", 1, false), value("2003-11", 0, false), value("2003-12", 2, true)],
            distinct: 4,
        };
        Ok(requests.iter().map(counts).collect())
    }
    fn entry(&self, wanted: &EntryId) -> Result<Option<Entry>, EngineError> {
        let text = "Hello <world>\n\nls -l";
        let blocks = vec![
            Block { kind: BlockKind::Paragraph, span: Span::new(0, 13) },
            Block { kind: BlockKind::Code, span: Span::new(15, 20) },
        ];
        Ok((*wanted == id(19)).then(|| Entry {
            id: id(19),
            date: date(19),
            heading: "Friday December 19 2003".to_owned(),
            title: None,
            author: None,
            lang: Some("en".to_owned()),
            text: text.to_owned(),
            blocks,
            links: vec![diary::Link { span: Span::new(0, 5), target: "javascript:alert(1)".to_owned() }],
            tags: vec![],
            sources: vec![],
            anchor: None,
            visibility: Visibility::Public,
            sensitive: false,
            mentions: vec![],
        }))
    }
    fn neighbours(&self, _: &EntryId) -> Result<(Option<EntryId>, Option<EntryId>), EngineError> {
        Ok((Some(id(18)), None))
    }
}

impl Live for Fake {
    fn standing(&self) -> Standing {
        if self.facts.state.generation == 1 { Standing::Outdated } else { Standing::Current }
    }
}

/// Its state of so many ingests.
pub(super) fn fake(generation: u64) -> Arc<dyn Live> {
    let state = IndexState { uuid: "u".to_owned(), generation, entries: 3 };
    let archives = vec![ArchiveFacts {
        name: "rusty".to_owned(),
        title: "Rusty's <diary>".to_owned(),
        entries: 3,
        range: Some(("2003-12-17".to_owned(), "2003-12-19".to_owned())),
    }];
    Arc::new(Fake {
        facts: Facts { state, archives, newest: None, hemisphere: Hemisphere::South, calendar: Calendar::Gregorian },
    })
}
