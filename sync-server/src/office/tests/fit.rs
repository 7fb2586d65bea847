//! The customer's needs, compared with the record on their page.

use kept_core::ScriptedEnvironment;
use kept_core::notebook::{LeadTime, PromiseEdit};

use super::*;

const HOUR: i64 = 3_600_000;
/// A Monday at nine.
const NINE: i64 = 1_795_348_800_000 + 21 * HOUR;

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_customer_says_which_lead_times_we_meet() {
    let clock = Arc::new(ScriptedEnvironment::new(NINE, 1));
    let mut company = OfficeFixture::start_with(tempfile::tempdir().unwrap(), clock.clone()).await;
    let sam = company.colleague("Sam").await;
    let account = blocking({
        let (sam, clock) = (Arc::clone(&sam), Arc::clone(&clock));
        move || {
            let account = sam.create_account(bakery()).unwrap();
            let promise = |kind: &str| {
                let mut draft = visit_with_promise(account).promises.remove(0);
                draft.kind = kind.into();
                sam.make_promise(draft).unwrap()
            };
            let done = |promise| {
                let done = PromiseEdit::Fulfil {
                    occurred_at: None,
                    evidence: vec![],
                };
                sam.change_promise(promise, vec![done]).unwrap();
            };
            let calls: Vec<DocId> = (0..10).map(|_| promise("callback")).collect();
            let fixes: Vec<DocId> = (0..10).map(|_| promise("fix")).collect();
            clock.advance(HOUR);
            calls.into_iter().for_each(done);
            clock.advance(2 * HOUR);
            fixes.into_iter().for_each(done);
            let need = |kind: &str, within| AccountEdit::RequiredLeadTime {
                kind: kind.into(),
                within,
            };
            let needs = vec![
                need("callback", LeadTime::Minutes { count: 90 }),
                need("fix", LeadTime::Minutes { count: 60 }),
                need("quote", LeadTime::Days { count: 2 }),
            ];
            sam.edit_account(account, needs).unwrap();
            sam.sync_now().unwrap();
            account
        }
    })
    .await;
    let path = format!("/accounts/{account}");
    let page = company.page_with(&path, "How soon they need it").await;
    for text in [
        "Soon enough for them: 1 of 2.",
        "The customer needs it within 1 h 30 min.",
        "We made that 100 times in 100",
        "<dd class=\"state tone-kept\">We need 1 h: that is soon enough.</dd>",
        "There is no record for so short a time; none of 10 was done so soon.",
        "<dd class=\"state tone-late\">We need ",
        "needs it within 2 days.",
        "Too little is known to say so of 1 more.",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    company.browser.languages = "de";
    let german = company.browser.get(&path).await.body;
    assert!(german.contains("Schnell genug dafür: 1 von 2."));
    let other = sam.create_account(bakery()).unwrap();
    blocking({
        let sam = Arc::clone(&sam);
        move || sam.sync_now().unwrap()
    })
    .await;
    let none = company
        .page_with(&format!("/accounts/{other}"), "Bäckerei Süß")
        .await;
    assert!(!none.contains("Soon enough"));
}
