//! `nabij bench`: queries put to an index or a server, and how long they take.

mod clients;
mod compare;

use std::{
    io::{BufReader, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand, ValueEnum};
use fs_err as fs;
use nabij_analysis::{
    BenchReport, Client, Environment, IndexInfo, Load, Made, Plan, Until,
    queries::{Asked, BrokenLine, QueryFile, QueryFormat},
};
use nabij_atlas::Atlas;
use nabij_engine::Store;
use nabij_search_server::{Problem, Search, parse};

use crate::{clock, tables::Tables};
use clients::{InProcess, OverHttp};

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    subcommand: Option<Sub>,
    #[command(flatten)]
    measure: Measure,
}

#[derive(Subcommand)]
enum Sub {
    /// Say what changed from one measurement to another; fails if something became slower.
    Compare(compare::Arguments),
}

#[derive(Args)]
struct Measure {
    #[command(flatten)]
    tables: Tables,
    /// The queries: JSON Lines, CSV or topics of TREC. `nabij queries` makes them.
    #[arg(long, value_name = "FILE", required = true)]
    queries: Option<PathBuf>,
    /// The form of the queries; the ending of the file says it otherwise.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// The folder of the index, which is searched in this process.
    #[arg(long, env = "NABIJ_INDEX", default_value = "index")]
    index: PathBuf,
    /// The address of a server to ask instead: `http://127.0.0.1:8080`.
    #[arg(long)]
    url: Option<String>,
    /// How many ask at the same time.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=1024))]
    clients: u16,
    /// So many queries a second, whether or not answers have come; without it each client asks when it has its answer.
    #[arg(long, value_name = "PER_SECOND", value_parser = rate)]
    rate: Option<f64>,
    /// How long to measure: `10s`, `2m`.
    #[arg(long, default_value = "10s", value_parser = duration, conflicts_with = "count")]
    duration: Duration,
    /// How many queries to measure instead.
    #[arg(long)]
    count: Option<u64>,
    /// How long to ask before that, unmeasured.
    #[arg(long, default_value = "2s", value_parser = duration)]
    warm_up: Duration,
    /// Stop at the first line that is no query, instead of going on without it.
    #[arg(long)]
    strict: bool,
    /// Write the report as JSON, which `nabij bench compare` reads.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Write the report as CSV.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Write the report as one page with plots.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Jsonl,
    Csv,
    Trec,
}

fn duration(text: &str) -> Result<Duration, String> {
    let units = [("ms", 0.001), ("s", 1.0), ("m", 60.0)];
    let (number, factor) = units
        .into_iter()
        .find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, factor)))
        .unwrap_or((text, 1.0));
    let number: f64 = number
        .trim()
        .parse()
        .map_err(|error| format!("{error}; write 500ms, 10s or 2m"))?;
    if !(0.0..=86_400.0).contains(&(number * factor)) {
        return Err("must be from 0 to a day".to_owned());
    }
    Ok(Duration::from_secs_f64(number * factor))
}

fn rate(text: &str) -> Result<f64, String> {
    let rate: f64 = text
        .parse()
        .map_err(|error| format!("{error}; write a number a second"))?;
    if (0.001..=10_000_000.0).contains(&rate) {
        Ok(rate)
    } else {
        Err("must be from 0.001 to 10000000 a second".to_owned())
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    match &arguments.subcommand {
        Some(Sub::Compare(arguments)) => compare::run(arguments),
        None => arguments.measure.run(),
    }
}

/// Queries that were understood.
struct Understood {
    asked: Vec<Asked>,
    searches: Vec<Search>,
    broken: Vec<BrokenLine>,
}

impl Measure {
    fn run(&self) -> Result<()> {
        let atlas = self.tables.open()?;
        let queries = self.queries.as_deref().unwrap_or(Path::new(""));
        let understood = self.read(queries, &atlas)?;
        let mut environment = Environment::here(&format!("nabij {}", env!("CARGO_PKG_VERSION")));
        let report = if let Some(url) = &self.url {
            let client = || OverHttp::new(url, &understood.asked);
            environment.url = Some(url.clone());
            self.measure(
                queries,
                understood.broken.clone(),
                &understood.asked,
                environment,
                client,
            )?
        } else {
            let index = Store::new(&self.index)
                .open_current()
                .with_context(|| format!("{} cannot be read", self.index.display()))?;
            environment.index = Some(IndexInfo::new(index.number(), index.manifest()));
            let lexicon = self.tables.lexicon()?;
            let client = || InProcess {
                lexicon: &lexicon,
                atlas: &atlas,
                index: &index,
                searches: &understood.searches,
            };
            self.measure(
                queries,
                understood.broken.clone(),
                &understood.asked,
                environment,
                client,
            )?
        };
        self.write(&report)
    }

    /// Reads the queries; those that the API would refuse are broken too.
    fn read(&self, path: &Path, atlas: &Atlas) -> Result<Understood> {
        let format = match self.format {
            Some(Format::Jsonl) => QueryFormat::JsonLines,
            Some(Format::Csv) => QueryFormat::Csv,
            Some(Format::Trec) => QueryFormat::Trec,
            None => QueryFormat::of(path)
                .with_context(|| format!("{}: say with --format what it is", path.display()))?,
        };
        let file = QueryFile::read(BufReader::new(fs::File::open(path)?), format)?;
        let mut understood = Understood {
            asked: Vec::new(),
            searches: Vec::new(),
            broken: file.broken,
        };
        for asked in file.queries {
            match parse(&clients::query_string(&asked), atlas) {
                Ok(search) => {
                    understood.asked.push(asked);
                    understood.searches.push(search);
                }
                Err(problem) => understood.broken.push(BrokenLine {
                    line: asked.line,
                    reason: in_words(problem),
                }),
            }
        }
        understood.broken.sort_by_key(|broken| broken.line);
        let named =
            |broken: &BrokenLine| format!("{}, line {}: {}", path.display(), broken.line, broken.reason);
        if self.strict
            && let Some(first) = understood.broken.first()
        {
            bail!("{}", named(first));
        }
        for broken in &understood.broken {
            writeln!(std::io::stderr(), "{}", named(broken))?;
        }
        if understood.asked.is_empty() {
            bail!("{} holds no query that can be asked", path.display());
        }
        Ok(understood)
    }

    /// Takes the fingerprints, then measures.
    fn measure<C: Client>(
        &self,
        path: &Path,
        broken: Vec<BrokenLine>,
        asked: &[Asked],
        environment: Environment,
        client: impl Fn() -> C + Sync,
    ) -> Result<BenchReport> {
        let at = clock::now()?.timestamp();
        let mut names: Vec<(String, u64)> = Vec::new();
        let mut classes = Vec::with_capacity(asked.len());
        let mut first = client();
        for (number, asked) in asked.iter().enumerate() {
            let known = names.iter().position(|(name, _)| *name == asked.class);
            let class = known.unwrap_or_else(|| {
                names.push((asked.class.clone(), 0));
                names.len() - 1
            });
            classes.push(class);
            let found = match first.fingerprint(number) {
                Ok(found) => found,
                Err(error) if number == 0 => return Err(error).context("the first query was not answered"),
                Err(_) => 0,
            };
            if let Some((_, hash)) = names.get_mut(class) {
                // The order of the queries counts.
                *hash = hash.rotate_left(5).wrapping_mul(0x0100_0000_01b3) ^ found;
            }
        }
        let clients = usize::from(self.clients);
        let plan = Plan {
            load: match self.rate {
                Some(per_second) => Load::Open { clients, per_second },
                None => Load::Closed { clients },
            },
            warm_up: self.warm_up,
            until: self.count.map_or(Until::Elapsed(self.duration), Until::Asked),
        };
        Ok(BenchReport::from(Made {
            at,
            environment,
            queries: path.display().to_string(),
            query_count: asked.len(),
            broken,
            plan: &plan,
            classes: names,
            run: nabij_analysis::run(&plan, &classes, client),
        }))
    }

    fn write(&self, report: &BenchReport) -> Result<()> {
        let mut out = std::io::stdout().lock();
        writeln!(
            out,
            "{}: {} answers, {} not answered, {:.0} a second",
            report.load, report.all.answered, report.all.errors, report.throughput
        )?;
        writeln!(
            out,
            "{:<12} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}  fingerprint",
            "class", "answers", "p50 µs", "p90 µs", "p99 µs", "p99.9 µs", "most µs"
        )?;
        for (class, measured, fingerprint) in report.rows() {
            writeln!(
                out,
                "{class:<12} {:>9} {:>9.1} {:>9.1} {:>9.1} {:>9.1} {:>9.1}  {fingerprint}",
                measured.answered,
                measured.p50_us,
                measured.p90_us,
                measured.p99_us,
                measured.p999_us,
                measured.max_us
            )?;
        }
        for message in &report.messages {
            writeln!(std::io::stderr(), "not answered: {message}")?;
        }
        if let Some(path) = &self.json {
            fs::write(path, report.json()?)?;
        }
        if let Some(path) = &self.csv {
            report.csv(fs::File::create(path)?)?;
        }
        if let Some(path) = &self.html {
            fs::write(path, report.html()?)?;
        }
        Ok(())
    }
}

fn in_words(problem: Problem) -> String {
    match problem {
        Problem::InvalidParams(problems) => {
            let each = problems
                .into_iter()
                .map(|problem| format!("{}: {}", problem.name, problem.reason));
            each.collect::<Vec<_>>().join("; ")
        }
        problem => problem.to_string(),
    }
}
