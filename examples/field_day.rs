//! A technician's day in a notebook, without any network: a customer, a visit with what was seen, and finding both.
//!
//! `cargo run -p kept-core --example field_day` tries it in a folder that is thrown away. With an invitation link
//! behind it (`-- 'kept://…'`, as `kept-server invite` prints one) the notebook joins that company, makes a promise,
//! and sends all of it.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use kept_core::language::{Lang, message_text};
use kept_core::model::account::AccountDraft;
use kept_core::model::event::Performer;
use kept_core::model::ids::DocId;
use kept_core::model::visit::{Channel, UsageDraft, VisitDraft};
use kept_core::notebook::{
    FileSecretStore, JoinOptions, KeptError, Notebook, PromiseDraft, VisitEntry,
};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let link = std::env::args().nth(1);
    for line in play(folder.path(), link)? {
        println!("{line}");
    }
    Ok(())
}

/// Plays the day in a folder, and returns a line for each thing that happened.
fn play(folder: &Path, link: Option<String>) -> Result<Vec<String>, KeptError> {
    let mut lines = Vec::new();
    // On a phone the key is in the Keystore or the Keychain; here it is a file that only its owner can read.
    let secrets = Arc::new(FileSecretStore::new(folder.join("secrets")));
    let notebook = Notebook::open(folder.to_string_lossy().into_owned(), secrets)?;

    let customer = notebook.create_account(AccountDraft {
        name: "Hotel Adler".into(),
        ..AccountDraft::default()
    })?;
    let logged = notebook.log_visit(VisitEntry {
        visit: VisitDraft {
            account: Some(customer),
            channel: Channel::OnSite,
            said: "The oven door sticks.".into(),
            ..VisitDraft::default()
        },
        usages: vec![UsageDraft {
            doing: "kicks the door shut with the foot".into(),
            pain: 2,
            ..UsageDraft::default()
        }],
        promises: vec![],
    })?;
    lines.push(format!("Visit {} is on disk.", logged.visit));

    if let Some(link) = link {
        let options = JoinOptions {
            label: "Example".into(),
            ..JoinOptions::default()
        };
        let me = notebook.join(link, options)?;
        lines.push(format!("{} works for {}.", me.name, me.organisation_name));
        let promise = notebook.make_promise(door_seal(&notebook, customer)?)?;
        let summary = notebook.promise(promise)?.summary;
        let state = message_text(&summary.state_words, Lang::En);
        lines.push(format!("“{}”: {state}", summary.deliverable));
        notebook.sync_now()?;
    }

    for entry in notebook.search("oven".into(), 10)? {
        lines.push(format!("{}: {}", entry.account_name, entry.text));
    }
    lines.push(message_text(&notebook.status()?.line, Lang::En));
    Ok(lines)
}

/// A promise of a new door seal by tomorrow, for this notebook's person to deliver.
fn door_seal(notebook: &Notebook, customer: DocId) -> Result<PromiseDraft, KeptError> {
    Ok(PromiseDraft {
        kind: "other".into(),
        deliverable: "a new door seal".into(),
        criterion: "the door closes by itself".into(),
        account: Some(customer),
        contact: None,
        performer: Performer::Person {
            person: notebook.me()?.person,
        },
        due: notebook.parse_typed_due("tomorrow 12:00".into(), None)?,
        words: String::new(),
        channel: Channel::OnSite,
        told: true,
        ask: true,
        not_before: None,
        suggestion: None,
        makes_right: None,
    })
}

#[test]
fn a_day_without_a_network_ends_with_all_of_it_on_this_device() {
    let folder = tempfile::tempdir().unwrap();
    let lines = play(folder.path(), None).unwrap();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert_eq!(lines[1], "Hotel Adler: The oven door sticks.");
    assert!(lines[2].contains("1 visit"), "{lines:?}");
}
