//! Manual pages and shell completions, from the tables themselves.

use crate::{completion, manual};
use clap::{Command, ValueEnum};
use clap_complete::Shell;
use std::io;

/// What `--generate` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Generated {
    /// The manual page of this program, as roff
    Man,
    /// diary-query(7): the query language
    ManQuery,
    /// diary.toml(5): the settings
    ManConfig,
    /// people.toml(5): who is who
    ManPeople,
    /// Completions for bash
    CompleteBash,
    /// Completions for zsh
    CompleteZsh,
    /// Completions for fish
    CompleteFish,
    /// Completions for PowerShell
    CompletePowershell,
}

/// The text of it, for a program.
///
/// # Errors
///
/// Never while writing to memory.
pub fn generate(what: Generated, command: Command) -> io::Result<String> {
    Ok(match what {
        Generated::Man => manual::program(command)?,
        Generated::ManQuery => manual::query(),
        Generated::ManConfig => manual::config(),
        Generated::ManPeople => manual::people(),
        Generated::CompleteBash => completion::script(Shell::Bash, command),
        Generated::CompleteZsh => completion::script(Shell::Zsh, command),
        Generated::CompleteFish => completion::script(Shell::Fish, command),
        Generated::CompletePowershell => completion::script(Shell::PowerShell, command),
    })
}
