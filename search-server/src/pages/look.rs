//! `/profielen/{id}/{file}`: the colours, font and logo of a library, as files of their own: nothing stands in the pages
//! that the content security policy would have to allow.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use nabij_profile::Profile;

use crate::{problem::Problem, state::App};

/// The address of the colours of a profile. It changes with them.
pub(crate) fn style_path(profile: &Profile) -> String {
    format!("/profielen/{}/stijl.{:016x}.css", profile.id, profile.version)
}

/// The address of the logo of a profile.
pub(crate) fn logo_path(profile: &Profile) -> Option<String> {
    let logo = profile.look.logo.as_ref()?;
    let extension = logo.kind.extension();
    Some(format!(
        "/profielen/{}/logo.{:016x}.{extension}",
        profile.id, profile.version
    ))
}

/// `/profielen/{id}/{file}`
pub(crate) async fn look(
    State(app): State<Arc<App>>,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let profiles = app.variants.profiles();
    let profile = profiles.get(&id).ok_or(Problem::NotFound)?;
    let asked = Some(format!("/profielen/{id}/{file}"));
    let (media_type, content) = if asked == Some(style_path(profile)) {
        ("text/css; charset=utf-8", style(profile).into_bytes())
    } else {
        let logo = profile.look.logo.as_ref().filter(|_| asked == logo_path(profile));
        let logo = logo.ok_or(Problem::NotFound)?;
        (logo.kind.media_type(), logo.bytes.clone())
    };
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        // A logo that is opened by itself draws and does nothing else.
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        ),
    ];
    Ok((headers, content).into_response())
}

/// The custom properties that the stylesheet of the pages is written with.
fn style(profile: &Profile) -> String {
    let look = &profile.look;
    let colours = [
        ("accent", look.accent),
        ("accent-dark", look.accent_dark),
        ("accent-soft", look.accent_soft),
        ("ink", look.ink),
        ("paper", look.paper),
    ];
    let colours: String = colours
        .into_iter()
        .map(|(name, colour)| format!("  --{name}: {colour};\n"))
        .collect();
    let font = look.font.as_ref();
    let font = font.map_or_else(String::new, |font| format!("body {{ font-family: {font}; }}\n"));
    format!(":root {{\n{colours}}}\n{font}")
}
