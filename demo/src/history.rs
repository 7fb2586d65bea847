//! Writes the planned year into the log: each person writes the entries of the plan into a notebook of their own, at
//! the planned instants, and sends them.
//!
//! A round is what people can do without hearing from others; then they exchange, and the next round begins, until
//! every step of every promise is written. Rounds of different people run beside each other.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use kept_core::model::event::{EvidenceKind, Performer};
use kept_core::model::ids::{DocId, IdError, PersonId, Team};
use kept_core::model::time::Millis;
use kept_core::model::visit::{Channel, VisitDraft};
use kept_core::notebook::{KeptError, Notebook, PromiseDraft, PromiseEdit, VisitEntry};
use kept_kit::{fulfilled, promise_by};

use crate::DemoError;
use crate::clock::DemoClock;
use crate::company_plan::CompanyPlan;
use crate::past_server::{PastServer, PastTransport};
use crate::people::POOL;
use crate::promise_plan::{PlannedEdit, PlannedPerformer, PromisePlan};
use crate::year_plan::{PlannedVisit, YearPlan};

/// The time within which entries at a customer's are sent, in milliseconds, while the phone trusts its clock.
const CONTACT_MS: i64 = 20 * 60 * 60 * 1000;
/// The time within which later events of promises are sent, in milliseconds: rarer, for every exchange takes time.
const LATER_CONTACT_MS: i64 = 4 * 24 * 60 * 60 * 1000;

/// A person with a notebook.
pub(crate) struct Author {
    /// A place in the company's people.
    pub(crate) who: usize,
    /// Their notebook.
    pub(crate) notebook: Arc<Notebook>,
    /// Its clock.
    pub(crate) clock: Arc<DemoClock>,
    /// The person's id in the registry.
    pub(crate) person: PersonId,
    /// The instant at which they are heard from for the last time, in milliseconds since the epoch.
    pub(crate) until: Millis,
    /// The instant at which they were in contact with the server.
    contact: Millis,
    /// The customers that they have written down, by place in the company's customers.
    customers: BTreeMap<usize, DocId>,
}

/// The progress of the writing of a promise: its document, once written, and the number of steps written.
#[derive(Clone, Copy, Debug)]
struct WriteProgress {
    doc: Option<DocId>,
    steps: usize,
}

/// Everything that writing the history needs.
pub(crate) struct HistoryWriter<'a> {
    /// The company.
    pub(crate) company: &'a CompanyPlan,
    /// The plan of what happened.
    pub(crate) year_plan: &'a YearPlan,
    /// The way to the server.
    pub(crate) past_server: &'a PastServer,
    /// Changes written so far.
    pub(crate) written: &'a AtomicU64,
    /// True once the writing must stop.
    pub(crate) stopping: &'a AtomicBool,
    people: Vec<PersonId>,
    progress: Vec<Mutex<WriteProgress>>,
}

/// Something to be written, in the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum AgendaEntry {
    Customer(usize),
    PlannedVisit(usize),
    PlannedStep(usize),
}

type Agenda = BinaryHeap<Reverse<(Millis, AgendaEntry)>>;

/// A writer who has just joined.
pub(crate) fn author(
    who: usize,
    notebook: Notebook,
    clock: Arc<DemoClock>,
    until: Millis,
) -> Result<Author, KeptError> {
    let person = notebook.me()?.person;
    Ok(Author {
        who,
        notebook: Arc::new(notebook),
        clock,
        person,
        until,
        contact: Millis::MIN,
        customers: BTreeMap::new(),
    })
}

impl<'a> HistoryWriter<'a> {
    /// The writer of a year; `authors` are all people, in the order of the company's people.
    pub(crate) fn new(
        company: &'a CompanyPlan,
        year_plan: &'a YearPlan,
        past_server: &'a PastServer,
        written: &'a AtomicU64,
        stopping: &'a AtomicBool,
        authors: &[Author],
    ) -> Self {
        let unwritten = WriteProgress {
            doc: None,
            steps: 0,
        };
        Self {
            company,
            year_plan,
            past_server,
            written,
            stopping,
            people: authors.iter().map(|author| author.person).collect(),
            progress: year_plan
                .promise_plans
                .iter()
                .map(|_| Mutex::new(unwritten))
                .collect(),
        }
    }

    /// Has all people write everything, `workers` of them at a time.
    pub(crate) fn write_all(
        &self,
        authors: &mut [Author],
        workers: usize,
    ) -> Result<(), DemoError> {
        // All people first learn who is who.
        for_each(authors, workers, |author| {
            self.exchange(author, author.until, true)
        })?;
        let mut agendas = self.first_agendas(authors);
        for round in 1.. {
            let busy = Mutex::new(agendas);
            for_each(authors, workers, |author| {
                let agenda = {
                    let mut busy = busy.lock().unwrap_or_else(PoisonError::into_inner);
                    busy.get_mut(author.who)
                        .map(std::mem::take)
                        .unwrap_or_default()
                };
                if agenda.is_empty() {
                    return Ok(());
                }
                if round > 1 {
                    self.exchange(author, author.until, true)?;
                }
                self.work(author, agenda)?;
                self.exchange(author, author.until, false)
            })?;
            agendas = self.next_agendas(authors);
            if agendas.iter().all(BinaryHeap::is_empty) {
                break;
            }
        }
        Ok(())
    }

    fn first_agendas(&self, authors: &[Author]) -> Vec<Agenda> {
        let mut agendas: Vec<Agenda> = authors.iter().map(|_| Agenda::new()).collect();
        let mut add = |who: usize, at, entry| {
            // An entry later than the last contact of its author is not there.
            if authors.get(who).is_some_and(|author| at < author.until)
                && let Some(agenda) = agendas.get_mut(who)
            {
                agenda.push(Reverse((at, entry)));
            }
        };
        for (number, customer) in self.company.customers.iter().enumerate() {
            let at = self
                .year_plan
                .customers
                .get(number)
                .copied()
                .unwrap_or_default();
            add(customer.account_manager, at, AgendaEntry::Customer(number));
        }
        for (number, visit) in self.year_plan.visits.iter().enumerate() {
            add(visit.who, visit.at, AgendaEntry::PlannedVisit(number));
        }
        agendas
    }

    /// The next step of every promise that has one, on the agenda of its author.
    fn next_agendas(&self, authors: &[Author]) -> Vec<Agenda> {
        let mut agendas: Vec<Agenda> = authors.iter().map(|_| Agenda::new()).collect();
        for promise_plan in 0..self.progress.len() {
            if let Some((who, at)) = self.next_step(promise_plan, authors)
                && let Some(agenda) = agendas.get_mut(who)
            {
                agenda.push(Reverse((at, AgendaEntry::PlannedStep(promise_plan))));
            }
        }
        agendas
    }

    /// The author and moment of the next step of a promise; None if it has none, or has none before they are last heard
    /// from.
    fn next_step(&self, promise_plan: usize, authors: &[Author]) -> Option<(usize, Millis)> {
        let progress = self.progress_of(promise_plan)?;
        progress.doc?;
        let step = self
            .year_plan
            .promise_plans
            .get(promise_plan)?
            .steps
            .get(progress.steps)?;
        (step.at < authors.get(step.who)?.until).then_some((step.who, step.at))
    }

    fn progress_of(&self, promise_plan: usize) -> Option<WriteProgress> {
        let progress = self.progress.get(promise_plan)?;
        Some(*progress.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn update_progress(&self, promise_plan: usize, change: impl FnOnce(&mut WriteProgress)) {
        if let Some(progress) = self.progress.get(promise_plan) {
            change(&mut progress.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }

    fn exchange(&self, author: &mut Author, at: Millis, reads: bool) -> Result<(), DemoError> {
        author.clock.set(at);
        author.contact = at;
        let transport = PastTransport {
            past_server: self.past_server,
            installation: author.notebook.me()?.installation,
            at,
            reads,
        };
        let report = author.notebook.sync_with(&transport)?;
        if report.held + report.refused > 0 || report.forked {
            return Err(DemoError::Story(format!(
                "the history was not taken: {report:?}"
            )));
        }
        Ok(())
    }

    fn work(&self, author: &mut Author, mut agenda: Agenda) -> Result<(), DemoError> {
        while let Some(Reverse((at, entry))) = agenda.pop() {
            if self.stopping.load(Ordering::SeqCst) {
                return Err(DemoError::Stopped);
            }
            let often = if matches!(entry, AgendaEntry::PlannedStep(_)) {
                LATER_CONTACT_MS
            } else {
                CONTACT_MS
            };
            if !(0..often).contains(&at.saturating_sub(author.contact)) {
                self.exchange(author, at, false)?;
            }
            author.clock.set(at);
            match entry {
                AgendaEntry::Customer(number) => self.write_customer(author, number)?,
                AgendaEntry::PlannedVisit(number) => {
                    for promise_plan in self.write_visit(author, number)? {
                        self.queue_next_step(author, promise_plan, &mut agenda);
                    }
                }
                AgendaEntry::PlannedStep(promise_plan) => {
                    self.write_step(author, promise_plan)?;
                    self.queue_next_step(author, promise_plan, &mut agenda);
                }
            }
        }
        Ok(())
    }

    /// Puts the next step of a promise on the agenda, if it is the same person's.
    fn queue_next_step(&self, author: &Author, promise_plan: usize, agenda: &mut Agenda) {
        let steps = self
            .progress_of(promise_plan)
            .map_or(0, |progress| progress.steps);
        let next = self
            .year_plan
            .promise_plans
            .get(promise_plan)
            .and_then(|promise_plan| promise_plan.steps.get(steps));
        if let Some(step) = next.filter(|step| step.who == author.who && step.at < author.until) {
            agenda.push(Reverse((step.at, AgendaEntry::PlannedStep(promise_plan))));
        }
    }

    fn count(&self, changes: usize) {
        self.written
            .fetch_add(u64::try_from(changes).unwrap_or(0), Ordering::SeqCst);
    }

    fn write_customer(&self, author: &mut Author, number: usize) -> Result<(), DemoError> {
        if let Some(customer) = self.company.customers.get(number) {
            let doc = author.notebook.create_account(customer.draft.clone())?;
            author.customers.insert(number, doc);
            self.count(1);
            if !customer.needs.is_empty() {
                author.notebook.edit_account(doc, customer.needs.clone())?;
                self.count(1);
            }
        }
        Ok(())
    }

    fn write_visit(&self, author: &Author, number: usize) -> Result<Vec<usize>, DemoError> {
        let Some(visit) = self.year_plan.visits.get(number) else {
            return Ok(vec![]);
        };
        let Some(account) = author.customers.get(&visit.customer) else {
            return Ok(vec![]);
        };
        let promise_plans = visit
            .promise_plans
            .iter()
            .filter_map(|promise_plan| self.year_plan.promise_plans.get(*promise_plan));
        let promises = promise_plans
            .map(|promise_plan| self.promise(visit, promise_plan))
            .collect::<Result<Vec<_>, _>>()?;
        let draft = VisitDraft {
            account: Some(*account),
            contact: visit.contact,
            channel: visit.channel,
            said: visit.said.clone(),
            means: visit.means.clone(),
            ..VisitDraft::default()
        };
        let logged = author.notebook.log_visit(VisitEntry {
            visit: draft,
            usages: visit.usages.clone(),
            promises,
        })?;
        self.count(1 + logged.usages.len() + logged.promises.len());
        for (promise_plan, doc) in visit.promise_plans.iter().zip(&logged.promises) {
            self.update_progress(*promise_plan, |progress| progress.doc = Some(*doc));
        }
        Ok(visit.promise_plans.clone())
    }

    fn promise(
        &self,
        visit: &PlannedVisit,
        promise_plan: &PromisePlan,
    ) -> Result<PromiseDraft, IdError> {
        let performer = match promise_plan.performer {
            PlannedPerformer::Person(who) => self.performer(who),
            PlannedPerformer::Pool => Performer::Pool {
                pool: POOL.parse::<Team>()?,
            },
            PlannedPerformer::Nobody => Performer::Nobody,
        };
        let due = promise_plan.due.clone();
        Ok(PromiseDraft {
            criterion: promise_plan.criterion.into(),
            contact: visit.contact,
            words: promise_plan.words.clone(),
            channel: visit.channel,
            told: promise_plan.told,
            ask: promise_plan.ask,
            ..promise_by(promise_plan.kind, promise_plan.deliverable, performer, due)
        })
    }

    fn performer(&self, who: usize) -> Performer {
        self.people
            .get(who)
            .map_or(Performer::Nobody, |person| Performer::Person {
                person: *person,
            })
    }

    fn write_step(&self, author: &Author, promise_plan: usize) -> Result<(), DemoError> {
        let Some(progress) = self.progress_of(promise_plan) else {
            return Ok(());
        };
        let step = self
            .year_plan
            .promise_plans
            .get(promise_plan)
            .and_then(|promise_plan| promise_plan.steps.get(progress.steps));
        let (Some(doc), Some(step)) = (progress.doc, step) else {
            return Ok(());
        };
        let promise_edit = self.promise_edit(author, doc, &step.edit)?;
        author.notebook.change_promise(doc, vec![promise_edit])?;
        self.count(1);
        self.update_progress(promise_plan, |progress| progress.steps += 1);
        Ok(())
    }

    fn promise_edit(
        &self,
        author: &Author,
        doc: DocId,
        edit: &PlannedEdit,
    ) -> Result<PromiseEdit, DemoError> {
        let text = |text: &&str| (*text).to_owned();
        Ok(match edit {
            PlannedEdit::Ask => PromiseEdit::Ask { person: None },
            PlannedEdit::Accept => PromiseEdit::Accept,
            PlannedEdit::Decline(reason) => PromiseEdit::Decline {
                reason: text(reason),
            },
            PlannedEdit::Propose(due, reason) => PromiseEdit::Propose {
                due: due.clone(),
                reason: text(reason),
            },
            PlannedEdit::Agree(due, words) => PromiseEdit::Agree {
                due: due.clone(),
                words: words.clone(),
                contact: None,
                channel: Channel::Call,
                suggestion: None,
            },
            PlannedEdit::Reassign(who) => PromiseEdit::Reassign {
                performer: self.performer(*who),
                reason: if *who == author.who {
                    "I do it myself".into()
                } else {
                    "They have room this week".into()
                },
            },
            PlannedEdit::Start => PromiseEdit::Start,
            PlannedEdit::Fulfil("") => fulfilled(EvidenceKind::SaidDone, ""),
            PlannedEdit::Fulfil(note) => fulfilled(EvidenceKind::CustomersWord, note),
            PlannedEdit::Confirm(mood) => PromiseEdit::Confirm {
                mood: *mood,
                contact: None,
            },
            PlannedEdit::Dispute(words) => PromiseEdit::Dispute { words: text(words) },
            PlannedEdit::Resolve(finding, reason) => {
                let dispute = author.notebook.promise(doc)?.open_dispute;
                let dispute =
                    dispute.ok_or_else(|| DemoError::Story("no dispute is open".into()))?;
                PromiseEdit::Resolve {
                    dispute,
                    finding: *finding,
                    reason: text(reason),
                }
            }
            PlannedEdit::Cancel(by, reason) => PromiseEdit::Cancel {
                by: *by,
                agreed_by: None,
                reason: text(reason),
            },
            PlannedEdit::Thank(who) => PromiseEdit::Thank {
                person: self.people.get(*who).copied().unwrap_or(author.person),
            },
        })
    }
}

/// Runs `work` for all of them, at most eight and at most `workers` at a time, in their order.
pub(crate) fn for_each<T: Send>(
    all: &mut [T],
    workers: usize,
    work: impl Fn(&mut T) -> Result<(), DemoError> + Sync,
) -> Result<(), DemoError> {
    let workers = workers.clamp(1, 8);
    let taken = AtomicUsize::new(0);
    let slots: Vec<Mutex<&mut T>> = all.iter_mut().map(Mutex::new).collect();
    let run_worker = || -> Result<(), DemoError> {
        while let Some(slot) = slots.get(taken.fetch_add(1, Ordering::SeqCst)) {
            work(&mut slot.lock().unwrap_or_else(PoisonError::into_inner))?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(run_worker)).collect();
        for worker in workers {
            worker
                .join()
                .map_err(|_| DemoError::Story("a thread panicked".into()))??;
        }
        Ok(())
    })
}
