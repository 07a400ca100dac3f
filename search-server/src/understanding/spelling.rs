//! The words of a question as they were probably meant.

use nabij_engine::Index;
use nabij_language::{Lexicon, automaton, is_dutch, words};

/// The most words of a question of which the spelling is looked at.
const MOST_SPELLED: usize = 6;
/// From how many letters on a word may have one letter wrong, and two.
const ONE_WRONG: usize = 4;
const TWO_WRONG: usize = 8;
/// The same of a word that titles have: shorter ones are names more often than mistakes (`Johan de Witt`).
const SHORTEST_OF_TITLES: usize = 6;
/// Longer words are left as they are.
const LONGEST_SPELLED: usize = 30;

/// A question with the words that nobody knows as they were probably meant; none if there are no such words.
pub(super) fn corrected(text: &str, lexicon: &Lexicon, index: &Index) -> Option<String> {
    let mut corrected = false;
    let meant = |word: String| {
        if lexicon.has(&word) || is_dutch(&word) {
            return word;
        }
        // Titles have mistakes too, and `speltuin` is made of known parts.
        let meant = if !lexicon.knows(&word) && !index.knows_word(&word) {
            nearest(&word, lexicon, index)
        } else if word.len() >= SHORTEST_OF_TITLES {
            lexicon.sounding_like(&word).map(str::to_owned)
        } else {
            None
        };
        match meant {
            Some(nearest) => {
                corrected = true;
                nearest
            }
            None => word,
        }
    };
    let mut typed = words(text);
    let rest = typed.split_off(typed.len().min(MOST_SPELLED));
    let meant: Vec<String> = typed.into_iter().map(meant).chain(rest).collect();
    corrected.then(|| meant.join(" "))
}

/// The word that was probably meant: one that sounds the same, else with the fewest letters changed; with the first letter
/// right if possible, and of the tables rather than of titles.
fn nearest(word: &str, lexicon: &Lexicon, index: &Index) -> Option<String> {
    let letters = word.chars().count();
    let spelled = ONE_WRONG..=LONGEST_SPELLED;
    if !spelled.contains(&letters) || word.chars().any(|c| c.is_ascii_digit()) || index.can_find(word) {
        return None;
    }
    let automaton = automaton(word, if letters < TWO_WRONG { 1 } else { 2 });
    let first = word.chars().next();
    let everyday = lexicon.near(word, &automaton).into_iter();
    let of_titles = index.words_near(&automaton, 5).into_iter();
    let of_titles = of_titles.map(|near| (near.edits, near.word));
    // Of equals the first is taken.
    everyday
        .chain(of_titles)
        .chain(lexicon.near_compound(word))
        .min_by_key(|(edits, near)| (*edits, near.chars().next() != first))
        .map(|(_, near)| near)
}
