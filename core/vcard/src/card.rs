//! The types that reading gives back: cards, what was taken from them, and what was not and why.

/// One card of the file and its outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct CardResult {
    /// The card's place in the file; the first is 1.
    pub number: u32,
    /// Its outcome: taken or refused.
    pub outcome: CardOutcome,
}

/// The outcome of a card: taken as a contact, or refused.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every outcome is a taken card, so a box would cost more than it saves"
)]
pub enum CardOutcome {
    /// The card was read.
    Taken(Card),
    /// The card cannot become a contact.
    Refused {
        /// The name of the card, where that much could be read; shortened for display.
        name: Option<String>,
        /// The reason why it was refused.
        reason: CardRefusal,
    },
}

/// The reason why a whole card was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// The content taken from one card: one person or one organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The identity of the contact, the same each time it is read: `vcard:uid:…` from the card's own identifier,
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
    pub contact_points: Vec<ContactPoint>,
    /// The categories the contact was filed under.
    pub tags: Vec<String>,
    /// All notes, with a blank line between them.
    pub notes: String,
    /// The birthday as `YYYY-MM-DD`, `--MM-DD` without a year, `YYYY-MM` or `YYYY`; anything else
    /// as the card has it.
    pub birthday: Option<String>,
    /// The pictures of the card, decoded.
    pub photos: Vec<Vec<u8>>,
    /// Every property that was not taken, and why.
    pub left_out: Vec<LeftOut>,
}

/// One way to reach a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactPoint {
    /// The kind of way.
    pub kind: ContactPointKind,
    /// `mobile`, `work`, `home`, `fax`, `work fax`, `home fax`, `pager`, `main`, `other`, the
    /// owner's own label, or empty.
    pub label: String,
    /// The number, address or link.
    pub value: String,
    /// True if the card says that this one is preferred.
    pub preferred: bool,
}

/// The kinds of ways to reach a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactPointKind {
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The property's name as vCard writes it, or the beginning of a line that is no property.
    pub property: String,
    /// The reason why it was not taken.
    pub reason: LeftOutReason,
}

/// The reason why a property was not taken, or what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftOutReason {
    /// A picture, which is in [`Card::photos`].
    PictureSetAside {
        /// Its size.
        bytes: usize,
    },
    /// There is no field for it.
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
