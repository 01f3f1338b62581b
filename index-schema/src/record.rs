//! The stored shapes: an entry inside the index, and the names beside it.
//!
//! These types are what stands on disk and nothing else; [`StoredEntry::from`] and [`StoredEntry::into_entry`] lead from
//! and to the nouns.

use diary::{
    Block, BlockKind, Calendar, CivilDate, Day, DaySpan, Entry, EntryDate, EntryId, Facet, Link, Mention, MentionState,
    Precision, SourceRef, Span, Visibility, slug,
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// An entry as the index keeps it.
///
/// Names are short, since every entry says them, and what follows from something else that stands here is left out: it is
/// the text that an index should be made of. Places are told by how far each begins after the end of the one before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredEntry<'e> {
    #[serde(rename = "i", borrow)]
    id: Cow<'e, str>,
    /// What the id of the entry before it in time, in its archive, has after the name of the archive.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    previous: Option<Cow<'e, str>>,
    /// The same of the entry after it.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    next: Option<Cow<'e, str>>,
    #[serde(rename = "d")]
    date: StoredDate<'e>,
    #[serde(rename = "h", default, skip_serializing_if = "str::is_empty")]
    heading: Cow<'e, str>,
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    title: Option<Cow<'e, str>>,
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    author: Option<Cow<'e, str>>,
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    lang: Option<Cow<'e, str>>,
    #[serde(rename = "x")]
    text: Cow<'e, str>,
    /// The place of its kind in [`BlockKind::ALL`], distance, length.
    #[serde(rename = "b", default, skip_serializing_if = "Vec::is_empty")]
    blocks: Vec<(usize, isize, usize)>,
    /// Distance, length, target.
    #[serde(rename = "k", default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<(isize, usize, Cow<'e, str>)>,
    #[serde(rename = "g", default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<Cow<'e, str>>,
    /// Path, line, start, length.
    #[serde(rename = "s")]
    sources: Vec<(Cow<'e, str>, usize, usize, usize)>,
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    anchor: Option<Cow<'e, str>>,
    #[serde(rename = "v", default, skip_serializing_if = "is_false")]
    private: bool,
    #[serde(rename = "w", default, skip_serializing_if = "is_false")]
    sensitive: bool,
    #[serde(rename = "m", default, skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<StoredMention<'e>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct StoredDate<'e> {
    /// First day by number, and how many days more.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    days: Option<(i64, i64)>,
    /// A day where nothing is said.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    precision: Option<Cow<'e, str>>,
    /// The Gregorian where nothing is said.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    calendar: Option<Cow<'e, str>>,
    /// The heading where nothing is said.
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    written: Option<Cow<'e, str>>,
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    agrees: Option<bool>,
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    other: Option<i64>,
    #[serde(rename = "i", default, skip_serializing_if = "is_false")]
    inferred: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct StoredMention<'e> {
    /// Distance, length.
    #[serde(rename = "p")]
    place: (isize, usize),
    #[serde(rename = "t", default, skip_serializing_if = "is_false")]
    in_title: bool,
    /// A project; a person where it is none.
    #[serde(rename = "j", default, skip_serializing_if = "is_false")]
    is_project: bool,
    /// The words as written, where they are not those at its place.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    form: Option<Cow<'e, str>>,
    /// Where it is not the words as written.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    name: Option<Cow<'e, str>>,
    /// Where it is not what its name makes it.
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    key: Option<Cow<'e, str>>,
    /// The place of its state in [`STATES`].
    #[serde(rename = "s")]
    state: usize,
    #[serde(rename = "w")]
    why: Cow<'e, str>,
}

const STATES: [MentionState; 4] =
    [MentionState::Confirmed, MentionState::Linked, MentionState::Unresolved, MentionState::Suggested];

/// A person or project as the index knows it, with every name it goes by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredConcept {
    /// The facet's name.
    pub facet: String,
    /// The facet value.
    pub key: String,
    /// The name shown.
    pub label: String,
    /// Names that may be shown and names that may only be found, the shown one left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Names that are never shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<String>,
    /// Keys of wider concepts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub broader: Vec<String>,
    /// How many entries name it.
    pub entries: u64,
    /// The state of its surest mention.
    pub state: String,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// How far each of some places begins after the end of the one before.
struct Distances {
    end: usize,
}

impl Distances {
    fn new() -> Self {
        Self { end: 0 }
    }

    fn to(&mut self, span: Span) -> isize {
        span.start.wrapping_sub(std::mem::replace(&mut self.end, span.end)) as isize
    }

    /// The place of this length; nothing where there is none.
    fn from(&mut self, distance: isize, length: usize) -> Option<Span> {
        let start = self.end.checked_add_signed(distance)?;
        self.end = start.checked_add(length)?;
        Some(Span::new(start, self.end))
    }
}

fn borrowed(text: &Option<String>) -> Option<Cow<'_, str>> {
    text.as_deref().map(Cow::Borrowed)
}

impl<'e> From<&'e Entry> for StoredEntry<'e> {
    fn from(entry: &'e Entry) -> Self {
        let mut places = Distances::new();
        let mentions = entry.mentions.iter().map(|one| StoredMention::new(one, entry, places.to(one.span))).collect();
        Self { mentions, ..Self::words_of(entry) }
    }
}

impl<'e> StoredEntry<'e> {
    /// All that an entry says, without whom it names.
    pub fn words_of(entry: &'e Entry) -> Self {
        let (mut blocks, mut links) = (Distances::new(), Distances::new());
        Self {
            id: Cow::Borrowed(entry.id.as_str()),
            previous: None,
            next: None,
            date: StoredDate::new(&entry.date, &entry.heading),
            heading: Cow::Borrowed(&entry.heading),
            title: borrowed(&entry.title),
            author: borrowed(&entry.author),
            lang: borrowed(&entry.lang),
            text: Cow::Borrowed(&entry.text),
            blocks: entry.blocks.iter().map(|b| (b.kind as usize, blocks.to(b.span), b.span.len())).collect(),
            links: entry.links.iter().map(|l| (links.to(l.span), l.span.len(), l.target.as_str().into())).collect(),
            tags: entry.tags.iter().map(|tag| Cow::Borrowed(tag.as_str())).collect(),
            sources: (entry.sources.iter())
                .map(|s| (s.path.as_str().into(), s.line, s.span.start, s.span.len()))
                .collect(),
            anchor: borrowed(&entry.anchor),
            private: entry.visibility == Visibility::Private,
            sensitive: entry.sensitive,
            mentions: Vec::new(),
        }
    }

    /// The same, between these entries of its archive.
    pub fn between(self, previous: Option<&'e EntryId>, next: Option<&'e EntryId>) -> Self {
        let rest = |id: &'e EntryId| id.as_str().split_once('/').map(|(_, rest)| Cow::Borrowed(rest));
        Self { previous: previous.and_then(rest), next: next.and_then(rest), ..self }
    }

    /// The entry's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The ids of the entries before and after it in time, in its archive.
    pub fn neighbours(&self) -> (Option<EntryId>, Option<EntryId>) {
        let archive = self.id.split('/').next().unwrap_or_default();
        let id = |rest: &Option<Cow<'_, str>>| EntryId::parse(&format!("{archive}/{}", rest.as_deref()?));
        (id(&self.previous), id(&self.next))
    }

    /// The record in the text that the index keeps, or nothing where they are damaged.
    pub fn read(text: &'e str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The entry, or nothing where the record says what no entry can be (damage).
    pub fn into_entry(self) -> Option<Entry> {
        let text = self.text.into_owned();
        let title = self.title.map(Cow::into_owned);
        let heading = self.heading.into_owned();
        let inside = |span: Span| text.get(span.start..span.end).map(|_| span);
        let mut places = Distances::new();
        let blocks = self.blocks.iter().map(|&(kind, distance, length)| {
            let span = inside(places.from(distance, length)?)?;
            Some(Block { kind: *BlockKind::ALL.get(kind)?, span })
        });
        let blocks = blocks.collect::<Option<Vec<_>>>()?;
        let mut places = Distances::new();
        let links = self.links.into_iter().map(|(distance, length, target)| {
            Some(Link { span: inside(places.from(distance, length)?)?, target: target.into_owned() })
        });
        let links = links.collect::<Option<Vec<_>>>()?;
        let mut places = Distances::new();
        let mentions = self.mentions.into_iter().map(|mention| {
            let named = if mention.in_title { title.as_deref().unwrap_or_default() } else { &text };
            mention.into_mention(&mut places, named)
        });
        let mentions = mentions.collect::<Option<Vec<_>>>()?;
        let sources = self.sources.into_iter().map(|(path, line, start, length)| {
            Some(SourceRef { path: path.into_owned(), line, span: Span::new(start, start.checked_add(length)?) })
        });
        Some(Entry {
            id: EntryId::parse(&self.id)?,
            date: self.date.into_date(&heading)?,
            heading,
            author: self.author.map(Cow::into_owned),
            lang: self.lang.map(Cow::into_owned),
            blocks,
            links,
            tags: self.tags.into_iter().map(Cow::into_owned).collect(),
            sources: sources.collect::<Option<Vec<_>>>()?,
            anchor: self.anchor.map(Cow::into_owned),
            visibility: if self.private { Visibility::Private } else { Visibility::Public },
            sensitive: self.sensitive,
            mentions,
            title,
            text,
        })
    }
}

impl<'e> StoredDate<'e> {
    fn new(date: &'e EntryDate, heading: &str) -> Self {
        let (precision, calendar) = (date.precision, date.calendar);
        Self {
            days: date.days.map(|days| (days.first.number(), days.last.number() - days.first.number())),
            precision: (precision != Precision::Day).then(|| Cow::Borrowed(precision.name())),
            calendar: (calendar != Calendar::Gregorian).then(|| Cow::Owned(calendar.to_string())),
            written: (date.as_written != heading).then_some(Cow::Borrowed(&date.as_written)),
            agrees: date.weekday_agrees,
            other: date.other_reading.map(Day::number),
            inferred: date.inferred,
        }
    }

    fn into_date(self, heading: &str) -> Option<EntryDate> {
        let precision = match self.precision {
            None => Precision::Day,
            Some(name) => {
                let known = [Precision::Day, Precision::Month, Precision::Year, Precision::None];
                known.into_iter().find(|known| known.name() == name)?
            }
        };
        let days = match self.days {
            None => None,
            Some((first, more)) => {
                let last = first.checked_add(more)?;
                Some(DaySpan::new(Day::from_number(first)?, Day::from_number(last)?)?)
            }
        };
        Some(EntryDate {
            days,
            precision,
            calendar: self.calendar.map_or(Some(Calendar::Gregorian), |name| parse_calendar(&name))?,
            as_written: self.written.map_or_else(|| heading.to_owned(), Cow::into_owned),
            weekday_agrees: self.agrees,
            other_reading: self.other.and_then(Day::from_number),
            inferred: self.inferred,
        })
    }
}

/// The calendar that [`Calendar`]'s `Display` wrote.
pub fn parse_calendar(name: &str) -> Option<Calendar> {
    match name {
        "gregorian" => Some(Calendar::Gregorian),
        "julian" => Some(Calendar::Julian),
        other => {
            let mut parts = other.strip_prefix("julian until ")?.splitn(3, '-');
            let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
            let last = CivilDate::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
            Some(Calendar::JulianUntil(last))
        }
    }
}

impl<'e> StoredMention<'e> {
    fn new(mention: &'e Mention, entry: &'e Entry, distance: isize) -> Self {
        let named = if mention.in_title { entry.title.as_deref().unwrap_or_default() } else { &entry.text };
        let unless = |said: &'e str, follows: &str| (said != follows).then_some(Cow::Borrowed(said));
        let place = named.get(mention.span.start..mention.span.end).unwrap_or_default();
        Self {
            place: (distance, mention.span.len()),
            in_title: mention.in_title,
            is_project: mention.facet == Facet::Project,
            form: unless(&mention.form, place),
            name: unless(&mention.name, &mention.form),
            key: unless(&mention.key, &slug(&mention.name, mention.facet == Facet::Person)),
            state: mention.state as usize,
            why: Cow::Borrowed(&mention.why),
        }
    }

    fn into_mention(self, places: &mut Distances, named: &str) -> Option<Mention> {
        let span = places.from(self.place.0, self.place.1)?;
        let place = named.get(span.start..span.end)?;
        let facet = if self.is_project { Facet::Project } else { Facet::Person };
        let form: Arc<str> = self.form.map_or_else(|| place.into(), Into::into);
        let name = self.name.map_or_else(|| form.clone(), Into::into);
        Some(Mention {
            span,
            in_title: self.in_title,
            facet,
            key: self.key.map_or_else(|| slug(&name, facet == Facet::Person).into(), Into::into),
            name,
            form,
            state: *STATES.get(self.state)?,
            why: self.why.into(),
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An entry that uses every part of the shape.
    pub(crate) fn sample() -> Entry {
        let julian = Calendar::JulianUntil(CivilDate::new(1752, 9, 2).unwrap());
        let day = julian.day(CivilDate::new(1660, 1, 1).unwrap()).unwrap();
        let text = "Tridge tested rzip.\n\n$ ls -l".to_owned();
        let mut date = EntryDate::on(day, julian, "Jan. 1st (Lord’s day)");
        date.weekday_agrees = Some(false);
        date.other_reading = Some(day.plus(1));
        date.inferred = true;
        Entry {
            id: EntryId::new("pepys", "1660-01-01", 2),
            date,
            heading: "Jan. 1st (Lord’s day)".to_owned(),
            title: Some("Of Tridge".to_owned()),
            author: Some("Will".to_owned()),
            lang: Some("en".to_owned()),
            blocks: vec![
                Block { kind: BlockKind::Paragraph, span: Span::new(0, 19) },
                Block { kind: BlockKind::Code, span: Span::new(21, text.len()) },
            ],
            links: vec![Link { span: Span::new(14, 18), target: "http://rzip.example/".to_owned() }],
            tags: vec!["Compression".to_owned()],
            sources: vec![SourceRef { path: "1660.html".to_owned(), line: 7, span: Span::new(100, 160) }],
            anchor: Some("entry-2".to_owned()),
            visibility: Visibility::Private,
            sensitive: true,
            mentions: vec![Mention {
                span: Span::new(0, 6),
                in_title: false,
                facet: Facet::Person,
                key: "tridgell-andrew".into(),
                name: "Andrew Tridgell".into(),
                form: "Tridge".into(),
                state: MentionState::Confirmed,
                why: "people.toml line 3".into(),
            }],
            text,
        }
    }

    #[test]
    fn a_stored_entry_comes_back_whole() {
        let entry = sample();
        let bytes = serde_json::to_vec(&StoredEntry::from(&entry)).unwrap();
        let stored: StoredEntry<'_> = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(stored.into_entry(), Some(entry));
    }

    #[test]
    fn a_record_that_points_outside_its_text_is_refused() {
        let entry = sample();
        let mut stored = StoredEntry::from(&entry);
        stored.blocks[0].2 = 4_000;
        assert_eq!(stored.into_entry(), None);
    }
}
