//! Authority files in the formats of other catalogues: what goes out and what comes in.
//!
//! Rules, denials and private people stay at home: no other format has the first two, and the third is nobody's.

mod csv;
mod mailmap;
mod skos;
mod tei;
mod vcard;

use super::AuthorityError;
use diary::{Authority, Concept, Facet, slug};
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, value};

/// A format that people and projects are exchanged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Exchange {
    /// One line a concept, a column a field; several values of one field between bars.
    Csv,
    /// vCard 4, for address books.
    Vcard,
    /// A TEI `listPerson`, for editions.
    Tei,
    /// SKOS in Turtle, for thesauri.
    Skos,
    /// Git's `.mailmap`: only names with mail addresses.
    Mailmap,
}

impl Exchange {
    /// Every format.
    pub const ALL: [Self; 5] = [Self::Csv, Self::Vcard, Self::Tei, Self::Skos, Self::Mailmap];

    /// Its name, one lower-case word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Vcard => "vcard",
            Self::Tei => "tei",
            Self::Skos => "skos",
            Self::Mailmap => "mailmap",
        }
    }

    /// The format of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// The public concepts of an authority in another format.
///
/// ```
/// use diary::Facet;
/// use diary_ingest::authority::{self, Exchange};
/// let people = authority::parse(Facet::Person, "[[person]]\nprefLabel = \"Andrew Morton\"\naltLabel = [\"akpm\"]").unwrap();
/// let csv = authority::export(&people, Exchange::Csv);
/// assert_eq!(csv.lines().nth(1), Some("morton-andrew,Andrew Morton,akpm,,,"));
/// ```
pub fn export(authority: &Authority, format: Exchange) -> String {
    let private = |key: &String| authority.get(key).is_some_and(|concept| concept.private);
    let mut public: Vec<Concept> = authority.concepts.iter().filter(|concept| !concept.private).cloned().collect();
    public.iter_mut().for_each(|concept| concept.broader.retain(|key| !private(key)));
    match format {
        Exchange::Csv => csv::write(&public),
        Exchange::Vcard => vcard::write(&public),
        Exchange::Tei => tei::write(&public),
        Exchange::Skos => skos::write(&public),
        Exchange::Mailmap => mailmap::write(&public),
    }
}

/// The concepts of a text in another format, as the text of an authority file.
///
/// # Errors
///
/// A text that is not in that format, or concepts that contradict each other, as in [`super::parse`].
pub fn import(kind: Facet, text: &str, format: Exchange) -> Result<String, AuthorityError> {
    // Spreadsheets put a mark of the byte order in front.
    let text = text.trim_start_matches('\u{feff}');
    let mut concepts = match format {
        Exchange::Csv => csv::read(text)?,
        Exchange::Vcard => vcard::read(text),
        Exchange::Tei => tei::read(text)?,
        Exchange::Skos => skos::read(text)?,
        Exchange::Mailmap => mailmap::read(text),
    };
    concepts.retain(|concept| !diary::fold(&concept.pref_label).is_empty());
    for concept in &mut concepts {
        let key = if concept.key.is_empty() {
            slug(&concept.pref_label, kind == Facet::Person)
        } else {
            slug(&concept.key, false)
        };
        concept.key = key;
        concept.alt_labels.retain(|label| !diary::fold(label).is_empty() && *label != concept.pref_label);
        concept.hidden_labels.retain(|label| !diary::fold(label).is_empty());
    }
    let written = to_toml(kind, &concepts);
    super::parse(kind, &written).map(|_| written).map_err(|error| AuthorityError { lines: Vec::new(), ..error })
}

fn to_toml(kind: Facet, concepts: &[Concept]) -> String {
    let mut tables = ArrayOfTables::new();
    for concept in concepts {
        let mut table = Table::new();
        table["key"] = value(concept.key.as_str());
        table["prefLabel"] = value(concept.pref_label.as_str());
        let lists = [
            ("altLabel", &concept.alt_labels),
            ("hiddenLabel", &concept.hidden_labels),
            ("exactMatch", &concept.exact_match),
            ("broader", &concept.broader),
        ];
        for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            table[name] = value(Array::from_iter(list.iter().map(String::as_str)));
        }
        tables.push(table);
    }
    let mut document = DocumentMut::new();
    document[if kind == Facet::Project { "project" } else { "person" }] = Item::ArrayOfTables(tables);
    document.to_string()
}

/// A complaint about a text that is not in its format.
fn malformed(format: Exchange, line: usize, what: &str) -> AuthorityError {
    AuthorityError { lines: vec![line], message: format!("this is not {}: {what}", format.name()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn concept() -> impl Strategy<Value = Concept> {
        let label = "[A-Za-zäé][a-zA-Z ,;:\"'\\\\<>&.-]{0,12}[a-z]";
        let labels = move || prop::collection::vec(label, 0..3);
        (label, labels(), labels(), prop::collection::vec("https://w\\.org/[a-zA-Z0-9,;&?=]{1,8}", 0..2)).prop_map(
            |(pref_label, alt_labels, hidden_labels, exact_match)| Concept {
                pref_label,
                alt_labels,
                hidden_labels,
                exact_match,
                ..Concept::default()
            },
        )
    }

    #[test]
    fn cards_of_an_address_book_are_people_with_keys_of_their_own() {
        let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:E621E1F8-C36C-495A-93FC-0C247A3E6E5F\r\nN:Morton;Andrew;;Mr.;\r\n\
                    EMAIL;TYPE=work:akpm@example.org\r\nEND:VCARD\r\n";
        let expect =
            "[[person]]\nkey = \"morton-andrew\"\nprefLabel = \"Andrew Morton\"\naltLabel = [\"akpm@example.org\"]\n";
        assert_eq!(import(Facet::Person, card, Exchange::Vcard).unwrap(), expect);
    }

    /// Only the columns of our own export were known, and a mark of the byte order made none of them so.
    #[test]
    fn tables_of_spreadsheets_are_people() {
        let lee = "[[person]]\nkey = \"lee-ann\"\nprefLabel = \"Ann Lee\"\naltLabel = [\"Annie\", \"ann@x.org\"]\n";
        for table in [
            "\u{feff}prefLabel,altLabel\r\nAnn Lee,Annie|ann@x.org\r\n",
            "Name;Nickname;E-mail\nAnn Lee;Annie;ann@x.org\n",
            "First Name\tLast Name\tNickname\tBirthday\tEmail\nAnn\tLee\tAnnie\t1 May\tann@x.org\n",
            "name,aliases\n\"Ann Lee\",\"Annie|ann@x.org\"",
        ] {
            assert_eq!(import(Facet::Person, table, Exchange::Csv).as_deref(), Ok(lee), "{table}");
        }
        let said = import(Facet::Person, "Ann Lee\nBob Stone\n", Exchange::Csv).unwrap_err().message;
        assert!(
            said.ends_with("no column prefLabel; known are key, prefLabel, altLabel, hiddenLabel, exactMatch, broader")
        );
    }

    proptest! {
        #[test]
        fn what_goes_out_comes_in(mut concepts in prop::collection::vec(concept(), 0..4)) {
            // Keys and labels are unique in a file that can be read.
            let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            for (n, concept) in concepts.iter_mut().enumerate() {
                concept.key = format!("k{n}");
                concept.pref_label = tidy(&format!("{} p{n}", concept.pref_label));
                let lists = [&mut concept.alt_labels, &mut concept.hidden_labels];
                for (m, label) in lists.into_iter().flatten().enumerate() {
                    *label = tidy(&format!("{label} l{n}{m}"));
                }
            }
            let authority = Authority { concepts, denials: Vec::new() };
            let text = to_toml(Facet::Person, &authority.concepts);
            for format in [Exchange::Csv, Exchange::Vcard, Exchange::Tei, Exchange::Skos] {
                let out = export(&authority, format);
                prop_assert_eq!(import(Facet::Person, &out, format), Ok(text.clone()), "{:?}: {}", format, out);
            }
        }

        #[test]
        fn no_text_brings_it_down(text in "\\PC{0,80}|(<[a-z]*>|\"|[a-z:]+ |\n|BEGIN:VCARD\n|[;,.]){0,30}") {
            for format in Exchange::ALL {
                let _ = import(Facet::Person, &text, format);
            }
        }
    }

    #[test]
    fn private_people_do_not_go_out() {
        let concept = |key: &str, private| Concept {
            key: key.to_owned(),
            pref_label: format!("Secret {key} <{key}@x.org>"),
            alt_labels: vec![format!("{key}@x.org")],
            broader: vec!["a".to_owned()],
            private,
            ..Concept::default()
        };
        let authority = Authority { concepts: vec![concept("a", true), concept("b", false)], denials: Vec::new() };
        for format in Exchange::ALL {
            let out = export(&authority, format);
            assert!(out.contains("Secret b") && !out.contains("Secret a") && !out.contains("a@x"), "{out}");
        }
    }

    #[test]
    fn a_mailmap_names_people_by_their_addresses() {
        let mailmap =
            "# who\nAndrew Morton <akpm@x.org>\nAndrew Morton <akpm@x.org> akpm <am@y.org>\n<akpm@x.org> <old@z.org>\n";
        let toml = import(Facet::Person, mailmap, Exchange::Mailmap).unwrap();
        let people = super::super::parse(Facet::Person, &toml).unwrap();
        assert_eq!(people.concepts.len(), 1);
        assert_eq!(people.concepts[0].alt_labels, ["akpm@x.org", "akpm", "am@y.org", "old@z.org"]);
    }
}
