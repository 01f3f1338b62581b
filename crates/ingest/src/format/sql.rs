//! Dumps of databases in SQL, as hosts of web logs hand them out: each row of a table with a column of dates and one of words
//! is an entry. Rows of a table of comments are notes of the entries that they name.

use super::feed::{notes, paragraphs};
use super::{Input, html, record};
use crate::document::{Piece, Stamp, add_item};
use crate::problem::Problem;
use diary::Span;
use serde_json::Value;
use std::collections::BTreeMap;

/// A dump says what it is no further down than this, in bytes.
const HEAD: usize = 64 * 1024;

/// Whether a text is a dump, by its name or the words that dumps begin with; not an essay that shows a statement.
pub(super) fn recognise(path: &str, text: &str) -> bool {
    const OPENING: [&str; 9] = [
        "-- MySQL dump",
        "-- MariaDB dump",
        "-- phpMyAdmin",
        "# MySQL dump",
        "# phpMyAdmin",
        "PRAGMA ",
        "BEGIN TRANSACTION;",
        "DROP TABLE ",
        "CREATE TABLE ",
    ];
    let begins = OPENING.iter().any(|words| text.trim_start().starts_with(words));
    let head = &text[..text.floor_char_boundary(HEAD)];
    (begins || path.to_ascii_lowercase().ends_with(".sql")) && head.contains("INSERT INTO") && head.contains("VALUES")
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    const ASIDE: [&str; 8] = ["user", "option", "log", "session", "revision", "cache", "link", "setting"];
    let mut pieces = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut comments = Vec::new();
    for (name, table) in tables(input) {
        let Some(columns) = Columns::of(&table.names) else { continue };
        if name.contains("comment") {
            comments.extend(table.rows.into_iter().map(|row| (row, columns)));
        } else if !ASIDE.iter().any(|word| name.contains(word)) {
            for row in table.rows.iter().filter(|row| !is_aside(&table.names, row)) {
                places.entry(row.field(Some(0)).to_owned()).or_insert(pieces.len());
                add_item(&mut pieces, entry(row, &table.names, columns, input, problems));
            }
        }
    }
    // What is no diary may yet be wanted.
    if pieces.is_empty() {
        return super::text::read(input);
    }
    for (row, columns) in comments {
        let Some(piece) = places.get(row.field(columns.of_entry)).and_then(|at| pieces.get_mut(*at)) else { continue };
        let words = html::piece(&paragraphs(row.field(Some(columns.text))), input.path, problems).blocks;
        piece.blocks.extend(notes(row.field(columns.author), words));
    }
    pieces
}

/// The entry that a row is.
fn entry(row: &Row, names: &[String], columns: Columns, input: &Input<'_>, problems: &mut Vec<Problem>) -> Piece {
    let mut blocks = html::piece(&paragraphs(row.field(Some(columns.text)).trim()), input.path, problems).blocks;
    blocks.iter_mut().for_each(|block| block.line = row.line);
    let hidden = |(name, value): (&String, &String)| {
        name.ends_with("status") && ["private", "draft", "pending", "future"].contains(&value.as_str())
    };
    Piece {
        is_item: true,
        stamp: record::date(&Value::String(row.field(Some(columns.date)).to_owned()), None)
            .or_else(|| Stamp::read(row.field(Some(columns.date)))),
        title: Some(row.field(columns.title).to_owned()).filter(|title| !title.is_empty()),
        private: names.iter().zip(&row.fields).any(hidden),
        line: row.line,
        span: row.span,
        blocks,
        ..Piece::default()
    }
}

/// Whether a row is what a web log keeps beside its entries: older states of them, pictures, menus.
fn is_aside(names: &[String], row: &Row) -> bool {
    let kept = |(name, value): (&String, &String)| match () {
        () if name.ends_with("type") => ["revision", "attachment", "nav_menu_item"].contains(&value.as_str()),
        () if name.ends_with("status") => ["auto-draft", "trash", "inherit"].contains(&value.as_str()),
        () => false,
    };
    names.iter().zip(&row.fields).any(kept)
}

/// Where the parts of an entry stand in the rows of a table.
#[derive(Clone, Copy)]
struct Columns {
    date: usize,
    text: usize,
    title: Option<usize>,
    author: Option<usize>,
    /// The entry that a comment is of.
    of_entry: Option<usize>,
}

impl Columns {
    fn of(names: &[String]) -> Option<Self> {
        // "post_content", "itime": behind the name of the table, or its first letter.
        let bare = |name: &str| name.rsplit('_').next().unwrap_or_default().to_owned();
        let is = |name: &str, called: &dyn Fn(&str) -> bool| {
            called(name) || called(&bare(name)) || name.strip_prefix('i').is_some_and(called)
        };
        let find = |called: &dyn Fn(&str) -> bool| names.iter().position(|name| is(name, called));
        let ends = |ending: &str| names.iter().position(|name| name.ends_with(ending));
        let of_entry = |name: &String| {
            let named = ["post", "item", "entry", "parent", "article"].iter().any(|word| name.contains(word));
            named && (name.ends_with("id") || name == "citem")
        };
        Some(Self {
            date: find(&record::is_of_date)?,
            text: find(&record::is_of_words)?,
            title: ends("title").or_else(|| ends("subject")),
            author: ends("author"),
            of_entry: names.iter().position(of_entry),
        })
    }
}

#[derive(Default)]
struct Table {
    names: Vec<String>,
    rows: Vec<Row>,
}

struct Row {
    fields: Vec<String>,
    line: usize,
    span: Span,
}

impl Row {
    fn field(&self, at: Option<usize>) -> &str {
        at.and_then(|at| self.fields.get(at)).map_or("", String::as_str)
    }
}

/// The tables of a dump with their rows, by name.
fn tables(input: &Input<'_>) -> BTreeMap<String, Table> {
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    let mut reader = Reader { text: input.text, at: 0 };
    let (mut line, mut counted) = (input.line + 1, 0);
    while reader.skip_blank() {
        let verb = reader.word().to_ascii_uppercase();
        let kind = reader.words_until_name(&verb);
        match kind {
            Some(Statement::Create) => {
                let name = reader.name();
                tables.entry(name).or_default().names = reader.columns();
            }
            Some(Statement::Insert) => {
                let table = tables.entry(reader.name()).or_default();
                let named = reader.columns();
                if !named.is_empty() {
                    table.names = named;
                }
                while let Some((fields, start)) = reader.tuple() {
                    line += input.text[counted..start].matches('\n').count();
                    counted = start;
                    let span = Span::new(input.offset + start, input.offset + reader.at);
                    table.rows.push(Row { fields, line, span });
                }
            }
            None => {}
        }
        reader.skip_statement();
    }
    tables
}

enum Statement {
    Create,
    Insert,
}

/// A place in a dump.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Goes on to what is neither blank nor a remark, if there is more.
    fn skip_blank(&mut self) -> bool {
        loop {
            self.at = self.text.len() - self.rest().trim_start_matches(|c: char| c.is_whitespace() || c == ';').len();
            let rest = self.rest();
            let end = match () {
                () if rest.starts_with("--") || rest.starts_with('#') => rest.find('\n'),
                () if rest.starts_with("/*") => rest.find("*/").map(|end| end + 2),
                () => return !rest.is_empty(),
            };
            self.at += end.unwrap_or(rest.len());
        }
    }

    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// What a statement with this verb does, the place being that of the name of its table.
    fn words_until_name(&mut self, verb: &str) -> Option<Statement> {
        let (last, statement) = match verb {
            "CREATE" => ("TABLE", Statement::Create),
            "INSERT" | "REPLACE" => ("INTO", Statement::Insert),
            _ => return None,
        };
        for _ in 0..4 {
            self.skip_blank();
            if self.word().eq_ignore_ascii_case(last) {
                self.skip_blank();
                let condition = self.rest().get(..13).is_some_and(|words| words.eq_ignore_ascii_case("IF NOT EXISTS"));
                self.at += if condition { 13 } else { 0 };
                return Some(statement);
            }
        }
        None
    }

    /// A name, in quotes or not, without that of the database before it.
    fn name(&mut self) -> String {
        loop {
            let name = self.part_of_name();
            if self.next() != Some('.') {
                return name;
            }
            self.at += 1;
        }
    }

    fn part_of_name(&mut self) -> String {
        self.skip_blank();
        let rest = self.rest();
        let Some(quote @ ('`' | '"' | '[')) = rest.chars().next() else { return self.word().to_ascii_lowercase() };
        let end = rest[1..].find(if quote == '[' { ']' } else { quote }).unwrap_or(rest.len() - 1);
        self.at = (self.at + end + 2).min(self.text.len());
        rest[1..].get(..end).unwrap_or_default().to_ascii_lowercase()
    }

    /// The names of columns in brackets, where these come next.
    fn columns(&mut self) -> Vec<String> {
        const KEYS: [&str; 9] =
            ["key", "primary", "unique", "index", "constraint", "fulltext", "foreign", "check", "spatial"];
        let mut names = Vec::new();
        self.skip_blank();
        if self.next() != Some('(') {
            return names;
        }
        self.at += 1;
        while self.skip_blank() && self.next() != Some(')') {
            let quoted = self.next().is_some_and(|c| matches!(c, '`' | '"' | '['));
            let name = self.name();
            names.extend(Some(name).filter(|name| !name.is_empty() && (quoted || !KEYS.contains(&name.as_str()))));
            self.skip_value();
            if self.next() == Some(',') {
                self.at += 1;
            }
        }
        self.at = (self.at + 1).min(self.text.len());
        names
    }

    /// The next row of values, and where it begins.
    fn tuple(&mut self) -> Option<(Vec<String>, usize)> {
        loop {
            self.skip_blank_within();
            match self.next()? {
                '(' => break,
                ',' => self.at += 1,
                c if c.is_alphabetic() && self.word().eq_ignore_ascii_case("VALUES") => {}
                _ => return None,
            }
        }
        let start = self.at;
        self.at += 1;
        let mut fields = Vec::new();
        loop {
            self.skip_blank_within();
            let from = self.at;
            fields.push(match self.next()? {
                '\'' => self.string(),
                _ => {
                    self.skip_value();
                    let raw = self.text[from..self.at].trim();
                    // "N'text'", "_utf8'text'"
                    let inner = raw.split_once('\'').map(|(_, text)| text.trim_end_matches('\''));
                    inner.unwrap_or(if raw.eq_ignore_ascii_case("NULL") { "" } else { raw }).to_owned()
                }
            });
            self.skip_value();
            let next = self.next()?;
            self.at += 1;
            if next == ')' {
                return Some((fields, start));
            }
        }
    }

    fn skip_blank_within(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// A text in quotation marks, with what is escaped in it.
    fn string(&mut self) -> String {
        let mut out = String::new();
        let rest = self.rest();
        let mut chars = rest.char_indices().skip(1).peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '\'' if chars.next_if(|(_, next)| *next == '\'').is_some() => out.push('\''),
                '\'' => {
                    self.at += at + 1;
                    return out;
                }
                '\\' => out.extend(chars.next().map(|(_, c)| match c {
                    'n' => '\n',
                    'r' => ' ',
                    't' => '\t',
                    c => c,
                })),
                c => out.push(c),
            }
        }
        self.at = self.text.len();
        out
    }

    /// Goes on to the comma or bracket that ends a value.
    fn skip_value(&mut self) {
        let mut depth = 0_usize;
        while let Some(c) = self.next() {
            match c {
                '\'' => {
                    self.string();
                    continue;
                }
                '(' => depth += 1,
                ')' if depth > 0 => depth -= 1,
                ',' | ')' | ';' if depth == 0 => return,
                _ => {}
            }
            self.at += c.len_utf8();
        }
    }

    fn skip_statement(&mut self) {
        while let Some(c) = self.next() {
            if c == '\'' {
                self.string();
                continue;
            }
            self.at += c.len_utf8();
            if c == ';' {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_dumps_come_to_an_end() {
        let dots = format!("CREATE TABLE {}", ".".repeat(100_000));
        let open = format!("INSERT INTO a VALUES {}", "(".repeat(100_000));
        for text in [
            "INSERT INTO",
            "INSERT INTO a VALUES ('",
            "INSERT INTO a VALUES (1,'x\\",
            "INSERT INTO a (b VALUES (1;",
            "CREATE TABLE a (;;;,,,",
            "CREATE TABLE `a (",
            "CREATE TABLE a (b int, KEY (c)); INSERT INTO a VALUES (é, N'ü', NULL), ('it''s')",
            &dots,
            &open,
        ] {
            tables(&Input { path: "a.sql", text, line: 0, offset: 0 });
        }
    }
}
