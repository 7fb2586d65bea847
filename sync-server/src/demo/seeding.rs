//! Puts the company and its history into a fresh data folder, behind a server that already listens.

use std::net::TcpListener;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Mutex};

use kept_core::model::ids::PersonId;
use kept_core::model::people::Role;
use kept_core::model::time::{DAY_MS, Millis};
use kept_core::{Environment, SystemEnvironment};

use super::agreed;
use super::calendar::{Calendar, MINUTE};
use super::clock::DemoClock;
use super::company::{self, Company};
use super::dice::Dice;
use super::door::{PastDoor, Sent};
use super::history::{self, Historian, Writer};
use super::people::Hired;
use super::phone::Phone;
use super::stage::NAMES;
use super::year::{PAST_DAYS, Year};
use super::{DemoError, Options};
use crate::enrol::{Invitee, NewOrganisation};
use crate::server::{RunningServer, Server, ServerConfig, ServerState};

/// The pause before each phone joins, in milliseconds: the server takes twenty a minute from one address.
const JOINING_MS: i64 = 4_000;

/// A company that is ready to be watched.
pub struct Seeded {
    /// The server.
    pub server: RunningServer,
    /// The company.
    pub company: Company,
    /// The person who runs it.
    pub owner: PersonId,
    /// The phones of the story.
    pub phones: Vec<Phone>,
    /// Changes written so far.
    pub written: AtomicU64,
    /// Changes sent so far.
    pub sent: Arc<Sent>,
}

impl Seeded {
    /// The owner's name.
    pub fn owner_name(&self) -> &'static str {
        self.company.people.first().map_or("", |owner| owner.name)
    }
}

/// Makes it. Everything of it lies in `data_dir` and `phones_dir`.
pub fn seed(
    options: &Options,
    data_dir: &Path,
    phones_dir: &Path,
    runtime: &tokio::runtime::Runtime,
    stopping: &AtomicBool,
) -> Result<Seeded, DemoError> {
    let system = SystemEnvironment;
    let now = system.wall_ms();
    let company = Company::new(options.seed, options.size);
    let calendar = Calendar::new(now, &system.zone(), PAST_DAYS)?;
    let year = Year::new(&company, options.seed, now, &calendar)?;
    let began = calendar.at(0, 6 * 60)?;
    let clock = Arc::new(DemoClock::new(began, options.seed));
    let owner = found(&company, data_dir, &clock)?;
    // The address of all networks cannot be called; a reader on another machine knows this one's name.
    let (ip, port) = (options.listen.ip(), options.listen.port());
    let public_url = (ip.is_unspecified() && port != 0).then(|| format!("http://127.0.0.1:{port}"));
    let config = |listen, environment| ServerConfig {
        data_dir: data_dir.to_owned(),
        listen,
        public_url: public_url.clone(),
        tls: None,
        push_url: None,
        environment,
    };
    // All people join over HTTP. Then the server is closed while the history goes straight into the log, so that the
    // office reads it once and not with every line.
    let server = runtime.block_on(Server::start(config(options.listen, clock.clone())))?;
    let sent = Arc::new(Sent::default());
    let door = PastDoor {
        state: server.state(),
        clock,
        sent: Arc::clone(&sent),
        turn: Mutex::new(()),
    };
    let mut writers = everybody(&company, options.seed, &door, phones_dir, began, now)?;
    let address = server.address();
    runtime.block_on(server.shutdown());
    let place_holder = TcpListener::bind(address)?;
    let written = AtomicU64::new(0);
    agreed::write(&writers, &company, (now, calendar.zone()), &written)?;
    let historian = Historian::new(&company, &year, &door, &written, stopping, &writers);
    historian.tell(&mut writers)?;
    drop((door, place_holder));
    let server = runtime.block_on(Server::start(config(address, Arc::new(system))))?;
    let mut phones = Vec::new();
    for name in NAMES {
        let place = company.people.iter().position(|person| person.name == name);
        let writer = writers.iter().find(|writer| Some(writer.who) == place);
        let writer = writer.ok_or_else(|| DemoError::Story(format!("{name} is not there")))?;
        writer.clock.release();
        phones.push(Phone::new(
            name,
            Arc::clone(&writer.notebook),
            Arc::clone(&sent),
        )?);
    }
    Ok(Seeded {
        server,
        company,
        owner,
        phones,
        written,
        sent,
    })
}

/// The organisation and its owner.
fn found(
    company: &Company,
    data_dir: &Path,
    clock: &Arc<DemoClock>,
) -> Result<PersonId, DemoError> {
    let owner = company.people.first();
    let new = NewOrganisation {
        name: company::NAME.into(),
        owner: owner.map_or("", |owner| owner.name).into(),
        teams: owner.map_or(Ok(vec![]), Hired::teams)?,
    };
    let (_, owner) = ServerState::found(data_dir, clock.clone(), &new)?;
    Ok(owner.id)
}

/// All people join, each with a phone of their own.
fn everybody(
    company: &Company,
    seed: u64,
    door: &PastDoor,
    folder: &Path,
    began: Millis,
    now: Millis,
) -> Result<Vec<Writer>, DemoError> {
    let dice = Dice::new(seed ^ 0x1eaf);
    let mut joining = Vec::new();
    for (who, person) in company.people.iter().enumerate() {
        let invitee = if person.role == Role::Owner {
            Invitee {
                name: person.name.into(),
                ..Invitee::default()
            }
        } else {
            Invitee {
                name: person.name.into(),
                role: Some(person.role),
                teams: person.teams()?,
                pools: person.pools()?,
            }
        };
        let link = door.state.join_link(&door.state.invite(&invitee)?, None)?;
        joining.push((who, link, None, last_heard(&dice, person, now)));
    }
    history::beside_each_other(&mut joining, |(who, link, writer, until)| {
        let seed = seed
            .wrapping_mul(1_000)
            .wrapping_add(u64::try_from(*who).unwrap_or(0) + 1);
        let clock = Arc::new(DemoClock::new(began, seed));
        let name = company.people.get(*who).map_or("", Hired::first_name);
        door.clock.pass(JOINING_MS);
        let place = folder.join(who.to_string());
        let notebook = history::join(
            &place,
            clock.clone(),
            link.clone(),
            &format!("{name}'s phone"),
        )?;
        *writer = Some(history::writer(*who, notebook, clock, *until)?);
        Ok(())
    })?;
    Ok(joining
        .into_iter()
        .filter_map(|(_, _, writer, _)| writer)
        .collect())
}

/// The instant at which a person's phone was heard from before the story, in milliseconds since the epoch: most a while
/// ago, two have been silent for days.
fn last_heard(dice: &Dice, person: &Hired, now: Millis) -> Millis {
    if NAMES.contains(&person.name) {
        now - 2 * MINUTE
    } else if ["Björn", "Käthe"].contains(&person.first_name()) {
        now - 4 * DAY_MS
    } else {
        now - dice.between(2, 100) * MINUTE
    }
}
