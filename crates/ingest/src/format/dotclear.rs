//! Dotclear's backup of a blog: tables one below the other, each row on a line of its own. Comments are notes.

use super::feed::notes;
use super::{Input, html};
use crate::document::{Piece, Stamp, add_item};
use crate::problem::Problem;
use diary::Span;
use std::collections::HashMap;

pub(super) fn recognise(text: &str) -> bool {
    text.starts_with("///DOTCLEAR|")
}

/// A row with the names of its columns.
struct Row<'a> {
    names: &'a [&'a str],
    fields: Vec<String>,
    line: usize,
    span: Span,
}

impl Row<'_> {
    fn get(&self, name: &str) -> &str {
        let at = self.names.iter().position(|known| *known == name);
        at.and_then(|at| self.fields.get(at)).map_or("", String::as_str)
    }
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let heads: Vec<(&str, Vec<&str>)> = input.text.lines().filter_map(head).collect();
    let mut tables: HashMap<&str, Vec<Row<'_>>> = HashMap::new();
    let mut next = heads.iter();
    let mut table = None;
    let mut at = input.offset;
    for (index, line) in input.text.split('\n').enumerate() {
        let span = Span::new(at, at + line.len());
        at += line.len() + 1;
        match head(line) {
            Some(_) => table = next.next(),
            None if line.starts_with('"') => {
                let Some((name, names)) = table else { continue };
                let row = Row { names, fields: fields(line), line: index + 1 + input.line, span };
                tables.entry(*name).or_default().push(row);
            }
            None => {}
        }
    }
    let rows = |name: &str| tables.get(name).map_or(&[][..], Vec::as_slice);
    // The rows of another table that belong to a post.
    let by_post = |name: &str| {
        let mut found: HashMap<&str, Vec<&Row<'_>>> = HashMap::new();
        rows(name).iter().for_each(|row| found.entry(row.get("post_id")).or_default().push(row));
        found
    };
    let (comments, labels) = (by_post("comment"), by_post("meta"));
    let categories: HashMap<&str, &str> =
        rows("category").iter().map(|row| (row.get("cat_id"), row.get("cat_title"))).collect();
    let mut pieces = Vec::new();
    for post in rows("post") {
        let id = post.get("post_id");
        let mut piece = piece(post, input, problems);
        piece.tags.extend(categories.get(post.get("cat_id")).map(|title| (*title).to_owned()));
        let tags = labels.get(id).into_iter().flatten().filter(|label| label.get("meta_type") == "tag");
        piece.tags.extend(tags.map(|label| label.get("meta_id").to_owned()));
        for comment in comments.get(id).into_iter().flatten() {
            let said = html::piece(comment.get("comment_content"), input.path, problems).blocks;
            piece.blocks.extend(notes(comment.get("comment_author"), said));
        }
        for block in &mut piece.blocks {
            block.line = post.line;
            block.span = Span::default();
        }
        add_item(&mut pieces, piece);
    }
    pieces
}

/// `[post post_id,blog_id,…]`: the name of a table and those of its columns.
fn head(line: &str) -> Option<(&str, Vec<&str>)> {
    let (name, columns) = line.trim_end().strip_prefix('[')?.strip_suffix(']')?.split_once(' ')?;
    Some((name, columns.split(',').collect()))
}

/// The fields of a row, each between quotation marks. A backslash says that the next letter is meant.
fn fields(line: &str) -> Vec<String> {
    let mut fields = Vec::new();
    let mut chars = line.chars();
    while chars.by_ref().any(|c| c == '"') {
        let mut field = String::new();
        loop {
            match chars.next() {
                Some('\\') => match chars.next() {
                    Some('n') => field.push('\n'),
                    Some('r') | None => {}
                    Some(c) => field.push(c),
                },
                Some('"') | None => break,
                Some(c) => field.push(c),
            }
        }
        fields.push(field);
    }
    fields
}

fn piece(post: &Row<'_>, input: &Input<'_>, problems: &mut Vec<Problem>) -> Piece {
    const PUBLISHED: &str = "1";
    // The text as it was written, where it was never made a page of.
    let text = |made: &str, written: &str| {
        Some(post.get(made)).filter(|text| !text.is_empty()).unwrap_or(post.get(written)).to_owned()
    };
    let words = text("post_excerpt_xhtml", "post_excerpt") + "\n" + &text("post_content_xhtml", "post_content");
    Piece {
        is_item: true,
        stamp: Stamp::read(post.get("post_dt")),
        title: Some(post.get("post_title").trim().to_owned()).filter(|title| !title.is_empty()),
        author: Some(post.get("user_id").to_owned()).filter(|author| !author.is_empty()),
        lang: Some(post.get("post_lang").chars().take(2).collect()).filter(|lang: &String| !lang.is_empty()),
        private: post.get("post_status") != PUBLISHED || !post.get("post_password").is_empty(),
        line: post.line,
        span: post.span,
        blocks: html::piece(&words, input.path, problems).blocks,
        ..Piece::default()
    }
}
