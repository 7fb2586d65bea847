//! The world in which plans are played: a company, three people of one team, and a link that obeys.

use kept_core::model::account::{AccountEdit, ContactDraft};
use kept_core::model::event::Performer;
use kept_core::model::ids::{DocId, ItemId};
use kept_core::model::registry::Role;
use kept_core::model::visit::{Channel, UsageDraft, VisitEdit};
use kept_core::notebook::{AccountListQuery, KeptError, PromiseEdit, PromiseListQuery, VisitEntry};
use kept_tests::{Company, Device, Scenario, account, main_phone, promise, quiesce, visit_entry};

use crate::plan::{EditKind, NetworkFault, PlanStep};

/// A company with three people of one team.
pub struct World {
    pub company: Company,
    pub alice: Device,
    bob: Device,
    ben: Device,
    /// Something different at every step, for texts that can be told apart.
    count: usize,
    created: usize,
}

impl World {
    /// Everybody has joined and knows the others.
    pub fn begin(scenario: &Scenario) -> Self {
        let company = Company::found(scenario);
        let (alice, bob) = (company.alice(), company.bob());
        let ben = company.device("Ben", Role::Workshop, &["north"]);
        quiesce(&[&alice, &bob, &ben]);
        scenario.step("the plan");
        Self {
            company,
            alice,
            bob,
            ben,
            count: 0,
            created: 0,
        }
    }

    /// Everybody.
    pub fn devices(&self) -> [&Device; 3] {
        [&self.alice, &self.bob, &self.ben]
    }

    /// The number of documents that were made.
    pub fn created(&self) -> usize {
        self.created
    }

    /// Nothing happens to links from now on.
    pub fn restore_network(&self) {
        for device in self.devices() {
            device.network().online();
        }
    }

    /// A new phone of a person who was not there before.
    pub fn newcomer(&self) -> Device {
        self.company.device("Newcomer", Role::Office, &["north"])
    }

    /// Takes one step.
    pub fn take(&mut self, step: &PlanStep) {
        self.count += 1;
        self.company.scenario().log(format!("{step:?}"));
        match step {
            PlanStep::Pass { minutes } => self.company.advance(i64::from(*minutes) * 60_000),
            PlanStep::Sync { who, fault } => sync(self.devices()[*who], *fault),
            PlanStep::Write {
                who,
                edit_kind,
                pick,
            } => {
                let made = write(
                    self.devices()[*who],
                    &self.devices(),
                    *edit_kind,
                    *pick,
                    self.count,
                );
                self.created += made;
            }
        }
    }
}

fn sync(device: &Device, fault: NetworkFault) {
    let wire = device.network();
    wire.online();
    match fault {
        NetworkFault::None => {}
        NetworkFault::LoseRequest => wire.lose_requests(1),
        NetworkFault::LoseAnswer => wire.lose_answers(1),
        NetworkFault::CutAnswer(bytes) => wire.cut_answers_after(bytes),
        NetworkFault::Duplicate => wire.duplicate(),
        NetworkFault::SmallPages(bytes) => wire.rewrite(move |request| request.page_bytes = bytes),
        NetworkFault::Reorder => wire.rewrite(|request| request.groups.reverse()),
        NetworkFault::Partial(groups) => wire.rewrite(move |request| {
            request.whole &= request.groups.len() <= groups;
            request.groups.truncate(groups);
        }),
    }
    match device.try_sync() {
        Ok(report) => assert_eq!((report.held, report.refused, report.forked), (0, 0, false)),
        Err(KeptError::Offline { .. }) => {}
        Err(other) => panic!("{}: {other:?}", device.name()),
    }
    wire.online();
}

/// Makes a person write; returns the number of documents that were made. Where there is nothing to write on, something
/// is made instead.
fn write(
    device: &Device,
    everybody: &[&Device; 3],
    edit_kind: EditKind,
    pick: usize,
    count: usize,
) -> usize {
    let notebook = device.notebook();
    let accounts = AccountListQuery {
        archived: true,
        limit: 1000,
        offset: 0,
    };
    let accounts: Vec<DocId> = notebook
        .accounts(accounts)
        .unwrap()
        .into_iter()
        .map(|a| a.id)
        .collect();
    let entries = notebook.latest_entries(1000, None, vec![]).unwrap();
    let visits: Vec<DocId> = entries
        .iter()
        .filter(|entry| entry.kind == kept_core::notebook::EntryKind::Visit)
        .map(|entry| entry.id)
        .collect();
    let promises = PromiseListQuery {
        open_only: false,
        mine: false,
        account: None,
        limit: 1000,
        offset: 0,
        kind: None,
    };
    let promises: Vec<DocId> = notebook
        .promises(promises)
        .unwrap()
        .into_iter()
        .map(|p| p.id)
        .collect();
    let choose = |among: &[DocId]| (!among.is_empty()).then(|| among[pick % among.len()]);
    let text = format!("{} at step {count}", device.name());
    let contact = ItemId([7; 16]);

    let edit = |edit: &dyn Fn(DocId) -> AccountEdit| match choose(&accounts) {
        Some(id) => {
            notebook.edit_account(id, vec![edit(id)]).unwrap();
            0
        }
        None => {
            notebook.create_account(account(&text)).unwrap();
            1
        }
    };
    let change = |edit: PromiseEdit| {
        if let Some(id) = choose(&promises) {
            notebook.change_promise(id, vec![edit]).unwrap();
        }
        0
    };
    match edit_kind {
        EditKind::Account => {
            notebook.create_account(account(&text)).unwrap();
            1
        }
        EditKind::Notes => edit(&|id| {
            let old = notebook.account(id).unwrap().account.notes;
            let at = old
                .char_indices()
                .map(|(at, _)| at)
                .nth(pick)
                .unwrap_or(old.len());
            AccountEdit::Notes {
                text: format!("{}{text}; {}", &old[..at], &old[at..]),
                was: None,
            }
        }),
        EditKind::Phone => edit(&|_| AccountEdit::SetContactPoint {
            contact_point: main_phone(&format!("+49 {pick}")),
        }),
        EditKind::Contact => edit(&|_| AccountEdit::SetContact {
            contact: ContactDraft {
                id: Some(contact),
                name: "Adler".into(),
                role: text.clone(),
                ..ContactDraft::default()
            },
        }),
        EditKind::ContactGoes => edit(&|_| AccountEdit::RemoveContact { id: contact }),
        EditKind::Tag => edit(&|id| {
            let tags = notebook.account(id).unwrap().account.tags;
            let tag = format!("tag {}", pick % 3);
            if tags.contains(&tag) {
                AccountEdit::RemoveTag { tag }
            } else {
                AccountEdit::AddTag { tag }
            }
        }),
        EditKind::Archive => edit(&|id| {
            if notebook.account(id).unwrap().account.archived {
                AccountEdit::Restore
            } else {
                AccountEdit::Archive
            }
        }),
        EditKind::Visit => {
            let usage = UsageDraft {
                quote: text.clone(),
                ..UsageDraft::default()
            };
            let draft = VisitEntry {
                usages: vec![usage],
                ..visit_entry(choose(&accounts), &text)
            };
            notebook.log_visit(draft).unwrap();
            2
        }
        EditKind::VisitText => {
            if let Some(id) = choose(&visits) {
                let said = format!("{} {text}", notebook.visit(id).unwrap().said);
                notebook
                    .edit_visit(
                        id,
                        vec![VisitEdit::Said {
                            text: said,
                            was: None,
                        }],
                    )
                    .unwrap();
            }
            0
        }
        EditKind::Promise => {
            let mut draft = promise(
                &text,
                everybody[pick % 3].person(),
                device.due_in(24 + pick as i64),
            );
            draft.account = choose(&accounts);
            notebook.make_promise(draft).unwrap();
            1
        }
        EditKind::Accept => change(PromiseEdit::Accept),
        EditKind::Agree => change(PromiseEdit::Agree {
            due: device.due_in(48 + pick as i64),
            words: text.clone(),
            contact: None,
            channel: Channel::Call,
            suggestion: None,
        }),
        EditKind::Reassign => change(PromiseEdit::Reassign {
            performer: Performer::Person {
                person: everybody[pick % 3].person(),
            },
            reason: text.clone(),
        }),
        EditKind::Fulfil => change(PromiseEdit::Fulfil {
            occurred_at: None,
            evidence: vec![],
        }),
    }
}
