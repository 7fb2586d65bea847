//! The scalar fields of an account: how each is written, merged, limited, found and called. Code that writes, checks,
//! reads, finds or shows accounts goes through this table.

use super::account::{Account, AccountDraft, AccountEdit};
use crate::limits::{NAME_CHARS, TEXT_CHARS};

/// A scalar field of an account.
pub struct AccountField {
    /// Its key in documents and in errors; never changes.
    pub key: &'static str,
    /// The key of its name in the catalogues.
    pub label: &'static str,
    /// The number of characters that it may have.
    pub max_chars: usize,
    /// The place of its values in documents, and the outcome of concurrent ones.
    pub merge: Merge,
    /// The part of the search index that has it.
    pub search: Search,
    of_account: fn(&Account) -> &str,
    of_account_mut: fn(&mut Account) -> &mut String,
    of_draft: fn(&AccountDraft) -> &str,
    of_draft_mut: fn(&mut AccountDraft) -> &mut String,
    edit: fn(String, Option<String>) -> AccountEdit,
    of_edit: fn(&AccountEdit) -> Option<&str>,
    of_edit_mut: fn(&mut AccountEdit) -> Option<&mut String>,
}

/// The place of a field's values in documents, and the outcome of concurrent ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// A scalar at the root, which may not be empty; the latest is shown, and concurrent ones wait to be settled.
    Name,
    /// A text that merges by sentence; it is split over groups where it is too long for one.
    BySentence,
    /// A short answer, of which all concurrent ones are kept; it is split as a text where it is too long for a group.
    KeepAll,
    /// A scalar below `more`; the latest wins. This is how later fields are written: the keys of the root are those of
    /// every first change, and stay.
    Latest,
}

/// The part of the search index that has a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Search {
    /// None.
    No,
    /// The names, which are found first.
    Names,
    /// The other texts.
    Text,
}

macro_rules! field {
    ($key:literal, $field:ident, $edit:ident { $text:ident $(, $was:ident)? }, $label:literal, $max:expr, $merge:ident, $search:ident) => {
        AccountField {
            key: $key,
            label: $label,
            max_chars: $max,
            merge: Merge::$merge,
            search: Search::$search,
            of_account: |account| &account.$field,
            of_account_mut: |account| &mut account.$field,
            of_draft: |draft| &draft.$field,
            of_draft_mut: |draft| &mut draft.$field,
            edit: |text, _was| AccountEdit::$edit { $text: text $(, $was: _was)? },
            of_edit: |edit| match edit {
                AccountEdit::$edit { $text, .. } => Some($text),
                _ => None,
            },
            of_edit_mut: |edit| match edit {
                AccountEdit::$edit { $text, .. } => Some($text),
                _ => None,
            },
        }
    };
}

/// Every scalar field, in the order in which texts of an account are searched and shown.
#[rustfmt::skip]
pub const ACCOUNT_FIELDS: &[AccountField] = &[
    //     key              field          edit                         label                  limit       merge       search
    field!("name",          name,          Name { name },               "field-name",          NAME_CHARS, Name,       Names),
    field!("notes",         notes,         Notes { text, was },         "field-notes",         TEXT_CHARS, BySentence, Text),
    field!("uses",          uses,          Uses { text, was },          "field-uses",          TEXT_CHARS, KeepAll,    Text),
    field!("must_not_fail", must_not_fail, MustNotFail { text, was },   "field-must-not-fail", TEXT_CHARS, KeepAll,    Text),
    field!("title",         title,         Title { title },             "field-title",         NAME_CHARS, Latest,     Text),
    field!("birthday",      birthday,      Birthday { birthday },       "field-birthday",      NAME_CHARS, Latest,     No),
];

impl AccountField {
    /// The field with this key; None if there is none.
    pub fn from_key(key: &str) -> Option<&'static Self> {
        ACCOUNT_FIELDS.iter().find(|field| field.key == key)
    }

    /// The field that an edit sets; None if it sets none of these.
    pub fn of_edit(edit: &AccountEdit) -> Option<&'static Self> {
        let mut fields = ACCOUNT_FIELDS.iter();
        fields.find(|field| (field.of_edit)(edit).is_some())
    }

    /// The value in an account; empty if it has none.
    pub fn value<'a>(&self, account: &'a Account) -> &'a str {
        (self.of_account)(account)
    }

    /// Sets the value in an account.
    pub fn set(&self, account: &mut Account, value: String) {
        *(self.of_account_mut)(account) = value;
    }

    /// The value in a draft; empty if it has none.
    pub fn draft_value<'a>(&self, draft: &'a AccountDraft) -> &'a str {
        (self.of_draft)(draft)
    }

    /// The value in a draft, to be changed.
    pub fn draft_value_mut<'a>(&self, draft: &'a mut AccountDraft) -> &'a mut String {
        (self.of_draft_mut)(draft)
    }

    /// The edit that sets it to a value; `was` is the text that the screen showed, of a field that merges by sentence or
    /// is a short answer.
    pub fn edit(&self, value: String, was: Option<String>) -> AccountEdit {
        (self.edit)(value, was)
    }

    /// The value that an edit sets it to; empty if the edit does not.
    pub fn edit_value<'a>(&self, edit: &'a AccountEdit) -> &'a str {
        (self.of_edit)(edit).unwrap_or_default()
    }

    /// The value that an edit sets it to, to be changed; None if the edit does not.
    pub fn edit_value_mut<'a>(&self, edit: &'a mut AccountEdit) -> Option<&'a mut String> {
        (self.of_edit_mut)(edit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::authored::Authorship;
    use crate::model::ids::{Actor, DocId};

    fn empty_account() -> Account {
        let created = Authorship {
            actor: Actor([1; 16]),
            person: None,
            name: "Ann".to_owned(),
            at: 0,
        };
        Account::empty(DocId([1; 16]), created)
    }

    #[test]
    fn every_scalar_of_an_account_is_in_the_table() {
        // Not written as the fields of the table are.
        const OTHERS: [&str; 2] = ["id", "form"];
        let account = serde_json::to_value(empty_account()).unwrap();
        let scalars = account.as_object().unwrap().iter();
        let scalars: Vec<&str> = scalars
            .filter(|(key, value)| value.is_string() && !OTHERS.contains(&key.as_str()))
            .map(|(key, _)| key.as_str())
            .collect();
        let mut known: Vec<&str> = ACCOUNT_FIELDS.iter().map(|field| field.key).collect();
        known.sort_unstable();
        assert_eq!(scalars, known, "a row of ACCOUNT_FIELDS is missing");
    }

    #[test]
    fn a_row_is_about_one_field_in_accounts_drafts_and_edits() {
        for field in ACCOUNT_FIELDS {
            let mut account = empty_account();
            field.set(&mut account, "x".to_owned());
            assert_eq!(serde_json::to_value(&account).unwrap()[field.key], "x");
            let mut draft = AccountDraft::default();
            field.draft_value_mut(&mut draft).push('x');
            assert_eq!(serde_json::to_value(&draft).unwrap()[field.key], "x");
            assert_eq!(field.draft_value(&draft), field.value(&account));
            let mut edit = field.edit("x".to_owned(), None);
            let found = AccountField::of_edit(&edit).map(|field| field.key);
            assert_eq!(found, Some(field.key));
            field.edit_value_mut(&mut edit).unwrap().push('y');
            assert_eq!(field.edit_value(&edit), "xy");
        }
    }
}
