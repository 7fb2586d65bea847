//! A performer says on the telephone that it is done: when, and what proves it.

use kept_core::model::promise::{Flag, WorkState};
use kept_core::notebook::Promise;

use super::forms::{filled, make_promise, promise_on};
use super::*;

/// Sam's promise, of a kind that is done when there is a photo or a signature, which Sam delivers.
async fn delivered_by_sam(company: &mut OfficeFixture, sam: &Arc<Notebook>) -> DocId {
    let (account, _) = make_promise(company, sam).await;
    let phone = Arc::clone(sam);
    let promise = blocking(move || {
        let me = phone.me().unwrap().person;
        let id = phone
            .make_promise(PromiseDraft {
                kind: "delivery".into(),
                performer: Performer::Person { person: me },
                ..visit_with_promise(account).promises.remove(0)
            })
            .unwrap();
        phone.sync_now().unwrap();
        id
    })
    .await;
    company
        .page_with(&format!("/promises/{promise}"), "It is done")
        .await;
    promise
}

/// Sends the form, filled with `fields`, and returns the promise as Sam's phone has it then.
async fn sent(
    company: &mut OfficeFixture,
    sam: &Arc<Notebook>,
    promise: DocId,
    fields: &str,
) -> Promise {
    let path = format!("/promises/{promise}");
    let page = company.browser.get(&path).await.body;
    let sam_is = sam.me().unwrap().person;
    let form = filled(&page, "done", &format!("for=person%3A{sam_is}&{fields}"));
    let done = company.browser.post(&format!("{path}/act"), &form).await;
    assert_eq!(done.status, 303, "{}", done.body);
    promise_on(sam, promise).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_of_yesterday_is_what_the_office_writes_down() {
    let mut company = OfficeFixture::start().await;
    let sam = company.colleague("Sam").await;
    let promise = delivered_by_sam(&mut company, &sam).await;
    let before = sam.promise(promise).unwrap().summary.state;
    assert!(before.work.is_open(), "{before:?}");

    let fields = "when=yesterday+16%3A00&proof=signature&note=Frau+M%C3%BCller";
    let done = sent(&mut company, &sam, promise, fields).await;
    assert_eq!(done.summary.state.work, WorkState::Fulfilled);
    assert!(
        !done.summary.flags.contains(&Flag::WithoutProof),
        "a signature is what a delivery asks for"
    );
    let page = company.browser.get(&format!("/promises/{promise}")).await;
    for text in [
        "did it (yesterday 16:00)",
        "(for Sam)",
        "(with a signature: “Frau Müller”)",
        "(recorded ",
    ] {
        assert!(page.body.contains(text), "{text}: {}", page.body);
    }
    company.browser.languages = "de";
    let page = company.browser.get(&format!("/promises/{promise}")).await;
    assert!(
        page.body
            .contains("(mit einer Unterschrift: „Frau Müller“)")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_a_word_is_done_now_and_says_what_is_missing() {
    let mut company = OfficeFixture::start().await;
    let sam = company.colleague("Sam").await;
    let promise = delivered_by_sam(&mut company, &sam).await;
    let done = sent(&mut company, &sam, promise, "when=&proof=said-done&note=").await;
    assert_eq!(done.summary.state.work, WorkState::Fulfilled);
    assert!(done.summary.flags.contains(&Flag::WithoutProof));
    let fulfilled = done.events.last().unwrap();
    assert_eq!(fulfilled.remarks.len(), 1, "{:?}", fulfilled.remarks);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_to_come_and_a_proof_that_is_none_are_refused_beside_the_form() {
    let mut company = OfficeFixture::start().await;
    let sam = company.colleague("Sam").await;
    let promise = delivered_by_sam(&mut company, &sam).await;
    let path = format!("/promises/{promise}");
    let sam_is = sam.me().unwrap().person;
    let page = company.browser.get(&path).await.body;
    for (fields, says) in [
        (
            "when=tomorrow+9%3A00&proof=photo&note=seal",
            "in the future",
        ),
        (
            "when=someday&proof=photo&note=seal",
            "“someday” is not a time",
        ),
        ("when=&proof=hearsay&note=seal", "Something is not chosen"),
    ] {
        let form = filled(&page, "done", &format!("for=person%3A{sam_is}&{fields}"));
        let failed = company.browser.post(&format!("{path}/act"), &form).await;
        assert_eq!(failed.status, 422);
        assert!(failed.body.contains(says), "{says}: {}", failed.body);
        assert!(failed.body.contains("name=\"note\" value=\"seal\""));
    }
    let open = promise_on(&sam, promise).await.summary.state;
    assert!(open.work.is_open(), "{open:?}");
}
