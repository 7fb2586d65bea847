//! Every limit that a device and the server must agree on, in one place that both use.

/// Bytes of what one draft holds. Devices alone keep drafts, and none is sent.
pub const DRAFT_BYTES: usize = 1024 * 1024;
/// Drafts of one notebook.
pub const DRAFTS: usize = 200;

/// The newest protocol version that this program speaks.
pub const PROTOCOL: u32 = 1;
/// The oldest protocol version that this program speaks.
pub const PROTOCOL_MIN: u32 = 1;

/// Bytes of one change.
pub const CHANGE_BYTES: usize = 48 * 1024;
/// Changes of one group.
pub const GROUP_CHANGES: usize = 64;
/// Bytes of all changes of one group: what a 20 kbit/s link that dies every 40 s still carries.
pub const GROUP_BYTES: usize = 64 * 1024;
/// Operations of one change, and operations before them that it names. A run-length coded change of 74 bytes
/// can describe 10^8. An honest one has some 70,000 at most: three long texts replaced at once.
pub const CHANGE_OPERATIONS: u64 = 131_072;
/// Bytes of the keys and names of one change, each counted as often as it stands.
pub const CHANGE_KEY_BYTES: u64 = 1024 * 1024;
/// Operations of one document beside [`DOCUMENT_OPERATIONS_PER_BYTE`].
pub const DOCUMENT_OPERATIONS: u64 = 16_384;
/// Operations of one document for each byte of its changes: a letter that is written and taken away is two
/// operations and one byte.
pub const DOCUMENT_OPERATIONS_PER_BYTE: u64 = 8;

/// Bytes of a request or reply as it travels, compressed.
pub const BODY_BYTES: usize = 4 * 1024 * 1024;
/// Bytes that a body may inflate to.
pub const INFLATED_BYTES: usize = 16 * 1024 * 1024;
/// Parts of a message: numbers, texts, lists and maps. One that inflates to the limit has one for four bytes.
pub const MESSAGE_ITEMS: usize = INFLATED_BYTES / 4;
/// Lists and maps of a message. A page of [`PAGE_ROWS`] has two for each row.
pub const MESSAGE_CONTAINERS: usize = 256 * 1024;
/// The depth to which they may be nested; messages are 8 deep.
pub const MESSAGE_DEPTH: usize = 32;
/// Parts of a record that stands in a message as bytes.
pub const RECORD_ITEMS: usize = 64 * 1024;
/// Bytes of what a device sends to join, as it travels: it comes from strangers, too.
pub const JOIN_BODY_BYTES: usize = 4 * 1024;
/// Bytes that it, and the answer, may inflate to.
pub const JOIN_INFLATED_BYTES: usize = 16 * 1024;
/// Groups of one request.
pub const REQUEST_GROUPS: usize = 4096;
/// Actors that one request names: an installation needs one, and one more for each repair.
pub const REQUEST_ACTORS: usize = 64;
/// Cursors of one request: a device has one for each scope that it ever read.
pub const REQUEST_CURSORS: usize = 16 * 1024;
/// Bytes of groups in the first request of a run, and of the pages in its answer, on a line that is not known.
pub const BATCH_START: usize = 64 * 1024;
/// The smallest batch. One group always goes.
pub const BATCH_MIN: usize = 4 * 1024;
/// The smallest page that a device asks for. One unit of a feed always comes.
pub const PAGE_MIN: usize = 2 * 1024;
/// The largest batch.
pub const BATCH_MAX: usize = 512 * 1024;
/// Rows of one reply.
pub const PAGE_ROWS: usize = 8192;
/// Bytes of changes that a server puts into one reply.
pub const PAGE_BYTES: usize = 2 * 1024 * 1024;
/// Bytes of changes in an answer that a device asks for at most: it unpacks and checks them before it can stop.
pub const DEVICE_PAGE_BYTES: usize = 512 * 1024;
/// Ids in an event at most; of more changes a listener is told to reload.
pub const EVENT_IDS: usize = 500;
/// Rows of the company's record that a server puts into one reply.
pub const SAMPLES: usize = 4096;
/// Bytes of a page for which one row of the record, of some 90 bytes, may travel: 256 beside a
/// page of 64 kB.
pub const SAMPLE_PAGE_BYTES: usize = 256;

/// Bytes of the groups of one device that the server holds for the office. Further groups are refused and stay on
/// the device.
pub const HELD_BYTES: u64 = 4 * 1024 * 1024;

/// Actors of one device: it needs one, and one more for each repair.
pub const DEVICE_ACTORS: usize = 256;
/// Teams of one person, and as many callback pools: the answer to a person who joins names all of them.
pub const PERSON_TEAMS: usize = 100;
/// Callback pools of one company that no person serves yet: those that are served come on top.
pub const POOLS: usize = 256;
/// Events of one document that count, of one person at most a quarter of them. An event is judged by all before
/// it; honest promises have a dozen.
pub const DOCUMENT_EVENTS: usize = 2_000;

/// Bytes of the address under which a push reaches a device: of the services in use none is longer.
pub const PUSH_ADDRESS_BYTES: usize = 2_048;

/// Characters of a name, a title or a label.
pub const NAME_CHARS: usize = 500;
/// Characters of a one-line value: a phone number, an address, a quote.
pub const VALUE_CHARS: usize = 2_000;
/// Characters of a long text: notes, what was said.
pub const TEXT_CHARS: usize = 20_000;
/// Entries of one list in a draft: contacts, tags, photos.
pub const LIST_ENTRIES: usize = 200;
/// Characters of the key of a kind of promises.
pub const KEY_CHARS: usize = 40;
/// Kinds of promises in a handbook.
pub const KINDS: usize = 200;
/// Days off that one calendar names.
pub const CLOSED_DAYS: usize = 1_000;
/// The longest effort or lead of a kind, and the longest that a customer needs, in minutes: five years.
pub const KIND_MINUTES: u32 = 5 * 366 * 24 * 60;
/// The longest grace of a kind, in minutes: a day.
pub const GRACE_MINUTES: u32 = 24 * 60;

/// The time for which an invitation is valid, in milliseconds.
pub const INVITE_MS: i64 = 15 * 60 * 1000;
/// The time by which something may be said to have happened later than now, in milliseconds.
pub const FUTURE_MS: i64 = 5 * 60 * 1000;
/// The time that a call waits for another process on the same folder, in milliseconds.
pub const LOCK_WAIT_MS: i64 = 5_000;
/// The time that a command waits that has typed words to save, in milliseconds.
pub const TEXT_WAIT_MS: i64 = 60_000;
