//! Heading styles: which lines of a page may name an entry, and by what dress they are told.
//!
//! Nothing is known of an archive beforehand. Every block that begins with a date is a candidate of the style it is
//! dressed in; the styles are scored over the whole archive by how good a diary each would make.

use crate::document::Dress;
use std::fmt;

/// The dress by which headings are told from text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Style {
    pub(crate) dress: Dress,
    pub(crate) shape: Shape,
    /// Set in underscores or asterisks: `_November_ 21.`
    pub(crate) underscored: bool,
    pub(crate) indented: bool,
    /// It opens a line inside a paragraph.
    pub(crate) inner: bool,
    /// It stands behind a quotation mark, as where a whole diary is quoted.
    pub(crate) quoted: bool,
}

/// Where in its block a date stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Shape {
    /// The block is the date, or the date and a title.
    Alone,
    /// The date opens a paragraph and is closed off by a mark.
    Opening,
    /// The date opens a paragraph and runs on into it.
    Loose,
    /// The date stands inside a heading.
    Within,
    /// A number opens a paragraph: a day under a month's heading, or one of a list.
    Numbered,
}

impl Style {
    /// A style with nothing particular.
    pub(crate) fn plain(dress: Dress, shape: Shape) -> Self {
        Self { dress, shape, underscored: false, indented: false, inner: false, quoted: false }
    }

    /// How much a style is trusted before anything is counted, in hundredths.
    pub(crate) fn weight(self) -> i64 {
        let dress = match self.dress {
            Dress::Dateline | Dress::Time | Dress::Ruled => 140,
            Dress::Heading(_) | Dress::Outline(_) => 130,
            Dress::Term | Dress::Bold => 120,
            Dress::Plain | Dress::Italic => 110,
            Dress::Cell => 90,
            Dress::Item => 50,
        };
        let shape = match self.shape {
            Shape::Alone => 100,
            Shape::Opening => 90,
            Shape::Within => 80,
            Shape::Loose => 45,
            Shape::Numbered => 40,
        };
        let underscored = if self.underscored { 110 } else { 100 };
        let indented = if self.indented { 70 } else { 100 };
        let inner = if self.inner { 60 } else { 100 };
        dress * shape * underscored * indented * inner / 100_000_000
    }
}

/// Whether two styles differ in this alone, that the other has a place before its date.
pub(crate) fn is_placed(style: Style, other: Style) -> bool {
    let headed = matches!(style.dress, Dress::Heading(_) | Dress::Dateline);
    headed && style.shape == Shape::Alone && other == Style { shape: Shape::Within, ..style }
}

/// Whether two styles differ only in small things of dress.
pub(crate) fn same_kind(one: Style, other: Style) -> bool {
    let family = |dress: Dress| match dress {
        Dress::Plain | Dress::Italic => 0,
        Dress::Bold | Dress::Term => 1,
        Dress::Heading(_) | Dress::Outline(_) | Dress::Ruled => 2,
        Dress::Dateline | Dress::Time => 3,
        Dress::Cell | Dress::Item => 4,
    };
    family(one.dress) == family(other.dress) && one.underscored == other.underscored && one.indented == other.indented
}

/// The name by which a style can be fixed in settings: `h2`, `bold line`, `opening, underscored`.
impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shape = match self.shape {
            Shape::Alone => "line",
            Shape::Opening => "opening",
            Shape::Loose => "loose opening",
            Shape::Within => "line",
            Shape::Numbered => "numbered",
        };
        match self.dress {
            Dress::Plain => f.write_str(shape)?,
            Dress::Heading(level) => write!(f, "h{level}")?,
            Dress::Outline(level) => write!(f, "outline level {level}")?,
            Dress::Term => f.write_str("dt")?,
            Dress::Bold => write!(f, "bold {shape}")?,
            Dress::Italic => write!(f, "italic {shape}")?,
            Dress::Dateline => f.write_str("date line")?,
            Dress::Time => f.write_str("time element")?,
            Dress::Cell => f.write_str("table cell")?,
            Dress::Item => f.write_str("list item")?,
            Dress::Ruled => f.write_str("ruled box")?,
        }
        if self.shape == Shape::Within {
            f.write_str(" with a date in it")?;
        }
        if self.underscored {
            f.write_str(", underscored")?;
        }
        if self.indented {
            f.write_str(", indented")?;
        }
        if self.inner {
            f.write_str(", inside a paragraph")?;
        }
        if self.quoted {
            f.write_str(", quoted")?;
        }
        Ok(())
    }
}
