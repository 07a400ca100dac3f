//! HTML that sources put in their texts → the text that a reader of it would see. Nothing of it is kept as markup.

use std::{collections::HashSet, sync::LazyLock};

use ammonia::Builder;
use nabij_offering::{Draft, Field};

/// The fields in which people write.
const PROSE: [Field; 10] = [
    Field::Title,
    Field::Description,
    Field::TargetGroups,
    Field::Organisation,
    Field::Street,
    Field::Place,
    Field::Level,
    Field::Cost,
    Field::Accessibility,
    Field::Source,
];

/// What is longer is refused by the check.
const LONGEST: usize = 100_000;
/// How often markup may be wrapped in markup: `&amp;lt;b&amp;gt;`.
const LAYERS: usize = 3;

/// Takes the markup out of the texts of a draft, and gives the fields that had any.
pub(crate) fn clean(draft: &mut Draft) -> Vec<Field> {
    let mut cleaned = Vec::new();
    for field in PROSE {
        let Some(plain) = draft
            .get(field)
            .filter(|text| text.len() <= LONGEST)
            .and_then(plain_text)
        else {
            continue;
        };
        draft.set(field, &plain);
        cleaned.push(field);
    }
    cleaned
}

/// The text without markup; nothing if there is no markup in it.
fn plain_text(text: &str) -> Option<String> {
    if !is_html(text) {
        return None;
    }
    let mut plain = text.to_owned();
    for _ in 0..LAYERS {
        let next = one_layer(&plain);
        if next == plain {
            break;
        }
        plain = next;
    }
    (plain != text).then_some(plain)
}

/// A tag, a comment or an entity; not the `<` of `< 5 euro`, and not the `&` of `Jansen & Zn`.
fn is_html(text: &str) -> bool {
    let bytes = text.as_bytes();
    let entity = |rest: &[u8]| {
        let name = rest
            .iter()
            .take(12)
            .position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'#'));
        name.is_some_and(|end| end > 1 && rest.get(end) == Some(&b';'))
    };
    (0..bytes.len()).any(|at| match bytes[at] {
        b'<' => bytes
            .get(at + 1)
            .is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?')),
        b'&' => entity(&bytes[at + 1..]),
        _ => false,
    })
}

fn one_layer(html: &str) -> String {
    /// Of all markup, only what ends a line is kept, and only until it has.
    static LINES_ONLY: LazyLock<Builder<'static>> = LazyLock::new(|| {
        let mut builder = Builder::empty();
        let blocks = [
            "p", "br", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6",
        ];
        builder
            .tags(HashSet::from(blocks))
            .clean_content_tags(HashSet::from(["script", "style"]));
        builder
    });
    let safe = LINES_ONLY.clean(html).to_string();
    let mut text = String::with_capacity(safe.len());
    for (at, part) in safe.split('<').enumerate() {
        match part.split_once('>') {
            Some((tag, rest)) if at > 0 => {
                text.push_str(if tag == "li" { "\n- " } else { "\n" });
                text.push_str(rest);
            }
            _ => text.push_str(part),
        }
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
    tidy(&text)
}

/// Lines without white space around them, and no two empty ones together.
fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim) {
        if !(line.is_empty() && lines.last().is_none_or(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markup_becomes_the_text_that_it_shows() {
        for (html, plain) in [
            (
                "<p>Heb je een brief?</p><p>Wij <b>helpen</b>.</p>",
                "Heb je een brief?\n\nWij helpen.",
            ),
            (
                "Neem mee:<ul><li>je pas</li><li>een pen</li></ul>",
                "Neem mee:\n\n- je pas\n\n- een pen",
            ),
            ("Koffie &amp; thee&nbsp;erbij", "Koffie & thee erbij"),
            ("Kom<script>alert(1)</script> langs", "Kom langs"),
            ("<img src=x onerror=alert(1)>Hallo", "Hallo"),
            ("&lt;script&gt;alert(1)&lt;/script&gt;Hallo", "Hallo"),
            ("caf&eacute;", "café"),
        ] {
            assert_eq!(plain_text(html).as_deref(), Some(plain), "{html}");
        }
    }

    #[test]
    fn text_without_markup_stays_as_it_is() {
        for text in [
            "Jansen & Zn",
            "kosten < 5 euro",
            "1 > 0",
            "a && b; c",
            "Vraag & antwoord;",
            "&;",
        ] {
            assert_eq!(plain_text(text), None, "{text}");
        }
    }

    #[test]
    fn elements_that_stand_in_each_other_without_end_do_no_harm() {
        let deep = format!("{}diep", "<div>".repeat(5_000));
        assert_eq!(plain_text(&deep).as_deref(), Some("diep"));
    }

    proptest! {
        #[test]
        fn what_was_cleaned_needs_no_cleaning(html in "[<>&;a-z/ #!]{0,40}") {
            if let Some(plain) = plain_text(&html) {
                // Only markup that was wrapped more often than anyone does it is left.
                prop_assert!(plain_text(&plain).is_none() || html.matches("amp;").count() >= LAYERS, "{plain:?}");
            }
        }
    }
}
