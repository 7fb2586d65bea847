//! `kept sync` where something else than the server answers: it says what, goes on where it watches, and ends for good
//! only when the server itself says so. And the proxy that a network asks for.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use kept_core::model::registry::Role;
use kept_core::wire::{self, Problem, problem};

use crate::test_folder::{RunResult, TestFolder};

/// A line that does not come in this time never does.
const NEVER: Duration = Duration::from_secs(60);

/// An answer that is no Kept server's.
fn foreign(status: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}

/// A problem of a Kept server.
fn problem(status: &str, code: &str) -> Vec<u8> {
    let body = wire::pack(&Problem {
        version: 1,
        code: code.into(),
        detail: String::new(),
    });
    let body = body.unwrap();
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nx-kept: 1\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    [head.as_bytes(), &body].concat()
}

/// Reads a request with its body: its head.
fn request(mut stream: &TcpStream) -> String {
    let (mut seen, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&seen).to_ascii_lowercase();
        if let Some(end) = text.find("\r\n\r\n") {
            let length = text.split("content-length: ").nth(1).and_then(|rest| {
                let first = rest.lines().next()?;
                first.trim().parse::<usize>().ok()
            });
            if seen.len() >= end + 4 + length.unwrap_or_default() {
                return text[..end].to_owned();
            }
        }
        match stream.read(&mut buffer) {
            Ok(count) if count > 0 => seen.extend_from_slice(&buffer[..count]),
            _ => return text,
        }
    }
}

/// Gives these answers in turn, the last one ever after, and tells the head of each request.
fn answering(answers: Vec<Vec<u8>>) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (told, heads) = channel();
    std::thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let mut stream = stream.unwrap();
            let head = request(&stream);
            let answer = &answers[number.min(answers.len() - 1)];
            let _gone = stream.write_all(answer);
            if told.send(head).is_err() {
                return;
            }
        }
    });
    (url, heads)
}

#[test]
fn a_watch_waits_out_whatever_answers_and_ends_when_the_server_signs_it_out() {
    let portal = "<html>Welcome</html>";
    let (url, heads) = answering(vec![
        foreign("200 OK", portal),
        foreign("401 Unauthorized", portal),
        problem("401 Unauthorized", problem::SIGNED_OUT),
    ]);
    let test_folder = TestFolder::new().joined_to(Role::Technician, &url);
    let mut child = test_folder
        .command(&["sync", "--watch", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
    let first: serde_json::Value = serde_json::from_str(&said.next().unwrap().unwrap()).unwrap();
    let error = &first["error"];
    assert_eq!(error["kind"], "offline");
    assert_eq!(error["reason"]["cause"], "foreign");
    assert_eq!(error["reason"]["detail"], "200 OK, text/html");
    let status = test_folder.json(&["status"]);
    assert_eq!(status["outage"]["cause"], "foreign");
    assert!(status["outage"]["since"].is_i64());
    let german = test_folder.ok(&["status", "--lang", "de"]);
    assert!(german.contains("etwas anderes antwortet"), "{german}");
    for _ in 0..3 {
        heads.recv_timeout(NEVER).expect("it asks again");
    }
    let last = said.last().unwrap().unwrap();
    assert!(last.contains("signed_out"), "{last}");
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert!(
        test_folder.json(&["status"])["signed_out"]
            .as_bool()
            .unwrap()
    );
}

#[test]
fn a_watch_ends_when_the_server_is_too_new_for_it() {
    let (url, _heads) = answering(vec![problem("426 Upgrade Required", problem::VERSION)]);
    let test_folder = TestFolder::new().joined_to(Role::Technician, &url);
    let run_result = test_folder.run(&["sync", "--watch"]);
    assert!(
        run_result.complaint().contains("too far apart in age"),
        "{run_result:?}"
    );
}

#[test]
fn one_sync_says_what_answered_in_both_languages_and_waits_for_another_time() {
    let (url, _heads) = answering(vec![foreign("302 Found", "")]);
    let test_folder = TestFolder::new().joined_to(Role::Technician, &url);
    test_folder.ok(&["account", "add", "Hotel Adler"]);
    let english = test_folder.run(&["sync"]);
    assert!(english.complaint().contains("something else answers"));
    assert!(english.complaint().contains("302 Found"), "{english:?}");
    assert!(!english.complaint().contains("Nothing was sent"));
    let german = test_folder.run(&["sync", "--lang", "de"]);
    assert!(german.complaint().contains("etwas anderes antwortet"));
    let nobody = TestFolder::new().joined();
    let told = nobody.run(&["sync", "--json"]);
    let told: serde_json::Value = serde_json::from_str(told.complaint()).unwrap();
    assert_eq!(told["error"]["reason"]["cause"], "unreachable");
    assert_eq!(
        (&told["error"]["sent"], &told["error"]["unsent"]),
        (&0.into(), &0.into())
    );
}

#[test]
fn a_proxy_is_used_where_it_is_named_kept_without_showing_its_password_and_left_out_for_this_machine()
 {
    let (proxy, heads) = answering(vec![foreign("407 Proxy Authentication Required", "")]);
    let address = proxy.trim_start_matches("http://");
    let named = format!("http://sam:s3cret@{address}");
    let test_folder = TestFolder::new().joined_to(Role::Technician, "http://kept.example");
    let run_result = test_folder.run(&["sync", "--proxy", &named]);
    assert!(
        run_result
            .complaint()
            .contains("the proxy does not let this through"),
        "{run_result:?}"
    );
    assert!(!run_result.err.contains("s3cret"));
    let head = heads.recv_timeout(NEVER).unwrap();
    assert!(
        head.starts_with("post http://kept.example/v1/sync"),
        "{head}"
    );
    assert!(head.contains("proxy-authorization: basic"), "{head}");
    let status = test_folder.run(&["status", "--json"]);
    assert!(!status.out.contains("s3cret"), "{status:?}");
    assert_eq!(status.json()["proxy"], proxy);
    // It is kept, until another one is named for a run, or none from now on.
    test_folder.run(&["sync"]);
    heads.recv_timeout(NEVER).expect("the proxy that was kept");
    let (other, others) = answering(vec![foreign("407 Proxy Authentication Required", "")]);
    let run_result = RunResult::of(
        test_folder
            .command(&["sync"])
            .env("KEPT_PROXY", other)
            .output()
            .unwrap(),
    );
    assert_eq!(run_result.code, 1);
    others
        .recv_timeout(NEVER)
        .expect("the proxy of the environment");
    assert!(heads.try_recv().is_err());
    test_folder.run(&["sync", "--proxy", "none"]);
    assert!(test_folder.json(&["status"])["proxy"].is_null());

    let bad = test_folder.run(&["sync", "--proxy", "socks5://s3cret@x"]);
    assert!(bad.complaint().contains("names no proxy"), "{bad:?}");
    // Local work does not depend on it.
    let run_result = test_folder
        .command(&["today"])
        .env("KEPT_PROXY", "nonsense://")
        .output();
    assert_eq!(RunResult::of(run_result.unwrap()).code, 0);

    let (here, own) = answering(vec![foreign("502 Bad Gateway", "")]);
    let local = TestFolder::new().joined_to(Role::Technician, &here);
    local.run(&["sync", "--proxy", &named]);
    own.recv_timeout(NEVER)
        .expect("this machine is called directly");
    assert!(heads.try_recv().is_err());
}
