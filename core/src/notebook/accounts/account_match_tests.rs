//! Finding a customer by a few letters, and what is open at those who are found.

use super::AccountMatch;
use crate::model::account::{
    AccountDraft, AccountEdit, ContactDraft, ContactPointDraft, ContactPointKind, SiteDraft,
};
use crate::model::ids::DocId;
use crate::model::registry::Role;
use crate::model::time::{DAY_MS, DuePart};
use crate::notebook::Notebook;
use crate::notebook::promises::drafts::PromiseDraft;
use crate::notebook::test_kit::{SUNDAY, draft, due, local_notebook, named, notebook_of, visit};

/// The names of the customers who are found.
fn names(notebook: &Notebook, text: &str) -> Vec<String> {
    let found = notebook.find_accounts(text.into(), 20).unwrap();
    found.into_iter().map(|found| found.summary.name).collect()
}

fn add(notebook: &Notebook, names: &[&str]) -> Vec<DocId> {
    let accounts = names
        .iter()
        .map(|name| notebook.create_account(named(name)).unwrap());
    accounts.collect()
}

/// The pieces that are marked in what was found.
fn marked(found: &AccountMatch) -> Vec<&str> {
    let segments = found.matches.iter().flat_map(|found| &found.segments);
    let marked = segments.filter(|segment| segment.found);
    marked.map(|segment| segment.text.as_str()).collect()
}

#[test]
fn two_letters_find_the_customer() {
    let fixture = local_notebook();
    let notebook = &fixture.notebook;
    add(
        notebook,
        &[
            "Hotel Adler",
            "Zum Adler",
            "Gasthof Krone",
            "Adler & Söhne",
            "Radler",
        ],
    );
    assert_eq!(
        names(notebook, "ad"),
        ["Adler & Söhne", "Hotel Adler", "Zum Adler"]
    );
    assert_eq!(names(notebook, "ho ad"), ["Hotel Adler"]);
    assert_eq!(names(notebook, "krx"), [""; 0]);
    let first = notebook.find_accounts("ad".into(), 1).unwrap();
    assert_eq!(first.len(), 1);
    assert_eq!(marked(&first[0]), ["Adler"]);
}

#[test]
fn an_umlaut_and_its_spelling_are_the_same() {
    let fixture = local_notebook();
    let notebook = &fixture.notebook;
    add(
        notebook,
        &["Hotel Bär", "Bäckerei Kaiser", "Baecker Müller"],
    );
    for typed in ["bäck", "baeck", "BA\u{308}CK"] {
        assert_eq!(
            names(notebook, typed),
            ["Bäckerei Kaiser", "Baecker Müller"],
            "{typed}"
        );
    }
    assert_eq!(names(notebook, "mueller"), ["Baecker Müller"]);
}

#[test]
fn a_contact_finds_their_firm() {
    let fixture = local_notebook();
    let notebook = &fixture.notebook;
    add(notebook, &["Petra & Co"]);
    let adler = AccountDraft {
        contacts: vec![ContactDraft {
            name: "Petra Vogel".into(),
            ..ContactDraft::default()
        }],
        contact_points: vec![ContactPointDraft {
            id: None,
            kind: ContactPointKind::Phone,
            label: String::new(),
            value: "0711 123456".into(),
            contact: None,
        }],
        sites: vec![SiteDraft {
            id: None,
            label: "Haupthaus".into(),
            address: "Marktplatz 1\n70173 Stuttgart".into(),
        }],
        ..named("Hotel Adler")
    };
    notebook.create_account(adler).unwrap();
    assert_eq!(names(notebook, "petra"), ["Petra & Co", "Hotel Adler"]);
    assert_eq!(names(notebook, "petra adl"), ["Hotel Adler"]);
    assert_eq!(names(notebook, "0711 123"), ["Hotel Adler"]);
    let found = notebook.find_accounts("vo".into(), 20).unwrap();
    assert_eq!(found[0].place, "Marktplatz 1, 70173 Stuttgart");
    assert_eq!(marked(&found[0]), ["Vogel"]);
}

#[test]
fn archived_ones_come_last() {
    let fixture = local_notebook();
    let notebook = &fixture.notebook;
    let [first, _] = add(notebook, &["Adler", "Hotel Adler"])[..] else {
        panic!("two customers")
    };
    notebook
        .edit_account(first, vec![AccountEdit::Archive])
        .unwrap();
    assert_eq!(names(notebook, "adler"), ["Hotel Adler", "Adler"]);
}

#[test]
fn before_a_letter_is_typed_the_customers_of_the_newest_entries_are_offered() {
    let fixture = local_notebook();
    let notebook = &fixture.notebook;
    let customers = add(notebook, &["Adler", "Krone", "Post", "Ochsen"]);
    for at in [0, 2, 1, 2] {
        fixture.environment.advance(60_000);
        let entry = visit(Some(customers[at]), "x");
        notebook.log_visit(entry).unwrap();
    }
    notebook
        .edit_account(customers[1], vec![AccountEdit::Archive])
        .unwrap();
    assert_eq!(names(notebook, " - "), ["Post", "Adler"]);
    assert_eq!(notebook.find_accounts(String::new(), 1).unwrap().len(), 1);
}

#[test]
fn what_is_open_and_late_is_counted_beside_the_name() {
    let folder = tempfile::tempdir().unwrap();
    let (notebook, environment) = notebook_of(&folder, Role::Technician);
    let customers = add(&notebook, &["Adler", "Adlerhof"]);
    for (account, date) in [(0, SUNDAY), (0, "2026-12-20"), (1, "2026-12-20")] {
        let promise = PromiseDraft {
            account: Some(customers[account]),
            ..draft("callback", due(date, DuePart::Day))
        };
        notebook.make_promise(promise).unwrap();
    }
    environment.advance(12 * DAY_MS);
    let found = notebook.find_accounts("adl".into(), 20).unwrap();
    let counts = found
        .iter()
        .map(|found| (found.open_promises, found.late_promises));
    assert_eq!(counts.collect::<Vec<_>>(), [(2, 1), (1, 0)]);
}
