//! The reasons why a body cannot be read.

/// The reason why a body could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// It is larger than [`BODY_BYTES`](crate::limits::BODY_BYTES) as it travels, or than what is taken there unpacked.
    #[error("the message is larger than {0} bytes")]
    TooLarge(usize),
    /// It does not unpack to what was packed: cut short, damaged on the way, or not packed at all.
    #[error("the message was damaged on the way: {0}")]
    Garbled(String),
    /// It is not the message expected.
    #[error("the message cannot be read: {0}")]
    Malformed(String),
}
