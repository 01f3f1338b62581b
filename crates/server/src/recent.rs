//! Answers given a moment ago: what is asked again and again, such as the first page, is worked out once.
//!
//! An answer is known by its entity tag, which stands for all that it depends on. So none can be out of date: where anything
//! changes, the tag does, and what nobody asks for any more makes room.

use axum::body::Bytes;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// The last answers, up to so many bytes of them.
pub(crate) struct Recent {
    most: usize,
    kept: Mutex<Kept>,
}

/// Two halves: what was asked for since the last change of halves, and what was before that.
#[derive(Default)]
struct Kept {
    newer: HashMap<String, Bytes>,
    older: HashMap<String, Bytes>,
    /// Of the newer half.
    bytes: usize,
}

impl Recent {
    pub(crate) fn new(most: usize) -> Self {
        Self { most, kept: Mutex::default() }
    }

    /// The answer of this tag, where it is still at hand.
    pub(crate) fn find(&self, tag: &str) -> Option<Bytes> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(body) = kept.newer.get(tag) {
            return Some(body.clone());
        }
        let (tag, body) = kept.older.remove_entry(tag)?;
        self.put(&mut kept, tag, body.clone());
        Some(body)
    }

    pub(crate) fn keep(&self, tag: String, body: Bytes) {
        self.put(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner), tag, body);
    }

    /// Of an index that is no longer asked nothing is kept.
    pub(crate) fn forget(&self) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Kept::default();
    }

    fn put(&self, kept: &mut Kept, tag: String, body: Bytes) {
        let size = tag.len() + body.len();
        if size > self.most / 8 {
            return;
        }
        if kept.bytes + size > self.most / 2 {
            kept.older = std::mem::take(&mut kept.newer);
            kept.bytes = 0;
        }
        if kept.newer.insert(tag, body).is_none() {
            kept.bytes += size;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_again_stays_and_the_rest_makes_room() {
        let recent = Recent::new(1000);
        let body = |n: u8| Bytes::from(vec![n; 90]);
        recent.keep("hot".to_owned(), body(0));
        for n in 1..100 {
            recent.keep(format!("t{n}"), body(n));
            assert_eq!(recent.find("hot"), Some(body(0)), "after {n}");
            let kept = recent.kept.lock().unwrap();
            let size =
                |half: &HashMap<String, Bytes>| half.iter().map(|(tag, body)| tag.len() + body.len()).sum::<usize>();
            assert!(size(&kept.newer) + size(&kept.older) <= 1000);
        }
        assert_eq!((recent.find("t1"), recent.find("t99")), (None, Some(body(99))));
        recent.forget();
        assert_eq!(recent.find("t99"), None);
        recent.keep("big".to_owned(), Bytes::from(vec![0; 900]));
        assert_eq!(recent.find("big"), None);
    }
}
