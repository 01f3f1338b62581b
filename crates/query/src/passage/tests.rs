//! What holds of every passage, over texts and queries of all kinds.

use super::{Wanted, choose};
use crate::lang::parse;
use crate::page::Passage;
use crate::plan::{NameMatch, Names, Node, PlanContext, plan};
use diary::{
    Block, BlockKind, Calendar, CivilDate, Entry, EntryDate, EntryId, Facet, Hemisphere, SourceRef, Span, Visibility,
};
use proptest::prelude::*;

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

fn entry(blocks: &[(BlockKind, &str)]) -> Entry {
    let mut text = String::new();
    let mut spans = Vec::new();
    for (kind, block) in blocks.iter().filter(|(_, block)| !block.trim().is_empty()) {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(block.trim());
        spans.push(Block { kind: *kind, span: Span::new(start, text.len()) });
    }
    let day = Calendar::Gregorian.day(CivilDate::new(2003, 7, 26).unwrap()).unwrap();
    Entry {
        id: EntryId::new("test", "2003-07-26", 1),
        date: EntryDate::on(day, Calendar::Gregorian, "2003-07-26"),
        heading: String::new(),
        title: None,
        author: None,
        lang: None,
        text,
        blocks: spans,
        links: vec![],
        tags: vec![],
        sources: vec![SourceRef { path: "".into(), line: 1, span: Span::default() }],
        anchor: None,
        visibility: Visibility::Public,
        sensitive: false,
        mentions: vec![],
    }
}

fn plan_of(query: &str) -> Node {
    let today = CivilDate::new(2003, 12, 19).unwrap();
    let context = PlanContext {
        today,
        today_is_newest: false,
        day_of_year: (12, 19),
        hemisphere: Hemisphere::North,
        calendar: Calendar::Gregorian,
        names: &Nobody,
    };
    plan(&parse(query).query, &context).node
}

fn passages(entry: &Entry, query: &str) -> (Vec<Passage>, usize) {
    let wanted = Wanted::new(&plan_of(query));
    let found = wanted.find(entry);
    let (passages, more) = choose(entry, &found, &wanted, 3);
    let shown: usize = found.len() - more;
    (passages, shown)
}

/// The passages of a paragraph, marks in guillemets, `…` where they are cut.
fn check(text: &str, query: &str, expect: &[&str]) {
    let entry = entry(&[(BlockKind::Paragraph, text)]);
    let shown: Vec<String> = passages(&entry, query).0.iter().map(marked).collect();
    assert_eq!(shown, expect, "{query}");
}

#[test]
fn long_sentences_are_cut_at_their_clauses() {
    let first =
        "He rose early and went by water to the yard, where all hands were busy with the new ship and nothing was done";
    let second =
        "then to dinner at the Hoop with two captains, who told of the storm and of the frigate that was lost in it";
    let third = "and so home by coach, it raining hard, and to bed";
    let filler = "a long walk in the garden with no talk of any business at all, for which he was heartily thankful";
    let text = format!("{first}; {filler}; {second}; {third}.");
    check(
        &text,
        "frigate captains",
        &[&format!(
            "…then to dinner at the Hoop with two «captains», who told of the storm and of the «frigate» that was lost in it; {third}."
        )],
    );
}

#[test]
fn what_is_said_twice_is_looked_for_once() {
    let wanted = |query: &str| Wanted::new(&plan_of(query)).len();
    assert_eq!(wanted("ship Ship ship hoop"), 2);
    assert_eq!(wanted("ship =ship \"ship\" note:ship"), 4);
    let entry = entry(&[(BlockKind::Paragraph, "The ship was lost.")]);
    assert_eq!(passages(&entry, "ship ship ship").1, 1);
}

#[test]
fn the_mark_of_a_note_stays_with_its_sentence() {
    let before = "He walked ".repeat(24);
    check(&format!("{before}home.[12] Then came the guest."), "guest", &["…Then came the «guest»."]);
    check(&format!("{before}home. (Then came the guest.)"), "guest", &["…(Then came the «guest».)"]);
}

#[test]
fn what_is_left_of_a_cut_heading_is_not_shown() {
    check(", a day kept between a fast and a feast.", "feast", &["a day kept between a fast and a «feast»."]);
    check(".--I am on the eve of leaving.", "", &[".--I am on the eve of leaving."]);
    check(", Naples. I am leaving.", "", &["Naples. I am leaving."]);
    check(".config was lost", "lost", &[".config was «lost»"]);
}

#[test]
fn the_rarer_word_decides_what_is_shown() {
    let (often, seldom) = ("the said of was to ".repeat(10), "A comet.");
    let text = format!("{often}. {} {seldom}", "Nothing happened that day at all, and nobody came. ".repeat(12));
    let entry = entry(&[(BlockKind::Paragraph, &text)]);
    let node = plan_of("the said of comet");
    let wanted = Wanted::new(&node).weighed(|stem| if stem == "comet" { 60 } else { 5 });
    let (shown, _) = choose(&entry, &wanted.find(&entry), &wanted, 1);
    assert!(shown[0].text.contains("comet"), "{}", shown[0].text);
}

fn marked(passage: &Passage) -> String {
    let mut marked = String::from(if passage.cut_before { "…" } else { "" });
    let mut at = 0;
    for mark in &passage.marks {
        marked.push_str(&format!("{}«{}»", &passage.text[at..mark.start], mark.of(&passage.text)));
        at = mark.end;
    }
    marked + &passage.text[at..] + if passage.cut_after { "…" } else { "" }
}

const FILLER: &str = "It rained all of that day and the day after, so that nobody went out, and we sat by the fire with \
    the papers, talking of the war and of the price of coal, which had gone up again since the beginning of the week.";

#[test]
fn sentences_end_where_they_end() {
    let around = |middle: &str| format!("{FILLER} {middle} {FILLER}");
    check(
        &around("Dined with Mr. Pierce and Sir W. Pen."),
        "pierce",
        &[
            "…Dined with Mr. «Pierce» and Sir W. Pen. It rained all of that day and the day after, so that nobody went out, and we sat by the fire with the papers, talking of the war and of the price of coal, which had gone up again…",
        ],
    );
    check(
        "Finished my revision (ie. rewrite) of it. Good.",
        "rewrite",
        &["Finished my revision (ie. «rewrite») of it. Good."],
    );
    check("晴。酒がうまい。雨が降つた。", "酒が", &["晴。«酒が»うまい。雨が降つた。"]);
}

#[test]
fn a_phrase_is_marked_as_one_and_a_form_as_itself() {
    check("The hotplug CPU code, and CPU hotplug.", "\"hotplug cpu\"", &["The «hotplug CPU» code, and CPU hotplug."]);
    check("Modules load; a module fails.", "module", &["«Modules» load; a «module» fails."]);
    check("He is in a spam filter.", "spamfilter", &["He is in a «spam filter»."]);
    check("Cafe\u{301} noir.", "café", &["«Cafe\u{301}» noir."]);
}

#[test]
fn a_compound_is_marked_however_it_is_asked_for() {
    check("He dwelt in taverns and coffeehouses.", "coffee house", &["He dwelt in taverns and «coffeehouses»."]);
    check("We don't know.", "dont", &["We «don't» know."]);
    check("A well-composed discourse.", "wellco*", &["A «well-composed» discourse."]);
    check("A well-composed discourse.", "well*", &["A «well»-composed discourse."]);
    check("All of the coffee-houses.", "coffeehouse", &["All of the «coffee-houses»."]);
}

#[test]
fn a_passage_ends_within_no_compound() {
    let long = |word: &str| format!("{} fish {}", word.repeat(20), word.repeat(20));
    for compound in ["proof-sheets ", "the king’s ", "mother-in-law’s ", "half‐drunken ", "a-b-c-d-e "] {
        let text = long(compound);
        let (shown, _) = passages(&entry(&[(BlockKind::Paragraph, &text)]), "fish");
        for passage in shown {
            let whole = |word: &str| word == "fish" || compound.split(' ').any(|known| known == word);
            assert!(passage.text.split(' ').all(whole), "{compound}: {}", passage.text);
        }
    }
}

#[test]
fn a_long_clause_is_cut_at_its_commas() {
    let part = |word: &str| format!("and went by the {word} to the yard, ");
    let around: String = ["hill", "lane", "mill", "barn", "road", "wood"].map(part).concat();
    check(
        &format!("{around}{}{around}", part("frigate")),
        "frigate",
        &[&format!(
            "…{}{}and went by the «frigate» to the yard, {}{}and went by the mill to the yard…",
            part("road"),
            part("wood"),
            part("hill"),
            part("lane")
        )],
    );
}

#[test]
fn code_is_shown_alone_and_a_heading_with_what_follows() {
    let entry = entry(&[
        (BlockKind::Heading, "Hearing Beethoven"),
        (BlockKind::Paragraph, "To the Queen's Hall."),
        (BlockKind::Code, "beethoven.c\nmain()"),
    ]);
    let shown: Vec<String> = passages(&entry, "beethoven").0.iter().map(marked).collect();
    assert_eq!(shown, ["Hearing «Beethoven»\n\nTo the Queen's Hall.", "«beethoven».c\nmain()"]);
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "hotplug",
        "CPU",
        "modules",
        "kmalloc_percpu",
        "Mr.",
        "Sir W. Pen",
        ". ",
        "! ",
        "? ",
        ", ",
        " ",
        "\n",
        "—",
        "。",
        "東京で",
        "雨",
        "cafe\u{301}",
        "🦀",
        "e\u{301}",
        "(",
        ")",
        "…",
        "ﬁ",
        "word",
        "it",
        "was",
        "net/core/flow.c",
        "\u{200d}",
    ]);
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.join(""))
}

fn any_kind() -> impl Strategy<Value = BlockKind> {
    prop::sample::select(BlockKind::ALL.to_vec())
}

fn any_question() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "hotplug",
        "cpu",
        "module",
        "kmalloc-percpu",
        "\"hotplug cpu\"",
        "mod*",
        "hotplg~",
        "東京",
        "雨",
        "café",
        "=it",
        "\"hotplug word\"~5",
        "note:it",
        "code:was",
        "flow",
        "pen",
    ]);
    prop::collection::vec(word, 1..5).prop_map(|words| words.join(" "))
}

#[test]
fn an_entry_that_begins_with_an_endless_word_shows_its_beginning() {
    let endless = format!("x{} after", "yz".repeat(400));
    let (found, _) = passages(&entry(&[(BlockKind::Paragraph, &endless)]), "");
    assert!(found[0].text.starts_with("xyzyz") && found[0].text.len() < 400 && found[0].cut_after, "{found:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn passages_are_pieces_of_the_text_with_marks_on_words(
        blocks in prop::collection::vec((any_kind(), any_text()), 1..5),
        question in any_question(),
    ) {
        let blocks: Vec<(BlockKind, &str)> = blocks.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
        let entry = entry(&blocks);
        let (passages, shown) = passages(&entry, &question);
        let mut last_end = 0;
        for passage in &passages {
            prop_assert_eq!(passage.span.of(&entry.text), &passage.text);
            prop_assert!(passage.span.start >= last_end, "in order and apart");
            last_end = passage.span.end;
            let mut at = 0;
            for mark in &passage.marks {
                prop_assert!(at <= mark.start && mark.start < mark.end, "{:?}", passage);
                prop_assert!(passage.text.get(mark.start..mark.end).is_some(), "{:?}", passage);
                at = mark.end;
            }
            prop_assert!(at <= passage.text.len());
            let whole = |at: usize, text: &str| {
                let (before, after) = text.split_at(at);
                let ends = |c: char| c.is_ascii_alphanumeric();
                !(before.ends_with(ends) && after.starts_with(ends))
            };
            prop_assert!(whole(passage.span.start, &entry.text), "cut word: {:?}", passage);
            prop_assert!(whole(passage.span.end, &entry.text), "cut word: {:?}", passage);
        }
        prop_assert_eq!(shown > 0, passages.iter().any(|passage| !passage.marks.is_empty()));
        prop_assert!(entry.text.is_empty() || !passages.is_empty());
    }
}
