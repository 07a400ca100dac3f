//! A service at a location → the draft of an offering. `docs/formats/hsds.md` is the mapping in words.

use std::sync::Arc;

use chrono::NaiveDate;
use nabij_offering::{Draft, Field};

use super::{
    native,
    record::{CostOption, Language, Location, Phone, Service, ServiceAtLocation, Text},
    schedule,
};
use crate::{
    classes::Classes,
    mapping::Mapping,
    source::{Remark, Row, RowError},
    wording,
};

/// What turns services into rows.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    pub(super) classes: Classes,
    pub(super) mapping: Option<Mapping>,
    pub(super) today: NaiveDate,
}

impl Reader {
    /// The rows of a service: one for each location, or one if it has none.
    pub(super) fn rows(
        &self,
        file: &Arc<str>,
        line: u64,
        service: &Service,
        remarks: Vec<Remark>,
    ) -> Vec<Row> {
        if matches!(&*service.status, "inactive" | "defunct" | "temporarily closed") {
            let status = RowError::Inactive(service.status.to_string());
            return vec![Row::new(file, line, Err(status))];
        }
        let places = &service.service_at_locations;
        let several = places.len() > 1;
        let places: Vec<Option<&ServiceAtLocation>> = match places.as_slice() {
            [] => vec![None],
            places => places.iter().map(Some).collect(),
        };
        let mut rows: Vec<Row> = places
            .into_iter()
            .map(|place| {
                let mut remarks = Vec::new();
                let mut draft = self.draft(service, place, &mut remarks);
                if let (true, Some(place)) = (several, place) {
                    let of = place.id.given().unwrap_or(&place.location_id);
                    draft.set(Field::Id, &format!("{}@{of}", &*service.id));
                }
                Row {
                    remarks,
                    ..Row::new(file, line, Ok(draft))
                }
            })
            .collect();
        if let Some(first) = rows.first_mut() {
            first.remarks.splice(0..0, remarks);
        }
        rows
    }

    fn draft(
        &self,
        service: &Service,
        place: Option<&ServiceAtLocation>,
        remarks: &mut Vec<Remark>,
    ) -> Draft {
        if let Some(draft) = native::draft(service, place) {
            return draft;
        }
        let location = place.and_then(|place| place.location.as_ref());
        let mut draft = Draft::default();
        draft.set(Field::Id, &service.id);
        draft.set(Field::Title, &service.name);
        draft.set(Field::Description, &description(service));
        draft.set_list(Field::TargetGroups, target_groups(service));
        draft.set(Field::Cost, &cost(service, self.today));
        if let Some(registration) = wording::registration(&service.application_process) {
            draft.set(Field::Registration, registration);
        }
        let checked = service.assured_date.or(&service.last_modified);
        draft.set(Field::LastChecked, checked.get(..10).unwrap_or_default());
        languages(service, location, &mut draft);
        contact(service, place, &mut draft);
        service_areas(service, location, &mut draft);
        if let Some(location) = location {
            set_place(location, &mut draft);
        }
        let schedules = [
            place.map_or(&[][..], |place| &place.schedules),
            &service.schedules,
            location.map_or(&[][..], |location| &location.schedules),
        ];
        let schedules = schedules.into_iter().find(|schedules| !schedules.is_empty());
        schedule::set(schedules.unwrap_or_default(), self.today, &mut draft, remarks);
        break_lines(&mut draft);
        if let Some(mapping) = &self.mapping {
            mapping.complete(&mut draft);
        }
        let terms = service
            .attributes
            .iter()
            .filter_map(|attribute| attribute.taxonomy_term.as_ref());
        let terms = terms
            .flat_map(|term| [term.name.given(), term.code.given()])
            .flatten();
        // A taxonomy names thousands of topics; that one of them has no row in the table is nothing to mend.
        self.classes.apply(terms, &mut draft);
        draft
    }
}

/// Tables write a line break within a text as a backslash and an n.
fn break_lines(draft: &mut Draft) {
    for field in [
        Field::Title,
        Field::Description,
        Field::TargetGroups,
        Field::Cost,
        Field::Accessibility,
    ] {
        if let Some(text) = draft.get(field).filter(|text| text.contains('\\')) {
            let text = text.replace("\\r", "").replace("\\n", "\n");
            draft.set(field, &text);
        }
    }
}

/// What it is, and how to get in: in paragraphs.
fn description(service: &Service) -> String {
    let parts = [&service.description, &service.application_process, &service.alert];
    let parts: Vec<&str> = parts.into_iter().filter_map(Text::given).collect();
    parts.join("\n\n")
}

fn target_groups(service: &Service) -> Vec<String> {
    let ages = match (service.minimum_age.given(), service.maximum_age.given()) {
        (None, None) => None,
        (Some(from), None) => Some(format!("Vanaf {from} jaar")),
        (None, Some(to)) => Some(format!("Tot en met {to} jaar")),
        (Some(from), Some(to)) => Some(format!("{from} tot en met {to} jaar")),
    };
    let eligible = service
        .eligibility_description
        .given()
        .map(|text| text.replace('|', "/"));
    ages.into_iter().chain(eligible).collect()
}

fn cost(service: &Service, today: NaiveDate) -> String {
    let today = today.to_string();
    let current = |option: &&CostOption| option.valid_to.is_empty() || *option.valid_to >= *today;
    let options: Vec<&CostOption> = service.cost_options.iter().filter(current).collect();
    if let [option] = options.as_slice()
        && matches!(&*option.currency.to_lowercase(), "" | "eur")
        && option.amount_description.is_empty()
        && let Some(amount) = option.amount.given()
    {
        return amount.to_owned();
    }
    let options: Vec<String> = options
        .iter()
        .map(|option| {
            let parts = [
                &option.amount,
                &option.currency,
                &option.amount_description,
                &option.option,
            ];
            parts
                .into_iter()
                .filter_map(Text::given)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .filter(|option| !option.is_empty())
        .collect();
    if !options.is_empty() {
        return options.join("; ");
    }
    service.fees_description.or(&service.fees).to_string()
}

fn languages(service: &Service, location: Option<&Location>, draft: &mut Draft) {
    let at_location = location.map_or(&[][..], |location| &location.languages);
    let all = service.languages.iter().chain(at_location);
    let mut codes: Vec<&str> = all.filter_map(language_code).collect();
    codes.sort_unstable();
    codes.dedup();
    draft.set_list(Field::Languages, codes);
}

fn language_code(language: &Language) -> Option<&str> {
    let name = language.name.or(&language.language);
    language.code.given().or_else(|| wording::language(name))
}

fn contact(service: &Service, place: Option<&ServiceAtLocation>, draft: &mut Draft) {
    let organization = service.organization.as_ref();
    let location = place.and_then(|place| place.location.as_ref());
    let phones = [
        place.map_or(&[][..], |place| &place.phones),
        &service.phones,
        location.map_or(&[][..], |location| &location.phones),
    ];
    let of_contacts = service.contacts.iter().flat_map(|contact| &contact.phones);
    let of_organization = organization.map_or(&[][..], |organization| &organization.phones);
    let phone = phones
        .into_iter()
        .flatten()
        .chain(of_contacts)
        .chain(of_organization);
    let voice = |phone: &&Phone| !matches!(&*phone.kind.to_lowercase(), "fax" | "sms" | "pager" | "tty");
    let number = phone.filter(voice).find_map(|phone| phone.number.given());
    draft.set(Field::Phone, number.unwrap_or_default().trim_matches('"'));
    let email = service.contacts.iter().find_map(|contact| contact.email.given());
    let email = service
        .email
        .given()
        .or(email)
        .or(organization.and_then(|of| of.email.given()));
    draft.set(Field::Email, email.unwrap_or_default());
    let website = service
        .url
        .given()
        .or(organization.and_then(|of| of.website.or(&of.url).given()));
    draft.set(Field::Website, website.unwrap_or_default());
    let name = organization.and_then(|of| of.name.given());
    draft.set(Field::Organisation, name.unwrap_or_default());
}

fn set_place(location: &Location, draft: &mut Draft) {
    if !location.latitude.is_empty() || !location.longitude.is_empty() {
        draft.set(Field::Lat, &location.latitude);
        draft.set(Field::Lon, &location.longitude);
    }
    if let Some(address) = location.addresses.first() {
        let lines = [&address.address_1, &address.address_2];
        let lines: Vec<&str> = lines.into_iter().filter_map(Text::given).collect();
        draft.set(Field::Street, &lines.join(", "));
        draft.set(Field::Place, &address.city);
        // A postcode of another country is no mistake, and places nothing here.
        if matches!(&*address.country.to_uppercase(), "" | "NL" | "NLD") {
            draft.set(Field::Postcode, &address.postal_code);
        }
    }
    let accessible = location
        .accessibility
        .iter()
        .filter_map(|of| of.description.or(&of.accessibility).or(&of.details).given());
    draft.set(Field::Accessibility, &accessible.collect::<Vec<_>>().join("; "));
}

/// `Nederland`, `Gemeente Gorinchem`, `Provincie Zeeland`; other areas have no form here.
fn service_areas(service: &Service, location: Option<&Location>, draft: &mut Draft) {
    let mut areas: Vec<String> = service
        .service_areas
        .iter()
        .filter_map(|area| area.name.or(&area.service_area).given())
        .filter_map(wording::service_area)
        .collect();
    if location.is_some_and(|location| &*location.location_type == "virtual") {
        areas.push("online".to_owned());
    }
    draft.set_list(Field::ServiceArea, areas);
}
