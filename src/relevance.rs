//! `nabij relevance`: topics that people judged, put to the search of the server, and measured.

mod report;

use std::{
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use fs_err as fs;
use nabij_analysis::relevance::{
    Evaluation, comparison, evaluate,
    judgements::Judgements,
    topics::{self, Topic},
};
use nabij_atlas::Atlas;
use nabij_engine::{Index, Store};
use nabij_language::Lexicon;
use nabij_offering::Card;

use crate::{search::parsed, tables::Tables};

/// What each topic is asked with, unless a setting says otherwise.
const ASKED_WITH: [(&str, &str); 3] = [("sort", "relevance"), ("limit", "100"), ("words", "understood")];

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    tables: Tables,
    /// The folder of the index.
    #[arg(long, env = "NABIJ_INDEX", default_value = "index")]
    index: PathBuf,
    /// What is asked: topics in the format of TREC.
    #[arg(long)]
    topics: PathBuf,
    /// Which documents answer it: judgements in the format of TREC (qrels).
    #[arg(long)]
    judgements: PathBuf,
    /// Only the topics of one half: tune or test.
    #[arg(long, value_name = "HALF")]
    only: Option<String>,
    /// From which grade a document is relevant, for all but nDCG.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(i32).range(1..))]
    level: i32,
    /// Parameters of the API to ask with; sort=relevance and words=understood unless they say otherwise.
    #[arg(long, value_name = "PARAMETERS", default_value = "")]
    with: String,
    /// Other parameters to compare with, such as "words=literal".
    #[arg(long, value_name = "PARAMETERS", visible_alias = "compare")]
    against: Option<String>,
    /// How often the comparison draws lots.
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    samples: u32,
    /// Another seed draws other lots.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Write the answers as a run in the format of TREC.
    #[arg(long, value_name = "FILE")]
    run: Option<PathBuf>,
    /// Write the measures of each topic as CSV.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let topics = arguments.topics()?;
    let judgements = &arguments.judgements;
    let judgements = Judgements::read(&fs::read_to_string(judgements)?)
        .with_context(|| format!("{} cannot be used", judgements.display()))?;
    let asker = Asker {
        atlas: arguments.tables.open()?,
        lexicon: arguments.tables.lexicon()?,
        index: Store::new(&arguments.index).open_current()?,
    };
    let measure = |setting: &str| -> Result<Evaluation> {
        let parameters = parameters(setting)?;
        // A mistake in the setting is one error, not one a topic.
        parsed(&query_string("taal", &parameters), &asker.atlas)?;
        evaluate(&topics, &judgements, arguments.level, |topic| {
            asker.ask(topic, &parameters)
        })
    };
    let with = measure(&arguments.with)?;
    ensure!(
        !with.answered.is_empty(),
        "none of the {} topics has a document that was judged {} or higher; do topics and judgements belong together?",
        topics.len(),
        arguments.level
    );
    let against = arguments.against.as_deref().map(measure).transpose()?;
    if let Some(path) = &arguments.run {
        write_run(path, &with)?;
    }
    let against = arguments.against.as_deref().zip(against.as_ref());
    if let Some(path) = &arguments.csv {
        report::csv(path, (&arguments.with, &with), against)?;
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    report::topics(&mut out, &with, against.map(|(_, against)| against))?;
    report::means(&mut out, &with)?;
    if let Some((setting, against)) = against {
        let compared = comparison::compare(&with, against, arguments.samples, arguments.seed)
            .context("the two settings were not measured on the same topics")?;
        report::comparison(&mut out, (&arguments.with, setting), &compared)?;
    }
    out.flush()?;
    report::left_out(&with)
}

impl Arguments {
    fn topics(&self) -> Result<Vec<Topic>> {
        let path = self.topics.display();
        let mut topics = topics::read(&fs::read_to_string(&self.topics)?)
            .with_context(|| format!("{path} cannot be used"))?;
        if let Some(half) = &self.only {
            topics.retain(|topic| topic.half == *half);
            ensure!(!topics.is_empty(), "no topic of {path} says <half>{half}</half>");
        }
        Ok(topics)
    }
}

/// What topics are asked with: the parameters of a setting, and [`ASKED_WITH`] where it says nothing.
fn parameters(setting: &str) -> Result<Vec<(String, String)>> {
    let given: Vec<(String, String)> = form_urlencoded::parse(setting.as_bytes()).into_owned().collect();
    if given.iter().any(|(name, _)| name == "q") {
        bail!("`q` cannot be set: it is the title of each topic");
    }
    let standard = ASKED_WITH
        .iter()
        .filter(|(name, _)| given.iter().all(|(of, _)| of != name));
    let standard = standard.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Ok(standard.chain(given.clone()).collect())
}

fn query_string(text: &str, parameters: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("q", text)
        .extend_pairs(parameters)
        .finish()
}

/// Asks as the server does: the same words, the same limits, the same index.
struct Asker {
    atlas: Atlas,
    lexicon: Lexicon,
    index: Index,
}

impl Asker {
    /// The identifiers of the offerings with a place, in the order of the answer; none for a topic that the server
    /// refuses, which is told. Those for a whole area are a list of
    /// their own without an order, and no part of what is measured.
    fn ask(&self, topic: &Topic, parameters: &[(String, String)]) -> Result<Vec<String>> {
        let mut search = match parsed(&query_string(&topic.title, parameters), &self.atlas) {
            Ok(search) => search,
            Err(error) => {
                let (number, title) = (&topic.number, &topic.title);
                writeln!(
                    std::io::stderr(),
                    "nabij: topic {number} (`{title}`) finds nothing, for it cannot be asked: {error:#}"
                )?;
                return Ok(Vec::new());
            }
        };
        search.understand(&self.lexicon, &self.atlas, &self.index);
        let (hits, _) = search.carry_out(&self.lexicon, &self.index, |prepared| (prepared.answer(), None))?;
        let ids = hits.hits.iter().map(|hit| {
            let mut json = Vec::new();
            self.index.push_card(hit.doc, &mut json);
            let card: Card<'_> = serde_json::from_slice(&json)?;
            Ok(card.id.into_owned())
        });
        ids.collect()
    }
}

/// Topic, `Q0`, document, rank, score, and the name of the run. The score only says the order: some programs read that.
fn write_run(path: &Path, evaluation: &Evaluation) -> Result<()> {
    let mut out = BufWriter::new(fs::File::create(path)?);
    for answered in &evaluation.answered {
        let number = &answered.topic.number;
        for (rank, id) in (1..).zip(&answered.answer) {
            ensure!(
                !id.contains(char::is_whitespace),
                "`{id}` cannot stand in a run: the format has no way to write a space"
            );
            let score = answered.answer.len() + 1 - rank;
            writeln!(out, "{number} Q0 {id} {rank} {score} nabij")?;
        }
    }
    Ok(out.flush()?)
}
