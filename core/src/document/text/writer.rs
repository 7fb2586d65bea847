//! Writing a text: the steps of a plan are done from the last place to the first, so that no place moves before its
//! turn.

use std::collections::BTreeMap;

use automerge::transaction::{Transactable, Transaction};
use automerge::{AutomergeError, ObjId, ReadDoc};

use super::current_text::{CurrentText, PlacedSentence, id_at};
use super::plan::{
    Addition, Descent, Plan, SentenceChange, plan_on_changed, plan_on_unchanged, space_after,
};
use super::versions::{SentenceVersions, further_key, of_key, version_key, was_key};
use crate::document::automerge_map::{object, put};
use crate::document::keys::MORE;
use crate::model::text::{SOFT_BREAK, ends_itself, normal};

/// Characters of replaced sentences that one change keeps beside the new ones.
const KEPT_CHARACTERS: usize = 2_000;
/// The longest sentence that is kept so.
const KEPT_SENTENCE: usize = 400;

/// A text to be written in place of the one that stands there.
#[derive(Clone, Copy)]
pub(in crate::document) struct Rewrite<'w> {
    /// The text that the screen showed; none: the one that stands there.
    pub was: Option<&'w str>,
    /// The text.
    pub text: &'w str,
    /// True if it is one of several parts: what others add at the end stands behind all of them.
    pub part: bool,
    /// True if versions of its sentences may stand side by side; a short answer has versions as a whole.
    pub by_sentence: bool,
}

/// Rewrites a text: what differs between what was shown and what is wanted is done to what stands there now.
pub(in crate::document) fn rewrite(
    transaction: &mut Transaction<'_>,
    field: &str,
    rewrite: Rewrite<'_>,
) -> Result<(), AutomergeError> {
    let mut writer = TextWriter::open(transaction, field, rewrite.part)?;
    writer.by_sentence = rewrite.by_sentence;
    let text = normal(rewrite.text);
    let shown = writer.current.shown();
    let was = rewrite.was.map_or_else(|| shown.clone(), normal);
    let plan = if was.trim_end() == shown {
        plan_on_unchanged(&writer.current, text.trim_end())
    } else {
        plan_on_changed(&writer.current, was.trim_end(), text.trim_end())
    };
    writer.apply(plan)
}

/// Settles which versions of a sentence stand: all that are named, in place of all that are there.
pub(in crate::document) fn settle(
    transaction: &mut Transaction<'_>,
    field: &str,
    ancestor: &str,
    keep: &[String],
) -> Result<(), AutomergeError> {
    let mut writer = TextWriter::open(transaction, field, false)?;
    let mut plan = Plan::keep_all(&writer.current);
    let mut first = None;
    for (number, placed) in writer.current.shown.iter().enumerate() {
        if writer.current.ancestor(placed) == ancestor {
            first.get_or_insert(number);
            plan.changes[number] = SentenceChange::Deleted;
        }
    }
    // They are written anew: who settles otherwise meanwhile takes only the old ones away.
    let at = first.unwrap_or(writer.current.shown.len());
    let descends = match keep {
        [_] => Descent::CurrentVersion(ancestor.to_owned()),
        _ => Descent::New,
    };
    for words in keep.iter().filter(|words| !words.is_empty()) {
        plan.additions.push((
            at,
            Addition {
                words: words.clone(),
                space: space_after(words, ""),
                descent: descends.clone(),
            },
        ));
    }
    plan.settled = Some((ancestor.to_owned(), keep.join("\n")));
    writer.apply(plan)
}

/// A text that is being rewritten.
struct TextWriter<'t, 'd> {
    transaction: &'t mut Transaction<'d>,
    field: String,
    text: ObjId,
    more: ObjId,
    current: CurrentText,
    /// True if it is one of several parts.
    part: bool,
    /// True if versions of its sentences may stand side by side.
    by_sentence: bool,
    /// Characters of replaced sentences that may still be kept.
    budget: usize,
}

impl<'t, 'd> TextWriter<'t, 'd> {
    fn open(
        transaction: &'t mut Transaction<'d>,
        field: &str,
        part: bool,
    ) -> Result<Self, AutomergeError> {
        let (text, more) = (object(transaction, field)?, object(transaction, MORE)?);
        let raw = transaction.text(&text)?;
        let versions = SentenceVersions::read(transaction, field, None)?;
        let current = CurrentText::of(transaction, &text, &raw, versions, None)?;
        Ok(Self {
            transaction,
            field: field.to_owned(),
            text,
            more,
            current,
            part,
            by_sentence: true,
            budget: KEPT_CHARACTERS,
        })
    }

    /// Does what a plan says: from the last place to the first, so that no place moves before its turn.
    fn apply(&mut self, mut plan: Plan) -> Result<(), AutomergeError> {
        let stands = self.versions_after(&mut plan)?;
        let mut additions: BTreeMap<usize, Vec<Addition>> = BTreeMap::new();
        for (behind, addition) in plan.additions.drain(..) {
            additions.entry(behind).or_default().push(addition);
        }
        let shown = std::mem::take(&mut self.current.shown);
        let hidden = std::mem::take(&mut self.current.hidden);
        let mut hidden = hidden.iter().rev().peekable();
        for number in (0..=shown.len()).rev() {
            let end = number.checked_sub(1).map_or(0, |last| shown[last].end());
            let end = if number == shown.len() && number == 0 {
                self.current.length
            } else {
                end
            };
            while let Some(placed) = hidden.next_if(|placed| placed.at >= end) {
                if self.descends_from(placed, &stands) {
                    self.splice(placed.at, placed.words_length() + placed.space_length(), "")?;
                }
            }
            let before = number.checked_sub(1);
            if let Some(additions) = additions.remove(&number) {
                let change = before.map(|last| (&shown[last], &plan.changes[last]));
                if let (true, Some(last)) = (self.insert(end, change, &additions)?, before) {
                    plan.changes[last] = SentenceChange::Kept;
                }
            }
            if let Some(last) = before {
                self.change(&shown[last], &plan.changes[last], &stands)?;
            }
        }
        if !self.by_sentence {
            return Ok(());
        }
        for ancestor in &plan.deleted_beside {
            self.put(further_key(&self.field, ancestor, None), "")?;
        }
        for (ancestor, (words, _)) in &stands {
            for key in self.current.versions.keys(ancestor) {
                if key != version_key(&self.field, ancestor) {
                    self.transaction.delete(&self.more, key)?;
                }
            }
            self.put(version_key(&self.field, ancestor), words)?;
        }
        Ok(())
    }

    /// The words that stand for each sentence that is touched, by ancestor, and true if they still are one sentence. Of
    /// one with several versions all that stay are written anew: a person who settles it otherwise meanwhile takes only
    /// the old ones away.
    fn versions_after(
        &self,
        plan: &mut Plan,
    ) -> Result<BTreeMap<String, (String, bool)>, AutomergeError> {
        let mut stands: BTreeMap<String, (String, bool)> = BTreeMap::new();
        if let Some((ancestor, words)) = &plan.settled {
            stands.insert(ancestor.clone(), (words.clone(), true));
        }
        for (placed, change) in self.current.shown.iter().zip(&plan.changes) {
            let words = match change {
                SentenceChange::Kept | SentenceChange::Respaced(_) => continue,
                SentenceChange::Replaced { words, .. } => words.as_str(),
                SentenceChange::Deleted => "",
            };
            if placed.words.is_empty() {
                continue;
            }
            let ancestor = self.current.ancestor(placed).to_owned();
            stands.entry(ancestor).or_insert((words.to_owned(), true));
            for within in self.ancestors_within(placed)? {
                stands.entry(within).or_insert((String::new(), true));
            }
        }
        let settled = plan.settled.as_ref().map(|(ancestor, _)| ancestor);
        for (ancestor, (stand, one)) in &mut stands {
            let apart = self.current.versions.current_versions(ancestor).len() > 1;
            if !apart || Some(ancestor) == settled {
                continue;
            }
            let mut left = Vec::new();
            for (placed, change) in self.current.shown.iter().zip(&mut plan.changes) {
                if self.current.ancestor(placed) != ancestor {
                    continue;
                }
                if let SentenceChange::Kept | SentenceChange::Respaced(_) = change {
                    let space = match change {
                        SentenceChange::Respaced(space) => space.clone(),
                        _ => placed.space.clone(),
                    };
                    *change = SentenceChange::Replaced {
                        space: space_after(&placed.words, &space),
                        words: placed.words.clone(),
                    };
                }
                if let SentenceChange::Replaced { words, .. } = change {
                    left.push(words.clone());
                }
            }
            *one = left.len() <= 1;
            *stand = left.join("\n");
        }
        Ok(stands)
    }

    /// The ancestors of sentences that begin within another one, which they were apart from when they were written.
    fn ancestors_within(&self, placed: &PlacedSentence) -> Result<Vec<String>, AutomergeError> {
        let mut within = Vec::new();
        if self.current.versions.is_empty() {
            return Ok(within);
        }
        let range = placed.at + 1..placed.at + placed.words_length();
        for character in self.transaction.list_range(&self.text, range) {
            let id = character.id().to_string();
            within.extend(self.current.versions.ancestor(&id).map(str::to_owned));
        }
        Ok(within)
    }

    fn descends_from(
        &self,
        placed: &PlacedSentence,
        stands: &BTreeMap<String, (String, bool)>,
    ) -> bool {
        stands.contains_key(self.current.ancestor(placed))
    }

    /// Writes sentences at a place, behind `before`. Returns whether the white space that is to follow that one stands
    /// before them, so that it is one with them wherever others write behind that sentence meanwhile.
    fn insert(
        &mut self,
        end: usize,
        before: Option<(&PlacedSentence, &SentenceChange)>,
        additions: &[Addition],
    ) -> Result<bool, AutomergeError> {
        let mut at = end;
        let mut spaced = false;
        let mut text = String::new();
        let before_end = self.is_before_end(before);
        if let Some((placed, change)) = before {
            let space = match change {
                SentenceChange::Kept => placed.space.as_str(),
                SentenceChange::Respaced(space) | SentenceChange::Replaced { space, .. } => {
                    space.as_str()
                }
                SentenceChange::Deleted => SEPARATE,
            };
            if space.is_empty() && !ends_itself(&placed.words) {
                text.push(SOFT_BREAK);
            }
        }
        if let (true, Some((placed, change))) = (before_end, before) {
            at -= 1;
            spaced = true;
            text = match change {
                SentenceChange::Respaced(space) => space.clone(),
                _ => placed.sentence().shown_space(),
            };
        } else if let Some((placed, SentenceChange::Respaced(space))) = before
            && placed.space.is_empty()
        {
            spaced = true;
            text.clone_from(space);
        }
        let mut begin = Vec::new();
        for addition in additions {
            begin.push(at + text.chars().count());
            text.push_str(&addition.words);
            text.push_str(&addition.space);
        }
        if before_end && text.ends_with(SOFT_BREAK) {
            text.pop();
        }
        self.splice(at, 0, &text)?;
        for (addition, at) in additions.iter().zip(begin) {
            match &addition.descent {
                Descent::New => {}
                Descent::CurrentVersion(ancestor) => drop(self.record_ancestor(at, ancestor)?),
                Descent::FurtherVersion(ancestor) => {
                    let id = self.record_ancestor(at, ancestor)?;
                    let key = further_key(&self.field, ancestor, Some(&id));
                    self.put(key, &addition.words)?;
                }
            }
        }
        Ok(spaced)
    }

    /// True if what comes behind a sentence stands before the break that ends the text: the parts of a long one do, for
    /// others write behind that meanwhile.
    fn is_before_end(&self, before: Option<(&PlacedSentence, &SentenceChange)>) -> bool {
        let stays = before.filter(|(_, change)| {
            matches!(change, SentenceChange::Kept | SentenceChange::Respaced(_))
        });
        let is_last = |placed: &PlacedSentence| placed.end() >= self.current.length;
        self.part
            && stays.is_some_and(|(placed, _)| {
                is_last(placed) && placed.space.ends_with([SOFT_BREAK, '\n'])
            })
    }

    /// Does to a sentence what becomes of it.
    fn change(
        &mut self,
        placed: &PlacedSentence,
        change: &SentenceChange,
        stands: &BTreeMap<String, (String, bool)>,
    ) -> Result<(), AutomergeError> {
        let (length, whole) = (placed.words_length(), placed.end() - placed.at);
        match change {
            SentenceChange::Kept => return Ok(()),
            SentenceChange::Respaced(space) => {
                return self.splice(placed.at + length, placed.space_length(), space);
            }
            SentenceChange::Deleted => self.splice(placed.at, whole, "")?,
            SentenceChange::Replaced { words, space } if length == 0 => {
                return self.splice(placed.at, whole, &format!("{words}{space}"));
            }
            SentenceChange::Replaced { words, space } => {
                let text = format!("{words}{space}");
                // Behind its first character: what others put before or behind the sentence stays there.
                self.splice(placed.at + 1, 0, &text)?;
                self.splice(placed.at + 1 + text.chars().count(), whole - 1, "")?;
                self.splice(placed.at, 1, "")?;
            }
        }
        if length == 0 || !self.by_sentence {
            return Ok(());
        }
        let ancestor = self.current.ancestor(placed).to_owned();
        if self.current.versions.ancestor(&placed.id).is_some() {
            let key = of_key(&self.field, &placed.id);
            self.transaction.delete(&self.more, key)?;
        }
        let one = stands.get(&ancestor).is_none_or(|(_, one)| *one);
        if let (true, SentenceChange::Replaced { .. }) = (one, change) {
            self.record_ancestor(placed.at, &ancestor)?;
        }
        let budget = self.budget.checked_sub(length);
        if let Some(budget) = budget.filter(|_| length <= KEPT_SENTENCE) {
            self.budget = budget;
            self.put(was_key(&self.field, &ancestor), &placed.words)?;
        }
        Ok(())
    }

    /// Says what the sentence at a place descends from. Returns the id of its first character.
    fn record_ancestor(&mut self, at: usize, ancestor: &str) -> Result<String, AutomergeError> {
        let id = id_at(self.transaction, &self.text, at, None)?;
        self.put(of_key(&self.field, &id), ancestor)?;
        Ok(id)
    }

    fn put(&mut self, key: String, value: &str) -> Result<(), AutomergeError> {
        put(self.transaction, &self.more, &key, value)
    }

    fn splice(&mut self, at: usize, gone: usize, text: &str) -> Result<(), AutomergeError> {
        if gone == 0 && text.is_empty() {
            return Ok(());
        }
        let gone = isize::try_from(gone).unwrap_or(isize::MAX);
        self.transaction.splice_text(&self.text, at, gone, text)
    }
}

/// Stands for the white space before a sentence that goes.
const SEPARATE: &str = "\n";
