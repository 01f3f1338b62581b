//! `diary.toml`: which archives there are and what is known of them.
//!
//! Every key stands in [`KEYS`]; a key that does not is an error that names its line and the nearest key there is.

use diary::{Archive, Calendar, CivilDate, EntryId, Hemisphere, Reckoning, YearStart};
use diary_ingest::{DateOrder, Format, ProfileChoice};
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The name of the file.
pub const FILE_NAME: &str = "diary.toml";

/// A key of the file.
#[derive(Debug)]
pub struct Key {
    /// Whether it stands in an `[[archive]]` table rather than at the top.
    pub of_archive: bool,
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// A value, as the file would have it.
    pub example: &'static str,
}

const fn top(name: &'static str, meaning: &'static str, example: &'static str) -> Key {
    Key { of_archive: false, name, meaning, example }
}

const fn archive(name: &'static str, meaning: &'static str, example: &'static str) -> Key {
    Key { of_archive: true, name, meaning, example }
}

/// Every key.
pub static KEYS: [Key; 22] = [
    top("index", "the folder of the index; .diary-index beside the file if not given", "\".diary-index\""),
    top("limit", "how many hits are shown", "20"),
    top("color", "auto, always or never", "\"auto\""),
    top("archive", "an archive; one table each", "[[archive]]"),
    archive("name", "short and stable, the first part of every entry id", "\"rusty\""),
    archive("title", "what people call it", "\"Rusty Russell's diary\""),
    archive(
        "root",
        "the folder or file that it is read from; the folder of diary.toml if not given",
        "\"corpus/rusty-2003\"",
    ),
    archive(
        "sources",
        "which files of it, as patterns relative to the root; everything readable if not given",
        "[\"*.txt\"]",
    ),
    archive("exclude", "which of those to leave out", "[\"drafts/**\"]"),
    archive("private", "which of those hold private entries, kept in an index of their own", "[\"private/**\"]"),
    archive("base_url", "where its pages are on the web", "\"https://ozlabs.org/~rusty/index-2003.html\""),
    archive("language", "its language, where the text does not say; two letters", "\"en\""),
    archive("hemisphere", "north or south: when its winter is", "\"south\""),
    archive("calendar", "gregorian, julian, or julian until a date", "\"julian until 1752-09-02\""),
    archive("year_start", "january or lady-day: when its printed year begins", "\"january\""),
    archive("headings", "the lines that name its entries, as `diary-ingest --dry-run` calls them", "\"h2\""),
    archive("date_order", "day first or month first: what 04/05/2003 means", "\"day first\""),
    archive("format", "how all of its files are written, as `diary-ingest --dry-run` calls it", "\"text\""),
    archive("diarist", "who wrote it, and is not counted among its people", "\"Rusty Russell\""),
    archive(
        "people",
        "the file of its people; people.toml in its root if there is one",
        "\"corpus/rusty-2003/people.toml\"",
    ),
    archive("projects", "the file of its projects; projects.toml in its root if there is one", "\"projects.toml\""),
    archive("discover", "whether to find people and projects that the files do not name", "true"),
];

/// What a file says. Paths are relative to nothing: they start at the file's own folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The file itself.
    pub path: PathBuf,
    /// `index`.
    pub index: Option<PathBuf>,
    /// `limit`.
    pub limit: Option<usize>,
    /// `color`.
    pub color: Option<Color>,
    /// Every `[[archive]]`.
    pub archives: Vec<ArchiveConfig>,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Color {
    /// Where a terminal reads it.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// One `[[archive]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveConfig {
    /// What is known of it.
    pub archive: Archive,
    /// The folder or file it is read from.
    pub root: PathBuf,
    /// Patterns of its sources.
    pub sources: Vec<String>,
    /// Patterns left out.
    pub exclude: Vec<String>,
    /// Patterns of private sources.
    pub private: Vec<String>,
    /// Its people.
    pub people: Option<PathBuf>,
    /// Its projects.
    pub projects: Option<PathBuf>,
    /// Whether others are to be found.
    pub discover: bool,
    /// Whether the calendar was given, rather than left to be found out.
    pub calendar_given: bool,
    /// What else of its profile was given.
    pub profile: ProfileChoice,
    /// The line of its name.
    line: usize,
}

impl ArchiveConfig {
    /// An archive of which only a place is known: named after it, its authority files beside it.
    pub fn of_path(root: &Path) -> Self {
        let stem = root.file_stem().or(root.file_name()).map(|name| name.to_string_lossy().into_owned());
        let name = Some(diary::slug(&stem.unwrap_or_default(), false)).filter(|name| !name.is_empty());
        Self::new(Archive::named(&name.unwrap_or_else(|| "diary".to_owned())), root.to_owned(), 0)
    }

    /// Whether both say the same, wherever that is written.
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        *self == Self { line: self.line, ..other.clone() }
    }

    fn new(archive: Archive, root: PathBuf, line: usize) -> Self {
        let beside = |name: &str| {
            let folder = if root.is_file() { root.parent().unwrap_or(&root) } else { &root };
            Some(folder.join(name)).filter(|path| path.is_file())
        };
        Self {
            people: beside("people.toml"),
            projects: beside("projects.toml"),
            archive,
            sources: Vec::new(),
            exclude: Vec::new(),
            private: Vec::new(),
            discover: true,
            calendar_given: false,
            profile: ProfileChoice::default(),
            root,
            line,
        }
    }
}

/// Why a file cannot be used: `diary.toml:7: no key “titel” …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1; 0 for the whole file.
    pub line: usize,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path.display(), self.message),
            line => write!(f, "{}:{line}: {}", self.path.display(), self.message),
        }
    }
}

impl std::error::Error for ConfigError {}

/// Reads a file.
///
/// # Errors
///
/// Where it cannot be read, is no TOML, or says something that is not understood.
pub fn read(path: &Path) -> Result<Config, ConfigError> {
    let error = |message| ConfigError { path: path.to_owned(), line: 0, message };
    let text = std::fs::read_to_string(path).map_err(|failure| error(format!("cannot be read: {failure}")))?;
    parse(path, &text)
}

/// The same for a text that stands in the file of this path.
///
/// # Errors
///
/// As [`read`].
pub fn parse(path: &Path, text: &str) -> Result<Config, ConfigError> {
    let reader = Reader { path, text, folder: path.parent().unwrap_or(Path::new("")) };
    let table = DeTable::parse(text)
        .map_err(|failure| reader.error(failure.span().unwrap_or(0..0), failure.message().replace('\n', ", ")))?;
    reader.config(table.get_ref())
}

type Value<'a> = Spanned<DeValue<'a>>;

struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
    folder: &'a Path,
}

impl Reader<'_> {
    fn config(&self, table: &DeTable) -> Result<Config, ConfigError> {
        let mut config =
            Config { path: self.path.to_owned(), index: None, limit: None, color: None, archives: Vec::new() };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "index" => config.index = Some(self.path_of(value)?),
                "limit" => config.limit = Some(self.number(value)?),
                "color" => {
                    let colors = [("auto", Color::Auto), ("always", Color::Always), ("never", Color::Never)];
                    config.color = Some(self.one_of(value, &colors)?);
                }
                "archive" => config.archives = self.archives(value)?,
                other => return Err(self.unknown(key.span(), other, false)),
            }
        }
        Ok(config)
    }

    fn archives(&self, value: &Value) -> Result<Vec<ArchiveConfig>, ConfigError> {
        let tables =
            value.get_ref().as_array().ok_or_else(|| self.wrong(value, "written [[archive]], one table each"))?;
        let mut archives: Vec<ArchiveConfig> = Vec::new();
        for table in tables.iter() {
            let archive = self.archive(table)?;
            if let Some(other) = archives.iter().find(|other| other.archive.name == archive.archive.name) {
                let message = format!("“{}” is the archive of line {} already", archive.archive.name, other.line);
                return Err(ConfigError { path: self.path.to_owned(), line: archive.line, message });
            }
            archives.push(archive);
        }
        Ok(archives)
    }

    fn archive(&self, value: &Value) -> Result<ArchiveConfig, ConfigError> {
        let table = value.get_ref().as_table().ok_or_else(|| self.wrong(value, "a table: [[archive]]"))?;
        let find = |name: &str| table.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value);
        let named = find("name").ok_or_else(|| self.error(value.span(), "this archive needs a name"))?;
        let root = find("root").map(|root| self.path_of(root)).transpose()?;
        let line = self.line(named.span());
        let mut archive = ArchiveConfig::new(
            Archive::named(&self.name(named)?),
            root.unwrap_or_else(|| self.folder.to_owned()),
            line,
        );
        for (key, value) in table {
            self.archive_key(key, value, &mut archive)?;
        }
        Ok(archive)
    }

    fn archive_key(
        &self,
        key: &Spanned<toml::de::DeString>,
        value: &Value,
        config: &mut ArchiveConfig,
    ) -> Result<(), ConfigError> {
        let archive = &mut config.archive;
        match key.get_ref().as_ref() {
            "name" | "root" => {}
            "title" => archive.title = self.string(value)?,
            "sources" => config.sources = self.strings(value)?,
            "exclude" => config.exclude = self.strings(value)?,
            "private" => config.private = self.strings(value)?,
            "base_url" => archive.base_url = Some(self.address(value)?),
            "language" => archive.lang = Some(self.language(value)?),
            "hemisphere" => {
                archive.hemisphere =
                    self.one_of(value, &[("north", Hemisphere::North), ("south", Hemisphere::South)])?;
            }
            "calendar" => {
                config.calendar_given = true;
                archive.reckoning = Reckoning { calendar: self.calendar(value)?, ..archive.reckoning };
            }
            "year_start" => {
                let starts = [("january", YearStart::January), ("lady-day", YearStart::LadyDay)];
                archive.reckoning = Reckoning { year_start: self.one_of(value, &starts)?, ..archive.reckoning };
            }
            "headings" => config.profile.heading = Some(self.string(value)?),
            "date_order" => {
                let orders = [DateOrder::DayFirst, DateOrder::MonthFirst].map(|order| (order.name(), order));
                config.profile.date_order = Some(self.one_of(value, &orders)?);
            }
            "format" => {
                config.profile.format = Some(self.one_of(value, &Format::ALL.map(|format| (format.name(), format)))?);
            }
            "diarist" => archive.diarist = Some(self.string(value)?),
            "people" => config.people = Some(self.file(value)?),
            "projects" => config.projects = Some(self.file(value)?),
            "discover" => {
                let truth = value.get_ref().as_bool();
                config.discover = truth.ok_or_else(|| self.wrong(value, "true or false"))?;
            }
            other => return Err(self.unknown(key.span(), other, true)),
        }
        Ok(())
    }

    fn string(&self, value: &Value) -> Result<String, ConfigError> {
        let text = value.get_ref().as_str().ok_or_else(|| self.wrong(value, "a text in quotes"))?;
        Ok(text.to_owned())
    }

    fn strings(&self, value: &Value) -> Result<Vec<String>, ConfigError> {
        match value.get_ref() {
            DeValue::String(one) => Ok(vec![one.to_string()]),
            DeValue::Array(several) => several.iter().map(|value| self.string(value)).collect(),
            _ => Err(self.wrong(value, "a list of texts in quotes")),
        }
    }

    fn number(&self, value: &Value) -> Result<usize, ConfigError> {
        let digits = value.get_ref().as_integer().map(|number| number.as_str().to_owned());
        digits.and_then(|digits| digits.parse().ok()).ok_or_else(|| self.wrong(value, "a whole number"))
    }

    fn path_of(&self, value: &Value) -> Result<PathBuf, ConfigError> {
        Ok(self.folder.join(self.string(value)?))
    }

    fn file(&self, value: &Value) -> Result<PathBuf, ConfigError> {
        let path = self.path_of(value)?;
        match path.is_file() {
            true => Ok(path),
            false => Err(self.error(value.span(), format!("there is no file {}", path.display()))),
        }
    }

    /// The first part of every entry id, and so of addresses.
    fn name(&self, value: &Value) -> Result<String, ConfigError> {
        let name = self.string(value)?;
        // Folders have names in every language, and an archive is called after its own.
        let is_letter = |c: char| match c.is_ascii() {
            true => c.is_ascii_lowercase() || c.is_ascii_digit(),
            false => !c.is_uppercase() && !c.is_whitespace() && !c.is_control(),
        };
        match name.starts_with(is_letter) && name.chars().all(|c| is_letter(c) || matches!(c, '-' | '_' | '.')) {
            true => Ok(name),
            false => Err(self.wrong(value, "lower-case letters, digits and hyphens, such as \"rusty\"")),
        }
    }

    fn address(&self, value: &Value) -> Result<String, ConfigError> {
        let address = self.string(value)?;
        match ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme)) {
            true => Ok(address),
            false => Err(self.wrong(value, "an address that begins with https:// or http://")),
        }
    }

    fn language(&self, value: &Value) -> Result<String, ConfigError> {
        let code = self.string(value)?;
        match code.len() == 2 && code.chars().all(|c| c.is_ascii_lowercase()) {
            true => Ok(code),
            false => Err(self.wrong(value, "a language code of two letters, such as \"en\"")),
        }
    }

    fn calendar(&self, value: &Value) -> Result<Calendar, ConfigError> {
        let text = self.string(value)?;
        let until = |date: &str| EntryId::new("a", date, 1).date();
        let read: Option<Calendar> = match text.as_str() {
            "gregorian" => Some(Calendar::Gregorian),
            "julian" => Some(Calendar::Julian),
            text => {
                text.strip_prefix("julian until ").and_then(until).map(|date: CivilDate| Calendar::JulianUntil(date))
            }
        };
        read.ok_or_else(|| self.wrong(value, "\"gregorian\", \"julian\", or \"julian until 1752-09-02\""))
    }

    fn one_of<T: Copy>(&self, value: &Value, known: &[(&str, T)]) -> Result<T, ConfigError> {
        let text = value.get_ref().as_str().unwrap_or_default();
        let found = known.iter().find(|(name, _)| *name == text).map(|(_, meaning)| *meaning);
        let names: Vec<String> = known.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        found.ok_or_else(|| self.wrong(value, &names.join(" or ")))
    }

    fn wrong(&self, value: &Value, expected: &str) -> ConfigError {
        let written: String = self.text.get(value.span()).unwrap_or_default().chars().take(60).collect();
        self.error(value.span(), format!("{} is not {expected}", written.lines().next().unwrap_or_default()))
    }

    fn unknown(&self, span: Range<usize>, name: &str, of_archive: bool) -> ConfigError {
        let known = KEYS.iter().filter(|key| key.of_archive == of_archive).map(|key| key.name);
        let place = if of_archive { "in [[archive]]" } else { "at the top" };
        let elsewhere = KEYS.iter().any(|key| key.of_archive != of_archive && key.name == name);
        let help = match nearest(name, known.clone()) {
            _ if elsewhere && of_archive => "it stands at the top of the file, before the first [[archive]]".to_owned(),
            _ if elsewhere => "it belongs under [[archive]]".to_owned(),
            Some(near) => format!("did you mean {near}?"),
            None => format!("there are {}", known.collect::<Vec<_>>().join(", ")),
        };
        self.error(span, format!("no key “{name}” {place}: {help}"))
    }

    fn error(&self, span: Range<usize>, message: impl Into<String>) -> ConfigError {
        ConfigError { path: self.path.to_owned(), line: self.line(span), message: message.into() }
    }

    fn line(&self, span: Range<usize>) -> usize {
        self.text.get(..span.start).unwrap_or(self.text).matches('\n').count() + 1
    }
}

/// The known word that `word` is most likely a slip of.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let distance = |known: &str| strsim::damerau_levenshtein(&word.to_lowercase(), known);
    let near = known.map(|known| (distance(known), known)).min();
    near.filter(|(distance, known)| *distance <= 1 + known.len() / 4).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, error: &str) {
        let found = parse(Path::new("diary.toml"), text).unwrap_err().to_string();
        assert_eq!(found, error);
    }

    #[test]
    fn errors_name_the_line_and_the_way_out() {
        for (text, error) in [
            ("limt = 3", "diary.toml:1: no key “limt” at the top: did you mean limit?"),
            ("colour = 'never'", "diary.toml:1: no key “colour” at the top: did you mean color?"),
            ("\nlimit = 'x'", "diary.toml:2: 'x' is not a whole number"),
            ("limit = -1", "diary.toml:1: -1 is not a whole number"),
            ("title = 'x'", "diary.toml:1: no key “title” at the top: it belongs under [[archive]]"),
            (
                "[[archive]]\nname = 'a'\ntitel = 'x'",
                "diary.toml:3: no key “titel” in [[archive]]: did you mean title?",
            ),
            (
                "[[archive]]\nname = 'a'\nlimit = 3",
                "diary.toml:3: no key “limit” in [[archive]]: it stands at the top of the file, before the first [[archive]]",
            ),
            ("[[archive]]\ntitle = 'x'", "diary.toml:1: this archive needs a name"),
            (
                "[[archive]]\nname = 'A b'",
                "diary.toml:2: 'A b' is not lower-case letters, digits and hyphens, such as \"rusty\"",
            ),
            ("[[archive]]\nname = 'a'\n[[archive]]\nname = 'a'", "diary.toml:4: “a” is the archive of line 2 already"),
            ("[[archive]]\nname = 'a'\nhemisphere = 'down'", "diary.toml:3: 'down' is not \"north\" or \"south\""),
            (
                "[[archive]]\nname = 'a'\ncalendar = 'julian until x'",
                "diary.toml:3: 'julian until x' is not \"gregorian\", \"julian\", or \"julian until 1752-09-02\"",
            ),
            (
                "[[archive]]\nname = 'a'\nlanguage = 'english'",
                "diary.toml:3: 'english' is not a language code of two letters, such as \"en\"",
            ),
            (
                "[[archive]]\nname = 'a'\nbase_url = 'x.org'",
                "diary.toml:3: 'x.org' is not an address that begins with https:// or http://",
            ),
            ("[[archive]]\nname = 'a'\npeople = 'none.toml'", "diary.toml:3: there is no file none.toml"),
            ("[[archive]]\nname = 'a'\nsources = [1]", "diary.toml:3: 1 is not a text in quotes"),
            ("[archive]\nname = 'a'", "diary.toml:1: [archive] is not written [[archive]], one table each"),
            ("xyzzy = 1", "diary.toml:1: no key “xyzzy” at the top: there are index, limit, color, archive"),
        ] {
            check(text, error);
        }
        assert!(parse(Path::new("diary.toml"), "a = [").unwrap_err().to_string().starts_with("diary.toml:1: "));
    }

    #[test]
    fn a_whole_file() {
        let text = "index = 'ix'\n[[archive]]\nname = 'rusty'\ntitle = 'Diary'\nroot = 'corpus'\nsources = '*.txt'\n\
                    hemisphere = 'south'\ncalendar = 'julian until 1752-09-02'\nyear_start = 'lady-day'\n\
                    headings = 'h2'\ndate_order = 'month first'\nformat = 'html'\n";
        let config = parse(Path::new("/w/diary.toml"), text).unwrap();
        let [archive] = config.archives.as_slice() else { panic!("one archive") };
        assert_eq!(
            (config.index.as_deref(), archive.root.as_path()),
            (Some(Path::new("/w/ix")), Path::new("/w/corpus"))
        );
        assert_eq!(archive.archive.hemisphere, Hemisphere::South);
        assert_eq!(archive.archive.reckoning.calendar.to_string(), "julian until 1752-09-02");
        assert_eq!(archive.sources, ["*.txt"]);
        assert_eq!(archive.profile.date_order, Some(DateOrder::MonthFirst));
        assert_eq!((archive.profile.heading.as_deref(), archive.profile.format), (Some("h2"), Some(Format::Html)));
        assert_eq!(ArchiveConfig::of_path(Path::new("/x/Old Diary")).archive.name, "old-diary");
    }

    #[test]
    fn every_key_is_read() {
        for key in &KEYS {
            let text = match (key.of_archive, key.name) {
                (false, "archive") => "[[archive]]\nname = 'a'".to_owned(),
                (false, name) => format!("{name} = {}", key.example),
                (true, "name") => format!("[[archive]]\nname = {}", key.example),
                (true, name) => format!("[[archive]]\nname = 'a'\n{name} = {}", key.example),
            };
            let read = parse(Path::new("diary.toml"), &text);
            let is_file = matches!(key.name, "people" | "projects");
            assert!(is_file || read.is_ok(), "{text}: {read:?}");
            assert!(!read.is_err_and(|error| error.message.contains("no key")), "{text}");
        }
    }
}
