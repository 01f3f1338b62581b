//! The text of editors that keep it as a tree in JSON: ProseMirror, Lexical, Slate, Quill, Draft, Editor.js, and Day One's.

use serde_json::Value;

/// So deep a tree is followed.
const REACH: usize = 64;

/// The fields that hold what is below, and those that hold words.
const BELOW: [&str; 6] = ["root", "content", "children", "contents", "blocks", "ops"];
const WORDS: [&str; 3] = ["text", "insert", "label"];

/// Whether a text is such a tree as a whole.
pub(in crate::format) fn opens(text: &str) -> bool {
    let head: String = text.chars().filter(|c| !c.is_whitespace()).take(16).collect();
    ["{\"root\":{", "{\"type\":\"doc\"", "{\"ops\":["].iter().any(|opening| head.starts_with(opening))
}

/// The words of such a tree that is written out as a text; nothing if the text is something else.
pub(super) fn read(text: &str) -> Option<String> {
    let text = text.trim();
    if !(text.starts_with('{') && text.ends_with('}') || text.starts_with('[') && text.ends_with(']')) {
        return None;
    }
    words(&serde_json::from_str(text).ok()?)
}

/// The words of such a tree.
pub(in crate::format) fn words(tree: &Value) -> Option<String> {
    let is_tree =
        |value: &Value| value.as_object().is_some_and(|node| BELOW.iter().any(|name| node.contains_key(*name)));
    let is_one = match tree {
        Value::Array(list) => !list.is_empty() && list.iter().all(is_tree),
        value => is_tree(value),
    };
    let mut out = String::new();
    if is_one {
        gather(tree, REACH, &mut out);
    }
    Some(out.trim().to_owned()).filter(|words| !words.is_empty())
}

fn gather(node: &Value, reach: usize, out: &mut String) {
    if reach == 0 {
        return;
    }
    match node {
        Value::String(words) => out.push_str(words),
        Value::Array(list) => list.iter().for_each(|child| gather(child, reach - 1, out)),
        Value::Object(fields) => {
            if matches!(fields.get("type").and_then(Value::as_str), Some("hardBreak" | "linebreak" | "br")) {
                out.push('\n');
            }
            // Editor.js keeps the words of a block one deeper, and the names of what is mentioned stand among attributes.
            let inner = ["data", "attrs"].iter().filter_map(|name| fields.get(*name)?.as_object());
            let words =
                [fields].into_iter().chain(inner).find_map(|at| WORDS.iter().find_map(|name| at.get(*name)?.as_str()));
            out.push_str(words.unwrap_or_default());
            let below = BELOW.iter().find_map(|name| fields.get(*name));
            if let Some(below) = below {
                gather(below, reach - 1, out);
            }
            if is_block(fields.get("type").and_then(Value::as_str), below.is_some() && words.is_none())
                && !out.is_empty()
            {
                out.truncate(out.trim_end().len());
                out.push_str("\n\n");
            }
        }
        _ => {}
    }
}

/// Whether a node is a paragraph or the like, and no stretch of one.
fn is_block(kind: Option<&str>, has_below: bool) -> bool {
    const WITHIN: [&str; 9] = ["link", "autolink", "a", "mention", "backlink", "tag", "hashtag", "span", "text"];
    match kind {
        Some(kind) => !WITHIN.contains(&kind) && (has_below || kind.contains('-') || BLOCKS.contains(&kind)),
        None => has_below,
    }
}

/// Blocks that hold their words themselves, of Draft and Editor.js.
const BLOCKS: [&str; 6] = ["unstyled", "paragraph", "header", "quote", "blockquote", "atomic"];
