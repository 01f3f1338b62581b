//! The fence in front of the HTML parser. The parser is quadratic in the depth of nesting and in the number of
//! attributes of a tag; the fence hands it no more of either than bounds its work, and keeps every word.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, EndTag, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, LocalName, QualName, TokenizerResult, ns};
use scraper::{Html, HtmlTreeSink};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

/// Elements open inside one another; the text of deeper ones is kept without their tags.
const MAX_DEPTH: usize = 512;
/// Unclosed elements of one kind of formatting: the parser opens each again in every new paragraph.
const MAX_FORMATTING: usize = 8;
/// Elements in one document, counting those that are opened again; after that, tags only part paragraphs.
const MAX_ELEMENTS: usize = 200_000;
/// Attributes in one document, five for each element; those after them are left out.
const MAX_ATTRIBUTES: usize = 5 * MAX_ELEMENTS;
/// Bytes of one tag; a longer one loses its attributes.
const MAX_TAG: usize = 16 * 1024;

/// The attribute that carries the line of a tag into the tree, of the first on every line. No document can name it: a name has no `<`.
pub(super) const LINE: &str = "<line";
/// Stands for a tag that parted two paragraphs and was not handed on.
pub(super) const PART: char = '\u{2029}';

/// A parsed page and how many tags the fence kept from the parser.
pub(super) struct Parsed {
    pub(super) html: Html,
    pub(super) kept_out: usize,
}

/// Parses a page in time and memory linear in its length.
pub(super) fn parse(source: &str, xhtml: bool) -> Parsed {
    let source = without_instructions(source);
    let source = without_overlong_tags(&source);
    let builder = TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), TreeBuilderOpts::default());
    let fence = Fence { builder, xhtml, state: RefCell::new(State::default()) };
    let tokenizer = Tokenizer::new(fence, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(&source));
    while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    tokenizer.end();
    let fence = tokenizer.sink;
    let kept_out = fence.state.borrow().kept_out;
    Parsed { html: fence.builder.sink.0.into_inner(), kept_out }
}

#[derive(Default)]
struct State {
    open: Vec<LocalName>,
    /// Start tags kept out, whose end tags must be kept out too.
    dropped: HashMap<LocalName, usize>,
    /// Formatting that no end tag has closed, by name.
    formatting: HashMap<LocalName, usize>,
    elements: usize,
    attributes: usize,
    kept_out: usize,
    /// That of the last tag that was given its line.
    line: u64,
}

struct Fence<S: TreeSink> {
    builder: TreeBuilder<S::Handle, S>,
    xhtml: bool,
    state: RefCell<State>,
}

/// What to do with a tag.
enum Verdict {
    Pass,
    /// Handed on with an end tag of its own: XML's `<a/>`.
    PassClosed,
    Drop,
    /// Not handed on, but it parts two paragraphs.
    Part,
}

impl<S: TreeSink> TokenSink for Fence<S>
where
    S::Handle: 'static,
{
    type Handle = S::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Self::Handle> {
        match token {
            Token::ParseError(_) | Token::CommentToken(_) => TokenSinkResult::Continue,
            Token::TagToken(mut tag) => match self.judge(&mut tag, line) {
                Verdict::Pass => self.builder.process_token(Token::TagToken(tag), line),
                Verdict::PassClosed => {
                    let end = Tag { kind: EndTag, self_closing: false, attrs: Vec::new(), ..tag.clone() };
                    let _ = self.builder.process_token(Token::TagToken(tag), line);
                    self.builder.process_token(Token::TagToken(end), line)
                }
                Verdict::Drop => TokenSinkResult::Continue,
                Verdict::Part => {
                    let part = StrTendril::from_char(PART);
                    self.builder.process_token(Token::CharacterTokens(part), line)
                }
            },
            token => self.builder.process_token(token, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl<S: TreeSink> Fence<S> {
    fn judge(&self, tag: &mut Tag, line: u64) -> Verdict {
        let mut state = self.state.borrow_mut();
        if tag.kind == EndTag { state.end(&tag.name) } else { state.start(tag, line, self.xhtml) }
    }
}

impl State {
    fn start(&mut self, tag: &mut Tag, line: u64, xhtml: bool) -> Verdict {
        let name = tag.name.clone();
        self.elements += 1 + self.formatting.values().sum::<usize>();
        if self.elements > MAX_ELEMENTS {
            self.kept_out += 1;
            return if is_inline(&name) { Verdict::Drop } else { Verdict::Part };
        }
        self.attributes += tag.attrs.len();
        if self.attributes > MAX_ATTRIBUTES {
            tag.attrs = Vec::new();
        }
        if line != self.line {
            self.line = line;
            tag.attrs.push(Attribute {
                name: QualName::new(None, ns!(), LocalName::from(LINE)),
                value: StrTendril::from_slice(&line.to_string()),
            });
        }
        if is_void(&name) {
            return Verdict::Pass;
        }
        if xhtml && tag.self_closing {
            tag.self_closing = false;
            let raw = matches!(&*name, "script" | "style" | "title" | "textarea" | "iframe" | "xmp" | "noscript");
            return if raw { Verdict::Drop } else { Verdict::PassClosed };
        }
        self.close_implied(&name);
        let formatting = is_formatting(&name);
        let unclosed = self.formatting.get(&name).copied().unwrap_or(0);
        if self.open.len() >= MAX_DEPTH || formatting && unclosed >= MAX_FORMATTING {
            *self.dropped.entry(name.clone()).or_default() += 1;
            self.kept_out += usize::from(!formatting);
            return if is_inline(&name) { Verdict::Drop } else { Verdict::Part };
        }
        if formatting {
            *self.formatting.entry(name.clone()).or_default() += 1;
        }
        self.open.push(name);
        Verdict::Pass
    }

    fn end(&mut self, name: &LocalName) -> Verdict {
        if let Some(count) = self.dropped.get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            return if is_inline(name) { Verdict::Drop } else { Verdict::Part };
        }
        let place = self.open.iter().rposition(|open| open == name);
        if let Some(count) = self.formatting.get_mut(name) {
            if *count == 0 {
                return Verdict::Drop;
            }
            *count -= 1;
            // Misnested or not, the parser closes it; what was opened inside stays open.
            if let Some(at) = place {
                self.open.remove(at);
            }
            return Verdict::Pass;
        }
        match place {
            Some(at) => {
                self.open.truncate(at);
                Verdict::Pass
            }
            None if matches!(&**name, "p" | "br") || self.elements == 0 => Verdict::Pass,
            None => Verdict::Drop,
        }
    }

    /// Takes off the elements that the parser closes by itself before it opens this one.
    fn close_implied(&mut self, name: &str) {
        let (closes, stops): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "table"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "table"]),
            "tr" => (&["tr", "td", "th"], &["table"]),
            "td" | "th" => (&["td", "th"], &["table", "tr"]),
            "option" => (&["option"], &["select"]),
            _ if !is_inline(name) => (&["p"], &["table", "td", "button"]),
            _ => return,
        };
        let reach = self.open.len().saturating_sub(16);
        for at in (reach..self.open.len()).rev() {
            let open = &*self.open[at];
            if closes.contains(&open) {
                self.open.truncate(at);
                return;
            }
            if stops.contains(&open) {
                return;
            }
        }
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "keygen"
    )
}

fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u"
    )
}

/// Whether an element stands inside a line and does not part paragraphs.
fn is_inline(name: &str) -> bool {
    is_formatting(name)
        || matches!(
            name,
            "abbr"
                | "acronym"
                | "bdi"
                | "bdo"
                | "cite"
                | "data"
                | "del"
                | "dfn"
                | "img"
                | "ins"
                | "kbd"
                | "label"
                | "mark"
                | "q"
                | "rb"
                | "rp"
                | "rt"
                | "ruby"
                | "samp"
                | "span"
                | "sub"
                | "sup"
                | "time"
                | "var"
                | "wbr"
                | "html"
                | "head"
                | "body"
                | "script"
                | "style"
                | "title"
                | "meta"
                | "link"
                | "option"
        )
}

/// Takes out `<?…?>` (PHP, processing instructions), which may hold a `>`, keeping the count of lines.
fn without_instructions(source: &str) -> Cow<'_, str> {
    if !source.contains("<?") {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find("<?") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(end) = rest.find("?>").map(|end| end + 2) else {
            let php = rest.starts_with("<?php");
            return Cow::Owned(if php { out } else { out + &rest.replacen("<?", "", 1) });
        };
        out.extend(rest[..end].chars().filter(|c| *c == '\n'));
        rest = &rest[end..];
    }
    Cow::Owned(out + rest)
}

/// Takes the attributes off tags that are longer than any honest one: the tokenizer compares each with every other.
fn without_overlong_tags(source: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    let bytes = source.as_bytes();
    while let Some(open) = source[at..].find('<').map(|n| at + n) {
        let end = tag_end(bytes, open);
        if end - open > MAX_TAG && bytes.get(open + 1).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/') {
            let name = bytes[open + 1..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'/').count();
            let lines = bytes[open..end].iter().filter(|b| **b == b'\n').count();
            out.push_str(&source[copied..open + 1 + name.min(64)]);
            out.push('>');
            out.extend(std::iter::repeat_n('\n', lines));
            copied = (end + 1).min(source.len());
            at = copied;
        } else {
            at = open + 1;
        }
    }
    if copied == 0 { Cow::Borrowed(source) } else { Cow::Owned(out + &source[copied..]) }
}

/// Where the tag that opens here ends; quotes count after an equals sign. Looked for no further than the next few
/// kilobytes unless the tag really goes on.
fn tag_end(bytes: &[u8], open: usize) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, &byte) in bytes.iter().enumerate().skip(open + 1) {
        match quote {
            Some(mark) if byte == mark => quote = None,
            Some(_) => {}
            None if matches!(byte, b'"' | b'\'') && before == b'=' => quote = Some(byte),
            None if byte == b'>' || byte == b'<' && at - open < MAX_TAG => return at,
            None => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_pages_take_little_time() {
        let pages = [
            "<div>".repeat(40_000) + "deep",
            "<ul><li>".repeat(20_000) + "deep",
            (0..3_000).map(|n| format!("<font size={n}><p>x")).collect::<String>() + "deep",
            "<b><i><a href=x>".repeat(10_000) + "deep",
            "<".repeat(200_000) + " deep",
            format!("<p {}>deep", (0..50_000).map(|n| format!("a{n}=1 ")).collect::<String>()),
            "<table><tr><td>".repeat(10_000) + "deep",
            "</div>".repeat(100_000) + "deep",
            "<!--".repeat(50_000) + "--> deep",
            "<p a=\"".repeat(20_000) + "\"> deep",
        ];
        for page in pages {
            let parsed = parse(&page, false);
            let text: String =
                parsed.html.tree.values().filter_map(|node| node.as_text().map(|t| t.to_string())).collect();
            assert!(text.contains("deep"), "{}", &page[..20]);
        }
    }

    #[test]
    fn instructions_and_closed_tags() {
        let parsed = parse("<?php if (1 > 0) echo 'no'; ?><a id='x'/>word<title/>more", true);
        let text: String = parsed.html.tree.values().filter_map(|node| node.as_text().map(|t| t.to_string())).collect();
        assert_eq!(text, "wordmore");
    }
}
