//! What the elements of HTML are to a reader.

use scraper::node::Element;

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
    let inline = matches!(name, "a" | "sup" | "span");
    inline
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
            )
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
