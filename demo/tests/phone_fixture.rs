//! The fixture as a program opens it: from its files alone, at its moment, without a server.

#![expect(clippy::unwrap_used, reason = "a test that cannot run has failed")]

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use kept_core::model::ids::DocId;
use kept_core::model::time::Trust;
use kept_core::notebook::{
    Clocks, FileSecretStore, KeptError, Notebook, PromiseListQuery, PromiseMark, SecretStore,
};
use serde_json::Value;

const AT: &str = "2026-11-27T10:12+01:00";

fn write(folder: &Path, person: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_phone-fixture"))
        .args(["--person", person, "--at", AT])
        .arg(folder)
        .output()
        .unwrap()
}

/// The clocks that `fixture.json` names.
struct FixtureClocks(Value);

impl Clocks for FixtureClocks {
    fn wall_ms(&self) -> Result<i64, KeptError> {
        Ok(self.0["wall_ms"].as_i64().unwrap())
    }

    fn boot_ms(&self) -> Result<i64, KeptError> {
        Ok(self.0["boot_ms"].as_i64().unwrap())
    }

    fn boot_id(&self) -> Result<String, KeptError> {
        Ok(self.0["boot_id"].as_str().unwrap().to_owned())
    }

    fn zone(&self) -> Result<Option<String>, KeptError> {
        Ok(self.0["zone"].as_str().map(str::to_owned))
    }
}

fn open(folder: &Path) -> Arc<Notebook> {
    let facts = std::fs::read_to_string(folder.join("fixture.json")).unwrap();
    let secrets: Arc<dyn SecretStore> = Arc::new(FileSecretStore::new(folder.join("secrets")));
    let notebook = folder.join("notebook").to_str().unwrap().to_owned();
    let clocks = Arc::new(FixtureClocks(serde_json::from_str(&facts).unwrap()));
    Notebook::open_with_clocks(notebook, secrets, clocks).unwrap()
}

/// The records that screens show, with the names of people where their ids stand: these are new in every fixture.
fn shown(notebook: &Notebook) -> Vec<String> {
    let ids: Vec<DocId> = notebook.rows().unwrap().iter().map(|row| row.0).collect();
    let texts = [
        serde_json::to_string(&notebook.my_overview().unwrap()),
        serde_json::to_string(&notebook.entries(ids).unwrap()),
        serde_json::to_string(&notebook.conflicts().unwrap()),
        serde_json::to_string(&notebook.reliability(None).unwrap()),
    ];
    let mut texts: Vec<String> = texts.into_iter().map(Result::unwrap).collect();
    for colleague in notebook.colleagues().unwrap() {
        for text in &mut texts {
            *text = text.replace(&colleague.id.to_string(), &colleague.name);
        }
    }
    texts
}

#[test]
fn a_fixture_shows_what_screens_need_and_is_the_same_whenever_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second] = ["first", "second"].map(|name| {
        let place = folder.path().join(name);
        let written = write(&place, "sam");
        let errors = String::from_utf8_lossy(&written.stderr);
        assert!(written.status.success(), "{errors}");
        open(&place)
    });
    let overview = first.my_overview().unwrap();
    assert_eq!(shown(&first), shown(&second), "two fixtures differ");
    assert!(overview.counts.asked_of_me > 0 && overview.counts.late > 0);
    let held = first.promises(PromiseListQuery {
        open_only: true,
        account: None,
        mine: true,
        limit: 1_000,
        offset: 0,
        kind: None,
    });
    let held = held.unwrap();
    let is_marked = |mark| held.iter().any(|promise| promise.mark == mark);
    assert!(is_marked(PromiseMark::CounterOffered), "{held:?}");
    assert!(!overview.reminders.is_empty() && !first.conflicts().unwrap().is_empty());
    let status = first.status().unwrap();
    assert_eq!(status.unsent.len(), 1, "what was logged a minute ago");
    assert_eq!(status.clock, Trust::Good);
    assert!(matches!(first.sync_now(), Err(KeptError::Offline { .. })));
}

#[test]
fn a_person_who_is_not_in_the_company_is_named_with_those_who_are() {
    let folder = tempfile::tempdir().unwrap();
    let refused = write(&folder.path().join("new"), "nobody");
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && said.contains("Sam"), "{said}");
    assert!(!folder.path().join("new").exists());
    std::fs::write(folder.path().join("mine"), "x").unwrap();
    let refused = write(folder.path(), "sam");
    assert!(!refused.status.success());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
