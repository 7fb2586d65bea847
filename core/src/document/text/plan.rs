//! The plan of a rewrite: what becomes of each sentence that stands in a text, and what comes. Pure.

use std::collections::BTreeSet;

use super::current_text::{CurrentText, PlacedSentence};
use super::versions::SentenceVersions;
use crate::model::text::{
    RevisionStep, SOFT_BREAK, Sentence, ends_itself, revise, sentences, similarity,
};

/// The similarity from which on a sentence counts as a new version of another.
const MIN_SIMILARITY: u64 = 50;

/// The change of a sentence that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SentenceChange {
    Kept,
    /// Other white space follows it.
    Respaced(String),
    Replaced {
        words: String,
        space: String,
    },
    Deleted,
}

/// A sentence that comes.
pub(super) struct Addition {
    pub(super) words: String,
    pub(super) space: String,
    pub(super) descent: Descent,
}

/// The descent of a sentence that comes.
#[derive(Clone)]
pub(super) enum Descent {
    /// It is new.
    New,
    /// It is one more version of a sentence, by an author who had not seen what stands for that now.
    FurtherVersion(String),
    /// It stands for a sentence.
    CurrentVersion(String),
}

/// The changes of a text.
pub(super) struct Plan {
    /// The change of each sentence that is shown.
    pub(super) changes: Vec<SentenceChange>,
    /// The sentences that come, each with the number of shown ones before it.
    pub(super) additions: Vec<(usize, Addition)>,
    /// The ancestors of sentences that are deleted by an author who had not seen what stands for them now.
    pub(super) deleted_beside: BTreeSet<String>,
    /// A sentence that is settled, and what stands for it.
    pub(super) settled: Option<(String, String)>,
}

impl Plan {
    pub(super) fn keep_all(current: &CurrentText) -> Self {
        Self {
            changes: vec![SentenceChange::Kept; current.shown.len()],
            additions: Vec::new(),
            deleted_beside: BTreeSet::new(),
            settled: None,
        }
    }

    fn add(&mut self, behind: usize, new: &Sentence<'_>, descent: Descent) {
        let addition = Addition {
            words: new.words.to_owned(),
            space: space_after(new.words, new.space),
            descent,
        };
        self.additions.push((behind, addition));
    }
}

/// The white space that ends a sentence: the given one, or a soft break where nothing says that it ends.
pub(super) fn space_after(words: &str, given: &str) -> String {
    match given {
        "" if !ends_itself(words) => SOFT_BREAK.into(),
        given => given.into(),
    }
}

/// The plan for a text that is what the screen showed.
pub(super) fn plan_on_unchanged(current: &CurrentText, text: &str) -> Plan {
    let new = sentences(text);
    let mut plan = Plan::keep_all(current);
    let mut passed = 0;
    for step in revise(&words_of(current), &words(&new)) {
        match step {
            RevisionStep::Keep { old, new: number } => {
                let here = &current.shown[old];
                let space = new[number].space;
                let respaced = new.get(number + 1).is_some_and(|next| {
                    let indented = next.words.starts_with(' ') && here.space.contains(SOFT_BREAK);
                    indented || space != here.sentence().shown_space()
                });
                if respaced {
                    plan.changes[old] = SentenceChange::Respaced(space.to_owned());
                }
                passed = old + 1;
            }
            RevisionStep::Replace { old, new: number } => {
                plan.changes[old] = replaced(&current.shown[old], &new[number]);
                passed = old + 1;
            }
            RevisionStep::Delete { old } => {
                plan.changes[old] = SentenceChange::Deleted;
                passed = old + 1;
            }
            RevisionStep::Insert { new: number } => plan.add(passed, &new[number], Descent::New),
        }
    }
    plan
}

fn replaced(here: &PlacedSentence, new: &Sentence<'_>) -> SentenceChange {
    let same = new.space.is_empty() || new.space == here.sentence().shown_space();
    let space = if same { &here.space } else { new.space };
    SentenceChange::Replaced {
        words: new.words.to_owned(),
        space: space_after(new.words, space),
    }
}

/// The presence now of a sentence that the screen showed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SentencePresence {
    Same(usize),
    /// Another one stands for it.
    Changed(usize),
    Gone,
}

/// The plan for a text that another author changed since the screen showed it: their changes stay, and what is wanted
/// instead stands beside them.
pub(super) fn plan_on_changed(current: &CurrentText, was: &str, text: &str) -> Plan {
    let (seen, new) = (sentences(was), sentences(text));
    let (seen_words, here) = (words(&seen), words_of(current));
    let mut presence = vec![SentencePresence::Gone; seen.len()];
    let mut come: BTreeSet<&str> = BTreeSet::new();
    for step in revise(&seen_words, &here) {
        match step {
            RevisionStep::Keep { old, new } => presence[old] = SentencePresence::Same(new),
            RevisionStep::Replace { old, new } => {
                let descends = current.versions.ancestor(&current.shown[new].id).is_some();
                if descends || similarity(seen_words[old], here[new]) >= MIN_SIMILARITY {
                    presence[old] = SentencePresence::Changed(new);
                } else {
                    come.insert(here[new]);
                }
            }
            RevisionStep::Delete { .. } => {}
            RevisionStep::Insert { new } => drop(come.insert(here[new])),
        }
    }
    let mut plan = Plan::keep_all(current);
    let steps = revise(&seen_words, &words(&new));
    let ends_with = |step: &RevisionStep| !matches!(step, RevisionStep::Insert { .. });
    let last_seen = steps.iter().rposition(ends_with);
    let mut passed = 0;
    for (number, step) in steps.iter().enumerate() {
        if let RevisionStep::Keep { old, .. }
        | RevisionStep::Replace { old, .. }
        | RevisionStep::Delete { old } = *step
            && let SentencePresence::Same(at) | SentencePresence::Changed(at) = presence[old]
        {
            passed = passed.max(at + 1);
        }
        match *step {
            RevisionStep::Keep { old, new: number } => {
                let (last, space) = (number + 1 == new.len(), new[number].space);
                if let (false, SentencePresence::Same(at)) = (last, presence[old])
                    && space != seen[old].space
                    && at + 1 < here.len()
                {
                    plan.changes[at] = SentenceChange::Respaced(space.to_owned());
                }
            }
            RevisionStep::Replace { old, new: number } => match presence[old] {
                SentencePresence::Same(at) => {
                    plan.changes[at] = replaced(&current.shown[at], &new[number]);
                }
                SentencePresence::Changed(at) if here[at] == new[number].words => {}
                SentencePresence::Changed(at) => {
                    let ancestor = current.ancestor(&current.shown[at]).to_owned();
                    plan.add(at + 1, &new[number], Descent::FurtherVersion(ancestor));
                }
                SentencePresence::Gone => {
                    let descent = descent_of_deleted(&current.versions, seen_words[old]);
                    plan.add(passed, &new[number], descent);
                }
            },
            RevisionStep::Delete { old } => match presence[old] {
                SentencePresence::Same(at) => plan.changes[at] = SentenceChange::Deleted,
                SentencePresence::Changed(at) => {
                    let ancestor = current.ancestor(&current.shown[at]);
                    plan.deleted_beside.insert(ancestor.to_owned());
                }
                SentencePresence::Gone => {}
            },
            // A text that is sent twice is said once.
            RevisionStep::Insert { new: number } if come.contains(new[number].words) => {}
            RevisionStep::Insert { new: added } => {
                let at_the_end = last_seen.is_none_or(|last| number > last);
                let behind = if at_the_end { here.len() } else { passed };
                plan.add(behind, &new[added], Descent::New);
            }
        }
    }
    plan
}

/// The descent of a new version of a sentence that was deleted meanwhile.
fn descent_of_deleted(versions: &SentenceVersions, was: &str) -> Descent {
    let mut ancestors = versions.ancestors_replaced(was);
    let deleted = ancestors.find(|ancestor| versions.current_versions(ancestor).contains(""));
    deleted.map_or(Descent::New, |ancestor| {
        Descent::FurtherVersion(ancestor.to_owned())
    })
}

fn words<'t>(sentences: &[Sentence<'t>]) -> Vec<&'t str> {
    sentences.iter().map(|one| one.words).collect()
}

fn words_of(current: &CurrentText) -> Vec<&str> {
    let shown = current.shown.iter();
    shown.map(|placed| placed.words.as_str()).collect()
}
