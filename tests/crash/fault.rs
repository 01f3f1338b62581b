//! The programs with a fault put into them: the k-th call of a kind fails, or ends the program.

use crate::world::World;
use diary_index_schema::store::{IndexDir, IndexError};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The library that stands between the programs and the system; nothing, in words, where there is no C compiler.
pub(crate) fn shim() -> Option<&'static Path> {
    static SHIM: OnceLock<Option<(tempfile::TempDir, PathBuf)>> = OnceLock::new();
    let built = SHIM.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let (source, library) = (folder.path().join("shim.c"), folder.path().join("shim.so"));
        std::fs::write(&source, include_str!("shim.c")).unwrap();
        let mut compiler = Command::new("cc");
        compiler.args(["-O1", "-shared", "-fPIC", "-o"]).arg(&library).arg(&source).arg("-ldl");
        match compiler.output() {
            Ok(output) if cfg!(target_os = "linux") && output.status.success() => Some((folder, library)),
            _ => None,
        }
    });
    if built.is_none() {
        println!("skipped: faults are put in by a small library, and there is no C compiler for Linux to make it");
    }
    built.as_ref().map(|(_, library)| library.as_path())
}

/// A call that is to fail.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fault {
    /// As shim.c names them; `change` for every call that changes something.
    pub(crate) call: &'static str,
    /// Which one, from 1; none for 0.
    pub(crate) at: usize,
    /// With what; 0 kills the program.
    pub(crate) errno: i32,
    /// Whether all later ones fail too.
    pub(crate) on: bool,
}

/// diary-ingest in `world`, with a fault in its calls on paths that contain `under`.
pub(crate) fn ingest(world: &World, under: &str, fault: Fault) -> Command {
    let mut command = world.command("diary-ingest");
    if let Some(shim) = shim() {
        command.env("LD_PRELOAD", shim);
    }
    command.env("FAULT_UNDER", world.path().join(under)).env("FAULT_CALL", fault.call);
    command.env("FAULT_AT", fault.at.to_string()).env("FAULT_ERRNO", fault.errno.to_string());
    if fault.on {
        command.env("FAULT_ON", "1");
    }
    command
}

/// How many calls of a kind an ingest makes on such paths.
pub(crate) fn calls(world: &World, under: &str, call: &'static str) -> usize {
    let (fresh, counter) = (copy(world), tempfile::NamedTempFile::new().unwrap());
    let mut command = ingest(&fresh, under, Fault { call, ..Fault::default() });
    command.env("FAULT_COUNT", counter.path()).output().unwrap();
    std::fs::read(counter.path()).unwrap().len()
}

/// Another world like this one.
pub(crate) fn copy(world: &World) -> World {
    let fresh = World::empty();
    crate::world::copy(world.path(), fresh.path());
    fresh
}

/// How many entries the index has, every byte of it compared; nothing where there is none.
pub(crate) fn entries(index: &Path) -> Result<Option<u64>, String> {
    match IndexDir::new(index).check() {
        Ok(manifest) => Ok(Some(manifest.entries)),
        Err(IndexError::Missing(_)) => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}
