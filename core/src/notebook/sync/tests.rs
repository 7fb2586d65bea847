//! Runs that end before their end: when they are stopped, and when their time is over.

use super::*;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use crate::document::chunk::CheckedChange;
use crate::environment::ScriptedEnvironment;
use crate::language::{Lang, message_text};
use crate::limits;
use crate::model::account::{AccountDraft, AccountEdit};
use crate::model::ids::Hash;
use crate::notebook::test_kit::{local_notebook, named};
use crate::notebook::{MemorySecretStore, SecretStore};
use crate::store::meta::{Identity, LinkSizes};
use crate::store::outbox::GroupState;
use crate::sync::outage::OutageCause;
use crate::testing::NOON;
use crate::wire::{self, Group, GroupOutcome, GroupResult, ReasonCode, Reply, Request};

struct OutboxFixture {
    _folder: tempfile::TempDir,
    environment: Arc<ScriptedEnvironment>,
    notebook: Arc<Notebook>,
}

/// A phone with six customers in its outbox, each too large for two to travel in the first request.
fn fixture() -> OutboxFixture {
    let folder = tempfile::tempdir().unwrap();
    let secrets = Arc::new(MemorySecretStore::default());
    secrets.save(TOKEN.into(), b"token".to_vec()).unwrap();
    let environment = Arc::new(ScriptedEnvironment::new(NOON, 1));
    let notebook =
        Notebook::open_with(folder.path().join("n"), secrets, environment.clone()).unwrap();
    for number in 0..6 {
        let draft = AccountDraft {
            name: format!("{number}"),
            notes: "x".repeat(limits::TEXT_CHARS),
            uses: "x".repeat(limits::TEXT_CHARS),
            ..AccountDraft::default()
        };
        notebook.create_account(draft).unwrap();
    }
    OutboxFixture {
        _folder: folder,
        environment,
        notebook: Arc::new(notebook),
    }
}

impl OutboxFixture {
    /// Synchronises with the server at an address, for no longer than so long.
    fn run_within(&self, url: String, budget_ms: u32) -> ApiResult<SyncReport> {
        self.belongs_to(url);
        let run = self.notebook.clone().prepare_sync();
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.build().unwrap();
        runtime.block_on(run.run_within(budget_ms))
    }

    /// Makes it the notebook of a company whose server has this address.
    fn belongs_to(&self, url: String) {
        let known = |store: &mut crate::store::Store| {
            let identity = Identity {
                server: Some(url),
                ..meta::identity(store.read())?
            };
            Ok(store.write(|tx| meta::set(tx, &identity))?)
        };
        self.notebook.write(known).unwrap();
    }

    fn unsent(&self) -> usize {
        self.notebook.status().unwrap().unsent.len()
    }
}

/// Returns the answer of a server that takes every group, and has more to tell as long as something came.
fn answer(body: &[u8]) -> Vec<u8> {
    let request: Request = wire::unpack(body).unwrap();
    let mut reply = reply_with(&request, |_| GroupOutcome::Stored);
    reply.more = !request.groups.is_empty();
    wire::pack(&reply).unwrap()
}

fn answer_with(request: &Request, outcome: impl Fn(&Group) -> GroupOutcome) -> Vec<u8> {
    wire::pack(&reply_with(request, outcome)).unwrap()
}

/// Returns a reply that says of every group what became of it, and nothing else.
fn reply_with(request: &Request, outcome: impl Fn(&Group) -> GroupOutcome) -> Reply {
    let results = request.groups.iter().map(|group| GroupResult {
        id: group.id,
        outcome: outcome(group),
    });
    Reply {
        version: limits::PROTOCOL,
        min_version: limits::PROTOCOL_MIN,
        max_version: limits::PROTOCOL,
        echo: request.next,
        forked: false,
        results: results.collect(),
        pages: vec![],
        lost: vec![],
        digest: wire::digest([]),
        presence: vec![],
        presence_version: 0,
        samples: vec![],
        samples_version: 0,
        server_time: NOON,
        more: false,
        given: vec![],
        silences: vec![],
        push: None,
    }
}

/// Reads the body of the next request on a connection; none if it was closed.
fn heard(reader: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let (mut line, mut length) = (String::new(), 0);
    while line != "\r\n" {
        line.clear();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(body)
}

/// A server that calls `before` ahead of each answer, and is silent where that says so.
fn server(mut before: impl FnMut() -> bool + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut reader = BufReader::new(stream.unwrap());
            while let Some(body) = heard(&mut reader) {
                if !before() {
                    continue;
                }
                let answer = answer(&body);
                let head = format!(
                    "HTTP/1.1 200 OK\r\n{}: 1\r\ncontent-length: {}\r\n\r\n",
                    wire::SERVER_HEADER,
                    answer.len()
                );
                let sent = [head.as_bytes(), &answer].concat();
                let _gone = reader.get_mut().write_all(&sent);
            }
        }
    });
    url
}

#[test]
fn the_time_of_a_run_is_that_of_all_its_exchanges() {
    let fixture = fixture();
    let (clock, waiting) = (fixture.environment.clone(), fixture.unsent());
    let slow = server(move || {
        clock.advance(6_000);
        true
    });
    let report = fixture.run_within(slow, 10_000).unwrap();
    assert!(report.stopped);
    assert_eq!(report.exchanges, 2, "the third would begin after 12 s");
    assert!(report.sent > 0, "what was moved is told");
    assert_eq!(report.sent, (waiting - fixture.unsent()) as u64);

    let again = fixture.run_within(server(|| true), 10_000).unwrap();
    assert!(!again.stopped && fixture.unsent() == 0, "{again:?}");
}

#[test]
fn a_server_that_is_silent_is_not_asked_again_when_time_is_over() {
    let fixture = fixture();
    let asked = Arc::new(Mutex::new(0));
    let (counted, clock) = (asked.clone(), fixture.environment.clone());
    let silent = server(move || {
        *counted.lock().unwrap() += 1;
        clock.advance(9_900);
        *counted.lock().unwrap() < 2
    });
    let report = fixture.run_within(silent, 10_000).unwrap();
    assert!(report.stopped && report.exchanges == 1, "{report:?}");
    assert!(*asked.lock().unwrap() <= 2, "no third request");
}

/// Stopped after so many exchanges.
struct StopsAfter(Mutex<u32>);

impl Transport for StopsAfter {
    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let mut left = self.0.lock().unwrap();
        *left = left.checked_sub(1).ok_or(TransportError::Stopped)?;
        Ok(answer(&body))
    }
}

#[test]
fn a_run_that_is_stopped_tells_what_it_moved() {
    let fixture = fixture();
    let report = fixture
        .notebook
        .sync_with(&StopsAfter(Mutex::new(1)))
        .unwrap();
    assert!(report.stopped && report.exchanges == 1 && report.sent > 0);
    let report = fixture
        .notebook
        .sync_with(&StopsAfter(Mutex::new(0)))
        .unwrap();
    let stopped = SyncReport {
        stopped: true,
        ..SyncReport::default()
    };
    assert_eq!(report, stopped);
}

/// A line that dies after so many exchanges, and how often it was tried then.
struct FailsAfter(Mutex<(u32, u32)>);

impl Transport for FailsAfter {
    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let (left, tries) = &mut *self.0.lock().unwrap();
        match left.checked_sub(1) {
            Some(fewer) => *left = fewer,
            None => {
                *tries += 1;
                return Err(TransportError::of(OutageCause::Foreign, "502 Bad Gateway"));
            }
        }
        Ok(answer(&body))
    }
}

#[test]
fn a_run_that_dies_midway_tells_what_was_sent_and_what_remains() {
    let fixture = fixture();
    let waiting = fixture.unsent();
    let dead = FailsAfter(Mutex::new((1, 0)));
    let error = fixture.notebook.sync_with(&dead).unwrap_err();
    let (sent, unsent) = match &error {
        KeptError::Offline { sent, unsent, .. } => (*sent, *unsent),
        other => panic!("{other:?}"),
    };
    assert!(sent > 0 && unsent > 0);
    assert_eq!(
        (sent + unsent, unsent),
        (waiting as u64, fixture.unsent() as u64)
    );
    let said = message_text(&error.message(), Lang::En);
    assert!(said.starts_with(&format!("{sent} entr")), "{said}");
    assert!(said.contains("502 Bad Gateway"), "{said}");
    assert!(dead.0.lock().unwrap().1 > 3, "it did not give up at once");
}

#[test]
fn a_bad_line_is_remembered_by_the_next_run() {
    let fixture = fixture();
    let sent = |fixture: &OutboxFixture| {
        let stopped = StopsAfter(Mutex::new(1));
        fixture.notebook.sync_with(&stopped).unwrap().sent
    };
    let known = |fixture: &OutboxFixture| {
        let sizes = |store: crate::store::Reading<'_>| Ok(meta::get::<LinkSizes>(store.read())?);
        fixture.notebook.read(sizes).unwrap().unwrap()
    };
    let first = sent(&fixture);
    let begun = known(&fixture);
    /// Every request is cut, until the run ends.
    struct AlwaysFails;
    impl Transport for AlwaysFails {
        fn exchange(&self, _: Vec<u8>) -> Result<Vec<u8>, TransportError> {
            Err(TransportError::of(OutageCause::Garbled, ""))
        }
    }
    fixture.notebook.sync_with(&AlwaysFails).unwrap_err();
    let after = known(&fixture);
    assert!(after.page < begun.page && after.batch < begun.batch);
    let second = sent(&fixture);
    assert!((1..first).contains(&second), "{second} after {first}");
}

/// A server that takes groups that depend on nothing, and answers to every other that it lacks the changes before it.
struct MissingDepsServer;

impl Transport for MissingDepsServer {
    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let request: Request = wire::unpack(&body).unwrap();
        let outcome = |group: &Group| {
            let change = &group.changes[0];
            let change = CheckedChange::parse(&change.bytes, change.hash).unwrap();
            let needed: Vec<Hash> = change.deps().collect();
            if needed.is_empty() {
                GroupOutcome::Stored
            } else {
                GroupOutcome::MissingDeps(needed)
            }
        };
        Ok(answer_with(&request, outcome))
    }
}

/// A server that finds another change in the place of every one that it gets.
struct SequenceTakenServer;

impl Transport for SequenceTakenServer {
    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let request: Request = wire::unpack(&body).unwrap();
        let reason = ReasonCode::SequenceTaken.about(None, "taken");
        Ok(answer_with(&request, |_| {
            GroupOutcome::Refused(vec![reason.clone()])
        }))
    }
}

#[test]
fn a_server_that_refuses_what_is_written_again_does_not_keep_a_run_going() {
    let fixture = local_notebook();
    fixture.notebook.create_account(named("Mill")).unwrap();
    let report = fixture.notebook.sync_with(&SequenceTakenServer).unwrap();
    assert_eq!((report.exchanges, report.refused), (3, 3));
    let waits = fixture.notebook.status().unwrap().unsent;
    assert_eq!((waits.len(), waits[0].state), (1, GroupState::Refused));
    assert_eq!(
        fixture
            .notebook
            .find_accounts("mill".into(), 5)
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_server_that_asks_for_the_same_again_and_again_does_not_keep_a_run_going() {
    let fixture = local_notebook();
    let account = fixture.notebook.create_account(named("Mill")).unwrap();
    for name in ["Windmill", "Watermill"] {
        let edits = vec![AccountEdit::Name { name: name.into() }];
        fixture.notebook.edit_account(account, edits).unwrap();
    }
    let report = fixture.notebook.sync_with(&MissingDepsServer).unwrap();
    assert_eq!((report.exchanges, report.lacking), (2, 2));
    // The server says that it lacks the first as well, so it waits with the others.
    let waits = fixture.notebook.status().unwrap().unsent;
    assert_eq!(waits.len(), 3);
    assert!(waits.iter().all(|group| group.state == GroupState::Unsent));
    assert_eq!(
        fixture
            .notebook
            .sync_with(&MissingDepsServer)
            .unwrap()
            .lacking,
        2
    );
}

/// A server that is out of reach; the test says when the first request comes back.
struct HeldBack {
    sent: std::sync::mpsc::Sender<()>,
    comes_back: Mutex<std::sync::mpsc::Receiver<()>>,
}

impl Transport for HeldBack {
    fn exchange(&self, _: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        self.sent.send(()).unwrap();
        self.comes_back.lock().unwrap().recv().unwrap();
        Err(TransportError::of(OutageCause::Garbled, ""))
    }
}

#[test]
fn a_pause_during_a_run_ends_it_and_the_file_stays_closed() {
    let fixture = fixture();
    let notebook = &fixture.notebook;
    let unsent = fixture.unsent();
    let (sent, heard) = std::sync::mpsc::channel();
    let (back, comes_back) = std::sync::mpsc::channel();
    let transport = HeldBack {
        sent,
        comes_back: Mutex::new(comes_back),
    };
    let told = notebook.active_runs.subscribe();
    std::thread::scope(|scope| {
        let run = scope.spawn(|| notebook.sync_with(&transport));
        heard.recv().unwrap();
        let pause = scope.spawn(|| {
            notebook.pause().unwrap();
            let closed = notebook.folder_use.take().file.is_none();
            closed && notebook.active_runs.count() == 0
        });
        while !told.has_changed().unwrap() {
            std::thread::yield_now();
        }
        back.send(()).unwrap();
        assert!(pause.join().unwrap());
        assert_eq!(run.join().unwrap().unwrap().sent, 0);
    });
    assert!(heard.try_recv().is_err(), "it asked no second time");
    assert_eq!(fixture.unsent(), unsent, "the next call opens it again");
}

#[test]
fn a_run_ends_when_its_caller_is_gone_or_the_notebook_pauses() {
    let fixture = fixture();
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    fixture.belongs_to(format!("http://{}", silent.local_addr().unwrap()));
    let notebook = &fixture.notebook;
    let run = notebook.clone().prepare_sync();
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.build().unwrap();
    runtime.block_on(async {
        let call = run.run_within(u32::MAX);
        let sent = tokio::task::spawn_blocking(move || (silent.accept().unwrap(), silent));
        let (_unanswered, silent) = tokio::select! {
            _ = call => panic!("nobody answers"),
            connected = sent => connected.unwrap(),
        };
        // The call is dropped here.
        while notebook.active_runs.count() > 0 {
            tokio::task::yield_now().await;
        }
        let pausing = notebook.clone();
        let paused = tokio::task::spawn_blocking(move || {
            let _unanswered = silent.accept().unwrap();
            pausing.pause().unwrap();
        });
        let report = run.run_within(u32::MAX).await.unwrap();
        assert_eq!(report.sent, 0);
        paused.await.unwrap();
    });
}
