//! Scenarios of the office's commands: each with a real server, forms as a browser sends them, and phones that read
//! them.

use kept_core::model::event::Performer;
use kept_core::model::event_kind::EventKind;
use kept_core::model::promise::{Outcome, WorkState};
use kept_core::notebook::PromiseEdit;

use super::forms::{field, filled, hidden, make_promise, promise_on, sync};
use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_gets_a_performer_and_a_date_and_somebody_phones_in() {
    let mut company = OfficeFixture::start().await;
    let (sam, mia) = (
        company.colleague("Sam").await,
        company.colleague("Mia").await,
    );
    let (_, promise) = make_promise(&mut company, &sam).await;
    let page = format!("/promises/{promise}");
    let mia_is = mia.me().unwrap().person;

    let asks = company.browser.get("/promises?only=nobody").await.body;
    let give = filled(
        &asks,
        "give",
        &format!("performer=person%3A{mia_is}&ask=yes&back=%2Fpromises%3Fonly%3Dnobody"),
    );
    let done = company.browser.post(&format!("{page}/act"), &give).await;
    assert_eq!(
        (done.status, done.header("location")),
        (303, "/promises?only=nobody")
    );
    let seen = promise_on(&mia, promise).await;
    assert_eq!(seen.summary.performer, Performer::Person { person: mia_is });
    assert!(
        matches!(seen.summary.state.work, WorkState::Waiting { .. }),
        "{:?}",
        seen.summary.state
    );
    assert!(
        seen.events
            .iter()
            .rev()
            .take(2)
            .all(|event| event.by.name == "Ann")
    );

    let again = company.browser.post(&format!("{page}/act"), &give).await;
    assert_eq!(again.status, 303, "a double click is answered alike");
    let shown = company.browser.get(&page).await.body;
    let speak = filled(
        &shown,
        "speak",
        &format!("for=person%3A{mia_is}&word=accept&when=&reason="),
    );
    assert_eq!(
        company
            .browser
            .post(&format!("{page}/act"), &speak)
            .await
            .status,
        303
    );
    let shown = company.browser.get(&page).await.body;
    let date = filled(&shown, "date", "when=2126-11-30&contact=&channel=call");
    assert_eq!(
        company
            .browser
            .post(&format!("{page}/act"), &date)
            .await
            .status,
        303
    );

    let told = promise_on(&sam, promise).await;
    assert_eq!(told.spoken, "2126-11-30");
    let what: Vec<&str> = told
        .events
        .iter()
        .map(|event| event.kind.map_or("unknown", EventKind::name))
        .collect();
    assert_eq!(
        what,
        [
            "made",
            "communicated",
            "reassigned",
            "asked",
            "accepted",
            "terms_agreed"
        ],
        "and nothing twice"
    );
    sam.verify()
        .map(|checkup| assert!(checkup.is_healthy()))
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_quick_acts_and_a_restart_in_between_lose_nothing() {
    let mut company = OfficeFixture::start().await;
    let sam = company.colleague("Sam").await;
    let (_, promise) = make_promise(&mut company, &sam).await;
    let page = format!("/promises/{promise}/act");
    let shown = company
        .browser
        .get(&format!("/promises/{promise}"))
        .await
        .body;
    let dispute = filled(&shown, "dispute", "words=It+still+leaks");
    let confirm = filled(&shown, "confirm", "mood=not&contact=");
    assert_eq!(company.browser.post(&page, &dispute).await.status, 303);
    assert_eq!(company.browser.post(&page, &confirm).await.status, 303);
    company = company.restart(|_| {}).await;
    company
        .page_with(&format!("/promises/{promise}"), "It still leaks")
        .await;
    assert_eq!(
        company.browser.post(&page, &dispute).await.status,
        303,
        "known after a restart"
    );
    let shown = company
        .browser
        .get(&format!("/promises/{promise}"))
        .await
        .body;
    let further = filled(&shown, "confirm", "mood=so-so&contact=");
    assert_eq!(company.browser.post(&page, &further).await.status, 303);
    // Sam's phone knows the server's old address; the office knows what is in the log.
    let shown = company
        .browser
        .get(&format!("/promises/{promise}"))
        .await
        .body;
    let events = shown.split("<ol class=\"events\">").nth(1).unwrap();
    let events = events.split("</ol>").next().unwrap();
    assert_eq!(
        events.matches("wrote down a dispute: ").count(),
        1,
        "{events}"
    );
    assert_eq!(
        events.matches("wrote down what the customer says").count(),
        2,
        "{events}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dispute_is_decided_and_made_right() {
    let mut company = OfficeFixture::start().await;
    let sam = company.colleague("Sam").await;
    let (account, promise) = make_promise(&mut company, &sam).await;
    let phone = Arc::clone(&sam);
    blocking(move || {
        let words = "It is brown on one side only".to_owned();
        phone
            .change_promise(promise, vec![PromiseEdit::Dispute { words }])
            .unwrap();
        phone.sync_now().unwrap();
    })
    .await;
    let path = format!("/promises/{promise}");
    let page = company.page_with(&path, "brown on one side").await;
    assert!(
        page.contains("evenly brown"),
        "the customer's own words of what they expected"
    );
    let dispute = hidden(&page, "resolve", "dispute");
    let resolve = filled(
        &page,
        "resolve",
        &format!("dispute={dispute}&finding=broken&reason=seen"),
    );
    assert_eq!(
        company
            .browser
            .post(&format!("{path}/act"), &resolve)
            .await
            .status,
        303
    );
    let page = company.browser.get(&path).await.body;
    let offer = format!("/promises/new?account={account}&#38;right={promise}");
    assert!(page.contains(&offer), "{page}");
    let found = promise_on(&sam, promise).await;
    assert_eq!(found.summary.state.outcome, Outcome::BrokenFound);

    let begin = company.browser.get(&offer.replace("&#38;", "&")).await.body;
    assert!(begin.contains("Make right: new seal") && begin.contains("evenly brown"));
    assert_eq!(hidden(&begin, "new", "right"), promise.to_string());
    let fields = format!(
        "account={account}&right={promise}&deliverable=Make+right%3A+new+seal&when=2126-12-01&criterion=evenly+brown&kind=fix&performer=&contact=&channel=call&told=yes"
    );
    let made = company
        .browser
        .post("/promises/new", &filled(&begin, "new", &fields))
        .await;
    assert_eq!(made.status, 303);
    let page = company.browser.get(made.header("location")).await.body;
    assert!(
        page.contains("Ann promised “Make right: new seal” to Bäckerei Süß"),
        "{page}"
    );
    let old = format!("<a href=\"{path}\">Makes right “new seal”");
    assert!(
        page.contains(&old) && page.contains("Broken: the office decided so"),
        "{page}"
    );
    let page = company.browser.get(&path).await.body;
    let by = format!(
        "<a href=\"{}\">Made right by “Make right: new seal”",
        made.header("location")
    );
    assert!(page.contains(&by), "{page}");
    assert!(!page.contains(&offer), "once is enough: {page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_is_said_beside_the_form_and_loses_nothing_of_what_was_typed() {
    let mut company = OfficeFixture::start().await;
    let sam = company.colleague("Sam").await;
    let (_, promise) = make_promise(&mut company, &sam).await;
    let path = format!("/promises/{promise}");
    let act = format!("{path}/act");
    let page = company.browser.get(&path).await.body;
    let date = filled(&page, "date", "when=someday&contact=&channel=video");
    let failed = company.browser.post(&act, &date).await;
    assert_eq!(failed.status, 422);
    assert!(
        failed
            .body
            .contains("“someday” is not a time that Kept understands")
    );
    assert!(
        failed.body.contains("value=\"someday\"")
            && failed.body.contains("value=\"video\" selected")
    );
    let passed = filled(
        &failed.body,
        "date",
        "when=2020-01-01&contact=&channel=video",
    );
    let failed = company.browser.post(&act, &passed).await;
    assert!(
        failed.body.contains("has passed already"),
        "{}",
        failed.body
    );

    // A person who is not the performer says nothing about it, no matter who writes it down.
    let sam_is = sam.me().unwrap().person;
    let page = company.browser.get(&path).await.body;
    let (key, form) = (hidden(&page, "date", "key"), hidden(&page, "date", "form"));
    let speak = format!("key={key}&form={form}&do=speak&for=person%3A{sam_is}&word=accept");
    let failed = company.browser.post(&act, &speak).await;
    assert_eq!(failed.status, 422);
    // The event of another author is not taken back, and no form offers it.
    let made = promise_on(&sam, promise).await.events[0].id;
    assert!(!page.contains("value=\"retract\""), "{page}");
    let (key, form) = (hidden(&page, "date", "key"), hidden(&page, "date", "form"));
    let retract = format!("key={key}&form={form}&do=retract&event={made}");
    let failed = company.browser.post(&act, &retract).await;
    assert!(
        failed
            .body
            .contains("Only whoever wrote it can take it back")
    );

    for forged in [date.replacen("key=", "key=x", 1), "do=ask".to_owned()] {
        let refused = company.browser.post(&act, &forged).await;
        assert_eq!(refused.status, 403);
        assert!(refused.body.contains("no longer valid"));
    }
    let back = filled(&page, "dispute", "words=late&back=%2F%2Fevil.example%2F");
    let done = company.browser.post(&act, &back).await;
    assert_eq!(done.header("location"), path);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_is_settled_with_one_click_and_the_past_is_shown() {
    let mut company = OfficeFixture::start().await;
    let (sam, mia) = (
        company.colleague("Sam").await,
        company.colleague("Mia").await,
    );
    let account = blocking({
        let (sam, mia) = (Arc::clone(&sam), Arc::clone(&mia));
        move || {
            let account = sam.create_account(bakery()).unwrap();
            sam.sync_now().unwrap();
            mia.sync_now().unwrap();
            sam.edit_account(account, vec![phone("111")]).unwrap();
            mia.edit_account(account, vec![phone("222")]).unwrap();
            sam.sync_now().unwrap();
            mia.sync_now().unwrap();
            account
        }
    })
    .await;
    let path = format!("/accounts/{account}");
    let page = company.page_with(&path, "Two telephone numbers").await;
    assert!(
        company
            .browser
            .get("/")
            .await
            .body
            .contains("1 thing to settle")
    );
    assert!(
        company
            .browser
            .get("/conflicts")
            .await
            .body
            .contains("“222” holds")
    );
    let form = page.split("action=\"/settle\"").nth(1).unwrap();
    let form = form.split("</form>").next().unwrap();
    let wanted = form
        .split("<button ")
        .find(|button| button.contains("“111” holds"))
        .unwrap();
    let choice = field(wanted, "choice");
    let fields = format!(
        "key={}&form={}&back=%2Faccounts%2F{account}&conflict={}&choice={choice}",
        field(form, "key"),
        field(form, "form"),
        field(form, "conflict"),
    );
    let done = company.browser.post("/settle", &fields).await;
    assert_eq!((done.status, done.header("location")), (303, path.as_str()));
    let again = company.browser.post("/settle", &fields).await;
    assert_eq!(again.status, 303, "a double click is answered alike");
    let other = fields.replace(&field(form, "form"), "0199a1b2-c3d4-7000-8000-000000000001");
    let late = company.browser.post("/settle", &other).await;
    assert_eq!(late.status, 422);
    assert!(late.body.contains("settled or has changed"));
    sync(&sam).await;
    let settled = sam.account(account).unwrap().account;
    assert_eq!(settled.contact_points[0].values.len(), 1);
    assert_eq!(settled.contact_points[0].values[0].value, "111");

    let history = company.browser.get(&format!("{path}/history")).await.body;
    for text in [
        "Nothing was changed since",
        "The history is intact: 4 changes",
        "office",
    ] {
        assert!(history.contains(text), "{text}: {history}");
    }
    let before = company
        .browser
        .get(&format!("{path}/history?at=3+June+2020+12%3A00"))
        .await
        .body;
    assert!(before.contains("Nothing of this was there yet"), "{before}");
    company.browser.languages = "de";
    let german = company.browser.get(&format!("{path}/history")).await.body;
    assert!(german.contains("Der Verlauf ist unversehrt"));
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_that_came_in_while_the_page_was_open_stay() {
    let mut company = OfficeFixture::start().await;
    let sam = company.colleague("Sam").await;
    let notes = |text: &str| AccountEdit::Notes {
        text: text.to_owned(),
        was: None,
    };
    let first = notes("Gate code 1234.\nDog bites.");
    let account = blocking({
        let sam = Arc::clone(&sam);
        move || {
            let account = sam.create_account(bakery()).unwrap();
            sam.edit_account(account, vec![first]).unwrap();
            sam.sync_now().unwrap();
            account
        }
    })
    .await;
    let path = format!("/accounts/{account}/notes");
    let page = company.page_with(&path, "Gate code 1234.").await;
    let theirs = notes("Gate code 9012.\nDog bites.\nAsk Eva.");
    blocking(move || {
        sam.edit_account(account, vec![theirs]).unwrap();
        sam.sync_now().unwrap();
    })
    .await;
    company
        .page_with(&format!("/accounts/{account}"), "Ask Eva.")
        .await;

    let form = page
        .split("<form ")
        .find(|form| form.contains("name=\"was\""));
    let form = form.unwrap();
    let fields = format!(
        "key={}&form={}&do=notes&was=Gate+code+1234.%0D%0ADog+bites.&notes=Gate+code+5678.%0D%0ADog+bites+twice.",
        field(form, "key"),
        field(form, "form"),
    );
    assert!(
        form.contains("name=\"was\" value=\"Gate code 1234.\nDog bites.\""),
        "{form}"
    );
    let done = company.browser.post(&path, &fields).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let page = company
        .page_with(&format!("/accounts/{account}"), "“Gate code 5678.” holds")
        .await;
    assert!(page.contains("Gate code 9012.\nGate code 5678.\nDog bites twice.\nAsk Eva."));
    assert!(page.contains("“Gate code 9012.” holds") && page.contains("All of them stand"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_back_to_where_a_form_was_sent_finds_a_page() {
    let mut company = OfficeFixture::start().await;
    let sam = company.colleague("Sam").await;
    let (account, promise) = make_promise(&mut company, &sam).await;
    let page = format!("/promises/{promise}");
    let shown = company.browser.get(&page).await.body;
    let mistaken = filled(&shown, "date", "when=never&contact=&channel=call");
    let told = company
        .browser
        .post(&format!("{page}/act"), &mistaken)
        .await;
    assert_eq!(told.status, 422);
    assert!(told.body.contains(&format!("href=\"{page}?lang=de\"")));
    let new = format!("/promises/new?account={account}");
    let blank = company.browser.get(&new).await.body;
    let (key, form) = (field(&blank, "key"), field(&blank, "form"));
    let empty = format!("key={key}&form={form}&account={account}");
    let told = company.browser.post("/promises/new", &empty).await;
    assert_eq!(told.status, 422);
    let german = format!("{}&#38;lang=de", new);
    assert!(told.body.contains(&german), "{}", told.body);
    let back = company.browser.get(&format!("{page}/act?lang=de")).await;
    assert_eq!((back.status, back.header("location")), (303, page.as_str()));
    for path in ["/settle", "/signout"] {
        let none = company.browser.get(path).await;
        assert_eq!(none.status, 405);
        assert!(none.body.contains("<p>"), "{}", none.body);
        let stranger = Browser::new(company.server.address()).get(path).await;
        assert_eq!(stranger.header("location"), "/signin");
    }
}
