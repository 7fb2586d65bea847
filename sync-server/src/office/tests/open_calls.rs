//! The promises that need the office now, above everything else.

use std::sync::Mutex;

use kept_core::ScriptedEnvironment;
use kept_core::model::event_kind::EventKind;
use kept_core::model::ids::PersonId;
use kept_core::notebook::PromiseEdit;

use super::super::escalations::Escalations;
use super::super::push::Push;
use super::forms::{filled, hidden};
use super::*;

const NOON: i64 = 1_795_348_800_000;
const MINUTE: i64 = 60_000;

/// Keeps the people who were told to fetch.
#[derive(Clone, Default)]
struct RecordedPush(Arc<Mutex<Vec<PersonId>>>);

impl Push for RecordedPush {
    fn fetch(&self, person: PersonId, _addresses: Vec<String>) {
        self.0.lock().unwrap().push(person);
    }
}

impl RecordedPush {
    fn people(&self) -> Vec<PersonId> {
        self.0.lock().unwrap().clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callback_that_nobody_made_comes_to_the_office_until_it_is_done() {
    let clock = Arc::new(ScriptedEnvironment::new(NOON, 1));
    let mut company = OfficeFixture::start_with(tempfile::tempdir().unwrap(), clock.clone()).await;
    let sam = company.colleague("Sam").await;
    let due = Due::at(NOON + 30 * MINUTE, "UTC").unwrap();
    let made = sam.clone();
    let promise = blocking(move || {
        let account = made.create_account(bakery()).unwrap();
        let mut visit = visit_with_promise(account);
        visit.promises[0].due = due;
        let logged = made.log_visit(visit).unwrap();
        made.sync_now().unwrap();
        logged.promises[0]
    })
    .await;
    let page = company.page_with("/", "new seal").await;
    assert!(!page.contains("Needs the office now"));

    clock.advance(44 * MINUTE);
    let page = company.browser.get("/").await.body;
    assert!(!page.contains("Needs the office now"), "a minute too early");
    clock.advance(MINUTE);
    let page = company.browser.get("/").await.body;
    for text in [
        "Needs the office now",
        "The office decides: “new seal” for Bäckerei Süß",
        &format!("href=\"/promises/{promise}\""),
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }

    let heard = RecordedPush::default();
    let state = company.server.state();
    let owner = state.colleague_named("Ann").unwrap().id;
    let escalations = Escalations::new(Box::new(heard.clone()));
    assert!(escalations.update(&state, &sam).unwrap());
    assert!(
        !escalations.update(&state, &sam).unwrap(),
        "it is announced once"
    );
    assert_eq!(heard.people(), [owner]);

    blocking(move || {
        let done = PromiseEdit::Fulfil {
            occurred_at: None,
            evidence: vec![],
        };
        sam.change_promise(promise, vec![done]).unwrap();
        sam.sync_now().unwrap();
        assert!(escalations.update(&state, &sam).unwrap(), "it went");
        assert!(escalations.called().is_empty());
    })
    .await;
    assert_eq!(heard.people().len(), 1);
    let page = company.page_with("/", "No open promise").await;
    assert!(!page.contains("Needs the office now"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_says_who_was_called_when_and_the_office_says_that_it_has_seen_it() {
    let clock = Arc::new(ScriptedEnvironment::new(NOON, 1));
    let mut company = OfficeFixture::start_with(tempfile::tempdir().unwrap(), clock.clone()).await;
    let sam = company.colleague_of("Sam", &["callbacks"]).await;
    let eva = company.colleague_of("Eva", &["callbacks"]).await;
    let due = Due::at(NOON + 30 * MINUTE, "UTC").unwrap();
    let phone = sam.clone();
    let promise = blocking(move || {
        let account = phone.create_account(bakery()).unwrap();
        let mut visit = visit_with_promise(account);
        visit.promises[0].due = due;
        visit.promises[0].performer = Performer::Person {
            person: phone.me().unwrap().person,
        };
        let logged = phone.log_visit(visit).unwrap();
        phone.sync_now().unwrap();
        logged.promises[0]
    })
    .await;
    clock.advance(35 * MINUTE);
    company.server.settle().await;
    let page = company.browser.get("/").await.body;
    for text in [
        "Whoever is on call is called",
        "Can you take it?",
        "Called: Eva ",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(!page.contains("Needs the office now"));
    blocking(move || {
        eva.sync_now().unwrap();
        assert_eq!(eva.my_calls().unwrap().len(), 1);
    })
    .await;

    clock.advance(10 * MINUTE);
    company.server.settle().await;
    let page = company.browser.get("/").await.body;
    assert!(page.contains("Needs the office now"), "{page}");
    assert!(
        !page.contains("Whoever is on call is called"),
        "said once: {page}"
    );
    let called: Vec<&str> = page
        .split("Called: ")
        .nth(1)
        .unwrap()
        .split("</small>")
        .collect();
    assert!(
        called[0].contains("Eva ") && called[0].contains("Ann "),
        "{}",
        called[0]
    );

    let rung = hidden(&page, "seen", "rung");
    let form = filled(&page, "seen", &format!("rung={rung}&back=/"));
    for _ in 0..2 {
        let answer = company
            .browser
            .post(&format!("/promises/{promise}/act"), &form)
            .await;
        assert_eq!((answer.status, answer.header("location")), (303, "/"));
    }
    let page = company.browser.get("/").await.body;
    for gone in ["Needs the office now", "Whoever is on call is called"] {
        assert!(!page.contains(gone), "{gone}: {page}");
    }
    let events = blocking(move || {
        sam.sync_now().unwrap();
        sam.promise(promise).unwrap().events
    })
    .await;
    let acked: Vec<_> = events
        .iter()
        .filter(|event| event.kind == Some(EventKind::ReminderAcked))
        .map(|event| event.by.name.as_str())
        .collect();
    assert_eq!(acked, ["Ann"], "twice is once");
    let nonsense = form.replace(&rung, "lunch");
    let answer = company
        .browser
        .post(&format!("/promises/{promise}/act"), &nonsense)
        .await;
    assert_ne!(answer.status, 500);
}
