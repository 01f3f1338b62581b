//! The formats that sources are written in: one file each, one row in [`Format::ALL`] each.

mod cherrytree;
mod csv;
mod dotclear;
mod enex;
mod feed;
mod fiction_book;
mod frame;
pub(crate) mod front_matter;
mod html;
mod ical;
mod jrnl;
mod json;
mod lenient;
mod lifeograph;
pub(crate) mod listed;
mod livejournal;
mod mail;
mod markdown;
mod movable_type;
pub(crate) mod office;
mod opml;
mod org;
mod plist;
pub(crate) mod record;
mod rtf;
pub(crate) mod scan_page;
mod sql;
mod tei;
mod text;
mod tiddlywiki;
mod toml;
mod workbook;
mod xml;
mod xml_records;
mod yaml;

use crate::document::{Document, MOST_BLOCKS, MOST_ITEMS, Piece, add_item};
use crate::problem::{Problem, ProblemKind};
use crate::source::decode;
use std::ops::Range;

/// How a source is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Text without markup.
    Text,
    /// HTML and XHTML.
    Html,
    /// Markdown, also as ikiwiki, Jekyll and Hugo write it.
    Markdown,
    /// Org outlines.
    Org,
    /// Atom and RSS.
    Feed,
    /// JSON Feed.
    JsonFeed,
    /// WordPress's export.
    Wxr,
    /// Blogger's export.
    Blogger,
    /// LiveJournal's export.
    LiveJournal,
    /// The Text Encoding Initiative's XML.
    Tei,
    /// jrnl's text files.
    Jrnl,
    /// jrnl's JSON.
    JrnlJson,
    /// Day One's JSON.
    DayOne,
    /// Day One's classic property lists.
    Plist,
    /// Records in JSON, one a line or in one array.
    JsonLines,
    /// Mailboxes and messages.
    Mail,
    /// Evernote's export.
    Enex,
    /// Journal entries of calendars.
    ICalendar,
    /// Movable Type's export.
    MovableType,
    /// Tables of values.
    Csv,
    /// Records and RedNotebook's months in YAML.
    Yaml,
    /// Records in XML of other kinds.
    Xml,
    /// Outlines in OPML.
    Opml,
    /// FictionBook.
    FictionBook,
    /// Rich Text.
    Rtf,
    /// Documents of word processors: Word's, and OpenDocument.
    Office,
    /// Dotclear's backup.
    Dotclear,
    /// Lifeograph's diaries.
    Lifeograph,
    /// CherryTree's notes.
    Cherrytree,
    /// TiddlyWiki's page with a store of elements.
    TiddlyWiki,
    /// Records in TOML.
    Toml,
    /// Pages whose letters a program recognised: PAGE and ALTO.
    ScanPage,
    /// Workbooks of Excel.
    Workbook,
    /// Dumps of databases.
    Sql,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 34] = [
        Self::Text,
        Self::Html,
        Self::Markdown,
        Self::Org,
        Self::Feed,
        Self::JsonFeed,
        Self::Wxr,
        Self::Blogger,
        Self::LiveJournal,
        Self::Tei,
        Self::Jrnl,
        Self::JrnlJson,
        Self::DayOne,
        Self::Plist,
        Self::JsonLines,
        Self::Mail,
        Self::Enex,
        Self::ICalendar,
        Self::MovableType,
        Self::Csv,
        Self::Yaml,
        Self::Xml,
        Self::Opml,
        Self::FictionBook,
        Self::Rtf,
        Self::Office,
        Self::Dotclear,
        Self::Lifeograph,
        Self::Cherrytree,
        Self::TiddlyWiki,
        Self::Toml,
        Self::ScanPage,
        Self::Workbook,
        Self::Sql,
    ];

    /// Its name: one lower-case word, joined by hyphens.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Org => "org",
            Self::Feed => "feed",
            Self::JsonFeed => "json-feed",
            Self::Wxr => "wxr",
            Self::Blogger => "blogger",
            Self::LiveJournal => "livejournal",
            Self::Tei => "tei",
            Self::Jrnl => "jrnl",
            Self::JrnlJson => "jrnl-json",
            Self::DayOne => "day-one",
            Self::Plist => "plist",
            Self::JsonLines => "json-lines",
            Self::Mail => "mail",
            Self::Enex => "enex",
            Self::ICalendar => "icalendar",
            Self::MovableType => "movable-type",
            Self::Csv => "csv",
            Self::Yaml => "yaml",
            Self::Xml => "xml",
            Self::Opml => "opml",
            Self::FictionBook => "fiction-book",
            Self::Rtf => "rtf",
            Self::Office => "office",
            Self::Dotclear => "dotclear",
            Self::Lifeograph => "lifeograph",
            Self::Cherrytree => "cherrytree",
            Self::TiddlyWiki => "tiddlywiki",
            Self::Toml => "toml",
            Self::ScanPage => "scan-page",
            Self::Workbook => "workbook",
            Self::Sql => "sql",
        }
    }

    /// The format of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// A decoded source on its way to a [`Document`].
pub(crate) struct Input<'a> {
    pub(crate) path: &'a str,
    /// What follows the front matter.
    pub(crate) text: &'a str,
    /// Lines in front of `text`.
    pub(crate) line: usize,
    /// Bytes in front of `text`.
    pub(crate) offset: usize,
}

/// Reads a decoded source as the format it is in, or is said to be in.
pub(crate) fn read(
    path: &str,
    text: &str,
    encoding: &'static str,
    mut problems: Vec<Problem>,
    fixed: Option<Format>,
) -> Document {
    let mut parts = if yaml::is_named(path) { Vec::new() } else { front_matter::parts(text) };
    parts.push(text.len());
    let mut start = 0;
    let (mut format, mut pieces) = (Format::Text, Vec::new());
    for end in parts.into_iter().filter(|end| *end > 0 || text.is_empty()) {
        let (of_part, mut read) = read_part(path, text, start..end, fixed, &mut problems);
        format = of_part;
        pieces.append(&mut read);
        start = end;
    }
    let mut pieces = told_apart(pieces, path, &mut problems);
    // Those of all documents are held at once.
    pieces.iter_mut().for_each(|piece| piece.blocks.shrink_to_fit());
    Document { path: path.to_owned(), format, encoding, pieces, problems }
}

/// Reads a part of a source, with the front matter that it begins with, or ends with.
fn read_part(
    path: &str,
    whole: &str,
    part: Range<usize>,
    fixed: Option<Format>,
    problems: &mut Vec<Problem>,
) -> (Format, Vec<Piece>) {
    let text = &whole[part.clone()];
    if front_matter::is_beside_notes(text) {
        return (Format::Markdown, Vec::new());
    }
    let front = front_matter::split(text).filter(|_| !yaml::is_named(path));
    let front = front.map(|(fields, after)| (fields, after..text.len())).or_else(|| front_matter::foot(text));
    let body = front.as_ref().map_or(0..text.len(), |(_, body)| body.clone());
    let offset = part.start + body.start;
    let line = whole[..offset].matches('\n').count();
    let input = Input { path, text: &text[body], line, offset };
    let format = fixed.filter(|format| *format != Format::Mail).unwrap_or_else(|| recognise(&input, front.is_some()));
    let mut pieces: Vec<Piece> = match format {
        Format::Text | Format::Mail => text::read(&input),
        Format::Html => html::read(&input, problems),
        Format::Markdown => markdown::read(&input, problems),
        Format::Org => org::read(&input),
        Format::Feed => feed::read(&input, feed::Flavour::Plain, problems),
        Format::Blogger => feed::read(&input, feed::Flavour::Blogger, problems),
        Format::Wxr => feed::read(&input, feed::Flavour::WordPress, problems),
        Format::LiveJournal => livejournal::read(&input, problems),
        Format::Tei => tei::read(&input, problems),
        Format::Jrnl => jrnl::read(&input),
        Format::JsonFeed => json::read(&input, json::Shape::Feed, problems),
        Format::JrnlJson => json::read(&input, json::Shape::Jrnl, problems),
        Format::DayOne => json::read(&input, json::Shape::DayOne, problems),
        Format::JsonLines => json::read(&input, json::Shape::Lines, problems),
        Format::Plist => plist::read(&input, problems),
        Format::Enex => enex::read(&input, problems),
        Format::ICalendar => ical::read(&input, problems),
        Format::MovableType => movable_type::read(&input, problems),
        Format::Csv => csv::read(&input, problems),
        Format::Yaml => yaml::read(&input, problems),
        Format::Xml => xml_records::read(&input, problems),
        Format::Opml => opml::read(&input, problems),
        Format::FictionBook => fiction_book::read(&input, problems),
        Format::Rtf => rtf::read(&input, problems),
        Format::Office => office::read(&input, problems),
        Format::Dotclear => dotclear::read(&input, problems),
        Format::Lifeograph => lifeograph::read(&input, problems),
        Format::Cherrytree => cherrytree::read(&input, problems),
        Format::TiddlyWiki => tiddlywiki::read(&input),
        Format::Toml => toml::read(&input, problems),
        Format::ScanPage => scan_page::read(&input, problems),
        Format::Workbook => workbook::read(&input, problems),
        Format::Sql => sql::read(&input, problems),
    };
    match (&front, pieces.first_mut()) {
        (Some((fields, _)), Some(piece)) => front_matter::apply(fields, piece, path),
        (None, Some(piece)) if matches!(format, Format::Text | Format::Markdown | Format::Html | Format::Org) => {
            piece.private |= front_matter::hides(text);
        }
        _ => {}
    }
    pieces.retain(|piece| !piece.title.as_deref().is_some_and(tiddlywiki::is_of_the_wiki));
    (format, pieces)
}

/// The pieces within the limits of what is told apart in one source, and a word where there was more.
fn told_apart(pieces: Vec<Piece>, path: &str, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let mut say = |line: usize, message: String| {
        problems.push(Problem { line, ..Problem::of_source(ProblemKind::TooDeep, path, message) });
    };
    if let Some(last) = pieces.iter().filter(|piece| piece.blocks.len() >= MOST_BLOCKS).find_map(|p| p.blocks.last()) {
        say(
            last.line,
            format!(
                "It has more than {MOST_BLOCKS} paragraphs; the text from this line on was kept as one, and no dates were looked for in it."
            ),
        );
    }
    if let Some(last) = pieces.get(MOST_ITEMS - 1) {
        say(
            last.line,
            format!("It has more than {MOST_ITEMS} entries; those from this one on were kept as the text of one."),
        );
    }
    if pieces.len() <= MOST_ITEMS {
        return pieces;
    }
    let mut kept = Vec::with_capacity(MOST_ITEMS);
    pieces.into_iter().for_each(|piece| add_item(&mut kept, piece));
    kept
}

/// The format of a text: by its shape first, by its extension where shapes are alike.
fn recognise(input: &Input<'_>, has_front_matter: bool) -> Format {
    let (path, text) = (input.path, input.text);
    if let Some(flavour) = feed::recognise(text) {
        return match flavour {
            feed::Flavour::Plain => Format::Feed,
            feed::Flavour::Blogger => Format::Blogger,
            feed::Flavour::WordPress => Format::Wxr,
        };
    }
    if let Some(shape) = json::recognise(path, text) {
        return match shape {
            json::Shape::Feed => Format::JsonFeed,
            json::Shape::Jrnl => Format::JrnlJson,
            json::Shape::DayOne => Format::DayOne,
            json::Shape::Lines => Format::JsonLines,
        };
    }
    match () {
        () if livejournal::recognise(text) => Format::LiveJournal,
        () if tei::recognise(text) => Format::Tei,
        () if plist::recognise(text) => Format::Plist,
        () if rtf::recognise(text) => Format::Rtf,
        () if office::recognise(text) => Format::Office,
        () if workbook::recognise(text) => Format::Workbook,
        () if enex::recognise(text) => Format::Enex,
        () if opml::recognise(text) => Format::Opml,
        () if fiction_book::recognise(text) => Format::FictionBook,
        () if cherrytree::recognise(text) => Format::Cherrytree,
        () if scan_page::recognise(text) => Format::ScanPage,
        () if tiddlywiki::recognise(text) => Format::TiddlyWiki,
        () if dotclear::recognise(text) => Format::Dotclear,
        () if lifeograph::recognise(text) => Format::Lifeograph,
        () if ical::recognise(text) => Format::ICalendar,
        () if movable_type::recognise(text) => Format::MovableType,
        () if sql::recognise(path, text) => Format::Sql,
        () if csv::recognise(path, text) => Format::Csv,
        () if yaml::recognise(path, text) => Format::Yaml,
        () if toml::recognise(path, text) => Format::Toml,
        () if jrnl::recognise(text) => Format::Jrnl,
        () if org::recognise(path, text) => Format::Org,
        () if xml_records::recognise(path, text) => Format::Xml,
        () if html::is_html(input) => Format::Html,
        () if markdown::recognise(path, has_front_matter, text) => Format::Markdown,
        () => Format::Text,
    }
}

/// Reads a source whose bytes must not be decoded as a whole; nothing if they may.
pub(crate) fn read_bytes(path: &str, bytes: &[u8]) -> Option<Document> {
    let mut problems = Vec::new();
    if let Some(page) = mail::saved_page(path, bytes, &mut problems) {
        let path = path.to_owned();
        return Some(Document { path, format: Format::Html, encoding: "", pieces: vec![page], problems });
    }
    if !mail::recognise(path, bytes) {
        return None;
    }
    let pieces = mail::read(path, bytes, &mut problems);
    let pieces = told_apart(pieces, path, &mut problems);
    Some(Document { path: path.to_owned(), format: Format::Mail, encoding: "", pieces, problems })
}

/// Whether bytes are no text at all: NULs that are no UTF-16, or the first bytes of a format of pictures, programs…
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    const MAGIC: &[&[u8]] = &[
        b"\x89PNG",
        b"GIF8",
        b"\xFF\xD8\xFF",
        b"%PDF",
        b"\x7FELF",
        b"MZ\x90",
        b"SQLite format 3",
        b"RIFF",
        b"OggS",
        b"ID3",
        b"\xCA\xFE\xBA\xBE",
        b"\xD0\xCF\x11\xE0",
        b"bplist",
        b"7z\xBC\xAF",
        b"Rar!",
        b"\xFD7zXZ",
        b"wOFF",
        b"wOF2",
    ];
    if MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return true;
    }
    let head = &bytes[..bytes.len().min(8192)];
    let marked = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    let nuls = head.iter().filter(|b| **b == 0).count();
    let odd = head.iter().filter(|b| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B | 0)).count();
    let utf16 = marked || decode::unmarked_utf16(bytes).is_some();
    !utf16 && (nuls * 50 > head.len() || odd * 20 > head.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Block;
    use diary::BlockKind;

    #[test]
    fn items_beyond_the_limit_are_text_of_the_last_and_stay_private() {
        let item = |n: usize| Piece {
            title: Some(format!("Title {n}")),
            private: n == MOST_ITEMS + 1,
            blocks: vec![Block::new(format!("row {n}"), BlockKind::Paragraph, n)],
            ..Piece::default()
        };
        let mut problems = Vec::new();
        let kept = told_apart((0..MOST_ITEMS + 3).map(item).collect(), "rows.csv", &mut problems);
        assert_eq!((kept.len(), problems.len()), (MOST_ITEMS, 1));
        let [.., before, last] = kept.as_slice() else { panic!("{}", kept.len()) };
        assert!(last.private && !before.private);
        assert!(last.blocks[0].text.ends_with("row 150001\nTitle 150002\nrow 150002"), "{}", last.blocks[0].text);
        assert!(told_apart(vec![item(0); 3], "rows.csv", &mut problems).len() == 3 && problems.len() == 1);
    }
}
