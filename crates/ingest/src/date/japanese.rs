//! Japanese (and Chinese) dates: kanji numerals, imperial eras, days with names of their own.

use super::{Parts, Written};
use diary::{Span, Weekday, era, kanji_number};

/// Days that have names: New Year's Day, the first of a month, New Year's Eve.
const NAMED_DAYS: [(&str, Option<u32>, u32); 6] = [
    ("元旦", Some(1), 1),
    ("元日", Some(1), 1),
    ("大晦日", Some(12), 31),
    ("朔日", None, 1),
    ("朔", None, 1),
    ("ついたち", None, 1),
];

/// The date that a line begins with, where it is written with 年, 月 and 日.
pub(crate) fn scan(line: &str) -> Option<Written> {
    let start = line.find(|c: char| !c.is_whitespace() && !"「『（(［[【〔■□◆◇○●◎☆★※・　*_#".contains(c))?;
    let mut reader = Reader { line, at: start };
    let first = reader.date()?;
    let mut written = Written { first, ..Written::default() };
    let mut end = reader.at;
    if written.first.day.is_some() {
        if let Some(weekday) = reader.weekday() {
            written.weekday = Some(weekday);
            end = reader.at;
        }
        // Lists and ranges: 一月一日　二日　三日, 九月十一日―十月一日.
        while let Some(last) = reader.next_day() {
            written.last = Some(Parts {
                year: last.year.or(written.first.year),
                month: last.month.or(written.first.month),
                day: last.day,
            });
            end = reader.at;
            if reader.weekday().is_some() {
                end = reader.at;
            }
        }
    }
    written.span = Span::new(start, end);
    Some(written)
}

struct Reader<'a> {
    line: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.line[self.at..]
    }

    fn skip_spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, word: &str) -> bool {
        let there = self.rest().starts_with(word);
        self.at += if there { word.len() } else { 0 };
        there
    }

    fn eat_any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.eat(word))
    }

    /// Era, year, month and day, as many as there are; at least a month or a day.
    fn date(&mut self) -> Option<Parts> {
        let mut parts = Parts::default();
        let begin = self.at;
        if let Some(before) = self.era() {
            self.skip_spaces();
            let year = self.numeral()?;
            self.skip_spaces();
            if !self.eat("年") {
                return None;
            }
            parts.year = before.checked_add(i32::try_from(year).ok()?);
        } else {
            let before = self.at;
            match self.numeral() {
                Some(year @ 100..=9999) => {
                    self.skip_spaces();
                    if !self.eat_any(&["年", "년"]) {
                        return None;
                    }
                    // Years since the legendary first emperor: 二千六百年 is 1940.
                    let imperial = if (2500..=2700).contains(&year) { 660 } else { 0 };
                    parts.year = i32::try_from(year - imperial).ok();
                    // 一九二二年（大正十一年）
                    let here = self.at;
                    if self.eat_any(&["（", "("]) && !self.skip_era_in_brackets() {
                        self.at = here;
                    }
                }
                _ => self.at = before,
            }
        }
        self.skip_spaces();
        let before = self.at;
        if let Some(month) = self.month() {
            parts.month = Some(month);
            self.skip_spaces();
        } else {
            self.at = before;
        }
        let before = self.at;
        if let Some((month, day)) = self.day() {
            parts.month = parts.month.or(month);
            parts.day = Some(day);
        } else {
            self.at = before;
        }
        while self.at > begin && self.line[..self.at].ends_with(char::is_whitespace) {
            self.at -= self.line[..self.at].chars().next_back().map_or(1, char::len_utf8);
        }
        (self.at > begin && parts != Parts::default()).then_some(parts)
    }

    fn skip_era_in_brackets(&mut self) -> bool {
        self.era().is_some() && self.numeral().is_some() && self.eat("年") && self.eat_any(&["）", ")"])
    }

    fn month(&mut self) -> Option<u32> {
        if self.eat("正月") {
            return Some(1);
        }
        let month = self.numeral()?;
        self.skip_spaces();
        (self.eat_any(&["月", "월"]) && (1..=12).contains(&month)).then_some(month)
    }

    /// A day of the month, with the month where the day's name has one.
    fn day(&mut self) -> Option<(Option<u32>, u32)> {
        for (name, month, day) in NAMED_DAYS {
            let whole = self.at > 0 || self.rest().len() > name.len();
            if self.eat(name) {
                // "元旦，" begins a sentence.
                let goes_on = whole && self.rest().starts_with(['，', ',']);
                return (!goes_on).then_some((month, day));
            }
        }
        let day = self.numeral()?;
        self.skip_spaces();
        let unit = self.eat_any(&["日", "일", "号", "號"]);
        // 三日間, 五日ぶり and 二日目 count days, 三日月 is the moon.
        // 一日中 is all day long.
        let lasts = day == 1 && self.rest().starts_with('中');
        let counts = ["間", "ぶり", "目", "月", "後", "前", "程", "ほど", "ばかり", "以", "分"];
        // 二日月曜日 is a Monday.
        let counted = counts.iter().any(|word| self.rest().starts_with(word)) && !self.rest().starts_with("月曜");
        (unit && (1..=99).contains(&day) && !lasts && !counted).then_some((None, day))
    }

    /// （水）, (金曜日), 水曜日, after a day.
    fn weekday(&mut self) -> Option<Weekday> {
        let before = self.at;
        self.skip_spaces();
        // 星期五, 周五, as Chinese counts them; Sunday is 日 or 天.
        if self.eat_any(&["星期", "礼拜", "禮拜", "周", "週"]) {
            let counted = "一二三四五六日天".chars().position(|c| self.rest().starts_with(c));
            if let Some(index) = counted {
                self.at += '一'.len_utf8();
                return Weekday::try_from(index.min(6) as u8).ok();
            }
            self.at = before;
            return None;
        }
        let bracket = self.eat_any(&["（", "(", "〔", "[", "［"]);
        let weekday = "月火水木金土日"
            .chars()
            .position(|c| self.rest().starts_with(c))
            .and_then(|i| Weekday::try_from(i as u8).ok());
        if weekday.is_some() {
            self.at += '月'.len_utf8();
            let named = self.eat_any(&["曜日", "曜", "耀日"]);
            let closed = self.eat_any(&["）", ")", "〕", "]", "］"]);
            let noted = bracket && !closed && self.rest().starts_with(['、', '，', ',', ' ', '　', '・']);
            if named || bracket && closed || noted {
                return weekday;
            }
        }
        self.at = before;
        None
    }

    /// One more day of a list or range.
    fn next_day(&mut self) -> Option<Parts> {
        let before = self.at;
        self.skip_spaces();
        let joined = self.eat_any(&["―", "—", "–", "-", "～", "〜", "~", "、", "，", ",", "・", "より", "から", "　"])
            || self.at > before;
        self.skip_spaces();
        let month = {
            let here = self.at;
            self.month().or_else(|| {
                self.at = here;
                None
            })
        };
        if let Some((named, day)) = self.day().filter(|_| joined) {
            return Some(Parts { year: None, month: month.or(named), day: Some(day) });
        }
        self.at = before;
        None
    }

    fn era(&mut self) -> Option<i32> {
        let (before, behind) = era(self.rest())?;
        self.at = self.line.len() - behind.len();
        Some(before)
    }

    fn numeral(&mut self) -> Option<u32> {
        let (number, behind) = kanji_number(self.rest())?;
        self.at = self.line.len() - behind.len();
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eras_and_kanji() {
        for (line, first, last, weekday) in [
            ("昭和十七年十二月九日（水）", "1942-12-9", None, Some(Weekday::Wed)),
            ("平成13年12月21日(金曜日)", "2001-12-21", None, Some(Weekday::Fri)),
            ("十日（日）", "?-?-10", None, Some(Weekday::Sun)),
            ("　九月九日　晴、八代町", "?-9-9", None, None),
            ("一月一日（水曜）", "?-1-1", None, Some(Weekday::Wed)),
            ("正月元旦。", "?-1-1", None, None),
            ("二月朔。", "?-2-1", None, None),
            ("大正十一年六月一日", "1922-6-1", None, None),
            ("一九二二年（大正十一年）", "1922-?-?", None, None),
            ("十二月廿八日　曇", "?-12-28", None, None),
            ("2002 年 11 月", "2002-11-?", None, None),
            ("10月31日(水)", "?-10-31", None, Some(Weekday::Wed)),
            ("五月廿八日　廿九日　澄太居柊屋。", "?-5-28", Some("?-5-29"), None),
            ("九月十一日―十月一日", "?-9-11", Some("?-10-1"), None),
            ("平成元年一月八日", "1989-1-8", None, None),
        ] {
            let shown = |p: Parts| {
                let show = |n: Option<u32>| n.map_or("?".to_owned(), |n| n.to_string());
                format!("{}-{}-{}", p.year.map_or("?".to_owned(), |y| y.to_string()), show(p.month), show(p.day))
            };
            let written = scan(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(shown(written.first), first, "{line}");
            assert_eq!(written.last.map(shown).as_deref(), last, "{line}");
            assert_eq!(written.weekday, weekday, "{line}");
        }
        for line in ["五日ぶりに街へ", "十日の菊", "三日月", "私は一日中", "一日中雨が降り", "Friday", "3 eggs"]
        {
            assert!(scan(line).is_none_or(|w| w.span.end < line.len()), "{line}");
        }
    }
}
