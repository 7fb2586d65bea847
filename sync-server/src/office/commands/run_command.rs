//! One command of the reader of a page, and its audit line.

use std::sync::Arc;

use kept_core::language::Message;
use kept_core::model::ids::{DocId, GroupId};
use kept_core::notebook::OfficeCommand;

use super::audit::audit_event;
use super::form::FormData;
use super::office_writer::CommandRefusal;
use crate::audit::AuditAuthor;
use crate::office::Office;
use crate::office::frame::Frame;
use crate::office::page_error::fault_message;

impl Office {
    /// Does the act that the reader of a page sent with a form, off the async threads.
    pub(in crate::office) async fn run_command(
        self: &Arc<Self>,
        frame: &Frame,
        given: &FormData,
        act: OfficeCommand,
    ) -> Result<Option<DocId>, CommandRefusal> {
        if given.is_garbled() {
            return Err(CommandRefusal(Message::new("office-act-garbled")));
        }
        let form: GroupId = given.read("form").ok_or_else(CommandRefusal::internal)?;
        let office = Arc::clone(self);
        let (person, name, from) = (frame.person_id, frame.person.clone(), frame.from);
        let done = move || {
            let done = office.writer.write(&office.replica, person, form, &act);
            match (&done, audit_event(&act)) {
                (Ok(Some(_)), Some(audit_event)) => {
                    office
                        .state
                        .audit()
                        .record(&AuditAuthor::Person(name), from, &audit_event);
                }
                // No matter what failed first, a fault of the disk is told as the reason.
                (Err(_), _) => {
                    if let Some(fault) = office.state.health().check_if_troubled(&office.state) {
                        return Err(CommandRefusal(fault_message(fault)));
                    }
                }
                _ => {}
            }
            done
        };
        let done = tokio::task::spawn_blocking(done).await;
        done.unwrap_or_else(|_| Err(CommandRefusal::internal()))
    }
}
