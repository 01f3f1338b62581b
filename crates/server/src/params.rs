//! From the parameters of an address to a question.

use crate::Limits;
use crate::problem::Problem;
use axum::extract::Query;
use axum::http::{StatusCode, Uri};
use diary::{EntryId, Hemisphere};
use diary_query::{IndexState, Request};
use diary_render::json::Highlight;
use diary_render::{address, filter};

/// A parameter that is not a filter; the filters are [`filter::FILTERS`].
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub meaning: &'static str,
    /// What it may be.
    pub value: Value,
}

/// What the value of a parameter may be.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// Any text.
    Text,
    /// A number from 0 to this.
    Number(usize),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A day, `YYYY-MM-DD`.
    Day,
    /// Text of a certain shape.
    Like {
        /// What it looks like.
        example: &'static str,
        /// The regular expression of it, as JSON Schema has them.
        pattern: &'static str,
        /// Reads it, for what is wrong with it.
        read: fn(&str) -> Result<(), String>,
    },
}

/// Every parameter of every route beside the filters.
pub static PARAMETERS: [Parameter; 17] = [
    row("q", "the query, in the query language", Value::Text),
    row("sort", "the order", Value::OneOf(&["relevance", "date", "date-asc"])),
    row("limit", "how many; 20 hits if not given and at most 100, of suggestions at most 20", Value::Number(1000)),
    row("offset", "how many hits to pass over", Value::Number(10_000)),
    row("cursor", "where to go on, as the links of an answer have it; 410 after the next ingest", CURSOR),
    row("facets", "what to count; none for nothing", FACETS),
    row("passages", "how many passages a hit; 3 if not given", Value::Number(20)),
    row("highlight", "how the places that matched are told", Value::OneOf(&["spans", "html", "none"])),
    row("explain", "1 to say why each hit stands where it stands", Value::OneOf(&["1", "0"])),
    row("partial", "0 to leave out entries that lack one of the words", Value::OneOf(&["1", "0"])),
    row("strict", "1 to refuse what cannot be read instead of warning of it", Value::OneOf(&["1", "0"])),
    row("now", "what today is; without it the newest entry of a closed archive", Value::Day),
    row("hemisphere", "where the seasons are; without it the archive's own", Value::OneOf(&["north", "south"])),
    row("prefix", "how a word of a value's name begins", Value::Text),
    row("year", "of which year; the last with entries if not given", Value::Number(9999)),
    row("id", "an entry", ENTRY),
    row("format", "opensearch for what browsers read", Value::OneOf(&["json", "opensearch"])),
];

const CURSOR: Value = Value::Like {
    example: "0e4f88aa.7.28",
    pattern: r"^([0-9A-Za-z]{1,8}\.[0-9a-f]{1,15}\.[0-9a-f]{1,15})?$",
    read: |text| match text.is_empty() || address::is_cursor(text) {
        true => Ok(()),
        false => Err("a cursor is what the links of an answer have".to_owned()),
    },
};
const FACETS: Value = Value::Like {
    example: "person:10,month",
    pattern: "^(none|(person|project|archive|year|month|weekday|lang)(:[0-9]{1,4})?\
              (,(person|project|archive|year|month|weekday|lang)(:[0-9]{1,4})?)*)?$",
    read: |text| address::parse_facets(text).map(drop),
};
const ENTRY: Value = Value::Like {
    example: "archive/2003-12-19",
    pattern: "^[^/]+/[^/]+(/[1-9][0-9]{0,8})?$",
    read: |text| {
        EntryId::parse(text).map(drop).ok_or_else(|| "“id” is an entry, such as archive/2003-12-19".to_owned())
    },
};

const fn row(name: &'static str, meaning: &'static str, value: Value) -> Parameter {
    Parameter { name, meaning, value }
}

/// Stands for all filters in a list of parameters.
pub(crate) const FILTERS: &str = "filters";

/// What a search takes, whether it is answered with JSON, a page or a feed.
pub(crate) const SEARCH: &[&str] = &[
    "q",
    FILTERS,
    "sort",
    "limit",
    "offset",
    "cursor",
    "facets",
    "passages",
    "highlight",
    "explain",
    "partial",
    "strict",
    "now",
    "hemisphere",
];
/// What tells of one entry.
pub(crate) const EXPLAIN: &[&str] = &["q", FILTERS, "id", "now", "hemisphere"];
/// What reads a query without giving hits.
pub(crate) const READING: &[&str] = &["q", FILTERS, "strict", "now", "hemisphere"];

/// The parameters of one address, each known and in its bounds.
pub(crate) struct Given(Vec<(String, String)>);

/// The parameters of an address that may have only those in `takes`.
pub(crate) fn given(uri: &Uri, takes: &[&str]) -> Result<Given, Problem> {
    let read = Query::<Vec<(String, String)>>::try_from_uri(uri);
    let Query(pairs) = read.map_err(|_| Problem::bad_parameter("the parameters of this address cannot be read"))?;
    for (i, (name, value)) in pairs.iter().enumerate() {
        let is_taken = takes.contains(&name.as_str());
        let Some(parameter) = PARAMETERS.iter().find(|parameter| is_taken && parameter.name == name) else {
            if filter::named(name).is_some() && (is_taken || takes.contains(&FILTERS)) {
                continue;
            }
            return Err(Problem::bad_parameter(unknown(name, takes)));
        };
        if pairs.iter().take(i).any(|(before, _)| before == name) {
            return Err(Problem::bad_parameter(format!("“{name}” is given twice")));
        }
        parameter.check(value)?;
    }
    Ok(Given(pairs))
}

impl Given {
    /// Gives a parameter a value where it has none.
    pub(crate) fn default(&mut self, name: &str, value: &str) {
        if self.text(name).is_none() {
            self.0.push((name.to_owned(), value.to_owned()));
        }
    }

    pub(crate) fn without(self, name: &str) -> Self {
        Self(self.0.into_iter().filter(|(given, _)| given != name).collect())
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// A number, at most `most`.
    pub(crate) fn number(&self, name: &str, most: usize) -> Result<Option<usize>, Problem> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let number = text.parse().ok().filter(|number| *number <= most);
        number.map(Some).ok_or_else(|| Problem::bad_parameter(format!("“{name}” is a number from 0 to {most}")))
    }

    pub(crate) fn highlight(&self) -> Highlight {
        self.text("highlight").and_then(Highlight::from_name).unwrap_or_default()
    }

    /// The question that these parameters ask, each filter a clause of its query.
    pub(crate) fn request(&self, limits: &Limits, state: &IndexState) -> Result<Request, Problem> {
        let text = self.query(limits)?;
        let mut request = Request { text, window: address::default_window(), ..Request::default() };
        let window = &mut request.window;
        window.limit = self.number("limit", limits.hits)?.unwrap_or(window.limit);
        window.offset = self.number("offset", limits.offset)?.unwrap_or(window.offset);
        window.passages = self.number("passages", 20)?.unwrap_or(window.passages);
        window.explain = self.text("explain") == Some("1");
        window.partial = self.text("partial") != Some("0");
        if let Some(cursor) = self.text("cursor").filter(|cursor| !cursor.is_empty()) {
            let start = address::parse_cursor(state, cursor);
            let start = start.ok_or_else(|| Problem::cursor_expired().suggesting(vec![request.text.clone()]))?;
            // Hits that are to be passed over are counted from there.
            window.offset = start.saturating_add(window.offset);
        }
        if window.offset > limits.offset {
            let detail = format!("hits beyond the first {} are not listed: narrow the query", limits.offset);
            return Err(Problem::bad_parameter(detail));
        }
        if let Some(list) = self.text("facets") {
            window.facets = address::parse_facets(list).map_err(Problem::bad_parameter)?;
        }
        request.strict = self.text("strict") == Some("1");
        request.now = self.text("now").and_then(address::parse_day);
        request.hemisphere = self.text("hemisphere").map(|name| match name {
            "south" => Hemisphere::South,
            _ => Hemisphere::North,
        });
        Ok(request)
    }

    /// The query with a clause for each filter.
    pub(crate) fn query(&self, limits: &Limits) -> Result<String, Problem> {
        let clause = |(name, value): &(String, String)| match name.as_str() {
            "sort" => Some(format!("sort:{value}")),
            // An empty field of a form asks for nothing.
            _ if value.trim().is_empty() => None,
            name => filter::named(name).map(|filter| filter.clause(value)),
        };
        let clauses: Vec<String> = self.0.iter().filter_map(clause).collect();
        let query = filter::with_clauses(self.text("q").unwrap_or_default(), &clauses);
        if query.len() > limits.query {
            let detail = format!("a query has at most {} bytes", limits.query);
            return Err(Problem::new(StatusCode::BAD_REQUEST, "query-too-long", detail));
        }
        Ok(query)
    }
}

impl Parameter {
    fn check(&self, value: &str) -> Result<(), Problem> {
        let name = self.name;
        let (fits, what) = match self.value {
            Value::Text => return Ok(()),
            // How much is too much differs from one address to another.
            Value::Number(_) => {
                (!value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()), "a whole number".to_owned())
            }
            Value::OneOf(words) => (words.contains(&value), format!("one of {}", words.join(", "))),
            Value::Day => (address::parse_day(value).is_some(), "a day, such as 2003-12-19".to_owned()),
            Value::Like { read, .. } => return read(value).map_err(Problem::bad_parameter),
        };
        if fits { Ok(()) } else { Err(Problem::bad_parameter(format!("“{name}” is {what}"))) }
    }
}

fn unknown(name: &str, takes: &[&str]) -> String {
    let names = takes.iter().flat_map(|name| match *name {
        FILTERS => filter::FILTERS.iter().map(|filter| filter.name).collect(),
        name => vec![name],
    });
    let names: Vec<&str> = names.collect();
    let name = diary_render::one_line(name);
    match names.is_empty() {
        true => format!("no parameter “{name}”: there are none here"),
        false => format!("no parameter “{name}”: there are {}", names.join(", ")),
    }
}
