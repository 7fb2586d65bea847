//! A customer: organisation or household, with the people, sites and machines that belong to it.
//!
//! Phones fill the drafts: a new field of one stands last and has a `uniffi(default)`, or it breaks them.

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::authored::{AuthoredValue, Authorship};
use super::edit::Parts;
use super::ids::{DocId, ItemId, Team};
use super::lead_time::{LeadTime, RequiredLeadTime};
use super::unsettled::{ChildKind, Unsettled};

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

/// A kind of way to reach a customer.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, uniffi::Enum,
)]
#[serde(rename_all = "snake_case")]
pub enum ContactPointKind {
    /// A telephone number.
    #[n(0)]
    Phone,
    /// An e-mail address.
    #[n(1)]
    Email,
    /// A postal address, in one or more lines.
    #[n(2)]
    Address,
    /// A web page.
    #[n(3)]
    Web,
}

impl ContactPointKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Phone, Self::Email, Self::Address, Self::Web];

    /// The kind's name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Address => "address",
            Self::Web => "web",
        }
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The item that holds an account's main number or address of this kind.
    ///
    /// It is the same on every device, so that two people who each enter "the phone number" without
    /// seeing each other have given two values for one thing, to be settled, and not two things.
    pub fn main_item(self) -> ItemId {
        let mut id = [0; 16];
        id[15] = match self {
            Self::Phone => 1,
            Self::Email => 2,
            Self::Address => 3,
            Self::Web => 4,
        };
        ItemId(id)
    }
}

/// A number or address to be entered.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct ContactPointDraft {
    /// The item to be set; None makes a new one.
    #[n(0)]
    #[uniffi(default = None)]
    pub id: Option<ItemId>,
    /// The kind of way.
    #[n(1)]
    pub kind: ContactPointKind,
    /// "mobile", "work", "fax"; may be empty.
    #[n(2)]
    #[uniffi(default = "")]
    pub label: String,
    /// The number or address.
    #[n(3)]
    pub value: String,
    /// The contact whose it is; none for the account itself.
    #[n(4)]
    #[uniffi(default = None)]
    pub contact: Option<ItemId>,
}

/// A person at the customer's to be entered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct ContactDraft {
    /// The contact to be set; None makes a new one.
    #[n(0)]
    #[uniffi(default = None)]
    pub id: Option<ItemId>,
    /// The contact's name.
    #[n(1)]
    pub name: String,
    /// The contact's role there.
    #[n(2)]
    #[uniffi(default = "")]
    pub role: String,
    /// Their birthday, as described at [`Account::birthday`]; empty if not known.
    #[cbor(n(3), default)]
    #[uniffi(default = "")]
    pub birthday: String,
    /// Their further names.
    #[cbor(n(4), default)]
    #[uniffi(default = [])]
    pub also_called: Vec<String>,
    /// The source in which an import found them.
    #[n(5)]
    #[uniffi(default = None)]
    pub source: Option<String>,
}

/// A site of the customer's to be entered.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct SiteDraft {
    /// The site to be set; None makes a new one.
    #[n(0)]
    #[uniffi(default = None)]
    pub id: Option<ItemId>,
    /// The site's name.
    #[n(1)]
    #[uniffi(default = "")]
    pub label: String,
    /// The site's postal address.
    #[n(2)]
    #[uniffi(default = "")]
    pub address: String,
}

/// An installed machine or product to be entered.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct AssetDraft {
    /// The asset to be set; None makes a new one.
    #[n(0)]
    #[uniffi(default = None)]
    pub id: Option<ItemId>,
    /// The asset's name.
    #[n(1)]
    pub label: String,
    /// Its serial number; may be empty.
    #[n(2)]
    #[uniffi(default = "")]
    pub serial: String,
    /// The site where it stands.
    #[n(3)]
    #[uniffi(default = None)]
    pub site: Option<ItemId>,
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
    },
    /// Rewrites the things that must never fail.
    #[n(4)]
    MustNotFail {
        /// The whole text.
        #[n(0)]
        text: String,
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
    /// The text that the screen showed, of an edit of a text that merges by sentence; None: the text as it stands.
    pub fn was(&self) -> Option<&str> {
        match self {
            Self::Notes { was, .. } => was.as_deref(),
            _ => None,
        }
    }
}

/// A number or address, with every value that is not yet settled.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct ContactPoint {
    /// The item.
    #[n(0)]
    pub id: ItemId,
    /// The kind of way.
    #[n(1)]
    pub kind: ContactPointKind,
    /// "mobile", "work", "fax".
    #[n(2)]
    pub label: String,
    /// The contact whose it is.
    #[n(3)]
    pub contact: Option<ItemId>,
    /// The values with their authors and times, the newest first; more than one waits to be settled.
    #[n(4)]
    pub values: Vec<AuthoredValue>,
    /// True if one person removed it while another edited it.
    #[n(5)]
    pub removal_in_question: bool,
}

/// A person at the customer's.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Contact {
    /// The item.
    #[n(0)]
    pub id: ItemId,
    /// The contact's name.
    #[n(1)]
    pub name: String,
    /// The contact's role there.
    #[n(2)]
    pub role: String,
    /// True if one person removed them while another edited them.
    #[n(3)]
    pub removal_in_question: bool,
    /// Their birthday, as described at [`Account::birthday`]; empty if not known.
    #[cbor(n(4), default)]
    pub birthday: String,
    /// Their further names.
    #[cbor(n(5), default)]
    pub also_called: Vec<String>,
    /// The source in which an import found them.
    #[n(6)]
    pub source: Option<String>,
}

impl Contact {
    /// The contact as a draft that changes nothing.
    pub fn draft(&self) -> ContactDraft {
        ContactDraft {
            id: Some(self.id),
            name: self.name.clone(),
            role: self.role.clone(),
            birthday: self.birthday.clone(),
            also_called: self.also_called.clone(),
            source: self.source.clone(),
        }
    }
}

/// A site of the customer's.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Site {
    /// The item.
    #[n(0)]
    pub id: ItemId,
    /// The site's name.
    #[n(1)]
    pub label: String,
    /// The site's postal address: every value that is not yet settled.
    #[n(2)]
    pub address: Vec<AuthoredValue>,
    /// True if one person removed it while another edited it.
    #[n(3)]
    pub removal_in_question: bool,
}

/// An installed machine or product.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Asset {
    /// The item.
    #[n(0)]
    pub id: ItemId,
    /// The asset's name.
    #[n(1)]
    pub label: String,
    /// Its serial number.
    #[n(2)]
    pub serial: String,
    /// The site where it stands.
    #[n(3)]
    pub site: Option<ItemId>,
    /// True if one person removed it while another edited it.
    #[n(4)]
    pub removal_in_question: bool,
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
