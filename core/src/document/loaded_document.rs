//! A document in memory: Automerge's state, and where each of its changes came from.

use std::collections::{BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{ActorId, Automerge, ObjId, ReadDoc, TextEncoding};

use super::error::DocumentError;
use super::first_change::FirstChange;
use super::set_aside::{DocumentSize, ReceivedChange, Selection, SetAside, select};
use crate::document::chunk::{CheckedChange, ChunkError, parse_whole};
use crate::limits;
use crate::model::authored::Authorship;
use crate::model::ids::{Actor, DocId, Hash, PersonId};
use crate::model::time::Millis;

/// The unit in which texts are counted. It is not in the bytes, so it is the same for every document of Kept.
const TEXT_ENCODING: TextEncoding = TextEncoding::UnicodeCodePoint;

/// The persons for whom actors write, as the registry says.
pub trait Authors {
    /// The person and what they are called; none while their row has not arrived.
    fn author(&self, actor: Actor) -> Option<(PersonId, String)>;
}

/// The origin of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeOrigin {
    /// The actor that wrote it.
    pub actor: Actor,
    /// Its number among those of its actor in the document, from 1.
    pub seq: u64,
    /// The author's wall clock, in milliseconds since the epoch.
    pub wall_ms: Millis,
    /// The instant when the server took it, in milliseconds of server time; None if that is not known.
    pub received_at: Option<Millis>,
    /// The changes that it depends on.
    pub deps: Vec<Hash>,
}

/// A document in memory.
pub struct LoadedDocument {
    /// The document's id.
    pub id: DocId,
    state: State,
    origins: HashMap<Hash, ChangeOrigin>,
    size: DocumentSize,
    aside: Vec<SetAside>,
}

/// The content of a document.
pub(super) enum State {
    /// It has one change, and what that makes is plain; or none, and holds nothing.
    FirstChange {
        /// The content that it makes.
        first: FirstChange,
        /// The change's chunk, for Automerge once there are more.
        chunk: Option<Vec<u8>>,
    },
    /// It is with Automerge.
    Merged(Box<Automerge>),
}

impl LoadedDocument {
    /// A document that was not written yet.
    pub fn empty(id: DocId) -> Self {
        Self {
            id,
            state: State::FirstChange {
                first: FirstChange::default(),
                chunk: None,
            },
            origins: HashMap::new(),
            size: DocumentSize::default(),
            aside: Vec::new(),
        }
    }

    /// Loads a document from its changes, each with the moment at which the server took it; what must not be
    /// expanded is left out with all that builds on it: see [`LoadedDocument::aside`].
    pub fn load(
        id: DocId,
        changes: impl IntoIterator<Item = ReceivedChange>,
    ) -> Result<Self, DocumentError> {
        Self::selected(id, select(changes.into_iter().collect()))
    }

    /// Loads a document from what is shown of it.
    pub fn selected(id: DocId, selection: Selection) -> Result<Self, DocumentError> {
        let Selection {
            shown: changes,
            aside,
        } = selection;
        if let (true, Some(first)) = (changes.is_empty(), aside.first()) {
            let reason = first.detail.clone();
            return Err(DocumentError::SetAside { doc: id, reason });
        }
        let mut loaded = Self::empty(id);
        loaded.aside = aside;
        let mut all = Vec::new();
        for (change, received_at) in changes {
            loaded.remember(&change, received_at);
            all.push(change);
        }
        if all.len() == 1
            && let Some(change) = all.pop()
        {
            match change.into_first() {
                Ok((first, chunk)) => {
                    loaded.begin(first, chunk);
                    return Ok(loaded);
                }
                Err(change) => all.push(*change),
            }
        }
        let parsed = all.into_iter().map(CheckedChange::into_change);
        let parsed = parsed.collect::<Result<_, _>>();
        let parsed = parsed.map_err(|reason| malformed(id, &reason))?;
        loaded.state = State::Merged(Box::new(merged(id, parsed)?));
        Ok(loaded)
    }

    /// The changes that are not in it, though they are the document's.
    pub fn aside(&self) -> &[SetAside] {
        &self.aside
    }

    /// The operations and bytes of its changes.
    pub(super) fn size(&self) -> DocumentSize {
        self.size
    }

    /// The document's content.
    pub(super) fn state(&self) -> &State {
        &self.state
    }

    /// Becomes what its first change makes.
    pub(super) fn begin(&mut self, first: FirstChange, chunk: Vec<u8>) {
        let chunk = Some(chunk);
        self.state = State::FirstChange { first, chunk };
    }

    /// Automerge's state, to be changed.
    pub(crate) fn automerge(&mut self) -> Result<&mut Automerge, DocumentError> {
        if let State::FirstChange { chunk, .. } = &self.state {
            let changes = chunk.iter().map(|chunk| parse_whole(chunk));
            let changes = changes.collect::<Result<_, _>>();
            let changes = changes.map_err(|reason| malformed(self.id, &reason))?;
            self.state = State::Merged(Box::new(merged(self.id, changes)?));
        }
        match &mut self.state {
            State::Merged(automerge) => Ok(automerge),
            State::FirstChange { .. } => Err(DocumentError::Incomplete(self.id)),
        }
    }

    /// Notes where a change came from.
    pub(super) fn remember(&mut self, change: &CheckedChange, received_at: Option<Millis>) {
        self.size = self.size.with(DocumentSize::of(change));
        self.origins.insert(
            change.hash(),
            ChangeOrigin {
                actor: change.actor(),
                seq: change.seq(),
                wall_ms: change.wall_ms(),
                received_at,
                deps: change.deps().collect(),
            },
        );
    }

    /// Runs something that asks Automerge or reads what it says, and makes a panic an error.
    pub fn guarded<T>(
        &self,
        ask: impl FnOnce() -> Result<T, DocumentError>,
    ) -> Result<T, DocumentError> {
        catch_unwind(AssertUnwindSafe(ask)).unwrap_or(Err(DocumentError::Panicked(self.id)))
    }

    /// The number of its changes.
    pub fn len(&self) -> usize {
        self.origins.len()
    }

    /// True if it was not written yet.
    pub fn is_empty(&self) -> bool {
        self.origins.is_empty()
    }

    /// The change that wrote an operation.
    pub(super) fn origin_of(&self, automerge: &Automerge, operation: &ObjId) -> Option<Hash> {
        let hash = Hash(automerge.hash_for_opid(operation)?.0);
        self.origins.contains_key(&hash).then_some(hash)
    }

    /// The origin of a change; None if the document does not have it.
    pub(super) fn origin(&self, hash: Hash) -> Option<&ChangeOrigin> {
        self.origins.get(&hash)
    }

    /// The change that depends on nothing: the document's first.
    pub fn first(&self) -> Option<(Hash, &ChangeOrigin)> {
        let first = self
            .origins
            .iter()
            .filter(|(_, origin)| origin.deps.is_empty());
        let first = first.min_by_key(|(hash, _)| **hash);
        first.map(|(hash, origin)| (*hash, origin))
    }

    /// Every change that `hash` depends on, directly or not.
    pub(super) fn ancestors(&self, hash: Hash) -> BTreeSet<Hash> {
        let mut ancestors = BTreeSet::new();
        let mut open = vec![hash];
        while let Some(next) = open.pop() {
            for dep in self
                .origins
                .get(&next)
                .map(|origin| origin.deps.as_slice())
                .unwrap_or_default()
            {
                if ancestors.insert(*dep) {
                    open.push(*dep);
                }
            }
        }
        ancestors
    }

    /// Every change that depends on `hash`, directly or not.
    pub(super) fn descendants(&self, hash: Hash) -> BTreeSet<Hash> {
        let mut later: HashMap<Hash, Vec<Hash>> = HashMap::new();
        for (change, origin) in &self.origins {
            for dep in &origin.deps {
                later.entry(*dep).or_default().push(*change);
            }
        }
        let mut descendants = BTreeSet::new();
        let mut open = vec![hash];
        while let Some(next) = open.pop() {
            let changes = later.get(&next).into_iter().flatten();
            open.extend(
                changes
                    .copied()
                    .filter(|change| descendants.insert(*change)),
            );
        }
        descendants
    }

    /// Every change, in no order.
    pub(super) fn hashes(&self) -> impl Iterator<Item = Hash> + '_ {
        self.origins.keys().copied()
    }

    /// The author of a change, and the time by their clock; None if the document does not have it.
    pub(super) fn authorship(&self, hash: Hash, authors: &dyn Authors) -> Option<Authorship> {
        self.origin(hash).map(|origin| origin.authorship(authors))
    }
}

impl ChangeOrigin {
    /// The author of the change, and the time by their clock.
    pub fn authorship(&self, authors: &dyn Authors) -> Authorship {
        let (person, name) = match authors.author(self.actor) {
            Some((person, name)) => (Some(person), name),
            None => (None, String::new()),
        };
        Authorship {
            actor: self.actor,
            person,
            name,
            at: self.wall_ms,
        }
    }
}

fn malformed(doc: DocId, reason: &ChunkError) -> DocumentError {
    DocumentError::Envelope {
        doc,
        reason: reason.to_string(),
    }
}

/// An actor as Automerge takes it.
pub(super) fn actor_id(actor: Actor) -> ActorId {
    ActorId::from(actor.0)
}

/// Operations that Automerge applies at once. It expands each to some 300 bytes, and walks for each batch over what
/// was applied before.
const BATCH_OPERATIONS: u64 = 4 * limits::CHANGE_OPERATIONS;

/// Changes in batches of at most [`BATCH_OPERATIONS`].
fn batches(changes: Vec<automerge::Change>) -> Vec<Vec<automerge::Change>> {
    let (mut batches, mut operations) = (vec![Vec::new()], 0);
    for change in changes {
        operations += change.len() as u64;
        if operations > BATCH_OPERATIONS {
            operations = change.len() as u64;
            batches.push(Vec::new());
        }
        if let Some(batch) = batches.last_mut() {
            batch.push(change);
        }
    }
    batches
}

/// Automerge's state of a document with these changes.
fn merged(id: DocId, changes: Vec<automerge::Change>) -> Result<Automerge, DocumentError> {
    let merge = || {
        let mut automerge = Automerge::new_with_encoding(TEXT_ENCODING);
        for batch in batches(changes) {
            automerge.apply_changes(batch)?;
        }
        Ok(automerge)
    };
    let automerge = match catch_unwind(AssertUnwindSafe(merge)) {
        Ok(Ok(automerge)) => automerge,
        Ok(Err(source)) => {
            let source = Box::new(source);
            return Err(DocumentError::Automerge { doc: id, source });
        }
        Err(_) => return Err(DocumentError::Panicked(id)),
    };
    // A change whose dependencies are missing waits in a queue, invisible and without an error.
    if !automerge.get_missing_deps(&[]).is_empty() {
        return Err(DocumentError::Incomplete(id));
    }
    Ok(automerge)
}
