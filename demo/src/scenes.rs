//! The scenes that the phones live through: each is a small story of its own, and any may follow any other.

use kept_core::model::account::{AccountEdit, ContactPointDraft, ContactPointKind};
use kept_core::model::event::Mood;
use kept_core::model::visit::Channel;
use kept_core::notebook::{KeptError, PromiseDraft, PromiseEdit};

use crate::DemoError;
use crate::date_scenes::{at_the_table, late_proof};
use crate::reminder_ladder::reminder_ladder;
use crate::scene_context::{
    ANN, BEN, ConcurrentEdit, KIM, SAM, SOFIA, SceneContext, called, done, pause_or_stop,
};

/// A scene; false when the demo is to end.
pub(crate) type Scene = fn(&mut SceneContext<'_>) -> Result<bool, DemoError>;

/// All scenes, in the order of one telling.
pub(crate) const SCENES: [Scene; 9] = [
    basement,
    both_edit,
    lost_answer,
    at_the_table,
    counter_offer,
    late_proof,
    across_teams,
    pool,
    reminder_ladder,
];

/// Without a signal everything is written as always, and arrives later; the office asks who must deliver.
fn basement(context: &mut SceneContext<'_>) -> Result<bool, DemoError> {
    let customer = context.customer_of(SAM)?;
    context.phones[SAM].network.offline();
    context.report(
        SAM,
        &format!("goes into the basement of {}: no signal", customer.name),
    )?;
    pause_or_stop!(context);
    let said = context.visit_text(&[
        "The pump in the cellar is louder than last month; they close the door against it.",
        "Im Keller steht Wasser unter der Pumpe, sie wischen jeden Morgen.",
        "They switched the two circuits and like it better, the label is wrong now.",
    ]);
    let due = context.due_in(3)?;
    let promise = PromiseDraft {
        performer: context.person(BEN),
        ..context.promise(
            "replacement",
            "Replace the pump's seal",
            "No drop on the floor for a day",
            &due,
        )
    };
    let promise = context.log_promise(SAM, &customer, &said, true, promise)?;
    context.report(
        SAM,
        &format!(
            "logs a visit and promises “Replace the pump's seal” {}",
            context.by_date(&due)
        ),
    )?;
    pause_or_stop!(context);
    context.phones[SAM].network.online();
    context.sync_after_outage(SAM)?;
    pause_or_stop!(context);
    context.sync(ANN)?;
    context.change(ANN, promise, PromiseEdit::Ask { person: None })?;
    context.sync(ANN)?;
    context.report(ANN, "at the office sees it and asks Ben")?;
    pause_or_stop!(context);
    context.sync(BEN)?;
    context.change(BEN, promise, PromiseEdit::Accept)?;
    context.sync(BEN)?;
    context.report(BEN, "accepts with two taps")?;
    pause_or_stop!(context);
    context.change(BEN, promise, PromiseEdit::Start)?;
    context.change(BEN, promise, done("Fitted and dry, photo in the folder"))?;
    context.sync(BEN)?;
    context.sync(SAM)?;
    let confirm = PromiseEdit::Confirm {
        mood: Mood::Happy,
        contact: None,
    };
    context.change(SAM, promise, confirm)?;
    context.sync(SAM)?;
    context.report(BEN, "has done it: kept, and the customer is happy")?;
    Ok(true)
}

/// Two people change one customer, both without a signal: nothing is lost and no question is asked.
fn both_edit(context: &mut SceneContext<'_>) -> Result<bool, DemoError> {
    context.sync(ANN)?;
    context.sync(SAM)?;
    let customer = context.customer_of(SAM)?;
    let before = context.phones[SAM]
        .notebook
        .account(customer.id)?
        .account
        .notes;
    let number = context.rng.between(10_000, 89_999);
    let concurrent_edit = ConcurrentEdit {
        account: customer.id,
        notes: [
            format!("Use the side door, code {number}."),
            format!("Invoices to the head office, file {number}."),
        ],
        numbers: [format!("+49 451 {number}1"), format!("+49 451 {number}2")],
    };
    for (side, phone) in [SAM, ANN].into_iter().enumerate() {
        context.phones[phone].network.offline();
        let notes = if side == 0 {
            format!("{before}\n{}", concurrent_edit.notes[side])
        } else {
            format!("{}\n{before}", concurrent_edit.notes[side])
        };
        let edits = vec![
            AccountEdit::Notes {
                text: notes,
                was: None,
            },
            AccountEdit::SetContactPoint {
                contact_point: ContactPointDraft {
                    id: Some(ContactPointKind::Phone.main_item()),
                    kind: ContactPointKind::Phone,
                    label: "main".into(),
                    value: concurrent_edit.numbers[side].clone(),
                    contact: None,
                },
            },
        ];
        context.phones[phone]
            .notebook
            .edit_account(customer.id, edits)?;
        context.count(1);
        let said = format!(
            "offline, notes for {} “{}” and {}",
            customer.name, concurrent_edit.notes[side], concurrent_edit.numbers[side]
        );
        context.report(phone, &said)?;
        pause_or_stop!(context);
    }
    for phone in [SAM, ANN] {
        context.phones[phone].network.online();
        context.sync_after_outage(phone)?;
    }
    context.sync(SAM)?;
    context.report(
        SAM,
        "and Ann both find both notes, and both numbers with who and when",
    )?;
    context.concurrent_edit = Some(concurrent_edit);
    Ok(true)
}

/// The answer gets lost on the way: what was sent is sent again, and arrives once.
fn lost_answer(context: &mut SceneContext<'_>) -> Result<bool, DemoError> {
    let customer = context.customer_of(KIM)?;
    let said = context.visit_text(&[
        "Third call this month about the same display; a reset helps until Friday.",
        "Die Vitrine taut nachts ab, sie räumen jeden Morgen um.",
    ]);
    context.log_visit(KIM, &customer, Channel::OnSite, &said, true, vec![])?;
    context.phones[KIM].network.lose_answers(1);
    context.report(
        KIM,
        &format!("logs a visit at {} on a bad link", customer.name),
    )?;
    match context.phones[KIM].sync() {
        Err(KeptError::Offline { .. }) => {
            context.report(
                KIM,
                "is cut off before the answer: everything stays in the outbox",
            )?;
        }
        other => {
            let report = other?;
            return Err(DemoError::Story(format!(
                "the answer was not lost: {report:?}"
            )));
        }
    }
    pause_or_stop!(context);
    context.sync_after_outage(KIM)?;
    context.report(KIM, "sent it twice; the server has it once")?;
    Ok(true)
}

/// The performer offers another date, and the promiser tells the customer.
fn counter_offer(context: &mut SceneContext<'_>) -> Result<bool, DemoError> {
    let customer = context.customer_of(SAM)?;
    let said = context.visit_text(&[
        "They want the seal set before the weekend; told them the workshop decides.",
        "Sie brauchen das Ersatzteil eigentlich gestern, waren aber freundlich.",
    ]);
    let due = context.due_in(2)?;
    let seals = context.promise(
        "delivery",
        "Deliver the door seal set",
        "It lies at the back entrance",
        &due,
    );
    let seals = context.asking_performer(BEN, seals);
    let promise = context.log_promise(SAM, &customer, &said, false, seals)?;
    context.sync(SAM)?;
    context.report(
        SAM,
        &format!(
            "promises {} the seal set {} and asks Ben",
            customer.name,
            context.by_date(&due)
        ),
    )?;
    pause_or_stop!(context);
    context.sync(BEN)?;
    let later = context.due_in(5)?;
    let offer = PromiseEdit::Propose {
        due: later.clone(),
        reason: "The supplier delivers a day later".into(),
    };
    context.change(BEN, promise, offer)?;
    context.sync(BEN)?;
    context.report(
        BEN,
        &format!("cannot, and offers {}", context.due_text(&later)),
    )?;
    pause_or_stop!(context);
    context.sync(SAM)?;
    let agreed = PromiseEdit::Agree {
        due: later.clone(),
        words: context.by_date(&later),
        contact: None,
        channel: Channel::Call,
        suggestion: None,
    };
    context.change(SAM, promise, agreed)?;
    context.sync(SAM)?;
    context.sync(BEN)?;
    context.report(
        SAM,
        &format!(
            "calls {}: {} is fine",
            customer.name,
            context.due_text(&later)
        ),
    )?;
    Ok(true)
}

/// A promise made in the south that the workshop in the north must keep reaches it.
fn across_teams(context: &mut SceneContext<'_>) -> Result<bool, DemoError> {
    let customer = context.customer_of(SOFIA)?;
    let said = context.visit_text(&[
        "They decide on Thursday and asked to see one that is running.",
        "Sie unterschreiben, wenn das Leihgerät bis dahin steht.",
    ]);
    let due = context.due_in(4)?;
    let loan = PromiseDraft {
        channel: Channel::Video,
        ..context.promise(
            "set-aside",
            "Keep a loan unit ready",
            "It has their name on it",
            &due,
        )
    };
    let loan = context.asking_performer(BEN, loan);
    let promise = context.log_promise(SOFIA, &customer, &said, false, loan)?;
    context.sync(SOFIA)?;
    context.report(
        SOFIA,
        &format!(
            "in the south promises {} a loan unit and asks Ben in the north",
            customer.name
        ),
    )?;
    pause_or_stop!(context);
    context.sync(BEN)?;
    context.change(BEN, promise, PromiseEdit::Accept)?;
    context.sync(BEN)?;
    context.sync(SOFIA)?;
    context.report(
        BEN,
        "has it on his list, though not the rest of the south, and accepts",
    )?;
    context.across_teams.push((BEN, promise));
    Ok(true)
}

/// A callback that a free colleague of the pool takes.
fn pool(context: &mut SceneContext<'_>) -> Result<bool, DemoError> {
    let customer = context.customer_of(KIM)?;
    let said = context.visit_text(&[
        "Caught between two jobs: they have a question about the bill.",
        "Kurze Frage zur Rechnung, ich bin auf der Leiter.",
    ]);
    let callback = context.callback(
        "Call back about the bill",
        "Somebody calls who knows the story",
    )?;
    let promise = context.log_promise(KIM, &customer, &said, false, callback)?;
    context.sync(KIM)?;
    context.report(
        KIM,
        &format!(
            "promises {} a callback in 30 minutes, by whoever is free",
            customer.name
        ),
    )?;
    pause_or_stop!(context);
    context.sync(ANN)?;
    context.change(ANN, promise, PromiseEdit::Accept)?;
    context.report(ANN, "takes it")?;
    pause_or_stop!(context);
    context.change(ANN, promise, called("Explained the second trip"))?;
    context.sync(ANN)?;
    context.sync(KIM)?;
    context.report(ANN, "has called: kept")?;
    Ok(true)
}
