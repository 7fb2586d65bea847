//! A day's work: customers, visits, observations, promises, and reading it all again.

use kept_core::environment::{Environment, SystemEnvironment};
use kept_core::model::people::Role;

use crate::bench::Bench;

#[test]
fn notes_that_changed_since_they_were_read_ask_which_version_holds() {
    let bench = Bench::new();
    bench.ok(&["account", "add", "Adler", "--note", "Gate code 1234"]);
    bench.ok(&["account", "edit", "adler", "--note", "Gate code 9012"]);
    // Written by a user who still reads the first version, and what they add is only added.
    let mine = "Gate code 5678\nDog bites.";
    let edit = ["account", "edit", "adler", "--note", mine];
    bench.ok(&[&edit[..], &["--was", "Gate code 1234"]].concat());
    let notes = || bench.json(&["account", "show", "adler"])["account"]["notes"].clone();
    assert_eq!(notes(), "Gate code 9012\nGate code 5678\nDog bites.");
    let conflicts = bench.json(&["conflicts"]);
    assert_eq!(conflicts[0]["sides"].as_array().unwrap().len(), 2);
    let asked = bench.ok(&["conflicts"]);
    for text in [
        "“Gate code 1234” before",
        "“Gate code 5678” holds",
        "All of them stand",
    ] {
        assert!(asked.contains(text), "{text}: {asked}");
    }
    let id = conflicts[0]["id"].as_str().unwrap();
    let choices = conflicts[0]["choices"].as_array().unwrap();
    let words = |choice: &serde_json::Value| choice["words"]["args"][0].to_string();
    let mine = choices
        .iter()
        .position(|choice| words(choice).contains("5678"));
    bench.ok(&["settle", id, &(mine.unwrap() + 1).to_string()]);
    assert_eq!(notes(), "Gate code 5678\nDog bites.");
    assert_eq!(bench.json(&["conflicts"]), serde_json::json!([]));
    let history = bench.ok(&["history", "adler"]);
    for version in [
        "Notes: Gate code 1234\n",
        "Notes: Gate code 9012\n",
        "Dog bites.",
    ] {
        assert!(history.contains(version), "{version}: {history}");
    }
}

#[test]
fn a_customer_is_written_down_listed_changed_and_shown() {
    let bench = Bench::new();
    assert!(bench.ok(&["account", "list"]).contains("No customer"));
    let id = bench.json(&[
        "account",
        "add",
        "Bäckerei Süß",
        "--phone",
        "030 1",
        "--phone",
        "030 2",
        "--tag",
        "oven",
        "--contact",
        "Frau Müller, owner",
        "--note",
        "Ring twice",
    ])["id"]
        .as_str()
        .unwrap()
        .to_owned();
    bench.ok(&[
        "account",
        "edit",
        "süß",
        "--phone",
        "030 9",
        "--add-note",
        "Closed Mondays",
        "--untag",
        "oven",
        "--tag",
        "north",
        "--add-contact",
        "Herr Klein",
        "--remove-contact",
        "müller",
    ]);
    let listed = bench.json(&["account", "list"]);
    assert_eq!(listed[0]["id"], *id);
    assert_eq!(listed[0]["phone"], "030 9");
    let page = bench.json(&["account", "show", &id[..13]]);
    let account = &page["account"];
    assert_eq!(account["notes"], "Ring twice\nClosed Mondays");
    assert_eq!(account["tags"], serde_json::json!(["north"]));
    assert_eq!(account["contacts"][0]["name"], "Herr Klein");
    assert_eq!(account["contacts"].as_array().unwrap().len(), 1);
    assert_eq!(account["reaches"].as_array().unwrap().len(), 2);
    let shown = bench.ok(&["account", "show", "süß"]);
    for text in [
        "030 9",
        "030 2",
        "Herr Klein",
        "Closed Mondays",
        "by you",
        id.as_str(),
    ] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    bench.ok(&["account", "archive", "süß"]);
    assert_eq!(bench.json(&["account", "list"]), serde_json::json!([]));
    bench.ok(&["account", "restore", &id]);
    assert_eq!(bench.json(&["account", "list"])[0]["archived"], false);
}

#[test]
fn what_was_said_and_seen_is_found_again() {
    let bench = Bench::new().joined();
    bench.ok(&["account", "add", "Bäckerei Süß"]);
    let logged = bench.json(&[
        "visit",
        "süß",
        "The oven trips",
        "--means",
        "moisture",
        "--channel",
        "call",
        "--at",
        "yesterday 14:00",
        "--mark",
        "follow-up",
        "--observe",
        "props the door open",
    ]);
    assert_eq!(logged["usages"].as_array().unwrap().len(), 1);
    bench.ok(&[
        "observe",
        "süß",
        "counts by hand",
        "--pain",
        "2",
        "--quote",
        "it never ends",
    ]);
    bench.ok(&["observe", "--need", "somebody for coolers"]);
    for text in ["backerei", "baeckerei", "BÄCKEREI"] {
        let found = bench.json(&["search", text]);
        assert_eq!(found[0]["text"], "Bäckerei Süß", "{text}");
    }
    let found = bench.json(&["search", "never", "ends"]);
    assert_eq!(
        (&found[0]["kind"], &found[0]["pain"]),
        (&"usage".into(), &2.into())
    );
    assert!(bench.ok(&["search", "zebra"]).contains("Nothing has"));
    bench.ok(&[
        "promise",
        "make",
        "süß",
        "oven door",
        "--due",
        "tomorrow",
        "--nobody",
    ]);
    let german = bench.ok(&["--lang", "de", "search", "oven", "door"]);
    assert!(german.contains("„oven door“"), "{german}");
    let timeline = bench.json(&["account", "show", "süß"])["timeline"].clone();
    assert_eq!(timeline.as_array().unwrap().len(), 4, "{timeline}");
    // Ids of one moment are printed as long as they must be to be told apart.
    let shown = bench.ok(&["search", "trips"]);
    let short = shown.split_whitespace().last().unwrap();
    assert_eq!(bench.json(&["history", short]).as_array().unwrap().len(), 1);
}

#[test]
fn history_tells_who_changed_what() {
    let bench = Bench::new();
    bench.ok(&["account", "add", "Miller", "--phone", "1"]);
    bench.ok(&["account", "edit", "miller", "--phone", "2"]);
    let history = bench.json(&["history", "miller"]);
    assert_eq!(history.as_array().unwrap().len(), 2);
    assert_eq!(history[1]["changes"][0]["value"], "2");
    assert_eq!(history[1]["by_me"], true);
    let shown = bench.ok(&["history", "miller"]);
    assert!(
        shown.contains("you") && shown.contains("Name: Miller"),
        "{shown}"
    );
}

#[test]
fn doctor_and_status_say_that_all_is_well() {
    let bench = Bench::new();
    bench.ok(&["account", "add", "Miller"]);
    assert!(
        bench
            .ok(&["doctor"])
            .contains("in order: 1 entry, 1 change.")
    );
    let rebuilt = bench.json(&["doctor", "--rebuild"]);
    assert_eq!(
        (&rebuilt["healthy"], &rebuilt["rebuilt"]),
        (&true.into(), &1.into())
    );
    let status = bench.json(&["status"]);
    assert_eq!(status["unsent"][0]["state"], "unsent");
    assert!(
        status["line"]["text"]
            .as_str()
            .unwrap()
            .contains("1 customer")
    );
    assert_eq!(status["me"]["joined"], false);
    let german = bench.ok(&["status", "--lang", "de"]);
    assert!(german.contains("gehört noch zu keiner Firma"), "{german}");
    let by_locale = bench
        .command(&["status"])
        .env("LC_ALL", "de_DE.UTF-8")
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(by_locale.stdout).unwrap(), german);
}

#[test]
fn a_promise_is_made_kept_and_shown_before_the_first_exchange() {
    let bench = Bench::new().joined();
    bench.ok(&["account", "add", "Miller"]);
    let id = bench.json(&[
        "promise",
        "make",
        "miller",
        "spare fuse",
        "--due",
        "in 30 minutes",
        "--criterion",
        "it runs",
    ])["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let listed = bench.ok(&["promise", "list"]);
    for text in [
        "○ Accepted by Sam",
        "Sam promised “spare fuse” to Miller, due in",
        "Sam delivers.",
    ] {
        assert!(listed.contains(text), "{text}: {listed}");
    }
    let today = bench.json(&["today"]);
    // Close to midnight it is due tomorrow.
    let found = ["due_today", "later"]
        .iter()
        .any(|section| today[section][0]["id"] == *id);
    assert!(found, "{today}");
    let started = bench.json(&["promise", "start", &id[..13]]);
    assert_eq!(started["summary"]["mark"], "accepted");
    assert_eq!(started["summary"]["state_words"]["text"], "Accepted by Sam");
    let shown = bench.ok(&[
        "promise",
        "fulfil",
        &id,
        "--evidence",
        "call",
        "--note",
        "all well",
    ]);
    assert!(shown.contains("● Kept"), "{shown}");
    let plain = bench
        .command(&["promise", "list", "--all"])
        .env("LANG", "C")
        .output()
        .unwrap();
    assert!(
        String::from_utf8(plain.stdout)
            .unwrap()
            .starts_with("[x] Kept")
    );
    bench.ok(&["promise", "dispute", &id, "still dark"]);
    bench.ok(&["promise", "retract", &id, "4"]);
    let shown = bench.ok(&["promise", "show", &id]);
    for text in [
        "Said as “in 30 minutes”",
        "“it runs”",
        "wrote down a dispute: “still dark”",
        "took an event back",
    ] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    assert_eq!(bench.json(&["promise", "list"]), serde_json::json!([]));
}

#[test]
fn help_teaches_with_examples() {
    let bench = Bench::new();
    for command in [
        "",
        "join",
        "account",
        "account add",
        "account list",
        "account show",
        "account edit",
        "account import",
        "account archive",
        "visit",
        "observe",
        "promise make",
        "promise list",
        "promise show",
        "promise ask",
        "promise accept",
        "promise decline",
        "promise propose",
        "promise agree",
        "promise told",
        "promise reassign",
        "promise start",
        "promise fulfil",
        "promise confirm",
        "promise dispute",
        "promise resolve",
        "promise cancel",
        "promise retract",
        "promise thank",
        "log",
        "search",
        "today",
        "sync",
        "status",
        "history",
        "colleagues",
        "doctor",
    ] {
        let mut args: Vec<&str> = command.split_whitespace().collect();
        args.push("--help");
        let help = bench.ok(&args);
        let is_list = command == "account";
        assert!(is_list || help.contains("Examples:"), "{command}: {help}");
    }
    assert!(!bench.data().exists(), "help touches nothing");
}

#[test]
fn a_customer_is_seen_as_it_was_and_its_history_is_intact() {
    let bench = Bench::new();
    bench.ok(&["account", "add", "Hotel Adler", "--phone", "030 1"]);
    let now = SystemEnvironment.wall_ms();
    let before = jiff::Timestamp::from_millisecond(now).unwrap().to_string();
    bench.ok(&[
        "account",
        "edit",
        "adler",
        "--phone",
        "030 2",
        "--name",
        "Hotel Falke",
    ]);
    let past = bench.json(&["history", "falke", "--at", &before]);
    assert_eq!(past["account"]["name"], "Hotel Adler");
    assert_eq!(past["account"]["reaches"][0]["values"][0]["value"], "030 1");
    assert_eq!(past["later"], 1);
    let shown = bench.ok(&["history", "falke", "--at", &before]);
    for text in ["Hotel Adler", "030 1", "1 later change is left out"] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    assert!(!shown.contains("Falke"), "{shown}");
    let ran = bench.run(&["history", "falke", "--at", &before, "--known"]);
    assert!(
        ran.complaint().contains("Nothing of this was there yet"),
        "{ran:?}"
    );
    let ran = bench.run(&["history", "falke", "--at", "1970-01-01T00:00:00Z"]);
    assert!(ran.complaint().contains("It begins"), "{ran:?}");

    let intact = bench.ok(&["history", "falke", "--verify"]);
    assert!(
        intact.contains("2 changes, 0 with the server’s receipt, 2 not on the server"),
        "{intact}"
    );
    assert!(
        bench
            .ok(&["conflicts"])
            .contains("Nothing waits to be settled")
    );
    let ran = bench.run(&["settle", "00000000", "1"]);
    assert!(
        ran.complaint().contains("settled or has changed"),
        "{ran:?}"
    );
}

#[test]
fn a_promise_says_why_it_stands_as_it_does_and_who_moves_next() {
    let bench = Bench::new().joined_as(Role::Office);
    bench.ok(&["account", "add", "Miller"]);
    let made = bench.json(&[
        "promise",
        "make",
        "miller",
        "spare fuse",
        "--due",
        "in 30 minutes",
        "--nobody",
    ]);
    let id = made["id"].as_str().unwrap();
    let shown = bench.ok(&["promise", "show", id]);
    assert!(shown.contains("Next: Sam names who delivers"), "{shown}");
    let refused = bench.run(&["promise", "accept", id]);
    assert!(
        refused
            .complaint()
            .contains("Only whoever is to deliver may do this. Nothing was changed."),
        "{refused:?}"
    );
    let wrong = bench.run(&["promise", "cancel", id, "--lang", "de", "--by", "us"]);
    assert_eq!(wrong.code, 0, "{wrong:?}");
    bench.ok(&["promise", "retract", id, "2"]);
    let assigned = bench.ok(&["promise", "assign", id, "--performer", "Sam"]);
    assert!(
        assigned.contains("Next: Sam does it and says so"),
        "{assigned}"
    );
    bench.ok(&["promise", "start", id, "--for", "Sam"]);
    bench.ok(&["promise", "fulfil", id]);
    let why = bench.ok(&["promise", "show", id, "--why"]);
    for text in [
        "Done by the owed date.",
        "It was done, and not called off before.",
        "does not count: its author took it back",
        "is the proof that counts",
        "names who is to deliver",
    ] {
        assert!(why.contains(text), "{text}: {why}");
    }
    let why = bench.json(&["promise", "show", id, "--why"]);
    assert_eq!(why["outcome"], "done_in_time");
    assert_eq!(why["work"], "fulfilled");
    assert_eq!(why["events"][1]["effect"]["is"], "taken_back");
    assert_eq!(why["events"][1]["event"]["counts"], false);
}

#[cfg(unix)]
#[test]
fn the_examples_of_an_edit_are_ones_that_work() {
    let bench = Bench::new();
    bench.ok(&["account", "add", "Bäckerei Süß"]);
    let help = bench.ok(&["account", "edit", "--help"]);
    let examples = help.lines().filter_map(|line| {
        let line = line.strip_prefix("  kept ")?;
        // Behind the command stands what it does; settling needs a second person.
        let line = line.split("   ").next()?;
        (!line.contains("--settle")).then_some(line)
    });
    let program = env!("CARGO_BIN_EXE_kept");
    let mut ran = 0;
    for example in examples {
        let done = std::process::Command::new("sh")
            .env("KEPT_DATA", bench.data())
            .args(["-c", &format!("{program} {example}")])
            .output()
            .unwrap();
        assert!(done.status.success(), "{example}: {done:?}");
        ran += 1;
    }
    assert_eq!(ran, 6);
}

#[test]
fn people_of_one_name_are_told_apart_by_their_ids() {
    let bench = Bench::new();
    bench.ok(&[
        "account",
        "add",
        "Miller",
        "--contact",
        "Ann, owner",
        "--contact",
        "Ann",
    ]);
    let remove = |name: &str| bench.run(&["account", "edit", "miller", "--remove-contact", name]);
    let contacts = bench.json(&["account", "show", "miller"])["account"]["contacts"].clone();
    let contacts = contacts.as_array().unwrap();
    let (first, second) = (&contacts[0], &contacts[1]);
    let ran = remove("ann");
    let told = ran.complaint();
    for one in [first, second] {
        assert!(told.contains(one["id"].as_str().unwrap()), "{told}");
    }
    assert_eq!(remove(first["id"].as_str().unwrap()).code, 0);
    let left = bench.json(&["account", "show", "miller"])["account"]["contacts"].clone();
    assert_eq!(left, serde_json::json!([second]));
}

#[test]
fn a_list_that_shows_nobody_does_not_say_that_nobody_is_here() {
    let bench = Bench::new();
    assert!(
        bench
            .ok(&["account", "list"])
            .contains("No customer is here yet")
    );
    bench.ok(&["account", "add", "Miller"]);
    for args in [
        &["account", "list", "--limit", "0"][..],
        &["account", "list", "--offset", "7"],
    ] {
        let told = bench.ok(args);
        assert!(!told.contains("No customer is here"), "{told}");
    }
    bench.ok(&["account", "archive", "miller"]);
    let told = bench.ok(&["account", "list"]);
    assert!(told.contains("--archived"), "{told}");
}
