//! A callback and its ladder: what every phone has armed, from half time to the office, and how it falls silent when
//! one of the pool takes it.

use kept_core::model::ids::DocId;
use kept_core::model::time::{Millis, zoned};
use kept_core::notebook::PromiseEdit;
use kept_core::words::{Reader, Words, words_text_at};

use super::DemoError;
use super::stage::{ANN, Climbed, NAMES, SAM, SOFIA, Stage, beat, called};

/// The time ahead for which phones arm, in milliseconds.
const AHEAD: i64 = 3 * 60 * 60_000;

/// A rung, and whose phones it rings.
struct Ring {
    at: Millis,
    rung: String,
    why: Words,
    phones: Vec<usize>,
}

/// The scene.
pub fn ladder(stage: &mut Stage<'_>) -> Result<bool, DemoError> {
    let customer = stage.customer_of(SAM)?;
    let said = stage.text(&[
        "They called while I was under the machine: it stops every hour, somebody must ring them.",
        "Anruf zwischen zwei Terminen: der Kessel geht immer wieder aus.",
    ]);
    let callback = stage.callback(
        "Call back about the stops",
        "Somebody calls who can say what it is",
    )?;
    let promise = stage.log_with(SAM, &customer, &said, false, callback)?;
    stage.quiet_sync(SAM)?;
    stage.phones[SAM].signal.set_gone(true);
    let told = format!(
        "promises {} a callback in 30 minutes, by whoever is free, and has no signal any more",
        customer.name
    );
    stage.say(SAM, &told)?;
    for phone in [ANN, SOFIA] {
        stage.quiet_sync(phone)?;
    }
    beat!(stage);
    let rings = rings(stage, promise)?;
    for ring in &rings {
        tell(stage, ring)?;
        beat!(stage);
    }
    let story = stage.phones[SOFIA].notebook.promise(promise)?;
    let seen = format!(
        "opens it far away: {} said “{}” to {}; takes it",
        story.summary.promiser_name, story.spoken, story.summary.account_name
    );
    stage.change(SOFIA, promise, PromiseEdit::Accept)?;
    stage.say(SOFIA, &seen)?;
    stage.change(SOFIA, promise, called("It was the filter"))?;
    stage.phones[SAM].signal.set_gone(false);
    for phone in [SOFIA, ANN, SAM] {
        stage.quiet_sync(phone)?;
    }
    stage.say(SOFIA, "has called: kept, and every phone is silent")?;
    stage.climbed.push(Climbed {
        promise,
        rungs: rings.into_iter().map(|ring| ring.rung).collect(),
    });
    Ok(true)
}

/// The reminders that the phones have armed for a promise, in the order in which they ring.
fn rings(stage: &Stage<'_>, promise: DocId) -> Result<Vec<Ring>, DemoError> {
    let mut rings: Vec<Ring> = Vec::new();
    for phone in [ANN, SOFIA, SAM] {
        let armed = stage.phones[phone].notebook.due_reminders(AHEAD)?;
        for reminder in armed.into_iter().filter(|one| one.promise == promise) {
            let same = |ring: &&mut Ring| ring.at == reminder.at && ring.rung == reminder.rung;
            match rings.iter_mut().find(same) {
                Some(ring) => ring.phones.push(phone),
                None => rings.push(Ring {
                    at: reminder.at,
                    rung: reminder.rung,
                    why: reminder.why,
                    phones: vec![phone],
                }),
            }
        }
    }
    rings.sort_by(|one, other| (one.at, &one.rung).cmp(&(other.at, &other.rung)));
    Ok(rings)
}

fn tell(stage: &mut Stage<'_>, ring: &Ring) -> Result<(), DemoError> {
    let Some((first, others)) = ring.phones.split_first() else {
        return Ok(());
    };
    let clock = zoned(ring.at, &stage.environment.zone())?.strftime("%H:%M");
    let others: String = others
        .iter()
        .filter_map(|phone| NAMES[*phone].split(' ').next())
        .map(|name| format!("and {name} "))
        .collect();
    let reader = Reader {
        now: ring.at,
        ..stage.reader()
    };
    let why = words_text_at(&ring.why, &reader);
    stage.say(*first, &format!("{others}would be rung at {clock}: {why}"))
}
