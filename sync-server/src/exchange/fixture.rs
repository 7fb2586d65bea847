//! The fixture of the scenarios of the exchange: a company with its log, and phones that write documents and read
//! feeds. It stands beside the kit's phones, which are whole notebooks behind HTTP: these phones speak to the exchange
//! itself, and send what no notebook writes, such as documents without content, forged authors and broken groups.

use std::collections::BTreeMap;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ROOT};
use kept_core::ScriptedEnvironment;
use kept_core::environment::random_bytes;
use kept_core::limits;
use kept_core::model::ids::{Actor, DocId, GroupId, Hash, InstallationId, PersonId, Team};
use kept_core::model::placement::{DocumentKind, Placement};
use kept_core::model::registry::Role;
use kept_core::wire::{
    Change, Cursor, Group, GroupOutcome, JoinRequest, Reply, Request, Row, Ticket, checksum_of,
    row_kind,
};

use super::{Caller, CheckedRequest, ExchangeError, handle};
use crate::enrol::{self, Invitee};
use crate::fixture::{LogFixture, START};
use crate::keys::Keys;
use crate::log::{Organisation, SqliteLog};

/// A company: one log, its keys, a clock.
pub(crate) struct ExchangeFixture {
    pub(crate) log: SqliteLog,
    pub(crate) keys: Keys,
    pub(crate) environment: ScriptedEnvironment,
    pub(crate) organisation: Organisation,
    pub(crate) now: i64,
}

/// A phone: who holds it, what it has read, and its documents.
pub(crate) struct TestPhone {
    pub(crate) id: InstallationId,
    pub(crate) person: PersonId,
    pub(crate) actor: Actor,
    pub(crate) prev: Option<Ticket>,
    pub(crate) cursors: BTreeMap<u32, Cursor>,
    pub(crate) names: BTreeMap<u32, String>,
    pub(crate) rows: BTreeMap<u32, Vec<Row>>,
    pub(crate) docs: BTreeMap<DocId, Automerge>,
    made: u64,
}

pub(crate) fn team(name: &str) -> Team {
    name.parse().unwrap()
}

pub(crate) fn doc(number: u8) -> DocId {
    DocId([number; 16])
}

pub(crate) fn placement(number: u8, kind: DocumentKind, team_name: &str) -> Placement {
    Placement {
        team: Some(team(team_name)),
        ..Placement::new(doc(number), kind)
    }
}

pub(crate) fn outcome(reply: &Reply) -> &GroupOutcome {
    &reply.results[0].outcome
}

/// The codes of the reasons of a held or refused group.
pub(crate) fn codes(outcome: &GroupOutcome) -> Vec<u16> {
    match outcome {
        GroupOutcome::Held(reasons) | GroupOutcome::Refused(reasons) => {
            reasons.iter().map(|reason| reason.code).collect()
        }
        _ => vec![],
    }
}

impl ExchangeFixture {
    /// A bakery that Ann owns, with the team north.
    pub(crate) fn new() -> Self {
        let LogFixture {
            log,
            keys,
            environment,
            organisation,
            ..
        } = LogFixture::new(START);
        Self {
            log,
            keys,
            environment,
            organisation,
            now: START,
        }
    }

    /// The owner's phone.
    pub(crate) fn owner(&mut self) -> TestPhone {
        self.phone("Ann", None, &[], &[])
    }

    /// A technician's phone.
    pub(crate) fn technician(&mut self, name: &str, team: &str) -> TestPhone {
        self.phone(name, Some(Role::Technician), &[team], &[])
    }

    /// Adds a colleague and their phone.
    pub(crate) fn phone(
        &mut self,
        name: &str,
        role: Option<Role>,
        teams: &[&str],
        pools: &[&str],
    ) -> TestPhone {
        let invitee = Invitee {
            name: name.into(),
            role,
            teams: teams.iter().map(|name| team(name)).collect(),
            pools: pools.iter().map(|name| team(name)).collect(),
        };
        let id = self.organisation.id;
        let invited = enrol::invite(
            &mut self.log,
            &self.keys,
            &self.environment,
            id,
            &invitee,
            self.now,
        )
        .unwrap();
        let actor = Actor(random_bytes(&self.environment));
        let request = JoinRequest {
            version: limits::PROTOCOL,
            code: invited.code,
            label: format!("{name}'s phone"),
            actors: vec![actor],
            proof: None,
        };
        let joined = enrol::redeem(
            &mut self.log,
            &self.keys,
            &self.environment,
            &request,
            self.now,
        )
        .unwrap();
        TestPhone {
            id: joined.installation,
            person: joined.colleague.id,
            actor,
            prev: None,
            cursors: BTreeMap::new(),
            names: BTreeMap::new(),
            rows: BTreeMap::new(),
            docs: BTreeMap::new(),
            made: 0,
        }
    }

    /// Sends a request as it is.
    pub(crate) fn send(
        &mut self,
        phone: &TestPhone,
        request: &Request,
    ) -> Result<Reply, ExchangeError> {
        let caller = Caller::Device(phone.id);
        handle(
            &mut self.log,
            &self.keys,
            &self.environment,
            caller,
            &CheckedRequest::check(request)?,
            self.now,
        )
    }

    /// One exchange that arrives: the phone takes what it is told.
    pub(crate) fn exchange(&mut self, phone: &mut TestPhone, groups: Vec<Group>) -> Reply {
        let request = phone.request(self, groups);
        let reply = self.send(phone, &request).unwrap();
        phone.take(&reply);
        reply
    }

    /// Exchanges until the phone has read everything.
    pub(crate) fn catch_up(&mut self, phone: &mut TestPhone) {
        while self.exchange(phone, vec![]).more {}
    }
}

impl TestPhone {
    /// The next request, with everything that is unsent.
    pub(crate) fn request(&mut self, company: &ExchangeFixture, groups: Vec<Group>) -> Request {
        Request {
            version: limits::PROTOCOL,
            prev: self.prev,
            next: random_bytes::<16>(&company.environment).into(),
            actors: vec![],
            cursors: self.cursors.values().cloned().collect(),
            groups,
            whole: true,
            as_of: Some(company.now),
            presence_version: 0,
            samples_version: 0,
            wants: vec![],
            open: vec![],
            page_bytes: u32::MAX,
            push: None,
        }
    }

    /// Takes a reply, and checks on the way what every feed promises.
    pub(crate) fn take(&mut self, reply: &Reply) {
        assert!(!reply.forked);
        self.prev = Some(reply.echo);
        for page in &reply.pages {
            let rows = self.rows.entry(page.scope).or_default();
            let before = self.cursors.get(&page.scope).map_or(0, |cursor| cursor.seq);
            if page.after == 0 {
                rows.clear();
            } else {
                assert_eq!(page.after, before);
            }
            if let Some(name) = &page.name {
                self.names.insert(page.scope, name.clone());
            }
            for row in &page.rows {
                assert_eq!(row.seq, u64::try_from(rows.len()).unwrap() + 1, "dense");
                rows.push(row.clone());
            }
            let sum = rows.iter().filter_map(|row| row.hash).map(checksum_of);
            let sum = sum.fold(0u64, u64::wrapping_add);
            assert_eq!(page.checksum, sum, "the checksum can be recomputed");
            let cursor = Cursor {
                scope: page.scope,
                epoch: page.epoch,
                seq: u64::try_from(rows.len()).unwrap(),
                checksum: sum,
            };
            self.cursors.insert(page.scope, cursor);
        }
    }

    /// The rows of a scope, by its name.
    pub(crate) fn feed(&self, name: &str) -> &[Row] {
        let number = self
            .names
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(number, _)| *number);
        number
            .and_then(|number| self.rows.get(&number))
            .map_or(&[], Vec::as_slice)
    }

    /// The changes in a scope, by its name, in the order of the feed.
    pub(crate) fn hashes(&self, name: &str) -> Vec<Hash> {
        self.feed(name).iter().filter_map(|row| row.hash).collect()
    }

    /// Writes into a document and gives the change.
    pub(crate) fn write(&mut self, id: DocId) -> Change {
        self.write_text(id, "")
    }

    /// Writes a text into a document and gives the change.
    pub(crate) fn write_text(&mut self, id: DocId, text: &str) -> Change {
        self.made += 1;
        let actor = ActorId::from(self.actor.0);
        let document = self
            .docs
            .entry(id)
            .or_insert_with(|| Automerge::new().with_actor(actor));
        let mut transaction = document.transaction();
        // Automerge makes no change of a value that stands there already.
        let value = format!("{} {} {text}", self.id, self.made);
        transaction.put(ROOT, "value", value).unwrap();
        transaction.put(ROOT, "doc", id.0.to_vec()).unwrap();
        transaction.commit_with(CommitOptions::default().with_time(START));
        let change = document.get_last_local_change().unwrap();
        Change {
            doc: id,
            hash: Hash(change.hash().0),
            bytes: change.raw_bytes().to_vec().into(),
            parent: None,
            receipt: None,
        }
    }

    /// Takes changes of other devices into its documents.
    pub(crate) fn learn(&mut self, changes: &[Change]) {
        for change in changes {
            let actor = ActorId::from(self.actor.0);
            let document = self
                .docs
                .entry(change.doc)
                .or_insert_with(|| Automerge::new().with_actor(actor));
            let parsed = automerge::Change::from_bytes(change.bytes.to_vec()).unwrap();
            document.apply_changes([parsed]).unwrap();
        }
    }

    /// A group of changes with the placements of their documents.
    pub(crate) fn group(&mut self, changes: Vec<Change>, places: Vec<Placement>) -> Group {
        self.made += 1;
        let mut id = self.id.0;
        id[..8].copy_from_slice(&self.made.to_be_bytes());
        Group {
            id: GroupId(id),
            changes,
            places,
        }
    }

    /// A group with one change of one document.
    pub(crate) fn one(&mut self, placement: Placement) -> Group {
        let change = self.write(placement.doc);
        self.group(vec![change], vec![placement])
    }
}

/// Checks what holds for the feed of every scope: a document enters before its changes come, every change
/// comes after those that it depends on, no change comes twice, and the rows of a group stand together.
pub(crate) fn assert_sound(rows: &[Row]) {
    let mut entered: BTreeMap<DocId, u32> = BTreeMap::new();
    let mut seen: Vec<Hash> = Vec::new();
    for row in rows {
        if row.kind == row_kind::ENTERED {
            let control: kept_core::wire::Entered =
                minicbor::decode(row.control.as_ref().unwrap()).unwrap();
            let again = entered.insert(row.doc.unwrap(), control.rows);
            assert_eq!(again, None, "a document enters once");
        }
        let (Some(hash), Some(bytes)) = (row.hash, &row.bytes) else {
            continue;
        };
        assert!(entered.contains_key(&row.doc.unwrap()), "it entered before");
        assert!(!seen.contains(&hash), "a change comes once");
        let change = automerge::Change::from_bytes(bytes.to_vec()).unwrap();
        for dep in change.deps() {
            assert!(
                seen.contains(&Hash(dep.0)),
                "what it depends on came before"
            );
        }
        seen.push(hash);
    }
    for (id, promised) in entered {
        let came = rows
            .iter()
            .filter(|row| row.hash.is_some() && row.doc == Some(id))
            .count();
        assert!(
            came >= usize::try_from(promised).unwrap(),
            "as many rows as promised"
        );
    }
}
