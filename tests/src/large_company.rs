//! A company after a year of work, for benchmarks: its customers, what was logged at them, and a technician who made
//! every promise.

use std::collections::VecDeque;
use std::path::Path;

use kept_core::model::event::EvidenceKind;
use kept_core::model::ids::{DocId, PersonId};
use kept_core::model::registry::Role;
use kept_core::notebook::VisitEntry;

use crate::{Company, Device, Scenario, account, fulfilled, promise_to, usage, visit_entry};

const KINDS: [&str; 6] = [
    "callback",
    "quote",
    "delivery",
    "fix",
    "service-visit",
    "information",
];
/// Words of which customers' names are made.
const TRADES: [&str; 8] = [
    "Bäckerei",
    "Hotel",
    "Müller",
    "Metzgerei",
    "Gasthof",
    "Molkerei",
    "Schreinerei",
    "Klinik",
];
const TOWNS: [&str; 7] = [
    "Adler",
    "Kaiser",
    "am Markt",
    "Nord",
    "Sonnenhof",
    "Weber",
    "Stern",
];
const YEAR_MS: i64 = 365 * 24 * 3_600_000;
/// Between two exchanges of the technician, in visits.
const VISITS_A_SYNC: usize = 500;

/// The size of a company.
#[derive(Clone, Copy, Debug)]
pub struct LargeCompanySize {
    /// Customers.
    pub accounts: usize,
    /// Visits, with an observation and a promise each.
    pub visits: usize,
    /// Promises that are still open at the end.
    pub open: usize,
    /// Colleagues who deliver beside the technician.
    pub colleagues: usize,
}

impl LargeCompanySize {
    /// 5,000 customers and 50,000 documents, of which 15,000 are promises.
    pub const FULL: Self = Self {
        accounts: 5_000,
        visits: 15_000,
        open: 2_000,
        colleagues: 12,
    };
    /// Enough to try whether everything runs.
    pub const TRIAL: Self = Self {
        accounts: 20,
        visits: 60,
        open: 20,
        colleagues: 2,
    };

    /// The number of documents in all.
    pub fn documents(self) -> usize {
        self.accounts + 3 * self.visits
    }
}

/// A company after a year, and the devices that know it.
pub struct LargeCompany {
    /// The company with its server.
    pub company: Company,
    /// The device of the technician who made every promise, in step with the server.
    pub technician: Device,
    /// A customer with few entries.
    pub customer: DocId,
    /// The customer with the most entries.
    pub busiest: DocId,
}

impl LargeCompany {
    /// Writes the year below a folder.
    pub fn found_in(size: LargeCompanySize, folder: &Path) -> Self {
        let company = Company::found_in(&Scenario::silent("large company"), folder);
        let technician = company.alice();
        let mut people = vec![technician.person()];
        people.extend(colleagues(&company, size.colleagues));
        technician.sync();
        let accounts = customers(&technician, size.accounts);
        let mut year = Year {
            technician: &technician,
            open: VecDeque::new(),
        };
        for number in 0..size.visits {
            company.advance(YEAR_MS / size.visits as i64);
            year.log(number, &accounts, &people);
            year.keep_one(number, size.open);
            if number % VISITS_A_SYNC == 0 {
                technician.sync();
            }
        }
        technician.sync();
        company.settle();
        technician.sync();
        Self {
            customer: accounts[accounts.len() / 2],
            busiest: accounts[0],
            company,
            technician,
        }
    }
}

fn colleagues(company: &Company, count: usize) -> Vec<PersonId> {
    let join = |number| {
        let name = format!("Colleague {number}");
        let device = company.device(&name, Role::Workshop, &["north"]);
        device.person()
    };
    (0..count).map(join).collect()
}

fn customers(technician: &Device, count: usize) -> Vec<DocId> {
    let notebook = technician.notebook();
    let create = |number: usize| {
        let trade = TRADES[number % TRADES.len()];
        let town = TOWNS[number / TRADES.len() % TOWNS.len()];
        let created = notebook.create_account(account(&format!("{trade} {town} {number}")));
        created.expect("a customer")
    };
    (0..count).map(create).collect()
}

/// The work of the year, while it is written.
struct Year<'a> {
    technician: &'a Device,
    /// The open promises, the oldest first.
    open: VecDeque<DocId>,
}

impl Year<'_> {
    /// Logs a visit with an observation and a promise. A tenth of the visits is at the busiest customer.
    fn log(&mut self, number: usize, accounts: &[DocId], people: &[PersonId]) {
        let customer = match number % 10 {
            0 => accounts[0],
            _ => accounts[number * 7_919 % accounts.len()],
        };
        let hours = 48 + (number * 37 % 400) as i64;
        let mut promised = promise_to(
            customer,
            &format!("spare part {number}"),
            people[number % people.len()],
            self.technician.due_in(hours),
        );
        promised.kind = KINDS[number % KINDS.len()].into();
        promised.ask = false;
        let said = format!("Visit {number}: the divider drifts when it is warm, the belt slips.");
        let entry = VisitEntry {
            usages: vec![usage(Some(customer))],
            promises: vec![promised],
            ..visit_entry(Some(customer), &said)
        };
        let logged = self.technician.notebook().log_visit(entry);
        self.open.extend(logged.expect("a visit").promises);
    }

    /// Keeps one of the older promises while more than so many are open.
    fn keep_one(&mut self, number: usize, open: usize) {
        if self.open.len() <= open {
            return;
        }
        let place = number * 31 % open.div_ceil(2);
        let promise = self.open.remove(place).expect("an open promise");
        let proof = fulfilled(EvidenceKind::SaidDone, "it runs");
        self.technician.change_promise(promise, proof);
    }
}
