//! Encodings from before the web, which no detector looks for: those of DOS and of the first Macintoshes. A reading in one
//! of them takes the place of the usual one where it makes far better words.

use crate::language::language;
use encoding_rs::{Encoding, IBM866, MACINTOSH, X_MAC_CYRILLIC};
use std::borrow::Cow;

/// The upper half of code page 850, which DOS wrote western languages in.
const CODE_PAGE_850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

/// That of code page 852, in which it wrote those of Central Europe.
const CODE_PAGE_852: &str = "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{AD}˝˛ˇ˘§÷¸°¨˙űŘř■\u{A0}";

/// So many bytes show what an encoding makes of a text.
const SAMPLE: usize = 128 * 1024;

/// A way to read single bytes.
#[derive(Clone, Copy)]
enum Reading {
    Web(&'static Encoding),
    /// A code page that no web standard knows, by its name and upper half.
    Dos(&'static str, &'static str),
}

impl Reading {
    fn name(self) -> &'static str {
        match self {
            Self::Web(encoding) => encoding.name(),
            Self::Dos(name, _) => name,
        }
    }

    fn text(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Web(encoding) => encoding.decode_without_bom_handling(bytes).0,
            Self::Dos(_, upper) => {
                let upper: Vec<char> = upper.chars().collect();
                let letter = |byte: &u8| if byte.is_ascii() { *byte as char } else { upper[usize::from(byte - 128)] };
                bytes.iter().map(letter).collect()
            }
        }
    }
}

/// The text that bytes make in an encoding from before the web, and its name, where the usual encoding makes no words of
/// them and that one does.
pub(super) fn read(bytes: &[u8], usual: &'static Encoding) -> Option<(String, &'static str)> {
    if !usual.is_single_byte() || bytes.is_ascii() {
        return None;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let read = Reading::Web(usual).text(sample);
    let wrong = cost(&read);
    let is_cyrillic = read.chars().filter(|c| matches!(c, '\u{400}'..='\u{4FF}')).count() * 2
        > read.chars().filter(|c| c.is_alphabetic()).count();
    let rivals: &[Reading] = if is_cyrillic {
        &[Reading::Web(X_MAC_CYRILLIC), Reading::Web(IBM866)]
    } else {
        &[Reading::Web(MACINTOSH), Reading::Dos("IBM850", CODE_PAGE_850), Reading::Dos("IBM852", CODE_PAGE_852)]
    };
    let others = rivals.iter().map(|rival| (cost(&rival.text(sample)), rival));
    let (least, best) = others.min_by_key(|(cost, _)| *cost).filter(|_| wrong >= FEWEST)?;
    (least * 4 <= wrong).then(|| (best.text(bytes).into_owned(), best.name()))
}

/// So many letters are wrong in a text that is read in the wrong encoding.
const FEWEST: usize = 2;

/// How many characters beyond ASCII stand where they cannot, or are in no word of the language.
fn cost(text: &str) -> usize {
    let alphabet = language(text).and_then(|code| ALPHABETS.iter().find(|(known, _)| *known == code.as_str()));
    let foreign = |c: char| {
        let c = c.to_lowercase().next().unwrap_or(c);
        alphabet.is_some_and(|(_, letters)| !letters.contains(c))
    };
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    let mut cost = 0;
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        if !c.is_ascii() {
            cost += usize::from(is_misplaced(before, c, after)) + usize::from(c.is_alphabetic() && foreign(c));
        }
        before = c;
    }
    cost
}

/// Whether a character stands where no writing has it: a capital behind a small letter, a sign within a word.
fn is_misplaced(before: char, c: char, after: char) -> bool {
    match c {
        '’' | '‘' | '–' | '—' | '…' | '·' | '\u{A0}' | '\u{AD}' => false,
        '\u{FFFD}' => true,
        // These open something.
        '„' | '‚' | '¡' | '¿' => before.is_alphabetic(),
        _ if c.is_lowercase() => false,
        _ if c.is_uppercase() => before.is_lowercase(),
        _ if c.is_alphabetic() => before.is_alphabetic(),
        _ if c.is_control() => before.is_alphabetic() || after.is_alphabetic(),
        _ => before.is_alphabetic() && after.is_alphabetic(),
    }
}

/// The letters beyond ASCII of languages that were written with few of them.
const ALPHABETS: &[(&str, &str)] = &[
    ("cs", "áčďéěíňóřšťúůýž"),
    ("da", "æøåéü"),
    ("de", "äöüßé"),
    ("es", "áéíóúñüçªº"),
    ("fi", "äöåé"),
    ("fr", "àâæçéèêëîïôœùûüÿ"),
    ("hr", "čćđšž"),
    ("hu", "áéíóöőúüű"),
    ("it", "àèéìíîòóù"),
    ("nb", "æøåéòô"),
    ("nl", "áâçéèêëíïóôöúü"),
    ("pl", "ąćęłńóśźż"),
    ("pt", "áâãàçéêíóôõúü"),
    ("ru", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    ("sk", "áäčďéíĺľňóôŕšťúýž"),
    ("sv", "åäöéü"),
];
