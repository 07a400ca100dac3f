//! Lists the files that the server embeds: those of `assets`, and of `web/dist` when the web build has run. Each comes
//! with itself packed by brotli, so that no request has to do that; with nothing if that does not make it smaller.

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

/// How hard brotli tries, and how far it looks back, both at their most.
const QUALITY: u32 = 11;
const WINDOW: u32 = 22;

fn main() -> io::Result<()> {
    let here = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    let mut table = "&[\n".to_owned();
    for folder in ["assets", "../web/dist"] {
        let folder = Path::new(&here).join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        for (name, path) in files(&folder)? {
            let packed = pack(&path, &out.join(format!("{}.br", name.replace('/', "-"))))?;
            let packed = packed.map_or_else(
                || "&[]".to_owned(),
                |packed| format!("include_bytes!({:?})", packed.to_string_lossy()),
            );
            let path = path.to_string_lossy();
            writeln!(table, "({name:?}, include_bytes!({path:?}), {packed}),").map_err(io::Error::other)?;
        }
    }
    table.push(']');
    fs::write(out.join("assets.rs"), table)
}

/// The files of a folder by their names, without hidden ones; none if it is not there.
fn files(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(Vec::new());
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path().canonicalize()?;
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_file() && !name.starts_with('.') {
            files.push((name, path));
        }
    }
    files.sort();
    Ok(files)
}

/// Packs a file; gives where the packed form is, if it is the smaller one.
fn pack(path: &Path, packed: &Path) -> io::Result<Option<PathBuf>> {
    let content = fs::read(path)?;
    let mut bytes = Vec::new();
    {
        let mut writer = brotli::CompressorWriter::new(&mut bytes, 1 << 16, QUALITY, WINDOW);
        io::Write::write_all(&mut writer, &content)?;
    }
    if bytes.len() >= content.len() {
        return Ok(None);
    }
    fs::write(packed, bytes)?;
    Ok(Some(packed.to_owned()))
}
