//! `nabij completions` and `nabij man`: what shells and `man` know of this command. clap's description of the arguments
//! is the only one, so these cannot say anything else than `--help` does.

use std::{io::Write, path::PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Command};
use clap_complete::Shell;
use fs_err as fs;

/// What the command is called.
const NAME: &str = "nabij";

#[derive(Args)]
pub(crate) struct CompletionsArguments {
    /// The shell.
    shell: Shell,
}

#[derive(Args)]
pub(crate) struct ManArguments {
    /// The folder; made if it is not there. `nabij.1` is about all, `nabij-serve.1` and the like about a subcommand.
    folder: PathBuf,
}

pub(crate) fn completions(mut command: Command, arguments: &CompletionsArguments) -> Result<()> {
    // Into memory first: the generator does not survive a reader that goes away.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, NAME, &mut script);
    Ok(std::io::stdout().lock().write_all(&script)?)
}

pub(crate) fn man(command: Command, arguments: &ManArguments) -> Result<()> {
    let folder = &arguments.folder;
    fs::create_dir_all(folder)?;
    clap_mangen::generate_to(command.name(NAME), folder)
        .with_context(|| format!("the manual cannot be written into {}", folder.display()))
}
