//! The journal: what the core did, as lines in two files of a folder, for whoever helps a user whose phone misbehaves.
//!
//! A line has a time, a level, a place and numbers, codes and ids; never a name, a text, a link, a secret or an address.
//! The newer file is `kept.log`; once it is full it becomes `kept.1.log`, in the place of the one before. What cannot be
//! written is left out: no call fails because of its journal.

use std::fmt::{Debug, Write as _};
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Dispatch, Event, Level, Metadata, Subscriber};

use crate::environment::{Environment, SystemEnvironment};
use crate::notebook::errors::ApiResult;
use crate::notebook::folder::create_folder;

/// The file that is written.
const NEWER: &str = "kept.log";
/// The file that was full.
const OLDER: &str = "kept.1.log";
/// The size at which a file is full, in bytes.
const FULL_BYTES: u64 = 256 * 1024;
/// The longest line, in characters.
const LINE_CHARS: usize = 500;

static JOURNAL: OnceLock<Arc<Journal>> = OnceLock::new();

/// Writes down in a folder what the core does from now on, in all notebooks of this process; two files of 256 KiB at
/// most. A later call chooses another folder. Where the process has a subscriber of its own for `tracing`, that one
/// hears it all, and nothing is written here.
#[uniffi::export]
pub fn keep_logs(folder: String) -> ApiResult<()> {
    let folder = PathBuf::from(folder);
    create_folder(&folder)?;
    let journal = JOURNAL.get_or_init(|| {
        let journal = Arc::new(Journal::default());
        let _ = tracing::dispatcher::set_global_default(Dispatch::new(journal.clone()));
        journal
    });
    journal.keep_in(folder);
    Ok(())
}

/// Returns what was written down, the oldest first: lines of UTF-8. Empty before `keep_logs`.
#[uniffi::export]
pub fn logs() -> ApiResult<Vec<u8>> {
    Ok(JOURNAL.get().map_or(vec![], |journal| journal.content()))
}

/// Lines in the files of a folder.
#[derive(Default)]
struct Journal {
    files: Mutex<Option<JournalFiles>>,
}

/// The files of a folder.
struct JournalFiles {
    folder: PathBuf,
    /// The newer file and its size; none while it cannot be opened.
    open: Option<(File, u64)>,
}

impl Journal {
    fn files(&self) -> MutexGuard<'_, Option<JournalFiles>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep_in(&self, folder: PathBuf) {
        *self.files() = Some(JournalFiles { folder, open: None });
    }

    fn content(&self) -> Vec<u8> {
        let files = self.files();
        let Some(files) = &*files else {
            return vec![];
        };
        let read = |name| std::fs::read(files.folder.join(name)).unwrap_or_default();
        [read(OLDER), read(NEWER)].concat()
    }
}

impl JournalFiles {
    fn write(&mut self, line: &str) {
        if self
            .open
            .as_ref()
            .is_some_and(|(_, size)| *size >= FULL_BYTES)
        {
            self.open = None;
            let _ = std::fs::rename(self.folder.join(NEWER), self.folder.join(OLDER));
        }
        if self.open.is_none() {
            self.open = opened(&self.folder.join(NEWER));
        }
        let Some((file, size)) = &mut self.open else {
            return;
        };
        match file.write_all(line.as_bytes()) {
            Ok(()) => *size = size.saturating_add(u64::try_from(line.len()).unwrap_or(u64::MAX)),
            // The next line looks whether it can be written again.
            Err(_) => self.open = None,
        }
    }
}

fn opened(path: &Path) -> Option<(File, u64)> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).ok()?;
    let size = file.metadata().ok()?.len();
    Some((file, size))
}

impl Subscriber for Journal {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::INFO && metadata.target().starts_with("kept_core")
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let metadata = event.metadata();
        let place = metadata.target().trim_start_matches("kept_core::");
        let mut line = Line(format!("{} {} {place}", time(), metadata.level()));
        event.record(&mut line);
        let mut line: String = line.0.chars().take(LINE_CHARS).collect();
        line.push('\n');
        if let Some(files) = &mut *self.files() {
            files.write(&line);
        }
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The moment of a line, to the second.
fn time() -> String {
    let now = jiff::Timestamp::from_millisecond(SystemEnvironment.wall_ms());
    now.map_or_else(
        |_| "-".to_owned(),
        |now| now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    )
}

/// A line that fields are appended to.
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let begin = self.0.len();
        // Writing to a string does not fail.
        let _ = match field.name() {
            "message" => write!(self.0, " {value:?}"),
            name => write!(self.0, " {name}={value:?}"),
        };
        let written = self.0.split_off(begin);
        self.0.push_str(&written.replace(char::is_control, " "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::Notebook;
    use crate::notebook::folder::secrets::DATABASE_KEY;
    use crate::notebook::folder::secrets::SecretStore;
    use crate::notebook::test_kit::{local_notebook, named, visit};

    fn lines(journal: &Journal) -> Vec<String> {
        let content = String::from_utf8(journal.content()).unwrap();
        content.lines().map(str::to_owned).collect()
    }

    #[test]
    fn no_line_has_a_name_a_text_or_a_secret() {
        let logs = tempfile::tempdir().unwrap();
        let journal = Arc::new(Journal::default());
        journal.keep_in(logs.path().to_owned());
        tracing::dispatcher::with_default(&Dispatch::new(journal.clone()), || {
            let fixture = local_notebook();
            let miller = fixture.notebook.create_account(named("Miller")).unwrap();
            fixture
                .notebook
                .log_visit(visit(Some(miller), "the oven trips"))
                .unwrap();
            fixture.notebook.pause().unwrap();
            let key = fixture.secrets.load(DATABASE_KEY.into()).unwrap().unwrap();
            fixture.secrets.remove(DATABASE_KEY.into()).unwrap();
            assert!(fixture.notebook.account(miller).is_err());
            fixture
                .secrets
                .save(DATABASE_KEY.into(), key.clone())
                .unwrap();
            let folder = fixture.folder.path().join("n");
            Notebook::open_with(folder, fixture.secrets, fixture.environment).unwrap();
            let lines = lines(&journal);
            let has = |text: &str| lines.iter().any(|line| line.contains(text));
            assert!(has("opened") && has("KeyMissing"), "{lines:#?}");
            for secret in ["Miller", "oven", &data_encoding::HEXLOWER.encode(&key)] {
                assert!(!has(secret), "{lines:#?}");
            }
            for line in &lines {
                let time = line.split(' ').next().unwrap();
                assert!(time.ends_with('Z') && time.len() == 20, "{line}");
            }
        });
    }

    #[test]
    fn a_full_file_makes_room_and_the_newest_lines_stay() {
        let logs = tempfile::tempdir().unwrap();
        let journal = Arc::new(Journal::default());
        journal.keep_in(logs.path().to_owned());
        tracing::dispatcher::with_default(&Dispatch::new(journal.clone()), || {
            for number in 0..20_000_u32 {
                tracing::info!(number, "a line\nof two");
                tracing::debug!("not this one");
            }
            let lines = lines(&journal);
            assert!(
                lines
                    .last()
                    .unwrap()
                    .ends_with("a line of two number=19999")
            );
            assert!(
                lines.len() > 5_000 && lines.len() < 15_000,
                "{}",
                lines.len()
            );
            for name in [OLDER, NEWER] {
                let size = std::fs::metadata(logs.path().join(name)).unwrap().len();
                assert!(size <= FULL_BYTES + 600, "{name}: {size}");
            }
            // Where nothing can be written, nothing fails.
            journal.keep_in(logs.path().join("nowhere"));
            tracing::info!("lost");
            assert!(journal.content().is_empty());
        });
    }
}
