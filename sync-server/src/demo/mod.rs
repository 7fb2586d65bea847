//! A whole company to try Kept with: nine months of history made from a seed, a server that runs, and phones
//! that go offline, come back and synchronise in real time.

mod agreed;
mod calendar;
mod checks;
mod clock;
mod company;
mod dice;
mod door;
mod history;
mod honest;
mod ladder;
mod life;
mod people;
mod phone;
mod planner;
mod pledges;
mod seeding;
mod stage;
mod story;
mod summary;
mod teller;
mod trades;
mod year;

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use kept_core::model::ids::IdError;
use kept_core::model::time::DueError;
use kept_core::notebook::KeptError;
use kept_core::words::{Lang, words_text};
use kept_core::{Environment, SystemEnvironment};
use serde_json::json;

use crate::enrol::{EnrolError, Invitee};
use crate::log::LogError;
use crate::server::ServerError;
use crate::sign_in::SignInError;
use dice::Dice;
use phone::Phone;
use seeding::Seeded;
use stage::Stage;
use story::SCENES;
use teller::Teller;

/// How large the company is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Size {
    /// 6 people and 40 accounts.
    Small,
    /// 22 people and 640 accounts.
    Full,
}

/// The options that a demo is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// The seed that the company is made from.
    pub seed: u64,
    /// The company's size.
    pub size: Size,
    /// True if the story is told once, without pauses, and checked.
    pub once: bool,
    /// The address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The folder in which the data stay; if None, they are removed at the end.
    pub keep: Option<PathBuf>,
    /// True if each thing is printed as JSON.
    pub json: bool,
    /// True if a terminal shows colours.
    pub colours: bool,
}

/// The reason for which the demo ended early.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The server could not do it.
    #[error(transparent)]
    Server(#[from] ServerError),
    /// A notebook could not do it.
    #[error("{}", words_text(&.0.words(), Lang::En))]
    Notebook(KeptError),
    /// A person could not be enrolled.
    #[error(transparent)]
    Enrol(#[from] EnrolError),
    /// A person could not sign in.
    #[error(transparent)]
    SignIn(#[from] SignInError),
    /// The log failed.
    #[error(transparent)]
    Log(#[from] LogError),
    /// A date could not be used.
    #[error(transparent)]
    Due(#[from] DueError),
    /// A name could not be used.
    #[error(transparent)]
    Name(#[from] IdError),
    /// The page could not be fetched.
    #[error("the office's page cannot be fetched: {0}")]
    Page(#[from] reqwest::Error),
    /// The output is closed, or a folder cannot be used.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The folder for the data has something in it.
    #[error("{} is not empty; --keep takes an empty folder or a new one", .0.display())]
    NotEmpty(PathBuf),
    /// Ctrl-C was pressed before the end.
    #[error("stopped before the end")]
    Stopped,
    /// The story took a turn that it must not take.
    #[error("{0}")]
    Story(String),
}

impl From<KeptError> for DemoError {
    fn from(error: KeptError) -> Self {
        Self::Notebook(error)
    }
}

/// Runs the demo. True if it ended well: always without `once`, else if all checks hold.
pub fn run(options: &Options, out: &mut dyn Write) -> Result<bool, DemoError> {
    // The program that embeds this may have chosen a provider already; that one serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    if let Some(folder) = &options.keep {
        match std::fs::read_dir(folder).map(|mut entries| entries.next().is_some()) {
            Ok(true) => return Err(DemoError::NotEmpty(folder.clone())),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
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
        if crate::command::told_to_stop().await.is_ok() {
            told.store(true, Ordering::SeqCst);
        }
    });
    let mut teller = Teller::new(out, options.json, options.colours, &system);
    let started = system.boot_ms();
    teller.note(
        "Making the company and its last nine months …",
        &json!({ "making": format!("{:?}", options.size) }),
    )?;
    let seeded = seeding::seed(options, &data_dir, &phones_dir, &runtime, &stopping)?;
    let state = seeded.server.state();
    let link = state.sign_in_link(&state.create_sign_in(seeded.owner)?)?;
    let made = system.boot_ms() - started;
    teller.note(
        &format!(
            "{} is ready after {}.{} s.\n\nOpen {link}\n(works once; `kept-server sign-in \"{}\" --data {}` makes another)\n",
            company::NAME,
            made / 1000,
            made % 1000 / 100,
            seeded.owner_name(),
            data_dir.display(),
        ),
        &json!({ "open": link, "ready_after_ms": made }),
    )?;
    let Seeded {
        server,
        written,
        sent,
        phones,
        company,
        ..
    } = seeded;
    let dice = Dice::new(options.seed ^ 0x57a9);
    let between = Dice::new(options.seed ^ 0xbea7);
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
    let mut stage = Stage {
        phones,
        teller,
        dice,
        environment: &system,
        written: &written,
        texts: vec![],
        merged: None,
        across: vec![],
        climbed: vec![],
        pause: &pause,
    };
    for phone in 0..stage.phones.len() {
        let report = stage.phones[phone].sync()?;
        stage.say(
            phone,
            &format!("switches the phone on: {} new", report.received),
        )?;
    }
    let story_began = system.boot_ms();
    let mut ended_well = true;
    if options.once {
        for scene in SCENES {
            if !scene(&mut stage)? {
                return Err(DemoError::Stopped);
            }
        }
        let whole = new_phone(&mut stage, &state, &phones_dir, &sent)?;
        stage
            .teller
            .note("", &json!({ "story_ms": system.boot_ms() - story_began }))?;
        ended_well = checks::all(&mut stage, &whole, &state, &runtime)?;
        let spent = summary::Spent {
            making: made,
            all: system.boot_ms() - started,
        };
        summary::print(&mut stage.teller, &whole, &company, &state, &spent)?;
    } else {
        let mut scene = 0;
        while SCENES[scene](&mut stage)? && pause() {
            // Any other than this one.
            scene = (scene + 1 + stage.dice.below(SCENES.len() - 1)) % SCENES.len();
        }
        stage
            .teller
            .note("Stopping …", &json!({ "stopping": true }))?;
    }
    drop(stage);
    runtime.block_on(server.shutdown());
    Ok(ended_well)
}

/// The owner scans a code with a new phone, and reads everything from the beginning.
fn new_phone(
    stage: &mut Stage<'_>,
    state: &Arc<crate::ServerState>,
    folder: &std::path::Path,
    sent: &Arc<door::Sent>,
) -> Result<Phone, DemoError> {
    let environment = stage.environment;
    let owner = people::people(Size::Small)
        .into_iter()
        .next()
        .map_or("", |owner| owner.name);
    let invitee = Invitee {
        name: owner.into(),
        ..Invitee::default()
    };
    let link = state.join_link(&state.invite(&invitee)?, None)?;
    let began = environment.boot_ms();
    let clock = Arc::new(clock::DemoClock::new(0, 0));
    clock.release();
    let notebook = history::join(&folder.join("new"), clock, link, "Ingrid's new phone")?;
    let phone = Phone::new(owner, Arc::new(notebook), Arc::clone(sent))?;
    let report = phone.sync()?;
    let took = environment.boot_ms() - began;
    let said = format!(
        "scans a code with a new phone: {} entries here after {} ms",
        report.received, took
    );
    stage.teller.say("Ingrid", &said)?;
    Ok(phone)
}
