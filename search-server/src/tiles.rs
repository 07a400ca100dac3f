//! `/tegels/{layer}/{z}/{x}/{y}.png`: map tiles of PDOK through our own server, so that nobody else sees where a
//! visitor looks. Only known layers, zoom levels 6 to 19 and the Netherlands; kept on disk for thirty days.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Mutex,
    time::{Duration, SystemTime},
};

use fs_err as fs;

/// What a layer is called in our addresses and in PDOK's.
const LAYERS: [&str; 2] = ["grijs", "standaard"];
/// The zoom levels that there are.
const ZOOMS: std::ops::RangeInclusive<u32> = 6..=19;
/// West, south, east and north of the Netherlands, in degrees, with some room.
const NETHERLANDS: [f64; 4] = [3.0, 50.5, 7.5, 53.8];
/// How long a tile is good.
const GOOD: Duration = Duration::from_secs(30 * 24 * 3_600);
/// How long we wait for a tile.
const PATIENCE: Duration = Duration::from_secs(3);
/// The largest tile that is taken, in bytes.
const LARGEST: u64 = 512 * 1_024;
/// What every PNG begins with.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// One tile of the Netherlands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tile {
    layer: &'static str,
    zoom: u32,
    x: u32,
    y: u32,
}

impl Tile {
    /// Reads the parts of an address; none for a tile that we do not give.
    pub(crate) fn parse(layer: &str, zoom: &str, x: &str, file: &str) -> Option<Self> {
        let number = |text: &str| {
            let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() < 8;
            plain.then(|| text.parse().ok()).flatten()
        };
        let tile = Self {
            layer: LAYERS.into_iter().find(|known| *known == layer)?,
            zoom: number(zoom)?,
            x: number(x)?,
            y: number(file.strip_suffix(".png")?)?,
        };
        tile.is_dutch().then_some(tile)
    }

    fn is_dutch(self) -> bool {
        if !ZOOMS.contains(&self.zoom) {
            return false;
        }
        let [west, south, east, north] = NETHERLANDS;
        let (left, top) = position(self.zoom, north, west);
        let (right, bottom) = position(self.zoom, south, east);
        (left..=right).contains(&self.x) && (top..=bottom).contains(&self.y)
    }
}

/// The column and the row of the tile in which a position lies, in Web Mercator.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positions of the Netherlands lie well within the tiles of every zoom level"
)]
fn position(zoom: u32, lat: f64, lon: f64) -> (u32, u32) {
    let tiles = f64::from(1_u32 << zoom);
    let x = (lon + 180.0) / 360.0 * tiles;
    let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * tiles;
    (x as u32, y as u32)
}

/// Where tiles come from and where they are kept.
#[derive(Debug)]
pub struct Tiles {
    /// With `{layer}`, `{z}`, `{x}` and `{y}` to fill in.
    source: String,
    folder: PathBuf,
    most_bytes: u64,
    /// How many bytes are kept.
    kept: Mutex<u64>,
    client: ureq::Agent,
}

/// Why there is no tile.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TileError {
    /// The source did not answer in time, or not with a tile.
    #[error("the source of map tiles does not answer")]
    Source(#[from] ureq::Error),
    /// What came is not an image.
    #[error("what the source of map tiles sent is no PNG")]
    NoImage,
}

impl Tiles {
    /// Tiles of a source, kept in a folder that is made if it is not there, in at most so many bytes.
    pub fn open(source: String, folder: PathBuf, most_bytes: u64) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        let kept = files(&folder)?.iter().map(|file| file.bytes).sum();
        let client = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            // A source that sends us elsewhere could send us into our own network.
            .max_redirects(0)
            .user_agent("nabij")
            .build()
            .into();
        Ok(Self {
            source,
            folder,
            most_bytes,
            kept: Mutex::new(kept),
            client,
        })
    }

    /// The image of a tile: kept, or fetched and kept. An old one when there is no new one. Blocks.
    pub(crate) fn image(&self, tile: Tile, now: SystemTime) -> Result<Vec<u8>, TileError> {
        let Tile { layer, zoom, x, y } = tile;
        let path = self.folder.join(format!("{layer}-{zoom}-{x}-{y}.png"));
        let kept = fs::read(&path).ok();
        let is_good = fs::metadata(&path)
            .and_then(|about| about.modified())
            .is_ok_and(|written| now.duration_since(written).is_ok_and(|age| age < GOOD));
        if let Some(image) = kept.clone().filter(|_| is_good) {
            return Ok(image);
        }
        match self.fetch(tile) {
            Ok(image) => {
                if let Err(error) = self.keep(&path, &image) {
                    // The error itself names the file, and so where somebody looked.
                    tracing::warn!(error = %error.kind(), "a map tile cannot be kept");
                }
                Ok(image)
            }
            Err(error) => kept.ok_or(error),
        }
    }

    /// Nothing of the visitor goes along.
    fn fetch(&self, tile: Tile) -> Result<Vec<u8>, TileError> {
        let address = self
            .source
            .replace("{layer}", tile.layer)
            .replace("{z}", &tile.zoom.to_string())
            .replace("{x}", &tile.x.to_string())
            .replace("{y}", &tile.y.to_string());
        let mut answer = self.client.get(address).call()?;
        let image = answer.body_mut().with_config().limit(LARGEST).read_to_vec()?;
        if image.starts_with(PNG) {
            Ok(image)
        } else {
            Err(TileError::NoImage)
        }
    }

    /// Writes a tile beside its place and renames it, so that nobody reads half of one; then makes room.
    fn keep(&self, path: &Path, image: &[u8]) -> io::Result<()> {
        // One at a time; who panicked with the lock only left the count a little wrong.
        let mut kept = self
            .kept
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let before = fs::metadata(path).map_or(0, |about| about.len());
        let beside = path.with_extension("new");
        fs::write(&beside, image)?;
        fs::rename(&beside, path)?;
        *kept = kept.saturating_sub(before) + image.len() as u64;
        if *kept > self.most_bytes {
            *kept = make_room(&self.folder, self.most_bytes / 10 * 9)?;
        }
        Ok(())
    }
}

struct Kept {
    path: PathBuf,
    bytes: u64,
    written: SystemTime,
}

fn files(folder: &Path) -> io::Result<Vec<Kept>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        if about.is_file() {
            files.push(Kept {
                path: entry.path(),
                bytes: about.len(),
                written: about.modified()?,
            });
        }
    }
    Ok(files)
}

/// Removes the oldest until at most so many bytes are left; gives how many are.
fn make_room(folder: &Path, most_bytes: u64) -> io::Result<u64> {
    let mut files = files(folder)?;
    files.sort_by_key(|file| file.written);
    let mut bytes: u64 = files.iter().map(|file| file.bytes).sum();
    for file in files {
        if bytes <= most_bytes {
            break;
        }
        fs::remove_file(&file.path)?;
        bytes -= file.bytes;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tiles_of_the_netherlands_are_given() {
        // Utrecht, then what is not a tile of ours.
        assert!(Tile::parse("grijs", "12", "2106", "1349.png").is_some());
        for (layer, zoom, x, file) in [
            ("luchtfoto", "12", "2106", "1349.png"),
            ("../grijs", "12", "2106", "1349.png"),
            ("grijs", "5", "16", "10.png"),
            ("grijs", "20", "539136", "345344.png"),
            ("grijs", "12", "0", "1349.png"),
            ("grijs", "12", "2106", "0.png"),
            ("grijs", "12", "2106", "1349.jpg"),
            ("grijs", "12", "-2106", "1349.png"),
            ("grijs", "12", "+2106", "1349.png"),
            ("grijs", "99999999999", "1", "1.png"),
        ] {
            assert_eq!(
                Tile::parse(layer, zoom, x, file),
                None,
                "{layer}/{zoom}/{x}/{file}"
            );
        }
    }

    #[test]
    fn room_is_made_by_removing_the_oldest() {
        let folder = tempfile::tempdir().unwrap();
        let start = SystemTime::UNIX_EPOCH;
        for number in 0..10_u64 {
            let path = folder.path().join(format!("{number}.png"));
            fs::write(&path, [0; 100]).unwrap();
            let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
            file.set_modified(start + Duration::from_secs(number)).unwrap();
        }
        assert_eq!(make_room(folder.path(), 450).unwrap(), 400);
        let mut left: Vec<_> = files(folder.path())
            .unwrap()
            .into_iter()
            .map(|file| file.path)
            .collect();
        left.sort();
        assert!(left[0].ends_with("6.png") && left.len() == 4, "{left:?}");
    }
}
