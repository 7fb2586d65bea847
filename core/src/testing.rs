//! Helpers that the tests of several modules share: golden files, and writers of documents.

use std::path::PathBuf;

use data_encoding::HEXLOWER;

use crate::document::{
    Authors, Content, LoadedDocument, WriteContext, chunk::CheckedChange, read, write,
};
use crate::environment::{Environment, ScriptedEnvironment, new_uuid};
use crate::model::edit::{Edit, Operation};
use crate::model::ids::{Actor, DocId, InstallationId, PersonId};
use crate::model::placement::Placement;
use crate::model::time::Time;

/// A moment in November 2026 that tests begin with.
pub const NOON: i64 = 1_795_348_800_000;

/// Compares bytes with a golden file. `KEPT_WRITE_GOLDEN=1` writes those that are missing; one that is
/// there is never rewritten, for it is what is on disks and wires.
pub fn golden(name: &str, bytes: &[u8]) {
    golden_or(
        name,
        bytes,
        &format!("{name} is not what is on disks and wires"),
    );
}

/// Compares bytes with a golden file as [`golden`] does; `hint` says what to do if they differ.
pub fn golden_or(name: &str, bytes: &[u8], hint: &str) {
    assert!(golden_bytes(name, bytes) == bytes, "{hint}");
}

/// The bytes of a golden file; `bytes` where `KEPT_WRITE_GOLDEN=1` writes one that is missing.
pub fn golden_bytes(name: &str, bytes: &[u8]) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("golden")
        .join(format!("{name}.hex"));
    if !path.exists() && std::env::var_os("KEPT_WRITE_GOLDEN").is_some() {
        let hex = HEXLOWER.encode(bytes);
        let lines: Vec<&str> = hex
            .as_bytes()
            .chunks(96)
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect();
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, format!("{}\n", lines.join("\n"))).unwrap();
    }
    let known =
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    HEXLOWER.decode(known.replace('\n', "").as_bytes()).unwrap()
}

/// A writer of documents, with a device of their own.
pub struct TestAuthor {
    /// Clocks and randomness.
    pub environment: ScriptedEnvironment,
    /// The actor that writes.
    pub actor: Actor,
    name: &'static str,
}

/// A writer whose ids and actor follow from their number.
pub fn test_author(number: u8, name: &'static str) -> TestAuthor {
    TestAuthor {
        environment: ScriptedEnvironment::new(NOON, number.into()),
        actor: Actor([number; 16]),
        name,
    }
}

impl TestAuthor {
    /// Applies a deed to a document; returns the change.
    pub fn apply(&self, doc: &mut LoadedDocument, operation: Operation) -> CheckedChange {
        let change = self.try_apply(doc, operation);
        change.expect("the deed changes something")
    }

    /// Applies a deed to a document; returns the change, none if it changes nothing.
    pub fn try_apply(
        &self,
        doc: &mut LoadedDocument,
        operation: Operation,
    ) -> Option<CheckedChange> {
        self.environment.advance(1_000);
        let new_id = || new_uuid(&self.environment);
        let time = Time {
            wall_ms: self.environment.wall_ms(),
            zone: "Europe/Berlin".into(),
            offset_ms: Some(0),
            age_ms: Some(0),
            known_ms: None,
        };
        let write_context = WriteContext {
            actor: self.actor,
            device: InstallationId(self.actor.0),
            time,
            on_behalf: None,
            new_id: &new_id,
        };
        write(
            doc,
            &Edit {
                doc: doc.id,
                operation,
            },
            &write_context,
            &TestAuthors,
        )
        .unwrap()
        .map(|written| written.change)
    }
}

/// Alice writes with actor 1, Bob with actor 2.
pub struct TestAuthors;

impl Authors for TestAuthors {
    fn author(&self, actor: Actor) -> Option<(PersonId, String)> {
        let people = [test_author(1, "Alice"), test_author(2, "Bob")];
        let test_author = people
            .into_iter()
            .find(|test_author| test_author.actor == actor)?;
        Some((PersonId(test_author.actor.0), test_author.name.to_owned()))
    }
}

/// A document from changes, in the order given.
pub fn loaded(doc: DocId, changes: &[&CheckedChange]) -> LoadedDocument {
    let copies = changes.iter().map(|change| {
        (
            CheckedChange::parse(change.bytes(), change.hash()).unwrap(),
            None,
        )
    });
    LoadedDocument::load(doc, copies).unwrap()
}

/// The content of a document.
pub fn content(doc: &LoadedDocument, kind: crate::model::placement::DocumentKind) -> Content {
    read(doc, &Placement::new(doc.id, kind), &TestAuthors)
        .unwrap()
        .unwrap()
}
