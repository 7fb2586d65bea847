//! A change that came from elsewhere: checked before Automerge sees it, and its type says so.
//!
//! Automerge does not compare a change's checksum, and one in ten mutants with a valid checksum makes it panic. So the
//! whole hash is compared first, only uncompressed chunks of a known size are taken, what they expand to is bounded
//! before anything is expanded, and the parse is guarded. Plain first changes, which most are, are read without
//! Automerge.

use std::panic::{AssertUnwindSafe, catch_unwind};

use sha2::{Digest, Sha256};

use super::bounds::{self, BoundError, ChangeHeader};
use super::columns::Bytes;
use super::first_change::{self, FirstChange, ParsedFirstChange};
use crate::limits;
use crate::model::ids::{Actor, Hash};

/// The first bytes of every Automerge chunk.
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// The type of an uncompressed change chunk.
const CHANGE: u8 = 1;
/// Magic, checksum and type: the length follows.
const HEADER: usize = 9;

/// The reason why bytes are not a change.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChunkError {
    /// Larger than [`limits::CHANGE_BYTES`].
    #[error("a change has at most {limit} bytes, this one {0}", limit = limits::CHANGE_BYTES)]
    TooLarge(usize),
    /// Not one uncompressed change chunk, or Automerge cannot parse it.
    #[error("not an uncompressed change: {0}")]
    Malformed(String),
    /// The bytes have another hash.
    #[error("the bytes have the hash {0}")]
    WrongHash(Hash),
    /// It expands to more than a change may.
    #[error("this change is not expanded: {0}")]
    Unbounded(BoundError),
}

impl From<BoundError> for ChunkError {
    fn from(error: BoundError) -> Self {
        match error {
            BoundError::Malformed(_) => Self::Malformed(error.to_string()),
            excess => Self::Unbounded(excess),
        }
    }
}

/// An uncompressed change chunk whose hash and structure have been checked.
#[derive(Clone, Debug)]
pub struct CheckedChange {
    hash: Hash,
    actor: Actor,
    max_op: u64,
    parsed: ChangeForm,
}

#[derive(Clone, Debug)]
enum ChangeForm {
    /// A plain first change.
    FirstChange {
        bytes: Vec<u8>,
        wall_ms: i64,
        first: FirstChange,
    },
    /// Any other.
    Other(Box<automerge::Change>),
    /// One that must not be expanded.
    Unexpanded(Box<UnexpandedChange>),
}

/// A change whose hash is right, and which is not expanded.
#[derive(Clone, Debug)]
struct UnexpandedChange {
    bytes: Vec<u8>,
    header: ChangeHeader,
    reason: ChunkError,
}

impl CheckedChange {
    /// Checks bytes that are said to have `hash`.
    pub fn parse(bytes: &[u8], hash: Hash) -> Result<Self, ChunkError> {
        if bytes.len() > limits::CHANGE_BYTES {
            return Err(ChunkError::TooLarge(bytes.len()));
        }
        Self::open(bytes, hash, body_of(bytes, hash)?)
    }

    /// Checks the bytes of a change that stands in the log already. One that must not be expanded, or that Automerge
    /// does not take, is kept closed and says why: see [`CheckedChange::unexpanded`]. An error says that the bytes
    /// are not those that `hash` names, or not even the beginning of a change.
    pub fn stored(bytes: &[u8], hash: Hash) -> Result<Self, ChunkError> {
        if bytes.len() > limits::CHANGE_BYTES {
            return Err(ChunkError::TooLarge(bytes.len()));
        }
        let body = body_of(bytes, hash)?;
        Self::open(bytes, hash, body).or_else(|reason| {
            let header = ChangeHeader::of(body).map_err(|_| reason.clone())?;
            Ok(Self {
                hash,
                actor: header.actor,
                max_op: header.start_op,
                parsed: ChangeForm::Unexpanded(Box::new(UnexpandedChange {
                    bytes: bytes.to_vec(),
                    header,
                    reason,
                })),
            })
        })
    }

    /// Reads a change whose hash was compared, unless it expands to too much.
    fn open(bytes: &[u8], hash: Hash, body: &[u8]) -> Result<Self, ChunkError> {
        bounds::expanded_size(body)?;
        match first_change::read(body) {
            Some(read) => Ok(Self::plain(bytes.to_vec(), hash, read)),
            None => Self::with_numbers_in_range(parse_whole(bytes)?, hash),
        }
    }

    /// Takes a change that Automerge has just written here.
    pub(super) fn written(change: automerge::Change) -> Result<Self, ChunkError> {
        if change.raw_bytes().len() > limits::CHANGE_BYTES {
            return Err(ChunkError::TooLarge(change.raw_bytes().len()));
        }
        let hash = Hash(change.hash().0);
        bounds::expanded_size(body_of(change.raw_bytes(), hash)?)?;
        Self::with_numbers_in_range(change, hash)
    }

    fn plain(bytes: Vec<u8>, hash: Hash, read: ParsedFirstChange) -> Self {
        Self {
            hash,
            actor: read.actor,
            max_op: read.operations,
            parsed: ChangeForm::FirstChange {
                bytes,
                wall_ms: read.wall_ms,
                first: read.first,
            },
        }
    }

    /// A change whose numbers are in range.
    fn with_numbers_in_range(change: automerge::Change, hash: Hash) -> Result<Self, ChunkError> {
        // Automerge computes the last operation unguarded: a first one near the end of the numbers overflows.
        let max_op =
            catch_unwind(AssertUnwindSafe(|| change.max_op())).map_err(|_| parser_failed())?;
        let actor = actor_of(change.actor_id())?;
        let with_numbers_in_range = change.start_op().get() <= max_op.saturating_add(1);
        if !with_numbers_in_range
            || i64::try_from(max_op).is_err()
            || i64::try_from(change.seq()).is_err()
        {
            return Err(ChunkError::Malformed("its numbers are out of range".into()));
        }
        Ok(Self {
            hash,
            actor,
            max_op,
            parsed: ChangeForm::Other(Box::new(change)),
        })
    }

    /// The reason why it is not expanded; None for a change that is read.
    pub fn unexpanded(&self) -> Option<&ChunkError> {
        match &self.parsed {
            ChangeForm::Unexpanded(unexpanded) => Some(&unexpanded.reason),
            ChangeForm::FirstChange { .. } | ChangeForm::Other(_) => None,
        }
    }

    /// The number of its operations; 0 for one that is not expanded.
    pub fn operations(&self) -> u64 {
        match self.unexpanded() {
            Some(_) => 0,
            None => (self.max_op + 1).saturating_sub(self.start_op()),
        }
    }

    /// The change's hash.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// The actor that wrote it.
    pub fn actor(&self) -> Actor {
        self.actor
    }

    /// The number of this change among its actor's in the document, from 1.
    pub fn seq(&self) -> u64 {
        match &self.parsed {
            ChangeForm::FirstChange { .. } => 1,
            ChangeForm::Other(change) => change.seq(),
            ChangeForm::Unexpanded(unexpanded) => unexpanded.header.seq,
        }
    }

    /// The number of its first operation.
    pub fn start_op(&self) -> u64 {
        match &self.parsed {
            ChangeForm::FirstChange { .. } => 1,
            ChangeForm::Other(change) => change.start_op().get(),
            ChangeForm::Unexpanded(unexpanded) => unexpanded.header.start_op,
        }
    }

    /// The number of its last operation.
    pub fn max_op(&self) -> u64 {
        self.max_op
    }

    /// The changes that it depends on.
    pub fn deps(&self) -> impl Iterator<Item = Hash> + '_ {
        let (whole, unexpanded): (&[automerge::ChangeHash], &[Hash]) = match &self.parsed {
            ChangeForm::FirstChange { .. } => (&[], &[]),
            ChangeForm::Other(change) => (change.deps(), &[]),
            ChangeForm::Unexpanded(unexpanded) => (&[], &unexpanded.header.deps),
        };
        let whole = whole.iter().map(|dep| Hash(dep.0));
        whole.chain(unexpanded.iter().copied())
    }

    /// The author's wall clock, in milliseconds since the epoch.
    pub fn wall_ms(&self) -> i64 {
        match &self.parsed {
            ChangeForm::FirstChange { wall_ms, .. } => *wall_ms,
            ChangeForm::Other(change) => change.timestamp(),
            ChangeForm::Unexpanded(unexpanded) => unexpanded.header.wall_ms,
        }
    }

    /// The chunk.
    pub fn bytes(&self) -> &[u8] {
        match &self.parsed {
            ChangeForm::FirstChange { bytes, .. } => bytes,
            ChangeForm::Other(change) => change.raw_bytes(),
            ChangeForm::Unexpanded(unexpanded) => &unexpanded.bytes,
        }
    }

    /// The content that it makes of a document that has no other change, and the chunk; the change itself where that is
    /// not plain.
    pub(super) fn into_first(self) -> Result<(FirstChange, Vec<u8>), Box<Self>> {
        match self.parsed {
            ChangeForm::FirstChange { bytes, first, .. } => Ok((first, bytes)),
            ChangeForm::Other(_) | ChangeForm::Unexpanded(_) => Err(Box::new(self)),
        }
    }

    /// The change as Automerge's type. An error for one that is not expanded.
    pub fn into_change(self) -> Result<automerge::Change, ChunkError> {
        match self.parsed {
            ChangeForm::FirstChange { bytes, .. } => parse_whole(&bytes),
            ChangeForm::Other(change) => Ok(*change),
            ChangeForm::Unexpanded(unexpanded) => Err(unexpanded.reason),
        }
    }
}

/// Lets Automerge parse a chunk whose hash was compared, and which was bounded.
pub(super) fn parse_whole(bytes: &[u8]) -> Result<automerge::Change, ChunkError> {
    let parse = AssertUnwindSafe(|| automerge::Change::from_bytes(bytes.to_vec()));
    match catch_unwind(parse) {
        Ok(Ok(change)) => Ok(change),
        Ok(Err(e)) => Err(ChunkError::Malformed(e.to_string())),
        Err(_) => Err(parser_failed()),
    }
}

/// An Automerge actor of the size that Kept writes.
pub fn actor_of(actor: &automerge::ActorId) -> Result<Actor, ChunkError> {
    actor
        .to_bytes()
        .try_into()
        .map(Actor)
        .map_err(|_| ChunkError::Malformed("its actor is not 16 bytes long".into()))
}

fn parser_failed() -> ChunkError {
    ChunkError::Malformed("Automerge stumbles over it".into())
}

/// The bytes after the header of one uncompressed change chunk that fills `bytes` exactly and has `hash`; else an
/// error.
fn body_of(bytes: &[u8], hash: Hash) -> Result<&[u8], ChunkError> {
    let (found, body) = hashed(bytes)?;
    match found == hash {
        true => Ok(body),
        false => Err(ChunkError::WrongHash(found)),
    }
}

/// The bytes after the header of a chunk from the log, whose hash was compared when it came. None for anything else.
pub(super) fn body(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = Bytes::new(bytes.get(HEADER..)?);
    rest.unsigned()?;
    Some(rest.rest())
}

/// The hash of one uncompressed change chunk that fills `bytes` exactly, and what follows its header.
fn hashed(bytes: &[u8]) -> Result<(Hash, &[u8]), ChunkError> {
    let malformed = |why: &str| Err(ChunkError::Malformed(why.into()));
    if bytes.len() < HEADER + 1 || bytes[..4] != MAGIC {
        return malformed("it does not begin like one");
    }
    if bytes[8] != CHANGE {
        return malformed("it is another kind of chunk");
    }
    let mut rest = Bytes::new(&bytes[HEADER..]);
    let Some(length) = rest.unsigned() else {
        return malformed("its length cannot be read");
    };
    let body = rest.rest();
    if u64::try_from(body.len()) != Ok(length) {
        return malformed("its length is another");
    }
    let hash = Hash(Sha256::digest(&bytes[8..]).into());
    if bytes[4..8] != hash.0[..4] {
        return Err(ChunkError::WrongHash(hash));
    }
    Ok((hash, body))
}

#[cfg(test)]
mod tests {
    use automerge::transaction::{CommitOptions, Transactable};

    use super::*;

    fn sample() -> (Vec<u8>, Hash) {
        let mut doc = automerge::Automerge::new().with_actor(automerge::ActorId::from([7u8; 16]));
        let mut tx = doc.transaction();
        tx.put(automerge::ROOT, "name", "Bäckerei Süß").unwrap();
        let (hash, _) = tx.commit_with(CommitOptions::default().with_time(1_000));
        let change = doc.get_last_local_change().unwrap();
        (change.raw_bytes().to_vec(), Hash(hash.unwrap().0))
    }

    #[test]
    fn a_change_is_taken_as_its_author_wrote_it() {
        let (bytes, hash) = sample();
        let change = CheckedChange::parse(&bytes, hash).unwrap();
        assert_eq!(
            (
                change.actor(),
                change.seq(),
                change.start_op(),
                change.wall_ms()
            ),
            (Actor([7; 16]), 1, 1, 1_000)
        );
        assert_eq!(change.bytes(), bytes);
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let (bytes, hash) = sample();
        for index in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[index / 8] ^= 1 << (index % 8);
            assert!(CheckedChange::parse(&flipped, hash).is_err(), "bit {index}");
        }
    }

    #[test]
    fn truncated_extended_and_oversized_chunks_are_refused() {
        let (bytes, hash) = sample();
        for length in 0..bytes.len() {
            assert!(CheckedChange::parse(&bytes[..length], hash).is_err());
        }
        assert!(CheckedChange::parse(&[bytes.as_slice(), &[0]].concat(), hash).is_err());
        assert!(matches!(
            CheckedChange::parse(&vec![0; limits::CHANGE_BYTES + 1], hash),
            Err(ChunkError::TooLarge(_))
        ));
    }
}
