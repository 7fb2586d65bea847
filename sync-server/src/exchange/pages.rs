//! Feed pages: the company scope first, the others once it is at its head, in turn, within the limits.

use std::collections::{BTreeSet, VecDeque};

use kept_core::limits;
use kept_core::model::ids::{Hash, InstallationId, OrganisationId};
use kept_core::model::placement::Scope;
use kept_core::wire::{Cursor, Page, Receipt, Reply, Request, Row, row_kind};

use super::ResolvedCaller;
use crate::log::{LogError, ReadRow, ScopeState, Transaction};

/// Rows that are read ahead. A unit has at most one `entered` row for each of its changes.
const READ_AHEAD: u32 = 256;

/// Fills pages, lost scopes and wanted changes into a reply. `scopes` are those that the reader may read.
pub(super) fn fill<'a>(
    log: &'a dyn Transaction,
    organisation: OrganisationId,
    reader: &ResolvedCaller,
    scopes: &'a [ScopeState],
    request: &Request,
    reply: &mut Reply,
) -> Result<(), LogError> {
    let known = |number: u32| scopes.iter().any(|state| state.number == number);
    let lost: BTreeSet<u32> = request.cursors.iter().map(|cursor| cursor.scope).collect();
    reply.lost = lost.into_iter().filter(|number| !known(*number)).collect();
    let mut budget = PageBudget::new(request, reader.installation());
    reply.given = given(log, organisation, scopes, request, &mut budget)?;
    let mut sent = budget.sent.clone();
    let (company, others): (Vec<_>, Vec<_>) = scopes
        .iter()
        .partition(|state| state.scope == Scope::Company);
    let open = |states: Vec<&'a ScopeState>| {
        let scope_readers = states
            .into_iter()
            .map(|state| ScopeReader::open(log, organisation, state, request));
        scope_readers.collect::<Result<Vec<_>, _>>()
    };
    let mut company = open(company)?;
    fill_in_turns(&mut company, &mut budget)?;
    if company.iter().all(ScopeReader::is_at_head) {
        let mut others = open(others)?;
        fill_in_turns(&mut others, &mut budget)?;
        company.append(&mut others);
    } else {
        reply.more = true;
    }
    reply.more |= company
        .iter()
        .any(|scope_reader| !scope_reader.is_at_head());
    // Turns decide what goes. Bytes stand where a change is named first, in the order in which pages are read: so they
    // need never be asked for, and causes come before effects.
    let pages = company
        .into_iter()
        .filter_map(|scope_reader| scope_reader.into_page(&mut sent));
    reply.pages = pages.collect();
    Ok(())
}

/// The changes that the request wants, where the reader may read one of their document's scopes.
fn given(
    log: &dyn Transaction,
    organisation: OrganisationId,
    scopes: &[ScopeState],
    request: &Request,
    budget: &mut PageBudget,
) -> Result<Vec<Row>, LogError> {
    let mut rows = Vec::new();
    let wants: BTreeSet<Hash> = request
        .wants
        .iter()
        .copied()
        .take(limits::PAGE_ROWS)
        .collect();
    for hash in wants {
        let Some(change) = log.change(organisation, hash)? else {
            continue;
        };
        let placement = log.placement(organisation, change.doc)?;
        let entered = placement.map_or_else(Vec::new, |placement| placement.scopes);
        if !scopes.iter().any(|state| entered.contains(&state.number)) {
            continue;
        }
        if !rows.is_empty() && !budget.fits(1, change.bytes.len()) {
            break;
        }
        budget.spend(1, change.bytes.len());
        budget.sent.hashes.insert(hash);
        rows.push(Row {
            seq: 0,
            kind: row_kind::CHANGE,
            doc: Some(change.doc),
            hash: Some(hash),
            bytes: Some(change.bytes.into()),
            receipt: Some(change.receipt),
            group: Some(change.group),
            control: None,
            mac: None,
        });
    }
    Ok(rows)
}

/// Lets each stream give a unit in turn until all are at their heads or the budget is spent.
fn fill_in_turns(
    scope_readers: &mut [ScopeReader<'_>],
    budget: &mut PageBudget,
) -> Result<(), LogError> {
    while scope_readers
        .iter()
        .any(|scope_reader| !scope_reader.is_at_head())
    {
        for scope_reader in &mut *scope_readers {
            if !scope_reader.is_at_head() && !scope_reader.give_unit(budget)? {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// The rows and bytes that a reply may still carry.
struct PageBudget {
    rows: usize,
    bytes: usize,
    /// True if a page has a row already: one unit always goes, so that every exchange makes progress.
    has_rows: bool,
    /// Changes whose bytes are counted.
    sent: SentChanges,
}

impl PageBudget {
    fn new(request: &Request, reader: InstallationId) -> Self {
        let requested = usize::try_from(request.page_bytes).unwrap_or(usize::MAX);
        Self {
            rows: limits::PAGE_ROWS,
            bytes: requested.min(limits::PAGE_BYTES),
            has_rows: false,
            sent: SentChanges {
                hashes: BTreeSet::new(),
                reader,
            },
        }
    }

    fn fits(&self, rows: usize, bytes: usize) -> bool {
        rows <= self.rows && bytes <= self.bytes
    }

    fn spend(&mut self, rows: usize, bytes: usize) {
        self.rows = self.rows.saturating_sub(rows);
        self.bytes = self.bytes.saturating_sub(bytes);
    }

    fn cost(&self, read: &ReadRow) -> usize {
        let change = read.change.as_ref().filter(|_| self.sent.lacks(read));
        change.map_or(0, |(bytes, _)| bytes.len()) + read.row.control.len()
    }
}

/// The changes whose bytes a reply carries, row by row.
#[derive(Clone)]
struct SentChanges {
    hashes: BTreeSet<Hash>,
    reader: InstallationId,
}

impl SentChanges {
    /// True if a row must bring the bytes of its change: the reader did not write it, and no row before does.
    fn lacks(&self, read: &ReadRow) -> bool {
        let known = read
            .row
            .hash
            .is_some_and(|hash| self.hashes.contains(&hash));
        let is_own = |receipt: &Receipt| receipt.installation == self.reader;
        !known && read.change.as_ref().is_some_and(|(_, it)| !is_own(it))
    }
}

/// One scope's feed from where the reader stands.
struct ScopeReader<'a> {
    log: &'a dyn Transaction,
    organisation: OrganisationId,
    state: &'a ScopeState,
    /// The page, still without its rows.
    page: Page,
    /// The rows that go into it.
    given: Vec<ReadRow>,
    /// True if the page is sent even if it has no rows: the reader does not know the scope as it is.
    is_news: bool,
    /// The last sequence number in the page.
    at: u64,
    lookahead: VecDeque<ReadRow>,
}

impl<'a> ScopeReader<'a> {
    fn open(
        log: &'a dyn Transaction,
        organisation: OrganisationId,
        state: &'a ScopeState,
        request: &Request,
    ) -> Result<Self, LogError> {
        let cursor = request
            .cursors
            .iter()
            .find(|cursor| cursor.scope == state.number);
        let start = match cursor {
            Some(cursor) if is_valid_cursor(log, organisation, state, cursor)? => Some(cursor),
            _ => None,
        };
        let after = start.map_or(0, |cursor| cursor.seq);
        Ok(Self {
            log,
            organisation,
            state,
            page: Page {
                scope: state.number,
                name: cursor.is_none().then(|| state.scope.to_string()),
                epoch: state.epoch,
                after,
                rows: Vec::new(),
                checksum: start.map_or(0, |cursor| cursor.checksum),
                head: state.head,
            },
            given: Vec::new(),
            is_news: start.is_none(),
            at: after,
            lookahead: VecDeque::new(),
        })
    }

    fn is_at_head(&self) -> bool {
        self.at >= self.state.head
    }

    /// Moves the next unit into the page; false where it does not fit.
    fn give_unit(&mut self, budget: &mut PageBudget) -> Result<bool, LogError> {
        let length = self.unit_length(budget.sent.reader)?;
        let bytes = self
            .lookahead
            .iter()
            .take(length)
            .map(|read| budget.cost(read))
            .sum();
        if budget.has_rows && !budget.fits(length, bytes) {
            return Ok(false);
        }
        budget.has_rows = true;
        budget.spend(length, bytes);
        for read in self.lookahead.drain(..length) {
            self.at = read.row.seq;
            self.page.checksum = read.row.checksum;
            if budget.sent.lacks(&read) {
                budget.sent.hashes.extend(read.row.hash);
            }
            self.given.push(read);
        }
        Ok(true)
    }

    /// Reads ahead until the next unit is there, and says how many rows it has.
    fn unit_length(&mut self, reader: InstallationId) -> Result<usize, LogError> {
        loop {
            let first = self.lookahead.front().map(|read| read.row.unit);
            let length = self
                .lookahead
                .iter()
                .take_while(|read| Some(read.row.unit) == first)
                .count();
            let read_to = self.lookahead.back().map_or(self.at, |read| read.row.seq);
            if length > 0 && (length < self.lookahead.len() || read_to >= self.state.head) {
                return Ok(length);
            }
            let scope = self.state.number;
            let rows =
                self.log
                    .rows_after(self.organisation, scope, read_to, READ_AHEAD, reader)?;
            if rows.is_empty() {
                let what = format!("scope {} has no row after {read_to}", self.state.number);
                return Err(LogError::Damaged(what));
            }
            self.lookahead.extend(rows);
        }
    }

    fn into_page(mut self, sent: &mut SentChanges) -> Option<Page> {
        let given = self.given.into_iter();
        self.page.rows = given.map(|read| row(read, sent)).collect();
        (self.is_news || !self.page.rows.is_empty()).then_some(self.page)
    }
}

/// True if the reader's cursor stands on a row of this feed: same epoch, and the same checksum there.
fn is_valid_cursor(
    log: &dyn Transaction,
    organisation: OrganisationId,
    state: &ScopeState,
    cursor: &Cursor,
) -> Result<bool, LogError> {
    if cursor.epoch != state.epoch {
        return Ok(false);
    }
    let checksum = match cursor.seq {
        0 => Some(0),
        seq => log.checksum_at(organisation, state.number, seq)?,
    };
    Ok(checksum == Some(cursor.checksum))
}

fn row(read: ReadRow, sent: &mut SentChanges) -> Row {
    let needs = sent.lacks(&read);
    let ReadRow { row, change } = read;
    let kind = match row.kind {
        row_kind::CHANGE if !needs => row_kind::OWN,
        kind => kind,
    };
    let (bytes, receipt) = change.unzip();
    if needs {
        sent.hashes.extend(row.hash);
    }
    Row {
        seq: row.seq,
        kind,
        doc: row.doc,
        hash: row.hash,
        bytes: bytes.filter(|_| needs).map(Into::into),
        receipt,
        group: row.group,
        control: row.mac.map(|_| row.control.into()),
        mac: row.mac.map(Into::into),
    }
}
