//! A disk that takes nothing: pages can be read, and what was typed is kept.

use super::forms::{filled, make_promise};
use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_can_be_written_pages_say_so_and_keep_what_was_typed() {
    let mut company = OfficeFixture::start().await;
    let sam = company.colleague("Sam").await;
    let (_, promise) = make_promise(&mut company, &sam).await;
    let page = format!("/promises/{promise}");
    let shown = company.browser.get(&page).await.body;
    let state = company.server.state();
    // As good as a disk that takes nothing: the log refuses what every exchange writes, the folder a file.
    let log = rusqlite::Connection::open(company.folder.path().join("log.sqlite")).unwrap();
    let refuse =
        "CREATE TRIGGER refuse BEFORE INSERT ON ticket BEGIN SELECT RAISE(FAIL, 'no'); END";
    log.execute_batch(refuse).unwrap();
    let probe = company.folder.path().join("probe");
    std::fs::create_dir(&probe).unwrap();
    let form = filled(&shown, "dispute", "words=It+drips+again,+says+Frau+M.");
    let answer = company.browser.post(&format!("{page}/act"), &form).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.body.contains("It drips again, says Frau M."),
        "{}",
        answer.body
    );
    assert!(
        answer.body.contains("cannot store anything now"),
        "{}",
        answer.body
    );
    let home = company.browser.get("/").await;
    assert_eq!(home.status, 200);
    assert!(
        home.body.contains("cannot store anything now"),
        "{}",
        home.body
    );
    let health = company.browser.get("/healthz").await;
    assert_eq!(health.status, 503);
    log.execute_batch("DROP TRIGGER refuse").unwrap();
    std::fs::remove_dir(probe).unwrap();
    let form = filled(
        &answer.body,
        "dispute",
        "words=It+drips+again,+says+Frau+M.",
    );
    let answer = company.browser.post(&format!("{page}/act"), &form).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    // It is well again by itself.
    let well = async {
        while state.health().fault().is_some() {
            tokio::task::yield_now().await;
        }
    };
    let in_time = tokio::time::timeout(std::time::Duration::from_secs(30), well).await;
    assert!(in_time.is_ok());
}
