//! What printed pages leave in a text that was read from them: running heads and the numbers of pages.

use super::Line;
use crate::date::scan;
use std::collections::HashMap;

/// A running head is on at least so many pages.
const FEWEST: usize = 3;
/// No running head is longer.
const LONGEST: usize = 80;

/// Makes the lines that are running heads or numbers of pages blank.
pub(super) fn blank(lines: &mut [Line<'_>]) {
    let mut heads: HashMap<String, Vec<(usize, u32)>> = HashMap::new();
    for at in (0..lines.len()).filter(|&at| stands_alone(lines, at)) {
        if let Some((words, page)) = head(lines[at].text) {
            heads.entry(words).or_default().push((at, page));
        }
    }
    let counts_pages = |found: &&Vec<(usize, u32)>| found.windows(2).all(|pair| pair[0].1 < pair[1].1);
    let mut pages: Vec<usize> = Vec::new();
    for found in heads.values().filter(|found| found.len() >= FEWEST).filter(counts_pages) {
        pages.extend(found.iter().map(|(at, _)| *at));
    }
    pages.extend((0..lines.len()).filter(|&at| is_page_number(lines[at].text)));
    let latex = lines.iter().any(|line| line.text.starts_with("\\begin{document}"));
    pages.extend((0..lines.len()).filter(|&at| latex && is_command(lines[at].text)));
    for at in pages {
        lines[at].text = "";
    }
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
    lines[at].text.len() <= LONGEST && blank(at.checked_sub(1).map(|at| &lines[at])) && blank(lines.get(at + 1))
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
    let inside = ["[]", "{}", "--", "––", "——"].iter().find_map(|marks| {
        let (open, close) = (marks.chars().next()?, marks.chars().next_back()?);
        text.strip_prefix(open)?.strip_suffix(close)
    });
    let words = inside.unwrap_or_default().trim();
    let figures = words.strip_prefix("Pg ").or_else(|| words.strip_prefix("Page ")).unwrap_or(words);
    let is_number = !figures.is_empty() && figures.len() <= 4 && figures.bytes().all(|b| b.is_ascii_digit());
    // "[12]" may be a day.
    is_number && (figures.len() < words.len() || !text.starts_with(['[', '{']) || figures.len() == 3)
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
