//! Records in a stream of XML, one at a time, each as the JSON value that the same record has in the other output.
//!
//! A document type declaration is refused: with it come entities, and with those come bombs and files of the machine.

use std::{
    fmt::Display,
    io::{self, BufRead, Read},
};

use memchr::memchr_iter;
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use serde_json::{Map, Value};

use crate::source::{LONGEST_ROW, RowError, decode};

/// How deep elements may stand in each other.
const DEEPEST: usize = 64;

/// A record, and the line on which it begins.
pub(super) struct Element {
    pub(super) line: u64,
    pub(super) name: String,
    pub(super) value: Value,
}

/// The elements with one of these names, wherever they stand, but not in each other.
pub(super) struct Elements<R> {
    reader: Reader<Lines<R>>,
    wanted: &'static [&'static str],
    depth: usize,
    ended: bool,
}

impl<R: BufRead> Elements<R> {
    pub(super) fn new(reader: R, wanted: &'static [&'static str]) -> Self {
        Self {
            reader: Reader::from_reader(Lines::new(reader)),
            wanted,
            depth: 0,
            ended: false,
        }
    }

    fn event(&mut self, buffer: &mut Vec<u8>) -> Result<Event<'static>, RowError> {
        buffer.clear();
        self.reader.get_mut().left = LONGEST_ROW;
        let event = self.reader.read_event_into(buffer).map(Event::into_owned);
        match event {
            Ok(Event::DocType(_)) => Err(breaks_off("a document type declaration is refused")),
            Ok(event) => Ok(event),
            Err(error) => Err(breaks_off(error)),
        }
    }

    fn find(&mut self) -> Result<Option<Element>, RowError> {
        let mut buffer = Vec::new();
        loop {
            match self.event(&mut buffer)? {
                Event::Eof if self.depth == 0 => return Ok(None),
                Event::Eof => return Err(breaks_off("it ends within an element")),
                Event::Start(start) => {
                    let name = local_name(&start);
                    let line = self.reader.get_ref().line;
                    if self.wanted.contains(&name.as_str()) {
                        let value = self.element(&start, 1)?;
                        return Ok(Some(Element { line, name, value }));
                    }
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(breaks_off("elements stand too deep in each other"));
                    }
                }
                Event::End(_) => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }

    /// The value of an element whose start was read: text, or an object of its attributes and children.
    fn element(&mut self, start: &BytesStart<'_>, depth: usize) -> Result<Value, RowError> {
        if depth > DEEPEST {
            return Err(breaks_off("elements stand too deep in each other"));
        }
        let mut object = attributes(start)?;
        let mut text = String::new();
        let mut buffer = Vec::new();
        loop {
            match self.event(&mut buffer)? {
                Event::Start(start) => {
                    let value = self.element(&start, depth + 1)?;
                    add(&mut object, local_name(&start), value);
                }
                Event::Empty(start) => {
                    let value = Value::Object(attributes(&start)?);
                    add(&mut object, local_name(&start), value);
                }
                Event::Text(part) => text.push_str(&part.xml_content(XmlVersion::Implicit1_0)),
                Event::CData(part) => text.push_str(&part.xml_content(XmlVersion::Implicit1_0)),
                Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                    Ok(Some(c)) => text.push(c),
                    _ => text.push_str(entity(&reference.xml_content(XmlVersion::Implicit1_0))?),
                },
                Event::End(_) => break,
                Event::Eof => return Err(breaks_off("it ends within a record")),
                _ => {}
            }
            if text.len() > LONGEST_ROW {
                return Err(breaks_off(format!("a text is longer than {LONGEST_ROW} bytes")));
            }
        }
        let text = text.trim();
        if object.is_empty() {
            return Ok(Value::from(text));
        }
        if !text.is_empty() {
            object.insert("tekst".to_owned(), Value::from(text));
        }
        Ok(Value::Object(object))
    }
}

impl<R: BufRead> Iterator for Elements<R> {
    type Item = (u64, Result<Element, RowError>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let found = self.find();
        // After an error the place in the document is lost.
        self.ended = !matches!(found, Ok(Some(_)));
        let line = self.reader.get_ref().line;
        match found {
            Ok(found) => found.map(|element| (element.line, Ok(element))),
            Err(error) => Some((line, Err(error))),
        }
    }
}

fn breaks_off(reason: impl Display) -> RowError {
    RowError::BreaksOff(reason.to_string())
}

fn local_name(start: &BytesStart<'_>) -> String {
    start.local_name().as_ref().to_owned()
}

fn attributes(start: &BytesStart<'_>) -> Result<Map<String, Value>, RowError> {
    let mut object = Map::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(breaks_off)?;
        let name = attribute.key.as_ref();
        if !name.starts_with("xmlns") && !name.starts_with("xsi:") {
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(breaks_off)?;
            object.insert(name.to_owned(), Value::from(value.into_owned()));
        }
    }
    Ok(object)
}

/// Adds a child; children of the same name become a list.
fn add(object: &mut Map<String, Value>, name: String, value: Value) {
    match object.get_mut(&name) {
        None => drop(object.insert(name, value)),
        Some(Value::Array(items)) => items.push(value),
        Some(first) => {
            let items = vec![first.take(), value];
            *first = Value::Array(items);
        }
    }
}

/// The five that XML has by itself; HTML's commonest, which people paste.
fn entity(name: &str) -> Result<&'static str, RowError> {
    Ok(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        name => {
            return Err(breaks_off(format!(
                "the entity `&{name};` is not known, and none may be declared"
            )));
        }
    })
}

/// Text in UTF-8, or line by line in Windows-1252; counts lines, and refuses to go on without end.
struct Lines<R> {
    inner: R,
    /// What was read and is not decoded: the beginning of a character.
    raw: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    line: u64,
    /// How many bytes may still be read before the reader of this sets it again.
    left: usize,
}

/// How much is decoded at once.
const CHUNK: u64 = 1 << 16;

impl<R: BufRead> Lines<R> {
    fn new(inner: R) -> Self {
        Self {
            inner,
            raw: Vec::new(),
            text: Vec::new(),
            at: 0,
            line: 1,
            left: LONGEST_ROW,
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        loop {
            let read = self.inner.by_ref().take(CHUNK).read_until(b'\n', &mut self.raw)?;
            let whole = match str::from_utf8(&self.raw) {
                // The chunk ends within a character.
                Err(error) if error.error_len().is_none() && read > 0 => error.valid_up_to(),
                _ => self.raw.len(),
            };
            let tail = self.raw.split_off(whole);
            self.text.clear();
            self.text.extend_from_slice(decode(&self.raw).as_bytes());
            self.at = 0;
            self.raw = tail;
            if read == 0 || !self.text.is_empty() {
                return Ok(());
            }
        }
    }
}

impl<R: BufRead> Read for Lines<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Lines<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other(format!(
                "something is longer than {LONGEST_ROW} bytes"
            )));
        }
        if self.at == self.text.len() {
            self.fill()?;
        }
        Ok(self.text.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        let consumed = self.text.get(self.at..self.at + count).unwrap_or_default();
        let lines = memchr_iter(b'\n', consumed).count();
        self.line += u64::try_from(lines).unwrap_or(0);
        self.at += count;
        self.left = self.left.saturating_sub(count);
    }
}
