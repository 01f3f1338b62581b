//! The programs at a terminal and without one: overviews, walking, pagers, completions, and environments that lack things.

use crate::world::{Done, World};
use std::process::{Command, Stdio};

/// A world whose index is there.
fn rusty() -> World {
    let world = World::rusty();
    world.ingest(&[]).code(0);
    world
}

/// Runs a command line at a terminal of so many columns and rows. `None`, with a word, where `script` is absent.
fn at_terminal(world: &World, columns: usize, rows: usize, line: &str, settings: &[(&str, &str)]) -> Option<Done> {
    if Command::new("script").arg("--version").output().is_err() {
        eprintln!("skipped: there is no script(1) to make a terminal with");
        return None;
    }
    let program = world.command("diary-search").get_program().to_string_lossy().into_owned();
    let line = line.replace("diary-search", &program);
    let mut command = Command::new("script");
    command.current_dir(world.path()).env_clear();
    command.env("HOME", world.path()).env("PATH", "/usr/bin:/bin").env("TERM", "xterm-256color").env("LANG", "C.UTF-8");
    command.envs(settings.iter().copied()).stdin(Stdio::null());
    let line = format!("stty cols {columns} rows {rows}; {line}");
    Some(Done::of(&command.args(["-qec", &line, "/dev/null"]).output().unwrap()))
}

/// The columns that a line takes: escape sequences take none, combining characters none, wide characters two.
fn columns(line: &str) -> usize {
    let (mut columns, mut rest) = (0, line.trim_end_matches('\r').chars());
    while let Some(c) = rest.next() {
        match c {
            '\u{1b}' => {
                // Colours end in a letter, links in a backslash.
                let is_link = rest.clone().next() == Some(']');
                rest.by_ref().find(|c| if is_link { *c == '\\' } else { c.is_ascii_alphabetic() });
            }
            '\u{300}'..='\u{36f}' => {}
            '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ff60}' => columns += 2,
            _ => columns += 1,
        }
    }
    columns
}

#[test]
fn overviews_fit_the_terminal_at_every_width() {
    let world = rusty();
    for width in [60, 80, 120, 200] {
        for line in [
            "--calendar",
            "--timeline",
            "--gaps",
            "--people",
            "--projects",
            "--who linus",
            "--facets hotplug",
            "-C 1 --short cpu",
        ] {
            let Some(done) = at_terminal(&world, width, 500, &format!("diary-search {line}"), &[]) else { return };
            let done = done.code(0);
            for shown in done.stdout.lines() {
                assert!(columns(shown) <= width, "{line} at {width}: {shown}");
            }
        }
    }
}

#[test]
fn the_answer_is_drawn_for_a_terminal_and_told_in_bytes_without_colour_on_demand() {
    let world = rusty();
    let Some(coloured) = at_terminal(&world, 80, 200, "diary-search hotplug cpu", &[]) else { return };
    assert!(coloured.stdout.contains("\u{1b}[1m\u{1b}[31mhotplug"), "{coloured:?}");
    for settings in [("NO_COLOR", "1"), ("TERM", "dumb"), ("DIARY_SEARCH_COLOR", "never")] {
        let plain = at_terminal(&world, 80, 200, "diary-search hotplug cpu", &[settings]).unwrap();
        assert!(!plain.stdout.contains('\u{1b}') && plain.stdout.contains("6 entries for"), "{settings:?} {plain:?}");
    }
    let ascii = at_terminal(&world, 80, 200, "diary-search --calendar --facets=month", &[("LANG", "C")]).unwrap();
    assert_eq!(ascii.code, Some(2), "two overviews at once are refused");
    let ascii = at_terminal(&world, 80, 200, "diary-search --calendar", &[("LANG", "C"), ("NO_COLOR", "1")]).unwrap();
    assert!(ascii.stdout.is_ascii() && ascii.stdout.contains("Mon  -::::"), "{ascii:?}");
}

#[test]
fn a_pager_shows_what_is_taller_than_the_terminal() {
    let world = rusty();
    let pager = ("DIARY_SEARCH_PAGER", "sed 's/^/PAGED /'");
    let Some(tall) = at_terminal(&world, 80, 10, "diary-search hotplug", &[pager]) else { return };
    let tall = tall.code(0).stdout;
    assert!(tall.starts_with("PAGED ") && tall.contains("6 entries for"), "{tall}");
    for (line, rows, pager) in [
        ("diary-search hotplug", 200, "sed 's/^/PAGED /'"),
        ("diary-search --pager never hotplug", 10, "sed 's/^/PAGED /'"),
        ("diary-search hotplug", 10, ""),
        ("diary-search hotplug", 10, "no-such-pager"),
        ("diary-search hotplug | cat", 10, "sed 's/^/PAGED /'"),
    ] {
        let done = at_terminal(&world, 80, rows, line, &[("PAGER", pager)]).unwrap().code(0);
        assert!(!done.stdout.contains("PAGED") && done.stdout.contains("hotplug"), "{line} {pager}: {done:?}");
    }
}

#[test]
fn whoever_is_asked_for_gets_a_card() {
    let world = rusty();
    let done = world.search(&["--who", "Fabrice"]).code(0);
    for said in ["Fabrice Bellard", "5 entries of 64", "QEMU", "first", "last", "person:bellard-fabrice"] {
        assert!(done.stdout.contains(said), "{said} in {}", done.stdout);
    }
    let card: serde_json::Value = serde_json::from_str(&world.search(&["--who", "tridge", "--json"]).stdout).unwrap();
    assert_eq!((card["key"].as_str(), card["entries"].as_u64()), (Some("tridgell-andrew"), Some(5)));
    assert_eq!(card["names"][0]["name"], "Tridge");
    world.search(&["--who", "david"]).code(0).says("--who gibson-david");
    world.search(&["--who", "qemu"]).code(0).says("QEMU");
    world.search(&["--who", "xyzzyplugh"]).code(1).says("nobody");
}

#[test]
fn days_months_and_silences_are_counted_rightly() {
    let world = rusty();
    let days = world.search(&["--calendar", "--csv"]).code(0).stdout;
    assert_eq!((days.lines().next(), days.lines().count()), (Some("date,count"), 1 + 64));
    let months = world.search(&["--timeline", "--format", "tsv"]).code(0).stdout;
    let sum: u64 = months.lines().map(|line| line.split('\t').nth(1).unwrap().parse::<u64>().unwrap()).sum();
    assert_eq!((sum, months.lines().nth(4)), (64, Some("2003-05\t0")));
    let gaps = world.search(&["--gaps", "-n", "1", "--format", "tsv"]).code(0).stdout;
    assert_eq!(gaps, "53\t2003-05-01\t2003-06-22\trusty/2003-04-30\trusty/2003-06-23\n");
    world.search(&["--calendar", "zzyzxqq"]).code(1);
    world.search(&["--calendar", "--format", "atom"]).code(2).says("csv");
}

#[test]
fn one_entry_is_found_beside_another_by_chance_and_with_its_neighbours() {
    let world = rusty();
    world.search(&["--next", "rusty/2003-12-15"]).code(0).says("2003-12-19");
    world.search(&["--next", "rusty/2003-12-19"]).code(1).says("no entry after");
    world.search(&["--show", "rusty/1999-01-01"]).code(1);
    world.search(&["--random", "keynote"]).code(0).says("keynote");
    world.search(&["--random", "zzyzxqq"]).code(1).says("no entry to choose from");
    let around = world.search(&["-C", "2", "-n", "1", "--format", "text", "\"Linux Beer Hike\""]).code(0).stdout;
    assert_eq!(around.lines().filter(|line| line.starts_with("    < ") || line.starts_with("    > ")).count(), 4);
    world
        .search(&["--explain", "--format", "text", "hotplug", "--person", "linus"])
        .code(0)
        .says("why: names Linus Torvalds");
    world.search(&["--json", "--format-version", "1", "hotplug"]).code(0);
    world.search(&["--json", "--format-version", "2", "hotplug"]).code(2).says("version 1");
}

#[test]
fn hits_are_opened_in_a_browser_and_their_sources_in_an_editor() {
    let world = rusty();
    let run = |arguments: &[&str], name: &str, value: &str| {
        Done::of(&world.command("diary-search").args(arguments).env(name, value).output().unwrap())
    };
    let third = world.ids(&["hotplug"])[2].replace("rusty/", "");
    let opened = run(&["hotplug", "--open", "3"], "BROWSER", "echo opened").code(0);
    assert!(opened.stdout.starts_with("opened https://ozlabs.org/~rusty/index-2003.html#:~:text="), "{opened:?}");
    let day: String = third.split('-').next_back().unwrap().trim_start_matches('0').to_owned();
    assert!(opened.stdout.contains(&format!("%20{day}%20")), "{third} {opened:?}");
    run(&["hotplug", "--open"], "BROWSER", "no-such-browser").code(0).says("https://ozlabs.org/");
    run(&["--open", "hotplug"], "BROWSER", "echo").code(0).says("https://ozlabs.org/");
    run(&["--show", "rusty/2003-12-19", "--open"], "BROWSER", "echo '%s'").code(0).says("December%2019");
    run(&["hotplug", "--open", "99"], "BROWSER", "echo").code(1).says("no hit 99");
    let edited = run(&["--show", "rusty/2003-12-19", "--edit"], "EDITOR", "echo").code(0);
    assert!(edited.stdout.starts_with("+5 ") && edited.stdout.trim_end().ends_with("rusty-2003.txt"), "{edited:?}");
    world.search(&["--show", "rusty/2003-12-19", "--edit"]).code(0).says("rusty-2003.txt:5");
    let local = World::corpus("fixtures", "");
    local.ingest(&[]).code(0);
    local.search(&["beans", "--open"]).code(2).says("no page on the web");
}

#[test]
fn completions_know_who_is_in_the_diary() {
    let world = rusty();
    let values = |kind: &str, start: &str| {
        let done = world.search(&["--candidates", kind, "--", start]).code(0);
        done.stdout.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(values("person", "tri"), ["tridgell-andrew"]);
    assert!(values("person", "Andr").contains(&"morton-andrew".to_owned()));
    assert_eq!(values("id", "rusty/2003-12-1"), ["rusty/2003-12-11", "rusty/2003-12-15", "rusty/2003-12-19"]);
    assert_eq!(values("date", "2003-1"), ["2003-10", "2003-11", "2003-12"]);
    assert_eq!(values("archive", ""), ["rusty"]);
    let nowhere = World::empty().search(&["--candidates", "person", "--", ""]).code(0);
    assert_eq!((nowhere.stdout.as_str(), nowhere.stderr.as_str()), ("", ""));
    for (shell, asks) in [
        ("bash", "_diary_candidates \"$1\" person"),
        ("zsh", ":NAME: _diary_candidates person'"),
        ("fish", "--candidates person"),
        ("powershell", "'--person' = 'person'"),
    ] {
        let script = world.search(&["--generate", &format!("complete-{shell}")]).code(0).stdout;
        assert!(script.contains(asks), "{shell}: {script}");
    }
}

#[test]
fn completion_works_in_the_shells_that_are_here() {
    let world = rusty();
    let program = world.command("diary-search").get_program().to_string_lossy().into_owned();
    let folder = program.rsplit_once('/').unwrap().0.to_owned();
    for (shell, expect, line) in [
        (
            "bash",
            "tridgell-andrew",
            "source <(diary-search --generate complete-bash); COMP_WORDS=(diary-search --person tri); COMP_CWORD=2; \
             _diary__search diary-search tri --person; echo \"${COMPREPLY[@]}\"",
        ),
        // The other programs asked themselves, and knew nothing.
        (
            "bash",
            "rusty",
            "source <(diary-ingest --generate complete-bash); COMP_WORDS=(diary-ingest --archive ru); COMP_CWORD=2; \
             _diary__ingest diary-ingest ru --archive; echo \"${COMPREPLY[@]}\"",
        ),
        (
            "fish",
            "tridgell-andrew",
            "diary-search --generate complete-fish | source; complete -C 'diary-search --person tri'",
        ),
        ("fish", "rusty", "diary-ingest --generate complete-fish | source; complete -C 'diary-ingest --archive ru'"),
        (
            "zsh",
            "tridgell-andrew",
            "autoload -U compinit; compinit -D -u; source <(diary-search --generate complete-zsh); \
             compadd() { print -- ${(P)argv[-1]} }; PREFIX=tri; _diary_candidates person",
        ),
    ] {
        let mut command = Command::new(shell);
        command.current_dir(world.path()).env("HOME", world.path()).env("PATH", format!("{folder}:/usr/bin:/bin"));
        match command.args(["-c", line]).stdin(Stdio::null()).output() {
            Err(_) => eprintln!("skipped: there is no {shell}"),
            Ok(output) => {
                let done = Done::of(&output);
                assert!(done.stdout.contains(expect), "{shell}: {done:?}");
            }
        }
    }
}

#[test]
fn manual_pages_are_whole() {
    let world = World::empty();
    for (program, what, words) in [
        ("diary-search", "man", vec!["not\\-person", "Entries not naming this person", "EXIT STATUS", "EXAMPLES"]),
        ("diary-ingest", "man", vec!["people\\-suggest", "EXIT STATUS"]),
        ("diary-serve", "man", vec!["base\\-path"]),
        ("diary-search", "man-query", vec!["diary\\-query", "person:tridge"]),
        ("diary-search", "man-config", vec!["diary.toml", "hemisphere"]),
        ("diary-search", "man-people", vec!["people.toml", "hiddenLabel"]),
    ] {
        let page = world.run(program, &["--generate", what]).code(0).stdout;
        for said in words {
            assert!(page.contains(said), "{said} in {program} {what}:\n{page}");
        }
        // The formatter is asked too, where there is one.
        let Ok(mut man) = Command::new("man")
            .args(["--warnings", "-l", "-"])
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
        else {
            eprintln!("skipped: there is no man(1)");
            continue;
        };
        std::io::Write::write_all(&mut man.stdin.take().unwrap(), page.as_bytes()).unwrap();
        let done = Done::of(&man.wait_with_output().unwrap());
        assert!(done.stderr.is_empty() && done.stdout.contains("SEE ALSO"), "{program} {what}: {done:?}");
    }
}

#[test]
fn full_disks_and_missing_homes_are_told_in_words() {
    let world = rusty();
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    for (program, arguments) in [
        ("diary-search", vec!["hotplug"]),
        ("diary-search", vec!["--json", "hotplug"]),
        ("diary-search", vec!["--calendar"]),
        ("diary-search", vec!["--generate", "man"]),
        ("diary-ingest", vec!["--entries", "jsonl"]),
    ] {
        let done = Done::of(&world.command(program).args(&arguments).stdout(full()).output().unwrap());
        done.code(2).says("cannot write the output");
    }
    let homeless = Done::of(&world.command("diary-search").arg("hotplug").env_remove("HOME").output().unwrap());
    assert_eq!(homeless.code(0).stdout.lines().count(), 6);
    let nowhere = World::empty();
    let done = nowhere.search(&["hotplug"]).code(2).says("diary-ingest PATH");
    assert_eq!(done.stderr.lines().count(), 1, "{done:?}");
}

#[test]
fn an_index_of_somebody_else_is_searched_as_it_is() {
    let world = rusty();
    let can_drop =
        Command::new("setpriv").args(["--reuid", "65534", "true"]).status().is_ok_and(|status| status.success());
    if !can_drop {
        eprintln!("skipped: this user cannot become another");
        return;
    }
    let mode = |mode: &str, path: &str| {
        assert!(Command::new("chmod").args([mode, path]).current_dir(world.path()).status().unwrap().success());
    };
    mode("755", ".");
    let program = world.command("diary-search").get_program().to_owned();
    let copy = world.path().join("diary-search");
    std::fs::copy(program, &copy).unwrap();
    let as_other = || {
        let mut command = Command::new("setpriv");
        command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]).arg(&copy).args(["-c", "hotplug"]);
        Done::of(&command.current_dir(world.path()).env_clear().stdin(Stdio::null()).output().unwrap())
    };
    let done = as_other().code(0);
    assert_eq!((done.stdout.as_str(), done.stderr.as_str()), ("6\n", ""));
    std::fs::remove_dir_all(world.path().join(".diary-index")).unwrap();
    let done = as_other().code(2).says("--index DIR");
    assert_eq!(done.stderr.to_lowercase().matches("permission denied").count(), 1, "{done:?}");
}

#[test]
fn an_interrupt_ends_everything_with_130() {
    let world = rusty();
    let interrupt = |child: std::process::Child| {
        std::thread::sleep(std::time::Duration::from_millis(600));
        assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
        Done::of(&child.wait_with_output().unwrap())
    };
    let watching = world.command("diary-ingest").arg("--watch").stderr(Stdio::piped()).spawn().unwrap();
    interrupt(watching).code(130).says("interrupted");
    assert_eq!(world.ids(&["hotplug", "cpu"]).len(), 6);
}

#[test]
fn what_is_wrong_with_a_command_line_is_one_sentence() {
    let world = World::empty();
    for (line, sentence) in [
        ("--open 3 --edit 2 x", "--open and --edit do not go together"),
        ("--json --csv x", "--json and --csv do not go together"),
        ("-c -l x", "--count and --ids do not go together"),
        ("--show a/2003-01-01 --who x", "--show and --who do not go together"),
        ("--who linus hotplug", "--who and WORDS do not go together"),
        ("--gaps --timeline", "--gaps and --timeline do not go together"),
        ("-0 x", "--ids is missing"),
        ("-n -3 x", "--limit: “-3” is not a whole number"),
        ("-n x y", "--limit: “x” is not a whole number"),
        ("-C 200 x", "--context: 200 is not within 0 to 100"),
        ("--person", "--person needs a value: --person <NAME>"),
        ("--sort dat x", "--sort: “dat” is none of relevance, date, date-asc: did you mean date?"),
        ("--sort foo x", "--sort: “foo” is none of relevance, date, date-asc"),
        ("--persn tridge", "there is no flag --persn: did you mean --person?"),
        ("-x", "there is no flag -x; words that begin with a hyphen come after --: -- -x"),
        ("-plague fire", "there is no flag -p; words that begin with a hyphen come after --: -- -plague"),
        ("--generate man x", "--generate stands alone"),
        ("--person=\u{1b}[2J --sort=\u{1b}[2J", "--sort: “␛[2J” is none of relevance, date, date-asc"),
    ] {
        let done = world.search(&line.split(' ').collect::<Vec<_>>()).code(2);
        assert_eq!(done.stdout, "", "{line}");
        let said = format!("diary-search: {sentence}\ndiary-search -h lists the flags\n");
        assert_eq!(done.stderr, said, "{line}");
    }
    world.ingest(&["--people"]).code(2).says("--people needs a value: --people <ACTION> [NAME]...");
    for (action, needs) in [("accept", "accept needs a name"), ("export", "export needs one format: csv, vcard")] {
        rusty().ingest(&["--people", action]).code(2).says(needs);
    }
    let done = world.ingest(&["--jobs", "0"]).code(2);
    assert!(done.stderr.starts_with("diary-ingest: --jobs: 0 is not within 1 to 256\n"), "{done:?}");
    world.ingest(&["--memory", "12"]).code(2).says("--memory: at least 16M");
    world.run("diary-serve", &["--lisen", "x"]).code(2).says("did you mean --listen?");
    world.run("diary-serve", &["--nonsense"]).code(2).says("there is no flag --nonsense\n");
    for program in ["diary-search", "diary-ingest", "diary-serve"] {
        for flag in ["-h", "--help", "--version"] {
            let done = world.run(program, &[flag]).code(0);
            assert!(done.stderr.is_empty() && done.stdout.contains("diary-"), "{program} {flag}: {done:?}");
        }
    }
}

/// `DIARY_SEARCH_INDEX` kept every `--generate` from running, and `DIARY_SEARCH_LIMIT` every `--all`.
#[test]
fn a_variable_of_the_environment_gives_way_to_a_flag() {
    let world = rusty();
    let run = |flags: &[&str], variables: &[(&str, &str)]| {
        let mut command = world.command("diary-search");
        let done = command.args(flags).envs(variables.iter().copied()).output().unwrap();
        (done.status.code(), String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap())
    };
    let (code, manual, _) = run(&["--generate", "man"], &[("DIARY_SEARCH_INDEX", "x"), ("DIARY_SEARCH_LIMIT", "3")]);
    assert!(code == Some(0) && manual.contains("diary"), "{manual}");
    let (_, all, _) = run(&["--all", "-l"], &[("DIARY_SEARCH_LIMIT", "3")]);
    assert_eq!(all.lines().count(), 64);
    assert_eq!(run(&["-l"], &[("DIARY_SEARCH_LIMIT", "3")]).1.lines().count(), 3);
    let (code, _, said) = run(&["--all", "-n", "2"], &[("DIARY_SEARCH_LIMIT", "3")]);
    assert!(code == Some(2) && said.contains("--all and --limit do not go together"), "{said}");
    let (_, _, said) = run(&["--all", "x"], &[("DIARY_SEARCH_LIMIT", "3"), ("DIARY_SEARCH_INDEX", "nowhere/index")]);
    assert!(!said.contains("do not go together"), "{said}");
}

#[test]
fn an_entry_is_shown_by_its_day_where_one_archive_has_it() {
    let world = rusty();
    assert!(world.search(&["--show", "2003-12-19"]).code(0).stdout.starts_with("Fri 19 Dec 2003   rusty/2003-12-19"));
    world.search(&["--show", "2003-12-20"]).code(1).says("there is no entry rusty/2003-12-20");
    assert!(world.search(&["--prev", "2003-12-19"]).code(0).stdout.contains("rusty/2003-12-15"));
    world.search(&["--show", "christmas"]).code(2).says("is not the id of an entry, such as rusty/2003-12-19");
    world.write("other/a.md", "## 2003-12-19\n\nRain.\n\n## 2003-12-20\n\nSun.\n");
    world.ingest(&["other"]).code(0);
    world.search(&["--show", "2003-12-19"]).code(2).says("2003-12-19 may be other/2003-12-19 or rusty/2003-12-19");
    assert!(world.search(&["--show", "2003-12-20"]).code(0).stdout.contains("Sun."));
}

/// Beside Tridge's five entries stood the sixteen that name him or Linus.
#[test]
fn people_beside_the_entries_of_one_are_counted_in_those() {
    let world = rusty();
    let beside = |flags: &[&str]| world.search(&[&["person:tridge", "--format"], flags].concat()).code(0).stdout;
    assert!(
        beside(&["text"]).contains("people   Andrew Tridgell 5 · Linus Torvalds 2 · Alison 1"),
        "{}",
        beside(&["text"])
    );
    let drawn = world.search(&["person:tridge", "--people"]).code(0).stdout;
    assert!(drawn.contains("Linus Torvalds") && !drawn.contains("16"), "{drawn}");
    // What the API sends says what choosing another finds.
    let json = world.json(&["person:tridge"]);
    assert!(json["facets"][0]["values"][1]["count"] == 16, "{json}");
}

#[test]
fn hits_of_several_archives_say_which_they_are_of() {
    let world = rusty();
    let first = |world: &World| world.search(&["hotplug", "--short", "--format", "text"]).code(0).stdout;
    assert!(!first(&world).contains("rusty"), "{}", first(&world));
    world.write("garden/a.md", "## 2019-12-19\n\nA hotplug in the garden.\n");
    world.ingest(&["garden"]).code(0);
    let both = first(&world);
    assert!(both.contains("Thu 19 Dec 2019   garden") && both.contains("Fri 19 Dec 2003   rusty"), "{both}");
}

#[test]
fn a_list_of_facets_without_its_equals_sign_is_a_word_and_said_to_be() {
    let world = rusty();
    let said = world.search(&["--facets", "month"]).stderr;
    assert!(said.contains("“month” was read as a word: --facets=month counts those"), "{said}");
    assert!(!world.search(&["--facets", "hotplug"]).stderr.contains("read as a word"));
    assert!(!world.search(&["--facets=month"]).stderr.contains("read as a word"));
}

#[test]
fn nothing_found_says_among_how_many() {
    let text = rusty().search(&["zzyzxqq", "--format", "text"]).code(1).stdout;
    assert!(text.starts_with("No entry for  zzyzxqq   ") && text.contains("of 64 entries\n"), "{text}");
    assert!(text.trim_end().ends_with("all there is: --people · --projects · --facets=month · --calendar"), "{text}");
}

#[test]
fn what_is_not_there_is_said_with_a_way_on() {
    let world = rusty();
    world.search(&["--people", "--format", "atom"]).code(2).says("counts cannot be written as atom");
    for day in [&["--on-this-day=11-24"][..], &["--on-this-day", "11-24"]] {
        let nothing = world.search(&[&["--format", "text"], day].concat()).code(1);
        for near in ["before: 17 November: 1 entry", "search day:11-17", "after: 27 November: 1 entry"] {
            assert!(nothing.stdout.contains(near), "{near}: {nothing:?}");
        }
    }
    world.search(&["--private", "hotplug"]).code(2).says("no entry is private");
}

#[cfg(unix)]
#[test]
fn names_of_files_steer_no_terminal() {
    use std::os::unix::ffi::OsStrExt;
    let world = World::empty();
    let folder = world.path().join("diary");
    std::fs::create_dir(&folder).unwrap();
    let names: [&[u8]; 5] = [b"a\x1b[2J.txt", b"b\nc.txt", b"d\x9b31m.txt", "e\u{202e}exe.txt".as_bytes(), b"-rf.txt"];
    for (day, name) in names.iter().enumerate() {
        let text = format!(
            "Friday 1{day} March 2003\n\nIt rained on the \u{1b}]0;owned\u{7} roof.\n\nMonday 30 February 2003\n\nNo.\n"
        );
        std::fs::write(folder.join(std::ffi::OsStr::from_bytes(name)), text).unwrap();
    }
    let steers = |text: &str| text.chars().any(|c| (c.is_control() && c != '\n' && c != '\t') || c == '\u{202e}');
    for flags in [vec!["diary", "--report"], vec!["diary", "--dry-run", "-v"], vec!["--check"]] {
        let done = world.ingest(&flags);
        assert!(!steers(&done.stdout) && !steers(&done.stderr), "{flags:?}: {done:?}");
    }
    for flags in
        [vec!["roof"], vec!["-v", "roof", "--format", "text"], vec!["--full", "--format", "text"], vec!["--csv"]]
    {
        let done = world.search(&flags).code(0);
        assert!(!steers(&done.stdout) && !steers(&done.stderr), "{flags:?}: {done:?}");
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu", not(target_feature = "crt-static")))]
#[test]
fn the_program_that_starts_cold_has_no_addresses_to_correct() {
    let kind = |program: &str| {
        let path = World::empty().command(program).get_program().to_owned();
        std::fs::read(path).unwrap()[16]
    };
    // The type in the ELF header: 2 for a fixed address, 3 for any.
    assert_eq!((kind("diary-search"), kind("diary-serve")), (2, 3));
}
