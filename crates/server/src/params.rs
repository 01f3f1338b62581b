//! From the parameters of an address to a question.

use crate::Limits;
use crate::problem::Problem;
use axum::extract::Query;
use axum::http::{StatusCode, Uri};
use diary::Hemisphere;
use diary_query::Request;
use diary_render::{address, filter};

/// A parameter of a search that is not a filter; the filters are [`filter::FILTERS`].
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub meaning: &'static str,
}

/// Every parameter of a search beside the filters.
pub static PARAMETERS: [Parameter; 10] = [
    Parameter { name: "q", meaning: "the query, in the query language" },
    Parameter { name: "sort", meaning: "relevance, date or date-asc" },
    Parameter { name: "limit", meaning: "how many hits, at most 100; 20 if not given" },
    Parameter { name: "offset", meaning: "how many hits to pass over, at most 10000" },
    Parameter { name: "facets", meaning: "what to count, such as person:10,month; none for nothing" },
    Parameter { name: "passages", meaning: "how many passages a hit, at most 20; 3 if not given" },
    Parameter { name: "partial", meaning: "0 to leave out entries that lack one of the words" },
    Parameter { name: "strict", meaning: "1 to refuse what cannot be read instead of warning of it" },
    Parameter { name: "now", meaning: "what today is, as YYYY-MM-DD; without it the newest entry" },
    Parameter { name: "hemisphere", meaning: "north or south; without it the archive's own" },
];

/// The question that an address asks.
pub(crate) fn question(uri: &Uri, limits: &Limits) -> Result<Request, Problem> {
    let mut request = Request { window: address::default_window(), ..Request::default() };
    let (mut clauses, mut seen) = (Vec::new(), Vec::new());
    for (name, value) in pairs(uri)? {
        if let Some(filter) = filter::named(&name) {
            // An empty field of a form asks for nothing.
            clauses.extend((!value.trim().is_empty()).then(|| filter.clause(&value)));
            continue;
        }
        let Some(parameter) = PARAMETERS.iter().find(|parameter| parameter.name == name) else {
            return Err(Problem::bad_parameter(unknown(&name)));
        };
        if seen.contains(&parameter.name) {
            return Err(Problem::bad_parameter(format!("“{}” is given twice", parameter.name)));
        }
        seen.push(parameter.name);
        apply(parameter.name, &value, &mut request, &mut clauses, limits)?;
    }
    request.text = filter::with_clauses(&request.text, &clauses);
    if request.text.len() > limits.query {
        return Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "query-too-long",
            format!("a query has at most {} bytes", limits.query),
        ));
    }
    Ok(request)
}

/// The parameters of an address that may have only these.
pub(crate) fn only(uri: &Uri, allowed: &[&str]) -> Result<Vec<(String, String)>, Problem> {
    let pairs = pairs(uri)?;
    match pairs.iter().find(|(name, _)| !allowed.contains(&name.as_str())) {
        Some((name, _)) => Err(Problem::bad_parameter(format!("no parameter “{}” here", diary_render::one_line(name)))),
        None => Ok(pairs),
    }
}

fn pairs(uri: &Uri) -> Result<Vec<(String, String)>, Problem> {
    let read = Query::<Vec<(String, String)>>::try_from_uri(uri);
    read.map(|Query(pairs)| pairs).map_err(|_| Problem::bad_parameter("the parameters of this address cannot be read"))
}

fn apply(
    name: &str,
    value: &str,
    request: &mut Request,
    clauses: &mut Vec<String>,
    limits: &Limits,
) -> Result<(), Problem> {
    let window = &mut request.window;
    match name {
        "q" => value.clone_into(&mut request.text),
        "sort" => clauses.push(format!("sort:{}", one_of(name, value, &["relevance", "date", "date-asc"])?)),
        "limit" => window.limit = number(name, value, limits.hits)?,
        "offset" => window.offset = number(name, value, limits.offset)?,
        "passages" => window.passages = number(name, value, 20)?,
        "facets" => window.facets = address::parse_facets(value).map_err(Problem::bad_parameter)?,
        "partial" => window.partial = one_of(name, value, &["1", "0"])? == "1",
        "strict" => request.strict = one_of(name, value, &["1", "0"])? == "1",
        "hemisphere" => {
            let south = one_of(name, value, &["north", "south"])? == "south";
            request.hemisphere = Some(if south { Hemisphere::South } else { Hemisphere::North });
        }
        _ => {
            let now = address::parse_day(value);
            request.now = Some(now.ok_or_else(|| Problem::bad_parameter("“now” is a day, such as 2003-12-19"))?);
        }
    }
    Ok(())
}

fn number(name: &str, value: &str, most: usize) -> Result<usize, Problem> {
    let number = value.parse::<usize>().ok().filter(|number| *number <= most);
    number.ok_or_else(|| Problem::bad_parameter(format!("“{name}” is a number from 0 to {most}")))
}

fn one_of<'a>(name: &str, value: &str, values: &[&'a str]) -> Result<&'a str, Problem> {
    let known = values.iter().find(|known| **known == value);
    known.copied().ok_or_else(|| Problem::bad_parameter(format!("“{name}” is one of {}", values.join(", "))))
}

fn unknown(name: &str) -> String {
    let names = PARAMETERS.iter().map(|parameter| parameter.name).chain(filter::FILTERS.iter().map(|f| f.name));
    format!("no parameter “{}”: there are {}", diary_render::one_line(name), names.collect::<Vec<_>>().join(", "))
}
