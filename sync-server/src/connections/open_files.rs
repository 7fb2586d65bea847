//! The number of files that this process may have open, which bounds its connections.

/// Raises the number of files that this process may open to what it may be raised to, and returns it. A process
/// that may not keeps the number that it has.
#[cfg(unix)]
pub(crate) fn raise() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    if limit.current != limit.maximum
        && let Err(error) = setrlimit(Resource::Nofile, raised)
    {
        tracing::warn!(%error, "the limit of open files cannot be raised");
    }
    // No number means no limit.
    let current = getrlimit(Resource::Nofile).current;
    current.map_or(usize::MAX, |files| {
        usize::try_from(files).unwrap_or(usize::MAX)
    })
}

/// The number that is usual: there is nothing to raise.
#[cfg(not(unix))]
pub(crate) fn raise() -> usize {
    1024
}
