//! The part of the country that a profile serves.

use std::{ops::Range, sync::Arc};

use nabij_atlas::{Postcode, Territory, TerritoryPart};
use nabij_offering::Pc4Range;
use toml::Spanned;

use super::Checker;
use crate::{
    borders,
    file::{CircleTable, RegionTable},
    profile::Profile,
};

/// How many municipalities and ranges there may be.
const MOST_PARTS: usize = 500;
/// The smallest and the largest circle, in kilometres.
const RADIUS_KM: std::ops::RangeInclusive<f64> = 0.1..=100.0;

impl Checker<'_> {
    pub(super) fn region(
        &mut self,
        table: Option<&Spanned<RegionTable>>,
        base: Option<&Profile>,
    ) -> Option<Arc<Territory>> {
        let Some(table) = table else {
            return base.and_then(|base| base.region.clone());
        };
        let before = self.findings.len();
        let at = table.span();
        let table = table.get_ref();
        let mut parts = self.municipalities(table);
        parts.extend(self.ranges(table));
        parts.extend(table.circle.as_ref().and_then(|circle| self.circle(circle)));
        parts.extend(self.polygon(table));
        if parts.is_empty() && self.findings.len() == before {
            let message = "is empty; name municipalities, pc4, circle or polygon, or leave it out for the whole country";
            self.report("region", &at, message);
        }
        let territory = Territory::new(self.atlas, &parts);
        if !parts.is_empty() && territory.postcodes().is_empty() {
            self.report("region", &at, "holds no Dutch postcode");
        }
        Some(Arc::new(territory))
    }

    fn municipalities(&mut self, table: &RegionTable) -> Vec<TerritoryPart> {
        let atlas = self.atlas;
        let known = self.list(
            "region.municipalities",
            &table.municipalities,
            MOST_PARTS,
            |name| {
                let known = atlas.municipality(name).map(str::to_owned);
                known.ok_or_else(|| "is not a Dutch municipality of today".to_owned())
            },
        );
        let known = known.unwrap_or_default();
        for (at, name) in known.iter().enumerate() {
            if known.get(..at).is_some_and(|before| before.contains(name)) {
                let place = table
                    .municipalities
                    .iter()
                    .flatten()
                    .nth(at)
                    .map_or(0..0, Spanned::span);
                self.note(
                    "region.municipalities",
                    &place,
                    format!("`{name}` stands here by two names"),
                );
            }
        }
        known.into_iter().map(TerritoryPart::Municipality).collect()
    }

    fn ranges(&mut self, table: &RegionTable) -> Vec<TerritoryPart> {
        let ranges = self.list("region.pc4", &table.pc4, MOST_PARTS, |text| {
            text.parse::<Pc4Range>()
                .map_err(|error| format!("is refused: {error}"))
        });
        let ranges = ranges.unwrap_or_default();
        let place = |at: usize| -> Range<usize> {
            let spans = table.pc4.iter().flatten().map(Spanned::span);
            spans.clone().nth(at).unwrap_or(0..0)
        };
        for (at, range) in ranges.iter().enumerate() {
            let overlaps = |other: &&Pc4Range| other.first() <= range.last() && range.first() <= other.last();
            if let Some(other) = ranges.iter().take(at).find(overlaps) {
                self.note("region.pc4", &place(at), format!("`{range}` overlaps `{other}`"));
            }
            let codes = range.first()..=range.last();
            if !self.atlas.postcodes().any(|area| codes.contains(&area.pc4)) {
                self.report(
                    "region.pc4",
                    &place(at),
                    format!("`{range}` holds no postcode that is in use"),
                );
            }
        }
        ranges.into_iter().map(TerritoryPart::Pc4).collect()
    }

    fn circle(&mut self, circle: &CircleTable) -> Option<TerritoryPart> {
        let radius_km = *circle.radius_km.get_ref();
        if !RADIUS_KM.contains(&radius_km) {
            let (least, most) = (RADIUS_KM.start(), RADIUS_KM.end());
            let message = format!("must be from {least} to {most}");
            self.report("region.circle.radius_km", &circle.radius_km.span(), message);
        }
        let text = circle.postcode.get_ref();
        let postcode = text.parse::<Postcode>().map_err(|error| error.to_string());
        let location =
            postcode.and_then(|postcode| self.atlas.resolve(postcode).map_err(|error| error.to_string()));
        match location {
            Ok(location) => Some(TerritoryPart::Circle {
                centre: location.position,
                radius_m: radius_km * 1_000.0,
            }),
            Err(message) => {
                self.report("region.circle.postcode", &circle.postcode.span(), message);
                None
            }
        }
    }

    fn polygon(&mut self, table: &RegionTable) -> Option<TerritoryPart> {
        let bytes = self.beside("region.polygon", &table.polygon)?;
        let polygons = self.one("region.polygon", &table.polygon, |name| {
            let text = str::from_utf8(&bytes).map_err(|error| format!("{name} is not text: {error}"))?;
            borders::read(text).map_err(|message| format!("{name} {message}"))
        });
        polygons.map(TerritoryPart::Polygon)
    }
}
