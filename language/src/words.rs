//! Text into words: lower case, without diacritics, with abbreviations and hyphens as people mean them.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longer words are cut: nobody types them.
const LONGEST_WORD: usize = 60;

/// The words of a text, in order.
///
/// ```
/// assert_eq!(nabij_language::words("Taalcafés, e-mail; D.I.G.I.D. foto's NT2"), ["taalcafes", "email", "digid", "foto", "nt2"]);
/// ```
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let joins = |c: char| matches!(c, '.' | '-' | '\'' | '\u{2019}' | '\u{2010}');
    for chunk in text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c) && !joins(c)) {
        let parts: Vec<&str> = chunk.split(joins).filter(|part| !part.is_empty()).collect();
        let single = |part: &&str| part.chars().nth(1).is_none();
        match parts.as_slice() {
            [] => {}
            // The genitive and plural of words that end in a vowel.
            [word, end] if matches!(*end, "s" | "S") && chunk.contains(['\'', '\u{2019}']) => {
                words.push(fold(word));
            }
            // `D.I.G.I.D.`, `e-mail`, `3-d`: letters that stand alone belong to what stands beside them.
            parts if parts.len() > 1 && parts.iter().any(single) => words.push(fold(&parts.concat())),
            parts => words.extend(parts.iter().map(|part| fold(part))),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Lower case without diacritics.
fn fold(word: &str) -> String {
    if word.is_ascii() {
        let mut word = word.to_ascii_lowercase();
        word.truncate(LONGEST_WORD);
        return word;
    }
    let folded = word
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase);
    let plain = folded.map(|c| match c {
        'ı' => 'i',
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        other => other,
    });
    // Lower case can bring a mark of its own: of the Turkish I with a dot.
    plain
        .filter(|c| !is_combining_mark(*c))
        .take(LONGEST_WORD)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_people_mean() {
        assert_eq!(words("İŞ bulma"), ["is", "bulma"]);
        assert_eq!(
            words("digid-machtiging, 50-plus"),
            ["digid", "machtiging", "50", "plus"]
        );
        assert_eq!(words("\u{1f600} *:\"' -.- "), Vec::<String>::new());
        assert_eq!(words("читать قراءة"), ["читать", "قراءة"]);
        assert_eq!(words(&"a".repeat(100))[0].len(), LONGEST_WORD);
    }
}
