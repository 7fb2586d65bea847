//! The messages on customers: labels of telephone numbers and addresses.

use crate::language::{Message, has_key};

/// Returns the label of a number or address: in the reader's language where a program wrote it, else as it was typed.
pub fn contact_label_message(label: &str) -> Message {
    // messages: reach-label-main reach-label-mobile reach-label-office reach-label-work reach-label-home
    // messages: reach-label-fax reach-label-other reach-label-pager reach-label-work-mobile reach-label-home-mobile
    // messages: reach-label-work-fax reach-label-home-fax reach-label-work-pager reach-label-home-pager
    let known = |label: &str| {
        let key = format!("reach-label-{}", label.replace(' ', "-"));
        has_key(&key).then_some(key)
    };
    if let Some(key) = known(label) {
        return Message::new(key);
    }
    // The owner's own word, and the standard label that stands behind it.
    if let Some((own, standard)) = label.rsplit_once(", ")
        && let Some(key) = known(standard)
    {
        return Message::new("reach-label-own")
            .text("own", own)
            .keyed("standard", key);
    }
    Message::new("kind-named").text("name", label)
}
