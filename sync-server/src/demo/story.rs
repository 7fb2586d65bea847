//! The scenes that the phones live through: each is a small story of its own, and any may follow any other.

use kept_core::model::account::{AccountEdit, ReachDraft, ReachKind};
use kept_core::model::event::Mood;
use kept_core::model::visit::Channel;
use kept_core::notebook::{KeptError, PromiseDraft, PromiseEdit};

use super::DemoError;
use super::honest::{at_the_table, late_proof};
use super::ladder::ladder;
use super::stage::{ANN, BEN, KIM, Merged, SAM, SOFIA, Stage, beat, called, done};

/// A scene; false when the demo is to end.
pub type Scene = fn(&mut Stage<'_>) -> Result<bool, DemoError>;

/// All scenes, in the order of one telling.
pub const SCENES: [Scene; 9] = [
    basement,
    both_edit,
    lost_answer,
    at_the_table,
    counter_offer,
    late_proof,
    across,
    pool,
    ladder,
];

/// Without a signal everything is written as always, and arrives later; the office asks who must deliver.
fn basement(stage: &mut Stage<'_>) -> Result<bool, DemoError> {
    let customer = stage.customer_of(SAM)?;
    stage.phones[SAM].signal.set_gone(true);
    stage.say(
        SAM,
        &format!("goes into the basement of {}: no signal", customer.name),
    )?;
    beat!(stage);
    let said = stage.text(&[
        "The pump in the cellar is louder than last month; they close the door against it.",
        "Im Keller steht Wasser unter der Pumpe, sie wischen jeden Morgen.",
        "They switched the two circuits and like it better, the label is wrong now.",
    ]);
    let due = stage.due_in(3)?;
    let promise = PromiseDraft {
        performer: stage.person(BEN),
        ..stage.promise(
            "replacement",
            "Replace the pump's seal",
            "No drop on the floor for a day",
            &due,
        )
    };
    let promise = stage.log_with(SAM, &customer, &said, true, promise)?;
    stage.say(
        SAM,
        &format!(
            "logs a visit and promises “Replace the pump's seal” {}",
            stage.by(&due)
        ),
    )?;
    beat!(stage);
    stage.phones[SAM].signal.set_gone(false);
    stage.back(SAM)?;
    beat!(stage);
    stage.quiet_sync(ANN)?;
    stage.change(ANN, promise, PromiseEdit::Ask { person: None })?;
    stage.quiet_sync(ANN)?;
    stage.say(ANN, "at the office sees it and asks Ben")?;
    beat!(stage);
    stage.quiet_sync(BEN)?;
    stage.change(BEN, promise, PromiseEdit::Accept)?;
    stage.quiet_sync(BEN)?;
    stage.say(BEN, "accepts with two taps")?;
    beat!(stage);
    stage.change(BEN, promise, PromiseEdit::Start)?;
    stage.change(BEN, promise, done("Fitted and dry, photo in the folder"))?;
    stage.quiet_sync(BEN)?;
    stage.quiet_sync(SAM)?;
    let confirm = PromiseEdit::Confirm {
        mood: Mood::Happy,
        contact: None,
    };
    stage.change(SAM, promise, confirm)?;
    stage.quiet_sync(SAM)?;
    stage.say(BEN, "has done it: kept, and the customer is happy")?;
    Ok(true)
}

/// Two people change one customer, both without a signal: nothing is lost and no question is asked.
fn both_edit(stage: &mut Stage<'_>) -> Result<bool, DemoError> {
    stage.quiet_sync(ANN)?;
    stage.quiet_sync(SAM)?;
    let customer = stage.customer_of(SAM)?;
    let before = stage.phones[SAM]
        .notebook
        .account(customer.id)?
        .account
        .notes;
    let number = stage.dice.between(10_000, 89_999);
    let merged = Merged {
        account: customer.id,
        notes: [
            format!("Use the side door, code {number}."),
            format!("Invoices to the head office, file {number}."),
        ],
        numbers: [format!("+49 451 {number}1"), format!("+49 451 {number}2")],
    };
    for (side, phone) in [SAM, ANN].into_iter().enumerate() {
        stage.phones[phone].signal.set_gone(true);
        let notes = if side == 0 {
            format!("{before}\n{}", merged.notes[side])
        } else {
            format!("{}\n{before}", merged.notes[side])
        };
        let edits = vec![
            AccountEdit::Notes {
                text: notes,
                was: None,
            },
            AccountEdit::SetReach {
                reach: ReachDraft {
                    id: Some(ReachKind::Phone.main_item()),
                    kind: ReachKind::Phone,
                    label: "main".into(),
                    value: merged.numbers[side].clone(),
                    contact: None,
                },
            },
        ];
        stage.phones[phone]
            .notebook
            .edit_account(customer.id, edits)?;
        stage.count(1);
        let said = format!(
            "offline, notes for {} “{}” and {}",
            customer.name, merged.notes[side], merged.numbers[side]
        );
        stage.say(phone, &said)?;
        beat!(stage);
    }
    for phone in [SAM, ANN] {
        stage.phones[phone].signal.set_gone(false);
        stage.back(phone)?;
    }
    stage.quiet_sync(SAM)?;
    stage.say(
        SAM,
        "and Ann both find both notes, and both numbers with who and when",
    )?;
    stage.merged = Some(merged);
    Ok(true)
}

/// The answer gets lost on the way: what was sent is sent again, and arrives once.
fn lost_answer(stage: &mut Stage<'_>) -> Result<bool, DemoError> {
    let customer = stage.customer_of(KIM)?;
    let said = stage.text(&[
        "Third call this month about the same display; a reset helps until Friday.",
        "Die Vitrine taut nachts ab, sie räumen jeden Morgen um.",
    ]);
    stage.log(KIM, &customer, Channel::OnSite, &said, true, vec![])?;
    stage.phones[KIM].signal.swallow_next();
    stage.say(
        KIM,
        &format!("logs a visit at {} on a bad link", customer.name),
    )?;
    match stage.phones[KIM].sync() {
        Err(KeptError::Offline { .. }) => {
            stage.say(
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
    beat!(stage);
    stage.back(KIM)?;
    stage.say(KIM, "sent it twice; the server has it once")?;
    Ok(true)
}

/// The performer offers another date, and the promiser tells the customer.
fn counter_offer(stage: &mut Stage<'_>) -> Result<bool, DemoError> {
    let customer = stage.customer_of(SAM)?;
    let said = stage.text(&[
        "They want the seal set before the weekend; told them the workshop decides.",
        "Sie brauchen das Ersatzteil eigentlich gestern, waren aber freundlich.",
    ]);
    let due = stage.due_in(2)?;
    let seals = stage.promise(
        "delivery",
        "Deliver the door seal set",
        "It lies at the back entrance",
        &due,
    );
    let seals = stage.asking(BEN, seals);
    let promise = stage.log_with(SAM, &customer, &said, false, seals)?;
    stage.quiet_sync(SAM)?;
    stage.say(
        SAM,
        &format!(
            "promises {} the seal set {} and asks Ben",
            customer.name,
            stage.by(&due)
        ),
    )?;
    beat!(stage);
    stage.quiet_sync(BEN)?;
    let later = stage.due_in(5)?;
    let offer = PromiseEdit::Propose {
        due: later.clone(),
        reason: "The supplier delivers a day later".into(),
    };
    stage.change(BEN, promise, offer)?;
    stage.quiet_sync(BEN)?;
    stage.say(BEN, &format!("cannot, and offers {}", stage.said(&later)))?;
    beat!(stage);
    stage.quiet_sync(SAM)?;
    let agreed = PromiseEdit::Agree {
        due: later.clone(),
        words: stage.by(&later),
        contact: None,
        channel: Channel::Call,
        suggestion: None,
    };
    stage.change(SAM, promise, agreed)?;
    stage.quiet_sync(SAM)?;
    stage.quiet_sync(BEN)?;
    stage.say(
        SAM,
        &format!("calls {}: {} is fine", customer.name, stage.said(&later)),
    )?;
    Ok(true)
}

/// A promise made in the south that the workshop in the north must keep reaches it.
fn across(stage: &mut Stage<'_>) -> Result<bool, DemoError> {
    let customer = stage.customer_of(SOFIA)?;
    let said = stage.text(&[
        "They decide on Thursday and asked to see one that is running.",
        "Sie unterschreiben, wenn das Leihgerät bis dahin steht.",
    ]);
    let due = stage.due_in(4)?;
    let loan = PromiseDraft {
        channel: Channel::Video,
        ..stage.promise(
            "set-aside",
            "Keep a loan unit ready",
            "It has their name on it",
            &due,
        )
    };
    let loan = stage.asking(BEN, loan);
    let promise = stage.log_with(SOFIA, &customer, &said, false, loan)?;
    stage.quiet_sync(SOFIA)?;
    stage.say(
        SOFIA,
        &format!(
            "in the south promises {} a loan unit and asks Ben in the north",
            customer.name
        ),
    )?;
    beat!(stage);
    stage.quiet_sync(BEN)?;
    stage.change(BEN, promise, PromiseEdit::Accept)?;
    stage.quiet_sync(BEN)?;
    stage.quiet_sync(SOFIA)?;
    stage.say(
        BEN,
        "has it on his list, though not the rest of the south, and accepts",
    )?;
    stage.across.push((BEN, promise));
    Ok(true)
}

/// A callback that a free colleague of the pool takes.
fn pool(stage: &mut Stage<'_>) -> Result<bool, DemoError> {
    let customer = stage.customer_of(KIM)?;
    let said = stage.text(&[
        "Caught between two jobs: they have a question about the bill.",
        "Kurze Frage zur Rechnung, ich bin auf der Leiter.",
    ]);
    let callback = stage.callback(
        "Call back about the bill",
        "Somebody calls who knows the story",
    )?;
    let promise = stage.log_with(KIM, &customer, &said, false, callback)?;
    stage.quiet_sync(KIM)?;
    stage.say(
        KIM,
        &format!(
            "promises {} a callback in 30 minutes, by whoever is free",
            customer.name
        ),
    )?;
    beat!(stage);
    stage.quiet_sync(ANN)?;
    stage.change(ANN, promise, PromiseEdit::Accept)?;
    stage.say(ANN, "takes it")?;
    beat!(stage);
    stage.change(ANN, promise, called("Explained the second trip"))?;
    stage.quiet_sync(ANN)?;
    stage.quiet_sync(KIM)?;
    stage.say(ANN, "has called: kept")?;
    Ok(true)
}
