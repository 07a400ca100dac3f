//! The four-digit postcode of each document: its own, or that of the nearest neighbourhood for what has none.

use std::{path::Path, sync::OnceLock};

use nabij_atlas::Atlas;
use nabij_offering::Pc4;

use crate::{
    array::{self, Array, ArrayError},
    bands::Bands,
};

/// The postcodes as they were written; 0 for a document without one.
#[derive(Debug)]
pub(crate) struct Neighbourhoods {
    written: Array<u16>,
    /// With the nearest filled in, once somebody asks.
    filled: OnceLock<Pc4s>,
}

/// A postcode for each document.
#[derive(Debug)]
pub(crate) struct Pc4s(Vec<u16>);

const FILE: &str = "columns.postcodes";

impl Neighbourhoods {
    pub(crate) fn open(folder: &Path, documents: usize) -> Result<Self, ArrayError> {
        Ok(Self {
            written: Array::open(&folder.join(FILE), documents)?,
            filled: OnceLock::new(),
        })
    }

    /// The postcode of each document. The first time, those that have none are given the nearest.
    pub(crate) fn by_document(&self, atlas: &Atlas, bands: &Bands) -> &Pc4s {
        self.filled.get_or_init(|| {
            let placed = bands.placed();
            let nearest = |doc: u32| {
                let area = atlas.nearest_postcode(bands.fixed(doc).into());
                area.map_or(0, |(area, _)| area.pc4.number())
            };
            let fill = |(doc, pc4): (u32, &u16)| match pc4 {
                0 if placed.contains(&doc) => nearest(doc),
                pc4 => *pc4,
            };
            Pc4s((0..).zip(self.written.iter()).map(fill).collect())
        })
    }
}

impl Pc4s {
    pub(crate) fn of(&self, doc: u32) -> Option<Pc4> {
        self.0.get(doc as usize).copied().and_then(Pc4::new)
    }
}

/// Writes the file of [`Neighbourhoods::open`].
pub(crate) fn write(folder: &Path, postcodes: &[u16]) -> Result<(), std::io::Error> {
    array::write(&folder.join(FILE), postcodes)
}
