//! A crowd before the real program, under a small limit of open files: an honest caller gets in.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot run has failed")]

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use kept_core::SystemEnvironment;
use kept_core::environment::Environment;

const PROGRAM: &str = env!("CARGO_BIN_EXE_kept-server");

struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A company's server that may open 64 files, and raise that to 128; and its address.
fn serve(folder: &str) -> (Served, String) {
    let init = ["init", "--name", "Co", "--owner", "Ann", "--data", folder];
    assert!(
        Command::new(PROGRAM)
            .args(init)
            .output()
            .unwrap()
            .status
            .success()
    );
    let limited = "ulimit -Sn 64 && ulimit -Hn 128 && exec \"$@\"";
    let serve = [
        "serve",
        "--json",
        "--listen",
        "127.0.0.1:0",
        "--data",
        folder,
    ];
    let mut child = Command::new("sh")
        .args(["-c", limited, "sh", PROGRAM])
        .args(serve)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let told: serde_json::Value = serde_json::from_str(&line).unwrap();
    (Served(child), told["address"].as_str().unwrap().to_owned())
}

fn is_open(stream: &mut TcpStream) -> bool {
    stream.set_nonblocking(true).unwrap();
    let open = matches!(stream.read(&mut [0; 16]), Err(e) if e.kind() == ErrorKind::WouldBlock);
    stream.set_nonblocking(false).unwrap();
    open
}

/// Asks as an honest caller does, and returns the time that it took.
fn ask(address: &str) -> Duration {
    let began = SystemEnvironment.boot_ms();
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nhost: kept\r\nconnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let took = SystemEnvironment.boot_ms() - began;
    Duration::from_millis(took.unsigned_abs())
}

#[test]
fn idle_sockets_lock_nobody_out() {
    let folder = tempfile::tempdir().unwrap();
    let (_server, address) = serve(folder.path().to_str().unwrap());
    // More than 48 places: the limit of 64 files was raised.
    let mut crowd: Vec<TcpStream> = (0..80)
        .map(|_| TcpStream::connect(&address).unwrap())
        .collect();
    ask(&address);
    assert!(crowd.iter_mut().all(is_open), "80 of 96 places are taken");
    let begun: [&[u8]; 3] = [
        b"",
        b"GET / HTTP/1.1\r\nx-a: ",
        b"POST /v1/join HTTP/1.1\r\nhost: kept\r\ncontent-length: 4000\r\n\r\nx",
    ];
    for round in 0..10 {
        for part in begun.iter().cycle().take(60) {
            let mut stream = TcpStream::connect(&address).unwrap();
            let _ = stream.write_all(part);
            crowd.push(stream);
        }
        let took = ask(&address);
        assert!(took < Duration::from_secs(10), "round {round}: {took:?}");
    }
}
