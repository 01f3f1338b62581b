//! The real programs in small worlds: each test makes a folder, puts a diary in it, and does what a person would.

mod archives;
mod crash;
mod documents;
mod golden;
mod http;
mod ingest;
mod private;
mod search;
mod world;
