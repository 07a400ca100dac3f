//! What residents choose by, beside kind and theme: free, in the evening, by wheelchair, for women, in Arabic.
//!
//! The features of an offering are derived, never given: [`Offering::features`] reads them off its fields. A rule
//! that is not sure says no, since a resident who comes in vain is worse off than one who did not find the way.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    Cost, Offering, PartOfWeek, Registration,
    vocabulary::{UnknownWord, set, vocabulary},
};

vocabulary! {
    /// Something residents choose by.
    Feature, "feature",
    /// Costs nothing: the cost is `free`, not words that say when it is.
    Free = "free",
    /// No need to call or sign up: the registration is `walk_in`.
    WalkIn = "walk_in",
    /// Begins on a weekday before 17:00.
    Daytime = "daytime",
    /// Begins on a weekday at 17:00 or later.
    Evening = "evening",
    /// Begins on a Saturday or a Sunday.
    Weekend = "weekend",
    /// Can be reached by wheelchair: `accessibility` names the wheelchair, and neither denies nor restricts it.
    Wheelchair = "wheelchair",
    /// For people who learn Dutch (NT2): a target group or the level says so, or the level is one of A0 to C2.
    Learners = "learners",
    /// For people who speak Dutch well (NT1): a target group or the level says so, or the level is 1F to 4F.
    Speakers = "speakers",
    /// For women, by a target group.
    Women = "women",
    /// For parents, by a target group.
    Parents = "parents",
    /// English is spoken there.
    LangEn = "lang_en",
    /// Arabic is spoken there.
    LangAr = "lang_ar",
    /// Turkish is spoken there.
    LangTr = "lang_tr",
    /// Polish is spoken there.
    LangPl = "lang_pl",
    /// Ukrainian is spoken there.
    LangUk = "lang_uk",
    /// French is spoken there.
    LangFr = "lang_fr",
}

set! {
    /// A set of [`Feature`]s.
    FeatureSet, Feature, u16
}

impl Offering {
    /// The features, read off cost, registration, schedule, accessibility, target groups, level and languages.
    ///
    /// ```
    /// use nabij_offering::{Draft, Feature, Field};
    /// let mut draft = Draft::default();
    /// for (field, value) in [(Field::Id, "a"), (Field::Title, "Taalcafé"), (Field::Kind, "informal"),
    ///     (Field::Place, "Sneek"), (Field::OpeningHours, "Tu 19:00-21:00"), (Field::TargetGroups, "Vrouwen")] {
    ///     draft.set(field, value);
    /// }
    /// let features = draft.check().offering.unwrap().features();
    /// assert_eq!(features.iter().collect::<Vec<_>>(), [Feature::Evening, Feature::Women]);
    /// ```
    pub fn features(&self) -> FeatureSet {
        let mut features = FeatureSet::EMPTY;
        let mut set = |feature, holds| {
            if holds {
                features.insert(feature);
            }
        };
        set(Feature::Free, self.cost == Some(Cost::Free));
        set(Feature::WalkIn, self.registration == Some(Registration::WalkIn));
        let parts = self.schedule.parts_of_week();
        set(Feature::Daytime, parts.contains(PartOfWeek::Daytime));
        set(Feature::Evening, parts.contains(PartOfWeek::Evening));
        set(Feature::Weekend, parts.contains(PartOfWeek::Weekend));
        set(
            Feature::Wheelchair,
            self.accessibility.as_deref().is_some_and(by_wheelchair),
        );
        let groups = || self.target_groups.iter().map(String::as_str);
        let level = || self.level.as_deref();
        set(
            Feature::Learners,
            groups().chain(level()).any(names_learners) || level().is_some_and(is_cefr),
        );
        set(
            Feature::Speakers,
            groups().chain(level()).any(names_speakers) || level().is_some_and(is_f_level),
        );
        set(Feature::Women, groups().any(|group| mentions(group, WOMEN)));
        set(Feature::Parents, groups().any(|group| mentions(group, PARENTS)));
        for (feature, code) in LANGUAGES {
            set(
                feature,
                self.languages.iter().any(|language| is_language(language, code)),
            );
        }
        features
    }
}

const LANGUAGES: [(Feature, &str); 6] = [
    (Feature::LangEn, "en"),
    (Feature::LangAr, "ar"),
    (Feature::LangTr, "tr"),
    (Feature::LangPl, "pl"),
    (Feature::LangUk, "uk"),
    (Feature::LangFr, "fr"),
];

/// Beginnings of words that name people who learn Dutch.
const LEARNERS: &[&str] = &[
    "nt2",
    "anderstalig",
    "inburger",
    "nieuwkomer",
    "statushouder",
    "vluchteling",
    "asielzoeker",
    "migrant",
    "arbeidsmigrant",
];

/// Beginnings of words that name people who speak Dutch and learn to read, write or count.
const SPEAKERS: &[&str] = &["nt1", "laaggeletterd", "nederlandstalig"];

/// Beginnings of words that name women.
const WOMEN: &[&str] = &["vrouw", "moeder", "meid", "meisje"];

/// Beginnings of words that name parents; `ouder` is a word of its own, apart from `ouderen`, who are old people.
const PARENTS: &[&str] = &["ouders", "ouder$", "moeder", "vader", "gezin", "opvoeder"];

/// Words that take back or restrict what is said of the wheelchair.
const NOT: &[&str] = &[
    "niet$",
    "geen$",
    "nee$",
    "beperkt",
    "gedeeltelijk$",
    "deels$",
    "alleen$",
    "behalve$",
    "moeilijk",
];

fn names_learners(text: &str) -> bool {
    mentions(text, LEARNERS) || text.eq_ignore_ascii_case("ik leer nederlands")
}

fn names_speakers(text: &str) -> bool {
    mentions(text, SPEAKERS) || text.eq_ignore_ascii_case("ik spreek al goed nederlands")
}

fn by_wheelchair(text: &str) -> bool {
    mentions(text, &["rolstoel"]) && !mentions(text, NOT)
}

/// A level of the Common European Framework, with which learners of Dutch are counted: `A2`, `A1-A2`, `B1+`.
fn is_cefr(level: &str) -> bool {
    words(level).any(|word| matches!(word.as_str(), "a0" | "a1" | "a2" | "b1" | "b2" | "c1" | "c2"))
}

/// A level of the Dutch reference framework (Meijerink), with which speakers of Dutch are counted: `1F`, `2F`.
fn is_f_level(level: &str) -> bool {
    words(level).any(|word| matches!(word.as_str(), "1f" | "2f" | "3f" | "4f"))
}

/// Whether a word of the text begins with one of the beginnings; one that ends in `$` is the whole word.
fn mentions(text: &str, beginnings: &[&str]) -> bool {
    words(text).any(|word| {
        beginnings
            .iter()
            .any(|beginning| match beginning.strip_suffix('$') {
                Some(whole) => word == whole,
                None => word.starts_with(beginning),
            })
    })
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// Whether a BCP 47 tag is of the language: `ar`, `ar-SY`.
fn is_language(tag: &str, code: &str) -> bool {
    tag.split(['-', '_'])
        .next()
        .is_some_and(|primary| primary.eq_ignore_ascii_case(code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Draft, Field};

    fn features(values: &[(Field, &str)]) -> Vec<&'static str> {
        let mut draft = Draft::default();
        let needed = [
            (Field::Id, "a"),
            (Field::Title, "Taal"),
            (Field::Kind, "informal"),
            (Field::Place, "Sneek"),
        ];
        for (field, value) in needed.iter().chain(values) {
            draft.set(*field, value);
        }
        draft
            .check()
            .offering
            .unwrap()
            .features()
            .iter()
            .map(Feature::name)
            .collect()
    }

    #[test]
    fn each_field_gives_its_features() {
        for (field, value, expected) in [
            (Field::Cost, "free", &["free"][..]),
            (Field::Cost, "0", &["free"]),
            (Field::Cost, "2.50", &[]),
            (Field::Cost, "Gratis met pas, anders € 5", &[]),
            (Field::Registration, "walk_in", &["walk_in"]),
            (Field::Registration, "call", &[]),
            (
                Field::OpeningHours,
                "Mo 10:00-12:00,19:00-21:00; Sa 10:00-12:00",
                &["daytime", "evening", "weekend"],
            ),
            (
                Field::Accessibility,
                "Rolstoeltoegankelijk, invalidentoilet",
                &["wheelchair"],
            ),
            (Field::Accessibility, "Niet toegankelijk voor rolstoelen", &[]),
            (Field::Accessibility, "rolstoel: beperkt", &[]),
            (Field::Accessibility, "Lift aanwezig", &[]),
            (Field::Level, "A2", &["learners"]),
            (Field::Level, "van A1 naar A2/B1", &["learners"]),
            (Field::Level, "NT2", &["learners"]),
            (Field::Level, "1F", &["speakers"]),
            (Field::Level, "NT1 en NT2", &["learners", "speakers"]),
            (Field::Level, "beginners", &[]),
            (Field::TargetGroups, "Ik leer Nederlands", &["learners"]),
            (Field::TargetGroups, "Inburgeraars|Statushouders", &["learners"]),
            (Field::TargetGroups, "Ik spreek al goed Nederlands", &["speakers"]),
            (Field::TargetGroups, "Laaggeletterden", &["speakers"]),
            (Field::TargetGroups, "Vrouwen", &["women"]),
            (Field::TargetGroups, "jongeren en hun ouders", &["parents"]),
            (
                Field::TargetGroups,
                "Alleenstaande moeders",
                &["women", "parents"],
            ),
            (Field::TargetGroups, "Ouder- en kindgroepen", &["parents"]),
            (Field::TargetGroups, "Ouderen|65-plussers", &[]),
            (
                Field::Languages,
                "nl|ar-SY|en|uk",
                &["lang_en", "lang_ar", "lang_uk"],
            ),
            (Field::Languages, "TR|pl|fr", &["lang_tr", "lang_pl", "lang_fr"]),
            (Field::Languages, "arc|eng", &[]),
        ] {
            assert_eq!(features(&[(field, value)]), expected, "{field} {value}");
        }
    }

    #[test]
    fn an_offering_that_says_nothing_has_no_feature() {
        assert!(features(&[]).is_empty());
    }

    #[test]
    fn sixteen_features_fill_sixteen_bits() {
        assert_eq!(FeatureSet::from_bits(u16::MAX).bits(), u16::MAX);
        assert_eq!(
            Feature::ALL.iter().copied().collect::<FeatureSet>().bits(),
            u16::MAX
        );
    }
}
