//! Colours that can be read, and a logo that can be served.

use std::sync::Arc;

use super::Checker;
use crate::{
    colour::{Colour, LEAST_CONTRAST},
    file::{LookTable, Text},
    logo::{self, Logo},
    names,
    profile::{Look, Profile},
};

/// Colours of the pages that a profile does not set: they must be readable on its paper.
const FIXED: [(&str, Colour); 3] = [
    ("hints", Colour::new(0x48, 0x52, 0x5c)),
    ("what is open", Colour::new(0x14, 0x66, 0x3a)),
    ("mistakes", Colour::new(0xa3, 0x15, 0x15)),
];
const WHITE: Colour = Colour::new(0xff, 0xff, 0xff);

impl Checker<'_> {
    pub(super) fn look(&mut self, table: Option<&LookTable>, base: Option<&Profile>) -> Look {
        let known = base.map_or_else(Look::default, |base| base.look.clone());
        let Some(table) = table else {
            return known;
        };
        let mut colour = |name: &str, text: &Text, known: Colour| {
            let read = |text: &str| text.parse::<Colour>().map_err(|error| error.to_string());
            self.one(&format!("look.{name}"), text, read).unwrap_or(known)
        };
        let look = Look {
            accent: colour("accent", &table.accent, known.accent),
            accent_dark: colour("accent_dark", &table.accent_dark, known.accent_dark),
            accent_soft: colour("accent_soft", &table.accent_soft, known.accent_soft),
            ink: colour("ink", &table.ink, known.ink),
            paper: colour("paper", &table.paper, known.paper),
            font: self.one("look.font", &table.font, names::font).or(known.font),
            logo: self.logo(&table.logo).map(Arc::new).or(known.logo),
        };
        self.readable(table, &look);
        look
    }

    fn logo(&mut self, file: &Text) -> Option<Logo> {
        let bytes = self.beside("look.logo", file)?;
        self.one("look.logo", file, |name| {
            logo::clean(&bytes).map_err(|error| format!("{name} {error}"))
        })
    }

    /// Says which colours cannot be told from each other: what stands on what in the pages.
    fn readable(&mut self, table: &LookTable, look: &Look) {
        let accent = ("accent", &table.accent, look.accent);
        let dark = ("accent_dark", &table.accent_dark, look.accent_dark);
        let soft = ("accent_soft", &table.accent_soft, look.accent_soft);
        let ink = ("ink", &table.ink, look.ink);
        let paper = ("paper", &table.paper, look.paper);
        let pairs = [
            (accent, paper),
            (accent, soft),
            (dark, paper),
            (dark, soft),
            (ink, paper),
            (ink, soft),
        ];
        for ((name, text, colour), (on, behind, background)) in pairs {
            let place = text.as_ref().or(behind.as_ref());
            self.contrast(
                name,
                place.map(toml::Spanned::span),
                colour,
                background,
                &format!("`look.{on}`"),
            );
        }
        for (name, text, colour) in [accent, dark] {
            let place = text.as_ref().map(toml::Spanned::span);
            self.contrast(name, place, colour, WHITE, "the white words of buttons");
        }
        for (name, text, colour) in [paper, soft] {
            let place = text.as_ref().map(toml::Spanned::span);
            for (what, fixed) in FIXED {
                self.contrast(
                    name,
                    place.clone(),
                    colour,
                    fixed,
                    &format!("the colour of {what}"),
                );
            }
        }
    }

    fn contrast(
        &mut self,
        name: &str,
        at: Option<std::ops::Range<usize>>,
        colour: Colour,
        other: Colour,
        what: &str,
    ) {
        let contrast = colour.contrast(other);
        if contrast < LEAST_CONTRAST {
            let message = format!(
                "{colour} has a contrast of {contrast:.2} with {what}, {other}; at least {LEAST_CONTRAST} can be read"
            );
            self.report(&format!("look.{name}"), &at.unwrap_or(0..0), message);
        }
    }
}
