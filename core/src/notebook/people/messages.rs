//! The names of roles, as messages.

use crate::language::Message;
use crate::model::registry::Role;

/// Returns the name of a role; none stands for any role.
#[uniffi::export]
pub fn role_message(role: Option<Role>) -> Message {
    // messages: role-owner role-office role-technician role-workshop role-sales
    role.map_or_else(
        || Message::new("role-anybody"),
        |role| Message::new(format!("role-{}", role.name())),
    )
}
