//! From a file to a profile: everything that is wrong with it is said, each with its line.

mod licence;
mod look;
mod region;
mod values;

use std::{collections::BTreeMap, fmt, ops::Range, path::Path};

use nabij_atlas::Atlas;
use nabij_offering::{Kind, Theme};
use toml::Spanned;
use xxhash_rust::xxh3::Xxh3Default;

use crate::{
    file::{ContactTable, DefaultsTable, List, ProfileFile, Text, TextsTable},
    finding::Finding,
    names,
    profile::{Contact, Defaults, LANGUAGES, Profile, RADII_KM, Texts},
};

/// How many identifiers may be pinned.
const MOST_PINNED: usize = 50;
/// How many may be blocked.
const MOST_BLOCKED: usize = 20_000;
/// How many host names and how many origins there may be.
const MOST_NAMES: usize = 50;
/// The longest name of a library, in characters.
const LONGEST_NAME: usize = 80;
/// The longest text of its own, in characters.
const LONGEST_TEXT: usize = 300;

/// A file that is being checked.
pub(crate) struct Checker<'a> {
    file: &'a Path,
    text: &'a str,
    atlas: &'a Atlas,
    pub(crate) findings: Vec<Finding>,
    /// Of all bytes that the profile is made from.
    hash: Xxh3Default,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(file: &'a Path, text: &'a str, atlas: &'a Atlas) -> Self {
        let mut hash = Xxh3Default::new();
        hash.update(text.as_bytes());
        Self {
            file,
            text,
            atlas,
            findings: Vec::new(),
            hash,
        }
    }

    /// Says what is wrong with the value at a place in the file.
    pub(crate) fn report(&mut self, field: &str, at: &Range<usize>, message: impl fmt::Display) {
        let before = self.text.as_bytes().iter().take(at.start);
        self.findings.push(Finding {
            file: self.file.to_owned(),
            line: 1 + before.filter(|byte| **byte == b'\n').count(),
            field: field.to_owned(),
            message: message.to_string(),
            is_note: false,
        });
    }

    /// Says what is odd, and works.
    fn note(&mut self, field: &str, at: &Range<usize>, message: impl fmt::Display) {
        self.report(field, at, message);
        if let Some(last) = self.findings.last_mut() {
            last.is_note = true;
        }
    }

    pub(crate) fn failed(&self) -> bool {
        self.findings.iter().any(|finding| !finding.is_note)
    }

    /// The profile, if nothing is wrong with it. What the file does not say is what the profile it is based on says.
    pub(crate) fn profile(
        &mut self,
        id: &str,
        file: &ProfileFile,
        base: Option<&Profile>,
    ) -> Option<Profile> {
        let name = self.text("name", &file.name, LONGEST_NAME);
        let name = name.or_else(|| base.map(|base| base.name.clone()));
        if name.is_none() && file.name.is_none() {
            self.report(
                "name",
                &(0..0),
                "is missing: the name of the library, for the public",
            );
        }
        let own = |list: Option<Vec<String>>, of: fn(&Profile) -> &Vec<String>| {
            list.or_else(|| base.map(|base| of(base).clone()))
                .unwrap_or_default()
        };
        let origins = self.list("origins", &file.origins, MOST_NAMES, names::origin);
        let hosts = self.list("hosts", &file.hosts, MOST_NAMES, names::host);
        let national = self.one("national", &file.national, names::website);
        let national = national.or_else(|| base?.national.clone());
        if let (Some(first), None) = (file.hosts.iter().flatten().next(), &national) {
            let message = "with a host name of its own, set `national` to the address of the national site";
            self.report("hosts", &first.span(), message);
        }
        let ids = |id: &str| Ok(id.to_owned()).and_then(identifier);
        let pinned = self.list("pinned", &file.pinned, MOST_PINNED, ids);
        let blocked = self.list("blocked", &file.blocked, MOST_BLOCKED, ids);
        let pinned = own(pinned, |base| &base.pinned);
        let blocked = own(blocked, |base| &base.blocked);
        self.both_ways(file, &pinned, &blocked);
        let licence = file.licence.as_ref().and_then(|licence| self.licence(licence));
        let mut profile = Profile {
            id: id.to_owned(),
            name: name.unwrap_or_default(),
            languages: self.languages(&file.languages, base),
            texts: self.texts(file, base),
            look: self.look(file.look.as_ref(), base),
            region: self.region(file.region.as_ref(), base),
            kinds: self
                .words("kinds", &file.kinds)
                .or(base.map(|base| base.kinds))
                .unwrap_or_default(),
            themes: self
                .words("themes", &file.themes)
                .or(base.map(|base| base.themes))
                .unwrap_or_default(),
            pinned,
            blocked,
            defaults: self.defaults(file.defaults.as_ref(), base),
            contact: self.contact(file.contact.as_ref(), base),
            hosts: hosts.unwrap_or_default(),
            origins: own(origins, |base| &base.origins),
            national,
            licence: licence.or_else(|| base?.licence.clone()),
            version: 0,
        };
        self.hash
            .update(&base.map_or(0, |base| base.version).to_le_bytes());
        profile.version = self.hash.digest();
        self.not_offered(file, &profile);
        if let Some(licence) = &file.licence
            && profile.origins.is_empty()
        {
            self.note(
                "origins",
                &licence.span(),
                "are missing: no website may show the widget",
            );
        }
        (!self.failed()).then_some(profile)
    }

    fn languages(&mut self, list: &List, base: Option<&Profile>) -> Vec<String> {
        let all = || LANGUAGES.map(str::to_owned).to_vec();
        let languages = self.list("languages", list, LANGUAGES.len(), |code| {
            if LANGUAGES.contains(&code) {
                Ok(code.to_owned())
            } else {
                Err(format!("is not one of {}", LANGUAGES.join(", ")))
            }
        });
        let languages = languages.or_else(|| base.map(|base| base.languages.clone()));
        let mut languages = languages.unwrap_or_else(all);
        if !languages.iter().any(|code| code == LANGUAGES[0]) {
            languages.insert(0, LANGUAGES[0].to_owned());
        }
        // Dutch first, then as the library ordered them.
        languages.sort_by_key(|code| code != LANGUAGES[0]);
        languages
    }

    fn texts(&mut self, file: &ProfileFile, base: Option<&Profile>) -> BTreeMap<String, Texts> {
        let mut texts = base.map_or_else(BTreeMap::new, |base| base.texts.clone());
        for (code, table) in file.texts.iter().flatten() {
            let language = code.get_ref();
            if !LANGUAGES.contains(&language.as_str()) {
                let message = format!("`{language}` is not one of {}", LANGUAGES.join(", "));
                self.report("texts", &code.span(), message);
                continue;
            }
            let known = texts.entry(language.clone()).or_default();
            *known = self.texts_in(language, table, std::mem::take(known));
        }
        texts
    }

    fn texts_in(&mut self, language: &str, table: &TextsTable, known: Texts) -> Texts {
        let mut text =
            |name: &str, text: &Text| self.text(&format!("texts.{language}.{name}"), text, LONGEST_TEXT);
        Texts {
            title: text("title", &table.title).or(known.title),
            intro: text("intro", &table.intro).or(known.intro),
            nothing: text("nothing", &table.nothing).or(known.nothing),
            footer: text("footer", &table.footer).or(known.footer),
        }
    }

    fn defaults(&mut self, table: Option<&DefaultsTable>, base: Option<&Profile>) -> Defaults {
        let known = base.map_or_else(Defaults::default, |base| base.defaults);
        let Some(table) = table else {
            return known;
        };
        if let Some(radius) = table
            .radius_km
            .as_ref()
            .filter(|radius| !RADII_KM.contains(radius.get_ref()))
        {
            let radii = RADII_KM.map(|km| km.to_string()).join(", ");
            self.report(
                "defaults.radius_km",
                &radius.span(),
                format!("is not one of {radii}"),
            );
        }
        let radius_km = table.radius_km.as_ref().map(|radius| *radius.get_ref());
        Defaults {
            radius_km: radius_km.or(known.radius_km),
            kinds: self.words("defaults.kinds", &table.kinds).unwrap_or(known.kinds),
            themes: self
                .words("defaults.themes", &table.themes)
                .unwrap_or(known.themes),
            features: self
                .words("defaults.features", &table.features)
                .unwrap_or(known.features),
        }
    }

    fn contact(&mut self, table: Option<&ContactTable>, base: Option<&Profile>) -> Contact {
        let known = base.map_or_else(Contact::default, |base| base.contact.clone());
        let Some(table) = table else {
            return known;
        };
        let phone = self.one("contact.phone", &table.phone, |phone| {
            let plain = |c: char| c.is_ascii_digit() || " +()-".contains(c);
            let digits = phone.chars().filter(char::is_ascii_digit).count();
            if phone.chars().all(plain) && (4..=15).contains(&digits) {
                Ok(phone.trim().to_owned())
            } else {
                Err("is not a telephone number, such as 0183 62 18 54".to_owned())
            }
        });
        let email = self.one("contact.email", &table.email, |email| {
            match email.split_once('@') {
                Some((name, host))
                    if !name.is_empty() && host.contains('.') && !email.contains(char::is_whitespace) =>
                {
                    Ok(email.to_owned())
                }
                _ => Err("is not an e-mail address".to_owned()),
            }
        });
        Contact {
            phone: phone.or(known.phone),
            person: self
                .text("contact.person", &table.person, LONGEST_NAME)
                .or(known.person),
            email: email.or(known.email),
        }
    }

    /// What is pinned cannot be blocked as well.
    fn both_ways(&mut self, file: &ProfileFile, pinned: &[String], blocked: &[String]) {
        let Some(both) = pinned.iter().find(|id| blocked.contains(id)) else {
            return;
        };
        let lists = file.pinned.iter().chain(&file.blocked).flatten();
        let at = lists.filter(|id| id.get_ref() == both).map(Spanned::span).next();
        self.report(
            "pinned",
            &at.unwrap_or(0..0),
            format!("`{both}` is blocked as well"),
        );
    }

    /// What is chosen by itself must be on offer.
    fn not_offered(&mut self, file: &ProfileFile, profile: &Profile) {
        let at = |list: &List| list.iter().flatten().next().map_or(0..0, Spanned::span);
        let defaults = file.defaults.as_ref();
        let kind = |kind: Kind| !profile.kinds.is_empty() && !profile.kinds.contains(kind);
        if let Some(kind) = profile.defaults.kinds.iter().find(|chosen| kind(*chosen)) {
            let at = defaults.map_or(0..0, |defaults| at(&defaults.kinds));
            self.report(
                "defaults.kinds",
                &at,
                format!("`{}` is not among `kinds`", kind.name()),
            );
        }
        let theme = |theme: Theme| !profile.themes.is_empty() && !profile.themes.contains(theme);
        if let Some(theme) = profile.defaults.themes.iter().find(|chosen| theme(*chosen)) {
            let at = defaults.map_or(0..0, |defaults| at(&defaults.themes));
            self.report(
                "defaults.themes",
                &at,
                format!("`{}` is not among `themes`", theme.name()),
            );
        }
    }
}

/// The identifier of an offering.
fn identifier(id: String) -> Result<String, String> {
    if id.trim().is_empty() || id.chars().count() > 200 || id.chars().any(char::is_control) {
        return Err("is not the identifier of an offering".to_owned());
    }
    Ok(id)
}
