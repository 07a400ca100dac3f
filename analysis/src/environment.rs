//! Where something was measured: what must be known to repeat it.

use nabij_engine::Manifest;
use serde::{Deserialize, Serialize};

/// Where something was measured.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Environment {
    /// Name and version of the program.
    pub program: String,
    /// The kernel, as it names itself.
    pub system: String,
    /// The model of the processor.
    pub processor: String,
    /// How many threads run at the same time.
    pub threads: usize,
    /// Memory in megabytes.
    pub memory_mb: u64,
    /// The index, if it was opened here.
    pub index: Option<IndexInfo>,
    /// The server, if it was asked over HTTP.
    pub url: Option<String>,
}

/// What a generation says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexInfo {
    /// Its number.
    pub generation: u64,
    /// Version of the format of its files.
    pub format: u32,
    /// The program that wrote it.
    pub written_by: String,
    /// When it was built: seconds since 1970, UTC.
    pub built_at: i64,
    /// Offerings with a place.
    pub placed: usize,
    /// Offerings without one.
    pub area_wide: usize,
}

impl IndexInfo {
    /// What the manifest of a generation says.
    pub fn new(generation: u64, manifest: &Manifest) -> Self {
        Self {
            generation,
            format: manifest.format,
            written_by: manifest.written_by.clone(),
            built_at: manifest.built_at,
            placed: manifest.counts.placed,
            area_wide: manifest.counts.area_wide,
        }
    }
}

impl Environment {
    /// This machine, as Linux tells it in `/proc`; what it does not tell is left empty.
    pub fn here(program: &str) -> Self {
        let read = |path: &str| fs_err::read_to_string(path).unwrap_or_default();
        let memory_kb = value(&read("/proc/meminfo"), "MemTotal")
            .trim_end_matches(" kB")
            .parse()
            .unwrap_or(0_u64);
        Self {
            program: program.to_owned(),
            system: read("/proc/sys/kernel/osrelease").trim().to_owned(),
            processor: value(&read("/proc/cpuinfo"), "model name"),
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            memory_mb: memory_kb / 1_024,
            index: None,
            url: None,
        }
    }
}

/// What stands behind a name and a colon.
fn value(text: &str, name: &str) -> String {
    let mut pairs = text.lines().filter_map(|line| line.split_once(':'));
    let found = pairs.find(|(found, _)| found.trim() == name);
    found.map_or_else(String::new, |(_, value)| value.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stands_behind_its_name() {
        let text = "processor\t: 0\nmodel name\t: Some CPU @ 2: GHz\nMemTotal:  16 kB\n";
        assert_eq!(value(text, "model name"), "Some CPU @ 2: GHz");
        assert_eq!(value(text, "flags"), "");
    }
}
