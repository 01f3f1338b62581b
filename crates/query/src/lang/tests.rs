//! The language as tables, and the laws that hold for any text.

pub(crate) mod laws;

use super::*;

/// What each text reads as, in canonical form, and with which diagnostics.
#[track_caller]
fn check(text: &str, canonical: &str, codes: &[&str]) {
    let parsed = parse(text);
    let found: Vec<&str> = parsed.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!((parsed.query.to_string().as_str(), found.as_slice()), (canonical, codes), "{text}");
}

#[track_caller]
fn check_all(table: &[(&str, &str)]) {
    for (text, canonical) in table {
        check(text, canonical, &[]);
    }
}

#[test]
fn every_example_reads_without_a_word() {
    for operator in OPERATORS {
        let parsed = parse(operator.example);
        assert_eq!(parsed.diagnostics, [], "{}", operator.write);
        assert_eq!(parse(&parsed.query.to_string()), parsed, "{}", operator.write);
        assert!(!operator.means.is_empty() && !operator.group.is_empty());
    }
}

#[test]
fn every_field_has_an_example_and_all_its_names_are_read() {
    for row in FIELDS {
        let shown = |operator: &&Operator| operator.example.contains(&format!("{}:", row.name));
        let others = ["day"];
        assert!(OPERATORS.iter().any(|o| shown(&o)) || others.contains(&row.name), "{} has no example", row.name);
        for name in row.aliases.iter().chain([&row.name]) {
            assert_eq!(Field::from_name(&name.to_uppercase()), Some(row.field));
        }
        assert_eq!(row.field.name(), row.name);
    }
    let mut names: Vec<&str> = FIELDS.iter().flat_map(|row| row.aliases.iter().chain([&row.name])).copied().collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all, "a name means two fields");
}

#[test]
fn words() {
    check_all(&[
        ("", "*"),
        ("   ", "*"),
        ("*", "*"),
        ("hotplug cpu", "hotplug cpu"),
        ("hotplug AND cpu", "hotplug cpu"),
        ("\"hotplug cpu\"", "\"hotplug cpu\""),
        ("“hotplug  cpu”", "\"hotplug cpu\""),
        ("«hotplug cpu»", "\"hotplug cpu\""),
        ("\"hotplug cpu\"~5", "\"hotplug cpu\"~5"),
        ("\"hotplug cpu\"~0", "\"hotplug cpu\""),
        ("hotplug NEAR cpu", "\"hotplug cpu\"~10"),
        ("a hotplug NEAR/3 cpu NEAR/5 bug", "a \"hotplug cpu bug\"~5"),
        ("modul*", "modul*"),
        ("=module", "=module"),
        ("=OR", "=OR"),
        ("=\"two words\"", "\"two words\""),
        ("tridgel~", "tridgel~"),
        ("tridgel~1", "tridgel~"),
        ("tridgell~1", "tridgell~1"),
        ("tridgell~2", "tridgell~"),
        ("tridge~2", "tridge~"),
        ("tridge~0", "tridge"),
        ("2.6.0-test10", "2.6.0-test10"),
        ("smp_processor_id()", "smp_processor_id"),
        ("smp_processor_id().", "smp_processor_id"),
        ("kmalloc(size)", "kmalloc size"),
        ("kmalloc-percpu = kmalloc_percpu", "kmalloc-percpu kmalloc_percpu"),
        ("net/core/flow.c linux.conf.au", "net/core/flow.c linux.conf.au"),
        ("don't Linus's dogs’", "don't Linus's dogs"),
        ("[NR_CPUS] <linux/kernel.h>", "NR_CPUS linux/kernel.h"),
        ("a:b:c std::move 12:30", "a:b:c std::move 12:30"),
        ("http://x.org/a?b=c:d&e=(f)", "http://x.org/a?b=c:d&e= f"),
        ("see https://ozlabs.org/~rusty/index-2003.html#x.", "see https://ozlabs.org/~rusty/index-2003.html#x"),
        ("5\" disk", "5 disk"),
        ("C++ c# .config /etc/passwd", "C++ c# .config /etc/passwd"),
        ("--verbose", "verbose"),
        ("+must", "must"),
        ("what? yes! (well,) 'quoted'", "what yes well quoted"),
        ("a\0b\u{202E}c", "a b c"),
        ("🎉 日本語 שלום", "🎉 日本語 שלום"),
        ("日* 日本~", "日* 日本~"),
        ("and or not near", "and or not near"),
    ]);
}

#[test]
fn together() {
    check_all(&[
        ("rzip OR rsync", "rzip OR rsync"),
        ("a b OR c d", "a b OR c d"),
        ("(a OR b) c", "(a OR b) c"),
        ("(a (b c)) (d)", "a b c d"),
        ("a OR (b OR c)", "a OR b OR c"),
        ("-a NOT b -\"c d\"", "-a -b -\"c d\""),
        ("NOT NOT a", "a"),
        ("-(-a)", "a"),
        ("-(a b) OR -(c OR d)", "-(a b) OR -(c OR d)"),
        ("−a", "-a"),
        ("-*", "-*"),
        ("(futex OR kthread) person:linus", "(futex OR kthread) person:linus"),
        ("-person:linus module", "-person:linus module"),
        ("title:(a OR \"b c\") d", "(title:a OR title:\"b c\") d"),
        ("person:(linus tridge)", "person:linus person:tridge"),
        ("-title:(a bcd*) -(title:=c)", "-(title:a title:bcd*) -title:=c"),
    ]);
}

#[test]
fn fields() {
    check_all(&[
        ("person:tridge", "person:tridge"),
        ("WHO:Tridge", "person:Tridge"),
        ("person:\"Andrew Tridgell\"", "person:\"Andrew Tridgell\""),
        ("person:“Andrew  Tridgell”", "person:\"Andrew Tridgell\""),
        ("person:tridge person:linus", "person:tridge person:linus"),
        ("person:tridge,linus", "person:tridge,linus"),
        ("person:tridge, linus", "person:tridge linus"),
        ("person:dave?", "person:dave?"),
        ("person:\"dave x\"?,linus.", "person:\"dave x\"?,linus"),
        ("person:\"dave?\"", "person:\"dave?\""),
        ("person:*", "has:person"),
        ("-project:*", "-has:project"),
        ("project:qemu project:kernel/*", "project:qemu project:kernel"),
        ("person:O'Brien", "person:\"O'Brien\""),
        ("archive:rusty lang:de", "archive:rusty lang:de"),
        ("title:module heading:friday link:qemu code:printk", "title:module heading:friday link:qemu code:printk"),
        ("title:\"a b\"~3,=c,dog*,tridgel~", "title:\"a b\"~3,=c,dog*,tridgel~"),
        ("link:http://a.org/b,c", "link:http://a.org/b,c"),
        ("link::'https://a.org/b,c link:httpd,c", "link:https://a.org/b,c link:httpd,c"),
        ("has:link,code is:date-conflict is:Undated", "has:link,code is:date-conflict is:undated"),
        ("is:first_after_gap has:links", "is:first-after-gap has:link"),
        ("day:10-06", "day:10-06"),
        ("on:today", "day:today"),
        ("on:\"6 October\"", "day:10-06"),
        ("day:october-6", "day:10-06"),
        ("on:2003-07-26", "date:2003-07-26"),
        ("day:02-29", "day:02-29"),
        ("month:july month:7 month:Sept month:2003-07", "month:july month:july month:september month:2003-07"),
        ("weekday:friday,sat,Sundays", "weekday:friday,saturday,sunday"),
        ("year:2003 year:2001,2002", "year:2003 year:2001,2002"),
        ("year:2001..2003", "date:2001..2003"),
        ("id:rusty/2003-12-19/2", "id:rusty/2003-12-19/2"),
        ("keynote sort:date", "keynote sort:date"),
        ("sort:oldest limit:50", "sort:date-asc limit:50"),
        ("order:relevance keynote now:2003-08-15", "keynote sort:relevance now:2003-08-15"),
        ("(person:linus)", "person:linus"),
    ]);
}

#[test]
fn dates() {
    check_all(&[
        ("date:2003", "date:2003"),
        ("date:2003-07", "date:2003-07"),
        ("date:2003-07-26", "date:2003-07-26"),
        ("date:20030726", "date:2003-07-26"),
        ("date:2003/7/26", "date:2003-07-26"),
        ("date:2003.07.26", "date:2003-07-26"),
        ("date:26.7.2003", "date:2003-07-26"),
        ("date:8.9.2003", "date:2003-09-08"),
        ("date:26/7/2003", "date:2003-07-26"),
        ("date:7/26/2003", "date:2003-07-26"),
        ("date:9/9/2003", "date:2003-09-09"),
        ("date:07/2003", "date:2003-07"),
        ("date:2003-07-26T10:00:00", "date:2003-07-26"),
        ("date:2003-Q3", "date:2003-Q3"),
        ("date:2003q3", "date:2003-Q3"),
        ("date:\"third quarter of 2003\"", "date:2003-Q3"),
        ("date:2003-W30", "date:2003-W30"),
        ("date:2003w05", "date:2003-W05"),
        ("date:\"week 30 of 2003\"", "date:2003-W30"),
        ("date:1660s", "date:1660s"),
        ("date:\"the 1660's\"", "date:1660s"),
        ("date:0987", "date:0987"),
        ("date:2003-07..2003-09", "date:2003-07..2003-09"),
        ("date:..2003-02", "until:2003-02"),
        ("date:2003-11..", "since:2003-11"),
        ("date:2001-2003", "date:2001..2003"),
        ("date:[2003-01-01 TO 2003-01-31]", "date:2003-01-01..2003-01-31"),
        ("date:[* TO 2003-01-31] x", "until:2003-01-31 x"),
        ("date:>=2003-11", "since:2003-11"),
        ("date:<=2003-11", "until:2003-11"),
        ("date:>2003-11", "after:2003-11"),
        ("date:<2003-11", "before:2003-11"),
        ("date:>\"July 2003\"", "after:2003-07"),
        ("date:2003-01,>=2003-11", "date:2003-01,>=2003-11"),
        (
            "before:2003-06 until:2003-06 after:2003-06 since:2003-06",
            "before:2003-06 until:2003-06 after:2003-06 since:2003-06",
        ),
        ("date:\"July 2003\"", "date:2003-07"),
        ("date:july 2003", "date:2003-07"),
        ("date:昭和五年九月九日", "date:1930-09-09"),
        ("date:昭和5年9月", "date:1930-09"),
        ("date:一九三〇年", "date:1930"),
        ("day:九月九日", "day:09-09"),
        ("month:九月", "month:september"),
        ("plague before:august 1665 london", "plague before:1665-08 london"),
        ("-date:14 feb 1663", "-date:1663-02-14"),
        ("date:last week of july 2003", "date:\"last week of 2003-07\""),
        ("date:feb 14 dinner", "day:02-14 dinner"),
        ("(on:14 feb)", "day:02-14"),
        ("date:june 1665,july 1666", "date:1665-06,1666-07"),
        ("date:july rain OR date:july OR 14", "month:july rain OR month:july OR 14"),
        ("date:1665 june", "date:1665 june"),
        ("date:may \"1665\"", "month:may \"1665\""),
        ("date:\"summer\" 1665", "date:\"summer\" 1665"),
        ("date:summer 1665", "date:\"summer 1665\""),
        ("day:02-14 1665", "day:02-14 1665"),
        ("date:\"26 July 2003\"", "date:2003-07-26"),
        ("date:\"July 26th, 2003\"", "date:2003-07-26"),
        ("date:\"26th of July 2003\"", "date:2003-07-26"),
        ("date:\"Sat 26 July 2003\"", "date:2003-07-26"),
        ("date:\"Friday December 19 2003\"", "date:2003-12-19"),
        ("date:\"2003 Dec 19\"", "date:2003-12-19"),
        ("date:26-jul-2003", "date:2003-07-26"),
        ("date:july-2003", "date:2003-07"),
        ("date:\"last week of July 2003\"", "date:\"last week of 2003-07\""),
        ("date:\"third week of july 2003\"", "date:\"third week of 2003-07\""),
        ("date:\"week of 26 July 2003\"", "date:\"week of 2003-07-26\""),
        ("date:\"early July 2003\"", "date:\"early 2003-07\""),
        ("date:mid-july-2003", "date:\"mid 2003-07\""),
        ("date:\"end of 2003\"", "date:\"late 2003\""),
        ("date:\"beginning of the winter 2003\"", "date:\"early winter 2003\""),
        ("date:\"winter 2003\"", "date:\"winter 2003\""),
        ("date:fall-2003", "date:\"autumn 2003\""),
        ("date:\"around 2003-08-10\"", "date:\"around 2003-08-10\""),
        ("date:\"about 10 August 2003\"", "date:\"around 2003-08-10\""),
        ("date:\"around christmas 2003\"", "date:\"around christmas 2003\""),
        ("date:\"christmas 2003\"", "date:\"christmas 2003\""),
        ("date:\"New Year's Eve 2003\"", "date:2003-12-31"),
        ("date:\"new year 2003\"", "date:\"new year 2003\""),
        ("date:today", "date:today"),
        ("date:yesterday..today", "date:yesterday..today"),
        ("date:last-month", "date:\"last month\""),
        ("date:\"previous week\"", "date:\"last week\""),
        ("date:\"this year\"", "date:\"this year\""),
        ("date:\"3 weeks ago\"", "date:\"3 weeks ago\""),
        ("date:\"a year ago\"", "date:\"last year\""),
        ("date:\"last 30 days\"", "date:\"last 30 days\""),
        ("since:\"3 weeks ago\"", "since:\"3 weeks ago\""),
        ("date:\"July to September 2003\"", "date:2003-07..2003-09"),
        ("date:\"from 25 to 31 July 2003\"", "date:2003-07-25..2003-07-31"),
        ("date:\"between early July 2003 and christmas 2003\"", "date:\"early 2003-07 to christmas 2003\""),
        ("date:\"July 2003\"..\"Sept 2003\"", "date:2003-07..2003-09"),
        ("date:\"since July 2003\"", "since:2003-07"),
        ("date:july", "month:july"),
        ("date:10-06", "day:10-06"),
        ("date:friday", "weekday:friday"),
        ("date:2003,july x", "(date:2003 OR month:july) x"),
        ("date:1700-02-29", "date:1700-02-29"),
    ]);
}

#[test]
fn dates_as_people_type_them() {
    check_all(&[
        ("date:\"the summer of 2003\"", "date:\"summer 2003\""),
        ("date:\"17th century\"", "date:\"17th century\""),
        ("date:1600s", "date:1600s"),
        ("date:\"21st century\"", "date:\"21st century\""),
        ("date:\"3-9 Sept 1666\"", "date:1666-09-03..1666-09-09"),
        ("date:\"3–9 September 1666\"", "date:1666-09-03..1666-09-09"),
        ("date:\"sept 3 - sept 9 1666\"", "date:1666-09-03..1666-09-09"),
        ("date:\"between 3 and 9 Sept 1666\"", "date:1666-09-03..1666-09-09"),
        ("date:1665-66", "date:1665..1666"),
        ("date:1665/66", "date:1665..1666"),
        ("date:\"2 January 1665/6\"", "date:1666-01-02"),
        ("date:\"first half of 1666\"", "date:1666-01..1666-06"),
        ("date:\"H2 1666\"", "date:1666-07..1666-12"),
        ("date:\"last tuesday\"", "date:\"last tuesday\""),
        ("date:\"last summer\"", "date:\"last summer\""),
        ("date:\"this July\"", "date:\"latest July\""),
        ("date:\"since march\"", "since:\"latest March\""),
        ("since:christmas", "since:\"latest christmas\""),
        ("date:\"a fortnight ago\"", "date:\"2 weeks ago\""),
        ("date:\"ten years ago\"", "date:\"10 years ago\""),
        ("date:\"Good Friday 1662\"", "date:\"good friday 1662\""),
        ("date:\"Michaelmas 1665\"", "date:1665-09-29"),
        ("date:christmas", "day:12-24,12-25,12-26"),
        ("date:Winter", "date:\"winter\""),
        ("date:\"the second of September, 1666\"", "date:1666-09-02"),
        ("date:\"September the twenty-first 1666\"", "date:1666-09-21"),
        ("date:\"twenty first September 1666\"", "date:1666-09-21"),
        ("date:\"3. Dezember 1923\"", "date:1923-12-03"),
        ("date:\"le 3 août 1923\"", "date:1923-08-03"),
        ("date:\"3 de marzo de 1923\"", "date:1923-03-03"),
        ("month:märz", "month:march"),
        ("day:\"the second of september\"", "day:09-02"),
        ("in:fall,2003", "date:\"autumn\" OR date:2003"),
        ("from:1665 to:1666", "since:1665 until:1666"),
        ("day:\"Lady Day\"", "day:03-25"),
    ]);
    for (text, said) in [
        ("date:easter", "\"easter\" wants a year: \"easter 2003\""),
        ("date:the plague", "cannot read \"the\" as a date: 2003-07-26, july 2003 and winter 2003 are some"),
        ("date:mid-July", "\"mid-July\" wants a year: \"mid-July 2003\""),
        ("date:\"first week of May\"", "\"first week of May\" wants a year: \"first week of May 2003\""),
    ] {
        assert_eq!(parse(text).diagnostics[0].message, said);
    }
}

#[test]
fn a_date_that_cannot_be_read_is_told_without_its_sign_and_once() {
    for (text, said) in [
        ("date:foo", "cannot read \"foo\" as a date: 2003-07-26, july 2003 and winter 2003 are some"),
        ("date:>=2003-02-30", "there is no day \"2003-02-30\""),
        ("year:03", "a year has four digits, unlike \"03\""),
        ("date: 2003-07", "date: has no value behind it"),
    ] {
        let diagnostics = parse(text).diagnostics;
        assert_eq!((diagnostics.len(), diagnostics[0].message.as_str()), (1, said), "{text}");
    }
}

#[test]
fn what_cannot_be_read_is_searched_as_words() {
    let table: &[(&str, &str, &[&str])] = &[
        ("persn:tridge", "persn tridge", &["unknown-field"]),
        ("foo:\"a b\"", "foo \"a b\"", &["unknown-field"]),
        ("-foo:bar", "-foo bar", &["unknown-field"]),
        ("person: tridge", "tridge", &["no-value"]),
        ("date:nonsense", "nonsense", &["unreadable-date"]),
        ("date:\"no such thing\"", "\"no such thing\"", &["unreadable-date"]),
        ("date:(nonsense)", "nonsense", &["unreadable-date"]),
        ("date:8/9/2003", "8/9/2003", &["ambiguous-date"]),
        ("date:2003-02-30", "2003-02-30", &["no-such-day"]),
        ("date:2003,nonsense", "date:2003", &["unreadable-date"]),
        ("is:lost", "lost", &["unknown-value"]),
        ("sort:sideways x", "x", &["unknown-value"]),
        ("limit:0", "*", &["unknown-value"]),
        ("limit:99999999999999999999999", "*", &["unknown-value"]),
        ("-sort:date x", "x sort:date", &["dangling-operator"]),
        ("OR", "*", &["dangling-operator"]),
        ("a OR", "a", &["dangling-operator"]),
        ("OR a", "a", &["dangling-operator"]),
        ("a OR OR b", "a OR b", &["dangling-operator"]),
        ("a AND", "a", &["dangling-operator"]),
        ("NOT", "*", &["dangling-operator"]),
        ("(a -) b", "a b", &["nothing-to-search"]),
        ("-", "*", &["nothing-to-search"]),
        ("\"", "*", &["unbalanced"]),
        ("\"a b", "a b", &["unbalanced"]),
        ("(a b", "a b", &["unbalanced"]),
        ("8) really", "8 really", &["unbalanced"]),
        ("foo || bar", "foo OR bar", &["foreign-operator"]),
        ("foo | (bar baz)", "foo OR bar baz", &["foreign-operator"]),
        ("| foo |", "foo", &["foreign-operator", "dangling-operator", "foreign-operator", "dangling-operator"]),
        ("salt & pepper && bread", "salt pepper bread", &[]),
        ("???", "*", &["nothing-to-search"]),
        ("* **", "*", &[]),
        ("foo — bar", "foo bar", &["nothing-to-search"]),
        ("mo*", "mo", &["too-short"]),
        ("ab~", "ab", &["too-short"]),
        ("*ology", "ology", &["leading-star"]),
        ("mod*ule", "mod ule", &["inner-star"]),
        ("a NEAR person:b", "a person:b", &["near-words"]),
        ("a NEAR", "a", &["dangling-operator"]),
        ("2003-12", "2003-12", &["date-in-words"]),
        ("x 19 Dec 2003 y", "x 19 Dec 2003 y", &["date-in-words"]),
        ("keynote july 2003", "keynote july 2003", &["date-in-words"]),
        ("keynote 26 july", "keynote 26 july", &["date-in-words"]),
        ("the 4th of july", "the 4th of july", &["date-in-words"]),
        ("keynote on this day", "keynote on this day", &["date-in-words"]),
        ("from june to july 2003", "from june to july 2003", &[]),
        ("31 june", "31 june", &["no-such-day"]),
        ("fire 30 february 2004", "fire 30 february 2004", &["no-such-day", "date-in-words"]),
        ("2nd of september", "2nd of september", &["date-in-words"]),
        ("the second of september 1666", "the second of september 1666", &[]),
        ("september the second", "september the second", &["date-in-words"]),
        ("the second of them", "the second of them", &[]),
        ("2003 july", "2003 july", &[]),
    ];
    for (text, canonical, codes) in table {
        check(text, canonical, codes);
    }
}

#[test]
fn suggestions_run() {
    let suggestion = |text: &str| parse(text).diagnostics.into_iter().next().and_then(|said| said.suggestion);
    for (text, better) in [
        ("rzip persn:tridge", "rzip person:tridge"),
        ("bfore:2003", "before:2003"),
        ("person: tridge x", "person:tridge x"),
        ("date:8/9/2003", "date:2003-09-08"),
        ("date:2003-02-30", "date:2003-02"),
        ("day:25-12", "day:12-25"),
        ("date:nonsense x", "nonsense x"),
        ("is:date-conflit", "is:date-conflict"),
        ("a || b", "a OR b"),
        ("(a b", "(a b)"),
        ("\"a b", "\"a b\""),
        ("OR", "*"),
        ("x 19 Dec 2003 y", "x date:2003-12-19 y"),
        ("fire date=1666", "fire date:1666"),
        ("date>=1666", "date:>=1666"),
        ("person=creed", "person:creed"),
        ("fire !plague", "fire -plague"),
    ] {
        assert_eq!(suggestion(text).as_deref(), Some(better), "{text}");
        let again = parse(better);
        assert!(again.diagnostics.iter().all(|said| said.severity == Severity::Note), "{better}: {again:?}");
    }
}

#[test]
fn signs_of_other_languages_are_told_and_read_as_words() {
    for (text, read) in [("date=1666", "date=1666"), ("!plague", "plague")] {
        let parsed = parse(text);
        assert_eq!(parsed.query.to_string(), read);
        assert_eq!(parsed.diagnostics[0].code, "other-signs", "{text}");
    }
    for text in ["a=b", "=date", "well! done", "1>0", "!", "date="] {
        let signs = parse(text).diagnostics.into_iter().filter(|said| said.code == "other-signs").count();
        assert_eq!(signs, 0, "{text}");
    }
}

/// What a pipe is given as the id of an entry was searched as words, and found in none.
#[test]
fn the_id_of_an_entry_among_the_words_asks_for_it() {
    for (text, read) in [
        ("rusty/2003-12-19", "id:rusty/2003-12-19"),
        ("-rusty/2003-12-19/2 rain", "-id:rusty/2003-12-19/2 rain"),
        ("8/9/2003", "8/9/2003"),
        ("and/or", "and/or"),
        ("\"rusty/2003-12-19\"", "\"rusty/2003-12-19\""),
    ] {
        assert_eq!(parse(text).query.to_string(), read, "{text}");
    }
}

#[test]
fn both_readings_of_an_ambiguous_date_are_named() {
    let message = &parse("date:8/9/2003").diagnostics[0].message;
    assert_eq!(message, "\"8/9/2003\" is 2003-09-08 or 2003-08-09: write the one that is meant");
    let among_words = &parse("fire 8/9/2003").diagnostics[0];
    assert_eq!((&among_words.message, among_words.severity), (message, Severity::Note));
    assert_eq!(among_words.suggestion.as_deref(), Some("fire date:2003-09-08"));
    assert_eq!(parse("2.6.1 1/2 3/4/5 10.0.0.1").diagnostics, []);
}

#[test]
fn a_day_that_no_year_has_is_said_to_be_none() {
    for text in ["date:\"feb 30\"", "date:\"31 june\"", "day:\"30 feb\""] {
        assert_eq!(parse(text).diagnostics[0].code, "no-such-day", "{text}");
    }
}

#[test]
fn strict_refuses_with_a_caret() {
    assert_eq!(strict("2003-12").map(|query| query.to_string()), Ok("2003-12".to_owned()));
    let text = "日本 is:lost";
    let refused = strict(text).unwrap_err();
    let drawn = caret(text, &refused);
    let expected =
        "日本 is:lost\n        ^^^^\nno is:\"lost\": known are date-conflict, first-after-gap, undated\ntry: 日本 lost";
    assert_eq!(drawn, expected);
    let long = format!("{} is:lost {}", "word ".repeat(40), "x".repeat(200));
    let drawn = caret(&long, &strict(&long).unwrap_err());
    let lines: Vec<&str> = drawn.lines().collect();
    assert_eq!(lines[0].chars().position(|c| c == 'l'), lines[1].find('^'));
    assert!(lines[0].starts_with('…') && lines[0].ends_with('…') && lines[0].chars().count() < 200, "{drawn}");
}

#[test]
fn bounds_degrade_with_a_warning() {
    let codes = |text: &str| parse(text).diagnostics.iter().map(|said| said.code).collect::<Vec<_>>();
    let words = "word ".repeat(100);
    assert_eq!(parse(&words).query.parts().len(), MAX_CLAUSES);
    assert_eq!(codes(&words), ["too-many-clauses"]);
    assert_eq!(codes(&format!("person:{}", "a,".repeat(100))), ["too-many-clauses"]);
    assert_eq!(codes(&format!("x{}y", " ".repeat(MAX_BYTES))), ["too-long"]);
    let deep = |depth: usize| format!("{}a{}", "(b OR (c ".repeat(depth / 2), "))".repeat(depth / 2));
    assert_eq!(codes(&deep(MAX_DEPTH)), [] as [&str; 0]);
    assert_eq!(codes(&deep(MAX_DEPTH + 2)), ["too-deep"]);
    assert_eq!(codes(&"dog* ".repeat(MAX_EXPANSIONS + 1)), ["too-many-expansions"]);
    assert_eq!(codes(&format!("\"{}\"", "a ".repeat(MAX_PHRASE + 1))), ["too-long"]);
    assert_eq!(codes("\"a b c d e\"~100"), ["too-far"]);
    assert_eq!(parse("\"a b c d e\"~100").query.to_string(), "\"a b c d e\"~40");
    assert_eq!(codes(&"is:x ".repeat(500)).len(), MAX_DIAGNOSTICS);
    let long = parse(&"x".repeat(1_000_000)).query.to_string();
    assert!(long.len() <= MAX_BYTES && parse(&long).query.to_string() == long);
}

#[test]
fn parts_can_be_taken_and_added() {
    let query = parse("a person:b sort:date").query;
    assert_eq!(query.without_part(0).to_string(), "person:b sort:date");
    assert_eq!(query.without_part(7), query);
    assert_eq!(
        query.and(Clause::facet_value(diary::Facet::Month, "2003-07")).to_string(),
        "a person:b month:2003-07 sort:date"
    );
    assert_eq!(
        Query::everything().and(Clause::facet_value(diary::Facet::Weekday, "friday")).to_string(),
        "weekday:friday"
    );
}
