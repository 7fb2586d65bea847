//! A revision: the sentences that lead from one text to another.

use std::collections::BTreeSet;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// Pairs of replaced sentences that are compared with each other; beyond that they are paired in their order.
const COMPARED_PAIRS: usize = 4_096;

/// One sentence on the way from a text to another, in the order of the new one. Numbers count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevisionStep {
    /// It stays.
    Keep {
        /// Its number in the old text.
        old: usize,
        /// Its number in the new text.
        new: usize,
    },
    /// Another one stands for it.
    Replace {
        /// The number of the old one.
        old: usize,
        /// The number of the new one.
        new: usize,
    },
    /// It goes.
    Delete {
        /// Its number in the old text.
        old: usize,
    },
    /// It is new.
    Insert {
        /// Its number in the new text.
        new: usize,
    },
}

/// The steps from some sentences to others: as few as there can be, and of those that change at one place the most
/// alike replace each other.
pub fn revise(old: &[&str], new: &[&str]) -> Vec<RevisionStep> {
    let mut steps = Vec::new();
    // Neighbours that change are one place, in whatever order they are told.
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for operation in capture_diff_slices(Algorithm::Myers, old, new) {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = operation
        {
            changed(old, new, &mut gone, &mut come, &mut steps);
            let kept = (old_index..old_index + len).zip(new_index..);
            steps.extend(kept.map(|(old, new)| RevisionStep::Keep { old, new }));
        } else {
            gone.extend(operation.old_range());
            come.extend(operation.new_range());
        }
    }
    changed(old, new, &mut gone, &mut come, &mut steps);
    steps
}

/// The similarity of two sentences, from 0 to 100: the share of words that they have in common.
pub fn similarity(one: &str, other: &str) -> u64 {
    common_share(&word_set(one), &word_set(other))
}

/// The words of a sentence, in small letters.
fn word_set(sentence: &str) -> BTreeSet<String> {
    sentence.unicode_words().map(str::to_lowercase).collect()
}

/// The share of words that two sentences have in common, from 0 to 100 (Dice's coefficient).
fn common_share(one: &BTreeSet<String>, other: &BTreeSet<String>) -> u64 {
    let (all, common) = (one.len() + other.len(), one.intersection(other).count());
    let share = (200 * common).checked_div(all).unwrap_or(0);
    u64::try_from(share).unwrap_or(0)
}

/// Adds the steps of one place where some sentences go and others come.
fn changed(
    old: &[&str],
    new: &[&str],
    gone: &mut Vec<usize>,
    come: &mut Vec<usize>,
    steps: &mut Vec<RevisionStep>,
) {
    let pairs = pairs(old, new, gone, come);
    let mut next = gone.iter().copied().peekable();
    let mut told = pairs.into_iter().peekable();
    for new in come.iter().copied() {
        let Some((old, _)) = told.next_if(|(_, paired)| *paired == new) else {
            steps.push(RevisionStep::Insert { new });
            continue;
        };
        while let Some(before) = next.next_if(|next| *next < old) {
            steps.push(RevisionStep::Delete { old: before });
        }
        next.next();
        steps.push(RevisionStep::Replace { old, new });
    }
    steps.extend(next.map(|old| RevisionStep::Delete { old }));
    gone.clear();
    come.clear();
}

/// Pairs (old, new) of sentences that go with those that replace them, in order: of all ways the one whose pairs are
/// the most alike, of these the one with the most pairs, and of these the first.
fn pairs(old: &[&str], new: &[&str], gone: &[usize], come: &[usize]) -> Vec<(usize, usize)> {
    let equal = gone.len() == come.len();
    if equal && gone.len() == 1 || gone.len() * come.len() > COMPARED_PAIRS {
        return gone.iter().copied().zip(come.iter().copied()).collect();
    }
    // Likeness counts first; that as many as can be are pairs decides between equals.
    let words_of = |texts: &[&str], at: &[usize]| -> Vec<BTreeSet<String>> {
        at.iter().map(|at| word_set(texts[*at])).collect()
    };
    let (gone_words, come_words) = (words_of(old, gone), words_of(new, come));
    let worth =
        |i: usize, j: usize| 1 + (common_share(&gone_words[i], &come_words[j]).pow(2) << 16);
    let columns = come.len() + 1;
    let mut best = vec![0_u64; (gone.len() + 1) * columns];
    let at = |i: usize, j: usize| i * columns + j;
    for i in (0..gone.len()).rev() {
        for j in (0..come.len()).rev() {
            let paired = worth(i, j) + best[at(i + 1, j + 1)];
            best[at(i, j)] = paired.max(best[at(i + 1, j)]).max(best[at(i, j + 1)]);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < gone.len() && j < come.len() {
        if best[at(i, j)] == worth(i, j) + best[at(i + 1, j + 1)] {
            pairs.push((gone[i], come[j]));
            (i, j) = (i + 1, j + 1);
        } else if best[at(i, j)] == best[at(i + 1, j)] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::RevisionStep::{Delete, Insert, Keep, Replace};
    use super::*;

    #[test]
    fn the_most_alike_replace_each_other() {
        let old = ["The door sticks.", "Gate code 1234.", "Call Eva."];
        for (new, expected) in [
            (
                &["Gate code 9012.", "Call Eva."][..],
                &[
                    Delete { old: 0 },
                    Replace { old: 1, new: 0 },
                    Keep { old: 2, new: 1 },
                ][..],
            ),
            (
                &[
                    "The door sticks.",
                    "Ring twice.",
                    "Gate code 9.",
                    "Call Eva.",
                ],
                &[
                    Keep { old: 0, new: 0 },
                    Insert { new: 1 },
                    Replace { old: 1, new: 2 },
                    Keep { old: 2, new: 3 },
                ],
            ),
            (
                &[],
                &[Delete { old: 0 }, Delete { old: 1 }, Delete { old: 2 }],
            ),
            (
                &["All", "of", "it."],
                &[
                    Replace { old: 0, new: 0 },
                    Replace { old: 1, new: 1 },
                    Replace { old: 2, new: 2 },
                ],
            ),
        ] {
            assert_eq!(revise(&old, new), expected, "{new:?}");
        }
    }

    proptest! {
        /// Every old and every new sentence has exactly one step, in its order, and the steps make the new text.
        #[test]
        fn steps_tell_every_sentence_once(
            old in prop::collection::vec("[abc]", 0..9), new in prop::collection::vec("[abc]", 0..9),
        ) {
            let (old, new): (Vec<&str>, Vec<&str>) =
                (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
            let (mut left, mut made) = (Vec::new(), Vec::new());
            for step in revise(&old, &new) {
                match step {
                    Keep { old: one, new: other } => {
                        prop_assert_eq!(old[one], new[other]);
                        left.push(one);
                        made.push(other);
                    }
                    Replace { old: one, new: other } => {
                        left.push(one);
                        made.push(other);
                    }
                    Delete { old: one } => left.push(one),
                    Insert { new: other } => made.push(other),
                }
            }
            prop_assert_eq!(left, (0..old.len()).collect::<Vec<_>>());
            prop_assert_eq!(made, (0..new.len()).collect::<Vec<_>>());
        }
    }
}
