//! An address on paper: as a QR code to point a telephone at, and as text to type.

use qrcode::{EcLevel, QrCode, render::svg};

/// An address on paper.
pub(crate) struct Paper {
    /// The address as it is typed: without `https://`.
    pub(crate) typed: String,
    /// An SVG element; none if the address is too long for a code that prints well.
    pub(crate) code: Option<String>,
}

/// How long an address may be for a code that a telephone reads from a card of 3 cm.
const LONGEST: usize = 300;

impl Paper {
    pub(crate) fn new(address: &str) -> Self {
        let code = (address.len() <= LONGEST)
            .then(|| QrCode::with_error_correction_level(address, EcLevel::M).ok())
            .flatten();
        let draw = |code: QrCode| {
            let image = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
            image.find("<svg").map(|start| image[start..].to_owned())
        };
        Self {
            code: code.and_then(draw),
            typed: address
                .trim_start_matches("https://")
                .trim_start_matches("http://")
                .to_owned(),
        }
    }
}
