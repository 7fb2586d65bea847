//! The types that importing gives back: cards, what was taken from them, and what was not and why.

use serde::Serialize;

/// One card of the file and its outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CardResult {
    /// The card's place in the file; the first is 1.
    pub number: u32,
    /// Its outcome: taken or refused.
    pub outcome: CardOutcome,
}

/// The outcome of a card: taken as the content of an account, or refused.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every outcome is a taken card, so a box would cost more than it saves"
)]
pub enum CardOutcome {
    /// The card was read.
    Taken(Card),
    /// The card cannot become an account.
    Refused {
        /// The name of the card, where that much could be read; shortened for display.
        name: Option<String>,
        /// The reason why it was refused.
        reason: CardRefusal,
    },
}

/// The reason why a whole card was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum CardRefusal {
    /// There is nothing to call it by: no name, organisation, e-mail address or phone number.
    Empty,
    /// The file ends before this card does.
    Unfinished,
    /// The card could not be made sense of.
    Unreadable,
    /// Its name is too long, or it has too many properties.
    TooLong {
        /// The limit it exceeds.
        limit: usize,
    },
}

impl CardRefusal {
    /// The key of the sentence that explains this refusal.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "import-refused-empty",
            Self::Unfinished => "import-refused-unfinished",
            Self::Unreadable => "import-refused-unreadable",
            Self::TooLong { .. } => "import-refused-too-long",
        }
    }

    /// The values that the sentence mentions.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLong { limit } => vec![("limit", limit.to_string())],
            Self::Empty | Self::Unfinished | Self::Unreadable => Vec::new(),
        }
    }
}

/// The content taken from one card: one person or one organisation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Card {
    /// The identity of the contact, the same each time it is imported: `vcard:uid:…` from the card's own identifier,
    /// else `vcard:sha256:…` of what it says.
    pub source: String,
    /// Its name.
    pub name: String,
    /// Its further names: a second formatted name, other parts of a name, nicknames.
    pub also_called: Vec<String>,
    /// True if it is a person; otherwise it is an organisation, a group or a place.
    pub is_person: bool,
    /// The organisation it belongs to; none for an organisation's own card.
    pub organisation: Option<String>,
    /// The department within the organisation.
    pub department: Option<String>,
    /// The job title, or the role where there is no title.
    pub title: Option<String>,
    /// Every way to reach it.
    pub contact_points: Vec<CardContactPoint>,
    /// The categories the contact was filed under.
    pub tags: Vec<String>,
    /// All notes, with a blank line between them.
    pub notes: String,
    /// The birthday as `YYYY-MM-DD`, `--MM-DD` without a year, `YYYY-MM` or `YYYY`; anything else
    /// as the card has it.
    pub birthday: Option<String>,
    /// The pictures of the card, decoded.
    #[serde(skip)]
    pub photos: Vec<Vec<u8>>,
    /// Every property that was not taken, and why.
    pub left_out: Vec<LeftOut>,
}

/// One way to reach a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardContactPoint {
    /// The kind of way.
    pub kind: CardContactPointKind,
    /// `mobile`, `work`, `home`, `fax`, `work fax`, `home fax`, `pager`, `main`, `other`, the
    /// owner's own label, or empty.
    pub label: String,
    /// The number, address or link.
    pub value: String,
    /// True if the card says that this one is preferred.
    pub preferred: bool,
}

/// The kinds of ways to reach a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum CardContactPointKind {
    /// A phone, fax or pager number.
    Phone,
    /// An e-mail address.
    Email,
    /// A postal address, in lines.
    Address,
    /// A page on the web.
    Web,
}

/// A property that was not taken, or not as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The property's name as vCard writes it, or the beginning of a line that is no property.
    pub property: String,
    /// The reason why it was not taken.
    pub reason: LeftOutReason,
}

/// The reason why a property was not taken, or what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum LeftOutReason {
    /// A picture, which is in [`Card::photos`].
    PictureSetAside {
        /// Its size.
        bytes: usize,
    },
    /// Kept has no place for it.
    NotKept,
    /// It could not be made sense of.
    Unreadable,
    /// It is over one of the limits on length or number.
    TooLong,
    /// The card says the same elsewhere.
    Duplicate,
    /// It was taken, but some of its bytes are no text in its character set: they stand as `\xE4` in it.
    Undecoded {
        /// The character set that it declares; empty if it declares none.
        charset: String,
    },
    /// It was taken, but it declares no character set and is no UTF-8: it was read as Western European.
    Guessed,
    /// It is a further name, and was taken as one.
    AlsoCalled {
        /// The name.
        name: String,
    },
    /// The card lacks its end; what stands before the next one was taken.
    NoEnd,
}

impl LeftOutReason {
    /// The key of the sentence that explains this.
    pub fn key(&self) -> &'static str {
        match self {
            Self::PictureSetAside { .. } => "import-left-out-picture",
            Self::NotKept => "import-left-out-not-kept",
            Self::Unreadable => "import-left-out-unreadable",
            Self::TooLong => "import-left-out-too-long",
            Self::Duplicate => "import-left-out-duplicate",
            Self::Undecoded { charset } if charset.is_empty() => "import-undecoded-undeclared",
            Self::Undecoded { .. } => "import-undecoded",
            Self::Guessed => "import-guessed",
            Self::AlsoCalled { .. } => "import-also-called",
            Self::NoEnd => "import-no-end",
        }
    }

    /// The values that the sentence mentions.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::PictureSetAside { bytes } => vec![("bytes", bytes.to_string())],
            Self::Undecoded { charset } => vec![("charset", charset.clone())],
            Self::AlsoCalled { name } => vec![("name", name.clone())],
            Self::NotKept
            | Self::Unreadable
            | Self::TooLong
            | Self::Duplicate
            | Self::Guessed
            | Self::NoEnd => Vec::new(),
        }
    }
}
