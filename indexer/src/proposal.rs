//! A mapping for a table that has names of its own, proposed by its headers and its values.
//!
//! A proposal is a beginning for an editor, written as the mapping file that it becomes: what is a guess says so.

mod words;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    path::Path,
};

use nabij_offering::{Field, Kind, Postcode, Theme};

use crate::source::{SourceError, sample};

/// A proposed mapping. Its text is a mapping file.
#[derive(Debug)]
pub struct Proposal {
    /// Columns of each field, in the order of the table.
    fields: BTreeMap<Field, Vec<Column>>,
    unmapped: Vec<Column>,
    kind: BTreeMap<String, Option<&'static str>>,
    themes: BTreeMap<String, Option<&'static str>>,
    separators: BTreeMap<Field, &'static str>,
}

#[derive(Debug, Clone)]
struct Column {
    name: String,
    /// Why it is this field, or a value of it.
    because: String,
}

/// Proposes a mapping for a table. Nothing if the file is no table, or has the names of the native format.
pub fn propose(path: &Path) -> Result<Option<Proposal>, SourceError> {
    let Some((names, rows)) = sample(path)? else {
        return Ok(None);
    };
    let native = |field: Field| names.iter().any(|name| name == field.name());
    if native(Field::Id) && native(Field::Title) {
        return Ok(None);
    }
    let mut proposal = Proposal {
        fields: BTreeMap::new(),
        unmapped: Vec::new(),
        kind: BTreeMap::new(),
        themes: BTreeMap::new(),
        separators: BTreeMap::new(),
    };
    for (at, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        let values: Vec<&str> = rows
            .iter()
            .filter_map(|row| row.get(at))
            .map(|value| value.trim())
            .collect();
        let values: Vec<&str> = values.into_iter().filter(|value| !value.is_empty()).collect();
        proposal.take(name, &values);
    }
    Ok(Some(proposal))
}

impl Proposal {
    fn take(&mut self, name: &str, values: &[&str]) {
        let by_name = by_header(name).map(|field| (field, "by its name".to_owned()));
        let found = by_name.or_else(|| by_values(values).map(|(field, because)| (field, because.to_owned())));
        let taken = |field: &Field| self.fields.contains_key(field) && *field != Field::HouseNumber;
        let Some((field, because)) = found.filter(|(field, _)| !taken(field)) else {
            let because = values
                .first()
                .map_or_else(|| "empty".to_owned(), |value| format!("such as {value:?}"));
            self.unmapped.push(Column {
                name: name.to_owned(),
                because,
            });
            return;
        };
        if field.is_list() {
            let separators = ["|", ";", ","];
            let separator = separators
                .into_iter()
                .find(|separator| values.iter().any(|value| value.contains(separator)));
            self.separators.extend(
                separator
                    .filter(|separator| *separator != "|")
                    .map(|separator| (field, separator)),
            );
        }
        let separator = self.separators.get(&field).copied().unwrap_or("|");
        match field {
            Field::Kind => {
                self.kind = translated(values.iter().copied(), words::KINDS, |word| {
                    word.parse::<Kind>().is_ok()
                });
            }
            Field::Themes => {
                let items = values.iter().flat_map(|value| value.split(separator));
                self.themes = translated(items, words::THEMES, |word| word.parse::<Theme>().is_ok());
            }
            _ => {}
        }
        let column = Column {
            name: name.to_owned(),
            because,
        };
        self.fields.entry(field).or_default().push(column);
    }
}

/// The field that a header names.
fn by_header(name: &str) -> Option<Field> {
    let plain: String = name
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let known = words::HEADERS
        .iter()
        .find(|(_, headers)| headers.contains(&plain.as_str()));
    known.map(|(field, _)| *field)
}

/// The field that nearly all values of a column fit.
fn by_values(values: &[&str]) -> Option<(Field, &'static str)> {
    let most = |fits: &dyn Fn(&str) -> bool| {
        let count = values.iter().filter(|value| fits(value)).count();
        count > 0 && count * 10 >= values.len() * 8
    };
    let between = |value: &str, from: f64, to: f64| {
        let number: Result<f64, _> = value.replace(',', ".").parse();
        number.is_ok_and(|number| (from..to).contains(&number) && number.fract() != 0.0)
    };
    let digits = |value: &str| value.chars().filter(char::is_ascii_digit).count();
    match () {
        () if most(&|value| value.len() > 4 && value.parse::<Postcode>().is_ok()) => {
            Some((Field::Postcode, "its values are postcodes"))
        }
        () if most(&|value| value.contains('@') && !value.contains(' ')) => {
            Some((Field::Email, "its values are e-mail addresses"))
        }
        () if most(&|value| value.starts_with("http") || value.starts_with("www.")) => {
            Some((Field::Website, "its values are addresses of websites"))
        }
        () if most(&|value| between(value, 50.5, 53.7)) => Some((Field::Lat, "its values are latitudes")),
        () if most(&|value| between(value, 3.2, 7.3)) => Some((Field::Lon, "its values are longitudes")),
        () if most(&|value| {
            value.starts_with(['0', '+']) && digits(value) >= 10 && !value.contains(char::is_alphabetic)
        }) =>
        {
            Some((Field::Phone, "its values are telephone numbers"))
        }
        () if most(&|value| value.parse::<Kind>().is_ok()) => Some((Field::Kind, "its values are kinds")),
        () => None,
    }
}

/// The distinct values that are no words of the format, and the word that each seems to mean.
fn translated<'a>(
    values: impl Iterator<Item = &'a str>,
    words: &[(&str, &'static str)],
    known: impl Fn(&str) -> bool,
) -> BTreeMap<String, Option<&'static str>> {
    let distinct: BTreeSet<&str> = values.map(str::trim).filter(|value| !value.is_empty()).collect();
    let meaning = |value: &str| {
        let value = value.to_lowercase();
        words
            .iter()
            .find(|(part, _)| value.contains(part))
            .map(|(_, word)| *word)
    };
    let strange = distinct.into_iter().filter(|value| !known(value));
    strange
        .take(40)
        .map(|value| (value.to_owned(), meaning(value)))
        .collect()
}

impl fmt::Display for Proposal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "# A proposal by headers and values: read it, mend it, save it as a mapping file.\n\n[fields]"
        )?;
        for (field, columns) in &self.fields {
            let because = columns.first().map_or("", |column| &column.because);
            let names: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
            match names.as_slice() {
                [name] => writeln!(f, "{field} = {name}  # {because}")?,
                names => writeln!(f, "{field} = [{}]  # {because}", names.join(", "))?,
            }
        }
        let column = |field: Field| self.fields.get(&field).and_then(|columns| columns.first());
        if column(Field::Id).is_none() {
            let parts = [Field::Title, Field::Postcode, Field::Place];
            let parts: Vec<String> = parts
                .into_iter()
                .filter_map(column)
                .map(|column| quoted(&column.name))
                .collect();
            writeln!(
                f,
                "id = [{}]  # no column of its own: what tells rows apart",
                parts.join(", ")
            )?;
        }
        for column in &self.unmapped {
            writeln!(
                f,
                "# not used: {} ({})",
                quoted(&column.name),
                column.because.replace('\n', " ")
            )?;
        }
        if column(Field::Kind).is_none() {
            writeln!(
                f,
                "\n[constants]\nkind = \"nonformal\"  # a guess: formal, nonformal, informal or practical_help"
            )?;
        }
        for (field, words, known) in [
            (
                Field::Kind,
                &self.kind,
                "formal, nonformal, informal or practical_help",
            ),
            (
                Field::Themes,
                &self.themes,
                "language, numeracy, digital, money, work, …",
            ),
        ] {
            if words.is_empty() {
                continue;
            }
            writeln!(f, "\n[values.{field}]")?;
            for (value, word) in words {
                match word {
                    Some(word) => writeln!(f, "{} = {}  # a guess", quoted(value), quoted(word))?,
                    None => writeln!(f, "# {} = \"\"  # say which: {known}", quoted(value))?,
                }
            }
        }
        if !self.separators.is_empty() {
            writeln!(f, "\n[separators]")?;
        }
        for (field, separator) in &self.separators {
            writeln!(f, "{field} = {}", quoted(separator))?;
        }
        Ok(())
    }
}

/// A text as TOML writes it on one line, as a key too: a basic string, which is one of JSON but for a character.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text)
        .to_string()
        .replace('\u{7f}', "\\u007F")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Mapping, Source};

    /// Such keys were written over several lines, or twice.
    #[test]
    fn a_proposal_is_a_mapping_whatever_stands_in_the_cells() {
        let folder = tempfile::tempdir().unwrap();
        let (table, mapping) = (folder.path().join("a.csv"), folder.path().join("a.toml"));
        let cells = [
            "les a\"b'c",
            "les\nz",
            "les z",
            "les \\",
            "les \u{7f}x",
            "les '''",
            "les \u{1}\tx",
        ];
        let rows: Vec<String> = cells
            .iter()
            .map(|cell| format!("x,\"{}\",x", cell.replace('"', "\"\"")))
            .collect();
        for header in ["naam,type,iets", "naam,type,\"a\"\"b'c\nd\""] {
            fs_err::write(&table, format!("{header}\n{}\n", rows.join("\n"))).unwrap();
            let proposal = propose(&table).unwrap().unwrap().to_string();
            fs_err::write(&mapping, &proposal).unwrap();
            let mut source = Source::open(&table).unwrap();
            source.mapping = Some(Mapping::read(&mapping).unwrap());
            let kinds = source.rows(chrono::NaiveDate::default()).unwrap().map(|row| {
                let draft = row.unwrap().draft.unwrap();
                draft.get(Field::Kind).map(str::to_owned)
            });
            let kinds: Vec<String> = kinds.flatten().collect();
            assert_eq!(kinds, ["nonformal"; 7], "{proposal}");
        }
    }
}
