//! Scenarios on the command line.

use kept_core::ScriptedEnvironment;
use kept_help::sentence;

use super::*;
use crate::exchange::Caller;
use crate::fixture::{first_request, organisation};
use crate::state::ServerState;

struct Terminal {
    folder: tempfile::TempDir,
    environment: Arc<ScriptedEnvironment>,
}

impl Terminal {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            environment: Arc::new(ScriptedEnvironment::new(1_780_000_000_000, 3)),
        }
    }

    fn run(&self, words: &[&str]) -> Result<String, String> {
        let data = self.folder.path().join("kept");
        let all = ["kept-server"].iter().chain(words).copied();
        let all = all.chain(["--data", data.to_str().unwrap()]);
        let cli = Cli::try_parse_from(all).map_err(|e| e.to_string())?;
        let mut out = Vec::new();
        let ran = run(cli, self.environment.clone(), &mut out);
        ran.map_err(|error| {
            let told = sentence(&error.to_string());
            let begins = told.starts_with(|first: char| !first.is_lowercase());
            assert!(begins && told.ends_with(['.', '?']), "{told}");
            told
        })?;
        Ok(String::from_utf8(out).unwrap())
    }

    fn founded() -> Self {
        let terminal = Self::new();
        let init = [
            "init",
            "--name",
            "Bäckerei Süß",
            "--owner",
            "Ann",
            "--team",
            "north",
        ];
        terminal.run(&init).unwrap();
        terminal
    }
}

#[test]
fn a_company_begins_and_its_owner_gets_a_way_in() {
    let terminal = Terminal::new();
    let init = [
        "init",
        "--name",
        "Bäckerei Süß",
        "--owner",
        "Ann",
        "--team",
        "north",
    ];
    let said = terminal.run(&init).unwrap();
    assert!(said.contains("Bäckerei Süß is ready"));
    assert!(said.contains("http://127.0.0.1:8787/signin?token="));
    let again = terminal.run(&init).unwrap_err();
    assert_eq!(
        again,
        "“Bäckerei Süß” already lives in this folder; choose another with --data."
    );
    assert!(
        terminal
            .run(&["sign-in", "Ann"])
            .unwrap()
            .contains("/signin?token=")
    );
    assert!(
        terminal
            .run(&["sign-in", "Bob"])
            .unwrap_err()
            .contains("nobody called “Bob”")
    );
}

#[test]
fn an_invitation_is_a_link_and_a_picture_of_it() {
    let terminal = Terminal::founded();
    let sam = [
        "invite",
        "Sam",
        "--role",
        "technician",
        "--team",
        "north",
        "--url",
        "https://kept.example.com",
    ];
    let said = terminal.run(&sam).unwrap();
    assert!(said.contains("valid 15 minutes, one use"));
    let link = said
        .lines()
        .find(|line| line.starts_with("kept://"))
        .unwrap();
    assert!(link.starts_with("kept://kept.example.com/join?v=1&code="));
    assert!(link.ends_with("&org=B%C3%A4ckerei%20S%C3%BC%C3%9F"));
    assert!(said.contains('█') && said.contains('▀'));
    let people = terminal.run(&["people"]).unwrap();
    assert!(people.contains("Sam") && people.contains("technician"));
    let json = terminal.run(&["invite", "Sam", "--json"]).unwrap();
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(value["link"].as_str().unwrap().ends_with("&http=1"));
    assert_eq!(
        value["expires"],
        1_780_000_000_000i64 + kept_core::limits::INVITE_MS
    );
}

#[test]
fn what_somebody_does_changes_from_now_on_until_they_leave() {
    let terminal = Terminal::founded();
    let sam = ["invite", "Sam", "--role", "technician", "--team", "north"];
    terminal.run(&sam).unwrap();
    let set = |words: &[&str]| {
        terminal.environment.advance(60_000);
        let told = [&["people", "set", "Sam", "--json"], words].concat();
        let value: Result<serde_json::Value, String> = terminal
            .run(&told)
            .map(|said| serde_json::from_str(&said).unwrap());
        value
    };
    let first = set(&["--role", "technician"]).unwrap();
    assert_eq!(first["from"], 1_780_000_000_000i64, "nothing changed");
    let office = set(&["--role", "office", "--team", "south", "--pool", "service"]).unwrap();
    assert_eq!(office["role"], "office");
    assert_eq!(office["from"], 1_780_000_000_000i64 + 120_000);
    let back = set(&["--role", "workshop", "--no-pools"]).unwrap();
    assert_eq!(
        (&back["teams"], &back["pools"]),
        (&serde_json::json!(["south"]), &serde_json::json!([]))
    );
    assert!(set(&[]).unwrap_err().contains("--role"));
    assert!(set(&["--team", "a", "--no-teams"]).is_err());
    assert!(set(&["--left", "--role", "owner"]).is_err());
    let gone = set(&["--left"]).unwrap();
    assert!(gone["to"].is_i64());
    assert!(
        set(&["--role", "sales"])
            .unwrap_err()
            .contains("nobody called “Sam”")
    );
    assert!(set(&["--left", "--back"]).is_err());
    let back = set(&["--back"]).unwrap();
    assert!(back["to"].is_null() && back["id"] == gone["id"]);
    set(&["--left"]).unwrap();
    let ann = terminal
        .run(&["people", "set", "Ann", "--left"])
        .unwrap_err();
    assert!(ann.contains("Only Ann runs the company"), "{ann}");
    terminal
        .run(&["invite", "Ole", "--role", "office"])
        .unwrap();
    for change in [&["--left"][..], &["--role", "office"]] {
        let words = [&["people", "set", "Ann"], change].concat();
        let refused = terminal.run(&words).unwrap_err();
        assert!(
            refused.contains("last owner") && refused.contains("--anyway"),
            "{refused}"
        );
        assert!(
            terminal
                .run(&["people"])
                .unwrap()
                .contains("Ann                      owner")
        );
    }
    terminal
        .run(&["people", "set", "Ann", "--role", "office", "--anyway"])
        .unwrap();
    let listed = terminal.run(&["people"]).unwrap();
    assert!(
        listed.contains("left 2026-") && listed.contains("workshop"),
        "{listed}"
    );
}

#[test]
fn mistakes_are_one_clear_line_and_change_nothing() {
    let terminal = Terminal::new();
    assert!(
        terminal
            .run(&["people"])
            .unwrap_err()
            .contains("kept-server init")
    );
    let terminal = Terminal::founded();
    assert!(
        terminal
            .run(&["invite", "Sam"])
            .unwrap_err()
            .contains("--role")
    );
    let wrong = [
        "invite",
        "Sam",
        "--role",
        "technician",
        "--url",
        "example.com",
    ];
    assert!(
        terminal
            .run(&wrong)
            .unwrap_err()
            .contains("https://kept.example.com")
    );
    assert!(
        terminal
            .run(&["invite", "Sam", "--role", "boss"])
            .unwrap_err()
            .contains("workshop")
    );
    assert!(!terminal.run(&["people"]).unwrap().contains("Sam"));
    let value: serde_json::Value =
        serde_json::from_str(&terminal.run(&["devices", "--json"]).unwrap()).unwrap();
    assert_eq!(value, serde_json::json!([]));
}

#[test]
fn an_address_that_nobody_can_call_is_no_link() {
    let terminal = Terminal::founded();
    for url in ["javascript:alert(1)", "kept.example.com", ""] {
        let told = terminal.run(&["serve", "--public-url", url]).unwrap_err();
        assert!(told.contains("https://kept.example.com"), "{told}");
    }
    let said = terminal.run(&["sign-in", "Ann"]).unwrap();
    assert!(said.starts_with("http://127.0.0.1:8787/signin?token="));
    let data = terminal.folder.path().join("kept");
    std::fs::write(data.join("url"), "http://0.0.0.0:8787\n").unwrap();
    for words in [&["sign-in", "Ann"][..], &["invite", "Ann"]] {
        let told = terminal.run(words).unwrap_err();
        assert!(told.contains("--public-url"), "{told}");
    }
    let ann = ["invite", "Ann", "--url", "https://kept.example.com"];
    assert!(
        terminal
            .run(&ann)
            .unwrap()
            .contains("kept://kept.example.com/join")
    );
}

#[test]
fn keys_that_are_gone_are_asked_for_and_never_made_anew() {
    let terminal = Terminal::founded();
    let data = terminal.folder.path().join("kept");
    let away = data.join("keys.away");
    std::fs::rename(data.join("keys"), &away).unwrap();
    for words in [&["people"][..], &["invite", "Sam", "--role", "office"]] {
        let told = terminal.run(words).unwrap_err();
        assert!(told.contains("token.key is missing; restore"), "{told}");
    }
    let again = ["init", "--name", "Co", "--owner", "Bob"];
    assert!(terminal.run(&again).unwrap_err().contains("is missing"));
    assert!(!data.join("keys").exists());
    std::fs::rename(away, data.join("keys")).unwrap();
    assert!(terminal.run(&["people"]).unwrap().contains("Ann"));
}

#[cfg(unix)]
#[test]
fn a_folder_that_everybody_may_look_into_shows_nobody_the_log() {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    let terminal = Terminal::new();
    let data = terminal.folder.path().join("kept");
    std::fs::DirBuilder::new()
        .mode(0o755)
        .create(&data)
        .unwrap();
    let files = || {
        let entries = std::fs::read_dir(&data).unwrap().map(Result::unwrap);
        entries.filter(|entry| entry.file_type().unwrap().is_file())
    };
    let environment = terminal.environment.clone();
    let new = organisation("Co", &[]);
    let look = |state: &ServerState| {
        assert!(state.data_dir().join("log.sqlite-wal").exists());
        for file in files() {
            let mode = file.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{:?} is {mode:o}", file.file_name());
        }
    };
    let (state, _) = ServerState::create(&data, environment.clone(), &new).unwrap();
    state.set_link_parts("https://kept.example.com", None);
    look(&state);
    for file in files() {
        let open = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(file.path(), open).unwrap();
    }
    look(&ServerState::open(&data, environment).unwrap());
}

/// Sam's devices of some labels, in the registry.
fn sams_devices(terminal: &Terminal, labels: &[&str]) {
    let sam = ["invite", "Sam", "--role", "technician"];
    terminal.run(&sam).unwrap();
    let data = terminal.folder.path().join("kept");
    let state = ServerState::open(&data, terminal.environment.clone()).unwrap();
    for (number, label) in (1..).zip(labels) {
        let invitee = crate::enrol::Invitee {
            name: "Sam".into(),
            ..crate::enrol::Invitee::default()
        };
        let code = state.invite(&invitee).unwrap().code;
        let request = kept_core::wire::JoinRequest {
            version: kept_core::limits::PROTOCOL,
            code,
            proof: None,
            label: (*label).into(),
            actors: vec![kept_core::model::ids::Actor([number; 16])],
        };
        let caller = Caller::Device(state.join(&request).unwrap().installation);
        state.exchange(caller, &first_request()).unwrap();
    }
}

#[test]
fn a_lost_device_is_found_by_what_people_call_it() {
    let terminal = Terminal::founded();
    sams_devices(&terminal, &["phone", "tablet", "Sam's old phone", "phone"]);
    let devices = || -> Vec<serde_json::Value> {
        let listed = terminal.run(&["devices", "list", "--json"]).unwrap();
        assert_eq!(listed, terminal.run(&["devices", "--json"]).unwrap());
        let listed: Vec<serde_json::Value> = serde_json::from_str(&listed).unwrap();
        listed
            .into_iter()
            .map(|entry| entry["device"].clone())
            .collect()
    };
    let shut_out = || {
        let out = devices()
            .into_iter()
            .filter(|device| device["revoked"].is_i64());
        let labels = out.map(|device| device["label"].as_str().unwrap().to_owned());
        labels.collect::<Vec<_>>()
    };
    let revoke = |name: &str| terminal.run(&["devices", "revoke", name]);
    for unknown in [
        "Eva's phone",
        "0123456789",
        "",
        "watch",
        "Sam's",
        "nonsense\n",
    ] {
        let told = revoke(unknown).unwrap_err();
        assert!(
            told.contains("`kept-server devices` lists"),
            "{unknown}: {told}"
        );
    }
    for several in ["phone", "Sam's phone", "Sam"] {
        let told = revoke(several).unwrap_err();
        assert!(told.contains("may be several devices"), "{several}: {told}");
    }
    assert!(shut_out().is_empty());
    assert!(
        revoke("Sam’s tablet")
            .unwrap()
            .contains("tablet is shut out since 2026-")
    );
    assert_eq!(shut_out(), ["tablet"]);
    let again = revoke("tablet").unwrap();
    assert!(again.contains("tablet is shut out"), "{again}");
    revoke("Sam's old phone").unwrap();
    let phone = devices()
        .into_iter()
        .find(|device| device["label"] == "phone");
    let id = phone.unwrap()["id"].as_str().unwrap().to_owned();
    revoke(&id[..id.len() - 1]).unwrap();
    // One is left: it is the one that is meant.
    let json = terminal
        .run(&["devices", "revoke", "Sam", "--json"])
        .unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&json["owner"], &json["device"]["label"]),
        (&"Sam".into(), &"phone".into())
    );
    assert_eq!(shut_out().len(), 4);
    let audit = terminal.run(&["audit"]).unwrap();
    assert_eq!(audit.matches("device-revoked").count(), 4, "{audit}");
}

#[test]
fn what_commands_change_leaves_a_line_and_no_secret() {
    let terminal = Terminal::founded();
    let link = terminal
        .run(&["invite", "Sam", "--role", "technician"])
        .unwrap();
    let link = link
        .lines()
        .find(|line| line.starts_with("kept://"))
        .unwrap();
    terminal.environment.advance(86_400_000);
    terminal
        .run(&[
            "people", "set", "Sam", "--role", "office", "--team", "south",
        ])
        .unwrap();
    terminal.run(&["sign-in", "Sam"]).unwrap();
    terminal.run(&["people", "set", "Sam", "--left"]).unwrap();
    terminal.run(&["people", "set", "Sam", "--back"]).unwrap();
    let all = terminal.run(&["audit"]).unwrap();
    let words: Vec<&str> = all
        .lines()
        .map(|line| line.split("  ").nth(1).unwrap())
        .collect();
    let expected = [
        "company-founded",
        "invited",
        "person-changed",
        "sign-in-link-made",
        "person-left",
        "person-back",
    ];
    assert_eq!(words, expected, "{all}");
    assert!(
        all.lines()
            .nth(2)
            .unwrap()
            .contains("role: \"office\"  teams: \"south\""),
        "{all}"
    );
    let code = link
        .split("code=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    assert!(!all.contains(code) && !all.contains("token="), "{all}");
    let count = |since: &str| {
        terminal
            .run(&["audit", "--json", "--since", since])
            .unwrap()
            .lines()
            .count()
    };
    assert_eq!((count("12h"), count("7d"), count("2026-05-29")), (4, 6, 4));
    let wrong = terminal.run(&["audit", "--since", "soon"]).unwrap_err();
    assert!(wrong.contains("2026-03-01"), "{wrong}");
}

#[test]
fn sessions_are_listed_and_ended() {
    let terminal = Terminal::founded();
    let said = terminal.run(&["sessions"]).unwrap();
    assert_eq!(said, "Nobody is signed in to the office.\n");
    let data = terminal.folder.path().join("kept");
    let state = ServerState::open(&data, terminal.environment.clone()).unwrap();
    let owner = state.colleague_named("Ann").unwrap().id;
    let client = crate::sign_in::ClientInfo {
        address: "10.0.0.1".into(),
        browser: "Firefox, Linux".into(),
    };
    let sign_in = || {
        let secret = state.create_sign_in(owner).unwrap();
        state.redeem_sign_in(&secret, &client).unwrap().0
    };
    let secrets = [sign_in(), sign_in(), sign_in()];
    let is_in = |number: usize| state.session_person(&secrets[number]).unwrap().is_some();
    let listed = terminal.run(&["sessions", "list", "--json"]).unwrap();
    let listed: Vec<serde_json::Value> = serde_json::from_str(&listed).unwrap();
    assert_eq!(
        (listed.len(), &listed[0]["browser"]),
        (3, &"Firefox, Linux".into())
    );
    assert!(
        !secrets
            .iter()
            .any(|secret| terminal.run(&["sessions"]).unwrap().contains(secret))
    );
    let id = listed[0]["id"].as_str().unwrap();
    terminal.run(&["sessions", "end", id]).unwrap();
    assert_eq!((0..3).filter(|number| is_in(*number)).count(), 2);
    let again = terminal.run(&["sessions", "end", id]).unwrap_err();
    assert!(again.contains("There is no session"), "{again}");
    assert!(terminal.run(&["sessions", "end"]).is_err());
    let all = terminal.run(&["sessions", "end", "--all"]).unwrap();
    assert_eq!(
        all.matches("Ann: signed out of Firefox, Linux, 10.0.0.1.")
            .count(),
        2,
        "{all}"
    );
    assert!(!(0..3).any(is_in));
}

#[test]
fn a_server_moves_into_no_notebook() {
    for file in ["notebook.db", "secrets"] {
        let terminal = Terminal::new();
        let data = terminal.folder.path().join("kept");
        std::fs::create_dir(&data).unwrap();
        std::fs::write(data.join(file), "").unwrap();
        let init = ["init", "--name", "Co", "--owner", "Ann"];
        for words in [&init[..], &["people"], &["serve"]] {
            let told = terminal.run(words).unwrap_err();
            assert!(told.contains("KEPT_SERVER_DATA"), "{words:?}: {told}");
        }
        assert!(
            terminal
                .run(&init)
                .unwrap_err()
                .contains("is the notebook of a device")
        );
        assert_eq!(
            std::fs::read_dir(&data).unwrap().count(),
            1,
            "nothing was written"
        );
    }
}

#[test]
fn the_german_help_is_whole() {
    let faults = PROGRAM.faults();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
