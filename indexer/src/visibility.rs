//! Where offerings can be seen: which profiles show what. It is looked up in the index that was built, by the selection
//! that the server makes too, so that the report says what visitors see.

use std::{
    collections::{BTreeMap, HashMap},
    io::Write,
};

use nabij_atlas::Atlas;
use nabij_engine::{Criteria, Index, SearchError, Selection};
use nabij_offering::{Card, spreadsheet_safe};
use serde::Serialize;

use crate::{quality::table::link, report::Duplicate};

/// A profile, as far as the report has to know it.
#[derive(Debug, Clone)]
pub struct Viewpoint {
    /// Its identifier, as it stands in addresses.
    pub id: String,
    /// The name for the public.
    pub name: String,
    /// What it lets be seen.
    pub criteria: Criteria,
    /// Why nobody sees its pages now, by the name of the refusal; none if they are seen.
    pub closed: Option<&'static str>,
}

/// Which profiles show what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Visibility {
    /// Every profile, in the order of the identifiers.
    pub profiles: Vec<Showing>,
    /// The sets of profiles that show the same offering, each by places in `profiles`. The first is empty.
    pub sets: Vec<Vec<u16>>,
    /// The place in `sets` of each offering, by identifier; also by the one of a row that was merged.
    pub offerings: BTreeMap<String, u32>,
    /// How many offerings of an organisation each profile shows: pairs of a place in `profiles` and a count, by name.
    pub organisations: BTreeMap<String, BTreeMap<u16, u64>>,
    /// How many offerings no profile shows.
    pub shown_by_none: u64,
}

/// What a profile shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Showing {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The path of its pages.
    pub pages: String,
    /// How many offerings it selects.
    pub offerings: u64,
    /// Why nobody sees its pages now, by the name of the refusal. It is then in no set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<&'static str>,
}

impl Visibility {
    /// Looks at an index through each profile. Rows that were `merged` are where the row is that was kept.
    pub(crate) fn look(
        index: &Index,
        atlas: &Atlas,
        viewpoints: &[Viewpoint],
        merged: &[Duplicate],
    ) -> Result<Self, SearchError> {
        let mut found = Self::default();
        let mut selections = Vec::with_capacity(viewpoints.len());
        for (at, viewpoint) in (0..=u16::MAX).zip(viewpoints) {
            let selection = index.select(atlas, &viewpoint.criteria)?;
            found.profiles.push(Showing {
                id: viewpoint.id.clone(),
                name: viewpoint.name.clone(),
                pages: format!("/v/{}/", viewpoint.id),
                offerings: u64::from(selection.placed()) + u64::from(selection.area_wide()),
                closed: viewpoint.closed,
            });
            if viewpoint.closed.is_none() {
                selections.push((at, selection));
            }
        }
        found.group(index, &selections);
        for pair in merged {
            if let Some(set) = found.offerings.get(&pair.kept.id) {
                found.offerings.insert(pair.other.id.clone(), *set);
            }
        }
        Ok(found)
    }

    /// Finds the set of each offering.
    fn group(&mut self, index: &Index, selections: &[(u16, Selection)]) {
        let mut numbers = HashMap::from([(Vec::new(), 0)]);
        self.sets.push(Vec::new());
        for (doc, named) in named(index) {
            let shows = selections.iter().filter(|(_, selection)| selection.contains(doc));
            let set: Vec<u16> = shows.map(|(at, _)| *at).collect();
            self.shown_by_none += u64::from(set.is_empty());
            let counts = self.organisations.entry(named.organisation).or_default();
            for at in &set {
                *counts.entry(*at).or_default() += 1;
            }
            let number = numbers.get(&set).copied().unwrap_or_else(|| {
                let number = u32::try_from(self.sets.len()).unwrap_or(u32::MAX);
                self.sets.push(set.clone());
                numbers.insert(set, number);
                number
            });
            self.offerings.insert(named.id, number);
        }
    }

    /// The profiles that show an offering; none too for an identifier that the index does not have.
    pub(crate) fn of(&self, id: &str) -> impl ExactSizeIterator<Item = &Showing> {
        let set = self
            .offerings
            .get(id)
            .and_then(|set| self.sets.get(*set as usize));
        let set = set.map_or(&[][..], Vec::as_slice);
        set.iter().map(|at| &self.profiles[usize::from(*at)])
    }

    /// The profiles that show an offering, each as `gorinchem (Bibliotheek Gorinchem)`.
    pub(crate) fn words(&self, id: &str) -> String {
        let words: Vec<String> = self
            .of(id)
            .map(|showing| format!("{} ({})", showing.id, showing.name.replace('|', "/")))
            .collect();
        words.join("|")
    }

    /// The profiles that show an organisation, the one that shows most of it first, each with how much that is.
    pub(crate) fn of_organisation(&self, name: &str) -> Vec<(&Showing, u64)> {
        let counts = self.organisations.get(name).into_iter().flatten();
        let mut showing: Vec<(&Showing, u64)> = counts
            .map(|(at, count)| (&self.profiles[usize::from(*at)], *count))
            .collect();
        showing.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        showing
    }

    /// Writes a table with a line for each offering: where it is seen.
    pub(crate) fn write(&self, index: &Index, site: &str, out: impl Write) -> Result<(), csv::Error> {
        let mut table = csv::Writer::from_writer(out);
        table.write_record(["id", "title", "organisation", "link", "profiles"])?;
        for (_, named) in named(index) {
            let (link, profiles) = (link(site, &named.id), self.words(&named.id));
            let row = [&named.id, &named.title, &named.organisation, &link, &profiles];
            table.write_record(row.map(|value| spreadsheet_safe(value).into_owned()))?;
        }
        table.flush()?;
        Ok(())
    }
}

/// What an offering is called, and who offers it.
struct Named {
    id: String,
    title: String,
    /// Empty for none.
    organisation: String,
}

/// What each document is called, in their order.
fn named(index: &Index) -> impl Iterator<Item = (u32, Named)> {
    let documents = u32::try_from(index.manifest().counts.offerings()).unwrap_or(u32::MAX);
    let mut json = Vec::new();
    (0..documents).filter_map(move |doc| {
        json.clear();
        index.push_card(doc, &mut json);
        let card: Card<'_> = serde_json::from_slice(&json).ok()?;
        let organisation = card.organisation.unwrap_or_default().into_owned();
        let (id, title) = (card.id.into_owned(), card.title.into_owned());
        Some((
            doc,
            Named {
                id,
                title,
                organisation,
            },
        ))
    })
}
