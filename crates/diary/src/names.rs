//! How names are compared and turned into keys.

/// A name with letter case, punctuation and runs of spaces taken away: what two spellings of one name share.
///
/// Letters with accents are kept, since here `Ågren` is not `Agren`; the index folds those on its own.
///
/// ```
/// assert_eq!(diary::fold("  Sir W.  Pen "), "sir w pen");
/// assert_eq!(diary::fold("Kroah-Hartman"), "kroah hartman");
/// ```
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    add_folded(&mut folded, name, ' ');
    folded
}

/// Adds the words of a name, folded, with this between each two and after what stands there.
fn add_folded(folded: &mut String, name: &str, between: char) {
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(between);
        }
        let start = folded.len();
        if word.is_ascii() {
            folded.push_str(word);
            folded[start..].make_ascii_lowercase();
        } else {
            folded.extend(word.chars().flat_map(char::to_lowercase));
        }
    }
}

/// The key made of a name: lower case, words joined by hyphens, the last word of a person's name in front unless it is the
/// number of a ruler.
///
/// ```
/// assert_eq!(diary::slug("Andrew Morton", true), "morton-andrew");
/// assert_eq!(diary::slug("Greg Kroah-Hartman", true), "kroah-hartman-greg");
/// assert_eq!(diary::slug("King Edward VII", true), "king-edward-vii");
/// assert_eq!(diary::slug("hotplug CPU", false), "hotplug-cpu");
/// ```
pub fn slug(name: &str, surname_first: bool) -> String {
    let name = name.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_number = |word: &str| word.len() > 1 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    let apart = name.rsplit_once(char::is_whitespace).filter(|(_, last)| surname_first && !is_number(last));
    let (before, last) = apart.unwrap_or(("", name));
    let mut key = String::with_capacity(name.len());
    [last, before].into_iter().for_each(|part| add_folded(&mut key, part, '-'));
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_of_the_words_alone() {
        for (name, key) in [
            ("Sir W. Pen", "pen-sir-w"),
            (" Ann  Lee -- ", "lee-ann"),
            ("\u{c5}gren", "\u{e5}gren"),
            ("Henry VIII.", "henry-viii"),
            ("\u{2026}", ""),
        ] {
            assert_eq!(slug(name, true), key, "{name}");
        }
        assert_eq!(slug("C++ / the (new) one", false), "c-the-new-one");
    }
}
