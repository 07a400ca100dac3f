//! `nabij search`: the query of the API, in the terminal.

use std::{io::Write, path::PathBuf};

use anyhow::{Result, bail};
use clap::Args;
use nabij_atlas::Atlas;
use nabij_engine::{Explanation, Hit, Index, Store};
use nabij_offering::Card;
use nabij_search_server::{Problem, Search, answer, parse};

use crate::tables::Tables;

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    tables: Tables,
    /// The folder of the index.
    #[arg(long, env = "NABIJ_INDEX", default_value = "index")]
    index: PathBuf,
    /// A Dutch postcode.
    #[arg(long, conflicts_with = "place")]
    postcode: Option<String>,
    /// A town or village.
    #[arg(long)]
    place: Option<String>,
    /// What to look for, in everyday words.
    #[arg(short)]
    q: Option<String>,
    /// `understood`, or `literal`: the words must occur as they stand.
    #[arg(long, default_value = "understood")]
    words: String,
    /// `distance`, or `relevance`: the best match first.
    #[arg(long, default_value = "distance")]
    sort: String,
    /// How far: `500m`, `5km`, or a number of metres.
    #[arg(long, value_parser = metres)]
    within: Option<f64>,
    /// formal, nonformal, informal or `practical_help`; several by comma.
    #[arg(long)]
    kind: Option<String>,
    /// language, digital, money and so on; several by comma.
    #[arg(long)]
    theme: Option<String>,
    /// How many to show.
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// The answer of the API instead of a table.
    #[arg(long)]
    json: bool,
    /// Say how the answer came about.
    #[arg(long)]
    explain: bool,
}

/// Reads `500m`, `5km` and a number of metres.
pub(crate) fn metres(text: &str) -> Result<f64, String> {
    let (number, factor) = match (text.strip_suffix("km"), text.strip_suffix('m')) {
        (Some(number), _) => (number, 1_000.0),
        (None, Some(number)) => (number, 1.0),
        (None, None) => (text, 1.0),
    };
    let number: f64 = number
        .trim()
        .parse()
        .map_err(|error| format!("{error}; write 500m, 5km or a number of metres"))?;
    Ok(number * factor)
}

/// The search that a query string asks for; all that is wrong with it is one error.
pub(crate) fn parsed(query_string: &str, atlas: &Atlas) -> Result<Search> {
    match parse(query_string, atlas) {
        Ok(search) => Ok(search),
        Err(Problem::InvalidParams(problems)) => {
            let problems: Vec<String> = problems
                .into_iter()
                .map(|problem| format!("{}: {}", problem.name, problem.reason))
                .collect();
            bail!("{}", problems.join("; "));
        }
        Err(problem) => Err(problem.into()),
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let atlas = arguments.tables.open()?;
    let index = Store::new(&arguments.index).open_current()?;
    let mut search = parsed(&arguments.query_string(), &atlas)?;
    let lexicon = arguments.tables.lexicon()?;
    search.understand(&lexicon, &atlas, &index);
    let (hits, explanation) = search.carry_out(&lexicon, &index, |prepared| {
        let (hits, explanation) = prepared.explain();
        (hits, Some(explanation))
    })?;
    let explanation = explanation.filter(|_| arguments.explain);
    let mut out = std::io::stdout().lock();
    if arguments.json {
        out.write_all(&answer(&index, &search, &hits, explanation.as_ref()))?;
        writeln!(out)?;
        return Ok(());
    }
    if let Some(widened) = search.widened {
        writeln!(
            out,
            "too little found, so this is wider: {}",
            widened.name().replace('_', " ")
        )?;
    }
    let near = search
        .location
        .map(|location| format!(" near {}", location.label))
        .unwrap_or_default();
    writeln!(out, "{} offerings{near}", hits.total.unwrap_or(0))?;
    for (at, hit) in (1..).zip(&hits.hits) {
        line(&mut out, &index, &format!("{at:>3}"), hit)?;
    }
    if let Some(explanation) = &explanation {
        explain(&mut out, explanation)?;
    }
    if !hits.area_wide.is_empty() {
        writeln!(out, "and {} for the whole area", hits.area_wide_total)?;
    }
    for hit in &hits.area_wide {
        line(&mut out, &index, "  *", hit)?;
    }
    Ok(())
}

impl Arguments {
    fn query_string(&self) -> String {
        let (within, limit) = (
            self.within.map(|metres| metres.to_string()),
            self.limit.to_string(),
        );
        let given = [
            ("postcode", self.postcode.as_deref()),
            ("place", self.place.as_deref()),
            ("q", self.q.as_deref()),
            ("words", Some(self.words.as_str())),
            ("sort", Some(self.sort.as_str())),
            ("radius", within.as_deref()),
            ("kind", self.kind.as_deref()),
            ("theme", self.theme.as_deref()),
            ("limit", Some(limit.as_str())),
        ];
        let given = given.into_iter().filter_map(|(name, value)| Some((name, value?)));
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(given)
            .finish()
    }
}

fn explain(out: &mut impl Write, explanation: &Explanation) -> Result<()> {
    let Explanation { plan, facts, .. } = explanation;
    writeln!(out, "plan: {plan}")?;
    writeln!(
        out,
        "{} runs with {} documents; words in {:?} documents",
        facts.runs, facts.in_runs, facts.frequencies
    )?;
    let (walked, postings, circles) = (explanation.walked, explanation.postings, explanation.rings);
    writeln!(
        out,
        "{walked} documents walked, {postings} postings read, {circles} circles, {} candidates",
        explanation.candidates
    )?;
    for (stage, time) in &explanation.stages {
        writeln!(out, "{stage}: {:.1} µs", time.as_secs_f64() * 1e6)?;
    }
    Ok(())
}

fn line(out: &mut impl Write, index: &Index, mark: &str, hit: &Hit) -> Result<()> {
    let mut json = Vec::new();
    index.push_card(hit.doc, &mut json);
    let card: Card<'_> = serde_json::from_slice(&json)?;
    let distance = hit
        .distance_m
        .map(|metres| format!("{:.1} km", metres / 1_000.0))
        .unwrap_or_default();
    let place = card.place.map(|place| format!("  ({place})")).unwrap_or_default();
    writeln!(
        out,
        "{mark} {distance:>9}  {:<14} {}{place}",
        card.kind.name(),
        card.title
    )?;
    Ok(())
}
