//! A whole company to try Kept with: nine months of history made from a seed, a server that runs, and phones
//! that go offline, come back and synchronise while people watch.

mod calendar;
mod checks;
mod clock;
pub mod command;
mod company_past;
mod company_plan;
mod date_scenes;
mod demo_phone;
mod error;
mod handbook;
mod history;
mod options;
mod past_server;
mod people;
pub mod phone_fixture;
pub mod phone_fixture_command;
mod planner;
mod promise_plan;
mod promise_templates;
mod reminder_ladder;
mod reporter;
mod running_company;
mod scene_context;
mod scenes;
mod summary;
mod trades;
mod year_plan;

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use kept_core::{Environment, SystemEnvironment};
use kept_kit::{Rng, join_notebook};
use kept_server::enrol::Invitee;
use serde_json::json;

pub use error::DemoError;
pub use options::{CompanySize, DemoOptions};

use clock::DemoClock;
use demo_phone::DemoPhone;
use reporter::Reporter;
use running_company::RunningCompany;
use scene_context::SceneContext;
use scenes::SCENES;

/// Chooses the provider of TLS, unless the program that embeds this has one already; that one serves as well.
fn use_cryptography() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Refuses a folder that has something in it.
fn check_empty(folder: &Path) -> Result<(), DemoError> {
    match std::fs::read_dir(folder).map(|mut entries| entries.next().is_some()) {
        Ok(true) => Err(DemoError::NotEmpty(folder.to_owned())),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Runs the demo. True if it ended well: always without `once`, else if all checks hold.
pub fn run(options: &DemoOptions, out: &mut dyn Write) -> Result<bool, DemoError> {
    use_cryptography();
    if let Some(folder) = &options.keep {
        check_empty(folder)?;
    }
    let system = SystemEnvironment;
    let temporary = tempfile::tempdir()?;
    let data_dir = options
        .keep
        .clone()
        .unwrap_or_else(|| temporary.path().join("server"));
    let phones_dir = temporary.path().join("phones");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let stopping = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&stopping);
    runtime.spawn(async move {
        if kept_server::stop_signal().await.is_ok() {
            told.store(true, Ordering::SeqCst);
        }
    });
    let mut reporter = Reporter::new(out, options.json, options.colours, &system);
    let started = system.boot_ms();
    reporter.note(
        "Making the company and its last nine months …",
        &json!({ "making": format!("{:?}", options.size) }),
    )?;
    let running = running_company::start(options, &data_dir, &phones_dir, &runtime, &stopping)?;
    let state = running.server.state();
    let link = state.sign_in_link(&state.create_sign_in(running.owner)?)?;
    let made = system.boot_ms() - started;
    reporter.note(
        &format!(
            "{} is ready after {}.{} s.\n\nOpen {link}\n(works once; `kept-server sign-in \"{}\" --data {}` makes another)\n",
            company_plan::NAME,
            made / 1000,
            made % 1000 / 100,
            running.owner_name(),
            data_dir.display(),
        ),
        &json!({ "open": link, "ready_after_ms": made }),
    )?;
    let RunningCompany {
        server,
        written,
        sent,
        phones,
        company,
        ..
    } = running;
    let rng = Rng::new(options.seed ^ 0x57a9);
    let between = Rng::new(options.seed ^ 0xbea7);
    let pause = || {
        if options.once {
            return !stopping.load(Ordering::SeqCst);
        }
        let mut left = between.between(1_000, 4_000);
        while left > 0 && !stopping.load(Ordering::SeqCst) {
            runtime.block_on(async { tokio::time::sleep(Duration::from_millis(100)).await });
            left -= 100;
        }
        !stopping.load(Ordering::SeqCst)
    };
    let mut context = SceneContext {
        phones,
        reporter,
        rng,
        environment: &system,
        written: &written,
        texts: vec![],
        concurrent_edit: None,
        across_teams: vec![],
        ladder_runs: vec![],
        pause: &pause,
    };
    for phone in 0..context.phones.len() {
        let report = context.phones[phone].sync()?;
        context.report(
            phone,
            &format!("switches the phone on: {} new", report.received),
        )?;
    }
    let story_began = system.boot_ms();
    let mut ended_well = true;
    if options.once {
        for scene in SCENES {
            if !scene(&mut context)? {
                return Err(DemoError::Stopped);
            }
        }
        let reference_phone = new_phone(&mut context, &state, &phones_dir, &sent)?;
        context
            .reporter
            .note("", &json!({ "story_ms": system.boot_ms() - story_began }))?;
        ended_well = checks::all(&mut context, &reference_phone, &state, &runtime)?;
        let durations = summary::Durations {
            making: made,
            all: system.boot_ms() - started,
        };
        summary::print(
            &mut context.reporter,
            &reference_phone,
            &company,
            &state,
            &durations,
        )?;
    } else {
        let mut scene = 0;
        while SCENES[scene](&mut context)? && pause() {
            // Any other than this one.
            scene = (scene + 1 + context.rng.below(SCENES.len() - 1)) % SCENES.len();
        }
        context
            .reporter
            .note("Stopping …", &json!({ "stopping": true }))?;
    }
    drop(context);
    runtime.block_on(server.shutdown());
    Ok(ended_well)
}

/// The owner scans a code with a new phone, and reads everything from the beginning.
fn new_phone(
    context: &mut SceneContext<'_>,
    state: &Arc<kept_server::ServerState>,
    folder: &Path,
    sent: &Arc<past_server::SentChanges>,
) -> Result<DemoPhone, DemoError> {
    let environment = context.environment;
    let owner = people::people(CompanySize::Small)
        .into_iter()
        .next()
        .map_or("", |owner| owner.name);
    let invitee = Invitee {
        name: owner.into(),
        ..Invitee::default()
    };
    let link = state.invitation_link(&invitee)?;
    let began = environment.boot_ms();
    let clock = Arc::new(DemoClock::new(0, 0, "UTC"));
    clock.release();
    let notebook = join_notebook(&folder.join("new"), clock, link, "Ingrid's new phone")?;
    let phone = DemoPhone::new(owner, Arc::new(notebook), Arc::clone(sent))?;
    let report = phone.sync()?;
    let took = environment.boot_ms() - began;
    let said = format!(
        "scans a code with a new phone: {} entries here after {} ms",
        report.received, took
    );
    context.reporter.report("Ingrid", &said)?;
    Ok(phone)
}
