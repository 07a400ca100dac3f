//! What meeting a wish is worth to each document that does: of the terms it has, the one that is worth most, and how often it
//! has that one. There are few different ones, so half a byte a document tells which.

use crate::array::{Array, Fresh};

/// What a document has that is worth most.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Impact {
    /// Inverse document frequency of the term, times what the term is worth.
    pub(crate) idf: f64,
    /// How often the document has it.
    pub(crate) often: u32,
}

/// The impacts of the documents that meet a wish, in the order of the documents.
#[derive(Debug)]
pub(crate) struct Impacts {
    /// Those that are different, and none behind them.
    different: [Impact; MOST],
    /// To no document each of them is worth more.
    most: [f64; MOST],
    /// Which of them each document has, two to a byte.
    codes: Array<u8>,
    /// How many documents come before every eighth block of 64.
    before: Vec<u32>,
}

/// Impacts, to which one is added after the other.
pub(crate) struct Making {
    different: [Impact; MOST],
    most: [f64; MOST],
    codes: Fresh<u8>,
    /// How many there are.
    count: usize,
}

/// At most so many are different.
const MOST: usize = 16;
/// Blocks from one rank to the next.
const STEP: usize = 8;

impl Making {
    /// Of no documents yet; there is room for so many.
    pub(crate) fn of_up_to(documents: usize) -> Result<Self, std::io::Error> {
        Ok(Self {
            different: [Impact::default(); MOST],
            most: [0.0; MOST],
            codes: Fresh::new(documents.div_ceil(2))?,
            count: 0,
        })
    }

    /// Adds the impact of the next document, and what it is worth to it; false if there is no room, or if more are different than
    /// half a byte can tell.
    #[inline]
    pub(crate) fn add(&mut self, impact: Impact, worth: f64) -> bool {
        let same = |known: &Impact| *known == impact || *known == Impact::default();
        let known = self.different.iter().position(same);
        let (Some(at), Some(pair)) = (known, self.codes.numbers().get_mut(self.count / 2)) else {
            return false;
        };
        *pair |= u8::try_from(at << (self.count % 2 * 4)).unwrap_or_default();
        self.different[at] = impact;
        self.most[at] = self.most[at].max(worth);
        self.count += 1;
        true
    }

    /// All of them, of documents whose blocks are given.
    pub(crate) fn finish(mut self, bits: &[u64]) -> Result<Impacts, std::io::Error> {
        self.codes.truncate(self.count.div_ceil(2));
        let mut next = 0;
        let before = bits.chunks(STEP).map(|blocks| {
            let before = next;
            next += blocks.iter().map(|block| block.count_ones()).sum::<u32>();
            before
        });
        Ok(Impacts {
            different: self.different,
            most: self.most,
            codes: self.codes.finish()?,
            before: before.collect(),
        })
    }
}

impl Impacts {
    /// Where the impacts of a block begin.
    pub(crate) fn rank(&self, bits: &[u64], block: usize) -> usize {
        let known = block / STEP;
        let before = self.before.get(known).copied().unwrap_or_default();
        let between = bits.get(known * STEP..block).unwrap_or_default();
        before as usize
            + between
                .iter()
                .map(|block| block.count_ones() as usize)
                .sum::<usize>()
    }

    /// What tells the impact at a rank; of what lies behind the last, anything.
    #[inline]
    fn code_at(&self, rank: usize) -> usize {
        let pair = self.codes.get(rank / 2).copied().unwrap_or_default();
        usize::from(pair >> (rank % 2 * 4)) % MOST
    }

    /// The impact at a rank.
    #[inline]
    pub(crate) fn at(&self, rank: usize) -> Impact {
        self.different[self.code_at(rank)]
    }

    /// What the impact at a rank is worth at most.
    #[inline]
    pub(crate) fn most_at(&self, rank: usize) -> f64 {
        self.most[self.code_at(rank)]
    }

    /// How many bytes those of so many documents take at most, among so many blocks of 64.
    pub(crate) fn most_bytes(blocks: usize, documents: usize) -> usize {
        size_of::<Self>() + documents.div_ceil(2) + blocks.div_ceil(STEP) * size_of::<u32>()
    }

    /// How many bytes they take.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<Self>() + size_of_val(&*self.codes) + size_of_val(&*self.before)
    }

    /// What any is worth at most.
    pub(crate) fn most(&self) -> f64 {
        self.most.iter().copied().fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn impact(often: u32) -> Impact {
        Impact { idf: 1.5, often }
    }

    proptest! {
        #[test]
        fn each_document_has_the_impact_that_was_added(
            docs in prop::collection::btree_map(0..2_000_u32, 1..=16_u32, 0..300),
        ) {
            let mut bits = vec![0_u64; 32];
            let mut impacts = Making::of_up_to(docs.len()).unwrap();
            for (doc, often) in &docs {
                bits[(doc / 64) as usize] |= 1 << (doc % 64);
                prop_assert!(impacts.add(impact(*often), f64::from(*doc)));
            }
            let impacts = impacts.finish(&bits).unwrap();
            prop_assert!(impacts.bytes() <= Impacts::most_bytes(bits.len(), docs.len()));
            for (doc, often) in &docs {
                let block = (doc / 64) as usize;
                let before = bits[block] & ((1 << (doc % 64)) - 1);
                let rank = impacts.rank(&bits, block) + before.count_ones() as usize;
                prop_assert_eq!(impacts.at(rank), impact(*often));
                let alike = docs.iter().filter(|(_, other)| *other == often);
                let most = alike.map(|(doc, _)| *doc).max();
                prop_assert_eq!(Some(impacts.most_at(rank)), most.map(f64::from));
            }
        }
    }

    #[test]
    fn too_many_different_ones_are_refused() {
        let mut impacts = Making::of_up_to(18).unwrap();
        assert!((1..=16).all(|often| impacts.add(impact(often), 1.0)));
        assert!(!impacts.add(impact(17), 1.0) && impacts.add(impact(16), 1.0));
    }
}
