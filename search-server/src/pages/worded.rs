//! What the pages say of results, for a program that shows them to residents: `texts=nl` in the API.

use chrono::NaiveDateTime;
use nabij_offering::Card;
use serde_json::{Map, Value, json};

use super::{
    asked::Asked,
    language::Language,
    listed::{Listed, list},
    messages::Messages,
};

/// Adds what a resident reads to an answer of `/v1/offerings`: `texts` with a heading, and to each offering `texts`
/// about distance, opening, cost, how to begin and kind.
pub(crate) fn add_words(answer: &mut Value, language: Language, now: NaiveDateTime) {
    let messages = Messages(language);
    let asked = Asked {
        language,
        ..Asked::default()
    };
    if let Some(heading) = heading(answer, messages) {
        answer["texts"] = json!({ "heading": heading });
    }
    for group in ["offerings", "area_wide"] {
        let offerings = answer.get_mut(group).and_then(Value::as_array_mut);
        for offering in offerings.into_iter().flatten() {
            let metres = offering.get("distance_m").and_then(Value::as_f64);
            let card: Option<Card<'_>> = serde_json::from_value(offering.clone()).ok();
            let Some(card) = card else { continue };
            let mut words = of_card(list(card, &asked, now));
            words.extend(metres.map(|metres| ("distance".to_owned(), messages.distance(metres).into())));
            offering["texts"] = Value::Object(words);
        }
    }
}

/// `4 plekken bij 3512 AB`, or that there is nothing; none without a place or a total.
fn heading(answer: &Value, messages: Messages) -> Option<String> {
    let total = answer.get("total")?.as_u64()?;
    let place = answer.pointer("/query/location/label")?.as_str()?.to_owned();
    if total == 0 {
        return Some(messages.say("nothing-at-all").into_owned());
    }
    let args = [("n", total.into()), ("place", place.into())];
    Some(messages.fill("results-heading", &args))
}

fn of_card(listed: Listed) -> Map<String, Value> {
    let texts = [
        ("kind", Some(listed.kind)),
        ("cost", listed.cost),
        ("start", listed.start),
    ];
    let texts = texts
        .into_iter()
        .filter_map(|(name, text)| Some((name.to_owned(), Value::from(text?))));
    let mut words: Map<String, Value> = texts.collect();
    if let Some(opening) = listed.opening {
        words.insert("opening".to_owned(), opening.words.into());
        words.insert("open".to_owned(), opening.open.into());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_given_the_words_of_the_pages() {
        let mut answer = json!({
            "query": {"location": {"label": "3011 AD"}}, "total": 1,
            "offerings": [{"distance_m": 412, "id": "a", "title": "Taalcafé", "kind": "informal", "themes": [], "summary": "",
                "cost": "free", "opening_hours": "Tu 10:00-12:00"}],
            "area_wide": [{"id": "b"}],
        });
        add_words(
            &mut answer,
            Language::Dutch,
            "2026-11-24T10:30:00".parse().unwrap(),
        );
        assert_eq!(answer["texts"]["heading"], "1 plek bij 3011 AD");
        let words = &answer["offerings"][0]["texts"];
        assert_eq!(words["distance"], "500 meter");
        assert_eq!(
            (&words["open"], words["cost"].as_str()),
            (&json!(true), Some("Gratis"))
        );
        assert_eq!(
            words["opening"].as_str().unwrap().replace('\u{a0}', " "),
            "Nu open tot 12.00 uur"
        );
        assert_eq!(
            answer["area_wide"][0].get("texts"),
            None,
            "what is no card stays as it is"
        );
    }
}
