//! Plain text: paragraphs between empty lines, ruled boxes, Project Gutenberg framing, Aozora markup.

mod aozora;
mod date_line;
mod pages;
mod tables;

pub(super) use date_line::is_date_line;

use super::Input;
use crate::date::scan;
use crate::document::{Block, Dress, MOST_BLOCKS, Piece, add};
use crate::plan::beside::placed_line;
use crate::plan::page::five_years::opening_year;
use date_line::{DateLine, LONGEST_DATE};
use diary::{BlockKind, Link, Span};
use std::ops::{Range, RangeInclusive};
use tables::{day_number, is_day_table, is_preformatted, opens_with_days, opens_with_years};

/// A page of plain text.
pub(super) fn read(input: &Input<'_>) -> Vec<Piece> {
    vec![piece(input.text, input.line + 1, input.offset)]
}

/// The same for a text that stands inside another source, at this line and byte.
pub(super) fn piece(text: &str, first_line: usize, offset: usize) -> Piece {
    let mut lines = lines(text, first_line, offset);
    pages::remove(&mut lines);
    let texts: Vec<&str> = lines.iter().map(|line| line.text).collect();
    let lines = &lines[within_framing(&texts)];
    // The first item of a list is no title.
    let listed =
        |line: &str| line.trim_start().strip_prefix(['*', '-', '+']).is_some_and(|item| item.starts_with([' ', '\t']));
    let first =
        lines.iter().position(|line| !line.is_blank()).filter(|&at| !listed(lines[at].text) && !runs_on(lines, at));
    let title = first
        .map(|at| lines[at].text)
        .map(|line| marked_heading(line).map_or(line, |(_, words)| words.of(line)).trim().to_owned());
    let blocks = if aozora::is_aozora(lines) { aozora::aozora(lines) } else { blocks(lines) };
    let span = Span::new(offset, offset + text.len());
    Piece { title: title.filter(|title| title.len() <= 120), blocks, line: first_line, span, ..Piece::default() }
}

/// Whether the first line of a paragraph is no title but goes on in the next: in small letters, or since it is as full as
/// the lines of the paragraph are. A date may be followed by anything.
fn runs_on(lines: &[Line<'_>], first: usize) -> bool {
    let paragraph = || lines[first..].iter().take_while(|line| !line.is_blank()).map(|line| line.text.trim());
    let width = |line: &str| line.chars().count();
    let Some(next) = paragraph().nth(1) else { return false };
    let most = paragraph().map(width).max().unwrap_or(0);
    let full = WRAPPED.contains(&most) && width(lines[first].text.trim()) * 4 >= most * 3;
    (full || next.starts_with(char::is_lowercase)) && scan::scan(lines[first].text).is_none()
}

/// At how many characters people wrap lines.
const WRAPPED: RangeInclusive<usize> = 50..=100;

#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    text: &'a str,
    number: usize,
    start: usize,
}

impl Line<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// A line of nothing but `---`, `===`, `***` and the like.
    fn is_rule(&self) -> bool {
        let text = self.text.trim();
        text.chars().filter(|c| !c.is_whitespace()).count() >= 3
            && text.chars().all(|c| {
                matches!(c, '-' | '=' | '_' | '*' | '~' | '+' | '#' | '─' | '━' | '═' | '－') || c.is_whitespace()
            })
    }

    fn indent(&self) -> usize {
        self.text.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 8 } else { 1 }).sum()
    }
}

/// The lines of a text; of several blank ones in a row, the first.
fn lines(text: &str, first_line: usize, offset: usize) -> Vec<Line<'_>> {
    let mut start = offset;
    let mut lines: Vec<Line<'_>> = Vec::new();
    for (number, line) in (first_line..).zip(text.split('\n')) {
        let line = Line { text: line, number, start };
        start = line.end() + 1;
        if !(line.is_blank() && lines.last().is_some_and(Line::is_blank)) {
            lines.push(line);
        }
    }
    lines
}

/// Which of these lines or blocks are between a Project Gutenberg header and footer, where there are such.
pub(super) fn within_framing(texts: &[&str]) -> Range<usize> {
    let begins = |line: &str, word: &str| {
        line.as_bytes().get(..word.len()).is_some_and(|b| b.eq_ignore_ascii_case(word.as_bytes()))
    };
    let marks = |text: &str, words: &[&str]| {
        text.lines().map(str::trim_start).any(|line| words.iter().any(|word| begins(line, word)))
    };
    let starts = ["*** START OF TH", "***START OF TH", "*END*THE SMALL PRINT", "*END THE SMALL PRINT"];
    let ends = ["*** END OF TH", "***END OF TH", "END OF THE PROJECT GUTENBERG", "END OF PROJECT GUTENBERG"];
    let reach = texts.len().min(2000);
    let start = texts[..reach].iter().rposition(|text| marks(text, &starts)).map_or(0, |at| at + 1);
    let end = texts[start..].iter().position(|text| marks(text, &ends)).map_or(texts.len(), |at| start + at);
    start..end
}

/// `[Sidenote: 1660 Jan. 3]`: the date that the print has in the margin beside its entry.
fn is_day_in_margin(paragraph: &[Line<'_>]) -> bool {
    let [line] = paragraph else { return false };
    let inner = line.text.trim().strip_prefix("[Sidenote:").and_then(|rest| rest.strip_suffix(']'));
    inner.is_some_and(scan::is_day)
}

/// So many empty lines stand between chapters.
const WIDE_GAP: usize = 3;

fn blocks(lines: &[Line<'_>]) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut notes = false;
    let mut at = 0;
    while at < lines.len() {
        if lines[at].is_blank() || lines[at].is_rule() {
            at += 1;
            continue;
        }
        let ends = |line: &Line<'_>| line.is_blank() || line.is_rule() || marked_heading(line.text).is_some();
        let end = (at..lines.len()).find(|&n| ends(&lines[n])).unwrap_or(lines.len());
        let paragraph = &lines[at..end];
        let boxed =
            at > 0 && lines[at - 1].is_rule() && lines.get(end).is_some_and(Line::is_rule) && paragraph.len() <= 3;
        let underlined = paragraph.len() <= 2
            && lines.get(end).is_some_and(|line| {
                line.is_rule() && line.text.trim().len() + 4 >= paragraph[paragraph.len() - 1].text.trim().len()
            });
        if let Some((level, words)) = marked_heading(lines[at].text) {
            push_marked(&mut out, &lines[at], level, words);
            notes = false;
            at += 1;
            continue;
        }
        let dress = match () {
            () if boxed => Dress::Ruled,
            () if underlined && paragraph.len() == 1 => Dress::Heading(2),
            () => Dress::Plain,
        };
        let opening = paragraph[0].text.trim();
        let footnotes = opening.trim_end_matches(':').eq_ignore_ascii_case("footnotes");
        let note = opening.starts_with("[Footnote")
            || opening.starts_with("[Sidenote") && !is_day_in_margin(paragraph)
            || opening.starts_with("[Illustration");
        // A list of footnotes goes on until something stands alone in capitals or as a date, or without a mark below a wide
        // gap: the next chapter.
        let above = lines[..at].iter().rev().find(|line| !line.is_blank());
        let gap = above.map_or(0, |above| lines[at].number - above.number - 1);
        let apart = gap >= WIDE_GAP && !opening.starts_with(|c: char| c == '[' || c == '*' || c.is_ascii_digit());
        notes = footnotes || notes && !(apart || opens_chapter(paragraph));
        let kind = if notes || note { Some(BlockKind::Note) } else { None };
        push_paragraph(&mut out, paragraph, kind, dress);
        at = end;
    }
    out
}

/// The level and the words of a line that markup makes a heading: Textile's `h2. 3 May 2004`, LaTeX's
/// `\\section*{3 May 2004}`, the `== 3 May 2004 ==` of wikis.
fn marked_heading(line: &str) -> Option<(u8, Span)> {
    if line.starts_with('=') {
        return wiki_heading(line);
    }
    if let [b'h', level @ b'1'..=b'6', b'.', b' ', ..] = line.as_bytes() {
        return Some((level - b'0', Span::new("h1. ".len(), line.len())));
    }
    const COMMANDS: [&str; 5] = ["chapter", "section", "subsection", "subsubsection", "paragraph"];
    let (command, inside) = line.trim_end().strip_prefix('\\')?.split_once('{')?;
    let level = COMMANDS.iter().position(|name| *name == command.trim_end_matches('*'))?;
    let start = line.find('{')? + 1;
    let words = inside.strip_suffix('}').filter(|words| !words.contains(['{', '}']))?;
    Some((u8::try_from(level).ok()? + 1, Span::new(start, start + words.len())))
}

/// `= words =`, and AsciiDoc's `== words` with nothing behind; the marks behind may be more than those in front.
fn wiki_heading(line: &str) -> Option<(u8, Span)> {
    let front = line.bytes().take_while(|b| *b == b'=').count();
    let whole = line.trim_end();
    let behind = whole.bytes().rev().take_while(|b| *b == b'=').count();
    let inside = whole.get(front..whole.len().saturating_sub(behind)).filter(|words| words.starts_with(' '))?;
    let closed = behind > 0 && inside.ends_with(' ');
    let words = inside.trim();
    let marked = closed || behind == 0 && front >= 2;
    let start = front + inside.len() - inside.trim_start().len();
    let level = u8::try_from(front).ok().filter(|level| *level <= 6)?;
    (marked && !words.is_empty()).then(|| (level, Span::new(start, start + words.len())))
}

fn push_marked(out: &mut Vec<Block>, line: &Line<'_>, level: u8, words: Span) {
    let mut block = Block::new(words.of(line.text).trim(), BlockKind::Heading, line.number);
    block.dress = Dress::Heading(level);
    block.span = words.shifted(line.start);
    add(out, block);
}

/// Whether a paragraph is one short line in capitals or with a month or year: the end of a list of notes.
fn opens_chapter(paragraph: &[Line<'_>]) -> bool {
    let [line] = paragraph else { return false };
    let text = line.text.trim();
    let capitals = text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    let dated = scan::scan(text)
        .is_some_and(|w| w.first.day.is_none() && text[w.span.end..].trim_matches(['.', '-', ' ', ']']).is_empty());
    text.len() <= 60 && !text.starts_with('[') && (capitals && text.len() > 3 || dated)
}

/// One paragraph as blocks: whole, or cut at lines that are dates and nothing else, or into the items of a list.
fn push_paragraph(out: &mut Vec<Block>, lines: &[Line<'_>], kind: Option<BlockKind>, dress: Dress) {
    let kind = kind.or_else(|| is_preformatted(lines).then_some(BlockKind::Code));
    if kind == Some(BlockKind::Code) {
        push(out, lines, BlockKind::Code, Dress::Plain, "\n");
        if out.len() < MOST_BLOCKS && is_day_table(lines) {
            part_rows(out, lines);
        }
        return;
    }
    if let Some(kind) = kind {
        push(out, lines, kind, dress, joint(lines));
        return;
    }
    if lines.iter().all(|line| line.text.trim_start().starts_with('>')) {
        push(out, lines, BlockKind::Quote, dress, "\n");
        return;
    }
    let bullet = |line: &Line<'_>| {
        let text = line.text.trim_start();
        text.strip_prefix(['-', '*', '+', 'o', '•', '·']).is_some_and(|item| item.starts_with(' '))
    };
    let numbered = opens_with_days(lines);
    let of_years = opens_with_years(lines);
    let weekday = |line: &Line<'_>| scan::weekday_opening(line.text).is_some();
    let of_week = lines.iter().filter(|line| weekday(line)).count() >= 2;
    let mut from = 0;
    for at in 0..=lines.len() {
        let room = out.len() < MOST_BLOCKS;
        let line = lines.get(at).filter(|_| room && lines.len() > 1 && !ends_sentence(lines, at));
        let line = line.map(|line| DateLine::new(line.text));
        let alone = line.as_ref().is_some_and(|line| line.is_date() || line.is_month() || at == 0 && line.is_placed())
            || at == 0 && is_day_on_top(lines);
        let opens = |line: DateLine<'_>| {
            line.opens()
                || numbered && day_number(line.text).is_some()
                || of_years && opening_year(line.text).is_some()
                || of_week && weekday(&lines[at])
        };
        let dated = at > from && line.is_some_and(opens);
        let item = lines.get(at).is_some_and(bullet);
        let after_item =
            at > from && bullet(&lines[from]) && lines.get(at).is_some_and(|line| line.indent() == 0 && !item);
        if at == lines.len() || alone || dated || item || after_item {
            if from < at {
                let list = bullet(&lines[from]);
                let kind = if list { BlockKind::List } else { BlockKind::Paragraph };
                push(out, &lines[from..at], kind, if list { Dress::Item } else { dress }, joint(&lines[from..at]));
                if let Some(block) = out.last_mut().filter(|_| from > 0) {
                    block.glued = !list;
                }
            }
            from = at;
            if alone {
                push(out, &lines[at..=at], BlockKind::Paragraph, dress, " ");
                if let Some(block) = out.last_mut() {
                    block.glued = at > 0;
                }
                from = at + 1;
            }
        }
    }
}

/// Whether the first line of a paragraph is the number of a day and nothing else: `5`, then `Rain.`
fn is_day_on_top(lines: &[Line<'_>]) -> bool {
    let [first, second, ..] = lines else { return false };
    let number = first.text.trim().trim_end_matches('.');
    let day = number.len() <= 2 && number.parse().is_ok_and(|day: u32| (1..=31).contains(&day));
    day && second.text.trim_start().starts_with(char::is_uppercase)
}

/// Whether a line is the end of a sentence that was broken to a width: the last of its paragraph, behind a long line that
/// no mark ends.
fn ends_sentence(lines: &[Line<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| lines.get(before)).map_or("", |line| line.text.trim());
    at + 1 == lines.len() && before.chars().count() >= 45 && before.ends_with(|c: char| c.is_alphanumeric() || c == ',')
}

/// Adds a block of another format, cut where a line of it is a date and nothing else.
pub(super) fn push_lines(out: &mut Vec<Block>, mut block: Block) {
    let text = std::mem::take(&mut block.text);
    let links = std::mem::take(&mut block.links);
    let several = text.contains('\n') && !block.closed;
    let mut cuts = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        if several && (is_date_line(line) || start == 0 && placed_line(line).is_some()) {
            cuts.extend([start, start + line.len()]);
        }
        start += line.len() + 1;
    }
    let mut from = 0;
    let mut line = block.line;
    for to in cuts.into_iter().chain([text.len()]) {
        let piece = &text[from..to];
        let begin = from + piece.len() - piece.trim_start().len();
        let end = from + piece.trim_end().len();
        if begin < end {
            let mut part = block.clone();
            let words = &text[begin..end];
            let widths = words.split('\n').map(|line| line.chars().count());
            let wrapped = part.kind() != BlockKind::Code && widths.max().unwrap_or(0) >= 45;
            part.text = if wrapped { words.replace('\n', " ") } else { words.to_owned() };
            part.line = line + text[from..begin].matches('\n').count();
            part.glued = from > 0;
            let first = links.partition_point(|link| link.span.start < begin);
            let within =
                links[first..].iter().take_while(|link| link.span.start <= end).filter(|link| link.span.end <= end);
            part.links = within
                .map(|link| Link {
                    span: Span::new(link.span.start - begin, link.span.end - begin),
                    target: link.target.clone(),
                })
                .collect();
            add(out, part);
        }
        line += piece.matches('\n').count();
        from = to;
    }
}

fn push(out: &mut Vec<Block>, lines: &[Line<'_>], kind: BlockKind, dress: Dress, joint: &str) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let text = if kind == BlockKind::Code {
        let cut = lines
            .iter()
            .filter(|line| !line.is_blank())
            .map(|l| l.text.len() - l.text.trim_start().len())
            .min()
            .unwrap_or(0);
        lines.iter().map(|line| line.text.get(cut..).unwrap_or_default().trim_end()).collect::<Vec<_>>().join(joint)
    } else {
        joined(lines, joint)
    };
    let mut block = Block::new(text, kind, first.number);
    block.dress = dress;
    block.span = Span::new(first.start, last.end());
    block.indented = lines.iter().all(|line| line.indent() >= 12);
    if kind == BlockKind::Paragraph && dress == Dress::Plain {
        embolden(&mut block);
    }
    add(out, block);
}

/// Takes `=Havana, March 17, 1912.= Another beginning` for what it stands for: bold words before the text.
fn embolden(block: &mut Block) {
    let Some(inside) = block.text.strip_prefix('=').filter(|inside| !inside.starts_with([' ', '='])) else {
        return;
    };
    let Some((words, rest)) = inside.split_once('=').filter(|(words, _)| words.len() <= LONGEST_DATE) else { return };
    if (rest.is_empty() || rest.starts_with([' ', '-', '—']))
        && scan::scan(words).or_else(|| scan::scan_within(words)).is_some()
    {
        block.lead = words.len();
        block.dress = Dress::Bold;
        block.text = format!("{words}{rest}");
    }
}

/// The lines of a paragraph in one; words that were parted at the end of a line are whole again.
fn joined(lines: &[Line<'_>], joint: &str) -> String {
    let mut text = String::with_capacity(lines.iter().map(|line| line.text.len() + 1).sum());
    for line in lines.iter().map(|line| line.text.trim()) {
        let front = text.strip_suffix(['-', '¬']).filter(|front| front.ends_with(char::is_lowercase));
        match front.map(str::len).filter(|_| line.starts_with(char::is_lowercase)) {
            Some(end) => text.truncate(end),
            None if text.is_empty() => {}
            None => text.push_str(joint),
        }
        text.push_str(line);
    }
    text
}

/// What lines of a paragraph are joined by: a space where they were broken to a width, else a line break.
fn joint(lines: &[Line<'_>]) -> &'static str {
    let widths: Vec<usize> = lines.iter().map(|line| line.text.trim().chars().count()).collect();
    let longest = widths.iter().copied().max().unwrap_or(0);
    let filled = widths.iter().rev().skip(1).filter(|width| **width * 10 >= longest * 6).count();
    let wrapped = longest >= 45 && filled * 10 >= widths.len().saturating_sub(1) * 7;
    if wrapped { " " } else { "\n" }
}

/// Parts the last block, a table, into its rows, each of which may be an entry; where none is, they are one table again.
fn part_rows(out: &mut Vec<Block>, lines: &[Line<'_>]) {
    let Some(table) = out.pop() else { return };
    for (at, (row, line)) in table.text.split('\n').zip(lines).enumerate() {
        let mut block = Block::new(row, BlockKind::Code, line.number);
        block.span = Span::new(line.start, line.end());
        block.glued = at > 0;
        block.closed = false;
        out.push(block);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        piece(text, 1, 0).blocks.iter().map(|b| format!("{}:{}", b.kind().name(), b.text)).collect()
    }

    #[test]
    fn paragraphs_lists_and_listings() {
        let text = "Friday\n\n-rw-------    1 rusty    rusty    23 Feb 20  2002 a.tar\n-rw-rw-r--    1 rusty    rusty    22 Nov  3 22:10 b.tar\n\n- one\n- two\n  more";
        assert_eq!(
            shown(text),
            [
                "paragraph:Friday",
                "code:-rw-------    1 rusty    rusty    23 Feb 20  2002 a.tar\n-rw-rw-r--    1 rusty    rusty    22 Nov  3 22:10 b.tar",
                "list:- one",
                "list:- two\nmore",
            ]
        );
    }

    #[test]
    fn date_lines_are_set_apart() {
        assert_eq!(
            shown("Mon 3 May 1999\nUp late.\nTue 4 May 1999\nMore."),
            ["paragraph:Mon 3 May 1999", "paragraph:Up late.", "paragraph:Tue 4 May 1999", "paragraph:More."]
        );
    }

    #[test]
    fn gutenberg_framing_is_cut() {
        let text = "Title\n\n*** START OF THIS PROJECT GUTENBERG EBOOK X ***\n\nWords.\n\n*** END OF THIS PROJECT GUTENBERG EBOOK X ***\n\nLicence.";
        assert_eq!(shown(text), ["paragraph:Words."]);
    }

    #[test]
    fn aozora_markup_is_read() {
        let text = "題\n\n-----\n【テキスト中に現れる記号について】\n\n《》：ルビ\n-----\n\n　九月九日［＃「九月九日」に二重傍線］　晴\n\n大｜魚籃《ビク》を見た。\n\n底本：「全集」";
        assert_eq!(shown(text), ["paragraph:題", "paragraph:九月九日　晴", "paragraph:大魚籃を見た。"]);
    }
}
