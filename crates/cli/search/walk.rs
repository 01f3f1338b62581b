//! One entry: shown whole, found beside another or by chance, opened in a browser or an editor.

use crate::{Asked, FAILED, FOUND, NOTHING, ask, put, question};
use anyhow::{Error, Result, anyhow};
use diary::EntryId;
use diary_cli::terminal::{self, Exit, remark};
use diary_query::{Answer, Request, Window};
use diary_render::entry::{self, Around};
use diary_render::{Format, address, filter, one_line, shell_word};
use std::env;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};

/// The entry that --show, --next, --prev or --random mean; where there is none, a sentence that says so.
pub(crate) fn wanted_entry(asked: &Asked, request: &Request) -> Result<Option<Result<EntryId, String>>> {
    let named = |text: &String| named(asked, text);
    let beside = |text: &String, next: bool| -> Result<Result<EntryId, String>> {
        let id = named(text)?;
        let (before, after) = asked.engine.neighbours(&id)?;
        let beside = if next { after } else { before };
        Ok(beside.ok_or_else(|| format!("there is no entry {} {id}", if next { "after" } else { "before" })))
    };
    match (&asked.args.show, &asked.args.next, &asked.args.prev) {
        (Some(id), _, _) => named(id).map(|id| Some(Ok(id))),
        (_, Some(id), _) => beside(id, true).map(Some),
        (_, _, Some(id)) => beside(id, false).map(Some),
        (None, None, None) if asked.args.random => random(asked, request).map(Some),
        (None, None, None) => Ok(None),
    }
}

/// The id that a text is; without an archive in front, that of the one archive that has it.
fn named(asked: &Asked, text: &str) -> Result<EntryId> {
    let archives = &asked.engine.facts().archives;
    let written = EntryId::parse(text);
    if let Some(id) = &written
        && archives.iter().any(|archive| archive.name == id.archive())
    {
        return Ok(id.clone());
    }
    let mut completed: Vec<EntryId> =
        archives.iter().filter_map(|archive| EntryId::parse(&format!("{}/{text}", archive.name))).collect();
    if completed.len() > 1 {
        let mut there = Vec::new();
        for id in completed {
            there.extend(asked.engine.entry(&id)?.map(|entry| entry.id));
        }
        completed = there;
    }
    let is_day = text.starts_with(|c: char| c.is_ascii_digit());
    match completed.as_slice() {
        [id] if is_day => Ok(id.clone()),
        [_, _, ..] if is_day => {
            let ids: Vec<&str> = completed.iter().map(EntryId::as_str).collect();
            Err(anyhow!("{text} may be {}: write the one that is meant", ids.join(" or ")))
        }
        _ => written.ok_or_else(|| {
            let last = archives.iter().find_map(|archive| Some((&archive.name, &archive.range.as_ref()?.1)));
            let example = last.map_or(String::new(), |(archive, day)| format!(", such as {archive}/{day}"));
            anyhow!("{} is not the id of an entry{example}", one_line(text))
        }),
    }
}

/// How often chance is asked again for an entry that may be brought up unasked.
const TRIES: usize = 100;

fn random(asked: &Asked, request: &Request) -> Result<Result<EntryId, String>> {
    // Ordered by date there is nothing to rank, and entries with some of the words alone are left out.
    let text = filter::with_clauses(&request.text, &["sort:date".to_owned()]);
    let at = |offset: usize, limit: usize| {
        let window = Window { offset, limit, passages: 0, partial: false, ..Window::default() };
        ask(asked, &Request { text: text.clone(), window, ..request.clone() })
    };
    let total = at(0, 0)?.page.total.min(Window::MAX_OFFSET as u64);
    for try_number in 0..TRIES {
        if total == 0 {
            break;
        }
        // The keys of the standard library's hasher are random.
        let chance = RandomState::new().hash_one(try_number) % total;
        let answer = at(usize::try_from(chance)?, 1)?;
        let Some(hit) = answer.page.hits.first() else { continue };
        let is_sensitive = asked.engine.entry(&hit.id)?.is_none_or(|entry| entry.sensitive);
        if !is_sensitive {
            return Ok(Ok(hit.id.clone()));
        }
    }
    Ok(Err("there is no entry to choose from".to_owned()))
}

/// Shows a whole entry, or opens or edits it.
pub(crate) fn show_entry(asked: &Asked, id: &EntryId) -> Result<Exit> {
    let Some(found) = asked.engine.entry(id)? else {
        remark(&format!("there is no entry {id}"));
        return Ok(NOTHING);
    };
    let around = Around::find(asked.engine, &found)?;
    if asked.args.open.is_some() {
        return open(around.permalink(&found).as_deref(), id);
    }
    if asked.args.edit.is_some() {
        let place = found.sources.first().map(|source| format!("{}:{}", source.path, source.line));
        return edit(asked, &place.unwrap_or_default(), id);
    }
    let format = question::format(asked.args);
    let text = match format {
        Format::Json => entry::json(&found, &around, &asked.engine.facts().state, ""),
        Format::Jsonl => entry::line(&found),
        _ => entry::text(&found, &around, asked.look),
    };
    put(asked, &text, !matches!(format, Format::Json | Format::Jsonl))?;
    if asked.args.verbose > 0 {
        remark(&address::entry("", id));
    }
    Ok(FOUND)
}

/// Opens or edits the one hit of an answer.
pub(crate) fn take_up(asked: &Asked, answer: &Answer) -> Result<Exit> {
    let Some(hit) = answer.page.hits.first() else {
        remark(&match answer.page.total {
            0 => "there is nothing to open: no entry was found".to_owned(),
            total => format!("there is no hit {}: {total} were found", asked.args.chosen().unwrap_or(1)),
        });
        return Ok(NOTHING);
    };
    match asked.args.open {
        Some(_) => open(address::permalink(hit).as_deref(), &hit.id),
        None => edit(asked, &hit.source, &hit.id),
    }
}

/// Opens an address in a browser; where there is none, the address is printed.
fn open(url: Option<&str>, id: &EntryId) -> Result<Exit> {
    let url = url.ok_or_else(|| no_page(id))?;
    if !browsed(url) {
        terminal::print(&format!("{url}\n"))?;
    }
    Ok(FOUND)
}

/// Why an entry cannot be opened in a browser.
pub(crate) fn no_page(id: &EntryId) -> Error {
    anyhow!("{id} has no page on the web (a base_url in diary.toml says where an archive is): --edit opens its source")
}

/// Opens an address in a browser; whether there is one.
pub(crate) fn browsed(url: &str) -> bool {
    match env::var("BROWSER").ok().filter(|browser| !browser.trim().is_empty()) {
        // A list of commands, the first that works; %s stands for the address.
        Some(browsers) => browsers.split(':').any(|browser| match browser.split_once("%s") {
            Some((before, after)) => works(&format!("{before}{}{after}", quoted(url)), &[]),
            None => works(browser, &[url]),
        }),
        None if cfg!(target_os = "macos") => works("open", &[url]),
        None => works("xdg-open 2>/dev/null", &[url]),
    }
}

fn works(command: &str, arguments: &[&str]) -> bool {
    terminal::run(command, arguments).unwrap_or(false)
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Opens the source of an entry at its line.
fn edit(asked: &Asked, place: &str, id: &EntryId) -> Result<Exit> {
    let (path, line) = source(asked, place, id)?;
    let Some(editor) = editor() else {
        // The form that terminals and editors make a link of.
        terminal::print(&format!("{}:{line}\n", path.display()))?;
        remark(NO_EDITOR);
        return Ok(FOUND);
    };
    match edited(&editor, &path, line)? {
        true => Ok(FOUND),
        false => {
            remark(&format!("{} did not end well", shell_word(&editor)));
            Ok(FAILED)
        }
    }
}

/// The file that an entry was read from, and the line there.
pub(crate) fn source<'a>(asked: &Asked, place: &'a str, id: &EntryId) -> Result<(PathBuf, &'a str)> {
    let (source, line) = place.rsplit_once(':').unwrap_or((place, "0"));
    let Some(config) = asked.settings.archive(id.archive()) else {
        return Err(anyhow!(
            "{id} was read from {place}, but no diary.toml here says where the archive {} is",
            id.archive()
        ));
    };
    if let Some((container, member)) = source.split_once('!') {
        return Err(anyhow!("{id} is in {member} inside {container}, which no editor opens at a line"));
    }
    let path: PathBuf = if config.root.is_file() { config.root.clone() } else { config.root.join(source) };
    if !path.is_file() {
        return Err(anyhow!("{} is not there any more", path.display()));
    }
    Ok((path, line))
}

/// What is said where there is no editor.
pub(crate) const NO_EDITOR: &str = "neither VISUAL nor EDITOR says which editor to use";

/// The editor that the user has.
pub(crate) fn editor() -> Option<String> {
    let set = |name| env::var(name).ok().filter(|editor: &String| !editor.trim().is_empty());
    ["VISUAL", "EDITOR"].into_iter().find_map(set)
}

/// Opens a file at a line; whether the editor ended well.
pub(crate) fn edited(editor: &str, path: &Path, line: &str) -> io::Result<bool> {
    let arguments = at_line(editor, &path.to_string_lossy(), line);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    terminal::run(editor, &arguments)
}

/// How an editor is told a file and a line.
fn at_line(editor: &str, path: &str, line: &str) -> Vec<String> {
    let program = editor.split_whitespace().next().unwrap_or_default();
    let name = Path::new(program).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    match name.as_str() {
        _ if line == "0" => vec![path.to_owned()],
        "code" | "codium" | "code-insiders" | "cursor" => vec!["--goto".to_owned(), format!("{path}:{line}")],
        "subl" | "hx" | "helix" | "zed" | "mate" | "micro" => vec![format!("{path}:{line}")],
        "idea" | "kate" | "gedit" => vec!["--line".to_owned(), line.to_owned(), path.to_owned()],
        // vi and all its kin, emacs, nano, and most others.
        _ => vec![format!("+{line}"), path.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_are_told_the_line_in_their_own_way() {
        for (editor, arguments) in [
            ("vim -f", vec!["+12", "/d/a b.txt"]),
            ("/usr/bin/nano", vec!["+12", "/d/a b.txt"]),
            ("code --wait", vec!["--goto", "/d/a b.txt:12"]),
            ("hx", vec!["/d/a b.txt:12"]),
        ] {
            assert_eq!(at_line(editor, "/d/a b.txt", "12"), arguments);
        }
        assert_eq!(at_line("vi", "/x", "0"), ["/x"]);
    }
}
