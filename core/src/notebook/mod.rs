//! The facade: one object that ties documents, store and sync together, and that phones, the command line and the back
//! office all use. Its methods stand in the room of their noun:
//!
//! | room | what is found there |
//! |---|---|
//! | `accounts`, `visits`, `usages` | customers, their import, what was said and observed at them |
//! | `promises` | lists of them, one in full, drafts and edits, the events that are written |
//! | `entries` | the latest entries, search, finding one by what was typed |
//! | `overview`, `reminders` | what a person holds and what rings next |
//! | `record` | the company's record: advice on dates, loads, reliability, reports |
//! | `handbook`, `people` | kinds of promises, hours and holidays; colleagues and devices |
//! | `conflicts`, `history`, `verification` | what waits for a choice, what was written when, if all is intact |
//! | `drafts` | what is being entered, until it is logged or dropped |
//! | `undo` | what one tap wrote is taken back |
//! | `sync` | joining, the run, the status |
//! | `office` | commands that are written for another author |
//!
//! A room has what it does in `mod.rs`, what it returns in `records`, what it refuses in `checks`, what it says in
//! `messages`. Below all of them: `context` (what a call reads beside the rows), `rows`, `checks`, `clock`,
//! `host_clocks`, `identity`, `identifiers`, `events`, `errors`, `storage_problem`, `journal` (what
//! was done, for diagnosis), `versions`, `folder` (the files), `lifetime` (how it rests and ends), and `save`, through which every edit reaches the disk.
//!
//! Calls are synchronous and take milliseconds; hosts hop threads. Only [`SyncRun::run_within`] and
//! [`EventStream::next`] are async, and both await only channels and join handles of the core's own
//! runtime, so they run on any executor.
//!
//! The uniffi attributes stand on the facade itself: its methods are already what a phone calls, and a second layer
//! would repeat every signature.

mod accounts;
mod archive;
mod checks;
mod clock;
mod conflicts;
mod context;
mod drafts;
mod entries;
mod errors;
mod events;
mod folder;
mod handbook;
mod history;
mod host_clocks;
mod identifiers;
mod identity;
mod journal;
mod lifetime;
mod long_texts;
mod numbers;
mod office;
mod overview;
mod people;
mod promises;
mod record;
mod reminders;
mod rows;
mod save;
mod storage_problem;
mod sync;
mod typed_time;
mod undo;
mod usages;
mod verification;
mod versions;
mod visits;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use crate::environment::{Environment, SystemEnvironment};
use crate::limits;
use crate::model::ids::DocId;
use crate::model::time::Millis;
use crate::notebook::context::BasisHolder;
use crate::notebook::events::Broadcaster;
use crate::notebook::folder::access::FolderUse;
use crate::notebook::folder::fair_lock::FairLock;
use crate::notebook::folder::readers::Readers;
use crate::notebook::lifetime::CoreRuntime;
use crate::notebook::record::held_record::RecordHolder;
use crate::notebook::sync::active_runs::ActiveRuns;
use crate::sync::proxy::Proxy;

pub use crate::store::outbox::GroupState;
pub use accounts::account_match::AccountMatch;
pub use accounts::duplicates::is_same_name;
pub use accounts::import::records::{ImportReport, ImportedCard, LeftOutField};
pub use accounts::messages::{account_facts, contact_label_message, form_message};
pub use accounts::records::{AccountListQuery, AccountPage, AccountSummary};
pub use checks::with_field;
pub use clock::trust_message;
pub use conflicts::{Conflict, ConflictChoice, ConflictSide};
pub use drafts::records::{DraftContent, DraftField, DraftSummary, LoggedDraft};
pub use entries::messages::{contact_point_message, entry_kind_message};
pub use entries::pages::{
    EntryCounts, KindCount, SearchPage, SearchQuery, TimelinePage, TimelinePosition, TimelineQuery,
};
pub use entries::records::{EntryKind, EntrySummary, FieldChange, SearchMatch};
pub use entries::summary::parts_message;
pub use errors::{ApiResult, KeptError, error_message};
pub use events::{EventStream, NotebookEvent};
pub use folder::DATABASE;
pub use folder::retirement::{RetiredNotebook, retire_notebook};
pub use folder::secrets::{
    DATABASE_KEY, DATABASE_MADE, FileSecretStore, MemorySecretStore, SecretStore, SecretStoreError,
    TOKEN,
};
pub use handbook::messages::{kind_message, kind_message_by_key, proof_message};
pub use handbook::{HandbookKind, HandbookPage};
pub use history::HistoryLine;
pub use history::check::HistoryCheck;
pub use history::dated_fields::PastLine;
pub use history::fields::FieldMessage;
pub use history::past::{PastBasis, PastEntry};
pub use history::set_aside::SetAsideChange;
pub use host_clocks::Clocks;
pub use identity::Me;
pub use journal::{keep_logs, logs};
pub use office::{CommandAuthor, OfficeCommand, PreparedGroup};
pub use overview::agenda::{AgendaGroup, AgendaKind};
pub use overview::{MyOverview, MyPromiseCounts, OpenPromiseSummary};
pub use people::messages::role_message;
pub use people::records::{DeviceStatus, ProfilePage, UsualEffort};
pub use promises::actions::{PromiseAction, PromiseActions, promise_action_message};
pub use promises::calls::CallLine;
pub use promises::drafts::{PromiseDraft, PromiseEdit, RewriteDraft};
pub use promises::due_choices::DueChoice;
pub use promises::labels::{
    cancelled_by_message, finding_message, mood_message, promise_mark_message,
};
pub use promises::new_promise::promise_notice;
pub use promises::performers::PerformerChoice;
pub use promises::records::{
    EventLine, ExplainedEvent, Promise, PromiseExplanation, PromiseLink, PromiseListQuery,
    PromiseMark, PromiseSummary,
};
pub use record::answers::{
    AskLine, AsksReport, CalibrationLine, CompanyReport, DateAdvice, DateAnswer, DateChance,
    DateQuestion, KindLine, LeadTime, LeadTimeFit, NeedFit, PersonLoad, ReliabilityRate,
    ReliabilityReport,
};
pub use record::messages::{
    advice_messages, chance_message, slowing_message, working_time_messages,
};
pub use record::tracker::{RecordTracker, RecordUpdate};
pub use reminders::alarms::{Alarm, Alarms, ReminderAction};
pub use storage_problem::{RemedyLine, StorageProblem, StorageRemedy, storage_remedies};
pub use sync::join::JoinOptions;
pub use sync::join_run::{InvitationPreview, JoinRun, read_invitation};
pub use sync::report::SyncReport;
pub use sync::run::SyncRun;
pub use sync::server_watch::{ServerWatch, WatchReason};
pub use sync::status_records::{OutageStatus, ScopeStatus, Status, UncountedEntry, UnsentGroup};
pub use sync::ways_out::{WayOut, Withdrawn, WithdrawnGroup};
pub use undo::records::{UndoReport, UndoableWrite};
pub use usages::messages::{pain_message, usage_kind_message};
pub use verification::{QuarantinedDocument, VerificationReport};
pub use versions::{Versions, versions};
pub use visits::messages::{channel_message, place_message, visit_mark_message};
pub use visits::visit_choices::{KindChoice, MarkChoice, VisitChoices};
pub use visits::{LoggedVisit, VisitEntry, is_empty_visit};

/// One person's notebook in one folder.
#[derive(uniffi::Object)]
pub struct Notebook {
    folder: PathBuf,
    environment: Arc<dyn Environment>,
    secrets: Arc<dyn SecretStore>,
    /// Closed before the file, whose last connection copies the log into it.
    readers: Readers,
    folder_use: FairLock<FolderUse>,
    active_runs: ActiveRuns,
    /// The time for which a call waits for other processes, in milliseconds.
    wait_ms: i64,
    events: Broadcaster,
    runtime: CoreRuntime,
    /// The proxy that is used instead of the one that is kept; none: the one that is kept.
    proxy: Mutex<Option<Proxy>>,
    /// The median lead of each kind of promise, in minutes of its time base, and the instant as of which; none if not
    /// read yet.
    medians: Mutex<Option<(Millis, BTreeMap<String, u32>)>>,
    /// The record of all promises, held between calls.
    record: RecordHolder,
    /// The people, handbook and silences that every call reads, held between calls.
    basis: BasisHolder,
}

#[uniffi::export]
impl Notebook {
    /// Opens the notebook of a folder, or makes one. Waits up to 5 s for another process to leave the folder; `Busy`
    /// after that.
    #[uniffi::constructor]
    #[cfg_attr(doc, doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/examples/open.md")))]
    pub fn open(folder: String, secrets: Arc<dyn SecretStore>) -> ApiResult<Arc<Self>> {
        Self::open_with(folder, secrets, Arc::new(SystemEnvironment)).map(Arc::new)
    }

    /// Subscribes to the changes from now on. Subscribe first, then load: the other order loses an update.
    pub fn events(&self) -> Arc<EventStream> {
        Arc::new(self.events.subscribe())
    }
}

impl Notebook {
    /// Opens a notebook with clocks and randomness of one's own.
    pub fn open_with(
        folder: impl Into<PathBuf>,
        secrets: Arc<dyn SecretStore>,
        environment: Arc<dyn Environment>,
    ) -> ApiResult<Self> {
        Self::open_with_lock_wait(folder, secrets, environment, limits::LOCK_WAIT_MS)
    }

    /// Opens a notebook whose calls wait `wait_ms` milliseconds for other processes, this one among them.
    pub fn open_with_lock_wait(
        folder: impl Into<PathBuf>,
        secrets: Arc<dyn SecretStore>,
        environment: Arc<dyn Environment>,
        wait_ms: i64,
    ) -> ApiResult<Self> {
        let folder = folder.into();
        folder::server_folder::refuse_server_folder(&folder)?;
        let notebook = Self {
            folder,
            environment,
            secrets,
            readers: Readers::default(),
            folder_use: FairLock::default(),
            active_runs: ActiveRuns::default(),
            wait_ms,
            events: Broadcaster::new(),
            runtime: CoreRuntime::default(),
            proxy: Mutex::default(),
            medians: Mutex::default(),
            record: RecordHolder::default(),
            basis: BasisHolder::default(),
        };
        notebook.read(|_| Ok(()))?;
        Ok(notebook)
    }

    /// The clocks and randomness that this notebook was given.
    pub fn environment(&self) -> &dyn Environment {
        self.environment.as_ref()
    }

    /// Tells listeners that documents changed.
    pub(in crate::notebook) fn changed(&self, ids: Vec<DocId>) {
        self.events.changed(ids);
    }
}

#[cfg(test)]
mod lifetime_tests;
#[cfg(test)]
mod test_kit;
#[cfg(test)]
mod tests;
