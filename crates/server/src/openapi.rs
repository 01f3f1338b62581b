//! The description of the API, made of the tables that the server itself goes by.

use crate::answer::{JSON, Outcome};
use crate::app::App;
use crate::params::{FILTERS, PARAMETERS, Value};
use crate::routes::{Answers, ROUTES, Route};
use crate::{Limits, api, suggest};
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use diary::Facet;
use diary_render::{ATOM_MEDIA_TYPE, filter};
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;

/// The shapes of the answers; tests hold every answer against them.
const SCHEMAS: &str = include_str!("assets/schemas.json");

pub(crate) async fn document(State(app): State<Arc<App>>) -> Outcome {
    let text = describe(&app.settings.base_path, &app.settings.limits).to_string() + "\n";
    Ok(([(header::CONTENT_TYPE, JSON), (header::CACHE_CONTROL, "no-cache")], text).into_response())
}

/// The whole description, OpenAPI 3.1.
pub(crate) fn describe(base: &str, limits: &Limits) -> Json {
    let paths: Map<String, Json> =
        ROUTES.iter().map(|route| (route.path.to_owned(), json!({ "get": get(route, limits) }))).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "diary-search",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Full-text search over diaries. Read only; an unknown parameter is refused.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": if base.is_empty() { "/" } else { base } }],
        "paths": paths,
        "components": {
            "schemas": serde_json::from_str::<Json>(SCHEMAS).unwrap_or_default(),
            "responses": { "Problem": {
                "description": "Why there is no answer (RFC 9457).",
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
            } },
        },
    })
}

fn get(route: &Route, limits: &Limits) -> Json {
    let (media_type, schema) = match route.answers {
        Answers::Page => ("text/html", json!({ "type": "string" })),
        Answers::Json(name) => (JSON, json!({ "$ref": format!("#/components/schemas/{name}") })),
        Answers::Other(JSON) => (JSON, json!({ "type": "object" })),
        Answers::Other(media_type) => (media_type, json!({ "type": "string" })),
    };
    let media_type = media_type.split(';').next().unwrap_or(media_type);
    let mut responses = Map::new();
    let mut content = json!({ media_type: { "schema": schema } });
    if route.takes.contains(&"format") {
        content[suggest::OPENSEARCH] = json!({ "schema": { "type": "array" } });
    }
    responses.insert("200".to_owned(), json!({ "description": route.gives, "content": content }));
    let problem = json!({ "$ref": "#/components/responses/Problem" });
    responses.insert("304".to_owned(), json!({ "description": "The client has it already." }));
    for status in ["400", "404", "406", "410", "414", "421", "429", "431", "503"] {
        responses.insert(status.to_owned(), problem.clone());
    }
    json!({
        "operationId": operation(route.path),
        "summary": route.gives,
        "parameters": parameters(route, limits),
        "responses": responses,
    })
}

/// A name made of the path: `api_v1_people_slug`.
fn operation(path: &str) -> String {
    let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    match words.collect::<Vec<_>>().join("_") {
        name if name.is_empty() => "start".to_owned(),
        name => name,
    }
}

fn parameters(route: &Route, limits: &Limits) -> Vec<Json> {
    let parts = route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let path = parts.map(|name| {
        let schema = match name {
            "n" => json!({ "type": "integer", "minimum": 1 }),
            "name" => json!({ "type": "string", "enum": Facet::ALL.map(Facet::name) }),
            "year" => json!({ "type": "string", "pattern": "^[0-9]{4}$" }),
            "month" => json!({ "type": "string", "pattern": "^(0[1-9]|1[0-2])$" }),
            "day" => json!({ "type": "string", "pattern": "^(0[1-9]|1[0-2])-[0-3][0-9]$" }),
            "day_of_month" => json!({ "type": "string", "pattern": "^(0[1-9]|[12][0-9]|3[01])$" }),
            _ => json!({ "type": "string" }),
        };
        json!({ "name": name, "in": "path", "required": true, "schema": schema })
    });
    let mut all: Vec<Json> = path.collect();
    for name in route.takes {
        match PARAMETERS.iter().find(|parameter| parameter.name == *name) {
            Some(parameter) => all.push(json!({
                "name": parameter.name, "in": "query", "description": parameter.meaning,
                "required": parameter.name == "id",
                "schema": schema(if parameter.name == "limit" { most(route, limits) } else { parameter.value }),
            })),
            None => {
                let all_but_taken = |other: &str| *name == FILTERS && !route.takes.contains(&other);
                let filters =
                    filter::FILTERS.iter().filter(|filter| filter.name == *name || all_but_taken(filter.name));
                all.extend(filters.map(|filter| {
                    json!({
                        "name": filter.name, "in": "query", "description": format!("Only entries {}.", filter.meaning),
                        "schema": { "type": "array", "items": { "type": "string" } }, "style": "form", "explode": true,
                    })
                }));
            }
        }
    }
    all
}

/// How far `limit` goes: of hits, of suggestions, of values.
fn most(route: &Route, limits: &Limits) -> Value {
    Value::Number(match route.answers {
        Answers::Page | Answers::Json("Answer") | Answers::Other(ATOM_MEDIA_TYPE) => limits.hits,
        Answers::Json("Suggestions") => suggest::MOST,
        Answers::Json(_) | Answers::Other(_) => api::MOST_VALUES,
    })
}

fn schema(value: Value) -> Json {
    match value {
        Value::Text => json!({ "type": "string" }),
        Value::Number(most) => json!({ "type": "integer", "minimum": 0, "maximum": most }),
        Value::OneOf(words) => json!({ "type": "string", "enum": words }),
        Value::Day => json!({ "type": "string", "format": "date" }),
        Value::Like { pattern, example, .. } => json!({ "type": "string", "pattern": pattern, "examples": [example] }),
    }
}
