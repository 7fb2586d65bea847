//! The choices for one tap while a visit is entered: machines, ways round, frequencies, themes, marks, channels and
//! kinds of promises, those first that were used here and lately.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::language::{Lang, Message, message_text};
use crate::model::fold;
use crate::model::handbook::PromiseKind;
use crate::model::ids::{DocId, PersonId};
use crate::model::placement::DocumentKind;
use crate::model::time::Millis;
use crate::model::visit::{Channel, Usage, Visit};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::handbook::messages::kind_message;
use crate::notebook::rows::{account_of, decode};
use crate::notebook::visits::messages::visit_mark_message;
use crate::store::queries::{self, ListedEntry};

/// The newest entries that are looked at: about the customer, then observations, visits and promises of all.
const NEWEST_THERE: u32 = 50;
const NEWEST_USAGES: u32 = 200;
const NEWEST_VISITS: u32 = 100;
const NEWEST_PROMISES: u32 = 100;
/// How much more something counts that was said about the customer.
const OWN: u64 = 4;
/// The most choices of one field.
const MAX_CHOICES: usize = 12;
/// The most characters of a choice: a longer text is nothing to tap.
const MAX_CHARS: usize = 60;

/// The marks that are always offered, as documents keep them.
const MARKS: [&str; 5] = ["good", "so-so", "bad", "fixed", "follow-up"];
// messages: frequency-choice-each-time frequency-choice-daily frequency-choice-weekly frequency-choice-monthly
// messages: frequency-choice-seldom
const FREQUENCIES: [&str; 5] = ["each-time", "daily", "weekly", "monthly", "seldom"];

/// The choices for one tap while a visit is entered, the likeliest first. Texts are kept as they are offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct VisitChoices {
    /// The customer's machines, then products that were observed; at most twelve, as of each field below.
    pub products: Vec<String>,
    /// Ways round that were observed.
    pub workarounds: Vec<String>,
    /// Frequencies that were observed, then the usual ones in the reader's language.
    pub frequencies: Vec<String>,
    /// Themes that were given.
    pub themes: Vec<String>,
    /// The usual outcome marks, then others that were given.
    pub marks: Vec<MarkChoice>,
    /// Every channel, those first that this notebook's person uses most.
    pub channels: Vec<Channel>,
    /// Every kind of promise that is offered, those first of which this notebook's person promises most.
    pub kinds: Vec<KindChoice>,
}

/// An outcome mark that is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct MarkChoice {
    /// The mark, as documents keep it.
    pub mark: String,
    /// The mark in words.
    pub words: Message,
}

/// A kind of promise that is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct KindChoice {
    /// The kind.
    pub key: String,
    /// The kind in words.
    pub words: Message,
}

#[uniffi::export]
impl Notebook {
    /// Returns what is offered for one tap while a visit is entered, at a customer or at none: what was said there and
    /// lately comes first. Nothing is refused: about a customer who is not here nothing was said.
    pub fn visit_choices(&self, account: Option<DocId>, lang: Lang) -> ApiResult<VisitChoices> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let connection = store.read();
            let mut said = Said::default();
            let mut assets = Vec::new();
            if let Some(account) = account {
                let kinds = [DocumentKind::Visit, DocumentKind::Usage];
                let rows =
                    queries::timeline(connection, account, &kinds, false, None, NEWEST_THERE)?;
                said.take(&rows)?;
                let here = account_of(store, account)?;
                assets.extend(here.into_iter().flat_map(|account| account.assets));
            }
            let usages = queries::latest_details(connection, DocumentKind::Usage, NEWEST_USAGES)?;
            for (rank, (at, detail)) in usages.iter().enumerate() {
                said.take_usage(&decode(detail)?, score(1, rank), *at);
            }
            let visits = queries::latest_details(connection, DocumentKind::Visit, NEWEST_VISITS)?;
            let mut used = BTreeMap::new();
            for (rank, (at, detail)) in visits.iter().enumerate() {
                let visit: Visit = decode(detail)?;
                said.take_visit(&visit, score(1, rank), *at);
                if context.is_mine(&visit.by) {
                    *used.entry(visit.channel.name()).or_default() += 1;
                }
            }
            let channels = channels(&used);
            let promised = queries::latest_promise_kinds(connection, NEWEST_PROMISES)?;
            let kinds = kinds(&context, promised);

            let usual = FREQUENCIES
                .map(|name| message_text(&Message::new(format!("frequency-choice-{name}")), lang));
            let marks = MARKS.map(str::to_owned).into_iter();
            let marks = each_once(marks.chain(said.marks.best()));
            Ok(VisitChoices {
                products: each_once(
                    assets
                        .into_iter()
                        .map(|asset| asset.label)
                        .chain(said.products.best()),
                ),
                workarounds: each_once(said.workarounds.best()),
                frequencies: each_once(said.frequencies.best().into_iter().chain(usual)),
                themes: each_once(said.themes.best()),
                marks: marks
                    .into_iter()
                    .map(|mark| MarkChoice {
                        words: visit_mark_message(&mark),
                        mark,
                    })
                    .collect(),
                channels,
                kinds,
            })
        })
    }
}

/// Every channel, those first that this notebook's person used most.
fn channels(used: &BTreeMap<&str, usize>) -> Vec<Channel> {
    let mut channels = Channel::ALL.to_vec();
    channels.sort_by_key(|channel| Reverse(used.get(channel.name()).copied().unwrap_or_default()));
    channels
}

/// Every kind that is offered, those first of which this notebook's person promised most.
fn kinds(context: &Context, promised: Vec<(Option<PersonId>, String)>) -> Vec<KindChoice> {
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for (promiser, kind) in promised {
        if promiser == Some(context.me()) {
            *used.entry(kind).or_default() += 1;
        }
    }
    let kinds = context.company.handbook.kinds.values();
    let mut kinds: Vec<_> = kinds.filter(|kind| !kind.retired).collect();
    kinds.sort_by_key(|kind| Reverse(used.get(&kind.key).copied().unwrap_or_default()));
    let choice = |kind: &PromiseKind| KindChoice {
        key: kind.key.clone(),
        words: kind_message(kind),
    };
    kinds.into_iter().map(choice).collect()
}

/// The form of a text by which two choices are the same.
fn form(text: &str) -> String {
    match fold::plain(text) {
        folded if folded.is_empty() => text.trim().to_owned(),
        folded => folded,
    }
}

/// The first choices of a list, those that people take for the same once.
fn each_once(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen = Vec::new();
    let mut once = Vec::new();
    for text in texts {
        let form = form(&text);
        if once.len() < MAX_CHOICES && !form.is_empty() && !seen.contains(&form) {
            seen.push(form);
            once.push(text);
        }
    }
    once
}

/// The texts of entries by field, each with its score.
#[derive(Default)]
struct Said {
    products: Tally,
    workarounds: Tally,
    frequencies: Tally,
    themes: Tally,
    marks: Tally,
}

impl Said {
    /// Takes entries about the customer, the newest first.
    fn take(&mut self, rows: &[ListedEntry]) -> ApiResult<()> {
        for (rank, row) in rows.iter().enumerate() {
            let score = score(OWN, rank);
            match row.kind {
                DocumentKind::Usage => self.take_usage(&decode(&row.detail)?, score, row.at),
                DocumentKind::Visit => self.take_visit(&decode(&row.detail)?, score, row.at),
                _ => {}
            }
        }
        Ok(())
    }

    fn take_usage(&mut self, usage: &Usage, score: u64, at: Millis) {
        self.products.add(&usage.product, score, at);
        self.workarounds.add(&usage.workaround, score, at);
        self.frequencies.add(&usage.frequency, score, at);
        for theme in &usage.themes {
            self.themes.add(theme, score, at);
        }
    }

    fn take_visit(&mut self, visit: &Visit, score: u64, at: Millis) {
        for mark in &visit.marks {
            self.marks.add(mark, score, at);
        }
    }
}

/// How much an entry counts: the more the newer it is, and by `weight`. The newest has the rank 0.
fn score(weight: u64, rank: usize) -> u64 {
    weight * 1_000_000 / (1 + rank as u64)
}

/// Texts with how often and how lately they were said; those that people take for the same are one.
#[derive(Default)]
struct Tally {
    texts: BTreeMap<String, Scored>,
}

/// A text in its newest spelling.
struct Scored {
    score: u64,
    at: Millis,
    text: String,
}

impl Tally {
    fn add(&mut self, text: &str, score: u64, at: Millis) {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > MAX_CHARS || text.contains('\n') {
            return;
        }
        let known = self.texts.entry(form(text)).or_insert_with(|| Scored {
            score: 0,
            at,
            text: text.to_owned(),
        });
        known.score = known.score.saturating_add(score);
        if at > known.at {
            (known.at, known.text) = (at, text.to_owned());
        }
    }

    /// The texts, those first that were said most and latest.
    fn best(self) -> Vec<String> {
        let mut texts: Vec<Scored> = self.texts.into_values().collect();
        texts.sort_by_key(|text| Reverse((text.score, text.at)));
        texts.into_iter().map(|text| text.text).collect()
    }
}

#[cfg(test)]
#[path = "visit_choices_tests.rs"]
mod tests;
