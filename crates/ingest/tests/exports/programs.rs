//! Exports of programs that keep notes and diaries, and what stands beside the notes in them.

use super::{TWO, check, has_problem, read, told};
use diary_ingest::ProblemKind;

#[test]
fn entries_in_boxes_are_read_without_their_frames() {
    let boxed = "\
┎────────────────╮2014-05-02 09:30:00 AM
┃ Rain, all of   ╘═════════════════════╕
┃ the day.                             │
┠╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤
┃ It fell on the @roof.                │
┃                                      │
┃ The cat slept.                       │
┖──────────────────────────────────────┘
┎────────────────╮2014-05-13 09:30:00 AM
┃ The mill again.╘═════════════════════╕
┖──────────────────────────────────────┘
";
    let extraction = check(
        &[("journal.txt", boxed)],
        &[("2014-05-02", "It fell on the @roof.//The cat slept."), ("2014-05-13", "The mill again.")],
    );
    assert_eq!(extraction.entries[0].title.as_deref(), Some("Rain, all of the day."));
    assert_eq!(extraction.entries[0].tags, ["roof"]);
}

#[test]
fn json_for_people_is_read() {
    let text = "// my diary\n{entries: [\n{date: '2014-05-02', text: 'Rain on \\\nthe roof.',},\n/* later */\n\
        {date: '2014-05-13', text: \"The mill again.\"},\n]}";
    let extraction = check(&[("a.json5", text)], &TWO);
    assert!(!has_problem(&extraction, ProblemKind::Malformed));
    // An apostrophe in a text whose mark was forgotten opens none.
    let broken = r#"[{"date": "2014-05-02", "text": "Rain on the roof.", "mood": "so" it's 'x, "x": 1}, {"date": "2014-05-13", "text": "The mill again."}]"#;
    check(&[("a.json", broken)], &TWO);
}

#[test]
fn what_stands_beside_the_notes_of_an_export_is_no_entry() {
    let foot = |kind: u8| {
        format!(
            "id: a{kind}\ncreated_time: 2014-05-02T10:00:00.000Z\nencryption_applied: 0\nparent_id: \ntype_: {kind}"
        )
    };
    let files = [
        ("1.md", format!("Wet\n\nRain on the roof.\n\n{}", foot(1))),
        ("2.md", format!("Diary\n\n{}", foot(2))),
        ("3.md", format!("photo.png\n\n{}", foot(4))),
        ("4.md", foot(6)),
        ("x.tid", "created: 20140502101112000\ntitle: $:/config/x\n\nyes".to_owned()),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    check(&files, &TWO[..1]);
    let item = |kind: &str, text: &str| {
        format!(
            r#"{{"content_type": "{kind}", "created_at": "2014-05-02T10:00:00Z", "content": {{"text": "{text}"}}}}"#
        )
    };
    let items =
        [item("Note", TWO[0].1), item("SN|Component", "An editor of notes for all."), item("Tag", "weather here")];
    check(&[("backup.txt", &format!("{{\"items\": [{}]}}", items.join(",")))], &TWO[..1]);
    let lines = "{\"type\": \"meta\", \"exported\": \"2020-01-01\"}\n{\"type\": \"entry\", \"attributes\": {\"date\": \"2014-05-02\", \"body\": \"Rain on the roof.\"}}\n";
    check(&[("a.ndjson", lines)], &TWO[..1]);
    let row = |text: &str| format!("<r><date>1399017600000</date><text>{text}</text></r>");
    let tables = format!(
        "<data><table name='entries'>{}</table><table name='app_templates'>{}</table></data>",
        row(TWO[0].1),
        row("What did I do today?")
    );
    check(&[("a.xml", &tables)], &TWO[..1]);
}

#[test]
fn signs_that_stand_for_others_are_read_in_texts_of_records() {
    let tweet = r#"window.YTD.tweets.part0 = [{"tweet": {"created_at": "Fri May 02 22:15:31 +0000 2014", "full_text": "Rain &amp; wind &lt;3"}}]"#;
    check(&[("data/tweets.js", tweet)], &[("2014-05-02", "Rain & wind <3")]);
}

#[test]
fn an_entry_of_day_one_is_its_text_with_or_without_dress() {
    let entry = |more: &str| {
        format!(
            r#"{{"metadata": {{"version": "1.0"}}, "entries": [{{"creationDate": "2014-05-02T10:00:00Z", "timeZone": "Europe/Berlin",
            "photos": [{{"cameraModel": "MI 8", "text": "MI 8"}}], {more}}}]}}"#
        )
    };
    let rich =
        r#""richText": "{\"contents\": [{\"attributes\": {}, \"text\": \"Rain \"}, {\"text\": \"on the roof.\"}]}""#;
    check(&[("Journal.json", &entry(rich))], &TWO[..1]);
    check(&[("Journal.json", &entry(r#""text": """#))], &[("2014-05-02", "")]);
}

#[test]
fn the_lines_of_a_page_without_a_date_in_its_name_are_kept() {
    let page = r#"[{"title": "panes", "create-time": 1399017600000, "children": [{"string": "Rain on", "children": [{"string": "the roof."}]}]}]"#;
    check(&[("graph.json", page)], &[("2014-05-02", "Rain on\nthe roof.")]);
}

#[test]
fn a_table_that_was_copied_into_a_text_is_one() {
    check(&[("a.txt", "Datum\tEintrag\n02.05.2014\tRain on the roof.\n13.05.2014\tThe mill again.\n")], &TWO);
}

#[test]
fn a_note_as_a_page_and_in_json_is_one_entry() {
    let json = r#"{"textContent": "It rained on the beans all day.", "title": "Rain", "createdTimestampUsec": 1399017600000000}"#;
    let page = "<html><head><title>Rain</title></head><body><div class='note'><div class='heading'>May 2, 2014, 1:33:20 PM</div>\
        <div class='title'>Rain</div><div class='content'>It rained on the beans all day.</div></div></body></html>";
    let extraction = read(&[("Rain.html", page), ("Rain.json", json)]);
    assert_eq!(extraction.entries.len(), 1);
    assert_eq!(extraction.entries[0].sources.len(), 2);
}

#[test]
fn the_messages_of_a_digest_are_entries() {
    let one = |(day, text): (&str, &str), date: &str| {
        format!("--dd\n\nFrom: me@x.org\nSubject: {day}\nDate: {date} 10:00:00 +0000\n\n{text}\n\n")
    };
    let digest = format!(
        "From x@y Mon May 19 00:00:00 2014\nFrom: digest@x.org\nSubject: Digest 1\nDate: Mon, 19 May 2014 00:00:00 +0000\n\
         MIME-Version: 1.0\nContent-Type: multipart/digest; boundary=\"dd\"\n\n{}{}--dd--\n",
        one(TWO[0], "Fri, 2 May 2014"),
        one(TWO[1], "Tue, 13 May 2014")
    );
    check(&[("a.mbox", &digest)], &TWO);
}

#[test]
fn a_word_of_tei_goes_on_in_the_next_line_and_ranges_date_entries() {
    let text = "<?xml version='1.0'?>\n<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body>\
        <div type='diaryEntry'><head><date from='2014-05-02' to='2014-05-04'>2.–4. Mai</date></head>\
        <p>Rain on the\n <lb/>ro\n <lb break='no'/>of.</p></div>\
        <div type='diaryEntry'><head><date when='2014-05-13'>13.</date></head><p>The mill again.</p></div></body></text></TEI>";
    let told = told(&read(&[("a.xml", text)]));
    assert_eq!(
        told,
        [
            ("2014-05-02".to_owned(), "Rain on the \nroof.".to_owned()),
            ("2014-05-13".to_owned(), "The mill again.".to_owned())
        ]
    );
}

#[test]
fn a_workbook_without_a_column_of_dates_is_a_text() {
    let sheet = "<?xml version='1.0'?><worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>\
        <row r='1'><c r='A1' t='inlineStr'><is><t>Rain on the roof, and &quot;more&quot; of it.</t></is></c></row></sheetData></worksheet>";
    let entries = read(&[("2014-05-02.xml", sheet)]).entries;
    assert!(entries[0].text.contains("Rain on the roof"), "{:?}", entries[0].text);
}

#[test]
fn a_day_above_twelve_shows_the_order_of_short_dates_with_hyphens() {
    let text = "05-02-14\n\nRain on the roof.\n\n05-13-14\n\nThe mill again.\n";
    check(&[("DIARY.TXT", text)], &TWO);
}

#[test]
fn who_came_into_a_channel_is_no_entry() {
    let messages = r#"[{"type": "message", "text": "Rain on the roof.", "ts": "1399017600.000200"},
        {"type": "message", "subtype": "channel_join", "text": "has joined the channel", "ts": "1399017700.000100"}]"#;
    check(&[("diary/2014-05-02.json", messages)], &TWO[..1]);
}

#[test]
fn lines_of_a_text_in_xml_that_keeps_its_space_stay_lines() {
    let note = "<?xml version='1.0'?>\n<note><title>Wet</title><text xml:space='preserve'><note-content>Rain on the <bold>roof</bold>.\n\n\
        Then sun.</note-content></text><last-change-date>2020-01-01T00:00:00</last-change-date>\
        <create-date>2014-05-02T18:27:13.72+02:00</create-date></note>";
    check(&[("a.note", note)], &[("2014-05-02", "Rain on the roof.//Then sun.")]);
}

#[test]
fn what_describes_a_bundle_or_a_scan_is_no_entry() {
    let page = "<?xml version='1.0'?>\n<PcGts><Page><TextRegion id='r'><TextLine><TextEquiv><Unicode>2 May 2014</Unicode></TextEquiv>\
        </TextLine><TextLine><TextEquiv><Unicode>Rain on the roof.</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>";
    let cover = "<?xml version='1.0'?>\n<trpDocMetadata><title>Diary of a miller</title><uploadTimestamp>1577836800000</uploadTimestamp></trpDocMetadata>";
    check(&[("doc/page/1.xml", page), ("doc/metadata.xml", cover)], &TWO[..1]);
    let info = "{\"type\": \"net.daringfireball.markdown\", \"creator\": \"a program that keeps notes\"}";
    let text = TWO[0].1;
    check(&[("2014-05-02.textbundle/text.md", text), ("2014-05-02.textbundle/info.json", info)], &TWO[..1]);
}

#[test]
fn trees_of_editors_are_their_words() {
    let leaf = |text: &str| format!(r#"{{"type": "text", "text": "{text}"}}"#);
    let words = "Rain on the roof.//Then sun.";
    for tree in [
        format!(
            r#"{{"type": "doc", "content": [{{"type": "paragraph", "content": [{}, {{"type": "mention", "attrs": {{"label": "the roof"}}}}, {}]}},
            {{"type": "bulletList", "content": [{{"type": "listItem", "content": [{{"type": "paragraph", "content": [{}]}}]}}]}}]}}"#,
            leaf("Rain on "),
            leaf("."),
            leaf("Then sun.")
        ),
        format!(
            r#"{{"root": {{"type": "root", "children": [{{"type": "paragraph", "children": [{}, {{"type": "link", "children": [{}]}}]}},
            {{"type": "paragraph", "children": []}}, {{"type": "paragraph", "children": [{}]}}]}}}}"#,
            leaf("Rain on "),
            leaf("the roof."),
            leaf("Then sun.")
        ),
        r#"[{"type": "paragraph", "children": [{"text": "Rain "}, {"text": "on the roof.", "bold": true}]}, {"children": [{"text": "Then sun."}]}]"#
            .to_owned(),
        r#"{"ops": [{"insert": "Rain "}, {"insert": "on the roof.", "attributes": {"bold": true}}, {"insert": "\n\nThen sun.\n"}]}"#.to_owned(),
        r#"{"blocks": [{"key": "a", "text": "Rain on the roof.", "type": "unstyled"}, {"key": "b", "text": "Then sun.", "type": "unstyled"}],
            "entityMap": {}}"#
            .to_owned(),
        r#"{"time": 1, "blocks": [{"type": "paragraph", "data": {"text": "Rain on the roof."}}, {"type": "paragraph", "data": {"text": "Then sun."}}]}"#
            .to_owned(),
    ] {
        let record = |body: &str| format!(r#"[{{"created_at": "2014-05-02T10:00:00", "body": {body}}}]"#);
        check(&[("a.json", &record(&tree))], &[("2014-05-02", words)]);
        let written = serde_json::Value::String(tree.replace('\n', "")).to_string();
        check(&[("a.json", &record(&written))], &[("2014-05-02", words)]);
    }
}

#[test]
fn a_month_in_a_backup_is_of_the_month_in_its_name() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("2014-05.txt", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut zip, b"2:\n  text: Rain on the roof.\n13:\n  text: The mill again.\n").unwrap();
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("Backup-2020-09-15.zip"), zip.finish().unwrap().into_inner()).unwrap();
    let input = diary_ingest::ArchiveInput::new(diary::Archive::named("x"), dir.path());
    let found = told(&diary_ingest::extract(&input, &diary_ingest::Limits::default(), &|_| {}));
    assert_eq!(found, TWO.map(|(day, text)| (day.to_owned(), text.to_owned())));
}

#[test]
fn a_note_is_of_the_day_when_it_was_made() {
    let note = r#"{"category": "note", "title": "Wet", "mtime": 1577836800, "ctime": 1399017600, "brief": "Rain…", "content": "<div>Rain on the roof.</div>"}"#;
    check(&[("20200101_notes/note_1.json", note)], &TWO[..1]);
}

#[test]
fn a_tree_of_an_editor_in_a_file_of_its_own_is_its_words() {
    let tree = r#"{"root": {"children": [{"type": "paragraph", "children": [{"type": "text", "text": "Rain on the roof."}]}]}}"#;
    check(&[("2014-05-02.txt", tree)], &TWO[..1]);
}

#[test]
fn figures_of_a_name_are_the_day_that_the_page_says_in_another_order() {
    let page = |day: &str, text: &str| {
        format!(
            "<html><body><table><tr><td><a href='x'>older</a></td><td>{day} - 10:15 p.m.<p>{text}<p>And so to bed.</td></tr></table></body></html>"
        )
    };
    let (one, two) = (page(TWO[0].0, TWO[0].1), page(TWO[1].0, TWO[1].1));
    let days: Vec<String> =
        told(&read(&[("050214.html", &one), ("051314.html", &two)])).into_iter().map(|(day, _)| day).collect();
    assert_eq!(days, TWO.map(|(day, _)| day));
}

#[test]
fn headers_without_end_are_cut_off_in_words() {
    let mail = format!(
        "From: a@b\nTo: c@d\nDate: Fri, 2 May 2014 10:00:00 +0000\nSubject: Wet\n{}",
        "X-Y: z\n".repeat(200_000)
    );
    let extraction = read(&[("a.eml", &mail)]);
    assert!(has_problem(&extraction, ProblemKind::TooLarge));
    assert_eq!(extraction.entries.len(), 1);
}

#[test]
fn a_page_whose_title_is_a_day_is_of_that_day() {
    let page = |(day, text): (&str, &str)| {
        let made = if day == TWO[0].0 { "2014-05-02" } else { "2014-05-14" };
        format!("---\ntitle: {day}\nupdated: 2020-01-01T00:00:00Z\ncreated: {made}T08:15:31Z\n---\n\n{text}\n")
    };
    let [one, two] = TWO.map(page);
    check(&[("a.md", &one), ("b.md", &two)], &TWO);
}

#[test]
fn short_notes_of_one_day_that_say_the_same_are_told_apart_by_their_titles() {
    let note =
        |title: &str| format!(r#"{{"title": "{title}", "textContent": "Done.", "created": "2014-05-02T10:00:00Z"}}"#);
    let (bread, letter) = (note("Bread"), note("Letter to Ann"));
    let files = [("a.json", bread.as_str()), ("b.json", &letter), ("c.json", &letter)];
    let extraction = read(&files);
    let titles: Vec<_> = extraction.entries.iter().map(|entry| entry.title.as_deref().unwrap_or_default()).collect();
    assert_eq!(titles, ["Bread", "Letter to Ann"]);
    assert!(has_problem(&extraction, ProblemKind::Duplicate));
}
