//! What can be asked beside the words of a query: each filter is one clause of the language.
//!
//! The command line's flags and the HTTP parameters are rows of one table, so that neither can mean something else than
//! the query it stands for.

/// A filter: how it is asked for, and the clause that it becomes.
#[derive(Debug)]
pub struct Filter {
    /// The HTTP parameter. A flag of the command line has the same name, with `-` for `.`.
    pub name: &'static str,
    /// What stands before the value in a query.
    pub field: &'static str,
    /// What the value is called in help.
    pub value: &'static str,
    /// What it does, as a phrase.
    pub meaning: &'static str,
}

/// Every filter.
pub static FILTERS: [Filter; 11] = [
    row("person", "person:", "NAME", "naming this person, under any of their names"),
    row("not.person", "-person:", "NAME", "not naming this person"),
    row("project", "project:", "NAME", "about this project"),
    row("archive", "archive:", "NAME", "of this archive"),
    row("date", "date:", "DATE", "of this day, month, year or range"),
    row("since", "since:", "DATE", "from the start of this period on"),
    row("until", "until:", "DATE", "up to the end of this period"),
    row("day", "day:", "MM-DD", "of this day of any year"),
    row("year", "year:", "YEAR", "of this year"),
    row("month", "month:", "MONTH", "of this month of any year, or YYYY-MM"),
    row("weekday", "weekday:", "WEEKDAY", "of this day of the week"),
];

const fn row(name: &'static str, field: &'static str, value: &'static str, meaning: &'static str) -> Filter {
    Filter { name, field, value, meaning }
}

/// The filter that is asked for by this name.
pub fn named(name: &str) -> Option<&'static Filter> {
    FILTERS.iter().find(|filter| filter.name == name)
}

impl Filter {
    /// The clause for one value, quoted where the language needs it.
    ///
    /// ```
    /// let person = diary_render::filter::named("person").unwrap();
    /// assert_eq!(person.clause("tridge"), "person:tridge");
    /// assert_eq!(person.clause("Andrew Tridgell"), "person:\"Andrew Tridgell\"");
    /// ```
    pub fn clause(&self, value: &str) -> String {
        let value = value.trim();
        // A month with its year is a date: `month:` alone means any year.
        let field = match self.name {
            "month" if value.starts_with(|c: char| c.is_ascii_digit()) && value.contains('-') => "date:",
            _ => self.field,
        };
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '*' | '?' | '\'' | ',');
        match value {
            "" => format!("{field}\"\""),
            value if value.chars().all(plain) => format!("{field}{value}"),
            // A quotation mark inside would end the value early, and no name or date holds one.
            value => format!("{field}\"{}\"", value.replace('"', " ").trim()),
        }
    }
}

/// The words of a query with clauses added; brackets keep an `OR` among the words from reaching into them.
///
/// ```
/// use diary_render::filter::with_clauses;
/// let clauses = vec!["person:linus".to_owned()];
/// assert_eq!(with_clauses("hotplug cpu", &clauses), "hotplug cpu person:linus");
/// assert_eq!(with_clauses("futex OR kthread", &clauses), "(futex OR kthread) person:linus");
/// ```
pub fn with_clauses(text: &str, clauses: &[String]) -> String {
    let text = text.trim();
    if clauses.is_empty() {
        return text.to_owned();
    }
    let clauses = clauses.join(" ");
    match text {
        "" => clauses,
        text if text.split_whitespace().any(|word| word == "OR") => format!("({text}) {clauses}"),
        text => format!("{text} {clauses}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_values_are_quoted() {
        for (i, filter) in FILTERS.iter().enumerate() {
            assert!(FILTERS.iter().skip(i + 1).all(|other| other.name != filter.name), "{}", filter.name);
        }
        for (name, value, clause) in [
            ("not.person", "linus", "-person:linus"),
            ("date", "2003-07..2003-09", "date:2003-07..2003-09"),
            ("date", "last week of July 2003", "date:\"last week of July 2003\""),
            ("date", ">=2003-11", "date:\">=2003-11\""),
            ("month", "july", "month:july"),
            ("month", "2003-07", "date:2003-07"),
            ("person", "a\" OR \"b", "person:\"a  OR  b\""),
            ("person", "", "person:\"\""),
        ] {
            assert_eq!(named(name).unwrap().clause(value), clause);
        }
        assert_eq!(with_clauses("  ", &[]), "");
        assert_eq!(with_clauses("", &["year:2003".to_owned()]), "year:2003");
    }
}
