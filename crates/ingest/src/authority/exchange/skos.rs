//! SKOS in Turtle: what this program writes, and the plain Turtle of other thesauri.

use super::{AuthorityError, Concept, Exchange, malformed};
use std::fmt::Write as _;

pub(super) fn write(concepts: &[Concept]) -> String {
    let mut out = String::from("@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n");
    for concept in concepts {
        let _ =
            write!(out, "\n<#{}> a skos:Concept ;\n    skos:prefLabel {}", concept.key, literal(&concept.pref_label));
        let labels = concept.alt_labels.iter().map(|label| ("altLabel", literal(label)));
        let hidden = concept.hidden_labels.iter().map(|label| ("hiddenLabel", literal(label)));
        let same =
            concept.exact_match.iter().map(|address| ("exactMatch", format!("<{}>", address.replace(['<', '>'], ""))));
        let broader = concept.broader.iter().map(|key| ("broader", format!("<#{key}>")));
        for (name, value) in labels.chain(hidden).chain(same).chain(broader) {
            let _ = write!(out, " ;\n    skos:{name} {value}");
        }
        out.push_str(" .\n");
    }
    out
}

fn literal(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }
    }
    out + "\""
}

/// A word of Turtle.
#[derive(Debug, PartialEq)]
enum Token {
    Address(String),
    Literal(String),
    /// A prefixed name or keyword.
    Word(String),
    /// `.`, `;`, `,`
    Mark(char),
}

pub(super) fn read(text: &str) -> Result<Vec<Concept>, AuthorityError> {
    let mut concepts: Vec<Concept> = Vec::new();
    let mut tokens = tokens(text)?.into_iter().peekable();
    while let Some((subject, line)) = tokens.next() {
        if matches!(&subject, Token::Word(word) if matches!(word.as_str(), "@prefix" | "@base" | "PREFIX" | "BASE")) {
            // Up to its full stop; the SPARQL spelling ends after its address.
            let sparql = matches!(&subject, Token::Word(word) if !word.starts_with('@'));
            for (token, _) in tokens.by_ref() {
                if token == Token::Mark('.') || sparql && matches!(token, Token::Address(_)) {
                    break;
                }
            }
            continue;
        }
        let mut concept = Concept { key: key(&subject), ..Concept::default() };
        let mut predicate = String::new();
        let mut expects_predicate = true;
        loop {
            match tokens.next() {
                None => return Err(malformed(Exchange::Skos, line, "a statement has no full stop")),
                Some((Token::Mark('.'), _)) => break,
                Some((Token::Mark(';'), _)) => expects_predicate = true,
                Some((Token::Mark(_), _)) => {}
                Some((Token::Word(word) | Token::Address(word), _)) if expects_predicate => {
                    predicate = word.rsplit([':', '#', '/']).next().unwrap_or_default().to_owned();
                    expects_predicate = false;
                }
                Some((object, _)) => set(&mut concept, &predicate, &object),
            }
        }
        concepts.push(concept);
    }
    Ok(concepts)
}

fn set(concept: &mut Concept, predicate: &str, object: &Token) {
    match (predicate, object) {
        ("prefLabel", Token::Literal(label)) if concept.pref_label.is_empty() => concept.pref_label = label.clone(),
        // The shown name in another language is another name.
        ("prefLabel" | "altLabel", Token::Literal(label)) => concept.alt_labels.push(label.clone()),
        ("hiddenLabel", Token::Literal(label)) => concept.hidden_labels.push(label.clone()),
        ("exactMatch", Token::Address(address)) => concept.exact_match.push(address.clone()),
        ("broader", Token::Address(_) | Token::Word(_)) => concept.broader.push(diary::slug(&key(object), false)),
        _ => {}
    }
}

/// The last part of an address or prefixed name.
fn key(token: &Token) -> String {
    let text = match token {
        Token::Address(text) | Token::Literal(text) | Token::Word(text) => text.as_str(),
        Token::Mark(_) => "",
    };
    text.trim_end_matches('/').rsplit(['#', '/', ':']).next().unwrap_or_default().to_owned()
}

fn tokens(text: &str) -> Result<Vec<(Token, usize)>, AuthorityError> {
    let mut found = Vec::new();
    let mut line = 1;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let token = match c {
            '\n' => {
                line += 1;
                continue;
            }
            c if c.is_whitespace() => continue,
            '#' => {
                while chars.next_if(|&c| c != '\n').is_some() {}
                continue;
            }
            '<' => {
                let mut address = String::new();
                while let Some(c) = chars.next_if(|&c| c != '>' && c != '\n') {
                    address.push(c);
                }
                if chars.next_if_eq(&'>').is_none() {
                    return Err(malformed(Exchange::Skos, line, "an address has no end"));
                }
                Token::Address(address)
            }
            '"' => {
                let text = string(&mut chars).ok_or_else(|| malformed(Exchange::Skos, line, "a text has no end"))?;
                while chars.next_if(|&c| c == '@' || c == '^' || c == '-' || c == ':' || c.is_alphanumeric()).is_some()
                {
                }
                Token::Literal(text)
            }
            '.' | ';' | ',' => Token::Mark(c),
            c => {
                let mut word = String::from(c);
                while let Some(c) = chars.next_if(|&c| !c.is_whitespace() && !matches!(c, ';' | ',' | '"' | '<')) {
                    word.push(c);
                }
                // A full stop at the end of a word ends the statement.
                if word.len() > 1 && word.ends_with('.') {
                    word.pop();
                    found.push((Token::Word(word), line));
                    Token::Mark('.')
                } else {
                    Token::Word(word)
                }
            }
        };
        found.push((token, line));
    }
    Ok(found)
}

/// The rest of a text in quotes.
fn string(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<String> {
    let mut text = String::new();
    loop {
        match chars.next()? {
            '"' => return Some(text),
            '\\' => text.push(match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                c => c,
            }),
            c => text.push(c),
        }
    }
}
