//! What is drawn, for terminals that have no more than ASCII.

/// The text with drawn characters and typographic marks exchanged for ASCII ones, column for column; letters stay.
///
/// ```
/// assert_eq!(diary_render::in_ascii("Feb ▂  “né” · …"), "Feb .  \"né\" - ~");
/// ```
pub fn in_ascii(text: &str) -> String {
    text.chars().map(plain).collect()
}

fn plain(c: char) -> char {
    match c {
        '·' | '–' | '—' | '‐' | '‑' | '•' => '-',
        '…' => '~',
        '×' => 'x',
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '\u{a0}' => ' ',
        '▁' | '▂' => '.',
        '▃' | '▄' | '░' => ':',
        '▅' | '▆' | '▒' => '+',
        '▇' | '▓' => '*',
        '█' => '#',
        '▏' | '▎' | '▍' | '▌' => '-',
        '▋' | '▊' | '▉' => '=',
        c => c,
    }
}
