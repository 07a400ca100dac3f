//! What the system says of this process, told under the names that clients of Prometheus have for it.

use fs_err as fs;
use prometheus_client::registry::Registry;

use crate::metrics::tell;

/// Adds what the system says; where it has no `/proc`, nothing.
#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
pub(crate) fn tell_process(registry: &mut Registry, started_at: i64) {
    let mut tell = |name, help, value: Option<u64>| {
        if let Some(value) = value {
            tell(registry, name, help, value as f64);
        }
    };
    tell(
        "process_start_time_seconds",
        "When the server started",
        u64::try_from(started_at).ok(),
    );
    tell(
        "process_resident_memory_bytes",
        "Memory of the process, mapped parts of the index included",
        fs::read_to_string("/proc/self/status")
            .ok()
            .and_then(|status| resident_bytes(&status)),
    );
    tell("process_open_fds", "Open file descriptors", open_files());
    tell(
        "process_max_fds",
        "How many file descriptors may be open",
        fs::read_to_string("/proc/self/limits")
            .ok()
            .and_then(|limits| limit_of_files(&limits)),
    );
}

/// The memory in the text of `/proc/self/status`, in bytes.
fn resident_bytes(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1_024)
}

/// How many file descriptors are open, without the one that it takes to look.
fn open_files() -> Option<u64> {
    let entries = fs::read_dir("/proc/self/fd").ok()?;
    u64::try_from(entries.count()).ok()?.checked_sub(1)
}

/// The soft limit of open files in the text of `/proc/self/limits`; the largest number where there is none.
pub fn limit_of_files(limits: &str) -> Option<u64> {
    let line = limits.lines().find(|line| line.starts_with("Max open files"))?;
    let soft = line.split_whitespace().nth(3)?;
    match soft {
        "unlimited" => Some(u64::MAX),
        number => number.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_in_bytes() {
        assert_eq!(
            resident_bytes("VmHWM:\t  900 kB\nVmRSS:\t     812 kB\n"),
            Some(831_488)
        );
        assert_eq!(resident_bytes("Name:\tkthread\n"), None);
    }

    #[test]
    fn an_open_file_is_counted() {
        let before = open_files().unwrap();
        let files = [(); 50].map(|()| fs::File::open("/proc/self/status").unwrap());
        // Other tests open and close files meanwhile.
        let more = open_files().unwrap().abs_diff(before);
        assert!((25..75).contains(&more), "{more}");
        drop(files);
    }
}
