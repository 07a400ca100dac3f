//! `/plek/{id}/meld`: is something not right? A message for the editor, without a name and without a third party.

use std::sync::Arc;

use askama::Template;
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use nabij_offering::Offering;

use super::{
    asked::{Asked, path_of_offering},
    frame::Frame,
    messages::Messages,
    missing, page,
    record::record,
};
use crate::{
    corrections::{Correction, CorrectionError, LONGEST_CONTACT, LONGEST_MESSAGE},
    problem::Problem,
    state::App,
};

#[derive(Template)]
#[template(path = "correction.html")]
struct CorrectionPage {
    frame: Frame,
    title: String,
    form: Form,
    state: FormState,
    action: String,
    back: String,
    longest_message: usize,
    longest_contact: usize,
}

/// What was filled in.
#[derive(Default)]
struct Form {
    message: String,
    contact: String,
    /// A field that people do not see and programs fill in.
    trap: String,
}

enum FormState {
    Asked,
    Refused { error: String },
    Taken,
}

impl Form {
    fn read(body: &[u8]) -> Self {
        let mut form = Self::default();
        for (name, value) in form_urlencoded::parse(body) {
            let value = value.trim();
            match name.as_ref() {
                "message" => value.clone_into(&mut form.message),
                "contact" => value.clone_into(&mut form.contact),
                "website" => value.clone_into(&mut form.trap),
                _ => {}
            }
        }
        form
    }

    /// The message that says what is wrong with what was filled in.
    fn problem(&self) -> Option<&'static str> {
        if self.message.is_empty() {
            Some("correction-empty")
        } else if self.message.chars().count() > LONGEST_MESSAGE {
            Some("correction-too-long")
        } else if self.contact.chars().count() > LONGEST_CONTACT {
            Some("correction-contact-too-long")
        } else {
            None
        }
    }
}

/// `GET /plek/{id}/meld`
pub(crate) async fn correction(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    match record(&app, &app.index(), &asked, &id)? {
        Some(offering) if app.site.corrections.is_some() => Ok(form_page(
            StatusCode::OK,
            &asked,
            &offering,
            Form::default(),
            FormState::Asked,
        )),
        _ => Ok(missing(&asked)),
    }
}

/// `POST /plek/{id}/meld`
pub(crate) async fn send_correction(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    asked: Asked,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let (Some(offering), Some(queue)) = (record(&app, &app.index(), &asked, &id)?, &app.site.corrections)
    else {
        return Ok(missing(&asked));
    };
    let form = Form::read(&body);
    let refuse = |status, key: &str, form| {
        let error = Messages(asked.language).say(key).into_owned();
        Ok(form_page(
            status,
            &asked,
            &offering,
            form,
            FormState::Refused { error },
        ))
    };
    if let Some(key) = form.problem() {
        return refuse(StatusCode::BAD_REQUEST, key, form);
    }
    // A program that fills in every field, or another site that sends its visitors, is thanked and not heard.
    if form.trap.is_empty() && is_from_here(&headers) {
        let correction = Correction {
            at: (app.site.clock)(),
            offering: &offering.id,
            title: &offering.title,
            message: &form.message,
            contact: &form.contact,
        };
        match queue.add(&correction) {
            Ok(()) => {}
            Err(error @ CorrectionError::TooMany) => {
                tracing::warn!(%error, "a correction was turned away");
                return refuse(StatusCode::TOO_MANY_REQUESTS, "correction-busy", form);
            }
            Err(error @ CorrectionError::Io(_)) => {
                let _logged = Problem::internal(&error);
                return refuse(StatusCode::SERVICE_UNAVAILABLE, "correction-busy", form);
            }
        }
    }
    Ok(form_page(
        StatusCode::OK,
        &asked,
        &offering,
        Form::default(),
        FormState::Taken,
    ))
}

/// Whether the form was sent from our own page, as far as the browser says.
fn is_from_here(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-site")
        .is_none_or(|site| site == "same-origin")
}

fn form_page(
    status: StatusCode,
    asked: &Asked,
    offering: &Offering,
    form: Form,
    state: FormState,
) -> Response {
    let correction = CorrectionPage {
        frame: Frame::new(asked, &path_of_offering(&offering.id, "/meld")),
        title: offering.title.clone(),
        form,
        state,
        action: asked.link_to_offering(&offering.id, "/meld"),
        back: asked.link_to_offering(&offering.id, ""),
        longest_message: LONGEST_MESSAGE,
        longest_contact: LONGEST_CONTACT,
    };
    page(status, &correction)
}
