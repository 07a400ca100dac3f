//! `nabij publish`: the generation in use, brought to a storage from which servers serve.

use std::{io::Write, num::NonZero, path::PathBuf};

use anyhow::Result;
use clap::Args;
use nabij_engine::{KEPT_GENERATIONS, Store};
use nabij_replication::{Publication, Storage};

use crate::clock;

#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder of the index.
    #[arg(long, env = "NABIJ_INDEX")]
    index: PathBuf,
    /// Where to: `s3://BUCKET/PREFIX`, `az://CONTAINER/PREFIX`, `gs://BUCKET/PREFIX` or `file:///FOLDER`. Credentials
    /// come from the environment.
    #[arg(long, env = "NABIJ_PUBLISH_TO", value_name = "URL")]
    to: String,
    /// How many generations to keep there, the new one included.
    #[arg(long, env = "NABIJ_KEEP", value_name = "N", default_value_t = KEPT_GENERATIONS)]
    keep: NonZero<usize>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let storage = Storage::open(&arguments.to)?;
    let store = Store::new(&arguments.index);
    let now = clock::now()?.timestamp();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let published = runtime.block_on(async {
        let publication = Publication::prepare(&storage, &store).await?;
        publication.point(arguments.keep, now).await
    })?;
    let sequence = published.sequence;
    if published.bytes == 0 {
        writeln!(
            std::io::stdout(),
            "{storage} has this generation in use already, as number {sequence}"
        )?;
    } else {
        let megabytes = published.bytes.div_ceil(100_000);
        let (whole, tenth) = (megabytes / 10, megabytes % 10);
        writeln!(
            std::io::stdout(),
            "published to {storage} as number {sequence}: {whole}.{tenth} MB"
        )?;
    }
    if let Err(error) = published.removed {
        writeln!(
            std::io::stderr(),
            "nabij: it is in use, but older generations could not be removed: {error}"
        )?;
    }
    Ok(())
}
