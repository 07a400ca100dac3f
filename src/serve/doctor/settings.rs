//! The settings, and the files that they name.

use chrono::{DateTime, Days, Utc};
use nabij_atlas::Atlas;
use nabij_offering::dutch_time;
use nabij_profile::Profiles;

use super::{Arguments, Check};
use crate::{queries::read_population, settings::SettingsFile, sources};

/// How long before its end a licence is mentioned.
const SOON: Days = Days::new(30);

pub(super) fn checks(arguments: &Arguments, file: Option<&SettingsFile>, now: DateTime<Utc>) -> Vec<Check> {
    let mut checks = vec![match file {
        // What is wrong in it ended the program before it came here.
        Some(file) => Check::ok("settings", format!("{} holds", file.path.display())),
        None => Check::ok("settings", "no nabij.toml here; flags and variables count"),
    }];
    checks.extend(file.and_then(tables_of_sources));
    let atlas = match arguments.tables.open() {
        Ok(atlas) => {
            checks.push(Check::ok("postcodes", "the tables of postcodes can be read"));
            Some(atlas)
        }
        Err(error) => {
            let words = format!("{error:#}; make the table again with `nabij postcodes import`");
            checks.push(Check::wrong("postcodes", words));
            None
        }
    };
    checks.push(match arguments.tables.lexicon() {
        Ok(_) => Check::ok("words", "the tables of words can be read"),
        Err(error) => Check::wrong("words", format!("{error:#}")),
    });
    if let Some(atlas) = &atlas {
        checks.extend(profiles(arguments, atlas, now));
        checks.extend(
            arguments
                .site
                .population
                .as_ref()
                .map(|path| match read_population(path, atlas) {
                    Ok(_) => Check::ok("population", format!("{} can be read", path.display())),
                    Err(error) => Check::wrong("population", format!("{error:#}")),
                }),
        );
    }
    checks.extend([operator(arguments), public_url(arguments), contact(arguments)]);
    checks
}

/// The `[[source]]` tables, if there are any: what `nabij index` reads at night.
fn tables_of_sources(file: &SettingsFile) -> Option<Check> {
    match sources::look_at(file) {
        Ok((0, _)) => None,
        Ok((count, missing)) if missing.is_empty() => Some(Check::ok(
            "sources",
            format!("{count} in the settings; their files are there"),
        )),
        Ok((_, missing)) => {
            let missing: Vec<String> = missing.iter().map(|path| path.display().to_string()).collect();
            let words = format!(
                "not there: {}; mend the path or bring the file",
                missing.join(", ")
            );
            Some(Check::wrong("sources", words))
        }
        Err(error) => Some(Check::wrong("sources", format!("{error:#}"))),
    }
}

fn profiles(arguments: &Arguments, atlas: &Atlas, now: DateTime<Utc>) -> Vec<Check> {
    let subject = "profiles";
    let Some(folder) = &arguments.profiles else {
        return vec![Check::ok(subject, "none are set")];
    };
    let (profiles, findings) = match Profiles::load(folder, atlas, &Profiles::default()) {
        Ok(loaded) => loaded,
        Err(error) => return vec![Check::wrong(subject, format!("{}: {error}", folder.display()))],
    };
    let mut checks = vec![Check::ok(
        subject,
        format!("{} of {} work", profiles.len(), folder.display()),
    )];
    checks.extend(findings.iter().map(|finding| {
        if finding.is_note {
            Check::look(subject, finding.to_string())
        } else {
            Check::wrong(subject, finding.to_string())
        }
    }));
    let today = dutch_time(now).date();
    let soon = today.checked_add_days(SOON).unwrap_or(today);
    for profile in profiles.iter() {
        let until = profile.licence.as_ref().map(|licence| licence.until);
        if let Some(until) = until.filter(|until| *until <= soon) {
            let words = format!("the licence of {} ends or ended on {until}", profile.id);
            checks.push(Check::look(subject, words));
        }
    }
    checks
}

fn operator(arguments: &Arguments) -> Check {
    match arguments.operator_token_sha256 {
        Some(_) => Check::ok("operator", "a token is set; /beheer/kwaliteit asks for it"),
        None => Check::look(
            "operator",
            "no token is set, so /beheer/kwaliteit is closed; set operator_token_sha256 to open it",
        ),
    }
}

fn public_url(arguments: &Arguments) -> Check {
    let subject = "address";
    match &arguments.site.public_url {
        Some(url) if url.starts_with("https://") => Check::ok(subject, format!("visitors know it as {url}")),
        Some(url) => Check::look(
            subject,
            format!("`{url}` does not begin with https://; what is sent can be read on the way"),
        ),
        None => Check::look(
            subject,
            "no public_url is set: links on paper say the name by which the proxy calls this server",
        ),
    }
}

fn contact(arguments: &Arguments) -> Check {
    match &arguments.site.contact {
        Some(_) => Check::ok("contact", "visitors read whom to ask"),
        None => Check::look(
            "contact",
            "no contact is set: /privacy and /toegankelijkheid do not say whom to ask",
        ),
    }
}
