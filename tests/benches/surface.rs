//! The costs of the calls behind the phones' screens, beside 5,000 customers, 50,000 documents and 15,000 promises; and
//! how long taps, the overview and a stop wait while a first synchronisation of all of that runs in a program of its
//! own, with a busy processor. Prints two tables with the bars. `KEPT_BARS=1` makes a missed bar a failure.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a benchmark that cannot go on has failed, and it measures by the machine's own clocks"
)]

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use kept_core::SystemEnvironment;
use kept_core::language::Lang;
use kept_core::notebook::{
    DATABASE_KEY, DATABASE_MADE, DateQuestion, FileSecretStore, Notebook, SearchQuery, SecretStore,
    TOKEN, TimelineQuery,
};
use kept_tests::bench::{folder, is_trial};
use kept_tests::{Device, LargeCompany, LargeCompanySize, visit_entry};
use rustix::time::{ClockId, clock_gettime};
use tokio::runtime::Runtime;

/// The arguments with which this program runs as a phone that synchronises for the first time: one that is used
/// meanwhile, and one whose runs are stopped.
const USED: &str = "--used-phone";
const STOPPED: &str = "--stopped-phone";
/// Between two taps of people who are quick.
const PAUSE: Duration = Duration::from_millis(10);
/// The threads that use the processor beside a first synchronisation.
const BUSY_THREADS: usize = 2;
/// A day.
const DAY_MS: i64 = 24 * 3_600_000;
/// A word that is searched for letter by letter.
const WORD: &str = "muell";
/// No limit of time.
const UNTIL_DONE: u32 = u32::MAX;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    for (argument, first_sync) in [(USED, used_phone as fn(&Phone)), (STOPPED, stopped_phone)] {
        let asked = arguments.iter().position(|given| given == argument);
        if let Some(folder) = asked.and_then(|at| arguments.get(at + 1)) {
            return Phone::open(Path::new(folder)).beside_busy_threads(first_sync);
        }
    }
    let size = match is_trial() {
        true => LargeCompanySize::TRIAL,
        false => LargeCompanySize::FULL,
    };
    let folder = folder();
    let large = LargeCompany::found_in(size, folder.path());
    let missed = costs(&large);
    println!();
    println!("| during the first synchronisation | times | median | 95 in 100 | longest | bar |");
    println!("|---|---|---|---|---|---|");
    for argument in [USED, STOPPED] {
        let status = Command::new(std::env::current_exe().unwrap())
            .args(is_trial().then_some("--test"))
            .arg(argument)
            .arg(joined_phone(&large.company.bob()))
            .status();
        assert!(status.unwrap().success(), "a bar was missed");
    }
    assert!(missed == 0, "{missed} bars were missed");
}

/// One line of the table of costs.
struct Cost<'a> {
    call: &'a str,
    /// CPU milliseconds a call before the calls had bars; none for a call that was not there.
    before: Option<f64>,
    /// CPU milliseconds; none for a call without a bar.
    bar: Option<f64>,
    run: Box<dyn Fn() + 'a>,
}

/// Prints the cost of every call, and returns the number of bars that were missed.
fn costs(large: &LargeCompany) -> usize {
    let notebook = large.technician.notebook();
    let page = |account| TimelineQuery {
        account,
        kinds: vec![],
        before: None,
        limit: 50,
        archived: false,
    };
    let counted = |text: &str| SearchQuery {
        text: text.into(),
        kinds: vec![],
        offset: 0,
        limit: 50,
    };
    let question = |kind: &str, hours| DateQuestion {
        kind: kind.into(),
        performer: None,
        within: None,
        account: Some(large.customer),
        due: Some(large.technician.due_in(hours)),
        quantile_percent: None,
    };
    let asked = Cell::new(0_i64);
    let keys = Cell::new(0);
    let yesterday = large.technician.now() - DAY_MS;
    let rows = [
        cost("me", None, None, || drop(notebook.me())),
        cost("status", None, None, || drop(notebook.status())),
        cost("account, few entries", Some(46.0), Some(2.0), || {
            drop(notebook.account(large.customer).unwrap());
        }),
        cost("account, 1,500 visits", None, None, || {
            drop(notebook.account(large.busiest).unwrap());
        }),
        cost("a page of its timeline", None, None, || {
            drop(notebook.timeline(page(large.busiest)).unwrap());
        }),
        cost("search, a key of one word", Some(125.0), Some(15.0), || {
            keys.set(keys.get() % WORD.len() + 1);
            drop(notebook.search(WORD[..keys.get()].into(), 50).unwrap());
        }),
        cost("search, two letters", None, Some(15.0), || {
            drop(notebook.search("mu".into(), 50).unwrap());
        }),
        cost("search, a whole word", None, Some(15.0), || {
            drop(notebook.search("müller".into(), 50).unwrap());
        }),
        cost("search, a word of every visit", None, Some(15.0), || {
            drop(notebook.search("drift".into(), 50).unwrap());
        }),
        cost("search, that word with counts", None, Some(15.0), || {
            drop(notebook.search_page(counted("drift")).unwrap());
        }),
        cost("customers by letters", None, Some(5.0), || {
            drop(notebook.find_accounts("mu".into(), 20).unwrap());
        }),
        cost("date for another choice", Some(360.0), Some(5.0), || {
            asked.set(asked.get() + 1);
            let kind = ["fix", "delivery", "quote"][asked.get() as usize % 3];
            drop(
                notebook
                    .advise_date(question(kind, 24 + asked.get()))
                    .unwrap(),
            );
        }),
        cost("performers of a kind", None, Some(15.0), || {
            drop(notebook.performers(Some("fix".into())).unwrap());
        }),
        cost("choices of a visit", None, Some(8.0), || {
            drop(
                notebook
                    .visit_choices(Some(large.customer), Lang::En)
                    .unwrap(),
            );
        }),
        cost("overview, today in it", Some(75.0), Some(5.0), || {
            drop(notebook.my_overview().unwrap());
        }),
        cost("conflicts", Some(77.0), Some(5.0), || {
            drop(notebook.conflicts().unwrap());
        }),
        cost("reliability", Some(355.0), Some(30.0), || {
            drop(notebook.reliability(None).unwrap());
        }),
        cost("asks", Some(355.0), Some(30.0), || {
            drop(notebook.my_asks().unwrap());
        }),
        cost("report", Some(355.0), Some(30.0), || {
            drop(notebook.company_report().unwrap());
        }),
        cost("reminders of a week", None, Some(30.0), || {
            drop(notebook.due_reminders(7 * DAY_MS).unwrap());
        }),
        cost("alarms after a day off", Some(287.0), Some(30.0), || {
            drop(notebook.alarms(Some(yesterday)).unwrap());
        }),
        cost("a tap", None, None, || {
            drop(
                notebook
                    .log_visit(visit_entry(Some(large.customer), "tap"))
                    .unwrap(),
            );
        }),
    ];
    println!("| call | before | CPU | elapsed, median | bar |");
    println!("|---|---|---|---|---|");
    rows.iter().filter(|row| !measured(row)).count()
}

fn cost<'a>(call: &'a str, before: Option<f64>, bar: Option<f64>, run: impl Fn() + 'a) -> Cost<'a> {
    Cost {
        call,
        before,
        bar,
        run: Box::new(run),
    }
}

/// Prints a row; false if its bar was missed.
fn measured(row: &Cost<'_>) -> bool {
    let calls = if is_trial() { 2 } else { 50 };
    (row.run)();
    let mut elapsed = Vec::with_capacity(calls);
    let began = cpu_ms();
    for _ in 0..calls {
        let at = Instant::now();
        (row.run)();
        elapsed.push(at.elapsed());
    }
    let cpu = (cpu_ms() - began) / calls as f64;
    println!(
        "| {} | {} | {cpu:.1} ms | {:.1} ms | {} |",
        row.call,
        ms(row.before),
        at_hundredth(&mut elapsed, 50),
        ms(row.bar),
    );
    keeps(cpu, row.bar)
}

fn ms(value: Option<f64>) -> String {
    value.map(|ms| format!("{ms} ms")).unwrap_or_default()
}

/// True if a bar is kept, or is not asked for.
fn keeps(value: f64, bar: Option<f64>) -> bool {
    let asked = std::env::var_os("KEPT_BARS").is_some() && !is_trial();
    !asked || bar.is_none_or(|bar| value <= bar)
}

/// The processor's time that this thread has used.
fn cpu_ms() -> f64 {
    let used = clock_gettime(ClockId::ThreadCPUTime);
    used.tv_sec as f64 * 1e3 + used.tv_nsec as f64 / 1e6
}

/// Returns the folder of a device that has joined and read nothing, with its secrets in a file of their own.
fn joined_phone(device: &Device) -> PathBuf {
    let secrets = FileSecretStore::new(device.folder().join("secrets"));
    for name in [DATABASE_KEY, DATABASE_MADE, TOKEN] {
        let secret = device.secrets().load(name.into()).unwrap().unwrap();
        secrets.save(name.into(), secret).unwrap();
    }
    device.folder()
}

/// A phone that has read nothing, in a program of its own.
struct Phone {
    notebook: Arc<Notebook>,
    runtime: Runtime,
}

impl Phone {
    fn open(folder: &Path) -> Self {
        let secrets = Arc::new(FileSecretStore::new(folder.join("secrets")));
        let environment = Arc::new(SystemEnvironment);
        let notebook = Notebook::open_with(folder.to_owned(), secrets, environment);
        Self {
            notebook: Arc::new(notebook.unwrap()),
            runtime: Runtime::new().unwrap(),
        }
    }

    /// Does something while as many threads as the bars ask for use the processor.
    fn beside_busy_threads(&self, work: fn(&Self)) {
        let busy = AtomicBool::new(!is_trial());
        thread::scope(|scope| {
            for _ in 0..BUSY_THREADS {
                scope.spawn(|| {
                    while busy.load(Ordering::Relaxed) {
                        std::hint::spin_loop();
                    }
                });
            }
            work(self);
            busy.store(false, Ordering::Relaxed);
        });
    }
}

/// Taps, overviews and other reads until everything is there.
fn used_phone(phone: &Phone) {
    let notebook = &phone.notebook;
    let run = notebook.clone().prepare_sync();
    let began = Instant::now();
    let task = phone
        .runtime
        .spawn(async move { run.run_within(UNTIL_DONE).await });
    let (mut taps, mut overviews, mut names) = (vec![], vec![], vec![]);
    while !task.is_finished() {
        thread::sleep(PAUSE);
        let entry = visit_entry(None, &format!("tap {}", taps.len()));
        taps.push(timed(|| drop(notebook.log_visit(entry).unwrap())));
        overviews.push(timed(|| drop(notebook.my_overview().unwrap())));
        names.push(timed(|| drop(notebook.me().unwrap())));
    }
    phone.runtime.block_on(task).unwrap().unwrap();
    let seconds = began.elapsed().as_secs_f64();
    let kept = [
        waited("a tap", taps, 50.0),
        waited("the overview", overviews, 100.0),
        waited("whose notebook it is", names, 50.0),
    ];
    println!(
        "| all of it in {seconds:.1} s, peak of memory {} | | | | | |",
        peak_memory()
    );
    assert!(kept.iter().all(|kept| *kept), "a bar was missed");
}

/// Runs that are stopped after a while, and runs that have a budget.
fn stopped_phone(phone: &Phone) {
    let (tries, longest) = if is_trial() { (1, 20) } else { (10, 500) };
    let (mut stopped, mut beyond) = (vec![], vec![]);
    for number in 1..=tries {
        let wait = Duration::from_millis(longest * number / tries);
        let run = phone.notebook.clone().prepare_sync();
        let running = run.clone();
        let task = phone
            .runtime
            .spawn(async move { running.run_within(UNTIL_DONE).await });
        thread::sleep(wait);
        let told = Instant::now();
        run.stop();
        phone.runtime.block_on(task).unwrap().unwrap();
        stopped.push(told.elapsed());

        let run = phone.notebook.clone().prepare_sync();
        let budget = u32::try_from(wait.as_millis()).unwrap();
        let began = Instant::now();
        phone.runtime.block_on(run.run_within(budget)).unwrap();
        beyond.push(began.elapsed().saturating_sub(wait));
    }
    let kept = [
        waited("a stop", stopped, 100.0),
        waited("beyond a budget", beyond, 200.0),
    ];
    assert!(kept.iter().all(|kept| *kept), "a bar was missed");
}

/// Prints how long something took; false if its bar was missed.
fn waited(what: &str, mut times: Vec<Duration>, bar: f64) -> bool {
    let slow = at_hundredth(&mut times, 95);
    println!(
        "| {what} | {} | {:.1} ms | {slow:.1} ms | {:.1} ms | {bar} ms |",
        times.len(),
        at_hundredth(&mut times, 50),
        at_hundredth(&mut times, 100),
    );
    keeps(slow, Some(bar))
}

fn timed(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

fn at_hundredth(times: &mut [Duration], hundredth: usize) -> f64 {
    times.sort();
    let at = times.len().saturating_sub(1) * hundredth / 100;
    times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}

/// The most memory that this program has used, as Linux says it.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or("not known here".into(), |kib| kib.trim().to_owned())
}
