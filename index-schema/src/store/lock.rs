//! One writer at a time.

use super::IndexError;
use std::fs::{File, TryLockError};
use std::path::Path;

/// Held by a writer; freed when dropped or when its process ends, however it ends.
#[derive(Debug)]
pub struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock of the index in `root`, or says that another has it.
    pub(crate) fn take(root: &Path) -> Result<Self, IndexError> {
        let path = root.join("LOCK");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(IndexError::io("write", &path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(IndexError::Busy(root.to_owned())),
            Err(TryLockError::Error(error)) => Err(IndexError::io("lock", path)(error)),
        }
    }
}
