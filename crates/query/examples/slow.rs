//! temporary
#![allow(missing_docs)]
use diary_query::*;
const ODD: &[&str] = &[
    "", " ", "\t\n", "*", "**", "***", "-", "--", "---", "- -", "+", "=", "==", "~", "~~", "\"", "\"\"", "\"\"\"", "\" \"", "(", ")",
    "()", "(()", "())", ")(", "((((", "))))", "( )", "(-)", "-()", "-(", "NOT", "AND", "OR", "NOT NOT", "AND AND", "OR OR",
    "NOT AND OR", "a AND", "AND a", "a OR", "OR a", "a NOT", "a AND AND b", "a OR OR b", "NOT NOT a", "NOT -a", "--a", "---a",
    "-NOT a", "a -", "NEAR", "NEAR/5", "a NEAR", "NEAR a", "a NEAR/0 b", "a NEAR/99999999999999999999 b", "a NEAR/-1 b",
    "a NEAR b NEAR c NEAR d", "\"a\"~", "\"a b\"~0", "\"a b\"~99999999999999", "\"a b\"~-1", "\"a b\"~x", "\"a", "a\"", "a\"b\"c",
    "\"a\"\"b\"", "\"a \\\" b\"", "\\", "\\\\", "\\\"", "a\\", "a:", ":a", ":", "::", "a:b:c", "a::b", "person:", "person:\"",
    "person:\"\"", "person:()", "person:(", "person:,", "person:,,", "person:a,", "person:,a", "person:*", "person:?", "person:a?",
    "person:/*", "project:/*", "project:kernel/*", "project:*/*", "-person:", "person:-a", "person:(a OR b)", "person:(a b",
    "person:a person:a person:a", "person:\"a b c d e f g h i j k l m n o p\"", "date:", "date:..", "date:...", "date:....", "date:a",
    "date:0", "date:00", "date:0000", "date:9999", "date:10000", "date:99999", "date:-1", "date:2003-00", "date:2003-13",
    "date:2003-02-30", "date:2003-02-29", "date:2003-12-32", "date:20031332", "date:2003-Q0", "date:2003-Q5", "date:2003-W00",
    "date:2003-W53", "date:2003-W99", "date:2003..2002", "date:2003..", "date:..2003", "date:[", "date:]", "date:[]", "date:[a TO b]",
    "date:[2003 TO", "date:[* TO *]", "date:>", "date:>=", "date:<", "date:<=2003", "date:>=<2003", "date:8/9/2003", "date:\"\"",
    "date:\"the day after\"", "date:\"last week of July 2003\"", "date:\"999999999999 weeks ago\"", "date:\"-3 weeks ago\"",
    "date:\"winter\"", "date:\"winter 99999\"", "date:\"around 2003-99\"", "date:today..yesterday", "before:", "after:", "since:now",
    "until:0001-01-01", "before:0001-01-01", "after:9999-12-31", "now:", "now:never", "now:2003-02-30 date:today", "now:9999-12-31 date:\"next year\"",
    "day:", "day:13-45", "day:02-30", "day:02-29", "on:today", "month:", "month:13", "month:0", "month:july,july,july", "month:2003-99",
    "weekday:", "weekday:noday", "weekday:friday,friday", "year:", "year:0", "year:-5", "year:99999", "year:2003,2003", "year:abc",
    "archive:", "archive:none", "lang:", "lang:xx", "lang:zzzzzzzzzzzzzz", "title:", "title:\"\"", "title:*", "heading:-", "link:http://",
    "link:https://example.org/?q=a&b=c#d", "code:", "code:;", "note:\"", "tag:", "tag:\"a b\"", "author:", "author:*", "has:", "has:everything",
    "has:link,code,link", "is:", "is:nothing", "is:undated is:undated", "id:", "id:/", "id://", "id:a/b/c/d", "id:*", "id:test", "id:test/",
    "id:test/2003-04-30/99999999999999999999", "sort:", "sort:sideways", "sort:date sort:date-asc", "limit:", "limit:0", "limit:-1",
    "limit:99999999999999999999", "limit:1 limit:2", "limit:x", "persn:tridge", "PERSON:TRIDGE", "person :tridge", "person: tridge",
    "=", "=a", "==a", "=\"a b\"", "a*", "ab*", "abc*", "*abc", "a*c", "*a*", "**a", "abc**", "a~", "ab~", "abc~", "abcd~9", "abcdefgh~2",
    "abc~-1", "abc~~", "~abc", "abc*~", "abc~*", "=abc*", "=abc~", "-abc*", "-=abc", "-\"a b\"", "-\"a b\"~3", "(-a)", "-(a OR -b)",
    "-(-(-a))", "(a OR b) (c OR d) -(e f)", "a,b", "a;b", "a|b", "a||b", "a&b", "a&&b", "!a", "a!", "a/b", "/a/", "[a]", "{a}", "<a>",
    "<script>alert(1)</script>", "'; DROP TABLE entries; --", "' OR '1'='1", "../../etc/passwd", "%00", "%s%s%s%n", "${jndi:ldap://x}",
    "\u{0}", "a\u{0}b", "\u{7f}", "\u{1b}[31mred", "\u{200b}", "\u{200d}", "\u{feff}", "\u{202e}abc", "\u{ad}", "a\u{ad}b", "\u{300}",
    "\u{300}\u{300}\u{300}", "e\u{301}", "\u{fffd}", "\u{10ffff}", "🦀", "👨‍👩‍👧‍👦", "🏳️‍🌈", "日", "日本", "日本語日本語", "雨*", "雨~", "=雨", "\"雨が降\"",
    "ﬃ", "ß", "İ", "ı", "ſ", "Σς", "ǅ", "٣", "१२३", "①", "½", "ⅷ", "𝔘𝔫𝔦", "ａｂｃ", "ｶﾞ", "한글", "ᄒ", "العربية", "עברית", "ไทย", "a\u{2028}b",
    "a\u{3000}b", "“a b”", "‘a’", "«a»", "a–b", "a—b", "–a", "−a", "…", "a…b", "don't", "'tis", "o'o'o'o'o", "a'", "'a", "-a-b-c-",
    "a-b-c-d-e-f-g-h-i-j-k", "a_b_c_d_e_f_g", "__", "_a_", "a.b.c.d", "1.2.3.4.5.6", "192.168.0.1", "2003", "2003-12", "19 Dec 2003",
    "12/12/2003", "12:30", "12:30:59", "@a", "#a", "$a", "^a", "`a`", "a@b.c", "C++", "C#", ".NET", "http://", "https://a.b/c?d=e&f=g#h",
    "mailto:a@b.c", "file:///etc/passwd", "javascript:alert(1)", "urn:isbn:0", "a://b", "://", "TO", "a TO b", "[a TO b]", "to be or not to be",
    "a OR b AND c NOT d", "a b c d e f g h i j k l m n o p q r s t u v w x y z", "the the the the the", "and or not near to",
    "hotplug hotplug hotplug hotplug", "hotplug -hotplug", "hotplug OR -hotplug", "-hotplug -cpu", "(hotplug)", "((((((hotplug))))))",
    "\"hotplug\" =hotplug hotplug* hotplug~", "person:linus -person:linus", "july july july", "july 2003 july 2003", "may march august",
    "2003 2002 2001", "july", "keynote july august september", "0", "-0", "00", "1e999", "NaN", "inf", "null", "undefined", "true", "-1",
];

/// Odd questions made by rule.
fn made() -> Vec<String> {
    let many = |piece: &str, times: usize| piece.repeat(times);
    let numbered = |prefix: &str, to: usize| (0..to).map(|n| format!("{prefix}{n} ")).collect::<String>();
    vec![
        many("a", 5_000), many("a ", 3_000), many("ab* ", 200), many("hotplg~ ", 200), many("hotplug ", 64), many("(", 5_000),
        many(")", 5_000), many("(a ", 2_100), many("-", 5_000), many("\"", 999), many("\"a b\" ", 300), many("a OR ", 1_000),
        many("(a OR ", 500), many("-(a ", 100), many("a:", 900), many("person:a ", 300), many("date:2003 ", 300), many("雨", 2_000),
        many("🦀", 1_000), many("\u{300}", 3_000), many("a\u{300}", 2_000), many("a-", 2_000), many("a_b-", 1_000), many("a'", 2_000),
        many(".", 4_096), many(" ", 10_000), many("\0", 4_096), many("NOT ", 900), many("NEAR ", 900), many("a NEAR ", 300),
        format!("\"{}\"", many("a ", 500)), format!("\"{}\"~100", many("hotplug cpu ", 60)), format!("={}", many("a", 600)),
        format!("{}*", many("a", 600)), format!("{}~", many("a", 600)), format!("person:{}", many("a", 4_000)),
        format!("person:{}", many("a,", 1_000)), format!("project:{}/*", many("a", 1_000)), format!("date:{}", many("9", 3_000)),
        format!("date:\"{}\"", many("last ", 300)), format!("id:{}", many("a/", 800)), format!("link:{}", many("a.", 900)),
        format!("code:{}", many("{;}", 900)), format!("title:({})", many("a OR ", 200)), numbered("w", 200), numbered("person:p", 100),
        numbered("pre*", 50), numbered("=x", 100), numbered("-x", 100), format!("hotplug {}", numbered("-x", 60)),
        format!("{} hotplug", numbered("2003-", 60)), many("keynote july ", 60), many("smp_processor_id() ", 60),
        many("the of and ", 30), many("hotplug cpu patches bugs ", 20), format!("({})", many("hotplug OR cpu OR ", 40)),
    ]
}


fn main() {
    let engine = LocalEngine::open(std::path::Path::new("/tmp/w/x/pepys/.diary-index"), false).unwrap();
    let mut all: Vec<String> = ODD.iter().map(|s| s.to_string()).chain(made()).collect();
    all.extend(["the of and to a in that it was".to_string(), "my lord and i to the king and so home to bed and there".to_string(), "sir* my* wit*".to_string(), "off* pla* kin* lor* mor* sta* mar* con*".to_string(), "office~ morning~ dinner~ business~ evening~ lord~ home~ bed~".to_string()]);
    all.push("\"the of and to a in that it was to be and so to the office and home to dinner with my wife\"~100".to_string());
    all.push("up and to the office where we sat all the morning and at noon home to dinner and then to the office again and so home to supper and to bed with my wife and sir w batten and sir w penn and mr coventry and i to whitehall by water to the duke of york".to_string());
    let mut times: Vec<(std::time::Duration, String)> = vec![];
    for q in all {
        let facets = diary::Facet::ALL.into_iter().map(|facet| FacetRequest { facet, limit: 10 }).collect();
        let t = std::time::Instant::now();
        let _ = search(&engine, &Request { text: q.clone(), window: Window { facets, ..Window::default() }, ..Request::default() });
        times.push((t.elapsed(), q.chars().take(60).collect()));
    }
    times.sort(); times.reverse();
    for (t, q) in times.iter().take(25) { println!("{t:?} {q:?}"); }
}
