//! What only the other lines of a page can settle about one of them.

use super::Page;
use crate::date::{Parts, Written, names, scan};
use crate::document::{Block, Dress};
use crate::plan::candidate::Candidate;
use crate::plan::context::{front_day, span_ends};
use crate::plan::outline;
use crate::plan::style::{Shape, Style};
use diary::{Calendar, CivilDate, Span, Weekday};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A month with no more days than this, from the first on, may be a list.
const FEWEST_DAYS: usize = 15;

/// The last day that every month has.
const SHORTEST_MONTH: u32 = 28;

/// `Día 31` is no longer.
const LONGEST_DAY: usize = 8;

/// Fewer such days below a month are chance.
const FEWEST_COUNTED: usize = 3;

/// Fewer days show no dress that a month may share.
const FEWEST_ALIKE: usize = 3;

/// So many blocks may stand between the heading of a chapter and its first day.
const MOTTO: usize = 12;

/// Fewer rows are no account.
const FEWEST_ROWS: usize = 3;

/// Fewer quoted dates are those of letters.
const FEWEST_QUOTED: usize = 20;

impl Page {
    /// Takes up what the lines around it make a date, and lets go of what they make none.
    pub(super) fn settle(&mut self, blocks: &[Block], path_hint: Parts) {
        outline::drop_parts(&mut self.candidates, blocks);
        self.settle_quotes();
        self.settle_tuesdays(blocks);
        self.years_of_days(blocks);
        self.days_of_the_republic(blocks);
        self.days_of_month(blocks, path_hint);
        self.settle_spans(blocks);
        self.settle_months();
        self.drop_hours(blocks);
        self.drop_accounts(blocks);
        self.months_as_days(blocks);
        self.settle_numbers(blocks, path_hint.month.is_some() && path_hint.day.is_none());
        self.count_days(blocks, path_hint);
        self.settle_memoranda(blocks);
        self.begin_at(blocks);
        self.settle_weekdays();
        self.posts_of_a_day(blocks);
    }

    /// Takes `Mar. 20` for a Tuesday where most days have a weekday, in no English, and no month beside it.
    fn settle_tuesdays(&mut self, blocks: &[Block]) {
        let word = |candidate: &Candidate| {
            let words = candidate.written.span.of(&blocks[candidate.block].text);
            names::plain(words.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default())
        };
        let bare = |candidate: &&Candidate| {
            let Written { first: Parts { month, day, .. }, weekday, .. } = candidate.written;
            weekday.is_some() && day.is_some() && month.is_none() && !names::is_english_weekday(&word(candidate))
        };
        if self.candidates.iter().filter(bare).count() * 2 <= self.candidates.len() {
            return;
        }
        for candidate in &mut self.candidates {
            let Written { first: Parts { year, month, day }, weekday, .. } = candidate.written;
            let named = word(candidate);
            let alone = year.is_none() && day.is_some() && month.is_some() && month == names::month(&named);
            if let Some(tuesday) = names::weekday(&named).filter(|_| alone && weekday.is_none()) {
                candidate.written.weekday = Some(tuesday);
                candidate.written.first.month = None;
            }
        }
    }

    /// Takes `DÍA 3.` for a day of the month where `DÍA 2 DE OCTUBRE.` stands above it, or the month itself. A sentence
    /// may begin like one of them: where a text goes on behind it, there must be several.
    fn days_of_month(&mut self, blocks: &[Block], path_hint: Parts) {
        let spanish =
            |block: &Block| names::plain(&block.text[..block.text.floor_char_boundary(6)]).starts_with("dia ");
        let named = self.candidates.iter().find(|candidate| {
            matches!(candidate.style.shape, Shape::Alone | Shape::Opening)
                && candidate.written.first.month.is_some()
                && spanish(&blocks[candidate.block])
        });
        let below = named.map(|candidate| (candidate.block, candidate.style));
        let month = || self.contexts.iter().find(|(_, parts)| parts.month.is_some() && parts.day.is_none());
        let above = || month().map(|(block, _)| *block).or_else(|| path_hint.month.map(|_| 0));
        let Some((first, style)) = below.or_else(|| Some((above()?, Style::plain(Dress::Plain, Shape::Alone)))) else {
            return;
        };
        let of_day = |(at, block): (usize, &Block)| {
            let text = &block.text;
            let mark = text.find(['.', ',', ':', '—']).filter(|end| *end <= LONGEST_DAY).unwrap_or(text.len());
            let day = scan::day_count(&text[..mark]).filter(|day| *day <= 31 && !block.chrome && spanish(block))?;
            let alone = !text[mark..].contains(char::is_alphanumeric);
            let (end, shape) = if alone { (text.len(), Shape::Alone) } else { (mark, Shape::Opening) };
            let written = Written {
                first: Parts { day: Some(day), ..Parts::default() },
                span: Span::new(0, end),
                ordinal: true,
                ..Written::default()
            };
            let rest = end + text[end..].find(char::is_alphanumeric).unwrap_or(0);
            let style = Style { dress: block.dress, indented: block.indented, shape, ..style };
            Some(Candidate { block: at, style, written, stamp: None, rest })
        };
        let days: Vec<Candidate> = blocks.iter().enumerate().skip(first).filter_map(of_day).collect();
        let alone = below.is_some_and(|(_, style)| style.shape == Shape::Alone);
        if alone || days.len() >= FEWEST_COUNTED {
            self.candidates.extend(days);
            self.candidates.sort_by_key(|candidate| candidate.block);
            self.candidates.dedup_by_key(|candidate| candidate.block);
        }
    }

    /// Lets go of dates in quotation marks, which are those of letters, unless nearly all dates stand so: then the diary is
    /// quoted as a whole.
    fn settle_quotes(&mut self) {
        let quoted = self.candidates.iter().filter(|candidate| candidate.style.quoted).count();
        if quoted < FEWEST_QUOTED || quoted * 4 < self.candidates.len() * 3 {
            self.candidates.retain(|candidate| !candidate.style.quoted);
        }
    }

    /// Takes `March 12, 1861--April 2, 1861` right above a date for what a chapter spans.
    fn settle_spans(&mut self, blocks: &[Block]) {
        let spans = |at: &usize| {
            let [span, below @ ..] = &self.candidates[*at..] else { return false };
            let Some(((first, last), next)) = span_ends(&blocks[span.block].text).zip(below.first()) else {
                return false;
            };
            let day = |parts: Parts| (parts.month, parts.day);
            let holds = |candidate: &Candidate| {
                let next = candidate.written.first;
                let ends = day(first) <= day(next) && (first.year < last.year || day(next) <= day(last));
                next.month.is_some() && ends
            };
            // A chapter holds the next day, right below it or below a motto, and those after it; but what it is about lies
            // between.
            let near = next.block - span.block <= 4 && holds(next);
            let held = || below.iter().take(FEWEST_ALIKE).filter(|next| holds(next)).count() == FEWEST_ALIKE;
            span.block + 1 == next.block || near || next.block - span.block <= MOTTO && held()
        };
        let found: Vec<usize> = (0..self.candidates.len()).filter(spans).map(|at| self.candidates[at].block).collect();
        for candidate in self.candidates.extract_if(.., |candidate| found.binary_search(&candidate.block).is_ok()) {
            self.contexts.push((candidate.block, Parts { day: None, ..candidate.written.first }));
        }
        self.contexts.sort_by_key(|(block, _)| *block);
    }

    /// Keeps months that open a paragraph as headings among days that do so in the same dress.
    fn settle_months(&mut self) {
        let month = |candidate: &Candidate| candidate.written.is_month();
        let months: Vec<Style> = self.candidates.iter().filter(|c| month(c)).map(|c| c.style).collect();
        let alike = |style: Style| self.candidates.iter().filter(|c| !month(c) && c.style == style).count();
        let kept: Vec<Style> = months.iter().copied().filter(|style| alike(*style) >= months.len().max(5)).collect();
        self.candidates.retain(|candidate| !month(candidate) || kept.contains(&candidate.style));
    }

    /// Lets go of years that are hours like those beside them: `2000` where `0800` is a heading of the same dress.
    fn drop_hours(&mut self, blocks: &[Block]) {
        let is_hour = |block: &&Block| {
            let text = block.text.trim();
            text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) && text < "2400" && &text[2..] < "60"
        };
        let early = blocks.iter().filter(|block| block.text.starts_with('0')).filter(is_hour);
        let early: HashSet<Dress> = early.map(|block| block.dress).collect();
        let hour = |at: usize| blocks.get(at).filter(is_hour).is_some_and(|block| early.contains(&block.dress));
        self.contexts.retain(|(at, _)| !hour(*at));
    }

    /// Lets go of the rows of an account, which end with an amount in a column of its own: `Aug. 27  2 pair drawers    1.42`.
    /// Between them one may lack it. Where most dates are such rows, they are what is kept there.
    fn drop_accounts(&mut self, blocks: &[Block]) {
        let is_row = |candidate: &Candidate| {
            let row = blocks[candidate.block].text.trim_end();
            let amount = row.rfind("  ").map(|gap| row[gap..].trim_start_matches([' ', '$', '£']));
            let figures = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            let parts = amount.and_then(|amount| amount.rsplit_once('.'));
            !row.contains('\n')
                && parts.is_some_and(|(whole, cents)| cents.len() == 2 && figures(&[whole, cents].concat()))
        };
        let rows: Vec<usize> = (0..self.candidates.len()).filter(|&at| is_row(&self.candidates[at])).collect();
        if rows.len() < FEWEST_ROWS || rows.len() * 2 > self.candidates.len() {
            return;
        }
        let between = rows.windows(2).filter(|pair| pair[1] - pair[0] == 2).map(|pair| pair[0] + 1);
        let dropped: HashSet<usize> = rows.iter().copied().chain(between).collect();
        let mut at = 0..self.candidates.len();
        self.candidates.retain(|_| at.next().is_some_and(|at| !dropped.contains(&at)));
    }

    /// Takes a month with its year for a heading where it is dressed as the days above it are, and text follows it, but none
    /// of its days.
    fn months_as_days(&mut self, blocks: &[Block]) {
        let mut days: HashMap<Style, Vec<usize>> = HashMap::new();
        for Candidate { block, style, written, .. } in &self.candidates {
            if style.shape == Shape::Alone && written.first.day.is_some() {
                days.entry(*style).or_default().push(*block);
            }
        }
        let heading = |(index, &(at, parts)): (usize, &(usize, Parts))| {
            let block = blocks.get(at).filter(|_| parts.year.is_some() && parts.month.is_some())?;
            let underscored = block.text.starts_with('_');
            let style = Style { underscored, indented: block.indented, ..Style::plain(block.dress, Shape::Alone) };
            days.get(&style)?.get(FEWEST_ALIKE - 1).filter(|third| **third < at)?;
            let below = self.candidates.partition_point(|candidate| candidate.block <= at);
            // The month under which the days above stand, said again.
            let (above, under) = (self.candidates.get(below.wrapping_sub(1))?, self.contexts[..index].last());
            let under = under.filter(|(block, _)| *block < above.block).and_then(|(_, parts)| parts.month);
            if above.written.first.month.is_none() && under == parts.month {
                return None;
            }
            let next = self.candidates.get(below);
            let month = self.contexts.get(index + 1).map_or(blocks.len(), |(block, _)| *block);
            let end = next.map_or(blocks.len(), |next| next.block).min(month);
            let of_month = |next: &Candidate| next.written.first.month.is_none_or(|month| parts.month == Some(month));
            let divided = next.is_some_and(|next| next.block == end && of_month(next));
            let says = |block: &Block| !block.chrome && block.text.contains(char::is_alphabetic);
            let told = !divided && blocks[at + 1..end.max(at + 1)].iter().any(says);
            let written = scan::scan(&block.text).filter(|_| told)?;
            Some(Candidate { block: at, style, rest: block.text.len(), written, stamp: None })
        };
        let months: Vec<Candidate> = self.contexts.iter().enumerate().filter_map(heading).collect();
        let taken: HashSet<usize> = months.iter().map(|month| month.block).collect();
        self.contexts.retain(|(at, _)| !taken.contains(at));
        self.candidates.extend(months);
        self.candidates.sort_by_key(|candidate| candidate.block);
    }

    /// Keeps numbers as days on a page of several months, and on one of a single month that nothing else divides: in order,
    /// and no mere list from one on.
    fn settle_numbers(&mut self, blocks: &[Block], of_month: bool) {
        let months = self.contexts.iter().filter(|(_, parts)| parts.month.is_some()).map(|(at, _)| *at);
        let (first, several) = months.fold((None, false), |(first, _), at| (first.or(Some(at)), first.is_some()));
        let first = first.or(of_month.then_some(0));
        let numbered = |candidate: &Candidate| candidate.style.shape == Shape::Numbered;
        let paragraphs = outline::numbered_paragraphs(blocks);
        self.candidates.retain(|candidate| !(numbered(candidate) && paragraphs.contains(&candidate.block)));
        self.count_on(blocks, several);
        let days = self.candidates.iter().filter(|candidate| numbered(candidate));
        let days: Vec<u32> = days.filter_map(|candidate| candidate.written.first.day).collect();
        if several && outline::are_lists(&days) {
            self.candidates.retain(|candidate| !numbered(candidate));
        }
        if !several {
            let counts = days.windows(2).all(|pair| pair[0] + 1 == pair[1]) && days.first() == Some(&1);
            let is_list = days.len() < 3 || counts && days.len() < FEWEST_DAYS;
            let divides = self.candidates.iter().all(numbered) && days.is_sorted();
            if is_list || !divides {
                self.candidates.retain(|candidate| !numbered(candidate));
            }
        }
        self.candidates.retain(|candidate| !numbered(candidate) || first.is_some_and(|first| first <= candidate.block));
    }

    /// Takes numbers for days where they count on from a date with a month: `Apr 13th. Left home.`, then `14. Hard rain.`
    /// Between two such dates all of them must, and on a page at least three; a list begins anew at one.
    /// Below a line that is a date and nothing else they begin with the next day and leave out none.
    /// Where months divide the page, only such count on that stand behind an article.
    fn count_on(&mut self, blocks: &[Block], divided: bool) {
        let mut counted: Vec<(usize, Style)> = Vec::new();
        let mut from: Option<(usize, u32)> = None;
        let mut at = 0;
        while at < self.candidates.len() {
            let Candidate { style, written, .. } = &self.candidates[at];
            if style.shape != Shape::Numbered {
                let opens = written.first.month.is_some();
                let last = written.last.unwrap_or(written.first).day;
                from = opens.then_some(at).zip(last).or(from.filter(|_| written.first.month.is_none()));
                at += 1;
                continue;
            }
            let numbers = self.candidates[at..].iter().take_while(|c| c.style.shape == Shape::Numbered).count();
            let run = &self.candidates[at..at + numbers];
            let days = run.iter().filter_map(|candidate| candidate.written.first.day);
            // Behind an article, a smaller one is of the next month.
            let led = run.iter().all(|candidate| is_led(candidate, blocks));
            // Below a line that is a date and nothing else, they leave out none, and a list begins at one.
            let apart = from
                .is_some_and(|(dated, _)| !matches!(self.candidates[dated].style.shape, Shape::Opening | Shape::Loose));
            let follows = |before: u32, day: u32| match apart {
                true => day == before + 1 || day == 1 && before >= SHORTEST_MONTH,
                false => before < day || led,
            };
            let is_list = apart && run.first().is_some_and(|first| first.written.first.day == Some(1));
            let onward = from.filter(|_| !is_list).is_some_and(|(_, before)| {
                days.scan(before, |before, day| Some(follows(std::mem::replace(before, day), day))).all(|on| on)
            });
            if let Some((dated, _)) = from.filter(|_| onward && (led || !divided)) {
                let style =
                    if apart { Style::plain(Dress::Plain, Shape::Opening) } else { self.candidates[dated].style };
                counted.extend((at..at + numbers).map(|index| (index, style)));
                counted.extend(apart.then_some((dated, style)));
            }
            at += numbers;
        }
        if counted.len() >= 3 {
            for (index, style) in counted {
                self.candidates[index].style = style;
            }
        }
    }

    /// Dates `Day 1`, `Day 2`, where nothing else does, from a day that is named in front of them or in the path.
    fn count_days(&mut self, blocks: &[Block], path_hint: Parts) {
        let counted = |(at, block): (usize, &Block)| {
            let number = scan::day_count(&block.text).filter(|_| !block.closed && !block.chrome)?;
            Some((at, number))
        };
        let counts: Vec<(usize, u32)> = blocks.iter().enumerate().filter_map(counted).collect();
        let Some(&(first, _)) = counts.first().filter(|_| counts.len() > 1) else { return };
        let named = front_day(&blocks[..first]).map(|(_, parts)| parts);
        let Some(start) = named.or(Some(path_hint).filter(|parts| parts.is_whole())) else { return };
        let date = |parts: Parts| CivilDate::new(parts.year?, parts.month?, parts.day?);
        let Some(start) = date(start).and_then(|date| Calendar::Gregorian.day(date)) else { return };
        // Where dates stand among them, those are the days.
        if self.candidates.iter().any(|candidate| candidate.block >= first) {
            return;
        }
        self.candidates.clear();
        for (block, number) in counts {
            let date = Calendar::Gregorian.civil(start.plus(i64::from(number) - 1));
            let text = &blocks[block].text;
            let written = Written {
                first: Parts::ymd(date.year(), date.month(), date.day()),
                repaired: false,
                span: Span::new(0, text.len()),
                ..Written::default()
            };
            let Block { dress, indented, .. } = blocks[block];
            let style = Style { indented, ..Style::plain(dress, Shape::Alone) };
            self.candidates.push(Candidate { block, style, written, stamp: None, rest: text.len() });
        }
    }

    /// Lets go of the dates of accounts and notes at the back of a pocket diary, which begin anew below a heading.
    fn settle_memoranda(&mut self, blocks: &[Block]) {
        const HEADS: &[&str] = &["memoranda", "memorandum", "memorandums", "cash account", "cash accounts", "accounts"];
        let heads = |block: &Block| {
            block.text.len() <= 20 && HEADS.contains(&names::plain(block.text.trim_matches([' ', '.', ':'])).as_str())
        };
        let mut dropped: Vec<Range<usize>> = Vec::new();
        // The month of the last date and the last month printed before a head, and how far both were looked for.
        let (mut written, mut printed, mut seen, mut seen_contexts) = (None, None, 0, 0);
        for at in (0..blocks.len()).filter(|&at| heads(&blocks[at])) {
            let next = self.contexts.partition_point(|(block, _)| *block <= at);
            let end = self.contexts.get(next).map_or(blocks.len(), |(block, _)| *block);
            let first = self.candidates.partition_point(|candidate| candidate.block < at).max(seen);
            let last = self.candidates.partition_point(|candidate| candidate.block < end);
            let month_of = |candidate: &Candidate| candidate.written.first.month;
            written = self.candidates[seen..first].iter().rev().find_map(month_of).or(written);
            printed = self.contexts[seen_contexts..next].iter().rev().find_map(|(_, parts)| parts.month).or(printed);
            (seen, seen_contexts) = (first, next);
            let begins = self.candidates.get(first).and_then(month_of);
            // After December, January goes on.
            let anew = begins > Some(1) && begins < written.max(printed);
            if anew && (last - first) * 4 <= first {
                dropped.push(first..last);
                seen = last;
            }
        }
        let mut index = 0..self.candidates.len();
        self.candidates.retain(|_| {
            let at = index.next().unwrap_or_default();
            let before = dropped.partition_point(|range| range.start <= at);
            !before.checked_sub(1).is_some_and(|range| dropped[range].contains(&at))
        });
    }

    /// Lets bare weekdays count from a day that is named in front of them: `A walk, begun on Thursday 3 October 1996`.
    fn begin_at(&mut self, blocks: &[Block]) {
        let Some(first) = self.candidates.first().filter(|candidate| candidate.written.is_weekday()) else { return };
        let front = first.block.min(blocks.len());
        let day = front_day(&blocks[..front]).filter(|_| self.contexts.iter().all(|(_, parts)| parts.day.is_none()));
        if let Some((at, parts)) = day {
            self.contexts.retain(|(block, _)| *block != at);
            self.contexts.push((at, parts));
            self.contexts.sort_by_key(|(block, _)| *block);
        }
    }

    /// Keeps bare weekdays as headings where they are a system: under weeks, or as often as dates. A date with nothing
    /// but weekdays under it is that of a week.
    fn settle_weekdays(&mut self) {
        let bare = |candidate: &Candidate| candidate.written.is_weekday();
        if !self.candidates.iter().any(bare) {
            return;
        }
        self.drop_weekdays_said_again(bare);
        let opens_week = |pair: &[Candidate]| {
            let date = &pair[0].written;
            !bare(&pair[0])
                && bare(&pair[1])
                && pair[0].block + 1 == pair[1].block
                && date.weekday.is_none()
                && date.first.month.is_some()
                && date.first.day.is_some()
                && pair[0].style.shape == Shape::Alone
        };
        let weeks: Vec<usize> =
            self.candidates.windows(2).filter(|pair| opens_week(pair)).map(|pair| pair[0].block).collect();
        for candidate in self.candidates.extract_if(.., |candidate| weeks.binary_search(&candidate.block).is_ok()) {
            self.contexts.push((candidate.block, candidate.written.first));
        }
        self.contexts.sort_by_key(|(block, _)| *block);
        let first = self.contexts.iter().find(|(_, parts)| parts.day.is_some()).map(|(block, _)| *block);
        let count = self.candidates.iter().filter(|candidate| bare(candidate)).count();
        let system = count >= 3 && count * 3 >= self.candidates.len();
        let of_week = |candidate: &Candidate| first.is_some_and(|first| first < candidate.block);
        let alone = |candidate: &Candidate| candidate.style.shape == Shape::Alone;
        let between = self.between_days(bare);
        let dressed = self.days_dressed_alike(bare);
        self.candidates.retain(|candidate| {
            !bare(candidate)
                || system && alone(candidate)
                || of_week(candidate)
                || dressed.contains(&candidate.style)
                || alone(candidate) && between.binary_search(&candidate.block).is_ok()
        });
    }

    /// Lets go of the weekdays that open their text right below the line of their date: `September 8, 1862.`, then
    /// `_Monday morning._ Our first night`. Below the first day of a week more of them follow.
    fn drop_weekdays_said_again(&mut self, bare: impl Fn(&Candidate) -> bool) {
        let below_date = |pair: &[Candidate]| {
            let (date, weekday) = (&pair[0], &pair[1]);
            let dated = date.style.shape == Shape::Alone && date.written.first.day.is_some();
            dated && bare(weekday) && weekday.style.shape == Shape::Opening && date.block + 1 == weekday.block
        };
        let pairs = self.candidates.windows(2).enumerate().filter(|(_, pair)| below_date(pair));
        let below: Vec<usize> = pairs.map(|(at, _)| at + 1).collect();
        let followed = below.iter().filter(|&&at| self.candidates.get(at + 1).is_some_and(&bare)).count();
        if followed * 2 < below.len() {
            let mut at = 0..self.candidates.len();
            self.candidates.retain(|_| at.next().is_some_and(|at| below.binary_search(&at).is_err()));
        }
    }

    /// The dress in which weekdays open their text as days of the month do: `_Tuesday, 27th._--Rain`, `_Thursday._--A fine
    /// morning`. Each must be met a few times.
    fn days_dressed_alike(&self, bare: impl Fn(&Candidate) -> bool) -> HashSet<Style> {
        let mut counts: HashMap<Style, [usize; 2]> = HashMap::new();
        for candidate in &self.candidates {
            let Style { dress, shape, underscored, .. } = candidate.style;
            let dressed = underscored || matches!(dress, Dress::Bold | Dress::Italic);
            let is_weekday = bare(candidate);
            if dressed && shape == Shape::Opening && (is_weekday || candidate.written.first.day.is_some()) {
                counts.entry(candidate.style).or_default()[usize::from(is_weekday)] += 1;
            }
        }
        counts.retain(|_, counts| counts.iter().all(|count| *count >= FEWEST_ALIKE));
        counts.into_keys().collect()
    }

    /// The blocks of bare weekdays for which the days around them leave room.
    fn between_days(&self, bare: impl Fn(&Candidate) -> bool) -> Vec<usize> {
        let is_day =
            |candidate: &Candidate| candidate.style.shape == Shape::Alone && candidate.written.first.day.is_some();
        let days: Vec<usize> = (0..self.candidates.len()).filter(|&at| is_day(&self.candidates[at])).collect();
        let written = |at: usize| &self.candidates[at].written;
        let has_room = |&at: &usize| {
            let next = days.partition_point(|day| *day < at);
            let around = next.checked_sub(1).and_then(|before| days.get(before)).zip(days.get(next));
            around.is_some_and(|(&before, &after)| leave_room(written(before), written(at), written(after)))
        };
        let weekdays = (0..self.candidates.len()).filter(|&at| bare(&self.candidates[at]));
        weekdays.filter(has_room).map(|at| self.candidates[at].block).collect()
    }
}

/// Whether a word leads to the number of a day: `El 9`.
fn is_led(candidate: &Candidate, blocks: &[Block]) -> bool {
    blocks[candidate.block].text[..candidate.written.span.start].contains(char::is_alphabetic)
}

/// Whether two days of one month leave room for a bare weekday between them: `Friday 4th`, `Sunday`, `9th`.
fn leave_room(before: &Written, weekday: &Written, after: &Written) -> bool {
    let Some(weekday) = weekday.weekday else { return false };
    let (Some(first), Some(last)) = (before.last.unwrap_or(before.first).day, after.first.day) else { return false };
    let one_month = after.first.month.is_none() || after.first.month == before.first.month;
    // From 1 to 7: how many days one weekday is behind another.
    let from = |one: Weekday, other: Weekday| (other as u32 + 6 - one as u32) % 7 + 1;
    one_month
        && (first + 2..=first + 8).contains(&last)
        && before.weekday.is_none_or(|one| first + from(one, weekday) < last)
        && after.weekday.is_none_or(|one| first + from(weekday, one) < last)
}
