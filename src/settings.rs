//! Settings in layers: a flag, else a variable `NABIJ_*`, else the settings file, else what the program does by itself.
//!
//! clap's description of an argument is the only one. An argument with the variable `NABIJ_LISTEN` has the key `listen`
//! in the file, and what the file says becomes its default before the arguments are parsed. So a new setting needs no
//! line here: give the argument a variable.

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    io::ErrorKind,
    ops::Range,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::{Arg, ArgMatches, Command, CommandFactory, Id, Parser, builder::Resettable, value_parser};
use fs_err as fs;
use toml::de::{DeTable, DeValue};

/// The file that is read if it is there and no other is named.
const FILE: &str = "nabij.toml";
/// The argument that names another.
const CONFIG: &str = "config";
/// What the variable of each setting begins with.
const PREFIX: &str = "NABIJ_";

/// The key that holds no setting, but the tables of [`crate::sources`].
const SOURCES: &str = "source";

/// The settings file as it was read.
pub(crate) struct SettingsFile {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// What it says.
    pub(crate) text: String,
}

/// What the file says, by key.
type Values = BTreeMap<String, String>;

/// The program's arguments, with `--config`, which every subcommand has.
pub(crate) fn command<C: CommandFactory>() -> Command {
    C::command().arg(
        Arg::new(CONFIG)
            .long(CONFIG)
            .value_name("FILE")
            .global(true)
            .env("NABIJ_CONFIG")
            .value_parser(value_parser!(PathBuf))
            .help("The settings file; without this, `nabij.toml` in the working directory if it is there"),
    )
}

/// Parses the arguments of the program, with the settings file as their defaults, and gives that file too. Wrong
/// arguments end the program here, with status 2.
pub(crate) fn parse<C: Parser>() -> Result<(C, Option<SettingsFile>)> {
    let command = command::<C>();
    let file = file_of(&command)?;
    let values = match &file {
        Some(file) => read(&command, &file.path, &file.text)?,
        None => Values::new(),
    };
    let matches: ArgMatches = with_defaults(command, &values).get_matches();
    let parsed = C::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    Ok((parsed, file))
}

/// The settings file, if there is one.
fn file_of(command: &Command) -> Result<Option<SettingsFile>> {
    // Only `--config` and its variable are looked at; what is wrong with the rest is said by the parse that counts.
    let first_look = command.clone().ignore_errors(true).try_get_matches();
    let named = first_look
        .ok()
        .and_then(|matches| matches.get_one::<PathBuf>(CONFIG).cloned());
    let path = named.clone().unwrap_or_else(|| FILE.into());
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(SettingsFile { path, text })),
        Err(error) if named.is_none() && error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).context("the settings cannot be read"),
    }
}

/// Every setting of the file. A key that is no setting and a value that its argument would refuse are refused, also when
/// the subcommand that runs does not use them.
fn read(command: &Command, path: &Path, text: &str) -> Result<Values> {
    let table = DeTable::parse(text).with_context(|| format!("{} cannot be read", path.display()))?;
    let known = settings(command);
    let mut values = Values::new();
    for (key, value) in table.get_ref().iter().filter(|(key, _)| key.get_ref() != SOURCES) {
        let at = |span: Range<usize>| {
            let before = text.as_bytes().iter().take(span.start);
            let line = 1 + before.filter(|byte| **byte == b'\n').count();
            format!("{}, line {line}: `{}`", path.display(), key.get_ref())
        };
        let Some(arguments) = known.get(key.get_ref().as_ref()) else {
            let known: Vec<&str> = known.keys().map(String::as_str).collect();
            bail!("{} is no setting; known are {}", at(key.span()), known.join(", "));
        };
        let text = match value.get_ref() {
            DeValue::String(text) => text.clone().into_owned(),
            DeValue::Integer(number) => number.to_string(),
            DeValue::Float(number) => number.to_string(),
            DeValue::Boolean(value) => value.to_string(),
            DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => {
                bail!("{} must be one text, number or boolean", at(value.span()))
            }
        };
        for argument in arguments {
            if let Err(reason) = check(argument, &text) {
                bail!("{}: {reason}", at(value.span()));
            }
        }
        values.insert(key.get_ref().clone().into_owned(), text);
    }
    Ok(values)
}

/// The arguments of the program and of all its subcommands that have a variable, by key.
fn settings(command: &Command) -> BTreeMap<String, Vec<Arg>> {
    let own = command
        .get_arguments()
        .filter_map(|arg| Some((key(arg)?, vec![arg.clone()])));
    let mut found: BTreeMap<String, Vec<Arg>> = own.collect();
    for (key, arguments) in command.get_subcommands().flat_map(settings) {
        found.entry(key).or_default().extend(arguments);
    }
    found
}

/// The key of an argument in the file; none if it is no setting.
fn key(argument: &Arg) -> Option<String> {
    let variable = argument.get_env().and_then(OsStr::to_str)?;
    let key = variable.strip_prefix(PREFIX)?.to_ascii_lowercase();
    (key != CONFIG).then_some(key)
}

/// Has clap parse one value of an argument, as if it had been given as a flag. The other arguments, which it may require
/// or exclude, are not there.
fn check(argument: &Arg, value: &str) -> Result<(), String> {
    let flag = argument
        .get_long()
        .map_or_else(String::new, |long| format!("--{long}={value}"));
    let argument = argument
        .clone()
        .requires(Resettable::<Id>::Reset)
        .conflicts_with(Resettable::<Id>::Reset);
    let alone = Command::new("settings").no_binary_name(true).arg(argument);
    match alone.try_get_matches_from([flag]) {
        Ok(_) => Ok(()),
        Err(error) => {
            let message = error.to_string();
            let first = message.split("\n\n").next().unwrap_or_default();
            Err(first.trim_start_matches("error: ").to_owned())
        }
    }
}

fn with_defaults(command: Command, values: &Values) -> Command {
    command
        .mut_args(|argument| match key(&argument).and_then(|key| values.get(&key)) {
            Some(value) => argument.default_value(value.clone()).required(false),
            None => argument,
        })
        .mut_subcommands(|subcommand| with_defaults(subcommand, values))
}
