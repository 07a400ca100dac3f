//! Measured: rows a second from a file to checked and placed offerings, without an index: read on one thread; then read,
//! checked, placed and examined on all.
//! Corpus: generated offerings (`nabij_sample`, seed 1) as native JSON Lines, as CSV, and as G!DS products in XML, which
//! hold less of each offering. The peak of memory is that of the process so far, so it should not grow down the table.
//!
//! `cargo bench --bench reading -- --sizes 100000,1000000`

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench that cannot run should stop, and prints a table"
)]

use std::{
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    time::Instant,
};

use chrono::NaiveDate;
use clap::Parser;
use fs_err as fs;
use nabij_atlas::Atlas;
use nabij_export::{Export, Format};
use nabij_indexer::{Guard, Job, Report, Source};
use nabij_language::Lexicon;
use nabij_offering::{Draft, Field};

/// Rows a second.
#[derive(Parser)]
struct Arguments {
    /// How many offerings to generate.
    #[arg(long, value_delimiter = ',', default_value = "100000")]
    sizes: Vec<usize>,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let arguments = Arguments::parse();
    let atlas = Atlas::shipped().expect("the shipped tables");
    println!("| rows | format | MB | read, rows/s | read, checked and placed, rows/s | peak MB |");
    println!("|--:|---|--:|--:|--:|--:|");
    for size in arguments.sizes {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, write) in WRITERS {
            let path = folder.path().join(name);
            write(&path, &mut nabij_sample::drafts(&atlas, 1).take(size));
            measure(&atlas, &path, size);
        }
    }
}

/// A way to write drafts.
type Writer = fn(&Path, &mut dyn Iterator<Item = Draft>);

/// The formats, by the name of the file.
const WRITERS: [(&str, Writer); 3] = [
    ("offerings.jsonl", |path, drafts| {
        native(Format::JsonLines, path, drafts);
    }),
    ("offerings.csv", |path, drafts| native(Format::Csv, path, drafts)),
    ("products.xml", products),
];

fn native(format: Format, path: &Path, drafts: &mut dyn Iterator<Item = Draft>) {
    let out = BufWriter::new(fs::File::create(path).expect("a writable folder"));
    let mut export = Export::begin(format, out).expect("space on the disk");
    for draft in drafts {
        let offering = draft.check().offering.expect("examples are valid");
        export.write(&offering).expect("space on the disk");
    }
    export.finish().expect("space on the disk");
}

fn products(path: &Path, drafts: &mut dyn Iterator<Item = Draft>) {
    let mut out = BufWriter::new(fs::File::create(path).expect("a writable folder"));
    let mut write = |text: &str| out.write_all(text.as_bytes()).expect("space on the disk");
    write("<producten>\n");
    for draft in drafts {
        let text = |field| {
            let value = draft.get(field).unwrap_or_default();
            value.replace('&', "&amp;").replace('<', "&lt;")
        };
        write(&format!(
            "<product><productId>{}</productId><productSoortNaam>Cursus</productSoortNaam><publieksNaam>{}</publieksNaam>\
             <beschrijving>{}</beschrijving><telefoon>{}</telefoon><locatie><straat>{}</straat><huisnummer>{}</huisnummer>\
             <postcode>{}</postcode><plaats>{}</plaats></locatie></product>\n",
            text(Field::Id),
            text(Field::Title),
            text(Field::Description),
            text(Field::Phone),
            text(Field::Street),
            text(Field::HouseNumber),
            text(Field::Postcode),
            text(Field::Place),
        ));
    }
    write("</producten>\n");
}

/// A row of the table.
fn measure(atlas: &Atlas, path: &PathBuf, size: usize) {
    let sources = [Source::open(path).expect("a file that was just written")];
    let today = NaiveDate::from_ymd_opt(2026, 11, 25).expect("a day");
    let start = Instant::now();
    let rows = sources[0].rows(today).expect("a known format");
    let read = rows
        .filter(|row| row.as_ref().is_ok_and(|row| row.draft.is_ok()))
        .count();
    let reading = start.elapsed().as_secs_f64();
    assert_eq!(read, size, "every row can be read");
    let lexicon = Lexicon::shipped().expect("the shipped words");
    let job = Job {
        atlas,
        lexicon: &lexicon,
        sources: &sources,
        guard: Guard::default(),
        now: 0,
        today,
    };
    let mut taken = 0_u64;
    let start = Instant::now();
    job.read(
        &mut Report::default(),
        &mut |_| {},
        |_| (),
        |_, _, ()| {
            taken += 1;
            Ok(())
        },
    )
    .expect("readable rows");
    let taking = start.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 rows")]
    let (rows, bytes) = (size as f64, fs::metadata(path).expect("a file").len() as f64);
    println!(
        "| {size} | {} | {:.0} | {:.0} | {:.0} | {} |",
        path.extension().unwrap_or_default().display(),
        bytes / 1e6,
        rows / reading,
        rows / taking,
        peak_mb().map_or_else(|| "-".to_owned(), |mb| mb.to_string()),
    );
    assert!(taken > 0, "examples can be shown");
}

/// The most memory that the process has had, in MB; Linux says.
fn peak_mb() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim()
        .trim_end_matches(" kB")
        .parse::<u64>()
        .ok()
        .map(|kb| kb / 1_000)
}
