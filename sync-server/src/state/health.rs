//! Finds out if the server can store what it is sent, by a small write that is tried now and then.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kept_core::Environment;

use crate::log::{Fault, Log};
use crate::private;

/// The log that all parts of the server share.
type SharedLog = Mutex<Box<dyn Log>>;

/// The file that is written and removed.
const PROBE: &str = "probe";
/// The size of the probe, in bytes: that of a phone's largest group, so that where it fits the next group does.
const PROBE_BYTES: usize = kept_core::limits::GROUP_BYTES;
/// The interval of writes to the disk while all is well, in milliseconds.
const HEALTHY_INTERVAL_MS: i64 = 10_000;
/// The shortest interval while it is not well, or does not look so, in milliseconds.
const TROUBLED_INTERVAL_MS: i64 = 1_000;
/// Free bytes below which it is tried at once.
#[cfg(unix)]
const LOW_BYTES: u64 = 1024 * 1024;

/// The health of a data folder: the result of the last look.
pub(crate) struct Health {
    data_dir: PathBuf,
    environment: Arc<dyn Environment>,
    last: Mutex<Option<ProbeResult>>,
    /// True if something failed since.
    suspected: AtomicBool,
}

#[derive(Clone, Copy)]
struct ProbeResult {
    /// The instant of the look, in milliseconds of the boot clock.
    at: i64,
    fault: Option<Fault>,
    /// True if there was a reason to look.
    seemed_troubled: bool,
}

impl Health {
    /// The health of a folder that was not looked at yet.
    pub(super) fn new(data_dir: &Path, environment: Arc<dyn Environment>) -> Self {
        Self {
            data_dir: data_dir.to_owned(),
            environment,
            last: Mutex::default(),
            suspected: AtomicBool::new(false),
        }
    }

    /// Says that something could not be stored, so that the next look is a new one.
    pub(crate) fn suspect(&self) {
        self.suspected.store(true, Ordering::Relaxed);
    }

    /// The fault that the last look found; None if it found none, and before the first look.
    pub(crate) fn fault(&self) -> Option<Fault> {
        lock(&self.last).and_then(|look| look.fault)
    }

    /// Finds out what is wrong, if anything, at most once a second. Blocks.
    pub(super) fn check(&self, log: &SharedLog) -> Option<Fault> {
        let mut last = lock(&self.last);
        let now = self.environment.boot_ms();
        let seems_troubled =
            self.suspected.load(Ordering::Relaxed) || seems_troubled(&self.data_dir);
        if let Some(look) = *last {
            let is_as_before = look.fault.is_some() || look.seemed_troubled == seems_troubled;
            let fresh_ms = match look.fault.is_some() || seems_troubled {
                true => TROUBLED_INTERVAL_MS,
                false => HEALTHY_INTERVAL_MS,
            };
            if is_as_before && (0..fresh_ms).contains(&(now - look.at)) {
                return look.fault;
            }
        }
        let fault = probe(&self.data_dir, log);
        if fault != last.and_then(|look| look.fault) {
            match fault {
                Some(fault) => tracing::error!(word = fault.word(), "nothing can be stored"),
                None if last.is_some() => tracing::info!("everything can be stored again"),
                None => {}
            }
        }
        self.suspected.store(false, Ordering::Relaxed);
        *last = Some(ProbeResult {
            at: now,
            fault,
            seemed_troubled: seems_troubled,
        });
        fault
    }

    /// Looks again where there is trouble, or seems to be; nothing is written where all seems well. Blocks.
    pub(super) fn check_if_troubled(&self, log: &SharedLog) -> Option<Fault> {
        let suspected = self.suspected.load(Ordering::Relaxed);
        let is_troubled = suspected || self.fault().is_some() || seems_troubled(&self.data_dir);
        is_troubled.then(|| self.check(log)).flatten()
    }
}

/// Locks also after a panic: it rolled the log's transaction back, and a result is replaced as a whole.
fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// True if the file system says of itself that it takes little or nothing. That is asked without a write.
#[cfg(unix)]
fn seems_troubled(data_dir: &Path) -> bool {
    let Ok(found) = rustix::fs::statvfs(data_dir) else {
        return true;
    };
    let free = found.f_bavail.saturating_mul(found.f_frsize);
    free < LOW_BYTES || found.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY)
}

#[cfg(not(unix))]
fn seems_troubled(_: &Path) -> bool {
    false
}

/// Reads the log, writes a file beside it, and begins to write the log.
fn probe(data_dir: &Path, log: &SharedLog) -> Option<Fault> {
    // The transaction is dropped at once: the write lock tells whether the log can be written, and nothing is.
    let look = |write: bool| {
        let mut log = lock(log);
        let looked = if write {
            log.write().map(drop)
        } else {
            log.read().and_then(|log| log.organisation().map(drop))
        };
        looked.err().map(|error| error.fault())
    };
    let read = look(false);
    if read.is_some_and(|fault| !fault.leaves_it_readable()) {
        return read;
    }
    let path = data_dir.join(PROBE);
    let written = private::open(OpenOptions::new().truncate(true), &path).and_then(|mut file| {
        file.write_all(&[0; PROBE_BYTES])
            .and_then(|()| file.sync_all())
    });
    // The next probe overwrites what stays of this one.
    let _ = fs::remove_file(&path);
    let folder = written.err().map(|error| Fault::from(&error));
    folder.or(read).or_else(|| look(true))
}
