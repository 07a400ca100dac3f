//! Text into terms: lower case, split at everything that is no letter or digit, Dutch stem.

use nabij_language::{Form, Lexicon, with_form};

/// How often a word of the title counts against a word of the description.
const TITLE_WEIGHT: usize = 3;

/// Longer words are cut: nobody types them, and the dictionary should not hold them.
const LONGEST_TERM: usize = 60;

/// The terms of a text, in order, with repetitions.
///
/// ```
/// assert_eq!(nabij_engine::terms("Taalcafés, DOEN!"), ["taalcafes", "doen"]);
/// ```
pub fn terms(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    each_term(text, |term| terms.push(term.to_owned()));
    terms
}

/// The terms of an offering, separated by spaces, and how many there are.
///
/// Title and description are one field, in which each title term stands several times. That is BM25F with one
/// weight for the title (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields",
/// CIKM 2004): the weighted frequencies are added before they saturate.
pub(crate) fn document_terms(title: &str, description: &str) -> (String, u32) {
    weighted_terms(title, description, |_| TITLE_WEIGHT, 1)
}

/// The terms of an offering whose title is a name. Those of its words that say nothing stand as often as in a description,
/// and those of its description as often as in a title if they are no more than what it is.
pub(crate) fn name_terms(title: &str, description: &str, is_described: bool, lexicon: &Lexicon) -> String {
    let weight = |key: &str| {
        if lexicon.says_something(key) {
            TITLE_WEIGHT
        } else {
            1
        }
    };
    let described = if is_described { TITLE_WEIGHT } else { 1 };
    weighted_terms(title, description, weight, described).0
}

fn weighted_terms(
    title: &str,
    description: &str,
    weight: impl Fn(&str) -> usize,
    described: usize,
) -> (String, u32) {
    let mut text = String::with_capacity(title.len() * TITLE_WEIGHT + description.len() * described);
    let mut count = 0;
    let mut push = |term: &str, times: usize| {
        for _ in 0..times {
            text.push_str(term);
            text.push(' ');
            count += 1;
        }
    };
    each_form(title, |form| push(&form.stem, weight(&form.key)));
    each_form(description, |form| push(&form.stem, described));
    (text, count)
}

fn each_term(text: &str, mut take: impl FnMut(&str)) {
    each_form(text, |form| take(&form.stem));
}

fn each_form(text: &str, mut take: impl FnMut(&Form)) {
    let lower = text.to_lowercase();
    for word in lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let word = word
            .char_indices()
            .nth(LONGEST_TERM)
            .map_or(word, |(end, _)| &word[..end]);
        with_form(word, &mut take);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_stemmed() {
        assert_eq!(
            terms("Cursussen en taallessen: e-mail, D.I.G.I.D."),
            ["cursuss", "en", "taalless", "e", "mail", "d", "i", "g", "i", "d"]
        );
        assert_eq!(terms(" \u{1f600} *:\"' "), Vec::<String>::new());
    }

    #[test]
    fn words_of_names_count_no_more_than_others() {
        let lexicon = Lexicon::shipped().unwrap();
        let terms = name_terms("Montessorischool De Brug", "Basisonderwijs", true, &lexicon);
        let count = |term: &str| terms.split(' ').filter(|found| *found == term).count();
        assert_eq!(count("brug"), 1, "{terms}");
        assert_eq!(count("montessorischol"), TITLE_WEIGHT, "{terms}");
        assert_eq!(count("basisonderwijs"), TITLE_WEIGHT, "{terms}");
    }

    #[test]
    fn title_words_count_more() {
        assert_eq!(
            document_terms("Taal", "leren"),
            ("tal tal tal ler ".to_owned(), 4)
        );
    }
}
