//! The words of Dutch and English tables: which header is which field, which value is which word of the format.

use nabij_offering::Field;

/// Headers, in small letters and digits only.
pub(super) const HEADERS: &[(Field, &[&str])] = &[
    (
        Field::Id,
        &[
            "id",
            "nr",
            "nummer",
            "code",
            "identificatie",
            "recordid",
            "activiteitid",
            "aanbodid",
        ],
    ),
    (
        Field::Title,
        &[
            "title",
            "titel",
            "naam",
            "name",
            "activiteit",
            "cursus",
            "naamactiviteit",
            "naamcursus",
            "aanbod",
            "publieksnaam",
        ],
    ),
    (
        Field::Description,
        &[
            "description",
            "omschrijving",
            "beschrijving",
            "toelichting",
            "inhoud",
            "informatie",
            "tekst",
        ],
    ),
    (
        Field::Kind,
        &["kind", "soort", "type", "soortaanbod", "categorie", "vorm"],
    ),
    (
        Field::Themes,
        &["themes", "thema", "themas", "onderwerp", "onderwerpen"],
    ),
    (
        Field::TargetGroups,
        &["targetgroups", "doelgroep", "doelgroepen", "voorwie"],
    ),
    (
        Field::Organisation,
        &[
            "organisation",
            "organisatie",
            "aanbieder",
            "instelling",
            "organization",
            "naamorganisatie",
            "stichting",
        ],
    ),
    (
        Field::Street,
        &["street", "straat", "straatnaam", "adres", "address"],
    ),
    (
        Field::HouseNumber,
        &[
            "housenumber",
            "huisnummer",
            "huisnr",
            "huisletter",
            "toevoeging",
            "toev",
            "huisnummertoevoeging",
        ],
    ),
    (Field::Postcode, &["postcode", "pc", "pc6", "postalcode", "zip"]),
    (
        Field::Place,
        &[
            "place",
            "plaats",
            "woonplaats",
            "plaatsnaam",
            "stad",
            "dorp",
            "city",
        ],
    ),
    (Field::Municipality, &["municipality", "gemeente"]),
    (Field::Lat, &["lat", "latitude", "breedtegraad", "y"]),
    (
        Field::Lon,
        &["lon", "lng", "long", "longitude", "lengtegraad", "x"],
    ),
    (Field::ServiceArea, &["servicearea", "werkgebied", "bereik"]),
    (Field::Languages, &["languages", "taal", "talen", "voertaal"]),
    (Field::Level, &["level", "niveau"]),
    (
        Field::Cost,
        &["cost", "kosten", "prijs", "bijdrage", "eigenbijdrage", "tarief"],
    ),
    (
        Field::Registration,
        &["registration", "aanmelding", "inschrijving"],
    ),
    (Field::OpeningHours, &["openinghours", "openingstijden"]),
    (Field::Dates, &["dates", "datum", "data", "datums", "startdatums"]),
    (
        Field::Phone,
        &["phone", "telefoon", "tel", "telefoonnummer", "telnr"],
    ),
    (Field::Email, &["email", "mail", "emailadres", "mailadres"]),
    (
        Field::Website,
        &[
            "website",
            "url",
            "link",
            "site",
            "internetadres",
            "webadres",
            "internet",
        ],
    ),
    (
        Field::Accessibility,
        &["accessibility", "toegankelijkheid", "rolstoel"],
    ),
    (
        Field::ValidFrom,
        &["validfrom", "begindatum", "startdatum", "vanaf", "ingangsdatum"],
    ),
    (Field::ValidTo, &["validto", "einddatum", "totenmet", "geldigtot"]),
    (
        Field::LastChecked,
        &[
            "lastchecked",
            "gecontroleerd",
            "laatstgecontroleerd",
            "laatstgewijzigd",
            "bijgewerkt",
        ],
    ),
    (Field::Source, &["source", "bron"]),
];

/// Parts of Dutch words for a kind, the telling ones first.
pub(super) const KINDS: &[(&str, &str)] = &[
    ("nonform", "nonformal"),
    ("non-form", "nonformal"),
    ("inform", "informal"),
    ("formeel", "formal"),
    ("formal", "formal"),
    ("diploma", "formal"),
    ("mbo", "formal"),
    ("spreekuur", "practical_help"),
    ("hulp", "practical_help"),
    ("advies", "practical_help"),
    ("loket", "practical_help"),
    ("cursus", "nonformal"),
    ("les", "nonformal"),
    ("training", "nonformal"),
    ("workshop", "nonformal"),
    ("ontmoet", "informal"),
    ("inloop", "informal"),
    ("café", "informal"),
    ("groep", "informal"),
    ("activiteit", "informal"),
];

/// Parts of Dutch words for a theme.
pub(super) const THEMES: &[(&str, &str)] = &[
    ("taal", "language"),
    ("lezen", "language"),
    ("rekenen", "numeracy"),
    ("digi", "digital"),
    ("computer", "digital"),
    ("geld", "money"),
    ("schuld", "money"),
    ("werk", "work"),
    ("gezond", "health"),
    ("beweg", "health"),
    ("gezin", "family"),
    ("opvoed", "family"),
    ("kinder", "family"),
    ("wonen", "housing"),
    ("recht", "law"),
    ("inburger", "integration"),
    ("ontmoet", "meeting"),
    ("overheid", "government"),
];
