//! The tables of postcodes that several subcommands share.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use nabij_atlas::{Atlas, Pc6Table};

#[derive(Args)]
pub(crate) struct Tables {
    /// A table of six-character postcodes, made by `nabij postcodes import`.
    #[arg(long, env = "NABIJ_PC6")]
    pc6: Option<PathBuf>,
}

impl Tables {
    pub(crate) fn open(&self) -> Result<Atlas> {
        let atlas = Atlas::shipped().context("the shipped postcode table cannot be read")?;
        match &self.pc6 {
            None => Ok(atlas),
            Some(path) => Ok(atlas.with_pc6(Pc6Table::read(path)?)),
        }
    }
}
