//! Change chunks written byte by byte: what no honest program writes.

use kept_core::model::ids::{Actor, Hash};
use kept_core::wire::Change;
use sha2::{Digest, Sha256};

/// A change, as the format has it, before it is put together.
#[derive(Clone, Debug)]
pub struct Chunk {
    /// The changes that it depends on.
    pub deps: Vec<Hash>,
    /// The bytes of its actor.
    pub actor: Vec<u8>,
    /// Its number among those of its actor.
    pub seq: u64,
    /// The number of its first operation.
    pub start_op: u64,
    /// The bytes of the other actors that its columns name.
    pub others: Vec<Vec<u8>>,
    /// Its columns by their names, in any order.
    pub columns: Vec<(u64, Vec<u8>)>,
}

/// The names of the columns of operations.
pub mod column {
    /// The actor of the object that an operation changes.
    pub const OBJECT_ACTOR: u64 = 0x01;
    /// The number of the operation that made the object.
    pub const OBJECT: u64 = 0x02;
    /// The actor of the element after which something is inserted.
    pub const KEY_ACTOR: u64 = 0x11;
    /// The number of that element, as the distance from the one before.
    pub const KEY: u64 = 0x13;
    /// The key in a map.
    pub const KEY_TEXT: u64 = 0x15;
    /// One for each operation: true if it inserts.
    pub const INSERT: u64 = 0x34;
    /// The actions of operations.
    pub const ACTION: u64 = 0x42;
    /// The types and lengths of values.
    pub const VALUE_TYPE: u64 = 0x56;
    /// The bytes of values.
    pub const VALUE: u64 = 0x57;
    /// The number of operations that each one replaces.
    pub const PREDECESSORS: u64 = 0x70;
    /// The actors of these.
    pub const PREDECESSOR_ACTOR: u64 = 0x71;
    /// The numbers of these, as the distance from the one before.
    pub const PREDECESSOR: u64 = 0x73;
    /// One for each operation: true if a mark grows at its ends.
    pub const EXPAND: u64 = 0x94;
    /// The names of marks.
    pub const MARK_NAME: u64 = 0xa5;
}

impl Chunk {
    /// A first change of an actor that sets the key `k` of the root to nothing, `operations` times.
    pub fn puts(actor: Actor, operations: u64) -> Self {
        use column::{ACTION, INSERT, KEY_TEXT, PREDECESSORS, VALUE_TYPE};
        Self {
            deps: vec![],
            actor: actor.0.to_vec(),
            seq: 1,
            start_op: 1,
            others: vec![],
            columns: vec![
                (KEY_TEXT, run(operations, &text("k"))),
                (INSERT, unsigned(operations)),
                (ACTION, run(operations, &unsigned(1))),
                (VALUE_TYPE, run(operations, &unsigned(0))),
                (PREDECESSORS, run(operations, &unsigned(0))),
            ],
        }
    }

    /// The same after other changes: as the `seq`th of its actor, with operations from `start_op` on.
    pub fn after(mut self, deps: &[Hash], seq: u64, start_op: u64) -> Self {
        self.deps = deps.to_vec();
        (self.seq, self.start_op) = (seq, start_op);
        self
    }

    /// The same with another column in place of the one of its name.
    pub fn with(mut self, name: u64, data: Vec<u8>) -> Self {
        self.columns.retain(|(known, _)| *known != name);
        self.columns.push((name, data));
        self
    }

    /// The chunk and its hash.
    pub fn seal(&self) -> (Vec<u8>, Hash) {
        let mut columns = self.columns.clone();
        columns.sort_by_key(|(name, _)| *name & !8);
        let mut body = unsigned(self.deps.len() as u64);
        let mut deps = self.deps.clone();
        deps.sort_unstable();
        deps.iter().for_each(|dep| body.extend(dep.0));
        body.extend(prefixed(&self.actor));
        body.extend(unsigned(self.seq));
        body.extend(unsigned(self.start_op));
        body.extend(signed(1_782_115_200_000));
        body.extend(unsigned(0));
        body.extend(unsigned(self.others.len() as u64));
        for other in &self.others {
            body.extend(prefixed(other));
        }
        body.extend(unsigned(columns.len() as u64));
        for (name, data) in &columns {
            body.extend(unsigned(*name));
            body.extend(unsigned(data.len() as u64));
        }
        for (_, data) in &columns {
            body.extend(data);
        }
        seal(&body)
    }

    /// It as a change of a document.
    pub fn change(&self, doc: kept_core::model::ids::DocId) -> Change {
        let (bytes, hash) = self.seal();
        Change {
            doc,
            hash,
            bytes: bytes.into(),
            parent: None,
            receipt: None,
        }
    }
}

/// Puts the header of an uncompressed change before what follows it.
pub fn seal(body: &[u8]) -> (Vec<u8>, Hash) {
    let mut hashed = vec![1];
    hashed.extend(unsigned(body.len() as u64));
    hashed.extend(body);
    let hash = Hash(Sha256::digest(&hashed).into());
    let mut chunk = vec![0x85, 0x6f, 0x4a, 0x83];
    chunk.extend(&hash.0[..4]);
    chunk.extend(hashed);
    (chunk, hash)
}

/// A run of equal cells.
pub fn run(cells: u64, value: &[u8]) -> Vec<u8> {
    let mut bytes = signed(i64::try_from(cells).expect("a run has fewer cells"));
    bytes.extend(value);
    bytes
}

/// A run of empty cells.
pub fn nulls(cells: u64) -> Vec<u8> {
    let mut bytes = signed(0);
    bytes.extend(unsigned(cells));
    bytes
}

/// A text with its length.
pub fn text(text: &str) -> Vec<u8> {
    prefixed(text.as_bytes())
}

fn prefixed(bytes: &[u8]) -> Vec<u8> {
    let mut prefixed = unsigned(bytes.len() as u64);
    prefixed.extend(bytes);
    prefixed
}

/// An unsigned number of variable length.
pub fn unsigned(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

/// A signed number of variable length.
pub fn signed(mut number: i64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let byte = (number & 0x7f) as u8;
        number >>= 7;
        let sign = byte & 0x40 != 0;
        if (number == 0 && !sign) || (number == -1 && sign) {
            bytes.push(byte);
            return bytes;
        }
        bytes.push(byte | 0x80);
    }
}
