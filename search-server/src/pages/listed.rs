//! An offering as it stands in a list.

use chrono::NaiveDateTime;
use nabij_engine::{Hit, Index};
use nabij_offering::{Card, Schedule};

use super::{asked::Asked, messages::Messages, opening::Opening};

/// An offering as it stands in a list.
pub(crate) struct Listed {
    /// The number of its pin on the map.
    pub(crate) number: Option<usize>,
    pub(crate) link: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    /// Who and where.
    pub(crate) place: String,
    pub(crate) distance: Option<String>,
    pub(crate) opening: Option<Opening>,
    pub(crate) cost: Option<String>,
    pub(crate) start: Option<String>,
    pub(crate) kind: String,
    pub(crate) phone: Option<Phone>,
    pub(crate) example: bool,
    /// Degrees, for the map.
    pub(crate) position: Option<(f64, f64)>,
    /// The results with it on the visitor's own list.
    pub(crate) add: Option<String>,
    pub(crate) on_list: bool,
}

/// A telephone number as it is written, and as a telephone dials it.
pub(crate) struct Phone {
    pub(crate) written: String,
    pub(crate) dialled: String,
}

impl Phone {
    /// None for a text without digits.
    pub(crate) fn new(written: &str) -> Option<Self> {
        let dialled: String = written
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '+')
            .collect();
        (dialled.len() > 2).then(|| Self {
            // A number stays on one line.
            written: written.replace(' ', "\u{a0}"),
            dialled,
        })
    }
}

/// The offerings of some hits, numbered from `first` on if there is a first.
pub(crate) fn listed(
    index: &Index,
    hits: &[Hit],
    first: Option<usize>,
    asked: &Asked,
    now: NaiveDateTime,
) -> Vec<Listed> {
    let cards = hits.iter().enumerate().filter_map(|(at, hit)| {
        let mut json = Vec::with_capacity(1_024);
        index.push_card(hit.doc, &mut json);
        let card: Card<'_> = serde_json::from_slice(&json).ok()?;
        Some(Listed {
            number: first.map(|first| first + at),
            distance: hit
                .distance_m
                .map(|metres| Messages(asked.language).distance(metres)),
            ..list(card, asked, now)
        })
    });
    cards.collect()
}

/// An offering of a card.
pub(super) fn list(card: Card<'_>, asked: &Asked, now: NaiveDateTime) -> Listed {
    let messages = Messages(asked.language);
    let place: Vec<&str> = [&card.organisation, &card.address, &card.place]
        .into_iter()
        .flatten()
        .map(AsRef::as_ref)
        .collect();
    let schedule = schedule(&card);
    Listed {
        number: None,
        link: asked.link_to_offering(&card.id, ""),
        place: place.join(", "),
        distance: None,
        opening: (!schedule.is_empty()).then(|| messages.opening(&schedule, now)),
        cost: card.cost.as_deref().map(|cost| messages.cost(cost)),
        start: card.registration.map(|start| messages.registration(start)),
        kind: messages.kind(card.kind),
        phone: card.phone.as_deref().and_then(Phone::new),
        example: card.example,
        position: card.lat.zip(card.lon),
        add: asked.listing(&card.id).map(|asked| asked.link("/zoek")),
        on_list: asked.is_listed(&card.id),
        title: card.title.into_owned(),
        summary: card.summary.into_owned(),
    }
}

fn schedule(card: &Card<'_>) -> Schedule {
    Schedule {
        opening_hours: card.opening_hours.as_deref().and_then(|hours| hours.parse().ok()),
        dates: card.dates.iter().filter_map(|date| date.parse().ok()).collect(),
        rrule: card.rrule.as_deref().and_then(|rule| rule.parse().ok()),
    }
}
