//! What the phones live through: each scene is a small story of its own, and any may follow any other.

use std::sync::atomic::{AtomicU64, Ordering};

use kept_core::Environment;
use kept_core::model::account::{AccountEdit, ReachDraft, ReachKind};
use kept_core::model::event::{Evidence, EvidenceKind, Mood, Performer};
use kept_core::model::ids::DocId;
use kept_core::model::time::{Due, DuePart};
use kept_core::model::visit::{Channel, UsageDraft, VisitDraft};
use kept_core::notebook::{
    AccountQuery, AccountSummary, KeptError, Logged, PromiseDraft, PromiseEdit, SyncReport,
    TapDraft,
};
use kept_core::words::{Lang, say_due};

use super::DemoError;
use super::calendar::Calendar;
use super::dice::Dice;
use super::honest::{at_the_table, late_proof};
use super::ladder::{Climbed, ladder};
use super::people::POOL;
use super::phone::Phone;
use super::teller::Teller;

/// The technician of the north.
pub const SAM: usize = 0;
/// The technician of the west.
pub const KIM: usize = 1;
/// The workshop of the north.
pub const BEN: usize = 2;
/// The office.
pub const ANN: usize = 3;
/// Sales in the south.
pub const SOFIA: usize = 4;
/// Whose phones they are, in this order.
pub const NAMES: [&str; 5] = [
    "Sam Okafor",
    "Kim Larsen",
    "Ben Fischer",
    "Ann Hartley",
    "Sofía Engel",
];

/// A pause between two things, or none. False when it is time to stop.
pub type Pause<'a> = dyn Fn() -> bool + 'a;

/// The stage: phones, and what happened on it.
pub struct Stage<'a> {
    /// The phones, in the order of [`NAMES`].
    pub phones: Vec<Phone>,
    /// Prints what happens.
    pub teller: Teller<'a>,
    /// Chance.
    pub dice: Dice,
    /// The clock.
    pub environment: &'a dyn Environment,
    /// Changes written so far.
    pub written: &'a AtomicU64,
    /// What was said on the story's visits.
    pub texts: Vec<String>,
    /// The account that two phones changed at once, with both notes and both numbers.
    pub merged: Option<Merged>,
    /// Promises whose performer works in another territory.
    pub across: Vec<(usize, DocId)>,
    /// Callbacks that climbed their ladder.
    pub climbed: Vec<Climbed>,
    /// Waits between two things.
    pub pause: &'a Pause<'a>,
}

/// What must be found in an account that two phones changed at once.
pub struct Merged {
    /// The account.
    pub account: DocId,
    /// Both notes.
    pub notes: [String; 2],
    /// Both numbers.
    pub numbers: [String; 2],
}

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

/// Goes on, or leaves the scene because it is time to stop.
macro_rules! beat {
    ($stage:expr) => {
        if !($stage.pause)() {
            return Ok(false);
        }
    };
}

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
    let logged = stage.log(SAM, &customer, Channel::OnSite, &said, true, vec![promise])?;
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
    let Some(promise) = logged.promises.first().copied() else {
        return Ok(true);
    };
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

/// Two people change one customer, both without a signal: nothing is lost and nobody is asked.
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
            AccountEdit::Notes { text: notes },
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
    let promise = PromiseDraft {
        performer: stage.person(BEN),
        ask: true,
        not_before: None,
        suggestion: None,
        ..stage.promise(
            "delivery",
            "Deliver the door seal set",
            "It lies at the back entrance",
            &due,
        )
    };
    let logged = stage.log(SAM, &customer, Channel::OnSite, &said, false, vec![promise])?;
    let Some(promise) = logged.promises.first().copied() else {
        return Ok(true);
    };
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
    let promise = PromiseDraft {
        performer: stage.person(BEN),
        ask: true,
        not_before: None,
        suggestion: None,
        ..stage.promise(
            "set-aside",
            "Keep a loan unit ready",
            "It has their name on it",
            &due,
        )
    };
    let logged = stage.log(
        SOFIA,
        &customer,
        Channel::Video,
        &said,
        false,
        vec![promise],
    )?;
    let Some(promise) = logged.promises.first().copied() else {
        return Ok(true);
    };
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

/// A callback that whoever is free takes.
fn pool(stage: &mut Stage<'_>) -> Result<bool, DemoError> {
    let customer = stage.customer_of(KIM)?;
    let said = stage.text(&[
        "Caught between two jobs: they have a question about the bill.",
        "Kurze Frage zur Rechnung, ich bin auf der Leiter.",
    ]);
    let now = stage.environment.wall_ms();
    let due = Due::at(now + 31 * 60_000, &stage.environment.zone())?;
    let promise = PromiseDraft {
        performer: Performer::Pool {
            pool: POOL.parse()?,
        },
        words: "in 30 minutes".into(),
        channel: Channel::Call,
        ..stage.promise(
            "callback",
            "Call back about the bill",
            "Somebody calls who knows the story",
            &due,
        )
    };
    let logged = stage.log(KIM, &customer, Channel::Call, &said, false, vec![promise])?;
    let Some(promise) = logged.promises.first().copied() else {
        return Ok(true);
    };
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
    stage.change(ANN, promise, done("Explained the second trip"))?;
    stage.quiet_sync(ANN)?;
    stage.quiet_sync(KIM)?;
    stage.say(ANN, "has called: kept")?;
    Ok(true)
}

/// It was done, and the customer says so.
pub fn done(note: &str) -> PromiseEdit {
    PromiseEdit::Fulfil {
        occurred_at: None,
        evidence: vec![Evidence {
            kind: EvidenceKind::CustomersWord,
            note: note.into(),
            file: None,
        }],
    }
}

impl Stage<'_> {
    /// Somebody does something.
    pub fn say(&mut self, phone: usize, what: &str) -> Result<(), DemoError> {
        let name = NAMES[phone].split(' ').next().unwrap_or_default();
        Ok(self.teller.say(name, what)?)
    }

    pub fn count(&self, changes: usize) {
        self.written
            .fetch_add(u64::try_from(changes).unwrap_or(0), Ordering::SeqCst);
    }

    /// A customer of somebody's own territory.
    pub fn customer_of(&self, phone: usize) -> Result<AccountSummary, DemoError> {
        let notebook = &self.phones[phone].notebook;
        let team = notebook.me()?.team;
        let query = AccountQuery {
            archived: false,
            limit: 1_000,
            offset: 0,
        };
        let mut customers = notebook.accounts(query)?;
        customers.retain(|customer| customer.team == team);
        if customers.is_empty() {
            return Err(DemoError::Story(format!(
                "{} has no customers",
                NAMES[phone]
            )));
        }
        Ok(customers.swap_remove(self.dice.below(customers.len())))
    }

    /// One of several texts, noted as said on a visit of the story.
    pub fn text(&mut self, of: &[&str]) -> String {
        let text = self.dice.pick(of, "").to_owned();
        self.texts.push(text.clone());
        text
    }

    pub fn due_in(&self, days: usize) -> Result<Due, DemoError> {
        let calendar = Calendar::new(self.environment.wall_ms(), &self.environment.zone(), 7)?;
        Ok(calendar.due(calendar.today() + days, DuePart::Day))
    }

    pub fn said(&self, due: &Due) -> String {
        say_due(due, self.environment.wall_ms(), Lang::En)
    }

    fn by(&self, due: &Due) -> String {
        format!("by {}", self.said(due))
    }

    pub fn person(&self, phone: usize) -> Performer {
        Performer::Person {
            person: self.phones[phone].person,
        }
    }

    /// A promise that nobody delivers yet, in the words of its date.
    pub fn promise(
        &self,
        kind: &str,
        deliverable: &str,
        criterion: &str,
        due: &Due,
    ) -> PromiseDraft {
        PromiseDraft {
            kind: kind.into(),
            deliverable: deliverable.into(),
            criterion: criterion.into(),
            account: None,
            contact: None,
            performer: Performer::Nobody,
            due: due.clone(),
            words: self.by(due),
            channel: Channel::OnSite,
            told: true,
            ask: false,
            not_before: None,
            suggestion: None,
        }
    }

    /// Somebody logs a visit, with what was promised.
    pub fn log(
        &self,
        phone: usize,
        customer: &AccountSummary,
        channel: Channel,
        said: &str,
        observed: bool,
        promises: Vec<PromiseDraft>,
    ) -> Result<Logged, DemoError> {
        let usage = UsageDraft {
            doing: "working around it".into(),
            workaround: "the door stays shut".into(),
            frequency: "daily".into(),
            pain: 2,
            quote: "Man gewöhnt sich an alles.".into(),
            ..UsageDraft::default()
        };
        let draft = TapDraft {
            visit: VisitDraft {
                account: Some(customer.id),
                channel,
                said: said.into(),
                ..VisitDraft::default()
            },
            usages: if observed { vec![usage] } else { vec![] },
            promises,
        };
        let logged = self.phones[phone].notebook.log_visit(draft)?;
        self.count(1 + logged.usages.len() + logged.promises.len());
        Ok(logged)
    }

    /// Something happens to a promise.
    pub fn change(&self, phone: usize, promise: DocId, edit: PromiseEdit) -> Result<(), DemoError> {
        self.phones[phone]
            .notebook
            .change_promise(promise, vec![edit])?;
        self.count(1);
        Ok(())
    }

    /// Somebody's phone synchronises, and nobody says so.
    pub fn quiet_sync(&self, phone: usize) -> Result<SyncReport, DemoError> {
        Ok(self.phones[phone].sync()?)
    }

    /// Somebody has a signal again: says what went and what came.
    fn back(&mut self, phone: usize) -> Result<(), DemoError> {
        let unsent = self.phones[phone].notebook.status()?.unsent;
        let entries: usize = unsent.iter().map(|group| group.docs.len()).sum();
        let report = self.phones[phone].sync()?;
        let noun = if entries == 1 { "entry" } else { "entries" };
        let said = format!("is back: {entries} {noun} sent, {} new", report.received);
        self.say(phone, &said)
    }
}
