//! The office tells another date, and what the record said is kept beside it.

use kept_core::ScriptedEnvironment;
use kept_core::notebook::PromiseEdit;

use super::forms::{filled, hidden, make_promise, promise_on};
use super::*;

const NOON: i64 = 1_795_348_800_000;
const HOUR: i64 = 3_600_000;

#[tokio::test(flavor = "multi_thread")]
async fn a_date_is_told_with_the_record_in_sight_and_the_record_is_kept_beside_it() {
    let clock = Arc::new(ScriptedEnvironment::new(NOON, 1));
    let mut company = OfficeFixture::start_with(tempfile::tempdir().unwrap(), clock.clone()).await;
    let sam = company.colleague("Sam").await;
    let (account, _) = make_promise(&mut company, &sam).await;
    let phone = Arc::clone(&sam);
    let ticking = Arc::clone(&clock);
    let promise = blocking(move || {
        let sam_is = phone.me().unwrap().person;
        let make = |what: &str| {
            let draft = PromiseDraft {
                performer: Performer::Person { person: sam_is },
                deliverable: what.into(),
                ..visit_with_promise(account).promises.remove(0)
            };
            phone.make_promise(draft).unwrap()
        };
        let done = |promise| {
            let done = PromiseEdit::Fulfil {
                occurred_at: None,
                evidence: vec![],
            };
            phone.change_promise(promise, vec![done]).unwrap();
        };
        let past: Vec<DocId> = (0..10).map(|_| make("a call")).collect();
        ticking.advance(2 * HOUR);
        past.into_iter().for_each(done);
        let promise = make("the call");
        phone.sync_now().unwrap();
        promise
    })
    .await;
    let path = format!("/promises/{promise}");
    let says = "a date that is kept 80 times in 100";
    let page = company.page_with(&path, says).await;
    assert!(page.contains("10 done"), "{page}");

    // A page that lay open while the record grew keeps what it showed.
    let shown = hidden(&page, "date", "shown");
    let fields = "when=2126-11-30&contact=&channel=call";
    let agree = filled(&page, "date", &format!("shown={shown}&{fields}"));
    let garbled = filled(&page, "date", &format!("shown=00{shown}&{fields}"));
    let act = format!("{path}/act");
    let refused = company.browser.post(&act, &garbled).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    clock.advance(HOUR);
    let done = company.browser.post(&act, &agree).await;
    assert_eq!(done.status, 303, "{}", done.body);

    let told = promise_on(&sam, promise).await;
    assert_eq!(told.spoken, "2126-11-30");
    let report = sam.company_report().unwrap();
    let line = report.calibrations.first().expect("a date was shown");
    assert_eq!(
        (line.quantile_percent, line.shown, line.decided),
        (80, 1, 0)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_young_company_is_told_that_there_is_no_record_and_nothing_is_kept_beside() {
    let mut company = OfficeFixture::start().await;
    let sam = company.colleague("Sam").await;
    let (_, promise) = make_promise(&mut company, &sam).await;
    let path = format!("/promises/{promise}");
    let page = company.browser.get(&path).await.body;
    assert!(page.contains("Nothing like it is known yet. Ask"), "{page}");
    let fields = "when=2126-11-30&contact=&channel=call";
    let agree = filled(&page, "date", fields);
    let done = company.browser.post(&format!("{path}/act"), &agree).await;
    assert_eq!(done.status, 303, "{}", done.body);
    promise_on(&sam, promise).await;
    assert!(sam.company_report().unwrap().calibrations.is_empty());
}
