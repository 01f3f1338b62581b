//! Generated diaries: the small words of English among Zipfian others, named people, a date a heading. The same number
//! gives the same diary.

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
/// What nearly half of all English words are, the most frequent first.
const SMALL: [&str; 48] = [
    "the", "and", "of", "to", "i", "a", "in", "my", "was", "that", "he", "with", "it", "his", "at", "me", "for", "not",
    "we", "by", "had", "but", "him", "which", "on", "be", "as", "is", "all", "so", "there", "from", "have", "this",
    "they", "very", "her", "up", "then", "were", "did", "she", "their", "would", "been", "no", "or", "if",
];
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
            let small = dice.roll(9) < 4;
            let word = if small { SMALL[dice.zipf(SMALL.len())] } else { &vocabulary[dice.zipf(WORDS)] };
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

/// A way to write a diary down: its name, which is also the extension, and the page of it.
pub(crate) type Format = (&'static str, fn(&Page) -> String);

/// One page a year in each.
pub(crate) const FORMATS: [Format; 3] = [("html", html), ("txt", text), ("md", markdown)];

fn html(page: &Page) -> String {
    let mut text = format!("<!DOCTYPE html><html><head><title>{}</title></head><body>\n", page.year);
    for entry in &page.entries {
        let _ = writeln!(text, "<h3>{}</h3>", entry.heading);
        for paragraph in &entry.paragraphs {
            let _ = writeln!(text, "<p>{paragraph}</p>");
        }
    }
    text + "</body></html>\n"
}

fn text(page: &Page) -> String {
    let entry = |entry: &Generated| format!("{}\n\n{}\n\n", entry.heading, entry.paragraphs.join("\n\n"));
    page.entries.iter().map(entry).collect()
}

fn markdown(page: &Page) -> String {
    let entry = |entry: &Generated| format!("## {}\n\n{}\n\n", entry.heading, entry.paragraphs.join("\n\n"));
    page.entries.iter().map(entry).collect()
}

/// Writes the diary into a folder named after the format; gives the number of bytes.
pub(crate) fn write(pages: &[Page], folder: &Path, (name, form): Format) -> u64 {
    let folder = folder.join(name);
    let _ = std::fs::create_dir_all(&folder);
    let mut bytes = 0;
    for page in pages {
        let text = form(page);
        bytes += text.len() as u64;
        if let Err(error) = std::fs::write(folder.join(format!("{:04}.{name}", page.year)), text) {
            crate::say(&format!("cannot write the diary: {error}"));
        }
    }
    bytes
}

/// Writes the entries ready to be indexed, one JSON object a line; gives the bytes of their text.
pub(crate) fn write_ready(pages: &[Page], file: &Path) -> u64 {
    let mut lines = String::new();
    let mut bytes = 0;
    let mut number = 0;
    for page in pages {
        for entry in &page.entries {
            let text = entry.paragraphs.join("\n\n");
            bytes += text.len() as u64;
            let people: Vec<&str> = PEOPLE.into_iter().filter(|name| text.contains(name)).collect();
            let date = entry.heading.rsplit(' ').next().unwrap_or_default();
            let ready = serde_json::json!({
                "id": format!("bench/{date}"), "heading": entry.heading, "text": text, "person": people,
                "year": page.year.to_string(), "month": date.get(..7), "day": number,
            });
            let _ = writeln!(lines, "{ready}");
            number += 1;
        }
    }
    if let Err(error) = std::fs::write(file, lines) {
        crate::say(&format!("cannot write the entries: {error}"));
    }
    bytes
}
