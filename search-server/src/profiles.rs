//! What programs are told of profiles: `/v1/profiles/{id}` for the widget, `/v1/problems/{name}` for who reads an answer.

use std::sync::Arc;

use axum::{
    extract::{Extension, Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use nabij_offering::{FeatureSet, Kind, KindSet, Theme, ThemeSet};
use nabij_profile::{Profile, Refusal, Texts};
use serde_json::{Map, Value, json};

use crate::{
    licences::{national, words},
    pages::logo_path,
    problem::{Details, Problem},
    state::App,
};

/// What a profile is for the public: name, texts, look, what it offers.
#[utoipa::path(get, path = "/v1/profiles/{id}", params(("id" = String, Path, description = "the profile")),
    responses((status = 200, description = "the public part of the profile"),
              (status = 403, description = "its licence does not hold, or not for this website", body = Details),
              (status = 404, description = "no such profile", body = Details)))]
pub(crate) async fn profile(
    State(app): State<Arc<App>>,
    Extension(profile): Extension<Arc<Profile>>,
    headers: HeaderMap,
) -> Response {
    let body = public(&app, &profile, &headers).to_string();
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

fn public(app: &App, profile: &Profile, headers: &HeaderMap) -> Value {
    let look = &profile.look;
    let texts: Map<String, Value> = profile
        .texts
        .iter()
        .map(|(language, texts)| (language.clone(), said(texts)))
        .collect();
    let region = profile.region.as_ref().map(|region| {
        let municipalities: Vec<&str> = region.municipalities().collect();
        json!({ "municipalities": municipalities })
    });
    let defaults = profile.defaults;
    let absolute = |path: &str| app.site.absolute(path, headers);
    json!({
        "id": profile.id,
        "name": profile.name,
        "languages": profile.languages,
        "texts": texts,
        "theme": {
            "accent": look.accent.to_string(),
            "accent_dark": look.accent_dark.to_string(),
            "accent_soft": look.accent_soft.to_string(),
            "ink": look.ink.to_string(),
            "paper": look.paper.to_string(),
            "font": look.font,
        },
        "logo": logo_path(profile).map(|path| absolute(&path)),
        "kinds": kinds(profile.kinds),
        "themes": themes(profile.themes),
        "defaults": {
            "radius_km": defaults.radius_km,
            "kinds": defaults.kinds.iter().map(Kind::name).collect::<Vec<_>>(),
            "themes": defaults.themes.iter().map(Theme::name).collect::<Vec<_>>(),
            "features": features(defaults.features),
        },
        "region": region,
        "contact": { "phone": profile.contact.phone },
        "pages": absolute(&format!("/v/{}/", profile.id)),
        "national": national(app, Some(profile), headers),
    })
}

/// The texts that there are.
fn said(texts: &Texts) -> Value {
    let all = [
        ("title", &texts.title),
        ("intro", &texts.intro),
        ("nothing", &texts.nothing),
        ("footer", &texts.footer),
    ];
    let said = all
        .into_iter()
        .filter_map(|(name, text)| Some((name.to_owned(), json!(text.as_ref()?))));
    Value::Object(said.collect())
}

/// What is offered: all kinds if the profile names none.
fn kinds(kinds: KindSet) -> Vec<&'static str> {
    let offered = Kind::ALL
        .iter()
        .filter(|kind| kinds.is_empty() || kinds.contains(**kind));
    offered.map(|kind| kind.name()).collect()
}

fn themes(themes: ThemeSet) -> Vec<&'static str> {
    let offered = Theme::ALL
        .iter()
        .filter(|theme| themes.is_empty() || themes.contains(**theme));
    offered.map(|theme| theme.name()).collect()
}

fn features(features: FeatureSet) -> Vec<&'static str> {
    features.iter().map(nabij_offering::Feature::name).collect()
}

/// `/v1/problems/{name}`: what the type of a problem means, in words for the editor.
pub(crate) async fn problem(Path(name): Path<String>) -> Result<Response, Problem> {
    let refusal = Refusal::ALL.into_iter().find(|refusal| refusal.name() == name);
    let (title, detail) = words(refusal.ok_or(Problem::NotFound)?);
    let text = format!("{title}\n\n{detail}\n");
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}
