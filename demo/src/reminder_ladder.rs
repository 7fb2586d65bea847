//! A callback and its ladder: what every phone has armed, from half time to the office, and how it falls silent when
//! one of the pool takes it.

use kept_core::language::{Message, ReaderContext, message_text_at};
use kept_core::model::ids::DocId;
use kept_core::model::time::{Millis, zoned};
use kept_core::notebook::PromiseEdit;

use crate::DemoError;
use crate::scene_context::{
    ANN, LadderRun, NAMES, SAM, SOFIA, SceneContext, called, pause_or_stop,
};

/// The time ahead for which phones arm, in milliseconds.
const AHEAD: i64 = 3 * 60 * 60_000;

/// A rung, and whose phones it rings.
struct ArmedReminder {
    at: Millis,
    rung: String,
    why: Message,
    phones: Vec<usize>,
}

/// The scene.
pub(crate) fn reminder_ladder(context: &mut SceneContext<'_>) -> Result<bool, DemoError> {
    let customer = context.customer_of(SAM)?;
    let said = context.visit_text(&[
        "They called while I was under the machine: it stops every hour, somebody must ring them.",
        "Anruf zwischen zwei Terminen: der Kessel geht immer wieder aus.",
    ]);
    let callback = context.callback(
        "Call back about the stops",
        "Somebody calls who can say what it is",
    )?;
    let promise = context.log_promise(SAM, &customer, &said, false, callback)?;
    context.sync(SAM)?;
    context.phones[SAM].network.offline();
    let told = format!(
        "promises {} a callback in 30 minutes, by whoever is free, and has no signal any more",
        customer.name
    );
    context.report(SAM, &told)?;
    for phone in [ANN, SOFIA] {
        context.sync(phone)?;
    }
    pause_or_stop!(context);
    let armed_reminders = armed_reminders(context, promise)?;
    for armed_reminder in &armed_reminders {
        report_reminder(context, armed_reminder)?;
        pause_or_stop!(context);
    }
    let story = context.phones[SOFIA].notebook.promise(promise)?;
    let seen = format!(
        "opens it far away: {} said “{}” to {}; takes it",
        story.summary.promiser_name, story.spoken, story.summary.account_name
    );
    context.change(SOFIA, promise, PromiseEdit::Accept)?;
    context.report(SOFIA, &seen)?;
    context.change(SOFIA, promise, called("It was the filter"))?;
    context.phones[SAM].network.online();
    for phone in [SOFIA, ANN, SAM] {
        context.sync(phone)?;
    }
    context.report(SOFIA, "has called: kept, and every phone is silent")?;
    context.ladder_runs.push(LadderRun {
        promise,
        rungs: armed_reminders
            .into_iter()
            .map(|armed_reminder| armed_reminder.rung)
            .collect(),
    });
    Ok(true)
}

/// The reminders that the phones have armed for a promise, in the order in which they ring.
fn armed_reminders(
    context: &SceneContext<'_>,
    promise: DocId,
) -> Result<Vec<ArmedReminder>, DemoError> {
    let mut armed_reminders: Vec<ArmedReminder> = Vec::new();
    for phone in [ANN, SOFIA, SAM] {
        let armed = context.phones[phone].notebook.due_reminders(AHEAD)?;
        for reminder in armed.into_iter().filter(|one| one.promise == promise) {
            let same = |armed_reminder: &&mut ArmedReminder| {
                armed_reminder.at == reminder.at && armed_reminder.rung == reminder.rung
            };
            match armed_reminders.iter_mut().find(same) {
                Some(armed_reminder) => armed_reminder.phones.push(phone),
                None => armed_reminders.push(ArmedReminder {
                    at: reminder.at,
                    rung: reminder.rung,
                    why: reminder.why,
                    phones: vec![phone],
                }),
            }
        }
    }
    armed_reminders.sort_by(|one, other| (one.at, &one.rung).cmp(&(other.at, &other.rung)));
    Ok(armed_reminders)
}

fn report_reminder(
    context: &mut SceneContext<'_>,
    armed_reminder: &ArmedReminder,
) -> Result<(), DemoError> {
    let Some((first, others)) = armed_reminder.phones.split_first() else {
        return Ok(());
    };
    let clock = zoned(armed_reminder.at, &context.environment.zone())?.strftime("%H:%M");
    let others: String = others
        .iter()
        .filter_map(|phone| NAMES[*phone].split(' ').next())
        .map(|name| format!("and {name} "))
        .collect();
    let reader = ReaderContext {
        now: armed_reminder.at,
        ..context.reader()
    };
    let why = message_text_at(&armed_reminder.why, &reader);
    context.report(*first, &format!("{others}would be rung at {clock}: {why}"))
}
