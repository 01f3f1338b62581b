//! The engine over small archives made by hand, through the one call that everyone makes.

mod hostile;
mod laws;

use super::*;
use crate::{Answer, FacetOrder, How, Request, search};
use diary::{Block, BlockKind, EntryDate, Mention, MentionState, SourceRef, Span, Visibility};
use diary_index_schema::document::{Place, document};
use diary_index_schema::packing::Packing;
use diary_index_schema::record::StoredConcept;
use diary_index_schema::store::Manifest;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// An archive for one test; its folder goes with it.
struct World {
    engine: LocalEngine,
    _folder: tempfile::TempDir,
}

/// An entry with the text `text`, in which `<form|key>` names a person, or with `#key` a project.
fn entry(date: &str, marked: &str) -> Entry {
    let mut parts = date.split('-').map(|part| part.parse::<u32>().unwrap());
    let printed = CivilDate::new(parts.next().unwrap() as i32, parts.next().unwrap(), parts.next().unwrap()).unwrap();
    let day = Calendar::Gregorian.day(printed).unwrap();
    let (mut text, mut mentions) = (String::new(), Vec::new());
    for piece in marked.split_inclusive(['<', '>']) {
        match piece.strip_suffix('>').and_then(|name| name.split_once('|')) {
            Some((form, key)) => {
                let span = Span::new(text.len(), text.len() + form.len());
                text.push_str(form);
                let project = key.strip_prefix('#');
                let key = project.unwrap_or(key);
                mentions.push(Mention {
                    span,
                    in_title: false,
                    facet: if project.is_some() { Facet::Project } else { Facet::Person },
                    key: key.into(),
                    name: key.into(),
                    form: form.into(),
                    state: MentionState::Confirmed,
                    why: "the test says so".into(),
                });
            }
            None => text.push_str(piece.trim_end_matches('<')),
        }
    }
    Entry {
        id: EntryId::new("test", date, 1),
        date: EntryDate::on(day, Calendar::Gregorian, date),
        heading: date.to_owned(),
        title: None,
        author: None,
        lang: Some("en".to_owned()),
        blocks: vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }],
        text,
        links: vec![],
        tags: vec![],
        sources: vec![SourceRef { path: "a.txt".into(), line: 1, span: Span::default() }],
        anchor: None,
        visibility: Visibility::Public,
        sensitive: false,
        mentions,
    }
}

fn world(entries: &[Entry]) -> World {
    let folder = tempfile::tempdir().unwrap();
    let dir = IndexDir::new(folder.path());
    let lock = dir.lock().unwrap();
    let draft = dir.begin(&lock).unwrap();
    let fields = Fields::new();
    let index = diary_index_schema::engine::create(&draft.public()).unwrap();
    let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by_key(|entry| entry.date.days.unwrap().first);
    let packing = Packing::of(&sorted);
    let mut packer = packing.packer().unwrap();
    for (rank, entry) in sorted.iter().enumerate() {
        let place = Place { rank: rank as u64, ..Place::default() };
        writer.add_document(document(&fields, &mut packer, entry, place).unwrap()).unwrap();
        if rank % 7 == 6 {
            // Several segments, as a large archive has.
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
    let mut names: BTreeMap<(Facet, String), u64> = BTreeMap::new();
    for mention in entries.iter().flat_map(|entry| &entry.mentions) {
        *names.entry((mention.facet, mention.key.to_string())).or_default() += 1;
        // A file may have one above that nobody names.
        let above = mention.key.rsplit_once('-').filter(|_| mention.facet == Facet::Project);
        above.map(|(above, _)| names.entry((mention.facet, above.to_owned())).or_default());
    }
    // A bare surname beside whole names was never settled.
    let keys: Vec<String> =
        names.keys().filter(|(facet, _)| *facet == Facet::Person).map(|(_, key)| key.clone()).collect();
    let is_settled = |key: &str| !keys.iter().any(|other| other.starts_with(&format!("{key}-")));
    let concepts: Vec<StoredConcept> = names
        .into_iter()
        .map(|((facet, key), entries)| StoredConcept {
            facet: facet.name().to_owned(),
            label: key.clone(),
            names: vec![],
            hidden: vec![],
            // `kernel-net` is a part of `kernel`.
            broader: key
                .rsplit_once('-')
                .filter(|_| facet == Facet::Project)
                .map(|(above, _)| above.to_owned())
                .into_iter()
                .collect(),
            state: if is_settled(&key) { "confirmed" } else { "unresolved" }.to_owned(),
            key,
            entries,
        })
        .collect();
    draft.write_names(&draft.public(), &concepts).unwrap();
    draft.write_packing(&draft.public(), &packing).unwrap();
    let archive = ArchiveRecord {
        name: "test".to_owned(),
        title: "A test".to_owned(),
        base_url: Some("https://example.org/".to_owned()),
        southern: true,
        calendar: "gregorian".to_owned(),
        entries: entries.len() as u64,
        range: sorted.first().zip(sorted.last()).map(|(a, b)| (a.heading.clone(), b.heading.clone())),
    };
    let manifest = Manifest::new("uuid", draft.number(), entries.len() as u64, vec![archive]);
    draft.publish(manifest, None, b"{}").unwrap();
    World { engine: LocalEngine::open(folder.path(), false).unwrap(), _folder: folder }
}

fn ask(world: &World, text: &str) -> Answer {
    let facets = Facet::ALL.into_iter().map(|facet| FacetRequest { facet, limit: 100 }).collect();
    let window = Window { facets, ..Window::default() };
    search(&world.engine, &Request { text: text.to_owned(), window, ..Request::default() }).unwrap()
}

/// How many entries a query finds.
fn total(world: &World, text: &str) -> u64 {
    let window = Window { limit: 0, partial: false, ..Window::default() };
    search(&world.engine, &Request { text: text.to_owned(), window, ..Request::default() }).unwrap().page.total
}

/// The full hits of a query, best first.
fn hits(world: &World, text: &str) -> Vec<String> {
    let answer = ask(world, text);
    let full = answer.page.hits.iter().filter(|hit| hit.missing.is_empty());
    full.map(|hit| hit.id.date_part().to_owned()).collect()
}

fn small() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        world(&[
            entry("2003-01-13", "<Tridge|tridgell-andrew> asked about hotplug. The CPU was warm."),
            entry("2003-02-04", "Found bugs in the hotplug CPU patches. <Linus|torvalds-linus> laughed."),
            entry("2003-04-30", "smp_processor_id() and kmalloc_percpu, then a spam-filter."),
            entry("2003-04-29", "Rewrote kmalloc-percpu with <Tridge|tridgell-andrew> and <Linus|torvalds-linus>."),
            entry("2003-06-23", "Café in Straßburg. A spam filter. 東京で雨が降った。"),
            entry("2003-07-26", "The keynote. Modules, a module and the modular spamfilter."),
        ])
    })
}

fn check(query: &str, expect: &[&str]) {
    let found = hits(small(), query);
    let mut expect: Vec<String> = expect.iter().map(|day| format!("2003-{day}")).collect();
    let mut sorted = found.clone();
    sorted.sort();
    expect.sort();
    assert_eq!(sorted, expect, "{query}: {found:?}");
}

#[test]
fn words_phrases_and_forms() {
    check("hotplug cpu", &["01-13", "02-04"]);
    check("\"hotplug cpu\"", &["02-04"]);
    check("bug", &["02-04"]);
    check("=bug", &[]);
    check("modul*", &["07-26"]);
    check("keynot~", &["07-26"]);
    check("cafe strassburg", &["06-23"]);
    check("京で", &["06-23"]);
    check("雨", &["06-23"]);
    check("東", &["06-23"]);
    check("た", &["06-23"]);
    check("=降 -雨", &[]);
    check("kmalloc-percpu", &["04-29", "04-30"]);
    check("kmalloc_percpu", &["04-29", "04-30"]);
    check("smp_processor_id", &["04-30"]);
    for spelling in ["spam filter", "spam-filter", "spamfilter"] {
        let found = hits(small(), spelling);
        assert!(found.contains(&"2003-04-30".to_owned()), "{spelling}: {found:?}");
    }
    check("spam filter", &["04-30", "06-23", "07-26"]);
}

#[test]
fn operators_and_fields() {
    check("hotplug -laughed", &["01-13"]);
    check("-\"hotplug cpu\"", &["01-13", "04-29", "04-30", "06-23", "07-26"]);
    check("spam -\"spam filter\"", &[]);
    check("keynote OR cafe", &["06-23", "07-26"]);
    check("person:tridgell-andrew person:torvalds-linus", &["04-29"]);
    check("person:tridgell-andrew,torvalds-linus", &["01-13", "02-04", "04-29"]);
    check("-person:tridgell-andrew kmalloc-percpu", &["04-30"]);
    check("date:2003-04", &["04-29", "04-30"]);
    check("date:2003-04-30..", &["04-30", "06-23", "07-26"]);
    check("month:july", &["07-26"]);
    check("day:04-30", &["04-30"]);
    check("weekday:wednesday", &["04-30"]);
    check("date:\"winter 2003\"", &["06-23", "07-26"]);
    check("*", &["01-13", "02-04", "04-29", "04-30", "06-23", "07-26"]);
    check("id:test/2003-04", &["04-29", "04-30"]);
    check("archive:test keynote", &["07-26"]);
}

#[test]
fn side_by_side_ranks_above_far_apart() {
    assert_eq!(hits(small(), "hotplug cpu"), ["2003-02-04", "2003-01-13"]);
}

#[test]
fn filters_alone_come_newest_first_and_sort_says_otherwise() {
    assert_eq!(hits(small(), "date:2003-04"), ["2003-04-30", "2003-04-29"]);
    assert_eq!(hits(small(), "date:2003-04 sort:date-asc"), ["2003-04-29", "2003-04-30"]);
}

#[test]
fn partial_hits_follow_and_say_what_is_missing() {
    let answer = ask(small(), "keynote hotplug");
    assert_eq!((answer.page.total, answer.page.partial_total), (0, 3));
    let missing: Vec<_> = answer.page.hits.iter().map(|hit| hit.missing.join(" ")).collect();
    assert!(missing.contains(&"hotplug".to_owned()) && missing.contains(&"keynote".to_owned()), "{missing:?}");
}

#[test]
fn small_words_of_a_question_are_not_missed_and_not_marked() {
    let answer = ask(small(), "what did he say about the hotplug");
    assert_eq!(answer.page.total, total(small(), "hotplug"));
    assert_eq!(answer.page.partial_total, 0);
    for hit in &answer.page.hits {
        assert!(hit.missing.is_empty(), "{:?}", hit.missing);
        let marks = hit.passages.iter().flat_map(|passage| passage.marks.iter().map(|mark| mark.of(&passage.text)));
        assert!(marks.clone().all(|mark| mark.eq_ignore_ascii_case("hotplug")), "{:?}", marks.collect::<Vec<_>>());
    }
}

#[test]
fn of_a_long_question_the_better_entries_come_first_whether_or_not_they_have_all_words() {
    let all = "amber basalt copper dolomite emerald flint";
    let apart = all.replace(' ', &" something else of which nothing more is told ".repeat(40));
    let world = world(&[entry("2001-01-01", &apart), entry("2001-01-02", "amber basalt copper dolomite emerald")]);
    let answer = ask(&world, all);
    assert_eq!((answer.page.total, answer.page.partial_total, answer.page.mixed), (1, 1, true));
    let missing = |text: &str| ask(&world, text).page.hits.iter().map(|hit| hit.missing.join(" ")).collect::<Vec<_>>();
    assert_eq!(missing(all), ["flint", ""]);
    assert_eq!(missing("amber basalt flint"), ["", "flint"]);
}

#[test]
fn an_archive_or_a_language_that_is_not_there_is_told_which_are() {
    let said = |text: &str| ask(small(), text).diagnostics.remove(0).message;
    assert_eq!(said("lang:german"), "no lang here is called \"german\": only en is");
    assert!(said("archive:zorro").starts_with("no archive here is called \"zorro\": only "));
}

#[test]
fn an_absent_word_is_respelt_and_said() {
    let answer = ask(small(), "keynotte");
    assert_eq!(answer.page.total, 1);
    assert!(answer.diagnostics.iter().any(|diagnostic| diagnostic.code == "respelt"), "{:?}", answer.diagnostics);
}

#[test]
fn an_empty_month_offers_its_neighbours() {
    let ways: Vec<String> = ask(small(), "date:2003-05").ways_on.into_iter().map(|way| way.query).collect();
    assert_eq!(ways, ["date:2003-04-30", "date:2003-06-23"]);
}

#[test]
fn a_word_that_begins_others_leads_to_them() {
    let ways: Vec<String> = ask(small(), "keyn").ways_on.into_iter().map(|way| way.query).collect();
    assert_eq!(ways, ["keyn*"]);
}

#[test]
fn words_for_a_time_that_find_nothing_are_offered_as_that_time() {
    let ways = |asked| -> Vec<(String, u64)> {
        ask(small(), asked).ways_on.into_iter().map(|way| (way.query, way.count)).collect()
    };
    let way = |query: &str, count| (query.to_owned(), count);
    assert_eq!(ways("july"), [way("month:july", 1)]);
    assert_eq!(ask(small(), "july 2003").page.total, 1);
    assert_eq!(ways("saturday"), [way("weekday:saturday", 1)]);
    assert_eq!(ways("hotplug winter 2003"), [way("hotplug date:2003-02-04", 1)]);
    assert_eq!(
        ways("what happened on 4 july"),
        [way("what happened on day:06-23", 1), way("what happened on day:07-26", 1)]
    );
    assert_eq!(ways("day:12-31"), [way("day:07-26", 1), way("day:01-13", 1)]);
    assert_eq!(ask(small(), "what happened on 26 july").page.total, 1);
    assert_eq!(ask(small(), "what happened on date:2003-07").page.total, 1);
}

#[test]
fn passages_hold_a_mark_and_marks_stand_on_words() {
    let answer = ask(small(), "hotplug cpu");
    let passage = &answer.page.hits[0].passages[0];
    let marks: Vec<_> = passage.marks.iter().map(|mark| mark.of(&passage.text)).collect();
    assert_eq!(marks, ["hotplug", "CPU"]);
    let answer = ask(small(), "person:torvalds-linus date:2003-02");
    let passage = &answer.page.hits[0].passages[0];
    assert_eq!(passage.marks[0].of(&passage.text), "Linus");
}

#[test]
fn facets_of_one_answer() {
    let answer = ask(small(), "hotplug");
    let facet = |facet| answer.page.facets.iter().find(|counts| counts.facet == facet).unwrap();
    let people: Vec<_> = facet(Facet::Person).values.iter().map(|value| (value.value.as_str(), value.count)).collect();
    assert_eq!(people, [("torvalds-linus", 1), ("tridgell-andrew", 1)]);
    let months: Vec<_> = facet(Facet::Month).values.iter().map(|value| (value.label.as_str(), value.count)).collect();
    assert_eq!(months, [("January 2003", 1), ("February 2003", 1)]);
}

#[test]
fn an_explanation_adds_up_and_says_how_each_word_is_met() {
    let explained = |text: &str| {
        let window = Window { explain: true, ..Window::default() };
        search(&small().engine, &Request { text: text.to_owned(), window, ..Request::default() }).unwrap().page.hits
    };
    for text in [
        "hotplug cpu",
        "keynote hotplug patch",
        "tridgell-andrew asked",
        "hotplug april",
        "spamfilter",
        "modul*",
        "what about the hotplug patch",
        "where was the hotplug cpu bug module patch keynote asked",
    ] {
        for hit in explained(text) {
            let why = hit.explanation.unwrap();
            let sum = why.words.iter().map(|word| word.score).sum::<f32>() + why.nearness + why.evenness + why.coverage;
            assert!((sum - hit.score).abs() < 1e-3, "{text}: {sum} is not {}: {why:?}", hit.score);
        }
    }
    let hits = explained("bug patches");
    let why = hits[0].explanation.as_ref().unwrap();
    let how: Vec<_> = why.words.iter().map(|word| (word.how, word.forms.join(" "))).collect();
    assert_eq!(how, [(How::Form, "bugs".to_owned()), (How::AsWritten, "patches".to_owned())]);
    assert!(why.lines()[0].starts_with("“bug” in another form: bugs · "), "{:?}", why.lines());
    let hits = explained("hotplug cpu");
    let why = hits[0].explanation.as_ref().unwrap();
    assert!(why.above_next.contains("more for nearness"), "{why:?}");
}

#[test]
fn an_explanation_tells_small_words_together_and_what_is_against_a_hit() {
    let window = Window { explain: true, ..Window::default() };
    let request = Request { text: "what about the hotplug patch".to_owned(), window, ..Request::default() };
    let hits = search(&small().engine, &request).unwrap().page.hits;
    for hit in &hits {
        let lines = hit.explanation.as_ref().unwrap().lines();
        assert!(!lines.iter().any(|line| line.contains("“the”") || line.contains("“about”")), "{lines:?}");
        assert!(lines.iter().all(|line| !line.ends_with("missing") || line == "“patch” missing"), "{lines:?}");
    }
}

#[test]
fn closer_ways_of_meeting_a_word_rank_first() {
    let texts = ["one module here now", "one modules here now", "one modular here now", "one modole here now"];
    let days = ["2001-01-01", "2001-01-02", "2001-01-03", "2001-01-04"];
    let entries: Vec<Entry> = days.iter().zip(texts).map(|(day, text)| entry(day, text)).collect();
    let world = world(&entries);
    assert_eq!(hits(&world, "module"), ["2001-01-01", "2001-01-02"]);
    assert_eq!(hits(&world, "module OR modul*"), ["2001-01-01", "2001-01-02", "2001-01-03"]);
    assert_eq!(hits(&world, "module~")[0], "2001-01-01");
}

#[test]
fn a_month_among_the_words_is_met_by_its_entries() {
    assert_eq!(hits(small(), "keynote july"), ["2003-07-26"]);
    check("kmalloc-percpu april 2003", &["04-29", "04-30"]);
    check("july", &[]);
}

#[test]
fn no_page_is_empty_where_a_word_occurs() {
    let answer = ask(small(), "which entry has the keynote about quantum zebras in it");
    let first = &answer.page.hits[0];
    assert_eq!((answer.page.total, first.id.date_part()), (0, "2003-07-26"));
    assert!(first.missing.contains(&"zebras".to_owned()), "{:?}", first.missing);
}

#[test]
fn what_stands_out_comes_first_where_that_is_asked_for() {
    let texts = ["walk <A|ann> <B|bob>", "walk <A|ann> <B|bob>", "walk <A|ann>", "<A|ann>", "<A|ann>", "<A|ann>"];
    let entries: Vec<Entry> =
        texts.iter().enumerate().map(|(day, text)| entry(&format!("2001-01-{:02}", day + 1), text)).collect();
    let world = world(&entries);
    let order = |facet_order| {
        let facets = vec![FacetRequest { facet: Facet::Person, limit: 10 }];
        let window = Window { facets, facet_order, ..Window::default() };
        let request = Request { text: "walk".to_owned(), window, ..Request::default() };
        let page = search(&world.engine, &request).unwrap().page;
        page.facets[0].values.iter().map(|value| value.value.clone()).collect::<Vec<_>>()
    };
    assert_eq!(order(FacetOrder::Frequent), ["ann", "bob"]);
    assert_eq!(order(FacetOrder::Surprising), ["bob", "ann"]);
}

/// What is suggested for a prefix: people, words, dates.
fn suggested(prefix: &str) -> [Vec<String>; 3] {
    let found = small().engine.suggest(prefix, 3).unwrap();
    let queries = |list: Vec<crate::Suggestion>| list.into_iter().map(|each| each.query).collect();
    [queries(found.people), queries(found.words), queries(found.dates)]
}

#[test]
fn beginnings_are_completed() {
    assert_eq!(suggested("tri")[0], ["person:tridgell-andrew"]);
    assert_eq!(suggested("andr")[0], ["person:tridgell-andrew"]);
    assert_eq!(suggested("tirdg")[0], ["person:tridgell-andrew"]);
    assert_eq!(suggested("hotp")[1], ["hotplug"]);
    assert_eq!(suggested("CAF")[1], ["cafe"]);
    assert_eq!(suggested("h")[1][0], "hotplug");
    assert_eq!(suggested("keynpt")[1], ["keynote"]);
    assert_eq!(suggested("2003-0")[2], ["date:2003-01", "date:2003-02", "date:2003-04"]);
    assert_eq!(suggested("jul")[2], ["date:2003-07"]);
    for odd in ["", " ", "\"", "zzzzz", "\u{300}", "🦀", "雨", "*"] {
        suggested(odd);
    }
    // What is suggested is found.
    for prefix in ["tri", "h", "ca", "sp", "2003", "jul"] {
        for query in suggested(prefix).concat() {
            assert!(total(small(), &query) > 0, "{prefix}: {query}");
        }
    }
}

#[test]
fn what_was_meant_by_an_unknown_value_is_said_once() {
    for text in ["has:keynotte", "weekday:keynotte"] {
        let said = ask(small(), text).diagnostics;
        assert_eq!(said.len(), 1, "{text}: {said:?}");
    }
}

#[test]
fn what_was_meant_by_an_unknown_field_is_said_once() {
    let answer = ask(small(), "persn:tridgell-andrew");
    let codes: Vec<_> = answer.diagnostics.iter().map(|said| said.code).collect();
    assert_eq!(codes, ["unknown-field"], "{:?}", answer.diagnostics);
}

#[test]
fn one_character_of_a_script_without_spaces_is_marked_alone() {
    for (query, expect) in [("雨", "雨"), ("東", "東"), ("た", "た")] {
        let answer = ask(small(), query);
        let passage = &answer.page.hits[0].passages[0];
        let marks: Vec<_> = passage.marks.iter().map(|mark| mark.of(&passage.text)).collect();
        assert_eq!(marks, [expect], "{query}: {}", passage.text);
    }
}

#[test]
fn winter_is_no_misspelling_of_wanted() {
    let world = world(&[entry("2003-01-01", "I wanted a garden."), entry("2003-01-02", "The gardens were wanting.")]);
    assert!(hits(&world, "winter").is_empty());
    assert_eq!(hits(&world, "wnated"), ["2003-01-01", "2003-01-02"]);
    // Nor is any other name of a time a misspelling: spring was searched as string.
    let world = self::world(&[entry("2003-01-01", "A string, and money for a patch.")]);
    for query in ["spring", "spring patch", "monday patch"] {
        assert!(ask(&world, query).diagnostics.iter().all(|said| said.code != "respelt"), "{query}");
    }
}

/// The day itself came third, behind days before it that speak of it.
#[test]
fn a_time_alone_leads_to_its_own_entries_first() {
    let world = world(&[
        entry("1665-12-23", "She is to keep her Christmas day here in 1665, Christmas being near."),
        entry("1665-12-25", "To church in the morning."),
        entry("1666-03-01", "Spoke of Christmas day 1665."),
    ]);
    for query in ["christmas day 1665", "the twenty-fifth of december 1665", "25 dec 1665"] {
        assert_eq!(hits(&world, query)[0], "1665-12-25", "{query}");
    }
}

#[test]
fn of_numbers_side_by_side_none_is_found_alone() {
    let world = world(&[entry("1665-12-23", "At 9 o’clock, and 11 of them."), entry("1665-12-24", "The 9/11 bus.")]);
    assert_eq!(hits(&world, "9/11"), ["1665-12-24"]);
    assert_eq!(ask(&world, "9/12").page.hits.len(), 0);
}
