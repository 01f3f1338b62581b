//! A diary by mail: mailboxes, and folders of messages. The Date header, on the sender's clock, is the day.

use super::{html, text};
use crate::date::{Parts, stamp};
use crate::document::{Piece, Stamp, add_item};
use crate::problem::{Problem, ProblemKind};
use mail_parser::{Message, MessageParser};
use std::borrow::Cow;

/// Whether bytes are a mailbox or a message: by a From line, or by headers that only mail has.
pub(super) fn recognise(path: &str, bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(8192)]).into_owned();
    let headers: Vec<&str> =
        head.lines().skip(usize::from(head.starts_with("From "))).take_while(|line| !line.trim().is_empty()).collect();
    let has = |name: &str| {
        headers.iter().any(|line| line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)))
    };
    let formed = headers
        .iter()
        .all(|line| line.starts_with([' ', '\t']) || line.split_once(':').is_some_and(|(name, _)| !name.contains(' ')));
    let mail = has("Date:") && (has("From:") || has("Subject:") || has("Message-ID:") || has("Received:"));
    let named = [".eml", ".mbox", ".mbx"].iter().any(|end| path.ends_with(end))
        || path.contains("/cur/")
        || path.contains("/new/");
    formed
        && mail
        && (named
            || head.starts_with("From ")
            || has("Message-ID:")
            || has("Received:")
            || has("MIME-Version:")
            || has("From:") && has("To:"))
}

/// The page that a browser saved as a message, with its pictures: a page, and no mail of the day when it was saved.
pub(super) fn saved_page(path: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Option<Piece> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let saved = ["from: <saved by ", "\nsnapshot-content-location:"].iter().any(|mark| head.contains(mark));
    let named = [".mht", ".mhtml"].iter().any(|end| path.to_ascii_lowercase().ends_with(end));
    if !(saved || named) || !head.contains("content-type:") {
        return None;
    }
    let message = MessageParser::default().parse(bytes)?;
    let mut piece = html::piece(&message.body_html(0)?, path, problems);
    for block in &mut piece.blocks {
        block.line = 0;
        block.span = diary::Span::default();
    }
    Some(piece)
}

pub(super) fn read(path: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Vec<Piece> {
    if !bytes.starts_with(b"From ") {
        return pieces_of(bytes, 1, path, problems);
    }
    let starts = separators(bytes);
    let mut pieces = Vec::new();
    let (mut line, mut counted) = (2, 0);
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(bytes.len());
        let message = &bytes[*start..end];
        let headers = message.iter().position(|b| *b == b'\n').map_or(message.len(), |at| at + 1);
        line += bytes[counted..*start].iter().filter(|b| **b == b'\n').count();
        counted = *start;
        let mut found = pieces_of(&unquoted(&message[headers..]), line, path, problems);
        if let [piece] = &mut found[..] {
            piece.stamp = piece.stamp.take().or_else(|| posted(&message[..headers]));
        }
        if found.is_empty() {
            let message = "A message could not be understood, and was passed over.";
            problems.push(Problem { line, ..Problem::of_source(ProblemKind::Malformed, path, message) });
        }
        found.into_iter().for_each(|piece| add_item(&mut pieces, piece));
    }
    pieces
}

/// Where messages begin: a From line at the beginning or after an empty line, with a header below it. A sentence may
/// begin with the word too.
fn separators(bytes: &[u8]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    let mut blank = true;
    let mut lines = bytes.split(|b| *b == b'\n').peekable();
    while let Some(line) = lines.next() {
        if blank && line.starts_with(b"From ") && lines.peek().is_some_and(|next| is_header(next)) {
            starts.push(at);
        }
        blank = line.trim_ascii().is_empty();
        at += line.len() + 1;
    }
    starts
}

/// When a message was put into its mailbox, as its From line says: `From ann@example.org Fri Dec 19 20:51:58 2003`.
fn posted(line: &[u8]) -> Option<Stamp> {
    let line = String::from_utf8_lossy(line.trim_ascii());
    Stamp::read(line.splitn(3, ' ').nth(2)?).filter(|stamp| stamp.parts.is_whole())
}

fn is_header(line: &[u8]) -> bool {
    let name = line.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    name > 1 && line.get(name) == Some(&b':')
}

/// Takes back the `>` that mailboxes put in front of lines that begin with From.
fn unquoted(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len());
    for line in message.split_inclusive(|b| *b == b'\n') {
        out.extend_from_slice(if line.starts_with(b">From ") { &line[1..] } else { line });
    }
    out
}

/// The headers of a message end within so many bytes, or are none.
const LONGEST_HEADERS: usize = 1024 * 1024;

/// A message as far as its headers make sense: each header has its price.
fn within_headers(message: &[u8]) -> &[u8] {
    let head = &message[..message.len().min(LONGEST_HEADERS)];
    let is_end = |pair: &[u8]| pair == b"\n\n" || pair == b"\n\r";
    if head.len() == message.len() || head.windows(2).any(is_end) { message } else { head }
}

/// A message with the right label: valid UTF-8 beyond ASCII is nothing else by chance, whatever its charset says.
fn relabelled(message: &[u8]) -> Cow<'_, [u8]> {
    const WRONG: [&str; 3] = ["us-ascii", "iso-8859-1", "windows-1252"];
    let text = std::str::from_utf8(message).ok().filter(|text| !text.is_ascii());
    let lower = text.map(str::to_ascii_lowercase).filter(|lower| !lower.contains("content-transfer-encoding: base64"));
    let Some((text, lower)) = text.zip(lower) else { return Cow::Borrowed(message) };
    let found = lower.match_indices("charset=").find_map(|(at, key)| {
        let start = at + key.len() + usize::from(lower[at + key.len()..].starts_with('"'));
        WRONG.iter().find(|label| lower[start..].starts_with(**label)).map(|label| start..start + label.len())
    });
    match found.filter(|_| !lower.contains("quoted-printable")) {
        Some(label) => Cow::Owned([&text[..label.start], "utf-8", &text[label.end..]].concat().into_bytes()),
        None => Cow::Borrowed(message),
    }
}

/// A message as far as the line of two hyphens over its signature.
fn without_signature(words: &str) -> &str {
    let mut end = 0;
    for line in words.split_inclusive('\n') {
        if line.trim_end() == "--" {
            return &words[..end];
        }
        end += line.len();
    }
    words
}

/// The entry that a message is, or those of the messages that it brings together in place of words of its own.
fn pieces_of(bytes: &[u8], line: usize, path: &str, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let within = within_headers(bytes);
    if within.len() < bytes.len() {
        let message = "The headers of a message do not end within 1 MB; what follows from there on was left out.";
        problems.push(Problem { line, ..Problem::of_source(ProblemKind::TooLarge, path, message) });
    }
    let bytes = &relabelled(within);
    let Some(message) = MessageParser::default().parse(bytes.as_ref()) else { return Vec::new() };
    let whole = piece(&message, line, path, problems);
    let inside = || message.attachments().filter_map(|part| part.message());
    if whole.blocks.is_empty() && inside().next().is_some() {
        return inside().map(|message| piece(message, line, path, problems)).collect();
    }
    vec![whole]
}

fn piece(message: &Message<'_>, line: usize, path: &str, problems: &mut Vec<Problem>) -> Piece {
    let header = message.header_raw("Date").map(str::trim);
    let stamp = message.date().map(|date| {
        let written = header.map_or_else(|| date.to_rfc3339(), str::to_owned);
        let weekday = stamp::weekday(&written);
        Stamp { parts: Parts::ymd(i32::from(date.year), u32::from(date.month), u32::from(date.day)), written, weekday }
    });
    // Old mailers wrote dates as they liked.
    let stamp = stamp.or_else(|| Stamp::read(header?)).filter(|stamp| stamp.parts.is_whole());
    let marked = message.text_body_count() == 0 || message.text_part(0).is_some_and(|part| part.is_text_html());
    let mut blocks = if marked {
        message.body_html(0).map(|markup| html::piece(&markup, path, problems).blocks)
    } else {
        message
            .body_text(0)
            .map(|words| text::piece(&crate::source::decode::cleaned(without_signature(&words)), 1, 0).blocks)
    }
    .unwrap_or_default();
    for block in &mut blocks {
        block.line = line;
        block.span = diary::Span::default();
    }
    if let Some(at) = blocks.iter().position(|block| matches!(block.text.trim(), "--" | "-- ")) {
        blocks.truncate(at);
    }
    let author =
        message.from().and_then(|from| from.first()).and_then(|from| from.name().or(from.address())).map(str::to_owned);
    let sensitivity = message.header_raw("Sensitivity");
    Piece {
        is_item: true,
        private: sensitivity.is_some_and(|level| !level.trim().eq_ignore_ascii_case("normal")),
        stamp,
        title: message.subject().map(str::to_owned),
        author,
        line,
        blocks,
        ..Piece::default()
    }
}

#[cfg(test)]
mod tests {
    use super::without_signature;

    #[test]
    fn a_signature_is_no_part_of_a_message() {
        assert_eq!(without_signature("Rain.\n\n-- \nAnn\nhttp://example.org/\n"), "Rain.\n\n");
        assert_eq!(without_signature("Rain -- again.\n--more\n"), "Rain -- again.\n--more\n");
    }
}
