//! Customers: bad input is refused, an import adds nothing twice, labels are said in the language of readers.

use crate::language::{Lang, message_text};
use crate::model::account::{AccountEdit, ContactPointDraft, ContactPointKind};
use crate::model::colleague_profile::PersonEdit;
use crate::model::ids::DocId;
use crate::model::registry::Role;
use crate::model::time::DAY_MS;
use crate::model::visit::{UsageDraft, VisitDraft, VisitEdit};
use crate::notebook::JoinOptions;
use crate::notebook::accounts::messages::contact_label_message;
use crate::notebook::accounts::records::AccountListQuery;
use crate::notebook::drafts::records::{DraftContent, DraftField};
use crate::notebook::test_kit::{error_key, key_of, local_notebook, named, notebook_of, visit};
use crate::notebook::visits::VisitEntry;
use crate::testing::NOON;

#[test]
fn bad_input_is_refused_with_a_sentence_and_changes_nothing() {
    let fixture = local_notebook();
    let account = fixture.notebook.create_account(named("A")).unwrap();
    let logged = fixture
        .notebook
        .log_visit(visit(Some(account), "x"))
        .unwrap();
    let before = fixture.notebook.rows().unwrap();
    let stranger = DocId([9; 16]);
    let usage = |usage: UsageDraft| fixture.notebook.log_usage(usage).map(|_| ());
    let future = VisitEntry {
        visit: VisitDraft {
            happened_at: Some(NOON + DAY_MS),
            ..VisitDraft::default()
        },
        usages: vec![],
        promises: vec![],
    };
    for (outcome, key) in [
        (
            fixture.notebook.create_account(named(" ")).map(|_| ()),
            "error-empty",
        ),
        (
            fixture
                .notebook
                .create_account(named(&"x".repeat(501)))
                .map(|_| ()),
            "error-too-long",
        ),
        (
            usage(UsageDraft {
                pain: 4,
                ..UsageDraft::default()
            }),
            "error-pain",
        ),
        (
            usage(UsageDraft {
                account: Some(stranger),
                ..UsageDraft::default()
            }),
            "error-not-found",
        ),
        (
            usage(UsageDraft {
                themes: vec!["t".into(); 201],
                ..UsageDraft::default()
            }),
            "error-too-many",
        ),
        (
            fixture.notebook.log_visit(future).map(|_| ()),
            "error-in-the-future",
        ),
        (
            fixture
                .notebook
                .edit_account(logged.visit, vec![AccountEdit::Archive]),
            "error-not-found",
        ),
        (
            fixture.notebook.edit_visit(
                account,
                vec![VisitEdit::Said {
                    text: "x".into(),
                    was: None,
                }],
            ),
            "error-not-found",
        ),
        (
            fixture
                .notebook
                .import_cards(b"\xff\xd8\xff\xe0\x00\x10JFIF".to_vec())
                .map(|_| ()),
            "import-error-other-kind",
        ),
        (
            fixture
                .notebook
                .join("https://example.org".into(), JoinOptions::default())
                .map(|_| ()),
            "error-invite-link",
        ),
    ] {
        assert_eq!(error_key(&outcome.unwrap_err()), key);
    }
    assert_eq!(fixture.notebook.rows().unwrap(), before);
}

#[test]
fn importing_the_same_file_again_adds_nothing() {
    let fixture = local_notebook();
    let file = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Grete Süß\r\nN:Süß;Grete;;;\r\nTEL;TYPE=CELL:+49 30 1\r\nTEL;TYPE=WORK,PREF:+49 30 2\r\nEND:VCARD\r\n\
                BEGIN:VCARD\r\nVERSION:3.0\r\nORG:Hotel Adler\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nNOTE:nobody\r\nEND:VCARD\r\n";
    let report = fixture
        .notebook
        .import_cards(file.as_bytes().to_vec())
        .unwrap();
    assert_eq!((report.added, report.known, report.refused), (2, 0, 1));
    let again = fixture
        .notebook
        .import_cards(file.replace("\r\n", "\n").into_bytes())
        .unwrap();
    assert_eq!((again.added, again.known, again.refused), (0, 2, 1));
    let query = AccountListQuery {
        archived: false,
        limit: 9,
        offset: 0,
    };
    let accounts = fixture.notebook.accounts(query).unwrap();
    let accounts: Vec<_> = accounts
        .iter()
        .map(|account| (account.name.as_str(), account.phone.as_str()))
        .collect();
    assert_eq!(accounts, [("Grete Süß", "+49 30 2"), ("Hotel Adler", "")]);
}

#[test]
fn what_is_empty_is_neither_a_number_nor_an_observation() {
    let fixture = local_notebook();
    let contact_point = |value: &str| ContactPointDraft {
        id: None,
        kind: ContactPointKind::Phone,
        label: String::new(),
        value: value.into(),
        contact: None,
    };
    let mut draft = named("Miller");
    draft.contact_points.push(contact_point(" "));
    let refused = fixture.notebook.create_account(draft).unwrap_err();
    assert_eq!(error_key(&refused), "error-empty");
    let account = fixture.notebook.create_account(named("Miller")).unwrap();
    let edit = AccountEdit::SetContactPoint {
        contact_point: contact_point(""),
    };
    let refused = fixture
        .notebook
        .edit_account(account, vec![edit])
        .unwrap_err();
    assert_eq!(error_key(&refused), "error-empty");
    let refused = fixture
        .notebook
        .log_usage(UsageDraft::default())
        .unwrap_err();
    assert_eq!(error_key(&refused), "error-empty-observation");
    for unseen in ["\u{200b}", "\u{feff} \u{2060}", "\u{3164}"] {
        let refused = fixture.notebook.create_account(named(unseen)).unwrap_err();
        assert_eq!(error_key(&refused), "error-empty", "{unseen:?}");
    }
    fixture
        .notebook
        .create_account(named("می\u{200c}خواهم"))
        .unwrap();
    let quoted = UsageDraft {
        quote: "so hot".into(),
        ..UsageDraft::default()
    };
    fixture.notebook.log_usage(quoted).unwrap();
}

#[test]
fn labels_that_programs_write_are_said_in_the_reader_s_language() {
    for (label, german) in [
        ("main", "Zentrale"),
        ("mobile", "mobil"),
        ("Werkstatt hinten", "Werkstatt hinten"),
        ("", ""),
    ] {
        assert_eq!(
            message_text(&contact_label_message(label), Lang::De),
            german
        );
    }
}

#[test]
fn an_answer_that_changed_under_the_screen_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    let mill = ann.create_account(named("Mill")).unwrap();
    let uses = |text: &str, was: Option<&str>| {
        let edit = AccountEdit::Uses {
            text: text.into(),
            was: was.map(str::to_owned),
        };
        ann.edit_account(mill, vec![edit])
    };
    uses("bread", Some("")).unwrap();
    let refused = uses("cakes", Some("")).unwrap_err();
    let says = message_text(&refused.message(), Lang::En);
    assert!(says.contains(": bread. Nothing was changed"), "{says}");
    let known = || ann.account(mill).unwrap().account.uses;
    assert_eq!(known(), "bread");
    uses("bread", Some("")).unwrap();
    uses("cakes", Some("bread ")).unwrap();
    uses("pies", None).unwrap();
    assert_eq!(known(), "pies");

    let went = ann
        .log_visit(visit(Some(mill), "All is well"))
        .unwrap()
        .visit;
    let means = |text: &str, was: &str| {
        let edit = VisitEdit::Means {
            text: text.into(),
            was: Some(was.into()),
        };
        ann.edit_visit(went, vec![edit])
    };
    means("they leave", "").unwrap();
    assert_eq!(key_of(means("they stay", "")), "error-changed-meanwhile");
    means("they stay", "they leave").unwrap();
    let me = ann.me().unwrap().person;
    let wins = |text: &str| {
        let edit = PersonEdit::Wins {
            text: text.into(),
            was: Some(String::new()),
        };
        ann.edit_colleague_profile(me, vec![edit])
    };
    wins("with drawings").unwrap();
    assert_eq!(key_of(wins("with models")), "error-changed-meanwhile");

    let draft = DraftContent::Text {
        doc: mill,
        field: DraftField::AccountUses,
        text: "rolls".into(),
        was: Some("bread".into()),
    };
    let draft = ann.save_draft(None, draft, String::new()).unwrap();
    assert_eq!(key_of(ann.log_draft(draft)), "error-changed-meanwhile");
    assert_eq!(ann.drafts().unwrap().len(), 1, "nothing of it is lost");
}

#[test]
fn answers_that_an_older_program_kept_are_read_and_written_alike() {
    let edit = AccountEdit::Uses {
        text: "x".into(),
        was: None,
    };
    let older = [0x82, 0x03, 0x81, 0x61, 0x78];
    assert_eq!(minicbor::to_vec(&edit).unwrap(), older);
    assert_eq!(minicbor::decode::<AccountEdit>(&older).unwrap(), edit);
}
