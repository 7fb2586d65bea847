//! The changes of a document that are set aside: what breaks a bound, and what builds on it.
//!
//! A function of the set of changes, whatever order they came in: every device and the server set the same
//! aside. The rest of the document is shown, and what is written is written upon the rest.
//!
//! A device whose own change is set aside goes on in the rest with another actor. The server's count of a document
//! leaves out what is set aside here.

use std::collections::{BTreeMap, HashMap};

use super::bounds::{BoundError, ChangeHeader, expanded_size};
use super::chunk::{CheckedChange, ChunkError};
use crate::limits;
use crate::model::ids::Hash;
use crate::model::time::Millis;

/// A change that is set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// The change.
    pub hash: Hash,
    /// The reason.
    pub reason: AsideReason,
    /// The details, for a person who looks into it.
    pub detail: String,
}

/// The reason why a change is set aside. The numbers are stored and never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsideReason {
    /// It expands to more than a change may.
    Unbounded,
    /// It cannot be read.
    Malformed,
    /// Its operations have numbers far beyond those that it builds on.
    Numbers,
    /// With it the document has more operations than its bytes allow.
    Document,
    /// It builds on a change that is set aside.
    DependsOn,
}

impl AsideReason {
    /// Its number in the database.
    pub fn number(self) -> u8 {
        match self {
            Self::Unbounded => 1,
            Self::Malformed => 2,
            Self::Numbers => 3,
            Self::Document => 4,
            Self::DependsOn => 5,
        }
    }

    /// The reason with this number; [`AsideReason::Malformed`] for one that is not known.
    pub fn from_number(number: u8) -> Self {
        match number {
            1 => Self::Unbounded,
            3 => Self::Numbers,
            4 => Self::Document,
            5 => Self::DependsOn,
            _ => Self::Malformed,
        }
    }
}

/// A change of a document with the moment at which the server took it, in milliseconds of server time.
pub type ReceivedChange = (CheckedChange, Option<Millis>);

/// The changes of a document, divided.
#[derive(Default)]
pub struct Selection {
    /// The changes of which the document is made, in the order given.
    pub shown: Vec<ReceivedChange>,
    /// The changes that are set aside, in the order given.
    pub aside: Vec<SetAside>,
}

/// Divides the changes of a document.
pub fn select(changes: Vec<ReceivedChange>) -> Selection {
    let weights: Vec<ChangeFacts> = changes.iter().map(|(c, _)| ChangeFacts::read(c)).collect();
    let aside = set_aside(&weights);
    if aside.is_empty() {
        return Selection {
            shown: changes,
            aside: Vec::new(),
        };
    }
    let mut selection = Selection::default();
    for (change, received_at) in changes {
        match aside.get(&change.hash()) {
            Some((reason, detail)) => selection.aside.push(SetAside {
                hash: change.hash(),
                reason: *reason,
                detail: detail.clone(),
            }),
            None => selection.shown.push((change, received_at)),
        }
    }
    selection
}

/// The operations and bytes of changes of one document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DocumentSize {
    /// The number of operations.
    pub operations: u64,
    /// The bytes of the chunks.
    pub bytes: u64,
}

impl DocumentSize {
    /// The size of a change that is shown.
    pub fn of(change: &CheckedChange) -> Self {
        Self {
            operations: change.operations(),
            bytes: change.bytes().len() as u64,
        }
    }

    /// Both together.
    pub fn with(self, other: Self) -> Self {
        Self {
            operations: self.operations.saturating_add(other.operations),
            bytes: self.bytes.saturating_add(other.bytes),
        }
    }

    /// This without what is in it.
    fn without(self, other: Self) -> Self {
        Self {
            operations: self.operations.saturating_sub(other.operations),
            bytes: self.bytes.saturating_sub(other.bytes),
        }
    }

    /// True if a document may be that large: [`limits::DOCUMENT_OPERATIONS`] and
    /// [`limits::DOCUMENT_OPERATIONS_PER_BYTE`].
    pub fn fits_document(self) -> bool {
        self.operations <= limits::DOCUMENT_OPERATIONS.saturating_add(self.allowance())
    }

    /// The operations that its bytes allow.
    fn allowance(self) -> u64 {
        self.bytes
            .saturating_mul(limits::DOCUMENT_OPERATIONS_PER_BYTE)
    }

    /// The operations beyond those that its bytes allow.
    fn excess(self) -> u64 {
        self.operations.saturating_sub(self.allowance())
    }
}

/// The facts of a change that decide whether it is set aside.
#[derive(Debug)]
struct ChangeFacts {
    hash: Hash,
    deps: Vec<Hash>,
    start_op: u64,
    size: DocumentSize,
    unexpanded: Option<ChunkError>,
}

impl ChangeFacts {
    fn read(change: &CheckedChange) -> Self {
        Self {
            hash: change.hash(),
            deps: change.deps().collect(),
            start_op: change.start_op(),
            size: DocumentSize::of(change),
            unexpanded: change.unexpanded().cloned(),
        }
    }

    /// Counts the bytes after the header of a chunk, by arithmetic alone.
    fn count(hash: Hash, chunk_bytes: usize, body: &[u8]) -> Result<Self, BoundError> {
        let header = ChangeHeader::of(body)?;
        let expanded_size = expanded_size(body);
        Ok(Self {
            hash,
            deps: header.deps,
            start_op: header.start_op,
            size: DocumentSize {
                operations: expanded_size.map_or(0, |expanded_size| expanded_size.operations),
                bytes: chunk_bytes as u64,
            },
            unexpanded: expanded_size.err().map(ChunkError::from),
        })
    }

    /// The number of its last operation, the one before the first where it has none.
    fn max_op(&self) -> u64 {
        self.start_op.saturating_add(self.size.operations) - 1
    }
}

/// Counts what is shown of a document, by arithmetic over the chunks that the log has of it.
#[derive(Default)]
pub struct SizeCounter(Vec<ChangeFacts>);

impl SizeCounter {
    /// Adds a chunk. Bytes that are none count for nothing.
    pub fn add(&mut self, hash: Hash, chunk: &[u8]) {
        let body = super::chunk::body(chunk);
        let weight = body.and_then(|body| ChangeFacts::count(hash, chunk.len(), body).ok());
        self.0.extend(weight);
    }

    /// The size of what is shown.
    pub fn shown(&self) -> DocumentSize {
        let aside = set_aside(&self.0);
        let shown = self.0.iter().filter(|w| !aside.contains_key(&w.hash));
        shown.fold(DocumentSize::default(), |sum, weight| sum.with(weight.size))
    }
}

/// The changes that are set aside, with the reason and a detail of it.
fn set_aside(changes: &[ChangeFacts]) -> BTreeMap<Hash, (AsideReason, String)> {
    let mut aside = AsideSet::default();
    let known: HashMap<Hash, u64> = changes.iter().map(|c| (c.hash, c.max_op())).collect();
    let reasons = |reason: &dyn Fn(&ChangeFacts) -> Option<(AsideReason, String)>| {
        let found = changes.iter().filter_map(|c| Some((c.hash, reason(c)?)));
        found.collect::<BTreeMap<_, _>>()
    };
    let unexpanded = reasons(&closed_reason);
    let skipping = reasons(&|change| skipping_reason(change, &known));
    let total = changes.iter().map(|change| change.size);
    let mut total = total.fold(DocumentSize::default(), DocumentSize::with);
    if unexpanded.is_empty() && skipping.is_empty() && total.fits_document() {
        return aside.found;
    }
    aside.learn(changes);
    // A change that builds on a closed one counts on from operations that are not counted.
    for (root, reason) in unexpanded.into_iter().chain(skipping) {
        total = total.without(aside.add(root, reason));
    }
    if total.fits_document() {
        return aside.found;
    }
    // The change that exceeds its bytes most goes first.
    let mut heaviest: Vec<(u64, Hash)> = changes
        .iter()
        .map(|change| (change.size.excess(), change.hash))
        .filter(|(excess, _)| *excess > 0)
        .collect();
    heaviest.sort_unstable_by(|a, b| b.cmp(a));
    for (excess, hash) in heaviest {
        if total.fits_document() {
            break;
        }
        let detail = format!("{excess} operations more than its bytes allow");
        total = total.without(aside.add(hash, (AsideReason::Document, detail)));
    }
    aside.found
}

/// The reason why a change is set aside that is not expanded; None if it is expanded.
fn closed_reason(change: &ChangeFacts) -> Option<(AsideReason, String)> {
    let unexpanded = change.unexpanded.as_ref()?;
    let reason = match unexpanded {
        ChunkError::Unbounded(BoundError::Numbers) => AsideReason::Numbers,
        ChunkError::Unbounded(_) | ChunkError::TooLarge(_) => AsideReason::Unbounded,
        ChunkError::Malformed(_) | ChunkError::WrongHash(_) => AsideReason::Malformed,
    };
    Some((reason, unexpanded.to_string()))
}

/// The reason why a change is set aside that skips numbers; None if it skips none, or if a change that it depends on is
/// missing. `known` are the last operations of all changes.
fn skipping_reason(
    change: &ChangeFacts,
    known: &HashMap<Hash, u64>,
) -> Option<(AsideReason, String)> {
    let deps = change.deps.iter().map(|dep| known.get(dep).copied());
    // A document that lacks one of them is not complete yet, and not shown.
    let last = deps.collect::<Option<Vec<u64>>>()?.into_iter().max();
    let detail = || format!("its operations begin with number {}", change.start_op);
    (!follows(change.start_op, last)).then(|| (AsideReason::Numbers, detail()))
}

/// True if a change may begin with this operation where the last one of what it builds on has the number `last`: a
/// change that skips numbers leaves none for those that come later.
pub fn follows(start_op: u64, last: Option<u64>) -> bool {
    start_op <= last.unwrap_or(0).saturating_add(1)
}

/// The changes that were set aside so far, and the changes that build on each.
#[derive(Default)]
struct AsideSet {
    found: BTreeMap<Hash, (AsideReason, String)>,
    children: HashMap<Hash, Vec<Hash>>,
    sizes: HashMap<Hash, DocumentSize>,
}

impl AsideSet {
    fn learn(&mut self, changes: &[ChangeFacts]) {
        for change in changes {
            self.sizes.insert(change.hash, change.size);
            for dep in &change.deps {
                self.children.entry(*dep).or_default().push(change.hash);
            }
        }
    }

    /// Sets a change aside with all that builds on it. Returns the size of what was not aside before.
    fn add(&mut self, root: Hash, reason: (AsideReason, String)) -> DocumentSize {
        let mut gone = DocumentSize::default();
        let mut open = vec![(root, reason)];
        while let Some((hash, reason)) = open.pop() {
            if self.found.contains_key(&hash) {
                continue;
            }
            self.found.insert(hash, reason);
            gone = gone.with(self.sizes.get(&hash).copied().unwrap_or_default());
            for child in self.children.get(&hash).into_iter().flatten() {
                let detail = format!("it builds on {hash}");
                open.push((*child, (AsideReason::DependsOn, detail)));
            }
        }
        gone
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hash(number: usize) -> Hash {
        Hash([u8::try_from(number).unwrap(); 32])
    }

    /// Changes of which each builds on some before it, with so many operations and bytes.
    fn changes() -> impl Strategy<Value = Vec<ChangeFacts>> {
        let change = (
            prop::collection::vec(any::<prop::sample::Index>(), 0..3),
            0u64..40_000,
            50u64..5_000,
            0u8..12,
        );
        prop::collection::vec(change, 1..12).prop_map(|drawn| {
            let mut changes: Vec<ChangeFacts> = Vec::new();
            for (number, (deps, operations, bytes, fault)) in drawn.into_iter().enumerate() {
                let deps: Vec<Hash> = match number {
                    0 => vec![],
                    _ => deps.iter().map(|dep| hash(dep.index(number))).collect(),
                };
                let before = changes.iter().filter(|change| deps.contains(&change.hash));
                let last = before.map(ChangeFacts::max_op).max().unwrap_or(0);
                changes.push(ChangeFacts {
                    hash: hash(number),
                    deps,
                    start_op: last + 1 + u64::from(fault == 1),
                    size: DocumentSize { operations, bytes },
                    unexpanded: (fault == 0).then(|| BoundError::Operations.into()),
                });
            }
            changes
        })
    }

    proptest! {
        /// The changes that are set aside are the same in whatever order they come, with all that builds on them; the
        /// rest fits.
        #[test]
        fn what_is_set_aside_is_a_function_of_the_set(
            changes in changes(), order in any::<prop::sample::Index>(),
        ) {
            let aside = set_aside(&changes);
            let mut turned = changes;
            let at = order.index(turned.len());
            turned.rotate_left(at);
            let again: Vec<Hash> = set_aside(&turned).into_keys().collect();
            prop_assert_eq!(&again, &aside.keys().copied().collect::<Vec<_>>());
            let mut shown = DocumentSize::default();
            for change in &turned {
                let builds_on_it = change.deps.iter().any(|dep| aside.contains_key(dep));
                let is_aside = aside.contains_key(&change.hash);
                prop_assert!(is_aside || !builds_on_it);
                prop_assert!(is_aside || change.unexpanded.is_none());
                if !is_aside {
                    shown = shown.with(change.size);
                }
            }
            prop_assert!(shown.fits_document());
        }
    }

    #[test]
    fn what_exceeds_its_bytes_most_goes_first() {
        let change = |number, operations, bytes| ChangeFacts {
            hash: hash(number),
            deps: if number == 0 { vec![] } else { vec![hash(0)] },
            start_op: 1,
            size: DocumentSize { operations, bytes },
            unexpanded: None,
        };
        let all = [
            change(0, 10, 300),
            change(1, 12_000, 80),
            change(2, 15_000, 80),
        ];
        let aside = set_aside(&all);
        assert_eq!(aside.keys().copied().collect::<Vec<_>>(), [hash(2)]);
        // Bytes that come later let it back in.
        let more = [all.into_iter().collect(), vec![change(3, 10, 5_000)]];
        let more: Vec<ChangeFacts> = more.into_iter().flatten().collect();
        assert!(set_aside(&more).is_empty());
    }

    #[test]
    fn reasons_keep_their_numbers() {
        for number in 1..=5 {
            assert_eq!(AsideReason::from_number(number).number(), number);
        }
    }
}
