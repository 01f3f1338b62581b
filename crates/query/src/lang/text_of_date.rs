//! Dates in people's words: `2003-07`, `26 July 2003`, `last week of July 2003`, `3 weeks ago`.

use super::chars::squeeze;
use super::date::{DateExpr, NthWeek, Period, Recurring, Season, Third, Unit};
use super::feast::{named_day, named_feast};
use super::kanji;
use super::numbers_in_words::{month_in_any_language, ordinal};
use diary::{Calendar, CivilDate, Weekday};

/// The longest text that may be a date, in bytes.
const LONGEST: usize = 80;

/// The most days, weeks, months or years that can be counted back.
const MOST_BACK: u32 = 9999;

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It does not look like one.
    Unreadable,
    /// It is one by two readings, the day first or the month first.
    Ambiguous(CivilDate, CivilDate),
    /// No calendar has this day; its month.
    NoSuchDay(Period),
}

/// The day's English name in lower case.
pub(crate) fn weekday_name(day: Weekday) -> &'static str {
    crate::plan::weekday_key(day)
}

/// The day of this name or abbreviation (three letters at least).
pub(super) fn weekday(name: &str) -> Option<Weekday> {
    let name = name.trim_end_matches('.').to_lowercase();
    let name = name.strip_suffix('s').filter(|one| one.ends_with("day")).unwrap_or(&name);
    (0..7).filter_map(|n| Weekday::try_from(n).ok()).find(|&day| name.len() >= 3 && weekday_name(day).starts_with(name))
}

/// A date with what it is a bound of.
pub(super) fn read_expr(text: &str) -> Result<DateExpr, Unread> {
    let text = squeeze(text).to_lowercase();
    if text.len() > LONGEST {
        return Err(Unread::Unreadable);
    }
    type Bound = fn(Period) -> DateExpr;
    let signs: [(&str, Bound); 10] = [
        (">=", DateExpr::Since),
        ("<=", DateExpr::Until),
        (">", DateExpr::After),
        ("<", DateExpr::Before),
        ("=", DateExpr::In),
        ("before ", DateExpr::Before),
        ("until ", DateExpr::Until),
        ("till ", DateExpr::Until),
        ("after ", DateExpr::After),
        ("since ", DateExpr::Since),
    ];
    for (sign, bound) in signs {
        if let Some(rest) = text.strip_prefix(sign) {
            return Ok(bound(read_bound(rest)?));
        }
    }
    let bracketed = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let text = bracketed.map_or(text.as_str(), str::trim);
    let text = text.strip_prefix("from ").unwrap_or(text);
    if let Some(range) = half_of_year(text).or_else(|| short_years(text)) {
        return Ok(range);
    }
    let dotted = text.split_once("..").map(|(from, to)| (from, to.trim_start_matches('.')));
    let between = || text.strip_prefix("between ").and_then(|rest| rest.split_once(" and "));
    let worded = || [" to ", " until ", " till ", " - ", " – "].iter().find_map(|joint| text.split_once(joint));
    match dotted.or_else(between).or_else(worded).or_else(|| years(text)) {
        Some((from, to)) => read_range(from.trim(), to.trim()),
        None => read_period(text).map(DateExpr::In).or_else(|unread| {
            let dashed = ['-', '–'].iter().filter_map(|dash| text.split_once(*dash));
            let ranges = dashed.filter(|(from, to)| !from.trim().is_empty() && !to.trim().is_empty());
            ranges.filter_map(|(from, to)| read_range(from.trim(), to.trim()).ok()).next().ok_or(unread)
        }),
    }
}

/// `2001-2003`.
fn years(text: &str) -> Option<(&str, &str)> {
    text.split_once(['-', '–']).filter(|(from, to)| year(from).is_some() && year(to).is_some())
}

/// `1665-66`, `1665/66`: two digits that can be no month are a year of the same century.
fn short_years(text: &str) -> Option<DateExpr> {
    let (from, to) = text.split_once(['-', '–', '/'])?;
    let (from, short) = (year(from)?, number(to).filter(|short| to.len() == 2 && *short > 12)?);
    let to = from / 100 * 100 + short as i32;
    (to > from).then_some(DateExpr::Between(Period::Year(from), Period::Year(to)))
}

/// `first half of 2003`, `h1 2003`.
fn half_of_year(text: &str) -> Option<DateExpr> {
    let words: Vec<&str> = text.split(' ').filter(|word| !matches!(*word, "the" | "of")).collect();
    let (of, first) = match words.as_slice() {
        ["first", "half", of] | ["h1", of] | [of, "h1"] => (*of, 1),
        ["second" | "last", "half", of] | ["h2", of] | [of, "h2"] => (*of, 7),
        _ => return None,
    };
    let year = year(of)?;
    Some(DateExpr::Between(Period::Month(year, first), Period::Month(year, first + 5)))
}

/// What a date is before, after, or up to. Without a year it is the last that there was: `since march`.
pub(super) fn read_bound(text: &str) -> Result<Period, Unread> {
    read_period(text).or_else(|unread| {
        let words: Vec<String> = text.trim().to_lowercase().split(' ').map(plain_word).collect();
        let latest = recurring(&words.iter().map(String::as_str).collect::<Vec<_>>());
        latest.map(Period::Latest).ok_or(unread)
    })
}

/// A range, either end of which may be open. What the first date leaves out it takes from the second: `25 to 31 July
/// 2003`, `July to September 2003`.
fn read_range(from: &str, to: &str) -> Result<DateExpr, Unread> {
    let is_open = |end: &str| end.is_empty() || end == "*";
    match (is_open(from), is_open(to)) {
        (true, true) => Err(Unread::Unreadable),
        (true, false) => read_period(to).map(DateExpr::Until),
        (false, true) => read_period(from).map(DateExpr::Since),
        (false, false) => {
            let last = read_period(to)?;
            let tails = to.match_indices(' ').map(|(at, _)| format!("{from}{}", &to[at..]));
            let mut completed = tails.filter_map(|from| read_period(&from).ok());
            let first = read_period(from).or_else(|unread| completed.next().ok_or(unread))?;
            Ok(DateExpr::Between(first, last))
        }
    }
}

/// A stretch of days.
pub(super) fn read_period(text: &str) -> Result<Period, Unread> {
    let text = text.trim();
    if text.len() > LONGEST {
        return Err(Unread::Unreadable);
    }
    let text = kanji::in_figures(text).unwrap_or_else(|| text.to_lowercase());
    match numeric(&text) {
        Err(Unread::Unreadable) => {}
        read => return read,
    }
    let mut words: Vec<String> = Vec::new();
    for word in text.split([' ', ',']).filter(|word| !word.is_empty()) {
        // `twenty first` is one number, though `first` alone may be that of a week.
        let tens = words.pop_if(|last| ordinal(&format!("{last} {word}")).is_some());
        let tens = tens.map_or_else(|| word.to_owned(), |tens| format!("{tens}-{word}"));
        match (dual_year(word), numeric(word)) {
            (Some(year), _) => words.push(year.to_string()),
            (None, Ok(_)) => words.push(word.to_owned()),
            (None, Err(_)) if tens.contains('-') && ordinal(&tens).is_some() => words.push(tens),
            (None, Err(_)) => words.extend(word.split(['-', '_', '–']).filter(|part| !part.is_empty()).map(plain_word)),
        }
    }
    words.retain(|word| !matches!(word.as_str(), "of" | "the" | "in" | "on" | "de" | "le"));
    one_or_more(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The later of the years in `1665/6`, as years were written that began in March and are counted from January; that is
/// how archives print them.
fn dual_year(word: &str) -> Option<i32> {
    let (first, second) = word.split_once('/')?;
    let next = year(first)? + 1;
    let ending = (1..=2).contains(&second.len()) && next.to_string().ends_with(second);
    ending.then_some(next)
}

/// The word without its ordinal ending, apostrophe or full stop: `26th`, `year's`, `Sept.`.
fn plain_word(word: &str) -> String {
    let word = word.trim_end_matches('.').replace(['\'', '’'], "");
    let number = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending));
    match number.filter(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())) {
        Some(number) => number.to_owned(),
        None => word,
    }
}

/// A period in digits: `2003`, `2003-07`, `2003-07-26`, `20030726`, `2003-q3`, `2003-w30`, `1660s`, `26.7.2003`.
fn numeric(text: &str) -> Result<Period, Unread> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) || !text.is_ascii() {
        return Err(Unread::Unreadable);
    }
    if let Some(year) = year(text) {
        return Ok(Period::Year(year));
    }
    if let Some(decade) = text.strip_suffix("'s").or_else(|| text.strip_suffix('s')).and_then(year) {
        return match decade % 100 {
            0 => Ok(Period::Century(decade)),
            tens if tens % 10 == 0 => Ok(Period::Decade(decade)),
            _ => Err(Unread::Unreadable),
        };
    }
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return day(number(&text[..4]), number(&text[4..6]), number(&text[6..]));
    }
    // A time of day behind the date is passed over.
    let text = text.split_once('t').map_or(text, |(date, _)| date);
    if let Some((at, _)) = text.char_indices().find(|(at, c)| *at == 4 && matches!(c, 'q' | 'w')) {
        return part_of_year(&text[..at], &text[at..]);
    }
    let parts: Vec<&str> = text.splitn(4, ['-', '/', '.']).collect();
    match parts.as_slice() {
        [y, part] if year(y).is_some() && part.starts_with(['q', 'w']) => part_of_year(y, part),
        [y, m] if year(y).is_some() => month(number(y), number(m)),
        [m, y] if year(y).is_some() => month(number(y), number(m)),
        [y, m, d] if year(y).is_some() => day(number(y), number(m), number(d)),
        [a, b, y] if year(y).is_some() => day_and_month(number(a), number(b), number(y), text.contains('.')),
        _ => Err(Unread::Unreadable),
    }
}

/// `26/7/2003` and `7/26/2003` are one day only; `8/9/2003` is two. With full stops the day always comes first.
fn day_and_month(a: Option<u32>, b: Option<u32>, y: Option<u32>, day_first: bool) -> Result<Period, Unread> {
    match (day(y, b, a), day(y, a, b)) {
        (Ok(Period::Day(first)), Ok(Period::Day(second))) if first != second && !day_first => {
            Err(Unread::Ambiguous(first, second))
        }
        (Ok(read), _) => Ok(read),
        (unread, _) if day_first => unread,
        (_, read) => read,
    }
}

/// A year of four digits, from 1.
fn year(text: &str) -> Option<i32> {
    let four_digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|year| four_digits && *year >= 1)
}

/// A number of at most four digits.
fn number(text: &str) -> Option<u32> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

fn month(year: Option<u32>, month: Option<u32>) -> Result<Period, Unread> {
    let (year, month) = year.zip(month).ok_or(Unread::Unreadable)?;
    let first = i32::try_from(year).ok().and_then(|year| CivilDate::new(year, month, 1)).ok_or(Unread::Unreadable)?;
    Ok(Period::Month(first.year(), first.month()))
}

fn day(year: Option<u32>, of: Option<u32>, day: Option<u32>) -> Result<Period, Unread> {
    let whole_month = month(year, of)?;
    let (Period::Month(year, month), Some(day)) = (&whole_month, day) else { return Err(Unread::Unreadable) };
    let date = CivilDate::new(*year, *month, day);
    let exists = |date: &CivilDate| Calendar::Gregorian.day(*date).or(Calendar::Julian.day(*date)).is_some();
    date.filter(exists).map(Period::Day).ok_or(Unread::NoSuchDay(whole_month))
}

/// `q3` or `w30` of a year.
fn part_of_year(of: &str, part: &str) -> Result<Period, Unread> {
    let year = year(of).ok_or(Unread::Unreadable)?;
    let count = part.get(1..).and_then(number);
    match (part.as_bytes().first(), count) {
        (Some(b'q'), Some(quarter @ 1..=4)) => Ok(Period::Quarter(year, quarter)),
        (Some(b'w'), Some(week @ 1..=53)) => Ok(Period::Week(year, week)),
        _ => Err(Unread::Unreadable),
    }
}

/// A period in words, lower case, without `of` and `the`.
fn in_words(words: &[&str]) -> Result<Period, Unread> {
    if let Some(relative) = relative(words) {
        return Ok(relative);
    }
    match words {
        [] => Err(Unread::Unreadable),
        ["around" | "about" | "circa" | "ca" | "c" | "near", rest @ ..] => match one_or_more(rest)? {
            Period::Around(_) => Err(Unread::Unreadable),
            period => Ok(Period::Around(Box::new(period))),
        },
        ["week", "beginning" | "starting", rest @ ..] => week_of(one_or_more(rest)?),
        ["week", n, y] if year(y).is_some() => part_of_year(y, &format!("w{n}")),
        ["week", rest @ ..] => week_of(one_or_more(rest)?),
        [q, y] | [y, q] if q.starts_with('q') && year(y).is_some() => part_of_year(y, q),
        ["first", "quarter", y] => part_of_year(y, "q1"),
        ["second", "quarter", y] => part_of_year(y, "q2"),
        ["third", "quarter", y] => part_of_year(y, "q3"),
        ["fourth" | "last", "quarter", y] => part_of_year(y, "q4"),
        [nth, "week", rest @ ..] if look_up(&NthWeek::WORDS, nth).is_some() => {
            match (look_up(&NthWeek::WORDS, nth), one_or_more(rest)?) {
                (Some(nth), Period::Month(year, month)) => Ok(Period::MonthWeek(nth, year, month)),
                _ => Err(Unread::Unreadable),
            }
        }
        [third, rest @ ..] if look_up(&Third::WORDS, third).is_some() => third_of(third, rest),
        [nth, "century" | "c" | "cent"] => match number(nth) {
            Some(nth @ 1..=100) => Ok(Period::Century((nth as i32 - 1) * 100 + 1)),
            _ => Err(Unread::Unreadable),
        },
        _ => season(words).or_else(|| feast(words)).map_or_else(|| calendar_words(words), Ok),
    }
}

/// A period in words, or a single one in digits.
fn one_or_more(words: &[&str]) -> Result<Period, Unread> {
    match words {
        [one] => numeric(one).or_else(|_| in_words(words)),
        _ => in_words(words),
    }
}

fn third_of(word: &str, rest: &[&str]) -> Result<Period, Unread> {
    match (look_up(&Third::WORDS, word), one_or_more(rest)?) {
        (None, _) | (_, Period::Third(..) | Period::Around(_) | Period::Day(_)) => Err(Unread::Unreadable),
        (Some(third), whole) => Ok(Period::Third(third, Box::new(whole))),
    }
}

fn week_of(period: Period) -> Result<Period, Unread> {
    match period {
        Period::Day(date) => Ok(Period::WeekOf(date)),
        _ => Err(Unread::Unreadable),
    }
}

/// `today`, `yesterday`, `this week`, `last month`, `last 3 weeks`, `3 weeks ago`, `a year ago`, `last tuesday`.
fn relative(words: &[&str]) -> Option<Period> {
    const COUNTS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let unit = |word| look_up(&Unit::WORDS, word);
    let count = |word: &str| match COUNTS.iter().position(|each| *each == word) {
        Some(place) => u32::try_from(place + 1).ok(),
        None if matches!(word, "a" | "an") => Some(1),
        None => number(word).filter(|count| *count <= MOST_BACK),
    };
    match words {
        ["today" | "now"] => Some(Period::Ago(0, Unit::Day)),
        ["yesterday"] => Some(Period::Ago(1, Unit::Day)),
        ["a", "fortnight", "ago"] => Some(Period::Ago(2, Unit::Week)),
        ["a", "decade", "ago"] => Some(Period::Ago(10, Unit::Year)),
        ["last" | "past", "fortnight"] => Some(Period::Past(2, Unit::Week)),
        ["last" | "past", "decade"] => Some(Period::Past(10, Unit::Year)),
        ["last" | "previous", rest @ ..] if recurring(rest).is_some() => recurring(rest).map(Period::Last),
        ["latest" | "this", rest @ ..] if recurring(rest).is_some() => recurring(rest).map(Period::Latest),
        ["this", word] => Some(Period::Ago(0, unit(word)?)),
        ["last" | "previous", word] => Some(Period::Ago(1, unit(word)?)),
        ["past", word] => Some(Period::Past(1, unit(word)?)),
        ["last" | "past", n, word] => Some(Period::Past(count(n).filter(|n| *n > 0)?, unit(word)?)),
        [n, word, "ago"] => Some(Period::Ago(count(n)?, unit(word)?)),
        _ => None,
    }
}

/// `tuesday`, `march`, `summer`, `christmas`.
fn recurring(words: &[&str]) -> Option<Recurring> {
    let name = words.join(" ");
    let season = || named_season(&name).map(Recurring::Season);
    let feast = || named_feast(&name).map(Recurring::Feast);
    let month = || month_in_any_language(&name).map(Recurring::Month);
    season().or_else(feast).or_else(month).or_else(|| weekday(&name).map(Recurring::Weekday))
}

/// The season of this name.
pub(super) fn named_season(name: &str) -> Option<Season> {
    look_up(&Season::WORDS, name)
}

/// `winter 2003`, `2003 winter`.
fn season(words: &[&str]) -> Option<Period> {
    let (a, b) = if let [a, b] = words { (*a, *b) } else { return None };
    let of = |name, of| Some(Period::Season(named_season(name)?, year(of)?));
    of(a, b).or_else(|| of(b, a))
}

/// `christmas 2003`, `good friday 2003`, and the days that have a name of their own.
fn feast(words: &[&str]) -> Option<Period> {
    let (of, name) = words.split_last()?;
    let (year, name) = (year(of)?, name.join(" "));
    let day = named_day(&name).and_then(|(month, day)| CivilDate::new(year, month, day)).map(Period::Day);
    day.or_else(|| named_feast(&name).map(|feast| Period::Feast(feast, year)))
}

/// The day of a month: `26`, `second`.
fn day_number(word: &str) -> Option<u32> {
    number(word).or_else(|| ordinal(word))
}

/// `26 July 2003`, `July 26 2003`, `July 2003`, with the day of the week in front or without.
fn calendar_words(words: &[&str]) -> Result<Period, Unread> {
    let named = |word: &str| month_in_any_language(word).filter(|_| !word.is_empty());
    match words {
        [first, rest @ ..] if !rest.is_empty() && weekday(first).is_some() => one_or_more(rest),
        [m, y] if named(m).is_some() && year(y).is_some() => month(number(y), named(m)),
        [y, m] if named(m).is_some() && year(y).is_some() => month(number(y), named(m)),
        [d, m, y] if named(m).is_some() && year(y).is_some() => day(number(y), named(m), day_number(d)),
        [m, d, y] if named(m).is_some() && year(y).is_some() => day(number(y), named(m), day_number(d)),
        [y, m, d] if named(m).is_some() && year(y).is_some() => day(number(y), named(m), number(d)),
        _ => Err(Unread::Unreadable),
    }
}

/// The days of every year that have this name, month and day: `10-06`, `christmas`.
pub(super) fn read_days_of_year(text: &str) -> Vec<(u32, u32)> {
    if let Some(day) = read_day_of_year(text) {
        return vec![day];
    }
    let name = squeeze(text).to_lowercase().split(' ').map(plain_word).collect::<Vec<_>>().join(" ");
    let feast = || named_feast(&name).and_then(|feast| feast.days_of_year()).unwrap_or_default().to_vec();
    named_day(&name).map_or_else(feast, |day| vec![day])
}

/// A day and month without a year: `10-06`, `6 October`, `October 6`, `the sixth of October`.
pub(super) fn read_day_of_year(text: &str) -> Option<(u32, u32)> {
    let text = kanji::in_figures(text).unwrap_or_else(|| squeeze(text).to_lowercase());
    let words = text.split([' ', ',']).filter(|word| !matches!(*word, "" | "of" | "the"));
    let parts = words.flat_map(|word| match ordinal(word) {
        Some(day) => vec![day.to_string()],
        None => word.split(['-', '_']).filter(|part| !part.is_empty()).map(plain_word).collect(),
    });
    let parts: Vec<String> = parts.collect();
    let (a, b) = if let [a, b] = parts.as_slice() { (a, b) } else { return None };
    let (month, day) = match (month_in_any_language(a), month_in_any_language(b)) {
        (Some(month), None) => (month, number(b)?),
        (None, Some(month)) => (month, number(a)?),
        (None, None) if a.len() <= 2 && b.len() <= 2 => (number(a)?, number(b)?),
        _ => return None,
    };
    // 2000 had every day that any year has.
    let exists = CivilDate::new(2000, month, day).is_some_and(|date| Calendar::Gregorian.day(date).is_some());
    exists.then_some((month, day))
}

fn look_up<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    table.iter().find(|(each, _)| *each == word).map(|(_, value)| *value)
}
