//! The stored shapes: an entry inside the index, and the names beside it.
//!
//! These types are what stands on disk and nothing else; [`StoredEntry::from`] and [`StoredEntry::into_entry`] lead from
//! and to the nouns.

use diary::{
    Block, BlockKind, Calendar, CivilDate, Day, DaySpan, Entry, EntryDate, EntryId, Facet, Link, Mention, MentionState,
    Precision, SourceRef, Span, Visibility,
};
use serde::{Deserialize, Serialize};

/// An entry as the index keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredEntry {
    id: String,
    /// The entry before it in time, in its archive.
    pub previous: Option<String>,
    /// The entry after it in time, in its archive.
    pub next: Option<String>,
    date: StoredDate,
    heading: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
    text: String,
    /// Kind, start, end.
    blocks: Vec<(String, usize, usize)>,
    /// Start, end, target.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<(usize, usize, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    /// Path, line, start, end.
    sources: Vec<(String, usize, usize, usize)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    anchor: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    private: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    sensitive: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<StoredMention>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct StoredDate {
    /// First and last day by number.
    days: Option<(i64, i64)>,
    precision: String,
    calendar: String,
    written: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agrees: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    other: Option<i64>,
    #[serde(default, skip_serializing_if = "is_false")]
    inferred: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct StoredMention {
    start: usize,
    end: usize,
    #[serde(default, skip_serializing_if = "is_false")]
    in_title: bool,
    facet: String,
    key: String,
    name: String,
    form: String,
    state: String,
    why: String,
}

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
    pub names: Vec<String>,
    /// Names that are never shown.
    pub hidden: Vec<String>,
    /// Keys of wider concepts.
    pub broader: Vec<String>,
    /// How many entries name it.
    pub entries: u64,
    /// The state of its surest mention.
    pub state: String,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

impl From<&Entry> for StoredEntry {
    fn from(entry: &Entry) -> Self {
        Self {
            id: entry.id.as_str().to_owned(),
            previous: None,
            next: None,
            date: StoredDate::from(&entry.date),
            heading: entry.heading.clone(),
            title: entry.title.clone(),
            author: entry.author.clone(),
            lang: entry.lang.clone(),
            text: entry.text.clone(),
            blocks: entry.blocks.iter().map(|b| (b.kind.name().to_owned(), b.span.start, b.span.end)).collect(),
            links: entry.links.iter().map(|l| (l.span.start, l.span.end, l.target.clone())).collect(),
            tags: entry.tags.clone(),
            sources: entry.sources.iter().map(|s| (s.path.clone(), s.line, s.span.start, s.span.end)).collect(),
            anchor: entry.anchor.clone(),
            private: entry.visibility == Visibility::Private,
            sensitive: entry.sensitive,
            mentions: entry.mentions.iter().map(StoredMention::from).collect(),
        }
    }
}

impl StoredEntry {
    /// The entry's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// All that the entry says, and whom it names, each in bytes that differ where these do.
    pub fn into_words_and_names(mut self) -> (Vec<u8>, Vec<u8>) {
        let mentions = std::mem::take(&mut self.mentions);
        (serde_json::to_vec(&self).unwrap_or_default(), serde_json::to_vec(&mentions).unwrap_or_default())
    }

    /// The record in the bytes that the index keeps, or nothing where they are damaged.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// The entry, or nothing where the record says what no entry can be (damage).
    pub fn into_entry(self) -> Option<Entry> {
        let text = self.text;
        let inside = |start: usize, end: usize| text.get(start..end).map(|_| Span::new(start, end));
        let blocks = self.blocks.iter().map(|(kind, start, end)| {
            let kind = BlockKind::ALL.into_iter().find(|known| known.name() == kind)?;
            Some(Block { kind, span: inside(*start, *end)? })
        });
        let blocks = blocks.collect::<Option<Vec<_>>>()?;
        let links = self.links.into_iter().map(|(start, end, target)| Some(Link { span: inside(start, end)?, target }));
        let links = links.collect::<Option<Vec<_>>>()?;
        let title = self.title;
        let mentions = self.mentions.into_iter().map(|mention| {
            let named = if mention.in_title { title.as_deref().unwrap_or_default() } else { &text };
            named.get(mention.start..mention.end)?;
            mention.into_mention()
        });
        let mentions = mentions.collect::<Option<Vec<_>>>()?;
        let sources = self.sources.into_iter();
        Some(Entry {
            id: EntryId::parse(&self.id)?,
            date: self.date.into_date()?,
            heading: self.heading,
            author: self.author,
            lang: self.lang,
            blocks,
            links,
            tags: self.tags,
            sources: sources
                .map(|(path, line, start, end)| SourceRef { path, line, span: Span::new(start, end) })
                .collect(),
            anchor: self.anchor,
            visibility: if self.private { Visibility::Private } else { Visibility::Public },
            sensitive: self.sensitive,
            mentions,
            title,
            text,
        })
    }
}

impl From<&EntryDate> for StoredDate {
    fn from(date: &EntryDate) -> Self {
        Self {
            days: date.days.map(|days| (days.first.number(), days.last.number())),
            precision: date.precision.name().to_owned(),
            calendar: date.calendar.to_string(),
            written: date.as_written.clone(),
            agrees: date.weekday_agrees,
            other: date.other_reading.map(Day::number),
            inferred: date.inferred,
        }
    }
}

impl StoredDate {
    fn into_date(self) -> Option<EntryDate> {
        let precision = [Precision::Day, Precision::Month, Precision::Year, Precision::None]
            .into_iter()
            .find(|known| known.name() == self.precision)?;
        let days = match self.days {
            None => None,
            Some((first, last)) => Some(DaySpan::new(Day::from_number(first)?, Day::from_number(last)?)?),
        };
        Some(EntryDate {
            days,
            precision,
            calendar: parse_calendar(&self.calendar)?,
            as_written: self.written,
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

impl From<&Mention> for StoredMention {
    fn from(mention: &Mention) -> Self {
        Self {
            start: mention.span.start,
            end: mention.span.end,
            in_title: mention.in_title,
            facet: mention.facet.name().to_owned(),
            key: mention.key.clone(),
            name: mention.name.clone(),
            form: mention.form.clone(),
            state: mention.state.name().to_owned(),
            why: mention.why.clone(),
        }
    }
}

impl StoredMention {
    fn into_mention(self) -> Option<Mention> {
        use MentionState::{Confirmed, Linked, Suggested, Unresolved};
        let state = [Confirmed, Linked, Unresolved, Suggested].into_iter().find(|s| s.name() == self.state)?;
        Some(Mention {
            span: Span::new(self.start, self.end),
            in_title: self.in_title,
            facet: Facet::from_name(&self.facet)?,
            key: self.key,
            name: self.name,
            form: self.form,
            state,
            why: self.why,
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
                key: "tridgell-andrew".to_owned(),
                name: "Andrew Tridgell".to_owned(),
                form: "Tridge".to_owned(),
                state: MentionState::Confirmed,
                why: "people.toml line 3".to_owned(),
            }],
            text,
        }
    }

    #[test]
    fn a_stored_entry_comes_back_whole() {
        let entry = sample();
        let bytes = serde_json::to_vec(&StoredEntry::from(&entry)).unwrap();
        let stored: StoredEntry = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(stored.into_entry(), Some(entry));
    }

    #[test]
    fn a_record_that_points_outside_its_text_is_refused() {
        let mut stored = StoredEntry::from(&sample());
        stored.blocks[0].2 = 4_000;
        assert_eq!(stored.into_entry(), None);
    }
}
