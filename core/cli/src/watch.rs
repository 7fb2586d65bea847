//! Commands that go on until they are told to stop: the changes that wake them, and the signal that ends them.

use std::path::Path;
use std::time::Duration;

use kept_core::notebook::{ApiResult, KeptError};

/// The time between two looks at the files.
const POLL_INTERVAL: Duration = Duration::from_secs(2);

/// Returns when another command wrote something.
pub async fn folder_changed(folder: &Path, seen: Fingerprint) {
    loop {
        tokio::time::sleep(POLL_INTERVAL).await;
        if fingerprint(folder) != seen {
            return;
        }
    }
}

/// Length and time of change of the database and its log.
pub type Fingerprint = Vec<Option<(u64, std::time::SystemTime)>>;

/// The present state of the files: length and time of the last change of each; None for one that is not there.
pub fn fingerprint(folder: &Path) -> Fingerprint {
    let of = |name: &str| {
        let data = std::fs::metadata(folder.join(name)).ok()?;
        Some((data.len(), data.modified().ok()?))
    };
    vec![of("notebook.db"), of("notebook.db-wal")]
}

/// Ends when the user presses Ctrl-C or the system asks to stop.
pub fn stop_signal() -> ApiResult<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut terminate = {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::terminate()).map_err(|e| unexpected_error(&e))?
    };
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    })
}

/// The error for a failure that should not happen.
pub fn unexpected_error(error: &dyn std::fmt::Display) -> KeptError {
    KeptError::Unexpected {
        reason: error.to_string(),
    }
}
