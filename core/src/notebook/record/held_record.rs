//! The tracks of the promises that are here: the part of each that the record needs, without its document, held between
//! two calls.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::insight::{
    Ask, DecidedPromise, Margin, Sample, ShownDate, Steady, asks_of, decided_promise, delivered_by,
    margin_of, said_by, sample_of, shown_dates, steady,
};
use crate::model::company::Company;
use crate::model::ids::{DocId, InstallationId, PersonId};
use crate::model::placement::DocumentKind;
use crate::model::registry::{Colleague, Device, Presence};
use crate::model::time::{MINUTE_MS, Millis};
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::record::company_record::{ReducedPromise, sample_of_row};
use crate::store::moved::{self, Moved};
use crate::store::queries::{self, ListedEntry};
use crate::store::{Reading, samples};

/// The promises that are read at once: their documents are large, and none of them is held.
const READ_AT_ONCE: u32 = 200;

/// The time, in milliseconds, for which promises that only time or presence decides are held as they were.
const LOOKED_AT_ANEW_MS: i64 = MINUTE_MS;

/// The track of one promise that is here, as the record reads it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::notebook) struct Track {
    /// The promise.
    pub(in crate::notebook) id: DocId,
    /// The kind.
    pub(in crate::notebook) kind: String,
    /// The customer.
    pub(in crate::notebook) account: Option<DocId>,
    /// The person whose word it is in *said and done*.
    pub(in crate::notebook) said_by: PersonId,
    /// The person whose word it is in *delivered*.
    pub(in crate::notebook) delivered_by: Option<PersonId>,
    /// Its sample; none if it says nothing about how long we take.
    pub(in crate::notebook) sample: Option<Sample>,
    /// The verdict; none while it is undecided.
    pub(in crate::notebook) verdict: Option<DecidedPromise>,
    /// The dates that the record suggested for it.
    pub(in crate::notebook) shown: Vec<ShownDate>,
    /// The part of the lead that was left; none if it was not kept.
    pub(in crate::notebook) margin: Option<Margin>,
    /// The asks of this notebook's person to others.
    pub(in crate::notebook) asks: Vec<Ask>,
    /// The thing that was promised, where there are asks; else empty.
    pub(in crate::notebook) deliverable: String,
    /// The time within which all of this holds.
    steady: Steady,
}

impl Context {
    fn track(&self, promise: &ReducedPromise) -> Track {
        #[cfg(test)]
        tests::TRACKED.with(|tracked| tracked.set(tracked.get() + 1));
        let ReducedPromise { record, facts } = promise;
        let (now, registry) = (self.now, &self.registry);
        let asks = asks_of(record, facts, self.me());
        let made = &facts.made;
        Track {
            id: record.id,
            kind: made.kind.clone(),
            account: made.account,
            said_by: said_by(facts),
            delivered_by: delivered_by(facts),
            sample: sample_of(record, facts, now, registry),
            verdict: decided_promise(record, facts, now, registry),
            shown: shown_dates(record, facts, now, registry),
            margin: margin_of(record, facts, now, registry, self.company_time()),
            deliverable: match asks.is_empty() {
                true => String::new(),
                false => made.deliverable.clone(),
            },
            asks,
            steady: steady(record, facts, now),
        }
    }
}

/// The state that every track rests on beside its document.
#[derive(Clone, Debug, PartialEq)]
struct RecordBasis {
    me: PersonId,
    zone: String,
    colleagues: BTreeMap<PersonId, Colleague>,
    past: BTreeMap<PersonId, Vec<Colleague>>,
    devices: BTreeMap<InstallationId, Device>,
    company: Arc<Company>,
}

impl RecordBasis {
    fn of(context: &Context) -> Self {
        let registry = &context.registry;
        Self {
            me: context.me(),
            zone: context.zone.clone(),
            colleagues: registry.colleagues.clone(),
            past: registry.past.clone(),
            devices: registry.devices.clone(),
            company: Arc::clone(&context.company),
        }
    }

    fn fits(&self, context: &Context) -> bool {
        let registry = &context.registry;
        self.me == context.me()
            && self.zone == context.zone
            && self.colleagues == registry.colleagues
            && self.past == registry.past
            && self.devices == registry.devices
            && self.company == context.company
    }
}

/// The record of all promises, as it is held between two calls.
#[derive(Clone, Debug)]
pub(in crate::notebook) struct HeldRecord {
    position: i64,
    basis: RecordBasis,
    presence: BTreeMap<InstallationId, Presence>,
    /// When the promises that move were looked at, in milliseconds since the epoch.
    looked_at: Millis,
    /// The newest first, as lists have them.
    tracks: BTreeMap<Reverse<(Millis, DocId)>, Arc<Track>>,
    /// The instants under which they stand.
    instants: BTreeMap<DocId, Millis>,
    /// The samples of promises that are not here.
    others: BTreeMap<DocId, Arc<Sample>>,
}

impl HeldRecord {
    /// Reads everything.
    fn read(context: &Context, store: Reading<'_>) -> ApiResult<Self> {
        let mut held = Self {
            position: moved::position(store.read())?,
            basis: RecordBasis::of(context),
            presence: context.registry.presence.clone(),
            looked_at: context.now,
            tracks: BTreeMap::new(),
            instants: BTreeMap::new(),
            others: BTreeMap::new(),
        };
        let mut after = None;
        loop {
            let kinds = [DocumentKind::Promise];
            let rows = queries::latest(store.read(), &kinds, after, READ_AT_ONCE)?;
            let Some(last) = rows.last() else { break };
            after = Some((last.at, last.doc));
            for row in &rows {
                held.take(context, row)?;
            }
        }
        held.read_others(store)?;
        Ok(held)
    }

    /// Brings up to date what was held.
    fn brought_up_to_date(
        mut self,
        context: &Context,
        store: Reading<'_>,
        moved: Moved,
    ) -> ApiResult<Self> {
        let Some(mut docs) = moved.promises.filter(|_| self.basis.fits(context)) else {
            return Self::read(context, store);
        };
        self.position = moved.position;
        let mut others_may_show = moved.samples;
        let known = self.looked_at..self.looked_at.saturating_add(LOOKED_AT_ANEW_MS);
        let anew = self.presence != context.registry.presence || !known.contains(&context.now);
        let outlived = self.tracks.values().filter(|track| {
            let moves = track.steady.moves();
            (moves && anew) || (!moves && !track.steady.holds_at(context.now))
        });
        docs.extend(outlived.map(|track| track.id));
        if anew {
            self.presence.clone_from(&context.registry.presence);
            self.looked_at = context.now;
        }
        for doc in docs {
            let row = queries::one(store.read(), doc)?;
            let row = row.filter(|row| row.kind == DocumentKind::Promise);
            let was_here = self.forget(doc);
            let is_here = match row {
                Some(row) => self.take(context, &row)?,
                None => false,
            };
            others_may_show |= was_here && !is_here;
        }
        if others_may_show {
            self.read_others(store)?;
        }
        Ok(self)
    }

    /// Takes a promise; false if its beginning has not arrived.
    fn take(&mut self, context: &Context, row: &ListedEntry) -> ApiResult<bool> {
        let Some(promise) = context.reduced_one(row)? else {
            return Ok(false);
        };
        let track = Arc::new(context.track(&promise));
        self.instants.insert(row.doc, row.at);
        self.tracks.insert(Reverse((row.at, row.doc)), track);
        self.others.remove(&row.doc);
        Ok(true)
    }

    /// Forgets a promise; false if it was not known.
    fn forget(&mut self, doc: DocId) -> bool {
        let at = self.instants.remove(&doc);
        at.is_some_and(|at| self.tracks.remove(&Reverse((at, doc))).is_some())
    }

    fn read_others(&mut self, store: Reading<'_>) -> ApiResult<()> {
        let record = samples::all(store.read())?.into_iter();
        let others = record.filter(|(promise, _)| !self.instants.contains_key(promise));
        let others =
            others.filter_map(|(promise, life)| Some((promise, Arc::new(sample_of_row(life)?))));
        self.others = others.collect();
        Ok(())
    }

    /// The promises that are here, the newest first.
    pub(in crate::notebook) fn tracks(&self) -> impl Iterator<Item = &Track> {
        self.tracks.values().map(Arc::as_ref)
    }

    /// Returns every promise of the company as a sample of the record, without customer, words or promiser: from its
    /// document where that is here, else as the office told it.
    pub(in crate::notebook) fn samples(&self) -> Vec<&Sample> {
        let here = self.tracks().filter_map(|track| track.sample.as_ref());
        here.chain(self.others.values().map(Arc::as_ref)).collect()
    }

    /// Returns the results of `of` for every promise that is here, by its kind.
    pub(in crate::notebook) fn by_kind<T>(
        &self,
        of: impl Fn(&Track) -> Option<T>,
    ) -> BTreeMap<String, Vec<T>> {
        let mut kinds: BTreeMap<String, Vec<T>> = BTreeMap::new();
        for track in self.tracks() {
            if let Some(one) = of(track) {
                match kinds.get_mut(&track.kind) {
                    Some(known) => known.push(one),
                    None => {
                        kinds.insert(track.kind.clone(), vec![one]);
                    }
                }
            }
        }
        kinds
    }
}

/// The place of the record between two calls.
#[derive(Default)]
pub(in crate::notebook) struct RecordHolder {
    held: Mutex<Option<Arc<HeldRecord>>>,
}

impl RecordHolder {
    /// Returns the record as it is now. Nobody waits while it is read.
    pub(in crate::notebook) fn now(
        &self,
        context: &Context,
        store: Reading<'_>,
    ) -> ApiResult<Arc<HeldRecord>> {
        let held = self.take();
        let held = match held {
            None => HeldRecord::read(context, store)?,
            Some(held) => {
                let moved = moved::since(store.read(), held.position)?;
                Arc::unwrap_or_clone(held).brought_up_to_date(context, store, moved)?
            }
        };
        let held = Arc::new(held);
        let mut place = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        *place = Some(Arc::clone(&held));
        Ok(held)
    }

    /// Gives the memory back.
    pub(in crate::notebook) fn give_back(&self) {
        drop(self.take());
    }

    fn take(&self) -> Option<Arc<HeldRecord>> {
        let mut place = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        place.take()
    }

    /// True if nothing is held.
    #[cfg(test)]
    pub(in crate::notebook) fn is_empty(&self) -> bool {
        let place = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        place.is_none()
    }
}

#[cfg(test)]
#[path = "held_record_tests.rs"]
mod tests;
