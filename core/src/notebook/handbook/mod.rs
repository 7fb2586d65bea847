//! The handbook, and the entries of colleagues about themselves: shown, checked and written.

use std::collections::BTreeSet;

use crate::language::{Message, MessageValue, has_key};
use crate::limits;
use crate::model::account::ContactPointKind;
use crate::model::calendar::{Shift, WorkingCalendar, WorkingTime};
use crate::model::colleague_profile::{PersonDraft, PersonEdit};
use crate::model::edit::{Edit, Operation};
use crate::model::event::EvidenceKind;
use crate::model::handbook::{
    Handbook, HandbookTopic, HoursEdit, KindDraft, KindEdit, PromiseKind,
};
use crate::model::ids::{DocId, PersonId};
use crate::model::registry::Role;
use crate::model::telephone::Country;
use crate::model::time::DueError;
use crate::model::visit::{Channel, UsageKind};
use crate::notebook::Notebook;
use crate::notebook::entries::records::{HandbookKind, HandbookPage, ProfilePage, UsualEffort};
use crate::notebook::errors::{ApiResult, KeptError, check_max_chars, non_empty_name, with_field};
use crate::notebook::save::{joined_identity, too_many};
use crate::store::meta::{self, Identity};
use crate::store::{Store, company, registry};

#[uniffi::export]
impl Notebook {
    /// Returns the handbook: the kinds of promises, the working hours and the holidays.
    pub fn handbook(&self) -> ApiResult<HandbookPage> {
        self.read(|store| {
            let handbook = company::handbook(store.read())?;
            let identity = meta::identity(store.read())?;
            let kinds = handbook.kinds.into_values().map(|kind| HandbookKind {
                words: kind_message(&kind),
                kind,
            });
            Ok(HandbookPage {
                kinds: kinds.collect(),
                hours: handbook.hours,
                telephone_country: self.country_of(store)?.map(Country::name),
                may_write: identity.server.is_some() && runs_the_company(store, &identity)?,
            })
        })
    }

    /// Changes a kind of promises, or writes a new one down. A field that no edit names stays as it is. Only those who
    /// run the company may.
    pub fn save_kind(&self, key: String, edits: Vec<KindEdit>) -> ApiResult<()> {
        let key = checked_key(&key)?;
        let edits = edits
            .into_iter()
            .map(checked_kind_edit)
            .collect::<ApiResult<Vec<_>>>()?;
        let docs = self.write(|store| {
            require_handbook_writer(store)?;
            let agreed = company::handbook_entries(store.read())?;
            let of_kind = |agreed: &HandbookTopic| matches!(agreed, HandbookTopic::PromiseKind { key: known, .. } if *known == key);
            let known = agreed.iter().find(|entry| of_kind(&entry.topic));
            let edit = match known {
                Some(entry) => Edit {
                    doc: entry.id,
                    operation: Operation::EditKind(edits),
                },
                None => {
                    let handbook = Handbook::of(&agreed);
                    if handbook.kinds.len() >= limits::KINDS && !handbook.kinds.contains_key(&key) {
                        return Err(too_many("kinds", limits::KINDS));
                    }
                    Edit {
                        doc: self.new_doc(),
                        operation: Operation::CreateKind(KindDraft { key, edits }),
                    }
                }
            };
            self.save_in(store, vec![edit])
        })?;
        self.changed(docs);
        Ok(())
    }

    /// Retires a kind of promises: the company offers it no more; those that were made stay. Only those who run the
    /// company may.
    pub fn retire_kind(&self, key: String) -> ApiResult<()> {
        let key = checked_key(&key)?;
        let handbook = self.read(|store| Ok(company::handbook(store.read())?))?;
        if !handbook.kinds.contains_key(&key) {
            return Err(unknown_kind(&key, &handbook));
        }
        self.save_kind(key, vec![KindEdit::Retired { retired: true }])
    }

    /// Changes the company's working hours and holidays. Only those who run the company may.
    pub fn save_hours(&self, edits: Vec<HoursEdit>) -> ApiResult<()> {
        let mut edits = edits
            .into_iter()
            .map(checked_hours_edit)
            .collect::<ApiResult<Vec<_>>>()?;
        let docs = self.write(|store| {
            require_handbook_writer(store)?;
            let agreed = company::handbook_entries(store.read())?;
            let handbook = Handbook::of(&agreed);
            let closes = |edit: &&HoursEdit| matches!(edit, HoursEdit::Close { .. });
            let closed = handbook.holidays().len() + edits.iter().filter(closes).count();
            if closed > limits::CLOSED_DAYS {
                return Err(too_many("closed", limits::CLOSED_DAYS));
            }
            // A holiday is one of some calendar: without one the usual week of this place is written down.
            let names_a_week = edits
                .iter()
                .any(|edit| matches!(edit, HoursEdit::Week { .. }));
            if handbook.hours.is_none() && !names_a_week {
                let hours = WorkingCalendar::usual(&self.environment.zone());
                edits.insert(0, HoursEdit::Week { hours });
            }
            let reopens = |edit: &HoursEdit| matches!(edit, HoursEdit::Reopen { .. });
            let known = agreed
                .iter()
                .filter(|entry| matches!(entry.topic, HandbookTopic::WorkingHours { .. }));
            let known: Vec<DocId> = known.map(|entry| entry.id).collect();
            let edits =
                edits_per_document(&known, edits, reopens, Operation::EditHours, |edits| Edit {
                    doc: self.new_doc(),
                    operation: Operation::CreateHours(edits),
                });
            self.save_in(store, edits)
        })?;
        self.changed(docs);
        Ok(())
    }

    /// Returns the entry of this notebook's person about themselves.
    pub fn my_profile(&self) -> ApiResult<ProfilePage> {
        let me = self.read(|store| Ok(meta::identity(store.read())?.person))?;
        self.colleague_profile(me)
    }

    /// Returns a colleague's entry about themselves; `NotFound` for an unknown person.
    pub fn colleague_profile(&self, person: PersonId) -> ApiResult<ProfilePage> {
        self.read(|store| {
            let identity = meta::identity(store.read())?;
            let registry = registry::load(store.read())?;
            let name = match registry.name(person) {
                Some(name) => name.to_owned(),
                None if person == identity.person => identity.person_name,
                None => return Err(KeptError::not_found("thing-colleague", person)),
            };
            let mut company = company::load(store.read())?;
            let says = company.people.remove(&person).unwrap_or_default();
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

    /// Changes the entry of this notebook's person about themselves. One call is one entry in its history.
    pub fn edit_my_profile(&self, edits: Vec<PersonEdit>) -> ApiResult<()> {
        let me = self.read(|store| Ok(joined_identity(store)?.person))?;
        self.edit_colleague_profile(me, edits)
    }

    /// Changes the entry about a colleague, such as their hours. Only that colleague and those who run the company may.
    pub fn edit_colleague_profile(
        &self,
        person: PersonId,
        edits: Vec<PersonEdit>,
    ) -> ApiResult<()> {
        let docs = self.write(|store| {
            let identity = joined_identity(store)?;
            let registry = registry::load(store.read())?;
            if person != identity.person {
                if registry.name(person).is_none() {
                    return Err(KeptError::not_found("thing-colleague", person));
                }
                if !runs_the_company(store, &identity)? {
                    return Err(KeptError::invalid(
                        "person",
                        Message::new("error-not-about-you"),
                    ));
                }
            }
            let company = company::load(store.read())?;
            let says = company.people.get(&person).cloned().unwrap_or_default();
            let edits = edits
                .into_iter()
                .map(|edit| checked_person_edit(edit, &company.handbook))
                .collect::<ApiResult<Vec<_>>>()?;
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
                PersonEdit::Wins { text } => text.is_empty(),
                _ => false,
            };
            let edits =
                edits_per_document(&known, edits, takes_away, Operation::EditPerson, |edits| {
                    Edit {
                        doc: self.new_doc(),
                        operation: Operation::CreatePerson(PersonDraft { person, edits }),
                    }
                });
            self.save_in(store, edits)
        })?;
        self.changed(docs);
        Ok(())
    }
}

/// Spreads edits of one thing that several documents may tell of: they go to the first one, and removals to every one,
/// for what they take away may stand there. Without a document one is begun.
fn edits_per_document<E: Clone>(
    known: &[DocId],
    edits: Vec<E>,
    takes_away: impl Fn(&E) -> bool,
    change: fn(Vec<E>) -> Operation,
    begin: impl FnOnce(Vec<E>) -> Edit,
) -> Vec<Edit> {
    let Some((first, others)) = known.split_first() else {
        return vec![begin(edits)];
    };
    let removals: Vec<E> = edits
        .iter()
        .filter(|edit| takes_away(edit))
        .cloned()
        .collect();
    let others = if removals.is_empty() { &[] } else { others };
    let others = others.iter().map(|doc| Edit {
        doc: *doc,
        operation: change(removals.clone()),
    });
    let first = Edit {
        doc: *first,
        operation: change(edits),
    };
    std::iter::once(first).chain(others).collect()
}

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

/// Returns the name of a kind of proof.
pub fn proof_message(proof: EvidenceKind) -> Message {
    Message::new(match proof {
        EvidenceKind::Call => "proof-call",
        EvidenceKind::Photo => "proof-photo",
        EvidenceKind::Signature => "proof-signature",
        EvidenceKind::CustomersWord => "proof-customers-word",
        EvidenceKind::SaidDone => "proof-said-done",
    })
}

/// Returns the name of a channel.
pub fn channel_message(channel: Channel) -> Message {
    // messages: channel-on-site channel-call channel-video channel-message channel-event
    Message::new(format!("channel-{}", channel.name()))
}

/// Returns the name of a kind of numbers or addresses.
pub fn contact_point_message(kind: ContactPointKind) -> Message {
    // messages: field-phone field-email field-address field-web
    Message::new(format!("field-{}", kind.name()))
}

/// Returns the name of a kind of observation.
pub fn usage_kind_message(kind: UsageKind) -> Message {
    Message::new(match kind {
        UsageKind::Use => "usage-use",
        UsageKind::Need => "usage-need",
    })
}

/// Returns the name of a role; none stands for any role.
pub fn role_message(role: Option<Role>) -> Message {
    // messages: role-owner role-office role-technician role-workshop role-sales
    role.map_or_else(
        || Message::new("role-anybody"),
        |role| Message::new(format!("role-{}", role.name())),
    )
}

/// Returns the kind that a promise is made under; one that is not offered is refused with those that are.
pub(in crate::notebook) fn offered_kind(handbook: &Handbook, key: &str) -> ApiResult<PromiseKind> {
    let key = non_empty_name("kind", key)?.to_lowercase();
    let key = key.as_str();
    let known = handbook.kinds.get(key).filter(|kind| !kind.retired);
    known.cloned().ok_or_else(|| match handbook.kinds.get(key) {
        Some(_) => KeptError::invalid(
            "kind",
            Message::new("error-retired-kind")
                .text("kind", key)
                .text("known", offered_keys(handbook)),
        ),
        None => unknown_kind(key, handbook),
    })
}

fn unknown_kind(key: &str, handbook: &Handbook) -> KeptError {
    KeptError::invalid(
        "kind",
        Message::new("error-unknown-kind")
            .text("kind", key)
            .text("known", offered_keys(handbook)),
    )
}

fn offered_keys(handbook: &Handbook) -> String {
    let keys: Vec<&str> = handbook.offered().map(|kind| kind.key.as_str()).collect();
    keys.join(", ")
}

/// True if the person of `identity` runs the company, by the registry; by their invitation until their row has come.
fn runs_the_company(store: &Store, identity: &Identity) -> ApiResult<bool> {
    let registry = registry::load(store.read())?;
    let known = registry.colleagues.get(&identity.person);
    Ok(known
        .map_or(identity.role, |row| row.role)
        .runs_the_company())
}

fn require_handbook_writer(store: &Store) -> ApiResult<()> {
    let identity = joined_identity(store)?;
    if runs_the_company(store, &identity)? {
        return Ok(());
    }
    Err(KeptError::invalid(
        "handbook",
        Message::new("error-handbook-of-the-office"),
    ))
}

/// Returns a key as files and commands write it: small letters, digits and hyphens.
fn checked_key(text: &str) -> ApiResult<String> {
    let key = non_empty_name("key", text)?.to_lowercase();
    check_max_chars("key", &key, limits::KEY_CHARS)?;
    if key.chars().all(|c| c.is_alphanumeric() || c == '-') {
        return Ok(key);
    }
    Err(KeptError::invalid(
        "key",
        Message::new("error-kind-key").text("text", text),
    ))
}

fn checked_kind_edit(edit: KindEdit) -> ApiResult<KindEdit> {
    match edit {
        KindEdit::Name { name } => {
            let name = name.trim().to_owned();
            check_max_chars("name", &name, limits::NAME_CHARS)?;
            Ok(KindEdit::Name { name })
        }
        // Below a half the upper bound says nothing, and at 100 there is never a date.
        KindEdit::Quantile { percent } if !(50..=99).contains(&percent) => Err(KeptError::invalid(
            "quantile",
            Message::new("error-quantile"),
        )),
        KindEdit::Effort { minutes } => {
            minutes_between("effort", minutes, 1, limits::KIND_MINUTES)?;
            Ok(KindEdit::Effort { minutes })
        }
        KindEdit::Lead { minutes } => {
            minutes_between("lead", minutes, 1, limits::KIND_MINUTES)?;
            Ok(KindEdit::Lead { minutes })
        }
        KindEdit::Grace { minutes } => {
            minutes_between("grace", minutes, 0, limits::GRACE_MINUTES)?;
            Ok(KindEdit::Grace { minutes })
        }
        KindEdit::Evidence { evidence } => {
            let mut seen = BTreeSet::new();
            let new = evidence.into_iter().filter(|kind| seen.insert(*kind as u8));
            Ok(KindEdit::Evidence {
                evidence: new.collect(),
            })
        }
        edit => Ok(edit),
    }
}

fn checked_hours_edit(edit: HoursEdit) -> ApiResult<HoursEdit> {
    Ok(match edit {
        HoursEdit::Week { hours } => HoursEdit::Week {
            hours: checked_hours(hours)?,
        },
        HoursEdit::Close { date } => HoursEdit::Close {
            date: checked_day(&date)?,
        },
        HoursEdit::Reopen { date } => HoursEdit::Reopen {
            date: checked_day(&date)?,
        },
    })
}

fn checked_person_edit(edit: PersonEdit, handbook: &Handbook) -> ApiResult<PersonEdit> {
    Ok(match edit {
        PersonEdit::Hours { hours } => PersonEdit::Hours {
            hours: hours.map(checked_hours).transpose()?,
        },
        PersonEdit::Quiet { quiet } => PersonEdit::Quiet {
            quiet: quiet.map(checked_quiet).transpose()?,
        },
        PersonEdit::Effort { kind, minutes } => {
            let kind = checked_key(&kind)?;
            if !handbook.kinds.contains_key(&kind) {
                return Err(unknown_kind(&kind, handbook));
            }
            minutes_between("effort", minutes, 0, limits::KIND_MINUTES)?;
            PersonEdit::Effort { kind, minutes }
        }
        PersonEdit::Wins { text } => {
            check_max_chars("wins", &text, limits::VALUE_CHARS)?;
            PersonEdit::Wins { text }
        }
        PersonEdit::AddPhone { number } => PersonEdit::AddPhone {
            number: non_empty_name("phone", &number)?,
        },
        PersonEdit::RemovePhone { number } => PersonEdit::RemovePhone {
            number: non_empty_name("phone", &number)?,
        },
        PersonEdit::Absent { date } => PersonEdit::Absent {
            date: checked_day(&date)?,
        },
        PersonEdit::Present { date } => PersonEdit::Present {
            date: checked_day(&date)?,
        },
    })
}

/// Returns a week that can be counted in; closed days are entries of their own.
fn checked_hours(hours: WorkingCalendar) -> ApiResult<WorkingCalendar> {
    let hours = WorkingCalendar {
        closed: vec![],
        ..hours
    };
    WorkingTime::new(&hours, &[])?;
    Ok(hours)
}

fn checked_quiet(quiet: Shift) -> ApiResult<Shift> {
    if quiet.from >= 1440 || quiet.to > 1440 || quiet.from == quiet.to {
        return Err(KeptError::invalid("quiet", Message::new("error-quiet")));
    }
    Ok(quiet)
}

/// Returns a day in the one way in which days are written, as `2026-12-24`.
fn checked_day(text: &str) -> ApiResult<String> {
    let day: jiff::civil::Date = text
        .trim()
        .parse()
        .map_err(|_| DueError::Date(text.to_owned()))?;
    Ok(day.to_string())
}

fn minutes_between(field: &str, minutes: u32, least: u32, most: u32) -> ApiResult<()> {
    if (least..=most).contains(&minutes) {
        return Ok(());
    }
    let span = |minutes: u32| i64::from(minutes).saturating_mul(60_000);
    Err(KeptError::invalid(
        field,
        with_field(Message::new("error-minutes"), field)
            .number("least", span(least))
            .number("most", span(most)),
    ))
}

#[cfg(test)]
pub(in crate::notebook) mod tests;
