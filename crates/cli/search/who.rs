//! `--who`: the card of a person, or of a project where nobody has the name.

use crate::overview::each_hit;
use crate::{Asked, FOUND, NOTHING, ask, put, question};
use anyhow::Result;
use diary::{EntryDate, EntryId, Facet, Mention};
use diary_cli::terminal::{Exit, remark};
use diary_query::plan::NameMatch;
use diary_query::{FacetRequest, FacetValue, Hit, Request, Window};
use diary_render::{Card, Companion, Format, card, card_json, one_line, shell_word, words};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Shows whom the name names; where several have it, who they are.
pub(crate) fn who(asked: &Asked, name: &str) -> Result<Exit> {
    for facet in [Facet::Person, Facet::Project] {
        match meant(asked, facet, name).as_slice() {
            [] => {}
            [one] => return one_card(asked, facet, one),
            several => return choice(asked, name, several),
        }
    }
    if let Some(hint) = in_text(asked, name)? {
        remark(&format!("nobody here is called {}{hint}", one_line(name)));
        return Ok(NOTHING);
    }
    let like = [Facet::Person, Facet::Project].into_iter().find_map(|facet| asked.engine.names().like(facet, name));
    let hint = like
        .map(|like| one_line(&like))
        .map(|like| format!(": did you mean {like}?\ntry: diary-search --who {}", shell_word(&like)));
    let hint = hint.unwrap_or_default();
    remark(&format!("nobody here is called {}{hint}", one_line(name)));
    Ok(NOTHING)
}

/// How to make a person of a name that the diary says without being known to mean one, as it does "Mum"; nothing where it
/// does not say it.
fn in_text(asked: &Asked, name: &str) -> Result<Option<String>> {
    let text = format!("\"{}\"", name.replace('"', " "));
    let window = Window { limit: 0, passages: 0, partial: false, ..Window::default() };
    let total = ask(asked, &Request { text, window, ..Request::default() })?.page.total;
    let (says, word) = (words::entries(total), shell_word(name));
    let say = if total == 1 { "says" } else { "say" };
    let hint = format!(", though {says} {say} it\nto make somebody of it: diary-ingest --people accept {word}");
    Ok((total > 0).then_some(hint))
}

/// Those whom the name names exactly, or else those whose name it is part of; named in some entry.
fn meant(asked: &Asked, facet: Facet, name: &str) -> Vec<NameMatch> {
    let names = asked.engine.names();
    let found = Some(names.resolve(facet, name)).filter(|found| !found.is_empty());
    let found = found.unwrap_or_else(|| names.unaccented(facet, name));
    let (exact, rest): (Vec<_>, Vec<_>) =
        found.into_iter().filter(|found| found.count > 0).partition(|found| found.exact);
    // A key is one person's alone, whoever else has it as a name.
    match exact.iter().find(|found| found.key == name) {
        Some(one) => vec![one.clone()],
        None if exact.is_empty() => rest,
        None => exact,
    }
}

fn choice(asked: &Asked, name: &str, several: &[NameMatch]) -> Result<Exit> {
    let mut text = format!("“{}” may be\n", one_line(name));
    for one in several {
        let count = words::entries(one.count);
        text.push_str(&format!("  {}, {count}: diary-search --who {}\n", one_line(&one.label), shell_word(&one.key)));
    }
    put(asked, &text, true)?;
    Ok(FOUND)
}

fn one_card(asked: &Asked, facet: Facet, found: &NameMatch) -> Result<Exit> {
    let card = make(asked, facet, found)?;
    match question::overview_format(asked.args) {
        Format::Json | Format::Jsonl => put(asked, &card_json(&card, &asked.engine.facts().state), false)?,
        _ => put(asked, &self::card(&card, asked.look), true)?,
    }
    Ok(if card.entries > 0 { FOUND } else { NOTHING })
}

/// In so many entries the names used are looked up at most: for that each has to be read once more.
const MOST_READ: usize = 2_000;

fn make(asked: &Asked, facet: Facet, found: &NameMatch) -> Result<Card> {
    let query = format!("{}:\"{}\"", facet.name(), found.key);
    let mut named: Vec<(EntryId, EntryDate)> = Vec::new();
    let mut beside: HashMap<(Facet, String), u64> = HashMap::new();
    // What is below counts as the one itself.
    let mut own = asked.engine.names().below(facet, std::slice::from_ref(&found.key));
    own.push(found.key.clone());
    let is_own = |(of, key): &(Facet, &str)| *of == facet && own.iter().any(|own| own == key);
    each_hit(asked, &Request { text: query, ..Request::default() }, |hit| {
        let (named_here, others): (Vec<_>, Vec<_>) = company(&hit).into_iter().partition(is_own);
        if !named_here.is_empty() {
            let others = others.into_iter();
            others.for_each(|(facet, key)| *beside.entry((facet, key.to_owned())).or_default() += 1);
            named.push((hit.id, hit.date));
        }
    })?;
    let (names, names_in) = names(asked, facet, &own, &named)?;
    let whole = archives(asked, &named)?;
    let entries = named.len() as u64;
    let companions = |of: Facet| companions(of, entries, &whole, &beside);
    Ok(Card {
        facet,
        key: found.key.clone(),
        label: found.label.clone(),
        entries,
        of: whole.entries,
        names,
        names_in,
        times: times(&named),
        ends: named.first().zip(named.last()).map(|(first, last)| [first.clone(), last.clone()]),
        companions: companions(Facet::Person),
        projects: companions(Facet::Project),
    })
}

/// Whom and what an entry names, each once.
fn company(hit: &Hit) -> BTreeSet<(Facet, &str)> {
    let people = hit.people.iter().map(|named| (Facet::Person, named.key.as_str()));
    let projects = hit.projects.iter().map(|named| (Facet::Project, named.key.as_str()));
    people.chain(projects).collect()
}

/// The names that entries have for the one, with how often, and in how many entries that was looked up: in all, or in
/// some of them from first to last.
fn names(
    asked: &Asked,
    facet: Facet,
    keys: &[String],
    named: &[(EntryId, EntryDate)],
) -> Result<(Vec<(String, u64)>, u64)> {
    let mut forms: BTreeMap<String, u64> = BTreeMap::new();
    let mut read = 0;
    for (id, _) in named.iter().step_by(named.len().div_ceil(MOST_READ).max(1)) {
        let Some(entry) = asked.engine.entry(id)? else { continue };
        read += 1;
        let own = |mention: &&Mention| mention.facet == facet && mention.is_of(keys) && mention.state.is_facet();
        for mention in entry.mentions.iter().filter(own) {
            *forms.entry(one_line(&mention.form)).or_default() += 1;
        }
    }
    Ok((by_count(forms), read))
}

/// The archives that name someone: how many entries they have, and how often everyone else is named in them.
struct Whole {
    entries: u64,
    values: Vec<(Facet, Vec<FacetValue>)>,
}

fn archives(asked: &Asked, named: &[(EntryId, EntryDate)]) -> Result<Whole> {
    let archives: BTreeSet<&str> = named.iter().map(|(id, _)| id.archive()).collect();
    let text = archives.iter().map(|name| format!("archive:{name}")).collect::<Vec<_>>().join(" OR ");
    let facets = [Facet::Person, Facet::Project].map(|facet| FacetRequest { facet, limit: 100_000 });
    let window = Window { limit: 0, partial: false, facets: facets.to_vec(), ..Window::default() };
    let page = ask(asked, &Request { text, window, ..Request::default() })?.page;
    Ok(Whole {
        entries: page.total,
        values: page.facets.into_iter().map(|counts| (counts.facet, counts.values)).collect(),
    })
}

/// Those named beside someone more often than elsewhere, those it says most about first: how often times how much more.
fn companions(facet: Facet, entries: u64, whole: &Whole, beside: &HashMap<(Facet, String), u64>) -> Vec<Companion> {
    let values = whole.values.iter().filter(|(of, _)| *of == facet).flat_map(|(_, values)| values);
    let share = |part: u64, of: u64| part as f64 / of.max(1) as f64;
    let companion = |value: &FacetValue| {
        let together = *beside.get(&(facet, value.value.clone()))?;
        let lift = share(together, entries) / share(value.count.max(together), whole.entries);
        Some(Companion { key: value.value.clone(), label: one_line(&value.label), together, lift })
    };
    let mut companions: Vec<Companion> = values.filter_map(companion).filter(|one| one.lift > 1.0).collect();
    let weight = |one: &Companion| one.together as f64 * one.lift.ln();
    companions.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then_with(|| a.key.cmp(&b.key)));
    companions
}

fn by_count(counts: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|(_, a), (_, b)| b.cmp(a));
    counts
}

/// Entries a year from the first to the last; a month where all are of one year.
fn times(named: &[(EntryId, EntryDate)]) -> Vec<(String, u64)> {
    let printed: Vec<_> = named.iter().filter_map(|(_, date)| date.printed()).collect();
    let (Some(first), Some(last)) =
        (printed.iter().map(|date| date.year()).min(), printed.iter().map(|date| date.year()).max())
    else {
        return Vec::new();
    };
    let count = |test: &dyn Fn(diary::CivilDate) -> bool| printed.iter().filter(|date| test(**date)).count() as u64;
    match first == last {
        true => (1..=12).map(|month| (words::month(month).to_owned(), count(&|date| date.month() == month))).collect(),
        false => (first..=last).map(|year| (year.to_string(), count(&|date| date.year() == year))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_named_everywhere_tops_no_list() {
        let value = |key: &str, count| FacetValue {
            value: key.to_owned(),
            label: key.to_owned(),
            count,
            selected: false,
            apply: String::new(),
            remove: None,
        };
        let whole = Whole {
            entries: 100,
            values: vec![(Facet::Person, vec![value("everywhere", 90), value("friend", 5), value("once", 1)])],
        };
        let beside = HashMap::from(
            [("everywhere", 9), ("friend", 5), ("once", 1)]
                .map(|(key, count)| ((Facet::Person, key.to_owned()), count)),
        );
        let found = companions(Facet::Person, 10, &whole, &beside);
        let keys: Vec<(&str, f64)> = found.iter().map(|one| (one.key.as_str(), one.lift)).collect();
        assert_eq!(keys, [("friend", 10.0), ("once", 10.0)]);
    }
}
