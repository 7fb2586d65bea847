//! The progress of long work: on a terminal only, on one line that disappears at its end.

use std::io::{IsTerminal, Write};

use kept_core::{Environment, SystemEnvironment};

use crate::output::Output;

/// The time between two changes of the line, in milliseconds.
const UPDATE_INTERVAL_MS: i64 = 100;

/// A line such as "120 of 3000" on standard error.
pub struct Progress {
    enabled: bool,
    next_update_ms: i64,
    label: String,
}

impl Progress {
    /// Starts with a word for what is done. Shows nothing for machines and into pipes.
    pub fn new(out: &Output, label: String) -> Self {
        let enabled = !out.json && std::io::stderr().is_terminal();
        let mut progress = Self {
            enabled,
            next_update_ms: 0,
            label,
        };
        progress.write("");
        progress
    }

    /// Says how many of how many are done.
    pub fn update(&mut self, done: u64, total: u64) {
        let now = SystemEnvironment.boot_ms();
        if self.enabled && now >= self.next_update_ms {
            self.next_update_ms = now + UPDATE_INTERVAL_MS;
            self.write(&format!(" {done}/{total}"));
        }
    }

    fn write(&mut self, text: &str) {
        if self.enabled {
            let mut stderr = std::io::stderr().lock();
            // Progress that cannot be shown is no reason to stop.
            let _ = write!(stderr, "\r\x1b[K{}{text}", self.label);
            let _ = stderr.flush();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.enabled {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
