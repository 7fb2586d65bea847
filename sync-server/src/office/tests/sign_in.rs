//! Signing in: who comes in, how often, and who stays outside.

use super::super::SESSION_COOKIE;
use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_link_signs_in_once_and_looking_at_it_does_not_use_it_up() {
    let company = OfficeFixture::start().await;
    let state = company.server.state();
    let owner = state.colleague_named("Ann").unwrap().id;
    let secret = state.create_sign_in(owner).unwrap();
    let mut browser = Browser::new(company.server.address());
    for _ in 0..2 {
        let page = browser.get(&format!("/signin?token={secret}")).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("method=\"post\"") && page.body.contains(&secret));
    }
    let form = format!("token={secret}");
    let entered = browser.post("/signin", &form).await;
    assert_eq!((entered.status, entered.header("location")), (303, "/"));
    let cookie = entered.header("set-cookie");
    for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert_eq!(browser.get("/").await.status, 200);
    let again = Browser::new(company.server.address())
        .post("/signin", &form)
        .await;
    assert_eq!((again.status, again.header("set-cookie")), (410, ""));
    assert!(again.body.contains("This link has been used already"));
    let guessed = browser.post("/signin", "token=guessed").await;
    assert_eq!(guessed.status, 401);
    assert!(guessed.body.contains("This link does not fit"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_secrets_is_told_to_wait_and_keeps_nobody_out() {
    let company = OfficeFixture::start().await;
    let state = company.server.state();
    let owner = state.colleague_named("Ann").unwrap().id;
    let secret = state.create_sign_in(owner).unwrap();
    let mut browser = Browser::new(company.server.address());
    // Every request counts as a try, no matter what it sends.
    let long = format!("token={}", "x".repeat(200));
    assert_eq!(browser.post("/signin", &long).await.status, 401);
    for number in 1..20 {
        let guess = browser
            .post("/signin", &format!("token=guess{number}"))
            .await;
        assert_eq!(guess.status, 401);
    }
    let one_more = browser.post("/signin", "token=guess").await;
    assert_eq!(one_more.status, 429);
    assert_eq!(one_more.header("retry-after"), "60");
    assert!(one_more.body.contains("in a minute"), "{}", one_more.body);
    // Behind a proxy everybody comes from one address.
    let right = browser.post("/signin", &format!("token={secret}")).await;
    assert_eq!((right.status, right.header("location")), (303, "/"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_session_there_is_no_page() {
    let company = OfficeFixture::start().await;
    let mut stranger = Browser::new(company.server.address());
    let pages = [
        "/",
        "/accounts",
        "/promises",
        "/search?q=a",
        "/devices",
        "/no-such-page",
    ];
    for path in pages {
        let answer = stranger.get(path).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (303, "/signin"),
            "{path}"
        );
    }
    assert_eq!(stranger.get("/live").await.status, 401);
    let how = stranger.get("/signin").await;
    assert_eq!(how.status, 401);
    assert!(how.body.contains("You are not signed in"));
    stranger
        .cookies
        .insert(SESSION_COOKIE.into(), "guessed".into());
    assert_eq!(stranger.get("/").await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_another_site_signs_nobody_in() {
    let company = OfficeFixture::start().await;
    let state = company.server.state();
    let owner = state.colleague_named("Ann").unwrap().id;
    let secret = state.create_sign_in(owner).unwrap();
    let form = format!("token={secret}");
    let mut browser = Browser::new(company.server.address());
    let here = company.server.url().to_owned();
    let sent = [
        ("Origin: https://evil.example", 403),
        ("Origin: http://office.evil.example", 403),
        ("Origin: null", 403),
        ("Sec-Fetch-Site: same-site\r\nOrigin: http://office", 403),
        ("Sec-Fetch-Site: cross-site\r\nOrigin: http://office", 403),
        ("Origin: http://office", 303),
        // The proxy in front has changed the host.
        (&format!("Origin: {here}"), 410),
        (
            "Sec-Fetch-Site: same-origin\r\nOrigin: https://proxy.example",
            410,
        ),
    ];
    for (says, status) in sent {
        let kind = "Content-Type: application/x-www-form-urlencoded";
        let length = form.len();
        let head =
            format!("POST /signin HTTP/1.0\r\n{says}\r\n{kind}\r\nContent-Length: {length}\r\n");
        let answer = browser.send(&head, &form).await;
        assert_eq!(answer.status, status, "{says}");
        assert_eq!(
            answer.body.contains("Another site sent this form"),
            status == 403,
            "{says}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_sent_to_the_door_a_page_answers() {
    let mut company = OfficeFixture::start().await;
    let browser = &mut company.browser;
    let other = "POST /signin HTTP/1.0\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n";
    let long = format!("token={}", "x".repeat(5_000));
    for (answer, status) in [
        (browser.get("/signin?token=1&token=2").await, 400),
        (browser.send(other, "token=1").await, 415),
        (browser.post("/signin", "token=1&token=2").await, 422),
        (browser.post("/signin", &long).await, 413),
        (browser.post("/signout", &long).await, 403),
        (browser.post("/signout", "key=1&key=2").await, 403),
    ] {
        assert_eq!(answer.status, status, "{}", answer.body);
        assert!(
            answer.body.starts_with("<!doctype html>"),
            "{}",
            answer.body
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_takes_the_forms_key_and_ends_the_session() {
    let mut company = OfficeFixture::start().await;
    let page = company.page_with("/", "Incoming").await;
    let key = page.split("name=\"key\" value=\"").nth(1).unwrap();
    let key = key.split('"').next().unwrap().to_owned();
    let session = company.browser.cookies.clone();
    let forged = company.browser.post("/signout", "key=forged").await;
    assert_eq!(forged.status, 403);
    let elsewhere = "POST /signout HTTP/1.0\r\nSec-Fetch-Site: cross-site\r\n\
                     Content-Type: application/x-www-form-urlencoded\r\n";
    let form = format!("key={key}");
    let elsewhere = format!("{elsewhere}Content-Length: {}\r\n", form.len());
    assert_eq!(company.browser.send(&elsewhere, &form).await.status, 403);
    assert_eq!(company.browser.get("/").await.status, 200);
    assert_eq!(company.browser.post("/signout", &form).await.status, 303);
    company.browser.cookies = session;
    assert_eq!(company.browser.get("/").await.status, 303);
}
