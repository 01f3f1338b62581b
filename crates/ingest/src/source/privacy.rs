//! Which sources are private by their paths.

use super::find::globs;
use crate::problem::Problem;
use ignore::gitignore::Gitignore;
use std::path::Path;

/// The `private` patterns of an archive.
pub(crate) struct Hidden {
    globs: Option<Gitignore>,
    /// A pattern that cannot be understood might mean any source, and so it hides them all until it is mended.
    all: bool,
}

impl Hidden {
    pub(crate) fn new(patterns: &[String], problems: &mut Vec<Problem>) -> Self {
        let before = problems.len();
        let globs = globs(patterns, "private", problems);
        let all = problems.len() > before || globs.is_none() && !patterns.is_empty();
        Self { globs, all }
    }

    /// Whether a source is private: by its own path, by a folder it is in, or by the container it is in. Inside a
    /// container, a pattern may be written for the path in it, or for the container as if it were a folder.
    pub(crate) fn covers(&self, path: &str) -> bool {
        let Some(globs) = &self.globs else { return self.all };
        let matches = |path: &str| {
            let path = Path::new(path.trim_start_matches('/'));
            globs.matched_path_or_any_parents(path, false).is_ignore()
        };
        let inside = path.match_indices('!').any(|(at, _)| matches(&path[..at]) || matches(&path[at + 1..]));
        self.all || matches(path) || inside || path.contains('!') && matches(&path.replace('!', "/"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, path: &str, private: bool) {
        let hidden = Hidden::new(&[pattern.to_owned()], &mut Vec::new());
        assert_eq!(hidden.covers(path), private, "{pattern} on {path}");
    }

    #[test]
    fn patterns_cover_folders_and_containers() {
        for pattern in ["therapy/**", "therapy/", "therapy", "/therapy", "the*"] {
            check(pattern, "therapy/2003/12.txt", true);
            check(pattern, "notes/2003.txt", false);
            check(pattern, "all.zip!therapy/2003.txt", true);
        }
        for pattern in ["old.zip", "old.zip/**", "old.zip/", "*.zip", "old.zip!therapy/**"] {
            check(pattern, "old.zip!therapy/2003.txt", true);
            check(pattern, "new.tar!therapy/2003.txt", false);
        }
        check("old.zip/therapy", "old.zip!therapy/a.txt", true);
        check("old.zip/therapy", "old.zip!garden/a.txt", false);
        check("secret!.txt", "secret!.txt", true);
        check("", "a.txt", false);
    }

    #[test]
    fn a_pattern_that_cannot_be_understood_hides_everything() {
        let mut problems = Vec::new();
        let hidden = Hidden::new(&["[z-a]".to_owned(), "b".to_owned()], &mut problems);
        assert!(hidden.covers("c.txt") && hidden.covers("b"));
        assert_eq!(problems.len(), 1);
    }
}
