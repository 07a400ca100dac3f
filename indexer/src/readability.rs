//! How hard a Dutch text is to read: an estimate, to help an editor and not to judge one.
//!
//! The estimate is Flesch-Douma: 206.84 − 0.77 × syllables per hundred words − 0.93 × words per sentence
//! (W. H. Douma, *De leesbaarheid van landbouwbladen*, Landbouwhogeschool Wageningen, 1960). Douma reads it so:
//! 90–100 very easy, 80–90 easy, 70–80 fairly easy, 60–70 normal, 45–60 fairly hard, 30–45 hard, below 30 very hard.
//! Syllables are counted as groups of vowels; that is one too few in `bibliotheek` and right in most words.

use std::{collections::HashMap, sync::LazyLock};

use foldhash::fast::RandomState;

/// A text below this score is harder than Douma calls normal.
pub(crate) const NORMAL: f64 = 60.0;

/// The estimate says little about a text of fewer words.
const FEWEST_WORDS: usize = 20;

/// Words that residents may not know, and what to say instead.
static HARD_WORDS: LazyLock<HashMap<&str, &str, RandomState>> = LazyLock::new(|| {
    let lines = include_str!("../../data/readability/hard-words.csv")
        .lines()
        .skip(1);
    lines.filter_map(|line| line.split_once(',')).collect()
});

/// The Flesch-Douma score, mostly between 0 (very hard) and 100 (very easy); none for a text too short for it.
pub(crate) fn flesch_douma(text: &str) -> Option<f64> {
    let (mut words, mut syllables, mut sentences) = (0_u32, 0_u32, 0_u32);
    let mut open = false;
    for part in text.to_lowercase().split_whitespace() {
        let in_word = syllables_of(part);
        if in_word > 0 {
            words += 1;
            syllables += in_word;
            open = true;
        }
        if open && part.ends_with(['.', '!', '?', ':', ';']) {
            sentences += 1;
            open = false;
        }
    }
    sentences += u32::from(open);
    let (words, sentences) = (f64::from(words), f64::from(sentences));
    let long_enough = words >= f64::from(u32::try_from(FEWEST_WORDS).unwrap_or(u32::MAX));
    long_enough.then(|| 206.84 - 77.0 * f64::from(syllables) / words - 0.93 * words / sentences)
}

/// The hard words of a text, each once and in order, with what to say instead.
pub(crate) fn hard_words(text: &str) -> Vec<(&'static str, &'static str)> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    let lower = text.to_lowercase();
    for word in lower.split(|c: char| !c.is_alphabetic() && c != '-') {
        // Short words are not on the list.
        if word.len() < 4 {
            continue;
        }
        let forms = [Some(word), word.strip_suffix("en"), word.strip_suffix('s')];
        let hard = forms
            .into_iter()
            .flatten()
            .find_map(|form| HARD_WORDS.get_key_value(form));
        if let Some((hard, plain)) = hard
            && !found.iter().any(|(known, _)| known == hard)
        {
            found.push((hard, plain));
        }
    }
    found
}

/// Groups of vowels of a word in small letters. A vowel with a diaeresis begins a group of its own: `cliënt` has two, `geïnteresseerd` five.
fn syllables_of(word: &str) -> u32 {
    let mut syllables = 0;
    let mut in_group = false;
    for c in word.chars() {
        match c {
            'ë' | 'ï' | 'ö' | 'ü' | 'ä' => {
                syllables += 1;
                in_group = true;
            }
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'é' | 'è' | 'ê' | 'á' | 'à' | 'ó' | 'ò' | 'í' | 'ú' =>
            {
                syllables += u32::from(!in_group);
                in_group = true;
            }
            // The y sound of `ij` belongs to the group.
            'j' if in_group => {}
            _ => in_group = false,
        }
    }
    syllables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_groups_of_vowels() {
        for (word, count) in [
            ("taal", 1),
            ("lezen", 2),
            ("cliënt", 2),
            ("vrijwilliger", 4),
            ("formulieren", 4),
            ("12", 0),
        ] {
            assert_eq!(syllables_of(word), count, "{word}");
        }
    }

    #[test]
    fn plain_text_is_easier_than_policy_text() {
        let plain = "Wil je beter lezen? Kom dan naar ons. We helpen je. Je zit in een groep. De groep is klein. Het is gratis.";
        let policy = "Deelnemers aan het begeleidingstraject ontwikkelen vaardigheden ter bevordering van maatschappelijke \
             participatie en zelfredzaamheid, waarbij multidisciplinaire ondersteuning laagdrempelig beschikbaar gesteld wordt aan alle kwetsbare doelgroepen.";
        assert!(flesch_douma(plain).unwrap() > 90.0);
        assert!(flesch_douma(policy).unwrap() < 30.0, "{:?}", flesch_douma(policy));
        assert_eq!(flesch_douma("Taalcafé."), None);
    }

    #[test]
    fn the_score_is_the_published_formula() {
        // 20 words of one syllable in two sentences: 206.84 - 77 - 9.3.
        let text = "de kat zit op de mat en de hond ook. de kat zit op de mat en de hond ook.";
        assert!((flesch_douma(text).unwrap() - 120.54).abs() < 1e-9);
    }

    #[test]
    fn hard_words_are_found_in_their_forms_once() {
        let words = hard_words("Mantelzorgers participeren. Participeren is laagdrempelig; INDIEN nodig.");
        let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        assert_eq!(words, ["mantelzorger", "participeren", "laagdrempelig", "indien"]);
        assert!(hard_words("Kom langs. We helpen je.").is_empty());
    }
}
