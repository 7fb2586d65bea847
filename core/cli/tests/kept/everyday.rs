//! A day's work: customers, visits, observations, promises, and reading it all again.

use kept_core::environment::{Environment, SystemEnvironment};
use kept_core::model::registry::Role;

use crate::test_folder::TestFolder;

#[test]
fn notes_that_changed_since_they_were_read_ask_which_version_holds() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Adler", "--note", "Gate code 1234"]);
    test_folder.ok(&["account", "edit", "adler", "--note", "Gate code 9012"]);
    // Written by a user who still reads the first version, and what they add is only added.
    let mine = "Gate code 5678\nDog bites.";
    let edit = ["account", "edit", "adler", "--note", mine];
    test_folder.ok(&[&edit[..], &["--was", "Gate code 1234"]].concat());
    let notes = || test_folder.json(&["account", "show", "adler"])["account"]["notes"].clone();
    assert_eq!(notes(), "Gate code 9012\nGate code 5678\nDog bites.");
    let conflicts = test_folder.json(&["conflicts"]);
    assert_eq!(conflicts[0]["sides"].as_array().unwrap().len(), 2);
    let asked = test_folder.ok(&["conflicts"]);
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
    test_folder.ok(&["settle", id, &(mine.unwrap() + 1).to_string()]);
    assert_eq!(notes(), "Gate code 5678\nDog bites.");
    assert_eq!(test_folder.json(&["conflicts"]), serde_json::json!([]));
    let history = test_folder.ok(&["history", "adler"]);
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
    let test_folder = TestFolder::new();
    assert!(test_folder.ok(&["account", "list"]).contains("No customer"));
    let id = test_folder.json(&[
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
    test_folder.ok(&[
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
    let listed = test_folder.json(&["account", "list"]);
    assert_eq!(listed[0]["id"], *id);
    assert_eq!(listed[0]["phone"], "030 9");
    let page = test_folder.json(&["account", "show", &id[..13]]);
    let account = &page["account"];
    assert_eq!(account["notes"], "Ring twice\nClosed Mondays");
    assert_eq!(account["tags"], serde_json::json!(["north"]));
    assert_eq!(account["contacts"][0]["name"], "Herr Klein");
    assert_eq!(account["contacts"].as_array().unwrap().len(), 1);
    assert_eq!(account["reaches"].as_array().unwrap().len(), 2);
    let shown = test_folder.ok(&["account", "show", "süß"]);
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
    test_folder.ok(&["account", "archive", "süß"]);
    assert_eq!(
        test_folder.json(&["account", "list"]),
        serde_json::json!([])
    );
    test_folder.ok(&["account", "restore", &id]);
    assert_eq!(test_folder.json(&["account", "list"])[0]["archived"], false);
}

#[test]
fn a_visit_says_when_they_came_and_left_where_it_was_and_that_nothing_was_promised() {
    let test_folder = TestFolder::new().joined();
    test_folder.ok(&["account", "add", "Bäckerei Süß"]);
    let logged = test_folder.json(&[
        "visit",
        "süß",
        "All is well",
        "--arrived",
        "yesterday 14:00",
        "--left",
        "yesterday 14:40",
        "--nothing-promised",
    ]);
    let id = logged["visit"].as_str().unwrap();
    let shown = test_folder.ok(&["show", id]);
    for text in ["Came", "14:00", "Left", "14:40", "Promised", "nothing"] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    let visit = test_folder.json(&["show", id])["visit"].clone();
    assert_eq!(visit["happened_at"], visit["arrived_at"]);
    let refused = test_folder.run(&[
        "visit",
        "süß",
        "All is well",
        "--arrived",
        "yesterday 14:00",
        "--left",
        "yesterday 13:00",
    ]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("before the time of coming"));
    let line = r#"{"account": "süß", "said": "", "planned": "yesterday 13:30", "nothing_promised": true,
        "place": {"lat": 52.520008, "lon": -13.404954, "accuracy": 20, "age_ms": 180000}}"#;
    let logged =
        test_folder.run_with_input(&["log", "--stdin"], line.replace('\n', " ").as_bytes());
    assert_eq!(logged.code, 0, "{logged:?}");
    let shown = test_folder.ok(&["--lang", "de", "show", logged.out.trim()]);
    for text in [
        "Geplant für",
        "52.520008, -13.404954, auf etwa 20 m genau, 3 Min. alt",
    ] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    let beyond =
        r#"{"account": "süß", "said": "x", "place": {"lat": 5e99, "lon": 0, "accuracy": 1}}"#;
    let refused = test_folder.run_with_input(&["log", "--stdin"], beyond.as_bytes());
    assert!(refused.err.contains("not on the globe"), "{refused:?}");
}

#[test]
fn what_was_said_and_seen_is_found_again() {
    let test_folder = TestFolder::new().joined();
    test_folder.ok(&["account", "add", "Bäckerei Süß"]);
    let logged = test_folder.json(&[
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
    test_folder.ok(&[
        "observe",
        "süß",
        "counts by hand",
        "--pain",
        "2",
        "--quote",
        "it never ends",
    ]);
    test_folder.ok(&["observe", "--need", "somebody for coolers"]);
    for text in ["backerei", "baeckerei", "BÄCKEREI"] {
        let found = test_folder.json(&["search", text]);
        assert_eq!(found[0]["text"], "Bäckerei Süß", "{text}");
    }
    let found = test_folder.json(&["search", "never", "ends"]);
    assert_eq!(
        (&found[0]["kind"], &found[0]["pain"]),
        (&"usage".into(), &2.into())
    );
    assert!(test_folder.ok(&["search", "zebra"]).contains("Nothing has"));
    test_folder.ok(&[
        "promise",
        "make",
        "süß",
        "oven door",
        "--due",
        "tomorrow",
        "--nobody",
    ]);
    let german = test_folder.ok(&["--lang", "de", "search", "oven", "door"]);
    assert!(german.contains("„oven door“"), "{german}");
    let timeline = test_folder.json(&["account", "show", "süß"])["timeline"].clone();
    assert_eq!(timeline.as_array().unwrap().len(), 4, "{timeline}");
    // Ids of one moment are printed as long as they must be to be told apart.
    let shown = test_folder.ok(&["search", "trips"]);
    let short = shown.split_whitespace().last().unwrap();
    assert_eq!(
        test_folder
            .json(&["history", short])
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn history_tells_who_changed_what() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Miller", "--phone", "1"]);
    test_folder.ok(&["account", "edit", "miller", "--phone", "2"]);
    let history = test_folder.json(&["history", "miller"]);
    assert_eq!(history.as_array().unwrap().len(), 2);
    assert_eq!(history[1]["changes"][0]["value"], "2");
    assert_eq!(history[1]["by_me"], true);
    let shown = test_folder.ok(&["history", "miller"]);
    assert!(
        shown.contains("you") && shown.contains("Name: Miller"),
        "{shown}"
    );
}

#[test]
fn doctor_and_status_say_that_all_is_well() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Miller"]);
    assert!(
        test_folder
            .ok(&["doctor"])
            .contains("in order: 1 entry, 1 change.")
    );
    let rebuilt = test_folder.json(&["doctor", "--rebuild"]);
    assert_eq!(
        (&rebuilt["healthy"], &rebuilt["rebuilt"]),
        (&true.into(), &1.into())
    );
    let status = test_folder.json(&["status"]);
    assert_eq!(status["unsent"][0]["state"], "unsent");
    assert!(
        status["line"]["text"]
            .as_str()
            .unwrap()
            .contains("1 customer")
    );
    assert_eq!(status["me"]["joined"], false);
    let german = test_folder.ok(&["status", "--lang", "de"]);
    assert!(german.contains("gehört noch zu keiner Firma"), "{german}");
    let by_locale = test_folder
        .command(&["status"])
        .env("LC_ALL", "de_DE.UTF-8")
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(by_locale.stdout).unwrap(), german);
}

#[test]
fn a_promise_gets_another_customer() {
    let test_folder = TestFolder::new().joined();
    for name in ["Miller", "Baker"] {
        test_folder.ok(&["account", "add", name]);
    }
    let make = ["promise", "make", "miller", "fuse", "--due", "tomorrow"];
    let id = test_folder.json(&make)["id"].as_str().unwrap().to_owned();
    let named = test_folder.json(&["promise", "customer", &id, "baker"]);
    assert_eq!(named["summary"]["account_name"], "Baker");
}

#[test]
fn a_promise_is_made_kept_and_shown_before_the_first_exchange() {
    let test_folder = TestFolder::new().joined();
    test_folder.ok(&["account", "add", "Miller"]);
    let id = test_folder.json(&[
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
    let listed = test_folder.ok(&["promise", "list"]);
    for text in [
        "○ Accepted by Sam",
        "Sam promised “spare fuse” to Miller, due in",
        "Sam delivers.",
    ] {
        assert!(listed.contains(text), "{text}: {listed}");
    }
    let today = test_folder.json(&["today"]);
    // Close to midnight it is due tomorrow.
    let found = ["due_today", "later"]
        .iter()
        .any(|section| today[section][0]["id"] == *id);
    assert!(found, "{today}");
    let started = test_folder.json(&["promise", "start", &id[..13]]);
    assert_eq!(started["summary"]["mark"], "accepted");
    assert_eq!(started["summary"]["state_words"]["text"], "Accepted by Sam");
    let shown = test_folder.ok(&[
        "promise",
        "fulfil",
        &id,
        "--evidence",
        "call",
        "--note",
        "all well",
    ]);
    assert!(shown.contains("● Kept"), "{shown}");
    let plain = test_folder
        .command(&["promise", "list", "--all"])
        .env("LANG", "C")
        .output()
        .unwrap();
    assert!(
        String::from_utf8(plain.stdout)
            .unwrap()
            .starts_with("[x] Kept")
    );
    test_folder.ok(&["promise", "dispute", &id, "still dark"]);
    test_folder.ok(&["promise", "retract", &id, "4"]);
    let shown = test_folder.ok(&["promise", "show", &id]);
    for text in [
        "Said as “in 30 minutes”",
        "“it runs”",
        "wrote down a dispute: “still dark”",
        "took an event back",
    ] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    assert_eq!(
        test_folder.json(&["promise", "list"]),
        serde_json::json!([])
    );
}

#[test]
fn help_teaches_with_examples() {
    let test_folder = TestFolder::new();
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
        let help = test_folder.ok(&args);
        let is_list = command == "account";
        assert!(is_list || help.contains("Examples:"), "{command}: {help}");
    }
    assert!(!test_folder.data().exists(), "help touches nothing");
}

#[test]
fn a_customer_is_seen_as_it_was_and_its_history_is_intact() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Hotel Adler", "--phone", "030 1"]);
    let now = SystemEnvironment.wall_ms();
    let before = jiff::Timestamp::from_millisecond(now).unwrap().to_string();
    test_folder.ok(&[
        "account",
        "edit",
        "adler",
        "--phone",
        "030 2",
        "--name",
        "Hotel Falke",
    ]);
    let past = test_folder.json(&["history", "falke", "--at", &before]);
    assert_eq!(past["account"]["name"], "Hotel Adler");
    assert_eq!(past["account"]["reaches"][0]["values"][0]["value"], "030 1");
    assert_eq!(past["later"], 1);
    let shown = test_folder.ok(&["history", "falke", "--at", &before]);
    for text in ["Hotel Adler", "030 1", "1 later change is left out"] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    assert!(!shown.contains("Falke"), "{shown}");
    let run_result = test_folder.run(&["history", "falke", "--at", &before, "--known"]);
    assert!(
        run_result
            .complaint()
            .contains("Nothing of this was there yet"),
        "{run_result:?}"
    );
    let run_result = test_folder.run(&["history", "falke", "--at", "1970-01-01T00:00:00Z"]);
    assert!(
        run_result.complaint().contains("It begins"),
        "{run_result:?}"
    );

    let intact = test_folder.ok(&["history", "falke", "--verify"]);
    assert!(
        intact.contains("2 changes, 0 with the server’s receipt, 2 not on the server"),
        "{intact}"
    );
    assert!(
        test_folder
            .ok(&["conflicts"])
            .contains("Nothing waits to be settled")
    );
    let run_result = test_folder.run(&["settle", "00000000", "1"]);
    assert!(
        run_result.complaint().contains("settled or has changed"),
        "{run_result:?}"
    );
}

#[test]
fn a_promise_says_why_it_stands_as_it_does_and_who_moves_next() {
    let test_folder = TestFolder::new().joined_as(Role::Office);
    test_folder.ok(&["account", "add", "Miller"]);
    let made = test_folder.json(&[
        "promise",
        "make",
        "miller",
        "spare fuse",
        "--due",
        "in 30 minutes",
        "--nobody",
    ]);
    let id = made["id"].as_str().unwrap();
    let shown = test_folder.ok(&["promise", "show", id]);
    assert!(shown.contains("Next: Sam names who delivers"), "{shown}");
    let refused = test_folder.run(&["promise", "accept", id]);
    assert!(
        refused
            .complaint()
            .contains("Only whoever is to deliver may do this. Nothing was changed."),
        "{refused:?}"
    );
    let wrong = test_folder.run(&["promise", "cancel", id, "--lang", "de", "--by", "us"]);
    assert_eq!(wrong.code, 0, "{wrong:?}");
    test_folder.ok(&["promise", "retract", id, "2"]);
    let assigned = test_folder.ok(&["promise", "assign", id, "--performer", "Sam"]);
    assert!(
        assigned.contains("Next: Sam does it and says so"),
        "{assigned}"
    );
    test_folder.ok(&["promise", "start", id, "--for", "Sam"]);
    test_folder.ok(&["promise", "fulfil", id]);
    let why = test_folder.ok(&["promise", "show", id, "--why"]);
    for text in [
        "Done by the owed date.",
        "It was done, and not called off before.",
        "does not count: its author took it back",
        "is the proof that counts",
        "names who is to deliver",
    ] {
        assert!(why.contains(text), "{text}: {why}");
    }
    let why = test_folder.json(&["promise", "show", id, "--why"]);
    assert_eq!(why["outcome"], "done_in_time");
    assert_eq!(why["work"], "fulfilled");
    assert_eq!(why["events"][1]["effect"]["is"], "taken_back");
    assert_eq!(why["events"][1]["event"]["counts"], false);
}

#[cfg(unix)]
#[test]
fn the_examples_of_an_edit_are_ones_that_work() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Bäckerei Süß"]);
    let help = test_folder.ok(&["account", "edit", "--help"]);
    let examples = help.lines().filter_map(|line| {
        let line = line.strip_prefix("  kept ")?;
        // Behind the command stands what it does; settling needs a second person.
        let line = line.split("   ").next()?;
        (!line.contains("--settle")).then_some(line)
    });
    let program = env!("CARGO_BIN_EXE_kept");
    let mut run_result = 0;
    for example in examples {
        let done = std::process::Command::new("sh")
            .env("KEPT_DATA", test_folder.data())
            .args(["-c", &format!("{program} {example}")])
            .output()
            .unwrap();
        assert!(done.status.success(), "{example}: {done:?}");
        run_result += 1;
    }
    assert_eq!(run_result, 6);
}

#[test]
fn people_of_one_name_are_told_apart_by_their_ids() {
    let test_folder = TestFolder::new();
    test_folder.ok(&[
        "account",
        "add",
        "Miller",
        "--contact",
        "Ann, owner",
        "--contact",
        "Ann",
    ]);
    let remove =
        |name: &str| test_folder.run(&["account", "edit", "miller", "--remove-contact", name]);
    let contacts = test_folder.json(&["account", "show", "miller"])["account"]["contacts"].clone();
    let contacts = contacts.as_array().unwrap();
    let (first, second) = (&contacts[0], &contacts[1]);
    let run_result = remove("ann");
    let told = run_result.complaint();
    for one in [first, second] {
        assert!(told.contains(one["id"].as_str().unwrap()), "{told}");
    }
    assert_eq!(remove(first["id"].as_str().unwrap()).code, 0);
    let left = test_folder.json(&["account", "show", "miller"])["account"]["contacts"].clone();
    assert_eq!(left, serde_json::json!([second]));
}

#[test]
fn a_list_that_shows_nobody_does_not_say_that_nobody_is_here() {
    let test_folder = TestFolder::new();
    assert!(
        test_folder
            .ok(&["account", "list"])
            .contains("No customer is here yet")
    );
    test_folder.ok(&["account", "add", "Miller"]);
    for args in [
        &["account", "list", "--limit", "0"][..],
        &["account", "list", "--offset", "7"],
    ] {
        let told = test_folder.ok(args);
        assert!(!told.contains("No customer is here"), "{told}");
    }
    test_folder.ok(&["account", "archive", "miller"]);
    let told = test_folder.ok(&["account", "list"]);
    assert!(told.contains("--archived"), "{told}");
}

#[test]
fn a_visit_and_an_observation_are_corrected_archived_and_brought_back() {
    let test_folder = TestFolder::new();
    for name in ["Hotel Adler", "Hotel Krone"] {
        test_folder.ok(&["account", "add", name]);
    }
    let logged = test_folder.json(&["visit", "adler", "The door sticks", "--observe", "kicks it"]);
    let visit = logged["visit"].as_str().unwrap().to_owned();
    let usage = logged["usages"][0].as_str().unwrap().to_owned();
    let corrected = [
        "correct",
        &visit,
        "--said",
        "The lid sticks",
        "--account",
        "krone",
        "--channel",
        "call",
        "--add-mark",
        "happy",
    ];
    assert_eq!(test_folder.ok(&corrected).trim(), "Corrected.");
    test_folder.ok(&["correct", &usage, "--pain", "3", "--doing", "lifts it"]);
    let shown = test_folder.ok(&["show", &visit]);
    for text in ["The lid sticks", "Hotel Krone", "happy"] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    assert!(test_folder.ok(&["show", &usage]).contains("lifts it"));

    for wrong in [
        vec!["correct", &visit, "--pain", "1"],
        vec!["correct", &usage, "--said", "x"],
        vec!["correct", &visit],
        vec!["correct", "adler", "--said", "x"],
    ] {
        let refused = test_folder.run(&wrong);
        assert!(
            refused.err.contains("Nothing was changed"),
            "{wrong:?}: {refused:?}"
        );
    }
    test_folder.ok(&["correct", &visit, "--archive", "--reason", "twice"]);
    let is_archived = || {
        test_folder
            .json(&["show", &visit])
            .to_string()
            .contains("\"archived\":true")
    };
    assert!(is_archived());
    test_folder.ok(&["correct", &visit, "--restore"]);
    assert!(!is_archived());
}
