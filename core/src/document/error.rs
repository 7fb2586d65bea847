//! The errors of documents: of their content, their size, and the changes that make them.

use super::bounds;
use crate::model::ids::DocId;

/// The reason why a document cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// Automerge refuses.
    #[error("the document {doc} cannot be used: {source}")]
    Automerge {
        /// The document's id.
        doc: DocId,
        /// Automerge's error.
        source: Box<automerge::AutomergeError>,
    },
    /// Automerge, or a rule that reads what it says, panicked.
    #[error("the document {0} makes the program stumble")]
    Panicked(DocId),
    /// A change that it needs is not here.
    #[error("the document {0} is not complete yet")]
    Incomplete(DocId),
    /// Its envelope says something else.
    #[error("the document {doc} is not what it should be: {reason}")]
    Envelope {
        /// The document's id.
        doc: DocId,
        /// The fault, in words.
        reason: String,
    },
    /// It has no room for the events that are about to be written.
    #[error("{events} more events have no room in the document {doc}")]
    NoRoom {
        /// The document's id.
        doc: DocId,
        /// The number of events that have no room.
        events: usize,
        /// True if others have room in it: the writer has used up theirs.
        for_others: bool,
    },
    /// It has changes, and all of them are set aside.
    #[error("nothing of the document {doc} can be shown: {reason}")]
    SetAside {
        /// The document's id.
        doc: DocId,
        /// The reason why the first of them is set aside.
        reason: String,
    },
    /// The change of one tap has more operations than one change may have.
    #[error("this changes too much at once: {0}")]
    Unbounded(bounds::BoundError),
    /// With what one tap wrote the document has more operations than its bytes allow.
    #[error("the document {0} was rewritten too often")]
    TooManyOperations(DocId),
    /// The change of one tap is larger than a change may be.
    #[error("this is too much for one entry: {bytes} bytes")]
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
    },
}
