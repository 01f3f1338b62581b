//! Markdown, and what ikiwiki, Jekyll and Hugo put around it. Directives and template tags are no text.

use super::{Input, html};
use crate::date::scan;
use crate::document::{Block, Dress, Piece, Stamp};
use crate::problem::Problem;
use diary::{BlockKind, Link, Span};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;

pub(super) fn recognise(path: &str, has_front_matter: bool, text: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let named = [".md", ".markdown", ".mdwn", ".mkd", ".mdown", ".mdx"].iter().any(|end| path.ends_with(end));
    // Lines of one level that follow on each other are comments.
    let level = |line: &str| ["# ", "## "].iter().position(|mark| line.starts_with(mark));
    let levels = text.lines().take(200).map(level);
    let headed = levels.scan(None, |before, now| Some(std::mem::replace(before, now) != now && now.is_some()));
    let headed = headed.filter(|heads| *heads).count();
    let wiki = text.lines().take(200).any(|line| line.starts_with("==") && line.trim_end().ends_with("=="));
    let typed = path.ends_with(".txt") || !path.contains('.');
    named || has_front_matter && !wiki && !text.trim_start().starts_with('<') || typed && headed >= 2
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let mut piece = piece(input.text, input.path, problems);
    for block in &mut piece.blocks {
        block.line += input.line;
        block.span = block.span.shifted(input.offset);
    }
    vec![piece]
}

/// Whatever may open or close something inside a paragraph; the parser remembers the place of each.
const MARKS: &[u8] = b"*_~`[]!<>&\\|$";

/// A source with more marks than a long life of writing has is plain text.
const MOST_MARKS: usize = 1_000_000;

/// Reads Markdown, also where it stands inside another format.
pub(super) fn piece(source: &str, path: &str, problems: &mut Vec<Problem>) -> Piece {
    if source.bytes().filter(|byte| MARKS.contains(byte)).count() > MOST_MARKS {
        return super::text::piece(source, 1, 0);
    }
    let mut piece = Piece { line: 1, ..Piece::default() };
    let text = with_dates(without_directives(source, &mut piece));
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut builder = Builder { lines: line_starts(&text), ..Builder::default() };
    for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
        builder.event(event, range, path, problems);
    }
    builder.flush();
    piece.blocks = builder.blocks;
    piece
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

#[derive(Default)]
struct Builder {
    blocks: Vec<Block>,
    lines: Vec<usize>,
    text: String,
    links: Vec<Link>,
    open_links: Vec<(usize, String)>,
    kinds: Vec<BlockKind>,
    dress: Dress,
    anchor: Option<String>,
    range: Option<std::ops::Range<usize>>,
    bold: usize,
    /// How far the block is bold from its beginning.
    bold_end: usize,
    bold_over: bool,
    code: bool,
    image: usize,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, range: std::ops::Range<usize>, path: &str, problems: &mut Vec<Problem>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.words(&words, range),
            Event::Code(words) => self.words(&words, range),
            Event::SoftBreak | Event::HardBreak => self.words("\n", range),
            Event::Rule => self.flush(),
            Event::Html(markup) => {
                self.flush();
                let line = self.line(range.start);
                let inner = html::piece(&markup, path, problems).blocks;
                self.blocks.extend(inner.into_iter().map(|mut block| {
                    block.line += line - 1;
                    block.span = Span::new(range.start, range.end);
                    block
                }));
            }
            Event::InlineHtml(markup) if markup.starts_with("<br") => self.words("\n", range),
            Event::FootnoteReference(_) | Event::InlineHtml(_) | Event::TaskListMarker(_) => {}
            Event::InlineMath(words) | Event::DisplayMath(words) => self.words(&words, range),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: std::ops::Range<usize>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                self.open(range, Dress::Heading(number(level)), Some(BlockKind::Heading));
                self.anchor = id.map(|id| id.to_string());
            }
            Tag::Paragraph => {
                let dress = if self.kinds.last() == Some(&BlockKind::List) { Dress::Item } else { Dress::Plain };
                self.open(range, dress, None);
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.kinds.push(BlockKind::Quote);
            }
            Tag::CodeBlock(kind) => {
                self.open(range, Dress::Plain, Some(BlockKind::Code));
                self.code = true;
                let _: CodeBlockKind<'_> = kind;
            }
            Tag::Item => {
                self.flush();
                self.kinds.push(BlockKind::List);
                self.dress = Dress::Item;
                self.range = Some(range);
            }
            Tag::FootnoteDefinition(_) => {
                self.flush();
                self.kinds.push(BlockKind::Note);
            }
            Tag::TableCell => self.open(range, Dress::Cell, None),
            Tag::DefinitionListTitle => self.open(range, Dress::Term, None),
            Tag::Strong => self.bold += 1,
            Tag::Link { dest_url, .. } => self.open_links.push((self.text.len(), dest_url.to_string())),
            Tag::Image { .. } => self.image += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::TableCell | TagEnd::DefinitionListTitle => {
                self.close_block()
            }
            TagEnd::CodeBlock => {
                self.close_block();
                self.code = false;
            }
            TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => {
                self.flush();
                self.kinds.pop();
            }
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Link => {
                if let Some((start, target)) = self.open_links.pop().filter(|(start, _)| *start < self.text.len()) {
                    self.links.push(Link { span: Span::new(start, self.text.len()), target });
                }
            }
            TagEnd::Image => self.image = self.image.saturating_sub(1),
            _ => {}
        }
    }

    fn open(&mut self, range: std::ops::Range<usize>, dress: Dress, kind: Option<BlockKind>) {
        self.flush();
        self.dress = dress;
        self.range = Some(range);
        if let Some(kind) = kind {
            self.kinds.push(kind);
        }
    }

    /// Ends a block that [`Builder::open`] began.
    fn close_block(&mut self) {
        let own = matches!(self.dress, Dress::Heading(_)) || self.code;
        self.flush();
        if own {
            self.kinds.pop();
        }
    }

    fn words(&mut self, words: &str, range: std::ops::Range<usize>) {
        if self.image > 0 {
            return;
        }
        let words =
            if self.code { Cow::Borrowed(words) } else { Cow::Owned(words.replace(['\u{2029}', NO_LIST], " ")) };
        self.text.push_str(&words);
        if self.bold > 0 && !self.bold_over {
            self.bold_end = self.text.len();
        } else if words.chars().any(char::is_alphanumeric) {
            self.bold_over = true;
        }
        let known = self.range.clone().unwrap_or(range.clone());
        self.range = Some(known.start..known.end.max(range.end));
    }

    fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset)
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let range = self.range.take().unwrap_or(0..0);
        let links = std::mem::take(&mut self.links);
        let trimmed = text.trim_end();
        let dress = std::mem::take(&mut self.dress);
        if !trimmed.trim().is_empty() {
            let kind = self.kinds.iter().rev().find(|kind| **kind == BlockKind::Note).or(self.kinds.last()).copied();
            let mut block = Block::new(trimmed, kind.unwrap_or(BlockKind::Paragraph), self.line(range.start));
            block.dress =
                if matches!(dress, Dress::Plain | Dress::Item) && self.bold_end > 0 { Dress::Bold } else { dress };
            block.lead = self.bold_end;
            // What is quoted has headings of its own.
            block.closed |= self.kinds.iter().any(|kind| matches!(kind, BlockKind::Quote | BlockKind::Note));
            block.anchor = self.anchor.take();
            block.links = links.into_iter().filter(|link| link.span.end <= trimmed.len()).collect();
            block.span = Span::new(range.start, range.end);
            super::text::push_lines(&mut self.blocks, block);
        }
        self.bold_end = 0;
        self.bold_over = false;
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Stands for a space that makes no list, as long as one.
const NO_LIST: char = '\u{1}';

/// Keeps `24. Februar` from being the twenty-fourth item of a list.
fn with_dates(text: Cow<'_, str>) -> Cow<'_, str> {
    let space = |line: &str| {
        let figures = line.bytes().take_while(u8::is_ascii_digit).count();
        let listed = (1..=2).contains(&figures) && line[figures..].starts_with(". ");
        let day = scan::scan(line).filter(|_| listed)?.first;
        (day.day.is_some() && day.month.is_some()).then_some(figures + 1)
    };
    let starts = line_starts(&text);
    let spaces: Vec<usize> =
        starts.iter().filter_map(|&start| Some(start + space(text[start..].lines().next()?)?)).collect();
    if spaces.is_empty() {
        return text;
    }
    let mut text = text.into_owned();
    for space in spaces {
        text.replace_range(space..=space, NO_LIST.encode_utf8(&mut [0; 4]));
    }
    Cow::Owned(text)
}

/// Blanks out `[[!meta …]]`, `{% … %}` and `{{ … }}`, keeping line ends, and takes what ikiwiki's say of the page.
fn without_directives<'a>(source: &'a str, piece: &mut Piece) -> Cow<'a, str> {
    let pairs = [("[[!", "]]"), ("{%", "%}"), ("{{", "}}")];
    if !pairs.iter().any(|(open, _)| source.contains(open)) {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    let mut code = false;
    while let Some(at) = rest.find(['[', '{', '`']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        code ^= rest.starts_with("```");
        let pair = pairs.iter().find(|(open, _)| !code && rest.starts_with(open));
        let end =
            pair.and_then(|(_, close)| rest[..rest.floor_char_boundary(4096)].find(close).map(|end| end + close.len()));
        if let Some(end) = end {
            if let Some(directive) = rest[..end].strip_prefix("[[!") {
                said(directive.trim_end_matches("]]"), piece);
            }
            out.extend(rest[..end].chars().filter(|c| *c == '\n'));
            rest = &rest[end..];
        } else {
            let step = if rest.starts_with("```") { 3 } else { 1 };
            out.push_str(&rest[..step]);
            rest = &rest[step..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// `meta date="2010-02-03"`, `meta title="…"`, `tag a b`.
fn said(directive: &str, piece: &mut Piece) {
    let (name, arguments) = directive.split_once(char::is_whitespace).unwrap_or((directive, ""));
    let value = |key: &str| {
        let after = arguments.split_once(&format!("{key}="))?.1;
        let quoted = after.trim_start_matches("\"\"").strip_prefix('"').and_then(|after| after.split('"').next());
        Some(quoted.unwrap_or_else(|| after.split_whitespace().next().unwrap_or_default()).to_owned())
    };
    match name {
        "meta" => {
            if let Some(stamp) = value("date").as_deref().and_then(Stamp::read) {
                piece.stamp = Some(stamp);
                piece.has_front_matter = true;
            }
            piece.private |= value("private").is_some_and(|value| !matches!(value.as_str(), "no" | "false" | "0"));
            piece.title = value("title").or(piece.title.take());
            piece.author = value("author").or(piece.author.take());
        }
        "tag" | "taglink" => {
            piece.tags.extend(arguments.split_whitespace().map(str::to_owned));
            piece.private |= piece.tags.iter().any(|tag| tag == "private");
        }
        _ => {}
    }
}
