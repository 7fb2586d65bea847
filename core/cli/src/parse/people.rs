//! People as a text names them: colleagues by name or id, contacts of an account by name.

use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::model::account::{Account, Contact};
use kept_core::model::fold::plain;
use kept_core::model::ids::{DocId, ItemId, PersonId};
use kept_core::model::registry::Colleague;
use kept_core::notebook::{ApiResult, KeptError};

/// The colleague of a name, of the beginning of one, or of an id.
pub fn colleague(notebook: &Notebook, text: &str) -> ApiResult<PersonId> {
    let colleagues = notebook.colleagues()?;
    let text = text.trim();
    if let Ok(id) = text.parse::<PersonId>()
        && colleagues.iter().any(|colleague| colleague.id == id)
    {
        return Ok(id);
    }
    let name = |colleague: &Colleague| (colleague.name.clone(), colleague.id.to_string());
    // A colleague who left is meant only if no other is.
    let now = notebook.now_ms()?;
    let (here, left): (Vec<_>, Vec<_>) = colleagues
        .iter()
        .partition(|colleague| colleague.works_at(now));
    let found = by_name(&here, text, name)?.or(by_name(&left, text, name)?);
    found
        .map(|colleague| colleague.id)
        .ok_or_else(|| KeptError::not_found("thing-colleague", text))
}

/// The contact of a name or an id at an account.
pub fn contact(notebook: &Notebook, account: DocId, text: &str) -> ApiResult<ItemId> {
    find_contact(&notebook.account(account)?.account, text).map(|contact| contact.id)
}

/// The contact of a name or an id at an account that is at hand.
pub fn find_contact<'a>(account: &'a Account, text: &str) -> ApiResult<&'a Contact> {
    let contacts: Vec<&Contact> = account.contacts.iter().collect();
    let text = text.trim();
    let by_id = text.parse::<ItemId>().ok();
    let by_id = by_id.and_then(|id| contacts.iter().find(|contact| contact.id == id));
    if let Some(contact) = by_id {
        return Ok(contact);
    }
    by_name(&contacts, text, |contact| {
        (contact.name.clone(), contact.id.to_string())
    })?
    .ok_or_else(|| KeptError::not_found("thing-contact", text))
}

/// The one of a name, or of the beginning of a name or of one of its words. Where several are meant, they are
/// named with their ids.
fn by_name<'a, T>(
    candidates: &[&'a T],
    text: &str,
    named: impl Fn(&T) -> (String, String),
) -> ApiResult<Option<&'a T>> {
    let wanted = plain(text);
    let exact = |name: &str| name == wanted;
    let begins = |name: &str| name.starts_with(&wanted);
    let word = |name: &str| {
        name.split_whitespace()
            .any(|word| word.starts_with(&wanted))
    };
    let matchers: [&dyn Fn(&str) -> bool; 3] = [&exact, &begins, &word];
    for fits in matchers {
        let found: Vec<&&'a T> = candidates
            .iter()
            .filter(|one| !wanted.is_empty() && fits(&plain(&named(one).0)))
            .collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok(Some(one)),
            several => {
                let known = several.iter().map(|one| {
                    let (name, id) = named(one);
                    format!("{name} {id}")
                });
                let known: Vec<String> = known.collect();
                let message = Message::new("cli-several-of-a-name")
                    .text("text", text)
                    .text("known", known.join(", "));
                return Err(KeptError::invalid("name", message));
            }
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_found_by_as_much_of_their_name_as_tells_them_apart() {
        let names = ["Ann".to_owned(), "Anna Berg".into(), "Sam Berger".into()];
        let names: Vec<&String> = names.iter().collect();
        let find = |text: &str| by_name(&names, text, |name| ((*name).clone(), String::new()));
        assert_eq!(find("ann").unwrap().unwrap(), "Ann");
        assert_eq!(find("ANNA").unwrap().unwrap(), "Anna Berg");
        assert_eq!(find("berge").unwrap().unwrap(), "Sam Berger");
        assert!(find("berg").is_err());
        assert_eq!(find("zoe").unwrap(), None);
        assert_eq!(find("").unwrap(), None);
    }
}
