//! The authority files: what they do not know yet, and changes to them.

use crate::DONE;
use crate::args::Args;
use anyhow::{Context, Result, anyhow};
use diary::Facet;
use diary_cli::config::{ArchiveConfig, nearest};
use diary_cli::remembered::replace;
use diary_cli::terminal::{Exit, remark};
use diary_ingest::annotate::Suggestion;
use diary_ingest::authority::{self, Exchange};
use diary_render::{one_line, words};
use std::path::PathBuf;

/// A name that no file knows: as a comment how often it stands where, and below it what to paste.
pub(crate) fn suggestion(suggestion: &Suggestion) -> String {
    let Suggestion { form, count, entries, sentences, evidence, toml, .. } = suggestion;
    let times = if *count == 1 { "once".to_owned() } else { format!("{} times", words::number(*count as u64)) };
    let place = if *entries == 1 { "in 1 entry".to_owned() } else { format!("in {}", words::entries(*entries as u64)) };
    let mut text = format!("# {}: {times} {place}", one_line(form));
    if !evidence.is_empty() {
        text.push_str(&format!("; {}", one_line(evidence)));
    }
    text.push('\n');
    for sentence in sentences {
        text.push_str(&format!("#   {}\n", one_line(sentence)));
    }
    format!("{text}{}\n\n", toml.trim_end())
}

const ACTIONS: [&str; 6] = ["accept", "deny", "merge", "split", "import", "export"];

/// Does what `--people` or `--projects` say.
pub(crate) fn change(args: &Args, facet: Facet, words: &[String], archives: &[ArchiveConfig]) -> Result<Exit> {
    let config = whose(args, archives)?;
    let path = file(config, facet);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(anyhow!("cannot read {}: {error}", path.display())),
    };
    if let [action, format] = words
        && action == "export"
    {
        let known = authority::parse(facet, &text).with_context(|| format!("cannot read {}", path.display()))?;
        let format = format_named(format)?;
        let exported = authority::export(&known, format);
        if format == Exchange::Mailmap && exported.is_empty() {
            remark("nobody has a mail address among their altLabel, and .mailmap is of those alone");
        }
        diary_cli::terminal::print(&exported)?;
        return Ok(DONE);
    }
    let (new, done) =
        changed(facet, &text, words).map_err(|error| error.context(format!("{} stays as it is", path.display())))?;
    if args.dry_run {
        diary_cli::terminal::print(&new)?;
        return Ok(DONE);
    }
    match new == text {
        true => remark(&format!("{} says so already", path.display())),
        false => {
            replace(&path, &new).with_context(|| format!("cannot write {}", path.display()))?;
            remark(&format!("{}: {done}; the next search or ingest reads it", path.display()));
        }
    }
    Ok(DONE)
}

/// The new text of a file, and what was done to it.
fn changed(facet: Facet, text: &str, words: &[String]) -> Result<(String, String)> {
    let (action, names) = words.split_first().ok_or_else(|| anyhow!("there is nothing to do"))?;
    if names.iter().any(|name| name.trim().is_empty()) {
        return Err(anyhow!("a name is empty"));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Ok(match (action.as_str(), names.as_slice()) {
        ("accept", [name, others @ ..]) => (authority::accept(facet, text, name, others)?, format!("{name} is in it")),
        ("deny", [form]) => (authority::deny(facet, text, form, "")?, format!("{form} names nobody")),
        ("deny", [form, why @ ..]) => {
            (authority::deny(facet, text, form, &why.join(" "))?, format!("{form} names nobody"))
        }
        ("merge", [from, into]) => (authority::merge(facet, text, from, into)?, format!("{from} is {into} now")),
        ("split", [name]) => (authority::split(facet, text, name)?, format!("{name} stands alone now")),
        ("import", [file]) => {
            let more = std::fs::read(file).with_context(|| format!("cannot read {file}"))?;
            let more =
                String::from_utf8(more).map_err(|_| anyhow!("cannot read {file}: it is not written in UTF-8"))?;
            let format = format_of(file)?;
            let more = authority::import(facet, &more, format).with_context(|| format!("cannot take in {file}"))?;
            if more.trim().is_empty() {
                return Err(anyhow!("{file} names nobody"));
            }
            (authority::adopt(facet, text, &more)?, format!("{file} is in it"))
        }
        ("accept" | "deny", []) => return Err(anyhow!("{action} needs a name")),
        ("import", _) => return Err(anyhow!("import needs one file: .csv, .vcf, .xml, .ttl or .mailmap")),
        ("export", _) => return Err(anyhow!("export needs one format: {}", formats())),
        ("merge", _) => return Err(anyhow!("merge needs two names: the one that goes and the one that stays")),
        ("split", _) => return Err(anyhow!("split needs one name")),
        (other, _) => {
            let near = nearest(other, ACTIONS.into_iter()).map(|near| format!(": did you mean {near}?"));
            let known = || format!(": there are {}", ACTIONS.join(", "));
            return Err(anyhow!("no action {other}{}", near.unwrap_or_else(known)));
        }
    })
}

/// The names of the formats, with commas.
fn formats() -> String {
    Exchange::ALL.map(Exchange::name).join(", ")
}

fn format_named(name: &str) -> Result<Exchange> {
    Exchange::from_name(name).ok_or_else(|| anyhow!("no format {name}: there are {}", formats()))
}

/// The format of a file, by the end of its name.
fn format_of(file: &str) -> Result<Exchange> {
    let end = file.rsplit('.').next().unwrap_or(file).to_ascii_lowercase();
    match end.as_str() {
        "vcf" => Ok(Exchange::Vcard),
        "xml" => Ok(Exchange::Tei),
        "ttl" => Ok(Exchange::Skos),
        end => Exchange::from_name(end)
            .ok_or_else(|| anyhow!("{file} ends as no format does that can be read: .csv, .vcf, .xml, .ttl, .mailmap")),
    }
}

/// The one archive that is meant.
pub(crate) fn whose<'a>(args: &Args, archives: &'a [ArchiveConfig]) -> Result<&'a ArchiveConfig> {
    let names = || archives.iter().map(|config| config.archive.name.as_str()).collect::<Vec<_>>().join(", ");
    match (&args.archive, archives) {
        (_, []) => Err(anyhow!("no archive is known here: name one in a diary.toml")),
        (None, [one]) => Ok(one),
        (None, _) => Err(anyhow!("--archive says whose file: {}", names())),
        (Some(name), _) => {
            let found = archives.iter().find(|config| config.archive.name == *name);
            found.ok_or_else(|| anyhow!("there is no archive {name}: there are {}", names()))
        }
    }
}

/// Its authority file: the one that is known, or the one that would be found beside its sources.
fn file(config: &ArchiveConfig, facet: Facet) -> PathBuf {
    let (known, name) = match facet {
        Facet::Project => (&config.projects, "projects.toml"),
        _ => (&config.people, "people.toml"),
    };
    let folder = if config.root.is_file() { config.root.parent().unwrap_or(&config.root) } else { &config.root };
    known.clone().unwrap_or_else(|| folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_told_from_one_another() {
        let run = |text: &str, line: &str| {
            let words: Vec<String> = line.split('|').map(str::to_owned).collect();
            changed(Facet::Person, text, &words)
        };
        let (text, done) = run("", "accept|Andrew Morton|akpm").unwrap();
        assert!(text.contains("altLabel = [\"akpm\"]") && done == "Andrew Morton is in it", "{text}");
        assert!(run(&text, "deny|mingo|a|machine").unwrap().0.contains("why = \"a machine\""));
        assert!(run(&text, "split|akpm").unwrap().0.contains("prefLabel = \"akpm\""));
        assert!(run(&text, "acept|x").unwrap_err().to_string().contains("did you mean accept?"));
        assert!(run(&text, "merge|x").unwrap_err().to_string().contains("two names"));
        assert!(run(&text, "merge|x|y").is_err());
        assert_eq!(run(&text, "accept|").unwrap_err().to_string(), "a name is empty");
        assert!(run(&text, "import|nowhere.vcf").unwrap_err().to_string().contains("cannot read nowhere.vcf"));
        let empty = tempfile::Builder::new().suffix(".xml").tempfile().unwrap();
        let path = empty.path().display().to_string();
        assert_eq!(run(&text, &format!("import|{path}")).unwrap_err().to_string(), format!("{path} names nobody"));
        assert!(run(&text, "export|a|b").unwrap_err().to_string().contains("csv, vcard, tei, skos, mailmap"));
        assert_eq!(format_of("a/.mailmap").unwrap(), Exchange::Mailmap);
        assert!(format_of("people.doc").unwrap_err().to_string().contains(".vcf"));
        assert!(format_named("vcf").unwrap_err().to_string().contains("vcard"));
    }

    #[test]
    fn what_is_suggested_can_be_pasted() {
        let one = Suggestion {
            facet: Facet::Person,
            form: "Oleg\u{1b} Nesterov".to_owned(),
            count: 3,
            entries: 2,
            sentences: vec!["Saw Oleg\nNesterov.".to_owned()],
            evidence: "a given name".to_owned(),
            toml: "[[person]]\nprefLabel = \"Oleg Nesterov\"\n".to_owned(),
        };
        let text = suggestion(&one);
        assert!(
            text.starts_with("# Oleg␛ Nesterov: 3 times in 2 entries; a given name\n#   Saw Oleg Nesterov.\n[["),
            "{text}"
        );
        assert_eq!(authority::parse(Facet::Person, &text).unwrap().concepts.len(), 1);
    }
}
