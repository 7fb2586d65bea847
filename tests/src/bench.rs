//! The common parts of the benchmarks: folders on the disk that builds are on, a store that is written beside many
//! accounts, and the bare database that both are measured against.

use std::path::{Path, PathBuf};

use kept_core::SystemEnvironment;
use kept_core::document::WriteContext;
use kept_core::environment::{Environment, new_uuid, random_bytes};
use kept_core::model::edit::{Edit, Operation};
use kept_core::model::event::{EventBody, Performer, PromiseMade, PromiseRules};
use kept_core::model::ids::{Actor, DocId, GroupId, InstallationId, PersonId};
use kept_core::model::time::{Due, RecordedTime};
use kept_core::model::visit::{Channel, NameSnapshot};
use kept_core::store::{Key, Store, StoreError, group_writer};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::{account, usage, visit};

/// True if a benchmark is only tried, not measured: in a build without optimisation, or with `--test`.
pub fn is_trial() -> bool {
    cfg!(debug_assertions) || std::env::args().any(|argument| argument == "--test")
}

/// A folder beside the builds: a real file system, where temporary folders may be in memory.
pub fn folder() -> TempDir {
    let program = std::env::current_exe().expect("where the benchmark is");
    let target = program.ancestors().nth(3).map(PathBuf::from);
    tempfile::Builder::new()
        .prefix("bench-")
        .tempdir_in(target.expect("the target folder"))
        .expect("a folder for a benchmark")
}

/// A random database key, or none.
pub fn key(with: bool) -> Option<Key> {
    with.then(|| random_bytes(&SystemEnvironment))
}

/// A store that is written below the notebook, so that it may have no key.
pub struct BenchStore {
    store: Store,
    actor: Actor,
    person: PersonId,
    accounts: Vec<DocId>,
    count: usize,
}

impl BenchStore {
    /// Opens a store with so many accounts.
    pub fn open(path: &Path, key: Option<&Key>, accounts: usize) -> Self {
        let store = Store::open(path, key).expect("the store opens");
        let mut store = Self {
            store,
            actor: Actor(random_bytes(&SystemEnvironment)),
            person: PersonId(id()),
            accounts: vec![],
            count: 0,
        };
        let edits: Vec<Edit> = (0..accounts)
            .map(|number| Edit {
                doc: DocId(id()),
                operation: Operation::CreateAccount(account(&format!(
                    "Customer {number} of the north"
                ))),
            })
            .collect();
        store.accounts = edits.iter().map(|edit| edit.doc).collect();
        for some in edits.chunks(500) {
            let groups: Vec<&[Edit]> = some.chunks(1).collect();
            store.write(&groups);
        }
        store
    }

    /// One tap: a visit, what was observed, and a promise. All of it is on disk when this returns.
    pub fn write_visit(&mut self) {
        self.count += 1;
        let customer = self.accounts[self.count * 7919 % self.accounts.len()];
        let text = format!("Visit {}: the divider drifts when it is warm.", self.count);
        let labels = NameSnapshot {
            account: "Customer of the north".into(),
            ..NameSnapshot::default()
        };
        let made = PromiseMade {
            kind: "delivery".into(),
            deliverable: "new load cell".into(),
            criterion: "it stands in the hall and runs".into(),
            account: Some(customer),
            contact: None,
            labels: labels.clone(),
            promiser: self.person,
            performer: Performer::Person {
                person: self.person,
            },
            due: Due::at(SystemEnvironment.wall_ms() + 259_200_000, "UTC").expect("a date"),
            words: "by Thursday".into(),
            channel: Channel::OnSite,
            visit: None,
            not_before: None,
            rules: PromiseRules::default(),
            suggestion: None,
            predecessor: None,
            makes_right: None,
        };
        let mut seen = visit(Some(customer), &text);
        seen.labels = labels.clone();
        let mut observed = usage(Some(customer));
        observed.labels = labels;
        let promised = vec![
            EventBody::Made(Box::new(made)),
            EventBody::Communicated {
                contact: None,
                channel: Channel::OnSite,
            },
        ];
        let deeds = [
            Operation::CreateVisit(seen),
            Operation::CreateUsage(observed),
            Operation::CreatePromise(promised),
        ];
        let edits = deeds.map(|operation| Edit {
            doc: DocId(id()),
            operation,
        });
        self.write(&[&edits]);
    }

    /// The bytes that a tap keeps: changes, placements, rows for screens, words for search, and the edits.
    pub fn bytes_of_a_tap(&self) -> usize {
        let sql = "SELECT sum(length(change.bytes) + length(entry.detail) + length(entry.words) + length(place.place))
                          + (SELECT length(edits) FROM tap WHERE ordinal = (SELECT max(ordinal) FROM tap))
                   FROM change JOIN entry USING (doc) JOIN place USING (doc)
                   WHERE group_id = (SELECT group_id FROM tap ORDER BY ordinal DESC LIMIT 1)";
        let bytes: i64 = self
            .store
            .read()
            .query_row(sql, [], |row| row.get(0))
            .expect("a sum");
        usize::try_from(bytes).expect("a size")
    }

    fn write(&mut self, groups: &[&[Edit]]) {
        let write_context = WriteContext {
            actor: self.actor,
            device: InstallationId([1; 16]),
            time: RecordedTime {
                wall_ms: SystemEnvironment.wall_ms(),
                zone: "UTC".into(),
                offset_ms: Some(0),
                age_ms: Some(0),
                known_ms: None,
            },
            on_behalf: None,
            new_id: &id,
        };
        let written = self.store.write(|transaction| {
            for edits in groups {
                group_writer::write_group(transaction, edits, &write_context, GroupId(id()), None)?;
            }
            Ok::<_, StoreError>(())
        });
        written.expect("the tap is written");
    }
}

/// A database with the same durability and nothing else: what a tap could cost at best.
pub struct BaselineDatabase {
    connection: Connection,
    bytes: Vec<u8>,
}

impl BaselineDatabase {
    /// Opens a database whose transactions write so many bytes.
    pub fn open(path: &Path, key: Option<&Key>, bytes: usize) -> Self {
        let connection = Connection::open(path).expect("the database opens");
        if let Some(key) = key {
            let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
            connection
                .pragma_update(None, "key", format!("x'{hex}'"))
                .expect("a key");
            connection
                .pragma_update(None, "cipher_hmac_algorithm", "HMAC_SHA256")
                .expect("the same cipher");
        }
        connection
            .pragma_update(None, "journal_mode", "WAL")
            .expect("a write-ahead log");
        connection
            .pragma_update(None, "synchronous", "FULL")
            .expect("durability");
        connection
            .execute_batch("CREATE TABLE raw (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT")
            .expect("a table");
        let bytes = (0..bytes).map(|at| (at % 251) as u8).collect();
        Self { connection, bytes }
    }

    /// One transaction with one row.
    pub fn insert(&mut self) {
        let transaction = self.connection.transaction().expect("a transaction");
        transaction
            .prepare_cached("INSERT INTO raw (bytes) VALUES (?1)")
            .and_then(|mut insert| insert.execute([&self.bytes]))
            .expect("a row");
        transaction.commit().expect("it is on disk");
    }

    /// One transaction with many rows.
    pub fn insert_all(&mut self, rows: &[Vec<u8>]) {
        let transaction = self.connection.transaction().expect("a transaction");
        for row in rows {
            transaction
                .prepare_cached("INSERT INTO raw (bytes) VALUES (?1)")
                .and_then(|mut insert| insert.execute([row]))
                .expect("a row");
        }
        transaction.commit().expect("it is on disk");
    }
}

fn id() -> [u8; 16] {
    new_uuid(&SystemEnvironment)
}
