//! What only the operator may see: the report of the last build, behind a token.
//!
//! Off unless the settings hold the SHA-256 of a token. A browser asks for the token itself (HTTP Basic, any user name);
//! a program sends it as a bearer token. No cookie, no session.

use std::{str::FromStr, sync::Arc};

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use constant_time_eq::constant_time_eq_32;
use sha2::{Digest, Sha256};

use crate::{problem::Problem, state::App};

/// The SHA-256 of the operator's token: 64 hexadecimal digits, as `printf %s TOKEN | sha256sum` writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenHash([u8; 32]);

/// A text that is not 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not a SHA-256: write 64 hexadecimal digits, as `printf %s TOKEN | sha256sum` gives them")]
pub struct TokenHashError;

impl FromStr for TokenHash {
    type Err = TokenHashError;

    fn from_str(text: &str) -> Result<Self, TokenHashError> {
        let digits = text.trim().as_bytes();
        let mut hash = [0; 32];
        if digits.len() != 64 {
            return Err(TokenHashError);
        }
        for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
            let pair = str::from_utf8(pair).or(Err(TokenHashError))?;
            *byte = u8::from_str_radix(pair, 16).or(Err(TokenHashError))?;
        }
        Ok(Self(hash))
    }
}

impl TokenHash {
    /// Whether the request brings the token. Takes as long for a wrong one as for the right one.
    fn admits(&self, headers: &HeaderMap) -> bool {
        let token = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| token(value.to_str().ok()?));
        token.is_some_and(|token| constant_time_eq_32(&Sha256::digest(token).into(), &self.0))
    }
}

/// The token of `Bearer TOKEN`, or the password of `Basic`.
fn token(authorization: &str) -> Option<Vec<u8>> {
    let (scheme, value) = authorization.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(value.trim().as_bytes().to_vec());
    }
    let pair = BASE64_STANDARD
        .decode(value.trim())
        .ok()
        .filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let colon = pair.iter().position(|byte| *byte == b':')?;
    pair.get(colon + 1..).map(<[u8]>::to_vec)
}

/// What a request without the operator's token is answered: a question for it. None for one that brings it; not found
/// if nobody has one.
pub(crate) fn refuse(app: &App, headers: &HeaderMap) -> Result<Option<Response>, Problem> {
    let (hash, _) = app.operator.as_ref().ok_or(Problem::NotFound)?;
    if hash.admits(headers) {
        return Ok(None);
    }
    let ask = [(
        header::WWW_AUTHENTICATE,
        HeaderValue::from_static("Basic realm=\"beheer\", charset=\"UTF-8\""),
    )];
    let words = "Vul de code van de beheerder in.\n";
    Ok(Some((StatusCode::UNAUTHORIZED, ask, words).into_response()))
}

/// The page brings its own style, and nothing else may be loaded.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The report of the last build.
pub(crate) async fn quality(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    let (_, path) = app.operator.clone().ok_or(Problem::NotFound)?;
    if let Some(ask) = refuse(&app, &headers)? {
        return Ok(ask);
    }
    let page = tokio::task::spawn_blocking(move || std::fs::read_to_string(path)).await;
    let page = page.ok().and_then(Result::ok).ok_or(Problem::NotFound)?;
    let headers = [
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(CONTENT_SECURITY_POLICY),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, Html(page)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The SHA-256 of `geheim`.
    const HASH: &str = "addb0f5e7826c857d7376d1bd9bc33c0c544790a2eac96144a8af22b1298c940";

    fn admits(authorization: &str) -> bool {
        let headers = HeaderMap::from_iter([(header::AUTHORIZATION, authorization.parse().unwrap())]);
        HASH.parse::<TokenHash>().unwrap().admits(&headers)
    }

    #[test]
    fn the_token_opens_and_nothing_else_does() {
        // `beheer:geheim`, `:geheim` and `geheim:`.
        for right in [
            "Bearer geheim",
            "bearer geheim",
            "Basic YmVoZWVyOmdlaGVpbQ==",
            "basic OmdlaGVpbQ==",
        ] {
            assert!(admits(right), "{right}");
        }
        for wrong in [
            "Bearer geheim2",
            "Bearer ",
            "geheim",
            "Basic geheim",
            "Basic Z2VoZWltOg==",
            "Digest geheim",
        ] {
            assert!(!admits(wrong), "{wrong}");
        }
        assert!(!HASH.parse::<TokenHash>().unwrap().admits(&HeaderMap::new()));
    }

    #[test]
    fn what_is_no_hash_is_refused() {
        for text in ["", "geheim", &HASH[1..], &HASH.replace('a', "x"), &"é".repeat(32)] {
            assert_eq!(text.parse::<TokenHash>(), Err(TokenHashError), "{text}");
        }
    }
}
