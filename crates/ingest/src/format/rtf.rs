//! Rich Text: what word processors of thirty years exchange. It is read as the page that it would make: paragraphs, and
//! what is bold in them. Its lines are broken anywhere and mean nothing.

use super::{Input, html};
use crate::document::Piece;
use crate::problem::Problem;
use encoding_rs::{Encoding, WINDOWS_1252};
use std::iter::Peekable;
use std::str::Chars;

pub(super) fn recognise(text: &str) -> bool {
    text.starts_with("{\\rtf")
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let mut piece = html::piece(&page(input.text), input.path, problems);
    for block in &mut piece.blocks {
        block.line = 0;
    }
    vec![piece]
}

/// What holds inside a group.
#[derive(Clone, Copy)]
struct State {
    bold: bool,
    /// Fonts, colours, pictures: nothing that is read.
    hidden: bool,
    /// How many letters stand behind a `\u` for readers that do not know it.
    instead: usize,
}

struct Writer {
    out: String,
    bold: bool,
    encoding: &'static Encoding,
    /// Bytes given as `\'e9`, which may be one letter together.
    bytes: Vec<u8>,
    /// The first half of a letter given in two.
    half: Option<u16>,
}

impl Writer {
    fn flush(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        if !bytes.is_empty() {
            let (words, _) = self.encoding.decode_without_bom_handling(&bytes);
            words.chars().for_each(|c| self.letter(c));
        }
    }

    fn letter(&mut self, c: char) {
        match c {
            '<' => self.out.push_str("&lt;"),
            '&' => self.out.push_str("&amp;"),
            c => self.out.push(c),
        }
    }

    fn dress(&mut self, bold: bool) {
        if self.bold != bold {
            self.flush();
            self.out.push_str(if bold { "<b>" } else { "</b>" });
            self.bold = bold;
        }
    }

    fn part(&mut self) {
        self.dress(false);
        self.flush();
        self.out.push_str("</p><p>");
    }

    fn unit(&mut self, unit: u16) {
        let units = self.half.take().into_iter().chain([unit]);
        match char::decode_utf16(units).last() {
            Some(Ok(c)) => self.letter(c),
            _ => self.half = Some(unit),
        }
    }
}

/// The document as HTML.
fn page(text: &str) -> String {
    let mut writer =
        Writer { out: "<p>".to_owned(), bold: false, encoding: WINDOWS_1252, bytes: Vec::new(), half: None };
    let mut state = State { bold: false, hidden: false, instead: 1 };
    let mut outer = Vec::new();
    let mut skip = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' => outer.push(state),
            '}' => state = outer.pop().unwrap_or(state),
            '\r' | '\n' => {}
            '\\' => {
                let word = control(&mut chars);
                match word {
                    Control::Word(name, number) => obey(&name, number, &mut state, &mut writer, &mut skip),
                    Control::Byte(_) | Control::Letter(_) if state.hidden => {}
                    Control::Byte(_) | Control::Letter(_) if skip > 0 => skip -= 1,
                    Control::Byte(byte) => {
                        writer.dress(state.bold);
                        writer.bytes.push(byte);
                    }
                    Control::Letter(c) => {
                        writer.dress(state.bold);
                        writer.flush();
                        writer.letter(c);
                    }
                    Control::Ignorable => state.hidden = true,
                    Control::Nothing => {}
                }
            }
            _ if state.hidden => {}
            _ if skip > 0 => skip -= 1,
            c => {
                writer.dress(state.bold);
                writer.flush();
                writer.letter(c);
            }
        }
    }
    writer.part();
    writer.out
}

/// What follows a backslash.
enum Control {
    Word(String, Option<i32>),
    Byte(u8),
    Letter(char),
    /// The rest of the group may be passed over.
    Ignorable,
    Nothing,
}

fn control(chars: &mut Peekable<Chars<'_>>) -> Control {
    let Some(first) = chars.next() else { return Control::Nothing };
    match first {
        '\\' | '{' | '}' => return Control::Letter(first),
        '~' => return Control::Letter('\u{a0}'),
        '_' => return Control::Letter('-'),
        '*' => return Control::Ignorable,
        '\r' | '\n' => return Control::Word("par".to_owned(), None),
        '\'' => {
            let mut figure = || chars.next().and_then(|c| c.to_digit(16));
            return match (figure(), figure()) {
                (Some(high), Some(low)) => u8::try_from(high * 16 + low).map_or(Control::Nothing, Control::Byte),
                _ => Control::Nothing,
            };
        }
        c if !c.is_ascii_alphabetic() => return Control::Nothing,
        _ => {}
    }
    let mut name = String::from(first);
    while let Some(c) = chars.next_if(char::is_ascii_alphabetic) {
        name.push(c);
    }
    let mut number = String::new();
    while let Some(c) = chars.next_if(|c| c.is_ascii_digit() || *c == '-' && number.is_empty()) {
        number.push(c);
    }
    chars.next_if_eq(&' ');
    Control::Word(name, number.parse().ok())
}

fn obey(name: &str, number: Option<i32>, state: &mut State, writer: &mut Writer, skip: &mut usize) {
    let letter = match name {
        "fonttbl" | "colortbl" | "stylesheet" | "info" | "pict" | "object" | "header" | "footer" | "headerl"
        | "headerr" | "footerl" | "footerr" | "fldinst" | "listtable" | "themedata" => {
            state.hidden = true;
            return;
        }
        "ansicpg" => {
            let label = match number {
                Some(932) => "shift_jis".to_owned(),
                Some(936) => "gbk".to_owned(),
                Some(949) => "euc-kr".to_owned(),
                Some(950) => "big5".to_owned(),
                Some(10000) => "macintosh".to_owned(),
                Some(65001) => "utf-8".to_owned(),
                page => format!("windows-{}", page.unwrap_or(1252)),
            };
            writer.encoding = Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252);
            return;
        }
        "mac" => {
            writer.encoding = encoding_rs::MACINTOSH;
            return;
        }
        "uc" => {
            state.instead = number.and_then(|number| usize::try_from(number).ok()).unwrap_or(1);
            return;
        }
        "b" => {
            state.bold = number != Some(0);
            return;
        }
        "plain" => {
            state.bold = false;
            return;
        }
        _ if state.hidden => return,
        "par" | "sect" | "page" | "row" => return writer.part(),
        "line" => {
            writer.flush();
            return writer.out.push_str("<br>");
        }
        "u" => {
            writer.dress(state.bold);
            writer.flush();
            // A negative number stands for one above 32,767.
            writer.unit(number.unwrap_or(0) as u16);
            *skip = state.instead;
            return;
        }
        "tab" | "cell" => ' ',
        "emdash" => '—',
        "endash" => '–',
        "lquote" => '‘',
        "rquote" => '’',
        "ldblquote" => '“',
        "rdblquote" => '”',
        "bullet" => '•',
        _ => return,
    };
    writer.flush();
    writer.letter(letter);
}
