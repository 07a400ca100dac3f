//! Judgements in the format of TREC (*qrels*): which documents answer a topic, and how well.

use std::collections::{BTreeMap, HashMap};

use thiserror::Error;

/// Why judgements cannot be used.
#[derive(Debug, Error)]
pub enum JudgementError {
    /// A line does not have four columns.
    #[error("line {0}: four columns are needed: topic, 0, document and grade")]
    Columns(usize),
    /// A grade is no number.
    #[error("line {line}: the grade `{grade}` is no whole number")]
    Grade {
        /// From 1.
        line: usize,
        /// What stands there.
        grade: String,
    },
    /// A document was judged before for the same topic.
    #[error("line {line}: `{document}` was judged before for topic {topic}")]
    Twice {
        /// From 1.
        line: usize,
        /// The topic.
        topic: String,
        /// The document.
        document: String,
    },
}

/// The judged documents of each topic.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judgements {
    topics: BTreeMap<String, Judged>,
}

impl Judgements {
    /// Reads lines of topic, iteration (not used), document and grade, separated by white space. Empty lines are passed
    /// over.
    pub fn read(text: &str) -> Result<Self, JudgementError> {
        let mut judgements = Self::default();
        for (line, row) in (1..).zip(text.lines()) {
            let columns: Vec<&str> = row.split_whitespace().collect();
            let [topic, _, document, grade] = *columns.as_slice() else {
                if columns.is_empty() {
                    continue;
                }
                return Err(JudgementError::Columns(line));
            };
            let Ok(grade) = grade.parse() else {
                let grade = grade.to_owned();
                return Err(JudgementError::Grade { line, grade });
            };
            let judged = judgements.topics.entry(topic.to_owned()).or_default();
            if judged.grades.insert(document.to_owned(), grade).is_some() {
                let (topic, document) = (topic.to_owned(), document.to_owned());
                return Err(JudgementError::Twice {
                    line,
                    topic,
                    document,
                });
            }
        }
        Ok(judgements)
    }

    /// What was judged for a topic, by its number.
    pub fn topic(&self, number: &str) -> Option<&Judged> {
        self.topics.get(number)
    }
}

/// The documents that were judged for one topic.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judged {
    grades: HashMap<String, i32>,
}

impl Judged {
    /// How well a document answers the topic; 0 if it was not judged, as TREC takes it.
    pub fn grade(&self, document: &str) -> i32 {
        self.grades.get(document).copied().unwrap_or(0)
    }

    /// All grades, in no order.
    pub fn grades(&self) -> impl Iterator<Item = i32> {
        self.grades.values().copied()
    }
}

impl FromIterator<(String, i32)> for Judged {
    fn from_iter<I: IntoIterator<Item = (String, i32)>>(grades: I) -> Self {
        Self {
            grades: grades.into_iter().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_may_be_separated_by_anything_white() {
        let judgements = Judgements::read("1 0 bieb-1 3\r\n\n1\tQ0\tbieb-2  0\n 2 0 bieb-1 -2").unwrap();
        let one = judgements.topic("1").unwrap();
        assert_eq!(
            (one.grade("bieb-1"), one.grade("bieb-2"), one.grade("bieb-3")),
            (3, 0, 0)
        );
        assert_eq!(judgements.topic("2").unwrap().grade("bieb-1"), -2);
        assert_eq!(judgements.topic("3"), None);
    }

    #[test]
    fn a_wrong_line_is_named() {
        let message = |text: &str| Judgements::read(text).unwrap_err().to_string();
        assert_eq!(
            message("1 0 a 1\n1 0 b\n"),
            "line 2: four columns are needed: topic, 0, document and grade"
        );
        assert_eq!(
            message("1 0 a good\n"),
            "line 1: the grade `good` is no whole number"
        );
        assert_eq!(
            message("1 0 a 1\n2 0 a 1\n1 0 a 2\n"),
            "line 3: `a` was judged before for topic 1"
        );
    }
}
