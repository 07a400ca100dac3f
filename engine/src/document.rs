//! An offering on its way into the index: analysed and rendered.

use std::sync::LazyLock;

use nabij_language::Lexicon;
use nabij_offering::{Card, Field, KindSet, Offering, Pc4, Position, Postcode, Theme};
use serde_json::{Map, Value};

use crate::{
    analysis::{document_terms, name_terms},
    area_wide, attributes, worth,
};

/// An offering on its way into the index. Making one is where the work is; it can be done on any thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub(crate) id: String,
    /// The identifiers that other sources have for it, separated by line ends.
    pub(crate) other_ids: String,
    /// Kind, themes and features.
    pub(crate) attributes: u32,
    pub(crate) position: Option<Position>,
    /// The four digits of its postcode.
    pub(crate) pc4: Option<Pc4>,
    /// The areas it serves; only of an offering without a position.
    pub(crate) areas: String,
    /// Analysed text: terms separated by spaces.
    pub(crate) terms: String,
    /// Terms for what the words mean, separated by spaces; none without a lexicon.
    pub(crate) meanings: String,
    /// The words of the title as people type them, separated by spaces; none without a lexicon.
    pub(crate) words: String,
    /// The day on which it was last checked, in days since 1970; 0 if nobody says.
    pub(crate) checked: u16,
    /// How many terms the text has.
    pub(crate) length: u32,
    /// The JSON of its [`Card`].
    pub(crate) card: Vec<u8>,
    /// The JSON of those of its fields that the card does not show as they are.
    pub(crate) rest: Vec<u8>,
}

impl From<&Offering> for Document {
    fn from(offering: &Offering) -> Self {
        let (terms, length) = document_terms(&offering.title, &offering.description);
        let position = offering.place.map(|place| place.position);
        let kinds: KindSet = [offering.kind].into_iter().collect();
        Self {
            id: offering.id.clone(),
            other_ids: offering.other_ids.join("\n"),
            attributes: attributes::bits(kinds, offering.themes, offering.features()),
            position,
            pc4: offering.postcode.map(Postcode::pc4),
            areas: if position.is_some() {
                String::new()
            } else {
                area_wide::text(&offering.service_areas)
            },
            terms,
            meanings: String::new(),
            words: String::new(),
            length,
            checked: worth::day_checked(offering),
            rest: serde_json::to_vec(&rest(offering)).unwrap_or_default(),
            card: serde_json::to_vec(&Card::from(offering)).unwrap_or_default(),
        }
    }
}

impl Document {
    /// A document that can be found by what its words mean as well.
    pub fn new(offering: &Offering, lexicon: &Lexicon) -> Self {
        let themes = offering.themes.iter().map(Theme::name);
        // Where it is says nothing of what it is: *Startenhuizen* is about no start and no houses.
        let town = offering.town.as_deref().filter(|town| !town.is_empty());
        let title = town.map_or_else(|| offering.title.clone(), |town| offering.title.replace(town, ""));
        let meant = lexicon.meanings(&title, &offering.description, themes);
        let mut document = Self::from(offering);
        if meant.is_name {
            document.terms = name_terms(
                &offering.title,
                &offering.description,
                meant.is_described,
                lexicon,
            );
        }
        Self {
            meanings: meant.terms,
            words: nabij_language::words(&offering.title).join(" "),
            ..document
        }
    }
}

/// The fields that a card does not show.
static NOT_ON_CARDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let fields = Field::ALL.iter().copied();
    fields.filter(|field| !Card::shows(*field)).collect()
});

/// The native JSON form without what the card has under the same name.
fn rest(offering: &Offering) -> Map<String, Value> {
    offering.to_draft().json_of(&NOT_ON_CARDS)
}

/// What a card has that is no field of the native form.
const ONLY_ON_CARDS: [&str; 2] = ["summary", "address"];

/// All fields of an offering in the native form, from the two parts; none if either is not what was written.
pub(crate) fn detail(card: &[u8], rest: &[u8]) -> Option<Vec<u8>> {
    let mut fields: Map<String, Value> = serde_json::from_slice(card).ok()?;
    for name in ONLY_ON_CARDS {
        fields.remove(name);
    }
    fields.extend(serde_json::from_slice::<Map<String, Value>>(rest).ok()?);
    serde_json::to_vec(&fields).ok()
}

/// Whether this is an identifier of an offering in the native form, its own or that of another source.
pub(crate) fn has_id(detail: &[u8], id: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Identifiers {
        id: String,
        #[serde(default)]
        other_ids: Vec<String>,
    }
    serde_json::from_slice(detail)
        .is_ok_and(|known: Identifiers| known.id == id || known.other_ids.iter().any(|other| other == id))
}
