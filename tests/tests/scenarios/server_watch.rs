//! An app that is open hears from the server what to fetch, over streams that break, and holds no file while it waits.

use std::sync::Arc;

use kept_core::model::registry::Role;
use kept_core::notebook::{KeptError, Notebook, ServerWatch, WatchReason};
use kept_tests::tcp_proxy::{ConnectionFault, TcpProxy, foreign_answer};
use kept_tests::{Company, Device, Scenario, account, visit_entry};

/// Waits for what a watch says next.
fn next(company: &Company, watch: &ServerWatch) -> Result<Option<WatchReason>, KeptError> {
    company.runtime().block_on(watch.next())
}

/// A colleague writes something, and sends it.
fn news(writer: &Device) {
    let visit = visit_entry(None, "the scale drifts");
    writer.notebook().log_visit(visit).unwrap();
    assert!(writer.sync().sent > 0);
}

fn watch(device: &Device) -> Arc<ServerWatch> {
    device.notebook().watch().unwrap()
}

#[test]
fn an_open_app_hears_what_moved_and_that_its_person_is_called() {
    let scenario = Scenario::begin("an app that is open");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let watch = watch(&alice);
    assert_eq!(next(&company, &watch), Ok(Some(WatchReason::Connected)));
    alice.sync();
    news(&bob);
    assert_eq!(next(&company, &watch), Ok(Some(WatchReason::Moved)));
    assert!(alice.sync().received > 0);

    // What is said while nobody waits is not lost.
    company.state().wake(bob.person());
    company.state().wake(alice.person());
    while next(&company, &watch).unwrap() != Some(WatchReason::Called) {}

    watch.stop();
    assert_eq!(next(&company, &watch), Ok(None));
    assert_eq!(next(&company, &watch), Ok(None), "for good");
}

#[test]
fn a_page_that_looks_like_a_poke_wakes_nobody_and_a_stream_that_broke_is_opened_again() {
    let scenario = Scenario::begin("a portal in place of the stream");
    let company = Company::found(&scenario);
    let line = TcpProxy::before(company.address());
    let device = company.unjoined_device("Alice");
    let link = company.invite("Alice", Role::Technician, &["north"]);
    let link = link.replace(&company.address().to_string(), &line.address().to_string());
    let options = kept_core::notebook::JoinOptions {
        label: "phone".into(),
        ..Default::default()
    };
    device.notebook().join(link, options).unwrap();
    let before = line.traffic().connections;
    let page = foreign_answer("200 OK", "", b"event: heads\ndata: 1=5\n\n");
    line.inject([
        ConnectionFault::Foreign(page),
        ConnectionFault::CutAnswer(30),
    ]);
    let watch = watch(&device);
    assert_eq!(next(&company, &watch), Ok(Some(WatchReason::Connected)));
    assert_eq!(line.traffic().connections - before, 3, "the server itself");
}

#[test]
fn a_call_that_is_cancelled_loses_nothing() {
    let scenario = Scenario::begin("a screen that goes away");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let watch = watch(&alice);
    assert_eq!(next(&company, &watch), Ok(Some(WatchReason::Connected)));
    company.runtime().block_on(async {
        tokio::select! {
            biased;
            reason = watch.next() => panic!("{reason:?}"),
            () = tokio::task::yield_now() => {}
        }
    });
    news(&bob);
    assert_eq!(next(&company, &watch), Ok(Some(WatchReason::Moved)));
}

#[test]
fn a_notebook_rests_while_its_app_waits_and_ends_when_it_is_shut_down() {
    let scenario = Scenario::begin("waiting without a file");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let watch = watch(&alice);
    assert_eq!(next(&company, &watch), Ok(Some(WatchReason::Connected)));
    let notebook = alice.notebook();
    notebook.pause().unwrap();
    news(&bob);
    assert_eq!(next(&company, &watch), Ok(Some(WatchReason::Moved)));
    let other = Notebook::open_with(alice.folder(), alice.secrets(), company.clock().clone());
    other.unwrap().create_account(account("Meier")).unwrap();

    notebook.shut_down().unwrap();
    assert_eq!(next(&company, &watch), Err(KeptError::Closed));
}

#[test]
fn a_device_that_is_shut_out_is_told_so() {
    let scenario = Scenario::begin("a lost phone that is open");
    let company = Company::found(&scenario);
    let alice = company.alice();
    alice.sync();
    let watch = watch(&alice);
    assert_eq!(next(&company, &watch), Ok(Some(WatchReason::Connected)));
    let me = alice.notebook().me().unwrap();
    company.state().revoke_device(me.installation).unwrap();
    let told = loop {
        match next(&company, &watch) {
            Ok(Some(_)) => {}
            other => break other,
        }
    };
    assert_eq!(told, Err(KeptError::SignedOut));
    let stranger = company.unjoined_device("Tim");
    let none = stranger.notebook().watch().err();
    assert_eq!(none, Some(KeptError::NeedsJoin));
}
