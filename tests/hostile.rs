//! Input that is made to do harm, or that went wrong on its way: nothing of it is quietly accepted, and nothing beside it
//! is lost.

use std::{
    fmt::Write as _,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use zip::{ZipWriter, write::SimpleFileOptions};

use crate::harness::{Folder, Server, index, text};

const ANCHOR: &str = "id,title,kind,postcode\nanker,Anker,informal,3011AD\n";

/// Indexes a source beside a good one. The report as text, whatever came of it.
fn beside_a_good_one(folder: &Folder, source: &Path) -> String {
    let anchor = folder.file("anker.csv", ANCHOR);
    let output = index(&folder.out(), &[&anchor, source], &["--max-rejected", "100"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let found = Server::start(&folder.out()).json("/v1/offerings/anker");
    assert_eq!(found["title"], "Anker");
    folder.report().to_string()
}

fn refusal(folder: &Folder, source: &Path) -> String {
    let output = index(&folder.out(), &[source], &[]);
    assert_eq!(output.status.code(), Some(1));
    text(&output.stderr)
}

fn product(id: u32, title: &str) -> String {
    format!(
        "<product><productId>{id}</productId><publieksNaam>{title}</publieksNaam><productSoortNaam>Cursus</productSoortNaam><locatie><postcode>3011AD</postcode></locatie></product>"
    )
}

#[test]
fn entities_that_a_document_declares_are_refused() {
    let bomb: Vec<String> = (1..20)
        .map(|at| format!("<!ENTITY a{at} \"&a{};&a{};\">", at - 1, at - 1))
        .collect();
    let bomb = bomb.concat();
    for (name, declaration, title) in [
        (
            "bom.xml",
            format!("<!DOCTYPE products [<!ENTITY a0 \"boem\">{bomb}]>"),
            "&a19;",
        ),
        (
            "bestand.xml",
            "<!DOCTYPE products [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>".to_owned(),
            "&x;",
        ),
        ("los.xml", String::new(), "&x;"),
    ] {
        let folder = Folder::new();
        let xml = format!(
            "<?xml version=\"1.0\"?>{declaration}<products>{}</products>",
            product(1, title)
        );
        let report = beside_a_good_one(&folder, &folder.file(name, xml));
        assert!(
            report.contains("the file cannot be read from here on"),
            "{name}: {report}"
        );
        assert!(!report.contains("root:"), "{name}");
    }
}

#[test]
fn what_stands_too_deep_is_refused_and_what_came_before_it_is_kept() {
    let folder = Folder::new();
    let xml = format!(
        "<products>\n{}\n<product>{}</product></products>",
        product(1, "Goed"),
        "<a>".repeat(100_000)
    );
    let report = beside_a_good_one(&folder, &folder.file("diep.xml", xml));
    assert!(
        report.contains("elements stand too deep in each other"),
        "{report}"
    );
    assert!(report.contains("\"indexed\":2"), "{report}");
    let json = format!("{{\"id\":\"a\",\"title\":{}\n", "[".repeat(100_000));
    let report = beside_a_good_one(&folder, &folder.file("diep.jsonl", json));
    assert!(report.contains("recursion limit exceeded"), "{report}");
    let said = refusal(
        &folder,
        &folder.file("diep.geojson", "{\"features\":".repeat(100_000)),
    );
    assert!(
        said.contains("needs a mapping") || said.contains("is not a GeoJSON"),
        "{said}"
    );
    let json = format!("{{\"productId\": 1, \"x\": {}", "[".repeat(100_000));
    let said = refusal(&folder, &folder.file("diep.json", json));
    assert!(
        said.contains("is not G!DS in JSON: recursion limit exceeded"),
        "{said}"
    );
}

#[test]
fn a_document_that_breaks_off_keeps_what_was_whole() {
    let folder = Folder::new();
    let xml = format!(
        "<products>\n{}\n<product><productId>2</productId><publieksNaam>Half",
        product(1, "Heel")
    );
    let report = beside_a_good_one(&folder, &folder.file("half.xml", xml));
    assert!(
        report.contains("\"line\":3") && report.contains("it ends within a record"),
        "{report}"
    );
    assert!(report.contains("\"indexed\":2,"), "{report}");
    let calendar = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:Half\n";
    let report = beside_a_good_one(&folder, &folder.file("half.ics", calendar));
    assert!(report.contains("the event has no end"), "{report}");
}

#[test]
fn encodings_are_understood_or_survive() {
    for (name, bytes) in [
        (
            "utf16.csv",
            utf16("id,title,kind,postcode\r\na,Café,informal,3011AD\r\n"),
        ),
        (
            "latijn.csv",
            b"id;title;kind;postcode\na;Caf\xe9;informal;3011AD\n".to_vec(),
        ),
        (
            "gemengd.xml",
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<products>{}</products>",
                product(1, "Caf#")
            )
            .replace('#', "\u{1}")
            .into_bytes()
            .iter()
            .map(|byte| if *byte == 1 { 0xe9 } else { *byte })
            .collect(),
        ),
    ] {
        let folder = Folder::new();
        let source = folder.file(name, bytes);
        let output = index(&folder.out(), &[&source], &[]);
        assert!(output.status.success(), "{name}: {}", text(&output.stderr));
        let found = Server::start(&folder.out()).json("/v1/offerings?postcode=3011AD");
        assert_eq!(found["offerings"][0]["title"], "Café", "{name}");
    }
}

fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

fn zip(folder: &Folder, name: &str, write: impl FnOnce(&mut ZipWriter<fs_err::File>)) -> PathBuf {
    let path = folder.path().join(name);
    let mut zip = ZipWriter::new(fs_err::File::create(&path).unwrap());
    write(&mut zip);
    zip.finish().unwrap();
    path
}

#[test]
fn a_zip_that_leaves_its_folder_or_never_ends_is_refused() {
    let folder = Folder::new();
    let plain = SimpleFileOptions::default();
    for name in ["../buiten.csv", "a/../../buiten.csv"] {
        let source = zip(&folder, "pad.zip", |zip| {
            zip.start_file(name, plain).unwrap();
            zip.write_all(ANCHOR.as_bytes()).unwrap();
        });
        let said = refusal(&folder, &source);
        assert!(said.contains("would be written outside the folder"), "{said}");
    }
    let source = zip(&folder, "link.zip", |zip| {
        zip.add_symlink("aanbod.csv", "/etc/passwd", plain).unwrap();
    });
    assert!(refusal(&folder, &source).contains("is a link"));
    for name in ["bom.zip", "bom.xlsx"] {
        let source = zip(&folder, name, |zip| {
            zip.start_file("aanbod.csv", plain).unwrap();
            for _ in 0..80 {
                zip.write_all(&vec![b'0'; 1 << 20]).unwrap();
            }
        });
        let said = refusal(&folder, &source);
        assert!(said.contains("its files are larger than"), "{name}: {said}");
    }
    let half = folder.path().join("half.zip");
    fs::write(&half, b"PK\x03\x04 en toen niets").unwrap();
    assert!(refusal(&folder, &half).contains("it is no whole zip"));
}

/// A spreadsheet of which each row has the same word 16,384 times.
fn repeating(folder: &Folder) -> PathBuf {
    let row = r#"<table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="16384">
        <text:p>woord</text:p></table:table-cell></table:table-row>"#;
    let rows = row.repeat(3_000);
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"A\">{rows}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_str()),
    ];
    of_parts(folder, "herhaald.ods", &parts)
}

/// The parts of a spreadsheet with something in its first and in its very last cell.
const FAR_APART_XLSX: &[(&str, &str)] = &[
    (
        "_rels/.rels",
        r#"<Relationships><Relationship Id="rId1" Target="xl/workbook.xml"
                Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
                <sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"
                Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>"#,
    ),
    (
        "xl/worksheets/sheet1.xml",
        r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>
                <row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>b</t></is></c></row></sheetData></worksheet>"#,
    ),
];

/// The same as ODS.
const FAR_APART_ODS: &[(&str, &str)] = &[
    ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
    ("META-INF/manifest.xml", "<manifest:manifest/>"),
    (
        "content.xml",
        r#"<office:document-content><office:body><office:spreadsheet><table:table table:name="A">
                <table:table-row><table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>
                <table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>
                <table:table-row><table:table-cell table:number-columns-repeated="16383"/><table:table-cell office:value-type="string">
                <text:p>b</text:p></table:table-cell></table:table-row>
                </table:table></office:spreadsheet></office:body></office:document-content>"#,
    ),
];

fn of_parts(folder: &Folder, name: &str, parts: &[(&str, &str)]) -> PathBuf {
    zip(folder, name, |zip| {
        for (name, content) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
    })
}

#[test]
fn a_spreadsheet_that_fits_in_no_memory_is_refused() {
    let folder = Folder::new();
    for (name, parts, message) in [
        (
            "ver.xlsx",
            FAR_APART_XLSX,
            "its cells lie 1048576 rows and 16384 columns apart",
        ),
        ("ver.ods", FAR_APART_ODS, "Cell limit exceeded"),
    ] {
        let said = refusal(&folder, &of_parts(&folder, name, parts));
        assert!(said.contains(message), "{name}: {said}");
    }
    let said = refusal(&folder, &repeating(&folder));
    assert!(said.contains("its cells repeat until they take"), "{said}");
}

/// Found by fuzzing: the reader of spreadsheets went on for ever.
#[test]
fn a_spreadsheet_that_ends_in_the_middle_is_refused() {
    let folder = Folder::new();
    let parts: Vec<(&str, &str)> = FAR_APART_ODS
        .iter()
        .map(|(name, content)| {
            (
                *name,
                content.split("</table:table-row>").next().unwrap_or(content),
            )
        })
        .collect();
    let said = refusal(&folder, &of_parts(&folder, "half.ods", &parts));
    assert!(said.contains("not found before end of input"), "{said}");
}

/// Found by fuzzing: the reader of spreadsheets counts rows in 32 bits.
#[test]
fn a_cell_in_a_row_that_no_sheet_has_is_refused_or_passed_over() {
    let folder = Folder::new();
    let parts: Vec<(&str, String)> = FAR_APART_XLSX
        .iter()
        .map(|(name, content)| (*name, content.replace("XFD1048576", "A99999999999")))
        .collect();
    let parts: Vec<(&str, &str)> = parts
        .iter()
        .map(|(name, content)| (*name, content.as_str()))
        .collect();
    let output = index(&folder.out(), &[&of_parts(&folder, "rij.xlsx", &parts)], &[]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
}

#[test]
fn a_path_that_starts_at_the_root_stays_within_the_folder() {
    let folder = Folder::new();
    let marker = format!("/tmp/nabij-{}.csv", std::process::id());
    let source = zip(&folder, "wortel.zip", |zip| {
        zip.start_file(marker.as_str(), SimpleFileOptions::default())
            .unwrap();
        zip.write_all(ANCHOR.as_bytes()).unwrap();
    });
    index(&folder.out(), &[&source], &[]);
    assert!(!Path::new(&marker).exists());
}

#[test]
fn html_reaches_no_page() {
    let folder = Folder::new();
    let description = "<p>Kom langs</p><script>alert(1)</script><img src=x onerror=alert(2)>&lt;script&gt;alert(3)&lt;/script&gt;";
    let row = serde_json::json!({"id": "a", "title": "<b>Taal</b>", "description": description, "kind": "informal", "postcode": "3011AD"});
    let source = folder.file("html.jsonl", row.to_string());
    let output = index(&folder.out(), &[&source], &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let offering = Server::start(&folder.out()).json("/v1/offerings/a");
    assert_eq!(
        (&offering["title"], &offering["description"]),
        (&"Taal".into(), &"Kom langs".into())
    );
    assert!(text(&output.stdout).contains("description held HTML, which was made into plain text"));
}

#[test]
fn ten_thousand_mistakes_leave_a_summary_that_can_be_read() {
    let folder = Folder::new();
    let mut rows = ANCHOR.to_owned();
    for at in 0..10_000 {
        writeln!(rows, "r{at},Titel,onbekend,3011AD").unwrap();
    }
    rows.push_str("laatste,,informal,3011AD\n");
    let output = index(
        &folder.out(),
        &[&folder.file("fout.csv", rows)],
        &["--max-rejected", "100"],
    );
    assert!(output.status.success());
    let summary = text(&output.stdout);
    assert!(summary.lines().count() < 40, "{summary}");
    // A mistake that occurs once is not lost among those that occur often.
    assert!(
        summary.contains("10000 times") && summary.contains("title is missing"),
        "{summary}"
    );
    assert_eq!(folder.report()["entries"].as_array().unwrap().len(), 10_001);
}

#[test]
fn a_broken_file_in_a_folder_loses_nothing_else() {
    let folder = Folder::new();
    let mixed = folder.path().join("map");
    fs::create_dir(&mixed).unwrap();
    for (name, content) in [
        ("a.csv", ANCHOR),
        (
            "b.jsonl",
            "{\"id\":\"b\",\"title\":\"B\",\"kind\":\"informal\",\"place\":\"Rotterdam\"}\n",
        ),
        ("c.json", "{\"productId\": \"7\", \"publieksNaam\": \"half"),
        ("d.json", "{\"iets\": \"anders\"}"),
        ("e.csv", ""),
        ("LEESMIJ.txt", "geen aanbod"),
    ] {
        fs::write(mixed.join(name), content).unwrap();
    }
    let output = index(&folder.out(), &[&mixed], &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let report = folder.report();
    assert_eq!(
        (&report["rows"], &report["indexed"], &report["rejected"]),
        (&5.into(), &2.into(), &3.into())
    );
    for file in ["map/c.json", "map/d.json", "map/e.csv"] {
        assert!(
            report.to_string().contains(&format!("\"source\":\"{file}\"")),
            "{file}: {report}"
        );
    }
}
