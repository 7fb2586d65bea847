//! Writes into the log what groups bring: placements, changes and, per scope, rows are collected while groups are
//! taken; at the end they are written, and the rows numbered.
//!
//! Scopes are locked in the order of their numbers, so that two servers on one log never wait for each other.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use kept_core::Environment;
use kept_core::document::set_aside::{DocumentSize, SizeCounter};
use kept_core::environment::random_bytes;
use kept_core::model::ids::{Actor, DocId, GroupId, Hash, OrganisationId};
use kept_core::model::placement::{Placement, Scope};
use kept_core::model::registry::RegistryRow;
use kept_core::wire::{Entered, checksum_of, row_kind};

use super::directory::Directory;
use crate::keys::Keys;
use crate::log::{FeedRow, LogError, ScopeState, StoredChange, StoredPlacement, Transaction};

/// The feeds of one organisation within one transaction.
pub(crate) struct FeedWriter<'a> {
    pub(super) log: &'a dyn Transaction,
    pub(super) organisation: OrganisationId,
    keys: &'a Keys,
    environment: &'a dyn Environment,
    numbers: BTreeMap<Scope, u32>,
    /// Places that were asked for or changed in this transaction: groups name the same accounts again and again.
    places: RefCell<BTreeMap<DocId, CachedPlace>>,
    /// The people and pools that placements may name, read once one does.
    directory: OnceCell<RefCell<Directory>>,
    /// Changes that came and are not written yet.
    changes: Vec<StoredChange>,
    /// The documents of all changes that came, and the numbers of their last operations.
    documents: BTreeMap<Hash, (DocId, u64)>,
    /// The places of these changes in their actors' sequences.
    slots: BTreeMap<Slot, Hash>,
    pending: BTreeMap<u32, Vec<Unit>>,
}

/// A place of an actor's sequence in a document.
pub(super) type Slot = (DocId, Actor, u64);

/// The placement of a document, as far as this transaction knows.
struct CachedPlace {
    stored: Option<Rc<StoredPlacement>>,
    /// True if the log had nothing of the document.
    is_new: bool,
    is_stored: bool,
}

/// Rows that no page splits.
pub(super) type Unit = Vec<PendingRow>;

/// A row without a number.
#[derive(Clone)]
pub(super) struct PendingRow {
    kind: u8,
    doc: Option<DocId>,
    hash: Option<Hash>,
    group: Option<GroupId>,
    control: Vec<u8>,
}

impl PendingRow {
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
    pub(super) fn entered(placement: &Placement, rows: u32) -> Result<Self, LogError> {
        let entered = Entered {
            placement: placement.clone(),
            rows,
        };
        Ok(Self {
            kind: row_kind::ENTERED,
            doc: Some(placement.doc),
            hash: None,
            group: None,
            control: cbor(&entered)?,
        })
    }
}

impl<'a> FeedWriter<'a> {
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
            directory: OnceCell::new(),
            changes: Vec::new(),
            documents: BTreeMap::new(),
            slots: BTreeMap::new(),
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

    /// The placement of a document; None where it is not here yet.
    pub(super) fn placement(&self, doc: DocId) -> Result<Option<Rc<StoredPlacement>>, LogError> {
        if let Some(cached) = self.places.borrow().get(&doc) {
            return Ok(cached.stored.clone());
        }
        let stored = self.log.placement(self.organisation, doc)?.map(Rc::new);
        let cached = CachedPlace {
            stored: stored.clone(),
            is_new: stored.is_none(),
            is_stored: true,
        };
        self.places.borrow_mut().insert(doc, cached);
        Ok(stored)
    }

    /// The operations and bytes of what is shown of a document; nothing of one that is not here.
    pub(super) fn size(&self, doc: DocId) -> Result<DocumentSize, LogError> {
        let Some(stored) = self.placement(doc)? else {
            return Ok(DocumentSize::default());
        };
        match stored.size {
            Some(size) => Ok(size),
            // Only logs of before sizes were kept have such placements.
            None => {
                let mut count = SizeCounter::default();
                for (hash, _) in self.log.history(self.organisation, doc)? {
                    if let Some(change) = self.log.change(self.organisation, hash)? {
                        count.add(hash, &change.bytes);
                    }
                }
                Ok(count.shown())
            }
        }
    }

    /// A placement as a group gives it, with the people and pools that the company knows.
    pub(super) fn with_known_names(&self, given: &Placement) -> Result<Placement, LogError> {
        if given.people.is_empty() && given.pools.is_empty() {
            return Ok(given.clone());
        }
        let directory = match self.directory.get() {
            Some(directory) => directory,
            None => {
                let read = Directory::read(self.log, self.organisation)?;
                self.directory.get_or_init(|| RefCell::new(read))
            }
        };
        Ok(directory.borrow_mut().retain_known(given))
    }

    /// Says where a document is that was asked for before.
    pub(super) fn put_placement(&mut self, stored: StoredPlacement) {
        let cached = self.places.get_mut().entry(stored.placement.doc);
        let cached = cached.or_insert(CachedPlace {
            stored: None,
            is_new: false,
            is_stored: true,
        });
        cached.stored = Some(Rc::new(stored));
        cached.is_stored = false;
    }

    /// Adds a change to its document, whose placement is there.
    pub(super) fn add_change(&mut self, change: StoredChange) {
        self.documents
            .insert(change.hash, (change.doc, change.max_op));
        self.slots
            .insert((change.doc, change.actor, change.seq), change.hash);
        self.changes.push(change);
    }

    /// The document that a change belongs to and the number of its last operation, if it is here.
    pub(super) fn document_of(&self, hash: Hash) -> Result<Option<(DocId, u64)>, LogError> {
        match self.documents.get(&hash) {
            Some(cached) => Ok(Some(*cached)),
            None => self.log.document_of(self.organisation, hash),
        }
    }

    /// The change at a place of an actor's sequence; `holding` says whether any change may be held.
    pub(super) fn change_at(&self, slot: Slot, holding: bool) -> Result<Option<Hash>, LogError> {
        if let Some(hash) = self.slots.get(&slot) {
            return Ok(Some(*hash));
        }
        let (doc, actor, seq) = slot;
        let is_new = self
            .places
            .borrow()
            .get(&doc)
            .is_some_and(|cached| cached.is_new);
        if is_new && !holding {
            return Ok(None);
        }
        self.log.change_at(self.organisation, doc, actor, seq)
    }

    /// The changes of a document with the groups that brought them, in causal order.
    pub(super) fn history(&mut self, doc: DocId) -> Result<Vec<(Hash, GroupId)>, LogError> {
        self.write_documents()?;
        self.log.history(self.organisation, doc)
    }

    /// Adds a registry row to a scope.
    pub(super) fn registry(&mut self, scope: u32, row: &RegistryRow) -> Result<(), LogError> {
        let pending = PendingRow {
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

    /// Writes everything that was added, and numbers the rows.
    pub(crate) fn flush(mut self) -> Result<(), LogError> {
        self.write_documents()?;
        for (scope, units) in std::mem::take(&mut self.pending) {
            let rows = units.iter().map(Vec::len).sum::<usize>();
            let before = self.log.reserve(
                self.organisation,
                scope,
                u64::try_from(rows).unwrap_or(u64::MAX),
            )?;
            let rows = self.assign_numbers(&before, units);
            self.log.insert_rows(self.organisation, scope, &rows)?;
        }
        Ok(())
    }

    fn write_documents(&mut self) -> Result<(), LogError> {
        let mut changed = Vec::new();
        for cached in self.places.get_mut().values_mut() {
            if !std::mem::replace(&mut cached.is_stored, true) {
                changed.extend(cached.stored.clone());
            }
        }
        let changed: Vec<&StoredPlacement> = changed.iter().map(Rc::as_ref).collect();
        if !changed.is_empty() {
            self.log.put_placements(self.organisation, &changed)?;
        }
        let changes = std::mem::take(&mut self.changes);
        if !changes.is_empty() {
            self.log.insert_changes(self.organisation, &changes)?;
        }
        Ok(())
    }

    fn assign_numbers(&self, before: &ScopeState, units: Vec<Unit>) -> Vec<FeedRow> {
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
                    control: pending.control,
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
