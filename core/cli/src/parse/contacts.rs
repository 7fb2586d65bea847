//! Contacts as they are typed.

use kept_core::model::account::ContactDraft;

/// A contact as "Name" or "Name, role".
pub fn contact_draft(text: &str) -> ContactDraft {
    let (name, role) = text.split_once(',').unwrap_or((text, ""));
    ContactDraft {
        id: None,
        name: name.trim().to_owned(),
        role: role.trim().to_owned(),
        ..ContactDraft::default()
    }
}
