//! What word processors write: documents of Word, and of all that write OpenDocument. Both are XML, mostly inside a zip,
//! whose one part with the text the container hands on. It is read as the page that it would make: headings, paragraphs,
//! tables, and what is bold. What was deleted, comments, and tables of contents are no text of it.

use super::xml::{Element, items, lenient, resolve, root};
use super::{Input, html};
use crate::document::Piece;
use crate::problem::{Problem, ProblemKind};
use quick_xml::events::{BytesStart, Event};
use std::collections::{HashMap, HashSet};

/// What an office document is that has no text of its own to read: a drawing, or slides.
pub(crate) const WITHOUT_TEXT: &str = "It is a document of an office program, but no text, and was left out.";

/// The parts that hold the text of an office document, in the order in which they are read, if what is packed is one. None
/// are there where it has no text.
pub(crate) fn parts<'a>(names: impl Iterator<Item = &'a str>) -> Option<Vec<String>> {
    const TEXTS: [&str; 3] = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"];
    // Cells name strings and styles by number.
    const BEFORE_SHEETS: [&str; 3] = ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"];
    let names: HashSet<&str> = names.collect();
    let present = |parts: &[&str]| -> Vec<String> {
        parts.iter().filter(|part| names.contains(*part)).map(|part| (*part).to_owned()).collect()
    };
    if names.contains("META-INF/manifest.xml") && names.contains("content.xml") {
        return Some(vec!["content.xml".to_owned()]);
    }
    if !names.contains("[Content_Types].xml") {
        return None;
    }
    if names.contains(TEXTS[0]) {
        return Some(present(&TEXTS));
    }
    let mut sheets: Vec<&str> = names.iter().copied().filter(|name| name.starts_with("xl/worksheets/sheet")).collect();
    sheets.sort_by(|a, b| crate::source::find::natural(a, b));
    let before = if sheets.is_empty() { Vec::new() } else { present(&BEFORE_SHEETS) };
    Some(before.into_iter().chain(sheets.into_iter().map(str::to_owned)).collect())
}

pub(super) fn recognise(text: &str) -> bool {
    text.trim_start().starts_with('<')
        && root(text).is_some_and(|(name, tag)| {
            matches!(name.as_str(), "document" | "document-content")
                && (tag.contains("/wordprocessingml/") || tag.contains(":opendocument:"))
        })
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let (page, whole) = page(input.text);
    if !whole {
        let message = "The document breaks off or is not well formed; what was read up to there was kept.";
        problems.push(Problem::of_source(ProblemKind::Malformed, input.path, message));
    }
    let mut piece = html::piece(&page, input.path, problems);
    for block in &mut piece.blocks {
        block.line = 0;
    }
    vec![piece]
}

/// The document as HTML, and whether it was read to its end.
fn page(text: &str) -> (String, bool) {
    let end = text.find("</w:document>").map_or(text.len(), |at| at + "</w:document>".len());
    let (text, notes) = text.split_at(end);
    let mut reader = lenient(text);
    let is_word = text.contains("/wordprocessingml/");
    let mut writer = Writer { is_word, notes: read_notes(notes), ..Writer::default() };
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => writer.open(&tag),
            Ok(Event::Empty(tag)) => {
                writer.open(&tag);
                writer.close(local(tag.name().as_ref()));
            }
            Ok(Event::End(tag)) => writer.close(local(tag.name().as_ref())),
            Ok(Event::Text(words)) => writer.text(&words.xml10_content()),
            Ok(Event::GeneralRef(reference)) => {
                let mut letter = String::new();
                resolve(&reference, &mut letter);
                writer.text(&letter);
            }
            Ok(Event::Eof) => return (writer.out, true),
            Ok(_) => {}
            Err(_) => return (writer.out, false),
        }
    }
}

/// The words of Word's notes, by their kind and their number.
fn read_notes(text: &str) -> HashMap<(String, String), String> {
    fn gather(element: &Element, out: &mut String) {
        if local(&element.name) == "t" {
            out.push_str(&element.text);
        } else if local(&element.name) == "p" && !out.is_empty() {
            out.push(' ');
        }
        element.children.iter().for_each(|child| gather(child, out));
    }
    let found = items(text, &["w:footnote", "w:endnote", "footnote", "endnote"]).items;
    let note = |note: &Element| {
        let mut words = String::new();
        gather(note, &mut words);
        let id = note.attribute("w:id")?.to_owned();
        Some(((local(&note.name).to_owned(), id), words.trim().to_owned())).filter(|(_, words)| !words.is_empty())
    };
    found.iter().filter_map(note).collect()
}

/// Elements whose text is not the document's: what was deleted, remarks of others, what programs say to themselves.
const HIDDEN: &[&str] = &[
    "moveFrom",
    "Fallback",
    "annotation",
    "tracked-changes",
    "table-of-content",
    "alphabetical-index",
    "note-citation",
    "title",
    "desc",
];

#[derive(Default)]
struct Writer {
    out: String,
    is_word: bool,
    /// Elements open that are not read, one in the other.
    hidden: usize,
    /// Paragraphs open, one in the other; all are parts of the outermost.
    inside: usize,
    /// The tag of the paragraph in the page: none for a line of a table of contents.
    tag: Option<&'static str>,
    has_begun: bool,
    /// Whether each stretch that is open is bold.
    bold: Vec<bool>,
    /// Of Word: whether what stands here is of a run, and whether it is its text.
    in_run: bool,
    in_text: bool,
    /// Of OpenDocument: the styles that are bold, and the one that is being told.
    bold_styles: HashSet<String>,
    style: String,
    /// Of Word: its notes, by kind and number.
    notes: HashMap<(String, String), String>,
}

impl Writer {
    fn open(&mut self, tag: &BytesStart<'_>) {
        let name = tag.name();
        let name = local(name.as_ref());
        if self.hidden > 0 || HIDDEN.contains(&name) {
            self.hidden += 1;
            return;
        }
        let value = |name: &str| value(tag, name);
        match name {
            "p" | "h" => self.paragraph(value("outline-level"), value("style-name")),
            "pStyle" => self.tag = styled(&value("val").unwrap_or_default()),
            "r" => self.in_run = true,
            "t" => self.in_text = true,
            "b" if self.in_run => self.dress(!matches!(value("val").as_deref(), Some("0" | "false" | "off"))),
            "span" => self.dress(value("style-name").is_some_and(|style| self.bold_styles.contains(&style))),
            "tab" if self.in_run || !self.is_word => self.put(" "),
            "s" if !self.is_word => self.put(" "),
            "br" | "cr" if self.in_run => self.put("<br>"),
            "line-break" => self.put("<br>"),
            "noBreakHyphen" => self.put("-"),
            "note-body" => self.put(" ["),
            "footnoteReference" | "endnoteReference" => {
                let place = (name.trim_end_matches("Reference").to_owned(), value("id").unwrap_or_default());
                if let Some(words) = self.notes.remove(&place) {
                    self.put(&format!(" [{}]", words.replace('&', "&amp;").replace('<', "&lt;")));
                }
            }
            "style" => self.style = value("name").unwrap_or_default(),
            "text-properties" if value("font-weight").as_deref() == Some("bold") => {
                self.bold_styles.insert(self.style.clone());
            }
            _ => self.part("", name),
        }
    }

    fn close(&mut self, name: &str) {
        if self.hidden > 0 {
            self.hidden -= 1;
            return;
        }
        match name {
            "p" | "h" => self.end_paragraph(),
            "r" => {
                self.in_run = false;
                self.undress(0);
            }
            "t" => self.in_text = false,
            "span" => self.undress(self.bold.len().saturating_sub(1)),
            "note-body" => self.put("]"),
            _ => self.part("/", name),
        }
    }

    /// The parts of a table.
    fn part(&mut self, slash: &str, name: &str) {
        let tag = match name {
            "tbl" | "table" => "table",
            "tr" | "table-row" => "tr",
            "tc" | "table-cell" => "td",
            _ => return,
        };
        self.out.extend(["<", slash, tag, ">"]);
    }

    fn paragraph(&mut self, level: Option<String>, style: Option<String>) {
        self.inside += 1;
        if self.inside > 1 {
            return self.put(if self.out.ends_with('[') { "" } else { " " });
        }
        self.tag = level.map_or(Some("p"), |level| heading(&level));
        self.has_begun = false;
        if style.is_some_and(|style| self.bold_styles.contains(&style)) {
            self.dress(true);
        }
    }

    fn end_paragraph(&mut self) {
        self.inside = self.inside.saturating_sub(1);
        if self.inside > 0 {
            return;
        }
        self.undress(0);
        if let Some(tag) = self.tag.take().filter(|_| self.has_begun) {
            self.out.extend(["</", tag, ">\n"]);
        }
    }

    fn dress(&mut self, bold: bool) {
        self.bold.push(bold);
        if bold {
            self.put("<b>");
        }
    }

    /// Ends the stretches beyond so many.
    fn undress(&mut self, left: usize) {
        while self.bold.len() > left {
            if self.bold.pop() == Some(true) {
                self.put("</b>");
            }
        }
    }

    fn text(&mut self, words: &str) {
        if self.hidden == 0 && (self.in_text || !self.is_word) {
            self.put(&words.replace('&', "&amp;").replace('<', "&lt;"));
        }
    }

    fn put(&mut self, markup: &str) {
        let Some(tag) = self.tag.filter(|_| self.inside > 0) else { return };
        if !self.has_begun {
            self.has_begun = true;
            self.out.extend(["<", tag, ">"]);
        }
        self.out.push_str(markup);
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut found = attributes.with_checks(false).flatten().filter(|found| local(found.key.as_ref()) == name);
    found.next().map(|attribute| attribute.value.to_string())
}

/// The tag of a heading of this level.
fn heading(level: &str) -> Option<&'static str> {
    Some(match level {
        "1" => "h1",
        "2" => "h2",
        "3" => "h3",
        "4" => "h4",
        _ => "h5",
    })
}

/// The tag of a paragraph in one of Word's styles, which have a short name in the writer's language: `Heading1`,
/// `berschrift1`, `Titre2`, and `1` where its letters are none of the alphabet.
fn styled(style: &str) -> Option<&'static str> {
    const HEADINGS: &[&str] = &[
        "",
        "heading",
        "berschrift",
        "titre",
        "titolo",
        "ttulo",
        "kop",
        "rubrik",
        "overskrift",
        "nagwek",
        "nadpis",
        "otsikko",
        "cmsor",
        "balk",
        "zaglavlje",
    ];
    let name = style.trim_end_matches(|c: char| c.is_ascii_digit());
    let level = &style[name.len()..];
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "title" => Some("h1"),
        "toc" | "verzeichnis" | "tm" if !level.is_empty() => None,
        name if !level.is_empty() && HEADINGS.contains(&name) => heading(level),
        _ => Some("p"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_of_word() {
        let text = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>\
            <w:p><w:pPr><w:pStyle w:val='TOC1'/></w:pPr><w:r><w:t>4 May 3</w:t></w:r></w:p>\
            <w:p><w:pPr><w:pStyle w:val='Heading2'/><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>4 M</w:t></w:r><w:r><w:t>ay</w:t></w:r></w:p>\
            <w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr><w:del><w:r><w:delText>Sun</w:delText></w:r></w:del><w:r><w:rPr><w:b/></w:rPr><w:t>Rain</w:t></w:r>\
            <w:r><w:rPr><w:b w:val='0'/></w:rPr><w:tab/><w:t>&amp; wind</w:t><w:br/></w:r></w:p><w:p/></w:body></w:document>";
        assert!(recognise(text));
        assert_eq!(page(text), ("<h2>4 May</h2>\n<p><b>Rain</b> &amp; wind<br></p>\n".to_owned(), true));
    }

    #[test]
    fn paragraphs_of_open_document() {
        let text = "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>\
            <style:style style:name='T1'><style:text-properties fo:font-weight='bold'/></style:style>\
            <text:h text:outline-level='1'>4<text:s/>May</text:h>\n <text:p>Rain <text:span text:style-name='T1'>again</text:span>\
            <text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>or hail</text:p></text:note-body></text:note>.\
            <office:annotation><text:p>no</text:p></office:annotation></text:p></office:document-content>";
        assert!(recognise(text));
        assert_eq!(page(text), ("<h1>4 May</h1>\n<p>Rain <b>again</b> [or hail].</p>\n".to_owned(), true));
        assert!(page(&text[..400]).0.starts_with("<h1>4 May</h1>"));
    }

    #[test]
    fn notes_of_word_stand_where_they_are_called() {
        let space = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";
        let text = format!(
            "<?xml version='1.0'?><w:document {space}><w:body><w:p><w:r><w:t>Rain</w:t></w:r><w:r><w:footnoteReference w:id='2'/>\
             </w:r><w:r><w:t>.</w:t></w:r></w:p></w:body></w:document><?xml version='1.0'?><w:footnotes {space}>\
             <w:footnote w:type='separator' w:id='0'><w:p/></w:footnote><w:footnote w:id='2'><w:p><w:r><w:t>On slates &amp; </w:t></w:r>\
             <w:r><w:t>tiles</w:t></w:r></w:p></w:footnote></w:footnotes>"
        );
        assert_eq!(page(&text).0, "<p>Rain [On slates &amp; tiles].</p>\n");
    }

    #[test]
    fn parts_of_office_documents() {
        let found = |names: &[&'static str]| parts(names.iter().copied());
        let some = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(found(&["a.txt", "word/document.xml"]), None);
        let word = ["[Content_Types].xml", "word/footnotes.xml", "word/document.xml"];
        assert_eq!(found(&word), some(&["word/document.xml", "word/footnotes.xml"]));
        let sheets = ["[Content_Types].xml", "xl/worksheets/sheet10.xml", "xl/styles.xml", "xl/worksheets/sheet2.xml"];
        assert_eq!(found(&sheets), some(&["xl/styles.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet10.xml"]));
        assert_eq!(found(&["[Content_Types].xml", "ppt/presentation.xml"]), some(&[]));
        assert_eq!(found(&["mimetype", "content.xml", "META-INF/manifest.xml"]), some(&["content.xml"]));
    }
}
