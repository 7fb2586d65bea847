//! Times on pages and in forms: in the company's zone, or in the one that a reader chose.

use kept_core::ScriptedEnvironment;
use kept_core::model::calendar::WorkingCalendar;
use kept_core::model::handbook::HoursEdit;

use super::forms::{filled, make_promise, promise_on, sync};
use super::*;

/// Monday 2026-11-23, 08:00 in UTC, where the server's machine is: 21:00 in Auckland, 09:00 in Berlin.
const MORNING: i64 = 1_795_420_800_000;
const AUCKLAND: &str = "Pacific/Auckland";

/// A colleague of the office, whose company works in Auckland.
async fn in_auckland(company: &OfficeFixture) -> Arc<Notebook> {
    let (state, environment) = (company.server.state(), company.environment.clone());
    let folder = company.folder.path().join("Ole");
    let state = Arc::clone(&state);
    blocking(move || {
        let invitee = Invitee {
            name: "Ole".into(),
            role: Some(Role::Office),
            teams: vec!["north".parse().unwrap()],
            pools: vec![],
        };
        let link = state.invitation_link(&invitee).unwrap();
        let notebook = join_notebook(&folder, environment, link, "Ole’s laptop").unwrap();
        notebook.sync_now().unwrap();
        let hours = WorkingCalendar::usual(AUCKLAND);
        let week = vec![HoursEdit::Week { hours }];
        notebook.save_hours(week).unwrap();
        notebook.sync_now().unwrap();
        Arc::new(notebook)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_is_a_time_of_the_company_and_not_of_the_server() {
    let clock = Arc::new(ScriptedEnvironment::new(MORNING, 1));
    let mut company = OfficeFixture::start_with(tempfile::tempdir().unwrap(), clock).await;
    let sam = company.colleague("Sam").await;
    let (_, promise) = make_promise(&mut company, &sam).await;
    let path = format!("/promises/{promise}");
    let page = company.browser.get(&path).await.body;
    assert!(page.contains("UTC, the zone of the server"), "{page}");

    let ole = in_auckland(&company).await;
    let page = company
        .page_with(&path, "the zone in which the company works")
        .await;
    assert!(page.contains(AUCKLAND), "{page}");
    let act = format!("{path}/act");
    let agree = filled(&page, "date", "when=today+23:00&contact=&channel=call");
    let done = company.browser.post(&act, &agree).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let told = promise_on(&sam, promise).await;
    assert_eq!(told.summary.due.zone, AUCKLAND);
    assert_eq!(told.summary.due_at, MORNING + 2 * 3_600_000);

    // A reader elsewhere chooses their own clocks: the same due in both places, and what they type is theirs.
    let chosen = company
        .browser
        .get("/zone?zone=europe%2Fberlin&back=%2Fpromises")
        .await;
    assert_eq!(
        (chosen.status, chosen.header("location")),
        (303, "/promises")
    );
    let page = company.browser.get(&path).await.body;
    assert!(
        page.contains("Europe/Berlin, the zone that you chose"),
        "{page}"
    );
    assert!(
        page.contains("today 23:00 in Auckland, today 11:00 here"),
        "{page}"
    );
    let agree = filled(&page, "date", "when=today+22:00&contact=&channel=call");
    let done = company.browser.post(&act, &agree).await;
    assert_eq!(done.status, 303, "{}", done.body);
    sync(&sam).await;
    let told = promise_on(&sam, promise).await;
    assert_eq!(told.summary.due.zone, "Europe/Berlin");

    let refused = company.browser.get("/zone?zone=Mars&back=%2F").await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("“Mars” is not a time zone"),
        "{}",
        refused.body
    );
    let elsewhere = company
        .browser
        .get("/zone?zone=&back=%2F%2Fevil.example")
        .await;
    assert_eq!((elsewhere.status, elsewhere.header("location")), (303, "/"));
    let page = company.browser.get(&path).await.body;
    assert!(
        page.contains("the zone in which the company works"),
        "{page}"
    );
    drop(ole);
}
