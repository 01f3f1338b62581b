//! Tab-separated lines: `date id score snippet`, stable, for other programs.

use crate::one_line;
use diary_query::{Answer, Hit};

pub(crate) fn answer(answer: &Answer) -> String {
    answer.page.hits.iter().map(line).collect()
}

fn line(hit: &Hit) -> String {
    let date = hit.date.label().unwrap_or_else(|| "undated".to_owned());
    format!("{date}\t{}\t{:.3}\t{}\n", hit.id, hit.score, snippet(hit))
}

/// The passages of a hit on one line, cuts shown by an ellipsis; its heading where no passage was chosen.
pub(crate) fn snippet(hit: &Hit) -> String {
    let passages: Vec<String> = hit.passages.iter().map(|passage| one_line(&passage.text)).collect();
    if passages.is_empty() { one_line(&hit.heading) } else { passages.join(" … ") }
}

/// The ids alone, each followed by `end`.
pub fn ids(answer: &Answer, end: char) -> String {
    answer.page.hits.iter().map(|hit| format!("{}{end}", hit.id)).collect()
}
