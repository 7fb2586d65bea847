//! The names of roles, as messages.

use crate::language::Message;
use crate::model::registry::Role;

/// Returns the name of a role; none stands for any role.
pub fn role_message(role: Option<Role>) -> Message {
    // messages: cli-role-owner cli-role-office cli-role-technician cli-role-workshop cli-role-sales
    role.map_or_else(
        || Message::new("cli-role-anybody"),
        |role| Message::new(format!("cli-role-{}", role.name())),
    )
}
