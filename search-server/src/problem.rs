//! Errors of the API: problem details (RFC 9457), naming each parameter that is wrong.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// What is wrong with one parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ParamProblem {
    /// The parameter.
    pub name: String,
    /// What is wrong with it, and what would be right.
    pub reason: String,
    /// A word that programs can rely on, such as `unknown_postcode`.
    pub code: &'static str,
}

/// Why a request was not answered.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The caller's mistake: 400.
    #[error("invalid parameters")]
    InvalidParams(Vec<ParamProblem>),
    /// There is nothing here: 404.
    #[error("nothing here")]
    NotFound,
    /// The address is too long: 414.
    #[error("the address is too long")]
    UriTooLong,
    /// Ours: 500. What happened is in the log, not in the answer.
    #[error("internal error")]
    Internal,
}

/// The JSON of a problem.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Details {
    /// What sort of problem it is.
    r#type: &'static str,
    /// The same in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// Each wrong parameter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    invalid_params: Vec<ParamProblem>,
}

impl Problem {
    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::InvalidParams(_) => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::UriTooLong => StatusCode::URI_TOO_LONG,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Logs what happened and hides it from the caller.
    pub(crate) fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error, "request failed");
        Self::Internal
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let title = match self {
            Self::InvalidParams(_) => "Some parameters are wrong",
            Self::NotFound => "There is nothing here",
            Self::UriTooLong => "The address is too long",
            Self::Internal => "Something went wrong on our side",
        };
        let invalid_params = if let Self::InvalidParams(problems) = self {
            problems
        } else {
            Vec::new()
        };
        let details = Details {
            r#type: "about:blank",
            title,
            status: status.as_u16(),
            invalid_params,
        };
        let body = serde_json::to_vec(&details).unwrap_or_default();
        (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
    }
}
