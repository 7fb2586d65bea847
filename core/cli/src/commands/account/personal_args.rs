//! The options of `kept account add` and `kept account edit` for facts about a person beside their name.

use kept_core::model::account::{Account, AccountDraft, AccountEdit};
use kept_core::model::account_field::AccountField;

/// The facts about a person beside their name.
#[derive(Debug, Default, clap::Args)]
pub struct PersonalArgs {
    /// A person's birthday: 1974-05-31, --05-31 without a year
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    birthday: Option<String>,
    /// A person's job title
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// A further name; may be given several times
    #[arg(long = "also-called", value_name = "NAME")]
    also_called: Vec<String>,
}

impl PersonalArgs {
    /// The scalars, by the keys of their fields, each with its value where one was given; and the further names.
    fn split(self) -> (Vec<(&'static str, Option<String>)>, Vec<String>) {
        let scalars = vec![("birthday", self.birthday), ("title", self.title)];
        (scalars, self.also_called)
    }

    /// Puts what was given into a draft.
    pub fn fill(self, draft: &mut AccountDraft) {
        let (scalars, also_called) = self.split();
        for (field, value) in given(scalars) {
            *field.draft_value_mut(draft) = value;
        }
        draft.also_called = also_called;
    }

    /// The edits that set what was given; further names are added to those of the account.
    pub fn edits(self, account: &Account) -> Vec<AccountEdit> {
        let (scalars, also_called) = self.split();
        let scalars = given(scalars).map(|(field, value)| field.edit(value, None));
        let mut edits: Vec<AccountEdit> = scalars.collect();
        if !also_called.is_empty() {
            let known = &account.also_called;
            let new = also_called.into_iter().filter(|name| !known.contains(name));
            let names = known.iter().cloned().chain(new).collect();
            edits.push(AccountEdit::AlsoCalled { names });
        }
        edits
    }
}

/// The fields of the scalars that were given, with their values.
fn given(
    scalars: Vec<(&'static str, Option<String>)>,
) -> impl Iterator<Item = (&'static AccountField, String)> {
    let scalars = scalars.into_iter();
    scalars.filter_map(|(key, value)| Some((AccountField::from_key(key)?, value?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_is_about_a_field_of_accounts() {
        for (key, _) in PersonalArgs::default().split().0 {
            assert!(AccountField::from_key(key).is_some(), "{key}");
        }
    }
}
