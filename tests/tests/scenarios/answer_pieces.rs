//! While a run waits for the network, and between two pieces of an answer, everybody else uses the notebook: the
//! screens of the same program, and other programs on the same folder.

use std::fs;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use kept_core::ScriptedEnvironment;
use kept_core::environment::Environment;
use kept_core::model::ids::DocId;
use kept_core::model::registry::Role;
use kept_core::notebook::{DATABASE_KEY, KeptError, MemorySecretStore, Notebook, SecretStore};
use kept_core::sync::transport::{Transport, TransportError};
use kept_server::enrol::PersonChange;
use kept_tests::{Company, Device, MONDAY, Scenario, account, assert_same, quiesce, visit_entry};

/// More than a few pieces take.
const VISITS: usize = 300;

/// Alice has told the server much, and Bob has read nothing of it.
fn company_with_many_visits(company: &Company) -> (Device, Device, DocId) {
    let (alice, bob) = (company.alice(), company.bob());
    quiesce(&[&alice, &bob]);
    let customer = alice.notebook().create_account(account("Rush")).unwrap();
    for number in 0..VISITS {
        let said = format!("visit {number}");
        alice
            .notebook()
            .log_visit(visit_entry(Some(customer), &said))
            .unwrap();
    }
    alice.sync();
    bob.network().take_recorded();
    (alice, bob, customer)
}

/// Another program on the folder of a device.
fn other_program(device: &Device, seed: u64) -> Notebook {
    let clock = Arc::new(ScriptedEnvironment::new(device.now(), seed));
    Notebook::open_with(device.folder(), device.secrets(), clock).unwrap()
}

/// The way to the server, with what is done while a body travels and between two pieces of an answer.
struct InterleavedTransport<'a> {
    server: &'a dyn Transport,
    travelling: Box<dyn Fn() + Send + Sync + 'a>,
    /// Given the number of the piece that was taken; true ends the run.
    between: Box<dyn Fn(usize) -> bool + Send + Sync + 'a>,
    pieces: Mutex<usize>,
}

impl<'a> InterleavedTransport<'a> {
    fn new(server: &'a dyn Transport) -> Self {
        Self {
            server,
            travelling: Box::new(|| {}),
            between: Box::new(|_| false),
            pieces: Mutex::new(0),
        }
    }

    fn pieces(&self) -> usize {
        *self.pieces.lock().unwrap()
    }
}

impl Transport for InterleavedTransport<'_> {
    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        (self.travelling)();
        self.server.exchange(body)
    }

    fn is_stopped(&self) -> bool {
        let mut pieces = self.pieces.lock().unwrap();
        *pieces += 1;
        (self.between)(*pieces)
    }
}

#[test]
fn whoever_logs_and_reads_between_two_pieces_is_served_and_nothing_is_lost() {
    let scenario = Scenario::begin("a first sync, and a customer who waits");
    let company = Company::found(&scenario);
    let (alice, bob, customer) = company_with_many_visits(&company);
    let server = bob.notebook().http_transport().unwrap();
    let (screen, other) = (
        bob.notebook(),
        other_program(&bob, scenario.seed_of("other")),
    );
    let seen = Mutex::new(Vec::new());
    let mut way = InterleavedTransport::new(&server);
    way.between = Box::new(|piece| {
        let said = format!("between pieces {piece}");
        let by = if piece % 2 == 0 { &*screen } else { &other };
        by.log_visit(visit_entry(None, &said)).unwrap();
        if screen.account(customer).is_ok() {
            // A document that is still being read goes on here at once.
            let edit = kept_core::model::account::AccountEdit::AddTag {
                tag: format!("piece {piece}"),
            };
            by.edit_account(customer, vec![edit]).unwrap();
        }
        let shown = other.latest_entries(10_000, None, vec![]).unwrap().len();
        assert_eq!(
            shown,
            screen.latest_entries(10_000, None, vec![]).unwrap().len()
        );
        seen.lock().unwrap().push(shown);
        false
    });

    scenario.step("Bob reads for the first time, and people write on his device meanwhile");
    let report = bob.try_sync_over(&way).unwrap();
    let pieces = way.pieces();
    assert!(pieces > 4, "{pieces} pieces");
    assert_eq!(report.agrees, Some(true));
    assert_eq!(report.received, VISITS as u64 + 1);
    drop(way);
    let seen = seen.into_inner().unwrap();
    assert!(
        seen.windows(2).all(|pair| pair[0] < pair[1]),
        "each piece shows more: {seen:?}"
    );

    scenario.step("All of it reaches Alice");
    quiesce(&[&bob, &alice]);
    assert_same(&[&alice, &bob]);
    assert_eq!(
        alice
            .notebook()
            .latest_entries(10_000, None, vec![])
            .unwrap()
            .len(),
        seen.len() + VISITS
    );
    bob.assert_projection_equals_rebuild();
    drop(other);
    bob.assert_healthy();
}

#[test]
fn no_call_waits_for_the_network() {
    let scenario = Scenario::begin("a server that waits for the phone");
    let company = Company::found(&scenario);
    let (_, bob, _) = company_with_many_visits(&company);
    let server = bob.notebook().http_transport().unwrap();
    let (screen, other) = (
        bob.notebook(),
        other_program(&bob, scenario.seed_of("other")),
    );
    let mut way = InterleavedTransport::new(&server);
    // The answer comes only when others have logged and read: if they had to wait for it, nothing would go on.
    way.travelling = Box::new(|| {
        thread::scope(|scope| {
            for notebook in [&*screen, &other] {
                scope.spawn(|| {
                    notebook
                        .log_visit(visit_entry(None, "while a body travels"))
                        .unwrap();
                    notebook.my_overview().unwrap();
                    notebook.search("travels".into(), 5).unwrap();
                    notebook.status().unwrap();
                });
            }
        });
    });
    let report = bob.try_sync_over(&way).unwrap();
    assert_eq!(report.agrees, Some(true));
}

#[test]
fn a_second_run_says_that_one_is_under_way() {
    let scenario = Scenario::begin("two runs at once");
    let company = Company::found(&scenario);
    let (_, bob, _) = company_with_many_visits(&company);
    let server = bob.notebook().http_transport().unwrap();
    let (own, other) = (
        bob.notebook(),
        other_program(&bob, scenario.seed_of("other")),
    );
    let asked = AtomicBool::new(false);
    let second_runs = || {
        for notebook in [&*own, &other] {
            assert_eq!(notebook.sync_with(&server), Err(KeptError::SyncRunning));
        }
        asked.store(true, Ordering::Relaxed);
    };
    let mut way = InterleavedTransport::new(&server);
    way.travelling = Box::new(second_runs);
    way.between = Box::new(|_| {
        second_runs();
        false
    });
    bob.try_sync_over(&way).unwrap();
    assert!(asked.load(Ordering::Relaxed));
    other.sync_with(&server).unwrap();
}

#[test]
fn a_battery_that_is_pulled_between_two_pieces_loses_nothing_and_doubles_nothing() {
    let scenario = Scenario::begin("pulled between two pieces");
    let company = Company::found(&scenario);
    let (alice, bob, customer) = company_with_many_visits(&company);
    bob.notebook()
        .log_visit(visit_entry(None, "Bob was here"))
        .unwrap();
    let mut stopped_at = vec![];
    for stop in 1.. {
        let server = bob.notebook().http_transport().unwrap();
        let mut way = InterleavedTransport::new(&server);
        way.between = Box::new(move |piece| piece == stop);
        let report = bob.try_sync_over(&way).unwrap();
        drop(way);
        if !report.stopped {
            assert_eq!(report.agrees, Some(true));
            break;
        }
        bob.power_cut();
        bob.assert_healthy();
        bob.assert_projection_equals_rebuild();
        stopped_at.push(
            bob.notebook()
                .latest_entries(10_000, None, vec![])
                .unwrap()
                .len(),
        );
        assert!(stopped_at.len() < 50, "every life reads on: {stopped_at:?}");
        if stop % 2 == 0 {
            bob.notebook()
                .log_visit(visit_entry(None, "in between"))
                .unwrap();
        }
    }
    assert!(stopped_at.len() > 2, "{stopped_at:?}");
    assert!(stopped_at.is_sorted(), "{stopped_at:?}");
    assert!(bob.notebook().account(customer).is_ok());
    quiesce(&[&bob, &alice]);
    assert_same(&[&alice, &bob]);
}

#[test]
fn a_run_whose_notebook_goes_away_or_is_replaced_ends_and_writes_nothing_into_the_other() {
    let scenario = Scenario::begin("replaced between two pieces");
    let company = Company::found(&scenario);
    let (_, bob, _) = company_with_many_visits(&company);
    let server = bob.notebook().http_transport().unwrap();
    let folder = bob.folder();
    let aside = folder.with_extension("aside");
    let unjoined_device = folder.with_extension("stranger");
    let clock: Arc<dyn Environment> = Arc::new(ScriptedEnvironment::new(MONDAY, 5));
    // With the same key, so that nothing but the file tells the two apart.
    let (name, secrets) = (DATABASE_KEY.to_owned(), MemorySecretStore::default());
    let key = bob.secrets().load(name.clone()).unwrap().unwrap();
    secrets.save(name, key).unwrap();
    drop(Notebook::open_with(&unjoined_device, Arc::new(secrets), clock).unwrap());
    let move_files = |from: &std::path::Path, to: &std::path::Path| {
        fs::create_dir_all(to).unwrap();
        for file in ["notebook.db", "notebook.db-wal", "notebook.db-shm"] {
            if from.join(file).exists() {
                fs::rename(from.join(file), to.join(file)).unwrap();
            }
        }
    };

    scenario.step("Another notebook comes to its place");
    let mut way = InterleavedTransport::new(&server);
    way.between = Box::new(|piece| {
        if piece == 2 {
            move_files(&folder, &aside);
            move_files(&unjoined_device, &folder);
        }
        false
    });
    assert_eq!(bob.try_sync_over(&way), Err(KeptError::Busy));
    drop(way);
    let other = bob.notebook();
    assert!(!other.me().unwrap().joined, "that is the other one");
    assert_eq!(other.latest_entries(10, None, vec![]).unwrap().len(), 0);
    assert!(other.verify().unwrap().is_healthy());
    drop(other);

    scenario.step("Its own comes back, and goes on");
    move_files(&folder, &unjoined_device);
    move_files(&aside, &folder);
    let mut way = InterleavedTransport::new(&server);
    way.between = Box::new(|piece| {
        if piece == 1 {
            move_files(&folder, &aside);
        }
        false
    });
    let gone = bob.try_sync_over(&way);
    drop(way);
    assert!(matches!(gone, Err(KeptError::Storage { .. })), "{gone:?}");
    assert!(!folder.join("notebook.db").exists(), "none is begun anew");
    move_files(&aside, &folder);
    assert_eq!(bob.sync().agrees, Some(true));
    bob.assert_healthy();
    bob.assert_projection_equals_rebuild();
}

/// A server that is out of reach, on a run that may be told to end.
struct NoNetwork {
    pieces: AtomicUsize,
    /// The piece after which the run is told to end.
    stops_at: usize,
}

impl Transport for NoNetwork {
    fn exchange(&self, _: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        Err(TransportError::Stopped)
    }

    fn is_stopped(&self) -> bool {
        self.pieces.fetch_add(1, Ordering::Relaxed) + 1 == self.stops_at
    }
}

#[test]
fn a_colleague_who_changes_role_keeps_no_screen_waiting_whatever_they_wrote() {
    let scenario = Scenario::begin("another role for somebody who wrote everything");
    let company = Company::found(&scenario);
    let (_alice, bob, _) = company_with_many_visits(&company);
    bob.sync();
    let (screen, server) = (bob.notebook(), bob.notebook().http_transport().unwrap());
    let shown = screen.latest_entries(10_000, None, vec![]).unwrap().len();

    scenario.step("The office makes Alice an owner; Bob's phone is stopped while it takes that in");
    company.advance(60_000);
    let change = PersonChange {
        role: Some(Role::Owner),
        ..PersonChange::default()
    };
    company.state().change_person("Alice", &change).unwrap();
    let mut way = InterleavedTransport::new(&server);
    way.between = Box::new(|piece| piece == 2);
    assert!(bob.try_sync_over(&way).unwrap().stopped);
    drop(way);
    bob.assert_healthy();

    scenario.step("Without a network the next run goes on with it, and may be stopped again");
    let no_network = |stops_at| NoNetwork {
        pieces: AtomicUsize::new(0),
        stops_at,
    };
    let stopped = no_network(1);
    assert!(bob.try_sync_over(&stopped).unwrap().stopped);
    assert_eq!(stopped.pieces.load(Ordering::Relaxed), 1);
    bob.power_cut();
    let rest = no_network(usize::MAX);
    assert!(bob.try_sync_over(&rest).unwrap().stopped);
    let pieces = rest.pieces.load(Ordering::Relaxed);
    assert!(pieces > 2, "{pieces} pieces of 300 visits");
    let again = no_network(usize::MAX);
    assert!(bob.try_sync_over(&again).unwrap().stopped);
    assert_eq!(again.pieces.load(Ordering::Relaxed), 0, "nothing is left");

    scenario.step("All of it is as it was made at once");
    assert_eq!(bob.sync().agrees, Some(true));
    let entries = bob.notebook().latest_entries(10_000, None, vec![]);
    assert_eq!(entries.unwrap().len(), shown);
    bob.assert_projection_equals_rebuild();
    bob.assert_healthy();
}
