//! The words of a date: weekdays, feasts, small words between its parts, and headings that count from the one before.

use super::numbered::roman;
use super::{DASHES, Reader};
use crate::date::token::{Kind, Token};
use crate::date::{Parts, names, words};
use diary::Weekday;
use smallvec::SmallVec;

impl Reader<'_> {
    /// `Same day, evening`, `Next day`.
    pub(super) fn days_on(&mut self) -> bool {
        let words = || self.tokens[self.at..].iter().map_while(Token::word);
        let Some(first) = words().next() else { return false };
        let fits = |name: &str| name.split(' ').eq(words().take(name.split(' ').count()));
        let Some((name, days)) = words::DAYS_ON.iter().find(|(name, _)| name.starts_with(first) && fits(name)) else {
            return false;
        };
        self.found.days_on = Some(*days);
        self.take(name.split(' ').count());
        let joined = usize::from(self.peek(0).is_some_and(|token| token.is_mark(&[','])));
        let part = self.peek(joined).and_then(Token::word).is_some_and(|word| words::PARTS_OF_DAY.contains(&word));
        if part && self.closes(joined + 1) {
            self.take(joined + 1);
        }
        true
    }

    /// The letter of a weekday beside a day, as calendars print it: `F 1`, `1 F  Rain`.
    pub(super) fn weekday_letter(&self, ahead: usize) -> bool {
        let Some(token) = self.peek(ahead) else { return false };
        let letter = &self.line[token.start..token.end];
        letter.len() == 1 && "MTWFSDLJVR".contains(letter)
    }

    /// `F 1` at the beginning of a line, with nothing or a mark behind.
    pub(super) fn lettered_day(&mut self) -> bool {
        let day = match self.peek(1).map(|token| &token.kind) {
            Some(&Kind::Number { value: day @ 1..=31, figures: 1..=2, odd: false, .. }) => day,
            _ => return false,
        };
        let alone = self.end == 0 && self.weekday_letter(0) && self.closes(2);
        let spaced = self.peek(1).is_some_and(|token| token.space_before);
        if alone && spaced {
            self.found.first.day = Some(day);
            self.take(2);
        }
        alone && spaced
    }

    /// Whether a day and the name of a month stand `ahead`: `26 feb`, `3. Mai`, `4 de marzo`.
    fn opens_day(&self, ahead: usize) -> bool {
        let day = self.peek(ahead).and_then(Token::number).is_some_and(|day| (1..=31).contains(&day));
        let between = |token: &Token| token.is_mark(&['.']) || token.word() == Some("de");
        let month = ahead + 1 + usize::from(self.peek(ahead + 1).is_some_and(between));
        day && self.peek(month).and_then(Token::word).and_then(names::month).is_some()
    }

    /// Whether the first of the two words of an Irish month stands `ahead`: `Meán Fómhair`, `Deireadh Fómhair`.
    pub(super) fn is_half_month(&self, ahead: usize) -> bool {
        let word = |ahead| self.peek(ahead).and_then(Token::word);
        matches!(word(ahead), Some("mean" | "deireadh")) && word(ahead + 1) == Some("fomhair")
    }

    /// Whether the word here is the title of someone: `Gen. Lee`, `Maj.-Gen. Meade`, `Kilpatrick, Gen., 22`.
    pub(super) fn is_title(&self) -> bool {
        let joined = usize::from(self.peek(2).is_some_and(|token| token.is_mark(DASHES)));
        let (stop, name) = (self.peek(1), self.peek(2 + joined));
        let capital = |token: &Token| self.line[token.start..].starts_with(char::is_uppercase);
        let named = name.filter(|token| capital(token)).and_then(Token::word);
        // "Maj., 36" of an index.
        let listed = name.is_some_and(|token| token.is_mark(&[',']));
        let named = named.is_some_and(|word| names::weekday(word).is_none());
        stop.is_some_and(|token| token.is_mark(&['.'])) && (named || listed)
    }

    pub(super) fn weekday(&mut self) -> bool {
        let named = |ahead| self.peek(ahead).and_then(Token::word);
        // "Hydref 20. Dydd Iau."
        if self.end > 0 && named(0) == Some("dydd") && named(1).and_then(names::weekday).is_some() {
            self.at += 1;
        }
        let Some(word) = self.peek(0).and_then(Token::word) else { return false };
        let pointed = self.peek(1).is_some_and(|token| token.is_mark(&['.', ',']));
        // "1 Su. Rain", though not "13th. So, it being high day".
        let cut = self.peek(1).is_some_and(|token| token.is_mark(&['.'])) && !self.after_stop();
        let beside = cut && self.line[self.tokens[self.at].start..].starts_with(char::is_uppercase);
        let figures = self.end == 0 && self.opens_in_figures(1);
        // "30.11.1939 to"
        let last = self.found.first.is_whole() && self.peek(1).is_none();
        // "di 20"
        let alone =
            self.at == 0 && self.peek(1).is_some_and(|token| token.number().is_some()) && self.peek(2).is_none();
        let beside = pointed && (self.found.first.day.is_none() || beside);
        let placed = beside || figures || last || alone || self.end == 0 && self.at == 0 && self.opens_day(1);
        let in_brackets = self.at > 0 && self.tokens[self.at - 1].is_mark(&['(', '（', '[']);
        let exact = names::weekday(word)
            .or_else(|| in_brackets.then(|| names::weekday_sign(word)).flatten())
            .or_else(|| names::short_weekday(word).filter(|_| placed || in_brackets && self.closes_bracket()));
        let near_date = self.found.first.day.is_some() || self.peek(1).is_some();
        let weekday = exact.or_else(|| names::misspelt_weekday(word).filter(|_| near_date));
        let Some(weekday) = weekday else { return false };
        let dated = self.found.first.day.is_some();
        let late = dated && (self.after_stop() || word.len() <= 4);
        // "Le 3 mars 1650, mon fils": behind a comma a short word must be closed.
        let marks: &[char] = if word.len() <= 4 { &['(', '[', '_'] } else { &['(', '[', '_', ','] };
        let behind = |marks: &[char]| self.at > 0 && self.tokens[self.at - 1].is_mark(marks);
        // "[2014-01-17 Fri 18:15] Walk"
        let timed = matches!(self.peek(1).map(|token| &token.kind), Some(Kind::Number { .. }))
            && self.peek(2).is_some_and(|token| token.is_mark(&[':']));
        // "11th. “Wednesday,” she said"
        let spoken = dated && behind(&['“', '„', '«', '"']);
        if self.found.weekday.is_some() || spoken || late && !behind(marks) && !self.closes(1) && !timed {
            return false;
        }
        self.found.weekday = Some(weekday);
        self.found.repaired |= exact.is_none();
        self.take(1);
        self.second_weekday();
        // "Friday night. Dec. 2d"
        let part = self.peek(0).and_then(Token::word).is_some_and(|word| words::PARTS_OF_DAY.contains(&word));
        self.at += usize::from(part && self.closes(1) && self.peek(1).is_some());
        // Portuguese "segunda-feira".
        if self.peek(0).is_some_and(|t| t.is_mark(DASHES)) && self.peek(1).and_then(Token::word) == Some("feira") {
            self.take(2);
        }
        true
    }

    /// Whether the word here is the last in its brackets: `(пт.)`
    fn closes_bracket(&self) -> bool {
        let stop = usize::from(self.peek(1).is_some_and(|token| token.is_mark(&['.'])));
        self.peek(1 + stop).is_some_and(|token| token.is_mark(&[')', ']', '）']))
    }

    /// `& Sun.` between a weekday and its day: `Sat. & Sun. 4th & 5th May`; or what an editor says it was: `Friday
    /// [Saturday] 2nd Feby`.
    fn second_weekday(&mut self) {
        let corrected = self.peek(1).and_then(Token::word).and_then(names::full_weekday);
        let bracketed = |ahead: usize, mark: char| self.peek(ahead).is_some_and(|token| token.is_mark(&[mark]));
        if corrected.is_some() && bracketed(0, '[') && bracketed(2, ']') {
            self.found.weekday = corrected;
            self.take(3);
            return;
        }
        let stop = |ahead: usize| usize::from(self.peek(ahead).is_some_and(|token| token.is_mark(&['.'])));
        let at = stop(0);
        let joins = self.peek(at).is_some_and(|token| {
            token.is_mark(&['&', '/', '+', '-', '–'])
                || token.word().is_some_and(|word| matches!(word, "and" | "to" | "und" | "et" | "y"))
        });
        let weekday = self.peek(at + 1).and_then(Token::word).is_some_and(|word| names::weekday(word).is_some());
        let behind = at + 2 + stop(at + 2);
        let marks = (behind..).take_while(|&at| self.peek(at).is_some_and(|token| token.is_mark(&[',', '_', '*'])));
        let next = behind + marks.take(2).count();
        let dated = self.peek(next).is_some_and(|token| token.number().is_some()) || self.month_at(next).is_some();
        if joins && weekday && dated && self.found.first.day.is_none() {
            self.take(at + 2);
        }
    }

    /// Whether a date in figures stands `ahead`: `04.03.`, `4.III.1873`, `1900-03-04`, `4-3-73`. Not `20-21, 1804`.
    pub(super) fn opens_in_figures(&self, ahead: usize) -> bool {
        let tight = |ahead: usize| self.peek(ahead).is_some_and(|token| !token.space_before);
        let dashed = |ahead: usize| self.peek(ahead).is_some_and(|token| token.is_mark(&['-']) && tight(ahead));
        let mark = self.peek(ahead + 1).is_some_and(|token| token.is_mark(&['.', '/']))
            || dashed(ahead + 1) && dashed(ahead + 3);
        let month = match self.peek(ahead + 2).map(|token| &token.kind) {
            Some(Kind::Number { value, .. }) => *value <= 12,
            Some(Kind::Word(word)) => roman(word).is_some_and(|month| month <= 12),
            _ => false,
        };
        let number = self.peek(ahead).is_some_and(|token| token.number().is_some());
        number && mark && month && tight(ahead + 1) && tight(ahead + 2)
    }

    pub(super) fn lords_day(&mut self) -> bool {
        let Some(word) = self.peek(0).and_then(Token::word) else { return false };
        if !matches!(word, "lord" | "lords" | "lordes") || self.found.weekday.is_some() {
            return false;
        }
        for ahead in 1..=4 {
            match self.peek(ahead).map(|token| &token.kind) {
                Some(Kind::Word(word)) if word == "day" => {
                    self.found.weekday = Some(Weekday::Sun);
                    self.take(ahead + 1);
                    return true;
                }
                Some(Kind::Word(word)) if word == "s" => {}
                Some(Kind::Mark('\'' | '’' | '‘' | '-' | '‐' | '‑')) => {}
                _ => return false,
            }
        }
        false
    }

    pub(super) fn feast(&mut self) -> bool {
        if self.found.feast.is_some() {
            return false;
        }
        let mut words: SmallVec<[&str; 8]> = SmallVec::new();
        let mut places: SmallVec<[usize; 8]> = SmallVec::new();
        for ahead in 0..8 {
            match self.peek(ahead).map(|token| &token.kind) {
                Some(Kind::Word(word)) => {
                    words.push(word.as_str());
                    places.push(ahead);
                }
                Some(Kind::Mark('\'' | '’' | '-' | '‐' | '‑')) => {}
                Some(Kind::Mark('.')) if words[..] == ["st"] => {}
                _ => break,
            }
        }
        let found = names::feast(&words);
        drop(words);
        let Some((feast, count, weekday)) = found else { return false };
        let ahead = places[count - 1] + 1;
        // "23rd. St. George's day and Coronacion": behind a day, a feast that nothing closes is the text.
        if self.found.first.day.is_some() && !self.closes(ahead) {
            return false;
        }
        self.found.feast = Some(feast);
        if self.found.weekday.is_none() {
            self.found.weekday = weekday;
        }
        self.take(ahead);
        true
    }

    /// `4th do.`, `5th inst.`, `7 detto`: the month is that of the day before.
    pub(super) fn same_month(&mut self) -> bool {
        const SAME: &[&str] =
            &["do", "ditto", "inst", "instant", "detto", "dito", "ejusdem", "eiusdem", "hujus", "huius", "currentis"];
        let said = self.peek(0).and_then(Token::word).is_some_and(|word| SAME.contains(&word));
        // "On the 8th inst. the judge" tells of a day.
        let told = self.tokens.first().and_then(Token::word) == Some("on");
        let same =
            said && !told && self.found.first.day.is_some() && self.found.first.month.is_none() && self.closes(1);
        if same {
            self.found.ordinal = true;
            self.take(1);
        }
        // Behind a stop begins the text: "23d ditto. December 2nd cannot come too soon".
        same && !self.peek(0).is_some_and(|token| token.is_mark(&['.']))
    }

    /// Whether the word here says which part of its weekday is meant, before the date: `Thursday night February 16th`.
    fn part_of_weekday(&self) -> bool {
        let is_part = |word: &str| words::PARTS_OF_DAY.contains(&word);
        let goes_on = |ahead: usize| self.month_at(ahead).is_some_and(|(_, bad)| !bad) || self.opens_day(ahead);
        let at = (1..4).find(|&ahead| !self.peek(ahead).is_some_and(|token| matches!(token.kind, Kind::Mark(_))));
        let behind = self.found.weekday.is_some() && self.found.first == Parts::default();
        behind && self.peek(0).and_then(Token::word).is_some_and(is_part) && at.is_some_and(goes_on)
    }

    /// Connecting words, and those that say which part of a month.
    pub(super) fn small_word(&mut self) -> bool {
        let Some(word) = self.peek(0).and_then(Token::word) else { return false };
        let begun = self.end > 0;
        // "2003. gada 2. janvāris", "2003 թ. հունվարի 3", "2003 ж. 5 қаңтар", "2003ko urtarrilaren 3a"
        let of_year = matches!(word, "gada" | "թ" | "ж" | "ko");
        if of_year && self.found.first.year.is_some() && self.found.first.month.is_none() {
            self.take(1);
            return true;
        }
        // "4 มกราคม ค.ศ. 2003"
        let thai = matches!(word, "ค" | "พ") && self.peek(2).and_then(Token::word) == Some("ศ");
        if thai && self.found.first.month.is_some() {
            self.at += 3;
            return true;
        }
        let part =
            ["early", "mid", "late", "mitte", "anfang", "ende", "debut", "fin", "mi", "middle", "beginning", "end"];
        if !begun && part.contains(&word) {
            let month = (1..4).find(|&ahead| self.month_at(ahead).is_some_and(|(_, bad)| !bad));
            let between = |ahead: usize| {
                self.peek(ahead).is_some_and(|t| matches!(t.word(), Some("of" | "de" | "the")) || t.is_mark(DASHES))
            };
            if month.is_some_and(|at| {
                (1..at).all(between) && self.peek(at + 1).is_none_or(|t| t.number().is_none_or(|n| n > 31))
            }) {
                self.found.vague = Some(match word {
                    "early" | "anfang" | "debut" | "beginning" => 5,
                    "late" | "ende" | "fin" | "end" => 25,
                    _ => 15,
                });
                self.take(month.unwrap_or(1));
                return true;
            }
            return false;
        }
        let joins = [
            "of", "ye", "de", "del", "den", "do", "da", "di", "li", "d", "the", "la", "le", "ils", "van", "o", "am",
            "dydd", "yr", "anno", "ad", "domini", "nam", "ce", "el", "il", "addi", "adi", "dia",
        ];
        // "Martes a 4 de marzo", though not "Friday a 12 mile walk".
        let on = word == "a" && self.opens_day(1);
        let the = usize::from(self.peek(1).and_then(Token::word) == Some("the"));
        let next_is_part = word == "anno" && self.peek(1).and_then(Token::word) == Some("domini")
            || self.peek(1 + the).is_some_and(|token| token.number().is_some())
            || self.is_numbered_month(1 + the)
            || self.ordinal_at(1 + the).is_some() && begun
            || self.month_at(1).is_some_and(|(_, bad)| !bad)
            || self.peek(1).and_then(Token::word).is_some_and(|word| names::weekday(word).is_some() && !begun);
        // "d'abril", "dell'agosto".
        let elided = self.peek(1).is_some_and(|token| token.is_mark(&['\'', '’']))
            && begun
            && matches!(word, "d" | "dell" | "l")
            && self.month_at(2).is_some_and(|(_, bad)| !bad);
        // "Onsdagen d. 8."
        let cut = word == "d"
            && self.peek(1).is_some_and(|token| token.is_mark(&['.']))
            && self.peek(2).is_some_and(|token| token.number().is_some());
        // "The third day of May".
        let day_of = word == "day"
            && begun
            && self.peek(1).and_then(Token::word) == Some("of")
            && self.month_at(2).is_some_and(|(_, bad)| !bad);
        // "A 4 días del mes de febrero"
        let of_month = begun
            && match self.peek(1).and_then(Token::word) {
                Some("del" | "de") => matches!(word, "dias" | "mes"),
                Some("mes") => word == "del",
                _ => false,
            };
        let of_day = self.part_of_weekday();
        let joined = joins.contains(&word) && next_is_part || on || elided || cut || day_of || of_month || of_day;
        if joined {
            self.at += 1 + the + usize::from(elided || cut || day_of);
        }
        // Spanish and French "de l'an", "del año" before the year are passed over as well.
        joined
    }
}
