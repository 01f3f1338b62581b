//! Manual pages and shell completions, from the flags themselves.

use clap::{Command, ValueEnum};
use clap_complete::Shell;
use std::io;

/// What `--generate` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Generated {
    /// The manual page, as roff.
    Man,
    /// Completions for bash.
    CompleteBash,
    /// Completions for zsh.
    CompleteZsh,
    /// Completions for fish.
    CompleteFish,
    /// Completions for PowerShell.
    CompletePowershell,
}

/// The text of it, for a program.
///
/// # Errors
///
/// Never while writing to memory.
pub fn generate(what: Generated, mut command: Command) -> io::Result<String> {
    let mut bytes = Vec::new();
    let name = command.get_name().to_owned();
    let shell = match what {
        Generated::Man => None,
        Generated::CompleteBash => Some(Shell::Bash),
        Generated::CompleteZsh => Some(Shell::Zsh),
        Generated::CompleteFish => Some(Shell::Fish),
        Generated::CompletePowershell => Some(Shell::PowerShell),
    };
    match shell {
        Some(shell) => clap_complete::generate(shell, &mut command, name, &mut bytes),
        None => clap_mangen::Man::new(command).render(&mut bytes)?,
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
