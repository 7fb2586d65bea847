//! What needs the office now, above everything else.

use std::sync::Mutex;

use kept_core::ScriptedEnvironment;
use kept_core::notebook::PromiseEdit;
use kept_core::remind::Reminder;

use super::super::escalation::{Escalations, Push};
use super::*;

const NOON: i64 = 1_795_348_800_000;
const MINUTE: i64 = 60_000;

/// Keeps what was pushed.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Push for Heard {
    fn office_is_needed(&self, need: &Reminder) {
        self.0.lock().unwrap().push(need.rung.clone());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callback_that_nobody_made_comes_to_the_office_until_it_is_done() {
    let clock = Arc::new(ScriptedEnvironment::new(NOON, 1));
    let mut company = Company::start_with(tempfile::tempdir().unwrap(), clock.clone()).await;
    let sam = company.colleague("Sam").await;
    let due = Due::at(NOON + 30 * MINUTE, "UTC").unwrap();
    let made = sam.clone();
    let promise = blocking(move || {
        let account = made.create_account(bakery()).unwrap();
        let mut visit = tap(account);
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
        "The office decides: new seal for Bäckerei Süß",
        &format!("href=\"/promises/{promise}\""),
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }

    let heard = Heard::default();
    let escalations = Escalations::new(heard.clone());
    let told = move || heard.0.lock().unwrap().clone();
    assert!(escalations.look(&sam).unwrap());
    assert!(!escalations.look(&sam).unwrap(), "it is announced once");
    assert_eq!(told(), ["office-step-in"]);

    blocking(move || {
        let done = PromiseEdit::Fulfil {
            occurred_at: None,
            evidence: vec![],
        };
        sam.change_promise(promise, vec![done]).unwrap();
        sam.sync_now().unwrap();
        assert!(escalations.look(&sam).unwrap(), "it went");
    })
    .await;
    assert_eq!(told().len(), 1);
    let page = company.page_with("/", "No open promise").await;
    assert!(!page.contains("Needs the office now"));
}
