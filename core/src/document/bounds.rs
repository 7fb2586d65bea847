//! The size of what a change expands to, by arithmetic over the runs of its columns: nothing is expanded.
//!
//! Automerge's columns are run-length coded, so 74 bytes can describe 10^8 operations, and whatever reads
//! them one by one takes minutes and all memory. Every change from elsewhere passes here before Automerge
//! sees it, on server and device alike. Time and memory are linear in the bytes of the chunk.
//!
//! A change whose operations are numbered far beyond those that it builds on would leave no numbers for others, and
//! counts alike. At the server a document as a whole is bounded too: see [`limits::DOCUMENT_OPERATIONS`].

use std::collections::BTreeSet;

use super::columns::{BooleanColumn, Bytes, Cell, RunLengthColumn};
use crate::limits;
use crate::model::ids::{Actor, Hash};

/// The longest that Automerge's operation numbers may be.
const MAX_OP: u64 = u32::MAX as u64;
/// The bit of a column's name that says that the column is deflated.
const DEFLATED: u64 = 0x08;
/// The column of actions: it has a cell for each operation.
const ACTIONS: u64 = 0x42;
/// The columns whose cells are actors of the change: of objects, keys and predecessors.
const ACTORS: [u64; 3] = [0x01, 0x11, 0x71];

/// The types of columns, by the last three bits of their names.
mod column_type {
    pub(super) const GROUP: u64 = 0;
    pub(super) const ACTOR: u64 = 1;
    pub(super) const INTEGER: u64 = 2;
    pub(super) const DELTA: u64 = 3;
    pub(super) const FLAG: u64 = 4;
    pub(super) const TEXT: u64 = 5;
    pub(super) const VALUE_TYPE: u64 = 6;
    pub(super) const VALUE: u64 = 7;
}

/// The reason why a change is not expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BoundError {
    /// It has more than [`limits::CHANGE_OPERATIONS`].
    #[error("it has more than {} operations", limits::CHANGE_OPERATIONS)]
    Operations,
    /// It names more than [`limits::CHANGE_OPERATIONS`] operations that came before.
    #[error(
        "it names more than {} operations that came before",
        limits::CHANGE_OPERATIONS
    )]
    Predecessors,
    /// Its keys and names, each as often as it stands, take more than [`limits::CHANGE_KEY_BYTES`].
    #[error("its keys take more than {} bytes", limits::CHANGE_KEY_BYTES)]
    Keys,
    /// Its values say that they are longer than the bytes that are there.
    #[error("its values are longer than the change")]
    Values,
    /// A column has more cells than there are operations or predecessors for.
    #[error("the column {0:#x} has more cells than operations")]
    Cells(u64),
    /// A column is compressed.
    #[error("the column {0:#x} is compressed")]
    Deflated(u64),
    /// Its operations have numbers from which it is impossible to count on.
    #[error("its operations are numbered beyond {MAX_OP}")]
    Numbers,
    /// It is not what an encoder writes.
    #[error("its {0} cannot be read")]
    Malformed(&'static str),
}

/// The facts of a change that stand before its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeHeader {
    /// The changes that it depends on.
    pub deps: Vec<Hash>,
    /// The actor that wrote it.
    pub actor: Actor,
    /// Its number among those of its actor in the document, from 1.
    pub seq: u64,
    /// The number of its first operation.
    pub start_op: u64,
    /// The author's wall clock, in milliseconds since the epoch.
    pub wall_ms: i64,
    /// The number of actors that its columns may name, the author among them.
    actors: u64,
}

/// The size to which a change expands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExpandedSize {
    /// Its operations.
    pub operations: u64,
    /// The operations before them that they name.
    pub predecessors: u64,
}

/// Bounds what follows the header of a chunk. An error says what it exceeds, or that no encoder wrote it.
pub fn expanded_size(body: &[u8]) -> Result<ExpandedSize, BoundError> {
    let mut bytes = Bytes::new(body);
    let header = ChangeHeader::read(&mut bytes)?;
    let expanded_size = columns(bytes, header.actors)?;
    let last = header.start_op.checked_add(expanded_size.operations);
    if last.is_none_or(|last| last > MAX_OP) {
        return Err(BoundError::Numbers);
    }
    Ok(expanded_size)
}

impl ChangeHeader {
    /// Reads what a change says of itself, whatever its columns are.
    pub fn of(body: &[u8]) -> Result<Self, BoundError> {
        Self::read(&mut Bytes::new(body))
    }

    fn read(bytes: &mut Bytes<'_>) -> Result<Self, BoundError> {
        let header = Self::parts(bytes).ok_or(BoundError::Malformed("beginning"))?;
        let fits = |number: u64| i64::try_from(number).is_ok();
        match header.seq > 0 && header.start_op > 0 && fits(header.seq) && fits(header.start_op) {
            true => Ok(header),
            false => Err(BoundError::Numbers),
        }
    }

    fn parts(bytes: &mut Bytes<'_>) -> Option<Self> {
        let mut deps = Vec::new();
        for _ in 0..bytes.unsigned()? {
            deps.push(Hash(bytes.take(32)?.try_into().ok()?));
        }
        let actor = read_actor(bytes)?;
        let (seq, start_op) = (bytes.unsigned()?, bytes.unsigned()?);
        let wall_ms = bytes.signed()?;
        let message = bytes.unsigned()?;
        bytes.take(message)?;
        // Each costs Automerge a walk over the document: one that is named twice is no encoder's.
        let mut actors = BTreeSet::from([actor]);
        for _ in 0..bytes.unsigned()? {
            actors.insert(read_actor(bytes)?).then_some(())?;
        }
        Some(Self {
            deps,
            actor,
            seq,
            start_op,
            wall_ms,
            actors: actors.len() as u64,
        })
    }
}

fn read_actor(bytes: &mut Bytes<'_>) -> Option<Actor> {
    let length = bytes.unsigned()?;
    bytes.take(length)?.try_into().ok().map(Actor)
}

/// The sums that are still to be compared when all columns were walked.
#[derive(Default)]
struct Totals {
    operations: u64,
    predecessors: u64,
    keys: u64,
    /// The largest number of cells of a column that has one for each operation, and the column.
    cells: (u64, u64),
}

/// The unit to which the cells of a column belong.
#[derive(Clone, Copy)]
enum CellOwner {
    /// One for each operation.
    Operations,
    /// One for each member of a group, of which there are so many.
    Group(u64),
}

/// Walks the columns that stand at the end of a chunk.
fn columns(mut bytes: Bytes<'_>, actors: u64) -> Result<ExpandedSize, BoundError> {
    let malformed = BoundError::Malformed("columns");
    let mut names = Vec::new();
    for _ in 0..bytes.unsigned().ok_or(malformed)? {
        let name = bytes.unsigned().filter(|name| u32::try_from(*name).is_ok());
        let length = bytes.unsigned();
        names.push(name.zip(length).ok_or(malformed)?);
    }
    let mut totals = Totals::default();
    let mut group: Option<(u64, u64)> = None;
    let mut value: Option<(u64, u64)> = None;
    let mut last = None;
    for (name, length) in names {
        if name & DEFLATED != 0 {
            return Err(BoundError::Deflated(name));
        }
        if last.replace(name) >= Some(name) {
            return Err(malformed);
        }
        let data = bytes.take(length).ok_or(malformed)?;
        let (id, kind) = (name >> 4, name & 7);
        group = group.filter(|(of, _)| *of == id);
        let owner = group.map_or(CellOwner::Operations, |(_, members)| {
            CellOwner::Group(members)
        });
        if kind == column_type::VALUE {
            let claimed = value.take().filter(|(of, _)| *of == id).ok_or(malformed)?.1;
            value_bytes(claimed, data.len())?;
            continue;
        }
        value_bytes(value.take().map_or(0, |(_, claimed)| claimed), 0)?;
        let column = Column::walk(name, data, actors).ok_or(malformed)?;
        match owner {
            CellOwner::Operations if name == ACTIONS => totals.operations = column.cells,
            CellOwner::Operations => totals.cells = totals.cells.max((column.cells, name)),
            CellOwner::Group(members) if column.cells > members => {
                return Err(BoundError::Cells(name));
            }
            CellOwner::Group(_) => {}
        }
        match kind {
            column_type::GROUP => {
                group = Some((id, column.sum));
                totals.predecessors = totals.predecessors.saturating_add(column.sum);
            }
            column_type::VALUE_TYPE => value = Some((id, column.sum)),
            column_type::TEXT => totals.keys = totals.keys.saturating_add(column.sum),
            _ => {}
        }
    }
    value_bytes(value.map_or(0, |(_, claimed)| claimed), 0)?;
    totals.expanded_size()
}

/// Compares what values say that they take with what is there.
fn value_bytes(claimed: u64, there: usize) -> Result<(), BoundError> {
    match u64::try_from(there).is_ok_and(|there| claimed <= there) {
        true => Ok(()),
        false => Err(BoundError::Values),
    }
}

impl Totals {
    fn expanded_size(self) -> Result<ExpandedSize, BoundError> {
        if self.operations > limits::CHANGE_OPERATIONS {
            return Err(BoundError::Operations);
        }
        if self.predecessors > limits::CHANGE_OPERATIONS {
            return Err(BoundError::Predecessors);
        }
        if self.keys > limits::CHANGE_KEY_BYTES {
            return Err(BoundError::Keys);
        }
        let (cells, name) = self.cells;
        if cells > self.operations {
            return Err(BoundError::Cells(name));
        }
        Ok(ExpandedSize {
            operations: self.operations,
            predecessors: self.predecessors,
        })
    }
}

/// A column that was walked. Sums that exceed 64 bits stay at the largest number.
#[derive(Default)]
struct Column {
    /// Its cells, the empty ones among them.
    cells: u64,
    /// Over all cells: members of a group, bytes of values, bytes of texts; 0 for other types.
    sum: u64,
}

impl Column {
    /// Walks a column. None where it is not what an encoder writes.
    fn walk(name: u64, data: &[u8], actors: u64) -> Option<Self> {
        let bytes = Bytes::new(data);
        let names_actors = ACTORS.contains(&name);
        match name & 7 {
            column_type::GROUP => Self::runs(bytes, |members: u64| Some(members)),
            column_type::ACTOR if names_actors => Self::runs(bytes, |actor: u64| {
                // Automerge looks each up in the list, and takes none that is not there.
                (actor < actors).then_some(0)
            }),
            column_type::ACTOR | column_type::INTEGER => Self::runs(bytes, |_: u64| Some(0)),
            column_type::DELTA => Self::runs(bytes, |_: i64| Some(0)),
            column_type::TEXT => Self::runs(bytes, |text: &str| u64::try_from(text.len()).ok()),
            column_type::VALUE_TYPE => Self::runs(bytes, |value: u64| Some(value >> 4)),
            column_type::FLAG => Some(Self {
                cells: BooleanColumn::new(bytes).total()?,
                sum: 0,
            }),
            _ => None,
        }
    }

    /// Walks runs; `weigh` says what a cell of a value adds to the sum, and none for one that may not be.
    fn runs<'a, T: Cell<'a>>(bytes: Bytes<'a>, weigh: impl Fn(T) -> Option<u64>) -> Option<Self> {
        let mut runs = RunLengthColumn::new(bytes);
        let mut column = Self::default();
        while let Some(next_run) = runs.next_run()? {
            let weight = next_run.value.map_or(Some(0), &weigh)?;
            let weight = weight.saturating_mul(next_run.cells);
            column.cells = column.cells.saturating_add(next_run.cells);
            column.sum = column.sum.saturating_add(weight);
        }
        Some(column)
    }
}
