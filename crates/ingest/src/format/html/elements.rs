//! What the elements of HTML are to a reader.

use scraper::node::Element;

/// What the attributes of an element say of its inside.
pub(super) struct Said {
    /// It goes with the page: a menu, a list of links.
    pub(super) is_chrome: bool,
    /// It is a comment or a note.
    pub(super) is_note: bool,
    /// It is a note in the margin.
    pub(super) is_margin: bool,
    /// It is the foot of a post.
    pub(super) is_foot: bool,
    /// It is a post of its own.
    pub(super) is_post: bool,
    /// It is when something was written.
    pub(super) is_date: bool,
}

impl Said {
    pub(super) fn of(element: &Element, name: &str) -> Self {
        let words = class_words(element);
        let id = element.id().map(str::to_ascii_lowercase);
        let any = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
        let is_role = |role: &str| matches!(role, "navigation" | "banner" | "search" | "contentinfo");
        let is_aside = |id: &str| matches!(id, "sidebar" | "secondary" | "nav" | "navbar");
        let is_article = |kind: &str| kind.ends_with("BlogPosting") || kind.ends_with("/Article");
        Self {
            is_chrome: any(CHROME) || element.attr("role").is_some_and(is_role) || id.as_deref().is_some_and(is_aside),
            is_note: any(NOTES) || words.iter().any(|word| word.starts_with("comments-")),
            is_margin: any(&["sidenote"]),
            is_foot: any(&["post-footer", "entry-footer"]),
            is_post: (name == "article" || any(POSTS) || element.attr("itemtype").is_some_and(is_article))
                && !any(&["nav"]),
            is_date: words.iter().chain(&id).any(|word| is_date_word(word)),
        }
    }
}

const CHROME: &[&str] = &[
    "sidebar",
    "breadcrumb",
    "breadcrumbs",
    "pagination",
    "pager",
    "navbar",
    "nav",
    "menu",
    "share",
    "sharing",
    "related",
    "blogroll",
    "widget",
    "navigation",
    "postnav",
    "toc",
];

const NOTES: &[&str] = &[
    "comments",
    "comment",
    "commentlist",
    "comment-body",
    "disqus",
    "footnote",
    "footnotes",
    "endnotes",
    "endnote",
    "rearnote",
    "editorial-note",
    "doc-endnotes",
    "doc-footnote",
];

const POSTS: &[&str] = &[
    "hentry",
    "h-entry",
    "z3998:diary-entry",
    "diary-entry",
    "blogpost",
    "blog-post",
    "blogbody",
    "post",
    "dayentry",
    "journal-entry",
];

const DATES: &[&str] =
    &["date", "dateline", "se:diary.dateline", "day", "timestamp", "posted", "published", "pubdate", "datetime"];

fn is_date_word(word: &str) -> bool {
    const LONGEST: usize = 24;
    let in_part =
        word.contains("date") && !word.contains("update") && !word.contains("candidate") && word.len() <= LONGEST;
    in_part || DATES.contains(&word)
}

/// The words of `class`, `epub:type`, `role` and `itemprop`, in lower case.
pub(super) fn class_words(element: &Element) -> Vec<String> {
    ["class", "epub:type", "role", "itemprop", "property"]
        .iter()
        .filter_map(|name| element.attr(name))
        .flat_map(|value| value.split_ascii_whitespace().take(16).map(str::to_ascii_lowercase))
        .collect()
}

/// Elements whose inside no reader sees, or that are no text.
pub(super) fn is_skipped(element: &Element) -> bool {
    let name = element.name();
    if matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "head"
            | "iframe"
            | "object"
            | "embed"
            | "svg"
            | "math"
            | "canvas"
            | "audio"
            | "video"
            | "select"
            | "button"
            | "textarea"
            | "input"
            | "nav"
            | "map"
            | "noframes"
            | "noembed"
            | "rp"
            | "rt"
            | "datalist"
            | "dialog"
            | "title"
    ) {
        return true;
    }
    let hidden_style = element.attr("style").is_some_and(|style| {
        let style: String = style.to_ascii_lowercase().split_whitespace().collect();
        style.contains("display:none") || style.contains("visibility:hidden")
    });
    if element.attr("hidden").is_some() || hidden_style {
        return true;
    }
    let page = || {
        element.id().is_some_and(|id| id.starts_with("Page_")) && class_words(element).iter().any(|word| word == "pb")
    };
    let inline = matches!(name, "a" | "sup" | "span");
    name == "div" && page()
        || inline
            && class_words(element).iter().any(|word| {
                matches!(
                    word.as_str(),
                    "noteref"
                        | "footnote-ref"
                        | "fnref"
                        | "fnanchor"
                        | "doc-noteref"
                        | "pagenum"
                        | "pageno"
                        | "pagebreak"
                        | "z3998:pagebreak"
                        | "backlink"
                        | "sr-only"
                        | "header-section-number"
                ) || word.starts_with("section-number")
            })
}

/// Elements that have an inside.
pub(super) fn has_inside(element: &Element) -> bool {
    !matches!(
        element.name(),
        "br" | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "wbr"
            | "area"
            | "base"
            | "col"
            | "source"
            | "param"
            | "frame"
    )
}

/// Elements that part paragraphs.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "ol"
            | "optgroup"
            | "p"
            | "plaintext"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}
