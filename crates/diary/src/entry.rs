//! One dated piece of a diary: the unit of search, counting and display.

use crate::{CivilDate, EntryDate, Mention, Span};
use std::fmt;
use std::sync::Arc;

/// An entry as read, dated and annotated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Stable under re-ingest.
    pub id: EntryId,
    /// When it was written.
    pub date: EntryDate,
    /// The line that names it, kept as written; empty where there is none.
    pub heading: String,
    /// A title of its own, beside the date.
    pub title: Option<String>,
    /// Who wrote it, where that is not the diarist.
    pub author: Option<String>,
    /// Two-letter code of its language, where it could be told.
    pub lang: Option<String>,
    /// Its words: the blocks one after the other, an empty line between two. Normalised to NFC.
    pub text: String,
    /// The blocks as spans of `text`, in order, covering all of it but the empty lines.
    pub blocks: Vec<Block>,
    /// What it links to.
    pub links: Vec<Link>,
    /// Labels that the diarist gave it.
    pub tags: Vec<String>,
    /// Where it was read, at least one place; several when the same entry stands in several.
    pub sources: Vec<SourceRef>,
    /// The fragment of its page that leads to it, without the `#`.
    pub anchor: Option<String>,
    /// Who may find it.
    pub visibility: Visibility,
    /// Found by search, but never brought up by itself.
    pub sensitive: bool,
    /// The people and projects it names, by place; in `text`, or in `title` where [`Mention::in_title`] says so.
    pub mentions: Vec<Mention>,
}

/// The name of an entry: `archive/2003-12-19`, with `/2` for a second that day.
///
/// A date known to the month or year gives `archive/2003-12` or `archive/2003`; an entry without a date is named after
/// its content, `archive/undated-1f0c…`.
///
/// ```
/// use diary::{CivilDate, EntryId};
/// let id = EntryId::new("rusty", "2003-12-19", 2);
/// assert_eq!(id.as_str(), "rusty/2003-12-19/2");
/// assert_eq!((id.archive(), id.date_part(), id.ordinal()), ("rusty", "2003-12-19", 2));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(String);

impl EntryId {
    /// The `ordinal`-th entry (from 1, in source order) that `archive` has for `date_part`.
    pub fn new(archive: &str, date_part: &str, ordinal: u32) -> Self {
        match ordinal {
            0 | 1 => Self(format!("{archive}/{date_part}")),
            n => Self(format!("{archive}/{date_part}/{n}")),
        }
    }

    /// An id as someone wrote it: two or three parts between slashes, the third a number above one.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let (archive, date) = (parts.next()?, parts.next()?);
        let ordinal = parts.next().map(str::parse::<u32>);
        let whole = !archive.is_empty() && !date.is_empty() && parts.next().is_none();
        match ordinal {
            _ if !whole => None,
            None => Some(Self(text.to_owned())),
            Some(Ok(n)) if n >= 1 => Some(Self::new(archive, date, n)),
            Some(_) => None,
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The archive it belongs to.
    pub fn archive(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }

    /// The part that names its date, or says that it has none.
    pub fn date_part(&self) -> &str {
        self.0.split('/').nth(1).unwrap_or_default()
    }

    /// Which of that day's entries it is, from 1.
    pub fn ordinal(&self) -> u32 {
        self.0.split('/').nth(2).and_then(|n| n.parse().ok()).unwrap_or(1)
    }

    /// The full date in it, as the archive prints it, where it has one.
    pub fn date(&self) -> Option<CivilDate> {
        let mut numbers = self.date_part().split('-').map(|part| part.parse::<u32>().ok());
        let date = CivilDate::new(i32::try_from(numbers.next()??).ok()?, numbers.next()??, numbers.next()??);
        date.filter(|_| numbers.next().is_none())
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A paragraph, list, or other piece of an entry's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where in the entry's text.
    pub span: Span,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Running words.
    Paragraph,
    /// A heading inside the entry.
    Heading,
    /// The words of another.
    Quote,
    /// One item of a list.
    List,
    /// Preformatted: its line breaks and spaces are kept.
    Code,
    /// A comment by another, a footnote, an editor's words: searchable, but not the diarist's.
    Note,
}

impl BlockKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [Self::Paragraph, Self::Heading, Self::Quote, Self::List, Self::Code, Self::Note];

    /// Its name, one lower-case word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Heading => "heading",
            Self::Quote => "quote",
            Self::List => "list",
            Self::Code => "code",
            Self::Note => "note",
        }
    }
}

/// A link in an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The linked words, in the entry's text.
    pub span: Span,
    /// Where it leads, as written.
    pub target: String,
}

/// A place that an entry was read from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceRef {
    /// The file, relative to its archive, `/` between folders; inside a container, `container!member`.
    pub path: Arc<str>,
    /// The line its heading (or, without one, its text) stands on, from 1; 0 where lines mean nothing.
    pub line: usize,
    /// Its bytes in the decoded source; empty where that cannot be said.
    pub span: Span,
}

/// Who may find an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Visibility {
    /// Everyone who may search the archive.
    #[default]
    Public,
    /// The diarist. It is not in the public index at all.
    Private,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_what_they_print() {
        for text in ["rusty/2003-12-19", "rusty/2003-12-19/2", "a/undated-12ab"] {
            assert_eq!(EntryId::parse(text).unwrap().as_str(), text);
        }
        for text in ["", "rusty", "rusty/", "/x", "a/b/c", "a/b/0", "a/b/2/3"] {
            assert_eq!(EntryId::parse(text), None, "{text}");
        }
        assert_eq!(EntryId::new("a", "2003-12", 1).date(), None);
        assert_eq!(EntryId::new("a", "2003-12-19", 1).date(), CivilDate::new(2003, 12, 19));
    }
}
