//! Good input, and what can be changed about it.

use std::fmt;

use proptest::{prelude::*, sample::Index};

/// Good inputs, and words that mean something in them.
pub(super) struct Corpus {
    seeds: Vec<Vec<u8>>,
    words: Vec<Vec<u8>>,
}

/// An input.
#[derive(Clone)]
pub(super) struct Input(pub(super) Vec<u8>);

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.escape_ascii())
    }
}

/// One change.
#[derive(Debug, Clone)]
enum Edit {
    Flip {
        at: Index,
        mask: u8,
    },
    Insert {
        at: Index,
        bytes: Vec<u8>,
    },
    Cut {
        from: Index,
        length: usize,
    },
    /// A part once more, or many times more.
    Repeat {
        from: Index,
        length: usize,
        times: usize,
    },
    /// A part of another good input.
    Splice {
        at: Index,
        seed: Index,
        from: Index,
        length: usize,
    },
    Word {
        at: Index,
        word: Index,
    },
    /// Another number in the place of a digit.
    Number {
        nth: Index,
        number: String,
    },
    End {
        at: Index,
    },
}

/// No input becomes larger.
const LARGEST: usize = 1 << 16;

/// Numbers at which things go wrong.
const NUMBERS: [&str; 12] = [
    "0",
    "-1",
    "1",
    "00",
    "99",
    "255",
    "65536",
    "4294967296",
    "9223372036854775808",
    "1e309",
    "-0.0",
    "NaN",
];

impl Corpus {
    pub(super) fn new(seeds: Vec<Vec<u8>>, words: Vec<Vec<u8>>) -> Self {
        Self { seeds, words }
    }

    /// Each good input with up to eight changes.
    pub(super) fn inputs(self) -> impl Strategy<Value = Input> {
        let edits = prop::collection::vec(edit(), 0..8);
        (any::<Index>(), edits).prop_map(move |(seed, edits)| {
            let mut bytes = seed.get(&self.seeds).clone();
            for edit in &edits {
                self.apply(edit, &mut bytes);
                bytes.truncate(LARGEST);
            }
            Input(bytes)
        })
    }

    fn apply(&self, edit: &Edit, bytes: &mut Vec<u8>) {
        let place = |at: &Index| at.index(bytes.len() + 1);
        let part = |from: usize, length: usize, of: &[u8]| of[from..of.len().min(from + length)].to_vec();
        match edit {
            Edit::Flip { at, mask } => {
                let at = place(at);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= mask;
                }
            }
            Edit::Insert { at, bytes: more } => {
                let at = place(at);
                bytes.splice(at..at, more.iter().copied());
            }
            Edit::Cut { from, length } => {
                let from = place(from);
                bytes.drain(from..bytes.len().min(from + length));
            }
            Edit::Repeat { from, length, times } => {
                let from = place(from);
                let more = part(from, *length, bytes).repeat(*times);
                bytes.splice(from..from, more);
            }
            Edit::Splice {
                at,
                seed,
                from,
                length,
            } => {
                let seed = &self.seeds[seed.index(self.seeds.len())];
                let more = part(from.index(seed.len() + 1), *length, seed);
                let at = place(at);
                bytes.splice(at..at, more);
            }
            Edit::Word { at, word } => {
                let at = place(at);
                if !self.words.is_empty() {
                    bytes.splice(at..at, word.get(&self.words).iter().copied());
                }
            }
            Edit::Number { nth, number } => {
                let digits: Vec<usize> = (0..bytes.len())
                    .filter(|at| bytes[*at].is_ascii_digit())
                    .collect();
                if !digits.is_empty() {
                    let at = *nth.get(&digits);
                    bytes.splice(at..=at, number.bytes());
                }
            }
            Edit::End { at } => bytes.truncate(place(at)),
        }
    }
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    let number = prop_oneof![
        prop::sample::select(NUMBERS.to_vec()).prop_map(str::to_owned),
        any::<i64>().prop_map(|number| number.to_string()),
    ];
    prop_oneof![
        4 => (at(), 1..=255_u8).prop_map(|(at, mask)| Edit::Flip { at, mask }),
        3 => (at(), prop::collection::vec(any::<u8>(), 1..6)).prop_map(|(at, bytes)| Edit::Insert { at, bytes }),
        3 => (at(), 1..40_usize).prop_map(|(from, length)| Edit::Cut { from, length }),
        2 => (at(), 1..40_usize, 1..4_usize).prop_map(|(from, length, times)| Edit::Repeat { from, length, times }),
        1 => (at(), 1..12_usize, 50..3_000_usize).prop_map(|(from, length, times)| Edit::Repeat { from, length, times }),
        2 => (at(), at(), at(), 1..200_usize)
            .prop_map(|(at, seed, from, length)| Edit::Splice { at, seed, from, length }),
        6 => (at(), at()).prop_map(|(at, word)| Edit::Word { at, word }),
        3 => (at(), number).prop_map(|(nth, number)| Edit::Number { nth, number }),
        1 => at().prop_map(|at| Edit::End { at }),
    ]
}
