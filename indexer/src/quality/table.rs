//! The report as a table that opens in any spreadsheet: a line for everything an editor can do something about.

use std::io::Write;

use crate::report::{Duplicate, Report};

/// Writes the table. A value that a spreadsheet would take for a formula gets an apostrophe in front.
pub(crate) fn write(report: &Report, site: &str, out: impl Write) -> Result<(), csv::Error> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "status",
        "source",
        "line",
        "organisation",
        "id",
        "field",
        "value",
        "problem",
        "remedy",
        "link",
        "profiles",
    ])?;
    for entry in &report.entries {
        let id = entry.id.as_deref().unwrap_or_default();
        let (status, link) = if entry.rejected {
            ("not shown", String::new())
        } else {
            ("shown", link(site, id))
        };
        let organisation = entry.organisation.as_deref().unwrap_or_default();
        let value = entry.value.as_deref().unwrap_or_default();
        let (at, field) = (entry.line.to_string(), entry.field.unwrap_or_default());
        let (problem, remedy) = (entry.problem.as_str(), entry.remedy);
        write_row(
            &mut table,
            report,
            [
                status,
                &entry.source,
                &at,
                organisation,
                id,
                field,
                value,
                problem,
                remedy,
                &link,
            ],
        )?;
    }
    write_pairs(&mut table, report, site)?;
    for ending in &report.quality.expiring {
        let organisation = ending.organisation.as_deref().unwrap_or_default();
        let (problem, link) = (format!("ends on {}", ending.last), link(site, &ending.id));
        let remedy = "give a later valid_to if it goes on";
        let row = [
            "ends soon",
            "",
            "",
            organisation,
            &ending.id,
            "valid_to",
            &ending.title,
            &problem,
            remedy,
            &link,
        ];
        write_row(&mut table, report, row)?;
    }
    table.flush()?;
    Ok(())
}

/// A line for the other row of each pair of duplicates.
fn write_pairs(table: &mut csv::Writer<impl Write>, report: &Report, site: &str) -> Result<(), csv::Error> {
    for (status, pairs) in [
        ("merged", &report.merged),
        ("possible duplicate", &report.possible_duplicates),
    ] {
        for pair in pairs {
            let Duplicate {
                kept,
                other,
                score,
                disagree,
            } = pair;
            let differs = match disagree.as_slice() {
                [] => String::new(),
                fields => format!("; they disagree about {}", fields.join(", ")),
            };
            let problem = format!(
                "the same as {} ({}:{}), by {score} points{differs}",
                kept.id, kept.source, kept.line
            );
            let remedy = if status == "merged" {
                "nothing, if that is right"
            } else {
                "decide, and remove one of the two"
            };
            let organisation = other.organisation.as_deref().unwrap_or_default();
            let (at, link) = (other.line.to_string(), link(site, &other.id));
            let row = [
                status,
                &other.source,
                &at,
                organisation,
                &other.id,
                "",
                &other.title,
                &problem,
                remedy,
                &link,
            ];
            write_row(table, report, row)?;
        }
    }
    Ok(())
}

/// A line, with the profiles that show its offering if it has a link.
fn write_row(
    table: &mut csv::Writer<impl Write>,
    report: &Report,
    row: [&str; 10],
) -> Result<(), csv::Error> {
    let [.., id, _, _, _, _, link] = row;
    let visible = report.visible.as_ref().filter(|_| !link.is_empty());
    let profiles = visible.map_or_else(String::new, |visible| visible.words(id));
    let cells = row.into_iter().chain([profiles.as_str()]);
    table.write_record(cells.map(|value| nabij_offering::spreadsheet_safe(value).into_owned()))
}

/// Where the offering is shown.
pub(crate) fn link(site: &str, id: &str) -> String {
    format!("{}/plek/{}", site.trim_end_matches('/'), in_path(id))
}

/// An identifier as it stands in a path.
pub(crate) fn in_path(id: &str) -> String {
    id.bytes().map(encoded).collect()
}

/// A byte as it stands in a path (RFC 3986).
fn encoded(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}
