//! The notebook of one person of the demo company at a chosen moment, with all files that another program needs to open
//! it: for pictures and tests of the apps, which are the same tomorrow.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use kept_core::Environment;
use kept_core::model::account::AccountEdit;
use kept_core::model::event::Performer;
use kept_core::model::ids::DocId;
use kept_core::model::time::Millis;
use kept_core::notebook::{
    AccountListQuery, DATABASE_KEY, FileSecretStore, KeptError, MemorySecretStore, Notebook,
    PromiseDraft, PromiseEdit, SecretStore, VisitEntry,
};
use kept_core::store::{Store, meta};
use kept_kit::{main_phone, promise_by, usage, visit};
use kept_server::Server;
use serde::Serialize;

use crate::calendar::MINUTE;
use crate::company_past::{CompanyPast, PastOptions, PhonePlace};
use crate::history::Author;
use crate::past_server::{PastServer, PastTransport};
use crate::people::people;
use crate::{CompanySize, DemoError};

/// The address that the notebook has for its server: nobody answers there.
const SERVER: &str = "https://kept.example";
/// The file that says when and where the notebook stands.
const FACTS: &str = "fixture.json";
const NOTEBOOK: &str = "notebook";
const SECRETS: &str = "secrets";
/// The time between the last exchange and the moment of the fixture, in milliseconds.
const LAST_CONTACT: i64 = 2 * MINUTE;

/// The options of a fixture.
#[derive(Clone, Debug)]
pub struct FixtureOptions {
    /// The person, by whole or first name.
    pub person: String,
    /// The moment, in milliseconds since the epoch.
    pub at: Millis,
    /// The time zone, as an IANA name.
    pub zone: String,
    /// The seed that the company is made from.
    pub seed: u64,
    /// The company's size.
    pub size: CompanySize,
    /// The folder, which must be empty or new.
    pub folder: PathBuf,
}

/// The facts that a program needs to open a fixture at its moment. They stand in `fixture.json` beside the notebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FixtureFacts {
    /// The person's name.
    pub name: String,
    /// The wall clock, in milliseconds since the epoch.
    pub wall_ms: Millis,
    /// The boot clock, in milliseconds.
    pub boot_ms: i64,
    /// The id of the boot.
    pub boot_id: String,
    /// The time zone, as an IANA name.
    pub zone: String,
}

/// Writes a fixture: the closed notebook in `notebook`, its secrets in `secrets`, and its facts in `fixture.json`.
pub fn write(options: &FixtureOptions) -> Result<FixtureFacts, DemoError> {
    crate::use_cryptography();
    crate::check_empty(&options.folder)?;
    // Whoever is not there is said before the work of minutes.
    let who = people(options.size)
        .iter()
        .position(|person| person.is_called(&options.person));
    let who = who.ok_or_else(|| DemoError::no_such_person(&options.person, options.size))?;
    let temporary = tempfile::tempdir()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let data_dir = temporary.path().join("server");
    let config = |environment| {
        let listen = std::net::SocketAddr::from((std::net::Ipv4Addr::LOCALHOST, 0));
        kept_kit::config(&data_dir, listen, environment)
    };
    let past_options = PastOptions {
        seed: options.seed,
        size: options.size,
        now: options.at,
        zone: options.zone.clone(),
        workers: 1,
    };
    fs::create_dir_all(&options.folder)?;
    let secrets = Arc::new(FileSecretStore::new(options.folder.join(SECRETS)));
    let place = |of: usize| match of == who {
        true => PhonePlace {
            folder: options.folder.join(NOTEBOOK),
            secrets: secrets.clone(),
        },
        false => PhonePlace {
            folder: temporary.path().join(of.to_string()),
            secrets: Arc::new(MemorySecretStore::default()),
        },
    };
    let running = AtomicBool::new(false);
    let (past, port) = CompanyPast::write(&past_options, &config, &place, &runtime, &running)?;
    drop(port);
    let server = runtime.block_on(Server::start(config(past.clock.clone())))?;
    let morning = Morning {
        past_server: PastServer {
            state: server.state(),
            clock: Arc::clone(&past.clock),
            sent: Arc::clone(&past.sent),
            turn: Mutex::new(()),
        },
        at: options.at,
        me: past.author(&options.person)?,
        colleague: past.colleague_of(who)?,
    };
    morning.work_together(|| runtime.block_on(server.settle()))?;
    runtime.block_on(server.shutdown());
    let author = morning.me;
    let facts = FixtureFacts {
        name: author.notebook.me()?.name,
        wall_ms: options.at,
        boot_ms: author.clock.boot_ms(),
        boot_id: author.clock.boot_id(),
        zone: options.zone.clone(),
    };
    author.notebook.pause()?;
    point_nowhere(&options.folder.join(NOTEBOOK), &*secrets)?;
    let text = serde_json::to_string_pretty(&facts).map_err(std::io::Error::from)?;
    fs::write(options.folder.join(FACTS), text + "\n")?;
    Ok(facts)
}

/// Gives a closed notebook an address where no server is: whatever opens it stays without a network.
fn point_nowhere(folder: &Path, secrets: &dyn SecretStore) -> Result<(), DemoError> {
    let broken = |what: String| DemoError::Story(what);
    let key = secrets.load(DATABASE_KEY.into()).map_err(KeptError::from)?;
    let key = key.and_then(|key| key.try_into().ok());
    let key = key.ok_or_else(|| broken("the notebook has no key".into()))?;
    let file = folder.join("notebook.db");
    let mut store = Store::open(&file, Some(&key)).map_err(|e| broken(e.to_string()))?;
    store
        .write(|transaction| {
            let mut identity = meta::identity(transaction)?;
            identity.server = Some(SERVER.into());
            meta::set(transaction, &identity)
        })
        .map_err(|e| broken(e.to_string()))
}

/// The last two hours before the moment of a fixture, in which a person and a colleague work.
struct Morning<'a> {
    past_server: PastServer,
    at: Millis,
    me: &'a Author,
    colleague: &'a Author,
}

impl Morning<'_> {
    /// Writes what two people do in two hours, so that each kind of thing that a screen shows is there.
    fn work_together(&self, settle: impl Fn()) -> Result<(), DemoError> {
        settle();
        let (me, colleague) = (self.me, self.colleague);
        self.exchange(colleague, 120)?;
        self.exchange(me, 110)?;
        let customers = self.customers()?;
        let customer = |number: usize| -> Result<DocId, DemoError> {
            let found = customers.get(number % customers.len().max(1));
            found
                .copied()
                .ok_or_else(|| DemoError::Story("nobody has a customer".into()))
        };
        self.correct_phone(me, customer(0)?, 100, "0711 482 110")?;
        self.correct_phone(colleague, customer(0)?, 95, "0711 482 111")?;
        let asked = self.promise(me, customer(1)?, "Bring the new seal kit", colleague, 90)?;
        self.promise(colleague, customer(2)?, "Look at the noisy fan", me, 85)?;
        self.callback(customer(4)?, "Call back about the invoice", 95, 30)?;
        self.exchange(me, 80)?;
        self.exchange(colleague, 60)?;
        colleague.clock.set(self.at - 55 * MINUTE);
        let later = colleague.notebook.due_in(5 * 24 * 60)?;
        let offer = PromiseEdit::Propose {
            due: later,
            reason: "The supplier delivers on Monday".into(),
        };
        colleague.notebook.change_promise(asked, vec![offer])?;
        self.exchange(colleague, 50)?;
        settle();
        self.exchange(me, LAST_CONTACT / MINUTE)?;
        self.log_what_stays_here(customer(3)?)?;
        me.clock.set(self.at);
        Ok(())
    }

    fn exchange(&self, author: &Author, minutes_ago: i64) -> Result<(), DemoError> {
        let at = self.at - minutes_ago * MINUTE;
        author.clock.set(at);
        let transport = PastTransport {
            past_server: &self.past_server,
            installation: author.notebook.me()?.installation,
            at,
            reads: true,
        };
        author.notebook.sync_with(&transport)?;
        Ok(())
    }

    /// The customers that both have, by name.
    fn customers(&self) -> Result<Vec<DocId>, DemoError> {
        let of = |notebook: &Notebook| -> Result<Vec<DocId>, DemoError> {
            let listed = notebook.accounts(AccountListQuery {
                archived: false,
                limit: 1_000,
                offset: 0,
            })?;
            Ok(listed.into_iter().map(|account| account.id).collect())
        };
        let theirs = of(&self.colleague.notebook)?;
        let mut mine = of(&self.me.notebook)?;
        mine.retain(|customer| theirs.contains(customer));
        Ok(mine)
    }

    fn correct_phone(
        &self,
        author: &Author,
        customer: DocId,
        minutes_ago: i64,
        number: &str,
    ) -> Result<(), DemoError> {
        author.clock.set(self.at - minutes_ago * MINUTE);
        let edit = AccountEdit::SetContactPoint {
            contact_point: main_phone(number),
        };
        author.notebook.edit_account(customer, vec![edit])?;
        Ok(())
    }

    /// A promise for which somebody else is asked.
    fn promise(
        &self,
        author: &Author,
        customer: DocId,
        deliverable: &str,
        performer: &Author,
        minutes_ago: i64,
    ) -> Result<DocId, DemoError> {
        author.clock.set(self.at - minutes_ago * MINUTE);
        let performer = Performer::Person {
            person: performer.person,
        };
        let due = author.notebook.due_in(2 * 24 * 60)?;
        let draft = PromiseDraft {
            account: Some(customer),
            ask: true,
            told: false,
            ..promise_by("fix", deliverable, performer, due)
        };
        Ok(author.notebook.make_promise(draft)?)
    }

    /// A callback that the person promised some minutes ago, due within some.
    fn callback(
        &self,
        customer: DocId,
        deliverable: &str,
        minutes_ago: i64,
        within: u32,
    ) -> Result<(), DemoError> {
        self.me.clock.set(self.at - minutes_ago * MINUTE);
        let draft = self.callback_draft(customer, deliverable, within)?;
        self.me.notebook.make_promise(draft)?;
        Ok(())
    }

    fn callback_draft(
        &self,
        customer: DocId,
        deliverable: &str,
        within: u32,
    ) -> Result<PromiseDraft, DemoError> {
        let performer = Performer::Person {
            person: self.me.person,
        };
        let due = self.me.notebook.due_in(within)?;
        Ok(PromiseDraft {
            account: Some(customer),
            ..promise_by("callback", deliverable, performer, due)
        })
    }

    /// A visit with an observation and a callback within twenty minutes, which no server has.
    fn log_what_stays_here(&self, customer: DocId) -> Result<(), DemoError> {
        self.me.clock.set(self.at - MINUTE);
        let callback = self.callback_draft(customer, "Call back about the defrost timer", 20)?;
        self.me.notebook.log_visit(VisitEntry {
            visit: visit(Some(customer), "The timer defrosts twice a night."),
            usages: vec![usage(Some(customer))],
            promises: vec![callback],
        })?;
        Ok(())
    }
}
