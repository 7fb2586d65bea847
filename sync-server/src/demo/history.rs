//! Writes the year into the log: each person has a notebook, joins, writes what the plan says when it says, and sends
//! it.
//!
//! A round is what people can do without hearing from others; then they exchange, and the next round begins, until
//! every life is told. Rounds of different people run beside each other.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use kept_core::model::event::{EventBody, Evidence, EvidenceKind, Performer};
use kept_core::model::ids::{DocId, IdError, PersonId, Team};
use kept_core::model::time::Millis;
use kept_core::model::visit::{Channel, VisitDraft};
use kept_core::notebook::{
    JoinOptions, KeptError, MemorySecretStore, Notebook, PromiseDraft, PromiseEdit, TapDraft,
};

use super::DemoError;
use super::clock::DemoClock;
use super::company::Company;
use super::door::{PastDoor, PastTransport};
use super::life::{Deed, Doer, Life};
use super::people::POOL;
use super::year::{Visit, Year};

/// The time within which entries at a customer's are sent, in milliseconds, while the phone trusts its clock.
const CONTACT_MS: i64 = 20 * 60 * 60 * 1000;
/// The time within which later events of promises are sent, in milliseconds: rarer, for every exchange takes time.
const LATER_CONTACT_MS: i64 = 4 * 24 * 60 * 60 * 1000;

/// A person with a notebook.
pub struct Writer {
    /// A place in the company's people.
    pub who: usize,
    /// Their notebook.
    pub notebook: Arc<Notebook>,
    /// Its clock.
    pub clock: Arc<DemoClock>,
    /// The person's id in the registry.
    pub person: PersonId,
    /// The instant at which they are heard from for the last time, in milliseconds since the epoch.
    pub until: Millis,
    /// The instant at which they were in contact with the server.
    contact: Millis,
    /// The customers that they have written down, by place in the company's customers.
    customers: BTreeMap<usize, DocId>,
}

/// The progress of the telling of a promise's life: its document, once written, and the number of steps told.
#[derive(Clone, Copy, Debug)]
struct Told {
    doc: Option<DocId>,
    steps: usize,
}

/// Everything that writing the history needs.
pub struct Historian<'a> {
    /// The company.
    pub company: &'a Company,
    /// The plan of what happened.
    pub year: &'a Year,
    /// The way to the server.
    pub door: &'a PastDoor,
    /// Changes written so far.
    pub written: &'a AtomicU64,
    /// True once the writing must stop.
    pub stopping: &'a AtomicBool,
    people: Vec<PersonId>,
    told: Vec<Mutex<Told>>,
}

/// Something to be written, in the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Job {
    Customer(usize),
    Visit(usize),
    Step(usize),
}

type Agenda = BinaryHeap<Reverse<(Millis, Job)>>;

/// A notebook in a folder of its own whose owner joins by a link.
pub fn join(
    folder: &Path,
    clock: Arc<DemoClock>,
    link: String,
    label: &str,
) -> Result<Notebook, KeptError> {
    let secrets = Arc::new(MemorySecretStore::default());
    let notebook = Notebook::open_with(folder, secrets, clock)?;
    let options = JoinOptions {
        label: label.into(),
        ..JoinOptions::default()
    };
    notebook.join(link, options)?;
    Ok(notebook)
}

/// A writer who has just joined.
pub fn writer(
    who: usize,
    notebook: Notebook,
    clock: Arc<DemoClock>,
    until: Millis,
) -> Result<Writer, KeptError> {
    let person = notebook.me()?.person;
    Ok(Writer {
        who,
        notebook: Arc::new(notebook),
        clock,
        person,
        until,
        contact: Millis::MIN,
        customers: BTreeMap::new(),
    })
}

impl<'a> Historian<'a> {
    /// A historian of a year; `writers` are all people, in the order of the company's people.
    pub fn new(
        company: &'a Company,
        year: &'a Year,
        door: &'a PastDoor,
        written: &'a AtomicU64,
        stopping: &'a AtomicBool,
        writers: &[Writer],
    ) -> Self {
        let untold = Told {
            doc: None,
            steps: 0,
        };
        Self {
            company,
            year,
            door,
            written,
            stopping,
            people: writers.iter().map(|writer| writer.person).collect(),
            told: year.lives.iter().map(|_| Mutex::new(untold)).collect(),
        }
    }

    /// Has all people write everything.
    pub fn tell(&self, writers: &mut [Writer]) -> Result<(), DemoError> {
        // All people first learn who is who.
        beside_each_other(writers, |writer| self.exchange(writer, writer.until, true))?;
        let mut agendas = self.first_agendas(writers);
        for round in 1.. {
            let busy = Mutex::new(agendas);
            beside_each_other(writers, |writer| {
                let agenda = {
                    let mut busy = busy.lock().unwrap_or_else(PoisonError::into_inner);
                    busy.get_mut(writer.who)
                        .map(std::mem::take)
                        .unwrap_or_default()
                };
                if agenda.is_empty() {
                    return Ok(());
                }
                if round > 1 {
                    self.exchange(writer, writer.until, true)?;
                }
                self.work(writer, agenda)?;
                self.exchange(writer, writer.until, false)
            })?;
            agendas = self.next_agendas(writers);
            if agendas.iter().all(BinaryHeap::is_empty) {
                break;
            }
        }
        Ok(())
    }

    fn first_agendas(&self, writers: &[Writer]) -> Vec<Agenda> {
        let mut agendas: Vec<Agenda> = writers.iter().map(|_| Agenda::new()).collect();
        let mut add = |who: usize, at, job| {
            // An entry later than the last contact of its author is not there.
            if writers.get(who).is_some_and(|writer| at < writer.until)
                && let Some(agenda) = agendas.get_mut(who)
            {
                agenda.push(Reverse((at, job)));
            }
        };
        for (number, customer) in self.company.customers.iter().enumerate() {
            let at = self.year.customers.get(number).copied().unwrap_or_default();
            add(customer.keeper, at, Job::Customer(number));
        }
        for (number, visit) in self.year.visits.iter().enumerate() {
            add(visit.who, visit.at, Job::Visit(number));
        }
        agendas
    }

    /// The next step of every life that goes on, on the agenda of its author.
    fn next_agendas(&self, writers: &[Writer]) -> Vec<Agenda> {
        let mut agendas: Vec<Agenda> = writers.iter().map(|_| Agenda::new()).collect();
        for life in 0..self.told.len() {
            if let Some((who, at)) = self.next_step(life, writers)
                && let Some(agenda) = agendas.get_mut(who)
            {
                agenda.push(Reverse((at, Job::Step(life))));
            }
        }
        agendas
    }

    /// The author and moment of the next step of a life; None if it has none, or has none before they are last heard
    /// from.
    fn next_step(&self, life: usize, writers: &[Writer]) -> Option<(usize, Millis)> {
        let told = self.told(life)?;
        told.doc?;
        let step = self.year.lives.get(life)?.steps.get(told.steps)?;
        (step.at < writers.get(step.who)?.until).then_some((step.who, step.at))
    }

    fn told(&self, life: usize) -> Option<Told> {
        let told = self.told.get(life)?;
        Some(*told.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn tell_on(&self, life: usize, change: impl FnOnce(&mut Told)) {
        if let Some(told) = self.told.get(life) {
            change(&mut told.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }

    fn exchange(&self, writer: &mut Writer, at: Millis, reads: bool) -> Result<(), DemoError> {
        writer.clock.set(at);
        writer.contact = at;
        let transport = PastTransport {
            door: self.door,
            installation: writer.notebook.me()?.installation,
            at,
            reads,
        };
        let report = writer.notebook.sync_with(&transport)?;
        if report.held + report.refused > 0 || report.forked {
            return Err(DemoError::Story(format!(
                "the history was not taken: {report:?}"
            )));
        }
        Ok(())
    }

    fn work(&self, writer: &mut Writer, mut agenda: Agenda) -> Result<(), DemoError> {
        while let Some(Reverse((at, job))) = agenda.pop() {
            if self.stopping.load(Ordering::SeqCst) {
                return Err(DemoError::Stopped);
            }
            let often = if matches!(job, Job::Step(_)) {
                LATER_CONTACT_MS
            } else {
                CONTACT_MS
            };
            if !(0..often).contains(&at.saturating_sub(writer.contact)) {
                self.exchange(writer, at, false)?;
            }
            writer.clock.set(at);
            match job {
                Job::Customer(number) => self.write_customer(writer, number)?,
                Job::Visit(number) => {
                    for life in self.write_visit(writer, number)? {
                        self.go_on(writer, life, &mut agenda);
                    }
                }
                Job::Step(life) => {
                    self.write_step(writer, life)?;
                    self.go_on(writer, life, &mut agenda);
                }
            }
        }
        Ok(())
    }

    /// Puts the next step of a life on the agenda, if it is the same person's.
    fn go_on(&self, writer: &Writer, life: usize, agenda: &mut Agenda) {
        let steps = self.told(life).map_or(0, |told| told.steps);
        let next = self
            .year
            .lives
            .get(life)
            .and_then(|life| life.steps.get(steps));
        if let Some(step) = next.filter(|step| step.who == writer.who && step.at < writer.until) {
            agenda.push(Reverse((step.at, Job::Step(life))));
        }
    }

    fn count(&self, changes: usize) {
        self.written
            .fetch_add(u64::try_from(changes).unwrap_or(0), Ordering::SeqCst);
    }

    fn write_customer(&self, writer: &mut Writer, number: usize) -> Result<(), DemoError> {
        if let Some(customer) = self.company.customers.get(number) {
            let doc = writer.notebook.create_account(customer.draft.clone())?;
            writer.customers.insert(number, doc);
            self.count(1);
            if !customer.needs.is_empty() {
                writer.notebook.edit_account(doc, customer.needs.clone())?;
                self.count(1);
            }
        }
        Ok(())
    }

    fn write_visit(&self, writer: &Writer, number: usize) -> Result<Vec<usize>, DemoError> {
        let Some(visit) = self.year.visits.get(number) else {
            return Ok(vec![]);
        };
        let Some(account) = writer.customers.get(&visit.customer) else {
            return Ok(vec![]);
        };
        let lives = visit
            .lives
            .iter()
            .filter_map(|life| self.year.lives.get(*life));
        let promises = lives
            .map(|life| self.promise(visit, life))
            .collect::<Result<Vec<_>, _>>()?;
        let draft = VisitDraft {
            account: Some(*account),
            contact: visit.contact,
            channel: visit.channel,
            said: visit.said.clone(),
            means: visit.means.clone(),
            ..VisitDraft::default()
        };
        let logged = writer.notebook.log_visit(TapDraft {
            visit: draft,
            usages: visit.usages.clone(),
            promises,
        })?;
        self.count(1 + logged.usages.len() + logged.promises.len());
        for (life, doc) in visit.lives.iter().zip(&logged.promises) {
            self.tell_on(*life, |told| told.doc = Some(*doc));
        }
        Ok(visit.lives.clone())
    }

    fn promise(&self, visit: &Visit, life: &Life) -> Result<PromiseDraft, IdError> {
        Ok(PromiseDraft {
            kind: life.kind.into(),
            deliverable: life.deliverable.into(),
            criterion: life.criterion.into(),
            account: None,
            contact: visit.contact,
            performer: match life.doer {
                Doer::Person(who) => self.performer(who),
                Doer::Pool => Performer::Pool {
                    pool: POOL.parse::<Team>()?,
                },
                Doer::Nobody => Performer::Nobody,
            },
            due: life.due.clone(),
            words: life.words.clone(),
            channel: visit.channel,
            told: life.told,
            ask: life.ask,
            not_before: None,
            suggestion: None,
            makes_right: None,
        })
    }

    fn performer(&self, who: usize) -> Performer {
        self.people
            .get(who)
            .map_or(Performer::Nobody, |person| Performer::Person {
                person: *person,
            })
    }

    fn write_step(&self, writer: &Writer, life: usize) -> Result<(), DemoError> {
        let Some(told) = self.told(life) else {
            return Ok(());
        };
        let step = self
            .year
            .lives
            .get(life)
            .and_then(|life| life.steps.get(told.steps));
        let (Some(doc), Some(step)) = (told.doc, step) else {
            return Ok(());
        };
        let edit = self.edit(writer, doc, &step.deed)?;
        writer.notebook.change_promise(doc, vec![edit])?;
        self.count(1);
        self.tell_on(life, |told| told.steps += 1);
        Ok(())
    }

    fn edit(&self, writer: &Writer, doc: DocId, deed: &Deed) -> Result<PromiseEdit, DemoError> {
        let text = |text: &&str| (*text).to_owned();
        Ok(match deed {
            Deed::Ask => PromiseEdit::Ask { person: None },
            Deed::Accept => PromiseEdit::Accept,
            Deed::Decline(reason) => PromiseEdit::Decline {
                reason: text(reason),
            },
            Deed::Propose(due, reason) => PromiseEdit::Propose {
                due: due.clone(),
                reason: text(reason),
            },
            Deed::Agree(due, words) => PromiseEdit::Agree {
                due: due.clone(),
                words: words.clone(),
                contact: None,
                channel: Channel::Call,
                suggestion: None,
            },
            Deed::Reassign(who) => PromiseEdit::Reassign {
                performer: self.performer(*who),
                reason: if *who == writer.who {
                    "I do it myself".into()
                } else {
                    "They have room this week".into()
                },
            },
            Deed::Start => PromiseEdit::Start,
            Deed::Fulfil(note) => PromiseEdit::Fulfil {
                occurred_at: None,
                evidence: vec![Evidence {
                    kind: if note.is_empty() {
                        EvidenceKind::SaidDone
                    } else {
                        EvidenceKind::CustomersWord
                    },
                    note: text(note),
                    file: None,
                }],
            },
            Deed::Confirm(mood) => PromiseEdit::Confirm {
                mood: *mood,
                contact: None,
            },
            Deed::Dispute(words) => PromiseEdit::Dispute { words: text(words) },
            Deed::Resolve(finding, reason) => {
                let record = writer.notebook.promise_record(doc)?;
                let dispute = record
                    .events
                    .iter()
                    .find(|event| matches!(event.stored.body, EventBody::Disputed { .. }));
                let dispute =
                    dispute.ok_or_else(|| DemoError::Story("there is no dispute".into()))?;
                PromiseEdit::Resolve {
                    dispute: dispute.id,
                    finding: *finding,
                    reason: text(reason),
                }
            }
            Deed::Cancel(by, reason) => PromiseEdit::Cancel {
                by: *by,
                agreed_by: None,
                reason: text(reason),
            },
            Deed::Thank(who) => PromiseEdit::Thank {
                person: self.people.get(*who).copied().unwrap_or(writer.person),
            },
        })
    }
}

/// Runs `work` for all of them, as many at a time as the machine has processors.
pub fn beside_each_other<T: Send>(
    all: &mut [T],
    work: impl Fn(&mut T) -> Result<(), DemoError> + Sync,
) -> Result<(), DemoError> {
    let hands = std::thread::available_parallelism()
        .map_or(2, usize::from)
        .min(8);
    let taken = AtomicUsize::new(0);
    let slots: Vec<Mutex<&mut T>> = all.iter_mut().map(Mutex::new).collect();
    let one_hand = || -> Result<(), DemoError> {
        while let Some(slot) = slots.get(taken.fetch_add(1, Ordering::SeqCst)) {
            work(&mut slot.lock().unwrap_or_else(PoisonError::into_inner))?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let hands: Vec<_> = (0..hands).map(|_| scope.spawn(one_hand)).collect();
        for hand in hands {
            hand.join()
                .map_err(|_| DemoError::Story("a thread panicked".into()))??;
        }
        Ok(())
    })
}
