//! The word of a performer on the telephone: the office writes it down for them.

use kept_core::model::event::{Evidence, EvidenceKind, Performer};
use kept_core::model::ids::PersonId;
use kept_core::notebook::{KeptError, PromiseEdit};

use super::form_context::{FormContext, PromiseEdits};
use crate::office::commands::choices::{choices, due, nothing_chosen, performer, performer_value};
use crate::office::commands::form::{FieldKind, FieldView, FormData, FormView, hidden};
use crate::office::localizer::Localizer;

/// The evidence that it was done, by the names of the form's choices, with the catalogue's keys.
const PROOFS: [(&str, EvidenceKind, &str); 5] = [
    (
        "said-done",
        EvidenceKind::SaidDone,
        "office-proof-said-done",
    ),
    ("call", EvidenceKind::Call, "office-proof-call"),
    ("photo", EvidenceKind::Photo, "office-proof-photo"),
    (
        "signature",
        EvidenceKind::Signature,
        "office-proof-signature",
    ),
    (
        "customers-word",
        EvidenceKind::CustomersWord,
        "office-proof-customers-word",
    ),
];

/// The form with the word of the performer.
pub(super) fn answer_form(context: &FormContext<'_>) -> FormView {
    let draw = &context.draw;
    let words = choices(
        context.localizer,
        &[
            ("accept", "office-act-accepts"),
            ("decline", "office-act-declines"),
            ("propose", "office-act-proposes"),
            ("start", "office-act-starts"),
        ],
    );
    let fields = vec![
        performer_field(context),
        draw.field("word", "office-act-word", words),
        draw.when("when", "office-act-when"),
        draw.field("reason", "field-reason", FieldKind::Line),
    ];
    draw.form("speak", 's', "office-act-speak", fields)
}

/// The form that says that it was done, when, and what proves it.
pub(super) fn fulfil_form(context: &FormContext<'_>) -> FormView {
    let draw = &context.draw;
    let proofs = PROOFS.map(|(name, _, key)| (name, key));
    let fields = vec![
        performer_field(context),
        draw.hinted("when", "office-act-done-when", "office-act-done-when-hint"),
        draw.field(
            "proof",
            "field-evidence",
            choices(context.localizer, &proofs),
        ),
        draw.field("note", "office-act-proof-note", FieldKind::Line),
    ];
    draw.form("done", 'e', "office-act-done", fields)
}

/// The hidden field with the performer for whom it is written.
fn performer_field(context: &FormContext<'_>) -> FieldView {
    hidden("for", performer_value(&context.promise.summary.performer))
}

/// The edit of the first form.
pub(super) fn answer_edit(
    given: &FormData,
    localizer: &Localizer,
) -> Result<PromiseEdits, KeptError> {
    let reason = given.get("reason").to_owned();
    let edit = match given.get("word") {
        "accept" => PromiseEdit::Accept,
        "decline" => PromiseEdit::Decline { reason },
        "propose" => PromiseEdit::Propose {
            due: due(given, localizer)?,
            reason,
        },
        "start" => PromiseEdit::Start,
        _ => return Err(nothing_chosen()),
    };
    on_behalf_of_performer(given, edit)
}

/// The edit of the second form: done now, unless it names a time.
pub(super) fn fulfil_edit(
    given: &FormData,
    localizer: &Localizer,
) -> Result<PromiseEdits, KeptError> {
    let mut proofs = PROOFS.iter();
    let proof = proofs.find(|(name, ..)| *name == given.get("proof"));
    let (_, kind, _) = proof.ok_or_else(nothing_chosen)?;
    let edit = PromiseEdit::Fulfil {
        occurred_at: match given.get("when") {
            "" => None,
            when => Some(localizer.parse_typed_moment(when)?),
        },
        evidence: vec![Evidence {
            kind: *kind,
            note: given.get("note").to_owned(),
            file: None,
        }],
    };
    on_behalf_of_performer(given, edit)
}

fn on_behalf_of_performer(given: &FormData, edit: PromiseEdit) -> Result<PromiseEdits, KeptError> {
    let Performer::Person { person } = performer(given.get("for"))? else {
        return Err(nothing_chosen());
    };
    let person: PersonId = person;
    Ok(PromiseEdits {
        speaks_for: Some(person),
        ..edit.into()
    })
}
