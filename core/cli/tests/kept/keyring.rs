//! `kept join --keyring` with a real keyring: GNOME's, on a bus and in a home of its own.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::test_folder::{RunResult, TestFolder};

/// A user's session: a bus, and a keyring on it that is unlocked. Both end with it.
struct Session {
    bus: Child,
    address: String,
}

impl Session {
    fn begin(home: &TempDir) -> Self {
        let mut bus = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        let address = address.trim().to_owned();
        // It answers when it is ready, and goes on by itself until the bus is gone.
        let mut keyring = Command::new("gnome-keyring-daemon")
            .args(["--unlock", "--components=secrets"])
            .env("DBUS_SESSION_BUS_ADDRESS", &address)
            .env("HOME", home.path())
            .env("XDG_DATA_HOME", home.path().join("share"))
            .env("XDG_RUNTIME_DIR", home.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut password = keyring.stdin.take().unwrap();
        password.write_all(b"correct horse").unwrap();
        drop(password);
        assert!(keyring.wait().unwrap().success());
        Self { bus, address }
    }

    fn run(&self, test_folder: &TestFolder, args: &[&str]) -> RunResult {
        let mut command = test_folder.command(args);
        command.env("DBUS_SESSION_BUS_ADDRESS", &self.address);
        RunResult::of(command.output().unwrap())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.bus.kill();
        let _ = self.bus.wait();
    }
}

// Needs a session bus and a keyring daemon of its own, which a developer's machine may lack: `cargo test` alone passes
// over it, `tests/run test` installs both and runs it, and with CI=true it fails where they are missing.
#[test]
#[ignore = "needs dbus-daemon and gnome-keyring: `tests/run test` runs it"]
fn key_and_token_move_to_the_keyring_and_are_found_there_in_the_next_session() {
    let (test_folder, home) = (TestFolder::new(), tempfile::tempdir().unwrap());
    let secrets = test_folder.data().join("secrets");
    let in_the_file = || std::fs::read_to_string(&secrets).unwrap();
    test_folder.ok(&["account", "add", "Hotel Adler"]);
    let before = in_the_file();

    // Where there is no keyring, everything stays as it was.
    let run_result = test_folder.run(&["join", "--keyring"]);
    assert!(
        run_result.complaint().contains("Nothing is lost"),
        "{run_result:?}"
    );
    assert_eq!(in_the_file(), before);
    assert!(test_folder.ok(&["account", "list"]).contains("Hotel Adler"));

    let session = Session::begin(&home);
    let run_result = session.run(&test_folder, &["join", "--keyring"]);
    assert_eq!(
        (run_result.code, run_result.err.as_str()),
        (0, ""),
        "{run_result:?}"
    );
    let marker = in_the_file();
    assert!(marker.starts_with("keyring ") && marker.lines().count() == 1);
    let run_result = session.run(&test_folder, &["account", "list"]);
    assert!(run_result.out.contains("Hotel Adler"), "{run_result:?}");
    drop(session);

    // Without the keyring there is no key: that is said, and changes nothing.
    let run_result = test_folder.run(&["account", "add", "Miller"]);
    assert!(run_result.complaint().contains("keyring"), "{run_result:?}");
    assert_eq!(in_the_file(), marker);

    let session = Session::begin(&home);
    let run_result = session.run(&test_folder, &["account", "add", "Miller"]);
    assert_eq!(
        (run_result.code, run_result.err.as_str()),
        (0, ""),
        "{run_result:?}"
    );
    let run_result = session.run(&test_folder, &["account", "list"]);
    assert!(
        run_result.out.contains("Hotel Adler") && run_result.out.contains("Miller"),
        "{run_result:?}"
    );
}
