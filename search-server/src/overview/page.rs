//! `/beheer/profiel/{id}`: what a profile selects, which of it needs care, and the code to embed it. For the operator.

use std::{collections::BTreeMap, path::Path as FilePath, sync::Arc};

use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use nabij_engine::Index;
use nabij_offering::Position;
use nabij_profile::{Profile, Refusal};
use serde::Deserialize;

use super::{Overview, Titled, titled};
use crate::{
    licences,
    operator::refuse,
    pages::{Asked, drawn},
    problem::Problem,
    state::App,
    widget::Current,
};

/// How many pins fit on the map.
const MOST_PINS: usize = 60;
/// How many offerings that need care are listed.
const MOST_CARE: usize = 50;
/// The page brings its own style, and nothing else may be loaded.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage {
    profile: Arc<Profile>,
    overview: Overview,
    /// Whether the licence holds, in words.
    licence: String,
    answered: u64,
    /// Why and how often requests were refused.
    refused: Vec<(&'static str, u64)>,
    /// An SVG element.
    map: String,
    care: Vec<Care>,
    /// How many more need care.
    more_care: usize,
    codes: Vec<Code>,
}

/// An offering with something to mend.
struct Care {
    offering: Titled,
    remarks: usize,
}

/// Code to embed the widget.
struct Code {
    heading: &'static str,
    words: &'static str,
    /// To be copied.
    html: String,
}

/// `/beheer/profiel/{id}`
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if let Some(ask) = refuse(&app, &headers)? {
        return Ok(ask);
    }
    let profile = app
        .variants
        .profiles()
        .get(&id)
        .cloned()
        .ok_or(Problem::NotFound)?;
    let html = tokio::task::spawn_blocking(move || render(&app, profile, &headers)).await;
    let html = html.map_err(|error| Problem::internal(&error))??;
    let headers = [
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(CONTENT_SECURITY_POLICY),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, Html(html)).into_response())
}

fn render(app: &App, profile: Arc<Profile>, headers: &HeaderMap) -> Result<String, Problem> {
    let index = app.index();
    let overview = Overview::new(&index, &app.atlas, &profile).map_err(|error| Problem::internal(&error))?;
    let report = app
        .operator
        .as_ref()
        .map(|(_, report)| report.with_extension("json"));
    let mut care = report.map_or_else(Vec::new, |report| care(&index, &overview, &report));
    let more_care = care.len().saturating_sub(MOST_CARE);
    care.truncate(MOST_CARE);
    let positions: Vec<Position> = overview
        .first
        .iter()
        .filter_map(|first| first.position)
        .take(MOST_PINS)
        .collect();
    let account = app.variants.accounts.of(&profile.id);
    let page = OverviewPage {
        licence: match profile.licensed(app.now().date()) {
            Ok(()) => "De licentie geldt.".to_owned(),
            Err(refusal) => format!("{}.", licences::words(refusal).0),
        },
        answered: account.answered,
        refused: Refusal::ALL
            .into_iter()
            .zip(account.refused)
            .filter(|(_, count)| *count > 0)
            .map(|(refusal, count)| (licences::words(refusal).0, count))
            .collect(),
        map: drawn(&app.atlas, &positions, Asked::default().language)?,
        care,
        more_care,
        codes: codes(app, &profile, headers),
        overview,
        profile,
    };
    page.render().map_err(|error| Problem::internal(&error))
}

/// The offerings of the selection that the report of the last build has remarks on, those with most first.
fn care(index: &Index, overview: &Overview, report: &FilePath) -> Vec<Care> {
    #[derive(Deserialize)]
    struct Report {
        entries: Vec<Entry>,
    }
    #[derive(Deserialize)]
    struct Entry {
        id: Option<String>,
        rejected: bool,
    }
    let report = fs_err::read(report)
        .ok()
        .and_then(|json| serde_json::from_slice(&json).ok());
    let Some(Report { entries }) = report else {
        return Vec::new();
    };
    let mut remarks: BTreeMap<String, usize> = BTreeMap::new();
    for id in entries
        .into_iter()
        .filter(|entry| !entry.rejected)
        .filter_map(|entry| entry.id)
    {
        *remarks.entry(id).or_default() += 1;
    }
    let selected = |(id, remarks): (String, usize)| {
        let doc = index.find(&id).ok()??;
        let offering = titled(index, doc).filter(|_| overview.selection.contains(doc))?;
        Some(Care { offering, remarks })
    };
    let mut care: Vec<Care> = remarks.into_iter().filter_map(selected).collect();
    care.sort_by_key(|care| std::cmp::Reverse(care.remarks));
    care
}

/// The code to embed a profile: three ways, the best first.
fn codes(app: &App, profile: &Profile, headers: &HeaderMap) -> Vec<Code> {
    let at = |path: &str| app.site.absolute(path, headers);
    let id = &profile.id;
    let element = format!(
        "<nabij-zoeker profile=\"{id}\">\n  <form action=\"{}\">\n    <label>Postcode <input name=\"postcode\" autocomplete=\"postal-code\"></label>\n    <button>Zoek</button>\n  </form>\n</nabij-zoeker>",
        at(&format!("/v/{id}/zoek"))
    );
    let module = Code {
        heading: "Als module",
        words: "Dit is de gewone manier. Verbeteringen komen vanzelf.",
        html: format!(
            "{element}\n<script type=\"module\" src=\"{}\"></script>",
            at("/widget/1/nabij-zoeker.js")
        ),
    };
    let frame = Code {
        heading: "Als frame",
        words: "Voor websites die geen scripts toelaten.",
        html: format!(
            "<iframe src=\"{}\" title=\"Zoek hulp en lessen in de buurt\" width=\"100%\" height=\"700\" loading=\"lazy\" sandbox=\"allow-forms allow-popups allow-popups-to-escape-sandbox allow-same-origin\"></iframe>",
            at(&format!("/v/{id}/inbed"))
        ),
    };
    let whole = Current::find().map(|current| Code {
        heading: "Als module met controlegetal",
        words: "De browser weigert het script als er iets in veranderd is. Een nieuwe versie moet je zelf invullen.",
        html: format!(
            "{element}\n<script type=\"module\" src=\"{}\" integrity=\"{}\" crossorigin=\"anonymous\"></script>",
            at(&current.path()),
            current.integrity
        ),
    });
    [Some(module), whole, Some(frame)].into_iter().flatten().collect()
}
