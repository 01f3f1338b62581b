//! What an index knows of one person or project: the names, the time, and with whom.

use crate::problem::Problem;
use diary::Facet;
use diary_query::plan::{Node, Plan};
use diary_query::{Answer, Engine, FacetCounts, FacetRequest, Request, Window, read, search};
use diary_render::address;

/// A person or a project.
pub(crate) struct Profile {
    pub(crate) facet: Facet,
    pub(crate) key: String,
    /// Every form of its name that may be shown, the usual one first.
    pub(crate) names: Vec<String>,
    /// The query for its entries.
    pub(crate) query: String,
    /// Its entries, with the months, and the facet that it is not of itself.
    pub(crate) answer: Answer,
}

/// The facet that is spoken of beside this one.
pub(crate) fn other(facet: Facet) -> Facet {
    if facet == Facet::Person { Facet::Project } else { Facet::Person }
}

/// A query for the entries with one value of a facet.
pub(crate) fn query_of(facet: Facet, key: &str) -> String {
    let filter = diary_render::filter::named(facet.name());
    filter.map_or_else(|| format!("{}:{key}", facet.name()), |filter| filter.clause(key))
}

/// The addresses under which a facet has pages: `people`, `projects`.
pub(crate) fn folder(facet: Facet) -> &'static str {
    facet.plural()
}

/// The page of a person or a project.
pub(crate) fn page(base: &str, facet: Facet, key: &str) -> String {
    format!("{base}/{}/{}", folder(facet), address::encode(key))
}

impl Profile {
    /// The one of this key, or of this name if it is nobody else's; with so many hits.
    pub(crate) fn find(engine: &dyn Engine, facet: Facet, slug: &str, hits: usize) -> Result<Self, Problem> {
        let names = engine.names();
        let found = names.exact(facet, slug);
        let key = match found.as_slice() {
            [only] => only.key.clone(),
            _ => {
                let near = names.resolve(facet, slug).into_iter().map(|found| query_of(facet, &found.key));
                let what = format!("no {} here is called “{}”", facet.name(), diary_render::one_line(slug));
                return Err(Problem::not_found(what).suggesting(near.take(5).collect()));
            }
        };
        let query = query_of(facet, &key);
        let facets = vec![
            FacetRequest { facet: Facet::Month, limit: 0 },
            FacetRequest { facet: Facet::Year, limit: 0 },
            FacetRequest { facet: other(facet), limit: 10 },
        ];
        let window = Window { limit: hits, facets, passages: 1, ..Window::default() };
        let text = format!("{query} sort:date");
        let answer = search(engine, &Request { text, window, ..Request::default() })?;
        Ok(Self { facet, names: names.forms(facet, &key), key, query, answer })
    }

    /// The name that it is usually shown by.
    pub(crate) fn name(&self) -> &str {
        self.names.first().map_or(self.key.as_str(), String::as_str)
    }

    /// Those of the same facet in the same entries, the most frequent first; each with the query for both.
    pub(crate) fn companions(&self, engine: &dyn Engine, most: usize) -> Result<FacetCounts, Problem> {
        let plan = read(engine, &Request { text: self.query.clone(), ..Request::default() })?.plan;
        // Asked for twice it is a condition like any other, and no choice that others could be added to.
        let plan = Plan { node: Node::And(vec![plan.node.clone(), plan.node]), ..plan };
        let request = FacetRequest { facet: self.facet, limit: most.saturating_add(1) };
        let counted = engine.facets(&plan, &[request])?.into_iter().next();
        let mut counts = counted.unwrap_or(FacetCounts { facet: self.facet, values: Vec::new(), distinct: 0 });
        counts.values.retain(|value| value.value != self.key);
        counts.values.truncate(most);
        counts.distinct = counts.distinct.saturating_sub(1);
        for value in &mut counts.values {
            value.apply = format!("{} {}", self.query, query_of(self.facet, &value.value));
        }
        Ok(counts)
    }
}

/// Every value of a facet whose name has a word that begins so, the most frequent first.
pub(crate) fn all(engine: &dyn Engine, request: &Request, facet: Facet, prefix: &str) -> Result<FacetCounts, Problem> {
    let window = Window { limit: 0, facets: vec![FacetRequest { facet, limit: usize::MAX }], ..Window::default() };
    let answer = search(engine, &Request { window, ..request.clone() })?;
    let counted = answer.page.facets.into_iter().next();
    let mut counts = counted.unwrap_or(FacetCounts { facet, values: Vec::new(), distinct: 0 });
    let prefix = diary::fold(prefix);
    if !prefix.is_empty() {
        let begins = |name: &str| {
            let folded = diary::fold(name);
            folded.starts_with(&prefix) || folded.contains(&format!(" {prefix}"))
        };
        let names = engine.names();
        counts.values.retain(|value| {
            begins(&value.label)
                || begins(&value.value)
                || names.forms(facet, &value.value).iter().any(|form| begins(form))
        });
        counts.distinct = counts.values.len();
    }
    Ok(counts)
}
