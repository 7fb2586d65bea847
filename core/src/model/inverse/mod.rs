//! Inverses: the edits that give back what a tap changed in a document, from how it was before the tap, after it and
//! now. A value that somebody else wrote since stays, and is named.
//!
//! Each kind of document takes its model apart, field by field, so that a new field without an inverse does not compile.

mod account;
mod person;
mod visit;

use super::authored::AuthoredValue;
use super::text::normal;
use super::unsettled::{ShortAnswer, Unsettled};

pub use account::account_inverse;
pub use person::person_inverse;
pub use visit::{usage_inverse, visit_inverse};

/// The edits that give back what a tap changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inverse<E> {
    /// The edits; none if everything is as it was already.
    pub edits: Vec<E>,
    /// The fields that stay, for somebody else wrote them since.
    pub left: Vec<LeftField>,
}

/// A field that stays as somebody else wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftField {
    /// Its path, as histories have it: "name", "contacts/…/role".
    pub path: String,
    /// Its value now, as histories have it; empty if it was taken away.
    pub value: String,
}

/// One thing before a tap, after it, and now.
#[derive(Clone, Copy, Debug)]
pub struct Then<T> {
    /// Before the tap.
    pub before: T,
    /// After the tap, as its author saw it.
    pub after: T,
    /// Now.
    pub now: T,
}

impl<T> Then<T> {
    /// A part of each.
    fn map<'t, U>(&'t self, part: impl Fn(&'t T) -> U) -> Then<U> {
        Then {
            before: part(&self.before),
            after: part(&self.after),
            now: part(&self.now),
        }
    }
}

/// The fate of a value.
enum Fate {
    /// The tap did not change it, or it is as it was before.
    Stands,
    /// Nobody wrote it since.
    GivenBack,
    /// Somebody else wrote it since.
    Left,
}

fn fate<T: PartialEq>(then: &Then<T>) -> Fate {
    if then.before == then.after || then.now == then.before {
        Fate::Stands
    } else if then.now == then.after {
        Fate::GivenBack
    } else {
        Fate::Left
    }
}

impl<E> Inverse<E> {
    fn new() -> Self {
        Self {
            edits: vec![],
            left: vec![],
        }
    }

    /// Gives a value back; `said` is what stands now, as histories have it.
    fn value<T: PartialEq>(
        &mut self,
        path: &str,
        then: Then<T>,
        said: impl FnOnce(&T) -> String,
        edit: impl FnOnce(T) -> E,
    ) {
        match fate(&then) {
            Fate::Stands => {}
            Fate::GivenBack => self.edits.push(edit(then.before)),
            Fate::Left => self.leave(path, said(&then.now)),
        }
    }

    /// Gives a scalar text back.
    fn scalar(&mut self, path: &str, then: Then<&String>, edit: impl FnOnce(String) -> E) {
        self.value(
            path,
            then,
            |now| (*now).clone(),
            |before| edit(before.clone()),
        );
    }

    /// Gives a short answer, or a name, back, of which all concurrent values are kept: each of them counts.
    fn answer(
        &mut self,
        path: &str,
        then: Then<(&String, Vec<&str>)>,
        edit: impl FnOnce(String) -> E,
    ) {
        let said = |(now, _): &(&String, Vec<&str>)| (*now).clone();
        self.value(path, then, said, |(before, _)| edit(before.clone()));
    }

    /// Gives a text back that merges by sentence: sentences that others wrote since stay where they are.
    fn text(&mut self, then: Then<&String>, edit: impl FnOnce(String, String) -> E) {
        if normal(then.before) != normal(then.after) && then.now != then.before {
            self.edits
                .push(edit(then.before.clone(), then.after.clone()));
        }
    }

    /// Gives the members of a set back.
    fn members<T: PartialEq + Clone>(
        &mut self,
        then: Then<&Vec<T>>,
        add: impl Fn(T) -> E,
        remove: impl Fn(T) -> E,
    ) {
        let Then { before, after, now } = then;
        let added = after
            .iter()
            .filter(|it| !before.contains(it) && now.contains(it));
        self.edits.extend(added.cloned().map(remove));
        let removed = before
            .iter()
            .filter(|it| !after.contains(it) && !now.contains(it));
        self.edits.extend(removed.cloned().map(add));
    }

    /// Gives back if a thing was archived.
    fn archived(&mut self, then: Then<bool>, archive: E, restore: E) {
        let edit = |before| if before { archive } else { restore };
        // Of two values one is always the one before or the one after.
        self.value("archived", then, |_| String::new(), edit);
    }

    fn leave(&mut self, path: &str, value: String) {
        self.left.push(LeftField {
            path: path.to_owned(),
            value,
        });
    }
}

/// The concurrent values of a short answer, in alphabetical order; none while there is one at most.
fn answers_of(unsettled: Option<&Unsettled>, answer: ShortAnswer) -> Vec<&str> {
    let known = unsettled
        .into_iter()
        .flat_map(|unsettled| &unsettled.answers);
    let known = known.filter(|known| known.answer == answer);
    in_order(known.flat_map(|known| &known.values))
}

/// Values in alphabetical order.
fn in_order<'v>(values: impl Iterator<Item = &'v AuthoredValue>) -> Vec<&'v str> {
    let mut values: Vec<&str> = values.map(|value| value.value.as_str()).collect();
    values.sort_unstable();
    values
}
