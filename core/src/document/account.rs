//! Accounts: names are latest, numbers, addresses and required lead times keep all values, notes merge,
//! children are flat.
//!
//! A child (contact, site, number) is removed by a flag: it stays, with a question, where an edit is concurrent with
//! the removal. The main number of an account has the same item id on every device, so that two people who each enter
//! it have given two values for one thing. Required lead times are keyed by kind of promise in a map of their own and
//! keep all values, for the office acts on them; taking one back is add-wins like a label, and asks nothing.

use automerge::AutomergeError;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::document_writer::DocumentWriter;
use super::error::DocumentError;
use super::fields::{ChildStatus, Fields, parts};
use super::keys::{ASSETS, CONTACTS, MORE, NEEDS, REACH, SITES, TAGS, map_of, part};
use super::loaded_document::{Authors, LoadedDocument};
use super::visit::id_text;
use super::{short_answers, text, unsettled};
use crate::model::account::{
    Account, AccountDraft, AccountEdit, AccountForm, Asset, AssetDraft, Contact, ContactDraft,
    ContactPoint, ContactPointDraft, ContactPointKind, Site, SiteDraft,
};
use crate::model::account_field::{ACCOUNT_FIELDS, AccountField, Merge};
use crate::model::collation;
use crate::model::event::EventBody;
use crate::model::ids::ItemId;
use crate::model::lead_time::{RequiredLeadTime, RequiredLeadTimeValue};
use crate::model::placement::Placement;
use crate::model::unsettled::TextField;

/// A part of contacts.
const BIRTHDAY: &str = "birthday";
/// Further names below [`MORE`], and of contacts, one a line.
const ALSO_CALLED: &str = "also_called";
/// Before a digest of a further source, so that two devices that import one card write one key.
const SOURCE: &str = "source/";

/// Writes a new account. Its drafts have their ids.
pub fn create(
    writer: &mut DocumentWriter<'_, '_>,
    draft: &AccountDraft,
) -> Result<(), AutomergeError> {
    writer.create(
        &[REACH, CONTACTS, SITES, ASSETS, TAGS, NEEDS, "team"],
        &["notes", "uses", "must_not_fail"],
    )?;
    for field in ACCOUNT_FIELDS {
        let value = field.draft_value(draft);
        match field.merge {
            Merge::Name => writer.put(field.key, value)?,
            Merge::BySentence | Merge::KeepAll if !value.is_empty() => {
                writer.rewrite(field.key, None, value)?
            }
            Merge::Latest if !value.is_empty() => writer.set(MORE, field.key, value)?,
            Merge::BySentence | Merge::KeepAll | Merge::Latest => {}
        }
    }
    writer.put("form", form_name(draft.form))?;
    if let Some(source) = &draft.source {
        writer.put("source", source.as_str())?;
    }
    for tag in &draft.tags {
        writer.add(TAGS, tag)?;
    }
    for contact in &draft.contacts {
        put_contact(writer, contact)?;
    }
    for site in &draft.sites {
        put_site(writer, site)?;
    }
    for asset in &draft.assets {
        put_asset(writer, asset)?;
    }
    for contact_point in &draft.contact_points {
        put_contact_point(writer, contact_point)?;
    }
    if !draft.also_called.is_empty() {
        writer.set(MORE, ALSO_CALLED, draft.also_called.join("\n"))?;
    }
    Ok(())
}

/// Writes edits. Archiving and restoring are events, written by the caller.
pub fn edit(
    writer: &mut DocumentWriter<'_, '_>,
    edits: &[AccountEdit],
) -> Result<(), AutomergeError> {
    for edit in edits {
        match edit {
            AccountEdit::Form { form } => writer.put("form", form_name(*form))?,
            AccountEdit::SettleSentence { ancestor, keep } => {
                writer.settle(TextField::Notes.name(), ancestor, keep)?
            }
            AccountEdit::AddTag { tag } => writer.add(TAGS, tag)?,
            AccountEdit::RemoveTag { tag } => writer.remove(TAGS, tag)?,
            AccountEdit::SetContactPoint { contact_point } => {
                put_contact_point(writer, contact_point)?
            }
            AccountEdit::RemoveContactPoint { id } => writer.mark_removed(REACH, *id)?,
            AccountEdit::SetContact { contact } => put_contact(writer, contact)?,
            AccountEdit::RemoveContact { id } => writer.mark_removed(CONTACTS, *id)?,
            AccountEdit::SetSite { site } => put_site(writer, site)?,
            AccountEdit::RemoveSite { id } => writer.mark_removed(SITES, *id)?,
            AccountEdit::SetAsset { asset } => put_asset(writer, asset)?,
            AccountEdit::RemoveAsset { id } => writer.mark_removed(ASSETS, *id)?,
            AccountEdit::RequiredLeadTime { kind, within } => {
                writer.set(NEEDS, kind, within.to_string())?
            }
            AccountEdit::DropRequiredLeadTime { kind } => writer.remove(NEEDS, kind)?,
            AccountEdit::Keep { kind, id } => writer.unmark_removed(map_of(*kind), *id)?,
            AccountEdit::AlsoCalled { names } => writer.set(MORE, ALSO_CALLED, names.join("\n"))?,
            AccountEdit::AddSource { source } => {
                writer.set(MORE, &source_key(source), source.as_str())?;
            }
            AccountEdit::Archive | AccountEdit::Restore => {}
            scalar => set_field(writer, scalar)?,
        }
    }
    Ok(())
}

/// Writes an edit of a scalar. One that the table of fields lacks is refused: it would be lost.
fn set_field(
    writer: &mut DocumentWriter<'_, '_>,
    edit: &AccountEdit,
) -> Result<(), AutomergeError> {
    let field = AccountField::of_edit(edit).ok_or(AutomergeError::Fail)?;
    let value = field.edit_value(edit);
    match field.merge {
        Merge::Name => writer.put(field.key, value),
        Merge::BySentence => writer.rewrite(field.key, edit.was(), value),
        Merge::KeepAll => writer.answer(field.key, value),
        Merge::Latest => writer.set(MORE, field.key, value),
    }
}

/// The events among edits.
pub fn events_of(edits: &[AccountEdit]) -> Vec<EventBody> {
    let event = |edit: &AccountEdit| match edit {
        AccountEdit::Archive => Some(EventBody::Archived {
            reason: String::new(),
        }),
        AccountEdit::Restore => Some(EventBody::Restored {
            reason: String::new(),
        }),
        _ => None,
    };
    edits.iter().filter_map(event).collect()
}

fn put_contact_point(
    writer: &mut DocumentWriter<'_, '_>,
    contact_point: &ContactPointDraft,
) -> Result<(), AutomergeError> {
    let id = contact_point
        .id
        .unwrap_or_else(|| contact_point.kind.main_item());
    writer.put_part(REACH, id, "kind", contact_point.kind.name())?;
    writer.put_part(REACH, id, "value", contact_point.value.as_str())?;
    writer.put_part_if_any(REACH, id, "label", &contact_point.label)?;
    writer.put_part_if_any(REACH, id, "contact", &id_text(contact_point.contact))?;
    writer.unmark_removed(REACH, id)
}

fn put_contact(
    writer: &mut DocumentWriter<'_, '_>,
    contact: &ContactDraft,
) -> Result<(), AutomergeError> {
    let Some(id) = contact.id else {
        return Err(AutomergeError::Fail);
    };
    writer.put_part(CONTACTS, id, "name", contact.name.as_str())?;
    writer.put_part(CONTACTS, id, "role", contact.role.as_str())?;
    let also_called = contact.also_called.join("\n");
    if let Some(source) = &contact.source {
        writer.put_part(CONTACTS, id, "source", source.as_str())?;
    }
    for (name, text) in [(BIRTHDAY, &contact.birthday), (ALSO_CALLED, &also_called)] {
        writer.put_part_if_any(CONTACTS, id, name, text)?;
    }
    writer.unmark_removed(CONTACTS, id)
}

fn put_site(writer: &mut DocumentWriter<'_, '_>, site: &SiteDraft) -> Result<(), AutomergeError> {
    let Some(id) = site.id else {
        return Err(AutomergeError::Fail);
    };
    writer.put_part(SITES, id, "label", site.label.as_str())?;
    writer.put_part(SITES, id, "address", site.address.as_str())?;
    writer.unmark_removed(SITES, id)
}

fn put_asset(
    writer: &mut DocumentWriter<'_, '_>,
    asset: &AssetDraft,
) -> Result<(), AutomergeError> {
    let Some(id) = asset.id else {
        return Err(AutomergeError::Fail);
    };
    writer.put_part(ASSETS, id, "label", asset.label.as_str())?;
    writer.put_part(ASSETS, id, "serial", asset.serial.as_str())?;
    writer.put_part_if_any(ASSETS, id, "site", &id_text(asset.site))?;
    writer.unmark_removed(ASSETS, id)
}

/// Reads an account.
pub fn read(
    doc: &LoadedDocument,
    placement: &Placement,
    authors: &dyn Authors,
) -> Result<Account, DocumentError> {
    let root = Fields::root(doc);
    let Some((_, first)) = doc.first() else {
        return Err(DocumentError::Incomplete(doc.id));
    };
    let more = Fields::map(doc, MORE)?;
    let mut account = Account {
        also_called: lines(&more.latest(ALSO_CALLED)),
        further_sources: more
            .members()
            .iter()
            .filter(|key| key.starts_with(SOURCE))
            .filter_map(|key| more.latest_if(key))
            .collect(),
        form: if root.latest("form") == form_name(AccountForm::Person) {
            AccountForm::Person
        } else {
            AccountForm::Organisation
        },
        source: root.latest_if("source"),
        team: placement.team.clone(),
        tags: by_name(Fields::map(doc, TAGS)?.members()),
        contact_points: contact_points(&Fields::map(doc, REACH)?, authors),
        contacts: contacts(&Fields::map(doc, CONTACTS)?),
        sites: sites(&Fields::map(doc, SITES)?, authors),
        assets: assets(&Fields::map(doc, ASSETS)?),
        archived: unsettled::is_archived(doc, authors)?,
        unsettled: unsettled::of_account(doc, authors)?,
        needs: needs(&Fields::map(doc, NEEDS)?, authors),
        parts: parts(doc),
        ..Account::empty(doc.id, first.authorship(authors))
    };
    for field in ACCOUNT_FIELDS {
        let value = match field.merge {
            Merge::Name => root.latest(field.key),
            Merge::BySentence => text::read(doc, field.key),
            Merge::KeepAll => short_answers::displayed(doc, field.key, authors)?,
            Merge::Latest => more.latest(field.key),
        };
        field.set(&mut account, value);
    }
    Ok(account)
}

fn current_children<T>(fields: &Fields<'_>, read: impl Fn(ItemId, bool) -> Option<T>) -> Vec<T> {
    let mut children = Vec::new();
    for (item, parts) in fields.children() {
        match fields.status_of(item, &parts) {
            ChildStatus::Removed => {}
            presence => children.extend(read(item, presence == ChildStatus::Contested)),
        }
    }
    children
}

fn contact_points(fields: &Fields<'_>, authors: &dyn Authors) -> Vec<ContactPoint> {
    let mut contact_points = current_children(fields, |id, removal_in_question| {
        Some(ContactPoint {
            id,
            kind: ContactPointKind::from_name(&fields.latest(&part(id, "kind")))?,
            label: fields.latest(&part(id, "label")),
            contact: fields
                .latest_if(&part(id, "contact"))
                .and_then(|text| text.parse().ok()),
            values: fields.all(&part(id, "value"), authors),
            removal_in_question,
        })
    });
    contact_points.sort_by_key(|contact_point| (contact_point.kind, contact_point.id));
    contact_points
}

fn contacts(fields: &Fields<'_>) -> Vec<Contact> {
    current_children(fields, |id, removal_in_question| {
        let (name, role) = (
            fields.latest(&part(id, "name")),
            fields.latest(&part(id, "role")),
        );
        Some(Contact {
            id,
            name,
            role,
            removal_in_question,
            birthday: fields.latest(&part(id, BIRTHDAY)),
            also_called: lines(&fields.latest(&part(id, ALSO_CALLED))),
            source: fields.latest_if(&part(id, "source")),
        })
    })
}

/// Labels in alphabetical order.
fn by_name(mut labels: Vec<String>) -> Vec<String> {
    labels.sort_by(|one, other| collation::compare(one, other));
    labels
}

fn source_key(source: &str) -> String {
    let digest = Sha256::digest(source.as_bytes());
    let half = digest.get(..16).unwrap_or_default();
    format!("{SOURCE}{}", HEXLOWER.encode(half))
}

fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

fn sites(fields: &Fields<'_>, authors: &dyn Authors) -> Vec<Site> {
    current_children(fields, |id, removal_in_question| {
        let (label, address) = (
            fields.latest(&part(id, "label")),
            fields.all(&part(id, "address"), authors),
        );
        Some(Site {
            id,
            label,
            address,
            removal_in_question,
        })
    })
}

fn assets(fields: &Fields<'_>) -> Vec<Asset> {
    current_children(fields, |id, removal_in_question| {
        Some(Asset {
            id,
            label: fields.latest(&part(id, "label")),
            serial: fields.latest(&part(id, "serial")),
            site: fields
                .latest_if(&part(id, "site"))
                .and_then(|text| text.parse().ok()),
            removal_in_question,
        })
    })
}

/// A value that is no time was written by a later version.
fn needs(fields: &Fields<'_>, authors: &dyn Authors) -> Vec<RequiredLeadTime> {
    let need = |kind: String| {
        let values = fields.all(&kind, authors).into_iter();
        let values = values.filter_map(|said| {
            Some(RequiredLeadTimeValue {
                within: said.value.parse().ok()?,
                by: said.by,
            })
        });
        RequiredLeadTime {
            values: values.collect(),
            kind,
        }
    };
    let needs = fields.members().into_iter().map(need);
    needs.filter(|need| !need.values.is_empty()).collect()
}

fn form_name(form: AccountForm) -> &'static str {
    match form {
        AccountForm::Organisation => "organisation",
        AccountForm::Person => "person",
    }
}
