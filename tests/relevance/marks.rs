//! Marks for an order of entries, and tables of them.

use super::DEPTH;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// How good one order is, each from 0 to 1.
#[derive(Clone, Copy, Default)]
pub(super) struct Marks {
    /// Normalised discounted cumulative gain of the first ten, the gain of a grade g being 2^g − 1.
    pub(super) ndcg: f64,
    /// One over the place of the first answer among the first ten.
    pub(super) mrr: f64,
    /// Whether the first five have an answer.
    pub(super) success: f64,
}

impl Marks {
    pub(super) fn of(found: &[String], grades: &BTreeMap<String, u32>) -> Self {
        let grade = |day: &String| grades.get(day).copied().unwrap_or(0);
        let mut ideal: Vec<u32> = grades.values().copied().collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        let place = found.iter().take(DEPTH).position(|day| grade(day) > 0);
        Self {
            ndcg: gain(found.iter().map(grade)) / gain(ideal.into_iter()),
            mrr: place.map_or(0.0, |place| 1.0 / (place + 1) as f64),
            success: f64::from(u8::from(place.is_some_and(|place| place < 5))),
        }
    }
}

fn gain(grades: impl Iterator<Item = u32>) -> f64 {
    let discounted = |(place, grade): (usize, u32)| (2f64.powi(grade as i32) - 1.0) / (place as f64 + 2.0).log2();
    grades.take(DEPTH).enumerate().map(discounted).fold(0.0, |sum, gain| sum + gain)
}

/// Marks of several engines by kind of query, and over two halves of all queries, every other one: what lifts one half alone
/// is chance.
#[derive(Default)]
pub(super) struct Table {
    engines: Vec<String>,
    rows: BTreeMap<(usize, String), BTreeMap<usize, Vec<Marks>>>,
}

impl Table {
    pub(super) fn add(&mut self, engine: &str, kind: &str, place: usize, marks: Marks) {
        let column = self.engines.iter().position(|known| known == engine).unwrap_or_else(|| {
            self.engines.push(engine.to_owned());
            self.engines.len() - 1
        });
        let half = if place.is_multiple_of(2) { "even" } else { "odd" };
        for row in [(0, kind), (1, half), (2, "all")] {
            self.rows.entry((row.0, row.1.to_owned())).or_default().entry(column).or_default().push(marks);
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:12}{:>4}", "", "")?;
        for engine in &self.engines {
            write!(f, "  {engine:^20}")?;
        }
        write!(f, "\n{:12}{:>4}", "kind", "n")?;
        for _ in &self.engines {
            write!(f, "  {:>6} {:>6} {:>6}", "nDCG", "MRR", "S@5")?;
        }
        for ((_, kind), columns) in &self.rows {
            write!(f, "\n{kind:12}{:>4}", columns.values().next().map_or(0, Vec::len))?;
            for marks in columns.values() {
                let mean =
                    |of: fn(&Marks) -> f64| marks.iter().map(of).fold(0.0, |sum, mark| sum + mark) / marks.len() as f64;
                write!(f, "  {:>6.3} {:>6.3} {:>6.3}", mean(|m| m.ndcg), mean(|m| m.mrr), mean(|m| m.success))?;
            }
        }
        writeln!(f)
    }
}

/// Fails with the lines that moved where `figures` are not those in the file at `path`.
#[track_caller]
pub(super) fn hold(path: &Path, figures: &str) {
    let figures: String = figures.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, figures).unwrap();
        return;
    }
    let known = std::fs::read_to_string(path).unwrap_or_default();
    if known == figures {
        return;
    }
    let mut moved = String::new();
    for line in known.lines().filter(|line| !figures.lines().any(|other| other == *line)) {
        moved.push_str(&format!("- {line}\n"));
    }
    for line in figures.lines().filter(|line| !known.lines().any(|other| other == *line)) {
        moved.push_str(&format!("+ {line}\n"));
    }
    panic!("the figures of {} moved:\n{moved}if for good, run the test with UPDATE_EXPECT=1", path.display());
}
