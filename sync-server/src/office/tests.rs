//! Scenarios of the office, with a real server, real notebooks and plain requests.

mod browser;
mod commands;
mod contrast;
mod dates;
mod disk;
mod fit;
mod forms;
mod garbled;
mod open_calls;
mod pages;
mod replica;
mod shut_out;
mod sign_in;
mod source;
mod telephone;
mod zones;

use std::path::Path;
use std::sync::Arc;

use kept_core::model::account::{AccountDraft, AccountEdit};
use kept_core::model::event::Performer;
use kept_core::model::ids::DocId;
use kept_core::model::registry::Role;
use kept_core::model::time::{Due, DuePart};
use kept_core::model::visit::UsageDraft;
use kept_core::notebook::{PromiseDraft, VisitEntry};
use kept_core::{Environment, Notebook, SystemEnvironment};
use kept_kit::{join_notebook, main_phone, promise_by, visit_entry};

use crate::enrol::Invitee;
use crate::fixture::{config, organisation};
use crate::server::{RunningServer, Server};
use crate::state::ServerState;
use browser::Browser;

/// A company with a running server, its owner signed in.
struct OfficeFixture {
    environment: Arc<dyn Environment>,
    folder: tempfile::TempDir,
    server: RunningServer,
    browser: Browser,
}

impl OfficeFixture {
    async fn start() -> Self {
        Self::start_in(tempfile::tempdir().unwrap()).await
    }

    /// Founds a company in a folder that may hold something already.
    async fn start_in(folder: tempfile::TempDir) -> Self {
        Self::start_with(folder, Arc::new(SystemEnvironment)).await
    }

    /// Founds a company that lives by a clock of its own.
    async fn start_with(folder: tempfile::TempDir, environment: Arc<dyn Environment>) -> Self {
        let new = organisation("Nordlicht", &["north"]);
        let (_, owner) = ServerState::create(folder.path(), environment.clone(), &new).unwrap();
        let server = serve(folder.path(), environment.clone()).await;
        let mut browser = Browser::new(server.address());
        let state = server.state();
        let secret = state.create_sign_in(owner.id).unwrap();
        let answer = browser.post("/signin", &format!("token={secret}")).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/"));
        Self {
            environment,
            folder,
            server,
            browser,
        }
    }

    /// A colleague's notebook that has joined over HTTP.
    async fn colleague(&self, name: &str) -> Arc<Notebook> {
        self.colleague_of(name, &[]).await
    }

    /// The same for a colleague who serves callback pools.
    async fn colleague_of(&self, name: &str, pools: &[&str]) -> Arc<Notebook> {
        let pools = pools.iter().map(|pool| pool.parse().unwrap()).collect();
        let (state, name) = (self.server.state(), name.to_owned());
        let folder = self.folder.path().join(&name);
        let environment = self.environment.clone();
        blocking(move || {
            let invitee = Invitee {
                name: name.clone(),
                role: Some(Role::Technician),
                teams: vec!["north".parse().unwrap()],
                pools,
            };
            let link = state.invitation_link(&invitee).unwrap();
            let label = format!("{name}’s phone");
            let notebook = join_notebook(&folder, environment, link, &label).unwrap();
            Arc::new(notebook)
        })
        .await
    }

    /// Stops the server, lets something happen to its folder, and starts it again.
    async fn restart(self, meanwhile: impl FnOnce(&Path)) -> Self {
        self.server.shutdown().await;
        meanwhile(self.folder.path());
        let server = serve(self.folder.path(), self.environment.clone()).await;
        let mut browser = Browser::new(server.address());
        browser.cookies = self.browser.cookies;
        Self {
            environment: self.environment,
            folder: self.folder,
            server,
            browser,
        }
    }

    /// A page once the replica has what it must show.
    async fn page_with(&mut self, path: &str, text: &str) -> String {
        let browser = &mut self.browser;
        let wait = async {
            loop {
                let page = browser.get(path).await.body;
                if page.contains(text) {
                    return page;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(30), wait)
            .await
            .unwrap_or_else(|_| panic!("{path} never shows {text}"))
    }
}

async fn serve(folder: &Path, environment: Arc<dyn Environment>) -> RunningServer {
    Server::start(config(folder, environment)).await.unwrap()
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

fn bakery() -> AccountDraft {
    AccountDraft {
        name: "Bäckerei Süß".into(),
        notes: "Ring twice.".into(),
        ..AccountDraft::default()
    }
}

fn phone(number: &str) -> AccountEdit {
    let contact_point = main_phone(number);
    AccountEdit::SetContactPoint { contact_point }
}

/// A visit with an observation and a promise that has no performer yet.
fn visit_with_promise(account: DocId) -> VisitEntry {
    let due = Due {
        date: "2126-11-22".into(),
        part: DuePart::Day,
        zone: "UTC".into(),
        end_of_day: None,
        repeated: false,
    };
    VisitEntry {
        usages: vec![UsageDraft {
            account: Some(account),
            quote: "<script>alert('burnt')</script>".into(),
            pain: 2,
            ..UsageDraft::default()
        }],
        promises: vec![PromiseDraft {
            criterion: "evenly brown".into(),
            account: Some(account),
            words: "in a hundred years".into(),
            ..promise_by("callback", "new seal", Performer::Nobody, due)
        }],
        ..visit_entry(Some(account), "The oven loses heat")
    }
}
