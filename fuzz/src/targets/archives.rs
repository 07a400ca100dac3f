//! Files that are several files: tables of HSDS, workbooks, and zips of any kind.

use zip::CompressionMethod::{Deflated, Stored};

use super::{
    Target,
    bundle::{self, Member, joined, packed},
    files::Scratch,
    project,
    sources::{mapping, read},
};

/// An archive of which any file may be anything.
fn archive(members: &[Member], name: &'static str, words: &[&str]) -> Target {
    let scratch = Scratch::new(name);
    Target::new([joined(members)], words, move |input| {
        let zip = packed(&bundle::members(input), Stored);
        read(scratch.write(zip), mapping(name));
    })
}

/// Tables of HSDS in a zip.
pub(crate) fn hsds_tables() -> Target {
    let words = [
        "\"",
        ",",
        "\n",
        "id",
        "service_id",
        "location_id",
        "freq",
        "WEEKLY",
        "MONTHLY",
        "byday",
        "-1MO",
        "opens_at",
        "valid_from",
        "interval",
        "latitude",
        "=== services.csv\n",
        "=== schedules.csv\n",
    ];
    archive(
        &bundle::in_folder(&project("data/sample/formats/hsds")),
        "hsds.zip",
        &words,
    )
}

const SHEETS: [&str; 16] = [
    "<row r=\"1\">",
    "<c r=\"ZZZ9999999\" t=\"s\">",
    "<v>",
    "</v>",
    "1048577",
    "t=\"d\"",
    "<is><t>",
    "s=\"99999\"",
    "table:number-columns-repeated=\"16384\"",
    "table:number-rows-repeated=\"1048576\"",
    "office:value-type=\"date\"",
    "office:date-value=\"",
    "r:id=\"rId9\"",
    "<mergeCell ref=\"A1:Z9\"/>",
    "<f t=\"shared\" ref=\"A1\" si=\"0\">",
    "<dimension ref=\"A1:XFD1048576\"/>",
];

/// Workbooks of Excel.
pub(crate) fn xlsx() -> Target {
    let members = bundle::in_archive(&project("data/sample/formats/aanbod.xlsx"));
    archive(&members, "aanbod.xlsx", &SHEETS)
}

/// Workbooks of `OpenDocument`.
pub(crate) fn ods() -> Target {
    let members = bundle::in_archive(&project("data/sample/formats/aanbod.ods"));
    archive(&members, "aanbod.ods", &SHEETS)
}

/// Zips, byte by byte.
pub(crate) fn zips() -> Target {
    let small = [
        ("services.csv".to_owned(), b"id,name\ns1,Taalles\n".to_vec()),
        ("map/b.jsonl".to_owned(), b"{\"id\":\"a\"}\n".to_vec()),
    ];
    let seeds = [packed(&small, Stored), packed(&small, Deflated)];
    let words = [
        "PK\x01\x02",
        "PK\x03\x04",
        "PK\x05\x06",
        "PK\x06\x06",
        "PK\x06\x07",
        "../",
        "/",
        "\u{0}\u{0}",
    ];
    let scratch = Scratch::new("bron.zip");
    Target::new(seeds, &words, move |input| read(scratch.write(input), None))
}
