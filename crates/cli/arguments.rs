//! The command line read, and what is wrong with it said in one sentence.

use crate::terminal::{Exit, print, remark};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error, Parser};
use diary_render::{one_line, shell_word};
use std::error::Error as _;
use std::ffi::OsString;

/// The arguments of this run; or, where there is nothing more to do, how it ends: well after a help text, and with
/// `failed` after a complaint.
///
/// # Errors
///
/// Where the run is over.
pub fn arguments<T: Parser>(failed: Exit) -> Result<T, Exit> {
    let line: Vec<OsString> = std::env::args_os().collect();
    read::<T>(&line).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => match print_styled(&error) {
            Ok(()) => Exit(0),
            Err(error) => {
                remark(&error.to_string());
                failed
            }
        },
        _ => {
            let command = T::command();
            let name = command.get_name();
            remark(&format!("{name}: {}\n{name} -h lists the flags", complaint(&error, &line, &command)));
            failed
        }
    })
}

/// The arguments of a command line. A flag goes before the environment: a variable that stands in for one which does not go
/// together with another gives way.
fn read<T: Parser>(line: &[OsString]) -> Result<T, Error> {
    T::try_parse_from(line).or_else(|error| {
        let named = [ContextKind::InvalidArg, ContextKind::PriorArg].map(|kind| error.get(kind).and_then(text));
        let [flag, other] = named.map(|flag| flag.map(|flag| short(&flag)));
        // What stands alone does so before every other.
        let gives_way = |arg: &Arg| {
            let this = arg.get_long().map(|name| format!("--{name}"));
            other.is_none() || [&flag, &other].contains(&&this)
        };
        match error.kind() {
            ErrorKind::ArgumentConflict => {
                let bare = T::command().mut_args(|arg| if gives_way(&arg) { arg.env(None::<&str>) } else { arg });
                bare.try_get_matches_from(line).and_then(|matches| T::from_arg_matches(&matches))
            }
            _ => Err(error),
        }
    })
}

/// Help goes where it was asked to go, with the emphasis that a terminal can show.
fn print_styled(error: &Error) -> std::io::Result<()> {
    let text = error.render();
    match crate::terminal::color(crate::config::Color::Auto) {
        true => print(&text.ansi().to_string()),
        false => print(&text.to_string()),
    }
}

/// What is wrong, in a sentence.
fn complaint(error: &Error, line: &[OsString], command: &Command) -> String {
    let said = |kind| error.get(kind).and_then(text).filter(|text| !text.is_empty());
    let written = said(ContextKind::InvalidArg).unwrap_or_default();
    let flag = Some(short(&written)).filter(|flag| !flag.is_empty());
    match (error.kind(), flag) {
        (ErrorKind::UnknownArgument, Some(flag)) => match said(ContextKind::SuggestedArg) {
            Some(near) => format!("there is no flag {flag}: did you mean {near}?"),
            None if command.get_positionals().next().is_none() => format!("there is no flag {flag}"),
            None => {
                let word = word_of(&flag, line);
                format!("there is no flag {flag}; words that begin with a hyphen come after --: -- {word}")
            }
        },
        (ErrorKind::ArgumentConflict, Some(flag)) => match said(ContextKind::PriorArg).map(|other| short(&other)) {
            Some(other) if other != flag => format!("{flag} and {other} do not go together"),
            Some(_) => format!("{flag} stands there twice"),
            None => format!("{flag} stands alone"),
        },
        (ErrorKind::MissingRequiredArgument, Some(flag)) => format!("{flag} is missing"),
        (ErrorKind::NoEquals, Some(flag)) => format!("{flag} takes its value after an equals sign: {flag}=VALUE"),
        (ErrorKind::InvalidValue, Some(flag)) => match said(ContextKind::InvalidValue) {
            None => format!("{flag} needs a value: {}", one_line(&written)),
            Some(value) => format!("{flag}: {}", none_of(&value, error)),
        },
        (ErrorKind::ValueValidation, Some(flag)) => {
            let value = said(ContextKind::InvalidValue).unwrap_or_default();
            format!("{flag}: {}", why(&value, error))
        }
        (ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues, Some(flag)) => {
            format!("{flag} needs more values: {}", one_line(&written))
        }
        (ErrorKind::TooManyValues, Some(flag)) => format!("{flag} has too many values"),
        _ => {
            let text = error.render().to_string();
            text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
        }
    }
}

/// The word of a command line that a flag of one letter was seen in, as it is to be written: `-plague` for `-p`.
fn word_of(flag: &str, line: &[OsString]) -> String {
    let is_letter = !flag.starts_with("--");
    let mut words = line.iter().skip(1).filter_map(|word| word.to_str());
    let word = one_line(words.find(|word| is_letter && word.starts_with(flag)).unwrap_or(flag));
    let is_plain = shell_word(word.trim_start_matches('-')) == word.trim_start_matches('-');
    if is_plain { word } else { shell_word(&word).trim_start_matches("-- ").to_owned() }
}

/// `foo is none of relevance, date, date-asc: did you mean date?`
fn none_of(value: &str, error: &Error) -> String {
    let known = match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(known)) => known.join(", "),
        _ => String::new(),
    };
    let near = error.get(ContextKind::SuggestedValue).and_then(text).map(|near| format!(": did you mean {near}?"));
    format!("{} is none of {known}{}", shown(value), near.unwrap_or_default())
}

/// Why a value cannot be used: in the words of its own reader, but for numbers, of which the library speaks as to
/// programmers.
fn why(value: &str, error: &Error) -> String {
    let Some(source) = error.source() else { return format!("{} cannot be used", shown(value)) };
    let said = source.to_string();
    match source.downcast_ref::<std::num::ParseIntError>() {
        Some(_) => format!("{} is not a whole number", shown(value)),
        None if said.contains(" is not in ") => said.replace(" is not in ", " is not within ").replace("..=", " to "),
        None if said.contains("invalid digit") => format!("{} is not a whole number", shown(value)),
        None => one_line(&said),
    }
}

fn text(value: &ContextValue) -> Option<String> {
    match value {
        ContextValue::String(one) => Some(one.clone()),
        // One is enough to say: the next is said when that is mended.
        ContextValue::Strings(several) => several.first().cloned(),
        _ => None,
    }
}

/// A flag without the names of its values: `--open` for `--open [<N>]`.
fn short(flag: &str) -> String {
    let end = flag.find([' ', '=']).filter(|_| flag.starts_with('-')).unwrap_or(flag.len());
    one_line(flag[..end].trim_matches(['[', ']', '<', '>', '.']))
}

fn shown(value: &str) -> String {
    format!("“{}”", one_line(value))
}
