//! Topics as the Text Retrieval Conference (TREC) has them: a `<top>` each, with `<num>` and `<title>`, whose ends may be
//! left out. <https://trec.nist.gov/data/topics_eng/>

use std::io::BufRead;

use super::file::QueryFile;

/// The class of a topic.
const CLASS: &str = "topic";

pub(super) fn read(from: impl BufRead) -> Result<QueryFile, std::io::Error> {
    let mut file = QueryFile::default();
    let mut topic: Option<Topic> = None;
    for (number, line) in (1..).zip(from.split(b'\n')) {
        let line = line?;
        let line = String::from_utf8_lossy(&line).trim().to_owned();
        if line.to_ascii_lowercase().starts_with("<top>") {
            if let Some(topic) = topic.take() {
                topic.end(&mut file);
            }
            topic = Some(Topic::new(number));
        } else if let Some(open) = &mut topic {
            if line.to_ascii_lowercase().starts_with("</top>") {
                topic.take().into_iter().for_each(|topic| topic.end(&mut file));
            } else {
                open.take(&line);
            }
        } else if !line.is_empty() && !line.starts_with('<') {
            file.reject(number, "outside any <top>");
        }
    }
    if let Some(topic) = topic {
        topic.end(&mut file);
    }
    Ok(file)
}

/// A topic that is being read.
struct Topic {
    line: u64,
    title: String,
    in_title: bool,
}

impl Topic {
    fn new(line: u64) -> Self {
        Self {
            line,
            title: String::new(),
            in_title: false,
        }
    }

    fn take(&mut self, line: &str) {
        let lower = line.to_ascii_lowercase();
        let text = if lower.starts_with("<title>") {
            self.in_title = true;
            line.get("<title>".len()..).unwrap_or_default()
        } else if line.starts_with('<') {
            self.in_title = false;
            return;
        } else {
            line
        };
        if self.in_title {
            let (text, ends) = match text.find("</") {
                Some(end) => (text.get(..end).unwrap_or_default(), true),
                None => (text, false),
            };
            self.title.push(' ');
            self.title.push_str(text);
            self.in_title = !ends;
        }
    }

    fn end(self, file: &mut QueryFile) {
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() {
            file.reject(self.line, "this topic has no <title>");
        } else {
            file.push(Some(CLASS.to_owned()), self.line, vec![("q".to_owned(), title)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_asked_with_or_without_their_ends() {
        let text = "<top>\n<num> Number: 1\n<title> hulp met\n brieven\n\n<desc> Iets\nlangs\n</top>\n<top><!-- -->\n<title>taalcafé</title>\n</top>\n\n<top>\n<num> 3\n</top>\nlos\n";
        let file = read(text.as_bytes()).unwrap();
        let titles: Vec<&str> = file
            .queries
            .iter()
            .map(|asked| asked.parameters[0].1.as_str())
            .collect();
        assert_eq!(titles, ["hulp met brieven", "taalcafé"]);
        assert_eq!(
            file.broken.iter().map(|broken| broken.line).collect::<Vec<_>>(),
            [13, 16]
        );
    }
}
