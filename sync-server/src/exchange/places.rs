//! The places of documents: the home of a new one, how a known one's place grows, and who may write it.
//!
//! Naming oneself in a new document's place lets one write promises, and entries about oneself, outside one's
//! territory. Every other kind is begun by those who may write in its home; elsewhere it is held.

use std::collections::BTreeSet;

use kept_core::document::set_aside::Size;
use kept_core::model::ids::{Hash, PersonId, Team};
use kept_core::model::people::Colleague;
use kept_core::model::place::{Place, Scope};
use kept_core::wire::{Group, Reason, ReasonCode};

use super::checks::Facts;
use super::feeds::Feeds;
use crate::log::{LogError, StoredPlace};

/// A document of a group: where it was, and where it is once the group has entered.
pub(super) struct Placed {
    /// The place with what the group adds, without the scopes that it enters and the changes that come.
    pub(super) stored: StoredPlace,
    /// The scope that it lives in.
    pub(super) home: Scope,
    /// True if the author may write there, by the place as it was.
    pub(super) may_write: bool,
}

impl Placed {
    /// A document that is here, and that no group writes now.
    pub(super) fn known(stored: StoredPlace, home: Scope) -> Self {
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
        std::iter::once(self.home.clone()).chain(self.stored.place.shares())
    }
}

/// Works out the place of the document that `changes` belong to; `author` wrote the document's first change
/// if it is new here.
///
/// The inner error says why the group is refused.
pub(super) fn resolve(
    feeds: &Feeds<'_>,
    group: &Group,
    changes: &[&Facts<'_>],
    writer: &Colleague,
    author: PersonId,
) -> Result<Result<Placed, Reason>, LogError> {
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
    let mut given = group.places.iter().filter(|place| place.doc == doc);
    let (given, other) = (given.next(), given.next());
    if other.is_some() {
        return wrong("the group names two places for this document");
    }
    let given = given.map(|given| feeds.named(given)).transpose()?;
    let mut stored = match (feeds.place(doc)?, &given) {
        (Some(stored), Some(given)) if stored.place.kind != given.kind => {
            return wrong("the document is of another kind");
        }
        (Some(stored), _) => (*stored).clone(),
        (None, None) => return wrong("the group does not say where this new document is"),
        (None, Some(given)) => new_place(feeds, group, given, writer, author)?,
    };
    let home = stored.place.home(stored.author);
    let kind = stored.place.kind;
    // A new document is shared with whom its author names: most kinds count only where they live.
    let shares = match stored.changes == 0 && !kind.is_begun_by_whom_it_names() {
        true => BTreeSet::new(),
        false => stored.place.shares(),
    };
    let may_write = std::iter::once(home.clone())
        .chain(shares)
        .any(|scope| writer.may_write(kind, &scope));
    if let Some(given) = given {
        stored.place.people.extend(given.people);
        stored.place.pools.extend(given.pools);
        stored.place.files.extend(given.files);
    }
    for facts in changes {
        give_parent(&mut stored, facts);
    }
    Ok(Ok(Placed {
        stored,
        home,
        may_write,
    }))
}

fn new_place(
    feeds: &Feeds<'_>,
    group: &Group,
    given: &Place,
    writer: &Colleague,
    author: PersonId,
) -> Result<StoredPlace, LogError> {
    let mut place = given.clone();
    place.team = team(feeds, group, given, writer, 0)?;
    Ok(StoredPlace {
        place,
        author,
        parent_max_op: 0,
        parent_hash: None,
        changes: 0,
        size: Some(Size::default()),
        scopes: Vec::new(),
    })
}

/// The team of a new document: its parent's as it stands here, else the one it names if its author works
/// there, else its author's first.
fn team(
    feeds: &Feeds<'_>,
    group: &Group,
    given: &Place,
    writer: &Colleague,
    depth: usize,
) -> Result<Option<Team>, LogError> {
    if let Some(parent) = given.parent {
        if let Some(stored) = feeds.place(parent)? {
            return Ok(stored.place.team.clone());
        }
        // A parent in the same group is new as well; places that name each other in a circle end here.
        let beside = group.places.iter().find(|place| place.doc == parent);
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
fn give_parent(stored: &mut StoredPlace, facts: &Facts<'_>) {
    let before = (
        stored.parent_max_op,
        stored.parent_hash.unwrap_or(Hash([0; 32])),
    );
    if facts.change.parent.is_some() && (facts.max_op, facts.change.hash) > before {
        stored.place.parent = facts.change.parent;
        stored.parent_max_op = facts.max_op;
        stored.parent_hash = Some(facts.change.hash);
    }
}
