//! Stories of hosts that give clocks: right ones, broken ones, and ones that jump.

use super::*;
use crate::language::{Lang, Message, message_text};
use crate::notebook::folder::secrets::MemorySecretStore;
use crate::notebook::test_kit::{error_key, visit};
use crate::testing::NOON;

const YEAR_MS: i64 = 366 * 24 * 60 * 60 * 1000;

/// A host whose answers are set by hand.
struct ScriptedClocks {
    wall_ms: Mutex<Result<Millis, KeptError>>,
    boot_ms: Mutex<Result<i64, KeptError>>,
    boot_id: Mutex<Result<String, KeptError>>,
    zone: Mutex<Result<Option<String>, KeptError>>,
    zone_calls: Mutex<usize>,
}

impl ScriptedClocks {
    fn at_noon() -> Arc<Self> {
        Arc::new(Self {
            wall_ms: Mutex::new(Ok(NOON)),
            boot_ms: Mutex::new(Ok(5_000)),
            boot_id: Mutex::new(Ok("first boot".into())),
            zone: Mutex::new(Ok(Some("Europe/Berlin".into()))),
            zone_calls: Mutex::default(),
        })
    }

    fn set_wall(&self, answer: Result<Millis, KeptError>) {
        *self.wall_ms.lock().unwrap() = answer;
    }

    fn set_zone(&self, answer: Result<Option<String>, KeptError>) {
        *self.zone.lock().unwrap() = answer;
    }

    fn zone_calls(&self) -> usize {
        *self.zone_calls.lock().unwrap()
    }
}

impl Clocks for ScriptedClocks {
    fn wall_ms(&self) -> Result<Millis, KeptError> {
        self.wall_ms.lock().unwrap().clone()
    }

    fn boot_ms(&self) -> Result<i64, KeptError> {
        self.boot_ms.lock().unwrap().clone()
    }

    fn boot_id(&self) -> Result<String, KeptError> {
        self.boot_id.lock().unwrap().clone()
    }

    fn zone(&self) -> Result<Option<String>, KeptError> {
        *self.zone_calls.lock().unwrap() += 1;
        self.zone.lock().unwrap().clone()
    }
}

/// A host callback that threw.
fn thrown<T>() -> Result<T, KeptError> {
    Err(KeptError::Unexpected {
        reason: "NullPointerException".into(),
    })
}

fn open(folder: &tempfile::TempDir, clocks: &Arc<ScriptedClocks>) -> Arc<Notebook> {
    let path = folder.path().join("n").to_str().unwrap().to_owned();
    let secrets = Arc::new(MemorySecretStore::default());
    Notebook::open_with_clocks(path, secrets, clocks.clone()).unwrap()
}

/// The note that clocks are replaced, if there is one.
fn replaced_note(notebook: &Notebook) -> Option<String> {
    let notes = notebook.status().unwrap().notes;
    let is_it = |note: &&Message| note.key == "status-clock-replaced";
    let note = notes.iter().find(is_it);
    note.map(|note| message_text(note, Lang::En))
}

#[test]
fn what_the_host_shows_is_what_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let notebook = open(&folder, &ScriptedClocks::at_noon());
    let logged = notebook.log_visit(visit(None, "It leaks.")).unwrap();
    let written = notebook.visit(logged.visit).unwrap();
    assert_eq!(written.happened_at, NOON);
    let status = notebook.status().unwrap();
    assert_eq!(status.zone.as_deref(), Some("Europe/Berlin"));
    assert_eq!(status.zone_from, Some(ZoneSource::Host));
    assert_eq!(replaced_note(&notebook), None);
}

#[test]
fn a_clock_that_throws_is_replaced_by_the_systems_and_status_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let clocks = ScriptedClocks::at_noon();
    let notebook = open(&folder, &clocks);
    clocks.set_wall(thrown());
    let before = SystemEnvironment.wall_ms();
    let logged = notebook.log_visit(visit(None, "It leaks.")).unwrap();
    assert!(notebook.visit(logged.visit).unwrap().happened_at >= before);
    let note = replaced_note(&notebook).unwrap();
    assert!(note.contains("wall_ms: NullPointerException"), "{note}");
    // A clock that goes again is used again.
    clocks.set_wall(Ok(NOON));
    let logged = notebook.log_visit(visit(None, "No more.")).unwrap();
    assert_eq!(notebook.visit(logged.visit).unwrap().happened_at, NOON);
    assert_eq!(replaced_note(&notebook), None);
}

#[test]
fn what_no_clock_shows_is_not_believed() {
    let clocks = ScriptedClocks::at_noon();
    let environment = HostEnvironment::new(clocks.clone());
    for nonsense in [-1, i64::MIN, i64::MAX, LAST_MS + 1] {
        clocks.set_wall(Ok(nonsense));
        assert!((NOON / 2..LAST_MS).contains(&environment.wall_ms()));
        assert_eq!(environment.replaced(), Some(format!("wall_ms: {nonsense}")));
    }
    clocks.set_wall(Err(KeptError::Unexpected {
        reason: "x".repeat(1_000_000),
    }));
    environment.wall_ms();
    let kept = environment.replaced().unwrap();
    assert_eq!(kept.chars().count(), HOST_TEXT_CHARS);
    for name in [String::new(), "x".repeat(BOOT_ID_BYTES + 1)] {
        *clocks.boot_id.lock().unwrap() = Ok(name);
        let environment = HostEnvironment::new(clocks.clone());
        let system = format!("host-failed-{}", SystemEnvironment.boot_id());
        assert_eq!(environment.boot_id(), system);
    }
}

#[test]
fn a_boot_is_never_made_of_two_clocks() {
    let clocks = ScriptedClocks::at_noon();
    let environment = HostEnvironment::new(clocks.clone());
    assert_eq!(environment.boot(), ("first boot".into(), 5_000));
    *clocks.boot_ms.lock().unwrap() = thrown();
    let (id, at) = environment.boot();
    assert!(id.starts_with("host-failed-"), "{id}");
    assert!(at <= SystemEnvironment.boot_ms() && at != 5_000);
    // Its clock may have stood still meanwhile.
    *clocks.boot_ms.lock().unwrap() = Ok(6_000);
    assert_eq!(environment.boot_id(), id);
    assert!(environment.boot_ms() >= at && environment.replaced().is_some());
}

#[test]
fn a_zone_that_nobody_knows_is_refused_at_the_first_write_and_reading_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let clocks = ScriptedClocks::at_noon();
    let notebook = open(&folder, &clocks);
    let logged = notebook.log_visit(visit(None, "Dust.")).unwrap();
    for unknown in ["Mars/Olympus Mons", "", "../etc/passwd", "Etc/Unknown"] {
        clocks.set_zone(Ok(Some(unknown.into())));
        notebook.zone_changed();
        assert_eq!(notebook.visit(logged.visit).unwrap().said, "Dust.");
        let refused = notebook.log_visit(visit(None, "More dust.")).unwrap_err();
        assert_eq!(error_key(&refused), "error-zone-of-device", "{unknown}");
        let said = message_text(&refused.message(), Lang::En);
        assert!(said.contains(unknown), "{said}");
        let status = notebook.status().unwrap();
        assert_eq!((status.zone, status.zone_from), (None, None));
        let note = |note: &Message| note.key == "error-zone-of-device";
        assert!(status.notes.iter().any(note));
    }
    clocks.set_zone(Ok(Some("europe/berlin".into())));
    notebook.zone_changed();
    notebook.log_visit(visit(None, "More dust.")).unwrap();
    let due = notebook.parse_typed_due("tomorrow 9:00".into(), None);
    assert_eq!(due.unwrap().zone, "Europe/Berlin");
}

#[test]
fn a_zone_that_throws_is_the_systems() {
    let clocks = ScriptedClocks::at_noon();
    clocks.set_zone(thrown());
    let environment = HostEnvironment::new(clocks);
    match SystemEnvironment.found_zone() {
        Ok(found) => assert_eq!(environment.found_zone(), Ok(found)),
        Err(_) => assert_eq!(environment.found_zone(), Err(ZoneError::NoHostZone)),
    }
    let reason = environment.replaced().unwrap();
    assert_eq!(reason, "zone: NullPointerException");
}

#[test]
fn a_changed_zone_is_asked_anew_after_the_host_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let clocks = ScriptedClocks::at_noon();
    let notebook = open(&folder, &clocks);
    let zone = || notebook.status().unwrap().zone.unwrap();
    assert_eq!(zone(), "Europe/Berlin");
    let asked = clocks.zone_calls();
    clocks.set_zone(Ok(Some("Asia/Tokyo".into())));
    assert_eq!(zone(), "Europe/Berlin");
    assert_eq!(clocks.zone_calls(), asked);

    let listener = notebook.events();
    notebook.zone_changed();
    assert_eq!(zone(), "Asia/Tokyo");
    assert!(matches!(
        listener.waiting().as_slice(),
        [NotebookEvent::Missed]
    ));
    // A host that says nothing is asked again all the same.
    clocks.set_zone(Ok(Some("Europe/Lisbon".into())));
    *clocks.boot_ms.lock().unwrap() = Ok(5_000 + ZONE_FRESH_MS);
    assert_eq!(zone(), "Europe/Lisbon");
}

#[test]
fn a_clock_that_jumps_by_a_year_either_way_stops_nothing() {
    for jump in [YEAR_MS, -YEAR_MS] {
        let folder = tempfile::tempdir().unwrap();
        let clocks = ScriptedClocks::at_noon();
        let notebook = open(&folder, &clocks);
        let before = notebook.log_visit(visit(None, "Before.")).unwrap().visit;
        clocks.set_wall(Ok(NOON + jump));
        let jumped = notebook.log_visit(visit(None, "Jumped.")).unwrap().visit;
        clocks.set_wall(Ok(NOON));
        let after = notebook.log_visit(visit(None, "After.")).unwrap().visit;
        for (id, said) in [(before, "Before."), (jumped, "Jumped."), (after, "After.")] {
            assert_eq!(notebook.visit(id).unwrap().said, said);
        }
        assert_eq!(notebook.latest_entries(9, None, vec![]).unwrap().len(), 3);
        assert_eq!(notebook.search("jumped".into(), 9).unwrap()[0].id, jumped);
        notebook.due_reminders(YEAR_MS).unwrap();
        notebook.my_overview().unwrap();
        notebook.status().unwrap();
        let report = notebook.verify().unwrap();
        assert!(report.stale.is_empty() && report.lost.is_empty());
    }
}
