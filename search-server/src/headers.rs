//! What every answer carries, whatever came of the request.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Nothing but what we serve ourselves: nothing inline, no frame, no other host.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What no answer says otherwise. The only thing of a device that a page asks for is where it is, on request.
const FIXED: [(HeaderName, HeaderValue); 5] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("geolocation=(self), camera=(), microphone=(), payment=()"),
    ),
    (
        HeaderName::from_static("api-version"),
        HeaderValue::from_static("1.0.0"),
    ),
];

/// Puts what every answer carries on one. A page may have a policy of its own.
pub(crate) fn secure(headers: &mut HeaderMap) {
    let policy = HeaderValue::from_static(CONTENT_SECURITY_POLICY);
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    headers.extend(FIXED);
}
