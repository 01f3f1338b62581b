//! Numbers and years as Japanese and Chinese diaries write them.

/// Eras of Japan and China, and the year before their first.
const ERAS: [(&str, i32); 7] =
    [("民國", 1911), ("民国", 1911), ("明治", 1867), ("大正", 1911), ("昭和", 1925), ("平成", 1988), ("令和", 2018)];

/// The era that a text begins with: the year before its first, and the text behind its name.
///
/// ```
/// assert_eq!(diary::era("昭和五年"), Some((1925, "五年")));
/// assert_eq!(diary::era("五年"), None);
/// ```
pub fn era(text: &str) -> Option<(i32, &str)> {
    ERAS.iter().find_map(|(name, before)| Some((*before, text.strip_prefix(name)?)))
}

/// The number that a text begins with, in figures or kanji (31, ３１, 三十一, 廿八, 卅, 一九二二, 元), and the text behind it.
/// Of a longer one than eight signs, the first eight.
///
/// ```
/// assert_eq!(diary::kanji_number("三十一日"), Some((31, "日")));
/// assert_eq!(diary::kanji_number("１９３０年"), Some((1930, "年")));
/// assert_eq!(diary::kanji_number("日"), None);
/// ```
pub fn kanji_number(text: &str) -> Option<(u32, &str)> {
    let (mut total, mut last, mut end) = (0u32, 0u32, 0);
    let mut positional = true;
    let add = |total: u32, count: u32, unit| total.saturating_add(count.max(1).saturating_mul(unit));
    for (at, c) in text.char_indices().take(8) {
        let digit = figure(c).or_else(|| "〇一二三四五六七八九".chars().position(|k| k == c).map(|n| n as u32));
        match (digit, c) {
            (Some(digit), _) => last = if positional { last.saturating_mul(10).saturating_add(digit) } else { digit },
            (None, '元') if at == 0 => last = 1,
            (None, '零') => last = last.saturating_mul(10),
            (None, '廿' | '卄') => (total, last, positional) = (20, 0, false),
            (None, '卅' | '丗') => (total, last, positional) = (30, 0, false),
            (None, '十' | '拾') => (total, last, positional) = (add(total, last, 10), 0, false),
            (None, '百') => (total, last, positional) = (add(total, last, 100), 0, false),
            (None, '千') => (total, last, positional) = (add(total, last, 1000), 0, false),
            _ => break,
        }
        end = at + c.len_utf8();
    }
    (end > 0).then(|| (total.saturating_add(last), &text[end..]))
}

/// The value of a decimal figure: ASCII, full-width, Arabic-Indic, Persian.
///
/// ```
/// assert_eq!((diary::figure('7'), diary::figure('７'), diary::figure('x')), (Some(7), Some(7), None));
/// ```
pub fn figure(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{FF10}'..='\u{FF19}' => '\u{FF10}',
        '\u{0660}'..='\u{0669}' => '\u{0660}',
        '\u{06F0}'..='\u{06F9}' => '\u{06F0}',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}
