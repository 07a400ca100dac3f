//! Errors of the API: problem details (RFC 9457), naming each parameter that is wrong.

use std::borrow::Cow;

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use nabij_profile::Refusal;
use serde::Serialize;

use crate::{licences, note};

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
    /// The profile may not be asked: 401, 403, 404 or 429.
    #[error("refused: {}", refusal.name())]
    Refused {
        /// Why.
        refusal: Refusal,
        /// The address of the national site, which works all the same.
        national: String,
    },
    /// The address is too long: 414.
    #[error("the address is too long")]
    UriTooLong,
    /// This client asks too much: 429.
    #[error("too many requests")]
    TooMany,
    /// There is no room for the request now: 503.
    #[error("too busy")]
    Busy,
    /// Ours: 500. What happened is in the log, not in the answer.
    #[error("internal error")]
    Internal,
}

/// The JSON of a problem.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Details {
    /// What sort of problem it is: `about:blank`, or `/v1/problems/` and a word that programs can rely on.
    r#type: Cow<'static, str>,
    /// The same in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'static str>,
    /// Where the national site is, if a profile was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    national: Option<String>,
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
            Self::Refused { refusal, .. } => match refusal {
                Refusal::Unknown => StatusCode::NOT_FOUND,
                Refusal::Key => StatusCode::UNAUTHORIZED,
                Refusal::Budget => StatusCode::TOO_MANY_REQUESTS,
                Refusal::NoLicence | Refusal::NotYet | Refusal::Expired | Refusal::Origin => {
                    StatusCode::FORBIDDEN
                }
            },
            Self::UriTooLong => StatusCode::URI_TOO_LONG,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Logs what happened and hides it from the caller.
    pub(crate) fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error, id = note::id(), "request failed");
        Self::Internal
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut details = Details {
            r#type: Cow::Borrowed("about:blank"),
            title: "",
            status: status.as_u16(),
            detail: None,
            national: None,
            invalid_params: Vec::new(),
        };
        let mut headers = HeaderMap::new();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        match self {
            Self::InvalidParams(problems) => {
                details.title = "Some parameters are wrong";
                details.invalid_params = problems;
            }
            Self::Refused { refusal, national } => {
                let (title, detail) = licences::words(refusal);
                details.r#type = Cow::Owned(format!("/v1/problems/{}", refusal.name()));
                details.title = title;
                details.detail = Some(detail);
                details.national = Some(national);
                match refusal {
                    Refusal::Key => {
                        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
                    }
                    Refusal::Budget => headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5")),
                    _ => None,
                };
            }
            Self::NotFound => details.title = "There is nothing here",
            Self::UriTooLong => details.title = "The address is too long",
            Self::TooMany => {
                details.title = "Too many requests from your address";
                details.detail = Some("Ask again after the seconds in Retry-After.");
            }
            Self::Busy => {
                details.title = "Too busy at this moment";
                details.detail = Some("Ask again after the seconds in Retry-After.");
            }
            Self::Internal => details.title = "Something went wrong on our side",
        }
        let body = serde_json::to_vec(&details).unwrap_or_default();
        (status, headers, body).into_response()
    }
}
