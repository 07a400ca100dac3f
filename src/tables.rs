//! The tables of postcodes that several subcommands share.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;
use nabij_atlas::{Atlas, Pc6Table};
use nabij_language::Lexicon;

#[derive(Args)]
pub(crate) struct Tables {
    /// A table of six-character postcodes, made by `nabij postcodes import`.
    #[arg(long, env = "NABIJ_PC6")]
    pc6: Option<PathBuf>,
    /// A folder with tables of words like those in `data/synonyms`, for those that are to be others.
    #[arg(long, env = "NABIJ_SYNONYMS")]
    synonyms: Option<PathBuf>,
}

impl Tables {
    pub(crate) fn lexicon(&self) -> Result<Lexicon> {
        match &self.synonyms {
            None => Lexicon::shipped().context("the shipped tables of words cannot be read"),
            // A table that is not in the folder is the shipped one; a folder that is not there is a mistake.
            Some(folder) if !folder.is_dir() => bail!("{} is no folder of tables", folder.display()),
            Some(folder) => Ok(Lexicon::open(folder)?),
        }
    }

    pub(crate) fn open(&self) -> Result<Atlas> {
        let atlas = Atlas::shipped().context("the shipped postcode table cannot be read")?;
        match &self.pc6 {
            None => Ok(atlas),
            Some(path) => Ok(atlas.with_pc6(Pc6Table::read(path)?)),
        }
    }
}
