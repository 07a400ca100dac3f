//! Records that stand more than once in a source, in a list and in detail: the longest counts.

use std::{collections::HashMap, sync::Arc};

use crate::report::Remark;

/// How often each record stands in the source, by identifier.
#[derive(Debug, Default)]
pub(super) struct Repeated(HashMap<String, Seen>);

#[derive(Debug)]
struct Seen {
    longest: Option<usize>,
    /// The file in which it was seen last, and how often there.
    last: (Arc<str>, u64),
    /// The file in which it stands most often.
    most: (Arc<str>, u64),
}

impl Repeated {
    /// Notes a record; `length` says how much it holds.
    pub(super) fn add(&mut self, file: &Arc<str>, id: &str, length: usize) {
        if id.is_empty() {
            return;
        }
        let seen = self.0.entry(id.to_owned()).or_insert_with(|| Seen {
            longest: None,
            last: (Arc::clone(file), 0),
            most: (Arc::clone(file), 0),
        });
        seen.longest = seen.longest.max(Some(length));
        if seen.last.0 != *file {
            seen.last = (Arc::clone(file), 0);
        }
        seen.last.1 += 1;
        if seen.last.1 > seen.most.1 {
            seen.most.clone_from(&seen.last);
        }
    }

    /// Whether this record is the one that counts: the longest, and the first of those. Asked once all are noted.
    pub(super) fn counts(&mut self, id: &str, length: usize) -> bool {
        let Some(seen) = self.0.get_mut(id) else {
            return true;
        };
        let counts = seen.longest == Some(length);
        if counts {
            seen.longest = None;
        }
        counts
    }

    /// A remark about a record that one file holds more than once.
    pub(super) fn remark(&self, id: &str) -> Option<Remark> {
        let (file, times) = self
            .0
            .get(id)
            .map(|seen| &seen.most)
            .filter(|(_, times)| *times > 1)?;
        let problem = format!("`{id}` stands {times} times in {file}; the longest is shown");
        Some(Remark::new(
            None,
            "repeated",
            problem,
            "give each its own identifier, or take the others out",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_counts_once_and_a_list_beside_a_detail_is_no_mistake() {
        let (list, detail) = ("list".into(), "detail".into());
        let mut repeated = Repeated::default();
        for (file, id, length) in [
            (&list, "a", 10),
            (&detail, "a", 90),
            (&list, "b", 5),
            (&list, "b", 5),
        ] {
            repeated.add(file, id, length);
        }
        assert!(!repeated.counts("a", 10) && repeated.counts("a", 90));
        assert!(repeated.counts("b", 5) && !repeated.counts("b", 5));
        assert_eq!(repeated.remark("a"), None);
        let remark = repeated.remark("b").unwrap();
        assert_eq!(remark.problem, "`b` stands 2 times in list; the longest is shown");
    }
}
