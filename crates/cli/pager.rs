//! A pager, where a person reads more than fits on the screen.

use crate::terminal::{is_terminal, print, shown, while_another_has_it};
use std::env;
use std::io::{self, Write};
use std::process::{Command, Stdio};

/// When text goes through a pager.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Paging {
    /// On a terminal, where the text is taller than that.
    #[default]
    Auto,
    /// Never.
    Never,
}

/// Shows text to a person, and prints it for a program.
///
/// # Errors
///
/// As [`print()`].
pub fn show(text: &str, paging: Paging) -> io::Result<()> {
    let text = shown(text);
    if paging == Paging::Auto && is_terminal() && is_tall(&text) && paged(&text) {
        return Ok(());
    }
    print(&text)
}

/// Whether the text has more lines than the terminal.
fn is_tall(text: &str) -> bool {
    let rows = terminal_size::terminal_size().map(|(_, rows)| usize::from(rows.0));
    rows.is_some_and(|rows| rows > 0 && text.lines().count() >= rows)
}

/// Shows the text in the pager that is wanted; whether that could be done.
fn paged(text: &str) -> bool {
    let is_dumb = env::var_os("TERM").is_none_or(|term| term == "dumb");
    let wanted = ["DIARY_SEARCH_PAGER", "PAGER"].into_iter().find_map(|name| env::var(name).ok());
    let command = match wanted.as_deref().map(str::trim) {
        None if is_dumb => return false,
        None => "less",
        Some("" | "cat") => return false,
        Some(command) => command,
    };
    while_another_has_it(|| feed(command, text))
}

/// Whether the pager took the text. It may be left before it has seen all of it.
fn feed(command: &str, text: &str) -> bool {
    let mut pager = Command::new("sh");
    pager.args(["-c", command]).stdin(Stdio::piped());
    // Leave short texts on the screen, let colours through: unless the reader has wishes of their own.
    for (name, usual) in [("LESS", "FRX"), ("LV", "-c"), ("LESSCHARSET", "utf-8")] {
        if env::var_os(name).is_none() {
            pager.env(name, usual);
        }
    }
    let Ok(mut child) = pager.spawn() else { return false };
    if let Some(mut input) = child.stdin.take() {
        let _ = input.write_all(text.as_bytes());
    }
    // A shell that found no such program says so by 127 (or 126), and nothing has been shown.
    child.wait().is_ok_and(|status| !matches!(status.code(), Some(126 | 127)))
}
