//! Identifiers, found by their hash; and short codes for offerings, to type from paper: the first characters of that hash.
//!
//! A code has as many characters as it takes to mean one offering. Printed once, it goes on meaning that offering;
//! should a later one have a hash that begins alike, the code means both, and who asks can choose.

use std::{ops::RangeInclusive, path::Path};

use xxhash_rust::xxh3::xxh3_64;

use crate::array::{self, Array, ArrayError};

/// The 32 characters of a code, five bits each: those of Crockford's base 32, without i, l, o and u.
const CHARACTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// The shortest code. At 20,000 offerings fewer than one in a hundred indexes needs a longer one.
const SHORTEST: u32 = 7;
/// The longest code: 60 bits.
const LONGEST: u32 = 12;

const HASHES: &str = "columns.codes";
const DOCS: &str = "columns.code_documents";

/// The hash of every identifier, sorted, and whose it is.
#[derive(Debug)]
pub(crate) struct Codes {
    hashes: Array<u64>,
    docs: Array<u32>,
}

/// The identifiers of a generation as they come in.
#[derive(Debug, Default)]
pub(crate) struct CodesWriter(Vec<(u64, u32)>);

impl CodesWriter {
    pub(crate) fn add(&mut self, id: &str, doc: u32) {
        self.0.push((xxh3_64(id.as_bytes()), doc));
    }

    /// Writes the files of [`Codes::open`], and gives how many identifiers they hold.
    pub(crate) fn finish(mut self, folder: &Path) -> Result<usize, std::io::Error> {
        self.0.sort_unstable();
        let (hashes, docs): (Vec<u64>, Vec<u32>) = self.0.into_iter().unzip();
        array::write(&folder.join(HASHES), &hashes)?;
        array::write(&folder.join(DOCS), &docs)?;
        Ok(hashes.len())
    }
}

impl Codes {
    pub(crate) fn open(folder: &Path, count: usize) -> Result<Self, ArrayError> {
        Ok(Self {
            hashes: Array::open(&folder.join(HASHES), count)?,
            docs: Array::open(&folder.join(DOCS), count)?,
        })
    }

    /// Whether each code is one of a document that there is.
    pub(crate) fn are_sound(&self, documents: usize) -> bool {
        self.docs.iter().all(|doc| (*doc as usize) < documents)
    }

    /// The shortest code that means nothing but what has this identifier.
    pub(crate) fn of(&self, id: &str) -> String {
        let hash = xxh3_64(id.as_bytes());
        let is_alone = |length: &u32| self.docs(span(first(hash, *length), *length)).len() <= 1;
        let length = (SHORTEST..LONGEST).find(is_alone).unwrap_or(LONGEST);
        write(hash, length)
    }

    /// The documents that a code means; none if it is no code.
    pub(crate) fn find(&self, code: &str) -> Vec<u32> {
        read(code).map(|hashes| self.docs(hashes)).unwrap_or_default()
    }

    /// The documents whose identifier may be this: one has the same hash.
    pub(crate) fn with_id(&self, id: &str) -> Vec<u32> {
        let hash = xxh3_64(id.as_bytes());
        self.docs(hash..=hash)
    }

    /// The documents of which a hash lies in a span, each once.
    fn docs(&self, hashes: RangeInclusive<u64>) -> Vec<u32> {
        let start = self.hashes.partition_point(|hash| hash < hashes.start());
        let end = self.hashes.partition_point(|hash| hash <= hashes.end());
        let mut docs = self.docs.get(start..end).unwrap_or_default().to_vec();
        docs.sort_unstable();
        docs.dedup();
        docs
    }
}

/// The first bits of a hash: those of a code of this length.
fn first(hash: u64, length: u32) -> u64 {
    hash >> (64 - 5 * length)
}

/// All hashes that begin with these bits.
fn span(first: u64, length: u32) -> RangeInclusive<u64> {
    let rest = 64 - 5 * length;
    let least = first << rest;
    least..=least | ((1 << rest) - 1)
}

fn write(hash: u64, length: u32) -> String {
    let character = |at: u32| CHARACTERS.get((first(hash, at) & 31) as usize).copied();
    (1..=length).filter_map(character).map(char::from).collect()
}

/// Reads a code as people type it: in capitals too, o for 0, i and l for 1, with hyphens.
fn read(code: &str) -> Option<RangeInclusive<u64>> {
    let (mut bits, mut length) = (0, 0);
    for typed in code.bytes().filter(|byte| *byte != b'-') {
        let character = match typed.to_ascii_lowercase() {
            b'o' => b'0',
            b'i' | b'l' => b'1',
            other => other,
        };
        let value = CHARACTERS.iter().position(|known| *known == character)?;
        bits = bits << 5 | value as u64;
        length += 1;
        if length > LONGEST {
            return None;
        }
    }
    (length >= SHORTEST).then(|| span(bits, length))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn codes(ids: &[String]) -> Codes {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = CodesWriter::default();
        for (doc, id) in (0..).zip(ids) {
            writer.add(id, doc);
        }
        let count = writer.finish(folder.path()).unwrap();
        Codes::open(folder.path(), count).unwrap()
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let span = read("0123abz");
        assert!(span.is_some());
        for typed in ["0123ABZ", "OI23abz", "o-l23-abz"] {
            assert_eq!(read(typed), span, "{typed}");
        }
        for typed in ["", "0123ab", "0123abu", "0123 abz", "é123abz", "0123456789abc"] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    #[test]
    fn hashes_that_begin_alike_get_a_longer_code_and_the_short_one_means_both() {
        let (one, other) = (0x1234_5678_9abc_def0, 0x1234_5678_9abf_0000);
        let folder = tempfile::tempdir().unwrap();
        let count = CodesWriter(vec![(other, 7), (one, 3), (5, 1)])
            .finish(folder.path())
            .unwrap();
        let codes = Codes::open(folder.path(), count).unwrap();
        assert_eq!(codes.find(&write(one, SHORTEST)), [3, 7]);
        assert_eq!(codes.find(&write(one, LONGEST)), [3]);
        assert_eq!(codes.find(&write(other, LONGEST)), [7]);
    }

    proptest! {
        #[test]
        fn the_code_of_an_identifier_finds_it_and_nothing_else(ids in prop::collection::hash_set("[a-z0-9/-]{1,12}", 1..200)) {
            let ids: Vec<String> = ids.into_iter().collect();
            let codes = codes(&ids);
            for (doc, id) in (0..).zip(&ids) {
                prop_assert_eq!(codes.find(&codes.of(id)), [doc]);
                prop_assert_eq!(codes.find(&codes.of(id).to_uppercase()), [doc]);
            }
        }

        #[test]
        fn what_is_no_code_finds_nothing_and_harms_nothing(typed in "\\PC{0,20}") {
            let found = codes(&["a".to_owned()]).find(&typed);
            prop_assert!(found.len() <= 1);
        }
    }
}
