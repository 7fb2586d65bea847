//! Writing to standard output, at once and in one place.

use std::io::{ErrorKind, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// Writes to standard output at once. A reader that went away, such as `head`, ends the program quietly.
pub(super) fn print(text: &str) {
    match try_print(text) {
        Ok(()) => {}
        Err(e) if e.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        Err(e) => {
            let _ = writeln!(std::io::stderr(), "{e}");
            std::process::exit(1);
        }
    }
}

/// True once anything was printed.
pub(super) static HAS_PRINTED: AtomicBool = AtomicBool::new(false);

/// Writes to standard output at once.
pub(super) fn try_print(text: &str) -> std::io::Result<()> {
    HAS_PRINTED.store(true, Ordering::Relaxed);
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}
