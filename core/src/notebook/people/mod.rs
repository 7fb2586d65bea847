//! Colleagues, and the entries about them: hours, absences, quiet time, efforts, telephone numbers.

pub(in crate::notebook) mod checks;
pub(in crate::notebook) mod devices;
pub(in crate::notebook) mod messages;
pub(in crate::notebook) mod records;

use crate::language::Message;
use crate::limits;
use crate::model::collation;
use crate::model::colleague_profile::{PersonDraft, PersonEdit};
use crate::model::edit::{Edit, Operation};
use crate::model::ids::{DocId, PersonId};
use crate::model::registry::Colleague;
use crate::notebook::Notebook;
use crate::notebook::checks::{check_unchanged, too_many};
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::handbook::edits_per_document;
use crate::notebook::handbook::messages::kind_message_by_key;
use crate::notebook::people::checks::checked_person_edit;
use crate::notebook::people::records::{ProfilePage, UsualEffort};
use crate::store::{company, registry};

#[uniffi::export]
impl Notebook {
    /// Returns every colleague of the company, by name.
    pub fn colleagues(&self) -> ApiResult<Vec<Colleague>> {
        self.read(|store| {
            let mut colleagues: Vec<_> = registry::load(store.read())?
                .colleagues
                .into_values()
                .collect();
            colleagues.sort_by(|a, b| collation::compare(&a.name, &b.name).then(a.id.cmp(&b.id)));
            Ok(colleagues)
        })
    }

    /// Returns a colleague's entry about themselves; `NotFound` for an unknown person.
    pub fn colleague_profile(&self, person: PersonId) -> ApiResult<ProfilePage> {
        self.read(|store| {
            let Context {
                registry,
                identity,
                company,
                ..
            } = Context::load(self, store)?;
            let name = match registry.name(person) {
                Some(name) => name.to_owned(),
                None if person == identity.person => identity.person_name,
                None => return Err(KeptError::not_found("thing-colleague", person)),
            };
            let says = company.people.get(&person).cloned().unwrap_or_default();
            let efforts = says.efforts.into_iter();
            Ok(ProfilePage {
                person,
                name,
                hours: says.hours,
                absent: says.absent,
                quiet: says.quiet,
                efforts: efforts
                    .map(|(kind, minutes)| UsualEffort {
                        kind_words: kind_message_by_key(&company.handbook, &kind),
                        kind,
                        minutes,
                    })
                    .collect(),
                wins: says.wins,
                phones: says.phones,
            })
        })
    }

    /// Changes the entry about a colleague, such as their hours. Only that colleague and those who run the company may.
    pub fn edit_colleague_profile(
        &self,
        person: PersonId,
        edits: Vec<PersonEdit>,
    ) -> ApiResult<()> {
        self.save(|store| {
            let context = Context::load_joined(self, store)?;
            if person != context.me() {
                if context.registry.name(person).is_none() {
                    return Err(KeptError::not_found("thing-colleague", person));
                }
                if !context.runs_the_company() {
                    return Err(KeptError::invalid(
                        "person",
                        Message::new("error-not-about-you"),
                    ));
                }
            }
            let company = &context.company;
            let says = company.people.get(&person).cloned().unwrap_or_default();
            let edits = edits
                .into_iter()
                .map(|edit| checked_person_edit(edit, &company.handbook))
                .collect::<ApiResult<Vec<_>>>()?;
            for edit in &edits {
                if let PersonEdit::Wins { text, was } = edit {
                    check_unchanged("wins", was.as_deref(), text, &says.wins)?;
                }
            }
            let mut after = says;
            edits.iter().for_each(|edit| after.apply(edit));
            if after.absent.len() > limits::CLOSED_DAYS {
                return Err(too_many("absent", limits::CLOSED_DAYS));
            }
            if after.phones.len() > limits::LIST_ENTRIES {
                return Err(too_many("phones", limits::LIST_ENTRIES));
            }
            let known = company::person_entries(store.read())?;
            let known = known.iter().filter(|entry| entry.person == person);
            let known: Vec<DocId> = known.map(|entry| entry.id).collect();
            let takes_away = |edit: &PersonEdit| match edit {
                PersonEdit::RemovePhone { .. } | PersonEdit::Present { .. } => true,
                PersonEdit::Wins { text, .. } => text.is_empty(),
                _ => false,
            };
            let edits =
                edits_per_document(&known, edits, takes_away, Operation::EditPerson, |edits| {
                    Edit {
                        doc: self.new_doc(),
                        operation: Operation::CreatePerson(PersonDraft { person, edits }),
                    }
                });
            Ok((edits, ()))
        })
    }
}

#[cfg(test)]
mod tests;
