//! The keys of documents: containers, and the parts of flat keys. They are on disks and never change.

use crate::model::ids::ItemId;
use crate::model::unsettled::ChildKind;

/// The map of events that every document has.
pub(super) const EVENTS: &str = "events";
/// The map for the scalars of later versions that every document has.
pub const MORE: &str = "more";

/// Before the keys of `more` that say over how many groups a text is split, and which of them are here.
pub const PARTS: &str = "parts/";
/// The last part of the key that says how many there are.
pub(super) const OF: &str = "of";
/// The prefix of the name of a text that ends with a line break which its author did not write.
pub(super) const TEXT: &str = "text:";
/// The part of a child that says that it was removed.
pub(super) const GONE: &str = "gone";

/// The numbers and addresses of an account.
pub(super) const REACH: &str = "reach";
/// The people there.
pub(super) const CONTACTS: &str = "contacts";
/// Its sites.
pub(super) const SITES: &str = "sites";
/// Its machines.
pub(super) const ASSETS: &str = "assets";
/// Its labels.
pub(super) const TAGS: &str = "tags";
/// The lead times that it needs, keyed by kind of promise, so that two people who each say what is needed speak of one
/// thing.
pub(super) const NEEDS: &str = "needs";

/// The flat key of a child's part.
pub(super) fn part(item: ItemId, name: &str) -> String {
    format!("{item}/{name}")
}

/// The map that holds a kind of children.
pub(super) fn map_of(kind: ChildKind) -> &'static str {
    match kind {
        ChildKind::ContactPoint => REACH,
        ChildKind::Contact => CONTACTS,
        ChildKind::Site => SITES,
        ChildKind::Asset => ASSETS,
    }
}
