//! The choices for one tap: what was said here and lately, each once.

use super::VisitChoices;
use crate::language::{Lang, message_text};
use crate::model::account::{AccountDraft, AssetDraft};
use crate::model::ids::DocId;
use crate::model::time::DuePart;
use crate::model::visit::{Channel, UsageDraft, VisitDraft};
use crate::notebook::Notebook;
use crate::notebook::test_kit::{draft, due, local_notebook, named, notebook_of, visit};
use crate::notebook::visits::VisitEntry;

fn choices(notebook: &Notebook, account: Option<DocId>) -> VisitChoices {
    notebook.visit_choices(account, Lang::En).unwrap()
}

/// Logs a visit at which a product was seen.
fn saw(notebook: &Notebook, account: Option<DocId>, product: &str) {
    let usage = UsageDraft {
        product: product.into(),
        ..UsageDraft::default()
    };
    let entry = VisitEntry {
        usages: vec![usage],
        ..visit(account, "x")
    };
    notebook.log_visit(entry).unwrap();
}

#[test]
fn one_machine_is_offered_first() {
    let fixture = local_notebook();
    let notebook = &fixture.notebook;
    let baker = AccountDraft {
        assets: vec![AssetDraft {
            id: None,
            label: "Teigteiler 3".into(),
            serial: String::new(),
            site: None,
        }],
        ..named("Bäckerei")
    };
    let baker = notebook.create_account(baker).unwrap();
    saw(notebook, Some(baker), "Waage");
    for product in ["Ofen", "Kneter", "teigteiler 3"] {
        fixture.environment.advance(60_000);
        saw(notebook, None, product);
    }
    let offered = choices(notebook, Some(baker)).products;
    assert_eq!(offered[..2], ["Teigteiler 3", "Waage"]);
    assert_eq!(offered.len(), 4, "{offered:?}");
    let elsewhere = choices(notebook, None).products;
    assert_eq!(elsewhere, ["teigteiler 3", "Kneter", "Ofen", "Waage"]);
}

#[test]
fn a_new_notebook_offers_frequencies_and_marks() {
    let fixture = local_notebook();
    let offered = choices(&fixture.notebook, None);
    let frequencies = ["each time", "daily", "weekly", "monthly", "seldom"];
    assert_eq!(offered.frequencies, frequencies);
    let marks = offered.marks.iter();
    let marks = marks.map(|mark| (mark.mark.as_str(), message_text(&mark.words, Lang::De)));
    assert_eq!(marks.clone().count(), 5);
    assert!(marks.clone().all(|(mark, words)| mark != words));
    assert_eq!(offered.channels, Channel::ALL);
    assert_eq!(offered.kinds.len(), 10);
    let german = fixture.notebook.visit_choices(None, Lang::De).unwrap();
    assert_eq!(german.frequencies[1], "täglich");
    assert!(offered.products.is_empty() && offered.themes.is_empty());
}

#[test]
fn two_spellings_are_one_choice() {
    let fixture = local_notebook();
    let notebook = &fixture.notebook;
    for (theme, frequency) in [
        ("Hygiene", "Weekly"),
        ("Lärm", "2 × am Tag"),
        ("HYGIENE", "weekly"),
    ] {
        fixture.environment.advance(60_000);
        let usage = UsageDraft {
            themes: vec![theme.into()],
            frequency: frequency.into(),
            workaround: "x".repeat(200),
            ..UsageDraft::default()
        };
        notebook.log_usage(usage).unwrap();
    }
    let offered = choices(notebook, None);
    assert_eq!(offered.themes, ["HYGIENE", "Lärm"]);
    assert_eq!(
        offered.frequencies[..3],
        ["weekly", "2 × am Tag", "each time"]
    );
    assert_eq!(offered.frequencies.len(), 6);
    assert!(offered.workarounds.is_empty(), "too long to tap");
}

#[test]
fn what_i_use_most_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, crate::model::registry::Role::Technician);
    ann.make_promise(draft("fix", due("2026-11-26", DuePart::Day)))
        .unwrap();
    let call = VisitDraft {
        channel: Channel::Call,
        said: "x".into(),
        marks: vec!["delighted".into(), "bad".into()],
        ..VisitDraft::default()
    };
    let entry = VisitEntry {
        visit: call,
        ..visit(None, "x")
    };
    ann.log_visit(entry).unwrap();
    let offered = choices(&ann, None);
    assert_eq!(offered.kinds[0].key, "fix");
    assert_eq!(offered.channels[0], Channel::Call);
    let marks = offered.marks.iter().map(|mark| mark.mark.as_str());
    let marks: Vec<&str> = marks.collect();
    assert_eq!(
        marks,
        ["good", "so-so", "bad", "fixed", "follow-up", "delighted"]
    );
}
