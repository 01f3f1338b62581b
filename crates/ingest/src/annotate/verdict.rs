//! What is made of the evidence for a name: points, and the heaviest reasons for them.

use std::sync::Arc;

/// Points from which a name is worth asking about.
const LIKELY: i32 = 50;

/// Points from which a name counts as a person's.
const ACCEPTED: i32 = 90;

/// On what grounds a name is taken for a person's, or perhaps one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grounds {
    /// Whether it is enough.
    pub(super) is_person: bool,
    /// In words.
    pub(super) why: Arc<str>,
}

/// Points with the reasons for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) points: i32,
    reasons: Vec<(i32, &'static str)>,
}

impl Verdict {
    pub(super) fn add(&mut self, points: i32, reason: &'static str) {
        if points != 0 {
            self.points += points;
            self.reasons.push((points, reason));
        }
    }

    /// Whether it is enough.
    pub(super) fn is_person(&self) -> bool {
        self.points >= ACCEPTED
    }

    /// Whether it is at least worth asking about.
    pub(super) fn is_likely(&self) -> bool {
        self.points >= LIKELY
    }

    /// What it comes to, with its heaviest reasons in words.
    pub(super) fn grounds(self) -> Grounds {
        let is_person = self.is_person();
        let Self { points, mut reasons } = self;
        reasons.sort_by_key(|(points, _)| std::cmp::Reverse(points.abs()));
        reasons.truncate(4);
        let reasons: Vec<String> = reasons.iter().map(|(points, reason)| format!("{reason} {points:+}")).collect();
        Grounds { is_person, why: format!("{points} points: {}", reasons.join(", ")).into() }
    }
}
