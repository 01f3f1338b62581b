//! What holds for one run: a flag before the environment, the project's `diary.toml` before the user's.

use crate::config::{self, ArchiveConfig, Color, Config, ConfigError, FILE_NAME};
use crate::remembered::recall;
use diary_index_schema::store::IndexDir;
use etcetera::{BaseStrategy, choose_base_strategy};
use std::cell::LazyCell;
use std::env;
use std::path::{Path, PathBuf};

/// The flags that every program has. The environment stands in for a flag that is not given.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Shared {
    /// The folder of the index
    #[arg(
        long,
        value_name = "DIR",
        env = "DIARY_SEARCH_INDEX",
        hide_env_values = true,
        hide_short_help = true,
        help_heading = "Places"
    )]
    pub index: Option<PathBuf>,
    /// The diary.toml to use, in place of the one found upward from here
    #[arg(
        long,
        value_name = "FILE",
        env = "DIARY_SEARCH_CONFIG",
        hide_env_values = true,
        hide_short_help = true,
        help_heading = "Places"
    )]
    pub config: Option<PathBuf>,
}

/// A value, and where it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen<T> {
    /// The value.
    pub value: T,
    /// In words, for `-v`.
    pub from: String,
}

/// What holds for this run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The configuration files that were read, the project's first.
    pub files: Vec<PathBuf>,
    /// The folder of the index.
    pub index: Chosen<PathBuf>,
    /// Whether that folder was named for this run, rather than found.
    pub index_is_named: bool,
    /// The archives of the nearest file that has any.
    pub archives: Vec<ArchiveConfig>,
    /// Those that the index was built from without a file that names them.
    pub remembered: Vec<ArchiveConfig>,
    /// How many hits, where a file says.
    pub limit: Option<usize>,
    /// When to use colour, where a file says.
    pub color: Option<Color>,
}

impl Settings {
    /// Reads the files that hold here.
    ///
    /// # Errors
    ///
    /// Where a file that holds cannot be understood, or one that was named does not exist.
    pub fn find(shared: &Shared) -> Result<Self, ConfigError> {
        let project = match &shared.config {
            Some(path) => Some(config::read(path)?),
            None => upward(&env::current_dir().unwrap_or_default()).map(|path| config::read(&path)).transpose()?,
        };
        let user = user_file().filter(|path| path.is_file()).map(|path| config::read(&path)).transpose()?;
        let merged = Self::merge(shared, project, user);
        Ok(Self { remembered: recall(&merged.index.value)?, ..merged })
    }

    /// The archives that the index is to hold: those it remembers, and those of the files. Where the index was named for
    /// this run, it need not be that of the files: their archives count if it has them already, or has nothing yet and
    /// nothing else was `named` for it.
    pub fn indexed(&self, named: bool) -> Vec<ArchiveConfig> {
        // The index is looked at only where it decides anything.
        let held = LazyCell::new(|| IndexDir::new(&self.index.value).current_manifest().ok());
        let holds = |name: &str| match self.index_is_named.then(|| held.as_ref()) {
            None => true,
            Some(Some(manifest)) => manifest.archives.iter().any(|archive| archive.name == name),
            Some(None) => !named && self.remembered.is_empty(),
        };
        let of_files = self.archives.iter().filter(|config| holds(&config.archive.name));
        let mut archives: Vec<ArchiveConfig> = of_files.cloned().collect();
        for config in &self.remembered {
            if archives.iter().all(|known| known.archive.name != config.archive.name) {
                archives.push(config.clone());
            }
        }
        archives
    }

    /// What is known of an archive.
    pub fn archive(&self, name: &str) -> Option<&ArchiveConfig> {
        self.archives.iter().chain(&self.remembered).find(|config| config.archive.name == name)
    }

    fn merge(shared: &Shared, project: Option<Config>, user: Option<Config>) -> Self {
        let index = index_folder(shared, project.as_ref(), user.as_ref());
        let files: Vec<Config> = project.into_iter().chain(user).collect();
        Self {
            index,
            index_is_named: shared.index.is_some(),
            remembered: Vec::new(),
            archives: files
                .iter()
                .map(|file| &file.archives)
                .find(|archives| !archives.is_empty())
                .cloned()
                .unwrap_or_default(),
            limit: files.iter().find_map(|file| file.limit),
            color: files.iter().find_map(|file| file.color),
            files: files.into_iter().map(|file| file.path).collect(),
        }
    }

    /// Where everything came from, a line each.
    pub fn explain(&self) -> String {
        let mut text = format!("index: {} ({})\n", self.index.value.display(), self.index.from);
        for file in &self.files {
            text.push_str(&format!("settings: {}\n", file.display()));
        }
        for archive in &self.archives {
            text.push_str(&format!("archive: {} from {}\n", archive.archive.name, archive.root.display()));
        }
        for archive in &self.remembered {
            let (name, root) = (&archive.archive.name, archive.root.display());
            text.push_str(&format!("archive: {name} from {root}, as the index remembers\n"));
        }
        text
    }
}

fn index_folder(shared: &Shared, project: Option<&Config>, user: Option<&Config>) -> Chosen<PathBuf> {
    let chosen = |value: PathBuf, from: String| Chosen { value, from };
    if let Some(index) = &shared.index {
        return chosen(index.clone(), "--index or DIARY_SEARCH_INDEX".to_owned());
    }
    // Two projects never share an index, so that a user's own folder is for what belongs to no project.
    let Some(file) = project.or(user) else { return chosen(data_folder(), "the user's data folder".to_owned()) };
    let said = file.path.display().to_string();
    match (&file.index, project) {
        (Some(index), _) => chosen(index.clone(), said),
        (None, Some(_)) => {
            let folder = file.path.parent().unwrap_or(Path::new(""));
            chosen(folder.join(".diary-index"), format!("beside {said}"))
        }
        (None, None) => chosen(data_folder(), "the user's data folder".to_owned()),
    }
}

/// Where the index is when no file says; without a home folder, here.
fn data_folder() -> PathBuf {
    match choose_base_strategy() {
        Ok(base) => base.data_dir().join("diary-search").join("index"),
        Err(_) => PathBuf::from(".diary-index"),
    }
}

/// The nearest `diary.toml` at or above a folder.
fn upward(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file())
}

fn user_file() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|base| base.config_dir().join("diary-search").join(FILE_NAME))
}

/// The archives to read: those of the paths given, or all that are known: of the files, and those that the index remembers.
///
/// A path that is a known archive's root, or lies in a folder with a `diary.toml` of its own, is read as that says; any
/// other is an archive of its own, named after it.
///
/// # Errors
///
/// Where a `diary.toml` inside a path cannot be understood, or a path does not exist.
pub fn archives_of(settings: &Settings, paths: &[PathBuf]) -> Result<Vec<ArchiveConfig>, ConfigError> {
    if paths.is_empty() {
        let is_of_file = |config: &&ArchiveConfig| {
            settings.archives.iter().any(|archive| archive.archive.name == config.archive.name)
        };
        let remembered = settings.remembered.iter().filter(|config| !is_of_file(config));
        return Ok(settings.archives.iter().chain(remembered).cloned().collect());
    }
    let mut archives: Vec<ArchiveConfig> = Vec::new();
    for (place, path) in paths.iter().enumerate() {
        let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if !path.exists() {
            return Err(ConfigError {
                path: path.clone(),
                line: 0,
                message: "there is no such file or folder".to_owned(),
            });
        }
        if paths[..place].iter().any(|before| whole(before) == whole(path)) {
            continue;
        }
        let mut known = settings.archives.iter().chain(&settings.remembered);
        let known = known.find(|archive| whole(&archive.root) == whole(path));
        let inside = path.join(FILE_NAME);
        let found = match known {
            Some(known) => vec![known.clone()],
            None if inside.is_file() => config::read(&inside)?.archives,
            None => vec![ArchiveConfig::of_path(&whole(path))],
        };
        archives.extend(if found.is_empty() { vec![ArchiveConfig::of_path(&whole(path))] } else { found });
    }
    Ok(told_apart(archives, settings))
}

/// Two folders of one name are two archives all the same: the later one gets a number.
fn told_apart(archives: Vec<ArchiveConfig>, settings: &Settings) -> Vec<ArchiveConfig> {
    let mut apart: Vec<ArchiveConfig> = Vec::with_capacity(archives.len());
    for mut config in archives {
        let is_taken = |name: &str| {
            let known = settings.archive(name).is_some_and(|known| known.root != config.root);
            known || apart.iter().any(|other| other.archive.name == name)
        };
        let name = config.archive.name.clone();
        let mut numbered = std::iter::once(name.clone()).chain((2..).map(|n| format!("{name}-{n}")));
        if let Some(free) = numbered.find(|name| !is_taken(name)) {
            config.archive.name = free;
        }
        apart.push(config);
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(path: &str, text: &str) -> Option<Config> {
        Some(config::parse(Path::new(path), text).unwrap())
    }

    #[test]
    fn the_nearer_word_holds() {
        let flag = Shared { index: Some("/flag".into()), config: None };
        let project = || config("/p/diary.toml", "limit = 5\n[[archive]]\nname = 'a'");
        let user = || config("/u/diary.toml", "limit = 9\ncolor = 'never'\nindex = '/users'\n[[archive]]\nname = 'b'");
        let merged = Settings::merge(&flag, project(), user());
        assert_eq!(
            (merged.index.value.to_str(), merged.limit, merged.color),
            (Some("/flag"), Some(5), Some(Color::Never))
        );
        assert_eq!(merged.archives.len(), 1);
        assert_eq!(merged.archives[0].archive.name, "a");
        let merged = Settings::merge(&Shared::default(), project(), None);
        assert_eq!(merged.index.value.to_str(), Some("/p/.diary-index"));
        let merged = Settings::merge(&Shared::default(), project(), user());
        assert_eq!(merged.index.value.to_str(), Some("/p/.diary-index"));
        let merged = Settings::merge(&Shared::default(), None, user());
        assert_eq!(merged.index.value.to_str(), Some("/users"));
        assert!(merged.explain().contains("index: /users (/u/diary.toml)"));
    }
}
