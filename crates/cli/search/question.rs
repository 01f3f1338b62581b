//! From flags to a question.

use crate::args::{Args, Half};
use diary::{Facet, Hemisphere};
use diary_cli::settings::Settings;
use diary_cli::{terminal, today};
use diary_query::{FacetRequest, Request, Window, lang};
use diary_render::{FORMAT_VERSION, Format, address, filter};

/// What is to be asked; the sentence is what is wrong with a flag.
pub(crate) fn question(args: &Args, settings: &Settings) -> Result<Request, String> {
    let mut window =
        Window { partial: !args.all_words, offset: args.offset, explain: args.explain, ..address::default_window() };
    if let Some(limit) = args.limit.or(settings.limit) {
        window.limit = limit.min(Window::MAX_LIMIT);
    }
    if args.all {
        window.limit = Window::MAX_LIMIT;
    }
    if args.offset > Window::MAX_OFFSET {
        return Err(format!("--offset is at most {}", Window::MAX_OFFSET));
    }
    window.passages = args.passages.unwrap_or(window.passages).min(1000);
    // Who reads counts beside hits takes them for counts of those; programs and choices have those of the other values.
    window.facets_of_hits = !args.interactive && !matches!(format(args), Format::Json | Format::Jsonl);
    match facets(args)? {
        Some(facets) => window.facets = facets,
        // What is not shown need not be counted.
        None if !shows_facets(args) => window.facets = Vec::new(),
        None => {}
    }
    if let Some(chosen) = args.chosen() {
        if chosen == 0 {
            return Err("hits are numbered from 1".to_owned());
        }
        window = Window { offset: (chosen - 1).min(Window::MAX_OFFSET), limit: 1, facets: Vec::new(), ..window };
    }
    if args.count || args.quiet {
        window = Window { limit: usize::from(args.quiet), facets: Vec::new(), ..window };
    }
    if let Some(version) = args.format_version.filter(|version| *version != FORMAT_VERSION) {
        return Err(format!("this program writes version {FORMAT_VERSION} of JSON, not {version}"));
    }
    let now = match &args.now {
        Some(now) => {
            Some(address::parse_day(now).ok_or_else(|| format!("--now is a day, such as 2003-12-19, not {now}"))?)
        }
        None => None,
    };
    let hemisphere = args.hemisphere.map(|half| match half {
        Half::North => Hemisphere::North,
        Half::South => Hemisphere::South,
    });
    let text = filter::with_clauses(&words(args), &clauses(args)?);
    Ok(Request { text, strict: args.strict, now, clock: today(), hemisphere, window })
}

/// Which facets the flags ask for, where they do.
fn facets(args: &Args) -> Result<Option<Vec<FacetRequest>>, String> {
    let all_of = |facet| Ok(Some(vec![FacetRequest { facet, limit: args.limit.unwrap_or(10_000) }]));
    match &args.facets {
        Some(list) => address::parse_facets(list).map(Some),
        None if args.people => all_of(Facet::Person),
        None if args.projects => all_of(Facet::Project),
        None => Ok(None),
    }
}

/// Whether facets stand beside the hits though no flag asks for them.
fn shows_facets(args: &Args) -> bool {
    match format(args) {
        Format::Json | Format::Jsonl => true,
        Format::Text => !args.short && !args.ids,
        _ => false,
    }
}

fn words(args: &Args) -> String {
    let text = args.words.join(" ");
    if !args.any {
        return text;
    }
    // Words in quotes stay together; everything else is taken apart.
    let is_plain = !text.contains(['"', '(', ')', '“', '”']);
    let parts: Vec<&str> =
        if is_plain { text.split_whitespace().collect() } else { args.words.iter().map(String::as_str).collect() };
    parts.join(" OR ")
}

/// The clauses that the filter flags stand for, in the order of the table. Words are read leniently, flags are not: who
/// writes one means it.
fn clauses(args: &Args) -> Result<Vec<String>, String> {
    let mut clauses = Vec::new();
    for row in &filter::FILTERS {
        let values: &[String] = match row.name {
            "person" => &args.person,
            "not.person" => &args.not_person,
            "project" => &args.project,
            "archive" => &args.archive,
            "date" => &args.date,
            "since" => &args.since,
            "until" => &args.until,
            _ => &[],
        };
        for value in values {
            clauses.push(readable(&row.name.replace('.', "-"), row.clause(value))?);
        }
    }
    if let Some(day) = &args.on_this_day {
        let day = if day.is_empty() { "today" } else { day };
        let clause = filter::named("day").map_or_else(|| format!("day:{day}"), |row| row.clause(day));
        clauses.push(readable("on-this-day", clause)?);
    }
    clauses.extend(args.sort.map(|sort| sort.clause().to_owned()));
    Ok(clauses)
}

/// The clause that a flag stands for, if it can be read as one.
fn readable(flag: &str, clause: String) -> Result<String, String> {
    match lang::strict(&clause) {
        Ok(_) => Ok(clause),
        Err(diagnostic) => Err(format!("--{flag}: {}", diagnostic.message)),
    }
}

/// How hits are to be written.
pub(crate) fn format(args: &Args) -> Format {
    let usual = if terminal::is_terminal() { Format::Text } else { Format::Tsv };
    wanted_format(args).unwrap_or(usual)
}

/// How an overview is to be written: drawn, unless another format was asked for.
pub(crate) fn overview_format(args: &Args) -> Format {
    wanted_format(args).unwrap_or(Format::Text)
}

fn wanted_format(args: &Args) -> Option<Format> {
    match args.format {
        _ if args.json => Some(Format::Json),
        _ if args.jsonl => Some(Format::Jsonl),
        _ if args.csv => Some(Format::Csv),
        format => format,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;
    use diary_cli::settings::Shared;

    #[track_caller]
    fn check(flags: &[&str], text: &str) {
        let shared = Shared { index: Some("x".into()), config: None };
        let args = Args::try_parse_from(std::iter::once(&"diary-search").chain(flags)).unwrap();
        let mut settings = Settings::find(&shared).unwrap();
        settings.limit = None;
        assert_eq!(question(&args, &settings).unwrap().text, text, "{flags:?}");
    }

    #[test]
    fn each_filter_is_a_clause() {
        check(&["hotplug", "cpu"], "hotplug cpu");
        check(&["hotplug cpu"], "hotplug cpu");
        check(&[], "");
        check(&["--person", "linus", "hotplug"], "hotplug person:linus");
        check(&["--not-person=Andrew Morton", "a OR b"], "(a OR b) -person:\"Andrew Morton\"");
        check(&["--date", "winter 2003", "--project", "qemu"], "project:qemu date:\"winter 2003\"");
        check(&["--since=2003-02", "--until", "2003-03", "-s", "date"], "since:2003-02 until:2003-03 sort:date");
        check(&["--on-this-day=10-06"], "day:10-06");
        check(&["--any", "rzip rsync", "qemu"], "rzip OR rsync OR qemu");
        check(&["--any", "\"a b\"", "c"], "\"a b\" OR c");
        check(&["--", "-person:linus", "module"], "-person:linus module");
    }

    #[test]
    fn a_flag_that_cannot_be_read_is_an_error_not_a_word() {
        let refused = |flags: &[&str]| {
            let args = Args::try_parse_from(std::iter::once(&"diary-search").chain(flags)).unwrap();
            question(&args, &Settings::find(&Shared { index: Some("x".into()), config: None }).unwrap()).unwrap_err()
        };
        let words = "--since: cannot read \"blah\" as a date: 2003-07-26, july 2003 and winter 2003 are some";
        assert_eq!(refused(&["--since", "blah"]), words);
        assert_eq!(refused(&["--on-this-day=13-40"]), "--on-this-day: cannot read \"13-40\" as a day: write MM-DD");
        assert!(refused(&["--date", ""]).starts_with("--date: "));
        assert!(refused(&["--person", ""]).starts_with("--person: "));
    }

    #[test]
    fn the_window_follows_the_flags() {
        let window = |flags: &[&str]| {
            let args = Args::try_parse_from(std::iter::once(&"diary-search").chain(flags)).unwrap();
            let shared = Shared { index: Some("x".into()), config: None };
            let settings = Settings { limit: Some(7), ..Settings::find(&shared).unwrap() };
            question(&args, &settings).map(|request| request.window)
        };
        assert_eq!(window(&[]).unwrap().limit, 7);
        assert_eq!(window(&["-n", "3", "--offset", "5"]).unwrap().offset, 5);
        assert_eq!(window(&["--all"]).unwrap().limit, Window::MAX_LIMIT);
        assert_eq!(window(&["--people"]).unwrap().facets.len(), 1);
        assert_eq!(window(&["--facets"]).unwrap().facets, address::default_window().facets);
        assert!(!window(&["--json"]).unwrap().facets.is_empty());
        assert!(window(&["--csv"]).unwrap().facets.is_empty());
        assert!(!window(&["--all-words"]).unwrap().partial);
        assert_eq!(window(&["-c"]).unwrap().limit, 0);
        assert!(window(&["--facets=persn"]).unwrap_err().contains("no facet"));
    }
}
