//! The sorts of problems in plain Dutch, for editors: what is wrong, and how to mend it.

/// Code, what is wrong, how to mend it.
const WORDS: &[(&str, &str, &str)] = &[
    ("missing", "Een verplicht veld is leeg", "Vul het veld in."),
    (
        "nowhere",
        "We weten niet waar het is",
        "Geef een postcode of een plaats. Of schrijf dat het voor heel Nederland is.",
    ),
    (
        "lost",
        "We weten niet waar het is",
        "Geef een postcode of een plaats. Of schrijf dat het voor heel Nederland is.",
    ),
    (
        "unknown_word",
        "Dit woord staat niet op de lijst",
        "Kies een woord van de lijst.",
    ),
    (
        "postcode",
        "Dit is geen postcode",
        "Schrijf 4 cijfers en 2 letters. Zoals 3011 AD.",
    ),
    (
        "position",
        "De plek op de kaart klopt niet",
        "Geef lengte en breedte in graden. Of laat ze allebei leeg.",
    ),
    (
        "not_a_number",
        "De plek op de kaart klopt niet",
        "Geef lengte en breedte in graden. Of laat ze allebei leeg.",
    ),
    (
        "half_a_position",
        "De plek op de kaart klopt niet",
        "Geef lengte en breedte in graden. Of laat ze allebei leeg.",
    ),
    (
        "notation",
        "De plek op de kaart stond anders genoteerd",
        "Je hoeft niets te doen. We hebben het omgerekend.",
    ),
    (
        "service_area",
        "Dit is geen gebied",
        "Schrijf bijvoorbeeld municipality:Sneek of national.",
    ),
    (
        "day",
        "Dit is geen datum",
        "Schrijf jaar, maand en dag. Zoals 2026-12-31.",
    ),
    (
        "date_slot",
        "Dit is geen datum met tijd",
        "Schrijf bijvoorbeeld 2026-12-01T10:00/12:00.",
    ),
    (
        "opening_hours",
        "We begrijpen de tijden niet",
        "Schrijf bijvoorbeeld Mo,We 10:00-12:00; PH off.",
    ),
    (
        "rrule",
        "We begrijpen de herhaling niet",
        "Schrijf DTSTART en RRULE. Of gebruik openingstijden.",
    ),
    (
        "website",
        "Dit is geen adres van een website",
        "Schrijf een adres dat begint met https://.",
    ),
    (
        "email",
        "Dit is geen e-mailadres",
        "Schrijf een adres zoals naam@voorbeeld.nl.",
    ),
    (
        "phone",
        "Dit lijkt geen Nederlands telefoonnummer",
        "Kijk of er 10 cijfers staan.",
    ),
    (
        "level",
        "Dit niveau bestaat niet",
        "Schrijf een niveau zoals A2, B1, 1F of NT2.",
    ),
    (
        "backwards",
        "Het eindigt voor het begint",
        "Kijk naar de eerste en de laatste dag.",
    ),
    ("too_long", "De tekst is te lang", "Maak de tekst korter."),
    (
        "control_characters",
        "Er stonden vreemde tekens in",
        "Je hoeft niets te doen. We hebben ze weggehaald.",
    ),
    (
        "unreadable",
        "We kunnen deze regel niet lezen",
        "Kijk hoe het bestand is gemaakt.",
    ),
    (
        "stranger",
        "We kennen dit veld niet",
        "Geef het veld een naam die we kennen. Of laat het weg.",
    ),
    (
        "ended",
        "Het is voorbij",
        "Geef een nieuwe einddatum. Of haal het weg.",
    ),
    (
        "dates_over",
        "Alle datums zijn voorbij",
        "Geef nieuwe datums. Of haal het weg.",
    ),
    (
        "far_from_postcode",
        "De plek ligt ver van de postcode",
        "Kijk of de postcode en de plek kloppen.",
    ),
    (
        "far_from_place",
        "De plek ligt ver van de plaats",
        "Kijk of de postcode en de plaats kloppen.",
    ),
    (
        "unknown_postcode",
        "Deze postcode bestaat niet",
        "Kijk of de postcode goed is.",
    ),
    (
        "unknown_place",
        "We kennen deze plaats niet",
        "Schrijf de naam van de stad of het dorp.",
    ),
    (
        "html",
        "Er stond HTML in de tekst",
        "Je hoeft niets te doen. We maakten er gewone tekst van.",
    ),
    (
        "broken_link",
        "Dit hoort bij iets dat er niet is",
        "Kijk of alles in het bestand staat.",
    ),
    (
        "field_not_read",
        "Dit deel is niet gelezen",
        "Je hoeft niets te doen. Mis je het? Zeg het ons.",
    ),
    (
        "unreadable_rows",
        "We kunnen deze regels niet lezen",
        "Kijk hoe het bestand is gemaakt.",
    ),
    (
        "schedule_not_read",
        "We begrijpen de tijden niet",
        "Schrijf de tijden op een andere manier.",
    ),
    (
        "several_recurrences",
        "Er staan meer herhalingen in dan een",
        "Schrijf een herhaling. Of gebruik openingstijden.",
    ),
    (
        "unknown_term",
        "We kennen deze soort niet",
        "Zet de soort in de tabel met soorten.",
    ),
    (
        "not_fetched",
        "We konden het bestand niet ophalen",
        "Kijk of de website het doet.",
    ),
    (
        "circle",
        "De organisaties verwijzen naar elkaar",
        "Kijk welke organisatie boven de andere hoort.",
    ),
    (
        "repeated",
        "Dit staat meer dan een keer in het bestand",
        "Laat er een staan.",
    ),
    (
        "several_places",
        "Het is op meer plekken",
        "Maak er voor elke plek een regel van.",
    ),
    (
        "unknown_municipality",
        "We kennen deze gemeente niet",
        "Schrijf de naam van de gemeente van nu.",
    ),
    (
        "duplicate_id",
        "Dit nummer is al gebruikt",
        "Geef elke regel een eigen nummer.",
    ),
    (
        "old",
        "Al meer dan een jaar niet gecheckt",
        "Kijk of alles nog klopt. Schrijf dan de datum van vandaag op.",
    ),
    (
        "checked_in_future",
        "De checkdatum moet nog komen",
        "Schrijf op wanneer je het voor het laatst checkte.",
    ),
    (
        "long_text",
        "De tekst is lang",
        "Zeg in een paar zinnen wat je daar doet.",
    ),
    (
        "hard_text",
        "De tekst is moeilijk te lezen",
        "Schrijf korte zinnen met korte woorden.",
    ),
    (
        "hard_words",
        "Er staan moeilijke woorden in",
        "Gebruik gewone woorden.",
    ),
];

/// What is wrong and how to mend it, in Dutch. A code that is not known here is shown as it is.
pub(super) fn in_dutch(code: &'static str) -> (&'static str, &'static str) {
    let words = WORDS.iter().find(|(known, ..)| *known == code);
    words.map_or((code, ""), |(_, what, remedy)| (what, remedy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_words() {
        // Every file that gives a code. A code is a word in quotation marks, and nothing else there is.
        let files = [
            include_str!("../../../offering/src/problem.rs"),
            include_str!("../place.rs"),
            include_str!("../examine.rs"),
            include_str!("../run.rs"),
        ];
        let code = files.iter().filter_map(|file| file.split("#[cfg(test)]").next());
        let is_code =
            |text: &&str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        let codes: Vec<&str> = code
            .flat_map(|file| file.split('"').skip(1).step_by(2))
            .filter(is_code)
            .collect();
        assert!(codes.len() > 30, "{codes:?}");
        for code in codes {
            assert!(!in_dutch(code).1.is_empty(), "{code}");
        }
    }
}
