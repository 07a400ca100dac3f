//! Documents in the spill file, in the order in which they came: ten little-endian numbers, then six texts.

use std::io::Write;

use nabij_offering::Pc4;

use crate::document::Document;

/// A document in the spill file.
pub(crate) struct Spilled<'a> {
    pub(crate) attributes: u32,
    pub(crate) length: u16,
    /// 0 for none.
    pub(crate) pc4: u16,
    /// In days since 1970; 0 for none.
    pub(crate) checked: u16,
    pub(crate) id: &'a str,
    /// Separated by line ends.
    pub(crate) other_ids: &'a str,
    pub(crate) terms: &'a str,
    pub(crate) meanings: &'a str,
    pub(crate) card: &'a [u8],
    pub(crate) rest: &'a [u8],
}

const TEXTS: usize = 6;
const NUMBERS: usize = TEXTS + 4;
const HEAD: usize = NUMBERS * 4;

/// Writes a document and gives its length in bytes.
pub(crate) fn write(spill: &mut impl Write, document: &Document) -> Result<u64, std::io::Error> {
    let texts: [&[u8]; TEXTS] = [
        document.id.as_bytes(),
        document.other_ids.as_bytes(),
        document.terms.as_bytes(),
        document.meanings.as_bytes(),
        &document.card,
        &document.rest,
    ];
    let mut numbers = [0_u32; NUMBERS];
    for (number, text) in numbers.iter_mut().zip(texts) {
        *number = u32::try_from(text.len()).map_err(std::io::Error::other)?;
    }
    let pc4 = document.pc4.map_or(0, Pc4::number);
    let checked = u32::from(document.checked);
    numbers[TEXTS..].copy_from_slice(&[document.attributes, document.length, u32::from(pc4), checked]);
    let mut bytes = HEAD as u64;
    for number in numbers {
        spill.write_all(&number.to_le_bytes())?;
    }
    for text in texts {
        spill.write_all(text)?;
        bytes += text.len() as u64;
    }
    Ok(bytes)
}

/// The document at an offset; an error if the file is not what [`write`] wrote.
pub(crate) fn read(spill: &[u8], offset: u64) -> Result<Spilled<'_>, std::io::Error> {
    parse(spill, offset).ok_or_else(|| {
        std::io::Error::new(
            std::io::ErrorKind::UnexpectedEof,
            "the spill file does not hold what was written to it",
        )
    })
}

fn parse(spill: &[u8], offset: u64) -> Option<Spilled<'_>> {
    let mut rest = spill.get(usize::try_from(offset).ok()?..)?;
    let mut take = |count: usize| {
        let (taken, after) = rest.split_at_checked(count)?;
        rest = after;
        Some(taken)
    };
    let head = take(HEAD)?;
    let number = |at: usize| {
        let bytes = head.get(at * 4..at * 4 + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    };
    let mut text = |at: usize| take(number(at)? as usize);
    let (id, other_ids, terms) = (text(0)?, text(1)?, text(2)?);
    let (meanings, card, rest) = (text(3)?, text(4)?, text(5)?);
    Some(Spilled {
        attributes: number(TEXTS)?,
        length: u16::try_from(number(TEXTS + 1)?).unwrap_or(u16::MAX),
        pc4: u16::try_from(number(TEXTS + 2)?).unwrap_or(0),
        checked: u16::try_from(number(TEXTS + 3)?).unwrap_or(0),
        id: str::from_utf8(id).ok()?,
        other_ids: str::from_utf8(other_ids).ok()?,
        terms: str::from_utf8(terms).ok()?,
        meanings: str::from_utf8(meanings).ok()?,
        card,
        rest,
    })
}
