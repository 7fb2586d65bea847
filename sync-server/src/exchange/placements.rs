//! The placements of documents: the home of a new one, how a known one's placement grows, and who may write it.
//!
//! Naming oneself in a new document's placement lets one write promises, and entries about oneself, outside one's
//! territory. Every other kind is begun by those who may write in its home; elsewhere it is held.

use std::collections::BTreeSet;

use kept_core::document::set_aside::DocumentSize;
use kept_core::model::ids::{Hash, PersonId, Team};
use kept_core::model::placement::{Placement, Scope};
use kept_core::model::registry::Colleague;
use kept_core::wire::{Group, Reason, ReasonCode};

use super::feed_writer::FeedWriter;
use super::group_checks::ChangeHeader;
use crate::log::{LogError, StoredPlacement};

/// A document of a group: where it was, and where it is once the group has entered.
pub(super) struct PlacedDocument {
    /// The placement with what the group adds, without the scopes that it enters and the changes that come.
    pub(super) stored: StoredPlacement,
    /// The scope that it lives in.
    pub(super) home: Scope,
    /// True if the author may write there, by the placement as it was.
    pub(super) may_write: bool,
}

impl PlacedDocument {
    /// A document that is here, and that no group writes now.
    pub(super) fn known(stored: StoredPlacement, home: Scope) -> Self {
        Self {
            stored,
            home,
            may_write: false,
        }
    }

    /// True if the log has nothing of the document yet.
    pub(super) fn is_new(&self) -> bool {
        self.stored.changes == 0
    }

    /// The scopes that it is in once the group has entered: home and shares.
    pub(super) fn scopes(&self) -> impl Iterator<Item = Scope> {
        std::iter::once(self.home.clone()).chain(self.stored.placement.shares())
    }
}

/// Works out the placement of the document that `changes` belong to; `author` wrote the document's first change
/// if it is new here.
///
/// The inner error says why the group is refused.
pub(super) fn resolve(
    feeds: &FeedWriter<'_>,
    group: &Group,
    changes: &[&ChangeHeader<'_>],
    writer: &Colleague,
    author: PersonId,
) -> Result<Result<PlacedDocument, Reason>, LogError> {
    let Some(first) = changes.first() else {
        return Err(LogError::Damaged(
            "a document without changes cannot be placed".into(),
        ));
    };
    let doc = first.change.doc;
    let wrong = |detail: &str| {
        Ok(Err(
            ReasonCode::WrongPlace.about(Some(first.change.hash), detail)
        ))
    };
    let mut given = group.places.iter().filter(|placement| placement.doc == doc);
    let (given, other) = (given.next(), given.next());
    if other.is_some() {
        return wrong("the group names two places for this document");
    }
    let given = given
        .map(|given| feeds.with_known_names(given))
        .transpose()?;
    let mut stored = match (feeds.placement(doc)?, &given) {
        (Some(stored), Some(given)) if stored.placement.kind != given.kind => {
            return wrong("the document is of another kind");
        }
        (Some(stored), _) => (*stored).clone(),
        (None, None) => return wrong("the group does not say where this new document is"),
        (None, Some(given)) => new_placement(feeds, group, given, writer, author)?,
    };
    let home = stored.placement.home(stored.author);
    let kind = stored.placement.kind;
    // A new document is shared with whom its author names: most kinds count only where they live.
    let shares = match stored.changes == 0 && !kind.is_begun_by_whom_it_names() {
        true => BTreeSet::new(),
        false => stored.placement.shares(),
    };
    let may_write = std::iter::once(home.clone())
        .chain(shares)
        .any(|scope| writer.may_write(kind, &scope));
    if let Some(given) = given {
        stored.placement.people.extend(given.people);
        stored.placement.pools.extend(given.pools);
        stored.placement.files.extend(given.files);
    }
    for header in changes {
        give_parent(&mut stored, header);
    }
    Ok(Ok(PlacedDocument {
        stored,
        home,
        may_write,
    }))
}

fn new_placement(
    feeds: &FeedWriter<'_>,
    group: &Group,
    given: &Placement,
    writer: &Colleague,
    author: PersonId,
) -> Result<StoredPlacement, LogError> {
    let mut placement = given.clone();
    placement.team = team(feeds, group, given, writer, 0)?;
    Ok(StoredPlacement {
        placement,
        author,
        parent_max_op: 0,
        parent_hash: None,
        changes: 0,
        size: Some(DocumentSize::default()),
        scopes: Vec::new(),
    })
}

/// The team of a new document: its parent's as it stands here, else the one it names if its author works
/// there, else its author's first.
fn team(
    feeds: &FeedWriter<'_>,
    group: &Group,
    given: &Placement,
    writer: &Colleague,
    depth: usize,
) -> Result<Option<Team>, LogError> {
    if let Some(parent) = given.parent {
        if let Some(stored) = feeds.placement(parent)? {
            return Ok(stored.placement.team.clone());
        }
        // A parent in the same group is new as well; placements that name each other in a circle end here.
        let beside = group
            .places
            .iter()
            .find(|placement| placement.doc == parent);
        if let Some(beside) = beside.filter(|_| depth < group.places.len()) {
            return team(feeds, group, beside, writer, depth + 1);
        }
    }
    let named = given
        .team
        .as_ref()
        .filter(|team| writer.role.runs_the_company() || writer.teams.contains(team));
    Ok(named.or(writer.teams.first()).cloned())
}

/// The parent is the one that the change with the greatest (max_op, hash) gave.
fn give_parent(stored: &mut StoredPlacement, header: &ChangeHeader<'_>) {
    let before = (
        stored.parent_max_op,
        stored.parent_hash.unwrap_or(Hash([0; 32])),
    );
    if header.change.parent.is_some() && (header.max_op, header.change.hash) > before {
        stored.placement.parent = header.change.parent;
        stored.parent_max_op = header.max_op;
        stored.parent_hash = Some(header.change.hash);
    }
}
