//! The names of kinds of promises and of proofs, as messages.

use crate::language::{Message, MessageValue, has_key};
use crate::model::event::EvidenceKind;
use crate::model::handbook::{Handbook, PromiseKind};

/// Returns a kind's name for readers: the company's own word, else the catalogue's, else its key.
pub fn kind_message(kind: &PromiseKind) -> Message {
    // messages: kind-callback kind-quote kind-delivery kind-replacement kind-set-aside kind-service-visit
    // messages: kind-information kind-fix kind-credit kind-other
    let key = format!("kind-{}", kind.key);
    match kind.name.as_str() {
        "" if has_key(&key) => Message::new(key),
        "" => Message::new("kind-named").text("name", &kind.key),
        name => Message::new("kind-named").text("name", name),
    }
}

/// Returns the name of the kind of a key; one that the handbook does not know is called by its key.
pub fn kind_message_by_key(handbook: &Handbook, key: &str) -> Message {
    handbook.kinds.get(key).map_or_else(
        || Message::new("kind-named").text("name", key),
        kind_message,
    )
}

/// Fills a sentence's gap `kind` with the name of the kind of a key.
pub(in crate::notebook) fn with_kind(words: Message, handbook: &Handbook, key: &str) -> Message {
    let called = kind_message_by_key(handbook, key);
    match called.args.into_iter().next().map(|arg| arg.value) {
        Some(MessageValue::Text { text }) => words.text("kind", text),
        _ => words.keyed("kind", called.key),
    }
}

/// Returns the name of a kind of proof.
#[uniffi::export]
pub fn proof_message(proof: EvidenceKind) -> Message {
    Message::new(match proof {
        EvidenceKind::Call => "proof-call",
        EvidenceKind::Photo => "proof-photo",
        EvidenceKind::Signature => "proof-signature",
        EvidenceKind::CustomersWord => "proof-customers-word",
        EvidenceKind::SaidDone => "proof-said-done",
    })
}
