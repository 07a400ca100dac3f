//! Who may ask for a profile's data: websites by their origin, programs by their key, within a period and a budget.
//!
//! What comes from a page of our own needs neither. An answer may be read by scripts of the websites that the profile
//! names and of no other; nothing of the visitor goes along, so no credentials are allowed.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use chrono::NaiveDateTime;
use nabij_profile::{Profile, Refusal};

use crate::{problem::Problem, state::App};

/// Lets a request of the API through if it needs no profile, or if the profile may be asked.
pub(crate) async fn admit(app: Arc<App>, mut request: Request, next: Next) -> Response {
    let Some(id) = named(&request) else {
        return next.run(request).await;
    };
    let profiles = app.variants.profiles();
    let outcome = profiles.get(&id).ok_or(Refusal::Unknown).and_then(|profile| {
        let outcome = may_ask(&app, profile, &request);
        app.variants.accounts.count(&profile.id, outcome.err());
        outcome.map(|()| Arc::clone(profile))
    });
    let origin = origin(request.headers()).map(str::to_owned);
    let readable_by = origin.filter(|origin| profiles.get(&id).is_some_and(|profile| profile.allows(origin)));
    let response = match outcome {
        Err(refusal) => {
            let national = national(&app, profiles.get(&id).map(Arc::as_ref), request.headers());
            Problem::Refused { refusal, national }.into_response()
        }
        Ok(_) if request.method() == Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
        Ok(profile) => {
            request.extensions_mut().insert(profile);
            next.run(request).await
        }
    };
    readable(response, readable_by.as_deref())
}

/// Which profile a request is for: `/v1/profiles/{id}`, or `profile=` in the query.
fn named(request: &Request) -> Option<String> {
    let uri = request.uri();
    if let Some(id) = uri.path().strip_prefix("/v1/profiles/") {
        return Some(id.to_owned());
    }
    let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let mut named = pairs.filter(|(name, _)| name == "profile");
    named.next().map(|(_, id)| id.into_owned())
}

/// The address of the national site.
pub(crate) fn national(app: &App, profile: Option<&Profile>, headers: &HeaderMap) -> String {
    let own = profile.and_then(|profile| profile.national.clone());
    own.unwrap_or_else(|| app.site.absolute("/", headers))
}

fn may_ask(app: &App, profile: &Profile, request: &Request) -> Result<(), Refusal> {
    let now = app.now();
    profile.licensed(now.date())?;
    let licence = profile.licence.as_ref().ok_or(Refusal::NoLicence)?;
    let headers = request.headers();
    match origin(headers) {
        _ if is_own(headers) => {}
        Some(origin) if profile.allows(origin) => {}
        Some(_) => return Err(Refusal::Origin),
        // What a profile says of itself is public.
        None if request.uri().path().starts_with("/v1/profiles/") => {}
        None => {
            let key = key(headers).ok_or(Refusal::Key)?;
            if !licence.key.admits(key.as_bytes()) {
                return Err(Refusal::Key);
            }
        }
    }
    let within = app
        .variants
        .accounts
        .spend(&profile.id, licence.requests_per_minute, now);
    if within { Ok(()) } else { Err(Refusal::Budget) }
}

/// The website whose script asks; a browser says so by itself.
fn origin(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ORIGIN)?.to_str().ok()
}

/// Whether a page of our own asks.
fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, own)| own == host),
        (None, _) => text("sec-fetch-site") == Some("same-origin"),
        (Some(_), None) => false,
    }
}

/// The key of a library's server: `Authorization: Bearer KEY`.
fn key(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(key.trim())
}

/// Lets scripts of one origin read an answer, and says to caches that it depends on the origin.
fn readable(mut response: Response, origin: Option<&str>) -> Response {
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    let Some(origin) = origin.and_then(|origin| HeaderValue::from_str(origin).ok()) else {
        return response;
    };
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "accept"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, "retry-after"),
        (header::ACCESS_CONTROL_MAX_AGE, "600"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// What each profile was asked since the server started, and what it may still ask in this minute.
#[derive(Debug, Default)]
pub(crate) struct Accounts(Mutex<HashMap<String, Account>>);

/// The account of one profile.
#[derive(Debug, Clone, Default)]
pub(crate) struct Account {
    /// How many requests were let through.
    pub(crate) answered: u64,
    /// How many were not, in the order of [`Refusal::ALL`].
    pub(crate) refused: [u64; Refusal::ALL.len()],
    bucket: Option<Bucket>,
}

impl Account {
    /// What came of how many requests.
    pub(crate) fn outcomes(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let names = Refusal::ALL.iter().map(|refusal| refusal.name());
        std::iter::once(("answered", self.answered)).chain(names.zip(self.refused))
    }
}

/// A token bucket: it holds the requests of a minute, and fills evenly.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    tokens: f64,
    filled: NaiveDateTime,
}

impl Bucket {
    /// Takes a token out, if there is one.
    fn take(&mut self, a_minute: u32, now: NaiveDateTime) -> bool {
        let most = f64::from(a_minute);
        // A clock that is set back fills nothing.
        let passed = (now - self.filled).to_std().unwrap_or_default();
        self.tokens = (self.tokens + passed.as_secs_f64() / 60.0 * most).min(most);
        self.filled = now;
        let enough = self.tokens >= 1.0;
        if enough {
            self.tokens -= 1.0;
        }
        enough
    }
}

impl Accounts {
    fn with<T>(&self, id: &str, change: impl FnOnce(&mut Account) -> T) -> T {
        // Who panicked with the lock left at most a count a little wrong.
        let mut accounts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(account) = accounts.get_mut(id) {
            return change(account);
        }
        change(accounts.entry(id.to_owned()).or_default())
    }

    /// Counts a request that was let through or refused.
    pub(crate) fn count(&self, id: &str, refused: Option<Refusal>) {
        self.with(id, |account| match refused {
            None => account.answered += 1,
            Some(refusal) => {
                let places = Refusal::ALL.iter().zip(&mut account.refused);
                places
                    .filter(|(known, _)| **known == refusal)
                    .for_each(|(_, count)| *count += 1);
            }
        });
    }

    /// Takes a request from the budget, if there is one left.
    fn spend(&self, id: &str, a_minute: u32, now: NaiveDateTime) -> bool {
        self.with(id, |account| {
            let full = Bucket {
                tokens: f64::from(a_minute),
                filled: now,
            };
            account.bucket.get_or_insert(full).take(a_minute, now)
        })
    }

    /// All accounts as they are now.
    pub(crate) fn all(&self) -> Vec<(String, Account)> {
        let accounts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let all = accounts.iter().map(|(id, account)| (id.clone(), account.clone()));
        all.collect()
    }

    /// The account of a profile as it is now.
    pub(crate) fn of(&self, id: &str) -> Account {
        self.with(id, |account| account.clone())
    }
}

/// What an editor is told: what is the matter, and what to do.
pub(crate) fn words(refusal: Refusal) -> (&'static str, &'static str) {
    match refusal {
        Refusal::Unknown => (
            "Dit profiel bestaat niet",
            "Kijk of de naam van het profiel goed is geschreven, of vraag de beheerder van Nabij.",
        ),
        Refusal::NoLicence => (
            "Dit profiel heeft geen licentie",
            "Vraag de beheerder van Nabij om een licentie. Tot die tijd werkt de landelijke site.",
        ),
        Refusal::NotYet => (
            "De licentie is nog niet begonnen",
            "De licentie van dit profiel geldt vanaf een latere dag. Tot die tijd werkt de landelijke site.",
        ),
        Refusal::Expired => (
            "De licentie is afgelopen",
            "Vraag de beheerder van Nabij om de licentie te verlengen. Tot die tijd werkt de landelijke site.",
        ),
        Refusal::Origin => (
            "Deze website staat niet in het profiel",
            "Vraag de beheerder van Nabij om het adres van de website bij `origins` te zetten. Schrijf het adres zoals de browser het toont, met https.",
        ),
        Refusal::Key => (
            "De sleutel ontbreekt of is niet goed",
            "Stuur de sleutel van de licentie mee: Authorization: Bearer SLEUTEL. Een widget op een website heeft geen sleutel nodig.",
        ),
        Refusal::Budget => (
            "Er zijn te veel vragen in deze minuut",
            "Wacht even. Gebeurt dit vaker, vraag dan de beheerder van Nabij om meer ruimte in de licentie.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> NaiveDateTime {
        let start: NaiveDateTime = "2026-11-24T10:00:00".parse().unwrap();
        start + chrono::Duration::seconds(seconds)
    }

    #[test]
    fn a_budget_is_spent_and_fills_again() {
        let accounts = Accounts::default();
        let spent = |seconds: i64, times: usize| {
            (0..times)
                .filter(|_| accounts.spend("a", 60, at(seconds)))
                .count()
        };
        assert_eq!(spent(0, 100), 60);
        assert_eq!(spent(10, 100), 10);
        // A clock that goes back gives nothing, and an hour of rest gives a minute's worth.
        assert_eq!(spent(5, 10), 0);
        assert_eq!(spent(3_600, 100), 60);
        assert!(accounts.spend("b", 1, at(0)), "each has its own");
    }

    #[test]
    fn requests_are_counted_by_what_became_of_them() {
        let accounts = Accounts::default();
        accounts.count("a", None);
        accounts.count("a", Some(Refusal::Origin));
        accounts.count("a", Some(Refusal::Origin));
        let account = accounts.of("a");
        assert_eq!((account.answered, account.refused), (1, [0, 0, 0, 0, 2, 0, 0]));
    }

    #[test]
    fn a_page_of_our_own_is_known_by_its_origin_or_by_what_the_browser_says() {
        let own = |pairs: &[(&'static str, &str)]| {
            let headers = pairs
                .iter()
                .map(|(name, value)| ((*name).parse().unwrap(), value.parse().unwrap()));
            is_own(&headers.collect::<HeaderMap>())
        };
        assert!(own(&[("origin", "https://nabij.nl"), ("host", "nabij.nl")]));
        assert!(own(&[("host", "nabij.nl"), ("sec-fetch-site", "same-origin")]));
        for stranger in [
            &[("host", "nabij.nl")][..],
            &[("host", "nabij.nl"), ("sec-fetch-site", "cross-site")],
            &[
                ("origin", "https://x.nl"),
                ("host", "nabij.nl"),
                ("sec-fetch-site", "same-origin"),
            ],
            &[("origin", "null"), ("host", "nabij.nl")],
            &[("origin", "https://nabij.nl.x.nl"), ("host", "nabij.nl")],
        ] {
            assert!(!own(stranger), "{stranger:?}");
        }
    }

    #[test]
    fn every_refusal_has_words_of_its_own() {
        let titles: std::collections::HashSet<_> =
            Refusal::ALL.iter().map(|refusal| words(*refusal).0).collect();
        assert_eq!(titles.len(), Refusal::ALL.len());
    }
}
