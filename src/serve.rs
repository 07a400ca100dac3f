//! `nabij serve`: the search server.

pub(crate) mod doctor;
mod front;
mod panics;
mod replica;

use std::{
    io::{IsTerminal, Write},
    net::SocketAddr,
    num::NonZero,
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use nabij_atlas::Atlas;
use nabij_engine::{KEPT_GENERATIONS, Store};
use nabij_search_server::{App, Corrections, Demand, Site, Tiles, TokenHash, serve, watch};
use tokio::signal::unix::{Signal, SignalKind, signal};

use self::front::FrontArguments;
use crate::{clock, queries::read_population, tables::Tables};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    tables: Tables,
    /// The folder of the index.
    #[arg(long, env = "NABIJ_INDEX")]
    index: PathBuf,
    /// Address and port to listen on; port 0 takes any that is free.
    #[arg(long, env = "NABIJ_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The SHA-256 of the token that opens `/beheer/kwaliteit`, in hexadecimal; without it there is no such page.
    #[arg(long, env = "NABIJ_OPERATOR_TOKEN_SHA256", value_name = "HASH")]
    operator_token_sha256: Option<TokenHash>,
    /// Where `nabij index` writes its report; by default `report.json` in the folder of the index.
    #[arg(long, env = "NABIJ_REPORT")]
    report: Option<PathBuf>,
    /// A folder of profiles: what libraries set for their own pages and widgets. It is read again when it changes.
    #[arg(long, env = "NABIJ_PROFILES", value_name = "DIR")]
    profiles: Option<PathBuf>,
    #[command(flatten)]
    replica: replica::ReplicaArguments,
    /// With `--from`: how many generations to keep, the one in use included.
    #[arg(long, env = "NABIJ_KEEP", value_name = "N", default_value_t = KEPT_GENERATIONS)]
    keep: NonZero<usize>,
    #[command(flatten)]
    site: SiteArguments,
    #[command(flatten)]
    front: FrontArguments,
    /// How to write the log.
    #[arg(long, env = "NABIJ_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    log_format: LogFormat,
}

/// How long is waited for what still runs when all is over.
const LAST_WAIT: Duration = Duration::from_secs(1);

/// The tiles of PDOK (<https://www.pdok.nl>), free to use under CC BY 4.0.
const PDOK: &str = "https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/{layer}/EPSG:3857/{z}/{x}/{y}.png";

/// What is set for the pages.
#[derive(Args)]
struct SiteArguments {
    /// The address under which visitors know the site, for links on paper: `https://nabij.example`.
    #[arg(long, env = "NABIJ_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
    /// Whom visitors tell when a page does not work for them, as the accessibility statement says it.
    #[arg(long, env = "NABIJ_CONTACT", value_name = "WORDS")]
    contact: Option<String>,
    /// Where the tiles of the map come from, with `{layer}`, `{z}`, `{x}` and `{y}`; `pdok` for those of PDOK. Without
    /// it the map shows neighbourhoods and names of places.
    #[arg(long, env = "NABIJ_TILES", value_name = "URL", requires = "tile_cache")]
    tiles: Option<String>,
    /// A folder to keep tiles in.
    #[arg(long, env = "NABIJ_TILE_CACHE", value_name = "DIR")]
    tile_cache: Option<PathBuf>,
    /// How large that folder may become, in megabytes.
    #[arg(long, env = "NABIJ_TILE_CACHE_MB", value_name = "MB", default_value_t = 500)]
    tile_cache_mb: u64,
    /// A folder for what visitors say is wrong; without it they are not asked.
    #[arg(long, env = "NABIJ_CORRECTIONS", value_name = "DIR")]
    corrections: Option<PathBuf>,
    /// A CSV file with `postcode` and `inhabitants`, for `/analyse/dekking`; without it every postcode weighs the same.
    #[arg(long, env = "NABIJ_POPULATION", value_name = "FILE")]
    population: Option<PathBuf>,
    /// A file for the daily totals of what is asked: counts by postcode and theme, none below 10. Without it nothing is
    /// counted.
    #[arg(long, env = "NABIJ_DEMAND", value_name = "FILE")]
    demand: Option<PathBuf>,
}

impl SiteArguments {
    fn open(&self, atlas: &Atlas) -> Result<Site> {
        Ok(Site {
            clock: clock::moment,
            public_url: self.public_url.clone(),
            contact: self.contact.clone(),
            tiles: self.tiles()?,
            corrections: self.corrections.clone().map(Corrections::open).transpose()?,
            population: self
                .population
                .as_ref()
                .map(|path| read_population(path, atlas))
                .transpose()?,
            demand: self.demand.clone().map(Demand::open).transpose()?,
        })
    }

    fn tiles(&self) -> Result<Option<Tiles>> {
        let (source, folder) = match (&self.tiles, &self.tile_cache) {
            (Some(source), Some(folder)) => (source, folder),
            (None, _) => return Ok(None),
            // Of a flag clap sees to it; what stands in the settings file has no such guard.
            (Some(_), None) => bail!("tiles are set and tile_cache is not; name a folder to keep them in"),
        };
        let source = if source == "pdok" { PDOK } else { source };
        let most_bytes = self.tile_cache_mb.saturating_mul(1_000_000);
        Ok(Some(Tiles::open(source.to_owned(), folder.clone(), most_bytes)?))
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let log = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_max_level(tracing::Level::INFO);
    match arguments.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
    panics::say_only_where();
    clock::now()?;
    let (atlas, lexicon) = (arguments.tables.open()?, arguments.tables.lexicon()?);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    // What waits for signals and timers needs to know the runtime.
    let _entered = runtime.enter();
    let store = Store::new(&arguments.index).keeping(arguments.keep);
    let mut following = arguments.replica.open(&store)?;
    let index = replica::first(&store, following.as_mut(), &runtime)?;
    let offerings = index.manifest().counts.offerings();
    tracing::info!(generation = index.number(), offerings, "index opened");
    let report = arguments
        .report
        .clone()
        .unwrap_or_else(|| arguments.index.join("report.json"));
    let site = arguments.site.open(&atlas)?;
    let app = Arc::new(
        App::new(atlas, lexicon, store, index, site)
            .with_operator(arguments.operator_token_sha256, report.with_extension("html"))
            .with_profiles(arguments.profiles.clone()),
    );
    let hangup = signal(SignalKind::hangup())?;
    let outcome = runtime.block_on(async {
        let front = arguments.front.open(report).await?;
        let listener = front::listen(arguments.listen, "--listen").await?;
        let scheme = if front.tls.is_some() { "https" } else { "http" };
        writeln!(std::io::stdout(), "{scheme}://{}", listener.local_addr()?)?;
        tokio::spawn(watch(Arc::clone(&app)));
        tokio::spawn(look_when_asked(hangup, Arc::clone(&app)));
        if let Some(following) = following {
            tokio::spawn(replica::follow(following, Arc::clone(&app)));
        }
        serve(listener, app, front, stop()?).await;
        tracing::info!("stopped");
        Ok(())
    });
    // Requests that were cut off end here, and what looks for a new index.
    runtime.shutdown_timeout(LAST_WAIT);
    outcome
}

/// Looks for a new index whenever the system says SIGHUP.
async fn look_when_asked(mut hangup: Signal, app: Arc<App>) {
    while hangup.recv().await.is_some() {
        app.look_now();
    }
}

/// Done when somebody presses ctrl-c or the system asks to stop.
fn stop() -> Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
