//! Records of undo: a tap that a person may take back, and the report of one that was taken back.

use serde::Serialize;

use crate::language::Message;
use crate::model::ids::{DocId, GroupId};
use crate::model::time::Millis;
use crate::notebook::history::fields::FieldMessage;

/// Something that one tap wrote on this device, and that can still be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct UndoableWrite {
    /// The group that the tap wrote.
    pub group: GroupId,
    /// The instant when it was written, in milliseconds since the epoch, by this device's clock.
    pub written_at: Millis,
    /// The instant until which it can be taken back, in milliseconds since the epoch.
    pub until: Millis,
    /// The documents that it wrote, in its order.
    pub docs: Vec<DocId>,
    /// It in a few words: the kind and the title of its first document, and the number of further ones.
    pub words: Message,
    /// True if the server has it: the others see it taken back after the next synchronisation.
    pub sent: bool,
}

/// The outcome of taking something back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct UndoReport {
    /// The group that took it back, now or before; none if there was nothing to write.
    pub group: Option<GroupId>,
    /// The documents that were changed; none if it had been taken back before.
    pub docs: Vec<DocId>,
    /// The fields that stay, for somebody else wrote them since.
    pub left: Vec<FieldMessage>,
}
