//! Whether a word is spelt as a Dutch word is: then it is no mistake, though no offering has it.

use std::cmp::Ordering;

/// A word a line, sorted. [`data/dutch`](../../data/dutch/README.md) says where they come from.
const WORDS: &str = include_str!("../../data/dutch/words.txt");

/// Whether a word, as [`crate::words`] gives it, stands in a list of Dutch words of four to twelve letters.
///
/// ```
/// assert!(nabij_language::is_dutch("durven"));
/// assert!(!nabij_language::is_dutch("sollisiteren"));
/// ```
pub fn is_dutch(word: &str) -> bool {
    let mut rest = WORDS;
    while !rest.is_empty() {
        let (before, after) = rest.split_at(rest.len() / 2);
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let end = before.len() + after.find('\n').unwrap_or(after.len());
        match word.cmp(&rest[start..end]) {
            Ordering::Equal => return true,
            Ordering::Less => rest = &rest[..start],
            Ordering::Greater => rest = rest.get(end + 1..).unwrap_or_default(),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_list_is_found_and_no_other() {
        let words: Vec<&str> = WORDS.lines().collect();
        assert!(words.is_sorted() && words.len() > 100_000);
        assert!(
            words
                .iter()
                .step_by(97)
                .chain(words.last())
                .all(|word| is_dutch(word))
        );
        assert!(!words.iter().step_by(97).any(|word| is_dutch(&format!("{word}q"))));
        assert!(!is_dutch(""));
    }
}
