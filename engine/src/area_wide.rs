//! Offerings without a place of their own: they match by the area they serve.
//!
//! They have the lowest document numbers, and those that serve the same areas stand together, so that a query looks
//! at groups and not at documents.

use std::{collections::HashMap, ops::Range, path::Path};

use fs_err as fs;
use nabij_offering::{Pc4, ServiceArea};

use crate::query::Region;

/// How wide an area is: the most local is the lowest.
pub(crate) type Reach = u8;

/// The documents that serve the same areas.
#[derive(Debug)]
struct Group {
    areas: Vec<ServiceArea>,
    docs: Range<u32>,
}

/// All documents without a place, by the areas they serve.
#[derive(Debug, Default)]
pub(crate) struct AreaWide {
    groups: Vec<Group>,
    /// Groups that may serve a place, by its lower-case name or four digits.
    by_name: HashMap<String, Vec<usize>>,
    /// Groups that may serve any place.
    anywhere: Vec<usize>,
}

/// Documents that serve the region, and how wide the narrowest of their areas is that holds it.
pub(crate) type Serving = (Range<u32>, Reach);

const FILE: &str = "columns.areas.json";
/// Ranges of more postcodes than this are not looked up by postcode.
const WIDE_RANGE: usize = 200;

impl AreaWide {
    pub(crate) fn open(folder: &Path, documents: usize) -> Option<Self> {
        let areas: Vec<String> = serde_json::from_slice(&fs::read(folder.join(FILE)).ok()?).ok()?;
        let mut wide = Self::default();
        for (doc, text) in (0_u32..).zip(&areas) {
            let same = doc.checked_sub(1).and_then(|last| areas.get(last as usize)) == Some(text);
            match wide.groups.last_mut().filter(|_| same) {
                Some(group) => group.docs.end += 1,
                None => wide.groups.push(Group {
                    areas: parse(text)?,
                    docs: doc..doc + 1,
                }),
            }
        }
        wide.register();
        (areas.len() == documents).then_some(wide)
    }

    /// How many documents there are.
    pub(crate) fn len(&self) -> u32 {
        self.groups.last().map_or(0, |group| group.docs.end)
    }

    /// The documents that serve the same areas, in document order.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (&[ServiceArea], Range<u32>)> {
        self.groups
            .iter()
            .map(|group| (&*group.areas, group.docs.clone()))
    }

    fn register(&mut self) {
        for (at, group) in self.groups.iter().enumerate() {
            for area in &group.areas {
                match names(area) {
                    Some(names) => {
                        for name in names {
                            self.by_name.entry(name).or_default().push(at);
                        }
                    }
                    None => self.anywhere.push(at),
                }
            }
        }
    }

    /// Who serves a region, in document order; without a region, who serves everybody.
    pub(crate) fn serving(&self, region: Option<&Region>) -> Vec<Serving> {
        if self.groups.is_empty() {
            return Vec::new();
        }
        let key = |name: &Option<String>| name.as_ref().map(|name| name.to_ascii_lowercase());
        let keys = region.map(|region| {
            let pc4 = region.pc4.map(|pc4| pc4.to_string());
            [pc4, key(&region.municipality), key(&region.province)]
        });
        let named = keys.into_iter().flatten().flatten();
        let mut found: Vec<usize> = named
            .filter_map(|key| self.by_name.get(&key))
            .chain([&self.anywhere])
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        let serving = |at: usize| {
            let group = self.groups.get(at)?;
            let reach = group.areas.iter().filter_map(|area| reach(area, region)).min()?;
            Some((group.docs.clone(), reach))
        };
        found.into_iter().filter_map(serving).collect()
    }
}

/// The areas of a document in their text form, as [`AreaWide`] keeps and orders them.
pub(crate) fn text(areas: &[ServiceArea]) -> String {
    let areas: Vec<String> = areas.iter().map(ToString::to_string).collect();
    areas.join("|")
}

fn parse(text: &str) -> Option<Vec<ServiceArea>> {
    text.split('|')
        .filter(|area| !area.is_empty())
        .map(|area| area.parse().ok())
        .collect()
}

/// Writes the file of [`AreaWide::open`]: the areas of each document, in document order.
pub(crate) fn write(folder: &Path, areas: &[String]) -> Result<(), std::io::Error> {
    let json = serde_json::to_vec(areas).map_err(std::io::Error::other)?;
    fs::write(folder.join(FILE), json)
}

/// The keys under which an area is looked up; none for one that may serve any place.
fn names(area: &ServiceArea) -> Option<Vec<String>> {
    match area {
        ServiceArea::National | ServiceArea::Telephone | ServiceArea::Online => None,
        ServiceArea::Municipality(name) | ServiceArea::Province(name) => {
            Some(vec![name.to_ascii_lowercase()])
        }
        ServiceArea::Pc4(ranges) => {
            let codes = (1_000..10_000_u16).filter_map(Pc4::new);
            let held = codes.filter(|pc4| ranges.iter().any(|range| range.contains(*pc4)));
            let names: Vec<String> = held.map(|pc4| pc4.to_string()).take(WIDE_RANGE + 1).collect();
            (names.len() <= WIDE_RANGE).then_some(names)
        }
    }
}

/// How wide an area is, if it holds the region.
fn reach(area: &ServiceArea, region: Option<&Region>) -> Option<Reach> {
    let same =
        |name: &str, known: Option<&String>| known.is_some_and(|known| known.eq_ignore_ascii_case(name));
    let (width, serves) = match area {
        ServiceArea::Pc4(ranges) => {
            let pc4 = region.and_then(|region| region.pc4);
            let serves = pc4.is_some_and(|pc4| ranges.iter().any(|range| range.contains(pc4)));
            (0, serves)
        }
        ServiceArea::Municipality(name) => (
            1,
            same(name, region.and_then(|region| region.municipality.as_ref())),
        ),
        ServiceArea::Province(name) => (2, same(name, region.and_then(|region| region.province.as_ref()))),
        ServiceArea::National => (3, true),
        ServiceArea::Telephone => (4, true),
        ServiceArea::Online => (5, true),
    };
    serves.then_some(width)
}
