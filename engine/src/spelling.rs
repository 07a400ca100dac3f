//! The words of titles, to find what a resident meant to type, and how it may go on.

use std::{collections::HashMap, io::BufWriter, path::Path};

use foldhash::fast::RandomState;
use fs_err as fs;
use fst::{Automaton, IntoStreamer, Map, MapBuilder, Streamer, automaton::Str};
use nabij_language::{DFA, Distance, SINK_STATE};

use crate::array;

const FILE: &str = "columns.words";

/// The most words that are looked at for one question: what is nearest comes first in few, and no question takes long.
const MOST_LOOKED_AT: usize = 5_000;

/// The words of titles, each with the number of documents that have it.
pub(crate) struct Spelling(Map<array::Mapped>);

/// A word that titles have, near to one that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelled {
    /// The word, folded.
    pub word: String,
    /// How many titles have it.
    pub frequency: u64,
    /// How many letters are other than typed, missing, too many, or changed about.
    pub edits: u8,
}

impl Spelling {
    pub(crate) fn open(folder: &Path) -> Result<Self, std::io::Error> {
        let mapped = array::map(&folder.join(FILE))?;
        Map::new(mapped).map(Self).map_err(std::io::Error::other)
    }

    /// Whether all words can be walked through, and are as many as there should be. Where the file was made wrong on purpose
    /// the walk may panic.
    pub(crate) fn is_sound(&self) -> bool {
        let mut left = self.0.len();
        let mut words = self.0.stream();
        while words.next().is_some() {
            match left.checked_sub(1) {
                Some(fewer) => left = fewer,
                None => return false,
            }
        }
        left == 0
    }

    /// Whether titles have a word.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }

    /// Words that an automaton accepts, those with the fewest edits first, then the most frequent.
    pub(crate) fn near(&self, automaton: &DFA, limit: usize) -> Vec<Spelled> {
        let automaton = Levenshtein(automaton);
        let mut found = Vec::new();
        let mut stream = self.0.search_with_state(&automaton).into_stream();
        while let Some((bytes, frequency, state)) = stream.next() {
            let Some(state) = state else { continue };
            if let (Ok(word), Distance::Exact(edits)) = (str::from_utf8(bytes), automaton.0.distance(state)) {
                found.push(Spelled {
                    word: word.to_owned(),
                    frequency,
                    edits,
                });
            }
            if found.len() >= MOST_LOOKED_AT {
                break;
            }
        }
        found.sort_by(|a, b| (a.edits, b.frequency, &a.word).cmp(&(b.edits, a.frequency, &b.word)));
        found.truncate(limit);
        found
    }

    /// Words that begin so, the most frequent first.
    pub(crate) fn beginning(&self, prefix: &str, limit: usize) -> Vec<Spelled> {
        let mut found = Vec::new();
        let mut stream = self.0.search(Str::new(prefix).starts_with()).into_stream();
        while let Some((bytes, frequency)) = stream.next() {
            if let Ok(word) = str::from_utf8(bytes) {
                found.push(Spelled {
                    word: word.to_owned(),
                    frequency,
                    edits: 0,
                });
            }
            if found.len() >= MOST_LOOKED_AT {
                break;
            }
        }
        found.sort_by(|a, b| (b.frequency, &a.word).cmp(&(a.frequency, &b.word)));
        found.truncate(limit);
        found
    }
}

impl std::fmt::Debug for Spelling {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Spelling").field(&self.0.len()).finish()
    }
}

/// The words within a distance of one, for the dictionary to walk along.
struct Levenshtein<'a>(&'a DFA);

impl Automaton for Levenshtein<'_> {
    type State = Option<u32>;

    fn start(&self) -> Option<u32> {
        Some(self.0.initial_state())
    }

    fn is_match(&self, state: &Option<u32>) -> bool {
        state.is_some_and(|state| matches!(self.0.distance(state), Distance::Exact(_)))
    }

    fn can_match(&self, state: &Option<u32>) -> bool {
        state.is_some()
    }

    fn accept(&self, state: &Option<u32>, byte: u8) -> Option<u32> {
        let next = self.0.transition((*state)?, byte);
        (next != SINK_STATE).then_some(next)
    }
}

/// Writes the file of [`Spelling::open`].
pub(crate) fn write(
    folder: &Path,
    words: &HashMap<Box<str>, u64, RandomState>,
) -> Result<(), std::io::Error> {
    let mut sorted: Vec<(&str, u64)> = words.iter().map(|(word, count)| (&**word, *count)).collect();
    sorted.sort_unstable();
    let file = fs::File::create(folder.join(FILE))?;
    let mut map = MapBuilder::new(BufWriter::new(file)).map_err(std::io::Error::other)?;
    map.extend_iter(sorted).map_err(std::io::Error::other)?;
    map.finish().map_err(std::io::Error::other)
}
