//! A lost phone and a browser that another person may use: ended on the office's page.

use super::forms::field;
use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_phone_is_shut_out_with_two_clicks() {
    let mut company = OfficeFixture::start().await;
    let sam = company.colleague("Sam").await;
    let phone = Arc::clone(&sam);
    blocking(move || phone.sync_now().unwrap()).await;
    let devices = company.page_with("/devices", "Lost?").await;
    let link = devices.split("href=\"/devices/").nth(1).unwrap();
    let link = format!("/devices/{}", link.split('"').next().unwrap());
    let asked = company.browser.get(&link).await.body;
    assert!(
        asked.contains("Sam’s phone") && asked.contains("at once and for good"),
        "{asked}"
    );
    // Looking does nothing, and so does a form of another session.
    let key = field(&asked, "key");
    assert_eq!(company.browser.post(&link, "key=forged").await.status, 403);
    assert_eq!(company.browser.post(&link, "").await.status, 403);
    let phone = Arc::clone(&sam);
    blocking(move || phone.sync_now().unwrap()).await;
    let done = company.browser.post(&link, &format!("key={key}")).await;
    assert_eq!((done.status, done.header("location")), (303, "/devices"));
    let devices = company.browser.get("/devices").await.body;
    assert!(
        devices.contains("Shut out") && !devices.contains("Lost?"),
        "{devices}"
    );
    let phone = Arc::clone(&sam);
    let told = blocking(move || {
        phone.create_account(bakery()).unwrap();
        phone.sync_now().unwrap_err()
    })
    .await;
    assert!(
        matches!(told, kept_core::notebook::KeptError::SignedOut),
        "{told:?}"
    );
    assert!(
        !sam.status().unwrap().unsent.is_empty(),
        "what it had stays on it"
    );
    for nothing in ["/devices/nothing/revoke", "/devices/%20/revoke"] {
        assert_eq!(company.browser.get(nothing).await.status, 404);
        let posted = company.browser.post(nothing, &format!("key={key}")).await;
        assert_eq!(posted.status, 404);
    }
    let lines = company.server.state().audit().lines(0).unwrap();
    let line = lines
        .iter()
        .map(|line| line.text())
        .find(|line| line.contains("device-revoked"));
    assert!(line.unwrap().contains("by \"Ann\" from 127.0.0.1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_ended_from_another_browser_and_is_dead_at_once() {
    let mut company = OfficeFixture::start().await;
    let state = company.server.state();
    let owner = state.colleague_named("Ann").unwrap().id;
    let secret = state.create_sign_in(owner).unwrap();
    let mut other = Browser::new(company.server.address());
    let agent = "User-Agent: Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0";
    let form = format!("token={secret}");
    let head = format!(
        "POST /signin HTTP/1.0\r\n{agent}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n",
        form.len()
    );
    assert_eq!(other.send(&head, &form).await.status, 303);
    let live = other.open("GET /live HTTP/1.0\r\n", "").await;
    let page = company
        .page_with("/devices", "Signed in at the office")
        .await;
    assert!(page.contains("Firefox, Windows, 127.0.0.1"), "{page}");
    assert_eq!(page.matches("This browser").count(), 1);
    let key = field(&page, "key");
    let end = page.split("action=\"/sessions/").nth(1).unwrap();
    let end = format!("/sessions/{}", end.split('"').next().unwrap());
    assert_eq!(company.browser.post(&end, "key=forged").await.status, 403);
    assert_eq!(other.get("/").await.status, 200);
    let done = company.browser.post(&end, &format!("key={key}")).await;
    assert_eq!((done.status, done.header("location")), (303, "/devices"));
    assert_eq!(other.get("/").await.header("location"), "/signin");
    let mut live = live;
    let mut rest = Vec::new();
    let ended = tokio::io::AsyncReadExt::read_to_end(&mut live, &mut rest);
    let in_time = tokio::time::timeout(std::time::Duration::from_secs(10), ended).await;
    assert!(in_time.is_ok(), "what it listens to ends");
    let again = company.browser.post(&end, &format!("key={key}")).await;
    assert_eq!(again.status, 404);
    assert_eq!(company.browser.get("/").await.status, 200);
}
