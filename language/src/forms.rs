//! Other forms of Dutch words than those that a key joins: small things, and what was done.

use crate::dutch::is_dutch;

/// What stands before the `ge` of what was done: `aangevraagd`, `schoongemaakt`.
const BEFORE_GE: [&str; 17] = [
    "", "aan", "af", "bij", "door", "in", "mee", "na", "om", "op", "over", "schoon", "terug", "toe", "uit",
    "voor", "weg",
];
/// What verbs begin with that take no `ge`: `betaald`.
const WITHOUT_GE: [&str; 4] = ["be", "her", "ont", "ver"];
/// The endings of what he or she does, and of what was done once.
const ENDINGS: [&str; 5] = ["t", "de", "den", "te", "ten"];
/// The fewest letters of a word, and of a verb behind `ge`: a `gebed` is no `bed`.
const SHORTEST: usize = 3;
const SHORTEST_VERB: usize = 4;
/// The list of Dutch words has none with more letters, with `en` at their ends.
const LONGEST_LISTED: usize = 10;

/// The words, or beginnings of verbs, of which a word may be another form, the likeliest first. Not all are words.
///
/// `telefoontjes` may be of `telefoon`, and `gefietst` of `fiets`.
pub(crate) fn bases(word: &str) -> Vec<String> {
    if !word.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return Vec::new();
    }
    let mut bases = small(word);
    bases.extend(done(word));
    bases.retain(|base| base.len() >= SHORTEST);
    bases
}

/// What is called small: `boekje`, `tuintje`, `karretje`, `autootje`, `blaadje`, `boompje`, `woninkje`.
fn small(word: &str) -> Vec<String> {
    let one = word.strip_suffix('s').unwrap_or(word);
    let Some(stem) = one.strip_suffix("je") else {
        return Vec::new();
    };
    let mut bases = vec![stem.to_owned()];
    if let Some(before) = stem.strip_suffix('t') {
        bases.push(before.to_owned());
        bases.extend(before.strip_suffix('e').map(|before| single(before).to_owned()));
        bases.push(single(before).to_owned());
    }
    if let Some(before) = stem.strip_suffix('p').filter(|before| before.ends_with('m')) {
        bases.push(before.to_owned());
        bases.extend(before.strip_suffix("em").map(|before| format!("{before}m")));
    }
    if let Some(before) = stem.strip_suffix('k').filter(|before| before.ends_with('n')) {
        bases.push(format!("{before}g"));
    }
    if let [before @ .., one, other, last] = stem.as_bytes()
        && one == other
        && let Ok(before) = std::str::from_utf8(before)
    {
        bases.push(format!("{before}{}{}", char::from(*one), char::from(*last)));
    }
    bases.sort_by_key(|base| !is_dutch(base));
    bases
}

/// A word without the second of two letters that are the same at its end.
fn single(word: &str) -> &str {
    match word.as_bytes() {
        [.., one, other] if one == other => &word[..word.len() - 1],
        _ => word,
    }
}

/// What is done and was done: `wandelt`, `gefietst`, `ingevuld`, `verhuisd`, `solliciteerde`.
fn done(word: &str) -> Vec<String> {
    let mut bases = Vec::new();
    for before in BEFORE_GE {
        let verb = word.strip_prefix(before).and_then(|rest| rest.strip_prefix("ge"));
        let is_done = |verb: &&str| verb.len() >= SHORTEST_VERB && verb.ends_with(['d', 't', 'n']);
        if let Some(verb) = verb.filter(is_done) {
            bases.push(format!("{before}{verb}"));
            bases.extend(
                verb.strip_suffix(['d', 't'])
                    .map(|verb| format!("{before}{verb}")),
            );
        }
    }
    if WITHOUT_GE.iter().any(|begins| word.starts_with(begins)) {
        bases.extend(word.strip_suffix(['d', 't']).map(str::to_owned));
    }
    let without = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending));
    bases.extend(without.map(str::to_owned));
    bases.retain(|base| is_of_a_verb(base));
    bases
}

/// Whether a Dutch verb begins so, as far as the list of words goes: of `gekocht`, there is no `kochen`.
fn is_of_a_verb(base: &str) -> bool {
    let [before @ .., vowel, last] = base.as_bytes() else {
        return false;
    };
    let soft = match last {
        b'f' => 'v',
        b's' => 'z',
        last => char::from(*last),
    };
    let long = before.last() == Some(vowel);
    let open = if long { base.len() - 2 } else { base.len() - 1 };
    base.len() > LONGEST_LISTED
        || is_dutch(base)
        || is_dutch(&format!("{base}en"))
        || is_dutch(&format!("{base}{}en", char::from(*last)))
        || is_dutch(&format!("{}{soft}en", &base[..open]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn small_things_and_what_was_done_are_known_by_their_words() {
        for (word, base) in [
            ("boekje", "boek"),
            ("telefoontjes", "telefoon"),
            ("karretje", "kar"),
            ("wandelingetje", "wandeling"),
            ("bloemetjes", "bloem"),
            ("autootje", "auto"),
            ("blaadje", "blad"),
            ("boompje", "boom"),
            ("woninkje", "woning"),
            ("gefietst", "fiets"),
            ("gepest", "pest"),
            ("geleerd", "leer"),
            ("ingevuld", "invul"),
            ("verhuisd", "verhuis"),
            ("solliciteerde", "solliciteer"),
            ("werkten", "werk"),
            ("wandelt", "wandel"),
        ] {
            let bases = bases(word);
            assert!(bases.iter().any(|known| known == base), "{word}: {bases:?}");
        }
        assert!(!bases("gekocht").contains(&"koch".to_owned()));
        assert!(!bases("gebed").contains(&"bed".to_owned()));
    }

    proptest! {
        #[test]
        fn no_base_is_longer_than_its_word(word in "\\PC{0,40}") {
            for base in bases(&word) {
                prop_assert!(base.len() < word.len());
            }
        }
    }
}
