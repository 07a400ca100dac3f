//! Query files: JSON Lines, CSV, and the topics of TREC. Lines that cannot be used are given with their number.

use std::{
    io::{BufRead, Write},
    path::Path,
};

use serde_json::{Map, Value};

use super::{Asked, trec};

/// The class of a query that names none.
const NO_CLASS: &str = "query";
/// The field that is no parameter.
const CLASS: &str = "class";
/// More characters than any query needs; a longer line is not read as one.
const LONGEST_LINE: usize = 10_000;

/// The forms a query file can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryFormat {
    /// An object a line: `class`, and parameters of the API with text, numbers, or lists of these.
    JsonLines,
    /// The same names as columns; an empty cell is no parameter, `|` separates several values.
    Csv,
    /// Topics as TREC has them: `<top>`, `<num>`, `<title>`; the title is asked as `q`.
    Trec,
}

/// What was read from a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueryFile {
    /// The queries in their order.
    pub queries: Vec<Asked>,
    /// What could not be used.
    pub broken: Vec<BrokenLine>,
}

/// A line that is no query.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct BrokenLine {
    /// Its number, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

impl QueryFormat {
    /// The format that the name of a file ends in: `.jsonl`, `.csv`, or one of TREC's.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "jsonl" | "ndjson" | "json" => Some(Self::JsonLines),
            "csv" => Some(Self::Csv),
            "trec" | "topics" | "xml" => Some(Self::Trec),
            _ => None,
        }
    }
}

impl QueryFile {
    /// Reads a file of queries. Fails only if it cannot be read at all.
    pub fn read(from: impl BufRead, format: QueryFormat) -> Result<Self, std::io::Error> {
        match format {
            QueryFormat::JsonLines => json_lines(from),
            QueryFormat::Csv => Ok(csv(from)),
            QueryFormat::Trec => trec::read(from),
        }
    }

    pub(super) fn push(&mut self, class: Option<String>, line: u64, parameters: Vec<(String, String)>) {
        let class = class.filter(|class| !class.trim().is_empty());
        if parameters.is_empty() {
            self.reject(
                line,
                "it asks nothing: give parameters of the API, such as postcode or q",
            );
        } else {
            self.queries.push(Asked {
                class: class.unwrap_or_else(|| NO_CLASS.to_owned()),
                line,
                parameters,
            });
        }
    }

    pub(super) fn reject(&mut self, line: u64, reason: impl Into<String>) {
        self.broken.push(BrokenLine {
            line,
            reason: reason.into(),
        });
    }
}

fn json_lines(from: impl BufRead) -> Result<QueryFile, std::io::Error> {
    let mut file = QueryFile::default();
    for (number, line) in (1..).zip(from.split(b'\n')) {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        let line = line.trim().trim_start_matches('\u{feff}');
        if line.is_empty() {
            continue;
        }
        if line.len() > LONGEST_LINE {
            file.reject(number, format!("longer than {LONGEST_LINE} bytes"));
            continue;
        }
        match object(line) {
            Ok((class, parameters)) => file.push(class, number, parameters),
            Err(reason) => file.reject(number, reason),
        }
    }
    Ok(file)
}

type Query = (Option<String>, Vec<(String, String)>);

fn object(line: &str) -> Result<Query, String> {
    let object: Map<String, Value> =
        serde_json::from_str(line).map_err(|error| format!("not an object of parameters: {error}"))?;
    let mut class = None;
    let mut parameters = Vec::new();
    for (name, value) in object {
        let text = match &value {
            Value::Array(values) => values
                .iter()
                .map(|value| plain(&name, value))
                .collect::<Result<Vec<_>, _>>()?
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(","),
            value => plain(&name, value)?.unwrap_or_default(),
        };
        if name == CLASS {
            class = Some(text);
        } else if !text.is_empty() {
            parameters.push((name, text));
        }
    }
    Ok((class, parameters))
}

/// Nothing for null.
fn plain(name: &str, value: &Value) -> Result<Option<String>, String> {
    match value {
        Value::String(text) => Ok(Some(text.clone())),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Bool(value) => Ok(Some(value.to_string())),
        Value::Null => Ok(None),
        Value::Array(_) | Value::Object(_) => Err(format!(
            "`{name}` must be a text, a number, true, false, or a list of these"
        )),
    }
}

fn csv(from: impl BufRead) -> QueryFile {
    let mut file = QueryFile::default();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(from);
    let names: Vec<String> = match reader.headers() {
        Ok(names) => names
            .iter()
            .map(|name| name.trim().trim_start_matches('\u{feff}').to_owned())
            .collect(),
        Err(error) => {
            file.reject(1, error.to_string());
            return file;
        }
    };
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                file.reject(line, error.to_string());
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() > names.len() {
            file.reject(
                line,
                format!("{} cells below {} names", record.len(), names.len()),
            );
            continue;
        }
        let given = names
            .iter()
            .zip(&record)
            .filter(|(_, value)| !value.trim().is_empty());
        let (class, parameters): (Vec<_>, Vec<_>) = given
            .map(|(name, value)| (name.clone(), value.trim().replace('|', ",")))
            .partition(|(name, _)| name == CLASS);
        let class = class.into_iter().next().map(|(_, class)| class);
        file.push(class, line, parameters);
    }
    file
}

impl QueryFile {
    /// Writes queries as [`Self::read`] reads them; topics of TREC are not written.
    pub fn write(queries: &[Asked], format: QueryFormat, mut to: impl Write) -> Result<(), std::io::Error> {
        if format == QueryFormat::Csv {
            return write_csv(queries, to);
        }
        for query in queries {
            let class = (CLASS.to_owned(), Value::from(query.class.clone()));
            let parameters = query.parameters.iter();
            let parameters = parameters.map(|(name, value)| (name.clone(), Value::from(value.clone())));
            let object: Map<String, Value> = std::iter::once(class).chain(parameters).collect();
            serde_json::to_writer(&mut to, &object)?;
            to.write_all(b"\n")?;
        }
        Ok(())
    }
}

fn write_csv(queries: &[Asked], to: impl Write) -> Result<(), std::io::Error> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in queries.iter().flat_map(|query| &query.parameters) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let mut writer = csv::Writer::from_writer(to);
    writer.write_record(std::iter::once(CLASS).chain(names.iter().copied()))?;
    for query in queries {
        let value = |name: &&str| {
            let given = query.parameters.iter().find(|(given, _)| given == name);
            given.map_or("", |(_, value)| value.as_str())
        };
        writer.write_record(std::iter::once(query.class.as_str()).chain(names.iter().map(value)))?;
    }
    writer.flush()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, format: QueryFormat) -> QueryFile {
        QueryFile::read(text.as_bytes(), format).unwrap()
    }

    fn lines(file: &QueryFile) -> Vec<u64> {
        file.broken.iter().map(|broken| broken.line).collect()
    }

    #[test]
    fn broken_lines_are_told_by_number_and_the_others_are_read() {
        let text = "{\"class\":\"a\",\"postcode\":3011,\"theme\":[\"language\",\"digital\"]}\n\nnot json\n{\"q\":{}}\n{\"class\":\"b\"}\n{\"q\":\"taal\",\"kind\":null}";
        let file = read(text, QueryFormat::JsonLines);
        assert_eq!(lines(&file), [3, 4, 5]);
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            file.queries[0].parameters,
            [pair("postcode", "3011"), pair("theme", "language,digital")]
        );
        assert_eq!(
            (file.queries[1].class.as_str(), file.queries[1].line),
            ("query", 6)
        );
    }

    #[test]
    fn a_table_has_its_names_on_the_first_line() {
        let text = "class,postcode,q,kind\nnear,3011,,\nwords,8601,taal,formal|informal\n,,,\nx,1,2,3,4\n";
        let file = read(text, QueryFormat::Csv);
        assert_eq!(lines(&file), [4, 5]);
        assert_eq!(file.queries[1].parameters[2].1, "formal,informal");
        assert_eq!(file.queries[0].parameters.len(), 1);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(queries in prop::collection::vec(
            ("[a-z]{1,5}", prop::collection::btree_map("[a-b]{1,2}", "[^,|\\s\\x00]([^|\\x00]{0,6}[^|\\s\\x00])?", 1..4)), 1..20,
        ), csv in any::<bool>()) {
            let asked: Vec<Asked> = queries.into_iter().zip(1..).map(|((class, parameters), line)| Asked {
                class, line, parameters: parameters.into_iter().collect(),
            }).collect();
            let format = if csv { QueryFormat::Csv } else { QueryFormat::JsonLines };
            let mut bytes = Vec::new();
            QueryFile::write(&asked, format, &mut bytes).unwrap();
            let file = QueryFile::read(bytes.as_slice(), format).unwrap();
            prop_assert_eq!(&file.broken, &[]);
            let sorted = |asked: &Asked| {
                let mut parameters = asked.parameters.clone();
                parameters.sort();
                (asked.class.clone(), parameters)
            };
            prop_assert_eq!(file.queries.iter().map(sorted).collect::<Vec<_>>(), asked.iter().map(sorted).collect::<Vec<_>>());
        }

        #[test]
        fn nothing_makes_the_reader_stop(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            for format in [QueryFormat::JsonLines, QueryFormat::Csv, QueryFormat::Trec] {
                QueryFile::read(bytes.as_slice(), format).unwrap();
            }
        }
    }
}
