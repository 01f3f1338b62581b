//! Every format over one answer made by hand.

use crate::address::default_window;
use crate::{Format, Look, facet_tables, ids};
use diary::{Calendar, CivilDate, EntryDate, EntryId, Facet, Span};
use diary_query::lang::Diagnostic;
use diary_query::plan::{Understood, UnderstoodClause};
use diary_query::{Answer, FacetCounts, FacetValue, Hit, IndexState, Named, Page, Passage, Request, WayOn};
use std::time::Duration;

fn request() -> Request {
    Request { text: "hotplug cpu".to_owned(), window: default_window(), ..Request::default() }
}

fn hit(date: (i32, u32, u32), text: &str, words: &[&str]) -> Hit {
    let printed = CivilDate::new(date.0, date.1, date.2).unwrap();
    let day = Calendar::Gregorian.day(printed).unwrap();
    let mark = |word: &&str| text.find(*word).map(|at| Span::new(at, at + word.len())).unwrap();
    Hit {
        id: EntryId::new("rusty", &printed.to_string(), 1),
        date: EntryDate::on(day, Calendar::Gregorian, "as written"),
        heading: "Friday December 19 2003".to_owned(),
        title: None,
        author: None,
        url: Some("https://example.org/diary.html".to_owned()),
        score: 7.25,
        missing: vec![],
        passages: vec![Passage {
            text: text.to_owned(),
            span: Span::new(0, text.len()),
            marks: words.iter().map(mark).collect(),
            cut_before: false,
            cut_after: false,
            preformatted: false,
        }],
        more_places: 0,
        people: vec![],
        projects: vec![],
        reasons: vec![],
        explanation: None,
        previous: None,
        next: None,
        source: "rusty-2003.txt:5".to_owned(),
    }
}

fn answer() -> Answer {
    let mut second =
        hit((2003, 11, 17), "More <bugs> in the naïve hotplug\tCPU code,\nmainly by Vatsa.", &["hotplug", "CPU"]);
    second.people = vec![Named { key: "vaddagiri-srivatsa".to_owned(), label: "Srivatsa Vaddagiri".to_owned() }];
    second.passages[0].cut_before = true;
    second.date.weekday_agrees = Some(false);
    let mut third = hit((2003, 2, 4), "A \u{1b}[31mhotplug\u{202e} \"thing\", *bold*", &["hotplug"]);
    third.missing = vec!["cpu".to_owned()];
    third.more_places = 2;
    let value = |value: &str, label: &str, count| FacetValue {
        value: value.to_owned(),
        label: label.to_owned(),
        count,
        selected: false,
        apply: format!("hotplug cpu person:{value}"),
        remove: None,
    };
    Answer {
        query: "hotplug cpu".to_owned(),
        understood: Understood {
            text: "hotplug cpu".to_owned(),
            clauses: vec![UnderstoodClause {
                text: "hotplug".to_owned(),
                meaning: "the word".to_owned(),
                remove: "cpu".to_owned(),
            }],
            date: None,
        },
        diagnostics: vec![Diagnostic::warning("unknown-field", Span::new(0, 7), "no such field").suggesting("cpu")],
        page: Page {
            offset: 0,
            limit: 20,
            total: 2,
            partial_total: 1,
            mixed: false,
            range: Some(("2003-02-04".to_owned(), "2003-12-19".to_owned())),
            hits: vec![
                hit(
                    (2003, 12, 19),
                    "Reading through the hotplug CPU patches in detail to document them fully, I came across four bugs. Ouch.",
                    &["hotplug", "CPU"],
                ),
                second,
                third,
            ],
            facets: vec![
                FacetCounts {
                    facet: Facet::Person,
                    values: vec![value("vaddagiri-srivatsa", "Srivatsa Vaddagiri", 1)],
                    distinct: 1,
                },
                FacetCounts {
                    facet: Facet::Month,
                    values: vec![value("2003-11", "2003-11", 1), value("2003-12", "2003-12", 2)],
                    distinct: 2,
                },
            ],
        },
        ways_on: vec![],
        index: IndexState { uuid: "1b4e28ba-2fa1-11d2-883f-0016d3cca427".to_owned(), generation: 3, entries: 64 },
    }
}

#[track_caller]
fn check(format: Format, look: &Look, expected: &str) {
    let found = format.render(&request(), &answer(), look);
    assert_eq!(found, expected, "\n--- found\n{found}\n--- expected\n{expected}");
}

#[test]
fn text_at_sixty_columns() {
    let look = Look { width: 60, elapsed: Some(Duration::from_millis(3)), ..Look::default() };
    check(
        Format::Text,
        &look,
        "\
2 entries for  hotplug cpu  4 Feb 2003 .. 19 Dec 2003 · 3 ms

 1  Fri 19 Dec 2003
    Reading through the hotplug CPU patches in detail to
    document them fully, I came across four bugs. Ouch.
    https://example.org/diary.html#:~:text=Friday%20December%2019%202003

 2  Mon 17 Nov 2003   the page says “as written” · Srivatsa…
    … More <bugs> in the naïve hotplug CPU code, mainly by
    Vatsa.
    https://example.org/diary.html#:~:text=Friday%20December%2019%202003

with most of the words: 1 entry

 3  Tue 4 Feb 2003   without “cpu”
    A ␛[31mhotplug \"thing\", *bold*
    +2 more places
    https://example.org/diary.html#:~:text=Friday%20December%2019%202003

people   Srivatsa Vaddagiri 1
months   Nov ▄  Dec █
",
    );
}

#[test]
fn marks_are_bold_as_well_as_coloured() {
    let text = Format::Text.render(&request(), &answer(), &Look { color: true, links: true, ..Look::default() });
    assert!(text.contains("\u{1b}[1m\u{1b}[31mhotplug\u{1b}[0m"), "{text}");
    assert!(text.contains("\u{1b}]8;;https://example.org/diary.html#:~:text=Friday"), "{text}");
}

#[test]
fn tab_separated() {
    check(
        Format::Tsv,
        &Look::default(),
        "2003-12-19\trusty/2003-12-19\t7.250\tReading through the hotplug CPU patches in detail to document them fully, I came across four bugs. Ouch.\n\
         2003-11-17\trusty/2003-11-17\t7.250\tMore <bugs> in the naïve hotplug CPU code, mainly by Vatsa.\n\
         2003-02-04\trusty/2003-02-04\t7.250\tA ␛[31mhotplug \"thing\", *bold*\n",
    );
    assert_eq!(ids(&answer(), '\0').split('\0').next(), Some("rusty/2003-12-19"));
}

#[test]
fn json_has_the_documented_shape() {
    let value: serde_json::Value =
        serde_json::from_str(&Format::Json.render(&request(), &answer(), &Look::default())).unwrap();
    let keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = vec![
        "format_version",
        "query",
        "understood",
        "warnings",
        "total",
        "partial_total",
        "hits",
        "ways_on",
        "facets",
        "links",
        "index",
    ];
    expected.sort_unstable();
    assert_eq!(keys, expected);
    let passage = &value["hits"][1]["passages"][0];
    let (text, spans) = (passage["text"].as_str().unwrap(), &passage["spans"]);
    let part = |n: usize| &text[spans[n][0].as_u64().unwrap() as usize..spans[n][1].as_u64().unwrap() as usize];
    assert_eq!((part(0), part(1)), ("hotplug", "CPU"));
    let units: Vec<u16> = text.encode_utf16().collect();
    let first = &passage["spans_utf16"][0];
    let range = first[0].as_u64().unwrap() as usize..first[1].as_u64().unwrap() as usize;
    assert_eq!(String::from_utf16(&units[range]).unwrap(), "hotplug");
    assert_eq!(value["hits"][0]["id"], "rusty/2003-12-19");
    assert_eq!(value["facets"][1]["order"], "chronological");
    assert_eq!(
        value["facets"][0]["values"][0]["apply"],
        "/api/v1/search?q=hotplug%20cpu%20person%3Avaddagiri-srivatsa"
    );
    assert_eq!(value["links"]["self"], "/api/v1/search?q=hotplug%20cpu");
    assert_eq!(value["links"]["next"], serde_json::Value::Null);
}

#[test]
fn json_lines_begin_and_end() {
    let text = Format::Jsonl.render(&request(), &answer(), &Look::default());
    let types: Vec<String> = text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["type"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(types, ["begin", "hit", "hit", "hit", "facet", "facet", "end"]);
}

#[test]
fn comma_separated_cells_are_quoted() {
    let text = Format::Csv.render(&request(), &answer(), &Look::default());
    let third = text.lines().nth(3).unwrap();
    assert!(
        third.starts_with(
            "2003-02-04,rusty/2003-02-04,7.250,Friday December 19 2003,,,\"A ␛[31mhotplug \"\"thing\"\", *bold*\","
        ),
        "{third}"
    );
}

#[test]
fn markdown_and_atom_escape_what_they_quote() {
    let markdown = Format::Markdown.render(&request(), &answer(), &Look::default());
    assert!(markdown.contains(r"> … More \<bugs\> in the naïve **hotplug**"), "{markdown}");
    assert!(markdown.starts_with("# 2 entries for `hotplug cpu`\n\n## 1. [Fri 19 Dec 2003](<https://example.org/"));
    let atom = Format::Atom.render(&request(), &answer(), &Look::default());
    assert!(
        atom.contains("&lt;p&gt;More &amp;lt;bugs&amp;gt; in the naïve &lt;mark&gt;hotplug&lt;/mark&gt;"),
        "{atom}"
    );
    assert!(atom.contains("<updated>2003-12-19T00:00:00Z</updated>"));
    assert!(!atom.contains('\u{1b}'));
}

#[test]
fn nothing_found_is_a_sentence_and_ways_on() {
    let mut answer = answer();
    answer.page = Page { limit: 20, ..Page::default() };
    answer.ways_on = vec![WayOn { what: "without “cpu”".to_owned(), query: "hotplug don't".to_owned(), count: 7 }];
    let text = Format::Text.render(&request(), &answer, &Look::default());
    assert_eq!(
        text,
        "No entry for  hotplug cpu                                          of 64 entries\n    the word\n\n    without “cpu”: 7 entries\n      diary-search 'hotplug don'\\''t'\n"
    );
}

#[test]
fn facets_as_tables() {
    let text = facet_tables(&answer().page.facets, &Look { width: 30, ..Look::default() });
    assert_eq!(
        text,
        "people (1)\n  Srivatsa Vaddagiri       1  ████\n\nmonths (2)\n  Nov 2003       1  █████\n  Dec 2003       2  ██████████\n"
    );
}
