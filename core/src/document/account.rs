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

use super::fields::{ChildPresence, Fields, MORE, Sheet, part, parts};
use super::loaded::{Authors, Loaded};
use super::{DocumentError, answers, unsettled};
use crate::model::account::{
    Account, AccountDraft, AccountEdit, AccountForm, Asset, AssetDraft, Contact, ContactDraft,
    Reach, ReachDraft, ReachKind, Site, SiteDraft,
};
use crate::model::collation;
use crate::model::event::EventBody;
use crate::model::ids::ItemId;
use crate::model::lead::{Need, NeedValue};
use crate::model::place::Place;
use crate::model::unsettled::{Answer, ChildKind, TextField};

const REACH: &str = "reach";
const CONTACTS: &str = "contacts";
const SITES: &str = "sites";
const ASSETS: &str = "assets";
const TAGS: &str = "tags";
/// Keyed by kind of promise, so that two people who each say what is needed speak of one thing.
const NEEDS: &str = "needs";

/// Scalars below [`MORE`], and parts of contacts.
const BIRTHDAY: &str = "birthday";
const TITLE: &str = "title";
/// Further names, one a line.
const ALSO_CALLED: &str = "also_called";
/// Before a digest of a further source, so that two devices that import one card write one key.
const SOURCE: &str = "source/";

/// Writes a new account. Its drafts have their ids.
pub fn create(sheet: &mut Sheet<'_, '_>, draft: &AccountDraft) -> Result<(), AutomergeError> {
    sheet.create(
        &[REACH, CONTACTS, SITES, ASSETS, TAGS, NEEDS, "team"],
        &["notes", "uses", "must_not_fail"],
    )?;
    sheet.put("name", draft.name.as_str())?;
    sheet.put("form", form_name(draft.form))?;
    if let Some(source) = &draft.source {
        sheet.put("source", source.as_str())?;
    }
    for (key, text) in [
        ("notes", &draft.notes),
        ("uses", &draft.uses),
        ("must_not_fail", &draft.must_not_fail),
    ] {
        if !text.is_empty() {
            sheet.rewrite(key, None, text)?;
        }
    }
    for tag in &draft.tags {
        sheet.add(TAGS, tag)?;
    }
    for contact in &draft.contacts {
        put_contact(sheet, contact)?;
    }
    for site in &draft.sites {
        put_site(sheet, site)?;
    }
    for asset in &draft.assets {
        put_asset(sheet, asset)?;
    }
    for reach in &draft.reaches {
        put_reach(sheet, reach)?;
    }
    let also_called = draft.also_called.join("\n");
    for (key, text) in [
        (BIRTHDAY, &draft.birthday),
        (TITLE, &draft.title),
        (ALSO_CALLED, &also_called),
    ] {
        if !text.is_empty() {
            sheet.set(MORE, key, text.as_str())?;
        }
    }
    Ok(())
}

/// Writes edits. Archiving and restoring are events, written by the caller.
pub fn edit(sheet: &mut Sheet<'_, '_>, edits: &[AccountEdit]) -> Result<(), AutomergeError> {
    for edit in edits {
        match edit {
            AccountEdit::Name { name } => sheet.put("name", name.as_str())?,
            AccountEdit::Form { form } => sheet.put("form", form_name(*form))?,
            AccountEdit::Notes { text, was } => {
                sheet.rewrite(TextField::Notes.name(), was.as_deref(), text)?
            }
            AccountEdit::SettleSentence { ancestor, keep } => {
                sheet.settle(TextField::Notes.name(), ancestor, keep)?
            }
            AccountEdit::Uses { text } => sheet.answer(Answer::Uses.name(), text)?,
            AccountEdit::MustNotFail { text } => sheet.answer(Answer::MustNotFail.name(), text)?,
            AccountEdit::AddTag { tag } => sheet.add(TAGS, tag)?,
            AccountEdit::RemoveTag { tag } => sheet.remove(TAGS, tag)?,
            AccountEdit::SetReach { reach } => put_reach(sheet, reach)?,
            AccountEdit::RemoveReach { id } => sheet.take_away(REACH, *id)?,
            AccountEdit::SetContact { contact } => put_contact(sheet, contact)?,
            AccountEdit::RemoveContact { id } => sheet.take_away(CONTACTS, *id)?,
            AccountEdit::SetSite { site } => put_site(sheet, site)?,
            AccountEdit::RemoveSite { id } => sheet.take_away(SITES, *id)?,
            AccountEdit::SetAsset { asset } => put_asset(sheet, asset)?,
            AccountEdit::RemoveAsset { id } => sheet.take_away(ASSETS, *id)?,
            AccountEdit::Need { kind, within } => sheet.set(NEEDS, kind, within.to_string())?,
            AccountEdit::DropNeed { kind } => sheet.remove(NEEDS, kind)?,
            AccountEdit::Keep { kind, id } => sheet.bring_back(map_of(*kind), *id)?,
            AccountEdit::Birthday { birthday } => sheet.set(MORE, BIRTHDAY, birthday.as_str())?,
            AccountEdit::Title { title } => sheet.set(MORE, TITLE, title.as_str())?,
            AccountEdit::AlsoCalled { names } => sheet.set(MORE, ALSO_CALLED, names.join("\n"))?,
            AccountEdit::AddSource { source } => {
                sheet.set(MORE, &source_key(source), source.as_str())?;
            }
            AccountEdit::Archive | AccountEdit::Restore => {}
        }
    }
    Ok(())
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

fn put_reach(sheet: &mut Sheet<'_, '_>, reach: &ReachDraft) -> Result<(), AutomergeError> {
    let id = reach.id.unwrap_or_else(|| reach.kind.main_item());
    sheet.put_part(REACH, id, "kind", reach.kind.name())?;
    sheet.put_part(REACH, id, "value", reach.value.as_str())?;
    if !reach.label.is_empty() {
        sheet.put_part(REACH, id, "label", reach.label.as_str())?;
    }
    if let Some(contact) = reach.contact {
        sheet.put_part(REACH, id, "contact", contact.to_string())?;
    }
    sheet.bring_back(REACH, id)
}

fn put_contact(sheet: &mut Sheet<'_, '_>, contact: &ContactDraft) -> Result<(), AutomergeError> {
    let Some(id) = contact.id else {
        return Err(AutomergeError::Fail);
    };
    sheet.put_part(CONTACTS, id, "name", contact.name.as_str())?;
    sheet.put_part(CONTACTS, id, "role", contact.role.as_str())?;
    let also_called = contact.also_called.join("\n");
    let source = contact.source.clone().unwrap_or_default();
    for (name, text) in [
        (BIRTHDAY, &contact.birthday),
        (ALSO_CALLED, &also_called),
        ("source", &source),
    ] {
        if !text.is_empty() {
            sheet.put_part(CONTACTS, id, name, text.as_str())?;
        }
    }
    sheet.bring_back(CONTACTS, id)
}

fn put_site(sheet: &mut Sheet<'_, '_>, site: &SiteDraft) -> Result<(), AutomergeError> {
    let Some(id) = site.id else {
        return Err(AutomergeError::Fail);
    };
    sheet.put_part(SITES, id, "label", site.label.as_str())?;
    sheet.put_part(SITES, id, "address", site.address.as_str())?;
    sheet.bring_back(SITES, id)
}

fn put_asset(sheet: &mut Sheet<'_, '_>, asset: &AssetDraft) -> Result<(), AutomergeError> {
    let Some(id) = asset.id else {
        return Err(AutomergeError::Fail);
    };
    sheet.put_part(ASSETS, id, "label", asset.label.as_str())?;
    sheet.put_part(ASSETS, id, "serial", asset.serial.as_str())?;
    if let Some(site) = asset.site {
        sheet.put_part(ASSETS, id, "site", site.to_string())?;
    }
    sheet.bring_back(ASSETS, id)
}

/// Reads an account.
pub fn read(doc: &Loaded, place: &Place, authors: &dyn Authors) -> Result<Account, DocumentError> {
    let root = Fields::root(doc);
    let Some((_, first)) = doc.first() else {
        return Err(DocumentError::Incomplete(doc.id));
    };
    let more = Fields::map(doc, MORE)?;
    Ok(Account {
        id: doc.id,
        birthday: more.latest(BIRTHDAY),
        title: more.latest(TITLE),
        also_called: lines(&more.latest(ALSO_CALLED)),
        further_sources: more
            .members()
            .iter()
            .filter(|key| key.starts_with(SOURCE))
            .filter_map(|key| more.latest_if(key))
            .collect(),
        name: root.latest("name"),
        form: if root.latest("form") == form_name(AccountForm::Person) {
            AccountForm::Person
        } else {
            AccountForm::Organisation
        },
        source: root.latest_if("source"),
        team: place.team.clone(),
        tags: by_name(Fields::map(doc, TAGS)?.members()),
        notes: root.text("notes"),
        uses: answers::shown(doc, Answer::Uses.name(), authors)?,
        must_not_fail: answers::shown(doc, Answer::MustNotFail.name(), authors)?,
        reaches: reaches(&Fields::map(doc, REACH)?, authors),
        contacts: contacts(&Fields::map(doc, CONTACTS)?),
        sites: sites(&Fields::map(doc, SITES)?, authors),
        assets: assets(&Fields::map(doc, ASSETS)?),
        archived: is_archived(doc, authors)?,
        created: first.authorship(authors),
        unsettled: unsettled::of_account(doc, authors)?,
        needs: needs(&Fields::map(doc, NEEDS)?, authors),
        parts: parts(doc),
    })
}

fn standing<T>(fields: &Fields<'_>, read: impl Fn(ItemId, bool) -> Option<T>) -> Vec<T> {
    let mut children = Vec::new();
    for (item, parts) in fields.children() {
        match fields.presence_of(item, &parts) {
            ChildPresence::Gone => {}
            presence => children.extend(read(item, presence == ChildPresence::InQuestion)),
        }
    }
    children
}

fn reaches(fields: &Fields<'_>, authors: &dyn Authors) -> Vec<Reach> {
    let mut reaches = standing(fields, |id, removal_in_question| {
        Some(Reach {
            id,
            kind: ReachKind::from_name(&fields.latest(&part(id, "kind")))?,
            label: fields.latest(&part(id, "label")),
            contact: fields
                .latest_if(&part(id, "contact"))
                .and_then(|text| text.parse().ok()),
            values: fields.all(&part(id, "value"), authors),
            removal_in_question,
        })
    });
    reaches.sort_by_key(|reach| (reach.kind, reach.id));
    reaches
}

fn contacts(fields: &Fields<'_>) -> Vec<Contact> {
    standing(fields, |id, removal_in_question| {
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
    standing(fields, |id, removal_in_question| {
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
    standing(fields, |id, removal_in_question| {
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
fn needs(fields: &Fields<'_>, authors: &dyn Authors) -> Vec<Need> {
    let need = |kind: String| {
        let values = fields.all(&kind, authors).into_iter();
        let values = values.filter_map(|said| {
            Some(NeedValue {
                within: said.value.parse().ok()?,
                by: said.by,
            })
        });
        Need {
            values: values.collect(),
            kind,
        }
    };
    let needs = fields.members().into_iter().map(need);
    needs.filter(|need| !need.values.is_empty()).collect()
}

/// True if the account was put away by an event that was contradicted neither by restoring it nor by an edit that had
/// not seen it.
fn is_archived(doc: &Loaded, authors: &dyn Authors) -> Result<bool, DocumentError> {
    let put_away = unsettled::put_away(doc, authors)?;
    Ok(put_away.is_some_and(|put_away| put_away.unseen.is_empty()))
}

/// The map that holds a kind of children.
pub(super) fn map_of(kind: ChildKind) -> &'static str {
    match kind {
        ChildKind::Reach => REACH,
        ChildKind::Contact => CONTACTS,
        ChildKind::Site => SITES,
        ChildKind::Asset => ASSETS,
    }
}

fn form_name(form: AccountForm) -> &'static str {
    match form {
        AccountForm::Organisation => "organisation",
        AccountForm::Person => "person",
    }
}
