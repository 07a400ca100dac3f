//! What the words of a source say, where they leave no doubt: how to start, which area, which language.

/// How to start, as the native format has it.
pub(crate) fn registration(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match () {
        () if says(&[
            "walk in",
            "walk-in",
            "drop in",
            "drop-in",
            "inloop",
            "loop binnen",
            "kom langs",
            "niet nodig",
        ]) =>
        {
            Some("walk_in")
        }
        () if text.starts_with("call")
            || text.starts_with("bel")
            || says(&["call to", "must call", "telefonisch"]) =>
        {
            Some("call")
        }
        () if says(&[
            "sign up",
            "apply online",
            "application form",
            "aanmelden",
            "inschrijven",
            "opgeven",
        ]) =>
        {
            Some("sign_up")
        }
        () => None,
    }
}

/// `Nederland`, `Gemeente Gorinchem`, `Provincie Zeeland`, as the native format has it.
pub(crate) fn service_area(name: &str) -> Option<String> {
    let name = name.trim();
    if matches!(
        &*name.to_lowercase(),
        "nederland" | "netherlands" | "national" | "landelijk" | "heel nederland"
    ) {
        return Some("national".to_owned());
    }
    let (form, name) = name.split_once([' ', ':'])?;
    let name = name.trim();
    match &*form.to_lowercase() {
        "gemeente" => Some(format!("municipality:{name}")),
        "provincie" => Some(format!("province:{name}")),
        _ => None,
    }
}

/// The BCP 47 code of a language that goes by its Dutch or English name.
pub(crate) fn language(name: &str) -> Option<&'static str> {
    const NAMES: [(&str, &[&str]); 22] = [
        ("ar", &["arabic", "arabisch"]),
        ("bg", &["bulgarian", "bulgaars"]),
        ("de", &["german", "duits"]),
        ("el", &["greek", "grieks"]),
        ("en", &["english", "engels"]),
        ("es", &["spanish", "spaans"]),
        ("fa", &["persian", "farsi", "perzisch"]),
        ("fr", &["french", "frans"]),
        ("he", &["hebrew", "hebreeuws"]),
        ("ht", &["creole", "haitian creole"]),
        ("it", &["italian", "italiaans"]),
        ("nl", &["dutch", "nederlands"]),
        ("pap", &["papiamento", "papiaments"]),
        ("pl", &["polish", "pools"]),
        ("pt", &["portuguese", "portugees"]),
        ("ro", &["romanian", "roemeens"]),
        ("ru", &["russian", "russisch"]),
        ("so", &["somali", "somalisch"]),
        ("ti", &["tigrinya"]),
        ("tr", &["turkish", "turks"]),
        ("uk", &["ukrainian", "oekraïens"]),
        ("ur", &["urdu"]),
    ];
    let name = name.trim().to_lowercase();
    let found = NAMES.iter().find(|(_, names)| names.contains(&name.as_str()));
    found.map(|(code, _)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_leave_no_doubt_are_understood() {
        assert_eq!(registration("Call to register"), Some("call"));
        assert_eq!(registration("Loop binnen tijdens het spreekuur"), Some("walk_in"));
        assert_eq!(registration("Aanmelden via de website"), Some("sign_up"));
        assert_eq!(registration("Varies"), None);
        assert_eq!(
            service_area("Gemeente Gorinchem").as_deref(),
            Some("municipality:Gorinchem")
        );
        assert_eq!(service_area("Landelijk").as_deref(), Some("national"));
        assert_eq!(service_area("MyCity area"), None);
        assert_eq!(language("Oekraïens"), Some("uk"));
        assert_eq!(language("Language line available"), None);
    }
}
