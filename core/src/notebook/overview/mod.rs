//! The overview of a person: every promise that they hold, their load, and the reminders that ring next.

pub(in crate::notebook) mod agenda;

use serde::Serialize;

use crate::language::Message;
use crate::model::event::Performer;
use crate::model::ids::DocId;
use crate::model::promise::{OpenPromise, WorkStage};
use crate::model::time::{DAY_MS, Due, MINUTE_MS, Millis};
use crate::notebook::Notebook;
use crate::notebook::clock::last_instant_of_day;
use crate::notebook::context::Context;
use crate::notebook::drafts::drafts_of;
use crate::notebook::drafts::records::DraftSummary;
use crate::notebook::errors::ApiResult;
use crate::notebook::handbook::messages::kind_message_by_key;
use crate::notebook::overview::agenda::{AgendaGroup, agenda, changes_at};
use crate::notebook::promises::lateness::lateness_message;
use crate::notebook::promises::mine::HeldPromises;
use crate::notebook::promises::records::PromiseSummary;
use crate::notebook::record::answers::PersonLoad;
use crate::remind::Reminder;
use crate::store::queries;

/// The number of promises that come with all that a list shows.
const FULL_SUMMARIES: usize = 50;

/// The most reminders that are told.
const MAX_REMINDERS: usize = 20;

/// The most drafts that are told.
const MAX_DRAFTS: usize = 20;

/// The time ahead in which reminders are told, in milliseconds.
const AHEAD_MS: i64 = DAY_MS;

/// The time ahead in which reminders are asked for, in milliseconds: all that come within `AHEAD_MS` before midnight,
/// also on a day of 25 hours.
const KNOWN_MS: i64 = 2 * AHEAD_MS + 60 * MINUTE_MS;

/// All that I hold: the promises that I made or am to deliver, or that wait in one of my pools.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct MyOverview {
    /// The numbers of these promises.
    pub counts: MyPromiseCounts,
    /// The first of the open ones, at most 50, the next due first.
    pub next: Vec<PromiseSummary>,
    /// All others of the open ones in short, in the same order.
    pub more: Vec<OpenPromiseSummary>,
    /// Those that do not count and have not been written again.
    pub not_counted: Vec<PromiseSummary>,
    /// The reminders that ring within a day, the next first, at most 20.
    pub reminders: Vec<Reminder>,
    /// My load for the next seven days.
    pub load: PersonLoad,
    /// The open ones by what today asks for, in the order of a screen; groups with none are left out.
    pub agenda: Vec<AgendaGroup>,
    /// The instant, in milliseconds since the epoch, from which the agenda, the counts or the reminders may read
    /// differently though nothing is written; the next midnight at the latest, when other days are called today.
    /// Lateness in words and the load go on before.
    pub changes_at: Millis,
    /// The drafts of entries that are not logged yet, the newest first, at most 20.
    #[uniffi(default = [])]
    pub drafts: Vec<DraftSummary>,
}

/// The numbers of open promises that I hold, in all and by what they wait for. One promise counts in several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct MyPromiseCounts {
    /// All of them: those with something left to do.
    pub open: u32,
    /// Of these past the date that the customer was told.
    pub late: u32,
    /// Of these due until midnight and not late.
    pub due_today: u32,
    /// Of these for me to deliver, and waiting for my answer.
    pub asked_of_me: u32,
    /// Of these for me to deliver.
    pub performing: u32,
    /// Of these told to a customer, and promised by me.
    pub promised: u32,
    /// Of these promised by me, of which the customer still has to be told.
    pub untold: u32,
    /// Of these waiting in one of my pools.
    pub in_pools: u32,
}

/// An open promise in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct OpenPromiseSummary {
    /// The document.
    pub id: DocId,
    /// The kind: "callback", "quote", "delivery" and so on.
    pub kind: String,
    /// The deliverable: the work or thing that is promised.
    pub deliverable: String,
    /// The customer's name as it was when the promise was made; may be empty.
    pub account_name: String,
    /// The date that steers work: the one that the customer was told last; of several told independently the earliest.
    pub due: Due,
    /// The instant of `due`, in milliseconds since the epoch.
    pub due_at: Millis,
    /// The time past the owed date, in milliseconds; 0 if it is not late.
    pub late_ms: i64,
    /// The lateness as people count it; none if it is not late.
    pub late_words: Option<Message>,
    /// The stage of the work.
    pub stage: WorkStage,
    /// True if I am its performer.
    pub performing: bool,
    /// True if I am its promiser and the customer was told.
    pub promised: bool,
    /// The kind's name for readers.
    pub kind_words: Message,
}

#[uniffi::export]
impl Notebook {
    /// Returns all that I hold, as performer, as promiser or in a pool of mine, and the reminders that ring next.
    #[cfg_attr(doc, doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/examples/my_overview.md")))]
    pub fn my_overview(&self) -> ApiResult<MyOverview> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let held = HeldPromises::read(&context, store, KNOWN_MS)?;
            let mut reminders = self.reminders_within(&context, &held, store, KNOWN_MS)?;
            let mine = held.mine;
            let until = context.now.saturating_add(AHEAD_MS);
            let soon = reminders.partition_point(|reminder| reminder.at < until);
            // Of more than are told, the next one is told when one of them has rung.
            let ahead = (soon < MAX_REMINDERS)
                .then(|| reminders.get(soon))
                .flatten();
            let shown = &reminders[..soon.min(MAX_REMINDERS)];
            let changes_at = changes_at(&mine, shown, ahead, AHEAD_MS, &context)?;
            reminders.truncate(soon.min(MAX_REMINDERS));
            let counts = counts(&mine, &context)?;
            let agenda = agenda(&mine, &context)?;
            let me = context.me();
            let hours = context.company.working_time(Some(me), &context.zone);
            let load = context.load_of(me, Some(context.now), &mine, &hours);
            let first = mine.iter().take(FULL_SUMMARIES);
            let first: Vec<DocId> = first.map(|open_promise| open_promise.id).collect();
            let uncounted = queries::uncounted(store.read())?;
            let mut not_counted = context.promises(&uncounted)?;
            not_counted.retain(|promise| context.holds(promise));
            let mut drafts = drafts_of(store)?;
            drafts.truncate(MAX_DRAFTS);
            Ok(MyOverview {
                counts,
                not_counted,
                next: context.promises_of(store, &first)?,
                more: mine
                    .into_iter()
                    .skip(FULL_SUMMARIES)
                    .map(|open_promise| open_promise_summary(open_promise, &context))
                    .collect(),
                reminders,
                load,
                agenda,
                changes_at,
                drafts,
            })
        })
    }
}

fn promised_by_me(open_promise: &OpenPromise, context: &Context) -> bool {
    open_promise.promiser == context.me() && open_promise.told
}

fn counts(mine: &[OpenPromise], context: &Context) -> ApiResult<MyPromiseCounts> {
    let midnight = last_instant_of_day(context.now, &context.zone)?;
    let mut counts = MyPromiseCounts::default();
    for open_promise in mine {
        let late = open_promise.late_ms(context.now) > 0;
        let performing = context.performs(open_promise);
        let unanswered = open_promise.stage.is_unanswered();
        for (count, holds) in [
            (&mut counts.open, true),
            (&mut counts.late, late),
            (
                &mut counts.due_today,
                !late && open_promise.due_at <= midnight,
            ),
            (&mut counts.asked_of_me, performing && unanswered),
            (&mut counts.performing, performing),
            (&mut counts.promised, promised_by_me(open_promise, context)),
            (
                &mut counts.untold,
                open_promise.promiser == context.me() && !open_promise.told,
            ),
            (
                &mut counts.in_pools,
                matches!(open_promise.performer, Performer::Pool { .. }),
            ),
        ] {
            *count = count.saturating_add(u32::from(holds));
        }
    }
    Ok(counts)
}

fn open_promise_summary(open_promise: OpenPromise, context: &Context) -> OpenPromiseSummary {
    OpenPromiseSummary {
        performing: context.performs(&open_promise),
        promised: promised_by_me(&open_promise, context),
        late_ms: open_promise.late_ms(context.now),
        late_words: lateness_message(
            &open_promise,
            open_promise.late_ms(context.now),
            context.now,
            &context.company,
        ),
        id: open_promise.id,
        kind_words: kind_message_by_key(&context.company.handbook, &open_promise.kind),
        kind: open_promise.kind,
        deliverable: open_promise.deliverable,
        account_name: open_promise.account_name,
        due: open_promise.due,
        due_at: open_promise.due_at,
        stage: open_promise.stage,
    }
}
