//! Generated diaries: Zipfian words, named people, a date a heading. The same number gives the same diary.

use diary::{Calendar, Day};
use std::fmt::Write;
use std::path::Path;

pub(crate) struct Page {
    pub(crate) year: i32,
    pub(crate) entries: Vec<Generated>,
}

pub(crate) struct Generated {
    pub(crate) heading: String,
    pub(crate) paragraphs: Vec<String>,
}

/// A small generator of numbers, after Marsaglia's xorshift.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }

    /// A rank below `size`, the low ones often.
    fn zipf(&mut self, size: usize) -> usize {
        let unit = (self.roll(1 << 30) as f64 + 1.0) / f64::from(1 << 30);
        ((size as f64).powf(unit) as usize).clamp(1, size) - 1
    }
}

const WORDS: usize = 30_000;
const WORDS_AN_ENTRY: usize = 145;
const PEOPLE: [&str; 12] = [
    "Anna Pell",
    "Tom Ridley",
    "Greta Holm",
    "Ned Farrow",
    "Ida Strand",
    "Kai Brandt",
    "Rose Amis",
    "Hugh Lowe",
    "Mina Orr",
    "Joan Tait",
    "Carl Voss",
    "Edie Marsh",
];

/// The word of a rank: pronounceable, distinct, longer for rarer ones.
pub(crate) fn word(rank: usize) -> String {
    const HEADS: [&str; 16] = ["b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st"];
    const TAILS: [&str; 8] = ["a", "en", "i", "or", "u", "ing", "est", "y"];
    let (mut word, mut rest) = (String::new(), rank + 1);
    while rest > 0 {
        word.push_str(HEADS[rest % 16]);
        word.push_str(TAILS[rest / 16 % 8]);
        rest /= 128;
    }
    word
}

/// `entries` entries, one a day from 1 January 1900 on, a page a year.
pub(crate) fn generate(entries: usize) -> Vec<Page> {
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let start = diary::CivilDate::new(1900, 1, 1).and_then(|date| Calendar::Gregorian.day(date)).unwrap_or(Day::MIN);
    let vocabulary: Vec<String> = (0..WORDS).map(word).collect();
    let mut pages: Vec<Page> = Vec::new();
    for number in 0..entries {
        let day = start.plus(number as i64 % 2_900_000);
        let date = Calendar::Gregorian.civil(day);
        if pages.last().is_none_or(|page| page.year != date.year()) {
            pages.push(Page { year: date.year(), entries: Vec::new() });
        }
        let paragraphs = (0..3).map(|_| paragraph(&mut dice, &vocabulary)).collect();
        let heading = format!("{} {date}", day.weekday());
        if let Some(page) = pages.last_mut() {
            page.entries.push(Generated { heading, paragraphs });
        }
    }
    pages
}

fn paragraph(dice: &mut Dice, vocabulary: &[String]) -> String {
    let mut text = String::new();
    let mut begins = true;
    for _ in 0..WORDS_AN_ENTRY / 3 {
        if !text.is_empty() {
            text.push(' ');
        }
        if dice.roll(40) == 0 {
            text.push_str(PEOPLE[dice.zipf(PEOPLE.len())]);
        } else {
            let word = &vocabulary[dice.zipf(WORDS)];
            let capital = word[..1].to_uppercase();
            text.push_str(if begins { &capital } else { &word[..1] });
            text.push_str(&word[1..]);
        }
        begins = dice.roll(12) == 0;
        if begins {
            text.push('.');
        }
    }
    text.push('.');
    text
}

/// One HTML page a year; gives the number of bytes.
pub(crate) fn write_html(pages: &[Page], folder: &Path) -> u64 {
    write_pages(pages, folder, "html", |page| {
        let mut text = format!("<!DOCTYPE html><html><head><title>{}</title></head><body>\n", page.year);
        for entry in &page.entries {
            let _ = writeln!(text, "<h3>{}</h3>", entry.heading);
            for paragraph in &entry.paragraphs {
                let _ = writeln!(text, "<p>{paragraph}</p>");
            }
        }
        text + "</body></html>\n"
    })
}

/// One text file a year.
pub(crate) fn write_text(pages: &[Page], folder: &Path) -> u64 {
    write_pages(pages, folder, "txt", |page| {
        let entry = |entry: &Generated| format!("{}\n\n{}\n\n", entry.heading, entry.paragraphs.join("\n\n"));
        page.entries.iter().map(entry).collect()
    })
}

fn write_pages(pages: &[Page], folder: &Path, extension: &str, text: impl Fn(&Page) -> String) -> u64 {
    let _ = std::fs::create_dir_all(folder);
    let mut bytes = 0;
    for page in pages {
        let text = text(page);
        bytes += text.len() as u64;
        if let Err(error) = std::fs::write(folder.join(format!("{:04}.{extension}", page.year)), text) {
            crate::say(&format!("cannot write the diary: {error}"));
        }
    }
    bytes
}
