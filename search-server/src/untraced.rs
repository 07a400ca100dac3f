//! In place of `traces` in a program that is built without the feature `otel`: nothing is traced, and nothing is paid.

use std::{convert::Infallible, env};

use axum::http::HeaderMap;

use crate::gate::Answered;

/// No traces.
#[derive(Debug)]
pub struct Traces;

/// There is no reason to fail.
pub type TracesError = Infallible;

/// No span.
#[derive(Debug)]
pub(crate) struct Parent;

#[expect(
    clippy::unused_self,
    reason = "the same calls as those of the traces that are told"
)]
impl Traces {
    /// No traces.
    pub const fn none() -> Self {
        Self
    }

    /// None, which is said to who expects some.
    pub fn open() -> Result<Self, TracesError> {
        if env::var_os("OTEL_EXPORTER_OTLP_ENDPOINT").is_some() {
            tracing::warn!("no traces are sent: this program was built without the feature `otel`");
        }
        Ok(Self)
    }

    pub(crate) const fn parent(&self, _: &HeaderMap, _is_trusted: bool) -> Parent {
        Parent
    }

    pub(crate) const fn tell(&self, _: &Parent, _: &Answered) {}

    pub(crate) const fn finish(&self) {}
}
