//! A source after reading: its blocks with everything about their dress that may mark a heading.

use crate::date::{Parts, stamp};
use crate::format::Format;
use crate::problem::Problem;
use diary::{BlockKind, Link, Span, Weekday};

/// A source after reading. Most are one [`Piece`]; a feed or an export has one for each of its items.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// Relative to the archive; inside a container, `container!member`.
    pub(crate) path: String,
    pub(crate) format: Format,
    /// The name of the encoding it was read as.
    pub(crate) encoding: &'static str,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) problems: Vec<Problem>,
}

/// A date that a document gives of itself: in metadata, an attribute, a field of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) parts: Parts,
    pub(crate) written: String,
    /// The weekday beside it.
    pub(crate) weekday: Option<Weekday>,
}

impl Stamp {
    /// The stamp that this text is, if it is one.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let parts = stamp::read(text)?;
        Some(Self { parts, written: text.trim().to_owned(), weekday: stamp::weekday(text) })
    }
}

/// A page, or one item of a feed, export or mailbox.
#[derive(Clone, Debug, Default)]
pub(crate) struct Piece {
    /// Whether it is one entry by its nature, and never split.
    pub(crate) is_item: bool,
    pub(crate) stamp: Option<Stamp>,
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) lang: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) private: bool,
    pub(crate) sensitive: bool,
    pub(crate) anchor: Option<String>,
    /// Its line in the source, from 1; 0 where lines mean nothing.
    pub(crate) line: usize,
    /// Its bytes in the decoded source; empty where that cannot be said.
    pub(crate) span: Span,
    pub(crate) blocks: Vec<Block>,
    /// Whether it carries metadata of its own (front matter), so that it is meant to be an entry even undated.
    pub(crate) has_front_matter: bool,
}

/// How a block is dressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) enum Dress {
    /// Like any other.
    #[default]
    Plain,
    /// A heading of this level, 1 to 6.
    Heading(u8),
    /// The term of a definition list.
    Term,
    /// Wholly or at its beginning in bold.
    Bold,
    /// At its beginning in italics.
    Italic,
    /// Marked as a date line by its class.
    Dateline,
    /// Begins with a `<time>`.
    Time,
    /// A table cell.
    Cell,
    /// A list item.
    Item,
    /// Between two ruled lines.
    Ruled,
    /// An outline heading of this depth (org).
    Outline(u8),
}

/// A paragraph, heading, list item or the like.
#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    pub(crate) text: String,
    pub(crate) kind: Kind,
    pub(crate) dress: Dress,
    pub(crate) links: Vec<Link>,
    pub(crate) anchor: Option<String>,
    pub(crate) line: usize,
    /// Its bytes in the decoded source; empty where that cannot be said.
    pub(crate) span: Span,
    /// It goes on where the block before stopped: a line of the same paragraph, set apart since it may be a heading.
    pub(crate) glued: bool,
    /// Which `<article>`, post or diary-entry section it is in, numbered from 1; 0 for none.
    pub(crate) unit: u32,
    /// Which table row it is in, numbered from 1; 0 for none.
    pub(crate) row: u32,
    /// A rule stands above it.
    pub(crate) ruled: bool,
    /// Navigation and the like: in no entry.
    pub(crate) chrome: bool,
    /// How many bytes of its beginning are in bold or italics; all of them where it is so as a whole.
    pub(crate) lead: usize,
    /// Set far in from the margin.
    pub(crate) indented: bool,
    /// Machine-readable dates of stretches of its text.
    pub(crate) stamps: Vec<(Span, Parts)>,
    /// Labels on it (org headings).
    pub(crate) tags: Vec<String>,
    /// When a property of it says that it was made (org headings).
    pub(crate) made: Option<Parts>,
    /// It may not be a heading: a line of a quotation, a footnote, code.
    pub(crate) closed: bool,
}

/// [`BlockKind`] with a default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kind(pub(crate) BlockKind);

impl Default for Kind {
    fn default() -> Self {
        Self(BlockKind::Paragraph)
    }
}

/// So many blocks are told apart in one source, which is more paragraphs than a life has. What comes after them is kept
/// with the last, where no date is looked for: every block has its price, in time and in memory, however short it is.
pub(crate) const MOST_BLOCKS: usize = 150_000;

/// Adds a block to those of a source, or its words to the last of them where there are too many.
pub(crate) fn add(blocks: &mut Vec<Block>, block: Block) {
    let full = blocks.len() >= MOST_BLOCKS;
    match blocks.last_mut().filter(|_| full) {
        Some(last) => {
            last.text.push('\n');
            last.text.push_str(&block.text);
            last.span.end = block.span.end.max(last.span.end);
        }
        None => {
            // Most items are one block, and there may be very many of them.
            if blocks.is_empty() {
                blocks.reserve_exact(1);
            }
            blocks.push(block);
        }
    }
}

/// So many items are told apart in one source, which is more entries than a life has days. What comes after them is kept
/// with the last as its text: every entry has its price too.
pub(crate) const MOST_ITEMS: usize = MOST_BLOCKS;

/// Adds an item to those of a source, or its words to the last of them where there are too many.
pub(crate) fn add_item(items: &mut Vec<Piece>, item: Piece) {
    let full = items.len() >= MOST_ITEMS;
    match items.last_mut().filter(|_| full) {
        Some(last) => last.take_in(item),
        None => items.push(item),
    }
}

impl Piece {
    /// Takes in the words of another. What is private in one place is so as a whole.
    fn take_in(&mut self, other: Self) {
        self.private |= other.private;
        self.sensitive |= other.sensitive;
        self.span.end = other.span.end.max(self.span.end);
        if self.blocks.is_empty() {
            self.blocks.push(Block::new("", BlockKind::Paragraph, self.line));
        }
        let Some(last) = self.blocks.last_mut() else { return };
        for words in other.title.iter().chain(other.blocks.iter().map(|block| &block.text)) {
            last.text.push('\n');
            last.text.push_str(words);
        }
    }
}

impl Block {
    /// A block of words with nothing special about it.
    pub(crate) fn new(text: impl Into<String>, kind: BlockKind, line: usize) -> Self {
        let closed = matches!(kind, BlockKind::Code | BlockKind::Note | BlockKind::Quote);
        Self { text: text.into(), kind: Kind(kind), line, closed, ..Self::default() }
    }

    pub(crate) fn kind(&self) -> BlockKind {
        self.kind.0
    }

    pub(crate) fn set_kind(&mut self, kind: BlockKind) {
        self.kind = Kind(kind);
    }

    /// How many bytes of its text are inside links.
    pub(crate) fn linked(&self) -> usize {
        self.links.iter().map(|link| link.span.len()).sum()
    }
}
