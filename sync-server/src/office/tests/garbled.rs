//! Forms and addresses as no page of the office makes them: refused in words, and nothing is changed.

use super::forms::{filled, make_promise, promise_on};
use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_form_says_it_came_from_leads_to_a_page_of_the_office() {
    let mut company = OfficeFixture::start().await;
    let sam = company.colleague("Sam").await;
    let (_, promise) = make_promise(&mut company, &sam).await;
    let page = format!("/promises/{promise}");
    let foreign = [
        "%0d%0aset-cookie:+a=b",
        "/promises/%0d%0aset-cookie:+a=b",
        "/promises/%00",
        "/promises/%7f",
        "/promises/%C2%85x",
        "/promises/%C3%BC",
        "/promises/%E2%80%AE",
        "//evil.example/promises/",
        "https://evil.example/",
        "/promises/%5C%5Cevil.example",
        "/devices",
    ];
    let long = format!("/promises/{}", "a".repeat(9_000));
    for back in foreign.into_iter().chain([long.as_str()]) {
        let shown = company.browser.get(&page).await.body;
        let form = filled(&shown, "give", &format!("performer=&reason=&back={back}"));
        let answer = company.browser.post(&format!("{page}/act"), &form).await;
        assert!(answer.status < 500, "{back}: {}", answer.status);
        assert!(!answer.header("location").contains("evil"), "{back}");
        assert_eq!(answer.header("set-cookie"), "", "{back}");
        if answer.status == 303 {
            assert_eq!(answer.header("location"), page, "{back}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn characters_that_nobody_types_change_nothing_and_what_was_typed_is_kept() {
    let mut company = OfficeFixture::start().await;
    let sam = company.colleague("Sam").await;
    let (account, promise) = make_promise(&mut company, &sam).await;
    let page = format!("/promises/{promise}");
    let before = promise_on(&sam, promise).await.events.len();
    let shown = company.browser.get(&page).await.body;
    for (act, fields) in [
        ("cancel", "by=us&reason=no+parts%00+left"),
        ("cancel", "by=us&reason=no+parts%0Aleft"),
        ("dispute", "words=it+drips%1b[2Jagain"),
        ("confirm", "mood=happy&contact=%00"),
        ("give", "performer=person%00"),
    ] {
        let form = filled(&shown, act, fields);
        let answer = company.browser.post(&format!("{page}/act"), &form).await;
        assert_eq!(answer.status, 422, "{fields}");
        assert!(
            !answer.body.contains('\0') && !answer.body.contains('\u{1b}'),
            "{fields}"
        );
        if fields.contains("parts%00") {
            assert!(
                answer
                    .body
                    .contains("characters in it that cannot be typed")
            );
            assert!(
                answer.body.contains("no parts left"),
                "what was typed is there"
            );
        }
    }
    let new = format!("/promises/new?account={account}");
    let shown = company.browser.get(&new).await.body;
    let form = filled(
        &shown,
        "new",
        &format!("account={account}&deliverable=a%00b&when=Fri"),
    );
    let answer = company.browser.post("/promises/new", &form).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("value=\"ab\""), "{}", answer.body);
    let after = promise_on(&sam, promise).await.events.len();
    assert_eq!(after, before, "nothing happened to the promise");
    for address in [
        "/search?q=a%00b",
        "/search?q=%0a",
        "/?limit=%00",
        "/accounts?q=%7f",
        "/accounts/%ff",
        "/promises?only=%C2%9B",
        "/promises/%00/history",
        "/promises/new?account=%00",
    ] {
        let answer = company.browser.get(address).await;
        assert_eq!(answer.status, 400, "{address}");
        assert!(answer.body.starts_with("<!doctype html>"), "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_that_are_not_here_are_refused_in_words() {
    let mut company = OfficeFixture::start().await;
    let sam = company.colleague("Sam").await;
    let (account, promise) = make_promise(&mut company, &sam).await;
    let page = format!("/promises/{promise}");
    let before = promise_on(&sam, promise).await.events.len();
    let shown = company.browser.get(&page).await.body;
    let nobody = kept_core::model::ids::PersonId([9; 16]);
    let nothing = DocId([9; 16]);
    let item = kept_core::model::ids::ItemId([9; 16]);
    for (act, fields) in [
        ("confirm", format!("mood=happy&contact={item}")),
        ("confirm", "mood=happy&contact=nobody".to_owned()),
        (
            "date",
            format!("when=in+300+days&channel=call&contact={item}"),
        ),
        ("date", "when=in+300+days&channel=pigeon".to_owned()),
        ("date", "when=in+300+days&channel=call&shown=ff".to_owned()),
        ("cancel", format!("by=customer&agreed={item}")),
        ("cancel", "by=nobody".to_owned()),
        ("give", format!("performer=person:{nobody}")),
        ("give", "performer=person:nobody".to_owned()),
        ("give", "performer=pool:nowhere".to_owned()),
        ("give", "performer=nobody:x".to_owned()),
    ] {
        let form = filled(&shown, act, &fields);
        let answer = company.browser.post(&format!("{page}/act"), &form).await;
        assert_eq!(answer.status, 422, "{act} {fields}: {}", answer.body);
        assert!(answer.body.contains("role=\"alert\""), "{act} {fields}");
    }
    // Forms that this page does not show now, and names of forms that there are not.
    let like_cancel = |act: &str, fields: &str| {
        let form = filled(&shown, "cancel", fields);
        form.replace("&do=cancel&", &format!("&do={act}&"))
    };
    for form in [
        like_cancel("resolve", &format!("dispute={item}&finding=kept&reason=x")),
        like_cancel("speak", &format!("word=accept&for=person:{nobody}")),
        like_cancel("done", "proof=photo&for=person:x"),
        like_cancel("retract", &format!("event={item}")),
        like_cancel("retract", "event=nothing"),
        like_cancel("seen", "rung=nothing"),
        like_cancel("seen", ""),
        like_cancel("nothing", ""),
    ] {
        let answer = company.browser.post(&format!("{page}/act"), &form).await;
        assert_eq!(answer.status, 422, "{form}: {}", answer.body);
    }
    let settle = like_cancel("settle", "conflict=nothing&choice=99999999999999");
    assert_eq!(company.browser.post("/settle", &settle).await.status, 422);
    for (path, account, contact) in [
        (format!("/promises/{nothing}/act"), "".to_owned(), ""),
        (format!("/promises/{account}/act"), "".to_owned(), ""),
        ("/promises/nothing/act".to_owned(), "".to_owned(), ""),
        ("/promises/new".to_owned(), nothing.to_string(), ""),
        ("/promises/new".to_owned(), promise.to_string(), ""),
        ("/promises/new".to_owned(), account.to_string(), "09090909"),
    ] {
        let fields = format!(
            "by=us&account={account}&contact={contact}&deliverable=x&when=in+300+days&kind=callback"
        );
        let form = filled(&shown, "cancel", &fields);
        let answer = company.browser.post(&path, &form).await;
        assert!(
            (400..500).contains(&answer.status),
            "{path} {account}: {}",
            answer.status
        );
        assert!(
            answer.body.starts_with("<!doctype html>"),
            "{path} {account}"
        );
    }
    let after = promise_on(&sam, promise).await.events.len();
    assert_eq!(after, before, "nothing happened to the promise");
}
