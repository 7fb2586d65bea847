//! The ways in which a whole file cannot be read.

use super::limits::{MAX_CARDS, MAX_FILE};

/// The reason why nothing of a file was read; each message says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// There is nothing in the file.
    #[error("this file is empty; export the contacts again")]
    Empty,
    /// The file is over [`MAX_FILE`].
    #[error(
        "this file has {bytes} bytes and at most {MAX_FILE} can be read; \
         export the contacts in smaller groups"
    )]
    FileTooLarge {
        /// The size of the file.
        bytes: usize,
    },
    /// There are more than [`MAX_CARDS`] cards.
    #[error("this file has more than {MAX_CARDS} contacts; export the contacts in smaller groups")]
    TooManyCards,
    /// The file is of another well-known kind.
    #[error("this is {kind}, not a vCard; choose the .vcf file that the contacts app exported")]
    OtherKind {
        /// The apparent kind of the file, with its article: "a JPEG picture".
        kind: &'static str,
    },
    /// The file has no beginning of a card anywhere.
    #[error(
        "there is no contact in this file; choose the .vcf file that the contacts app exported"
    )]
    NoCards,
}
