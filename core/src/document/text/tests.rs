//! Texts of several people: the words of two authors are never mixed, and where two replaced one sentence both versions
//! ask.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::document::Content;
use crate::document::chunk::CheckedChange;
use crate::model::account::{AccountDraft, AccountEdit};
use crate::model::conflicts::{
    SettlementOption, UnsettledConflict, of_account, of_usage, of_visit,
};
use crate::model::edit::Operation;
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::model::visit::{UsageDraft, UsageEdit, VisitDraft, VisitEdit};
use crate::testing::{TestAuthor, content, loaded, test_author};

const DOC: DocId = DocId([0xd0; 16]);

/// A kind of document that has a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TextOwner {
    Account,
    Visit,
    Usage,
}

const TEXT_OWNERS: [TextOwner; 3] = [TextOwner::Account, TextOwner::Visit, TextOwner::Usage];

impl TextOwner {
    fn begin(self, text: &str) -> Operation {
        let text = text.to_owned();
        match self {
            Self::Account => Operation::CreateAccount(AccountDraft {
                name: "Adler".into(),
                notes: text,
                ..AccountDraft::default()
            }),
            Self::Visit => Operation::CreateVisit(VisitDraft {
                said: text,
                ..VisitDraft::default()
            }),
            Self::Usage => Operation::CreateUsage(UsageDraft {
                product: "oven".into(),
                notes: text,
                ..UsageDraft::default()
            }),
        }
    }

    fn edit(self, was: Option<&str>, text: &str) -> Operation {
        let (was, text) = (was.map(str::to_owned), text.to_owned());
        match self {
            Self::Account => Operation::EditAccount(vec![AccountEdit::Notes { text, was }]),
            Self::Visit => Operation::EditVisit(vec![VisitEdit::Said { text, was }]),
            Self::Usage => Operation::EditUsage(vec![UsageEdit::Notes { text, was }]),
        }
    }

    /// The text of a document, and what waits to be settled in it.
    fn read(self, doc: &LoadedDocument) -> (String, Vec<UnsettledConflict>) {
        let kind = match self {
            Self::Account => DocumentKind::Account,
            Self::Visit => DocumentKind::Visit,
            Self::Usage => DocumentKind::Usage,
        };
        match content(doc, kind) {
            Content::Account(account) => (account.notes.clone(), of_account(&account)),
            Content::Visit(visit) => (visit.said.clone(), of_visit(&visit)),
            Content::Usage(usage) => (usage.notes.clone(), of_usage(&usage)),
            other => panic!("{other:?}"),
        }
    }
}

/// Several people with a document, each with what they have of it.
struct TextScenario {
    owner: TextOwner,
    hands: Vec<TestAuthor>,
    changes: Vec<Vec<CheckedChange>>,
}

impl TextScenario {
    fn begin(owner: TextOwner, people: u8, text: &str) -> Self {
        let hands: Vec<TestAuthor> = (1..=people).map(|n| test_author(n, "")).collect();
        let first = hands[0].apply(&mut LoadedDocument::empty(DOC), owner.begin(text));
        let changes = vec![vec![first]; hands.len()];
        Self {
            owner,
            hands,
            changes,
        }
    }

    fn doc(&self, person: usize) -> LoadedDocument {
        let changes: Vec<&CheckedChange> = self.changes[person].iter().collect();
        loaded(DOC, &changes)
    }

    fn text(&self, person: usize) -> String {
        self.owner.read(&self.doc(person)).0
    }

    fn apply(&mut self, person: usize, operation: Operation) {
        let mut doc = self.doc(person);
        let change = self.hands[person].try_apply(&mut doc, operation);
        self.changes[person].extend(change);
    }

    fn write_text(&mut self, person: usize, text: &str) {
        self.apply(person, self.owner.edit(None, text));
    }

    /// Everybody gets everything. Returns the text, and what waits to be settled.
    fn merge_all(&mut self) -> (String, Vec<UnsettledConflict>) {
        for person in 0..self.changes.len() {
            let others: Vec<CheckedChange> = self.changes.iter().flatten().cloned().collect();
            for change in others {
                let known = &mut self.changes[person];
                if known.iter().all(|one| one.hash() != change.hash()) {
                    known.push(change);
                }
            }
        }
        let seen: Vec<_> = (0..self.changes.len())
            .map(|person| self.owner.read(&self.doc(person)))
            .collect();
        for other in &seen[1..] {
            assert_eq!(*other, seen[0], "everybody reads the same");
        }
        seen.into_iter().next().unwrap()
    }
}

/// The versions of the only sentence that waits, in no order.
fn versions(clashes: &[UnsettledConflict]) -> BTreeSet<String> {
    assert_eq!(clashes.len(), 1, "{clashes:?}");
    let value = |way: &SettlementOption| match way {
        SettlementOption::Value { value, .. } => Some(value.clone()),
        SettlementOption::Away { .. } => Some(String::new()),
        SettlementOption::All { .. } => None,
        other => panic!("{other:?}"),
    };
    clashes[0].ways.iter().filter_map(value).collect()
}

fn set(values: &[&str]) -> BTreeSet<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

fn choose(clash: &UnsettledConflict, wanted: Option<&str>) -> Operation {
    let chosen = clash.ways.iter().find_map(|way| match (way, wanted) {
        (SettlementOption::Value { value, operation }, Some(wanted)) if value == wanted => {
            Some(operation.clone())
        }
        (SettlementOption::Away { operation }, Some("")) => Some(operation.clone()),
        (SettlementOption::All { operation }, None) => Some(operation.clone()),
        _ => None,
    });
    chosen.expect("the way is offered")
}

#[test]
fn two_who_replace_the_same_words_are_asked_and_both_versions_stand() {
    for (was, one, other) in [
        ("Gate code 1234", "Gate code 5678", "Gate code 9012"),
        (
            "Kessel 80 °C, montags zu",
            "Kessel 60 °C, dienstags zu",
            "Kessel 75 °C, donnerstags zu",
        ),
        ("门牌是1234。", "门牌是5678。", "门牌是9012。"),
        ("Ofen 🔥 links", "Ofen 👩‍🔧 links", "Ofen 🧯 links"),
        ("the oven", "the cash desk", "the cold store"),
    ] {
        for owner in TEXT_OWNERS {
            let mut scenario = TextScenario::begin(owner, 2, was);
            scenario.write_text(0, one);
            scenario.write_text(1, other);
            let (text, clashes) = scenario.merge_all();
            let sentences: BTreeSet<String> = sentences(&text)
                .iter()
                .map(|sentence| sentence.words.to_owned())
                .collect();
            assert_eq!(sentences, set(&[one, other]), "{text}");
            assert_eq!(versions(&clashes), set(&[one, other]));

            scenario.apply(1, choose(&clashes[0], Some(one)));
            assert_eq!(scenario.merge_all(), (one.to_owned(), vec![]));
        }
    }
}

#[test]
fn adding_is_no_conflict_and_what_is_added_stands_apart() {
    for (was, one, other, merged) in [
        (
            "",
            "Closed Mondays",
            "Ask Eva",
            &["Closed Mondays", "Ask Eva"][..],
        ),
        (
            "Key below",
            "Key below\nDog bites",
            "Key below\nRing twice",
            &["Key below", "Dog bites", "Ring twice"],
        ),
        (
            "Schlüssel unten.\n",
            "Montags zu.\nSchlüssel unten.\n",
            "Schlüssel unten.\nHund beißt.\n",
            &["Montags zu.", "Schlüssel unten.", "Hund beißt."],
        ),
        (
            "第一句。",
            "第一句。第二句。",
            "新句。第一句。",
            &["新句。", "第一句。", "第二句。"],
        ),
    ] {
        let mut scenario = TextScenario::begin(TextOwner::Account, 2, was);
        scenario.write_text(0, one);
        scenario.write_text(1, other);
        let (text, clashes) = scenario.merge_all();
        assert_eq!(clashes, [], "{text}");
        let mut stand: Vec<&str> = sentences(&text).iter().map(|one| one.words).collect();
        let mut expected = merged.to_vec();
        if was.is_empty() || merged.starts_with(&["Key below"]) {
            stand.sort_unstable();
            expected.sort_unstable();
        }
        assert_eq!(stand, expected, "{text:?}");
        assert!(!text.contains("\n\n"), "{text:?}");
    }
}

#[test]
fn what_is_put_before_or_behind_a_sentence_stays_there_whoever_replaces_that() {
    let was = "Key below. Gate code 1234. Dog bites.";
    let replaced = "Key below. Gate code 5678. Dog bites.";
    for (other, merged) in [
        (
            "Key below. Ring twice. Gate code 1234. Dog bites.",
            "Key below. Ring twice. Gate code 5678. Dog bites.",
        ),
        (
            "Key below. Gate code 1234. Ring twice. Dog bites.",
            "Key below. Gate code 5678. Ring twice. Dog bites.",
        ),
    ] {
        for first in [0, 1] {
            let mut scenario = TextScenario::begin(TextOwner::Account, 2, was);
            scenario.write_text(first, replaced);
            scenario.write_text(1 - first, other);
            assert_eq!(scenario.merge_all(), (merged.to_owned(), vec![]));
        }
    }
}

#[test]
fn two_who_settle_by_hand_in_the_text_are_asked_again_and_lose_nothing() {
    let mut scenario = TextScenario::begin(TextOwner::Visit, 2, "Gate code 1234. Dog bites.");
    scenario.write_text(0, "Gate code 5678. Dog bites.");
    scenario.write_text(1, "Gate code 9012. Dog bites.");
    let (both, _) = scenario.merge_all();
    scenario.write_text(0, &both.replace("Gate code 9012. ", ""));
    scenario.write_text(1, &both.replace("Gate code 5678. ", ""));
    let (text, clashes) = scenario.merge_all();
    assert_eq!(
        versions(&clashes),
        set(&["Gate code 5678.", "Gate code 9012."])
    );
    for version in ["Gate code 5678.", "Gate code 9012.", "Dog bites."] {
        assert_eq!(text.matches(version).count(), 1, "{text}");
    }
}

#[test]
fn a_chain_of_edits_is_one_version_against_another() {
    let mut scenario = TextScenario::begin(
        TextOwner::Account,
        2,
        "Ring once. Gate code 1234. Dog bites.",
    );
    scenario.write_text(0, "Ring once. Gate code 5678. Dog bites.");
    scenario.write_text(0, "Ring once. Gate code 5679 B. Dog bites.");
    scenario.write_text(1, "Ring once. Gate code 9012. Dog bites.");
    let (text, clashes) = scenario.merge_all();
    let both = set(&["Gate code 5679 B.", "Gate code 9012."]);
    assert_eq!(versions(&clashes), both, "{text}");
    assert!(!text.contains("5678") && !text.contains("1234"), "{text}");

    // A later change to one of them, by an author who sees both, settles it: what they left stands.
    let left = text.replace("Gate code 9012. ", "");
    scenario.write_text(0, &left);
    let (text, clashes) = scenario.merge_all();
    assert_eq!((text.as_str(), clashes), (left.as_str(), vec![]));
}

#[test]
fn three_people_have_three_versions_and_all_may_stay() {
    let mut scenario = TextScenario::begin(TextOwner::Visit, 4, "The door sticks.");
    let versions_of_it = ["The door jams.", "The door is stuck.", ""];
    for (person, text) in versions_of_it.iter().enumerate() {
        scenario.write_text(person, text);
    }
    scenario.write_text(3, "The door jams.");
    let (text, clashes) = scenario.merge_all();
    assert_eq!(versions(&clashes), set(&versions_of_it));
    assert_eq!(text.matches("The door jams.").count(), 1, "{text}");

    scenario.apply(2, choose(&clashes[0], None));
    let (both, clashes) = scenario.merge_all();
    assert_eq!(clashes, []);
    let stand: BTreeSet<String> = sentences(&both)
        .iter()
        .map(|one| one.words.to_owned())
        .collect();
    assert_eq!(stand, set(&versions_of_it[..2]));

    // They are two sentences from now on.
    scenario.write_text(0, &both.replace("jams", "jams often"));
    scenario.write_text(1, &both.replace("is stuck", "is stuck today"));
    let (text, clashes) = scenario.merge_all();
    assert_eq!(clashes, [], "{text}");
    assert!(text.contains("jams often") && text.contains("stuck today"));
}

#[test]
fn two_who_settle_differently_are_asked_again_and_lose_nothing() {
    let mut scenario = TextScenario::begin(TextOwner::Usage, 3, "Gate code 1234");
    scenario.write_text(0, "Gate code 5678");
    scenario.write_text(1, "Gate code 9012");
    let (_, clashes) = scenario.merge_all();
    scenario.apply(0, choose(&clashes[0], Some("Gate code 5678")));
    scenario.apply(1, choose(&clashes[0], Some("Gate code 9012")));
    scenario.apply(2, choose(&clashes[0], Some("Gate code 9012")));
    let (text, clashes) = scenario.merge_all();
    let both = set(&["Gate code 5678", "Gate code 9012"]);
    assert_eq!(versions(&clashes), both);
    assert_eq!(text.lines().count(), 2, "{text}");
}

#[test]
fn what_came_in_while_the_editor_was_open_is_never_taken_back() {
    let was = "Ring once. Gate code 1234. Dog bites.";
    for (theirs, mine, text, waits) in [
        // They added something.
        (
            "Ring once. Gate code 1234. Dog bites. Closed on Mondays.",
            "Ring once. Gate code 5678. Dog bites.",
            "Ring once. Gate code 5678. Dog bites. Closed on Mondays.",
            &[][..],
        ),
        // They changed another sentence.
        (
            "Ring twice. Gate code 1234. Dog bites.",
            "Ring once. Gate code 1234. Dog bites. Ask Eva.",
            "Ring twice. Gate code 1234. Dog bites.\nAsk Eva.",
            &[],
        ),
        // They changed the same one.
        (
            "Ring once. Gate code 9012. Dog bites.",
            "Ring once. Gate code 5678. Dog bites.",
            "Ring once. Gate code 9012. Gate code 5678. Dog bites.",
            &["Gate code 9012.", "Gate code 5678."],
        ),
        // They changed it to the same.
        (
            "Ring once. Gate code 9012. Dog bites.",
            "Ring once. Gate code 9012. Dog bites.",
            "Ring once. Gate code 9012. Dog bites.",
            &[],
        ),
        // They deleted it.
        (
            "Ring once. Dog bites.",
            "Ring once. Gate code 5678. Dog bites.",
            "Ring once. Gate code 5678. Dog bites.",
            &["", "Gate code 5678."],
        ),
        // I deleted it.
        (
            "Ring once. Gate code 9012. Dog bites.",
            "Ring once. Dog bites.",
            "Ring once. Gate code 9012. Dog bites.",
            &["", "Gate code 9012."],
        ),
        // I replaced everything.
        (
            "Ring once. Gate code 9012. Dog bites. Closed on Mondays.",
            "",
            "Gate code 9012. Closed on Mondays.",
            &["", "Gate code 9012."],
        ),
    ] {
        for owner in TEXT_OWNERS {
            let mut scenario = TextScenario::begin(owner, 2, was);
            scenario.write_text(0, theirs);
            scenario.merge_all();
            scenario.apply(1, owner.edit(Some(was), mine));
            let (merged, clashes) = scenario.merge_all();
            assert_eq!(merged, text, "{theirs} / {mine}");
            if waits.is_empty() {
                assert_eq!(clashes, []);
            } else {
                assert_eq!(versions(&clashes), set(waits));
                scenario.apply(0, choose(&clashes[0], Some(waits[1])));
                let (settled, clashes) = scenario.merge_all();
                assert_eq!(clashes, [], "{settled}");
                assert_eq!(settled.matches(waits[1]).count(), 1);
            }
        }
    }
}

#[test]
fn what_was_typed_comes_out_as_it_was_typed() {
    for (was, text) in [
        (
            "Gate code 1234",
            "Gate code 1234\n\n- Keller\n  - links\n- Hof",
        ),
        ("One. Two.", "One.\nTwo."),
        ("One.\nTwo.", "One. Two."),
        ("One. Two. Three.", "Three. One."),
        ("One", "One, two"),
        ("Alt", ""),
        ("", "  eingerückt\r\nNeu"),
        ("第一句。第二句。", "第一句。 第二句！第三句"),
        ("a\n\nb", "a\nb"),
        ("Ok.", "Ok. Fine."),
        ("One.\nTwo", "One.\n Two\n  Three"),
    ] {
        for owner in TEXT_OWNERS {
            let mut scenario = TextScenario::begin(owner, 1, was);
            scenario.write_text(0, text);
            assert_eq!(scenario.text(0), text.replace("\r\n", "\n"), "{was:?}");
            scenario.write_text(0, was);
            assert_eq!(scenario.text(0), was, "back from {text:?}");
        }
    }
}

#[test]
fn the_text_of_a_change_is_its_authors_version_in_full() {
    let mut scenario = TextScenario::begin(TextOwner::Account, 2, "Gate code 1234. Dog bites.");
    scenario.write_text(0, "Gate code 5678. Dog bites.");
    scenario.write_text(1, "Gate code 9012. Dog bites. Ask Eva.");
    scenario.merge_all();
    let doc = scenario.doc(0);
    let versions: BTreeSet<String> = scenario.changes[0]
        .iter()
        .map(|change| text_after(&doc, "notes", change.hash()))
        .collect();
    let expected = [
        "Gate code 1234. Dog bites.",
        "Gate code 5678. Dog bites.",
        "Gate code 9012. Dog bites. Ask Eva.",
    ];
    assert_eq!(versions, set(&expected));
}

/// An author's change of a sentence.
#[derive(Clone, Debug)]
enum SentenceEdit {
    Leave,
    Replace(u8),
    Delete,
    AddBehind(u8),
}

fn sentence_edit() -> impl Strategy<Value = SentenceEdit> {
    prop_oneof![
        4 => Just(SentenceEdit::Leave),
        3 => (0_u8..4).prop_map(SentenceEdit::Replace),
        1 => Just(SentenceEdit::Delete),
        2 => (0_u8..200).prop_map(SentenceEdit::AddBehind),
    ]
}

/// Sentences about things, in several languages: their beginning says which thing, their end how it is.
const THINGS: [&str; 6] = [
    "The door of the oven is",
    "Der Schlüssel zum Hof ist",
    "🔥 Kessel 👩‍🔧 im Keller steht auf",
    "门牌 号码 是",
    "Die Öffnungszeiten am Wochenende sind",
    "L’ascenseur numéro trois reste",
];

const STATES: [&str; 5] = ["one.", "zwei?", "3,5 °C!", "四。", "🙂."];

fn sentence(thing: usize, state: u8) -> String {
    format!("{} {}", THINGS[thing], STATES[usize::from(state)])
}

/// An author's changes, without a sentence that comes where another one goes: that replaces it.
fn without_overlaps(sentence_edits: &[SentenceEdit]) -> Vec<SentenceEdit> {
    let mut without_overlaps = sentence_edits.to_vec();
    for at in 1..without_overlaps.len() {
        if let (SentenceEdit::AddBehind(_), SentenceEdit::Delete) =
            (&without_overlaps[at - 1], &without_overlaps[at])
        {
            without_overlaps[at] = SentenceEdit::Leave;
        }
    }
    without_overlaps
}

fn text_of(base: &[String], sentence_edits: &[SentenceEdit], person: usize) -> String {
    let mut text = Vec::new();
    for (thing, sentence_edit) in sentence_edits.iter().enumerate() {
        match sentence_edit {
            SentenceEdit::Leave => text.push(base[thing].clone()),
            SentenceEdit::Replace(state) => text.push(sentence(thing, state + 1)),
            SentenceEdit::Delete => {}
            SentenceEdit::AddBehind(n) => {
                text.push(base[thing].clone());
                text.push(format!("Neu von {person}: {n}."));
            }
        }
    }
    text.join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Changes of several authors to the sentences of a text merge: every word has an author, every sentence that was
    /// written stands there once, and a sentence asks exactly where its versions differ.
    #[test]
    fn sentences_merge_and_words_do_not(
        people in prop::collection::vec(prop::collection::vec(sentence_edit(), 6), 2..4),
        owner in prop::sample::select(&TEXT_OWNERS[..]),
    ) {
        let people: Vec<Vec<SentenceEdit>> = people.iter().map(|sentence_edits| without_overlaps(sentence_edits)).collect();
        let base: Vec<String> = (0..6).map(|thing| sentence(thing, 0)).collect();
        let mut scenario = TextScenario::begin(owner, 3, &base.join(" "));
        let mut written: BTreeSet<String> = base.iter().cloned().collect();
        for (person, sentence_edits) in people.iter().enumerate() {
            let text = text_of(&base, sentence_edits, person);
            written.extend(sentences(&text).iter().map(|one| one.words.to_owned()));
            scenario.write_text(person, &text);
        }
        let (text, clashes) = scenario.merge_all();
        let stand: Vec<String> = sentences(&text).iter().map(|one| one.words.to_owned()).collect();
        for one in &stand {
            prop_assert!(written.contains(one), "nobody wrote {:?} of {:?}", one, text);
        }
        let mut expected: Vec<BTreeSet<String>> = Vec::new();
        for thing in 0..6 {
            let mut versions: BTreeSet<String> = BTreeSet::new();
            for (person, sentence_edits) in people.iter().enumerate() {
                match &sentence_edits[thing] {
                    SentenceEdit::Leave => {}
                    SentenceEdit::Replace(state) => drop(versions.insert(sentence(thing, state + 1))),
                    SentenceEdit::Delete => drop(versions.insert(String::new())),
                    SentenceEdit::AddBehind(n) => {
                        let added = format!("Neu von {person}: {n}.");
                        prop_assert!(stand.contains(&added), "{:?} is missing in {:?}", added, text);
                    }
                }
            }
            let left = stand.iter().filter(|one| one.starts_with(THINGS[thing]));
            let left: Vec<String> = left.cloned().collect();
            let mut wanted: Vec<String> = versions.iter().filter(|one| !one.is_empty()).cloned().collect();
            if versions.is_empty() {
                wanted.push(base[thing].clone());
            }
            let mut sorted = left.clone();
            sorted.sort();
            prop_assert_eq!(sorted, wanted, "of {:?}", text);
            if versions.len() > 1 {
                expected.push(versions);
            }
        }
        let mut asked: Vec<BTreeSet<String>> =
            clashes.iter().map(|clash| versions(std::slice::from_ref(clash))).collect();
        asked.sort();
        expected.sort();
        prop_assert_eq!(asked, expected);

        // After settling, one author's version in full or all of them stand, and nothing asks any more.
        for clash in &clashes {
            let way = clash.ways[text.len() % clash.ways.len()].clone();
            let (SettlementOption::Value { operation, .. } | SettlementOption::Away { operation } | SettlementOption::All { operation }) = way else {
                panic!("{way:?}");
            };
            scenario.apply(0, operation);
        }
        let (settled, clashes) = scenario.merge_all();
        prop_assert_eq!(clashes, vec![], "{}", &settled);
        for one in sentences(&settled) {
            prop_assert!(written.contains(one.words), "nobody wrote {:?}", one.words);
        }
    }
}
