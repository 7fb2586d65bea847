//! The people to call about a promise, with numbers that are ready to dial.

use serde::Serialize;

use crate::model::account::{Account, ContactPointKind};
use crate::model::event::Performer;
use crate::model::ids::PersonId;
use crate::model::promise::{Facts, Mover, PromiseState, WorkState};
use crate::model::telephone::dial_address;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::rows::{account_of, first_phone};
use crate::remind::CALLBACK;
use crate::store::Reading;

/// A person to call, with their number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct CallLine {
    /// The name of the contact, customer or colleague.
    pub name: String,
    /// The telephone number, as it was written down.
    pub number: String,
    /// The address that dials it, such as `tel:+4971112345`; none where it cannot be dialled.
    pub dial: Option<String>,
}

impl Context {
    /// Returns the people to call about a promise, the likeliest first: whoever has to move next, and the customer
    /// before colleagues where there is news for them. Nobody without a number, who has left, or who reads this.
    pub(in crate::notebook) fn calls(
        &self,
        store: Reading<'_>,
        facts: &Facts,
        state: &PromiseState,
    ) -> ApiResult<Vec<CallLine>> {
        let account = facts.made.account.map(|id| account_of(store, id));
        let account = account.transpose()?.flatten();
        let customer = account.and_then(|account| self.customer_line(&account, facts));
        let performer = match facts.performer {
            Performer::Person { person } => Some(person),
            Performer::Pool { .. } | Performer::Nobody => None,
        };
        let (mover, other) = match state.work.mover() {
            Mover::Performer => (performer, Some(facts.made.promiser)),
            Mover::Promiser | Mover::Office | Mover::Nobody => {
                (Some(facts.made.promiser), performer)
            }
        };
        let is_news = facts.made.kind == CALLBACK
            || facts.customer_notice.is_some()
            || mover == Some(self.me())
            || matches!(
                state.work,
                WorkState::Fulfilled | WorkState::Disputed { .. }
            );
        let colleague = |person: Option<PersonId>| self.colleague_line(person?);
        let (mover, other) = (colleague(mover), colleague(other));
        let lines = match is_news {
            true => [customer, mover, other],
            false => [mover, customer, other],
        };
        let mut calls: Vec<CallLine> = Vec::new();
        for line in lines.into_iter().flatten() {
            if !calls.contains(&line) {
                calls.push(line);
            }
        }
        Ok(calls)
    }

    /// Returns the line of a customer: the first number of the contact who heard the promise, else of the customer.
    fn customer_line(&self, account: &Account, facts: &Facts) -> Option<CallLine> {
        let contact = facts.made.contact.and_then(|id| {
            let contact = account.contacts.iter().find(|contact| contact.id == id)?;
            let own = account
                .contact_points
                .iter()
                .find(|point| point.kind == ContactPointKind::Phone && point.contact == Some(id))?;
            Some((contact.name.clone(), own.values.first()?.value.clone()))
        });
        let (name, number) =
            contact.unwrap_or_else(|| (account.name.clone(), first_phone(account)));
        self.line(name, number)
    }

    fn colleague_line(&self, person: PersonId) -> Option<CallLine> {
        if person == self.me() || self.has_left(person) {
            return None;
        }
        let number = self.company.people.get(&person)?.phones.first()?;
        self.line(self.name(person), number.clone())
    }

    fn line(&self, name: String, number: String) -> Option<CallLine> {
        (!number.is_empty()).then(|| CallLine {
            dial: dial_address(&number, self.country()),
            name,
            number,
        })
    }
}
