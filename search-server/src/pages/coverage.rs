//! `/analyse/dekking`: how near offerings are to everybody, for analysts: a map, and a table that can be sorted and
//! taken along as CSV. In Dutch only, with the words of policy. The whole state stands in the address.

mod choices;
mod table;

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use nabij_analysis::{
    coverage::{Coverage, DISTANCES_KM, Selection, Summary, dots},
    words::{kilometres, tenths, whole},
};
use nabij_offering::{Kind, Theme};

use self::{choices::Choices, table::Table};
use super::{asked::Asked, frame::Frame, messages::Messages, missing::missing, page};
use crate::{problem::Problem, state::App};

/// How many rows of the table stand on a page.
const ROWS: usize = 100;
/// What people are counted by fewer than this is not told.
const LEAST: f64 = 10.0;

#[derive(Template)]
#[template(path = "coverage.html")]
struct Page<'a> {
    frame: Frame,
    heading: String,
    people: &'static str,
    /// The country in four figures, each with its words.
    figures: Vec<(String, String)>,
    themes: Vec<Choice>,
    kinds: Vec<Choice>,
    distances: Vec<Choice>,
    levels: Vec<Choice>,
    map: String,
    csv: String,
    head: Vec<Head>,
    rows: &'a [Vec<table::Cell>],
    previous: Option<String>,
    next: Option<String>,
    distance_bins: Vec<(String, String)>,
}

/// An option of a field.
struct Choice {
    value: String,
    words: String,
    chosen: bool,
}

/// The head of a column: a link that sorts by it.
struct Head {
    words: String,
    link: String,
    /// `ascending` or `descending` if the table is sorted by it.
    order: Option<&'static str>,
    number: bool,
}

/// `/analyse/dekking`
pub(crate) async fn coverage(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    asked: Asked,
) -> Response {
    // Figures of the whole country are no page of a library.
    if asked.variant.is_some() {
        return missing(&asked);
    }
    let choices = Choices::read(query.as_deref());
    let coverage = measured(&app, &choices);
    let has_population = app.site.population.is_some();
    let table = Table::new(&coverage, &choices, has_population);
    let pages = table.rows.chunks(ROWS).collect::<Vec<_>>();
    let at = choices.page.min(pages.len().saturating_sub(1));
    let turn = |page: usize| {
        choices
            .with(|choices| choices.page = page)
            .link("/analyse/dekking")
    };
    let mut frame = Frame::new(&Asked::default(), "/analyse/dekking");
    frame.translations.clear();
    let summary = Summary::new(&coverage, 0);
    let people = people(has_population);
    let content = Page {
        heading: choices.selection.in_dutch(),
        figures: figures(&frame, &summary, &choices, people),
        themes: options(
            Theme::ALL,
            choices.selection.theme,
            |theme| Selection { theme, kind: None }.theme_in_dutch(),
            Theme::name,
        ),
        kinds: options(
            Kind::ALL,
            choices.selection.kind,
            |kind| Selection { theme: None, kind }.kind_in_dutch(),
            Kind::name,
        ),
        distances: choices.distances(),
        levels: choices.levels(&frame),
        map: choices.link("/analyse/dekking/kaart.svg"),
        csv: choices.link("/analyse/dekking.csv"),
        head: head(&table, &choices, &frame, has_population),
        rows: pages.get(at).copied().unwrap_or_default(),
        previous: (at > 0).then(|| turn(at - 1)),
        next: (at + 1 < pages.len()).then(|| turn(at + 1)),
        distance_bins: bins(&frame, &summary, has_population),
        people,
        frame,
    };
    page(StatusCode::OK, &content)
}

/// `/analyse/dekking.csv`: the table whole, as it is sorted.
pub(crate) async fn coverage_csv(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    if asked.variant.is_some() {
        return Err(Problem::NotFound);
    }
    let choices = Choices::read(query.as_deref());
    let table = Table::new(&measured(&app, &choices), &choices, app.site.population.is_some());
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"dekking.csv\"",
        ),
    ];
    Ok((headers, table.csv()).into_response())
}

/// `/analyse/dekking/kaart.svg`
pub(crate) async fn coverage_map(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    if asked.variant.is_some() {
        return Err(Problem::NotFound);
    }
    let coverage = measured(&app, &Choices::read(query.as_deref()));
    let points = coverage
        .of(0)
        .map(|(origin, reach)| (origin.position, reach.nearest_m[0]));
    let svg = dots("", &points.collect::<Vec<_>>());
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response())
}

fn measured(app: &App, choices: &Choices) -> Arc<Coverage> {
    app.measured.coverage(app, choices.selection, choices.within_km)
}

fn people(has_population: bool) -> &'static str {
    if has_population { "inwoners" } else { "postcodes" }
}

/// The first option is any.
fn options<T: Copy + PartialEq>(
    all: &[T],
    chosen: Option<T>,
    words: impl Fn(Option<T>) -> &'static str,
    name: impl Fn(T) -> &'static str,
) -> Vec<Choice> {
    let values = std::iter::once(None).chain(all.iter().copied().map(Some));
    values
        .map(|value| Choice {
            value: value.map_or_else(String::new, |value| name(value).to_owned()),
            words: words(value).to_owned(),
            chosen: value == chosen,
        })
        .collect()
}

/// A number of people as it may be told.
fn told(weight: f64, has_population: bool) -> String {
    if has_population && weight > 0.0 && weight < LEAST {
        "minder dan 10".to_owned()
    } else {
        whole(weight)
    }
}

fn figures(
    frame: &Frame,
    summary: &Summary,
    choices: &Choices,
    people: &'static str,
) -> Vec<(String, String)> {
    let fill = |key: &str| {
        let args = [
            ("people", people.into()),
            ("km", choices.within_km.to_string().into()),
        ];
        Messages(frame.language).fill(key, &args)
    };
    vec![
        (
            format!("{} %", tenths(summary.percent_without())),
            fill("coverage-without"),
        ),
        (
            told(summary.weight_without, people == "inwoners"),
            fill("coverage-count-without"),
        ),
        (
            format!("{} km", kilometres(summary.median_nearest_m)),
            fill("coverage-median"),
        ),
        (tenths(summary.mean_within), fill("coverage-mean")),
    ]
}

/// How many live further than each distance.
fn bins(frame: &Frame, summary: &Summary, has_population: bool) -> Vec<(String, String)> {
    let further = DISTANCES_KM.iter().zip(summary.further);
    further
        .map(|(km, weight)| {
            let words = Messages(frame.language).fill("coverage-further", &[("km", km.to_string().into())]);
            (words, told(weight, has_population))
        })
        .collect()
}

fn head(table: &Table, choices: &Choices, frame: &Frame, has_population: bool) -> Vec<Head> {
    let column = |(at, key): (usize, &&'static str)| {
        let sorted = choices.column == at;
        let turned = sorted && !choices.descending;
        let link = choices.with(|choices| {
            choices.column = at;
            choices.descending = turned;
            choices.page = 0;
        });
        Head {
            words: match *key {
                "coverage-people" if !has_population => frame.say("coverage-weight").into_owned(),
                key => frame.say(key).into_owned(),
            },
            link: link.link("/analyse/dekking"),
            order: sorted.then_some(if choices.descending {
                "descending"
            } else {
                "ascending"
            }),
            number: at >= table.names,
        }
    };
    table.columns.iter().enumerate().map(column).collect()
}
