//! From the tree of a page to its blocks.

use super::elements::{Said, class_words, has_inside, is_block, is_skipped};
use super::fence::{LINE, PART};
use super::lines::cuts;
use super::silent::{Silent, day_of_anchor, day_of_image};
use crate::date::{Parts, scan, stamp};
use crate::document::{Block, Dress, add};
use diary::{BlockKind, Link, Span};
use scraper::Html;
use scraper::node::{Element, Node};

/// What a page's body holds.
#[derive(Default)]
pub(super) struct Walked {
    pub(super) blocks: Vec<Block>,
    /// Every `<time datetime>` that is not in a comment, in order.
    pub(super) times: Vec<Parts>,
    /// How many `<meta>` of the body give a date.
    pub(super) made: usize,
    /// The days that marks give and no words: before which block, and as what.
    pub(super) silent: Vec<Silent>,
}

/// Reads the visible text of a page.
pub(super) fn walk(html: &Html) -> Walked {
    let mut walker = Walker::default();
    let mut node = html.tree.root();
    'walk: loop {
        let enters = walker.enter(node.value());
        if enters && let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        loop {
            walker.leave(node.value());
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => break 'walk,
            }
        }
    }
    walker.flush();
    walker.out
}

/// What holds for everything inside an element.
#[derive(Clone, Copy, Default)]
struct State {
    kind: Option<BlockKind>,
    dress: Dress,
    unit: u32,
    row: u32,
    chrome: bool,
    bold: bool,
    italic: bool,
    preformatted: bool,
    /// Inside a comment, a footnote or the like.
    note: bool,
    /// In the margin: a note, or the date of what stands beside it.
    margin: bool,
    /// At the foot of an article: furniture, but for its date.
    foot: bool,
}

#[derive(Default)]
struct Walker {
    out: Walked,
    state: State,
    /// The state outside each open element, and whether it ends a block.
    stack: Vec<(State, bool)>,
    text: String,
    bold: Lead,
    italic: Lead,
    /// The stretches of `text` in bold.
    bolds: Vec<Span>,
    links: Vec<Link>,
    open_link: Option<(usize, String)>,
    open_time: Option<(usize, Parts)>,
    stamps: Vec<(Span, Parts)>,
    /// Byte offsets in `text` of lines, with their line in the source.
    breaks: Vec<(usize, usize)>,
    line: usize,
    start_line: usize,
    anchor: Option<String>,
    /// A rule stands above what comes next.
    ruled: bool,
    units: u32,
    rows: u32,
    dress: Dress,
    /// The date that a `<meta>` in the body gives to what follows.
    made: Option<Parts>,
}

/// How far a block's text has one dress from its beginning.
#[derive(Default)]
struct Lead {
    end: usize,
    over: bool,
}

impl Lead {
    fn extend(&mut self, dressed: bool, words: bool, to: usize) {
        if words && !dressed {
            self.over = true;
        } else if dressed && !self.over {
            self.end = to;
        }
    }
}

impl Walker {
    /// Meets a node; false where its inside is not for readers.
    fn enter(&mut self, node: &Node) -> bool {
        match node {
            Node::Text(text) => {
                self.text(text);
                false
            }
            Node::Element(element) => self.open(element),
            Node::Document | Node::Fragment => {
                self.stack.push((self.state, false));
                true
            }
            _ => false,
        }
    }

    fn leave(&mut self, node: &Node) {
        let opened = match node {
            Node::Element(element) => !is_skipped(element) && has_inside(element),
            Node::Document | Node::Fragment => true,
            _ => false,
        };
        if !opened {
            return;
        }
        if let Node::Element(element) = node {
            match element.name() {
                "a" => self.close_link(),
                "time" => self.close_time(),
                "abbr" | "span" if is_date_property(element) => self.close_time(),
                _ => {}
            }
        }
        if let Some((outer, block)) = self.stack.pop() {
            if block {
                self.flush();
            }
            self.state = outer;
        }
    }

    fn open(&mut self, element: &Element) -> bool {
        if let Some(line) = element.attr(LINE).and_then(|line| line.parse().ok()) {
            self.line = line;
        }
        if is_skipped(element) {
            return false;
        }
        let name = element.name();
        match name {
            "br" => {
                self.breaks.push((self.text.len(), self.line));
                self.text.push('\n');
                return false;
            }
            "hr" => {
                self.flush();
                self.ruled = true;
                return false;
            }
            "meta" => {
                self.made = itemprop_date(element).or(self.made);
                self.out.made += usize::from(itemprop_date(element).is_some());
                return false;
            }
            "img" => {
                self.silent(element.attr("alt").and_then(day_of_image));
                return false;
            }
            _ if !has_inside(element) => return false,
            _ => {}
        }
        let block = is_block(name);
        if block {
            self.flush();
        }
        self.stack.push((self.state, block));
        let id = element.id().or_else(|| element.attr("name").filter(|_| name == "a"));
        if let Some(id) = id.filter(|id| !id.is_empty() && id.len() <= 200) {
            self.silent(day_of_anchor(id));
            self.anchor = Some(id.to_owned());
        }
        self.dress_for(element, name, block);
        match name {
            "a" => self.open_link(element),
            "time" => self.open_time(element),
            "abbr" | "span" if is_date_property(element) => self.open_time(element),
            _ => {}
        }
        true
    }

    /// Takes down the day that a mark at the beginning of a line gives.
    fn silent(&mut self, day: Option<String>) {
        let opens = self.text.is_empty() || self.text.ends_with('\n');
        let outside = self.state.chrome || self.state.note;
        if let Some(day) = day.filter(|_| opens && !outside) {
            self.flush();
            self.out.silent.push(Silent { before: self.out.blocks.len(), day });
        }
    }

    /// What holds inside an element, by its name and by what its attributes say of it.
    fn dress_for(&mut self, element: &Element, name: &str, block: bool) {
        self.dress_by_name(name, block);
        let says = Said::of(element, name);
        let state = &mut self.state;
        let is_outside = state.unit == 0;
        state.chrome |= says.is_chrome || is_outside && matches!(name, "aside" | "footer");
        state.note |= says.is_note || says.is_margin;
        state.margin |= says.is_margin;
        if says.is_foot {
            match is_outside {
                true => state.chrome = true,
                false => (state.foot, state.dress) = (true, Dress::Dateline),
            }
        }
        if says.is_post && block && !state.note {
            self.units += 1;
            state.unit = self.units;
            // A novel quotes its diaries.
            state.kind = state.kind.filter(|kind| *kind != BlockKind::Quote);
        }
        let may_be_dated = matches!(state.dress, Dress::Plain | Dress::Item | Dress::Cell);
        if says.is_date && (block || self.text.is_empty()) && may_be_dated {
            state.dress = Dress::Dateline;
        }
        if self.text.is_empty() {
            self.dress = state.dress;
        }
    }

    fn dress_by_name(&mut self, name: &str, block: bool) {
        let state = &mut self.state;
        if block {
            state.dress = Dress::Plain;
        }
        match name {
            "b" | "strong" => state.bold = true,
            "i" | "em" => state.italic = true,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                state.dress = Dress::Heading(name.as_bytes()[1] - b'0');
                state.kind = state.kind.or(Some(BlockKind::Heading));
            }
            "dt" => state.dress = Dress::Term,
            "li" => {
                state.dress = Dress::Item;
                state.kind = state.kind.or(Some(BlockKind::List));
            }
            "tr" => {
                self.rows += 1;
                state.row = self.rows;
            }
            "td" | "th" => state.dress = Dress::Cell,
            "blockquote" => state.kind = Some(BlockKind::Quote),
            "pre" | "xmp" | "listing" | "plaintext" => {
                state.preformatted = true;
                state.kind = state.kind.or(Some(BlockKind::Code));
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let normal = crate::source::decode::composed(text);
        if self.text.trim().is_empty() && !text.trim().is_empty() {
            self.dress = self.state.dress;
            // The text of an element begins some lines after its tag.
            let blank = text.len() - text.trim_start().len();
            self.start_line = self.line + text[..blank].matches('\n').count();
        }
        if self.state.preformatted {
            self.text.extend(normal.chars().filter(|c| !crate::source::decode::unwanted(*c)));
            self.bold.extend(false, true, 0);
            self.italic.extend(false, true, 0);
            self.line += text.matches('\n').count();
            return;
        }
        // White space of any kind parts words; nothing else of what nobody sees is kept.
        let unseen = |c: char| crate::source::decode::unwanted(c) && !c.is_whitespace();
        let seen = if normal.contains(unseen) { normal.split(unseen).collect() } else { normal };
        for part in seen.split_inclusive(|c: char| c == PART || c.is_whitespace()) {
            let mark = part.chars().next_back().filter(|c| *c == PART || c.is_whitespace());
            self.word(&part[..part.len() - mark.map_or(0, char::len_utf8)]);
            match mark {
                Some(PART) => self.flush(),
                Some(_) if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) => self.text.push(' '),
                _ => {}
            }
        }
        self.line += text.matches('\n').count();
    }

    /// Takes down whether the word from this byte on is in bold.
    fn embolden(&mut self, from: usize) {
        if !self.state.bold {
            return;
        }
        let to = self.text.len();
        match self.bolds.last_mut().filter(|last| self.text[last.end..from].trim().is_empty()) {
            Some(last) => last.end = to,
            None => self.bolds.push(Span::new(from, to)),
        }
    }

    /// Adds a word, its marks with it.
    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if self.text.is_empty() {
            self.dress = self.state.dress;
            self.start_line = self.start_line.max(1);
        }
        let from = self.text.len();
        self.text.push_str(word);
        let is_word = word.contains(char::is_alphanumeric);
        self.bold.extend(self.state.bold, is_word, self.text.len());
        self.embolden(from);
        self.italic.extend(self.state.italic, is_word, self.text.len());
    }

    fn open_link(&mut self, element: &Element) {
        self.close_link();
        if let Some(target) = element.attr("href").filter(|target| target.len() <= 2048) {
            self.open_link = Some((self.text.len(), target.trim().to_owned()));
        }
    }

    fn close_link(&mut self) {
        if let Some((start, target)) = self.open_link.take() {
            let end = self.text.trim_end().len();
            if end > start && !target.is_empty() {
                self.links.push(Link { span: Span::new(start, end), target });
            }
        }
    }

    fn open_time(&mut self, element: &Element) {
        let stamp = ["datetime", "content", "title"].iter().find_map(|name| stamp::read(element.attr(name)?));
        if let Some(parts) = stamp.filter(|parts| parts.year.is_some()) {
            if !self.state.note {
                self.out.times.push(parts);
            }
            self.open_time = Some((self.text.len(), parts));
        }
    }

    fn close_time(&mut self) {
        if let Some((start, parts)) = self.open_time.take() {
            self.stamps.push((Span::new(start, self.text.trim_end().len()), parts));
        }
    }

    /// Ends the block at hand.
    fn flush(&mut self) {
        let link = self.open_link.take();
        if let Some((start, target)) = &link {
            let end = self.text.trim_end().len();
            if end > *start {
                self.links.push(Link { span: Span::new(*start, end), target: target.clone() });
            }
        }
        let text = std::mem::take(&mut self.text);
        let block = self.block(text.trim_end());
        if let Some(block) = block {
            self.push(block);
        }
        self.open_link = link.map(|(_, target)| (0, target));
        self.open_time = self.open_time.take().map(|(_, parts)| (0, parts));
        self.links.clear();
        self.stamps.clear();
        self.breaks.clear();
        self.bolds.clear();
        self.bold = Lead::default();
        self.italic = Lead::default();
        self.dress = self.state.dress;
    }

    fn block(&mut self, text: &str) -> Option<Block> {
        if text.trim().is_empty() {
            return None;
        }
        let state = self.state;
        let dates_text = state.margin && (scan::is_day(text) || scan::is_month(text));
        let kind = if state.note && !dates_text { BlockKind::Note } else { state.kind.unwrap_or(BlockKind::Paragraph) };
        let mut block = Block::new(text, kind, self.start_line);
        block.dress = self.dress;
        if matches!(block.dress, Dress::Plain | Dress::Item | Dress::Cell) {
            block.dress = match () {
                () if self.stamps.first().is_some_and(|(span, _)| span.start <= 2) => Dress::Time,
                () if self.bold.end > 0 => Dress::Bold,
                () if self.italic.end > 0 && self.italic.end <= 60 => Dress::Italic,
                () => block.dress,
            };
        }
        block.lead = if self.bold.end > 0 { self.bold.end } else { self.italic.end };
        block.unit = state.unit;
        block.row = state.row;
        block.made = self.made.take();
        block.ruled = std::mem::take(&mut self.ruled);
        let dates = || scan::scan(text).or_else(|| scan::scan_within(text)).is_some_and(|w| w.first.is_whole());
        block.chrome = state.chrome || state.foot && !dates();
        block.anchor = self.anchor.take();
        block.links = self.links.iter().filter(|link| link.span.end <= text.len()).cloned().collect();
        block.stamps = self.stamps.iter().filter(|(span, _)| span.end <= text.len()).copied().collect();
        Some(block)
    }

    /// Adds a block, cut at the line breaks beside a date line and at empty lines.
    fn push(&mut self, mut block: Block) {
        if self.breaks.is_empty() || block.kind() == BlockKind::Code || block.closed {
            add(&mut self.out.blocks, block);
            return;
        }
        // A page of nothing but line breaks is one block until here: its parts must not carry all of it.
        let text = std::mem::take(&mut block.text);
        let links = std::mem::take(&mut block.links);
        let stamps = std::mem::take(&mut block.stamps);
        let cuts = cuts(&text, &stamps, &self.bolds);
        let mut from = 0;
        let mut glued = false;
        for (to, glue) in cuts.into_iter().chain([(text.len(), false)]) {
            let piece = &text[from..to];
            if !piece.trim().is_empty() {
                let lead = piece.len() - piece.trim_start().len();
                let (start, end) = (from + lead, from + piece.trim_end().len());
                let moved = |span: Span| Span::new(span.start - start, span.end - start);
                let mut part = block.clone();
                part.text = text[start..end].to_owned();
                let breaks = self.breaks.partition_point(|(at, _)| *at < start);
                part.line = breaks.checked_sub(1).map_or(block.line, |at| self.breaks[at].1);
                part.glued = glued && from > 0;
                part.links = links[links.partition_point(|link| link.span.start < start)..]
                    .iter()
                    .take_while(|link| link.span.start <= end)
                    .filter(|link| link.span.end <= end)
                    .map(|link| Link { span: moved(link.span), target: link.target.clone() })
                    .collect();
                part.stamps = stamps[stamps.partition_point(|(span, _)| span.start < start)..]
                    .iter()
                    .take_while(|(span, _)| span.start <= end)
                    .filter(|(span, _)| span.end <= end)
                    .map(|(span, parts)| (moved(*span), *parts))
                    .collect();
                if from > 0 {
                    self.dress_inner(&mut part, Span::new(start, end));
                }
                add(&mut self.out.blocks, part);
            }
            from = to;
            glued = glue;
        }
    }

    /// The dress of a part that does not begin its block: its own.
    fn dress_inner(&self, part: &mut Block, place: Span) {
        part.lead = bold_lead(&self.bolds, place);
        if matches!(part.dress, Dress::Plain | Dress::Bold | Dress::Italic | Dress::Time) {
            part.dress = match () {
                () if !part.stamps.is_empty() && part.dress != Dress::Plain => Dress::Time,
                () if part.lead > 0 => Dress::Bold,
                () => Dress::Plain,
            };
        }
        part.anchor = None;
        part.ruled = false;
    }
}

/// How far from its beginning a part of a text is in bold.
fn bold_lead(bolds: &[Span], part: Span) -> usize {
    let at = bolds.partition_point(|bold| bold.end <= part.start);
    bolds.get(at).filter(|bold| bold.start <= part.start).map_or(0, |bold| bold.end.min(part.end) - part.start)
}

/// The date in a `<meta itemprop="datePublished">` of the body.
fn itemprop_date(element: &Element) -> Option<Parts> {
    let dates = |name: &str| matches!(name, "datePublished" | "dateCreated");
    element.attr("itemprop").filter(|name| dates(name))?;
    stamp::read(element.attr("content")?).filter(|parts| parts.is_whole())
}

/// Whether an element that is no `<time>` carries the date of a microformat, or of microdata.
fn is_date_property(element: &Element) -> bool {
    let named = ["published", "dtstart", "dt-published", "datepublished"];
    ["title", "content", "datetime"].iter().any(|name| element.attr(name).is_some())
        && class_words(element).iter().any(|word| named.contains(&word.as_str()))
}
