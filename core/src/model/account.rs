//! A customer: organisation or household. The numbers, people, sites and machines that belong to it are its `children`.
//!
//! Phones fill the drafts: a new field of one stands last and has a `uniffi(default)`, or it breaks them.

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::authored::Authorship;
use super::edit::Parts;
use super::ids::{DocId, ItemId, Team};
use super::lead_time::{LeadTime, RequiredLeadTime};
use super::unsettled::{ChildKind, Unsettled};

mod children;

pub use children::{
    Asset, AssetDraft, Contact, ContactDraft, ContactPoint, ContactPointDraft, ContactPointKind,
    Site, SiteDraft,
};

/// The form of an account: company or person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum AccountForm {
    /// A company, a public body, a club.
    #[default]
    #[n(0)]
    Organisation,
    /// A person or a household.
    #[n(1)]
    Person,
}

/// An account to be created.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct AccountDraft {
    /// The customer's name.
    #[n(0)]
    pub name: String,
    /// Company or person.
    #[n(1)]
    pub form: AccountForm,
    /// The source in which an import found it; importing the same again adds nothing.
    #[n(2)]
    #[uniffi(default = None)]
    pub source: Option<String>,
    /// Labels.
    #[n(3)]
    #[uniffi(default = [])]
    pub tags: Vec<String>,
    /// Notes.
    #[n(4)]
    #[uniffi(default = "")]
    pub notes: String,
    /// The uses that they have for our product.
    #[n(5)]
    #[uniffi(default = "")]
    pub uses: String,
    /// The things that must never fail.
    #[n(6)]
    #[uniffi(default = "")]
    pub must_not_fail: String,
    /// The telephone numbers and addresses under which to reach them.
    #[n(7)]
    #[uniffi(default = [])]
    pub contact_points: Vec<ContactPointDraft>,
    /// The people there.
    #[n(8)]
    #[uniffi(default = [])]
    pub contacts: Vec<ContactDraft>,
    /// Their places.
    #[n(9)]
    #[uniffi(default = [])]
    pub sites: Vec<SiteDraft>,
    /// Their machines.
    #[n(10)]
    #[uniffi(default = [])]
    pub assets: Vec<AssetDraft>,
    /// A person's birthday, as described at [`Account::birthday`]; empty if not known.
    #[cbor(n(30), default)]
    #[uniffi(default = "")]
    pub birthday: String,
    /// A person's job title; empty if not known.
    #[cbor(n(31), default)]
    #[uniffi(default = "")]
    pub title: String,
    /// The customer's further names.
    #[cbor(n(32), default)]
    #[uniffi(default = [])]
    pub also_called: Vec<String>,
}

/// One change to an account.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
pub enum AccountEdit {
    /// Renames it.
    #[n(0)]
    Name {
        /// The new name.
        #[n(0)]
        name: String,
    },
    /// Makes it a company or a person.
    #[n(1)]
    Form {
        /// The new form.
        #[n(0)]
        form: AccountForm,
    },
    /// Rewrites the notes, by sentence; sentences that others wrote meanwhile stay.
    #[n(2)]
    Notes {
        /// The whole text.
        #[n(0)]
        text: String,
        /// The text that the screen showed; none: the text as it stands.
        #[n(1)]
        #[uniffi(default = None)]
        was: Option<String>,
    },
    /// Rewrites the uses that they have for our product.
    #[n(3)]
    Uses {
        /// The whole text.
        #[n(0)]
        text: String,
        /// The answer that the screen showed: if another one stands there by now, the edit is refused. None: whatever
        /// stands there goes.
        #[n(1)]
        #[uniffi(default = None)]
        was: Option<String>,
    },
    /// Rewrites the things that must never fail.
    #[n(4)]
    MustNotFail {
        /// The whole text.
        #[n(0)]
        text: String,
        /// The answer that the screen showed: if another one stands there by now, the edit is refused. None: whatever
        /// stands there goes.
        #[n(1)]
        #[uniffi(default = None)]
        was: Option<String>,
    },
    /// Adds a label.
    #[n(5)]
    AddTag {
        /// The label.
        #[n(0)]
        tag: String,
    },
    /// Removes a label.
    #[n(6)]
    RemoveTag {
        /// The label.
        #[n(0)]
        tag: String,
    },
    /// Sets a number or address; also chooses between several.
    #[n(7)]
    SetContactPoint {
        /// The number or address.
        #[n(0)]
        contact_point: ContactPointDraft,
    },
    /// Removes a number or address.
    #[n(8)]
    RemoveContactPoint {
        /// The item.
        #[n(0)]
        id: ItemId,
    },
    /// Sets a contact.
    #[n(9)]
    SetContact {
        /// The contact.
        #[n(0)]
        contact: ContactDraft,
    },
    /// Removes a contact.
    #[n(10)]
    RemoveContact {
        /// The contact's item.
        #[n(0)]
        id: ItemId,
    },
    /// Sets a site.
    #[n(11)]
    SetSite {
        /// The site.
        #[n(0)]
        site: SiteDraft,
    },
    /// Removes a site.
    #[n(12)]
    RemoveSite {
        /// The site's item.
        #[n(0)]
        id: ItemId,
    },
    /// Sets an asset.
    #[n(13)]
    SetAsset {
        /// The asset.
        #[n(0)]
        asset: AssetDraft,
    },
    /// Removes an asset.
    #[n(14)]
    RemoveAsset {
        /// The asset's item.
        #[n(0)]
        id: ItemId,
    },
    /// Puts the account away; an edit made without seeing it beats it.
    #[n(15)]
    Archive,
    /// Takes it out again.
    #[n(16)]
    Restore,
    /// Keeps a child that one person removed while another went on with it.
    #[n(17)]
    Keep {
        /// The kind of child.
        #[n(0)]
        kind: ChildKind,
        /// The child's item.
        #[n(1)]
        id: ItemId,
    },
    /// Sets the lead time within which they need a kind of promise; also chooses between several.
    #[n(18)]
    RequiredLeadTime {
        /// The kind.
        #[n(0)]
        kind: String,
        /// The lead time that they need.
        #[n(1)]
        within: LeadTime,
    },
    /// Takes back that they need it within a time; a time that another author gives meanwhile stays.
    #[n(19)]
    DropRequiredLeadTime {
        /// The kind.
        #[n(0)]
        kind: String,
    },
    /// Settles which versions of a sentence of the notes stand.
    #[n(24)]
    SettleSentence {
        /// The sentence, as [`Unsettled`] names it.
        #[n(0)]
        ancestor: String,
        /// The versions that stand; none: the sentence goes.
        #[n(1)]
        keep: Vec<String>,
    },
    /// Sets a person's birthday, as described at [`Account::birthday`]; empty takes it back.
    #[n(30)]
    Birthday {
        /// The birthday.
        #[n(0)]
        birthday: String,
    },
    /// Sets a person's job title; empty takes it back.
    #[n(31)]
    Title {
        /// The title.
        #[n(0)]
        title: String,
    },
    /// Sets the customer's further names.
    #[n(32)]
    AlsoCalled {
        /// All of them.
        #[n(0)]
        names: Vec<String>,
    },
    /// Notes that an import found a card of the customer itself.
    #[n(33)]
    AddSource {
        /// The source, as described at [`Account::source`].
        #[n(0)]
        source: String,
    },
}

impl AccountEdit {
    /// The text that the screen showed, of an edit of a text that merges by sentence, or of a short answer; None: the text
    /// as it stands.
    pub fn was(&self) -> Option<&str> {
        match self {
            Self::Notes { was, .. } | Self::Uses { was, .. } | Self::MustNotFail { was, .. } => {
                was.as_deref()
            }
            _ => None,
        }
    }
}

/// A customer in full.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Account {
    /// The document.
    #[n(0)]
    pub id: DocId,
    /// The customer's name.
    #[n(1)]
    pub name: String,
    /// Company or person.
    #[n(2)]
    pub form: AccountForm,
    /// The source in which an import found it.
    #[n(3)]
    pub source: Option<String>,
    /// The team that looks after it.
    #[n(4)]
    pub team: Option<Team>,
    /// Labels, in alphabetical order.
    #[n(5)]
    pub tags: Vec<String>,
    /// Notes.
    #[n(6)]
    pub notes: String,
    /// The uses that they have for our product.
    #[n(7)]
    pub uses: String,
    /// The things that must never fail.
    #[n(8)]
    pub must_not_fail: String,
    /// The telephone numbers and addresses under which to reach them.
    #[n(9)]
    #[serde(rename = "reaches")]
    pub contact_points: Vec<ContactPoint>,
    /// The people there.
    #[n(10)]
    pub contacts: Vec<Contact>,
    /// Their places.
    #[n(11)]
    pub sites: Vec<Site>,
    /// Their machines.
    #[n(12)]
    pub assets: Vec<Asset>,
    /// Put away.
    #[n(13)]
    pub archived: bool,
    /// The person who created it, and the time.
    #[n(14)]
    pub created: Authorship,
    /// The values that stand side by side and wait to be settled, beside those of numbers and addresses; None if there
    /// are none.
    #[n(15)]
    pub unsettled: Option<Unsettled>,
    /// The lead times that they need, one entry for each kind of promise, sorted by kind.
    #[n(16)]
    pub needs: Vec<RequiredLeadTime>,
    /// The share of its parts that is here; None if all of it is.
    #[n(17)]
    pub parts: Option<Parts>,
    /// A person's birthday: `YYYY-MM-DD`, `--MM-DD` without a year, `YYYY-MM` or `YYYY`, else as it was entered; empty
    /// if not known.
    #[cbor(n(30), default)]
    pub birthday: String,
    /// A person's job title; empty if not known.
    #[cbor(n(31), default)]
    pub title: String,
    /// The customer's further names.
    #[cbor(n(32), default)]
    pub also_called: Vec<String>,
    /// The sources in which imports found the customer, beside `source`.
    #[cbor(n(33), default)]
    pub further_sources: Vec<String>,
}

impl Account {
    /// An account of which nothing is known but its author.
    pub fn empty(id: DocId, created: Authorship) -> Self {
        Self {
            id,
            name: String::new(),
            form: AccountForm::Organisation,
            source: None,
            team: None,
            tags: vec![],
            notes: String::new(),
            uses: String::new(),
            must_not_fail: String::new(),
            contact_points: vec![],
            contacts: vec![],
            sites: vec![],
            assets: vec![],
            archived: false,
            created,
            unsettled: None,
            needs: vec![],
            parts: None,
            birthday: String::new(),
            title: String::new(),
            also_called: vec![],
            further_sources: vec![],
        }
    }
}
