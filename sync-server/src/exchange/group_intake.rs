//! The intake of one group: it is already here, refused, lacks something, is held, or is stored and entered into feeds.

use std::collections::{BTreeMap, BTreeSet};

use kept_core::document::set_aside::{DocumentSize, follows};
use kept_core::limits;
use kept_core::model::ids::{Actor, DocId, Hash, PersonId};
use kept_core::model::registry::{Colleague, Device};
use kept_core::model::time::Millis;
use kept_core::wire::{Change, Group, GroupOutcome, GroupResult, Reason, ReasonCode, Receipt};

use super::feed_writer::{FeedWriter, PendingRow, Unit};
use super::group_checks::{ChangeHeader, CheckedGroup};
use super::placements::{self, PlacedDocument};
use super::sharing;
use crate::keys::Keys;
use crate::log::{HeldChange, HeldGroup, LogError, StoredChange};

/// Takes the groups of one request, one after the other.
pub(super) struct GroupIntake<'d, 'a> {
    feeds: &'d mut FeedWriter<'a>,
    keys: &'d Keys,
    device: &'d Device,
    colleague: &'d Colleague,
    now: Millis,
    /// Changes of this request that were refused: what depends on them is refused too.
    refused: BTreeSet<Hash>,
    /// True if any change is held, which is rare: if false, no look-up for one is needed.
    any_held: bool,
    /// The bytes that are held of the device, once they were asked for.
    held_bytes: Option<u64>,
}

/// The findings about the changes of a group that are not stored yet.
#[derive(Default)]
struct Findings<'g> {
    fresh: Vec<&'g ChangeHeader<'g>>,
    /// The documents of these, and the numbers of their last operations.
    staged: BTreeMap<Hash, (DocId, u64)>,
    slots: BTreeMap<(DocId, Actor, u64), Hash>,
    refused: Vec<Reason>,
    missing: BTreeSet<Hash>,
    held: Vec<Reason>,
}

/// A change that the log does not have, and what it says of itself.
type UnknownChange<'g> = (&'g Change, &'g Result<ChangeHeader<'g>, Reason>);

/// The location of a change that another one depends on.
enum Dependency {
    /// In the document; its last operation has this number.
    Here(u64),
    Held,
    Refused,
    Elsewhere,
    Missing,
}

impl<'d, 'a> GroupIntake<'d, 'a> {
    /// For a device and its owner.
    pub(super) fn new(
        feeds: &'d mut FeedWriter<'a>,
        keys: &'d Keys,
        device: &'d Device,
        colleague: &'d Colleague,
        now: Millis,
    ) -> Result<Self, LogError> {
        let any_held = feeds.log.holds_any(feeds.organisation)?;
        Ok(Self {
            feeds,
            keys,
            device,
            colleague,
            now,
            refused: BTreeSet::new(),
            any_held,
            held_bytes: None,
        })
    }

    /// Takes one group, whole or not at all.
    pub(super) fn take(&mut self, read: &CheckedGroup<'_>) -> Result<GroupResult, LogError> {
        let group = read.group;
        let outcome = self.decide(read)?;
        if let GroupOutcome::Refused(_) = outcome {
            self.refused
                .extend(group.changes.iter().map(|change| change.hash));
        }
        Ok(GroupResult {
            id: group.id,
            outcome,
        })
    }

    fn decide(&mut self, read: &CheckedGroup<'_>) -> Result<GroupOutcome, LogError> {
        let group = read.group;
        if let Some(reason) = &read.too_large {
            return Ok(GroupOutcome::Refused(vec![reason.clone()]));
        }
        let mut findings = Findings::default();
        let unknown = self.unknown(read, &mut findings)?;
        if !findings.refused.is_empty() {
            return Ok(GroupOutcome::Refused(findings.refused));
        }
        if unknown.is_empty() {
            return Ok(GroupOutcome::Already);
        }
        if let Some(reasons) = self.reasons_if_all_held(&unknown)? {
            return Ok(GroupOutcome::Held(reasons));
        }
        for (change, header) in unknown {
            self.check_change(change, header, &mut findings)?;
        }
        if findings.refused.is_empty() {
            self.check_document_sizes(&mut findings)?;
        }
        if !findings.refused.is_empty() {
            return Ok(GroupOutcome::Refused(findings.refused));
        }
        if !findings.missing.is_empty() {
            return Ok(GroupOutcome::MissingDeps(
                findings.missing.into_iter().collect(),
            ));
        }
        let placed = match self.placement(group, &mut findings)? {
            Ok(placed) => placed,
            Err(reason) => return Ok(GroupOutcome::Refused(vec![reason])),
        };
        if findings.held.is_empty() {
            self.store(group, &findings.fresh, placed)?;
            Ok(GroupOutcome::Stored)
        } else {
            self.hold(group, findings)
        }
    }

    /// The changes of a group that the log does not have.
    fn unknown<'g>(
        &self,
        read: &'g CheckedGroup<'g>,
        findings: &mut Findings<'g>,
    ) -> Result<Vec<UnknownChange<'g>>, LogError> {
        let mut unknown = Vec::new();
        for (change, header) in read.group.changes.iter().zip(&read.changes) {
            match self.feeds.document_of(change.hash)? {
                None => unknown.push((change, header)),
                Some((doc, _)) if doc == change.doc => {}
                Some(_) => {
                    let reason = ReasonCode::WrongPlace
                        .about(Some(change.hash), "it belongs to another document");
                    findings.refused.push(reason);
                }
            }
        }
        Ok(unknown)
    }

    /// The reasons for which these changes are held; None unless all of them are.
    fn reasons_if_all_held(
        &self,
        changes: &[UnknownChange<'_>],
    ) -> Result<Option<Vec<Reason>>, LogError> {
        let mut groups = BTreeSet::new();
        for (change, _) in changes {
            match self.held(change.hash)? {
                Some(held) => groups.insert(held.group),
                None => return Ok(None),
            };
        }
        let mut reasons = Vec::new();
        for group in groups {
            let held = self.feeds.log.held_group(self.feeds.organisation, group)?;
            reasons.extend(held.into_iter().flat_map(|held| held.reasons));
        }
        Ok(Some(reasons))
    }

    fn check_change<'g>(
        &self,
        change: &'g Change,
        header: &'g Result<ChangeHeader<'g>, Reason>,
        findings: &mut Findings<'g>,
    ) -> Result<(), LogError> {
        if findings.staged.contains_key(&change.hash) {
            return Ok(());
        }
        let header = match header {
            Ok(header) => header,
            Err(reason) => {
                findings.refused.push(reason.clone());
                return Ok(());
            }
        };
        if let Some(held) = self.held(change.hash)? {
            let reason = ReasonCode::DependsOnHeld
                .about(Some(change.hash), format!("held with group {}", held.group));
            findings.held.push(reason);
            return Ok(());
        }
        if let Some(reason) = self.refusal(header, findings)? {
            findings.refused.push(reason);
            return Ok(());
        }
        findings
            .staged
            .insert(change.hash, (change.doc, header.max_op));
        findings
            .slots
            .insert((change.doc, header.actor, header.seq), change.hash);
        findings.fresh.push(header);
        Ok(())
    }

    /// The reason for which a change that reads well is refused; None if it is not. Notes what it lacks and what holds
    /// it.
    fn refusal(
        &self,
        header: &ChangeHeader<'_>,
        findings: &mut Findings<'_>,
    ) -> Result<Option<Reason>, LogError> {
        let (doc, hash) = (header.change.doc, header.change.hash);
        let refuse = |code: ReasonCode, detail: &str| Ok(Some(code.about(Some(hash), detail)));
        if !self.may_bring(header.actor)? && self.proof(header.change).is_none() {
            if self.device.actors.len() >= limits::DEVICE_ACTORS {
                let most = limits::DEVICE_ACTORS;
                let detail = format!("its actor is not one of the {most} that a device may have");
                return refuse(ReasonCode::WrongActor, &detail);
            }
            return refuse(
                ReasonCode::WrongActor,
                "its actor is not one of this device",
            );
        }
        if self
            .slot(findings, doc, header.actor, header.seq)?
            .is_some()
        {
            return refuse(
                ReasonCode::SequenceTaken,
                "another change stands at its place of the actor's sequence",
            );
        }
        if header.deps.is_empty() {
            let begun = self.feeds.placement(doc)?.is_some()
                || findings.staged.values().any(|(staged, _)| *staged == doc);
            if begun {
                return refuse(
                    ReasonCode::NotFirst,
                    "the document has a first change already",
                );
            }
        }
        let mut complete = true;
        // The last operation that it builds on, where all of that is in the document.
        let (mut last, mut numbered) = (None, true);
        for dep in &header.deps {
            match self.dependency(findings, doc, *dep)? {
                Dependency::Here(max_op) => last = last.max(Some(max_op)),
                Dependency::Held => {
                    let reason =
                        ReasonCode::DependsOnHeld.about(Some(hash), format!("it depends on {dep}"));
                    findings.held.push(reason);
                    numbered = false;
                }
                Dependency::Refused => {
                    return Ok(Some(
                        ReasonCode::DependsOnRefused
                            .about(Some(hash), format!("it depends on {dep}")),
                    ));
                }
                Dependency::Elsewhere => {
                    return refuse(
                        ReasonCode::WrongPlace,
                        "it depends on a change of another document",
                    );
                }
                Dependency::Missing => {
                    findings.missing.insert(*dep);
                    complete = false;
                }
            }
        }
        if complete && numbered && !follows(header.start_op, last) {
            return refuse(
                ReasonCode::Malformed,
                "its operations are numbered far beyond those that it builds on",
            );
        }
        // An honest change depends on its actor's last one; Automerge refuses whole batches over a gap.
        let gap = header.seq > 1
            && self
                .slot(findings, doc, header.actor, header.seq - 1)?
                .is_none();
        if complete && gap {
            return refuse(
                ReasonCode::Malformed,
                "its actor's change before it is not in the document",
            );
        }
        Ok(None)
    }

    /// True if the device may bring what an actor wrote: its own, or one of another device of the same person, for a copy
    /// of that one, or one that joined again, hands in what was not sent.
    fn may_bring(&self, actor: Actor) -> Result<bool, LogError> {
        if self.device.actors.contains(&actor) {
            return Ok(true);
        }
        let log = self.feeds.log;
        let Some(bound) = log.actor(self.feeds.organisation, actor)? else {
            return Ok(false);
        };
        let same_person = |device: &Device| device.person == self.device.person && !device.server;
        Ok(log
            .device(bound)?
            .is_some_and(|(_, device)| same_person(&device)))
    }

    /// Refuses what would make a document larger than its bytes allow.
    fn check_document_sizes(&self, findings: &mut Findings<'_>) -> Result<(), LogError> {
        let mut sizes: BTreeMap<DocId, DocumentSize> = BTreeMap::new();
        for header in &findings.fresh {
            let size = sizes.entry(header.change.doc).or_default();
            *size = size.with(header.size);
        }
        for (doc, new) in sizes {
            if !self.feeds.size(doc)?.with(new).fits_document() {
                let first = findings.fresh.iter().find(|f| f.change.doc == doc);
                findings.refused.push(ReasonCode::TooManyOperations.about(
                    first.map(|header| header.change.hash),
                    format!("the document {doc} has more operations than its bytes allow"),
                ));
            }
        }
        Ok(())
    }

    /// The group that a change is held with.
    fn held(&self, hash: Hash) -> Result<Option<HeldChange>, LogError> {
        if self.any_held {
            self.feeds.log.held_change(self.feeds.organisation, hash)
        } else {
            Ok(None)
        }
    }

    fn slot(
        &self,
        findings: &Findings<'_>,
        doc: DocId,
        actor: Actor,
        seq: u64,
    ) -> Result<Option<Hash>, LogError> {
        match findings.slots.get(&(doc, actor, seq)) {
            Some(hash) => Ok(Some(*hash)),
            // Nothing of the document is here.
            None if !self.any_held && self.feeds.placement(doc)?.is_none() => Ok(None),
            None => self.feeds.change_at((doc, actor, seq), self.any_held),
        }
    }

    fn dependency(
        &self,
        findings: &Findings<'_>,
        doc: DocId,
        dep: Hash,
    ) -> Result<Dependency, LogError> {
        let staged = findings.staged.get(&dep).copied();
        let known = match staged {
            Some(known) => Some(known),
            None => self.feeds.document_of(dep)?,
        };
        if let Some(known) = known {
            let (known, max_op) = known;
            return Ok(if known == doc {
                Dependency::Here(max_op)
            } else {
                Dependency::Elsewhere
            });
        }
        if let Some(held) = self.held(dep)? {
            return Ok(if held.doc == doc {
                Dependency::Held
            } else {
                Dependency::Elsewhere
            });
        }
        let refused = self.refused.contains(&dep)
            || findings
                .refused
                .iter()
                .any(|reason| reason.hash == Some(dep));
        Ok(if refused {
            Dependency::Refused
        } else {
            Dependency::Missing
        })
    }

    /// The receipt that a change brings along, if it is genuine: the change was stored before, and a device gives it
    /// back.
    fn proof<'g>(&self, change: &'g Change) -> Option<&'g Receipt> {
        let genuine = |receipt: &&Receipt| {
            self.keys
                .is_receipt(self.feeds.organisation, change.doc, change.hash, receipt)
        };
        change.receipt.as_ref().filter(genuine)
    }

    /// Works out the placements of a group's documents, in the order in which the group names them, and notes
    /// where its author may not write.
    fn placement(
        &self,
        group: &Group,
        findings: &mut Findings<'_>,
    ) -> Result<Result<Vec<PlacedDocument>, Reason>, LogError> {
        let mut docs: Vec<DocId> = Vec::new();
        for header in &findings.fresh {
            if !docs.contains(&header.change.doc) {
                docs.push(header.change.doc);
            }
        }
        let mut placed = Vec::new();
        for doc in docs {
            let changes: Vec<&ChangeHeader<'_>> = findings
                .fresh
                .iter()
                .copied()
                .filter(|header| header.change.doc == doc)
                .collect();
            // A held first change leaves the document without a placement here: then this group is held as well.
            let author = self.author(&changes)?;
            let resolved =
                match placements::resolve(self.feeds, group, &changes, self.colleague, author)? {
                    Ok(resolved) => resolved,
                    Err(_) if !findings.held.is_empty() => continue,
                    Err(reason) => return Ok(Err(reason)),
                };
            let own = changes
                .iter()
                .find(|header| self.proof(header.change).is_none());
            if let Some(own) = own.filter(|_| !resolved.may_write) {
                let detail = format!("{} may not write in {}", self.colleague.name, resolved.home);
                findings
                    .held
                    .push(ReasonCode::MayNotWrite.about(Some(own.change.hash), detail));
            }
            placed.push(resolved);
        }
        Ok(Ok(placed))
    }

    /// The author of a new document's first change: the owner of the device that its receipt names, else the colleague
    /// who brings it.
    fn author(&self, changes: &[&ChangeHeader<'_>]) -> Result<PersonId, LogError> {
        let proof = changes.first().and_then(|header| self.proof(header.change));
        let device = match proof {
            Some(receipt) => self.feeds.log.device(receipt.installation)?,
            None => None,
        };
        Ok(device.map_or(self.colleague.id, |(_, device)| device.person))
    }

    fn store(
        &mut self,
        group: &Group,
        fresh: &[&ChangeHeader<'_>],
        placed: Vec<PlacedDocument>,
    ) -> Result<(), LogError> {
        let mut units: BTreeMap<u32, Unit> = BTreeMap::new();
        let mut scopes_of: BTreeMap<DocId, Vec<u32>> = BTreeMap::new();
        for mut document in placed {
            let doc = document.stored.placement.doc;
            let fresh = fresh.iter().filter(|header| header.change.doc == doc);
            let size = fresh.clone().map(|header| header.size);
            let size = size.fold(self.feeds.size(doc)?, DocumentSize::with);
            let new = u32::try_from(fresh.count()).unwrap_or(u32::MAX);
            sharing::enter_scopes(self.feeds, &mut document, new, &mut units)?;
            let mut stored = document.stored;
            stored.changes = stored.changes.saturating_add(new);
            stored.size = Some(size);
            scopes_of.insert(doc, stored.scopes.clone());
            self.feeds.put_placement(stored);
        }
        for header in fresh {
            let change = header.change;
            self.feeds.add_change(self.stored(group, header));
            for scope in scopes_of.get(&change.doc).into_iter().flatten() {
                let unit = units.entry(*scope).or_default();
                unit.push(PendingRow::change(change.doc, change.hash, group.id));
            }
        }
        for (scope, unit) in units {
            self.feeds.push(scope, unit);
        }
        Ok(())
    }

    fn stored(&self, group: &Group, header: &ChangeHeader<'_>) -> StoredChange {
        let change = header.change;
        let receipt = self.proof(change).cloned().unwrap_or_else(|| {
            let organisation = self.feeds.organisation;
            self.keys.receipt(
                organisation,
                change.doc,
                change.hash,
                self.device.id,
                self.now,
            )
        });
        StoredChange {
            doc: change.doc,
            hash: change.hash,
            actor: header.actor,
            seq: header.seq,
            max_op: header.max_op,
            bytes: change.bytes.to_vec(),
            receipt,
            group: group.id,
        }
    }

    /// Stores a group aside.
    fn hold(&mut self, group: &Group, findings: Findings<'_>) -> Result<GroupOutcome, LogError> {
        let (log, organisation) = (self.feeds.log, self.feeds.organisation);
        if log.held_group(organisation, group.id)?.is_some() {
            let reason = ReasonCode::Malformed.about(None, "another group is held under this id");
            return Ok(GroupOutcome::Refused(vec![reason]));
        }
        let encoded = minicbor::to_vec(group).map_err(|e| LogError::Damaged(e.to_string()))?;
        let bytes = encoded.len() as u64;
        let bytes = match self.held_bytes {
            Some(before) => before.saturating_add(bytes),
            None => log
                .held_bytes(organisation, self.device.id)?
                .saturating_add(bytes),
        };
        if bytes > limits::HELD_BYTES {
            let detail = format!("at most {} bytes of a device are held", limits::HELD_BYTES);
            let reason = ReasonCode::TooMuchHeld.about(None, detail);
            return Ok(GroupOutcome::Refused(vec![reason]));
        }
        self.held_bytes = Some(bytes);
        let held = HeldGroup {
            group: group.clone(),
            installation: self.device.id,
            received_at: self.now,
            reasons: findings.held,
        };
        let changes: Vec<HeldChange> = findings
            .fresh
            .iter()
            .map(|header| HeldChange {
                hash: header.change.hash,
                doc: header.change.doc,
                actor: header.actor,
                seq: header.seq,
                group: group.id,
            })
            .collect();
        log.insert_held(organisation, &held, &changes)?;
        self.any_held = true;
        Ok(GroupOutcome::Held(held.reasons))
    }
}
