//! Two generations beside each other: what opened, what closed, what moved, and whose access changed.

use std::{collections::HashMap, io::Write};

use nabij_atlas::{Position, distance_m};
use nabij_engine::Index;
use nabij_offering::{Card, Kind, Theme};

use super::{Coverage, Origin, Reach, Selection};

/// An offering, as lists name it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Its identifier.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its kind.
    pub kind: Kind,
    /// Its themes.
    pub themes: Vec<Theme>,
    /// Where it is, if it has a place.
    pub position: Option<Position>,
}

/// An offering that is somewhere else now.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// As it is now.
    pub now: Listed,
    /// From where.
    pub from: Option<Position>,
}

/// What changed between two generations.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes {
    /// Only in the second.
    pub opened: Vec<Listed>,
    /// Only in the first.
    pub closed: Vec<Listed>,
    /// In both, but not in the same place.
    pub moved: Vec<Moved>,
}

/// Metres below which a place is the same: less than a building.
const SAME_PLACE_M: f64 = 20.0;

/// What changed from one generation to another, of offerings that belong to any of the selections; in the order of
/// their identifiers.
pub fn changes(before: &Index, after: &Index, selections: &[Selection]) -> Changes {
    let belongs = |listed: &Listed| selections.iter().any(|selection| selection.holds(listed));
    let mut gone: HashMap<String, Listed> = listed(before)
        .filter(belongs)
        .map(|listed| (listed.id.clone(), listed))
        .collect();
    let mut changes = Changes::default();
    for now in listed(after).filter(belongs) {
        match gone.remove(&now.id) {
            None => changes.opened.push(now),
            Some(then) if !is_same_place(then.position, now.position) => changes.moved.push(Moved {
                from: then.position,
                now,
            }),
            Some(_) => {}
        }
    }
    changes.closed = gone.into_values().collect();
    changes.opened.sort_by(|a, b| a.id.cmp(&b.id));
    changes.closed.sort_by(|a, b| a.id.cmp(&b.id));
    changes.moved.sort_by(|a, b| a.now.id.cmp(&b.now.id));
    changes
}

impl Selection {
    fn holds(self, listed: &Listed) -> bool {
        self.kind.is_none_or(|kind| kind == listed.kind)
            && self.theme.is_none_or(|theme| listed.themes.contains(&theme))
    }
}

fn listed(index: &Index) -> impl Iterator<Item = Listed> {
    let count = u32::try_from(index.manifest().counts.offerings()).unwrap_or(u32::MAX);
    (0..count).filter_map(|doc| {
        let mut json = Vec::new();
        index.push_card(doc, &mut json);
        let card: Card<'_> = serde_json::from_slice(&json).ok()?;
        Some(Listed {
            id: card.id.into_owned(),
            title: card.title.into_owned(),
            kind: card.kind,
            themes: card.themes,
            position: index.position(doc),
        })
    })
}

fn is_same_place(a: Option<Position>, b: Option<Position>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => distance_m(a, b) < SAME_PLACE_M,
        (None, None) => true,
        _ => false,
    }
}

impl Changes {
    /// A row for each offering: what became of it.
    pub fn csv(&self, to: impl Write) -> Result<(), csv::Error> {
        let mut writer = csv::Writer::from_writer(to);
        writer.write_record(["change", "id", "title", "kind", "themes", "lat", "lon", "moved_m"])?;
        let opened = self.opened.iter().map(|listed| ("opened", listed, None));
        let closed = self.closed.iter().map(|listed| ("closed", listed, None));
        let moved = self.moved.iter().map(|moved| ("moved", &moved.now, Some(moved)));
        for (change, listed, moved) in opened.chain(closed).chain(moved) {
            let themes: Vec<&str> = listed.themes.iter().map(|theme| theme.name()).collect();
            let degrees = |value: fn(Position) -> f64| {
                listed
                    .position
                    .map_or_else(String::new, |at| value(at).to_string())
            };
            let far = moved.and_then(|moved| Some(distance_m(moved.from?, moved.now.position?)));
            writer.write_record([
                change,
                // A table program would take some texts for formulas.
                &nabij_offering::spreadsheet_safe(&listed.id),
                &nabij_offering::spreadsheet_safe(&listed.title),
                listed.kind.name(),
                &themes.join("|"),
                &degrees(Position::lat),
                &degrees(Position::lon),
                &far.map_or_else(String::new, |metres| format!("{metres:.0}")),
            ])?;
        }
        writer.flush()?;
        Ok(())
    }
}

/// How the access of people to one selection changed, by weight.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct AccessChange {
    /// Who had nothing within the radius and has now.
    pub gained: f64,
    /// Who had something and has no longer.
    pub lost: f64,
    /// Who has the nearest nearer than before, the first group among them.
    pub nearer: f64,
    /// Who has it further, the second group among them.
    pub further: f64,
    /// For whom nothing changed: neither the nearest nor the number within the radius.
    pub same: f64,
}

/// Metres by which a distance must differ to count as nearer or further.
const DIFFERENT_M: f64 = 1.0;

impl AccessChange {
    /// Compares two coverages of the same origins and selections, for one of the selections.
    pub fn new(before: &Coverage, after: &Coverage, selection: usize) -> Self {
        let mut change = Self::default();
        for ((origin, then), (_, now)) in before.of(selection).zip(after.of(selection)) {
            change.add(origin.weight, then, now);
        }
        change
    }

    fn add(&mut self, weight: f64, then: &Reach, now: &Reach) {
        if then.within == 0 && now.within > 0 {
            self.gained += weight;
        }
        if then.within > 0 && now.within == 0 {
            self.lost += weight;
        }
        let far = |reach: &Reach| reach.nearest_m[0].unwrap_or(f64::INFINITY);
        if far(now) + DIFFERENT_M <= far(then) {
            self.nearer += weight;
        } else if far(then) + DIFFERENT_M <= far(now) {
            self.further += weight;
        } else if then.within == now.within {
            self.same += weight;
        }
    }

    /// A row for each postcode and selection whose access is not the same.
    pub fn csv(before: &Coverage, after: &Coverage, to: impl Write) -> Result<(), csv::Error> {
        let mut writer = csv::Writer::from_writer(to);
        writer.write_record([
            "postcode",
            "place",
            "municipality",
            "theme",
            "kind",
            "weight",
            "nearest_m_before",
            "nearest_m_after",
            "within_before",
            "within_after",
        ])?;
        let is_other = |then: &Reach, now: &Reach| {
            let mut change = Self::default();
            change.add(1.0, then, now);
            change.same == 0.0
        };
        let rows = before.rows().zip(after.rows());
        for ((origin, selection, then), (_, _, now)) in
            rows.filter(|((_, _, then), (_, _, now))| is_other(then, now))
        {
            let metres =
                |reach: &Reach| reach.nearest_m[0].map_or_else(String::new, |metres| format!("{metres:.0}"));
            let Origin {
                place, municipality, ..
            } = origin;
            writer.write_record([
                &origin.postcode.to_string(),
                place,
                municipality,
                selection.theme_name(),
                selection.kind_name(),
                &origin.weight.to_string(),
                &metres(then),
                &metres(now),
                &then.within.to_string(),
                &now.within.to_string(),
            ])?;
        }
        writer.flush()?;
        Ok(())
    }
}
