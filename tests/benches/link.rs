//! The cost of synchronising on real lines: bytes over the wire both ways, seconds, and when a notebook can be used.
//!
//! Lines run faster than life, and the devices' clocks with them: a line of 20 kbit/s that is cut every 40 s carries,
//! at 20 times its speed, the same bytes with the same sizes and cuts in a twentieth of the time. Seconds are those of
//! life. `KEPT_VISITS` says how large the company is; a word of a name chooses a line.

#![allow(
    clippy::expect_used,
    reason = "a benchmark that cannot go on has failed"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use kept_core::environment::Environment;
use kept_core::model::registry::Role;
use kept_core::model::time::Millis;
use kept_core::notebook::Notebook;
use kept_core::sync::transport::{HttpTransport, Transport, TransportError};
use kept_core::{ScriptedEnvironment, SystemEnvironment};
use kept_kit::join_notebook;
use kept_tests::bench::{folder, is_trial};
use kept_tests::tcp_proxy::{LinkQuality, TcpProxy};
use kept_tests::usage;
use kept_tests::{Company, Device, Scenario, account, promise_to, visit_entry};

/// The number of times that a slow line runs faster than life.
const SPEED: u32 = 20;
/// Rows that make a notebook worth opening.
const USABLE: usize = 20;

/// 20 kbit/s, 300 ms there and back, cut every 40 s for 5 s.
const BAD: LinkQuality = LinkQuality {
    bytes_a_second: Some(2_500),
    latency: Duration::from_millis(150),
    cuts: Some((Duration::from_secs(40), Duration::from_secs(5))),
};
/// 1 Mbit/s, 60 ms there and back.
const FAIR: LinkQuality = LinkQuality {
    bytes_a_second: Some(125_000),
    latency: Duration::from_millis(30),
    cuts: None,
};
/// The line of this machine itself.
const LOOPBACK: LinkQuality = LinkQuality {
    bytes_a_second: None,
    latency: Duration::ZERO,
    cuts: None,
};

fn main() {
    println!(
        "| what | entries | up | down | exchanges | by the payload | seconds | usable after |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let asked = std::env::var("KEPT_VISITS").ok();
    let asked: Option<usize> = asked.and_then(|text| text.parse().ok());
    let is_trial = is_trial() && asked.is_none();
    let small = asked.unwrap_or(if is_trial { 10 } else { 1_500 });
    let names: Vec<String> = std::env::args()
        .skip(1)
        .filter(|it| !it.starts_with('-'))
        .collect();
    let asked_for = |name: &str| names.is_empty() || names.iter().any(|it| name.contains(it));
    if asked_for("week") {
        week(if is_trial { 2 } else { 31 });
    }
    let fair = "first sync, 1 Mbit/s";
    if asked_for(fair) {
        first_sync(fair, 2 * small, FAIR, 4);
    }
    let bad = "first sync, 20 kbit/s with cuts";
    if asked_for(bad) {
        first_sync(bad, small, BAD, SPEED);
    }
}

/// A clock that runs so many times faster than life.
struct FastClock {
    speed: i64,
    real: SystemEnvironment,
    began: i64,
    wall_ms: Millis,
    random: ScriptedEnvironment,
}

impl FastClock {
    fn passed(&self) -> i64 {
        (self.real.boot_ms() - self.began) * self.speed
    }
}

impl Environment for FastClock {
    fn wall_ms(&self) -> Millis {
        self.wall_ms + self.passed()
    }

    fn boot_ms(&self) -> i64 {
        self.began + self.passed()
    }

    fn boot_id(&self) -> String {
        "bench".into()
    }

    fn zone(&self) -> String {
        "UTC".into()
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        self.random.fill_random(bytes);
    }
}

/// HTTP of a device whose clock runs faster than life.
struct FastTransport {
    http: HttpTransport,
    speed: u32,
}

impl Transport for FastTransport {
    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        self.http.exchange(body)
    }

    fn pause(&self, pause: Duration) -> Result<(), TransportError> {
        self.http.pause(pause / self.speed)
    }
}

fn faster(quality: LinkQuality, speed: u32) -> LinkQuality {
    LinkQuality {
        bytes_a_second: quality.bytes_a_second.map(|rate| rate * u64::from(speed)),
        latency: quality.latency / speed,
        cuts: quality
            .cuts
            .map(|(holds, gone)| (holds / speed, gone / speed)),
    }
}

/// A notebook of a new device on a line.
struct Phone {
    notebook: Arc<Notebook>,
    clock: Arc<FastClock>,
    line: TcpProxy,
    speed: u32,
}

impl Phone {
    fn join(company: &Company, name: &str, parent: &std::path::Path, speed: u32) -> Self {
        let clock = Arc::new(FastClock {
            speed: i64::from(speed),
            real: SystemEnvironment,
            began: SystemEnvironment.boot_ms(),
            wall_ms: company.clock().wall_ms(),
            random: ScriptedEnvironment::new(0, company.scenario().seed_of(name)),
        });
        let line = TcpProxy::before(company.address());
        let link = company.invite(name, Role::Technician, &["north"]);
        let link = link.replace(&company.address().to_string(), &line.address().to_string());
        let notebook = join_notebook(&parent.join(name), clock.clone(), link, "phone");
        let notebook = Arc::new(notebook.expect("it joins"));
        Self {
            notebook,
            clock,
            line,
            speed,
        }
    }

    /// Synchronises, again and again where the line is gone, until it is done.
    fn sync(&self) -> u32 {
        let http = self.notebook.http_transport().expect("it has joined");
        let speed = self.speed;
        let transport = FastTransport { http, speed };
        let mut exchanges = 0;
        loop {
            match self.notebook.sync_with(&transport) {
                Ok(report) => return exchanges + report.exchanges,
                Err(_) => {
                    exchanges += 1;
                    std::thread::sleep(Duration::from_secs(1) / speed);
                }
            }
        }
    }
}

struct Row<'a> {
    what: &'a str,
    entries: usize,
    payload: Option<u64>,
    usable: Option<i64>,
}

/// Runs one synchronisation and prints what it cost.
fn measured(phone: &Phone, row: Row<'_>, run: impl FnOnce() -> (u32, Option<i64>)) {
    let (before, began) = (phone.line.traffic(), phone.clock.boot_ms());
    let (exchanges, usable) = run();
    let (after, took) = (phone.line.traffic(), phone.clock.boot_ms() - began);
    let (up, down) = (after.up - before.up, after.down - before.down);
    let ratio = row.payload.map_or("".into(), |payload| {
        format!("{:.2}", (up + down) as f64 / payload.max(1) as f64)
    });
    let seconds = |ms: i64| format!("{:.1}", ms as f64 / 1_000.0);
    let usable = usable.or(row.usable).map(seconds).unwrap_or_default();
    println!(
        "| {} | {} | {up} | {down} | {exchanges} | {ratio} | {} | {usable} |",
        row.what,
        row.entries,
        seconds(took)
    );
}

/// A week of a technician on this machine's own line, and a week in which nothing happened.
fn week(visits: usize) {
    let folder = folder();
    let company = Company::found_in(&Scenario::silent("link"), folder.path());
    let phone = Phone::join(&company, "Sam", folder.path(), 1);
    phone.line.set(LOOPBACK);
    let said = [
        "The oven trips when it rains, and the second one smells of burnt rubber since Tuesday.",
        "Needs the spare seal before the weekend, the market is on Saturday.",
        "All fine; the apprentice asks for a short training on the mixer.",
    ];
    let customers: Vec<_> = (0..20)
        .map(|number| {
            let draft = account(&format!("Customer {number}"));
            phone.notebook.create_account(draft).expect("a customer")
        })
        .collect();
    phone.sync();
    let me = phone.notebook.me().expect("me").person;
    for number in 0..visits {
        let customer = customers[number % customers.len()];
        let mut draft = visit_entry(
            Some(customer),
            &format!("{} ({number})", said[number % said.len()]),
        );
        if number % 2 == 0 {
            let due = kept_core::model::time::Due::at(phone.clock.wall_ms() + 259_200_000, "UTC");
            let due = due.expect("a date");
            draft.promises = vec![promise_to(
                customer,
                &format!("a new seal {number}"),
                me,
                due,
            )];
        }
        if number % 3 == 0 {
            draft.usages = vec![usage(Some(customer))];
        }
        phone.notebook.log_visit(draft).expect("a visit");
    }
    let row = |what, entries| Row {
        what,
        entries,
        payload: None,
        usable: None,
    };
    measured(&phone, row("a week of visits", visits), || {
        (phone.sync(), None)
    });
    // The rows that the office's replica made of it.
    company.settle();
    phone.sync();
    measured(&phone, row("nothing changed", 0), || (phone.sync(), None));
}

/// A company's entries, sent by one of its devices.
fn fill(company: &Company, visits: usize) -> Device {
    let alice = company.alice();
    let notebook = alice.notebook();
    alice.sync();
    let me = alice.person();
    let mut customer = None;
    for number in 0..visits {
        company.advance(60_000);
        if number % 10 == 0 {
            let draft = account(&format!("Customer {number} of the north"));
            customer = Some(notebook.create_account(draft).expect("a customer"));
        }
        let about = customer.expect("a customer");
        let said = format!("Visit {number}: the divider drifts when it is warm.");
        let mut draft = visit_entry(Some(about), &said);
        let what = format!("load cell {number}");
        draft.promises = vec![promise_to(about, &what, me, alice.due_in(240))];
        notebook.log_visit(draft).expect("a visit");
    }
    alice.sync();
    alice
}

fn first_sync(what: &str, visits: usize, quality: LinkQuality, speed: u32) {
    let folder = folder();
    let company = Company::found_in(&Scenario::silent("link"), folder.path());
    let alice = fill(&company, visits);
    // The same pages over a line that is not slow, in answers as large as they get: the payload, sent once.
    let bob = company.bob();
    bob.sync();
    let answers = bob
        .network()
        .take_recorded()
        .into_iter()
        .filter_map(|it| it.answer);
    let payload: u64 = answers.map(|answer| answer.len() as u64).sum();
    let entries = alice
        .notebook()
        .latest_entries(u32::MAX, None, vec![])
        .expect("entries")
        .len();

    let phone = Phone::join(&company, "Carl", folder.path(), speed);
    phone.line.set(faster(quality, speed));
    let row = Row {
        what,
        entries,
        payload: Some(payload),
        usable: None,
    };
    measured(&phone, row, || {
        let (done, usable) = (AtomicBool::new(false), AtomicI64::new(0));
        let began = phone.clock.boot_ms();
        let exchanges = std::thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::SeqCst) {
                    let rows = phone.notebook.latest_entries(USABLE as u32, None, vec![]);
                    if rows.is_ok_and(|rows| rows.len() >= USABLE.min(entries)) {
                        usable.store(phone.clock.boot_ms() - began, Ordering::SeqCst);
                        return;
                    }
                    std::thread::sleep(Duration::from_millis(20));
                }
            });
            let exchanges = phone.sync();
            done.store(true, Ordering::SeqCst);
            exchanges
        });
        (exchanges, Some(usable.load(Ordering::SeqCst)))
    });
}
