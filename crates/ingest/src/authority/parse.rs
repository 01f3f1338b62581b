//! TOML text to [`Authority`], with every complaint a sentence that names its line.

use super::AuthorityError;
use diary::{Authority, CivilDate, Concept, Denial, Facet, FormRule, fold, slug};
use std::collections::{HashMap, HashSet};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// Reads an authority file of people ([`Facet::Person`]) or of projects ([`Facet::Project`]).
///
/// ```
/// use diary_ingest::authority;
/// let people = authority::parse(diary::Facet::Person, "[[person]]\nprefLabel = \"Andrew Morton\"").unwrap();
/// assert_eq!(people.concepts[0].key, "morton-andrew");
/// ```
///
/// # Errors
///
/// TOML that cannot be read; a table or key that is not known; a value of another type; a key or label with two
/// owners; a label that is also denied; a `broader` or `with` that names nobody, or that runs in a circle.
pub fn parse(kind: Facet, text: &str) -> Result<Authority, AuthorityError> {
    let newlines = text.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(at, _)| at).collect();
    let reader = Reader { newlines, kind };
    let root = DeTable::parse(text).map_err(|error| AuthorityError {
        lines: error.span().map(|span| reader.line(span.start)).into_iter().collect(),
        message: format!("this is not TOML: {}", error.message()),
    })?;
    let mut authority = Authority::default();
    for (name, value) in root.get_ref() {
        if name.get_ref() == reader.concept_table() {
            for table in reader.tables(name, value)? {
                authority.concepts.push(reader.concept(table)?);
            }
        } else if name.get_ref() == reader.denial_table() {
            for table in reader.tables(name, value)? {
                authority.denials.push(reader.denial(table)?);
            }
        } else {
            return Err(reader.unknown(name, &[reader.concept_table(), reader.denial_table()]));
        }
    }
    check_keys(&authority)?;
    check_labels(&authority)?;
    check_references(&authority)?;
    Ok(authority)
}

const CONCEPT_KEYS: [&str; 8] =
    ["key", "prefLabel", "altLabel", "hiddenLabel", "exactMatch", "broader", "when", "private"];
const RULE_KEYS: [&str; 7] = ["form", "from", "until", "near", "not_near", "with", "entries"];
const DENIAL_KEYS: [&str; 3] = ["form", "why", "entries"];

type Key<'i> = Spanned<DeString<'i>>;
type Value<'i> = Spanned<DeValue<'i>>;

struct Reader {
    /// Where the lines end.
    newlines: Vec<usize>,
    kind: Facet,
}

impl Reader {
    fn concept_table(&self) -> &'static str {
        if self.kind == Facet::Project { "project" } else { "person" }
    }

    fn denial_table(&self) -> &'static str {
        if self.kind == Facet::Project { "not_project" } else { "not_person" }
    }

    fn concept(&self, table: &Value<'_>) -> Result<Concept, AuthorityError> {
        let mut concept = Concept { line: self.line(table.span().start), ..Concept::default() };
        for (name, value) in self.fields(table)? {
            match name.get_ref().as_ref() {
                "key" => concept.key = self.string(name, value)?,
                "prefLabel" => concept.pref_label = self.string(name, value)?,
                "altLabel" => concept.alt_labels = self.strings(name, value)?,
                "hiddenLabel" => concept.hidden_labels = self.strings(name, value)?,
                "exactMatch" => concept.exact_match = self.strings(name, value)?,
                "broader" => concept.broader = self.strings(name, value)?,
                "private" => concept.private = self.boolean(name, value)?,
                "when" => {
                    for rule in self.tables(name, value)? {
                        concept.rules.push(self.rule(rule)?);
                    }
                }
                _ => return Err(self.unknown(name, &CONCEPT_KEYS)),
            }
        }
        if fold(&concept.pref_label).is_empty() {
            return Err(at(concept.line, format!("this {} has no prefLabel", self.concept_table())));
        }
        for label in concept.labels() {
            if fold(label).is_empty() {
                return Err(at(concept.line, format!("the label \"{label}\" has neither letter nor digit")));
            }
        }
        if concept.key.is_empty() {
            concept.key = slug(&concept.pref_label, self.kind == Facet::Person);
        } else if concept.key.chars().any(|c| c.is_whitespace() || c == '/' || c.is_uppercase()) {
            let better = slug(&concept.key, false);
            let message = format!("the key \"{}\" has spaces, slashes or capitals; write \"{better}\"", concept.key);
            return Err(at(concept.line, message));
        }
        Ok(concept)
    }

    fn rule(&self, table: &Value<'_>) -> Result<FormRule, AuthorityError> {
        let mut rule = FormRule { line: self.line(table.span().start), ..FormRule::default() };
        for (name, value) in self.fields(table)? {
            match name.get_ref().as_ref() {
                "form" => rule.form = self.string(name, value)?,
                "from" => rule.from = Some(self.date(name, value, Edge::First)?),
                "until" => rule.until = Some(self.date(name, value, Edge::Last)?),
                "near" => rule.near = self.strings(name, value)?,
                "not_near" => rule.not_near = self.strings(name, value)?,
                "with" => rule.with = self.strings(name, value)?,
                "entries" => rule.entries = self.strings(name, value)?,
                _ => return Err(self.unknown(name, &RULE_KEYS)),
            }
        }
        if fold(&rule.form).is_empty() {
            return Err(at(rule.line, "this \"when\" has no form: which words does it speak of?".to_owned()));
        }
        Ok(rule)
    }

    fn denial(&self, table: &Value<'_>) -> Result<Denial, AuthorityError> {
        let mut denial = Denial { line: self.line(table.span().start), ..Denial::default() };
        for (name, value) in self.fields(table)? {
            match name.get_ref().as_ref() {
                "form" => denial.form = self.string(name, value)?,
                "why" => denial.why = self.string(name, value)?,
                "entries" => denial.entries = self.strings(name, value)?,
                _ => return Err(self.unknown(name, &DENIAL_KEYS)),
            }
        }
        if fold(&denial.form).is_empty() {
            return Err(at(denial.line, format!("this {} has no form: which words?", self.denial_table())));
        }
        Ok(denial)
    }

    /// The elements of `[[name]]`; one `[name]` is taken as a list of one.
    fn tables<'v, 'i>(&self, name: &Key<'_>, value: &'v Value<'i>) -> Result<Vec<&'v Value<'i>>, AuthorityError> {
        match value.get_ref() {
            DeValue::Array(items) if items.iter().all(|item| item.get_ref().is_table()) => Ok(items.iter().collect()),
            DeValue::Table(_) => Ok(vec![value]),
            _ => Err(self.mistyped(name, "tables: write [[…]]", value)),
        }
    }

    fn fields<'v, 'i>(&self, table: &'v Value<'i>) -> Result<&'v DeTable<'i>, AuthorityError> {
        let line = self.line(table.span().start);
        table.get_ref().as_table().ok_or_else(|| at(line, "a table was expected here".to_owned()))
    }

    fn string(&self, name: &Key<'_>, value: &Value<'_>) -> Result<String, AuthorityError> {
        let text = value.get_ref().as_str().map(str::trim);
        text.map(str::to_owned).ok_or_else(|| self.mistyped(name, "one text in quotes", value))
    }

    fn strings(&self, name: &Key<'_>, value: &Value<'_>) -> Result<Vec<String>, AuthorityError> {
        let complaint = || self.mistyped(name, "a list of texts: [\"…\", \"…\"]", value);
        match value.get_ref() {
            DeValue::String(one) => Ok(vec![one.trim().to_owned()]),
            DeValue::Array(items) => {
                { items.iter().map(|item| item.get_ref().as_str().map(|s| s.trim().to_owned())).collect::<Option<_>>() }
                    .ok_or_else(complaint)
            }
            _ => Err(complaint()),
        }
    }

    fn boolean(&self, name: &Key<'_>, value: &Value<'_>) -> Result<bool, AuthorityError> {
        value.get_ref().as_bool().ok_or_else(|| self.mistyped(name, "true or false", value))
    }

    /// A date with or without quotes; a year or a month stands for its first or its last day.
    fn date(&self, name: &Key<'_>, value: &Value<'_>, edge: Edge) -> Result<CivilDate, AuthorityError> {
        let written = match value.get_ref() {
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Datetime(date) => date.to_string(),
            DeValue::Integer(year) => year.to_string(),
            _ => String::new(),
        };
        edge.of(&written).ok_or_else(|| self.mistyped(name, "a date: 2003-07-26, or \"2003-07\", or \"2003\"", value))
    }

    fn mistyped(&self, name: &Key<'_>, wanted: &str, value: &Value<'_>) -> AuthorityError {
        at(self.line(value.span().start), format!("{} takes {wanted}", name.get_ref()))
    }

    fn unknown(&self, name: &Key<'_>, known: &[&str]) -> AuthorityError {
        let given = name.get_ref().as_ref();
        let message = match nearest(given, known) {
            Some(right) => format!("there is no \"{given}\" here; did you mean \"{right}\"?"),
            None => format!("there is no \"{given}\" here; there is {}", known.join(", ")),
        };
        at(self.line(name.span().start), message)
    }

    fn line(&self, byte: usize) -> usize {
        1 + self.newlines.partition_point(|&end| end < byte)
    }
}

/// Which end of a period a shortened date stands for.
#[derive(Clone, Copy)]
enum Edge {
    First,
    Last,
}

impl Edge {
    fn of(self, written: &str) -> Option<CivilDate> {
        let numbers: Option<Vec<u32>> = written.split('-').map(|part| part.parse().ok()).collect();
        let (month, day) = match self {
            Self::First => (1, 1),
            Self::Last => (12, 31),
        };
        match *numbers?.as_slice() {
            [y] => CivilDate::new(i32::try_from(y).ok()?, month, day),
            [y, m] => CivilDate::new(i32::try_from(y).ok()?, m, day),
            [y, m, d] => CivilDate::new(i32::try_from(y).ok()?, m, d),
            _ => None,
        }
    }
}

fn at(line: usize, message: String) -> AuthorityError {
    AuthorityError { lines: vec![line], message }
}

/// The known word that someone who wrote `given` most likely meant.
fn nearest<'k>(given: &str, known: &[&'k str]) -> Option<&'k str> {
    let plain = |word: &str| fold(word).replace(' ', "");
    let given = plain(given);
    let distance = |word: &&&str| strsim::damerau_levenshtein(&given, &plain(word));
    known.iter().min_by_key(distance).filter(|word| distance(word) <= 1 + given.chars().count() / 3).copied()
}

fn check_keys(authority: &Authority) -> Result<(), AuthorityError> {
    let mut owners: HashMap<&str, &Concept> = HashMap::new();
    for concept in &authority.concepts {
        if let Some(first) = owners.insert(&concept.key, concept) {
            let (label, other, line) = (&concept.pref_label, &first.pref_label, first.line);
            let message = format!("the key \"{}\" of {label} is already that of {other}, line {line}", concept.key);
            return Err(AuthorityError { lines: vec![concept.line, first.line], message });
        }
    }
    Ok(())
}

fn check_labels(authority: &Authority) -> Result<(), AuthorityError> {
    let mut owners: HashMap<String, &Concept> = HashMap::new();
    for concept in &authority.concepts {
        for label in concept.labels() {
            let folded = label.to_lowercase();
            match owners.get(&folded) {
                Some(first) if first.key != concept.key => {
                    let message = format!(
                        "\"{label}\" names both {} (line {}) and {} (line {}); \
                         give it to one of them, or to each by a \"when\"",
                        first.pref_label, first.line, concept.pref_label, concept.line
                    );
                    return Err(AuthorityError { lines: vec![concept.line, first.line], message });
                }
                _ => owners.insert(folded, concept),
            };
        }
    }
    for denial in authority.denials.iter().filter(|denial| denial.entries.is_empty()) {
        if let Some(owner) = owners.get(&denial.form.to_lowercase()) {
            let message = format!(
                "\"{}\" is denied here but names {} (line {}); take it out of one place, or limit the denial by entries",
                denial.form, owner.pref_label, owner.line
            );
            return Err(AuthorityError { lines: vec![denial.line, owner.line], message });
        }
    }
    Ok(())
}

fn check_references(authority: &Authority) -> Result<(), AuthorityError> {
    let keys: Vec<&str> = authority.concepts.iter().map(|concept| concept.key.as_str()).collect();
    let known: HashSet<&str> = keys.iter().copied().collect();
    for concept in &authority.concepts {
        let broader = concept.broader.iter().map(|key| ("broader", key, concept.line));
        let with = concept.rules.iter().flat_map(|rule| rule.with.iter().map(|key| ("with", key, rule.line)));
        for (field, key, line) in broader.chain(with) {
            if !known.contains(key.as_str()) {
                let hint = nearest(key, &keys).map(|right| format!("; did you mean \"{right}\"?")).unwrap_or_default();
                return Err(at(line, format!("{field} names \"{key}\", which is no key of this file{hint}")));
            }
        }
    }
    check_circles(authority)
}

/// Walks the `broader` arrows from every concept, each concept visited once in all.
fn check_circles(authority: &Authority) -> Result<(), AuthorityError> {
    let place: HashMap<&str, usize> =
        authority.concepts.iter().enumerate().map(|(i, concept)| (concept.key.as_str(), i)).collect();
    let parents = |i: usize| authority.concepts[i].broader.iter().filter_map(|key| place.get(key.as_str()).copied());
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Not,
        OnTheWay,
        Done,
    }
    let mut seen = vec![Seen::Not; authority.concepts.len()];
    for start in 0..authority.concepts.len() {
        let mut stack = vec![(start, false)];
        while let Some((i, leaving)) = stack.pop() {
            if leaving {
                seen[i] = Seen::Done;
            } else if seen[i] == Seen::Not {
                seen[i] = Seen::OnTheWay;
                stack.push((i, true));
                for parent in parents(i) {
                    if seen[parent] == Seen::OnTheWay {
                        let (low, high) = (&authority.concepts[i], &authority.concepts[parent]);
                        let message = format!(
                            "broader runs in a circle: {} (line {}) is below {} (line {}), which is below it",
                            low.pref_label, low.line, high.pref_label, high.line
                        );
                        return Err(AuthorityError { lines: vec![low.line, high.line], message });
                    }
                    stack.push((parent, false));
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_file_is_read_whole() {
        let people = parse(
            Facet::Person,
            "# who is who\n[[person]]\nprefLabel = \"Andrew Morton\"\naltLabel = [\"akpm\"]\nprivate = true\n\
             [[person.when]]\nform = \"Andrew\"\nfrom = 2003-01-01\nuntil = \"2003-12\"\n\
             [[not_person]]\nform = \"mingo\"\nwhy = \"a machine\"\n",
        )
        .unwrap();
        let andrew = people.get("morton-andrew").unwrap();
        assert_eq!((andrew.line, andrew.private), (2, true));
        assert_eq!(andrew.labels().collect::<Vec<_>>(), ["Andrew Morton", "akpm"]);
        assert_eq!((andrew.rules[0].line, andrew.rules[0].form.as_str()), (6, "Andrew"));
        assert_eq!(andrew.rules[0].until, CivilDate::new(2003, 12, 31));
        assert_eq!((people.denials[0].why.as_str(), people.denials[0].line), ("a machine", 10));
    }

    #[track_caller]
    fn check(kind: Facet, text: &str, complaint: &str) {
        assert_eq!(parse(kind, text).unwrap_err().to_string(), complaint, "{text}");
    }

    #[test]
    fn complaints_are_sentences_with_lines() {
        let person = |rest: &str| format!("[[person]]\nprefLabel = \"Ann Lee\"\n{rest}");
        check(Facet::Person, "[[persn]]\n", "line 1: there is no \"persn\" here; did you mean \"person\"?");
        check(Facet::Person, "[[project]]\n", "line 1: there is no \"project\" here; there is person, not_person");
        check(
            Facet::Person,
            &person("alt_label = []"),
            "line 3: there is no \"alt_label\" here; did you mean \"altLabel\"?",
        );
        check(Facet::Person, &person("private = 1"), "line 3: private takes true or false");
        check(Facet::Person, "[[person]]\nkey = \"x\"", "line 1: this person has no prefLabel");
        check(
            Facet::Person,
            &person("altLabel = \"Nan\"\n\n[[person]]\nprefLabel = \"Nancy\"\naltLabel = [\"nan\"]"),
            "line 5: \"nan\" names both Ann Lee (line 1) and Nancy (line 5); \
             give it to one of them, or to each by a \"when\"",
        );
        check(
            Facet::Person,
            &person("[[not_person]]\nform = \"Ann Lee\""),
            "line 3: \"Ann Lee\" is denied here but names Ann Lee (line 1); \
             take it out of one place, or limit the denial by entries",
        );
        check(
            Facet::Person,
            &person("key = \"a\"\n[[person]]\nprefLabel = \"B\"\nkey = \"a\""),
            "line 4: the key \"a\" of B is already that of Ann Lee, line 1",
        );
        check(
            Facet::Project,
            "[[project]]\nprefLabel = \"qemu\"\nbroader = [\"kernl\"]\n[[project]]\nprefLabel = \"kernel\"",
            "line 1: broader names \"kernl\", which is no key of this file; did you mean \"kernel\"?",
        );
        check(
            Facet::Project,
            "[[project]]\nprefLabel = \"a\"\nbroader = [\"b\"]\n[[project]]\nprefLabel = \"b\"\nbroader = [\"a\"]",
            "line 4: broader runs in a circle: b (line 4) is below a (line 1), which is below it",
        );
    }

    proptest! {
        #[test]
        fn no_text_brings_it_down(text in "(\\[\\[(person|not_person|person\\.when)\\]\\]|[a-z]+ = |\"|\n|[a-zä ]|\\PC){0,40}") {
            let _ = parse(Facet::Person, &text);
        }
    }
}
