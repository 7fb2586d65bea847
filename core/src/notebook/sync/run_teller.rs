//! The teller of a run: says what it changed and how far it is, while it takes what it reads.

use crate::notebook::Notebook;
use crate::notebook::errors::ApiResult;
use crate::notebook::events::NotebookEvent;
use crate::store::feed;
use crate::sync::engine::Engine;

/// The time between two events within an answer, in milliseconds of the boot clock.
const INTERVAL_MS: i64 = 250;
/// The rows to read from which progress is told.
const MANY_ROWS: u64 = 500;

/// Tells the listeners of a notebook about one run.
pub(in crate::notebook) struct RunTeller<'a> {
    notebook: &'a Notebook,
    /// The moment of the last event, in milliseconds of the boot clock.
    told_at: i64,
    /// The progress that was told last, as done and of all.
    progress: Option<(u64, u64)>,
}

impl<'a> RunTeller<'a> {
    /// The teller of a run that begins now.
    pub(in crate::notebook) fn new(notebook: &'a Notebook) -> Self {
        Self {
            notebook,
            told_at: notebook.environment.boot_ms(),
            progress: None,
        }
    }

    /// Tells what changed and how far the run is after a piece: at the end of an answer, and within it now and then.
    pub(in crate::notebook) fn tell(&mut self, engine: &mut Engine, is_end_of_answer: bool) {
        let now = self.notebook.environment.boot_ms();
        if !is_end_of_answer && now.saturating_sub(self.told_at) < INTERVAL_MS {
            return;
        }
        self.told_at = now;
        self.tell_changes(engine);
        let done = engine.stats().rows;
        // Progress that cannot be read is no reason to end the run.
        let Ok(left) = self.rows_left() else {
            return;
        };
        let of = done.saturating_add(left);
        if of >= MANY_ROWS && self.progress != Some((done, of)) {
            self.progress = Some((done, of));
            let event = NotebookEvent::Progress { done, of };
            self.notebook.events.send(event);
        }
    }

    /// Tells what changed and was not told yet.
    pub(in crate::notebook) fn tell_changes(&self, engine: &mut Engine) {
        let (docs, people) = engine.take_changes();
        self.notebook.changed(docs.into_iter().collect());
        if people {
            self.notebook.events.send(NotebookEvent::PeopleChanged);
        }
    }

    /// The rows that are still to be read, of the scopes that are known.
    fn rows_left(&self) -> ApiResult<u64> {
        let scopes = self
            .notebook
            .read(|store| Ok(feed::scopes(store.read())?))?;
        let left = scopes
            .iter()
            .map(|scope| scope.head.saturating_sub(scope.seq));
        Ok(left.sum())
    }
}
