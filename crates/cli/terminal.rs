//! What the terminal can do, and writing to it.

use crate::config::Color;
pub use crate::pager::{Paging, show};
use std::borrow::Cow;
use std::env;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit(pub u8);

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.0)
    }
}

/// The exit status of a run that someone interrupted.
pub const INTERRUPTED: Exit = Exit(130);

/// Whether an interrupt ends this program. While another program has the terminal, it is that one's to answer.
static ENDS: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Lets an interrupt end the program at once, silently and with [`INTERRUPTED`].
pub fn end_on_interrupt() {
    let ends = ENDS.get_or_init(|| Arc::new(AtomicBool::new(true)));
    // Where no handler can be had, the system's own way of ending remains.
    let _ = signal_hook::flag::register_conditional_shutdown(
        signal_hook::consts::SIGINT,
        i32::from(INTERRUPTED.0),
        Arc::clone(ends),
    );
}

/// Runs `work` while another program has the terminal.
pub fn while_another_has_it<T>(work: impl FnOnce() -> T) -> T {
    let set = |value| ENDS.get().into_iter().for_each(|ends| ends.store(value, Ordering::SeqCst));
    set(false);
    let done = work();
    set(true);
    done
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

/// Writes a remark to the standard error, with nothing in it that could steer the terminal: remarks name files, and a
/// name may be anything. There is nobody left to tell when that fails.
pub fn remark(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", diary_render::clean(text));
}

/// Wipes away what a progress bar left on its line, where one was shown.
pub fn wipe_line() {
    if errors_are_read() {
        let _ = write!(io::stderr().lock(), "\r\u{1b}[2K");
    }
}

/// Runs another program, through the shell so that the command may have flags of its own, with these arguments; the
/// terminal is its own until it ends. Gives whether it ended well.
///
/// # Errors
///
/// Where there is no shell.
pub fn run(command: &str, arguments: &[&str]) -> io::Result<bool> {
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &format!("{command} \"$@\""), "sh"]).args(arguments);
    while_another_has_it(|| shell.status()).map(|status| status.success())
}

/// The text as this terminal can show it: what is drawn is drawn in ASCII where the locale has nothing else.
pub fn shown(text: &str) -> Cow<'_, str> {
    if is_ascii() && is_terminal() { Cow::Owned(diary_render::in_ascii(text)) } else { Cow::Borrowed(text) }
}

/// Whether the locale has no more than ASCII.
pub fn is_ascii() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
    locale.is_some_and(|locale| matches!(locale.as_str(), "C" | "POSIX"))
}

/// Whether a person reads the standard output.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether a person reads what is drawn and answers by keys.
pub fn is_conversing() -> bool {
    is_terminal() && io::stdin().is_terminal() && env::var_os("TERM").is_some_and(|term| term != "dumb")
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
