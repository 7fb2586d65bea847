//! A tap while the first synchronisation of 5,000 documents runs, in the same program and from another one, against
//! the same taps without it. Prints the table of the README. `KEPT_VISITS` chooses another number: each visit has two
//! promises.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a benchmark that cannot go on has failed, and it measures by the machine's own clock"
)]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use kept_core::SystemEnvironment;
use kept_core::notebook::{
    DATABASE_KEY, DATABASE_MADE, FileSecretStore, Notebook, SecretStore, TOKEN,
};
use kept_tests::bench::{folder, is_trial};
use kept_tests::program::kept;
use kept_tests::{Company, Device, Scenario, account, promise_to, visit_entry};

/// Between two taps of people who are quick.
const PAUSE: Duration = Duration::from_millis(10);
/// Between two visits by the company's clock.
const MINUTE_MS: i64 = 60_000;
/// Nothing is late when the last visit is logged.
const HOURS_AHEAD: i64 = 240;

fn visits() -> usize {
    let asked = std::env::var("KEPT_VISITS")
        .ok()
        .and_then(|text| text.parse().ok());
    asked.unwrap_or(if is_trial() { 20 } else { 1_667 })
}

fn main() {
    println!("| tap | taps | median | 99 in 100 | longest |");
    println!("|---|---|---|---|---|");
    let quiet = |tapping: &mut dyn FnMut(usize)| (0..300).map(|n| timed(|| tapping(n))).collect();
    let prepared_company = prepared_company();
    let notebook = prepared_company.notebook();
    row("in the program, nothing else", quiet(&mut own(&notebook)));
    row(
        "in the program, during the first sync",
        during(&notebook, own(&notebook)),
    );

    let prepared_company = self::prepared_company();
    let notebook = prepared_company.notebook();
    let mut other = OtherProcess::start(&prepared_company.device.folder());
    row(
        "from another, nothing else",
        quiet(&mut |n| other.visit_entry(n)),
    );
    let times = during(&notebook, |n| other.visit_entry(n));
    row("from another, during the first sync", times);
}

/// A device that has joined and read nothing, of a company with much to read.
struct PreparedCompany {
    device: Device,
    _company: Company,
    _folder: tempfile::TempDir,
}

impl PreparedCompany {
    /// Its notebook by the machine's own clock, which decides how large pieces are.
    fn notebook(&self) -> Arc<Notebook> {
        let (folder, secrets) = (self.device.folder(), self.device.secrets());
        Arc::new(Notebook::open_with(folder, secrets, Arc::new(SystemEnvironment)).unwrap())
    }
}

fn prepared_company() -> PreparedCompany {
    let folder = folder();
    let company = Company::found_in(&Scenario::silent("busy"), folder.path());
    let (alice, bob) = (company.alice(), company.bob());
    let notebook = alice.notebook();
    let customer = notebook
        .create_account(account("Bakery of the north"))
        .unwrap();
    for number in 0..visits() {
        company.advance(MINUTE_MS);
        let due = alice.due_in(HOURS_AHEAD);
        let mut draft = visit_entry(
            Some(customer),
            &format!("Visit {number}: the divider drifts."),
        );
        let promise = |what: &str| promise_to(customer, what, alice.person(), due.clone());
        draft.promises = vec![promise("load cell"), promise("call back")];
        notebook.log_visit(draft).unwrap();
    }
    alice.sync();
    // The secrets that the program finds in a folder of its own.
    let secrets = FileSecretStore::new(bob.folder().join("secrets"));
    for name in [DATABASE_KEY, DATABASE_MADE, TOKEN] {
        let secret = bob.secrets().load(name.into()).unwrap().unwrap();
        secrets.save(name.into(), secret).unwrap();
    }
    PreparedCompany {
        device: bob,
        _company: company,
        _folder: folder,
    }
}

/// Taps of the program that synchronises.
fn own(notebook: &Notebook) -> impl FnMut(usize) + '_ {
    |number| {
        drop(
            notebook
                .log_visit(visit_entry(None, &format!("tap {number}")))
                .unwrap(),
        )
    }
}

/// `kept log --stdin`, of which each line is a tap.
struct OtherProcess {
    child: std::process::Child,
    output: BufReader<std::process::ChildStdout>,
    customer: String,
}

impl OtherProcess {
    fn start(folder: &Path) -> Self {
        let run = |args: &[&str]| {
            let mut command = Command::new(kept());
            command.arg("--data").arg(folder).args(args);
            command
        };
        let added = run(&["account", "add", "Miller"]).output().unwrap();
        let customer = String::from_utf8(added.stdout).unwrap();
        let customer = customer.split_whitespace().last().unwrap().to_owned();
        let mut log = run(&["log", "--stdin"]);
        let log = log.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = log.spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self {
            child,
            output,
            customer,
        }
    }

    fn visit_entry(&mut self, number: usize) {
        let input = self.child.stdin.as_mut().unwrap();
        let customer = &self.customer;
        writeln!(input, r#"{{"account":"{customer}","said":"tap {number}"}}"#).unwrap();
        assert!(self.output.read_line(&mut String::new()).unwrap() > 0);
    }
}

impl Drop for OtherProcess {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ended = self.child.wait();
    }
}

/// Taps again and again until a first synchronisation is over.
fn during(notebook: &Notebook, mut tapping: impl FnMut(usize)) -> Vec<Duration> {
    let server = notebook.http_transport().unwrap();
    thread::scope(|scope| {
        let run = scope.spawn(|| notebook.sync_with(&server).unwrap());
        let mut times = Vec::new();
        while !run.is_finished() {
            thread::sleep(PAUSE);
            times.push(timed(|| tapping(times.len())));
        }
        let report = run.join().unwrap();
        assert!(report.received >= 3 * visits() as u64, "{report:?}");
        times
    })
}

fn timed(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

fn row(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |of_hundred: usize| times[(times.len() - 1) * of_hundred / 100].as_secs_f64() * 1e3;
    println!(
        "| {what} | {} | {:.1} ms | {:.1} ms | {:.1} ms |",
        times.len(),
        at(50),
        at(99),
        at(100)
    );
}
