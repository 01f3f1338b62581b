//! What the terminal can do, and writing to it.

use crate::config::Color;
use std::env;
use std::io::{self, ErrorKind, IsTerminal, Write};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit(pub u8);

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.0)
    }
}

/// Writes data to the standard output. A reader that has gone away has read enough; any other failure is an error.
///
/// # Errors
///
/// Where the output cannot be written, as on a full disk.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(io::Error::new(error.kind(), format!("cannot write the output: {}", error.kind()))),
        Ok(()) => Ok(()),
    }
}

/// Writes a remark to the standard error. There is nobody left to tell when that fails.
pub fn remark(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Whether a person reads the standard output.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether a person reads the standard error.
pub fn errors_are_read() -> bool {
    io::stderr().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// The columns of the terminal, or 80.
pub fn width() -> usize {
    let said = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
    let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    said.or_else(measured).unwrap_or(80).clamp(20, 1000)
}

/// Whether to use colour: the flag or file first, then <https://no-color.org> and its opposite, then what reads.
pub fn color(choice: Color) -> bool {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_forced = env::var_os("FORCE_COLOR").is_some_and(|value| !value.is_empty() && value != "0");
    match choice {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is_set("NO_COLOR") => false,
        Color::Auto if is_forced => true,
        Color::Auto => is_terminal() && env::var_os("TERM").is_some_and(|term| term != "dumb"),
    }
}

/// Whether addresses can be links.
pub fn links() -> bool {
    is_terminal() && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout)
}
