//! Logos: a PNG as it is, an SVG of which only what draws is left.

use quick_xml::{
    Reader, Writer,
    events::{BytesStart, Event, attributes::Attribute},
};

/// The largest file, in bytes.
pub(crate) const LARGEST: usize = 200_000;
/// The widest and highest PNG, in pixels.
const MOST_PIXELS: u32 = 2_000;
/// How deep elements of an SVG may stand in each other.
const DEEPEST: usize = 32;

/// A logo that is safe to serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// What sort of file it is.
    pub kind: LogoKind,
    /// The file.
    pub bytes: Vec<u8>,
}

/// What sort of file a logo is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoKind {
    /// Portable Network Graphics.
    Png,
    /// Scalable Vector Graphics.
    Svg,
}

impl LogoKind {
    /// What its file name ends with.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// Why a file is no logo.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LogoError {
    #[error("has {0} bytes; at most {LARGEST} are served")]
    TooLarge(usize),
    #[error("is {0} by {1} pixels; at most {MOST_PIXELS} each way are served")]
    TooManyPixels(u32, u32),
    #[error("is neither a PNG nor an SVG")]
    Unknown,
    #[error("cannot be read as SVG, line {line}: {reason}")]
    Svg { line: usize, reason: String },
}

/// Checks a file, and cleans it if it is an SVG.
pub(crate) fn clean(bytes: &[u8]) -> Result<Logo, LogoError> {
    if bytes.len() > LARGEST {
        return Err(LogoError::TooLarge(bytes.len()));
    }
    if bytes.starts_with(PNG) {
        let (width, height) = png_size(bytes).ok_or(LogoError::Unknown)?;
        if width.max(height) > MOST_PIXELS || width.min(height) == 0 {
            return Err(LogoError::TooManyPixels(width, height));
        }
        return Ok(Logo {
            kind: LogoKind::Png,
            bytes: bytes.to_owned(),
        });
    }
    let text = str::from_utf8(bytes).or(Err(LogoError::Unknown))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.trim_start().starts_with('<') {
        return Err(LogoError::Unknown);
    }
    Ok(Logo {
        kind: LogoKind::Svg,
        bytes: clean_svg(text)?,
    })
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Width and height, from the header chunk with which every PNG begins.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.get(8..24)?;
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    (header.get(4..8)? == b"IHDR").then_some((number(8)?, number(12)?))
}

/// Elements that draw. Everything else is refused, except what editors write about themselves.
const ELEMENTS: [&str; 22] = [
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "title",
    "desc",
    "defs",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "symbol",
    "use",
    "style",
];
/// What editors write about themselves: left out with all that is in it.
const LEFT_OUT: [&str; 2] = ["metadata", "namedview"];

/// Copies what draws. Scripts, events and whatever would be fetched are refused: who sends them should look again.
fn clean_svg(text: &str) -> Result<Vec<u8>, LogoError> {
    let mut reader = Reader::from_str(text);
    let mut writer = Writer::new(Vec::with_capacity(text.len()));
    let mut open: Vec<String> = Vec::new();
    let mut left_out = 0_usize;
    let mut seen_root = false;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let wrong = |reason: String| LogoError::Svg {
            line: 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count(),
            reason,
        };
        let event = reader.read_event().map_err(|error| wrong(error.to_string()))?;
        let written = match event {
            Event::Eof => break,
            Event::DocType(content) if content.contains('[') => {
                return Err(wrong("a document type with declarations is refused".to_owned()));
            }
            Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            Event::Start(_)
            | Event::End(_)
            | Event::Empty(_)
            | Event::Text(_)
            | Event::CData(_)
            | Event::GeneralRef(_)
                if left_out > 0 =>
            {
                match event {
                    Event::Start(_) => left_out += 1,
                    Event::End(_) => left_out -= 1,
                    _ => {}
                }
                continue;
            }
            Event::Start(ref start) | Event::Empty(ref start) => {
                let is_empty = matches!(event, Event::Empty(_));
                let name = start.name().as_ref().to_owned();
                let name = String::from_utf8_lossy(name.as_bytes()).into_owned();
                if name.contains(':') || LEFT_OUT.contains(&name.as_str()) {
                    left_out += usize::from(!is_empty);
                    continue;
                }
                if !ELEMENTS.contains(&name.as_str()) {
                    return Err(wrong(format!("the element `{name}` is refused")));
                }
                if open.is_empty() && (seen_root || name != "svg") {
                    return Err(wrong("it must be one `svg` element".to_owned()));
                }
                seen_root = true;
                let kept = attributes(start, &name).map_err(wrong)?;
                if is_empty {
                    Event::Empty(kept)
                } else {
                    open.push(name);
                    if open.len() > DEEPEST {
                        return Err(wrong("elements stand too deep in each other".to_owned()));
                    }
                    Event::Start(kept)
                }
            }
            Event::End(end) => {
                open.pop();
                Event::End(end)
            }
            Event::Text(text) => {
                let is_style = open.last().is_some_and(|name| name == "style");
                if is_style && !is_harmless(&text.xml10_content()) {
                    return Err(wrong("a style that fetches something is refused".to_owned()));
                }
                // Spaces around the root are no loss.
                if open.is_empty() {
                    continue;
                }
                Event::Text(text)
            }
            Event::GeneralRef(_) if open.last().is_some_and(|name| name == "style") => {
                return Err(wrong("a reference in a style is refused".to_owned()));
            }
            Event::GeneralRef(reference) => Event::GeneralRef(reference),
            Event::CData(_) => return Err(wrong("a CDATA section is refused".to_owned())),
        };
        writer
            .write_event(written)
            .map_err(|error| wrong(error.to_string()))?;
    }
    if !seen_root || !open.is_empty() {
        return Err(LogoError::Svg {
            line: 1 + text.matches('\n').count(),
            reason: "it is not one whole `svg` element".to_owned(),
        });
    }
    Ok(writer.into_inner())
}

/// The element with the attributes that draw.
fn attributes(start: &BytesStart<'_>, name: &str) -> Result<BytesStart<'static>, String> {
    let mut kept = BytesStart::new(name.to_owned());
    for attribute in start.attributes() {
        let attribute: Attribute<'_> = attribute.map_err(|error| error.to_string())?;
        let key = String::from_utf8_lossy(attribute.key.as_ref().as_bytes()).into_owned();
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_err(|error| error.to_string())?;
        let lower = key.to_ascii_lowercase();
        if lower.starts_with("on") {
            return Err(format!("the event `{key}` is refused"));
        }
        if lower == "href" || lower.ends_with(":href") {
            if !value.starts_with('#') {
                return Err(format!("`{key}` leads out of the file; only `#…` is served"));
            }
            kept.push_attribute(("href", &*value));
        } else if key == "xmlns" || !key.contains(':') {
            if key == "xmlns" && value != "http://www.w3.org/2000/svg" {
                return Err("the root is not in the namespace of SVG".to_owned());
            }
            if key != "xmlns" && !is_harmless(&value) {
                return Err(format!("`{key}` fetches something, which is refused"));
            }
            kept.push_attribute((key.as_str(), &*value));
        }
    }
    Ok(kept)
}

/// Whether a value of an attribute or a style fetches and runs nothing: its only references lead into the file.
fn is_harmless(text: &str) -> bool {
    let text: String = text.to_ascii_lowercase().split_whitespace().collect();
    let references = text.matches("url(").count();
    let inner = ["url(#", "url(\"#", "url('#"].map(|inner| text.matches(inner).count());
    references == inner.iter().sum::<usize>()
        && ![
            "@",
            "\\",
            "javascript:",
            "data:",
            "expression(",
            "http:",
            "https:",
            "image(",
        ]
        .iter()
        .any(|bad| text.contains(bad))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn svg(content: &str) -> Result<String, LogoError> {
        let text =
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">\n{content}\n</svg>");
        clean(text.as_bytes()).map(|logo| String::from_utf8(logo.bytes).unwrap())
    }

    #[test]
    fn what_draws_is_left_and_what_an_editor_says_of_itself_is_not() {
        let text = svg(
            "<!-- made with care --><metadata><rdf:RDF><cc:Work/></rdf:RDF></metadata><sodipodi:namedview/>\
             <style>.a{fill:url(#g)}</style><path class=\"a\" inkscape:label=\"x\" d=\"M0 0h9\" style=\"fill:#fff\"/>\
             <use xlink:href=\"#g\"/><text>a &amp; b</text>",
        );
        let text = text.unwrap();
        assert!(
            text.contains(
                r##"<path class="a" d="M0 0h9" style="fill:#fff"/><use href="#g"/><text>a &amp; b</text>"##
            ),
            "{text}"
        );
        for gone in ["care", "metadata", "cc:Work", "sodipodi", "inkscape"] {
            assert!(!text.contains(gone), "{gone} in {text}");
        }
    }

    #[test]
    fn what_runs_or_fetches_is_refused_with_its_line() {
        for bad in [
            "<script>alert(1)</script>",
            "<SCRIPT/>",
            "<g onload=\"alert(1)\"/>",
            "<g ONCLICK=\"x\"/>",
            "<a href=\"javascript:alert(1)\"><path/></a>",
            "<use href=\"https://x.nl/a.svg#b\"/>",
            "<use xlink:href=\"data:image/svg+xml,x\"/>",
            "<image href=\"https://x.nl/a.png\"/>",
            "<foreignObject><div/></foreignObject>",
            "<style>@import 'x.css';</style>",
            "<style>a{background:url(https://x.nl)}</style>",
            "<style>a{background:u\\72l(x)}</style>",
            "<style><![CDATA[@import 'x']]></style>",
            "<style>&#64;import 'x';</style>",
            "<path style=\"fill:url( 'https://x.nl#a')\"/>",
            "<path fill=\"url(//x.nl#a)\"/>",
            "<animate attributeName=\"href\" to=\"javascript:x\"/>",
            "<set/>",
            "<iframe/>",
        ] {
            assert!(
                matches!(svg(bad), Err(LogoError::Svg { line: 2, .. })),
                "{bad}: {:?}",
                svg(bad)
            );
        }
        for whole in [
            "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "<svg xmlns=\"http://www.w3.org/1999/xhtml\"/>",
            "<svg><g></svg>",
            "<svg/><svg/>",
            "<html/>",
            "",
            "GIF89a",
        ] {
            assert!(clean(whole.as_bytes()).is_err(), "{whole}");
        }
    }

    #[test]
    fn a_png_is_known_by_its_first_bytes_and_its_size() {
        let png = |width: u32, height: u32| {
            let parts = [
                PNG,
                &[0, 0, 0, 13],
                b"IHDR",
                &width.to_be_bytes(),
                &height.to_be_bytes(),
                &[8, 6, 0, 0, 0],
            ];
            parts.concat()
        };
        assert_eq!(clean(&png(200, 60)).map(|logo| logo.kind), Ok(LogoKind::Png));
        assert_eq!(clean(&png(9_000, 60)), Err(LogoError::TooManyPixels(9_000, 60)));
        assert_eq!(clean(&png(9, 9)[..20]), Err(LogoError::Unknown));
        assert_eq!(
            clean(&vec![b'<'; LARGEST + 1]),
            Err(LogoError::TooLarge(LARGEST + 1))
        );
    }

    proptest! {
        #[test]
        fn nothing_that_was_cleaned_is_refused_or_changed_again(content in "(<(g|path|use|style|a:b|script) ?(id|onx|href|fill)?=?\"?(#a|url\\(#b\\)|x:y)?\"?/?>|</g>|[a-z&; @]{0,4}){0,6}") {
            if let Ok(text) = svg(&content) {
                let again = clean(text.as_bytes()).map(|logo| String::from_utf8(logo.bytes).unwrap());
                prop_assert_eq!(again, Ok(text));
            }
        }
    }
}
