//! The world in which plans are played: a company, three people of one team, and a link that obeys.

use kept_core::model::account::{AccountEdit, ContactDraft};
use kept_core::model::event::Performer;
use kept_core::model::ids::{DocId, ItemId};
use kept_core::model::people::Role;
use kept_core::model::visit::{Channel, UsageDraft, VisitEdit};
use kept_core::notebook::{AccountQuery, KeptError, PromiseEdit, PromisesQuery, TapDraft};
use kept_tests::{Company, Device, Story, account, phone, promise, quiesce, tap};

use crate::plan::{Deed, Fault, Step};

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
    pub fn begin(story: &Story) -> Self {
        let company = Company::found(story);
        let (alice, bob) = (company.alice(), company.bob());
        let ben = company.device("Ben", Role::Workshop, &["north"]);
        quiesce(&[&alice, &bob, &ben]);
        story.chapter("the plan");
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
    pub fn heal(&self) {
        for device in self.devices() {
            device.wire().online();
        }
    }

    /// A new phone of a person who was not there before.
    pub fn newcomer(&self) -> Device {
        self.company.device("Newcomer", Role::Office, &["north"])
    }

    /// Takes one step.
    pub fn take(&mut self, step: &Step) {
        self.count += 1;
        self.company.story().tell(format!("{step:?}"));
        match step {
            Step::Pass { minutes } => self.company.pass(i64::from(*minutes) * 60_000),
            Step::Sync { who, fault } => sync(self.devices()[*who], *fault),
            Step::Write { who, deed, pick } => {
                let made = write(
                    self.devices()[*who],
                    &self.devices(),
                    *deed,
                    *pick,
                    self.count,
                );
                self.created += made;
            }
        }
    }
}

fn sync(device: &Device, fault: Fault) {
    let wire = device.wire();
    wire.online();
    match fault {
        Fault::None => {}
        Fault::LoseRequest => wire.lose_requests(1),
        Fault::LoseAnswer => wire.lose_answers(1),
        Fault::CutAnswer(bytes) => wire.cut_answers_after(bytes),
        Fault::Duplicate => wire.duplicate(),
        Fault::SmallPages(bytes) => wire.rewrite(move |request| request.page_bytes = bytes),
        Fault::Reorder => wire.rewrite(|request| request.groups.reverse()),
        Fault::Partial(groups) => wire.rewrite(move |request| {
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
    deed: Deed,
    pick: usize,
    count: usize,
) -> usize {
    let notebook = device.notebook();
    let accounts = AccountQuery {
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
    let entries = notebook.incoming(1000).unwrap();
    let visits: Vec<DocId> = entries
        .iter()
        .filter(|entry| entry.kind == kept_core::notebook::EntryKind::Visit)
        .map(|entry| entry.id)
        .collect();
    let promises = PromisesQuery {
        open_only: false,
        mine: false,
        account: None,
        limit: 1000,
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
    match deed {
        Deed::Account => {
            notebook.create_account(account(&text)).unwrap();
            1
        }
        Deed::Notes => edit(&|id| {
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
        Deed::Phone => edit(&|_| AccountEdit::SetReach {
            reach: phone(&format!("+49 {pick}")),
        }),
        Deed::Contact => edit(&|_| AccountEdit::SetContact {
            contact: ContactDraft {
                id: Some(contact),
                name: "Adler".into(),
                role: text.clone(),
                ..ContactDraft::default()
            },
        }),
        Deed::ContactGoes => edit(&|_| AccountEdit::RemoveContact { id: contact }),
        Deed::Tag => edit(&|id| {
            let tags = notebook.account(id).unwrap().account.tags;
            let tag = format!("tag {}", pick % 3);
            if tags.contains(&tag) {
                AccountEdit::RemoveTag { tag }
            } else {
                AccountEdit::AddTag { tag }
            }
        }),
        Deed::Archive => edit(&|id| {
            if notebook.account(id).unwrap().account.archived {
                AccountEdit::Restore
            } else {
                AccountEdit::Archive
            }
        }),
        Deed::Visit => {
            let usage = UsageDraft {
                quote: text.clone(),
                ..UsageDraft::default()
            };
            let draft = TapDraft {
                usages: vec![usage],
                ..tap(choose(&accounts), &text)
            };
            notebook.log_visit(draft).unwrap();
            2
        }
        Deed::VisitText => {
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
        Deed::Promise => {
            let mut draft = promise(
                &text,
                everybody[pick % 3].person(),
                device.due_in(24 + pick as i64),
            );
            draft.account = choose(&accounts);
            notebook.make_promise(draft).unwrap();
            1
        }
        Deed::Accept => change(PromiseEdit::Accept),
        Deed::Agree => change(PromiseEdit::Agree {
            due: device.due_in(48 + pick as i64),
            words: text.clone(),
            contact: None,
            channel: Channel::Call,
            suggestion: None,
        }),
        Deed::Reassign => change(PromiseEdit::Reassign {
            performer: Performer::Person {
                person: everybody[pick % 3].person(),
            },
            reason: text.clone(),
        }),
        Deed::Fulfil => change(PromiseEdit::Fulfil {
            occurred_at: None,
            evidence: vec![],
        }),
    }
}
