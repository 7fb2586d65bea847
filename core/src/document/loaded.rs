//! A document in memory: Automerge's state, and where each of its changes came from.

use std::collections::{BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{ActorId, Automerge, ObjId, ReadDoc, TextEncoding};

use super::DocumentError;
use crate::document::chunk::CheckedChange;
use crate::model::authored::Authorship;
use crate::model::ids::{Actor, DocId, Hash, PersonId};
use crate::model::time::Millis;

/// Who an actor writes for, as the registry says.
pub trait Authors {
    /// The person and what they are called; none while their row has not arrived.
    fn author(&self, actor: Actor) -> Option<(PersonId, String)>;
}

/// Where a change came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Who wrote it.
    pub actor: Actor,
    /// The author's wall clock, in milliseconds since the epoch.
    pub wall_ms: Millis,
    /// When the server took it, in milliseconds of server time.
    pub received_at: Option<Millis>,
    /// The changes that it depends on.
    pub deps: Vec<Hash>,
}

/// A document in memory.
pub struct Loaded {
    /// Which.
    pub id: DocId,
    /// Automerge's state.
    pub automerge: Automerge,
    origins: HashMap<Hash, Origin>,
}

impl Loaded {
    /// A document that nobody has written yet.
    pub fn empty(id: DocId) -> Self {
        // The text encoding is not in the bytes: it is the same for every document of Kept.
        let automerge = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint);
        Self {
            id,
            automerge,
            origins: HashMap::new(),
        }
    }

    /// Loads a document from its changes, each with the moment at which the server took it.
    pub fn load(
        id: DocId,
        changes: impl IntoIterator<Item = (CheckedChange, Option<Millis>)>,
    ) -> Result<Self, DocumentError> {
        let mut loaded = Self::empty(id);
        let mut parsed = Vec::new();
        for (change, received_at) in changes {
            loaded.remember(&change, received_at);
            parsed.push(change.into_change());
        }
        let automerge = &mut loaded.automerge;
        match catch_unwind(AssertUnwindSafe(|| automerge.apply_changes(parsed))) {
            Ok(Ok(())) => {}
            Ok(Err(source)) => {
                let source = Box::new(source);
                return Err(DocumentError::Automerge { doc: id, source });
            }
            Err(_) => return Err(DocumentError::Panicked(id)),
        }
        // A change whose dependencies are missing waits in a queue, invisible and without an error.
        if !loaded.automerge.get_missing_deps(&[]).is_empty() {
            return Err(DocumentError::Incomplete(id));
        }
        Ok(loaded)
    }

    /// Notes where a change came from.
    pub(super) fn remember(&mut self, change: &CheckedChange, received_at: Option<Millis>) {
        self.origins.insert(
            change.hash(),
            Origin {
                actor: change.actor(),
                wall_ms: change.wall_ms(),
                received_at,
                deps: change.deps().collect(),
            },
        );
    }

    /// Runs something that asks Automerge, and makes a panic an error.
    pub fn guarded<T>(
        &self,
        ask: impl FnOnce() -> Result<T, DocumentError>,
    ) -> Result<T, DocumentError> {
        catch_unwind(AssertUnwindSafe(ask)).unwrap_or(Err(DocumentError::Panicked(self.id)))
    }

    /// How many changes it has.
    pub fn len(&self) -> usize {
        self.origins.len()
    }

    /// Whether nobody has written it yet.
    pub fn is_empty(&self) -> bool {
        self.origins.is_empty()
    }

    /// The change that wrote an operation, and where it came from.
    pub(super) fn origin_of(&self, operation: &ObjId) -> Option<(Hash, &Origin)> {
        let hash = Hash(self.automerge.hash_for_opid(operation)?.0);
        self.origins.get(&hash).map(|origin| (hash, origin))
    }

    /// The change that depends on nothing: the document's first.
    pub fn first(&self) -> Option<(Hash, &Origin)> {
        let mut first = self
            .origins
            .iter()
            .filter(|(_, origin)| origin.deps.is_empty());
        first.next().map(|(hash, origin)| (*hash, origin))
    }

    /// Every change that `hash` depends on, directly or not.
    pub(super) fn past(&self, hash: Hash) -> BTreeSet<Hash> {
        let mut past = BTreeSet::new();
        let mut open = vec![hash];
        while let Some(next) = open.pop() {
            for dep in self
                .origins
                .get(&next)
                .map(|origin| origin.deps.as_slice())
                .unwrap_or_default()
            {
                if past.insert(*dep) {
                    open.push(*dep);
                }
            }
        }
        past
    }

    /// Every change, in no order.
    pub(super) fn hashes(&self) -> impl Iterator<Item = Hash> + '_ {
        self.origins.keys().copied()
    }

    /// Who wrote an operation, and when.
    pub(super) fn authorship(
        &self,
        operation: &ObjId,
        authors: &dyn Authors,
    ) -> Option<Authorship> {
        self.origin_of(operation)
            .map(|(_, origin)| origin.authorship(authors))
    }
}

impl Origin {
    /// Who wrote it, and when.
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

/// An actor as Automerge takes it.
pub(super) fn actor_id(actor: Actor) -> ActorId {
    ActorId::from(actor.0)
}
