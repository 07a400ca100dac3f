//! Lists the files that the server embeds: those of `assets`, and of `web/dist` when the web build has run.

use std::{env, fmt::Write as _, fs, io, path::Path};

fn main() -> io::Result<()> {
    let here = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let mut table = "&[\n".to_owned();
    for folder in ["assets", "../web/dist"] {
        let folder = Path::new(&here).join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        let mut paths: Vec<_> = entries
            .map(|entry| entry?.path().canonicalize())
            .collect::<io::Result<_>>()?;
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if !name.starts_with('.') {
                let path = path.to_string_lossy();
                writeln!(table, "({name:?}, include_bytes!({path:?})),").map_err(io::Error::other)?;
            }
        }
    }
    table.push(']');
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("assets.rs"), table)
}
