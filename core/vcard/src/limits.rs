//! The bounds of what is read from a file and kept of a card.

/// The largest file that is read, in bytes.
pub const MAX_FILE: usize = 64 * 1024 * 1024;
/// The most cards one file may hold.
pub const MAX_CARDS: usize = 50_000;
/// The most properties one card may hold.
pub const MAX_PROPERTIES: usize = 5_000;
/// The longest name, in characters.
pub const MAX_NAME: usize = 500;
/// The most further names of one contact.
pub const MAX_NAMES: usize = 20;
/// The longest single value (a number, an address, a title), in characters.
pub const MAX_VALUE: usize = 2_000;
/// The longest text of all notes of one card together, in characters.
pub const MAX_NOTES: usize = 20_000;
/// The most ways to reach one contact.
pub const MAX_CONTACT_POINTS: usize = 100;
/// The most tags of one contact.
pub const MAX_TAGS: usize = 100;
