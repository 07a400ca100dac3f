//! What was asked for.

use std::fs;

use super::{path, run};
use crate::{
    harness::{Server, text},
    serving::sample_server,
};

#[test]
fn demand_is_counted_only_when_asked_for_and_only_in_large_numbers() {
    let (folder, _) = sample_server();
    let file = path(folder.path(), "demand.csv");
    let server = Server::start_with(folder.path(), &["--demand", &file]);
    for number in 0..12 {
        server.get(&format!(
            "/v1/offerings?postcode=3011&theme=language&radius=5000&limit={number}"
        ));
    }
    for _ in 0..4 {
        server.get("/zoek?postcode=8601&theme=money&within=5&q=bestaatniet");
    }
    server.get("/zoek?postcode=3011&theme=language&page=2");
    // Who looks further and further asks one question.
    for _ in 0..10 {
        let sea = "/v1/offerings?postcode=1797&theme=digital&q=bestaatniet";
        for further in [
            "&radius=5000&further=true",
            "&radius=10000&further=true",
            "&radius=50000",
        ] {
            server.get(&format!("{sea}{further}"));
        }
    }
    assert_eq!(server.terminate(), Some(0));
    let written = fs::read_to_string(&file).unwrap();
    assert_eq!(written.lines().count(), 3, "{written}");
    assert!(written.contains(",pc4,3011,language,true,12"), "{written}");
    assert!(written.contains(",pc4,1797,digital,false,10"), "{written}");
    let output = run(&["demand", &file]);
    assert!(text(&output.stdout).contains("3011"));
}
