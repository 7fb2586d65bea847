//! Texts of several people: the words of two authors are never mixed, and where two replaced one sentence both versions
//! ask.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::document::Content;
use crate::document::chunk::CheckedChange;
use crate::model::account::{AccountDraft, AccountEdit};
use crate::model::conflicts::{Clash, Way, of_account, of_usage, of_visit};
use crate::model::edit::Deed;
use crate::model::ids::DocId;
use crate::model::place::Kind;
use crate::model::visit::{UsageDraft, UsageEdit, VisitDraft, VisitEdit};
use crate::testing::{Hand, content, hand, loaded};

const DOC: DocId = DocId([0xd0; 16]);

/// A kind of document that has a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Account,
    Visit,
    Usage,
}

const PAGES: [Page; 3] = [Page::Account, Page::Visit, Page::Usage];

impl Page {
    fn begin(self, text: &str) -> Deed {
        let text = text.to_owned();
        match self {
            Self::Account => Deed::CreateAccount(AccountDraft {
                name: "Adler".into(),
                notes: text,
                ..AccountDraft::default()
            }),
            Self::Visit => Deed::LogVisit(VisitDraft {
                said: text,
                ..VisitDraft::default()
            }),
            Self::Usage => Deed::Observe(UsageDraft {
                product: "oven".into(),
                notes: text,
                ..UsageDraft::default()
            }),
        }
    }

    fn edit(self, was: Option<&str>, text: &str) -> Deed {
        let (was, text) = (was.map(str::to_owned), text.to_owned());
        match self {
            Self::Account => Deed::EditAccount(vec![AccountEdit::Notes { text, was }]),
            Self::Visit => Deed::EditVisit(vec![VisitEdit::Said { text, was }]),
            Self::Usage => Deed::EditUsage(vec![UsageEdit::Notes { text, was }]),
        }
    }

    /// The text of a document, and what waits to be settled in it.
    fn read(self, doc: &Loaded) -> (String, Vec<Clash>) {
        let kind = match self {
            Self::Account => Kind::Account,
            Self::Visit => Kind::Visit,
            Self::Usage => Kind::Usage,
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
struct Story {
    page: Page,
    hands: Vec<Hand>,
    changes: Vec<Vec<CheckedChange>>,
}

impl Story {
    fn begin(page: Page, people: u8, text: &str) -> Self {
        let hands: Vec<Hand> = (1..=people).map(|n| hand(n, "")).collect();
        let first = hands[0].does(&mut Loaded::empty(DOC), page.begin(text));
        let changes = vec![vec![first]; hands.len()];
        Self {
            page,
            hands,
            changes,
        }
    }

    fn doc(&self, person: usize) -> Loaded {
        let changes: Vec<&CheckedChange> = self.changes[person].iter().collect();
        loaded(DOC, &changes)
    }

    fn text(&self, person: usize) -> String {
        self.page.read(&self.doc(person)).0
    }

    fn does(&mut self, person: usize, deed: Deed) {
        let mut doc = self.doc(person);
        let change = self.hands[person].tries(&mut doc, deed);
        self.changes[person].extend(change);
    }

    fn writes(&mut self, person: usize, text: &str) {
        self.does(person, self.page.edit(None, text));
    }

    /// Everybody gets everything. Returns the text, and what waits to be settled.
    fn meet(&mut self) -> (String, Vec<Clash>) {
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
            .map(|person| self.page.read(&self.doc(person)))
            .collect();
        for other in &seen[1..] {
            assert_eq!(*other, seen[0], "everybody reads the same");
        }
        seen.into_iter().next().unwrap()
    }
}

/// The versions of the only sentence that waits, in no order.
fn versions(clashes: &[Clash]) -> BTreeSet<String> {
    assert_eq!(clashes.len(), 1, "{clashes:?}");
    let value = |way: &Way| match way {
        Way::Value { value, .. } => Some(value.clone()),
        Way::Away { .. } => Some(String::new()),
        Way::All { .. } => None,
        other => panic!("{other:?}"),
    };
    clashes[0].ways.iter().filter_map(value).collect()
}

fn set(values: &[&str]) -> BTreeSet<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

fn choose(clash: &Clash, wanted: Option<&str>) -> Deed {
    let chosen = clash.ways.iter().find_map(|way| match (way, wanted) {
        (Way::Value { value, deed }, Some(wanted)) if value == wanted => Some(deed.clone()),
        (Way::Away { deed }, Some("")) => Some(deed.clone()),
        (Way::All { deed }, None) => Some(deed.clone()),
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
        for page in PAGES {
            let mut story = Story::begin(page, 2, was);
            story.writes(0, one);
            story.writes(1, other);
            let (text, clashes) = story.meet();
            let sentences: BTreeSet<String> = sentences(&text)
                .iter()
                .map(|sentence| sentence.words.to_owned())
                .collect();
            assert_eq!(sentences, set(&[one, other]), "{text}");
            assert_eq!(versions(&clashes), set(&[one, other]));

            story.does(1, choose(&clashes[0], Some(one)));
            assert_eq!(story.meet(), (one.to_owned(), vec![]));
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
        let mut story = Story::begin(Page::Account, 2, was);
        story.writes(0, one);
        story.writes(1, other);
        let (text, clashes) = story.meet();
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
            let mut story = Story::begin(Page::Account, 2, was);
            story.writes(first, replaced);
            story.writes(1 - first, other);
            assert_eq!(story.meet(), (merged.to_owned(), vec![]));
        }
    }
}

#[test]
fn two_who_settle_by_hand_in_the_text_are_asked_again_and_lose_nothing() {
    let mut story = Story::begin(Page::Visit, 2, "Gate code 1234. Dog bites.");
    story.writes(0, "Gate code 5678. Dog bites.");
    story.writes(1, "Gate code 9012. Dog bites.");
    let (both, _) = story.meet();
    story.writes(0, &both.replace("Gate code 9012. ", ""));
    story.writes(1, &both.replace("Gate code 5678. ", ""));
    let (text, clashes) = story.meet();
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
    let mut story = Story::begin(Page::Account, 2, "Ring once. Gate code 1234. Dog bites.");
    story.writes(0, "Ring once. Gate code 5678. Dog bites.");
    story.writes(0, "Ring once. Gate code 5679 B. Dog bites.");
    story.writes(1, "Ring once. Gate code 9012. Dog bites.");
    let (text, clashes) = story.meet();
    let both = set(&["Gate code 5679 B.", "Gate code 9012."]);
    assert_eq!(versions(&clashes), both, "{text}");
    assert!(!text.contains("5678") && !text.contains("1234"), "{text}");

    // A later change to one of them, by an author who sees both, settles it: what they left stands.
    let left = text.replace("Gate code 9012. ", "");
    story.writes(0, &left);
    let (text, clashes) = story.meet();
    assert_eq!((text.as_str(), clashes), (left.as_str(), vec![]));
}

#[test]
fn three_people_have_three_versions_and_all_may_stay() {
    let mut story = Story::begin(Page::Visit, 4, "The door sticks.");
    let versions_of_it = ["The door jams.", "The door is stuck.", ""];
    for (person, text) in versions_of_it.iter().enumerate() {
        story.writes(person, text);
    }
    story.writes(3, "The door jams.");
    let (text, clashes) = story.meet();
    assert_eq!(versions(&clashes), set(&versions_of_it));
    assert_eq!(text.matches("The door jams.").count(), 1, "{text}");

    story.does(2, choose(&clashes[0], None));
    let (both, clashes) = story.meet();
    assert_eq!(clashes, []);
    let stand: BTreeSet<String> = sentences(&both)
        .iter()
        .map(|one| one.words.to_owned())
        .collect();
    assert_eq!(stand, set(&versions_of_it[..2]));

    // They are two sentences from now on.
    story.writes(0, &both.replace("jams", "jams often"));
    story.writes(1, &both.replace("is stuck", "is stuck today"));
    let (text, clashes) = story.meet();
    assert_eq!(clashes, [], "{text}");
    assert!(text.contains("jams often") && text.contains("stuck today"));
}

#[test]
fn two_who_settle_differently_are_asked_again_and_lose_nothing() {
    let mut story = Story::begin(Page::Usage, 3, "Gate code 1234");
    story.writes(0, "Gate code 5678");
    story.writes(1, "Gate code 9012");
    let (_, clashes) = story.meet();
    story.does(0, choose(&clashes[0], Some("Gate code 5678")));
    story.does(1, choose(&clashes[0], Some("Gate code 9012")));
    story.does(2, choose(&clashes[0], Some("Gate code 9012")));
    let (text, clashes) = story.meet();
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
        for page in PAGES {
            let mut story = Story::begin(page, 2, was);
            story.writes(0, theirs);
            story.meet();
            story.does(1, page.edit(Some(was), mine));
            let (merged, clashes) = story.meet();
            assert_eq!(merged, text, "{theirs} / {mine}");
            if waits.is_empty() {
                assert_eq!(clashes, []);
            } else {
                assert_eq!(versions(&clashes), set(waits));
                story.does(0, choose(&clashes[0], Some(waits[1])));
                let (settled, clashes) = story.meet();
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
        for page in PAGES {
            let mut story = Story::begin(page, 1, was);
            story.writes(0, text);
            assert_eq!(story.text(0), text.replace("\r\n", "\n"), "{was:?}");
            story.writes(0, was);
            assert_eq!(story.text(0), was, "back from {text:?}");
        }
    }
}

#[test]
fn the_text_of_a_change_is_its_authors_version_in_full() {
    let mut story = Story::begin(Page::Account, 2, "Gate code 1234. Dog bites.");
    story.writes(0, "Gate code 5678. Dog bites.");
    story.writes(1, "Gate code 9012. Dog bites. Ask Eva.");
    story.meet();
    let doc = story.doc(0);
    let versions: BTreeSet<String> = story.changes[0]
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
enum Touch {
    Leave,
    Replace(u8),
    Delete,
    AddBehind(u8),
}

fn touch() -> impl Strategy<Value = Touch> {
    prop_oneof![
        4 => Just(Touch::Leave),
        3 => (0_u8..4).prop_map(Touch::Replace),
        1 => Just(Touch::Delete),
        2 => (0_u8..200).prop_map(Touch::AddBehind),
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
fn apart(touches: &[Touch]) -> Vec<Touch> {
    let mut apart = touches.to_vec();
    for at in 1..apart.len() {
        if let (Touch::AddBehind(_), Touch::Delete) = (&apart[at - 1], &apart[at]) {
            apart[at] = Touch::Leave;
        }
    }
    apart
}

fn text_of(base: &[String], touches: &[Touch], person: usize) -> String {
    let mut text = Vec::new();
    for (thing, touch) in touches.iter().enumerate() {
        match touch {
            Touch::Leave => text.push(base[thing].clone()),
            Touch::Replace(state) => text.push(sentence(thing, state + 1)),
            Touch::Delete => {}
            Touch::AddBehind(n) => {
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
        people in prop::collection::vec(prop::collection::vec(touch(), 6), 2..4),
        page in prop::sample::select(&PAGES[..]),
    ) {
        let people: Vec<Vec<Touch>> = people.iter().map(|touches| apart(touches)).collect();
        let base: Vec<String> = (0..6).map(|thing| sentence(thing, 0)).collect();
        let mut story = Story::begin(page, 3, &base.join(" "));
        let mut written: BTreeSet<String> = base.iter().cloned().collect();
        for (person, touches) in people.iter().enumerate() {
            let text = text_of(&base, touches, person);
            written.extend(sentences(&text).iter().map(|one| one.words.to_owned()));
            story.writes(person, &text);
        }
        let (text, clashes) = story.meet();
        let stand: Vec<String> = sentences(&text).iter().map(|one| one.words.to_owned()).collect();
        for one in &stand {
            prop_assert!(written.contains(one), "nobody wrote {:?} of {:?}", one, text);
        }
        let mut expected: Vec<BTreeSet<String>> = Vec::new();
        for thing in 0..6 {
            let mut versions: BTreeSet<String> = BTreeSet::new();
            for (person, touches) in people.iter().enumerate() {
                match &touches[thing] {
                    Touch::Leave => {}
                    Touch::Replace(state) => drop(versions.insert(sentence(thing, state + 1))),
                    Touch::Delete => drop(versions.insert(String::new())),
                    Touch::AddBehind(n) => {
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
            let (Way::Value { deed, .. } | Way::Away { deed } | Way::All { deed }) = way else {
                panic!("{way:?}");
            };
            story.does(0, deed);
        }
        let (settled, clashes) = story.meet();
        prop_assert_eq!(clashes, vec![], "{}", &settled);
        for one in sentences(&settled) {
            prop_assert!(written.contains(one.words), "nobody wrote {:?}", one.words);
        }
    }
}
