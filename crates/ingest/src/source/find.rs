//! Finds the sources of an archive, and opens them so that nothing but a regular file inside it is ever read.

use crate::date::path::is_hash;
use crate::input::{ArchiveInput, Limits};
use crate::problem::{Problem, ProblemKind};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::{DirEntry, WalkBuilder};
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

/// A file of an archive, not yet read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Relative to the archive, `/` between folders. A name that is no UTF-8 is shown with replacement characters.
    pub path: String,
    /// Its size in bytes when it was found.
    pub bytes: u64,
    /// When it was last changed, as far as the file system says.
    pub modified: Option<SystemTime>,
    pub(crate) file: PathBuf,
}

/// What [`find`] found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The sources, in the order that people count: `chapter-2` before `chapter-10`.
    pub sources: Vec<Source>,
    /// What could not be looked at, and why.
    pub problems: Vec<Problem>,
}

/// Extensions of files that go with pages and are no diary.
const ASSETS: &[&str] = &[
    "css", "js", "mjs", "map", "png", "jpg", "jpeg", "gif", "svg", "ico", "webp", "avif", "bmp", "tif", "tiff", "woff",
    "woff2", "ttf", "otf", "eot", "mp3", "mp4", "ogg", "wav", "flac", "mov", "avi", "webm", "psd", "swf", "class", "o",
    "so", "exe", "dll", "toml", "ini", "cfg", "conf", "rb", "py", "sh", "scss", "less", "ts", "lock", "pyc", "heic",
    "m4a", "m4v", "3gp", "edn", "opf", "ncx",
];

/// Finds the sources of an archive without reading any. Links are not followed, hidden files are left alone, and a
/// `.diaryignore` in a folder is honoured.
pub fn find(input: &ArchiveInput, limits: &Limits) -> Found {
    let mut search = Search::new(input, limits);
    search.walk();
    search.end()
}

/// A walk through the files of an archive.
struct Search<'a> {
    input: &'a ArchiveInput,
    limits: &'a Limits,
    root: PathBuf,
    /// Only what these match is taken, where they are.
    wanted: Option<Gitignore>,
    /// What these match is not.
    unwanted: Option<Gitignore>,
    found: Found,
    /// Logs of changes, which are taken only where there is nothing else.
    change_logs: Vec<Source>,
}

impl<'a> Search<'a> {
    fn new(input: &'a ArchiveInput, limits: &'a Limits) -> Self {
        let mut found = Found::default();
        let wanted = globs(&input.sources, "sources", &mut found.problems);
        let unwanted = globs(&input.exclude, "exclude", &mut found.problems);
        // A root that is itself a link is what the caller named; links below it are not followed.
        let root = std::fs::canonicalize(&input.root).unwrap_or_else(|_| input.root.clone());
        Self { input, limits, root, wanted, unwanted, found, change_logs: Vec::new() }
    }

    /// Looks at every file that is neither hidden nor in a folder that is closed.
    fn walk(&mut self) {
        if let Err(error) = std::fs::symlink_metadata(&self.input.root) {
            let path = relative(&self.input.root, &self.input.root);
            return self.report(ProblemKind::Unreadable, &path, words(&error));
        }
        let closed = Closed::default();
        if closed.lets_in(&self.root) {
            self.walk_below(&closed);
        }
        for folder in closed.folders() {
            let path = if folder == self.root { String::new() } else { relative(&self.root, &folder) };
            let message =
                format!("Its {IGNORED} cannot be read or understood, so that all of the folder was left out.");
            self.report(ProblemKind::Unreadable, &path, message);
        }
    }

    fn walk_below(&mut self, closed: &Closed) {
        for file in files(&self.root, closed) {
            let file = match file {
                Ok(file) if file.file_type().is_some_and(|kind| !kind.is_dir()) => file,
                Ok(_) => continue,
                Err(error) => {
                    self.pass_over(&error);
                    continue;
                }
            };
            let path = relative(&self.root, file.path());
            if !self.is_wanted(&path) {
                continue;
            }
            let most = self.limits.sources;
            if self.found.sources.len() >= most {
                let message = format!("The archive has more than {most} sources; the rest was left out.");
                return self.report(ProblemKind::ContainerLimit, &path, message);
            }
            self.take(&file, path);
        }
    }

    /// Takes a file as a source, or says why not.
    fn take(&mut self, file: &DirEntry, path: String) {
        let Some(kind) = file.file_type() else { return };
        if kind.is_symlink() {
            let message = "It is a symbolic link, and links are not followed.".to_owned();
            return self.report(ProblemKind::SkippedLink, &path, message);
        }
        if !kind.is_file() {
            let message = "It is a pipe, socket or device, and was not opened.".to_owned();
            return self.report(ProblemKind::SkippedSpecial, &path, message);
        }
        let is_named = self.input.root.is_file() || self.wanted.is_some();
        let place = match is_aside(&path) {
            true if !is_named && is_change_log(&path) => &mut self.change_logs,
            true if !is_named => return,
            _ => &mut self.found.sources,
        };
        let metadata = file.metadata().ok();
        place.push(Source {
            bytes: metadata.as_ref().map_or(0, Metadata::len),
            modified: metadata.and_then(|metadata| metadata.modified().ok()),
            file: file.path().to_owned(),
            path,
        });
    }

    /// Whether the patterns let a file in.
    fn is_wanted(&self, path: &str) -> bool {
        let matches = |globs: &Gitignore| globs.matched_path_or_any_parents(Path::new(path), false).is_ignore();
        self.wanted.as_ref().is_none_or(matches) && !self.unwanted.as_ref().is_some_and(matches)
    }

    fn pass_over(&mut self, error: &ignore::Error) {
        let path = error_path(error).map_or_else(String::new, |path| relative(&self.root, &path));
        let message = error.io_error().map_or_else(|| "It could not be looked at.".to_owned(), words);
        self.report(ProblemKind::Unreadable, &path, message);
    }

    fn report(&mut self, kind: ProblemKind, path: &str, message: String) {
        self.found.problems.push(Problem::of_source(kind, path, message));
    }

    /// What was found, in order.
    fn end(self) -> Found {
        let mut found = self.found;
        // The log of a program's changes is its diary, where there is no other.
        if found.sources.is_empty() {
            found.sources = self.change_logs;
        }
        found.sources.sort_by(|a, b| natural(&a.path, &b.path));
        without_lists(&mut found.sources, |source| &source.path);
        found.problems.sort_by(|a, b| natural(&a.source, &b.source));
        found
    }
}

/// Every file and folder below `root` that is shown, and that no `.diaryignore` leaves out.
fn files(root: &Path, closed: &Closed) -> ignore::Walk {
    let closed = closed.clone();
    let is_shown = move |entry: &DirEntry| {
        let folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let shown = || !is_hidden(entry.file_name(), folder) && !entry.path().ends_with(COPIES);
        entry.depth() == 0 || shown() && (!folder || closed.lets_in(entry.path()))
    };
    WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(false)
        .parents(false)
        .follow_links(false)
        .add_custom_ignore_filename(IGNORED)
        .filter_entry(is_shown)
        .build()
}

/// The folders of which it cannot be told what is to be left out.
#[derive(Clone, Default)]
struct Closed(Arc<Mutex<Vec<PathBuf>>>);

impl Closed {
    /// Whether a folder may be looked into; remembered where it may not.
    fn lets_in(&self, folder: &Path) -> bool {
        let is_open = can_be_heeded(&folder.join(IGNORED));
        if !is_open && let Ok(mut closed) = self.0.lock() {
            closed.push(folder.to_owned());
        }
        is_open
    }

    fn folders(&self) -> Vec<PathBuf> {
        self.0.lock().map(|closed| closed.clone()).unwrap_or_default()
    }
}

/// Where Logseq keeps what its pages were before.
const COPIES: &str = "logseq/bak";

/// Whether a name is of those that folders do not show. What finger shows is a diary.
fn is_hidden(name: &OsStr, folder: bool) -> bool {
    name.as_encoded_bytes().starts_with(b".") && (folder || name != ".plan")
}

/// The file that says which sources beside and below it are no part of an archive.
const IGNORED: &str = ".diaryignore";

/// Whether a file of patterns is not there, or says in full what to leave out. One that cannot be read or understood may
/// mean anything, a link may lead anywhere, and a pipe may never end.
fn can_be_heeded(path: &Path) -> bool {
    const LONGEST: u64 = 1024 * 1024;
    match std::fs::symlink_metadata(path) {
        Err(error) => matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory),
        Ok(metadata) if !metadata.is_file() || metadata.len() > LONGEST => false,
        Ok(_) => std::fs::read_to_string(path).is_ok_and(|text| {
            let mut builder = GitignoreBuilder::new("");
            text.lines().all(|line| builder.add_line(None, line).is_ok())
        }),
    }
}

/// Matches paths against patterns as `.gitignore` writes them; nothing for no patterns.
pub(crate) fn globs(patterns: &[String], setting: &str, problems: &mut Vec<Problem>) -> Option<Gitignore> {
    if patterns.is_empty() {
        return None;
    }
    let mut builder = GitignoreBuilder::new("");
    for pattern in patterns {
        if builder.add_line(None, pattern).is_err() {
            let message = format!("The pattern “{pattern}” in “{setting}” cannot be understood.");
            problems.push(Problem::of_source(ProblemKind::BadSetting, "", message));
        }
    }
    builder.build().ok()
}

fn error_path(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error_path(err),
        ignore::Error::Loop { child, .. } => Some(child.clone()),
        _ => None,
    }
}

fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let below = if below.as_os_str().is_empty() { path.file_name().map_or(below, Path::new) } else { below };
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Files that speak of an archive and are no part of it.
const COMPANIONS: &[&str] = &[
    "readme",
    "license",
    "licence",
    "license-note",
    "copying",
    "contributing",
    "changelog",
    "authors",
    "notice",
    "makefile",
    "dockerfile",
    "gemfile",
    "robots",
    "mimetype",
];

/// Takes out the tables that list the pages of a folder and are named after it, as Notion exports them.
pub(crate) fn without_lists<T>(files: &mut Vec<T>, path: impl Fn(&T) -> &str) {
    let list = |file: &T| {
        let stem = path(file).strip_suffix(".csv")?.trim_end_matches("_all");
        stem.rsplit_once(' ').filter(|(_, hash)| is_hash(hash)).map(|(name, _)| name.to_owned())
    };
    if !files.iter().any(|file| list(file).is_some()) {
        return;
    }
    let pages = files.iter().filter_map(|file| path(file).rsplit_once('/'));
    // Some exports have the hash in the names of folders, and some have not.
    let name = |folder: &str| {
        folder.rsplit_once(' ').filter(|(_, hash)| is_hash(hash)).map_or(folder, |(name, _)| name).to_owned()
    };
    let folders: HashSet<String> = pages.map(|(folder, _)| name(folder)).collect();
    files.retain(|file| list(file).is_none_or(|stem| !folders.contains(&stem)));
}

/// Whether a file goes with an archive without being part of it.
pub(crate) fn is_aside(path: &str) -> bool {
    is_asset(path) || is_companion(path)
}

fn is_companion(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let stem = name.split('.').next().unwrap_or_default();
    // What Google lays beside an export to look around in it.
    let of_bundle =
        name == "info.json" && path.rsplit('/').nth(1).is_some_and(|folder| folder.ends_with(".textbundle"));
    COMPANIONS.contains(&stem) && !name.ends_with(".html") || name == "archive_browser.html" || of_bundle
}

fn is_change_log(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    name.split(['.', '-', '_']).next() == Some("changelog") && !is_asset(path)
}

fn is_asset(path: &str) -> bool {
    let extension =
        path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, end)| end.to_ascii_lowercase());
    // Twitter hands out what one wrote as a script: `data/tweets.js`, `tweets-part1.js`.
    let name = path.rsplit('/').next().unwrap_or_default();
    let tweets = name.starts_with("tweet") && extension.as_deref() == Some("js");
    let is_diary = tweets || extension.as_deref() == Some("toml") && is_diary(path);
    !is_diary && extension.is_some_and(|extension| ASSETS.contains(&extension.as_str()))
}

/// Whether a file of a kind that settings are mostly written in is a diary by its name: `2016.toml`, `journal.toml`.
fn is_diary(path: &str) -> bool {
    const NAMES: [&str; 6] = ["journal", "entries", "posts", "log", "notes", "tagebuch"];
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_ascii_lowercase();
    NAMES.iter().any(|known| stem.contains(known)) || crate::date::path::read(name).parts.year.is_some()
}

/// Compares paths so that numbers in them count: `chapter-2` before `chapter-10`.
pub(crate) fn natural(a: &str, b: &str) -> std::cmp::Ordering {
    let (mut one, mut two) = (a.as_bytes(), b.as_bytes());
    loop {
        match (one.first(), two.first()) {
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let figures = |bytes: &[u8]| bytes.iter().take_while(|b| b.is_ascii_digit()).count();
                let (m, n) = (figures(one), figures(two));
                let plain = |bytes: &[u8]| bytes.iter().position(|b| *b != b'0').unwrap_or(bytes.len());
                let (x, y) = (&one[plain(&one[..m])..m], &two[plain(&two[..n])..n]);
                let order = x.len().cmp(&y.len()).then_with(|| x.cmp(y));
                if order.is_ne() {
                    return order;
                }
                (one, two) = (&one[m..], &two[n..]);
            }
            (Some(x), Some(y)) if x == y => (one, two) = (&one[1..], &two[1..]),
            // A folder's files stand together.
            (Some(b'/'), Some(_)) => return std::cmp::Ordering::Less,
            (Some(_), Some(b'/')) => return std::cmp::Ordering::Greater,
            (Some(x), Some(y)) => return x.cmp(y),
            (None, None) => return a.cmp(b),
            (None, Some(_)) => return std::cmp::Ordering::Less,
            (Some(_), None) => return std::cmp::Ordering::Greater,
        }
    }
}

impl Source {
    /// Reads the whole file, if it is still a regular file no larger than `limit` bytes. One that changes during the
    /// read is read once more.
    ///
    /// # Errors
    /// Says in words why it could not be read; a file that grew past the limit while it was read, or that changed during
    /// both reads, is left out.
    pub fn read(&self, limit: u64) -> Result<Vec<u8>, Problem> {
        for _ in 0..2 {
            if let Some(bytes) = self.read_once(limit)? {
                return Ok(bytes);
            }
        }
        let message = "It went on changing while it was read, and was left out.";
        Err(Problem::of_source(ProblemKind::Unreadable, &self.path, message))
    }

    /// The bytes of the file, or nothing if it changed meanwhile.
    fn read_once(&self, limit: u64) -> Result<Option<Vec<u8>>, Problem> {
        let refuse = |kind, message: String| Problem::of_source(kind, &self.path, message);
        let unreadable = |error: std::io::Error| refuse(ProblemKind::Unreadable, words(&error));
        let too_large = || {
            let message = format!("It is larger than {}, the most that is read of one file.", size(limit));
            refuse(ProblemKind::TooLarge, message)
        };
        let mut file = open(&self.file).map_err(unreadable)?;
        let metadata = file.metadata().map_err(unreadable)?;
        if !metadata.is_file() {
            let message = "It is a pipe, socket or device, and was not opened.".to_owned();
            return Err(refuse(ProblemKind::SkippedSpecial, message));
        }
        if metadata.len() > limit {
            return Err(too_large());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
        file.by_ref().take(limit + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 > limit {
            return Err(too_large());
        }
        let after = file.metadata().map_err(unreadable)?;
        let same = bytes.len() as u64 == metadata.len()
            && after.len() == metadata.len()
            && after.modified().ok() == metadata.modified().ok();
        Ok(same.then_some(bytes))
    }

    /// The content hash that decides whether a source has changed.
    ///
    /// # Errors
    /// As [`Source::read`].
    pub fn hash(&self, limit: u64) -> Result<[u8; 32], Problem> {
        self.read(limit).map(|bytes| *blake3::hash(&bytes).as_bytes())
    }
}

/// Opens a file, but neither through a link nor waiting for a pipe.
#[cfg(unix)]
fn open(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().read(true).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_CLOEXEC).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> std::io::Result<File> {
    File::open(path)
}

/// An error of the file system in words, without a path.
fn words(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "It is not there.".to_owned(),
        ErrorKind::PermissionDenied => "It may not be read: permission denied.".to_owned(),
        _ => format!("It could not be read: {}.", error.kind()),
    }
}

/// A size for people: `64 MB`.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} kB", bytes / 1024),
        _ => format!("{} MB", bytes / 1_048_576),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use diary::Archive;

    #[test]
    fn numbers_in_names_count() {
        let mut paths = ["c-10", "c-2", "a/x", "a-b", "c-02", "c-1"];
        paths.sort_by(|a, b| natural(a, b));
        assert_eq!(paths, ["a/x", "a-b", "c-1", "c-02", "c-2", "c-10"]);
    }

    #[test]
    fn only_files_inside_are_found() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("archive");
        std::fs::create_dir_all(root.join("b")).unwrap();
        std::fs::write(root.join("a.txt"), "a").unwrap();
        std::fs::write(root.join("b/c.txt"), "c").unwrap();
        std::fs::write(root.join("style.css"), "c").unwrap();
        std::fs::write(root.join(".hidden"), "c").unwrap();
        std::fs::write(dir.path().join("outside.txt"), "secret").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(dir.path().join("outside.txt"), root.join("link.txt")).unwrap();
        let mut input = ArchiveInput::new(Archive::named("x"), &root);
        let paths = |input: &ArchiveInput| {
            find(input, &Limits::default()).sources.into_iter().map(|source| source.path).collect::<Vec<_>>()
        };
        assert_eq!(paths(&input), ["a.txt", "b/c.txt"]);
        input.exclude = vec!["b/".to_owned()];
        assert_eq!(paths(&input), ["a.txt"]);
        input.exclude.clear();
        input.sources = vec!["b/*.txt".to_owned()];
        assert_eq!(paths(&input), ["b/c.txt"]);
        #[cfg(unix)]
        assert!(
            find(&ArchiveInput::new(Archive::named("x"), &root), &Limits::default())
                .problems
                .iter()
                .any(|p| p.kind == ProblemKind::SkippedLink)
        );
        input.root = root.join("gone");
        assert_eq!(find(&input, &Limits::default()).problems.len(), 1);
    }
}
