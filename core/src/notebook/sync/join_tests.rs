//! Joins that end before their end, and invitations that are read before they are redeemed.

use std::io::Read;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use crate::environment::ScriptedEnvironment;
use crate::notebook::sync::join_run::{JoinRun, read_invitation};
use crate::notebook::{ApiResult, JoinOptions, KeptError, MemorySecretStore, Notebook};
use crate::testing::NOON;

struct Stranger {
    _folder: tempfile::TempDir,
    notebook: Arc<Notebook>,
}

fn stranger() -> Stranger {
    let folder = tempfile::tempdir().unwrap();
    let secrets = Arc::new(MemorySecretStore::default());
    let environment = Arc::new(ScriptedEnvironment::new(NOON, 1));
    let notebook = Notebook::open_with(folder.path().join("n"), secrets, environment).unwrap();
    Stranger {
        _folder: folder,
        notebook: Arc::new(notebook),
    }
}

impl Stranger {
    fn join_by(&self, host: &str) -> Arc<JoinRun> {
        let link = format!("kept://{host}/join?v=1&code=a.b&org=Meier&http=1");
        let options = JoinOptions {
            label: "Phone".into(),
            ..JoinOptions::default()
        };
        self.notebook.clone().prepare_join(link, options)
    }
}

/// A server that hears requests, tells of each, and answers none.
fn silent_server() -> (String, Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let (heard, asked) = channel();
    std::thread::spawn(move || {
        let mut open = Vec::new();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut first = [0; 64];
            if stream.read(&mut first).is_ok_and(|length| length > 0) {
                let _gone = heard.send(());
            }
            open.push(stream);
        }
    });
    (host, asked)
}

fn wait_for<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(future)
}

fn reason_of<T: std::fmt::Debug>(result: ApiResult<T>) -> String {
    match result.unwrap_err() {
        KeptError::Invalid { reason, .. } => reason.key,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_invitation_says_where_it_leads_before_it_is_redeemed() {
    let link = "kept://kept.example:443/join?v=1&code=secret.code&org=B%C3%A4ckerei";
    let preview = read_invitation(link.into()).unwrap();
    assert_eq!(preview.organisation, "Bäckerei");
    assert_eq!(preview.host, "kept.example:443");
    assert!(!preview.plain_http && preview.allowed);
    assert!(!format!("{preview:?}").contains("secret"));

    let open = read_invitation(format!("{link}&http=1")).unwrap();
    assert!(open.plain_http && !open.allowed, "it needs to be asked for");
    let here = "kept://127.0.0.1:1/join?v=1&code=c&http=1".into();
    assert!(read_invitation(here).unwrap().allowed);

    let read = |link: &str| read_invitation(link.into());
    assert_eq!(reason_of(read("https://menu.example")), "error-invite-link");
    let newer = read("kept://h/join?v=2&code=c");
    assert_eq!(reason_of(newer), "error-invite-newer");
}

#[test]
fn a_join_ends_when_it_is_stopped_or_its_time_is_over_or_the_notebook_pauses() {
    let (host, asked) = silent_server();
    for (end, budget_ms) in [("stop", u32::MAX), ("pause", u32::MAX), ("time", 300)] {
        let stranger = stranger();
        let run = stranger.join_by(&host);
        let joined = std::thread::scope(|scope| {
            let join = scope.spawn(|| wait_for(run.join_within(budget_ms)));
            asked.recv().unwrap();
            match end {
                "stop" => run.stop(),
                "pause" => stranger.notebook.pause().unwrap(),
                _ => {}
            }
            join.join().unwrap()
        });
        assert_eq!(reason_of(joined), "error-join-stopped", "{end}");
        assert!(!stranger.notebook.me().unwrap().joined, "{end}");
        stranger.notebook.sync_now().unwrap_err();
    }
}

#[test]
fn a_join_that_was_stopped_before_it_began_asks_nobody() {
    let (host, asked) = silent_server();
    let stranger = stranger();
    let run = stranger.join_by(&host);
    run.stop();
    let joined = wait_for(run.join_within(60_000));
    assert_eq!(reason_of(joined), "error-join-stopped");
    assert!(asked.try_recv().is_err());
}

#[test]
fn a_join_whose_caller_is_gone_ends() {
    let (host, asked) = silent_server();
    let stranger = stranger();
    let run = stranger.join_by(&host);
    wait_for(async {
        tokio::select! {
            joined = run.join_within(u32::MAX) => panic!("{joined:?}"),
            _ = tokio::task::spawn_blocking(move || asked.recv().unwrap()) => {}
        }
    });
    // It ends the joins that are under way, and waits for none that has nobody left.
    stranger.notebook.pause().unwrap();
    assert_eq!(stranger.notebook.active_runs.count(), 0);
}

#[test]
fn a_join_of_a_notebook_that_is_gone_says_closed() {
    let stranger = stranger();
    let run = stranger.join_by("127.0.0.1:1");
    drop(stranger);
    assert_eq!(wait_for(run.join_within(1)), Err(KeptError::Closed));
}
