//! The JSON of each card, rendered once when the index was built.
//!
//! Cards are alike, so they are kept as codes for up to 255 pieces of text that occur often. Unlike a block of a
//! general compressor, one card is unpacked alone, in a fraction of a microsecond (P. Boncz, T. Neumann and
//! V. Leis, "FSST: Fast Random Access String Compression", PVLDB 13, 2020).

use std::{
    io::{BufWriter, Write},
    path::Path,
};

use fs_err as fs;
use fsst::{Compressor, Decompressor, Symbol};

use crate::array::{self, Array, ArrayError, Mapped};

const CARDS: &str = "records.cards";
const ENDS: &str = "records.card_ends";
/// The pieces of text: eight bytes and a length each.
const PIECES: &str = "records.pieces";
/// As many as one byte can tell apart, with one value left for "the next byte stands for itself".
const MOST_PIECES: usize = 255;
/// That value. No card ends with it: JSON ends with a brace.
const ITSELF: u8 = 255;

/// The cards of all documents, in document order.
pub(crate) struct Records {
    cards: Mapped,
    ends: Array<u64>,
    pieces: [Symbol; MOST_PIECES],
    lengths: [u8; MOST_PIECES],
}

impl Records {
    pub(crate) fn open(folder: &Path, documents: usize) -> Result<Self, ArrayError> {
        let table: Array<[u8; 9]> = Array::open(&folder.join(PIECES), MOST_PIECES)?;
        let mut records = Self {
            cards: array::map(&folder.join(CARDS))?,
            ends: Array::open(&folder.join(ENDS), documents)?,
            pieces: [Symbol::ZERO; MOST_PIECES],
            lengths: [1; MOST_PIECES],
        };
        for (at, [text @ .., length]) in table.iter().enumerate().take(MOST_PIECES) {
            records.pieces[at] = Symbol::from_slice(text);
            records.lengths[at] = (*length).clamp(1, 8);
        }
        Ok(records)
    }

    /// Whether the cards stand one behind the other, and none ends where a byte that stands for itself should follow:
    /// unpacking it would panic.
    pub(crate) fn are_sound(&self) -> bool {
        let mut start = 0;
        for end in self.ends.iter() {
            let end = usize::try_from(*end).unwrap_or(usize::MAX);
            match self.cards.get(start..end) {
                Some(packed) if packed.last() != Some(&ITSELF) => start = end,
                _ => return false,
            }
        }
        start == self.cards.len()
    }

    /// Appends the JSON of a card; nothing for a document that does not exist.
    pub(crate) fn push_card(&self, doc: u32, json: &mut Vec<u8>) {
        let doc = doc as usize;
        let end = |doc: usize| self.ends.get(doc).and_then(|end| usize::try_from(*end).ok());
        let start = doc.checked_sub(1).map_or(Some(0), end);
        if let (Some(start), Some(end)) = (start, end(doc))
            && let Some(packed) = self.cards.get(start..end)
        {
            let unpacked = Decompressor::new(&self.pieces, &self.lengths).decompress(packed);
            json.extend_from_slice(&unpacked);
        }
    }
}

impl std::fmt::Debug for Records {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Records")
            .field("cards", &self.ends.len())
            .finish_non_exhaustive()
    }
}

/// Packs cards with pieces of text that are often in a sample of them.
pub(crate) struct Packer(Compressor);

impl Packer {
    pub(crate) fn new(sample: &[&[u8]]) -> Self {
        Self(Compressor::train(&sample.to_vec()))
    }

    pub(crate) fn pack(&self, card: &[u8]) -> Vec<u8> {
        self.0.compress(card)
    }
}

/// Writes the files of [`Records::open`].
pub(crate) struct RecordsWriter {
    cards: BufWriter<fs::File>,
    ends: Vec<u64>,
}

impl RecordsWriter {
    pub(crate) fn create(folder: &Path) -> Result<Self, std::io::Error> {
        let cards = BufWriter::with_capacity(1 << 20, fs::File::create(folder.join(CARDS))?);
        Ok(Self {
            cards,
            ends: Vec::new(),
        })
    }

    /// Adds a packed card.
    pub(crate) fn add(&mut self, packed: &[u8]) -> Result<(), std::io::Error> {
        self.cards.write_all(packed)?;
        let start = self.ends.last().copied().unwrap_or(0);
        self.ends.push(start + packed.len() as u64);
        Ok(())
    }

    pub(crate) fn finish(mut self, folder: &Path, packer: &Packer) -> Result<(), std::io::Error> {
        self.cards.flush()?;
        array::write(&folder.join(ENDS), &self.ends)?;
        let mut table = [[0, 0, 0, 0, 0, 0, 0, 0, 1]; MOST_PIECES];
        let pieces = packer.0.symbol_table().iter().zip(packer.0.symbol_lengths());
        for (row, (piece, length)) in table.iter_mut().zip(pieces) {
            row[..8].copy_from_slice(&piece.to_u64().to_le_bytes());
            row[8] = *length;
        }
        array::write(&folder.join(PIECES), &table)
    }
}
