//! The dates of a page as they were told last. Weighing its styles, choosing one, settling the calendar and making the
//! entries all ask for those of the same headings.

use crate::date::resolve::{Resolution, Setting};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// So many answers are kept: those in either calendar.
const KEPT: usize = 2;

/// The last answers about one page, which no longer changes.
#[derive(Debug, Default)]
pub(crate) struct Told(Mutex<VecDeque<Answer>>);

#[derive(Debug)]
struct Answer {
    headings: Vec<usize>,
    setting: Setting,
    dates: Arc<Resolution>,
}

impl Told {
    /// The dates of these headings: as told before, or else as they are found now.
    pub(crate) fn or_find(
        &self,
        headings: &[usize],
        setting: &Setting,
        find: impl FnOnce() -> Resolution,
    ) -> Arc<Resolution> {
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(told) = answers.iter().find(|told| told.setting == *setting && told.headings == headings) {
            return Arc::clone(&told.dates);
        }
        let dates = Arc::new(find());
        answers.truncate(KEPT - 1);
        answers.push_front(Answer { headings: headings.to_vec(), setting: *setting, dates: Arc::clone(&dates) });
        dates
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use diary::Calendar;

    #[test]
    fn the_same_headings_are_dated_once_in_either_calendar() {
        let (told, mut found) = (Told::default(), 0);
        let old = Setting { calendar: Calendar::Julian, ..Setting::default() };
        for (headings, setting) in
            [([1, 2], Setting::default()), ([1, 2], old), ([1, 2], Setting::default()), ([1, 3], old), ([1, 2], old)]
        {
            told.or_find(&headings, &setting, || {
                found += 1;
                Resolution::default()
            });
        }
        assert_eq!(found, 3);
    }
}
