//! Dates in the names of files and folders.

use super::{Parts, Written, names, scan, stamp};

/// What a path says of its date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PathDate {
    /// Year, month and day, as far as they are there.
    pub(crate) parts: Parts,
    /// The last day, where the name has a range.
    pub(crate) last: Option<Parts>,
    /// The words it was read from.
    pub(crate) written: String,
    /// Either of two numbers may be the month; the day is thought to be in front.
    ambiguous: bool,
    /// A number beside the name of its month: `04 April`.
    beside_name: bool,
    /// The two figures behind the year in a name that is nothing else: a month, or a week.
    numbered: Option<u32>,
    /// It begins with four figures that are taken for a year and a month, `0110`: one alone is a number.
    bare: bool,
}

/// So many names whose number is that of no month count weeks.
const FEWEST_WEEKS: usize = 3;

/// Reads names whose numbers may mean two things as the others of them must be read: `diary 03-01-2010`, `04 April`.
pub(crate) fn in_one_order<'a>(names: impl Iterator<Item = &'a mut PathDate>) {
    let mut names: Vec<&mut PathDate> = names.collect();
    if names.iter().filter(|name| name.beside_name).all(|name| name.parts.day == name.parts.month) {
        // Each has the number of its month.
        for name in names.iter_mut().filter(|name| name.beside_name) {
            name.parts.day = None;
        }
    }
    number_weeks(&mut names);
    if names.iter().filter(|name| name.bare).count() == 1 {
        names.iter_mut().filter(|name| name.bare).for_each(|name| **name = PathDate::default());
    }
    let leads = |name: &PathDate, part: Option<u32>| {
        let first = name.written.split(|c: char| !c.is_ascii_digit()).next().and_then(|first| first.parse().ok());
        !name.ambiguous && first.is_some() && first == part && name.parts.day > Some(12)
    };
    let month_first = names.iter().any(|name| leads(name, name.parts.month));
    let day_first = names.iter().any(|name| leads(name, name.parts.day));
    if month_first && !day_first {
        for name in names.into_iter().filter(|name| name.ambiguous) {
            name.parts = Parts { month: name.parts.day, day: name.parts.month, ..name.parts };
        }
    }
}

/// Takes `2024-07` for a week where there is a `2024-31`.
fn number_weeks(names: &mut [&mut PathDate]) {
    let numbers = || names.iter().filter_map(|name| name.numbered);
    if numbers().filter(|number| *number > 12).count() < FEWEST_WEEKS || numbers().any(|n| !(1..=53).contains(&n)) {
        return;
    }
    for name in names {
        let week = name.numbered.zip(name.parts.year).and_then(|(number, year)| ends_of_week(year, number));
        if let Some([monday, sunday]) = week {
            name.parts = monday;
            name.last = Some(sunday);
        }
    }
}

/// Reads a path in an archive, whose name may say the year that the path does not.
pub(crate) fn read_in(archive: &str, path: &str) -> PathDate {
    let own = read(path);
    let named =
        partial_name(&stem_words(archive)).filter(|_| own.parts.year.is_none() && whole_name(archive).is_none());
    named.map_or(own, |_| read(&format!("{archive}/{path}")))
}

/// Reads `2010/02/03/title.html`, `2003-12-19-title.md`, `10th April 1659.html`, `1998/1213-france.md`, `June_2004.html`,
/// `diary-old-1998-09.html`, `200211.html`, `1958.html`. The part nearest to the file wins.
pub(crate) fn read(path: &str) -> PathDate {
    let mut folders: Vec<&str> = path.split(['/', '!']).filter(|part| !part.is_empty()).collect();
    let file = folders.pop().unwrap_or_default();
    let stem = stem(file);
    whole_name(&stem)
        .or_else(|| under_folders(&folders, &stem))
        .or_else(|| folders.last().and_then(|folder| whole_name(&stem_words(folder))))
        .or_else(|| month_of_year(&folders, &stem))
        .or_else(|| partial_name(&stem))
        .or_else(|| folders.iter().rev().find_map(|folder| partial_name(&stem_words(folder))))
        .unwrap_or_default()
}

/// The file name without its extensions, `_` and `%20` read as spaces.
fn stem(file: &str) -> String {
    let mut name = file;
    while let Some((front, extension)) = name.rsplit_once('.') {
        let known = (2..=5).contains(&extension.len()) && extension.chars().all(|c| c.is_ascii_alphanumeric());
        if front.is_empty() || !known || extension.chars().all(|c| c.is_ascii_digit()) {
            break;
        }
        name = front;
    }
    stem_words(name)
}

fn stem_words(name: &str) -> String {
    let words = name.replace("%20", " ").replace(['_', '+'], " ");
    words.split(' ').filter(|word| !is_hash(word)).collect::<Vec<_>>().join(" ")
}

/// Whether a word of a name was made by a program: `7ac96051614f4c5d`, `3660dd90-0108-4799-8930-efc39b128eba`.
pub(crate) fn is_hash(word: &str) -> bool {
    let groups = || word.split('-').map(str::len);
    let long = word.len() >= 16 && !word.contains('-') || groups().eq([8, 4, 4, 4, 12]);
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    long && letters > 1 && word.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

fn from_written(written: &Written, stem: &str) -> PathDate {
    let text = written.span.of(stem).to_owned();
    PathDate {
        parts: written.first,
        last: written.last,
        written: text,
        ambiguous: written.ambiguous,
        ..PathDate::default()
    }
}

/// The week of `2022-W14`, from Monday to Sunday.
fn week(stem: &str) -> Option<PathDate> {
    let bytes = stem.as_bytes();
    let at = stem.find(['W', 'w']).filter(|at| *at >= 4)?;
    let start = stem.get(..at)?.trim_end_matches(['-', ' ']).len().checked_sub(4)?;
    let year = year(stem.get(start..start + 4)?)?;
    let figures = stem.get(at + 1..at + 3).and_then(|figures| small(figures, 53))?;
    let over = |at: usize| bytes.get(at).is_none_or(|b| !b.is_ascii_alphanumeric());
    let apart = start == 0 || over(start - 1);
    let [monday, sunday] = ends_of_week(year, figures)?;
    (apart && over(at + 3)).then(|| PathDate {
        parts: monday,
        last: Some(sunday),
        written: stem[start..at + 3].to_owned(),
        ..PathDate::default()
    })
}

/// The Monday and the Sunday of a numbered week.
pub(crate) fn ends_of_week(year: i32, number: u32) -> Option<[Parts; 2]> {
    let calendar = diary::Calendar::Gregorian;
    // The fourth of January is in the first week.
    let fourth = calendar.day(diary::CivilDate::new(year, 1, 4)?)?;
    let monday = fourth.plus(7 * (i64::from(number) - 1) - fourth.weekday() as i64);
    Some([0, 6].map(|days| {
        let date = calendar.civil(monday.plus(days));
        Parts::ymd(date.year(), date.month(), date.day())
    }))
}

/// A day, month and year in one name.
fn whole_name(stem: &str) -> Option<PathDate> {
    if let Some(week) = week(stem) {
        return Some(week);
    }
    if let Some(written) = scan::scan(stem).filter(|w| w.first.is_whole() && !w.short_year) {
        return Some(from_written(&written, stem));
    }
    // `2003_01_02`, its underscores read as spaces.
    let head = stem.get(..10).filter(|head| head.bytes().filter(|b| *b == b' ').count() == 2);
    if let Some((head, parts)) = head.and_then(|head| Some((head, stamp::iso(&head.replace(' ', "-"))?)))
        && parts.is_whole()
    {
        return Some(PathDate { parts, written: head.to_owned(), ..PathDate::default() });
    }
    // Anywhere in the name: `notes-2003-12-19`, `log 20031219`.
    let starts = stem
        .char_indices()
        .filter(|&(at, c)| c.is_ascii_digit() && !stem[..at].ends_with(|before: char| before.is_ascii_digit()));
    for (at, _) in starts {
        let end =
            stem[at..].find(|c: char| !(c.is_ascii_digit() || c == '-' || c == '.')).map_or(stem.len(), |n| at + n);
        let text = stem[at..end].trim_end_matches(['-', '.']);
        let cut =
            text.get(..10).filter(|cut| stamp::iso(cut).is_some_and(Parts::is_whole)).or_else(|| before_hour(text));
        if let Some(parts) = stamp::iso(cut.unwrap_or(text)).filter(|parts| parts.is_whole())
            && parts.year.is_some_and(|year| (1000..=2999).contains(&year))
        {
            return Some(PathDate { parts, written: cut.unwrap_or(text).to_owned(), ..PathDate::default() });
        }
    }
    scan::scan_within(stem).map(|written| from_written(&written, stem)).or_else(|| six_figures(stem))
}

/// The day of `2021030409`, with the hour behind it and no minutes; of our time, since numbers of ten figures are many.
fn before_hour(figures: &str) -> Option<&str> {
    let numbered = figures.len() == 10 && figures.bytes().all(|b| b.is_ascii_digit());
    let (day, hour) = figures.split_at_checked(8).filter(|_| numbered)?;
    let ours = ["19", "20"].iter().any(|century| day.starts_with(century));
    (ours && hour < "24").then_some(day)
}

/// The day of `970312`: year, month and day with two figures each, where they are no year and month.
fn six_figures(stem: &str) -> Option<PathDate> {
    let figures = stem.split(|c: char| !c.is_ascii_digit()).find(|figures| figures.len() == 6)?;
    let two = |at: usize| figures.get(at..at + 2);
    let (month, day) = (small(two(2)?, 12)?, small(two(4)?, 31)?);
    // No diary is of 2103: `210304` is a day of 2021.
    let is_month = year(&figures[..4]).is_some_and(|year| year < 2100) && small(two(4)?, 12).is_some();
    let parts = Parts::ymd(super::short_year(two(0)?.parse().ok()?), month, day);
    (!is_month).then(|| PathDate { parts, written: figures.to_owned(), ..PathDate::default() })
}

fn year(name: &str) -> Option<i32> {
    let number: i32 = (name.len() == 4).then(|| name.parse().ok()).flatten()?;
    (1400..=2999).contains(&number).then_some(number)
}

fn small(name: &str, most: u32) -> Option<u32> {
    let number: u32 = (1..=2).contains(&name.len()).then(|| name.parse().ok()).flatten()?;
    (1..=most).contains(&number).then_some(number)
}

fn month(name: &str) -> Option<u32> {
    small(name, 12).or_else(|| {
        let word: String = name.chars().skip_while(|c| !c.is_alphabetic()).collect();
        names::month(&names::plain(word.trim()))
    })
}

/// The day that the name of a folder is, or begins with: `25`, `25-snow`.
fn day(folder: &str) -> Option<u32> {
    let end = folder.find(|c: char| !c.is_ascii_digit()).unwrap_or(folder.len());
    let apart = folder[end..].is_empty() || folder[end..].starts_with(['-', '_', ' ']);
    small(&folder[..end], 31).filter(|_| apart)
}

/// A date spread over folders: year, month and day, the last perhaps at the head of the file name.
fn under_folders(folders: &[&str], stem: &str) -> Option<PathDate> {
    let at = folders.iter().rposition(|folder| year(folder).is_some())?;
    let year = year(folders[at])?;
    let head: String = stem.chars().take_while(char::is_ascii_digit).collect();
    let below = &folders[at + 1..];
    let written = |parts: Parts, written: String| Some(PathDate { parts, written, ..PathDate::default() });
    match (below.first().and_then(|folder| month(folder)), below.get(1).and_then(|folder| day(folder))) {
        (Some(month), Some(day)) => written(Parts::ymd(year, month, day), format!("{year}/{}/{}", below[0], below[1])),
        (Some(month), None) => match small(&head, 31) {
            Some(day) => written(Parts::ymd(year, month, day), format!("{year}/{}/{head}", below[0])),
            None => written(Parts { year: Some(year), month: Some(month), day: None }, format!("{year}/{}", below[0])),
        },
        (None, _) if below.is_empty() => {
            // `1998/1213-france`, `1998/12-13`, `2012/index`.
            let named = named_day(stem);
            let (month, day) = if named.is_some() {
                (None, None)
            } else if head.len() == 4 {
                (small(&head[..2], 12), small(&head[2..], 31))
            } else {
                let mut parts = stem.split(['-', ' ']);
                (parts.next().and_then(|m| small(m, 12)), parts.next().and_then(|d| small(d, 31)))
            };
            match ((month, day), named) {
                ((Some(month), Some(day)), _) => written(Parts::ymd(year, month, day), format!("{year}/{head}")),
                (_, Some((month, day))) => Some(PathDate {
                    parts: Parts::ymd(year, month, day),
                    written: format!("{year}/{stem}"),
                    beside_name: true,
                    ..PathDate::default()
                }),
                _ => partial_name(stem).filter(|found| found.parts.year.is_some()).or_else(|| {
                    let name = names::plain(stem.trim());
                    let month = names::month(&name).or_else(|| small(&head, 12).filter(|_| head.len() == stem.len()));
                    written(Parts { year: Some(year), month, day: None }, year.to_string())
                }),
            }
        }
        _ => written(Parts { year: Some(year), month: None, day: None }, year.to_string()),
    }
}

/// `Diary 1937/January`: a file that is a month, in a folder with a year in its name.
fn month_of_year(folders: &[&str], stem: &str) -> Option<PathDate> {
    let month = names::month(&names::plain(stem.trim())).or_else(|| small(stem.trim(), 12))?;
    let found = folders.last().and_then(|folder| partial_name(&stem_words(folder)))?;
    Some(PathDate { parts: Parts { month: Some(month), ..found.parts }, ..found })
}

/// The month and day of `jan01`, `03may`, `Jan 1`: a name of two parts, one of them a word.
fn named_day(stem: &str) -> Option<(u32, u32)> {
    let letters: String = stem.chars().filter(|c| c.is_alphabetic()).collect();
    let (head, tail) = stem.split_at(stem.find(|c: char| !c.is_alphabetic()).unwrap_or(stem.len()));
    let (month, day) = if head.is_empty() {
        let figures = stem.find(|c: char| !c.is_ascii_digit())?;
        (stem[figures..].trim_start_matches([' ', '-', '.']), &stem[..figures])
    } else {
        (head, tail.trim_start_matches([' ', '-', '.']))
    };
    let month = names::month(&names::plain(month)).filter(|_| letters == month)?;
    Some((month, small(day, 31)?))
}

/// A year, or a year and month, in one name.
fn partial_name(stem: &str) -> Option<PathDate> {
    let mut pieces: Vec<String> = Vec::new();
    for c in stem.chars() {
        let kind = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        match pieces.last_mut() {
            Some(piece) if piece.chars().next_back().is_some_and(|last| kind(last) == kind(c)) => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
    }
    pieces.retain(|piece| piece.chars().any(char::is_alphanumeric));
    let found = |year: i32, month: Option<u32>, written: String| {
        let parts = Parts { year: Some(year), month, day: None };
        let figures = stem.strip_prefix(&written).and_then(|rest| rest.strip_prefix('-'));
        let numbered = figures.filter(|figures| figures.len() == 2).and_then(|figures| figures.parse().ok());
        Some(PathDate { parts, written, numbered, ..PathDate::default() })
    };
    for (at, piece) in pieces.iter().enumerate() {
        if piece.len() == 6
            && piece.chars().all(|c| c.is_ascii_digit())
            && let (Some(year), Some(month)) = (year(&piece[..4]), small(&piece[4..], 12))
        {
            return found(year, Some(month), piece.clone());
        }
        // `02102002-02162002`, a week: either pair may be the month.
        let day =
            |piece: &String| piece.len() == 8 && small(&piece[..2], 31).is_some() && small(&piece[2..4], 31).is_some();
        let year_of = |piece: &String| Some(piece).filter(|piece| day(piece)).and_then(|piece| year(&piece[4..]));
        if let Some((named, next)) = year_of(piece).zip(pieces.get(at + 1).and_then(year_of))
            && (named..=named + 1).contains(&next)
        {
            return found(named, None, piece.clone());
        }
        let Some(year) = year(piece) else { continue };
        let after = pieces.get(at + 1);
        let before = at.checked_sub(1).and_then(|at| pieces.get(at));
        let named = |piece: Option<&String>| piece.and_then(|word| names::month(&names::plain(word)));
        let numbered = after.and_then(|piece| small(piece, 12).filter(|_| piece.len() == 2));
        let month = numbered.or(named(after)).or(named(before));
        return found(year, month, piece.clone());
    }
    // `diary0110`: year and month, two figures each.
    pieces.iter().find(|piece| piece.len() == 4).and_then(|piece| {
        let (year, month) = (piece.get(..2)?.parse::<u32>().ok()?, small(piece.get(2..)?, 12)?);
        let named = found(super::short_year(year), Some(month), piece.clone())?;
        Some(PathDate { bare: stem.starts_with(piece.as_str()), ..named })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (path, expect) in [
            ("2010/02/03/Hastings-Meeting.html", "2010-2-3"),
            ("2003-12-19-title.md", "2003-12-19"),
            ("_posts/2003-12-19.markdown", "2003-12-19"),
            ("10th April 1659.html", "1659-4-10"),
            ("23d August 1660.html", "1660-8-23"),
            ("1998/1213-france.md", "1998-12-13"),
            ("June_2004.html", "2004-6-?"),
            ("diary-old-1998-09.html", "1998-9-?"),
            ("200211.html", "2002-11-?"),
            ("1958.html", "1958-?-?"),
            ("archive-02102002-02162002.htm", "2002-?-?"),
            ("rusty/index-1999.html", "1999-?-?"),
            ("diary-aug2003.php", "2003-8-?"),
            ("2012/index.html", "2012-?-?"),
            ("diary0110.html", "2001-10-?"),
            ("2001/5/21_Week_Ten.html", "2001-5-21"),
            ("journal/2004/June/03.txt", "2004-6-3"),
            ("20031219.txt", "2003-12-19"),
            ("2003121909 Rain.md", "2003-12-19"),
            ("1602011210.json", "?-?-?"),
            ("journals/2003_12_19.md", "2003-12-19"),
            ("notes-2003-12-19.txt", "2003-12-19"),
            ("Diary 1937/January.txt", "1937-1-?"),
            ("1999/jan01.html", "1999-1-1"),
            ("1999/03-may.html", "1999-5-3"),
            ("1999/may.html", "1999-5-?"),
            ("02/03/x.html", "?-?-?"),
            ("chapter-12.xhtml", "?-?-?"),
            ("14860-0.txt", "?-?-?"),
            ("a.zip!2003/12/19.txt", "2003-12-19"),
            ("970312.txt", "1997-3-12"),
            ("log/diary 021130 b.txt", "2002-11-30"),
            ("Rain 7ac96051614f4c5d9a31aa45b2c3d4e5.md", "?-?-?"),
            ("entries/3660dd90-2003-4799-8930-efc39b128eba.json", "?-?-?"),
            ("weekly/2022-W14.md", "2022-4-4"),
            ("2020W53 notes.md", "2020-12-28"),
        ] {
            let Parts { year, month, day } = read(path).parts;
            let show = |n: Option<u32>| n.map_or("?".to_owned(), |n| n.to_string());
            let shown = format!("{}-{}-{}", year.map_or("?".to_owned(), |y| y.to_string()), show(month), show(day));
            assert_eq!(shown, expect, "{path}");
        }
    }
}
