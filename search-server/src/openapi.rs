//! The description of the API, and a page that shows it.

use askama::Template;
use axum::{
    http::header,
    response::{Html, IntoResponse, Response},
};
use utoipa::OpenApi;

use crate::{api, problem, profiles};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Nabij",
        description = "What there is to learn and where to get help, near a Dutch postcode"
    ),
    paths(
        api::offerings,
        api::offering,
        api::locations,
        crate::suggestions::suggestions,
        profiles::profile
    ),
    components(schemas(problem::Details, problem::ParamProblem))
)]
struct Description;

/// `/v1/openapi.json`
pub(crate) async fn json() -> Response {
    let body = Description::openapi().to_json().unwrap_or_default();
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

#[derive(Template)]
#[template(path = "api.html")]
struct Page {
    operations: Vec<Operation>,
}

struct Operation {
    path: String,
    summary: String,
    parameters: Vec<(String, String)>,
}

/// `/v1/docs`
pub(crate) async fn page() -> Response {
    let description = serde_json::to_value(Description::openapi()).unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let operation = |(path, item): (&String, &serde_json::Value)| {
        let get = &item["get"];
        let parameters = get["parameters"].as_array().into_iter().flatten();
        Operation {
            path: path.clone(),
            summary: text(&get["summary"]),
            parameters: parameters
                .map(|given| (text(&given["name"]), text(&given["description"])))
                .collect(),
        }
    };
    let operations = description["paths"]
        .as_object()
        .into_iter()
        .flatten()
        .map(operation)
        .collect();
    Html(Page { operations }.render().unwrap_or_default()).into_response()
}
