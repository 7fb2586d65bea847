//! Checks of customers before they are written: drafts and edits get ids, and what breaks a limit is refused.

use crate::language::Message;
use crate::limits;
use crate::model::account::{AccountDraft, AccountEdit, ContactDraft, ContactPointDraft};
use crate::model::lead_time::LeadTime;
use crate::notebook::Notebook;
use crate::notebook::checks::{
    check_max_chars, check_max_entries, has_visible_char, non_empty_name, text_within_limit,
};
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::handbook::checks::offered_kind;
use crate::store::{Store, company};

impl Notebook {
    pub(in crate::notebook) fn checked_account(
        &self,
        mut draft: AccountDraft,
    ) -> ApiResult<AccountDraft> {
        draft.name = non_empty_name("name", &draft.name)?;
        for (field, text) in [
            ("notes", &draft.notes),
            ("uses", &draft.uses),
            ("must_not_fail", &draft.must_not_fail),
        ] {
            check_max_chars(field, text, limits::TEXT_CHARS)?;
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
            check_reach(contact_point)?;
            contact_point.id.get_or_insert_with(|| self.new_item());
        }
        for contact in &mut draft.contacts {
            checked_contact(contact)?;
            contact.id.get_or_insert_with(|| self.new_item());
        }
        check_personal(&draft.birthday, &draft.title, &draft.also_called)?;
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

    pub(in crate::notebook) fn checked_account_edit(
        &self,
        store: &Store,
        edit: AccountEdit,
    ) -> ApiResult<AccountEdit> {
        Ok(match edit {
            AccountEdit::Name { name } => AccountEdit::Name {
                name: non_empty_name("name", &name)?,
            },
            AccountEdit::AddTag { tag } => AccountEdit::AddTag {
                tag: non_empty_name("tag", &tag)?,
            },
            AccountEdit::Notes { text, was } => AccountEdit::Notes {
                text: text_within_limit("notes", text)?,
                was,
            },
            AccountEdit::Uses { text } => AccountEdit::Uses {
                text: text_within_limit("uses", text)?,
            },
            AccountEdit::MustNotFail { text } => AccountEdit::MustNotFail {
                text: text_within_limit("must_not_fail", text)?,
            },
            AccountEdit::SetContactPoint { mut contact_point } => {
                check_reach(&contact_point)?;
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
            AccountEdit::Birthday { ref birthday } => {
                check_personal(birthday, "", &[])?;
                edit
            }
            AccountEdit::Title { ref title } => {
                check_personal("", title, &[])?;
                edit
            }
            AccountEdit::AlsoCalled { ref names } => {
                check_personal("", "", names)?;
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
fn checked_need_kind(store: &Store, kind: &str) -> ApiResult<String> {
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
fn check_reach(contact_point: &ContactPointDraft) -> ApiResult<()> {
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
    check_personal(&contact.birthday, "", &contact.also_called)?;
    check_max_chars(
        "source",
        contact.source.as_deref().unwrap_or_default(),
        limits::VALUE_CHARS + limits::NAME_CHARS,
    )
}

/// Checks what is said of a person beside their name.
fn check_personal(birthday: &str, title: &str, also_called: &[String]) -> ApiResult<()> {
    check_max_chars("birthday", birthday, limits::NAME_CHARS)?;
    check_max_chars("title", title, limits::NAME_CHARS)?;
    check_max_entries("also_called", also_called.len())?;
    for name in also_called {
        non_empty_name("also_called", name)?;
    }
    Ok(())
}
