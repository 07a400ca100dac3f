//! What a made-up offering is drawn from.

use nabij_offering::{Kind, Registration, Theme};

use crate::schedule::{DAYTIME, Rhythm, Slot, WORKDAY};

/// A sort of offering: the words and values one of its examples may have.
///
/// Texts may hold `{place}`, `{municipality}` and `{province}`; names of organisations also `{house}`, the name of
/// a community centre.
#[derive(Debug)]
pub(crate) struct Template {
    pub(crate) kind: Kind,
    pub(crate) themes: &'static [Theme],
    pub(crate) titles: &'static [&'static str],
    pub(crate) descriptions: &'static [&'static str],
    pub(crate) groups: &'static [&'static str],
    pub(crate) organisations: &'static [&'static str],
    /// Empty for what has no level.
    pub(crate) levels: &'static [&'static str],
    pub(crate) languages: &'static [&'static [&'static str]],
    /// As a [`nabij_offering::Cost`] is written. A value that stands here twice is drawn twice as often.
    pub(crate) costs: &'static [&'static str],
    /// Empty for what needs none, such as a website.
    pub(crate) registrations: &'static [Registration],
    pub(crate) rhythms: &'static [Rhythm],
    pub(crate) slots: &'static [Slot],
    pub(crate) setting: Setting,
}

/// Where a sort of offering is found.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Setting {
    /// Behind a door in any town or village.
    Anywhere,
    /// Behind a door, and only in the main town of a municipality.
    Town,
    /// Nowhere in particular.
    NoDoor(&'static [Reach]),
}

/// Which area an offering without a door serves.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reach {
    National,
    Online,
    Telephone,
    /// By telephone and on the internet.
    TelephoneAndOnline,
    Province,
    Municipality,
    /// Some four-digit postcodes next to each other.
    Neighbourhoods,
}

pub(crate) const LIBRARY: &str = "Bibliotheek {place}";
pub(crate) const LANGUAGE_HOUSE: &str = "Taalhuis {place}";
pub(crate) const WELFARE: &str = "Welzijn {municipality}";
pub(crate) const COMMUNITY_CENTRE: &str = "Buurthuis {house}";
pub(crate) const MEETING_CENTRE: &str = "Ontmoetingscentrum {house}";
pub(crate) const TEAM: &str = "Wijkteam {place}";
pub(crate) const COUNTER: &str = "Sociaal loket {municipality}";
pub(crate) const VOLUNTEERS: &str = "Vrijwilligers {place}";
pub(crate) const COLLEGE: &str = "ROC {municipality}";
pub(crate) const ADULT_SCHOOL: &str = "Volwassenenschool {municipality}";
pub(crate) const WORK_SQUARE: &str = "Leer- en werkplein {municipality}";

/// Dutch, and sometimes a second language.
pub(crate) const MANY_LANGUAGES: &[&[&str]] = &[
    &["nl"],
    &["nl"],
    &["nl", "en"],
    &["nl", "ar"],
    &["nl", "tr"],
    &["nl", "uk"],
    &["nl", "pl"],
    &["nl", "ti"],
];
const DUTCH: &[&[&str]] = &[&["nl"]];

const BLANK: Template = Template {
    kind: Kind::Informal,
    themes: &[],
    titles: &[],
    descriptions: &[],
    groups: &["Volwassenen"],
    organisations: &[],
    levels: &[],
    languages: DUTCH,
    costs: &["free"],
    registrations: &[],
    rhythms: &[],
    slots: DAYTIME,
    setting: Setting::Anywhere,
};

/// A lesson without a diploma.
pub(crate) const LESSON: Template = Template {
    kind: Kind::Nonformal,
    organisations: &[LIBRARY, LANGUAGE_HOUSE, WELFARE, COMMUNITY_CENTRE],
    costs: &["free", "free", "free", "10.00", "25.00", "€ 15 voor het boek"],
    registrations: &[Registration::SignUp, Registration::SignUp, Registration::Call],
    rhythms: &[Rhythm::Weekly, Rhythm::Weekly, Rhythm::TwiceAWeek, Rhythm::Series(6)],
    ..BLANK
};

/// A course that leads to a diploma.
pub(crate) const DIPLOMA: Template = Template {
    kind: Kind::Formal,
    organisations: &[COLLEGE, COLLEGE, ADULT_SCHOOL],
    costs: &["free", "75.00", "250.00", "€ 290 per schooljaar", "Soms betaalt de gemeente"],
    registrations: &[Registration::SignUp, Registration::SignUp, Registration::Call],
    rhythms: &[Rhythm::TwiceAWeek, Rhythm::TwiceAWeek, Rhythm::Weekly],
    setting: Setting::Town,
    ..BLANK
};

/// Something people do together.
pub(crate) const TOGETHER: Template = Template {
    kind: Kind::Informal,
    groups: &["Iedereen"],
    organisations: &[COMMUNITY_CENTRE, MEETING_CENTRE, WELFARE, VOLUNTEERS],
    costs: &["free", "free", "free", "1.00", "2.50"],
    registrations: &[Registration::WalkIn, Registration::WalkIn, Registration::WalkIn, Registration::SignUp],
    rhythms: &[Rhythm::Weekly, Rhythm::Weekly, Rhythm::EveryOtherWeek, Rhythm::Monthly],
    ..BLANK
};

/// A desk where somebody helps with a question.
pub(crate) const DESK: Template = Template {
    kind: Kind::PracticalHelp,
    groups: &["Iedereen"],
    organisations: &[LIBRARY, WELFARE, TEAM, COUNTER],
    registrations: &[Registration::WalkIn, Registration::WalkIn, Registration::Call],
    rhythms: &[Rhythm::Weekly, Rhythm::TwiceAWeek, Rhythm::TwoTimes, Rhythm::Workdays],
    slots: WORKDAY,
    ..BLANK
};
