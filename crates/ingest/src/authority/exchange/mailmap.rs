//! Git's `.mailmap`: `Proper Name <mail>`, `Proper Name <mail> Other Name <other mail>`.

use super::Concept;
use std::fmt::Write as _;

pub(super) fn write(concepts: &[Concept]) -> String {
    let mut out = String::new();
    for concept in concepts {
        let (mails, names): (Vec<&String>, Vec<&String>) = concept.alt_labels.iter().partition(|label| is_mail(label));
        let Some((first, others)) = mails.split_first() else { continue };
        let _ = writeln!(out, "{} <{first}>", concept.pref_label);
        for other in others {
            let _ = writeln!(out, "{} <{first}> <{other}>", concept.pref_label);
        }
        for name in names {
            let _ = writeln!(out, "{} <{first}> {name} <{first}>", concept.pref_label);
        }
    }
    out
}

pub(super) fn read(text: &str) -> Vec<Concept> {
    let mut concepts: Vec<Concept> = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
        let mut labels: Vec<String> = Vec::new();
        for piece in line.split('>') {
            let (name, mail) = piece.split_once('<').unwrap_or((piece, ""));
            labels.extend(
                [name, mail].map(|label| label.trim().to_owned()).into_iter().filter(|label| !label.is_empty()),
            );
        }
        let Some(first) = labels.first().cloned() else { continue };
        let knows = |concept: &Concept| concept.labels().any(|known| labels.iter().any(|label| label == known));
        let at = concepts.iter().position(knows).unwrap_or_else(|| {
            concepts.push(Concept { pref_label: first, ..Concept::default() });
            concepts.len() - 1
        });
        for label in labels {
            if !concepts[at].labels().any(|known| known.to_lowercase() == label.to_lowercase()) {
                concepts[at].alt_labels.push(label);
            }
        }
    }
    concepts
}

fn is_mail(label: &str) -> bool {
    label.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !label.contains(' '))
}
