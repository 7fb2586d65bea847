//! The inverse of a tap on a visit or an observation.

use super::{Inverse, Then, answers_of};
use crate::model::time::Millis;
use crate::model::unsettled::ShortAnswer;
use crate::model::visit::{Usage, UsageEdit, UsageKind, Visit, VisitEdit};

/// The edits that give back what a tap changed in a visit.
pub fn visit_inverse(then: &Then<&Visit>) -> Inverse<VisitEdit> {
    // A new field is given back below.
    let Visit {
        id: _,
        team: _,
        written: _,
        by: _,
        parts: _,
        unsettled: _,
        // It goes with customer and contact.
        labels: _,
        account: _,
        contact: _,
        channel: _,
        said: _,
        means: _,
        marks: _,
        help: _,
        happened_at: _,
        files: _,
        planned_at: _,
        arrived_at: _,
        left_at: _,
        place: _,
        nothing_promised: _,
        archived: _,
    } = then.now;
    let mut inverse = Inverse::new();
    let met = then.map(|visit| (visit.account, visit.contact));
    let labels = || then.before.labels.clone();
    let same_account = then.before.account == then.after.account;
    let names = |_: &_| {
        let labels = &then.now.labels;
        [labels.account.as_str(), labels.contact.as_str()]
            .join(" ")
            .trim()
            .to_owned()
    };
    inverse.value(
        "labels",
        met,
        names,
        |(account, contact)| match same_account {
            true => VisitEdit::Contact {
                contact,
                labels: labels(),
            },
            false => VisitEdit::Account {
                account,
                contact,
                labels: labels(),
            },
        },
    );
    let channel = then.map(|visit| visit.channel);
    inverse.value(
        "channel",
        channel,
        |now| now.name().to_owned(),
        |channel| VisitEdit::Channel { channel },
    );
    inverse.text(then.map(|visit| &visit.said), |text, was| VisitEdit::Said {
        text,
        was: Some(was),
    });
    let answer = |text: fn(&Visit) -> &String, answer| {
        then.map(|visit| (text(visit), answers_of(visit.unsettled.as_ref(), answer)))
    };
    let means = answer(|visit| &visit.means, ShortAnswer::Means);
    inverse.answer("means", means, |text| VisitEdit::Means { text, was: None });
    let help = answer(|visit| &visit.help, ShortAnswer::Help);
    inverse.answer("help", help, |text| VisitEdit::Help { text, was: None });
    inverse.members(
        then.map(|visit| &visit.marks),
        |mark| VisitEdit::AddMark { mark },
        |mark| VisitEdit::RemoveMark { mark },
    );
    inverse.members(
        then.map(|visit| &visit.files),
        |file| VisitEdit::AddFile { file },
        |file| VisitEdit::RemoveFile { file },
    );
    inverse.value(
        "happened_at",
        then.map(|visit| visit.happened_at),
        Millis::to_string,
        |at| VisitEdit::HappenedAt { at },
    );
    inverse.value(
        "planned_at",
        then.map(|visit| visit.planned_at),
        time,
        |at| VisitEdit::PlannedAt { at },
    );
    inverse.value(
        "arrived_at",
        then.map(|visit| visit.arrived_at),
        time,
        |at| VisitEdit::ArrivedAt { at },
    );
    inverse.value("left_at", then.map(|visit| visit.left_at), time, |at| {
        VisitEdit::LeftAt { at }
    });
    let place = |place: &Option<_>| match place {
        Some(place) => ToString::to_string(place),
        None => String::new(),
    };
    inverse.value("place", then.map(|visit| visit.place), place, |place| {
        VisitEdit::Place { place }
    });
    let nothing = then.map(|visit| visit.nothing_promised);
    inverse.value("nothing_promised", nothing, bool::to_string, |nothing| {
        VisitEdit::NothingPromised { nothing }
    });
    let reason = String::new;
    inverse.archived(
        then.map(|visit| visit.archived),
        VisitEdit::Archive { reason: reason() },
        VisitEdit::Restore { reason: reason() },
    );
    inverse
}

/// The edits that give back what a tap changed in an observation.
pub fn usage_inverse(then: &Then<&Usage>) -> Inverse<UsageEdit> {
    // A new field is given back below.
    let Usage {
        id: _,
        team: _,
        written: _,
        by: _,
        parts: _,
        unsettled: _,
        // It goes with the customer.
        labels: _,
        kind: _,
        account: _,
        visit: _,
        product: _,
        doing: _,
        workaround: _,
        frequency: _,
        pain: _,
        quantity: _,
        quote: _,
        themes: _,
        consent: _,
        notes: _,
        files: _,
        archived: _,
    } = then.now;
    let mut inverse = Inverse::new();
    let need = |kind: &UsageKind| (*kind == UsageKind::Need).to_string();
    inverse.value("need", then.map(|usage| usage.kind), need, |kind| {
        UsageEdit::Kind { kind }
    });
    let name = |_: &_| then.now.labels.account.clone();
    inverse.value("labels", then.map(|usage| usage.account), name, |account| {
        UsageEdit::Account {
            account,
            labels: then.before.labels.clone(),
        }
    });
    inverse.value(
        "visit",
        then.map(|usage| usage.visit),
        |_| String::new(),
        |visit| UsageEdit::Visit { visit },
    );
    inverse.scalar("product", then.map(|usage| &usage.product), |text| {
        UsageEdit::Product { text }
    });
    inverse.scalar("doing", then.map(|usage| &usage.doing), |text| {
        UsageEdit::Doing { text }
    });
    inverse.scalar("workaround", then.map(|usage| &usage.workaround), |text| {
        UsageEdit::Workaround { text }
    });
    inverse.scalar("frequency", then.map(|usage| &usage.frequency), |text| {
        UsageEdit::Frequency { text }
    });
    inverse.value(
        "pain",
        then.map(|usage| usage.pain),
        u8::to_string,
        |pain| UsageEdit::Pain { pain },
    );
    inverse.scalar("quantity", then.map(|usage| &usage.quantity), |text| {
        UsageEdit::Quantity { text }
    });
    inverse.scalar("quote", then.map(|usage| &usage.quote), |text| {
        UsageEdit::Quote { text }
    });
    inverse.members(
        then.map(|usage| &usage.themes),
        |theme| UsageEdit::AddTheme { theme },
        |theme| UsageEdit::RemoveTheme { theme },
    );
    inverse.value(
        "consent",
        then.map(|usage| usage.consent),
        bool::to_string,
        |consent| UsageEdit::Consent { consent },
    );
    inverse.text(then.map(|usage| &usage.notes), |text, was| {
        UsageEdit::Notes {
            text,
            was: Some(was),
        }
    });
    inverse.members(
        then.map(|usage| &usage.files),
        |file| UsageEdit::AddFile { file },
        |file| UsageEdit::RemoveFile { file },
    );
    let reason = String::new;
    inverse.archived(
        then.map(|usage| usage.archived),
        UsageEdit::Archive { reason: reason() },
        UsageEdit::Restore { reason: reason() },
    );
    inverse
}

fn time(at: &Option<Millis>) -> String {
    at.map(|at| at.to_string()).unwrap_or_default()
}
