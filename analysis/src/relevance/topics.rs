//! Topics in the format of TREC: what people ask, each with a number by which the judgements know it.
//!
//! Both forms are read: that of SGML, where the end of an element may be left out
//! (<https://trec.nist.gov/data/topics_eng/>), and that of XML, of later tracks, with `<topic number="1">` and `<query>`.
//! `<half>` and `<class>` are ours.

use std::collections::HashSet;

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
};
use thiserror::Error;

/// Why topics cannot be used.
#[derive(Debug, Error)]
pub enum TopicError {
    /// The file breaks off.
    #[error("line {line}: {source}")]
    Xml {
        /// From 1.
        line: usize,
        /// What is wrong.
        source: quick_xml::Error,
    },
    /// A topic without a number.
    #[error("line {0}: this topic has no <num>")]
    NoNumber(usize),
    /// A topic without a title.
    #[error("topic {0} has no <title>")]
    NoTitle(String),
    /// Two topics of the same number.
    #[error("topic {0} is there twice")]
    Twice(String),
    /// No topic at all.
    #[error("there is no topic; each is a <top> with <num> and <title>")]
    None,
}

/// Something that people ask.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Topic {
    /// By which the judgements know it.
    pub number: String,
    /// As it is typed.
    pub title: String,
    /// For tuning or for reporting (`tune`, `test`); empty if it does not say.
    pub half: String,
    /// What sort of question it is; empty if it does not say.
    pub class: String,
}

/// What [`Draft`] keeps, by the names of the elements.
const FIELDS: [&[&str]; 4] = [&["num", "number"], &["title", "query"], &["half"], &["class"]];

/// A topic whose end was not read yet.
struct Draft {
    /// On which it began.
    line: usize,
    texts: [String; FIELDS.len()],
    /// Into which of them text goes.
    open: Option<usize>,
}

impl Draft {
    fn new(line: usize, start: &BytesStart<'_>) -> Self {
        let mut texts = [const { String::new() }; FIELDS.len()];
        let number = start.attributes().flatten();
        if let Some(number) = number
            .into_iter()
            .find(|attribute| attribute.key.as_ref() == "number")
        {
            number.value.as_ref().clone_into(&mut texts[0]);
        }
        Self {
            line,
            texts,
            open: None,
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(field) = self.open.and_then(|open| self.texts.get_mut(open)) {
            field.push_str(text);
        }
    }

    /// White space becomes one space; the words with which SGML topics begin a field are left out.
    fn end(self) -> Result<Topic, TopicError> {
        let texts = self.texts.map(|text| {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let label = ["Number:", "Topic:"]
                .iter()
                .find_map(|label| text.strip_prefix(label));
            label.map_or_else(|| text.clone(), |text| text.trim().to_owned())
        });
        let [number, title, half, class] = texts;
        if number.is_empty() {
            return Err(TopicError::NoNumber(self.line));
        }
        if title.is_empty() {
            return Err(TopicError::NoTitle(number));
        }
        Ok(Topic {
            number,
            title,
            half,
            class,
        })
    }
}

/// Reads all topics of a file.
pub fn read(text: &str) -> Result<Vec<Topic>, TopicError> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let (mut drafts, mut draft) = (Vec::new(), None::<Draft>);
    loop {
        let line = line_at(text, reader.buffer_position());
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                let name = start.local_name().as_ref().to_lowercase();
                if is_topic(&name) {
                    drafts.extend(draft.replace(Draft::new(line, &start)));
                } else if let Some(draft) = &mut draft {
                    draft.open = FIELDS.iter().position(|names| names.contains(&name.as_str()));
                }
            }
            Ok(Event::Text(part)) => push(&mut draft, &part.xml_content(XmlVersion::Implicit1_0)),
            Ok(Event::CData(part)) => push(&mut draft, &part.xml_content(XmlVersion::Implicit1_0)),
            Ok(Event::GeneralRef(reference)) => push(&mut draft, &referred(&reference)),
            Ok(Event::End(end)) if is_topic(&end.local_name().as_ref().to_lowercase()) => {
                drafts.extend(draft.take());
            }
            Ok(Event::End(_)) => {
                if let Some(draft) = &mut draft {
                    draft.open = None;
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(source) => {
                let line = line_at(text, reader.error_position());
                return Err(TopicError::Xml { line, source });
            }
        }
    }
    drafts.extend(draft);
    finished(drafts)
}

fn finished(drafts: Vec<Draft>) -> Result<Vec<Topic>, TopicError> {
    let topics = drafts
        .into_iter()
        .map(Draft::end)
        .collect::<Result<Vec<_>, _>>()?;
    let mut numbers = HashSet::new();
    if let Some(twice) = topics.iter().find(|topic| !numbers.insert(&topic.number)) {
        return Err(TopicError::Twice(twice.number.clone()));
    }
    if topics.is_empty() {
        return Err(TopicError::None);
    }
    Ok(topics)
}

fn is_topic(name: &str) -> bool {
    matches!(name, "top" | "topic")
}

fn push(draft: &mut Option<Draft>, text: &str) {
    if let Some(draft) = draft {
        draft.push(text);
    }
}

/// A character or one of the five entities of XML; another is text, for no document type is read.
fn referred(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let name = reference.xml_content(XmlVersion::Implicit1_0);
    match name.as_ref() {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        name => format!("&{name};"),
    }
}

fn line_at(text: &str, position: u64) -> usize {
    let position = usize::try_from(position).unwrap_or(usize::MAX);
    text.bytes().take(position).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn topic(number: &str, title: &str, half: &str, class: &str) -> Topic {
        let [number, title, half, class] = [number, title, half, class].map(str::to_owned);
        Topic {
            number,
            title,
            half,
            class,
        }
    }

    #[test]
    fn the_forms_of_sgml_and_of_xml_are_read() {
        let sgml = "<top>\n<num> Number: 301\n<title> Topic: brief\n  belasting\n\n<desc> Description:\nA <b>letter</b>.\n</top>\n\n<top>\n<num> Number: 302 <title> Q & A\n</top>\n";
        assert_eq!(
            read(sgml).unwrap(),
            [
                topic("301", "brief belasting", "", ""),
                topic("302", "Q & A", "", "")
            ]
        );
        let xml = "<?xml version='1.0'?><topics><topic number=\"1\"><query>eten &amp; drinken</query></topic>\n<top><num>2</num><title><![CDATA[A<B]]></title><half>test</half><class>easy</class></top></topics>";
        assert_eq!(
            read(xml).unwrap(),
            [
                topic("1", "eten & drinken", "", ""),
                topic("2", "A<B", "test", "easy")
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        let message = |text: &str| read(text).unwrap_err().to_string();
        assert_eq!(
            message("\n<top><title>a</title></top>"),
            "line 2: this topic has no <num>"
        );
        assert_eq!(message("<top><num>1</num></top>"), "topic 1 has no <title>");
        assert_eq!(
            message("<top><num>1<title>a</top><top><num>1<title>b</top>"),
            "topic 1 is there twice"
        );
        assert_eq!(
            message("taalcafé"),
            "there is no topic; each is a <top> with <num> and <title>"
        );
        assert!(message("<top>\n<num>1\n<title").starts_with("line "));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(<[/]?(top|num|title|x)>|&|&amp;|<!\\[CDATA\\[|<|[a-z\u{e9}\n])*") {
            let _ = read(&text);
        }
    }
}
