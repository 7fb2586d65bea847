//! Stories on the command line.

use kept_core::ScriptedEnvironment;

use super::*;

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
        run(cli, self.environment.clone(), &mut out).map_err(|e| e.to_string())?;
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
        "“Bäckerei Süß” already lives in this folder; choose another with --data"
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
    assert!(ann.contains("only Ann runs the company"), "{ann}");
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
fn a_demo_begins_in_no_folder_that_holds_something() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("letter"), "Dear Ann").unwrap();
    let keep = folder.path().to_str().unwrap();
    let cli = Cli::try_parse_from(["kept-server", "demo", "--once", "--keep", keep]).unwrap();
    let environment = Arc::new(ScriptedEnvironment::new(0, 1));
    let told = run(cli, environment, &mut Vec::new())
        .unwrap_err()
        .to_string();
    assert!(told.contains("is not empty"), "{told}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
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
    let new = crate::enrol::NewOrganisation {
        name: "Co".into(),
        owner: "Ann".into(),
        teams: vec![],
    };
    let look = |state: &crate::ServerState| {
        assert!(state.data_dir().join("log.sqlite-wal").exists());
        for file in files() {
            let mode = file.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{:?} is {mode:o}", file.file_name());
        }
    };
    let (state, _) = crate::ServerState::found(&data, environment.clone(), &new).unwrap();
    state.set_url("https://kept.example.com").unwrap();
    look(&state);
    for file in files() {
        let open = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(file.path(), open).unwrap();
    }
    look(&crate::ServerState::open(&data, environment).unwrap());
}
