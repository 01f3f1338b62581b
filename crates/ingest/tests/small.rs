//! Small archives: one, two or three entries in every dress, private folders, and calendars source by source.

use diary::{Archive, Calendar, Visibility};
use diary_ingest::{ArchiveInput, Extraction, Limits, ProblemKind, extract};
use std::path::Path;

fn write(root: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let file = root.join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
}

fn read(files: &[(&str, &str)], private: &[&str]) -> Extraction {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), files);
    let mut input = ArchiveInput::new(Archive::named("x"), dir.path());
    input.private = private.iter().map(|pattern| (*pattern).to_owned()).collect();
    extract(&input, &Limits::default(), &|_| {})
}

fn dates(extraction: &Extraction) -> Vec<String> {
    extraction.entries.iter().map(|entry| entry.date.label().unwrap_or_else(|| "undated".to_owned())).collect()
}

/// A page whose entries are each made of one line: `{full}`, `{iso}`, `{short}` and `{figures}` are its date, `{text}` its text.
const DRESSES: &[(&str, &str, &str)] = &[
    ("a.txt", "", "{full}\n\n{text}\n\n"),
    ("a.txt", "", "{full}\n{text}\n\n"),
    ("a.txt", "", "{iso}\n\n{text}\n\n"),
    ("a.txt", "", "{iso}: {text}\n\n"),
    ("a.txt", "", "{short}.--{text}\n\n"),
    ("a.txt", "", "{figures} {text}\n\n"),
    ("a.txt", "", "----------\n{short}\n----------\n\n{text}\n\n"),
    ("a.txt", "", "[{iso} 09:00] {text}\n\n"),
    ("a.md", "# My diary\n\n", "## {full}\n\n{text}\n\n"),
    ("a.md", "# My diary\n\n", "**{full}**\n\n{text}\n\n"),
    ("a.org", "", "* {iso}\n{text}\n"),
    ("a.html", "<html><body>", "<h3>{full}</h3>\n<p>{text}\n"),
    ("a.html", "<html><body>", "<b>{full}</b><br>\n{text}<p>\n"),
    ("a.html", "<html><body><dl>", "<dt>{full}<dd>{text}\n"),
    ("a.html", "<html><body><hr>", "{full}<p>{text}\n<hr>\n"),
    ("a.html", "<html><body><table>", "<tr><td>{short}<td>{text}\n"),
    ("a.html", "<html><body><ul>", "<li>{short}: {text}\n"),
    ("a.html", "<html><body><ul>", "<li><b>{short}</b> {text}\n"),
    ("a.html", "<html><body>", "<p>{full}</p>\n<p>{text}</p>\n"),
];

#[test]
fn tiny_archives_are_read_in_every_dress() {
    let days: [[&str; 4]; 3] = [
        ["Monday 4 January 2010", "2010-01-04", "January 4, 2010", "04.01.2010"],
        ["Tuesday 5 January 2010", "2010-01-05", "January 5, 2010", "05.01.2010"],
        ["Wednesday 6 January 2010", "2010-01-06", "January 6, 2010", "06.01.2010"],
    ];
    let texts = [
        ["An aardvark.", "Another aardvark.", "Nothing."],
        ["Rain.", "Rain.", "Rain."],
        ["a", "b", "c"],
        ["Up", "Out", "Up"],
    ];
    for (name, head, dress) in DRESSES {
        for texts in texts {
            for count in 1..=3 {
                let page: String = (0..count)
                    .map(|at| {
                        let [full, iso, short, figures] = days[at];
                        [
                            ("{full}", full),
                            ("{iso}", iso),
                            ("{short}", short),
                            ("{figures}", figures),
                            ("{text}", texts[at]),
                        ]
                        .iter()
                        .fold((*dress).to_owned(), |page, (mark, words)| page.replace(mark, words))
                    })
                    .collect();
                let extraction = read(&[(name, &format!("{head}{page}"))], &[]);
                let expect: Vec<&str> = days[..count].iter().map(|day| day[1]).collect();
                assert_eq!(dates(&extraction), expect, "{head}{page}");
            }
        }
    }
}

const SHOP: &str = "A SHOPKEEPER'S BOOK\n\nThe days are Old Style.\n\nJanuary 1660-61\n\n1st (Tuesday). Opened the shop.\n\n\
    2d. Snow.\n\n6th (Lord's day). To church.\n\nFebruary 1660-61\n\n3d (Lord's day). The roof is mended.\n";

/// A month's heading holds a bare day against a weekday, and a double year is Old Style's own.
#[test]
fn double_years_prove_old_style() {
    let expect = ["1661-01-01", "1661-01-02", "1661-01-06", "1661-02-03"];
    let without_weekdays = SHOP.replace(" (Tuesday)", "").replace(" (Lord's day)", "");
    let wrong_weekday = SHOP.replace("(Tuesday)", "(Friday)");
    for shop in [SHOP, &without_weekdays, &wrong_weekday] {
        let extraction = read(&[("shop.txt", shop)], &[]);
        assert_eq!(dates(&extraction), expect, "{shop}");
        assert!(extraction.entries.iter().all(|entry| entry.date.calendar == Calendar::Julian), "{shop}");
    }
}

#[test]
fn every_source_has_its_own_calendar() {
    let modern = "Sunday 2 May 1999\n\nLeft harbour.\n\nMonday 3 May 1999\n\nRain.\n\nTuesday 4 May 1999\n\nSun.\n";
    let extraction = read(&[("a.txt", modern), ("shop.txt", SHOP), ("z.txt", &modern.replace("1999", "1993"))], &[]);
    let julian = |entry: &&diary::Entry| entry.date.calendar == Calendar::Julian;
    let old: Vec<&str> = extraction.entries.iter().filter(julian).map(|entry| entry.sources[0].path.as_ref()).collect();
    assert_eq!(old, ["shop.txt"; 4]);
    assert_eq!(extraction.entries.len(), 10);
}

/// Whatever an entry is made of — a whole file, a text without a date, a member of a container — its path decides.
#[test]
fn private_patterns_cover_undated_entries() {
    let undated = [("open/a.txt", "Words about the sea."), ("therapy/b.txt", "Words about the self.")];
    let dated =
        [("open/2003-12-19.md", "The sea."), ("therapy/2003-12-20.md", "The self."), ("therapy/notes.txt", "Self.")];
    for pattern in ["therapy/**", "therapy/", "therapy", "/therapy/", "*/b.txt\ntherapy/*"] {
        let patterns: Vec<&str> = pattern.split('\n').collect();
        for files in [&undated[..], &dated[..]] {
            let extraction = read(files, &patterns);
            assert!(extraction.entries.len() >= 2);
            for entry in &extraction.entries {
                let private = entry.sources[0].path.starts_with("therapy");
                assert_eq!(entry.visibility == Visibility::Private, private, "{pattern} on {}", entry.sources[0].path);
            }
        }
    }
    let broken = read(&undated, &["therapy/[z-a]"]);
    assert!(broken.entries.iter().all(|entry| entry.visibility == Visibility::Private));
    assert!(broken.problems.iter().any(|problem| problem.kind == ProblemKind::BadSetting));
}

#[test]
fn private_patterns_cover_containers() {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, text) in [("self/2003-12-19.txt", "Dated."), ("self/a.txt", "Undated.")] {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        tar.append_data(&mut header, name, text.as_bytes()).unwrap();
    }
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("old.tar"), tar.into_inner().unwrap()).unwrap();
    for (pattern, private) in
        [("old.tar", true), ("*.tar", true), ("self", true), ("self/**", true), ("new.tar", false)]
    {
        let mut input = ArchiveInput::new(Archive::named("x"), dir.path());
        input.private = vec![pattern.to_owned()];
        let extraction = extract(&input, &Limits::default(), &|_| {});
        assert_eq!(extraction.entries.len(), 2);
        for entry in &extraction.entries {
            assert_eq!(entry.visibility == Visibility::Private, private, "{pattern} on {}", entry.sources[0].path);
        }
    }
}

/// A mark at the head of a file, before its first heading, is for all of it.
#[test]
fn a_mark_at_the_head_hides_the_whole_file() {
    let text = "visibility: private\n\nMonday 4 January 2010\n\nAn aardvark.\n\nTuesday 5 January 2010\n\nRain.\n";
    let extraction = read(&[("a.txt", text)], &[]);
    assert_eq!(dates(&extraction), ["2010-01-04", "2010-01-05"]);
    assert!(extraction.entries.iter().all(|entry| entry.visibility == Visibility::Private));
}

/// Headings of forty days in all the ways people write them, as lines of text and as headings of a page.
#[test]
fn headings_are_dated_in_every_form() {
    let date = |day: usize| (2003, if day < 31 { 1 } else { 2 }, if day < 31 { day + 1 } else { day - 30 });
    const MONTHS: [&str; 2] = ["January", "February"];
    const ROMAN: [&str; 2] = ["I", "II"];
    const WEEKDAYS: [&str; 7] = ["Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday"];
    /// Writes the entry of a number and date, with the names of its weekday and month.
    type Form = fn(usize, (usize, usize, usize), &str, &str) -> String;
    let forms: [Form; 16] = [
        |_, (y, _, d), month, weekday| format!("{weekday}, {month} {d}, {y} at 10:31 PM"),
        |_, (y, m, d), _, _| format!("{m}/{d}/{y} 10:31:00 PM"),
        |_, (y, _, d), month, weekday| format!("{} {} {d} 22:31:05 EST {y}", &weekday[..3], &month[..3]),
        |_, (y, _, d), month, _| format!("{d:02}-{}-{y}", &month[..3]),
        |_, (y, m, d), _, _| format!("{y}.{m:02}.{d:02}"),
        |_, (y, m, d), _, weekday| format!("{y}-{m:02}-{d:02} ({weekday})"),
        |n, (y, _, d), month, weekday| format!("Day {}: {weekday} {d} {month} {y}", n + 1),
        |n, (y, _, d), month, _| format!("Entry {}, {d} {month} {y}", n + 1),
        |_, (y, _, d), month, _| format!("Edinburgh, {d} {month} {y}."),
        |_, (y, _, d), month, weekday| format!("{weekday}, {month} {d}, {y}. In camp near Richmond."),
        |_, (y, m, d), _, _| format!("{d}. {}. {y}", ROMAN[m - 1]),
        |_, (y, _, d), month, weekday| format!("{weekday} {d} {month} {y}   Rain, 12 degrees"),
        |_, (y, _, d), month, _| format!("=== {d} {month} {y} ==="),
        |_, (y, m, d), _, _| format!("{y}年{m}月{d}日"),
        |_, (y, _, d), month, _| format!("{month} ye {d}th, {y}."),
        |_, (y, _, d), month, _| format!("{d} {} '{:02}", &month[..3], y % 100),
    ];
    for form in forms {
        let heading = |n: usize| {
            let (year, month, day) = date(n);
            form(n, (year, month, day), MONTHS[month - 1], WEEKDAYS[n % 7])
        };
        let expect: Vec<String> = (0..40).map(date).map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")).collect();
        let body = "We walked to the mill and back, and it rained on us all the way.";
        let text: String = (0..40).map(|n| format!("{}\n\n{body} {n}\n\n", heading(n))).collect();
        let page: String = (0..40).map(|n| format!("<h3>{}</h3><p>{body} {n}</p>\n", heading(n))).collect();
        for file in [("a.txt", text), ("a.html", format!("<html><body>{page}</body></html>"))] {
            assert_eq!(dates(&read(&[(file.0, &file.1)], &[])), expect, "{}", file.1);
        }
    }
}

/// The numbers of the days under the headings of months are days; those of a list elsewhere are none.
#[test]
fn numbered_days_and_numbered_lists() {
    let days = "FEBRUARY, 1822.\n\n1. Snow on the ground.\n\n5. Thaw.\n\nMARCH, 1822.\n\n2. The first lambs.\n";
    assert_eq!(dates(&read(&[("a.txt", days)], &[])), ["1822-02-01", "1822-02-05", "1822-03-02"]);
    let list = "Friday May 2 2003\n\nTo do:\n\n1. Milk.\n\n2. Bread.\n\nSaturday May 3 2003\n\n3. Sleep.\n";
    assert_eq!(dates(&read(&[("a.txt", list)], &[])), ["2003-05-02", "2003-05-03"]);
}

/// A dated letter inside a diary opens no entry, nor does it draw the days after it into its year.
#[test]
fn quoted_letters_leave_the_diary_alone() {
    let mut text = String::from("1830\n\n");
    let mut expect = Vec::new();
    for day in 1..=20 {
        text.push_str(&format!("MARCH {day}.--We walked to the mill and back again.\n\n"));
        if day % 4 == 0 {
            text.push_str("\"3rd May, 1799. My dear sir, I write to you in haste.\n\n\"Yours.\"\n\n");
        }
        expect.push(format!("1830-03-{day:02}"));
    }
    assert_eq!(dates(&read(&[("a.txt", &text)], &[])), expect);
}

/// What is in no entry is told, with how much it is.
#[test]
fn text_outside_entries_is_counted() {
    let preface = "These are the words of a long preface that nobody dated. ".repeat(20);
    let text = format!("PREFACE\n\n{preface}\n\nFriday May 2 2003\n\nRain.\n\nSaturday May 3 2003\n\nSun.\n");
    let extraction = read(&[("a.txt", &text), ("b.txt", "No date at all in here.")], &[]);
    assert_eq!(dates(&extraction), ["2003-05-02", "2003-05-03"]);
    let told: Vec<(ProblemKind, &str)> =
        extraction.problems.iter().map(|problem| (problem.kind, problem.source.as_str())).collect();
    assert_eq!(told, [(ProblemKind::OutsideEntries, "a.txt"), (ProblemKind::NoEntries, "b.txt")]);
    assert_eq!(extraction.profile.left_out, (2, 907 + 17));
}

#[test]
fn what_is_said_of_many_days_is_no_chrome() {
    let page = |day: u32| {
        let text = if day.is_multiple_of(3) { "Rain." } else { "Nothing happened, but it was a long day." };
        let page =
            format!("<p><a href='/'>Home</a></p><h2>{day} March 2010</h2><p>{text}</p><p>Made by hand, with love.</p>");
        (format!("{day:02}.html"), page)
    };
    let pages: Vec<(String, String)> = (1..=12).map(page).collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(name, page)| (name.as_str(), page.as_str())).collect();
    let texts: Vec<String> = read(&files, &[]).entries.into_iter().map(|entry| entry.text).collect();
    assert_eq!(texts.iter().filter(|text| *text == "Rain.").count(), 4);
    assert_eq!(texts.iter().filter(|text| text.starts_with("Nothing happened") && !text.contains("hand")).count(), 8);
}

#[test]
fn a_date_heading_on_every_page_is_no_chrome() {
    let page = |at: u32| (format!("{at}.html"), format!("<h3>7 June 2002</h3><p>Story number {at}.</p>"));
    let pages: Vec<(String, String)> = (1..=8).map(page).collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(name, page)| (name.as_str(), page.as_str())).collect();
    assert_eq!(dates(&read(&files, &[])), ["2002-06-07"; 8]);
}

#[test]
fn a_last_line_that_could_be_a_year_is_text() {
    for text in ["A day of 2001.", "May.", "2001.", "The year 2001"] {
        let extraction = read(&[("a.txt", &format!("3 May 2001\n\n{text}\n"))], &[]);
        let texts: Vec<&str> = extraction.entries.iter().map(|entry| entry.text.as_str()).collect();
        assert_eq!(texts, [text]);
    }
}

/// Where entries are of several days, a stray date does not turn the diary round.
#[test]
fn entries_of_several_days_keep_their_order() {
    let entry = |day: u32| {
        let stray = if day == 4 { "August 30.\n\n" } else { "" };
        format!("{}-{} August 1955\n\nWe walked to the mill and back.\n\n{stray}", 3 * day - 2, 3 * day - 1)
    };
    let text: String = (1..=9).map(entry).collect();
    let found = dates(&read(&[("a.txt", &text)], &[]));
    let mut days = (1..=9).map(|day| format!("1955-08-{:02}", 3 * day - 2));
    assert!(days.all(|day| found.contains(&day)), "{found:?}");
}

/// Half of a diary is written in one way and half in another: what fits leads on to more of its kind.
#[test]
fn two_ways_of_one_program_are_one_diary() {
    let line = |n: u32| {
        let date = format!("{}-{:02}-{:02} 15:39", 2013 + n / 36, n / 3 % 12 + 1, n % 3 * 9 + 1);
        let date = if n < 20 { format!("{date} Jam.") } else { format!("[{date}] Jam.") };
        format!("{date}\nWe walked to the mill and back.\n\n")
    };
    let text: String = (0..40).map(line).collect();
    assert_eq!(read(&[("a.txt", &text)], &[]).entries.len(), 40);
}

/// The problems of a kind, by the label of their entry.
fn problems(extraction: &Extraction, kind: ProblemKind) -> Vec<String> {
    let of_kind = extraction.problems.iter().filter(|problem| problem.kind == kind);
    of_kind.map(|problem| problem.entry.as_ref().map_or(String::new(), ToString::to_string)).collect()
}

#[test]
fn one_impossible_date_in_markup_takes_no_other_date_away() {
    let entry = |day: u32| {
        format!(
            "<div type=\"entry\"><head><date when=\"1823-02-{day}\">{day} February 1823</date></head><p>Rode out on day {day}.</p></div>"
        )
    };
    let body: String = [10, 12, 30, 14, 15].map(entry).concat();
    let found = read(&[("d.xml", &format!("<TEI><text><body>{body}</body></text></TEI>"))], &[]);
    assert_eq!(dates(&found), ["1823-02-10", "1823-02-12", "undated", "1823-02-14", "1823-02-15"]);
    assert_eq!(problems(&found, ProblemKind::ImpossibleDate).len(), 1);
}

#[test]
fn a_page_with_a_wrong_weekday_is_an_entry_among_others() {
    let page = |weekday: &str, day: u32| {
        let cells: String = (1..=28).map(|day| format!("<td>{day}</td>")).collect();
        let head = format!("<h1>Hob</h1><table><tr>{cells}</tr></table><h2>{weekday}, February {day}, 2006</h2>");
        format!("<html><body>{head}<p>Walked to the mill, {day} times round the pond.</p></body></html>")
    };
    let days = [("Monday", 6), ("Tuesday", 7), ("Sunday", 8), ("Thursday", 9), ("Friday", 10)];
    let pages: Vec<(String, String)> =
        days.iter().map(|(name, day)| (format!("{day}a.html"), page(name, *day))).collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let found = read(&files, &[]);
    assert_eq!(dates(&found), ["2006-02-06", "2006-02-07", "2006-02-08", "2006-02-09", "2006-02-10"]);
    assert_eq!(problems(&found, ProblemKind::DateConflict), ["x/2006-02-08"]);
}

#[test]
fn wrong_weekdays_beside_machine_readable_dates_are_reported() {
    let mail = "From: a@x\nTo: a@x\nSubject: today\nDate: Mon, 19 Feb 2002 21:10:00 +0100\n\nIt rained.\n";
    let table = "Date,Weekday,Text\n2011-02-03,Thursday,It rained all day.\n2011-02-04,Friday,It rained more than ever.\n\
                 2011-02-05,Monday,It did not rain.\n";
    let note = "# Friday 25 March\n\nIt snowed at last.\n";
    let files = [("a.eml", mail), ("a.csv", table), ("2021-03-25.md", note)];
    let found = read(&files, &[]);
    assert_eq!(problems(&found, ProblemKind::DateConflict).len(), 3, "{:?}", found.problems);
}

#[test]
fn an_item_far_out_of_the_order_of_its_export_is_reported() {
    let line = |day: u32| {
        let year = if day == 7 { 2031 } else { 2013 };
        format!("[{year}-04-{day:02} 09:00] Walked {day} miles.\n\n")
    };
    let journal: String = (1..=12).map(line).collect();
    let found = read(&[("journal.txt", &journal)], &[]);
    assert_eq!(problems(&found, ProblemKind::OutOfOrder), ["x/2031-04-07"]);
}

#[test]
fn a_day_left_empty_under_its_month_is_reported() {
    let day = |day: u32| format!("### {day}\n\n{}\n\n", if day == 9 { "" } else { "Walked to the mill and back." });
    let days: String = (1..=28).map(day).collect();
    let found = read(&[("2018.md", &format!("# 2018\n\n## January\n\n{days}## February\n\n### 3\n\nRain.\n"))], &[]);
    assert_eq!(found.entries.len(), 29);
    assert_eq!(problems(&found, ProblemKind::Empty), ["x/2018-01-09"]);
}

#[test]
fn a_copy_without_its_year_is_no_entry_of_its_own() {
    let text = "We walked to the mill in the rain and came back by the lower road, which was under water.";
    let diary = format!(
        "Tuesday, 8 March 1887\n\nIt rained.\n\nWednesday, 9 March\n\n{text}\n\nFriday, 11 March\n\nIt cleared.\n"
    );
    let found = read(&[("diary.txt", &diary), ("copy.txt", &format!("9 March\n\n{text}\n"))], &[]);
    assert_eq!(dates(&found), ["1887-03-08", "1887-03-09", "1887-03-11"]);
    assert_eq!(problems(&found, ProblemKind::Duplicate).len(), 1);
}

/// The dates and texts of an archive.
fn told(extraction: &Extraction) -> Vec<(String, String)> {
    dates(extraction).into_iter().zip(extraction.entries.iter().map(|entry| entry.text.replace('\n', "/"))).collect()
}

#[test]
fn a_weekday_alone_is_a_heading_where_days_around_it_leave_room() {
    let day = "Went out and came home.";
    let page = format!(
        "MARCH 1853\n\nTuesday 1st\n\n{day}\n\n2nd\n\n{day}\n\nFriday\n\n{day}\n\nSunday\n\n{day}\n\nNext day\n\n{day}\n\n\
         Wednesday 9th\n\n{day}\n\nDitto, night\n\nRain.\n\n10th\n\n{day}\n\nSunday\n\n11th\n\n{day}\n\n12th\n\n{day}\n"
    );
    let extraction = read(&[("diary.txt", &page)], &[]);
    let expect = ["01", "02", "04", "06", "07", "09", "09", "10", "11", "12"].map(|day| format!("1853-03-{day}"));
    assert_eq!(dates(&extraction), expect);
    assert_eq!(extraction.entries[7].text, format!("{day}\n\nSunday"), "between the 10th and the 11th is no Sunday");
}

#[test]
fn a_sentence_in_a_post_does_not_take_the_place_of_the_date_above_it() {
    let post = |day: &str, first: &str| {
        format!(
            "<h2 class='date-header'>{day}</h2><div class='hentry'><h3 class='entry-title'>Rain</h3>\
             <div class='entry-content'><p>{first}</p><p>And more of it.</p></div></div>"
        )
    };
    let page = format!(
        "<html><title>Crumbs</title><body>{}{}{}</body></html>",
        post("Friday, February 9, 2007", "It rained."),
        post("Monday, February 5, 2007", "On the 3rd of May we are to dine there."),
        post("Thursday, February 1, 2007", "It rained again.")
    );
    assert_eq!(dates(&read(&[("index.html", &page)], &[])), ["2007-02-09", "2007-02-05", "2007-02-01"]);
}

#[test]
fn comments_in_a_blogger_feed_of_either_kind_are_notes() {
    let entry = |id: &str, kind: &str, more: &str, day: &str, words: &str| {
        format!(
            "<entry><id>{id}</id><blogger:type>{kind}</blogger:type>{more}<author><name>Jo</name></author><title/>\
             <content type='html'>{words}</content><published>2014-05-{day}T08:00:00Z</published></entry>"
        )
    };
    let feed = format!(
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom' \
         xmlns:blogger='http://schemas.google.com/blogger/2018'><title>Marsh</title>{}{}{}{}</feed>",
        entry("p1", "POST", "<blogger:status>LIVE</blogger:status>", "02", "Reeds."),
        entry("c1", "COMMENT", "<blogger:parent>p1</blogger:parent>", "03", "Saw one too."),
        entry("p2", "POST", "<blogger:status>DRAFT</blogger:status>", "04", "Ice."),
        entry("a1", "PAGE", "", "05", "About me."),
    );
    let extraction = read(&[("feed.atom", &feed)], &[]);
    let expect = [("2014-05-02", "Reeds.//Jo: Saw one too."), ("2014-05-04", "Ice.")];
    assert_eq!(told(&extraction), expect.map(|(date, text)| (date.to_owned(), text.to_owned())));
    assert_eq!(extraction.entries[1].visibility, Visibility::Private);
}

#[test]
fn dates_and_words_in_wrappers_are_those_of_a_record() {
    let line = |day: u32, words: &str| {
        format!(
            "{{\"when\": {{\"$date\": \"2020-03-0{day}T10:00:00Z\"}}, \"headline\": \"Note\", \
             \"body\": {{\"format\": \"plain\", \"value\": \"{words}\"}}}}\n"
        )
    };
    let extraction = read(&[("b.ndjson", &(line(1, "Rain all day.") + &line(2, "More rain.")))], &[]);
    let expect = [("2020-03-01", "Rain all day."), ("2020-03-02", "More rain.")];
    assert_eq!(told(&extraction), expect.map(|(date, text)| (date.to_owned(), text.to_owned())));
    assert_eq!(extraction.entries[0].title.as_deref(), Some("Note"));
}

#[test]
fn numbers_in_a_column_of_dates_are_days_of_the_month_above() {
    let table = |month: &str, days: [u32; 2]| {
        let row =
            |day: u32| format!("<tr><td>ALBERT</td><td>{day}</td><td>6.30 am</td><td>Quiet on the {day}.</td></tr>");
        format!(
            "<h3>Month and year: {month} 1916</h3><table><tr><th>Place</th><th>Date</th><th>Hour</th><th>Events</th></tr>{}</table>",
            days.map(row).concat()
        )
    };
    let page =
        format!("<html><body><h2>WAR DIARY</h2>{}{}</body></html>", table("JUNE", [28, 30]), table("JULY", [1, 3]));
    let extraction = read(&[("9bn.html", &page)], &[]);
    assert_eq!(dates(&extraction), ["1916-06-28", "1916-06-30", "1916-07-01", "1916-07-03"]);
    assert!(extraction.entries.iter().all(|entry| entry.text.contains("Quiet") && !entry.text.contains("Events")));
}

#[test]
fn accounts_under_memoranda_at_the_back_of_a_pocket_diary_are_no_entries() {
    let day = |n: u32, words: &str| format!("Mon {n}  {words} Drilled and wrote home.\n\n");
    let days: String = [2, 9, 16, 23, 30].iter().map(|n| day(*n, "Rain.")).collect();
    let april: String = [6, 13, 20, 27].iter().map(|n| day(*n, "Fair.")).collect();
    let page = format!(
        "MARCH, 1863.\n\n{days}APRIL, 1863.\n\n{april}MEMORANDA\n\nMar. 4  Lent Hobbs $2.00\n\nApr. 9  Hobbs pd. 1.00\n"
    );
    let extraction = read(&[("dobbs.txt", &page)], &[]);
    assert_eq!(extraction.entries.len(), 9);
    assert!(extraction.entries[8].text.contains("Lent Hobbs"), "they are kept with the last");
}

#[test]
fn what_a_wiki_keeps_around_its_pages_is_no_entry() {
    let page = |space: u32, title: &str, text: &str| {
        format!(
            "<page><title>{title}</title><ns>{space}</ns><revision><timestamp>2012-01-01T10:00:00Z</timestamp>\
             <text>{text}</text></revision></page>"
        )
    };
    let dump = format!(
        "<mediawiki>{}{}</mediawiki>",
        page(0, "Diary/2009/March", "== 3 March ==\nRain.\n\n== 4 March ==\nMore rain.\n"),
        page(10, "Template:Nav", "[[Diary]]")
    );
    assert_eq!(dates(&read(&[("dump.xml", &dump)], &[])), ["2009-03-03", "2009-03-04"]);
}

#[test]
fn mail_in_iso_2022_jp_is_read() {
    let page = "<html><body><div>\u{1b}$BD+Aa$/5/$-$?!#\u{1b}(B</div></body></html>";
    let message = format!(
        "Date: Wed, 1 Aug 2001 21:10:00 +0900\r\nFrom: m@example.org\r\nSubject: =?iso-2022-jp?B?GyRCRnwbKEI=?=\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/html; charset=iso-2022-jp\r\n\r\n{page}\r\n"
    );
    let extraction = read(&[("1.eml", &message)], &[]);
    assert_eq!(told(&extraction), [("2001-08-01".to_owned(), "朝早く起きた。".to_owned())]);
    assert_eq!(extraction.entries[0].title.as_deref(), Some("日"));
}

#[test]
fn days_counted_on_below_a_dated_place_are_those_of_a_letter() {
    let letter = |place: &str, from: u32| {
        let days: String =
            (from..from + 4).map(|day| format!("{day}. I dined abroad and came home by water.\n\n")).collect();
        format!("{place}\n\nMorning. I am come to town.\n\n{days}")
    };
    let page = format!(
        "LETTER I.\n\n{}LETTER II.\n\n{}",
        letter("LONDON, Sept. 9, 1710.", 10),
        letter("LONDON, Sept. 20, 1710.", 21)
    );
    let expect = (9..14).chain(20..25).map(|day| format!("1710-09-{day:02}"));
    assert_eq!(dates(&read(&[("letters.txt", &page)], &[])), expect.collect::<Vec<_>>());
    let list = "3 May 1861\n\nBought\n\n1. eggs\n\n2. flour\n\n3. string\n\n6 May 1861\n\nRain.\n";
    assert_eq!(dates(&read(&[("list.txt", list)], &[])), ["1861-05-03", "1861-05-06"]);
    let points = "1. First, of the fleet.\n\n2. Then, of the spices.\n\n3. Last, of the king.\n\n";
    let letters = format!("ROME, August 28, 1499.\n\n{points}LISBON, August 31, 1499.\n\n{points}");
    assert_eq!(dates(&read(&[("points.txt", &letters)], &[])), ["1499-08-28", "1499-08-31"]);
}

#[test]
fn the_first_line_of_a_file_is_believed_before_its_name() {
    let files = [
        ("2005-03-17.txt", "Thursday, 17 March 2005\n\nRain.\n"),
        ("2005-03-19.txt", "Friday, 18 March 2005\n\nFair.\n"),
    ];
    let extraction = read(&files, &[]);
    assert_eq!(dates(&extraction), ["2005-03-17", "2005-03-18"]);
    assert_eq!(extraction.problems.iter().filter(|p| p.kind == ProblemKind::DateConflict).count(), 1);
}

#[test]
fn comments_above_lines_with_times_do_not_make_markdown() {
    let page = "# nick = ulla\n# url = https://example.org/twtxt.txt\n\n\
                2016-02-03T08:10:00Z\tFirst.\n2016-02-07T23:11:00+01:00\tSecond.\n2016-02-10T08:12:00Z\tThird.\n";
    assert_eq!(dates(&read(&[("twtxt.txt", page)], &[])), ["2016-02-03", "2016-02-07", "2016-02-10"]);
    let page = "# 3 May 2016\n\nRain *again*.\n\n# 4 May 2016\n\nFair.\n";
    let extraction = read(&[("diary.txt", page)], &[]);
    assert!(extraction.profile.formats.iter().all(|(format, _)| *format == "markdown"), "headings with text below do");
}

#[test]
fn an_archive_page_of_times_and_links_lists_no_entries() {
    let day = |n: u32| {
        let page = format!(
            "<html><body><article><h1>Geese {n}</h1><p class=meta><time datetime=2022-01-0{n}>0{n} Jan 2022</time></p>\
             <p>They came over in the fog, {n} of them.</p></article></body></html>"
        );
        (format!("posts/geese-{n}/index.html"), page)
    };
    let item =
        |n: u32| format!("<li><time datetime=2022-01-0{n}>Jan {n}</time> <a href=/posts/geese-{n}/>Geese {n}</a></li>");
    let list = format!(
        "<html><body><h1>Archive</h1><h2>2022</h2><ul>{}</ul></body></html>",
        (1..7).map(item).collect::<String>()
    );
    let mut files: Vec<(String, String)> = (1..7).map(day).collect();
    files.push(("archive/index.html".to_owned(), list));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let extraction = read(&files, &[]);
    assert_eq!(dates(&extraction), (1..7).map(|n| format!("2022-01-0{n}")).collect::<Vec<_>>());
}

#[test]
fn short_weekdays_and_days_head_the_entries_of_a_month() {
    let page = "Januari 1953\n\ndi 20\nRegen.\n\nvr 23\nMooi weer.\n\nzo 25\nNaar de kerk.\n";
    assert_eq!(dates(&read(&[("01 januari.txt", page)], &[])), ["1953-01-20", "1953-01-23", "1953-01-25"]);
}

#[test]
fn the_first_line_of_wrapped_prose_is_no_title() {
    let title = |text: &str| {
        let made = read(&[("2003-03-04.txt", text), ("2003-03-05.txt", "Rain\n\nAll day long it came down.\n")], &[]);
        made.entries[0].title.clone()
    };
    let wrapped =
        "A walk along the river with Alli and the two dogs of\nTridge, who slept on the way home and would not eat\n";
    assert_eq!(title(wrapped), None);
    assert_eq!(title("A walk along the river\nwith Alli.\n"), None);
    assert_eq!(title("A walk along the river\n\nWith Alli and the dogs.\n").as_deref(), Some("A walk along the river"));
    assert_eq!(title("A walk\nWith Alli, and the dogs that Tridge has.\n").as_deref(), Some("A walk"));
}
