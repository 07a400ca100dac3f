//! What the log says when a thread panics: where, and not with which words. A message about a slice of a text holds the
//! text, and that may be what a visitor typed.

use std::panic::{self, PanicHookInfo};

/// From now on a panic is a line in the log with its place in the code.
pub(super) fn say_only_where() {
    panic::set_hook(Box::new(log));
}

fn log(panicked: &PanicHookInfo<'_>) {
    if let Some(place) = panicked.location() {
        tracing::error!(file = place.file(), line = place.line(), "a thread panicked");
    } else {
        tracing::error!("a thread panicked");
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{self, Write},
        sync::{Arc, Mutex},
    };

    use super::*;

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_panic_is_logged_without_what_was_typed() {
        let lines = Log::default();
        let writer = lines.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_writer(move || writer.clone())
            .finish();
        let before = panic::take_hook();
        say_only_where();
        let outcome = tracing::subscriber::with_default(subscriber, || {
            panic::catch_unwind(|| panic!("no char boundary in `schuldhulp`"))
        });
        panic::set_hook(before);
        assert!(outcome.is_err());
        let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        assert!(
            text.contains("a thread panicked") && text.contains("panics.rs"),
            "{text}"
        );
        assert!(!text.contains("schuldhulp"), "{text}");
    }
}
