//! The archives that an index was built from when it was given folders instead of a `diary.toml`.
//!
//! They stand in a `diary.toml` of the index's own, so that a later ingest of another folder keeps them, and a search can
//! see that their files changed.

use crate::config::{self, ArchiveConfig, ConfigError};
use diary::{Hemisphere, YearStart};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A hidden name, so that it does not make an empty index folder look like somebody else's.
const FILE_NAME: &str = ".archives.toml";

/// The archives that the index in this folder remembers.
///
/// # Errors
///
/// Where the file is there but cannot be understood.
pub fn recall(index: &Path) -> Result<Vec<ArchiveConfig>, ConfigError> {
    let path = index.join(FILE_NAME);
    if path.is_file() { config::read(&path).map(|config| config.archives) } else { Ok(Vec::new()) }
}

/// Makes the index remember these archives and no others. Archives whose paths are no text are not remembered.
///
/// # Errors
///
/// Where the file cannot be written.
pub fn remember(index: &Path, archives: &[ArchiveConfig]) -> io::Result<()> {
    let path = index.join(FILE_NAME);
    let text: String = archives.iter().filter_map(table).collect();
    if std::fs::read_to_string(&path).is_ok_and(|there| there == text) || (text.is_empty() && !path.exists()) {
        return Ok(());
    }
    replace(&path, &text)
}

/// Puts a text in the place of a file at once: no reader ever sees half of it. Its permissions stay.
///
/// # Errors
///
/// Where the folder or the file cannot be written.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    // An authority file may be a link into another folder: the file it leads to is written, and the link stays.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".tmp").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    match std::fs::metadata(&path) {
        Ok(there) => file.as_file().set_permissions(there.permissions())?,
        Err(_) => open_to_readers(file.as_file())?,
    }
    file.persist(&path)?;
    // The new name, too, is to survive a power cut.
    if cfg!(unix) { std::fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

/// A new file is for all to read, as one written by an editor is.
#[cfg(unix)]
fn open_to_readers(file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_readers(_file: &std::fs::File) -> io::Result<()> {
    Ok(())
}

/// An archive as an `[[archive]]` table.
fn table(config: &ArchiveConfig) -> Option<String> {
    let archive = &config.archive;
    let path = |path: &PathBuf| path.to_str().map(quoted);
    let mut text = format!("[[archive]]\nname = {}\n", quoted(&archive.name));
    let mut add = |key: &str, value: String| {
        let _ = writeln!(text, "{key} = {value}");
    };
    add("title", quoted(&archive.title));
    add("root", path(&config.root)?);
    for (key, list) in [("sources", &config.sources), ("exclude", &config.exclude), ("private", &config.private)] {
        if !list.is_empty() {
            add(key, format!("[{}]", list.iter().map(|item| quoted(item)).collect::<Vec<_>>().join(", ")));
        }
    }
    for (key, value) in [("base_url", &archive.base_url), ("language", &archive.lang), ("diarist", &archive.diarist)] {
        value.iter().for_each(|value| add(key, quoted(value)));
    }
    if archive.hemisphere == Hemisphere::South {
        add("hemisphere", quoted("south"));
    }
    if config.calendar_given {
        add("calendar", quoted(&archive.reckoning.calendar.to_string()));
    }
    if archive.reckoning.year_start == YearStart::LadyDay {
        add("year_start", quoted("lady-day"));
    }
    config.profile.heading.iter().for_each(|style| add("headings", quoted(style)));
    config.profile.date_order.iter().for_each(|order| add("date_order", quoted(order.name())));
    config.profile.format.iter().for_each(|format| add("format", quoted(format.name())));
    let beside = ArchiveConfig::of_path(&config.root);
    if config.people != beside.people {
        config.people.as_ref().and_then(path).into_iter().for_each(|value| add("people", value));
    }
    if config.projects != beside.projects {
        config.projects.as_ref().and_then(path).into_iter().for_each(|value| add("projects", value));
    }
    if !config.discover {
        add("discover", "false".to_owned());
    }
    Some(text)
}

/// A text as TOML has it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\U{:08X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_any_language_are_recalled() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["My diary", "Tagebücher é", "日記", "İş günlüğü", "дневник.2024", "-- x", "…"] {
            let root = folder.path().join(name);
            std::fs::create_dir(&root).unwrap();
            let archives = [ArchiveConfig::of_path(&root)];
            remember(folder.path(), &archives).unwrap();
            assert!(recall(folder.path()).unwrap()[0].says_the_same_as(&archives[0]), "{name}");
        }
    }

    #[test]
    fn what_is_remembered_is_recalled() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("old \"diary\"\\\n");
        std::fs::create_dir(&root).unwrap();
        std::fs::write(root.join("people.toml"), "").unwrap();
        assert_eq!(recall(folder.path()).unwrap(), []);
        let text = "[[archive]]\nname = 'a'\nroot = 'x'\nsources = ['*.txt', 'b']\nexclude = ['c']\nprivate = ['p']\n\
                    base_url = 'https://x.org/'\nlanguage = 'de'\nhemisphere = 'south'\ndiarist = 'Me'\n\
                    calendar = 'julian until 1752-09-02'\nyear_start = 'lady-day'\ndiscover = false\n\
                    headings = 'h2'\ndate_order = 'month first'\nformat = 'html'\n";
        let mut archives = config::parse(&folder.path().join("diary.toml"), text).unwrap().archives;
        archives.push(ArchiveConfig::of_path(&root));
        remember(folder.path(), &archives).unwrap();
        let recalled = recall(folder.path()).unwrap();
        assert_eq!(recalled.len(), 2);
        for (one, other) in recalled.iter().zip(&archives) {
            assert!(one.says_the_same_as(other), "{one:?}\n{other:?}");
        }
        remember(folder.path(), &[]).unwrap();
        assert_eq!(recall(folder.path()).unwrap(), []);
    }
}
