//! What printed pages leave in a text that was read from them: running heads and the numbers of pages.

use super::Line;
use crate::date::scan;
use std::collections::HashMap;

/// A running head is on at least so many pages.
const FEWEST: usize = 3;
/// Diaries are of later years, and books of fewer pages.
const EARLIEST_YEAR: u32 = 1400;
/// What is set in the middle of its line begins so, or further on.
const CENTRED: &str = "            ";
/// No running head is longer.
const LONGEST: usize = 80;

/// Takes out the lines that are running heads or numbers of pages; a sentence that goes on behind them is whole again.
pub(super) fn remove(lines: &mut Vec<Line<'_>>) {
    let mut heads: HashMap<String, Vec<(usize, u32)>> = HashMap::new();
    for at in (0..lines.len()).filter(|&at| stands_alone(lines, at)) {
        if let Some((words, page)) = head(lines[at].text).or_else(|| bare_number(lines[at].text)) {
            heads.entry(words).or_default().push((at, page));
        }
    }
    // A number alone may be a day; pages go on beyond.
    let beyond = |words: &str, found: &[(usize, u32)]| {
        words.contains(char::is_alphabetic) || found.iter().any(|(_, page)| *page > 31)
    };
    let counts = |found: &[(usize, u32)]| found.windows(2).all(|pair| pair[0].1 < pair[1].1);
    let mut pages: Vec<usize> = Vec::new();
    for (_, found) in
        heads.iter().filter(|(words, found)| found.len() >= FEWEST && counts(found) && beyond(words, found))
    {
        pages.extend(found.iter().map(|(at, _)| *at));
    }
    pages.extend((0..lines.len()).filter(|&at| is_page_number(lines[at].text)));
    let latex = lines.iter().any(|line| line.text.starts_with("\\begin{document}"));
    let commands: Vec<usize> = (0..lines.len()).filter(|&at| latex && is_command(lines[at].text)).collect();
    let mut is_page = vec![false; lines.len()];
    for &at in &pages {
        is_page[at] = true;
    }
    for &at in commands.iter().chain(&pages) {
        lines[at].text = "";
    }
    let mut gone = vec![false; lines.len()];
    let mut from = 0;
    for alike in lines.chunk_by(|a, b| a.is_blank() == b.is_blank()) {
        let to = from + alike.len();
        let before = from.checked_sub(1).map(|at| &lines[at]);
        if is_page[from..to].contains(&true) && goes_on(before, lines.get(to)) {
            gone[from..to].fill(true);
        }
        from = to;
    }
    let mut places = gone.into_iter();
    lines.retain(|_| !places.next().unwrap_or(false));
}

/// Whether the line before some empty ones breaks off, and the next goes on without a capital.
fn goes_on(before: Option<&Line<'_>>, after: Option<&Line<'_>>) -> bool {
    let before = before.map(|line| line.text.trim_end());
    let after = after.map(|line| line.text.trim_start());
    before.is_some_and(|text| text.ends_with(|c: char| c.is_alphabetic() || matches!(c, ',' | ';' | '-')))
        && after.is_some_and(|text| text.starts_with(char::is_lowercase))
}

/// A number and nothing else, in brackets or none, and no year: those rise as pages do.
fn bare_number(line: &str) -> Option<(String, u32)> {
    let text = line.trim();
    let inside = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let page = inside.unwrap_or(text).parse().ok().filter(|page| *page < EARLIEST_YEAR)?;
    Some((inside.map_or("", |_| "()").to_owned(), page))
}

/// Whether a line of LaTeX only says how to set the others: `\\maketitle`, `\\end{document}`.
fn is_command(line: &str) -> bool {
    let command = line.trim().strip_prefix('\\').unwrap_or_default();
    let name: String = command.chars().take_while(char::is_ascii_alphabetic).collect();
    const SET: &[&str] = &[
        "documentclass",
        "usepackage",
        "begin",
        "end",
        "maketitle",
        "title",
        "author",
        "date",
        "pagestyle",
        "newpage",
        "clearpage",
        "tableofcontents",
        "noindent",
        "bigskip",
        "medskip",
        "input",
        "setlength",
        "newcommand",
    ];
    let over = command.is_empty() || command.ends_with(['}', ']']) || command.len() == name.len();
    SET.contains(&name.as_str()) && over
}

fn stands_alone(lines: &[Line<'_>], at: usize) -> bool {
    let blank = |line: Option<&Line<'_>>| line.is_none_or(Line::is_blank);
    let centred = || lines[at].text.starts_with(CENTRED) && lines[at].text.trim().starts_with('(');
    lines[at].text.len() <= LONGEST
        && blank(at.checked_sub(1).map(|at| &lines[at]))
        && (blank(lines.get(at + 1)) || centred())
}

/// The words and the page of a line in capitals with a number in front or behind: `40   JOURNAL OF A SURVEYOR   [1841`.
fn head(line: &str) -> Option<(String, u32)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let number =
        |word: &&str| -> Option<u32> { word.trim_matches(['[', ']', '.']).parse().ok().filter(|page| *page < 3000) };
    let (first, last) = (words.first().and_then(number), words.last().and_then(number));
    // Of two numbers, one is the year.
    let page = match (first, last) {
        (Some(one), Some(two)) => one.min(two),
        (one, two) => one.or(two)?,
    };
    let letters: Vec<&str> = words.iter().filter(|word| word.contains(char::is_alphabetic)).copied().collect();
    let capitals = letters.len() >= 2 && letters.iter().all(|word| !word.contains(char::is_lowercase));
    let dated = || {
        letters.iter().any(|word| scan::scan(word).is_some())
            || scan::scan(line).is_some_and(|w| w.names_day() && w.first.month.is_some())
    };
    (capitals && !dated()).then(|| (letters.join(" "), page))
}

/// `[Pg 42]`, `{42}`, `- 42 -`: the number of a page in its marks, and nothing else.
fn is_page_number(line: &str) -> bool {
    let text = line.trim();
    // "Page 3 of 40"
    let counted = text.strip_prefix("Page ").and_then(|rest| rest.split_once(" of "));
    let figures = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    if counted.is_some_and(|(page, all)| figures(page) && figures(all)) {
        return true;
    }
    let inside = ["[]", "{}", "--", "––", "——"].iter().find_map(|marks| {
        let (open, close) = (marks.chars().next()?, marks.chars().next_back()?);
        text.strip_prefix(open)?.strip_suffix(close)
    });
    let words = inside.unwrap_or_default().trim();
    let figures = words.strip_prefix("Pg ").or_else(|| words.strip_prefix("Page ")).unwrap_or(words);
    let is_number = !figures.is_empty() && figures.len() <= 4 && figures.bytes().all(|b| b.is_ascii_digit());
    // "[12]" may be a day.
    is_number && (figures.len() < words.len() || !text.starts_with('[') || figures.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::super::piece;

    #[test]
    fn running_heads_and_page_numbers_are_no_text() {
        let page = |n: usize| {
            format!("We went up the val-\nley.\n\n{}   A LONG JOURNEY   [1841\n\nIt rained.\n\n- {n} -\n\n", 40 + n)
        };
        let text: String = (1..=3).map(page).collect();
        let texts: Vec<String> = piece(&text, 1, 0).blocks.into_iter().map(|block| block.text).collect();
        assert_eq!(texts, ["We went up the valley.", "It rained."].repeat(3));
    }
}
