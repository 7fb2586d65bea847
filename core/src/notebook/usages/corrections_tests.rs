use super::*;
use crate::model::ids::FileHash;
use crate::model::registry::Role;
use crate::model::visit::{NameSnapshot, UsageKind};
use crate::notebook::test_kit::{key_of, named, notebook_of, visit};

#[test]
fn every_field_of_an_observation_can_be_corrected() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    let mill = ann.create_account(named("Mill")).unwrap();
    let seen_at = ann
        .log_visit(visit(Some(mill), "All is well"))
        .unwrap()
        .visit;
    let draft = UsageDraft {
        doing: "kicks it shut".into(),
        ..UsageDraft::default()
    };
    let id = ann.log_usage(draft).unwrap();
    let file = FileHash([9; 32]);
    let text = || "other".to_owned();
    let labels = NameSnapshot::default();
    type Shows = fn(&Usage) -> bool;
    let table: Vec<(UsageEdit, Shows)> = vec![
        (
            UsageEdit::Kind {
                kind: UsageKind::Need,
            },
            |usage| usage.kind == UsageKind::Need,
        ),
        (
            UsageEdit::Account {
                account: Some(mill),
                labels,
            },
            |usage| usage.account.is_some() && usage.labels.account == "Mill",
        ),
        (
            UsageEdit::Visit {
                visit: Some(seen_at),
            },
            |usage| usage.visit.is_some(),
        ),
        (UsageEdit::Product { text: text() }, |usage| {
            usage.product == "other"
        }),
        (UsageEdit::Doing { text: text() }, |usage| {
            usage.doing == "other"
        }),
        (UsageEdit::Workaround { text: text() }, |usage| {
            usage.workaround == "other"
        }),
        (UsageEdit::Frequency { text: text() }, |usage| {
            usage.frequency == "other"
        }),
        (UsageEdit::Pain { pain: 2 }, |usage| usage.pain == 2),
        (UsageEdit::Quantity { text: text() }, |usage| {
            usage.quantity == "other"
        }),
        (UsageEdit::Quote { text: text() }, |usage| {
            usage.quote == "other"
        }),
        (UsageEdit::AddTheme { theme: text() }, |usage| {
            usage.themes == ["other"]
        }),
        (UsageEdit::Consent { consent: true }, |usage| usage.consent),
        (
            UsageEdit::Notes {
                text: text(),
                was: None,
            },
            |usage| usage.notes == "other",
        ),
        (UsageEdit::AddFile { file }, |usage| usage.files.len() == 1),
    ];
    for (edit, shows) in table {
        let name = format!("{edit:?}");
        ann.edit_usage(id, vec![edit]).unwrap();
        assert!(shows(&ann.usage(id).unwrap()), "{name}");
    }
    let timeline = ann.account(mill).unwrap().timeline;
    assert!(timeline.iter().any(|entry| entry.id == id));
    assert!(ann.verify().unwrap().is_healthy());
}

#[test]
fn an_observation_cannot_be_corrected_to_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    let draft = UsageDraft {
        doing: "kicks it shut".into(),
        ..UsageDraft::default()
    };
    let id = ann.log_usage(draft).unwrap();
    let doing = |text: &str| UsageEdit::Doing { text: text.into() };
    let refused = ann.edit_usage(id, vec![doing(" ")]);
    assert_eq!(key_of(refused), "error-empty-observation");
    let quote = UsageEdit::Quote {
        text: "it sticks".into(),
    };
    ann.edit_usage(id, vec![doing(""), quote]).unwrap();
    assert_eq!(ann.usage(id).unwrap().doing, "");
    let elsewhere = UsageEdit::Visit { visit: Some(id) };
    assert!(ann.edit_usage(id, vec![elsewhere]).is_err(), "no visit");
}
