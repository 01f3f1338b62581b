//! The real programs in small worlds: each test makes a folder, puts a diary in it, and does what a person would.

#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a test that is skipped says so")]

mod archives;
mod attacks;
mod crash;
mod differential;
mod documents;
mod golden;
#[cfg(unix)]
mod hostile;
mod http;
mod ingest;
#[cfg(unix)]
mod interactive;
mod pages;
mod private;
mod relevance;
mod search;
mod terminal;
mod world;
