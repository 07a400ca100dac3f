//! The object that names the generation in use. It is small, and the only one that ever changes.

use nabij_engine::GenerationNumber;
use serde::{Deserialize, Serialize};

/// Its name.
pub(crate) const CURRENT: &str = "CURRENT";
/// The largest that is read, in bytes.
pub(crate) const LARGEST_POINTER: u64 = 1 << 16;

/// Which generation is in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pointer {
    /// How many publications there were, this one included: one higher each time. Replicas number their generations so.
    pub sequence: GenerationNumber,
    /// Fingerprint of the generation, and the name of its folder.
    pub generation: String,
    /// The version of its format.
    pub format: u32,
    /// When it was published: seconds since 1970, UTC.
    pub published_at: i64,
    /// The generations that are kept, the latest first, this one included.
    pub kept: Vec<String>,
}

/// What is wrong with a pointer.
#[derive(Debug, thiserror::Error)]
pub enum PointerError {
    /// It is not the JSON that it should be.
    #[error("`CURRENT` is no pointer to a generation; publish again")]
    Json(#[from] serde_json::Error),
    /// It names something that no generation is called.
    #[error("`CURRENT` names `{0}`, which is no fingerprint of a generation; publish again")]
    Name(String),
}

impl Pointer {
    /// Reads it. A name that could lead out of the folder of generations is refused.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, PointerError> {
        let pointer: Self = serde_json::from_slice(bytes)?;
        let is_fingerprint =
            |name: &String| name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        match std::iter::once(&pointer.generation)
            .chain(&pointer.kept)
            .find(|name| !is_fingerprint(name))
        {
            Some(name) => Err(PointerError::Name(name.chars().take(80).collect())),
            None => Ok(pointer),
        }
    }

    /// The name of a file of the generation within the storage.
    pub(crate) fn file(&self, name: &str) -> String {
        format!("{GENERATIONS}/{}/{name}", self.generation)
    }
}

/// The folder of generations within the storage.
pub(crate) const GENERATIONS: &str = "generations";

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn a_pointer_that_leads_elsewhere_is_refused() {
        let pointer = |generation: &str| {
            format!(r#"{{"sequence":1,"generation":"{generation}","format":4,"published_at":0,"kept":[]}}"#)
        };
        assert!(Pointer::parse(pointer(&"0f".repeat(16)).as_bytes()).is_ok());
        for bad in ["../../etc", "", "0f", &"zz".repeat(16)] {
            let error = Pointer::parse(pointer(bad).as_bytes()).unwrap_err().to_string();
            assert!(error.contains("no fingerprint"), "{error}");
        }
        for bad in ["", "{}", "17", "[]"] {
            let error = Pointer::parse(bad.as_bytes()).unwrap_err().to_string();
            assert!(error.contains("no pointer"), "{error}");
        }
    }
}
