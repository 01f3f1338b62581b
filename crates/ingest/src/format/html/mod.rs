//! HTML and XHTML, in all the shapes that people have written them.

mod elements;
mod fence;
mod lines;
mod silent;
mod walk;

use super::{Input, text};
use crate::date::names::plain;
use crate::date::{Parts, scan};
use crate::document::{Block, Dress, Piece, Stamp, add};
use crate::problem::{Problem, ProblemKind};
use diary::BlockKind;
use scraper::node::Element;
use scraper::{Html, Node};
use serde_json::Value;

/// Whether a text is HTML: by its beginning, or by its extension with a tag somewhere.
pub(super) fn is_html(input: &Input<'_>) -> bool {
    let head: String = input.text.trim_start().chars().take(2000).collect::<String>().to_ascii_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") || head.contains("<html") {
        return true;
    }
    let path = input.path.to_ascii_lowercase();
    let named = [".html", ".htm", ".xhtml", ".php", ".shtml", ".asp", ".aspx", ".jsp", ".cgi", ".xht"]
        .iter()
        .any(|end| path.ends_with(end));
    let tags = [
        "<p", "<h1", "<h2", "<h3", "<div", "<body", "<br", "<dl", "<ul", "<table", "<hr", "<a ", "<b>", "<title",
        "<article", "<!--",
    ];
    let tagged = tags.iter().any(|tag| head.contains(tag));
    named && (tagged || input.text.contains("</")) || head.starts_with('<') && tagged && input.text.contains("</")
}

/// Reads a page.
pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let mut piece = piece(input.text, input.path, problems);
    for block in &mut piece.blocks {
        block.line += input.line;
    }
    vec![piece]
}

/// Reads a page, or a stretch of markup inside another format.
pub(super) fn piece(source: &str, path: &str, problems: &mut Vec<Problem>) -> Piece {
    let head = &source[..source.floor_char_boundary(1000)];
    let xhtml = head.contains("<?xml") || head.contains("http://www.w3.org/1999/xhtml") && head.contains("XHTML");
    let parsed = fence::parse(source, xhtml);
    if parsed.kept_out > 0 {
        let message = format!(
            "{} tags beyond the limits of depth and number were passed over; their text was kept.",
            parsed.kept_out
        );
        problems.push(Problem::of_source(ProblemKind::TooDeep, path, message));
    }
    let mut piece = Piece { line: 1, ..Piece::default() };
    let walked = walk::walk(&parsed.html);
    piece.blocks = silent::spoken(walked.blocks, walked.silent);
    open_preformatted(&mut piece.blocks);
    join_days(&mut piece.blocks);
    mark_columns_of_days(&mut piece.blocks);
    let texts: Vec<&str> = piece.blocks.iter().map(|block| block.text.as_str()).collect();
    let framed = text::within_framing(&texts);
    piece.blocks.truncate(framed.end);
    piece.blocks.drain(..framed.start);
    metadata(&parsed.html, walked.made > 1, &mut piece);
    if piece.stamp.is_none() && piece.blocks.iter().any(|block| block.unit > 0) {
        let mut times = walked.times;
        times.sort_by_key(|parts| (parts.year, parts.month, parts.day));
        times.dedup();
        if let [parts] = times[..] {
            piece.stamp = Some(Stamp { parts, written: shown(parts), weekday: None });
        }
    }
    piece
}

fn shown(parts: Parts) -> String {
    match (parts.year, parts.month, parts.day) {
        (Some(year), Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (Some(year), Some(month), None) => format!("{year:04}-{month:02}"),
        (Some(year), ..) => format!("{year:04}"),
        _ => String::new(),
    }
}

fn is_number_of_day(text: &str) -> bool {
    text.trim_end_matches('.').parse::<u32>().is_ok_and(|day| (1..=31).contains(&day))
}

/// Puts a weekday and the number of its day together where they are cells of a row: `Sun | 3 | rain | To church.`
fn join_days(blocks: &mut Vec<Block>) {
    let is_cell = |block: &Block| block.row > 0 && block.text.len() <= 12;
    let is_weekday =
        |text: &str| scan::weekday_alone(text).is_some() || scan::weekday_opening(&format!("{text}: ")).is_some();
    blocks.dedup_by(|number, weekday| {
        let of_a_row = number.row == weekday.row && is_cell(number) && is_cell(weekday);
        let joined = of_a_row && is_number_of_day(&number.text) && is_weekday(&weekday.text);
        if joined {
            weekday.text = format!("{} {}", weekday.text, number.text);
            weekday.dress = Dress::Cell;
            weekday.links.clear();
        }
        joined
    });
}

/// Marks the numbers below the head of a column of dates: `Place | Date | Events`, then `ALBERT | 3 | Quiet.`
fn mark_columns_of_days(blocks: &mut [Block]) {
    const HEADS: &[&str] = &["date", "day", "datum", "tag", "dato", "dag", "jour", "fecha", "dia", "data", "giorno"];
    for table in blocks.chunk_by_mut(|one, other| (one.row > 0) == (other.row > 0)) {
        let heads = |block: &Block| HEADS.contains(&plain(block.text.trim()).as_str());
        let Some(head) = table.iter().position(|block| block.row > 0 && heads(block)) else { continue };
        let head_row = table[head].row;
        let before = table[..head].iter().rev().take_while(|block| block.row == head_row).count();
        let mut marked = false;
        for row in table[head + 1..].chunk_by_mut(|one, other| one.row == other.row) {
            let day = row.iter_mut().take(before + 1).find(|block| is_number_of_day(&block.text));
            if let Some(day) = day {
                day.dress = Dress::Dateline;
                marked = true;
            }
        }
        for cell in table.iter_mut().filter(|block| marked && block.row == head_row) {
            cell.chrome = true;
        }
    }
}

/// A page that is one `<pre>` for the most part is plain text in a wrapping.
fn open_preformatted(blocks: &mut Vec<Block>) {
    let all: usize = blocks.iter().map(|block| block.text.len()).sum();
    let code: usize = blocks.iter().filter(|b| b.kind() == BlockKind::Code).map(|b| b.text.len()).sum();
    if code * 10 < all * 6 || code < 200 {
        return;
    }
    let old = std::mem::take(blocks);
    for block in old {
        if block.kind() == BlockKind::Code {
            let mut inner = text::piece(&block.text, block.line, 0).blocks;
            for part in &mut inner {
                part.span = diary::Span::default();
                part.unit = block.unit;
            }
            blocks.append(&mut inner);
        } else {
            add(blocks, block);
        }
    }
}

/// Title, date, author, language, tags and privacy, from the head of a page.
fn metadata(html: &Html, several: bool, piece: &mut Piece) {
    let elements = html.tree.nodes().filter_map(|node| match node.value() {
        Node::Element(element) => Some((node, element)),
        _ => None,
    });
    for (node, element) in elements {
        match element.name() {
            "html" | "body" if piece.lang.is_none() => {
                piece.lang = element.attr("lang").or_else(|| element.attr("xml:lang")).and_then(language);
            }
            "title" if piece.title.is_none() => {
                let text: String =
                    node.children().filter_map(|child| child.value().as_text().map(|t| t.to_string())).collect();
                let title = text.split_whitespace().collect::<Vec<_>>().join(" ");
                piece.title = Some(title).filter(|title| !title.is_empty() && title.len() <= 300);
            }
            // The dates of several articles are theirs, not the page's.
            "meta" if several && element.attr("itemprop").is_some() => {}
            "meta" => meta(element, piece),
            "script" if !several && piece.stamp.is_none() && element.attr("type") == Some("application/ld+json") => {
                let script: String =
                    node.children().filter_map(|child| child.value().as_text().map(|t| &**t)).collect();
                piece.stamp = serde_json::from_str(&script).ok().as_ref().and_then(published);
            }
            _ => {}
        }
    }
}

/// When a page was published, as its description in JSON-LD says: the first such date in it.
fn published(value: &Value) -> Option<Stamp> {
    match value {
        Value::Array(list) => list.iter().find_map(published),
        Value::Object(object) => {
            let own =
                ["datePublished", "dateCreated"].iter().find_map(|name| Stamp::read(object.get(*name)?.as_str()?));
            own.or_else(|| object.values().find_map(published))
        }
        _ => None,
    }
}

fn meta(element: &Element, piece: &mut Piece) {
    let Some(content) = element.attr("content") else { return };
    let name = ["name", "property", "itemprop", "http-equiv"].iter().find_map(|attr| element.attr(attr));
    let Some(name) = name else { return };
    let name = name.to_ascii_lowercase();
    let key = name.rsplit('#').next().unwrap_or(&name);
    match key {
        "dc:date"
        | "dc.date"
        | "dcterms.created"
        | "dcterms.date"
        | "dcterms.issued"
        | "dc.date.created"
        | "dc.date.issued"
        | "date"
        | "published_time"
        | "article:published_time"
        | "datepublished"
        | "datecreated"
        | "pubdate"
        | "publish-date"
        | "publication_date"
        | "citation_date"
        | "citation_publication_date"
        | "created"
        | "parsely-pub-date"
            if piece.stamp.is_none() =>
        {
            piece.stamp = Stamp::read(content);
        }
        "author" | "dc.creator" => {
            let author = content.trim();
            piece.author =
                piece.author.take().or_else(|| Some(author.to_owned()).filter(|a| !a.is_empty() && a.len() <= 100));
        }
        "keywords" | "dc.subject" => {
            piece.tags.extend(
                content
                    .split(',')
                    .map(|tag| tag.trim().to_owned())
                    .filter(|tag| !tag.is_empty() && tag.len() <= 60)
                    .take(50),
            );
        }
        "visibility" | "privacy" => piece.private |= content.trim().eq_ignore_ascii_case("private"),
        "private" | "draft" => {
            let no = ["", "false", "no", "0"].iter().any(|no| content.trim().eq_ignore_ascii_case(no));
            piece.private |= !no;
        }
        "sensitive" => piece.sensitive |= matches!(content.trim(), "true" | "yes" | "1"),
        _ => {}
    }
}

/// `en` of `en-GB`.
fn language(tag: &str) -> Option<String> {
    let code = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic())).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> Vec<String> {
        let mut problems = Vec::new();
        piece(source, "x.html", &mut problems)
            .blocks
            .iter()
            .map(|b| {
                format!(
                    "{} {:?} {}: {}{}",
                    b.line,
                    b.dress,
                    b.kind().name(),
                    b.text,
                    if b.chrome { " (chrome)" } else { "" }
                )
            })
            .collect()
    }

    #[test]
    fn blocks_and_their_dress() {
        let source = "<title>T</title>\n<h2>Friday</h2>\n<p>One <a href='x'>two</a>\nthree.\n<p><b>May 3</b> went out\n<ul><li>a<li>b</ul><pre>x  y</pre><script>no()</script><!-- no --><p hidden>no</p>";
        assert_eq!(
            shown(source),
            [
                "2 Heading(2) heading: Friday",
                "3 Plain paragraph: One two three.",
                "5 Bold paragraph: May 3 went out",
                "6 Item list: a",
                "6 Item list: b",
                "6 Plain code: x  y",
            ]
        );
    }

    #[test]
    fn lines_between_breaks_are_set_apart_where_they_are_dates() {
        let source = "<p>3 May 1999<br>Up late.<br>Rain.<br><br>4 May 1999<br>More.";
        let texts: Vec<String> =
            shown(source).iter().map(|s| s.splitn(4, ' ').nth(3).unwrap_or("").to_owned()).collect();
        assert_eq!(texts, ["3 May 1999", "Up late.\nRain.", "4 May 1999", "More."]);
    }

    #[test]
    fn control_characters_part_words_only_where_they_are_white_space() {
        assert_eq!(
            shown("<p>one&#12;two&shy;three\u{2029}four"),
            ["1 Plain paragraph: one twothree", "1 Plain paragraph: four"]
        );
    }

    #[test]
    fn times_and_metadata() {
        let mut problems = Vec::new();
        let page = piece(
            "<html lang=en-GB><meta property='dc:date' content='2010-02-03 00:00:00 +0000'><article><p><time datetime=1660-01-11>Jan. 1st</time>. Up</article>",
            "x",
            &mut problems,
        );
        assert_eq!(page.stamp.map(|s| s.parts), Some(Parts::ymd(2010, 2, 3)));
        assert_eq!(page.lang.as_deref(), Some("en"));
        let block = &page.blocks[0];
        assert_eq!((block.unit, block.stamps.len(), block.text.as_str()), (1, 1, "Jan. 1st. Up"));
    }
}
