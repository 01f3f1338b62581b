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
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

/// The key made of a name: lower case, words joined by hyphens, the last word of a person's name in front.
///
/// ```
/// assert_eq!(diary::slug("Andrew Morton", true), "morton-andrew");
/// assert_eq!(diary::slug("Greg Kroah-Hartman", true), "kroah-hartman-greg");
/// assert_eq!(diary::slug("hotplug CPU", false), "hotplug-cpu");
/// ```
pub fn slug(name: &str, surname_first: bool) -> String {
    let mut words: Vec<String> = name.split_whitespace().map(|word| fold(word).replace(' ', "-")).collect();
    words.retain(|word| !word.is_empty());
    if surname_first {
        let last_to_front = usize::from(words.len() > 1);
        words.rotate_right(last_to_front);
    }
    words.join("-")
}
