//! Example offerings: made up by us from templates, over real places and postcodes. Nothing in them exists.

mod template;

use nabij_atlas::{Atlas, PostcodeArea};
use nabij_offering::{Draft, Field};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};

use crate::template::{ENDINGS, SERVICE_AREAS, STREETS, TEMPLATES, Template};

/// Endless examples; the same for the same seed, so a smaller number is the beginning of a larger one.
///
/// Each is a draft that passes every check. About one in 30 serves an area in place of having a door, one in ten
/// has a postcode but no coordinates, one in 50 only a place name.
pub fn drafts(atlas: &Atlas, seed: u64) -> impl Iterator<Item = Draft> {
    let areas: Vec<&PostcodeArea> = atlas.postcodes().collect();
    let mut dice = StdRng::seed_from_u64(seed);
    (1_u64..).filter_map(move |number| {
        let template = TEMPLATES.choose(&mut dice)?;
        let area = *areas.choose(&mut dice)?;
        Some(draft(&mut dice, number, template, area))
    })
}

fn draft(dice: &mut StdRng, number: u64, template: &Template, area: &PostcodeArea) -> Draft {
    let town = area.places.first().map_or("", String::as_str);
    let mut draft = Draft::default();
    let mut set = |field, value: &str| draft.set(field, value);
    set(Field::Id, &format!("voorbeeld-{number:07}"));
    set(
        Field::Title,
        &pick(dice, template.titles).replace("{plaats}", town),
    );
    set(
        Field::Description,
        &format!("{} {}", template.description, pick(dice, ENDINGS)),
    );
    set(Field::Kind, template.kind.name());
    set(Field::Themes, template.themes);
    set(Field::TargetGroups, template.target_groups);
    set(Field::Organisation, &format!("{} {town}", template.organisation));
    set(
        Field::Cost,
        pick(dice, &["free", "free", "free", "2.50", "€ 50 per jaar", "15.00"]),
    );
    set(Field::Registration, pick(dice, &["walk_in", "call", "sign_up"]));
    set(Field::Languages, pick(dice, &["nl", "nl", "nl|en", "nl|ar|tr"]));
    set(
        Field::Phone,
        &format!(
            "000 {:03} {:02} {:02}",
            dice.random_range(0..1_000),
            dice.random_range(0..100),
            dice.random_range(0..100)
        ),
    );
    set(Field::Email, "vraag@voorbeeld.example");
    set(Field::Website, &format!("https://voorbeeld.example/{number}"));
    set(
        Field::LastChecked,
        &format!(
            "2026-{:02}-{:02}",
            dice.random_range(6..=10),
            dice.random_range(1..=28)
        ),
    );
    set(Field::Source, "voorbeeld");
    set(Field::Example, "true");
    when(dice, &mut draft);
    place(dice, &mut draft, area, town);
    draft
}

fn when(dice: &mut StdRng, draft: &mut Draft) {
    let day = pick(dice, &["Mo", "Tu", "We", "Th", "Fr", "Sa", "Mo,We", "Tu,Th"]);
    let start = dice.random_range(9..=19);
    let weekly = format!("{day} {start:02}:00-{:02}:00; PH off", start + 2);
    match dice.random_range(0..10) {
        0 => draft.set_list(Field::Dates, ["2027-01-12T19:00/21:00", "2027-02-09T19:00/21:00"]),
        1 => draft.set(
            Field::Rrule,
            "DTSTART;TZID=Europe/Amsterdam:20260106T100000\nRRULE:FREQ=MONTHLY;BYDAY=1TU",
        ),
        _ => draft.set(Field::OpeningHours, &weekly),
    }
}

fn place(dice: &mut StdRng, draft: &mut Draft, area: &PostcodeArea, town: &str) {
    if dice.random_ratio(1, 30) {
        let form = pick(dice, SERVICE_AREAS);
        let form = form
            .replace("{gemeente}", &area.municipality)
            .replace("{provincie}", &area.province);
        draft.set(Field::ServiceArea, &form.replace("{pc4}", &area.pc4.to_string()));
        return;
    }
    draft.set(Field::Place, town);
    if dice.random_ratio(1, 50) {
        return;
    }
    let letter = |dice: &mut StdRng| char::from(*b"ABCDEFGHJKLMNPRTVWXZ".choose(dice).unwrap_or(&b'A'));
    draft.set(
        Field::Postcode,
        &format!("{} {}{}", area.pc4, letter(dice), letter(dice)),
    );
    draft.set(Field::Street, pick(dice, STREETS));
    draft.set(Field::HouseNumber, &dice.random_range(1..200).to_string());
    if dice.random_ratio(9, 10) {
        // About 400 m around the middle of the postcode.
        let mut off = || (dice.random::<f64>() + dice.random::<f64>() - 1.0) * 0.008;
        draft.set(Field::Lat, &format!("{:.5}", area.position.lat() + off()));
        draft.set(Field::Lon, &format!("{:.5}", area.position.lon() + off() * 1.6));
    }
}

fn pick<'a>(dice: &mut StdRng, from: &[&'a str]) -> &'a str {
    from.choose(dice).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use nabij_offering::{Kind, Theme};

    use super::*;

    #[test]
    fn every_example_passes_every_check_and_all_kinds_themes_and_provinces_occur() {
        let atlas = Atlas::shipped().unwrap();
        let (mut kinds, mut themes, mut provinces, mut areas) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for draft in drafts(&atlas, 1).take(3_000) {
            let checked = draft.check();
            assert_eq!(checked.problems, [], "{draft:?}");
            let offering = checked.offering.unwrap();
            assert!(offering.example);
            kinds.insert(offering.kind);
            themes.extend(offering.themes.iter());
            let pc4 = offering
                .postcode
                .and_then(|postcode| atlas.postcode(postcode.pc4()));
            provinces.extend(pc4.map(|area| area.province.clone()));
            areas.extend(
                offering
                    .service_areas
                    .iter()
                    .map(std::mem::discriminant)
                    .map(|form| format!("{form:?}")),
            );
        }
        assert_eq!((kinds.len(), themes.len()), (Kind::ALL.len(), Theme::ALL.len()));
        assert_eq!((provinces.len(), areas.len()), (12, 6));
    }

    #[test]
    fn the_shipped_sample_is_what_the_generator_makes() {
        let atlas = Atlas::shipped().unwrap();
        let shipped = include_str!("../../data/sample/offerings.jsonl");
        assert_eq!(shipped.lines().count(), 3_000);
        for (line, draft) in shipped.lines().zip(drafts(&atlas, 1)) {
            assert_eq!(line, serde_json::to_string(&draft.to_json()).unwrap());
        }
    }
}
