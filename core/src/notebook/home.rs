//! Mine: everything that I hold, with what is next.

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

/// How many promises come with all that a list shows.
const WHOLE: usize = 50;
/// How many reminders are next.
const REMINDERS: usize = 20;

/// Everything that I hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Home {
    /// How many of what.
    pub counts: HomeCounts,
    /// The first of them, the next due first.
    pub next: Vec<PromiseSummary>,
    /// All others in short, in the same order.
    pub more: Vec<HeldPromise>,
    /// Those that do not count, and that nobody has written again.
    pub not_counted: Vec<PromiseSummary>,
    /// What rings next, within a day.
    pub reminders: Vec<Reminder>,
    /// How much I have taken on.
    pub load: PersonLoad,
}

/// How many promises I hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct HomeCounts {
    /// With something left to do.
    pub open: u32,
    /// Of these past the date that the customer was told.
    pub late: u32,
    /// Of these due until midnight and not late.
    pub due_today: u32,
    /// Of these for me to deliver, and waiting for my word.
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
    /// What will be done.
    pub deliverable: String,
    /// What the customer is called, as it was when the promise was made.
    pub account_name: String,
    /// The date that steers work.
    pub due: Due,
    /// That date as an instant, in milliseconds since the epoch.
    pub due_at: Millis,
    /// How long past the owed date it is, in milliseconds; 0 if it is not.
    pub late_ms: i64,
    /// The same as people count it; none if it is not late.
    pub late_words: Option<Words>,
    /// Where the work stands.
    pub stage: Stage,
    /// Whether it is for me to deliver.
    pub performing: bool,
    /// Whether I told the customer.
    pub promised: bool,
}

#[uniffi::export]
impl Notebook {
    /// Everything that I hold, as performer, as promiser or in a pool of mine, and what rings next.
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
