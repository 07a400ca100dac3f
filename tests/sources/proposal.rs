//! A table with names of its own: a mapping is proposed.

use super::{sample, str};
use crate::harness::{Folder, nabij, text};

#[test]
fn check_proposes_a_mapping_that_works_and_makes_no_index() {
    let folder = Folder::new();
    for name in ["aanbod.csv", "aanbod.xlsx"] {
        let table = sample("formats").join(name);
        let output = nabij(&["check", str(&table)]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let proposal = text(&output.stdout);
        for line in [
            "postcode = \"Postcode\"",
            "house_number = [\"Huisnr\"",
            "Spreekuur = \"practical_help\"  # a guess",
            "# Sport = \"\"  # say which",
            "themes = \",\"",
        ] {
            assert!(
                proposal.contains(line)
                    || proposal.contains(
                        &line
                            .replace("Spreekuur", "\"Spreekuur\"")
                            .replace("Sport", "\"Sport\"")
                    ),
                "{line}: {proposal}"
            );
        }
        let mapping = folder.file("voorstel.toml", &proposal);
        let output = nabij(&["check", str(&table), "--mapping", str(&mapping)]);
        assert!(
            output.status.success(),
            "{} {}",
            text(&output.stdout),
            text(&output.stderr)
        );
        let report = text(&output.stdout);
        assert!(
            report.starts_with("4 rows read, 2 offerings in the index, 2 rows rejected"),
            "{report}"
        );
    }
    assert!(!folder.out().exists());
}
