//! A product of G!DS → the draft of an offering.

use std::sync::Arc;

use chrono::NaiveDate;
use nabij_offering::{Draft, Field};
use serde_json::Value;

use super::record::{get, items, plain, text};
use crate::{
    classes::Classes,
    dutch,
    hours::{WeeklySlot, opening_hours},
    mapping::Mapping,
    organisations::{Organisation, Organisations},
    source::{Remark, Row},
    wording,
};

/// The fields of a product that are read, in small letters.
pub(super) const READ: [&str; 42] = [
    "productid",
    "id",
    "productsoortid",
    "productsoortnaam",
    "productsoortversie",
    "gmlversie",
    "publieksnaam",
    "naam",
    "beschrijving",
    "bijzonderheden",
    "doelgroepen",
    "doelgroep",
    "data",
    "datums",
    "uitvoeringen",
    "openingstijden",
    "kosten",
    "aanmelden",
    "aanmelding",
    "niveau",
    "talen",
    "taal",
    "toegankelijkheid",
    "werkgebied",
    "werkgebieden",
    "contact",
    "telefoon",
    "email",
    "website",
    "organisatie",
    "organisatieid",
    "locatie",
    "locaties",
    "startdatum",
    "einddatum",
    "geldigvan",
    "geldigtot",
    "laatstgecontroleerd",
    "laatstgewijzigd",
    "wijzigingsdatum",
    "aanmaakdatum",
    "status",
];

/// What turns products into rows.
pub(super) struct Reader {
    pub(super) classes: Classes,
    pub(super) organisations: Organisations,
    pub(super) mapping: Option<Mapping>,
    pub(super) today: NaiveDate,
}

impl Reader {
    pub(super) fn row(&self, file: &Arc<str>, line: u64, product: &Value) -> Row {
        let mut draft = Draft::default();
        let mut remarks = Vec::new();
        let id = text(product, &["productId", "id"]);
        if !id.is_empty() {
            draft.set(Field::Id, &format!("gids-{id}"));
        }
        draft.set(Field::Title, &text(product, &["publieksNaam", "naam"]));
        let parts = [
            text(product, &["beschrijving"]),
            text(product, &["bijzonderheden"]),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        draft.set(Field::Description, &parts.join("\n\n"));
        draft.set_list(Field::TargetGroups, words(product, &["doelgroepen", "doelgroep"]));
        draft.set(Field::Level, &text(product, &["niveau"]));
        draft.set(Field::Accessibility, &text(product, &["toegankelijkheid"]));
        let cost = text(product, &["kosten"]);
        let free = matches!(&*cost.to_lowercase(), "geen" | "geen kosten" | "nee" | "gratis");
        draft.set(Field::Cost, if free { "free" } else { &cost });
        let how = text(product, &["aanmelden", "aanmelding"]);
        draft.set(
            Field::Registration,
            wording::registration(&how).unwrap_or_default(),
        );
        let languages = words(product, &["talen", "taal"]);
        let codes = languages
            .iter()
            .map(|name| wording::language(name).unwrap_or(name));
        draft.set_list(Field::Languages, codes);
        self.organisation(product, &mut draft, &mut remarks);
        place(product, &mut draft, &mut remarks);
        when(product, self.today, &mut draft, &mut remarks);
        self.class(product, &mut draft, &mut remarks);
        if let Some(mapping) = &self.mapping {
            mapping.complete(&mut draft);
        }
        Row {
            remarks,
            ..Row::new(file, line, Ok(draft))
        }
    }

    fn class(&self, product: &Value, draft: &mut Draft, remarks: &mut Vec<Remark>) {
        let term = text(product, &["productSoortNaam"]);
        let term = (!term.is_empty()).then_some(term.as_str());
        let unknown = self.classes.apply(term, draft);
        let problem = match (term, unknown.first()) {
            (None, _) => "has no aanbodsoort".to_owned(),
            (_, Some(term)) => format!("the aanbodsoort `{term}` is not in the table"),
            _ => return,
        };
        let kind = draft.get(Field::Kind).unwrap_or("nothing");
        let problem = format!("{problem}; taken as {kind}");
        remarks.push(Remark::new(
            Field::Kind,
            "unknown_term",
            problem,
            "add it to the table of aanbodsoorten",
        ));
    }

    fn organisation(&self, product: &Value, draft: &mut Draft, remarks: &mut Vec<Remark>) {
        let within = get(product, &["organisatie"]);
        let mut id = text(product, &["organisatieId"]);
        if let (true, Some(within)) = (id.is_empty(), within) {
            id = text(within, &["organisatieId", "id"]);
        }
        let own = within.map(organisation).unwrap_or_default();
        let joined = self.organisations.complete(&id);
        if joined.is_none() && own.name.is_empty() && !id.is_empty() {
            let problem = format!("belongs to the organisation `{id}`, which is not in the source");
            let remedy = "export the organisations too";
            remarks.push(Remark::new(Field::Organisation, "broken_link", problem, remedy));
        }
        let (joined, circle) = joined.unwrap_or_default();
        if let Some(circle) = circle {
            let remedy = "mend the organisation above it";
            remarks.push(Remark::new(
                Field::Organisation,
                "circle",
                circle.to_string(),
                remedy,
            ));
        }
        draft.set(Field::Organisation, first([&own.name, &joined.name]));
        let contact = get(product, &["contact"]).unwrap_or(&Value::Null);
        for (field, names, own, joined) in [
            (Field::Phone, PHONE, &own.phone, &joined.phone),
            (Field::Email, EMAIL, &own.email, &joined.email),
            (Field::Website, WEBSITE, &own.website, &joined.website),
        ] {
            let (of_product, of_contact) = (text(product, names), text(contact, names));
            draft.set(field, first([&of_contact, &of_product, own, joined]));
        }
    }
}

const PHONE: &[&str] = &["telefoon", "telefoonnummer"];
const EMAIL: &[&str] = &["email", "e-mail"];
const WEBSITE: &[&str] = &["website", "url", "internetadres"];

fn first<const N: usize>(texts: [&String; N]) -> &str {
    texts
        .into_iter()
        .find(|text| !text.is_empty())
        .map_or("", String::as_str)
}

/// An organisation that stands by itself, or in a product.
pub(super) fn organisation(value: &Value) -> Organisation {
    let contact = get(value, &["contact"]).unwrap_or(&Value::Null);
    let either = |names: &[&str]| {
        let own = text(value, names);
        if own.is_empty() { text(contact, names) } else { own }
    };
    Organisation {
        name: plain_name(value),
        phone: either(PHONE),
        email: either(EMAIL),
        website: either(WEBSITE),
        parent: text(value, &["hoofdOrganisatieId", "moederOrganisatieId"]),
    }
}

fn plain_name(value: &Value) -> String {
    match value {
        Value::Object(_) => text(value, &["publieksNaam", "naam", "organisatieNaam"]),
        other => plain(other),
    }
}

fn words(product: &Value, names: &[&str]) -> Vec<String> {
    let all = items(product, names).into_iter().map(plain);
    all.filter(|word| !word.is_empty())
        .map(|word| word.replace('|', "/"))
        .collect()
}

fn place(product: &Value, draft: &mut Draft, remarks: &mut Vec<Remark>) {
    let locations = items(product, &["locatie", "locaties"]);
    if locations.len() > 1 {
        let problem = format!("has {} locations, of which the first is shown", locations.len());
        remarks.push(Remark::new(
            Field::Place,
            "several_places",
            problem,
            "make a product of each",
        ));
    }
    let location = locations.into_iter().next();
    // An element with one child looks like a list of one; an object stays the location itself.
    let location = get(product, &["locatie"])
        .filter(|value| get(value, &["postcode", "plaats"]).is_some())
        .or(location);
    if let Some(location) = location {
        let number = [
            text(location, &["huisnummer"]),
            text(location, &["toevoeging", "huisnummerToevoeging"]),
        ];
        draft.set(Field::HouseNumber, &number.join(" "));
        for (field, names) in [
            (Field::Street, &["straat", "straatnaam"][..]),
            (Field::Postcode, &["postcode"]),
            (Field::Place, &["plaats", "woonplaats"]),
            (Field::Municipality, &["gemeente"]),
            (Field::Lat, &["latitude", "lat", "y"]),
            (Field::Lon, &["longitude", "lon", "x"]),
        ] {
            draft.set(field, &text(location, names));
        }
    }
    let areas = words(product, &["werkgebied", "werkgebieden"]);
    // What is named without a word for it is a municipality.
    let areas = areas
        .iter()
        .map(|name| wording::service_area(name).unwrap_or_else(|| format!("municipality:{name}")));
    draft.set_list(Field::ServiceArea, areas);
}

/// Opening hours, dates from today on, and the days between which it is offered.
fn when(product: &Value, today: NaiveDate, draft: &mut Draft, remarks: &mut Vec<Remark>) {
    let mut unclear = Vec::new();
    let mut slots = Vec::new();
    for item in items(product, &["openingstijden"]) {
        match slot(item) {
            Some(slot) => slots.push(slot),
            None => unclear.push(described(item)),
        }
    }
    let mut dates = Vec::new();
    let mut last_past = None;
    for item in items(product, &["data", "datums", "uitvoeringen"]) {
        let day = match item {
            Value::String(text) => dutch::date(text),
            item => dutch::date(&text(item, &["datum", "startdatum", "dag"])),
        };
        match day {
            Some(day) if day < today => last_past = last_past.max(Some(day)),
            Some(day) => dates.push(date_text(day, item)),
            None => unclear.push(described(item)),
        }
    }
    for (field, names) in [
        (Field::ValidFrom, &["geldigVan", "startdatum"][..]),
        (Field::ValidTo, &["geldigTot", "einddatum"]),
        (
            Field::LastChecked,
            &["laatstGecontroleerd", "laatstGewijzigd", "wijzigingsdatum"],
        ),
    ] {
        let words = text(product, names);
        draft.set(field, &dutch::date(&words).map_or(words, |day| day.to_string()));
    }
    if let (true, true, Some(last)) = (dates.is_empty(), slots.is_empty(), last_past)
        && draft.get(Field::ValidTo).is_none()
    {
        // All of its dates are past, and nothing says that it goes on.
        draft.set(Field::ValidTo, &last.to_string());
    }
    draft.set(Field::OpeningHours, &opening_hours(slots).unwrap_or_default());
    draft.set_list(Field::Dates, dates);
    for what in unclear {
        let problem = format!("`{what}` says no day or no time");
        remarks.push(Remark::new(
            Field::OpeningHours,
            "schedule_not_read",
            problem,
            "write a day, a begin and an end",
        ));
    }
}

fn slot(item: &Value) -> Option<WeeklySlot> {
    let day = dutch::weekday(&text(item, &["dag", "weekdag"]))?;
    let (from, to) = times(item);
    Some(WeeklySlot::new(day, from?, to?))
}

fn times(item: &Value) -> (Option<chrono::NaiveTime>, Option<chrono::NaiveTime>) {
    let time = |names: &[&str]| dutch::time(&text(item, names));
    (
        time(&["van", "begintijd", "starttijd", "vanTijd"]),
        time(&["tot", "eindtijd", "totTijd"]),
    )
}

fn date_text(day: NaiveDate, item: &Value) -> String {
    match times(item) {
        (Some(from), Some(to)) => format!("{day}T{}/{}", from.format("%H:%M"), to.format("%H:%M")),
        (Some(from), None) => format!("{day}T{}", from.format("%H:%M")),
        (None, _) => day.to_string(),
    }
}

fn described(item: &Value) -> String {
    match item {
        Value::String(text) => text.chars().take(80).collect(),
        item => item.to_string().chars().take(80).collect(),
    }
}
