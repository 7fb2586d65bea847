//! The children of a customer: numbers and addresses, people, sites and machines, as they are and as they are entered.
//!
//! Phones fill the drafts: a new field of one stands last and has a `uniffi(default)`, or it breaks them.

use minicbor::{Decode, Encode};
use serde::Serialize;

use crate::model::authored::AuthoredValue;
use crate::model::ids::ItemId;

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
    /// Their birthday, as described at [`Account::birthday`](super::Account::birthday); empty if not known.
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
    /// Their birthday, as described at [`Account::birthday`](super::Account::birthday); empty if not known.
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
