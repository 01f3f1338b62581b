//! The stored shapes: an entry inside the index, and the names beside it.
//!
//! These types are what stands on disk and nothing else; [`StoredEntry::from`] and [`StoredEntry::into_entry`] lead from
//! and to the nouns.

use diary::{
    Block, BlockKind, Calendar, CivilDate, Day, DaySpan, Entry, EntryDate, EntryId, Facet, Link, Mention, MentionState,
    Precision, SourceRef, Span, Visibility, slug,
};
use serde::{Deserialize, Serialize};
use std::io;
use std::sync::Arc;

/// An entry as the index keeps it.
///
/// What follows from something else that stands here is left out: it is the text that an index should be made of. Places
/// are told by how far each begins after the end of the one before. Texts are borrowed from the bytes they are read from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredEntry<'e> {
    id: &'e str,
    /// What the id of the entry before it in time, in its archive, has after the name of the archive.
    previous: Option<&'e str>,
    /// The same of the entry after it.
    next: Option<&'e str>,
    #[serde(borrow)]
    date: StoredDate<'e>,
    heading: &'e str,
    title: Option<&'e str>,
    author: Option<&'e str>,
    lang: Option<&'e str>,
    text: &'e str,
    /// The place of its kind in [`BlockKind::ALL`], distance, length.
    blocks: Vec<(usize, isize, usize)>,
    /// Distance, length, target.
    links: Vec<(isize, usize, &'e str)>,
    tags: Vec<&'e str>,
    /// Path, line, start, length.
    sources: Vec<(&'e str, usize, usize, usize)>,
    anchor: Option<&'e str>,
    private: bool,
    sensitive: bool,
    mentions: Vec<StoredMention<'e>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct StoredDate<'e> {
    /// First day by number, and how many days more.
    days: Option<(i64, i64)>,
    /// Its place in [`PRECISIONS`].
    precision: usize,
    calendar: StoredCalendar,
    /// The heading where nothing is said.
    written: Option<&'e str>,
    agrees: Option<bool>,
    other: Option<i64>,
    inferred: bool,
}

const PRECISIONS: [Precision; 4] = [Precision::Day, Precision::Month, Precision::Year, Precision::None];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum StoredCalendar {
    Gregorian,
    Julian,
    /// The last day, as an ordinal.
    JulianUntil(i64),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct StoredMention<'e> {
    /// Distance, length.
    place: (isize, usize),
    in_title: bool,
    /// A project; a person where it is none.
    is_project: bool,
    /// The words as written, where they are not those at its place.
    form: Option<&'e str>,
    /// Where it is not the words as written.
    name: Option<&'e str>,
    /// Where it is not what its name makes it.
    key: Option<&'e str>,
    /// The place of its state in [`STATES`].
    state: usize,
    why: &'e str,
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
            id: entry.id.as_str(),
            previous: None,
            next: None,
            date: StoredDate::new(&entry.date, &entry.heading),
            heading: &entry.heading,
            title: entry.title.as_deref(),
            author: entry.author.as_deref(),
            lang: entry.lang.as_deref(),
            text: &entry.text,
            blocks: entry.blocks.iter().map(|b| (b.kind as usize, blocks.to(b.span), b.span.len())).collect(),
            links: entry.links.iter().map(|l| (links.to(l.span), l.span.len(), l.target.as_str())).collect(),
            tags: entry.tags.iter().map(String::as_str).collect(),
            sources: entry.sources.iter().map(|s| (&*s.path, s.line, s.span.start, s.span.len())).collect(),
            anchor: entry.anchor.as_deref(),
            private: entry.visibility == Visibility::Private,
            sensitive: entry.sensitive,
            mentions: Vec::new(),
        }
    }

    /// The same, between these entries of its archive.
    pub fn between(self, previous: Option<&'e EntryId>, next: Option<&'e EntryId>) -> Self {
        let rest = |id: &'e EntryId| id.as_str().split_once('/').map(|(_, rest)| rest);
        Self { previous: previous.and_then(rest), next: next.and_then(rest), ..self }
    }

    /// The entry's id.
    pub fn id(&self) -> &'e str {
        self.id
    }

    /// The ids of the entries before and after it in time, in its archive.
    pub fn neighbours(&self) -> (Option<EntryId>, Option<EntryId>) {
        let archive = self.id.split('/').next().unwrap_or_default();
        let id = |rest: Option<&str>| EntryId::parse(&format!("{archive}/{}", rest?));
        (id(self.previous), id(self.next))
    }

    /// The record in such bytes, or nothing where they are damaged.
    pub fn read(bytes: &'e [u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    /// The bytes of the record.
    ///
    /// # Errors
    ///
    /// None that an entry is known to cause.
    pub fn write(&self) -> io::Result<Vec<u8>> {
        postcard::to_allocvec(self).map_err(io::Error::other)
    }

    /// The entry, or nothing where the record says what no entry can be (damage).
    pub fn into_entry(self) -> Option<Entry> {
        let inside = |span: Span| self.text.get(span.start..span.end).map(|_| span);
        let mut places = Distances::new();
        let blocks = self.blocks.iter().map(|&(kind, distance, length)| {
            let span = inside(places.from(distance, length)?)?;
            Some(Block { kind: *BlockKind::ALL.get(kind)?, span })
        });
        let blocks = blocks.collect::<Option<Vec<_>>>()?;
        let mut places = Distances::new();
        let links = self.links.into_iter().map(|(distance, length, target)| {
            Some(Link { span: inside(places.from(distance, length)?)?, target: target.to_owned() })
        });
        let links = links.collect::<Option<Vec<_>>>()?;
        let mut places = Distances::new();
        let mentions = self.mentions.into_iter().map(|mention| {
            let named = if mention.in_title { self.title.unwrap_or_default() } else { self.text };
            mention.into_mention(&mut places, named)
        });
        let mentions = mentions.collect::<Option<Vec<_>>>()?;
        let sources = self.sources.into_iter().map(|(path, line, start, length)| {
            Some(SourceRef { path: path.into(), line, span: Span::new(start, start.checked_add(length)?) })
        });
        Some(Entry {
            id: EntryId::parse(self.id)?,
            date: self.date.into_date(self.heading)?,
            heading: self.heading.to_owned(),
            author: self.author.map(str::to_owned),
            lang: self.lang.map(str::to_owned),
            blocks,
            links,
            tags: self.tags.into_iter().map(str::to_owned).collect(),
            sources: sources.collect::<Option<Vec<_>>>()?,
            anchor: self.anchor.map(str::to_owned),
            visibility: if self.private { Visibility::Private } else { Visibility::Public },
            sensitive: self.sensitive,
            mentions,
            title: self.title.map(str::to_owned),
            text: self.text.to_owned(),
        })
    }
}

impl<'e> StoredDate<'e> {
    fn new(date: &'e EntryDate, heading: &str) -> Self {
        Self {
            days: date.days.map(|days| (days.first.number(), days.last.number() - days.first.number())),
            precision: PRECISIONS.iter().position(|known| *known == date.precision).unwrap_or_default(),
            calendar: match date.calendar {
                Calendar::Gregorian => StoredCalendar::Gregorian,
                Calendar::Julian => StoredCalendar::Julian,
                Calendar::JulianUntil(last) => StoredCalendar::JulianUntil(last.ordinal()),
            },
            written: (date.as_written != heading).then_some(&date.as_written),
            agrees: date.weekday_agrees,
            other: date.other_reading.map(Day::number),
            inferred: date.inferred,
        }
    }

    fn into_date(self, heading: &str) -> Option<EntryDate> {
        let days = match self.days {
            None => None,
            Some((first, more)) => {
                let last = first.checked_add(more)?;
                Some(DaySpan::new(Day::from_number(first)?, Day::from_number(last)?)?)
            }
        };
        Some(EntryDate {
            days,
            precision: *PRECISIONS.get(self.precision)?,
            calendar: match self.calendar {
                StoredCalendar::Gregorian => Calendar::Gregorian,
                StoredCalendar::Julian => Calendar::Julian,
                StoredCalendar::JulianUntil(last) => Calendar::JulianUntil(CivilDate::from_ordinal(last)?),
            },
            as_written: self.written.unwrap_or(heading).to_owned(),
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
        let unless = |said: &'e str, follows: &str| (said != follows).then_some(said);
        let place = named.get(mention.span.start..mention.span.end).unwrap_or_default();
        Self {
            place: (distance, mention.span.len()),
            in_title: mention.in_title,
            is_project: mention.facet == Facet::Project,
            form: unless(&mention.form, place),
            name: unless(&mention.name, &mention.form),
            key: unless(&mention.key, &slug(&mention.name, mention.facet == Facet::Person)),
            state: mention.state as usize,
            why: &mention.why,
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
            sources: vec![SourceRef { path: "1660.html".into(), line: 7, span: Span::new(100, 160) }],
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
        let bytes = StoredEntry::from(&entry).write().unwrap();
        assert_eq!(StoredEntry::read(&bytes).unwrap().into_entry(), Some(entry));
    }

    #[test]
    fn a_record_that_points_outside_its_text_is_refused() {
        let entry = sample();
        let mut stored = StoredEntry::from(&entry);
        stored.blocks[0].2 = 4_000;
        assert_eq!(stored.into_entry(), None);
    }
}
