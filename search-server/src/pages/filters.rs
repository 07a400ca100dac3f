//! The search form and the filters: what was asked, the choices with their counts, and how to take each away.

use nabij_engine::FacetCounts;
use nabij_offering::{Feature, Kind, Theme};

use super::{
    asked::{Asked, DISTANCES_KM, without},
    messages::Messages,
    search::Nowhere,
};

/// The field for the postcode, as it was filled in.
pub(crate) struct SearchBox {
    pub(crate) place: String,
    pub(crate) error: Option<String>,
    /// Places of the name that was typed, each with its results.
    pub(crate) meant: Vec<Link>,
    /// What goes along unseen.
    pub(crate) hidden: Vec<(&'static str, String)>,
    pub(crate) places: String,
    /// Where the form goes.
    pub(crate) action: String,
}

/// Words that lead somewhere.
pub(crate) struct Link {
    pub(crate) words: String,
    pub(crate) link: String,
}

impl SearchBox {
    pub(crate) fn new(asked: &Asked) -> Self {
        Self {
            place: asked.place.clone(),
            error: None,
            meant: Vec::new(),
            hidden: hidden(asked, &["postcode"]),
            places: asked.link("/plaats"),
            action: asked.path("/zoek"),
        }
    }

    /// The same with what is wrong and what to do.
    pub(crate) fn refused(asked: &Asked, why: &Nowhere) -> Self {
        let key = match why {
            Nowhere::Empty => "error-empty",
            Nowhere::NotAPostcode => "error-not-a-postcode",
            Nowhere::UnknownPostcode => "error-unknown-postcode",
            Nowhere::UnknownPlace => "error-unknown-place",
            Nowhere::Several(_) => "error-several-places",
        };
        let names = match why {
            Nowhere::Several(names) => names.as_slice(),
            _ => &[],
        };
        let meant = |name: &String| Link {
            words: name.clone(),
            link: asked.with(|asked| asked.place.clone_from(name)).link("/zoek"),
        };
        Self {
            error: Some(Messages(asked.language).say(key).into_owned()),
            meant: names.iter().map(meant).collect(),
            ..Self::new(asked)
        }
    }
}

/// The parameters that a form sends along unseen: all but its own fields, and from the first page on.
fn hidden(asked: &Asked, own: &[&str]) -> Vec<(&'static str, String)> {
    let pairs = asked.with(|asked| asked.page = 0).pairs();
    pairs
        .into_iter()
        .filter(|(name, _)| !own.contains(name))
        .collect()
}

/// The form with everything that can be chosen.
pub(crate) struct Filters {
    pub(crate) text: String,
    pub(crate) groups: Vec<Group>,
    pub(crate) distances: Vec<Choice>,
    pub(crate) hidden: Vec<(&'static str, String)>,
    /// What was chosen, each with the results without it.
    pub(crate) chosen: Vec<Link>,
    /// The results without any of it.
    pub(crate) everything: String,
    /// Where the form goes.
    pub(crate) action: String,
}

/// The features by the question they answer.
const QUESTIONS: [(&str, &[Feature]); 4] = [
    (
        "filter-when",
        &[Feature::Daytime, Feature::Evening, Feature::Weekend],
    ),
    (
        "filter-needs",
        &[Feature::Free, Feature::WalkIn, Feature::Wheelchair],
    ),
    (
        "filter-for-whom",
        &[
            Feature::Learners,
            Feature::Speakers,
            Feature::Women,
            Feature::Parents,
        ],
    ),
    (
        "filter-spoken",
        &[
            Feature::LangEn,
            Feature::LangAr,
            Feature::LangTr,
            Feature::LangPl,
            Feature::LangUk,
            Feature::LangFr,
        ],
    ),
];

/// Choices that belong together.
pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) legend: String,
    pub(crate) choices: Vec<Choice>,
}

/// Something that can be chosen.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) words: String,
    pub(crate) chosen: bool,
    pub(crate) count: Option<u64>,
}

impl Filters {
    pub(crate) fn new(asked: &Asked, counts: &FacetCounts, within_km: u32) -> Self {
        let messages = Messages(asked.language);
        let theme = |theme: &Theme| Choice {
            value: theme.name().to_owned(),
            words: messages.theme(*theme),
            chosen: asked.themes.contains(*theme),
            count: counts.theme.map(|counts| counts[theme.index()]),
        };
        let kind = |kind: &Kind| Choice {
            value: kind.name().to_owned(),
            words: messages.kind(*kind),
            chosen: asked.kinds.contains(*kind),
            count: counts.kind.map(|counts| counts[kind.index()]),
        };
        let feature = |feature: &Feature| Choice {
            value: feature.name().to_owned(),
            words: messages.feature(*feature),
            chosen: asked.features.contains(*feature),
            count: counts.feature.map(|counts| counts[feature.index()]),
        };
        let distance = |km: u32| Choice {
            value: km.to_string(),
            words: messages.fill("distance-kilometres", &[("n", km.to_string().into())]),
            chosen: km == within_km,
            count: None,
        };
        // What nothing here has is no choice, unless it was chosen.
        let group = |name, legend: &str, choices: Vec<Choice>| Group {
            name,
            legend: messages.say(legend).into_owned(),
            choices: choices
                .into_iter()
                .filter(|choice| choice.chosen || choice.count != Some(0))
                .collect(),
        };
        let mut groups = vec![
            group("theme", "filter-theme", Theme::ALL.iter().map(theme).collect()),
            group("kind", "filter-kind", Kind::ALL.iter().map(kind).collect()),
        ];
        for (legend, features) in QUESTIONS {
            groups.push(group("feature", legend, features.iter().map(feature).collect()));
        }
        Self {
            text: asked.text.clone(),
            groups,
            distances: DISTANCES_KM.into_iter().map(distance).collect(),
            hidden: hidden(asked, &["q", "theme", "kind", "feature", "within"]),
            chosen: chosen(asked),
            everything: asked.everything().link("/zoek"),
            action: asked.path("/zoek"),
        }
    }
}

/// Each choice with the results without it.
fn chosen(asked: &Asked) -> Vec<Link> {
    let messages = Messages(asked.language);
    let less = |change: &dyn Fn(&mut Asked)| {
        let link = asked.with(|asked| {
            asked.page = 0;
            change(asked);
        });
        link.link("/zoek")
    };
    let mut chosen = Vec::new();
    if !asked.text.is_empty() {
        chosen.push(Link {
            words: format!("“{}”", asked.text),
            link: less(&|asked| asked.text.clear()),
        });
    }
    chosen.extend(asked.themes.iter().map(|theme| Link {
        words: messages.theme(theme),
        link: less(&|asked| asked.themes = without(asked.themes.iter(), &theme)),
    }));
    chosen.extend(asked.kinds.iter().map(|kind| Link {
        words: messages.kind(kind),
        link: less(&|asked| asked.kinds = without(asked.kinds.iter(), &kind)),
    }));
    chosen.extend(asked.features.iter().map(|feature| Link {
        words: messages.feature(feature),
        link: less(&|asked| asked.features = without(asked.features.iter(), &feature)),
    }));
    chosen
}
