//! Tables and lists that operators and analysts bring: postcodes, inhabitants, topics and judgements, and what a storage says.

use std::fs;

use nabij_analysis::{
    BenchReport, Population,
    demand::DailyTotal,
    queries::{QueryFile, QueryFormat},
    relevance::{judgements::Judgements, topics},
};
use nabij_atlas::Pc6Table;
use nabij_engine::Store;
use nabij_replication::{Replica, Storage};

use super::{Target, files::Scratch, text};

/// A text file of postcodes, and the table that is made of it.
pub(crate) fn postcode_import() -> Target {
    let seeds = [
        "postcode,lat,lon\n3011AD,51.92,4.48\n1011 AB,52.3,4.4\n",
        "\u{feff}lon;postcode;lat\n4.48;3011AD;51.92\n4.49;3011 AD;51.93\n",
        "NL\t3011 AD\tRotterdam\tZuid-Holland\t11\tRotterdam\t0599\t\t\t51.92\t4.48\t6\n",
    ];
    let words = [
        "\t", ";", ",", "\"", "\r\n", "NaN", "inf", "9999ZZ", "1000AA", "lat", "lon", "postcode", "-0",
        "1e308",
    ];
    let (rows, table) = (Scratch::new("codes"), Scratch::new("pc6"));
    Target::new(seeds, &words, move |input| {
        let Ok(imported) = Pc6Table::import(rows.write(input)) else {
            return;
        };
        for rejected in &imported.rejected {
            assert!(rejected.line >= 1 && !rejected.to_string().is_empty());
        }
        let path = table.write("");
        imported.table.write(path).unwrap();
        assert_eq!(Pc6Table::read(path).unwrap(), imported.table);
    })
}

/// The table of postcodes on disk.
pub(crate) fn postcode_table() -> Target {
    let rows = Scratch::new("codes");
    let path = rows.write("postcode,lat,lon\n3011AD,51.92,4.48\n1011AB,52.3,4.4\n9999ZZ,53,6\n");
    let table = Pc6Table::import(path).unwrap().table;
    let scratch = Scratch::new("pc6");
    table.write(scratch.write("")).unwrap();
    let seed = fs::read(scratch.folder().join("pc6")).unwrap();
    Target::new([seed], &["NABIJPC6"], move |input| {
        // The last eight bytes are the checksum: made right, so that what is behind it is tried too.
        let mut bytes = input.to_vec();
        if let Some(entries) = bytes.len().checked_sub(20) {
            let sum = xxhash_rust::xxh3::xxh3_64(&bytes[12..12 + entries]);
            bytes[12 + entries..].copy_from_slice(&sum.to_le_bytes());
        }
        for bytes in [input, &bytes] {
            if let Ok(table) = Pc6Table::read(scratch.write(bytes)) {
                for (postcode, position) in table.iter() {
                    assert_eq!(table.get(postcode), Some(position));
                }
            }
        }
    })
}

/// What analysts bring: topics, judgements, queries, inhabitants, totals of before, and measurements.
pub(crate) fn analysis_files() -> Target {
    let seeds = [
        "<top>\n<num> Number: 1\n<title> hulp met\n brieven\n<half>tune</half>\n<desc> Iets\n</top>\n<top>\n<num> 2 <title>taal & zo</title>\n</top>\n",
        "<?xml version=\"1.0\"?><topics><topic number=\"1\"><query>taalles</query><class>taal</class></topic></topics>",
        "1 0 a-1 2\n1 0 a-2 0\n2 0 b -1\n",
        "{\"class\":\"a\",\"postcode\":3011,\"theme\":[\"language\",\"digital\"]}\n{\"q\":\"taal\",\"kind\":null}\n",
        "class,postcode,q,kind\nnear,3011,,\nwords,8601,taal,formal|informal\n",
        "postcode,inhabitants\n3011,5000\n3012AB,12.5\n",
        "day,level,region,theme,questions,empty\n2026-11-24,pc4,3011,language,12,0\n",
    ];
    let words = [
        "<top>",
        "</top>",
        "<num>",
        "<title>",
        "<query>",
        "<topic number=\"",
        "Number:",
        "&amp;",
        "<![CDATA[",
        "<!--",
        "\n",
        " ",
        ",",
        "|",
        "\"",
        "{",
        "[",
        "null",
        "1e309",
        "-1",
        "postcode",
        "inhabitants",
        "9223372036854775808",
    ];
    Target::new(seeds, &words, |input| {
        let text = text(input);
        match topics::read(&text) {
            Ok(topics) => assert!(
                topics
                    .iter()
                    .all(|topic| !topic.number.is_empty() && !topic.title.is_empty())
            ),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
        if let Err(error) = Judgements::read(&text) {
            assert!(!error.to_string().is_empty());
        }
        for format in [QueryFormat::JsonLines, QueryFormat::Csv, QueryFormat::Trec] {
            let file = QueryFile::read(input, format).unwrap();
            for query in &file.queries {
                assert!(!query.parameters.is_empty() && query.line >= 1);
            }
        }
        if let Ok(file) = Population::read(input) {
            assert!(file.rejected.iter().all(|(_, reason)| !reason.is_empty()));
        }
        let (totals, _) = DailyTotal::read(input);
        drop(nabij_analysis::demand::summed(totals.iter()));
        if let Ok(report) = BenchReport::read(input) {
            drop((report.json().unwrap(), report.html()));
        }
    })
}

/// What a storage answers: the pointer and the manifest that it names; and addresses of storages.
pub(crate) fn storages() -> Target {
    let name = "0f".repeat(16);
    let pointer = format!(
        "{{\"sequence\":1,\"generation\":\"{name}\",\"format\":5,\"published_at\":0,\"kept\":[\"{name}\"]}}"
    );
    let manifest = format!(
        "{{\"format\":5,\"written_by\":\"x\",\"built_at\":0,\"counts\":{{\"placed\":0,\"area_wide\":0}},\"mean_length\":0.0,\
         \"first_band\":0,\"band_count\":0,\"frequent_words\":0,\"identifiers\":0,\"sources\":[],\
         \"files\":{{\"a/b\":{{\"bytes\":2,\"xxh3\":\"{}\"}}}}}}",
        "0".repeat(16)
    );
    let seeds = [
        format!("{pointer}\n{manifest}"),
        "s3://bucket/prefix".to_owned(),
        "https://example.org/a?b#c".to_owned(),
        "file:///nergens/x".to_owned(),
        "az://container/a%20b".to_owned(),
    ];
    let words = [
        "\"sequence\":",
        "\"generation\":",
        "18446744073709551615",
        "\"../",
        "\"files\":",
        "\"bytes\":",
        "[",
        "{",
        "null",
        "://",
        "@",
        "%2e%2e",
        "abfss://",
        "gs://",
        "\n",
        "\\u0000",
        "-1",
    ];
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (shelf, kept) = (folder.path().join("shelf"), folder.path().join("kept"));
    let generation = shelf.join("generations").join(&name);
    fs::create_dir_all(generation.join("a")).unwrap();
    fs::write(generation.join("a/b"), "{}").unwrap();
    let address = format!("file://{}", shelf.display());
    Target::new(seeds, &words, move |input| {
        let _ = &folder;
        let (pointer, manifest) = input.split_at(
            input
                .iter()
                .position(|byte| *byte == b'\n')
                .unwrap_or(input.len()),
        );
        if let Err(error) = Storage::open(text(pointer).trim()) {
            assert!(!error.to_string().is_empty());
        }
        fs::write(shelf.join("CURRENT"), pointer).unwrap();
        fs::write(generation.join("manifest.json"), manifest).unwrap();
        let mut replica = Replica::new(Storage::open(&address).unwrap(), Store::new(&kept));
        let error = runtime
            .block_on(replica.pull())
            .expect_err("there is no such generation");
        assert!(!error.to_string().is_empty());
    })
}
