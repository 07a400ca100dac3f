//! The organisations of a source. What one lacks, its parent may have: a branch gets the telephone of its head office.

use std::collections::{HashMap, HashSet};

/// An organisation, as far as an offering shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Organisation {
    pub(crate) name: String,
    pub(crate) phone: String,
    pub(crate) email: String,
    pub(crate) website: String,
    /// Identifier of the organisation above it; empty if there is none.
    pub(crate) parent: String,
}

/// Organisations by identifier.
#[derive(Debug, Default)]
pub(crate) struct Organisations(HashMap<String, Organisation>);

/// Organisations that are above each other in a circle.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the organisation `{0}` is above itself")]
pub(crate) struct Circle(pub(crate) String);

impl Organisations {
    pub(crate) fn insert(&mut self, id: String, organisation: Organisation) {
        self.0.insert(id, organisation);
    }

    /// The organisation with what its parents have and it lacks. The second value says that the parents go round in a
    /// circle, of which each is then asked once.
    pub(crate) fn complete(&self, id: &str) -> Option<(Organisation, Option<Circle>)> {
        let mut found = self.0.get(id)?.clone();
        let mut asked = HashSet::from([id]);
        let mut above = self.0.get(id)?.parent.as_str();
        while let Some(parent) = self.0.get(above) {
            if !asked.insert(above) {
                return Some((found, Some(Circle(above.to_owned()))));
            }
            for (own, of_parent) in [
                (&mut found.phone, &parent.phone),
                (&mut found.email, &parent.email),
                (&mut found.website, &parent.website),
            ] {
                if own.is_empty() {
                    own.clone_from(of_parent);
                }
            }
            above = &parent.parent;
        }
        Some((found, None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn organisation(phone: &str, parent: &str) -> Organisation {
        Organisation {
            phone: phone.to_owned(),
            parent: parent.to_owned(),
            ..Organisation::default()
        }
    }

    #[test]
    fn a_branch_gets_what_it_lacks_from_above() {
        let mut all = Organisations::default();
        all.insert("a".into(), organisation("", "b"));
        all.insert("b".into(), organisation("", "c"));
        all.insert("c".into(), organisation("088", "not there"));
        let (found, circle) = all.complete("a").unwrap();
        assert_eq!((found.phone.as_str(), circle), ("088", None));
        assert_eq!(all.complete("d"), None);
    }

    #[test]
    fn a_circle_ends_and_is_named() {
        let mut all = Organisations::default();
        all.insert("a".into(), organisation("", "b"));
        all.insert("b".into(), organisation("", "a"));
        assert_eq!(all.complete("a").unwrap().1, Some(Circle("a".into())));
        all.insert("c".into(), organisation("", "c"));
        assert_eq!(all.complete("c").unwrap().1, Some(Circle("c".into())));
    }
}
