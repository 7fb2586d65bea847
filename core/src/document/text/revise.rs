//! Rewriting a text: from what somebody saw to what they want, sentence by sentence.

use std::collections::{BTreeMap, BTreeSet};

use automerge::transaction::{Transactable, Transaction};
use automerge::{AutomergeError, ObjId, ReadDoc};

use super::present::{Placed, Present, id_at};
use super::versions::{Versions, further_key, of_key, version_key, was_key};
use crate::document::fields::MORE;
use crate::document::sheet::{object, put};
use crate::model::text::{
    SOFT_BREAK, Sentence, Step, ends_itself, likeness, normal, revise, sentences,
};

/// Characters of replaced sentences that one change keeps beside the new ones.
const KEPT_CHARACTERS: usize = 2_000;
/// The longest sentence that is kept so.
const KEPT_SENTENCE: usize = 400;

/// From this likeness on a sentence counts as what became of another.
const ALIKE: u64 = 50;

/// What a text is to become.
#[derive(Clone, Copy)]
pub(in crate::document) struct Wanted<'w> {
    /// The text that the screen showed; none: the one that stands there.
    pub was: Option<&'w str>,
    /// The text.
    pub text: &'w str,
    /// Whether it is one of several parts: what others add at the end stands behind all of them.
    pub part: bool,
    /// Whether versions of its sentences may stand side by side; a short answer has versions as a whole.
    pub by_sentence: bool,
}

/// Rewrites a text: what differs between what was shown and what is wanted is done to what stands there now.
pub(in crate::document) fn rewrite(
    transaction: &mut Transaction<'_>,
    field: &str,
    wanted: Wanted<'_>,
) -> Result<(), AutomergeError> {
    let mut page = Page::open(transaction, field, wanted.part)?;
    page.by_sentence = wanted.by_sentence;
    let text = normal(wanted.text);
    let shown = page.present.shown();
    let was = wanted.was.map_or_else(|| shown.clone(), normal);
    let plan = if was.trim_end() == shown {
        upon_the_same(&page.present, text.trim_end())
    } else {
        upon_another(&page.present, was.trim_end(), text.trim_end())
    };
    page.follow(plan)
}

/// Settles which versions of a sentence stand: all that are named, in place of all that are there.
pub(in crate::document) fn settle(
    transaction: &mut Transaction<'_>,
    field: &str,
    ancestor: &str,
    keep: &[String],
) -> Result<(), AutomergeError> {
    let mut page = Page::open(transaction, field, false)?;
    let mut plan = Plan::keep_all(&page.present);
    let mut first = None;
    for (number, placed) in page.present.shown.iter().enumerate() {
        if page.present.ancestor(placed) == ancestor {
            first.get_or_insert(number);
            plan.fates[number] = Fate::Gone;
        }
    }
    // They are written anew: who settles otherwise meanwhile takes only the old ones away.
    let at = first.unwrap_or(page.present.shown.len());
    let descends = match keep {
        [_] => Descent::Stands(ancestor.to_owned()),
        _ => Descent::None,
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
    page.follow(plan)
}

/// What becomes of a sentence that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fate {
    Kept,
    /// Other white space follows it.
    Spaced(String),
    Replaced {
        words: String,
        space: String,
    },
    Gone,
}

/// A sentence that comes.
struct Addition {
    words: String,
    space: String,
    descent: Descent,
}

/// What a sentence that comes descends from.
#[derive(Clone)]
enum Descent {
    /// It is new.
    None,
    /// It is one more version of a sentence, by somebody who had not seen what stands for that now.
    Beside(String),
    /// It stands for a sentence.
    Stands(String),
}

/// What is done to a text.
struct Plan {
    /// What becomes of each sentence that is shown.
    fates: Vec<Fate>,
    /// What comes behind so many of them.
    additions: Vec<(usize, Addition)>,
    /// Sentences whose ancestors somebody deletes who had not seen what stands for them now.
    deleted_beside: BTreeSet<String>,
    /// A sentence that is settled, and what stands for it.
    settled: Option<(String, String)>,
}

impl Plan {
    fn keep_all(present: &Present) -> Self {
        Self {
            fates: vec![Fate::Kept; present.shown.len()],
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
fn space_after(words: &str, given: &str) -> String {
    match given {
        "" if !ends_itself(words) => SOFT_BREAK.into(),
        given => given.into(),
    }
}

/// The plan for a text that is what the screen showed.
fn upon_the_same(present: &Present, text: &str) -> Plan {
    let new = sentences(text);
    let mut plan = Plan::keep_all(present);
    let mut passed = 0;
    for step in revise(&words_of(present), &words(&new)) {
        match step {
            Step::Keep { old, new: number } => {
                let here = &present.shown[old];
                let space = new[number].space;
                let respaced = new.get(number + 1).is_some_and(|next| {
                    let indented = next.words.starts_with(' ') && here.space.contains(SOFT_BREAK);
                    indented || space != here.sentence().shown_space()
                });
                if respaced {
                    plan.fates[old] = Fate::Spaced(space.to_owned());
                }
                passed = old + 1;
            }
            Step::Replace { old, new: number } => {
                plan.fates[old] = replaced(&present.shown[old], &new[number]);
                passed = old + 1;
            }
            Step::Delete { old } => {
                plan.fates[old] = Fate::Gone;
                passed = old + 1;
            }
            Step::Insert { new: number } => plan.add(passed, &new[number], Descent::None),
        }
    }
    plan
}

fn replaced(here: &Placed, new: &Sentence<'_>) -> Fate {
    let same = new.space.is_empty() || new.space == here.sentence().shown_space();
    let space = if same { &here.space } else { new.space };
    Fate::Replaced {
        words: new.words.to_owned(),
        space: space_after(new.words, space),
    }
}

/// Where a sentence that the screen showed is now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whereabouts {
    Same(usize),
    /// Another one stands for it.
    Changed(usize),
    Gone,
}

/// The plan for a text into which somebody wrote since the screen showed it: what they changed stays, and what is
/// wanted instead stands beside it.
fn upon_another(present: &Present, was: &str, text: &str) -> Plan {
    let (seen, new) = (sentences(was), sentences(text));
    let (seen_words, here) = (words(&seen), words_of(present));
    let mut whereabouts = vec![Whereabouts::Gone; seen.len()];
    let mut come: BTreeSet<&str> = BTreeSet::new();
    for step in revise(&seen_words, &here) {
        match step {
            Step::Keep { old, new } => whereabouts[old] = Whereabouts::Same(new),
            Step::Replace { old, new } => {
                let descends = present.versions.ancestor(&present.shown[new].id).is_some();
                if descends || likeness(seen_words[old], here[new]) >= ALIKE {
                    whereabouts[old] = Whereabouts::Changed(new);
                } else {
                    come.insert(here[new]);
                }
            }
            Step::Delete { .. } => {}
            Step::Insert { new } => drop(come.insert(here[new])),
        }
    }
    let mut plan = Plan::keep_all(present);
    let steps = revise(&seen_words, &words(&new));
    let ends_with = |step: &Step| !matches!(step, Step::Insert { .. });
    let last_seen = steps.iter().rposition(ends_with);
    let mut passed = 0;
    for (number, step) in steps.iter().enumerate() {
        if let Step::Keep { old, .. } | Step::Replace { old, .. } | Step::Delete { old } = *step
            && let Whereabouts::Same(at) | Whereabouts::Changed(at) = whereabouts[old]
        {
            passed = passed.max(at + 1);
        }
        match *step {
            Step::Keep { old, new: number } => {
                let (last, space) = (number + 1 == new.len(), new[number].space);
                if let (false, Whereabouts::Same(at)) = (last, whereabouts[old])
                    && space != seen[old].space
                    && at + 1 < here.len()
                {
                    plan.fates[at] = Fate::Spaced(space.to_owned());
                }
            }
            Step::Replace { old, new: number } => match whereabouts[old] {
                Whereabouts::Same(at) => {
                    plan.fates[at] = replaced(&present.shown[at], &new[number]);
                }
                Whereabouts::Changed(at) if here[at] == new[number].words => {}
                Whereabouts::Changed(at) => {
                    let ancestor = present.ancestor(&present.shown[at]).to_owned();
                    plan.add(at + 1, &new[number], Descent::Beside(ancestor));
                }
                Whereabouts::Gone => {
                    let descent = gone(&present.versions, seen_words[old]);
                    plan.add(passed, &new[number], descent);
                }
            },
            Step::Delete { old } => match whereabouts[old] {
                Whereabouts::Same(at) => plan.fates[at] = Fate::Gone,
                Whereabouts::Changed(at) => {
                    let ancestor = present.ancestor(&present.shown[at]);
                    plan.deleted_beside.insert(ancestor.to_owned());
                }
                Whereabouts::Gone => {}
            },
            // Whoever sent the same twice has said it once.
            Step::Insert { new: number } if come.contains(new[number].words) => {}
            Step::Insert { new: added } => {
                let at_the_end = last_seen.is_none_or(|last| number > last);
                let behind = if at_the_end { here.len() } else { passed };
                plan.add(behind, &new[added], Descent::None);
            }
        }
    }
    plan
}

/// What a new version of a sentence descends from that somebody deleted meanwhile.
fn gone(versions: &Versions, was: &str) -> Descent {
    let mut ancestors = versions.that_were(was);
    let deleted = ancestors.find(|ancestor| versions.standing(ancestor).contains(""));
    deleted.map_or(Descent::None, |ancestor| {
        Descent::Beside(ancestor.to_owned())
    })
}

fn words<'t>(sentences: &[Sentence<'t>]) -> Vec<&'t str> {
    sentences.iter().map(|one| one.words).collect()
}

fn words_of(present: &Present) -> Vec<&str> {
    let shown = present.shown.iter();
    shown.map(|placed| placed.words.as_str()).collect()
}

/// A text that is being rewritten.
struct Page<'t, 'd> {
    transaction: &'t mut Transaction<'d>,
    field: String,
    text: ObjId,
    more: ObjId,
    present: Present,
    /// Whether it is one of several parts.
    part: bool,
    /// Whether versions of its sentences may stand side by side.
    by_sentence: bool,
    /// Characters of replaced sentences that may still be kept.
    room: usize,
}

impl<'t, 'd> Page<'t, 'd> {
    fn open(
        transaction: &'t mut Transaction<'d>,
        field: &str,
        part: bool,
    ) -> Result<Self, AutomergeError> {
        let (text, more) = (object(transaction, field)?, object(transaction, MORE)?);
        let raw = transaction.text(&text)?;
        let versions = Versions::read(transaction, field, None)?;
        let present = Present::of(transaction, &text, &raw, versions, None)?;
        Ok(Self {
            transaction,
            field: field.to_owned(),
            text,
            more,
            present,
            part,
            by_sentence: true,
            room: KEPT_CHARACTERS,
        })
    }

    /// Does what a plan says: from the last place to the first, so that no place moves before its turn.
    fn follow(&mut self, mut plan: Plan) -> Result<(), AutomergeError> {
        let stands = self.versions_after(&mut plan)?;
        let mut additions: BTreeMap<usize, Vec<Addition>> = BTreeMap::new();
        for (behind, addition) in plan.additions.drain(..) {
            additions.entry(behind).or_default().push(addition);
        }
        let shown = std::mem::take(&mut self.present.shown);
        let hidden = std::mem::take(&mut self.present.hidden);
        let mut hidden = hidden.iter().rev().peekable();
        for number in (0..=shown.len()).rev() {
            let end = number.checked_sub(1).map_or(0, |last| shown[last].end());
            let end = if number == shown.len() && number == 0 {
                self.present.length
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
                let fate = before.map(|last| (&shown[last], &plan.fates[last]));
                if let (true, Some(last)) = (self.insert(end, fate, &additions)?, before) {
                    plan.fates[last] = Fate::Kept;
                }
            }
            if let Some(last) = before {
                self.change(&shown[last], &plan.fates[last], &stands)?;
            }
        }
        if !self.by_sentence {
            return Ok(());
        }
        for ancestor in &plan.deleted_beside {
            self.put(further_key(&self.field, ancestor, None), "")?;
        }
        for (ancestor, (words, _)) in &stands {
            for key in self.present.versions.keys(ancestor) {
                if key != version_key(&self.field, ancestor) {
                    self.transaction.delete(&self.more, key)?;
                }
            }
            self.put(version_key(&self.field, ancestor), words)?;
        }
        Ok(())
    }

    /// What stands for each sentence that is touched, and whether it still is one sentence. Of one with several
    /// versions all that stay are written anew: who settles otherwise meanwhile takes only the old ones away.
    fn versions_after(
        &self,
        plan: &mut Plan,
    ) -> Result<BTreeMap<String, (String, bool)>, AutomergeError> {
        let mut stands: BTreeMap<String, (String, bool)> = BTreeMap::new();
        if let Some((ancestor, words)) = &plan.settled {
            stands.insert(ancestor.clone(), (words.clone(), true));
        }
        for (placed, fate) in self.present.shown.iter().zip(&plan.fates) {
            let words = match fate {
                Fate::Kept | Fate::Spaced(_) => continue,
                Fate::Replaced { words, .. } => words.as_str(),
                Fate::Gone => "",
            };
            if placed.words.is_empty() {
                continue;
            }
            let ancestor = self.present.ancestor(placed).to_owned();
            stands.entry(ancestor).or_insert((words.to_owned(), true));
            for within in self.ancestors_within(placed)? {
                stands.entry(within).or_insert((String::new(), true));
            }
        }
        let settled = plan.settled.as_ref().map(|(ancestor, _)| ancestor);
        for (ancestor, (stand, one)) in &mut stands {
            let apart = self.present.versions.standing(ancestor).len() > 1;
            if !apart || Some(ancestor) == settled {
                continue;
            }
            let mut left = Vec::new();
            for (placed, fate) in self.present.shown.iter().zip(&mut plan.fates) {
                if self.present.ancestor(placed) != ancestor {
                    continue;
                }
                if let Fate::Kept | Fate::Spaced(_) = fate {
                    let space = match fate {
                        Fate::Spaced(space) => space.clone(),
                        _ => placed.space.clone(),
                    };
                    *fate = Fate::Replaced {
                        space: space_after(&placed.words, &space),
                        words: placed.words.clone(),
                    };
                }
                if let Fate::Replaced { words, .. } = fate {
                    left.push(words.clone());
                }
            }
            *one = left.len() <= 1;
            *stand = left.join("\n");
        }
        Ok(stands)
    }

    /// The ancestors of sentences that begin within another one, which they were apart from when they were written.
    fn ancestors_within(&self, placed: &Placed) -> Result<Vec<String>, AutomergeError> {
        let mut within = Vec::new();
        if self.present.versions.is_empty() {
            return Ok(within);
        }
        let range = placed.at + 1..placed.at + placed.words_length();
        for character in self.transaction.list_range(&self.text, range) {
            let id = character.id().to_string();
            within.extend(self.present.versions.ancestor(&id).map(str::to_owned));
        }
        Ok(within)
    }

    fn descends_from(&self, placed: &Placed, stands: &BTreeMap<String, (String, bool)>) -> bool {
        stands.contains_key(self.present.ancestor(placed))
    }

    /// Writes sentences at a place, behind `before`. Returns whether the white space that is to follow that one stands
    /// before them, so that it is one with them wherever others write behind that sentence meanwhile.
    fn insert(
        &mut self,
        end: usize,
        before: Option<(&Placed, &Fate)>,
        additions: &[Addition],
    ) -> Result<bool, AutomergeError> {
        let mut at = end;
        let mut spaced = false;
        let mut text = String::new();
        let before_end = self.is_before_end(before);
        if let Some((placed, fate)) = before {
            let space = match fate {
                Fate::Kept => placed.space.as_str(),
                Fate::Spaced(space) | Fate::Replaced { space, .. } => space.as_str(),
                Fate::Gone => SEPARATE,
            };
            if space.is_empty() && !ends_itself(&placed.words) {
                text.push(SOFT_BREAK);
            }
        }
        if let (true, Some((placed, fate))) = (before_end, before) {
            at -= 1;
            spaced = true;
            text = match fate {
                Fate::Spaced(space) => space.clone(),
                _ => placed.sentence().shown_space(),
            };
        } else if let Some((placed, Fate::Spaced(space))) = before
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
                Descent::None => {}
                Descent::Stands(ancestor) => drop(self.descend(at, ancestor)?),
                Descent::Beside(ancestor) => {
                    let id = self.descend(at, ancestor)?;
                    let key = further_key(&self.field, ancestor, Some(&id));
                    self.put(key, &addition.words)?;
                }
            }
        }
        Ok(spaced)
    }

    /// Whether what comes behind a sentence stands before the break that ends the text: the parts of a long one do, for
    /// others write behind that meanwhile.
    fn is_before_end(&self, before: Option<(&Placed, &Fate)>) -> bool {
        let stays = before.filter(|(_, fate)| matches!(fate, Fate::Kept | Fate::Spaced(_)));
        let is_last = |placed: &Placed| placed.end() >= self.present.length;
        self.part
            && stays.is_some_and(|(placed, _)| {
                is_last(placed) && placed.space.ends_with([SOFT_BREAK, '\n'])
            })
    }

    /// Does to a sentence what becomes of it.
    fn change(
        &mut self,
        placed: &Placed,
        fate: &Fate,
        stands: &BTreeMap<String, (String, bool)>,
    ) -> Result<(), AutomergeError> {
        let (length, whole) = (placed.words_length(), placed.end() - placed.at);
        match fate {
            Fate::Kept => return Ok(()),
            Fate::Spaced(space) => {
                return self.splice(placed.at + length, placed.space_length(), space);
            }
            Fate::Gone => self.splice(placed.at, whole, "")?,
            Fate::Replaced { words, space } if length == 0 => {
                return self.splice(placed.at, whole, &format!("{words}{space}"));
            }
            Fate::Replaced { words, space } => {
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
        let ancestor = self.present.ancestor(placed).to_owned();
        if self.present.versions.ancestor(&placed.id).is_some() {
            let key = of_key(&self.field, &placed.id);
            self.transaction.delete(&self.more, key)?;
        }
        let one = stands.get(&ancestor).is_none_or(|(_, one)| *one);
        if let (true, Fate::Replaced { .. }) = (one, fate) {
            self.descend(placed.at, &ancestor)?;
        }
        let room = self.room.checked_sub(length);
        if let Some(room) = room.filter(|_| length <= KEPT_SENTENCE) {
            self.room = room;
            self.put(was_key(&self.field, &ancestor), &placed.words)?;
        }
        Ok(())
    }

    /// Says what the sentence at a place descends from. Returns the id of its first character.
    fn descend(&mut self, at: usize, ancestor: &str) -> Result<String, AutomergeError> {
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
