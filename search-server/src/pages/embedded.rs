//! `/v/{id}/inbed`: the search for a frame on the library's website, where scripts are not allowed.
//!
//! A page small enough for a frame: the form, the nearest few, and links that open outside the frame.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use nabij_profile::Profile;

use super::{
    asked::Asked,
    filters::SearchBox,
    frame::Frame,
    listed::{Listed, listed},
    messages::Messages,
    missing, outside, page,
    search::{Found, locate, search},
};
use crate::{problem::Problem, state::App};

/// How many offerings fit in a frame.
const MOST: usize = 5;

#[derive(Template)]
#[template(path = "embedded.html")]
struct Embedded {
    frame: Frame,
    search: SearchBox,
    /// What was found, once something was asked.
    answer: Option<Answer>,
}

struct Answer {
    heading: String,
    near: Vec<Listed>,
    /// All of it, on the library's pages or the national ones.
    all: String,
    all_words: String,
}

/// `/v/{id}/inbed`
pub(crate) async fn embedded(
    State(app): State<Arc<App>>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some(variant) = &asked.variant else {
        return Ok(missing(&asked));
    };
    let (search, answer) = if asked.place.is_empty() {
        (SearchBox::new(&asked), None)
    } else {
        match locate(&app.atlas, &asked.place) {
            Err(why) => (SearchBox::refused(&asked, &why), None),
            Ok(location) => (
                SearchBox::new(&asked),
                Some(answer(&app, &asked, &location, &headers)?),
            ),
        }
    };
    let search = SearchBox {
        action: asked.path("/inbed"),
        ..search
    };
    let embedded = Embedded {
        frame: Frame::new(&asked, "/inbed"),
        search,
        answer,
    };
    let mut response = page(StatusCode::OK, &embedded).into_response();
    response.headers_mut().extend(policy(&variant.profile));
    Ok(response)
}

fn answer(
    app: &App,
    asked: &Asked,
    location: &nabij_atlas::Location,
    headers: &HeaderMap,
) -> Result<Answer, Problem> {
    let variant = asked.variant.as_ref();
    let messages = Messages(asked.language);
    let place = ("place", location.label.clone().into());
    if let Some(variant) = variant.filter(|variant| !variant.profile.serves(location.pc4, location.position))
    {
        let args = [place, ("name", variant.profile.name.clone().into())];
        return Ok(Answer {
            heading: messages.fill("outside-heading", &args),
            near: Vec::new(),
            all: outside::national_search(app, asked, headers),
            all_words: messages.say("outside-link").into_owned(),
        });
    }
    let index = app.index();
    let Found {
        hits,
        total,
        within_km,
        ..
    } = search(app, &index, asked, location)?;
    let heading = if total == 0 {
        messages.fill("nothing-heading", &[("km", within_km.to_string().into())])
    } else {
        messages.fill("results-heading", &[("n", total.into()), place])
    };
    let shown: Vec<_> = hits.hits.into_iter().take(MOST).collect();
    Ok(Answer {
        heading,
        near: listed(&index, &shown, None, asked, app.now()),
        all: asked.link("/zoek"),
        all_words: messages.say("embedded-all").into_owned(),
    })
}

/// The content security policy of a page that the library's websites may show in a frame.
pub(super) fn policy(profile: &Profile) -> Option<(HeaderName, HeaderValue)> {
    let ancestors = match profile.origins.join(" ") {
        none if none.is_empty() => "'none'".to_owned(),
        origins => origins,
    };
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
    );
    Some((
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_str(&policy).ok()?,
    ))
}
