//! The command `nabij`. Each subcommand is a file; this one only chooses.

mod bench;
mod check;
mod clock;
mod coverage;
mod demand;
mod export;
mod generate;
mod index;
mod papers;
mod postcodes;
mod profile;
mod publish;
mod queries;
mod relevance;
mod search;
mod serve;
mod settings;
mod sources;
mod tables;
mod visible;

use std::{io::Write, process::ExitCode};

use clap::{Parser, Subcommand};

/// What there is to learn and where to get help, near a Dutch postcode.
#[derive(Parser)]
#[command(version)]
struct Command {
    #[command(subcommand)]
    subcommand: Sub,
}

#[derive(Subcommand)]
enum Sub {
    /// Build an index from source files and publish it.
    Index(index::Arguments),
    /// See what would become of source files, without an index; propose a mapping for a table that needs one.
    Check(check::Arguments),
    /// Write what is in an index in a format that others read.
    Export(export::Arguments),
    /// Make up example offerings.
    Generate(generate::Arguments),
    /// Serve an index: API and pages.
    Serve(serve::Arguments),
    /// Search an index from the terminal.
    Search(search::Arguments),
    /// Measure how well a search answers topics that were judged.
    Relevance(relevance::Arguments),
    /// Look up postcodes, and take in the table of six-character ones.
    #[command(subcommand)]
    Postcodes(postcodes::Arguments),
    /// Make up queries like those of residents, to measure with.
    Queries(queries::Arguments),
    /// Measure how long queries take, in process or over HTTP.
    Bench(bench::Arguments),
    /// Measure how near the offerings are to everybody, and where there are none.
    Coverage(coverage::Arguments),
    /// Say what was asked for, and what of that was not found.
    Demand(demand::Arguments),
    /// Make, check and preview what a library sets for its own pages and widget.
    #[command(subcommand)]
    Profile(profile::Arguments),
    /// Bring the index in use to a storage from which servers serve.
    Publish(publish::Arguments),
    /// Go back to the index before the current one.
    Rollback(index::RollbackArguments),
    /// Look whether this host can run the server with these settings; ends with status 1 if something is wrong.
    Doctor(serve::Arguments),
    /// Write what makes a shell complete the words of this command.
    Completions(papers::CompletionsArguments),
    /// Write the manual pages into a folder.
    Man(papers::ManArguments),
}

/// Many small pieces of memory are taken and given back for each answer: with this allocator 20 to 40 % more requests
/// are served than with glibc's (`docs/performance.md`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let (command, file): (Command, _) = match settings::parse() {
        Ok(parsed) => parsed,
        Err(error) => return fail(&error, ExitCode::from(2)),
    };
    let outcome = match command.subcommand {
        Sub::Index(arguments) => index::run(&arguments, file.as_ref()),
        Sub::Check(arguments) => check::run(&arguments, file.as_ref()),
        Sub::Export(arguments) => export::run(&arguments),
        Sub::Generate(arguments) => generate::run(&arguments),
        Sub::Serve(arguments) => serve::run(&arguments),
        Sub::Search(arguments) => search::run(&arguments),
        Sub::Relevance(arguments) => relevance::run(&arguments),
        Sub::Postcodes(arguments) => postcodes::run(&arguments),
        Sub::Queries(arguments) => queries::run(&arguments),
        Sub::Bench(arguments) => bench::run(&arguments),
        Sub::Coverage(arguments) => coverage::run(&arguments),
        Sub::Demand(arguments) => demand::run(&arguments),
        Sub::Profile(arguments) => profile::run(&arguments),
        Sub::Publish(arguments) => publish::run(&arguments),
        Sub::Rollback(arguments) => index::rollback(&arguments),
        Sub::Doctor(arguments) => serve::doctor::run(&arguments, file.as_ref()),
        Sub::Completions(arguments) => papers::completions(settings::command::<Command>(), &arguments),
        Sub::Man(arguments) => papers::man(settings::command::<Command>(), &arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        // Somebody read enough, such as `head`.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => fail(&error, ExitCode::FAILURE),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = error.root_cause().downcast_ref::<std::io::Error>();
    io.is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}

fn fail(error: &anyhow::Error, status: ExitCode) -> ExitCode {
    // A closed standard error is no reason to fail differently.
    let _ = writeln!(std::io::stderr(), "nabij: {error:#}");
    status
}
