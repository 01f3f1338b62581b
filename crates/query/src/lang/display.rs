//! The canonical text of a query, which reads back as the same query.

use super::ast::{Clause, DayOfYear, Mode, MonthOf, Name, Query, Term};
use super::date::DateExpr;
use super::table::Field;
use super::text_of_date::weekday_name;
use diary::month_name;
use std::fmt::{self, Display, Formatter, Write};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let directives = self.directives();
        match self.clause {
            Clause::All if !directives.is_empty() => f.write_str(directives.trim_start()),
            _ => write!(f, "{}{directives}", self.clause),
        }
    }
}

impl Query {
    /// How the entries are wanted, each directive behind a space.
    fn directives(&self) -> String {
        let sort = self.sort.map(|sort| format!(" sort:{}", sort.name()));
        let limit = self.limit.map(|limit| format!(" limit:{limit}"));
        let now = self.now.map(|now| format!(" now:{now}"));
        [sort, limit, now].into_iter().flatten().collect()
    }

    /// The text before and behind the `place`-th part, or behind the last one: between them stands any one condition, and
    /// the whole is the text of the query with that condition in that place. For writing many such queries.
    pub(crate) fn around(&self, place: usize) -> (String, String) {
        let written = |part: &Clause| if part.is_grouped() { format!("({part})") } else { part.to_string() };
        let (before, after) = self.parts().split_at(place.min(self.parts().len()));
        let before = before.iter().map(|part| written(part) + " ").collect();
        let after: String = after.iter().skip(1).map(|part| format!(" {}", written(part))).collect();
        (before, after + &self.directives())
    }
}

impl Clause {
    /// Whether it stands in parentheses beside other conditions.
    fn is_grouped(&self) -> bool {
        matches!(self, Self::Or(_) | Self::And(_))
    }
}

impl Display for Clause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_char('*'),
            Self::And(parts) => joined(f, parts, " ", Self::is_grouped),
            Self::Or(parts) => joined(f, parts, " OR ", |part| matches!(part, Self::Or(_))),
            Self::Not(inner) if matches!(**inner, Self::And(_) | Self::Or(_) | Self::Not(_)) => write!(f, "-({inner})"),
            Self::Not(inner) => write!(f, "-{inner}"),
            Self::Text { field, terms } if field.name().is_empty() => joined(f, terms, " ", |_| false),
            Self::Text { field, terms } => values(f, field.name(), terms),
            Self::Named { facet, names } => values(f, facet.name(), names),
            Self::Dates(dates) => match dates.as_slice() {
                [DateExpr::Before(period)] => values(f, Field::Before.name(), &[DateExpr::In(period.clone())]),
                [DateExpr::Until(period)] => values(f, Field::Until.name(), &[DateExpr::In(period.clone())]),
                [DateExpr::After(period)] => values(f, Field::After.name(), &[DateExpr::In(period.clone())]),
                [DateExpr::Since(period)] => values(f, Field::Since.name(), &[DateExpr::In(period.clone())]),
                dates => values(f, Field::Date.name(), dates),
            },
            Self::Days(days) => values(f, Field::Day.name(), days),
            Self::Months(months) => values(f, Field::Month.name(), months),
            // In quotes, since a number behind it would be its year.
            Self::Seasons(seasons) => {
                values(f, Field::Date.name(), seasons.iter().map(|season| format!("\"{}\"", season.word())))
            }
            Self::Years(years) => values(f, Field::Year.name(), years.iter().map(|year| format!("{year:04}"))),
            Self::Weekdays(days) => values(f, Field::Weekday.name(), days.iter().map(|day| weekday_name(*day))),
            Self::Has(has) => values(f, Field::Has.name(), has.iter().map(|has| has.name())),
            Self::Is(flags) => values(f, Field::Is.name(), flags.iter().map(|flag| flag.name())),
            Self::Ids(ids) => values(f, Field::Id.name(), ids.iter().map(|id| Quoted(id))),
        }
    }
}

/// The parts with `joint` between, those that need it in parentheses.
fn joined<T: Display>(f: &mut Formatter<'_>, parts: &[T], joint: &str, grouped: impl Fn(&T) -> bool) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(joint)?;
        }
        if grouped(part) { write!(f, "({part})")? } else { write!(f, "{part}")? }
    }
    Ok(())
}

/// `field:a,b`.
fn values<T: Display>(f: &mut Formatter<'_>, field: &str, values: impl IntoIterator<Item = T>) -> fmt::Result {
    for (index, value) in values.into_iter().enumerate() {
        match index {
            0 => write!(f, "{field}:{value}")?,
            _ => write!(f, ",{value}")?,
        }
    }
    Ok(())
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let text = &self.text;
        match self.mode {
            Mode::Word => f.write_str(text),
            Mode::Exact => write!(f, "={text}"),
            Mode::Prefix => write!(f, "{text}*"),
            Mode::Fuzzy { distance } if distance == Mode::usual_distance(text) => write!(f, "{text}~"),
            Mode::Fuzzy { distance } => write!(f, "{text}~{distance}"),
            Mode::Phrase { slop: 0 } => write!(f, "\"{text}\""),
            Mode::Phrase { slop } => write!(f, "\"{text}\"~{slop}"),
        }
    }
}

impl Mode {
    /// How many typing errors a word of this length is allowed: one, and two from eight letters on.
    pub(super) fn usual_distance(text: &str) -> u8 {
        if text.chars().count() < 8 { 1 } else { 2 }
    }
}

impl Display for Name {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Quoted(&self.text))?;
        f.write_str(if self.uncertain { "?" } else { "" })
    }
}

/// A value in quotes, unless it is one plain word.
struct Quoted<'a>(&'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let inner = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '+');
        // In front of a key a sign of equality says that no other name is meant.
        let word = self.0.strip_prefix('=').unwrap_or(self.0);
        let plain =
            word.starts_with(char::is_alphanumeric) && word.ends_with(char::is_alphanumeric) && word.chars().all(inner);
        if plain { f.write_str(self.0) } else { write!(f, "\"{}\"", self.0) }
    }
}

impl Display for DayOfYear {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::On { month, day } => write!(f, "{month:02}-{day:02}"),
            Self::Today => f.write_str("today"),
        }
    }
}

impl Display for MonthOf {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}-{:02}", self.month),
            None => f.write_str(&month_name(self.month).to_lowercase()),
        }
    }
}
