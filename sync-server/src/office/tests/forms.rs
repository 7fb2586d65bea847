//! Forms as a browser fills them, and the promise that most scenarios begin with.

use kept_core::notebook::Promise;

use super::*;

/// The value of the first hidden field of a name in the form that does something.
pub(super) fn hidden(page: &str, act: &str, name: &str) -> String {
    let forms = page.split("<form ").skip(1);
    let marker = format!("name=\"do\" value=\"{act}\"");
    let mut forms = forms.filter(|form| form.split("</form>").next().unwrap().contains(&marker));
    let form = forms
        .next()
        .unwrap_or_else(|| panic!("no form {act} in {page}"));
    field(form, name)
}

/// The value of the first field of a name in a piece of a page.
pub(super) fn field(form: &str, name: &str) -> String {
    let (_, rest) = form
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Fills a form of a page: its key, its id, and the fields that are given.
pub(super) fn filled(page: &str, act: &str, fields: &str) -> String {
    let (key, form) = (hidden(page, act, "key"), hidden(page, act, "form"));
    format!("key={key}&form={form}&do={act}&{fields}")
}

/// Exchanges.
pub(super) async fn sync(phone: &Arc<Notebook>) {
    let phone = Arc::clone(phone);
    blocking(move || phone.sync_now().unwrap()).await;
}

/// A promise as a phone has it after an exchange.
pub(super) async fn promise_on(phone: &Arc<Notebook>, id: DocId) -> Promise {
    sync(phone).await;
    phone.promise(id).unwrap()
}

/// Sam's visit with a promise that has no performer, on the office's pages.
pub(super) async fn make_promise(
    company: &mut OfficeFixture,
    sam: &Arc<Notebook>,
) -> (DocId, DocId) {
    let phone = Arc::clone(sam);
    let (account, promise) = blocking(move || {
        let account = phone.create_account(bakery()).unwrap();
        let logged = phone.log_visit(visit_with_promise(account)).unwrap();
        phone.sync_now().unwrap();
        (account, logged.promises[0])
    })
    .await;
    company
        .page_with(&format!("/promises/{promise}"), "new seal")
        .await;
    (account, promise)
}
