//! The context of a scene: the phones, a record of what happened on them, and what every scene does with them.

use std::sync::atomic::{AtomicU64, Ordering};

use kept_core::Environment;
use kept_core::language::{Lang, ReaderContext, format_due};
use kept_core::model::event::{EvidenceKind, Performer};
use kept_core::model::ids::DocId;
use kept_core::model::time::{Due, DuePart};
use kept_core::model::visit::{Channel, UsageDraft, VisitDraft};
use kept_core::notebook::{
    AccountListQuery, AccountSummary, LoggedVisit, PromiseDraft, PromiseEdit, SyncReport,
    VisitEntry,
};
use kept_kit::{Rng, fulfilled, promise_by};

use crate::DemoError;
use crate::calendar::Calendar;
use crate::demo_phone::DemoPhone;
use crate::people::POOL;
use crate::reporter::Reporter;

/// The technician of the north.
pub(crate) const SAM: usize = 0;
/// The technician of the west.
pub(crate) const KIM: usize = 1;
/// The workshop of the north.
pub(crate) const BEN: usize = 2;
/// The office.
pub(crate) const ANN: usize = 3;
/// Sales in the south.
pub(crate) const SOFIA: usize = 4;
/// The owners of the phones, in this order.
pub(crate) const NAMES: [&str; 5] = [
    "Sam Okafor",
    "Kim Larsen",
    "Ben Fischer",
    "Ann Hartley",
    "Sofía Engel",
];

/// A pause between two things, or none. False when it is time to stop.
pub(crate) type Pause<'a> = dyn Fn() -> bool + 'a;

/// The phones of the story, and a record of what happened on them.
pub(crate) struct SceneContext<'a> {
    /// The phones, in the order of [`NAMES`].
    pub(crate) phones: Vec<DemoPhone>,
    /// Prints what happens.
    pub(crate) reporter: Reporter<'a>,
    /// Chance.
    pub(crate) rng: Rng,
    /// The clock.
    pub(crate) environment: &'a dyn Environment,
    /// Changes written so far.
    pub(crate) written: &'a AtomicU64,
    /// The texts that were said on the story's visits.
    pub(crate) texts: Vec<String>,
    /// The account that two phones changed at once, with both notes and both numbers.
    pub(crate) concurrent_edit: Option<ConcurrentEdit>,
    /// Promises whose performer works in another territory.
    pub(crate) across_teams: Vec<(usize, DocId)>,
    /// Callbacks that climbed their ladder.
    pub(crate) ladder_runs: Vec<LadderRun>,
    /// Waits between two things.
    pub(crate) pause: &'a Pause<'a>,
}

/// The values that must be found in an account that two phones changed at once.
pub(crate) struct ConcurrentEdit {
    /// The account.
    pub(crate) account: DocId,
    /// Both notes.
    pub(crate) notes: [String; 2],
    /// Both numbers.
    pub(crate) numbers: [String; 2],
}

/// The rungs that a ladder of the story must have rung.
pub(crate) struct LadderRun {
    /// The promise.
    pub(crate) promise: DocId,
    /// Its rungs, in the order in which they rang.
    pub(crate) rungs: Vec<String>,
}

/// Goes on, or leaves the scene because it is time to stop.
macro_rules! pause_or_stop {
    ($context:expr) => {
        if !($context.pause)() {
            return Ok(false);
        }
    };
}
pub(crate) use pause_or_stop;

/// The event that it was done, and the customer says so.
pub(crate) fn done(note: &str) -> PromiseEdit {
    fulfilled(EvidenceKind::CustomersWord, note)
}

/// The event that the customer was called.
pub(crate) fn called(note: &str) -> PromiseEdit {
    fulfilled(EvidenceKind::Call, note)
}

impl SceneContext<'_> {
    /// Prints what a phone's owner does.
    pub(crate) fn report(&mut self, phone: usize, what: &str) -> Result<(), DemoError> {
        let name = NAMES[phone].split(' ').next().unwrap_or_default();
        Ok(self.reporter.report(name, what)?)
    }

    pub(crate) fn count(&self, changes: usize) {
        self.written
            .fetch_add(u64::try_from(changes).unwrap_or(0), Ordering::SeqCst);
    }

    /// A customer of the territory of a phone's owner.
    pub(crate) fn customer_of(&self, phone: usize) -> Result<AccountSummary, DemoError> {
        let notebook = &self.phones[phone].notebook;
        let team = notebook.me()?.team;
        let query = AccountListQuery {
            archived: false,
            limit: 1_000,
            offset: 0,
        };
        let mut customers = notebook.accounts(query)?;
        customers.retain(|customer| customer.team == team);
        if customers.is_empty() {
            return Err(DemoError::Story(format!(
                "{} has no customers",
                NAMES[phone]
            )));
        }
        Ok(customers.swap_remove(self.rng.below(customers.len())))
    }

    /// One of several texts, noted as said on a visit of the story.
    pub(crate) fn visit_text(&mut self, of: &[&str]) -> String {
        let text = self.rng.pick(of, "").to_owned();
        self.texts.push(text.clone());
        text
    }

    pub(crate) fn due_in(&self, days: usize) -> Result<Due, DemoError> {
        let calendar = Calendar::new(self.environment.wall_ms(), &self.environment.zone(), 7)?;
        Ok(calendar.due(calendar.today() + days, DuePart::Day))
    }

    /// The reader of the demo now, in English.
    pub(crate) fn reader(&self) -> ReaderContext {
        ReaderContext {
            lang: Lang::En,
            now: self.environment.wall_ms(),
            zone: self.environment.zone(),
        }
    }

    pub(crate) fn due_text(&self, due: &Due) -> String {
        format_due(due, &self.reader())
    }

    /// A date as it is promised.
    pub(crate) fn by_date(&self, due: &Due) -> String {
        format!("by {}", self.due_text(due))
    }

    pub(crate) fn person(&self, phone: usize) -> Performer {
        Performer::Person {
            person: self.phones[phone].person,
        }
    }

    /// A promise without a performer yet, in the words of its date.
    pub(crate) fn promise(
        &self,
        kind: &str,
        deliverable: &str,
        criterion: &str,
        due: &Due,
    ) -> PromiseDraft {
        PromiseDraft {
            criterion: criterion.into(),
            words: self.by_date(due),
            ..promise_by(kind, deliverable, Performer::Nobody, due.clone())
        }
    }

    /// A promise that a phone's owner is asked to deliver.
    pub(crate) fn asking_performer(&self, phone: usize, promise: PromiseDraft) -> PromiseDraft {
        PromiseDraft {
            performer: self.person(phone),
            ask: true,
            ..promise
        }
    }

    /// A callback within half an hour, by the one of the pool who is free.
    pub(crate) fn callback(
        &self,
        deliverable: &str,
        criterion: &str,
    ) -> Result<PromiseDraft, DemoError> {
        /// Half an hour, and a minute in which it is written down, in milliseconds.
        const SOON: i64 = 31 * 60_000;
        let zone = self.environment.zone();
        let due = Due::at(self.environment.wall_ms() + SOON, &zone)?;
        Ok(PromiseDraft {
            performer: Performer::Pool {
                pool: POOL.parse()?,
            },
            words: "in 30 minutes".into(),
            channel: Channel::Call,
            ..self.promise("callback", deliverable, criterion, &due)
        })
    }

    /// Logs a visit with what was promised there, and returns the promise.
    pub(crate) fn log_promise(
        &self,
        phone: usize,
        customer: &AccountSummary,
        said: &str,
        observed: bool,
        promise: PromiseDraft,
    ) -> Result<DocId, DemoError> {
        let channel = promise.channel;
        let logged = self.log_visit(phone, customer, channel, said, observed, vec![promise])?;
        let promise = logged.promises.first().copied();
        promise.ok_or_else(|| DemoError::Story("a promise was not written".into()))
    }

    /// Logs a visit, with what was promised.
    pub(crate) fn log_visit(
        &self,
        phone: usize,
        customer: &AccountSummary,
        channel: Channel,
        said: &str,
        observed: bool,
        promises: Vec<PromiseDraft>,
    ) -> Result<LoggedVisit, DemoError> {
        let usage = UsageDraft {
            doing: "working around it".into(),
            workaround: "the door stays shut".into(),
            frequency: "daily".into(),
            pain: 2,
            quote: "Man gewöhnt sich an alles.".into(),
            ..UsageDraft::default()
        };
        let draft = VisitEntry {
            visit: VisitDraft {
                account: Some(customer.id),
                channel,
                said: said.into(),
                ..VisitDraft::default()
            },
            usages: if observed { vec![usage] } else { vec![] },
            promises,
        };
        let logged = self.phones[phone].notebook.log_visit(draft)?;
        self.count(1 + logged.usages.len() + logged.promises.len());
        Ok(logged)
    }

    /// Something happens to a promise.
    pub(crate) fn change(
        &self,
        phone: usize,
        promise: DocId,
        edit: PromiseEdit,
    ) -> Result<(), DemoError> {
        self.phones[phone]
            .notebook
            .change_promise(promise, vec![edit])?;
        self.count(1);
        Ok(())
    }

    /// Synchronises a phone without a line about it.
    pub(crate) fn sync(&self, phone: usize) -> Result<SyncReport, DemoError> {
        Ok(self.phones[phone].sync()?)
    }

    /// Synchronises a phone that has a signal again, and prints what went and what came.
    pub(crate) fn sync_after_outage(&mut self, phone: usize) -> Result<(), DemoError> {
        let unsent = self.phones[phone].notebook.status()?.unsent;
        let entries: usize = unsent.iter().map(|group| group.docs.len()).sum();
        let report = self.phones[phone].sync()?;
        let noun = if entries == 1 { "entry" } else { "entries" };
        let said = format!("is back: {entries} {noun} sent, {} new", report.received);
        self.report(phone, &said)
    }
}
