//! Manual pages: of the programs from their flags, of the language from its operators, of the files from their keys.

use crate::config::KEYS;
use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};
use diary_query::lang::OPERATORS;
use std::io;

const MANUAL: &str = "Diary Search Manual";
const PAGES: &str = "diary-search(1), diary-ingest(1), diary-serve(1), diary-query(7), diary.toml(5), people.toml(5)";

/// A key of the authority files: in which table, its name, what it means.
type AuthorityKey = (&'static str, &'static str, &'static str);

/// Every key of people.toml. Those of projects.toml are the same, in `[[project]]` and `[[not_project]]`.
static AUTHORITY_KEYS: [AuthorityKey; 18] = [
    ("[[person]]", "key", "stable name in queries and addresses; made of prefLabel where it is left out"),
    ("[[person]]", "prefLabel", "the name shown; the only key that must be there"),
    ("[[person]]", "altLabel", "a list of other names, each always this person"),
    ("[[person]]", "hiddenLabel", "a list of misspellings: found, never shown"),
    ("[[person]]", "exactMatch", "a list of addresses of the same person in other catalogues"),
    ("[[person]]", "broader", "a list of keys of wider entries, whose counts take this one in"),
    ("[[person]]", "private", "true keeps this person out of everything public"),
    ("[[person]]", "when", "tables [[person.when]]: names that are this person's only in their context"),
    ("[[person.when]]", "form", "the name as written"),
    ("[[person.when]]", "from", "not before this date"),
    ("[[person.when]]", "until", "not after this date"),
    ("[[person.when]]", "near", "a list of words of which the entry has one"),
    ("[[person.when]]", "not_near", "a list of words of which the entry has none"),
    ("[[person.when]]", "with", "a list of keys of which the entry names one"),
    ("[[person.when]]", "entries", "a list of ids: only in these entries"),
    ("[[not_person]]", "form", "words that name nobody"),
    ("[[not_person]]", "why", "what they are instead"),
    ("[[not_person]]", "entries", "a list of ids: only in these entries"),
];

/// The page of a program.
///
/// # Errors
///
/// Never while writing to memory.
pub(crate) fn program(command: Command) -> io::Result<String> {
    // A flag that the short help leaves out is explained here all the same.
    let command = command.mut_args(|argument| argument.hide_short_help(false));
    let name = command.get_name().to_owned();
    let after = command.get_after_long_help().or(command.get_after_help()).map(ToString::to_string).unwrap_or_default();
    let words = command.get_positionals().next().map(|words| words.get_id().to_string().to_uppercase());
    let man = Man::new(command.clone().after_help("").after_long_help("")).manual(MANUAL).source("diary-search");
    let mut bytes = Vec::new();
    man.render_title(&mut bytes)?;
    man.render_name_section(&mut bytes)?;
    let mut synopsis = Roff::new();
    let mut line = vec![bold(&name), roman(" ["), italic("OPTION"), roman("]...")];
    line.extend(words.into_iter().flat_map(|words| [roman(" ["), italic(words), roman("]...")]));
    synopsis.control("SH", ["SYNOPSIS"]).text(line);
    bytes.extend(synopsis.to_roff().into_bytes());
    man.render_description_section(&mut bytes)?;
    man.render_options_section(&mut bytes)?;
    let mut rest = Roff::new();
    sections(&mut rest, &after);
    files(&mut rest);
    rest.control("SH", ["SEE ALSO"]).text([roman(PAGES)]);
    bytes.extend(rest.to_roff().into_bytes());
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The text below the help, its paragraphs as sections: `Name: words` or `Name:` and lines kept as they are.
fn sections(page: &mut Roff, text: &str) {
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        let (head, body) = paragraph.split_once(':').unwrap_or(("Notes", paragraph));
        page.control("SH", [head.trim().to_uppercase().as_str()]);
        match body.strip_prefix('\n') {
            Some(lines) => verbatim(page, lines),
            None => {
                page.text([roman(body.trim())]);
            }
        }
    }
}

fn verbatim(page: &mut Roff, lines: &str) {
    page.control("nf", []);
    lines.lines().for_each(|line| {
        page.text([roman(line.trim_end())]);
    });
    page.control("fi", []);
}

fn files(page: &mut Roff) {
    page.control("SH", ["FILES"]);
    for (file, about) in [
        ("diary.toml", "the archives of a project, found in the working directory or above it; see diary.toml(5)"),
        ("$XDG_CONFIG_HOME/diary-search/diary.toml", "the same for one user, where no project is found"),
        (".diary-index", "the index, beside diary.toml"),
        ("$XDG_DATA_HOME/diary-search/index", "the index where there is no diary.toml"),
    ] {
        item(page, [bold(file)], about);
    }
    page.control("SH", ["ENVIRONMENT"]);
    for (variable, about) in [
        ("DIARY_SEARCH_INDEX, DIARY_SEARCH_CONFIG", "stand in for --index and --config"),
        ("DIARY_SEARCH_LIMIT, DIARY_SEARCH_COLOR, DIARY_SEARCH_NOW", "stand in for --limit, --color and --now"),
        ("DIARY_SEARCH_LISTEN", "stands in for --listen of diary-serve"),
        (
            "DIARY_SEARCH_PAGER, PAGER",
            "shows what is taller than the terminal; less -FRX if neither is set, none if empty",
        ),
        ("BROWSER", "opens pages, for --open; xdg-open if it is not set"),
        ("VISUAL, EDITOR", "opens sources, for --edit"),
        ("NO_COLOR, FORCE_COLOR", "no colour, or colour wherever it goes"),
        ("COLUMNS", "the width of what is drawn, in place of that of the terminal"),
    ] {
        item(page, [bold(variable)], about);
    }
}

fn item<const N: usize>(page: &mut Roff, head: [Inline; N], about: &str) {
    page.control("TP", []).text(head.to_vec()).text([roman(about)]);
}

fn page(name: &str, section: &str, about: &str) -> Roff {
    let mut page = Roff::new();
    page.control("TH", [name, section, "", "diary-search", MANUAL]);
    page.control("SH", ["NAME"]).text([roman(format!("{name} - {about}"))]);
    page
}

/// diary-query(7): the language.
pub(crate) fn query() -> String {
    let mut page = page("diary-query", "7", "the query language of diary-search");
    page.control("SH", ["DESCRIPTION"]).text([roman(
        "A query is words and conditions side by side: an entry has to meet all of them. It is never refused: what \
         cannot be read is searched for as words, with a warning (diary-search --strict refuses it). Every query below \
         can be tried as it stands.",
    )]);
    let mut group = "";
    for operator in OPERATORS {
        if operator.group != group {
            group = operator.group;
            page.control("SH", [group.to_uppercase().as_str()]);
        }
        page.control("TP", []).text([bold(operator.write)]).text([roman(format!("{}.", operator.means))]);
        if operator.example != operator.write {
            page.control("br", []).text([roman("For example: "), italic(operator.example)]);
        }
    }
    page.control("SH", ["SEE ALSO"]).text([roman(PAGES)]);
    page.to_roff()
}

/// diary.toml(5).
pub(crate) fn config() -> String {
    let mut page = page("diary.toml", "5", "which diaries there are, and what is known of them");
    page.control("SH", ["DESCRIPTION"]).text([roman(
        "The programs of diary-search look for diary.toml in the working directory and those above it, then in \
         $XDG_CONFIG_HOME/diary-search. Paths start at the folder of the file.",
    )]);
    for (of_archive, head) in [(false, "AT THE TOP OF THE FILE"), (true, "IN EACH [[archive]]")] {
        page.control("SH", [head]);
        for key in KEYS.iter().filter(|key| key.of_archive == of_archive) {
            page.control("TP", []).text([bold(key.name)]).text([roman(format!("{}.", key.meaning))]);
            if key.name != "archive" {
                page.control("br", []).text([roman(format!("{} = {}", key.name, key.example))]);
            }
        }
    }
    page.control("SH", ["EXAMPLE"]);
    let lines = "[[archive]]\nname = \"mine\"\ntitle = \"My diary\"\nroot = \"notes\"\nsources = [\"*.md\"]\nprivate = [\"therapy/**\"]";
    verbatim(&mut page, lines);
    page.control("SH", ["SEE ALSO"]).text([roman(PAGES)]);
    page.to_roff()
}

/// people.toml(5).
pub(crate) fn people() -> String {
    let mut page = page("people.toml", "5", "who is who in a diary");
    page.control("SH", ["DESCRIPTION"]).text([roman(
        "The people of an archive as a careful reader wrote them down: beside its sources, or where diary.toml says. A \
         label in small letters is found in any letter case, a label with capitals as it is written. projects.toml is \
         written the same way, with [[project]] and [[not_project]]. diary-ingest --people-suggest prints what to add; \
         diary-ingest --people adds it.",
    )]);
    let mut table = "";
    for (of, key, meaning) in &AUTHORITY_KEYS {
        if *of != table {
            table = of;
            page.control("SH", [table]);
        }
        item(&mut page, [bold(*key)], &format!("{meaning}."));
    }
    page.control("SH", ["EXAMPLE"]);
    verbatim(
        &mut page,
        "[[person]]\nkey = \"morton-andrew\"\nprefLabel = \"Andrew Morton\"\naltLabel = [\"akpm\"]\n[[person.when]]\n\
         form = \"Andrew\"\nnot_near = [\"samba\"]\n\n[[not_person]]\nform = \"mingo\"\nwhy = \"a machine\"",
    );
    page.control("SH", ["SEE ALSO"]).text([roman(PAGES)]);
    page.to_roff()
}

#[cfg(test)]
mod tests {
    use super::*;
    use diary::Facet;
    use diary_ingest::authority;

    #[test]
    fn the_keys_of_people_are_those_that_are_read() {
        for table in ["[[person]]", "[[person.when]]", "[[not_person]]"] {
            let text = match table {
                "[[person.when]]" => "[[person]]\nprefLabel = 'A'\n[[person.when]]\nxyzzy = 1".to_owned(),
                table => format!("{table}\nxyzzy = 1"),
            };
            let message = authority::parse(Facet::Person, &text).unwrap_err().message;
            let known: Vec<&str> =
                AUTHORITY_KEYS.iter().filter(|(of, ..)| *of == table).map(|(_, key, _)| *key).collect();
            let words = message.split(|c: char| !c.is_alphanumeric() && c != '_');
            let named = words.filter(|word| known.contains(word)).collect::<std::collections::BTreeSet<_>>();
            assert_eq!(named.len(), known.len(), "{table}: {message}");
        }
    }

    #[test]
    fn every_operator_and_key_has_its_place() {
        let plain = |text: &str| text.replace(['\\', '\n'], "");
        let (query, config) = (plain(&query()), plain(&config()));
        for operator in OPERATORS {
            assert!(query.contains(&plain(operator.example)), "{}", operator.example);
        }
        for key in &KEYS {
            assert!(config.contains(key.name), "{}", key.name);
        }
    }
}
