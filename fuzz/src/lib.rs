//! Gives the inputs of libFuzzer to a target: what [`guided!`] makes a program of.

mod targets;

use std::{
    cell::OnceCell,
    env, fs,
    panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook},
    path::Path,
    process::abort,
    sync::Mutex,
};

use targets::Target;

/// Makes the program of a target.
#[macro_export]
macro_rules! guided {
    ($target:ident) => {
        libfuzzer_sys::fuzz_target!(init: $crate::begin(stringify!($target)), |bytes: &[u8]| $crate::run(bytes));
    };
}

thread_local! {
    static TARGET: OnceCell<Target> = const { OnceCell::new() };
}

/// What the latest panic said.
static SAID: Mutex<String> = Mutex::new(String::new());

/// Makes the target ready, and writes its good inputs into the first folder that was named and its words into the dictionary
/// that was named. libFuzzer reads both after that.
pub fn begin(name: &str) {
    let (_, target) = targets::ALL.iter().find(|(known, _)| *known == name).unwrap();
    let target = target();
    for argument in env::args().skip(1) {
        if let Some(path) = argument.strip_prefix("-dict=") {
            fs::write(path, dictionary(&target)).unwrap();
        }
    }
    let folder = env::args().skip(1).find(|argument| Path::new(argument).is_dir());
    for (at, seed) in target.seeds.iter().enumerate() {
        if let Some(folder) = &folder {
            fs::write(Path::new(folder).join(format!("seed-{at:02}")), seed).unwrap();
        }
    }
    // libFuzzer's own hook ends the process at every panic. Some are caught, and are no finding.
    set_hook(Box::new(|panic: &PanicHookInfo<'_>| {
        if let Ok(mut said) = SAID.lock() {
            *said = panic.to_string();
        }
    }));
    TARGET.with(|cell| drop(cell.set(target)));
}

/// Tries an input. A panic that comes out is a finding.
pub fn run(bytes: &[u8]) {
    let tried = TARGET.with(|target| {
        let run = || target.get().map(|target| (target.run)(bytes));
        catch_unwind(AssertUnwindSafe(run))
    });
    if !matches!(tried, Ok(Some(()))) {
        eprintln!("{}", SAID.lock().map(|said| said.clone()).unwrap_or_default());
        abort();
    }
}

/// A dictionary of libFuzzer: a word in quotes a line, with what is not plain as hexadecimal.
fn dictionary(target: &Target) -> String {
    let escaped = |word: &Vec<u8>| {
        let plain = |byte: &u8| (b' '..=b'~').contains(byte) && !matches!(byte, b'"' | b'\\');
        let byte = |byte: &u8| {
            if plain(byte) {
                char::from(*byte).to_string()
            } else {
                format!("\\x{byte:02x}")
            }
        };
        format!("\"{}\"\n", word.iter().map(byte).collect::<String>())
    };
    target.words.iter().map(escaped).collect()
}
