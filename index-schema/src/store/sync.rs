//! Making sure that what was written is on the disk.

use super::IndexError;
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// Syncs a file or a folder.
pub(crate) fn sync(path: &Path) -> Result<(), IndexError> {
    File::open(path).and_then(|file| file.sync_all()).map_err(IndexError::io("write", path))
}

/// Syncs every file below a folder, then the folders.
pub(crate) fn sync_tree(folder: &Path) -> Result<(), IndexError> {
    for entry in std::fs::read_dir(folder).map_err(IndexError::io("read", folder))? {
        let path = entry.map_err(IndexError::io("read", folder))?.path();
        if path.is_dir() { sync_tree(&path)? } else { sync(&path)? }
    }
    sync(folder)
}

/// Writes a new file.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), IndexError> {
    std::fs::write(path, bytes).map_err(IndexError::io("write", path))
}

/// Writes a new file that only its owner may read.
pub(crate) fn write_for_owner(path: &Path, bytes: &[u8]) -> Result<(), IndexError> {
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.write(true).create_new(true).open(path).and_then(|mut file| file.write_all(bytes));
    written.map_err(IndexError::io("write", path))
}

/// Puts `bytes` under `name` in `folder` so that a reader sees the old or the new, never a part, and the new survives a
/// power cut once this returns.
pub(crate) fn replace(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), IndexError> {
    let (beside, target) = (folder.join(format!(".tmp-{name}")), folder.join(name));
    let written = File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.and_then(|()| std::fs::rename(&beside, &target)).map_err(IndexError::io("write", &target))?;
    sync(folder)
}

/// Gives a file that was created for its owner alone the permissions that others of its folder have.
#[cfg(unix)]
pub(crate) fn open_to_readers(path: &Path, folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(folder)?.permissions().mode() & 0o666;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
pub(crate) fn open_to_readers(_path: &Path, _folder: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Makes a folder and those above it, so that they survive a power cut.
pub(crate) fn create_folder(path: &Path) -> Result<(), IndexError> {
    if path.is_dir() {
        return Ok(());
    }
    let above = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    create_folder(above)?;
    match std::fs::create_dir(path) {
        // Another writer was quicker.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        made => made.map_err(IndexError::io("make", path))?,
    }
    sync(above)
}

/// Makes a folder that only its owner may enter.
pub(crate) fn create_private_folder(path: &Path) -> Result<(), IndexError> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(IndexError::io("make", path))
}
