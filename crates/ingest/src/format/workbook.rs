//! Workbooks of Excel: XML inside a zip, of which the container hands on the strings, the styles and the sheets, one behind
//! the other. A sheet is a table like those that are parted by commas. Days are numbers whose style says so.

use super::xml::{lenient, resolve, root};
use super::{Input, csv, text};
use crate::document::Piece;
use crate::problem::{Problem, ProblemKind};
use chrono::{Days, NaiveDate};
use quick_xml::events::{BytesStart, Event};

pub(super) fn recognise(text: &str) -> bool {
    text.trim_start().starts_with('<') && root(text).is_some_and(|(_, tag)| tag.contains("/spreadsheetml/"))
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let mut reader = lenient(input.text);
    let mut book = Book::default();
    let whole = loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => book.open(&tag),
            Ok(Event::Empty(tag)) => {
                book.open(&tag);
                book.close(tag.local_name().as_ref());
            }
            Ok(Event::End(tag)) => book.close(tag.local_name().as_ref()),
            Ok(Event::Text(words)) if book.in_value => book.value.push_str(&words.xml10_content()),
            Ok(Event::GeneralRef(reference)) if book.in_value => resolve(&reference, &mut book.value),
            Ok(Event::Eof) => break true,
            Ok(_) => {}
            Err(_) => break false,
        }
    };
    if !whole {
        let message = "The workbook breaks off or is not well formed; what was read up to there was kept.";
        problems.push(Problem::of_source(ProblemKind::Malformed, input.path, message));
    }
    let mut pieces = Vec::new();
    for sheet in book.sheets.iter().filter(|sheet| !sheet.is_empty()) {
        let table = Input { path: input.path, text: sheet, line: 0, offset: 0 };
        let is_table = csv::is_table(&table);
        let mut read = if is_table { csv::read(&table, problems) } else { vec![text::piece(sheet, 1, 0)] };
        for piece in &mut read {
            piece.span = diary::Span::default();
            piece.blocks.iter_mut().for_each(|block| block.span = diary::Span::default());
        }
        pieces.append(&mut read);
    }
    pieces
}

/// What was read of a workbook, and what is open at the moment.
#[derive(Default)]
struct Book {
    /// The strings that cells name by number.
    strings: Vec<String>,
    /// The formats of numbers that are days, beside those that Excel knows.
    day_formats: Vec<u32>,
    /// Whether the cells of a style are days.
    day_styles: Vec<bool>,
    /// On old Macintoshes days are counted from 1904 on.
    from_1904: bool,
    /// The sheets as tables between commas.
    sheets: Vec<String>,
    in_styles: bool,
    /// How something is read out, which is no text of it.
    in_reading: bool,
    in_value: bool,
    value: String,
    /// The type, style and place of a cell.
    kind: String,
    style: usize,
    column: usize,
    /// How many cells of the row are written.
    written: usize,
}

/// A row has so many cells at most that are told apart.
const MOST_COLUMNS: usize = 256;

impl Book {
    fn open(&mut self, tag: &BytesStart<'_>) {
        let attribute = |name: &str| {
            tag.attributes().with_checks(false).flatten().take(32).find_map(|attribute| {
                (attribute.key.local_name().as_ref() == name).then(|| attribute.value.to_string())
            })
        };
        let number = |name: &str| attribute(name).and_then(|value| value.parse::<u32>().ok());
        match tag.local_name().as_ref() {
            "workbookPr" => self.from_1904 |= matches!(attribute("date1904").as_deref(), Some("1" | "true")),
            "numFmt" if attribute("formatCode").is_some_and(|code| is_day_format(&code)) => {
                self.day_formats.extend(number("numFmtId"));
            }
            "cellXfs" => self.in_styles = true,
            "xf" if self.in_styles => {
                let format = number("numFmtId").unwrap_or(0);
                let known = matches!(format, 14..=17 | 22 | 27..=31 | 36 | 50..=58);
                self.day_styles.push(known || self.day_formats.contains(&format));
            }
            "si" => self.value.clear(),
            "rPh" => self.in_reading = true,
            "worksheet" => self.sheets.push(String::new()),
            "row" => self.written = 0,
            "c" => {
                self.value.clear();
                self.kind = attribute("t").unwrap_or_default();
                self.style = number("s").and_then(|style| style.try_into().ok()).unwrap_or(usize::MAX);
                self.column = attribute("r").map_or(self.written, |place| column(&place));
            }
            "t" | "v" => self.in_value = !self.in_reading,
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" | "v" => self.in_value = false,
            "cellXfs" => self.in_styles = false,
            "rPh" => self.in_reading = false,
            "si" => self.strings.push(std::mem::take(&mut self.value)),
            "c" => self.write(),
            "row" => self.sheets.last_mut().into_iter().for_each(|sheet| sheet.push('\n')),
            _ => {}
        }
    }

    /// Writes a cell into its sheet.
    fn write(&mut self) {
        let day = || self.day_styles.get(self.style).filter(|is_day| **is_day).and_then(|_| self.day());
        let words = match self.kind.as_str() {
            "s" => self.value.trim().parse().ok().and_then(|at: usize| self.strings.get(at)).cloned(),
            "" | "n" => day(),
            _ => None,
        };
        let words = words.unwrap_or_else(|| std::mem::take(&mut self.value));
        let Some(sheet) = self.sheets.last_mut().filter(|_| self.column < MOST_COLUMNS) else { return };
        let before = if self.written == 0 { self.column } else { (self.column + 1).saturating_sub(self.written) };
        sheet.extend(std::iter::repeat_n(',', before));
        self.written = self.column + 1;
        sheet.extend(["\"", &words.trim().replace('"', "\"\""), "\""]);
    }

    /// The day that a number counts to.
    fn day(&self) -> Option<String> {
        let start = if self.from_1904 { (1904, 1, 1) } else { (1899, 12, 30) };
        let number = self.value.trim().parse::<f64>().ok().filter(|number| (1.0..2_958_466.0).contains(number))?;
        let day = NaiveDate::from_ymd_opt(start.0, start.1, start.2)?.checked_add_days(Days::new(number as u64))?;
        Some(day.format("%Y-%m-%d").to_string())
    }
}

/// Whether a format of numbers shows a day: `dd/mm/yyyy`, and not `0.00 "day"`.
fn is_day_format(code: &str) -> bool {
    let mut quoted = false;
    let shown = code.replace("&quot;", "\"");
    let shown = shown.chars().filter(|c| {
        quoted ^= matches!(c, '"' | '[' | ']');
        !quoted
    });
    shown.into_iter().any(|c| matches!(c, 'y' | 'Y' | 'd' | 'D'))
}

/// The column of a cell, from 0: `B7` is in 1.
fn column(place: &str) -> usize {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    letters
        .fold(0, |column, letter| column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1)
        .saturating_sub(1)
}
