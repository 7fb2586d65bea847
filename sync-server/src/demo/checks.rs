//! The checks of what must be true when the story has ended.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use kept_core::model::ids::DocId;
use kept_core::model::promise::Flag;

use super::DemoError;
use super::phone::Phone;
use super::stage::{SOFIA, Stage};
use crate::server::ServerState;

/// The number of times that a page is asked for before a visit counts as missing from it.
const TRIES: u32 = 40;

type Rows = BTreeMap<DocId, Vec<u8>>;

/// Runs all checks and prints them. True if all hold. `whole` is a device that reads every territory and
/// has read everything from the beginning.
pub fn all(
    stage: &mut Stage<'_>,
    whole: &Phone,
    state: &ServerState,
    runtime: &tokio::runtime::Runtime,
) -> Result<bool, DemoError> {
    let mut hold = true;
    for found in [
        quiet(stage, whole)?,
        outboxes(stage, whole)?,
        log(stage, state)?,
        healthy(stage, whole)?,
        rows(stage, whole)?,
        merged(stage)?,
        across(stage)?,
        ladders(stage)?,
        page(stage, state, runtime)?,
    ] {
        hold &= found.holds;
        stage.teller.check(found.holds, found.what, &found.detail)?;
    }
    Ok(hold)
}

/// The rungs of a callback that has no performer, in the order in which they ring.
const LADDER: [&str; 6] = [
    "half",
    "5-minutes",
    "due",
    "promiser-due",
    "pool-step-in",
    "office-step-in",
];
/// The rung at which the office is asked to decide. Its time hangs on the record: where half of such promises took
/// longer than was given, it never rings, else it does by the time when the promise is due.
const DECIDE: &str = "office-decide";

struct Found {
    what: &'static str,
    holds: bool,
    detail: String,
}

fn everybody<'a>(stage: &'a Stage<'_>, whole: &'a Phone) -> impl Iterator<Item = &'a Phone> {
    stage.phones.iter().chain([whole])
}

/// Exchanges until nothing moves any more; then one round trip each moves nothing.
fn quiet(stage: &Stage<'_>, whole: &Phone) -> Result<Found, DemoError> {
    for _ in 0..3 {
        for phone in everybody(stage, whole) {
            phone.sync()?;
        }
    }
    let mut loud = Vec::new();
    for phone in everybody(stage, whole) {
        let report = phone.sync()?;
        if (
            report.exchanges,
            report.sent,
            report.received,
            report.agrees,
        ) != (1, 0, 0, Some(true))
        {
            loud.push(format!("{} {report:?}", phone.name));
        }
    }
    Ok(Found {
        what: "One more exchange of each phone moves nothing, in one round trip, and agrees",
        holds: loud.is_empty(),
        detail: loud.join("; "),
    })
}

fn outboxes(stage: &Stage<'_>, whole: &Phone) -> Result<Found, DemoError> {
    let mut left = Vec::new();
    for phone in everybody(stage, whole) {
        let status = phone.notebook.status()?;
        if !status.unsent.is_empty() || status.arriving > 0 || status.forked {
            left.push(phone.name.clone());
        }
    }
    Ok(Found {
        what: "Every outbox is empty and nothing is half arrived",
        holds: left.is_empty(),
        detail: left.join(", "),
    })
}

/// Callbacks rang from half time to the office, and do not ring any more.
fn ladders(stage: &Stage<'_>) -> Result<Found, DemoError> {
    let mut wrong = Vec::new();
    for climbed in &stage.climbed {
        if !climbs(&climbed.rungs) {
            wrong.push(climbed.rungs.join(", "));
        }
        let called = stage.phones[SOFIA].notebook.promise(climbed.promise)?;
        if called.summary.flags.contains(&Flag::WithoutProof) {
            wrong.push("a call is no proof of the callback".into());
        }
        for phone in &stage.phones {
            let rings = phone.notebook.due_reminders(24 * 60 * 60_000)?;
            if rings.iter().any(|ring| ring.promise == climbed.promise) {
                wrong.push(format!("{} is still rung", phone.name));
            }
        }
    }
    Ok(Found {
        what: "A callback climbed its ladder to the office, and rings nobody once it was made",
        holds: wrong.is_empty() && !stage.climbed.is_empty(),
        detail: wrong.join("; "),
    })
}

/// True if these are the rungs of a callback, no matter what the record says of callbacks.
fn climbs(rungs: &[String]) -> bool {
    let place = |name: &str| rungs.iter().position(|rung| rung == name);
    let fixed = rungs.iter().filter(|rung| *rung != DECIDE);
    fixed.eq(LADDER.iter())
        && place(DECIDE).is_none_or(|decide| place("pool-step-in") > Some(decide))
}

/// The log holds what was sent, and that is as many changes as were written, each once.
fn log(stage: &Stage<'_>, state: &ServerState) -> Result<Found, DemoError> {
    let hashes = state.change_hashes()?;
    let distinct: BTreeSet<_> = hashes.iter().copied().collect();
    let sent = stage
        .phones
        .first()
        .map(|phone| phone.sent.hashes())
        .unwrap_or_default();
    let written = stage.written.load(std::sync::atomic::Ordering::SeqCst);
    let counts = u64::try_from(distinct.len()).unwrap_or(u64::MAX);
    let held = state.held_groups()?.len();
    Ok(Found {
        what: "The log holds exactly the changes that were written, each once",
        holds: distinct == sent && distinct.len() == hashes.len() && counts == written && held == 0,
        detail: format!(
            "{} in the log, {} sent, {written} written, {held} held",
            hashes.len(),
            sent.len()
        ),
    })
}

fn healthy(stage: &Stage<'_>, whole: &Phone) -> Result<Found, DemoError> {
    let mut ill = Vec::new();
    let mut documents = 0;
    for phone in everybody(stage, whole) {
        let checkup = phone.notebook.verify()?;
        documents += checkup.documents;
        if !checkup.is_healthy() {
            ill.push(format!("{} {checkup:?}", phone.name));
        }
    }
    let detail = if ill.is_empty() {
        format!(
            "{documents} documents on {} devices",
            everybody(stage, whole).count()
        )
    } else {
        ill.join("; ")
    };
    Ok(Found {
        what: "Every row on every device is what its changes say",
        holds: ill.is_empty(),
        detail,
    })
}

/// Every phone's rows are those of the device that sees everything, and it has all that it may see.
fn rows(stage: &Stage<'_>, whole: &Phone) -> Result<Found, DemoError> {
    let all: Rows = whole.notebook.rows()?.into_iter().collect();
    let mut differ = Vec::new();
    let mut compared = 0;
    for phone in &stage.phones {
        let rows: Rows = phone.notebook.rows()?.into_iter().collect();
        compared += rows.len();
        let wrong = rows
            .iter()
            .filter(|(doc, row)| all.get(doc) != Some(row))
            .count();
        let sees_all = phone.notebook.me()?.role.runs_the_company();
        if wrong > 0 || (sees_all && rows.len() != all.len()) {
            differ.push(format!(
                "{}: {wrong} of {} differ, {} in all",
                phone.name,
                rows.len(),
                all.len()
            ));
        }
    }
    let detail = if differ.is_empty() {
        format!("{compared} rows compared with {}", all.len())
    } else {
        differ.join("; ")
    };
    Ok(Found {
        what: "Every phone shows the same as a device that has read everything from the beginning",
        holds: differ.is_empty(),
        detail,
    })
}

fn merged(stage: &Stage<'_>) -> Result<Found, DemoError> {
    let mut missing = Vec::new();
    if let Some(merged) = &stage.merged {
        for phone in [super::stage::SAM, super::stage::ANN] {
            let account = stage.phones[phone]
                .notebook
                .account(merged.account)?
                .account;
            missing.extend(
                merged
                    .notes
                    .iter()
                    .filter(|note| !account.notes.contains(*note))
                    .cloned(),
            );
            let main = kept_core::model::account::ReachKind::Phone.main_item();
            let values: Vec<&String> = account
                .reaches
                .iter()
                .filter(|reach| reach.id == main)
                .flat_map(|reach| reach.values.iter().map(|value| &value.value))
                .collect();
            missing.extend(
                merged
                    .numbers
                    .iter()
                    .filter(|number| !values.contains(number))
                    .cloned(),
            );
        }
    }
    Ok(Found {
        what: "Of what two phones wrote into one account at once, both notes and both numbers are there",
        holds: stage.merged.is_some() && missing.is_empty(),
        detail: missing.join(", "),
    })
}

fn across(stage: &Stage<'_>) -> Result<Found, DemoError> {
    let mut missing = Vec::new();
    for (phone, promise) in &stage.across {
        if stage.phones[*phone].notebook.promise(*promise).is_err() {
            missing.push(promise.to_string());
        }
    }
    Ok(Found {
        what: "Whoever must deliver in another territory has the promise",
        holds: !stage.across.is_empty() && missing.is_empty(),
        detail: missing.join(", "),
    })
}

/// The office's page over HTTP, as a browser gets it that came in by a fresh link.
fn page(
    stage: &Stage<'_>,
    state: &ServerState,
    runtime: &tokio::runtime::Runtime,
) -> Result<Found, DemoError> {
    let ann = stage.phones[super::stage::ANN].person;
    let token = state.create_sign_in(ann)?;
    let url = state.url().trim_end_matches('/').to_owned();
    let missing_on = |page: &str| -> Vec<&str> {
        let texts = stage.texts.iter().map(String::as_str);
        texts.filter(|text| !page.contains(text)).collect()
    };
    let (status, page) = runtime.block_on(async {
        let browser = Browser::sign_in(url, &token).await?;
        let mut last = browser.get("/").await?;
        for _ in 0..TRIES {
            // The office reads the log a moment after it was written.
            if last.0 != 200 || !missing_on(&last.1).is_empty() {
                tokio::time::sleep(Duration::from_millis(250)).await;
                last = browser.get("/").await?;
            }
        }
        Ok::<_, DemoError>(last)
    })?;
    let missing = missing_on(&page);
    Ok(Found {
        what: "The office's page shows the story's visits",
        holds: status == 200 && missing.is_empty(),
        detail: match (status, missing.len()) {
            (200, 0) => format!("{} visits", stage.texts.len()),
            (200, _) => format!("not there: {}", missing.join(" | ")),
            (other, _) => format!("it answers {other}"),
        },
    })
}

/// As much of a browser as it takes to come in and look.
struct Browser {
    client: reqwest::Client,
    url: String,
    cookies: String,
}

impl Browser {
    /// Presses the button behind a sign-in link.
    async fn sign_in(url: String, token: &str) -> Result<Self, DemoError> {
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let answer = client
            .post(format!("{url}/signin"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("token={token}"))
            .send()
            .await?;
        let cookies = answer.headers().get_all("set-cookie").iter();
        let pairs: Vec<&str> = cookies
            .filter_map(|cookie| cookie.to_str().ok())
            .filter_map(|cookie| cookie.split(';').next())
            .collect();
        Ok(Self {
            cookies: pairs.join("; "),
            client,
            url,
        })
    }

    /// The status and text of a page.
    async fn get(&self, path: &str) -> Result<(u16, String), DemoError> {
        let url = format!("{}{path}", self.url);
        let answer = self
            .client
            .get(url)
            .header("cookie", &self.cookies)
            .send()
            .await?;
        Ok((answer.status().as_u16(), answer.text().await?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn climbs_as(rungs: &[&str]) -> bool {
        climbs(
            &rungs
                .iter()
                .map(|rung| (*rung).to_owned())
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn a_ladder_is_whole_whenever_the_record_lets_the_office_decide() {
        assert!(climbs_as(&LADDER));
        for early in 0..4 {
            let mut rungs = LADDER.to_vec();
            rungs.insert(early, DECIDE);
            assert!(climbs_as(&rungs), "{rungs:?}");
        }
        let [rungs @ .., _] = LADDER;
        assert!(!climbs_as(&rungs), "the office was not called");
        let late: Vec<_> = LADDER.into_iter().chain([DECIDE]).collect();
        assert!(!climbs_as(&late), "the office is asked after everything");
        assert!(!climbs_as(&[]));
    }
}
