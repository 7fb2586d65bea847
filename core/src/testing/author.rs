//! Authors of documents in tests, and documents made of their changes.

use crate::document::{
    Authors, Content, LoadedDocument, WriteContext, chunk::CheckedChange, read, write,
};
use crate::environment::{Environment, ScriptedEnvironment, new_uuid};
use crate::model::edit::{Edit, Operation};
use crate::model::ids::{Actor, DocId, InstallationId, PersonId};
use crate::model::placement::Placement;
use crate::model::time::RecordedTime;
use crate::testing::NOON;

/// An author of documents, with a device of their own.
pub(crate) struct TestAuthor {
    /// Clocks and randomness.
    pub(crate) environment: ScriptedEnvironment,
    /// The actor that writes.
    pub(crate) actor: Actor,
    name: &'static str,
}

/// An author whose ids and actor follow from their number.
pub(crate) fn test_author(number: u8, name: &'static str) -> TestAuthor {
    TestAuthor {
        environment: ScriptedEnvironment::new(NOON, number.into()),
        actor: Actor([number; 16]),
        name,
    }
}

impl TestAuthor {
    /// Applies an operation to a document; returns the change.
    pub(crate) fn apply(&self, doc: &mut LoadedDocument, operation: Operation) -> CheckedChange {
        let change = self.try_apply(doc, operation);
        change.expect("the operation changes something")
    }

    /// Applies an operation to a document; returns the change, none if it changes nothing.
    pub(crate) fn try_apply(
        &self,
        doc: &mut LoadedDocument,
        operation: Operation,
    ) -> Option<CheckedChange> {
        self.environment.advance(1_000);
        let new_id = || new_uuid(&self.environment);
        let time = RecordedTime {
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
pub(crate) struct TestAuthors;

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
pub(crate) fn loaded(doc: DocId, changes: &[&CheckedChange]) -> LoadedDocument {
    let copies = changes.iter().map(|change| {
        (
            CheckedChange::parse(change.bytes(), change.hash()).unwrap(),
            None,
        )
    });
    LoadedDocument::load(doc, copies).unwrap()
}

/// The content of a document.
pub(crate) fn content(
    doc: &LoadedDocument,
    kind: crate::model::placement::DocumentKind,
) -> Content {
    read(doc, &Placement::new(doc.id, kind), &TestAuthors)
        .unwrap()
        .unwrap()
}
