//! Which archives a run leaves in the index.

use crate::args::Args;
use anyhow::{Result, anyhow};
use diary_cli::config::ArchiveConfig;
use diary_cli::settings::Settings;
use diary_cli::terminal::remark;

/// Those `named` for this run and those that the index has already, without what is to be let go; by their names.
pub(crate) fn to_index(args: &Args, settings: &Settings, named: Vec<ArchiveConfig>) -> Result<Vec<ArchiveConfig>> {
    let mut archives = named;
    for known in settings.indexed(true) {
        if archives.iter().all(|archive| archive.archive.name != known.archive.name) {
            archives.push(known);
        }
    }
    let is_of_file = |config: &ArchiveConfig| settings.archives.contains(config);
    if let Some(name) = &args.forget {
        let Some(place) = archives.iter().position(|config| config.archive.name == *name) else {
            let names: Vec<&str> = archives.iter().map(|config| config.archive.name.as_str()).collect();
            return Err(anyhow!("there is no archive {name}: there are {}", names.join(", ")));
        };
        if is_of_file(&archives[place]) {
            return Err(anyhow!("{name} is named in diary.toml: it goes when it is taken out there"));
        }
        archives.remove(place);
    }
    archives.retain(|config| !(args.prune && settings.remembered.contains(config) && !config.root.exists()));
    archives.sort_by(|a, b| a.archive.name.cmp(&b.archive.name));
    for inner in archives.iter().filter(|config| !is_of_file(config)) {
        let holds = |outer: &&ArchiveConfig| {
            outer.root != inner.root && !is_of_file(outer) && inner.root.starts_with(&outer.root)
        };
        if let Some(outer) = archives.iter().find(holds) {
            let (inner, outer) = (&inner.archive.name, &outer.archive.name);
            remark(&format!("{inner} is inside {outer}, and found twice: diary-ingest --forget {inner} takes it out"));
        }
    }
    Ok(archives)
}
