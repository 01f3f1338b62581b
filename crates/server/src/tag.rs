//! Entity tags: a digest of everything that an answer depends on, known before it is searched for.

use axum::http::{HeaderMap, HeaderValue, header};
use diary_query::IndexState;

/// The strong tag of a representation of an answer, in quotes.
pub(crate) fn of(state: &IndexState, representation: &str, question: &str) -> String {
    let parts = [env!("CARGO_PKG_VERSION"), &state.uuid, &state.generation.to_string(), representation, question];
    let digest = blake3::hash(parts.join("\0").as_bytes());
    format!("\"{}\"", &digest.to_hex()[..24])
}

/// Whether the client has this representation already, in whatever coding it was sent.
pub(crate) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|list| list.split(',')).map(str::trim).any(|known| known == "*" || uncoded(known) == tag)
}

/// Each coding is a representation of its own, and needs a tag of its own to be strong.
pub(crate) fn name_coding(headers: &mut HeaderMap) {
    let coded = match (headers.get(header::ETAG), headers.get(header::CONTENT_ENCODING)) {
        (Some(tag), Some(coding)) => match (tag.to_str(), coding.to_str()) {
            (Ok(tag), Ok(coding)) => format!("{}-{coding}\"", tag.trim_end_matches('"')),
            _ => return,
        },
        _ => return,
    };
    if let Ok(coded) = HeaderValue::from_str(&coded) {
        headers.insert(header::ETAG, coded);
    }
}

fn uncoded(tag: &str) -> String {
    let inner = tag.trim_start_matches("W/").trim_matches('"');
    format!("\"{}\"", inner.split('-').next().unwrap_or(inner))
}
