//! The checks of a group that need no log: its size, and what each change says of itself. They are done before any
//! request waits for the log.

use std::panic::{AssertUnwindSafe, catch_unwind};

use kept_core::document::chunk::{CheckedChange, ChunkError};
use kept_core::document::set_aside::DocumentSize;
use kept_core::limits;
use kept_core::model::ids::{Actor, Hash};
use kept_core::wire::{Change, Group, Reason, ReasonCode};

/// The facts that a change states of itself.
pub(super) struct ChangeHeader<'g> {
    pub(super) change: &'g Change,
    pub(super) actor: Actor,
    pub(super) seq: u64,
    pub(super) start_op: u64,
    pub(super) max_op: u64,
    pub(super) deps: Vec<Hash>,
    pub(super) size: DocumentSize,
}

/// A group that was read.
pub(crate) struct CheckedGroup<'g> {
    pub(super) group: &'g Group,
    /// The reason, if it is larger than the limits allow.
    pub(super) too_large: Option<Reason>,
    /// The facts that its changes state of themselves, in its order; empty for a group that is too large.
    pub(super) changes: Vec<Result<ChangeHeader<'g>, Reason>>,
}

impl<'g> CheckedGroup<'g> {
    /// Reads a group.
    pub(crate) fn check(group: &'g Group) -> Self {
        let too_large = too_large(group);
        let changes = match too_large {
            Some(_) => Vec::new(),
            None => group.changes.iter().map(read).collect(),
        };
        Self {
            group,
            too_large,
            changes,
        }
    }
}

/// The reason for which a group is larger than the limits allow; None if it is not.
fn too_large(group: &Group) -> Option<Reason> {
    let bytes: usize = group.changes.iter().map(|change| change.bytes.len()).sum();
    let about = |detail: String| Some(ReasonCode::TooLarge.about(None, detail));
    if group.changes.len() > limits::GROUP_CHANGES {
        return about(format!(
            "a group has at most {} changes",
            limits::GROUP_CHANGES
        ));
    }
    if bytes > limits::GROUP_BYTES {
        return about(format!("a group has at most {} bytes", limits::GROUP_BYTES));
    }
    let lists = |place: &kept_core::model::placement::Placement| {
        place.people.len() + place.pools.len() + place.files.len()
    };
    if group.places.len() > limits::GROUP_CHANGES
        || group.places.iter().any(|p| lists(p) > limits::LIST_ENTRIES)
    {
        return about(format!(
            "a place names at most {} people, pools and files",
            limits::LIST_ENTRIES
        ));
    }
    None
}

/// Reads a change: size, kind of chunk, hash and structure, in this order.
fn read(change: &Change) -> Result<ChangeHeader<'_>, Reason> {
    // Numbers near the limit of 64 bits make Automerge's accessors overflow, so they are guarded as well.
    let parsed = catch_unwind(AssertUnwindSafe(|| {
        CheckedChange::parse(&change.bytes, change.hash).map(|checked| ChangeHeader {
            change,
            actor: checked.actor(),
            seq: checked.seq(),
            start_op: checked.start_op(),
            max_op: checked.max_op(),
            deps: checked.deps().collect(),
            size: DocumentSize::of(&checked),
        })
    }));
    let header =
        parsed.unwrap_or_else(|_| Err(ChunkError::Malformed("Automerge stumbles over it".into())));
    let header = header.map_err(|error| {
        let code = match error {
            ChunkError::TooLarge(_) => ReasonCode::TooLarge,
            ChunkError::Malformed(_) => ReasonCode::Malformed,
            ChunkError::WrongHash(_) => ReasonCode::WrongHash,
            ChunkError::Unbounded(_) => ReasonCode::TooManyOperations,
        };
        code.about(Some(change.hash), error.to_string())
    })?;
    let fits = |number: u64| i64::try_from(number).is_ok();
    if header.seq == 0 || !fits(header.seq) || !fits(header.max_op) {
        return Err(ReasonCode::Malformed.about(Some(change.hash), "its numbers are out of range"));
    }
    Ok(header)
}
