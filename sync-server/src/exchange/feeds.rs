//! Rows on their way into feeds: collected per scope while groups are taken, numbered and written at the end.
//!
//! Scopes are locked in the order of their numbers, so that two servers on one log never wait for each other.

use std::cell::RefCell;
use std::collections::BTreeMap;

use kept_core::Environment;
use kept_core::environment::random_bytes;
use kept_core::model::ids::{DocId, GroupId, Hash, OrganisationId};
use kept_core::model::people::RegistryRow;
use kept_core::model::place::{Place, Scope};
use kept_core::wire::{Entered, checksum_of, row_kind};

use crate::keys::Keys;
use crate::log::{FeedRow, LogError, ScopeState, StoredPlace, Transaction};

/// The feeds of one organisation within one transaction.
pub(crate) struct Feeds<'a> {
    pub(super) log: &'a dyn Transaction,
    pub(super) organisation: OrganisationId,
    keys: &'a Keys,
    environment: &'a dyn Environment,
    numbers: BTreeMap<Scope, u32>,
    /// Places that were asked for or stored in this transaction: groups name the same accounts again and again.
    places: RefCell<BTreeMap<DocId, Option<StoredPlace>>>,
    pending: BTreeMap<u32, Vec<Unit>>,
}

/// Rows that no page splits.
pub(super) type Unit = Vec<Pending>;

/// A row without a number.
pub(super) struct Pending {
    kind: u8,
    doc: Option<DocId>,
    hash: Option<Hash>,
    group: Option<GroupId>,
    control: Vec<u8>,
}

impl Pending {
    /// A change that a group brought.
    pub(super) fn change(doc: DocId, hash: Hash, group: GroupId) -> Self {
        Self {
            kind: row_kind::CHANGE,
            doc: Some(doc),
            hash: Some(hash),
            group: Some(group),
            control: Vec::new(),
        }
    }

    /// A document enters the scope; `rows` changes make it whole.
    pub(super) fn entered(place: &Place, rows: u32) -> Result<Self, LogError> {
        let entered = Entered {
            place: place.clone(),
            rows,
        };
        Ok(Self {
            kind: row_kind::ENTERED,
            doc: Some(place.doc),
            hash: None,
            group: None,
            control: cbor(&entered)?,
        })
    }
}

impl<'a> Feeds<'a> {
    /// For one organisation, in one transaction.
    pub(crate) fn new(
        log: &'a dyn Transaction,
        keys: &'a Keys,
        environment: &'a dyn Environment,
        organisation: OrganisationId,
    ) -> Self {
        Self {
            log,
            organisation,
            keys,
            environment,
            numbers: BTreeMap::new(),
            places: RefCell::default(),
            pending: BTreeMap::new(),
        }
    }

    /// A scope's number; a scope that is not there yet is made.
    pub(crate) fn number(&mut self, scope: &Scope) -> Result<u32, LogError> {
        if let Some(number) = self.numbers.get(scope) {
            return Ok(*number);
        }
        let state = match self.log.scope(self.organisation, scope)? {
            Some(state) => state,
            None => {
                let epoch = u64::from_be_bytes(random_bytes(self.environment));
                self.log.create_scope(self.organisation, scope, epoch)?
            }
        };
        self.numbers.insert(scope.clone(), state.number);
        Ok(state.number)
    }

    /// Where a document is; none where it is not here yet.
    pub(super) fn place(&self, doc: DocId) -> Result<Option<StoredPlace>, LogError> {
        if let Some(known) = self.places.borrow().get(&doc) {
            return Ok(known.clone());
        }
        let stored = self.log.place(self.organisation, doc)?;
        self.places.borrow_mut().insert(doc, stored.clone());
        Ok(stored)
    }

    /// Stores where a document is to which `new` changes are about to be added.
    pub(super) fn put_place(&self, stored: &StoredPlace, new: u32) -> Result<(), LogError> {
        self.log.put_place(self.organisation, stored)?;
        let mut known = stored.clone();
        known.changes = known.changes.saturating_add(new);
        self.places
            .borrow_mut()
            .insert(known.place.doc, Some(known));
        Ok(())
    }

    /// Adds a registry row to a scope.
    pub(super) fn registry(&mut self, scope: u32, row: &RegistryRow) -> Result<(), LogError> {
        let pending = Pending {
            kind: row_kind::REGISTRY,
            doc: None,
            hash: None,
            group: None,
            control: cbor(row)?,
        };
        self.push(scope, vec![pending]);
        Ok(())
    }

    /// Adds a unit to a scope.
    pub(super) fn push(&mut self, scope: u32, unit: Unit) {
        if !unit.is_empty() {
            self.pending.entry(scope).or_default().push(unit);
        }
    }

    /// Numbers and writes everything that was added.
    pub(crate) fn flush(self) -> Result<(), LogError> {
        for (scope, units) in &self.pending {
            let rows = units.iter().map(Vec::len).sum::<usize>();
            let before = self.log.reserve(
                self.organisation,
                *scope,
                u64::try_from(rows).unwrap_or(u64::MAX),
            )?;
            let rows = self.numbered(before, units);
            self.log.insert_rows(self.organisation, *scope, &rows)?;
        }
        Ok(())
    }

    fn numbered(&self, before: ScopeState, units: &[Unit]) -> Vec<FeedRow> {
        let (mut seq, mut checksum) = (before.head, before.checksum);
        let mut rows = Vec::new();
        for unit in units {
            let first = seq + 1;
            for pending in unit {
                seq += 1;
                checksum = checksum.wrapping_add(pending.hash.map_or(0, checksum_of));
                let mut row = FeedRow {
                    seq,
                    unit: first,
                    kind: pending.kind,
                    doc: pending.doc,
                    hash: pending.hash,
                    group: pending.group,
                    control: pending.control.clone(),
                    mac: None,
                    checksum,
                };
                if row.hash.is_none() {
                    row.mac = Some(
                        self.keys
                            .control_mac(self.organisation, &before.scope, &row),
                    );
                }
                rows.push(row);
            }
        }
        rows
    }
}

fn cbor(value: &impl minicbor::Encode<()>) -> Result<Vec<u8>, LogError> {
    minicbor::to_vec(value).map_err(|e| LogError::Damaged(e.to_string()))
}
