//! `/kies`: for who would rather choose than type. What is it about, what do you want, where do you live: a page each.

use askama::Template;
use axum::{extract::RawQuery, http::StatusCode, response::Response};
use nabij_offering::{Kind, KindSet, Theme, ThemeSet};

use super::{
    asked::Asked,
    filters::{Link, SearchBox},
    frame::Frame,
    messages::Messages,
    page,
};

/// A button with a picture.
pub(crate) struct Picture {
    pub(crate) words: String,
    pub(crate) link: String,
    pub(crate) svg: &'static str,
}

/// The themes that have a picture, with what was drawn for each.
const PICTURES: [(Theme, &str); 8] = [
    (
        Theme::Language,
        include_str!("../../templates/pictures/language.svg"),
    ),
    (
        Theme::Numeracy,
        include_str!("../../templates/pictures/numeracy.svg"),
    ),
    (
        Theme::Digital,
        include_str!("../../templates/pictures/digital.svg"),
    ),
    (Theme::Money, include_str!("../../templates/pictures/money.svg")),
    (Theme::Work, include_str!("../../templates/pictures/work.svg")),
    (Theme::Health, include_str!("../../templates/pictures/health.svg")),
    (Theme::Family, include_str!("../../templates/pictures/family.svg")),
    (
        Theme::Meeting,
        include_str!("../../templates/pictures/meeting.svg"),
    ),
];

/// The eight buttons, each leading to the next question.
pub(crate) fn pictures(asked: &Asked) -> Vec<Picture> {
    let picture = |(theme, svg): (Theme, &'static str)| Picture {
        words: Messages(asked.language).theme(theme),
        link: asked
            .with(|asked| asked.themes = ThemeSet::from_iter([theme]))
            .link("/kies"),
        svg,
    };
    let themes = asked
        .variant
        .as_ref()
        .map_or(ThemeSet::EMPTY, |variant| variant.profile.themes);
    let offered = PICTURES
        .into_iter()
        .filter(|(theme, _)| themes.is_empty() || themes.contains(*theme));
    offered.map(picture).collect()
}

#[derive(Template)]
#[template(path = "choose.html")]
struct Choose {
    frame: Frame,
    heading: String,
    step: Step,
    back: String,
}

enum Step {
    About(Vec<Picture>),
    Want(Vec<Wish>),
    Where(SearchBox),
}

/// A kind to choose, and what it means.
struct Wish {
    link: Link,
    meaning: String,
}

/// `/kies`: `?theme=` once it is known what it is about, `&kind=` once it is known what is wanted.
pub(crate) async fn choose(RawQuery(query): RawQuery, asked: Asked) -> Response {
    let chosen_any = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes())
        .any(|(name, value)| name == "kind" && value == "any");
    let messages = Messages(asked.language);
    let about = asked.with(|asked| {
        asked.themes = ThemeSet::EMPTY;
        asked.kinds = KindSet::EMPTY;
    });
    let (heading, step, back) = if asked.themes.is_empty() {
        ("choose-about", Step::About(pictures(&asked)), asked.link("/"))
    } else if asked.kinds.is_empty() && !chosen_any {
        (
            "choose-want",
            Step::Want(wishes(&asked, messages)),
            about.link("/kies"),
        )
    } else {
        let want = asked.with(|asked| asked.kinds = KindSet::EMPTY);
        (
            "choose-where",
            Step::Where(SearchBox::new(&asked)),
            want.link("/kies"),
        )
    };
    let choose = Choose {
        frame: Frame::new(&asked, "/kies"),
        heading: messages.say(heading).into_owned(),
        step,
        back,
    };
    page(StatusCode::OK, &choose)
}

/// The four kinds and "I do not know". Who told where he lives goes on to the results at once.
fn wishes(asked: &Asked, messages: Messages) -> Vec<Wish> {
    let next = if asked.place.is_empty() { "/kies" } else { "/zoek" };
    let wish = |kind: &Kind| Wish {
        link: Link {
            words: messages.kind(*kind),
            link: asked
                .with(|asked| asked.kinds = KindSet::from_iter([*kind]))
                .link(next),
        },
        meaning: messages
            .say(&format!("kind-{}-meaning", kind.name()))
            .into_owned(),
    };
    let any = Wish {
        link: Link {
            words: messages.say("choose-any").into_owned(),
            link: if asked.place.is_empty() {
                format!("{}&kind=any", asked.link("/kies"))
            } else {
                asked.link("/zoek")
            },
        },
        meaning: messages.say("choose-any-meaning").into_owned(),
    };
    let kinds = asked
        .variant
        .as_ref()
        .map_or(KindSet::EMPTY, |variant| variant.profile.kinds);
    let offered = Kind::ALL
        .iter()
        .filter(|kind| kinds.is_empty() || kinds.contains(**kind));
    offered.map(wish).chain([any]).collect()
}
