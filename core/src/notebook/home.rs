//! The home record: every promise that I hold, with the reminders that ring next.

use serde::Serialize;

use super::Notebook;
use super::asking::Bearer;
use super::errors::ApiResult;
use super::insight_records::PersonLoad;
use super::lateness::late_words;
use super::lists::{Reader, end_of_day};
use super::promise_records::PromiseSummary;
use super::reminding::Around;
use crate::model::event::Performer;
use crate::model::ids::DocId;
use crate::model::promise::{Gist, Stage};
use crate::model::time::{DAY_MS, Due, Millis};
use crate::remind::Reminder;
use crate::store::queries;
use crate::words::Words;

/// The number of promises that come with all that a list shows.
const WHOLE: usize = 50;
/// The most reminders that are told.
const REMINDERS: usize = 20;

/// All that I hold: the promises that I made or am to deliver, or that wait in one of my pools.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Home {
    /// The numbers of these promises.
    pub counts: HomeCounts,
    /// The first of the open ones, at most 50, the next due first.
    pub next: Vec<PromiseSummary>,
    /// All others of the open ones in short, in the same order.
    pub more: Vec<HeldPromise>,
    /// Those that do not count and have not been written again.
    pub not_counted: Vec<PromiseSummary>,
    /// The reminders that ring within a day, the next first, at most 20.
    pub reminders: Vec<Reminder>,
    /// My load for the next seven days.
    pub load: PersonLoad,
}

/// The numbers of open promises that I hold, in all and by what they wait for. One promise counts in several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct HomeCounts {
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
pub struct HeldPromise {
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
    pub late_words: Option<Words>,
    /// The stage of the work.
    pub stage: Stage,
    /// True if I am its performer.
    pub performing: bool,
    /// True if I am its promiser and the customer was told.
    pub promised: bool,
}

#[uniffi::export]
impl Notebook {
    /// Returns all that I hold, as performer, as promiser or in a pool of mine, and the reminders that ring next.
    pub fn home(&self) -> ApiResult<Home> {
        self.read(|store| {
            let around = Around::new(self, store)?;
            let mine = around.mine(store)?;
            let mut reminders = self.reminders(&around, &mine, store, DAY_MS)?;
            reminders.truncate(REMINDERS);
            let counts = counts(&mine, &around)?;
            let whole = mine.len().min(WHOLE);
            let load = around.my_load(&mine);
            let reader = Reader::new(self, store)?;
            let mut rows = Vec::with_capacity(whole);
            for gist in &mine[..whole] {
                rows.extend(queries::one(store.read(), gist.id)?);
            }
            let uncounted = queries::uncounted(store.read())?;
            let mut not_counted = reader.promises(&uncounted)?;
            not_counted.retain(|promise| reader.holds(promise));
            Ok(Home {
                counts,
                not_counted,
                next: reader.promises(&rows)?,
                more: mine
                    .into_iter()
                    .skip(whole)
                    .map(|gist| in_short(gist, &around))
                    .collect(),
                reminders,
                load,
            })
        })
    }
}

impl Around {
    fn my_load(&self, mine: &[Gist]) -> PersonLoad {
        let bearer = Bearer {
            person: self.me,
            name: self.registry.name(self.me).unwrap_or_default().to_owned(),
            as_of: Some(self.now),
            now: self.now,
            zone: &self.zone,
        };
        let hours = self.company.working_time(Some(self.me), &self.zone);
        bearer.load(mine, &self.company, &hours)
    }
}

fn performs(gist: &Gist, around: &Around) -> bool {
    gist.performer == Performer::Person { person: around.me }
}

fn told_by(gist: &Gist, around: &Around) -> bool {
    gist.promiser == around.me && gist.told
}

fn counts(mine: &[Gist], around: &Around) -> ApiResult<HomeCounts> {
    let midnight = end_of_day(around.now, &around.zone)?;
    let mut counts = HomeCounts::default();
    for gist in mine {
        let late = gist.late_ms(around.now) > 0;
        let performing = performs(gist, around);
        let unanswered = matches!(gist.stage, Stage::NotAsked | Stage::Waiting { .. });
        for (count, holds) in [
            (&mut counts.open, true),
            (&mut counts.late, late),
            (&mut counts.due_today, !late && gist.due_at <= midnight),
            (&mut counts.asked_of_me, performing && unanswered),
            (&mut counts.performing, performing),
            (&mut counts.promised, told_by(gist, around)),
            (&mut counts.untold, gist.promiser == around.me && !gist.told),
            (
                &mut counts.in_pools,
                matches!(gist.performer, Performer::Pool { .. }),
            ),
        ] {
            *count = count.saturating_add(u32::from(holds));
        }
    }
    Ok(counts)
}

fn in_short(gist: Gist, around: &Around) -> HeldPromise {
    HeldPromise {
        performing: performs(&gist, around),
        promised: told_by(&gist, around),
        late_ms: gist.late_ms(around.now),
        late_words: late_words(&gist, gist.late_ms(around.now), around.now, &around.company),
        id: gist.id,
        kind: gist.kind,
        deliverable: gist.deliverable,
        account_name: gist.account_name,
        due: gist.due,
        due_at: gist.due_at,
        stage: gist.stage,
    }
}
