//! Scenarios of the HTTP API: real sockets, broken bodies, forged tokens.

mod crowd;
mod health;
mod join;
mod shut_out;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use kept_core::limits;
use kept_core::model::ids::Actor;
use kept_core::model::registry::Role;
use kept_core::wire::{
    self, CONTENT_TYPE, JoinReply, JoinRequest, Problem, Reply, Request, Ticket, problem,
};
use kept_core::{Environment, ScriptedEnvironment};

use crate::connections::Timeouts;
use crate::enrol::Invitee;
use crate::fixture::{START, config, organisation};
use crate::server::{RunningServer, Server};
use crate::state::ServerState;

struct Bakery {
    server: RunningServer,
    environment: Arc<ScriptedEnvironment>,
    folder: tempfile::TempDir,
}

struct HttpAnswer {
    status: u16,
    headers: String,
    body: Vec<u8>,
}

impl HttpAnswer {
    fn problem(&self) -> (u16, String) {
        let problem: Problem = wire::unpack(&self.body).unwrap();
        (self.status, problem.code)
    }
}

async fn bakery() -> Bakery {
    bakery_with(Timeouts::default()).await
}

async fn bakery_with(timeouts: Timeouts) -> Bakery {
    let environment = Arc::new(ScriptedEnvironment::new(START, 3));
    let folder = tempfile::tempdir().unwrap();
    let new = organisation("Bäckerei Süß", &[]);
    ServerState::create(folder.path(), environment.clone(), &new).unwrap();
    let config = config(folder.path(), environment.clone());
    let server = Server::start_with(config, timeouts).await.unwrap();
    Bakery {
        server,
        environment,
        folder,
    }
}

async fn start(folder: &Path, environment: Arc<ScriptedEnvironment>) -> RunningServer {
    Server::start(config(folder, environment)).await.unwrap()
}

impl Bakery {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.server.address()).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        stream
    }

    fn post(&self, path: &str, token: &str, body: &[u8]) -> HttpAnswer {
        let mut stream = self.connect();
        stream
            .write_all(head(path, token, body.len()).as_bytes())
            .unwrap();
        // A server that has heard enough may hang up before everything is sent.
        let _ = stream.write_all(body);
        answer(stream)
    }

    fn get(&self, path: &str) -> HttpAnswer {
        let mut stream = self.connect();
        let head = format!("GET {path} HTTP/1.1\r\nhost: kept\r\nconnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        answer(stream)
    }

    fn join(&self, code: &str, actor: u8) -> HttpAnswer {
        let request = JoinRequest {
            version: limits::PROTOCOL,
            code: code.into(),
            label: "Sam's phone".into(),
            proof: None,
            actors: vec![Actor([actor; 16])],
        };
        self.post("/v1/join", "", &wire::pack(&request).unwrap())
    }

    fn invite_sam(&self) -> String {
        let sam = Invitee {
            name: "Sam".into(),
            role: Some(Role::Technician),
            ..Invitee::default()
        };
        self.server.state().invite(&sam).unwrap().code
    }

    /// The token of a phone that joined without HTTP.
    fn known(&self) -> String {
        let request = JoinRequest {
            version: limits::PROTOCOL,
            code: self.invite_sam(),
            label: "Sam's phone".into(),
            proof: None,
            actors: vec![Actor([1; 16])],
        };
        self.server.state().join(&request).unwrap().token
    }

    /// Sam's phone: its token.
    fn sam(&self) -> String {
        let joined = self.join(&self.invite_sam(), 1);
        let reply: JoinReply = wire::unpack(&joined.body).unwrap();
        reply.token
    }
}

fn head(path: &str, token: &str, length: usize) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: kept\r\nconnection: close\r\ncontent-type: {CONTENT_TYPE}\r\n\
         authorization: Bearer {token}\r\ncontent-length: {length}\r\n\r\n"
    )
}

fn answer(mut stream: TcpStream) -> HttpAnswer {
    let mut bytes = Vec::new();
    // A reset after the answer is as good as its end.
    let _ = stream.read_to_end(&mut bytes);
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap();
    let headers = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let status = headers.split(' ').nth(1).unwrap().parse().unwrap();
    HttpAnswer {
        status,
        headers,
        body: bytes[end + 4..].to_vec(),
    }
}

fn request(next: u8) -> Request {
    Request {
        version: limits::PROTOCOL,
        prev: (next > 1).then(|| Ticket::from([next - 1; 16])),
        next: [next; 16].into(),
        actors: vec![],
        cursors: vec![],
        groups: vec![],
        whole: true,
        as_of: None,
        presence_version: 0,
        samples_version: 0,
        wants: vec![],
        open: vec![],
        page_bytes: u32::MAX,
        push: None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_joins_syncs_and_is_known_after_a_restart() {
    let mut bakery = bakery().await;
    let token = bakery.sam();
    let sync = |bakery: &Bakery, next| {
        let answer = bakery.post("/v1/sync", &token, &wire::pack(&request(next)).unwrap());
        assert_eq!(answer.status, 200, "{}", answer.headers);
        wire::unpack::<Reply>(&answer.body).unwrap()
    };
    let reply = sync(&bakery, 1);
    assert_eq!(reply.server_time, bakery.environment.wall_ms());
    assert_eq!(reply.pages[0].name.as_deref(), Some("company"));
    bakery.server.shutdown().await;
    bakery.server = start(bakery.folder.path(), bakery.environment.clone()).await;
    let again = sync(&bakery, 2);
    assert_eq!((again.forked, again.digest), (false, reply.digest));
    bakery.server.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_folder_has_one_server_and_commands_beside_it() {
    let bakery = bakery().await;
    let url = bakery.server.url().to_owned();
    let second = Server::start(config(bakery.folder.path(), bakery.environment.clone()));
    let told = second.await.err().unwrap().to_string();
    assert!(told.starts_with("a server already serves"), "{told}");
    let beside = ServerState::open(bakery.folder.path(), bakery.environment.clone()).unwrap();
    assert_eq!((beside.url(), beside.colleagues().unwrap().len()), (url, 1));
    assert_eq!(bakery.get("/healthz").status, 200);
    bakery.server.shutdown().await;
    let next = Server::start(config(bakery.folder.path(), bakery.environment.clone()));
    next.await.unwrap().shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_no_token_of_this_server_is_signed_out() {
    let bakery = bakery().await;
    let token = bakery.sam();
    let body = wire::pack(&request(1)).unwrap();
    let signed_out = (401, problem::SIGNED_OUT.to_owned());
    for forged in ["", "x", &token[..token.len() - 1], &format!("{token}0")] {
        let answer = bakery.post("/v1/sync", forged, &body);
        assert_eq!(answer.problem(), signed_out);
        assert!(answer.headers.contains("x-kept: 1"));
    }
    assert_eq!(bakery.get("/v1/poke").problem(), signed_out);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn broken_bodies_are_told_apart_and_the_server_goes_on() {
    let bakery = bakery().await;
    let token = bakery.sam();
    let body = wire::pack(&request(1)).unwrap();
    let garbled = (400, problem::GARBLED.to_owned());
    let too_large = (413, problem::TOO_LARGE.to_owned());
    let post = |body: &[u8]| bakery.post("/v1/sync", &token, body).problem();
    assert_eq!(post(b"not zstd"), garbled);
    assert_eq!(post(b""), garbled);
    assert_eq!(post(&body[..body.len() - 1]), garbled);
    assert_eq!(post(&[body.as_slice(), b"x"].concat()), garbled);
    // The link dies within the body.
    let mut stream = bakery.connect();
    stream
        .write_all(head("/v1/sync", &token, body.len()).as_bytes())
        .unwrap();
    stream.write_all(&body[..10]).unwrap();
    drop(stream);
    assert_eq!(post(&vec![0; limits::BODY_BYTES + 1]), too_large);
    let told = bakery.post("/v1/sync", &token, &vec![0; limits::BODY_BYTES + 1]);
    let told: Problem = wire::unpack(&told.body).unwrap();
    assert_eq!(told.detail, "the message is larger than 4194304 bytes");
    // A few kilobytes that inflate to more than the limit.
    let bomb = zstd::bulk::compress(&vec![0; limits::INFLATED_BYTES + 1], 3).unwrap();
    assert!(bomb.len() < 10_000);
    assert_eq!(post(&bomb), too_large);
    let mut future = request(1);
    future.version = limits::PROTOCOL + 1;
    let answer = bakery.post("/v1/sync", &token, &wire::pack(&future).unwrap());
    assert_eq!(answer.problem(), (426, problem::VERSION.to_owned()));
    // Packed as it should be, and another message.
    let other = wire::pack(&JoinRequest {
        version: limits::PROTOCOL,
        code: "x".into(),
        label: "x".into(),
        actors: vec![],
        proof: None,
    });
    let malformed = (400, problem::MALFORMED.to_owned());
    assert_eq!(post(&other.unwrap()), malformed);
    // None of them stored a ticket.
    assert_eq!(bakery.post("/v1/sync", &token, &body).status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_invitation_says_why() {
    let bakery = bakery().await;
    let code = bakery.invite_sam();
    assert_eq!(
        bakery.join("wrong", 1).problem(),
        (404, problem::INVITE_WRONG.to_owned())
    );
    assert_eq!(bakery.join(&code, 1).status, 200);
    assert_eq!(
        bakery.join(&code, 2).problem(),
        (410, problem::INVITE_USED.to_owned())
    );
    let code = bakery.invite_sam();
    bakery.environment.advance(limits::INVITE_MS);
    assert_eq!(
        bakery.join(&code, 3).problem(),
        (410, problem::INVITE_EXPIRED.to_owned())
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_keeps_the_server_waiting_is_hung_up_on() {
    let short = Duration::from_millis(50);
    let bakery = bakery_with(Timeouts {
        head: short,
        request: short,
        body_idle_timeout: short,
        idle_timeout: short * 4,
        ..Timeouts::default()
    })
    .await;
    let form = "content-type: application/x-www-form-urlencoded";
    let whole = "GET /healthz HTTP/1.1\r\nhost: kept\r\n\r\n";
    let synced = head("/v1/sync", &bakery.known(), 9);
    let waits = [
        ("sends no body with a token", synced, "408"),
        (
            "sends no body to the API",
            "POST /v1/join HTTP/1.1\r\nhost: kept\r\ncontent-length: 9\r\n\r\n".to_owned(),
            "408",
        ),
        (
            "sends no body to the office",
            format!("POST /signin HTTP/1.1\r\nhost: kept\r\n{form}\r\ncontent-length: 9\r\n\r\n"),
            "408",
        ),
        ("asks nothing more", whole.to_owned(), "200"),
        (
            "begins a second request",
            format!("{whole}GET / HTTP/1.1\r\nx-a: "),
            "200",
        ),
        (
            "speaks HTTP/2 and asks nothing",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0".to_owned(),
            "",
        ),
    ];
    for (what, sent, answered) in waits {
        let mut stream = bakery.connect();
        stream.write_all(sent.as_bytes()).unwrap();
        let mut heard = Vec::new();
        let ended = stream.read_to_end(&mut heard);
        assert!(ended.is_ok(), "who {what} is waited for: {ended:?}");
        let heard = String::from_utf8_lossy(&heard);
        assert!(heard.contains(answered), "who {what} hears {heard}");
    }
    bakery.server.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_says_that_this_is_kept_and_what_browsers_may_do_with_it() {
    let bakery = bakery().await;
    let health = bakery.get("/healthz");
    assert_eq!(
        (health.status, health.body.as_slice()),
        (200, b"{\"status\":\"ok\"}".as_slice())
    );
    for answer in [health, bakery.get("/nowhere")] {
        for header in [
            "x-kept: 1",
            "x-content-type-options: nosniff",
            "x-frame-options: DENY",
        ] {
            assert!(answer.headers.contains(header), "{}", answer.headers);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_poke_brings_heads_at_once_and_when_they_move_even_by_another_process() {
    let bakery = bakery().await;
    let token = bakery.sam();
    let mut stream = bakery.connect();
    let head =
        format!("GET /v1/poke HTTP/1.1\r\nhost: kept\r\nauthorization: Bearer {token}\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    // Ann and Sam are in the registry; Sam's phone was not heard from yet.
    read_until(&mut stream, "event: heads\ndata: 1=2\n");
    // The command line is another process on the same folder.
    let other = ServerState::open(bakery.folder.path(), bakery.environment.clone()).unwrap();
    let kim = Invitee {
        name: "Kim".into(),
        role: Some(Role::Workshop),
        ..Invitee::default()
    };
    other.invite(&kim).unwrap();
    read_until(&mut stream, "event: heads\ndata: 1=3\n");
    // A person who is called is told to fetch, though nothing moved; no other person is.
    let state = bakery.server.state();
    state.wake(state.colleague_named("Kim").unwrap().id);
    state.wake(state.colleague_named("Sam").unwrap().id);
    let told = read_until(&mut stream, "event: wake\ndata: fetch\n");
    let lea = Invitee {
        name: "Lea".into(),
        ..kim
    };
    other.invite(&lea).unwrap();
    let told = told + &read_until(&mut stream, "event: heads\ndata: 1=4\n");
    assert_eq!(told.matches("fetch").count(), 1, "{told}");
    // A stream that is open does not keep the server from stopping.
    tokio::time::timeout(Duration::from_secs(5), bakery.server.shutdown())
        .await
        .unwrap();
}

fn read_until(stream: &mut TcpStream, wanted: &str) -> String {
    let mut seen = String::new();
    let mut bytes = [0; 1024];
    while !seen.contains(wanted) {
        let count = stream.read(&mut bytes).unwrap();
        assert!(count > 0, "the stream ended: {seen}");
        seen.push_str(&String::from_utf8_lossy(&bytes[..count]));
    }
    seen
}
