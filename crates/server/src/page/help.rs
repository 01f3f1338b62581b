//! The page that says what a query can say: the table of the language, and nothing of its own.

use super::{Frame, HTML};
use crate::answer::{Outcome, answer};
use crate::app::App;
use crate::params;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use diary_query::lang::{OPERATORS, Operator};
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct HelpView {
    frame: Frame,
    groups: Vec<GroupView>,
}

#[derive(Serialize)]
struct GroupView {
    name: &'static str,
    operators: Vec<OperatorView>,
}

#[derive(Serialize)]
struct OperatorView {
    write: &'static str,
    means: &'static str,
}

pub(crate) async fn page(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Outcome {
    params::given(&uri, &[])?;
    answer(&app, &headers, HTML, "help", move |app, _| {
        let operator = |operator: &Operator| OperatorView { write: operator.write, means: operator.means };
        let groups = OPERATORS.chunk_by(|one, next| one.group == next.group).map(|group| GroupView {
            name: group.first().map_or("", |operator| operator.group),
            operators: group.iter().map(operator).collect(),
        });
        let view = HelpView { frame: Frame::new(app, "How to ask", ""), groups: groups.collect() };
        Ok(app.pages.render("help.html", &view))
    })
    .await
}
