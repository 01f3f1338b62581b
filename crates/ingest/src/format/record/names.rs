//! What the fields of records are called.

use crate::date::names::plain;

/// A date is looked for under these names, and in this order.
pub(super) const DATES: &[&str] = &[
    "date",
    "day",
    "datetime",
    "date_published",
    "published_at",
    "created_at",
    "created",
    "creationDate",
    "createdAt",
    "timestamp",
    "time",
    "written",
    "ts",
    "published",
    "datePublished",
    "date_journal",
    "dateCreated",
    "created_time",
    "ctime",
    "entry_date",
    "entryDate",
    "date_created",
    "eventtime",
    "when",
    "datum",
    "fecha",
    "creation_timestamp",
    "created_utc",
    "createdTimestampUsec",
    "userEditedTimestampUsec",
    "date_modified",
];
/// Words are looked for under these.
pub(super) const WORDS: &[&str] = &[
    "text",
    "body",
    "content",
    "entry",
    "note",
    "content_text",
    "content_html",
    "html",
    "markdown",
    "textContent",
    "full_text",
    "post",
    "selftext",
    "message",
    "description",
    "notes",
    "answer",
    "articleBody",
    "summary",
];
/// A title under these.
pub(super) const TITLES: &[&str] = &[
    "title",
    "subject",
    "headline",
    "heading",
    "titel",
    "titre",
    "titulo",
    "titolo",
    "betreff",
    "rubrik",
    "otsikko",
    "tytul",
    "заголовок",
    "题名",
    "題名",
    "件名",
    "タイトル",
    "标题",
    "標題",
    "제목",
    "entry_title",
    "post_title",
];
/// Labels under these.
pub(super) const TAGS: &[&str] = &["tags", "categories", "labels", "keywords", "hashtags", "topics"];
/// Words of which one in the name of a field says that it holds a date, in many languages: `entryDay`, `posted_at`.
const OF_DATES: &[&str] = &[
    "date",
    "day",
    "time",
    "datetime",
    "timestamp",
    "when",
    "created",
    "published",
    "posted",
    "written",
    "datum",
    "dato",
    "data",
    "fecha",
    "jour",
    "tag",
    "dia",
    "dag",
    "giorno",
    "paiva",
    "tarih",
    "ημερομηνια",
    "дата",
    "день",
    "日付",
    "日期",
    "날짜",
];
/// Words that say that it was changed then, or is something else than the day of an entry.
const OF_CHANGES: &[&str] = &[
    "updated",
    "update",
    "modified",
    "modification",
    "edited",
    "edit",
    "mod",
    "lastmod",
    "mtime",
    "revised",
    "changed",
    "deleted",
    "last",
    "exported",
    "export",
    "imported",
    "accessed",
    "synced",
    "expires",
    "due",
    "birth",
    "gmt",
    "utc",
    "geandert",
    "modifie",
];
/// What the columns or fields are called that hold a year, a month and a day.
const PARTS: [&[&str]; 3] = [
    &["year", "jahr", "annee", "ano", "anno", "jaar", "ar", "aar", "rok", "vuosi"],
    &["month", "monat", "mois", "mes", "mese", "maand", "manad", "maned", "miesiac", "mesic", "kuukausi"],
    &["day", "tag", "jour", "dia", "giorno", "dag", "dzien", "den", "paiva"],
];

/// The places of the year, the month and the day among these names, where each has one.
pub(in crate::format) fn parts_of_dates<'a>(names: impl Iterator<Item = &'a str>) -> Option<[usize; 3]> {
    let names: Vec<String> = names.map(|name| plain(name.trim())).collect();
    let [year, month, day] = PARTS.map(|known| names.iter().position(|name| known.contains(&name.as_str())));
    Some([year?, month?, day?])
}

/// Whether the name of a field says that it holds the date of a record.
pub(in crate::format) fn is_of_date(name: &str) -> bool {
    has_word(name, OF_DATES) && !is_of_change(name)
}

/// Whether a field is called a text.
pub(in crate::format) fn is_of_words(name: &str) -> bool {
    WORDS.iter().any(|known| known.eq_ignore_ascii_case(name.trim()))
}

/// Whether the name of a field says that something was changed then.
pub(in crate::format) fn is_of_change(name: &str) -> bool {
    has_word(name, OF_CHANGES)
}

/// Whether the name of a field of front matter says that it holds the date of a page.
pub(crate) fn is_of_page(name: &str) -> bool {
    const WORDS: &[&str] = &["date", "datetime", "pub", "created", "published", "posted", "written"];
    has_word(name, WORDS) && !is_of_change(name)
}

/// Whether one of these is a word of a name: `dateTime`, `posted_at`.
fn has_word(name: &str, words: &[&str]) -> bool {
    let mut parted = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        let hump = c.is_uppercase() && parted.ends_with(|before: char| before.is_lowercase());
        parted.extend(hump.then_some(' '));
        parted.push(if c.is_alphanumeric() { c } else { ' ' });
    }
    plain(&parted).split(' ').any(|word| words.contains(&word))
}
