//! Changes to an authority file that leave its comments, its order and everything else as they were.
//!
//! Each function takes the file's text and gives the new one. What comes out is read again, so that no edit can leave
//! a file behind that cannot be read.

use super::{AuthorityError, parse};
use diary::{Authority, Concept, Facet, slug};
use std::collections::HashMap;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value, value};

/// Adds a person or project, or more names to one that the file has under this name.
///
/// ```
/// use diary::Facet;
/// use diary_ingest::authority;
/// let text = authority::accept(Facet::Person, "# us\n", "Andrew Morton", &["akpm"]).unwrap();
/// assert_eq!(
///     text,
///     "# us\n\n[[person]]\nkey = \"morton-andrew\"\nprefLabel = \"Andrew Morton\"\naltLabel = [\"akpm\"]\n"
/// );
/// ```
///
/// # Errors
///
/// A file that cannot be read; a name that another concept has, or that the file denies.
pub fn accept(kind: Facet, text: &str, label: &str, others: &[&str]) -> Result<String, AuthorityError> {
    let mut file = File::read(kind, text)?;
    match file.authority.concepts.iter().position(|concept| has_label(concept, label)) {
        Some(known) => {
            let table = file.table(known)?;
            others.iter().for_each(|other| add_label(table, "altLabel", other));
        }
        None => {
            let mut table = Table::new();
            table["key"] = value(file.free_key(label));
            table["prefLabel"] = value(label);
            others.iter().for_each(|other| add_label(&mut table, "altLabel", other));
            file.append(file.names().0, [table])?;
        }
    }
    file.write()
}

/// Says that a form names nobody, and why.
///
/// # Errors
///
/// A file that cannot be read; a form that is a name of a concept.
pub fn deny(kind: Facet, text: &str, form: &str, why: &str) -> Result<String, AuthorityError> {
    let mut file = File::read(kind, text)?;
    let form_lower = form.to_lowercase();
    let denies = |denied: &str| denied.to_lowercase() == form_lower;
    if file.authority.denials.iter().any(|denial| denies(&denial.form) && denial.entries.is_empty()) {
        return Ok(text.to_owned());
    }
    let mut table = Table::new();
    table["form"] = value(form);
    if !why.is_empty() {
        table["why"] = value(why);
    }
    file.append(file.names().1, [table])?;
    file.write()
}

/// Makes one of two concepts: every name and rule of `from` becomes one of `into`. Both are keys or names. What the file
/// does not have, and the archive perhaps does, becomes one more name of `into`.
///
/// # Errors
///
/// A file that cannot be read, or does not have `into`; one concept given twice; a private one and a public.
pub fn merge(kind: Facet, text: &str, from: &str, into: &str) -> Result<String, AuthorityError> {
    let mut file = File::read(kind, text)?;
    let new = file.find(into)?;
    let Some(old) = file.position(from) else {
        add_label(file.table(new)?, "altLabel", from);
        return file.write();
    };
    if old == new {
        let message = format!("\"{from}\" and \"{into}\" are already one");
        return Err(AuthorityError { lines: vec![file.authority.concepts[old].line], message });
    }
    let (gone, kept) = (file.authority.concepts[old].clone(), file.authority.concepts[new].clone());
    if gone.private != kept.private {
        let (hidden, shown) = if gone.private { (&gone, &kept) } else { (&kept, &gone) };
        return Err(AuthorityError {
            lines: vec![hidden.line, shown.line],
            message: format!("{} is private and {} is not: make both so first", hidden.pref_label, shown.pref_label),
        });
    }
    let rules = file.table(old)?.get("when").cloned();
    let table = file.table(new)?;
    for label in std::iter::once(&gone.pref_label).chain(&gone.alt_labels) {
        add_label(table, "altLabel", label);
    }
    gone.hidden_labels.iter().for_each(|label| add_label(table, "hiddenLabel", label));
    gone.exact_match.iter().for_each(|address| add_label(table, "exactMatch", address));
    gone.broader.iter().filter(|key| **key != kept.key).for_each(|key| add_label(table, "broader", key));
    if let Some(Item::ArrayOfTables(rules)) = rules {
        let all = table.entry("when").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
        if let Some(all) = all.as_array_of_tables_mut() {
            rules.into_iter().for_each(|rule| all.push(rule));
        }
    }
    file.rename_key(&gone.key, &kept.key)?;
    file.remove(old)?;
    file.write()
}

/// Takes a name from the concept that has it and makes a concept of its own of it.
///
/// # Errors
///
/// A file that cannot be read; a name that no concept has as one of several.
pub fn split(kind: Facet, text: &str, name: &str) -> Result<String, AuthorityError> {
    let mut file = File::read(kind, text)?;
    let others = |concept: &Concept| concept.alt_labels.iter().chain(&concept.hidden_labels).any(|label| label == name);
    let Some(owner) = file.authority.concepts.iter().position(others) else {
        let message = format!(
            "no {} of the file has \"{name}\" as one name of several: accept gives it one of its own",
            file.names().0
        );
        return Err(AuthorityError { lines: Vec::new(), message });
    };
    let table = file.table(owner)?;
    for list in ["altLabel", "hiddenLabel"] {
        if let Some(labels) = table.get_mut(list).and_then(Item::as_array_mut) {
            remove_labels(labels, |label| label.trim() == name);
            if labels.is_empty() {
                table.remove(list);
            }
        } else if table.get(list).and_then(Item::as_str).map(str::trim) == Some(name) {
            table.remove(list);
        }
    }
    let mut table = Table::new();
    table["key"] = value(file.free_key(name));
    table["prefLabel"] = value(name);
    if file.authority.concepts[owner].private {
        table["private"] = value(true);
    }
    file.append(file.names().0, [table])?;
    file.write()
}

/// Takes in the concepts of another authority file: more names for those that this one has by key or shown name, new ones
/// behind all others.
///
/// ```
/// use diary::Facet;
/// use diary_ingest::authority;
/// let ours = "[[person]]\nprefLabel = \"Andrew Morton\" # the kernel\n";
/// let theirs = "[[person]]\nprefLabel = \"Andrew Morton\"\naltLabel = [\"akpm\"]\n";
/// let text = authority::adopt(Facet::Person, ours, theirs).unwrap();
/// assert_eq!(text, "[[person]]\nprefLabel = \"Andrew Morton\" # the kernel\naltLabel = [\"akpm\"]\n");
/// ```
///
/// # Errors
///
/// A file that cannot be read; a name that would belong to two concepts, or that the file denies.
pub fn adopt(kind: Facet, text: &str, more: &str) -> Result<String, AuthorityError> {
    let mut file = File::read(kind, text)?;
    let more = parse(kind, more)?;
    let known = std::mem::take(&mut file.authority.concepts);
    let by_key: HashMap<&str, usize> = known.iter().enumerate().map(|(at, one)| (one.key.as_str(), at)).collect();
    let by_label: HashMap<String, usize> = known
        .iter()
        .enumerate()
        .flat_map(|(at, one)| one.labels().map(move |name| (name.to_lowercase(), at)))
        .collect();
    let ours =
        |one: &Concept| by_key.get(one.key.as_str()).or_else(|| by_label.get(&one.pref_label.to_lowercase())).copied();
    let kept: HashMap<&str, &str> =
        more.concepts.iter().filter_map(|one| Some((one.key.as_str(), known[ours(one)?].key.as_str()))).collect();
    let fill = |table: &mut Table, concept: &Concept| {
        concept.alt_labels.iter().for_each(|label| add_label(table, "altLabel", label));
        concept.hidden_labels.iter().for_each(|label| add_label(table, "hiddenLabel", label));
        concept.exact_match.iter().for_each(|address| add_label(table, "exactMatch", address));
        let broader = concept.broader.iter().map(|key| kept.get(key.as_str()).copied().unwrap_or(key));
        broader.for_each(|key| add_label(table, "broader", key));
    };
    let mut new = Vec::new();
    for concept in &more.concepts {
        if let Some(at) = ours(concept) {
            let table = file.table(at)?;
            add_label(table, "altLabel", &concept.pref_label);
            fill(table, concept);
        } else {
            let mut table = Table::new();
            table["key"] = value(concept.key.as_str());
            table["prefLabel"] = value(concept.pref_label.as_str());
            fill(&mut table, concept);
            new.push(table);
        }
    }
    file.append(file.names().0, new)?;
    file.write()
}

/// A file as read and as it is being changed.
struct File {
    kind: Facet,
    authority: Authority,
    document: DocumentMut,
}

impl File {
    fn read(kind: Facet, text: &str) -> Result<Self, AuthorityError> {
        let authority = parse(kind, text)?;
        let document = text.parse::<DocumentMut>().map_err(|error| AuthorityError {
            lines: Vec::new(),
            message: format!("this is not TOML: {}", error.message()),
        })?;
        Ok(Self { kind, authority, document })
    }

    fn write(self) -> Result<String, AuthorityError> {
        let text = self.document.to_string();
        parse(self.kind, &text).map(|_| text)
    }

    /// What its tables are called: those of concepts, those of denials.
    fn names(&self) -> (&'static str, &'static str) {
        if self.kind == Facet::Project { ("project", "not_project") } else { ("person", "not_person") }
    }

    fn position(&self, wanted: &str) -> Option<usize> {
        let by_key = self.authority.concepts.iter().position(|concept| concept.key == wanted);
        by_key.or_else(|| self.authority.concepts.iter().position(|concept| has_label(concept, wanted)))
    }

    fn find(&self, wanted: &str) -> Result<usize, AuthorityError> {
        self.position(wanted).ok_or_else(|| AuthorityError {
            lines: Vec::new(),
            message: format!("the file has no {} \"{wanted}\": accept comes first", self.names().0),
        })
    }

    /// A key made of a name that no concept has yet.
    fn free_key(&self, label: &str) -> String {
        let key = slug(label, self.kind == Facet::Person);
        let numbered = (2..).map(|n| format!("{key}-{n}"));
        let mut keys = std::iter::once(key.clone()).chain(numbered);
        keys.find(|key| self.authority.get(key).is_none()).unwrap_or(key)
    }

    fn tables(&mut self, name: &str) -> Result<&mut ArrayOfTables, AuthorityError> {
        let item = self.document.entry(name).or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
        item.as_array_of_tables_mut().ok_or_else(|| AuthorityError {
            lines: Vec::new(),
            message: format!("this edit needs every {name} written as [[{name}]]"),
        })
    }

    fn table(&mut self, at: usize) -> Result<&mut Table, AuthorityError> {
        let name = self.names().0;
        let missing =
            || AuthorityError { lines: Vec::new(), message: format!("this edit needs [[{name}]] number {}", at + 1) };
        self.tables(name)?.get_mut(at).ok_or_else(missing)
    }

    /// Adds tables behind all others.
    fn append(&mut self, name: &str, new: impl IntoIterator<Item = Table>) -> Result<(), AuthorityError> {
        let last = |tables: &ArrayOfTables| tables.iter().filter_map(last_position).max();
        let names = [self.names().0, self.names().1];
        let behind = names.iter().filter_map(|name| self.document.get(name)?.as_array_of_tables().and_then(last)).max();
        let first = behind.map_or(0, |position| position + 1);
        for (position, mut table) in (first..).zip(new) {
            table.set_position(Some(position));
            table.decor_mut().set_prefix("\n");
            // Comments at the end of the file stay in front of what is added there.
            let trailing = self.document.trailing().as_str().unwrap_or_default().trim_end().to_owned();
            if !trailing.is_empty() {
                table.decor_mut().set_prefix(format!("{trailing}\n\n"));
                self.document.set_trailing("");
            }
            self.tables(name)?.push(table);
        }
        Ok(())
    }

    fn remove(&mut self, at: usize) -> Result<(), AuthorityError> {
        let name = self.names().0;
        self.tables(name)?.remove(at);
        Ok(())
    }

    /// Lets everything that names one key name another.
    fn rename_key(&mut self, from: &str, to: &str) -> Result<(), AuthorityError> {
        let name = self.names().0;
        for table in self.tables(name)?.iter_mut() {
            rename_in(table, "broader", from, to);
            if let Some(rules) = table.get_mut("when").and_then(Item::as_array_of_tables_mut) {
                rules.iter_mut().for_each(|rule| rename_in(rule, "with", from, to));
            }
        }
        Ok(())
    }
}

fn has_label(concept: &Concept, label: &str) -> bool {
    concept.labels().any(|known| known.to_lowercase() == label.to_lowercase())
}

/// Adds a text to a list of texts, unless the table has it already.
fn add_label(table: &mut Table, list: &str, label: &str) {
    let same = |value: &Value| value.as_str().is_some_and(|known| known.trim() == label);
    if table.get("prefLabel").and_then(Item::as_str) == Some(label) && list != "broader" {
        return;
    }
    let one = table.get(list).and_then(Item::as_str).map(str::to_owned);
    let item = table.entry(list).or_insert(value(Array::new()));
    if let Some(one) = one {
        *item = value(Array::from_iter([one]));
    }
    if let Some(labels) = item.as_array_mut()
        && !labels.iter().any(same)
    {
        push_label(labels, label);
    }
}

/// Adds a text at the end of a list: on a line of its own where the last one is, behind the comment that follows that.
fn push_label(labels: &mut Array, label: &str) {
    let prefix =
        |value: &Value| value.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
    let line = labels.iter().last().map(prefix).and_then(|prefix| Some(prefix[prefix.rfind('\n')?..].to_owned()));
    labels.push(label);
    let trailing = labels.trailing().as_str().unwrap_or_default().to_owned();
    let comment = trailing.trim_end();
    let prefix = line.map(|line| format!("{comment}{line}"));
    if let Some((last, prefix)) = labels.iter_mut().last().zip(prefix) {
        last.decor_mut().set_prefix(prefix);
        labels.set_trailing(&trailing[comment.len()..]);
        labels.set_trailing_comma(true);
    }
}

/// Takes texts from a list. A comment in front of one belongs to the line before, and stays.
fn remove_labels(labels: &mut Array, goes: impl Fn(&str) -> bool) {
    let comment = |text: Option<&str>| text.unwrap_or_default().trim_end().to_owned();
    let mut at = 0;
    while let Some(label) = labels.get(at) {
        if !label.as_str().is_some_and(&goes) {
            at += 1;
            continue;
        }
        let before = comment(label.decor().prefix().and_then(|prefix| prefix.as_str()));
        labels.remove(at);
        match labels.get_mut(at) {
            Some(next) => {
                let own = next.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
                next.decor_mut().set_prefix(before + &own);
            }
            None => {
                let own = labels.trailing().as_str().unwrap_or_default().to_owned();
                labels.set_trailing(before + &own);
            }
        }
    }
}

fn rename_in(table: &mut Table, list: &str, from: &str, to: &str) {
    if table.get(list).and_then(Item::as_str) == Some(from) {
        table[list] = value(to);
    }
    if let Some(keys) = table.get_mut(list).and_then(Item::as_array_mut) {
        let own = keys.iter().any(|key| key.as_str() == Some(to));
        remove_labels(keys, |key| own && key == from);
        for key in keys.iter_mut().filter(|key| key.as_str() == Some(from)) {
            let decor = key.decor().clone();
            *key = Value::from(to);
            *key.decor_mut() = decor;
        }
    }
}

/// The place of a table or of the last of its rules in the file.
fn last_position(table: &Table) -> Option<isize> {
    let rules = table.get("when").and_then(Item::as_array_of_tables);
    let inner = rules.and_then(|rules| rules.iter().filter_map(Table::position).max());
    table.position().max(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# who is who\n\n[[person]] # the boss\nkey = \"a\"\nprefLabel = \"Ann Lee\"\naltLabel = [\"Nan\"] # at home\n\
        [[person.when]]\nform = \"Ann\"\nwith = [\"b\"]\n\n# next\n[[person]]\nkey = \"b\"\nprefLabel = \"Bob\"\n\n# the end\n";

    #[test]
    fn edits_keep_what_they_do_not_touch() {
        let text = accept(Facet::Person, FILE, "Cy Day", &[]).unwrap();
        assert_eq!(text, format!("{FILE}\n[[person]]\nkey = \"day-cy\"\nprefLabel = \"Cy Day\"\n"));
        let text = accept(Facet::Person, FILE, "ann lee", &["Annie", "Nan"]).unwrap();
        assert_eq!(text, FILE.replace("[\"Nan\"] # at", "[\"Nan\", \"Annie\"] # at"));
        let text = deny(Facet::Person, FILE, "mingo", "a machine").unwrap();
        assert_eq!(text, format!("{FILE}\n[[not_person]]\nform = \"mingo\"\nwhy = \"a machine\"\n"));
        assert_eq!(deny(Facet::Person, &text, "mingo", "a machine").unwrap(), text);
    }

    #[test]
    fn two_are_made_one_and_one_two() {
        let text = merge(Facet::Person, FILE, "Bob", "a").unwrap();
        let one = parse(Facet::Person, &text).unwrap();
        assert_eq!(one.concepts.len(), 1);
        assert_eq!(one.concepts[0].labels().collect::<Vec<_>>(), ["Ann Lee", "Nan", "Bob"]);
        assert_eq!(one.concepts[0].rules[0].with, ["a"]);
        assert!(text.contains("# who is who") && text.contains("# at home"));
        let two = parse(Facet::Person, &split(Facet::Person, &text, "Bob").unwrap()).unwrap();
        assert_eq!(two.get("bob").unwrap().pref_label, "Bob");
        assert_eq!(two.concepts[0].alt_labels, ["Nan"]);
    }

    #[test]
    fn another_file_is_taken_in() {
        let more = "[[person]]\nkey = \"ann\"\nprefLabel = \"Ann Lee\"\naltLabel = [\"Nan\", \"Annie\"]\n\
            [[person]]\nkey = \"b\"\nprefLabel = \"Robert\"\nbroader = \"ann\"\n[[person]]\nkey = \"c\"\nprefLabel = \"Cy\"\n";
        let text = adopt(Facet::Person, FILE, more).unwrap();
        let all = parse(Facet::Person, &text).unwrap();
        assert_eq!(all.get("a").unwrap().alt_labels, ["Nan", "Annie"]);
        assert_eq!(
            (&all.get("b").unwrap().alt_labels[..], &all.get("b").unwrap().broader[..]),
            (&["Robert".to_owned()][..], &["a".to_owned()][..])
        );
        assert_eq!(all.concepts.len(), 3);
        assert!(text.starts_with("# who is who\n\n[[person]] # the boss") && text.contains("# at home"), "{text}");
        assert_eq!(adopt(Facet::Person, &text, more).unwrap(), text);
    }

    #[test]
    fn comments_inside_lists_stay() {
        let list = |names: &str| format!("[[person]]\nprefLabel = \"Bert\"\naltLabel = [\n{names}]\n");
        let text = list("  \"Bertie\", # nick\n  \"B.A.\",\n");
        let other = "\n[[person]]\nkey = \"b-a\"\nprefLabel = \"B.A.\"\n";
        assert_eq!(split(Facet::Person, &text, "B.A.").unwrap(), list("  \"Bertie\", # nick\n") + other);
        let text = list("  \"Bertie\", # nick\n  \"B.A.\" # signs so\n");
        let more = list("  \"Bertie\", # nick\n  \"B.A.\", # signs so\n  \"Bob\",\n");
        let added = accept(Facet::Person, &text, "Bert", &["Bob"]).unwrap();
        assert_eq!(parse(Facet::Person, &added).unwrap().concepts[0].alt_labels, ["Bertie", "B.A.", "Bob"]);
        assert!(added.contains("# nick") && added.contains("# signs so"), "{added}");
        assert_eq!(
            accept(Facet::Person, &more, "Bert", &["Bo"]).unwrap(),
            more.replace("\"Bob\",\n", "\"Bob\",\n  \"Bo\",\n")
        );
    }

    #[test]
    fn a_name_that_the_archive_has_and_the_file_has_not_is_merged_into_one_of_the_file() {
        let text = "[[person]]\nprefLabel = \"Hiroshi Tanabe\"\n";
        let merged = merge(Facet::Person, text, "Tanabe", "Hiroshi Tanabe").unwrap();
        assert_eq!(merged, format!("{text}altLabel = [\"Tanabe\"]\n"));
    }

    #[test]
    fn a_form_is_denied_once_in_whatever_letters() {
        let text = deny(Facet::Person, "", "Moriarty", "a cat").unwrap();
        assert_eq!(deny(Facet::Person, &text, "moriarty", "").unwrap(), text);
    }

    #[test]
    fn what_is_private_stays_so() {
        let text = format!("{FILE}[[person]]\nprefLabel = \"Carl\"\naltLabel = \"Cal\"\nprivate = true\n");
        let error = merge(Facet::Person, &text, "Carl", "Bob").unwrap_err().to_string();
        assert!(error.ends_with("Carl is private and Bob is not: make both so first"), "{error}");
        assert!(merge(Facet::Person, &text, "Bob", "Carl").is_err());
        let two = parse(Facet::Person, &split(Facet::Person, &text, "Cal").unwrap()).unwrap();
        assert!(two.get("cal").unwrap().private);
    }

    #[test]
    fn what_cannot_be_done_is_said() {
        let error = |result: Result<String, AuthorityError>| result.unwrap_err().to_string();
        assert_eq!(error(merge(Facet::Person, FILE, "a", "Zed")), "the file has no person \"Zed\": accept comes first");
        assert_eq!(error(merge(Facet::Person, FILE, "Nan", "a")), "line 3: \"Nan\" and \"a\" are already one");
        let alone = "no person of the file has \"Bob\" as one name of several: accept gives it one of its own";
        assert_eq!(error(split(Facet::Person, FILE, "Bob")), alone);
        assert!(error(deny(Facet::Person, FILE, "Nan", "")).contains("is denied here but names Ann Lee"));
        assert!(error(accept(Facet::Person, FILE, "Cy", &["Bob"])).contains("names both"));
        let more = "[[person]]\nkey = \"c\"\nprefLabel = \"Cy\"\naltLabel = \"Nan\"\n";
        assert!(error(adopt(Facet::Person, FILE, more)).contains("\"Nan\" names both Ann Lee (line 3) and Cy (line"));
    }
}
