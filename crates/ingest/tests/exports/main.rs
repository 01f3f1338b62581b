//! Exports of programs and home-made tables and records, as they really are: fields of any name, dates in any place, ends
//! that are missing.

mod programs;

use diary::{Archive, Visibility};
use diary_ingest::{ArchiveInput, Extraction, Limits, ProblemKind, extract};

fn read(files: &[(&str, &str)]) -> Extraction {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let file = dir.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    extract(&ArchiveInput::new(Archive::named("x"), dir.path()), &Limits::default(), &|_| {})
}

/// The day and the text of each entry, a paragraph after the other.
fn told(extraction: &Extraction) -> Vec<(String, String)> {
    let day = |entry: &diary::Entry| entry.date.label().unwrap_or_else(|| "undated".to_owned());
    extraction.entries.iter().map(|entry| (day(entry), entry.text.replace("\n\n", "//"))).collect()
}

fn check(files: &[(&str, &str)], expect: &[(&str, &str)]) -> Extraction {
    let extraction = read(files);
    let expect: Vec<_> = expect.iter().map(|(day, text)| ((*day).to_owned(), (*text).to_owned())).collect();
    assert_eq!(told(&extraction), expect, "{files:?}");
    extraction
}

fn has_problem(extraction: &Extraction, kind: ProblemKind) -> bool {
    extraction.problems.iter().any(|problem| problem.kind == kind)
}

const TWO: [(&str, &str); 2] = [("2014-05-02", "Rain on the roof."), ("2014-05-13", "The mill again.")];

#[test]
fn dates_under_any_name_and_in_any_form_date_records() {
    for (one, two) in [
        (r#""posted_at": "2014-05-02T08:00:00.1234567""#, r#""posted_at": "2014-05-13T08:00:00Z""#),
        (r#""Tagesdatum": "x", "datum": "02.05.2014""#, r#""datum": "13.05.2014""#),
        (r#""дата": "2014-05-02""#, r#""дата": "2014-05-13""#),
        (r#""date": 20140502"#, r#""date": 20140513"#),
        (r#""createdOn": {"_seconds": 1399017600, "_nanoseconds": 0}"#, r#""createdOn": {"_seconds": 1399968000}"#),
        (
            r#""when": {"$date": {"$numberLong": "1399017600000"}}"#,
            r#""when": {"$date": {"$numberLong": "1399968000000"}}"#,
        ),
        (r#""date": "1399017600""#, r#""date": "1399968000""#),
        (r#""year": 2014, "month": "May", "day": "2""#, r#""year": 2014, "month": "May", "day": "13""#),
        (r#""entry_date": "5/2/2014""#, r#""entry_date": "5/13/2014""#),
        (r#""updatedAt": "2020-01-01", "jour": "2014-05-02""#, r#""updatedAt": "2020-01-01", "jour": "2014-05-13""#),
    ] {
        let record = |date: &str, text: &str| format!("{{{date}, \"titre\": \"T\", \"contenu\": \"{text}\"}}");
        let records = record(one, TWO[0].1) + "," + &record(two, TWO[1].1);
        check(&[("a.json", &format!("[{records}]"))], &TWO);
        check(&[("a.jsonl", &records.replace("},{", "}\n{"))], &TWO);
    }
}

#[test]
fn records_by_id_in_several_lists_and_in_parts_are_all_read() {
    let record = |at: usize| format!("{{\"date\": \"{}\", \"text\": \"{}\"}}", TWO[at].0, TWO[at].1);
    check(&[("a.json", &format!("{{\"-Na1\": {}, \"-Na2\": {}}}", record(0), record(1)))], &TWO);
    let lists = format!(
        "{{\"tags\": [{{\"name\": \"garden bed\", \"created\": \"2001-01-01\"}}], \"journals\": [{{\"items\": [{}]}}, \
         {{\"items\": [{}]}}], \"trashed\": [{}]}}",
        record(0),
        record(1),
        record(0).replace("Rain", "Hail")
    );
    check(&[("a.json", &lists)], &TWO);
    let parts = r#"[{"date": "2014-05-02", "sections": [{"heading": "Morning", "text": "Rain."}, {"text": "Sun."}]}]"#;
    check(&[("a.json", parts)], &[("2014-05-02", "Rain.//Sun.")]);
    let wrapped =
        r#"{"uri": "at://x/1", "value": {"text": "Rain on the roof.", "createdAt": "2014-05-02T08:00:00.000Z"}}"#;
    check(&[("repo.jsonl", &format!("{wrapped}\n"))], &TWO[..1]);
    let paragraphs =
        r#"[{"date": "2014-05-02", "title": "Wet", "paragraphs": ["It rained all day here.", "Then sun."]}]"#;
    check(&[("a.json", paragraphs)], &[("2014-05-02", "It rained all day here.//Then sun.")]);
}

#[test]
fn who_wrote_and_what_was_done_in_a_chat_are_no_entries() {
    let actor =
        r#"{"type": "Person", "inbox": "in", "outbox": "out", "summary": "I write.", "published": "2010-01-01"}"#;
    let chat = r#"{"messages": [{"type": "service", "date": "2014-01-01T10:00:00", "action": "create_channel", "title": "D"},
        {"type": "message", "date": "2014-05-02T10:00:00", "text": "Rain on the roof."}]}"#;
    check(&[("actor.json", actor), ("result.json", chat)], &TWO[..1]);
}

#[test]
fn json_that_breaks_off_or_is_not_well_formed_is_read_as_far_as_it_goes() {
    for text in [
        r#"[{"date": "2014-05-02", "text": "Rain on the roof."}, {"date": "2014-05-13", "text": "The mill again."}, {"da"#,
        r#"[{"date": "2014-05-02", "text": "Rain on the roof.", {"date": "2014-05-13", "text": "The mill again."},]"#,
        "{\"entries\":\n[{\"date\": \"2014-05-02\", \"body\": \"Rain on the roof.\"}, {\"date\": \"2014-05-13\", \"body\": \"The mill again.\"}",
    ] {
        let extraction = check(&[("a.json", text)], &TWO);
        assert!(has_problem(&extraction, ProblemKind::Malformed), "{text}");
    }
}

#[test]
fn feeds_without_dates_of_their_own_are_dated_by_title_link_or_first_line() {
    let feed =
        |items: [String; 2]| format!("<rss version='0.91'><channel><title>D</title>{}</channel></rss>", items.concat());
    for (title, link, line) in [
        ("{day}: Wet", "http://x.org/1", ""),
        ("Wet", "http://x.org/{path}/wet.html", ""),
        ("Wet", "http://x.org/1", "&lt;p>&lt;b>{day}&lt;/b>&lt;/p>"),
    ] {
        let item = |(day, text): (&str, &str)| {
            let named = |form: &str| form.replace("{day}", day).replace("{path}", &day.replace('-', "/"));
            let (title, link, line) = (named(title), named(link), named(line));
            format!("<item><title>{title}</title><link>{link}</link><description>{line}{text}</description></item>")
        };
        let days: Vec<String> =
            told(&read(&[("rss.xml", &feed(TWO.map(item)))])).into_iter().map(|(day, _)| day).collect();
        assert_eq!(days, TWO.map(|(day, _)| day), "{title} {link} {line}");
    }
}

#[test]
fn feeds_whose_elements_have_prefixes_are_read() {
    let entry = |(day, text): (&str, &str)| {
        format!(
            "<a:entry><a:title>T</a:title><a:published>{day}T10:00:00Z</a:published><a:content type='xhtml'>\
             <x:div><x:p>{text}</x:p></x:div></a:content></a:entry>"
        )
    };
    let feed = format!(
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom' xmlns:x='http://www.w3.org/1999/xhtml'>{}</a:feed>",
        TWO.map(entry).concat()
    );
    check(&[("feed.xml", &feed)], &TWO);
}

#[test]
fn records_in_xml_are_known_by_what_stands_in_them() {
    for (root, one) in [
        ("tagebuch", "<eintrag><datum>{day}</datum><titel>T</titel><inhalt>{text}</inhalt></eintrag>"),
        ("d:diary", "<d:entry><d:date>{day}</d:date><d:text>{text}</d:text></d:entry>"),
        ("diary", "<entry><date year='{y}' month='{m}' day='{d}'/><text>{text}</text></entry>"),
        ("journal", "<entry itemid='1'><time>{day} 20:15</time><subject>T</subject><event>{text}</event></entry>"),
        ("posts", "<post><created>{day}</created><body>{text} <br></body></post>"),
    ] {
        let entry = |(day, text): (&str, &str)| {
            let parts: Vec<&str> = day.split('-').collect();
            let form = one.replace("{day}", day).replace("{text}", text);
            form.replace("{y}", parts[0]).replace("{m}", parts[1]).replace("{d}", parts[2])
        };
        let text = format!("<?xml version='1.0'?>\n<{root} xmlns:d='urn:d'>{}</{root}>", TWO.map(entry).join("\n"));
        check(&[("a.xml", &text)], &TWO);
    }
}

#[test]
fn an_entry_of_a_journal_client_keeps_its_security() {
    let entry = |day: &str, security: &str| {
        format!("<entry><time>{day} 20:15</time><event>Rain on the roof.</event>{security}</entry>")
    };
    let text = entry("2014-05-02", "<security type='private'/>") + &entry("2014-05-13", "");
    let extraction = read(&[("05.xml", &format!("<?xml version='1.0'?><journal>{text}</journal>"))]);
    let seen: Vec<_> = extraction.entries.iter().map(|entry| entry.visibility).collect();
    assert_eq!(seen, [Visibility::Private, Visibility::Public]);
}

#[test]
fn the_head_of_an_outline_is_no_entry() {
    let node = |(day, text): (&str, &str)| format!("<outline text='{text}' created='{day}T10:00:00Z'/>");
    let text = format!(
        "<?xml version='1.0'?><opml version='2.0'><head><title>Diary</title><dateCreated>2020-01-01T00:00:00Z</dateCreated></head><body>{}</body></opml>",
        TWO.map(node).concat()
    );
    check(&[("a.opml", &text)], &TWO);
}

#[test]
fn the_page_of_a_wiki_is_of_the_day_in_its_name() {
    let page = |(day, text): (&str, &str)| {
        format!(
            "<page><title>Diary/{day}</title><ns>0</ns><revision><timestamp>2020-01-01T00:00:00Z</timestamp><text>{text}</text>\
             </revision></page>"
        )
    };
    check(&[("dump.xml", &format!("<mediawiki>{}</mediawiki>", TWO.map(page).concat()))], &TWO);
}

#[test]
fn tables_are_parted_at_the_mark_that_makes_even_rows() {
    let texts = ["\"Rain, wind,\nand more, rain.\"", "\"Sun, at last,\nand birds, too.\""];
    for (header, dates) in [
        ("Datum;Titel;Eintrag", ["2014-05-02", "2014-05-13"]),
        ("Last modified;Day;Text", ["2020-01-01;2014-05-02", "2020-01-01;2014-05-13"]),
        ("sep=;\nTimestamp;Title;Text", ["1399017600", "1399968000"]),
        ("date;title;body", ["2014-05-02 20:15:00 UTC", "2014-05-13 08:00:00 UTC"]),
    ] {
        let row = |at: usize| match header.contains("Last") {
            true => format!("{};{}\n", dates[at], texts[at]),
            false => format!("{};T;{}\n", dates[at], texts[at]),
        };
        let extraction = read(&[("a.csv", &format!("{header}\n{}{}", row(0), row(1)))]);
        let days: Vec<_> = told(&extraction).into_iter().map(|(day, _)| day).collect();
        assert_eq!(days, ["2014-05-02", "2014-05-13"], "{header}");
    }
}

#[test]
fn the_store_of_a_tiddlywiki_page_is_read() {
    let page = r#"<!doctype html><html><head><title>W</title></head><body>
<script class="tiddlywiki-tiddler-store" type="application/json">[{"title":"$:/core","created":"20100101101112000","text":"The core of it."},
{"title":"Wet","created":"20140502101112000","modified":"20200101000000000","text":"Rain on the roof."}]</script></body></html>"#;
    check(&[("wiki.html", page)], &TWO[..1]);
}

#[test]
fn an_element_with_its_date_on_it_is_an_entry_with_all_that_is_in_it() {
    let day = "<day date='2014-05-02'><weather>wet</weather><p>Rain on the roof.</p></day>";
    let text = format!("<?xml version='1.0'?><diary>{day}{}</diary>", day.replace("-02", "-13"));
    check(&[("a.xml", &text)], &[("2014-05-02", "wet//Rain on the roof."), ("2014-05-13", "wet//Rain on the roof.")]);
}

#[test]
fn days_that_stand_on_divisions_or_in_the_header_of_tei_date_entries() {
    let text = |body: &str, header: &str| {
        format!(
            "<?xml version='1.0'?><TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader><date when='2001-01-01'/>{header}\
             </teiHeader><text><body>{body}</body></text></TEI>"
        )
    };
    for on in ["when='{day}'", "n='{day}'", "xml:id='d{day}'"] {
        let entry = |(day, text): (&str, &str)| {
            format!("<div type='entry' {}><p>{text} <br> And<note>So.</note></p></div>", on.replace("{day}", day))
        };
        let extraction = read(&[("a.xml", &text(&TWO.map(entry).concat(), ""))]);
        let expect = TWO.map(|(day, text)| (day.to_owned(), format!("{text} And//So.")));
        assert_eq!(told(&extraction), expect, "{on}");
    }
    let header = "<profileDesc><creation><date when='2014-05-02'/></creation></profileDesc>";
    check(&[("a.xml", &text("<div><p>Rain on the roof.</p></div>", header))], &TWO[..1]);
    let noted = "<opener><date when='2014-05-02'>2 May</date></opener><p>Rain on the roof.<note>Slates.</note></p>";
    check(&[("a.xml", &text(&format!("<div>{noted}</div>"), ""))], &[("2014-05-02", "Rain on the roof.//Slates.")]);
}

#[test]
fn notes_of_telephones_are_read() {
    let note = |day: &str, text: &str| {
        format!(
            "BEGIN:VNOTE\r\nVERSION:1.1\r\nBODY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{text}\r\nDCREATED:{day}T101112\r\n\
             LAST-MODIFIED:20200101T000000Z\r\nEND:VNOTE\r\n"
        )
    };
    let files = [
        ("1.vnt", note("20140502", "Caf=C3=A9, rain=\r\n on the roof.")),
        ("2.vnt", note("20140513", "The mill again.=0AAnd home.")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    check(&files, &[("2014-05-02", "Café, rain on the roof."), ("2014-05-13", "The mill again.\nAnd home.")]);
}

#[test]
fn several_blocks_of_front_matter_in_one_file_begin_an_entry_each() {
    let entry = |(day, text): (&str, &str)| format!("---\ntitle: T\ndate: {day}\n---\n\n{text}\n\n");
    check(&[("all.md", &TWO.map(entry).concat())], &TWO);
    let document = |(day, text): (&str, &str)| format!("---\ndate: {day}\nbody: |\n  {text}\n");
    check(&[("all.yaml", &TWO.map(document).concat())], &TWO);
}

#[test]
fn the_folder_of_a_page_may_begin_with_its_day() {
    let page = format!("---\ntitle: T\n---\n{}\n", TWO[0].1);
    let other = page.replace(TWO[0].1, TWO[1].1);
    check(&[("content/2014/05/02-rain/index.md", &page), ("content/2014/05/13-mill/index.md", &other)], &TWO);
    let inner = |day: &str| page.replace("title: T", &format!("meta:\n  date: {day}"));
    check(&[("a.md", &inner(TWO[0].0))], &TWO[..1]);
}

#[test]
fn data_beside_pages_is_no_entry() {
    let page = |(day, text): (&str, &str)| format!("# {day}\n\n{text}\n");
    let [one, two] = TWO.map(page);
    let files = [
        ("a.textbundle/text.md", &*one),
        ("b.textbundle/text.md", &*two),
        ("b.textbundle/info.json", "{\"version\": 2}"),
    ];
    check(&files, &TWO);
}

#[test]
fn posts_as_wordpress_answers_with_them_are_records() {
    let post = |(day, text): (&str, &str)| {
        format!(
            "{{\"id\": 1, \"date\": \"{day}T10:00:00\", \"modified\": \"2020-01-01T10:00:00\", \"status\": \"publish\", \
             \"title\": {{\"rendered\": \"T\"}}, \"content\": {{\"rendered\": \"<p>{text}</p>\", \"protected\": false}}}}"
        )
    };
    let extraction = check(&[("posts.json", &format!("[{}]", TWO.map(post).join(",")))], &TWO);
    assert_eq!(extraction.entries[0].title.as_deref(), Some("T"));
}

#[test]
fn comments_inside_an_export_are_no_entries() {
    let comment = "<comments><comment><date>2014-05-03</date><text>Really so.</text></comment></comments>";
    let entry = |(day, text): (&str, &str)| format!("<entry><date>{day}</date><text>{text}</text>{comment}</entry>");
    check(&[("a.xml", &format!("<?xml version='1.0'?><page>{}{comment}</page>", TWO.map(entry).concat()))], &TWO);
}

#[test]
fn the_column_that_is_called_a_note_is_the_text() {
    let row = |(day, text): (&str, &str)| format!("{day},good,at the office | a long list of things | more,{text}\n");
    let extraction = read(&[("a.csv", &format!("full_date,mood,activities,note\n{}", TWO.map(row).concat()))]);
    assert!(extraction.entries[0].text.starts_with("Rain on the roof."), "{}", extraction.entries[0].text);
}

#[test]
fn a_summary_takes_the_place_of_content_that_broken_markup_swallowed() {
    let item = "<item><pubDate>Fri, 02 May 2014 10:00:00 GMT</pubDate><description>Rain on the roof.</description>\
        <content:encoded><![CDATA[<a href=\"http://x.org/?>Rain on the roof.</a>]]></content:encoded></item>";
    check(&[("rss.xml", &format!("<rss version='2.0'><channel>{item}</channel></rss>"))], &TWO[..1]);
}

#[test]
fn labels_that_are_objects_and_marks_of_any_spelling_are_read() {
    let record = |more: &str| format!("{{\"date\": \"2014-05-02\", \"text\": \"Rain on the roof.\", {more}}}");
    let tags = |more: &str| read(&[("a.json", &format!("[{}]", record(more)))]).entries[0].tags.clone();
    assert_eq!(tags(r#""labels": [{"name": "garden"}, {"name": "walks"}]"#), ["garden", "walks"]);
    assert_eq!(tags(r##""keywords": "garden, #walks""##), ["garden", "walks"]);
    for mark in [
        r#""isPrivate": true"#,
        r#""is_draft": 1"#,
        r#""isTrashed": true"#,
        r#""security": "friends""#,
        r#""state": "draft""#,
    ] {
        let extraction = read(&[("a.json", &format!("[{}]", record(mark)))]);
        assert_eq!(extraction.entries[0].visibility, Visibility::Private, "{mark}");
    }
    for mark in [r#""isTrashed": false"#, r#""state": "published""#, r#""deleted": null"#] {
        let extraction = read(&[("a.json", &format!("[{}]", record(mark)))]);
        assert_eq!(extraction.entries[0].visibility, Visibility::Public, "{mark}");
    }
}

#[test]
fn the_same_entry_in_chinese_on_a_page_and_in_a_feed_is_one() {
    let text = "下了一整天的雨，屋顶有点漏水。和妹妹走到磨坊，很晚才回家。";
    let feed = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>雨</title><published>2014-05-02T10:00:00Z</published>\
         <content type='html'>{text}</content></entry></feed>"
    );
    let page = format!(
        "<html><body><article><h2>雨</h2><time datetime='2014-05-02'>2014年5月2日</time><p>{text}</p><p>晴</p></article></body></html>"
    );
    assert_eq!(read(&[("feed.xml", &feed), ("1.html", &page)]).entries.len(), 1);
}

#[test]
fn tables_in_json_are_read_by_rows_and_by_columns() {
    let [(one, rain), (two, mill)] = TWO;
    for table in [
        format!(r#"[["{one}", "{rain}"], ["{two}", "{mill}"]]"#),
        format!(r#"[["text", "written"], ["{rain}", "{one}"], ["{mill}", "{two}"]]"#),
        format!(r#"{{"date": ["{one}", "{two}"], "text": ["{rain}", "{mill}"]}}"#),
        format!(r#"{{"date": ["{one}", "{two}"], "what": ["{rain}", "{mill}"]}}"#),
        format!(r#"{{"date": {{"0": "{one}", "1": "{two}"}}, "what": {{"0": "{rain}", "1": "{mill}"}}}}"#),
        format!(r#"{{"columns": ["a", "b"], "index": [0, 1], "data": [["{one}", "{rain}"], ["{two}", "{mill}"]]}}"#),
    ] {
        check(&[("a.json", &table)], &TWO);
    }
}

#[test]
fn words_in_wrappers_and_under_several_names_are_all_of_a_record() {
    let posts = r##"{"feed": {"updated": {"$t": "2020-01-01"}, "entry": [{"published": {"$t": "2014-05-02T10:00:00Z"},
        "title": {"$t": "Wet"}, "content": {"type": "html", "$t": "<p>Rain on the roof.</p>"}}]}}"##;
    let extraction = check(&[("a.json", posts)], &TWO[..1]);
    assert_eq!(extraction.entries[0].title.as_deref(), Some("Wet"));
    let questions = r#"[{"date": "2014-05-02", "amazing": "The mill was turning all day long.", "grateful": ["It rained on us but not much."]}]"#;
    let both = "The mill was turning all day long.//It rained on us but not much.";
    check(&[("a.json", questions)], &[("2014-05-02", both)]);
    let record = r#"[{"_createdAt": "2020-01-01", "publishedAt": "2014-05-02", "text": "Rain on the roof."}]"#;
    check(&[("a.json", record)], &TWO[..1]);
}

#[test]
fn a_table_below_remarks_and_one_of_a_month_are_read() {
    let row = |(day, text): (&str, &str)| format!("{day},\"{text}\"\n");
    let rows = TWO.map(row).concat();
    let below = format!("# my diary\n\n# exported 2020-01-01\nDate,Text\n{rows}");
    check(&[("a.csv", &below)], &TWO);
    check(&[("2014-05.csv", &format!("Day,Text\n{}", rows.replace("2014-05-", "")))], &TWO);
}

#[test]
fn front_matter_with_names_of_its_own_dates_a_page_that_nothing_else_does() {
    let page =
        |key: &str| format!("---\ntitle: T\n{key}: 2014-05-02\nmodDatetime: 2020-01-01\n---\n\nRain on the roof.\n");
    check(&[("a.md", &page("pubDatetime"))], &TWO[..1]);
    check(&[("a.md", &page("created_on"))], &TWO[..1]);
    check(&[("2014-05-02.md", &page("trip_date").replace("2014-05-02", "2013-01-01"))], &TWO[..1]);
}

#[test]
fn seconds_before_1970_and_names_of_six_figures_are_days() {
    check(
        &[("a.json", r#"[{"date": "-803331940000", "text": "Rain on the roof."}]"#)],
        &[("1944-07-18", "Rain on the roof.")],
    );
    let days: Vec<_> = told(&read(&[("2021/210304 Rain.txt", "Rain on the roof, and more of it.")]));
    assert_eq!(days[0].0, "2021-03-04");
}
