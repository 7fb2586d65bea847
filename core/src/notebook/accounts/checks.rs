//! Checks of customers before they are written: drafts and edits get ids, and what breaks a limit is refused.

use crate::language::Message;
use crate::limits;
use crate::model::account::{AccountDraft, AccountEdit, ContactDraft, ContactPointDraft};
use crate::model::account_field::{ACCOUNT_FIELDS, AccountField, Merge};
use crate::model::lead_time::LeadTime;
use crate::notebook::Notebook;
use crate::notebook::checks::{
    check_max_chars, check_max_entries, has_visible_char, non_empty_name,
};
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::handbook::checks::offered_kind;
use crate::store::{Reading, company};

impl Notebook {
    /// Returns a draft with ids for its items.
    pub(in crate::notebook) fn checked_account(
        &self,
        mut draft: AccountDraft,
    ) -> ApiResult<AccountDraft> {
        for field in ACCOUNT_FIELDS {
            check_scalar(field, field.draft_value_mut(&mut draft))?;
        }
        for (field, length) in [
            ("tags", draft.tags.len()),
            ("reaches", draft.contact_points.len()),
            ("contacts", draft.contacts.len()),
            ("sites", draft.sites.len()),
            ("assets", draft.assets.len()),
        ] {
            check_max_entries(field, length)?;
        }
        for tag in &mut draft.tags {
            *tag = non_empty_name("tag", tag)?;
        }
        for contact_point in &mut draft.contact_points {
            check_contact_point(contact_point)?;
            contact_point.id.get_or_insert_with(|| self.new_item());
        }
        for contact in &mut draft.contacts {
            checked_contact(contact)?;
            contact.id.get_or_insert_with(|| self.new_item());
        }
        check_further_names(&draft.also_called)?;
        for site in &mut draft.sites {
            check_max_chars("site", &site.label, limits::NAME_CHARS)?;
            check_max_chars("address", &site.address, limits::VALUE_CHARS)?;
            site.id.get_or_insert_with(|| self.new_item());
        }
        for asset in &mut draft.assets {
            asset.label = non_empty_name("asset", &asset.label)?;
            check_max_chars("serial", &asset.serial, limits::NAME_CHARS)?;
            asset.id.get_or_insert_with(|| self.new_item());
        }
        Ok(draft)
    }

    /// Returns an edit with an id for its item.
    pub(in crate::notebook) fn checked_account_edit(
        &self,
        store: Reading<'_>,
        mut edit: AccountEdit,
    ) -> ApiResult<AccountEdit> {
        if let Some(field) = AccountField::of_edit(&edit)
            && let Some(value) = field.edit_value_mut(&mut edit)
        {
            check_scalar(field, value)?;
            return Ok(edit);
        }
        Ok(match edit {
            AccountEdit::AddTag { tag } => AccountEdit::AddTag {
                tag: non_empty_name("tag", &tag)?,
            },
            AccountEdit::SetContactPoint { mut contact_point } => {
                check_contact_point(&contact_point)?;
                contact_point.id.get_or_insert_with(|| self.new_item());
                AccountEdit::SetContactPoint { contact_point }
            }
            AccountEdit::SetContact { mut contact } => {
                checked_contact(&mut contact)?;
                contact.id.get_or_insert_with(|| self.new_item());
                AccountEdit::SetContact { contact }
            }
            AccountEdit::SetSite { mut site } => {
                check_max_chars("site", &site.label, limits::NAME_CHARS)?;
                check_max_chars("address", &site.address, limits::VALUE_CHARS)?;
                site.id.get_or_insert_with(|| self.new_item());
                AccountEdit::SetSite { site }
            }
            AccountEdit::SetAsset { mut asset } => {
                asset.label = non_empty_name("asset", &asset.label)?;
                check_max_chars("serial", &asset.serial, limits::NAME_CHARS)?;
                asset.id.get_or_insert_with(|| self.new_item());
                AccountEdit::SetAsset { asset }
            }
            AccountEdit::RequiredLeadTime { kind, within } => AccountEdit::RequiredLeadTime {
                kind: checked_need_kind(store, &kind)?,
                within: checked_lead_time(within)?,
            },
            AccountEdit::AlsoCalled { ref names } => {
                check_further_names(names)?;
                edit
            }
            AccountEdit::AddSource { ref source } => {
                check_max_chars("source", source, limits::VALUE_CHARS)?;
                edit
            }
            edit => edit,
        })
    }
}

/// Returns the key of a kind that the company offers; others are refused.
fn checked_need_kind(store: Reading<'_>, kind: &str) -> ApiResult<String> {
    let company = company::load(store.read())?;
    Ok(offered_kind(&company.handbook, kind)?.key)
}

fn checked_lead_time(needed: LeadTime) -> ApiResult<LeadTime> {
    let minutes = needed.minutes(24 * 60);
    if (1..=i64::from(limits::KIND_MINUTES)).contains(&minutes) {
        return Ok(needed);
    }
    Err(KeptError::invalid("needs", Message::new("error-need")))
}

/// Refuses a number or address without a visible character: one that is to go is removed instead.
fn check_contact_point(contact_point: &ContactPointDraft) -> ApiResult<()> {
    if !has_visible_char(&contact_point.value) {
        let field = contact_point.kind.name();
        let words = Message::new("error-empty").text("field", field);
        return Err(KeptError::invalid(field, words));
    }
    check_max_chars("value", &contact_point.value, limits::VALUE_CHARS)?;
    check_max_chars("label", &contact_point.label, limits::NAME_CHARS)
}

fn checked_contact(contact: &mut ContactDraft) -> ApiResult<()> {
    contact.name = non_empty_name("contact", &contact.name)?;
    check_max_chars("role", &contact.role, limits::NAME_CHARS)?;
    check_max_chars("birthday", &contact.birthday, limits::NAME_CHARS)?;
    check_further_names(&contact.also_called)?;
    check_max_chars(
        "source",
        contact.source.as_deref().unwrap_or_default(),
        limits::VALUE_CHARS + limits::NAME_CHARS,
    )
}

/// Checks the value of a scalar; a name loses the spaces around it.
fn check_scalar(field: &AccountField, value: &mut String) -> ApiResult<()> {
    if field.merge == Merge::Name {
        *value = non_empty_name(field.key, value)?;
    }
    check_max_chars(field.key, value, field.max_chars)
}

fn check_further_names(names: &[String]) -> ApiResult<()> {
    check_max_entries("also_called", names.len())?;
    for name in names {
        non_empty_name("also_called", name)?;
    }
    Ok(())
}
