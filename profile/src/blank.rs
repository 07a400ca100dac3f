//! A profile to begin with.

use nabij_atlas::Atlas;

use crate::{licence::KeyHash, names};

/// What a new profile is made from.
#[derive(Debug, Clone)]
pub struct Blank<'a> {
    /// The municipality that it serves, in any spelling.
    pub municipality: &'a str,
    /// The name of the library; by default `Bibliotheek` and the municipality.
    pub name: Option<&'a str>,
    /// The website that will show the widget.
    pub origin: Option<&'a str>,
    /// The key of the licence. Only its hash is written.
    pub key: &'a str,
    /// The first and the last day of the licence.
    pub period: (chrono::NaiveDate, chrono::NaiveDate),
}

/// Why no profile was made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BlankError {
    /// There is no such municipality today.
    #[error("`{0}` is not a Dutch municipality of today")]
    Municipality(String),
    /// Not the origin of a website.
    #[error("the origin `{0}` {1}")]
    Origin(String, String),
}

/// The identifier and the text of a new profile, which works as it is.
pub fn blank(atlas: &Atlas, blank: &Blank<'_>) -> Result<(String, String), BlankError> {
    let municipality = atlas
        .municipality(blank.municipality)
        .ok_or_else(|| BlankError::Municipality(blank.municipality.to_owned()))?;
    let origins = match blank.origin {
        None => String::new(),
        Some(origin) => names::origin(origin)
            .map(|origin| toml::Value::String(origin).to_string())
            .map_err(|message| BlankError::Origin(origin.to_owned(), message))?,
    };
    let own_name = format!("Bibliotheek {municipality}");
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let text = TEMPLATE
        .replace("{name}", &quoted(blank.name.unwrap_or(&own_name)))
        .replace("{municipality}", &quoted(municipality))
        .replace("{origins}", &origins)
        .replace("{key}", &KeyHash::of(blank.key.as_bytes()).to_string())
        .replace("{from}", &blank.period.0.to_string())
        .replace("{until}", &blank.period.1.to_string());
    Ok((identifier(municipality), text))
}

/// A municipality as an identifier: `'s-Hertogenbosch` becomes `s-hertogenbosch`.
fn identifier(name: &str) -> String {
    let plain = |c: char| match c.to_lowercase().next().unwrap_or(c) {
        'á' | 'â' | 'à' => 'a',
        'é' | 'ê' | 'ë' | 'è' => 'e',
        'ú' | 'û' | 'ü' => 'u',
        'ô' | 'ö' | 'ó' => 'o',
        'í' | 'ï' => 'i',
        c if c.is_ascii_alphanumeric() => c,
        _ => '-',
    };
    let dashed: String = name.chars().map(plain).collect();
    let words: Vec<&str> = dashed.split('-').filter(|word| !word.is_empty()).collect();
    words.join("-").chars().take(40).collect()
}

const TEMPLATE: &str = include_str!("blank.toml");
