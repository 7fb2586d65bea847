//! The content of pages, their words, and what they tell browsers.

use tokio::io::AsyncReadExt;

use kept_core::model::event::Performer;
use kept_core::model::handbook::{HoursEdit, KindEdit};
use kept_core::model::registry::Role;
use kept_core::model::time::{DAY_MS, Due};
use kept_core::model::visit::VisitPlace;
use kept_core::notebook::PromiseEdit;

use super::*;
use crate::enrol::PersonChange;

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_that_a_phone_sends_appears_with_all_that_belongs_to_it() {
    let mut company = OfficeFixture::start().await;
    let empty = company.page_with("/", "Nothing has come in yet").await;
    assert!(empty.contains("No open promise"));
    let sam = company.colleague("Sam").await;
    let (account, promise) = blocking(move || {
        let account = sam.create_account(bakery()).unwrap();
        let logged = sam.log_visit(visit_with_promise(account)).unwrap();
        let mut quiet = visit_entry(Some(account), "All is well");
        let now = sam.now_ms().unwrap();
        quiet.visit.arrived_at = Some(now - 1);
        quiet.visit.left_at = Some(now);
        quiet.visit.place = Some(VisitPlace::NotAllowed);
        quiet.visit.nothing_promised = true;
        sam.log_visit(quiet).unwrap();
        sam.sync_now().unwrap();
        (account, logged.promises[0])
    })
    .await;
    let page = company.page_with("/", "The oven loses heat").await;
    for text in [
        "Came: ",
        "Left: ",
        "Where it was: not allowed to be found out · Promised: nothing",
        "Bäckerei Süß",
        "<span class=\"who\">Sam</span>",
        "Sam promised “new seal” to Bäckerei Süß, due",
        "They will see: “evenly brown”",
        "mark-not-asked",
        "Nobody asked yet",
        "bothers 2 of 3",
        "1 open promise",
        "1 without anybody to deliver",
        "Sam’s phone",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert!(page.contains("&#60;script&#62;alert") && !page.contains("<script>alert"));
    let visits = company.browser.get("/?kind=visits").await.body;
    assert!(visits.contains("The oven loses heat") && !visits.contains("bothers 2 of 3"));
    let few = company.browser.get("/?limit=1").await.body;
    assert!(few.contains("/?kind=&#38;limit=51"), "{few}");

    let timeline = company
        .browser
        .get(&format!("/accounts/{account}"))
        .await
        .body;
    for text in [
        "Ring twice.",
        "The oven loses heat",
        "Open promises",
        "new seal",
    ] {
        assert!(timeline.contains(text), "{text}");
    }
    let full = company
        .browser
        .get(&format!("/promises/{promise}"))
        .await
        .body;
    for text in [
        "“in a hundred years”",
        "What happened to it",
        "told the customer",
        "22 Nov 2126",
    ] {
        assert!(full.contains(text), "{text}");
    }
    let nobody = company.browser.get("/promises?only=nobody").await.body;
    assert!(nobody.contains("new seal") && nobody.contains("Show all"));
    assert!(
        !company
            .browser
            .get("/promises?only=late")
            .await
            .body
            .contains("new seal")
    );
    let devices = company.browser.get("/devices").await.body;
    assert!(devices.contains("Last heard just now") && devices.contains("Complete as of just now"));
}

#[tokio::test(flavor = "multi_thread")]
async fn search_finds_umlauts_and_every_unsettled_number_has_its_author() {
    let mut company = OfficeFixture::start().await;
    let (sam, mia) = (
        company.colleague("Sam").await,
        company.colleague("Mia").await,
    );
    let account = blocking(move || {
        let account = sam.create_account(bakery()).unwrap();
        sam.sync_now().unwrap();
        mia.sync_now().unwrap();
        sam.edit_account(account, vec![phone("111")]).unwrap();
        mia.edit_account(account, vec![phone("222")]).unwrap();
        sam.sync_now().unwrap();
        mia.sync_now().unwrap();
        account
    })
    .await;
    let page = company
        .page_with(&format!("/accounts/{account}"), "2 values")
        .await;
    for text in ["tel:111", "tel:222", "Sam, ", "Mia, "] {
        assert!(page.contains(text), "{text}");
    }
    for query in ["s%C3%BC%C3%9F", "B%C3%84CK", "backerei"] {
        let found = company.browser.get(&format!("/search?q={query}")).await;
        assert_eq!(found.status, 200);
        assert!(found.body.contains("1 entry"), "{query}");
    }
    let list = company.browser.get("/accounts?q=s%C3%BC").await.body;
    assert!(list.contains("Bäckerei Süß"));
    assert!(
        company
            .browser
            .get("/accounts")
            .await
            .body
            .contains("1 value to settle")
    );
    let nothing = company.browser.get("/search?q=%3Czz%3E").await.body;
    assert!(nothing.contains("all words of “&#60;zz&#62;”"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_record_and_what_everybody_has_taken_on_are_a_page() {
    let mut company = OfficeFixture::start().await;
    let empty = company
        .page_with("/mirror", "Nothing is promised yet")
        .await;
    assert!(empty.contains("Nobody has anything to deliver"));
    let sam = company.colleague("Sam").await;
    blocking(move || {
        let account = sam.create_account(bakery()).unwrap();
        let mut visit = visit_with_promise(account);
        visit.promises[0].performer = Performer::Person {
            person: sam.me().unwrap().person,
        };
        let promise = sam.log_visit(visit).unwrap().promises[0];
        let done = PromiseEdit::Fulfil {
            occurred_at: None,
            evidence: vec![],
        };
        let mut other = visit_with_promise(account);
        other.promises[0].performer = Performer::Person {
            person: sam.me().unwrap().person,
        };
        let soon = sam.now_ms().unwrap() + 2 * DAY_MS;
        other.promises[0].due = Due::at(soon, "UTC").unwrap();
        sam.log_visit(other).unwrap();
        sam.change_promise(promise, vec![done]).unwrap();
        sam.sync_now().unwrap();
    })
    .await;
    let page = company.page_with("/mirror", "Sam is").await;
    for text in [
        "1 to deliver",
        "“callback”: 1 of 1 kept on time.",
        "No date of our record was shown yet",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let german = company
        .page_with("/mirror?lang=de", "Erfahrungswerte")
        .await;
    assert!(
        german.contains("„Rückruf“: 1 von 1 rechtzeitig gehalten."),
        "{german}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_handbook_that_the_office_writes_is_a_page() {
    let mut company = OfficeFixture::start().await;
    let usual = company.page_with("/handbook", "Kinds of promises").await;
    for text in [
        "service visit",
        "Promised within 30 min of work",
        "Monday to Friday",
    ] {
        assert!(usual.contains(text), "{text}: {usual}");
    }
    let sam = company.colleague("Sam").await;
    let state = company.server.state();
    blocking(move || {
        sam.sync_now().unwrap();
        let refused = sam.retire_kind("credit".into()).unwrap_err();
        assert_eq!(refused.message().key, "error-handbook-of-the-office");
        let change = PersonChange {
            role: Some(Role::Office),
            ..PersonChange::default()
        };
        state.change_person("Sam", &change).unwrap();
        sam.sync_now().unwrap();
        let name = "Abschleppen <1>".to_owned();
        sam.save_kind("tow".into(), vec![KindEdit::Name { name }])
            .unwrap();
        sam.retire_kind("credit".into()).unwrap();
        let date = "2031-12-25".to_owned();
        sam.save_hours(vec![HoursEdit::Close { date }]).unwrap();
        sam.sync_now().unwrap();
    })
    .await;
    let page = company.page_with("/handbook", "Abschleppen").await;
    for text in [
        "Abschleppen &#60;1&#62;",
        "Offered no more",
        "25 Dec 2031",
        "Mon–Fri 8:00–12:00",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let german = company.page_with("/handbook?lang=de", "Rückruf").await;
    for text in ["Frist: 30 Min. Arbeitszeit", "Erledigt mit einem Foto"] {
        assert!(german.contains(text), "{text}: {german}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_speak_the_readers_language_and_remember_a_choice() {
    let mut company = OfficeFixture::start().await;
    company.page_with("/", "Nothing has come in yet").await;
    company.browser.languages = "de-CH, en;q=0.5";
    let page = company.browser.get("/").await.body;
    assert!(page.contains("<html lang=\"de\">") && page.contains("Noch ist nichts eingegangen"));
    assert!(page.contains("href=\"/?lang=en\""));
    let chosen = company.browser.get("/devices?lang=en").await;
    assert!(chosen.body.contains("Devices"));
    assert!(
        company
            .browser
            .get("/")
            .await
            .body
            .contains("Nothing has come in yet")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_a_moment_ago_has_its_page_at_once() {
    let mut company = OfficeFixture::start().await;
    let sam = company.colleague("Sam").await;
    // The first feeding is over once this is shown; what comes now waits for a pause of the phones.
    company.page_with("/", "office").await;
    let account = blocking(move || {
        let account = sam.create_account(bakery()).unwrap();
        sam.sync_now().unwrap();
        account
    })
    .await;
    for path in [
        format!("/promises/new?account={account}"),
        format!("/accounts/{account}"),
    ] {
        let page = company.browser.get(&path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_said_in_words() {
    let mut company = OfficeFixture::start().await;
    company.page_with("/", "Incoming").await;
    let unknown = format!("/accounts/{}", DocId([7; 16]));
    for (path, text) in [
        ("/accounts/no-id", "There is no such page"),
        ("/promises/..%2F..", "There is no such page"),
        ("/nothing", "There is no such page"),
        (unknown.as_str(), "This is not here"),
    ] {
        let answer = company.browser.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.body.contains(text), "{path}");
    }
    let odd = company.browser.get("/?limit=-1&kind=%00&limit=x").await;
    assert_eq!(odd.status, 200);
    let long = format!("/search?q={}", "a".repeat(5000));
    assert_eq!(company.browser.get(&long).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_guarded_and_assets_are_kept() {
    let mut company = OfficeFixture::start().await;
    company.page_with("/", "Incoming").await;
    let page = company.browser.get("/").await;
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'self';") && !policy.contains("unsafe"));
    assert!(policy.contains("frame-ancestors 'none'"));
    for (name, value) in [
        ("x-frame-options", "DENY"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(page.header(name), value);
    }
    let all = super::super::assets::assets();
    for (path, kind) in [
        (&all.style, "text/css; charset=utf-8"),
        (&all.script, "text/javascript; charset=utf-8"),
        (&all.logo, "image/svg+xml"),
    ] {
        let asset = company.browser.get(path).await;
        assert_eq!((asset.status, asset.header("content-type")), (200, kind));
        assert!(asset.header("cache-control").contains("immutable"));
    }
    assert_eq!(
        company.browser.get("/assets/office.old.css").await.status,
        404
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_looks_is_told_that_something_came_and_nothing_else() {
    let mut company = OfficeFixture::start().await;
    company.page_with("/", "Incoming").await;
    let sam = company.colleague("Sam").await;
    let mut live = company.browser.open("GET /live HTTP/1.0\r\n", "").await;
    blocking(move || {
        let account = sam.create_account(bakery()).unwrap();
        sam.log_visit(visit_with_promise(account)).unwrap();
        sam.sync_now().unwrap();
    })
    .await;
    let mut text = String::new();
    while !text.contains("event: changed") {
        let mut piece = [0; 1024];
        let read = tokio::time::timeout(std::time::Duration::from_secs(30), live.read(&mut piece));
        let length = read.await.unwrap().unwrap();
        assert_ne!(length, 0, "{text}");
        text.push_str(&String::from_utf8_lossy(&piece[..length]));
    }
    assert!(text.contains("text/event-stream") && !text.contains("oven"));
    company.server.shutdown().await;
}
