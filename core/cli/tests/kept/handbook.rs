//! The handbook and what people say about themselves, as the office and a technician use them.

use kept_core::model::registry::Role;
use serde_json::json;

use crate::test_folder::TestFolder;

fn office() -> TestFolder {
    TestFolder::new().joined_as(Role::Office)
}

#[test]
fn the_office_writes_a_kind_and_promises_are_made_under_it() {
    let test_folder = office();
    let listed = test_folder.ok(&["handbook", "list"]);
    assert!(
        listed.contains("callback") && listed.contains("30 min of work"),
        "{listed}"
    );
    let said = test_folder.ok(&[
        "handbook",
        "set",
        "Tow",
        "--name",
        "Abschleppen",
        "--lead",
        "1h30m",
        "--working-time",
        "no",
        "--quantile",
        "90",
        "--evidence",
        "photo",
        "--evidence",
        "signature",
        "--effort",
        "1d",
        "--role",
        "technician",
        "--grace",
        "10m",
    ]);
    assert!(
        said.contains("Abschleppen is new in the handbook."),
        "{said}"
    );
    let tow = test_folder.json(&["handbook", "show", "tow"]);
    let kind = &tow["kind"];
    assert_eq!(
        (
            &kind["lead_minutes"],
            &kind["effort_minutes"],
            &kind["grace_minutes"]
        ),
        (&json!(90), &json!(480), &json!(10))
    );
    assert_eq!(kind["evidence"], json!(["photo", "signature"]));
    test_folder.ok(&[
        "handbook",
        "set",
        "tow",
        "--working-time",
        "yes",
        "--lead",
        "2d",
    ]);
    assert_eq!(
        test_folder.json(&["handbook", "show", "tow"])["kind"]["lead_minutes"],
        960
    );

    test_folder.ok(&["account", "add", "Miller"]);
    let make = [
        "promise",
        "make",
        "miller",
        "the car",
        "--due",
        "tomorrow 10:00",
        "--kind",
        "tow",
    ];
    test_folder.ok(&make);
    test_folder.ok(&["handbook", "retire", "tow"]);
    let refused = test_folder.run(&make);
    let told = refused.complaint();
    assert!(told.contains("offers “tow” no more"), "{told}");
    assert!(
        told.contains("callback") && told.contains("service-visit"),
        "{told}"
    );
    assert_eq!(test_folder.json(&["promise", "list"])[0]["kind"], "tow");
    test_folder.ok(&["handbook", "set", "tow", "--offer"]);
    test_folder.ok(&[&make[..], &["--anyway"]].concat());
    // A promise that was given no kind is "other".
    test_folder.ok(&["promise", "make", "miller", "x", "--due", "tomorrow 10:00"]);
    let kinds = test_folder.json(&["promise", "list"]);
    assert!(
        kinds
            .as_array()
            .unwrap()
            .iter()
            .any(|promise| promise["kind"] == "other")
    );
}

#[test]
fn hours_and_holidays_decide_when_a_day_ends() {
    let test_folder = office();
    assert!(
        test_folder
            .ok(&["handbook", "hours"])
            .contains("Monday to Friday")
    );
    let said = test_folder.ok(&[
        "handbook",
        "hours",
        "Mon-Sun 6:00-15:00",
        "--zone",
        "Europe/Berlin",
    ]);
    assert!(said.contains("Mon–Sun 6:00–15:00"), "{said}");
    test_folder.ok(&["handbook", "holiday", "add", "2031-12-24..2031-12-26"]);
    let hours = test_folder.json(&["handbook", "hours"]);
    assert_eq!(hours["closed"].as_array().unwrap().len(), 3);
    test_folder.ok(&["account", "add", "Miller"]);
    let due = |date: &str| {
        let make = ["promise", "make", "miller", "it", "--due", date];
        let id = test_folder.json(&make)["id"].clone();
        let promise = test_folder.json(&["promise", "show", id.as_str().unwrap()]);
        let closing = promise["owed"]["closing"].clone();
        (closing["date"].clone(), closing["of_day"].clone())
    };
    assert_eq!(due("2031-12-25"), (json!("2031-12-23"), json!(900)));
    test_folder.ok(&["handbook", "holiday", "remove", "2031-12-25"]);
    assert_eq!(due("2031-12-25"), (json!("2031-12-25"), json!(900)));
    assert_eq!(due("2031-12-25 10:00"), (json!(null), json!(null)));
}

#[test]
fn a_technician_is_told_who_writes_the_handbook_in_their_language() {
    let test_folder = TestFolder::new().joined();
    for args in [
        &["handbook", "set", "callback", "--lead", "45m"][..],
        &["handbook", "retire", "callback"],
        &["handbook", "hours", "Mon-Fri 8-17"],
        &["handbook", "holiday", "add", "2031-12-25"],
    ] {
        let told = test_folder.run(args);
        let sentence = "Only the office and the owner write the handbook. Nothing was changed.";
        assert!(told.complaint().starts_with(sentence), "{told:?}");
    }
    let german = test_folder.run(&["handbook", "retire", "callback", "--lang", "de"]);
    assert!(
        german
            .complaint()
            .contains("schreiben nur Büro und Leitung"),
        "{german:?}"
    );
    let machine = test_folder.run(&["handbook", "retire", "callback", "--json"]);
    assert!(
        machine.err.contains("error-handbook-of-the-office"),
        "{machine:?}"
    );
    assert_eq!(test_folder.json(&["status"])["unsent"], json!([]));
    // Before there is a company there is no handbook to write.
    let alone = TestFolder::new().run(&["handbook", "retire", "callback"]);
    assert!(
        alone.complaint().contains("belongs to no company"),
        "{alone:?}"
    );
}

#[test]
fn people_say_when_they_work_and_how_they_win() {
    let test_folder = TestFolder::new().joined();
    assert!(
        test_folder
            .ok(&["me", "show"])
            .contains("those of the company")
    );
    test_folder.ok(&[
        "me",
        "set",
        "--hours",
        "Mo-Do 7-16",
        "--zone",
        "Europe/Vienna",
        "--quiet",
        "20:00-7:00",
        "--effort",
        "fix=45m",
        "--effort",
        "quote=2h",
        "--absent",
        "2031-12-24..2032-01-02",
        "--phone",
        "+49 30 22",
        "--wins",
        "Call me before noon.",
    ]);
    let says = test_folder.json(&["me", "show"]);
    assert_eq!(says["hours"]["zone"], "Europe/Vienna");
    assert_eq!(says["quiet"], json!({"from": 1200, "to": 420}));
    assert_eq!(says["absent"].as_array().unwrap().len(), 10);
    let effort = &says["efforts"][0];
    assert_eq!(
        (&effort["kind"], &effort["minutes"]),
        (&json!("fix"), &json!(45))
    );
    let german = test_folder.ok(&["--lang", "de", "me", "show"]);
    assert!(german.contains("Reparatur 45 Min."), "{german}");
    let shown = test_folder.ok(&["me", "show"]);
    for text in [
        "Sam",
        "Mon–Thu 7:00–16:00",
        "20:00–7:00",
        "fix 45 min",
        "quote 2 h",
        "+49 30 22",
        "before noon",
    ] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    test_folder.ok(&[
        "me",
        "set",
        "--hours",
        "company",
        "--quiet",
        "none",
        "--effort",
        "fix=0m",
        "--remove-phone",
        "+49 30 22",
        "--present",
        "2031-12-24..2032-01-02",
    ]);
    let says = test_folder.json(&["me", "show"]);
    assert_eq!(
        (&says["hours"], &says["quiet"]),
        (&json!(null), &json!(null))
    );
    assert_eq!((&says["phones"], &says["absent"]), (&json!([]), &json!([])));
    let effort = &says["efforts"][0];
    assert_eq!(
        (&effort["kind"], &effort["minutes"]),
        (&json!("quote"), &json!(120))
    );
}

#[test]
fn what_cannot_be_used_is_refused_and_changes_nothing() {
    let test_folder = office();
    test_folder.ok(&["account", "add", "Miller"]);
    let before = test_folder.json(&["status"])["unsent"].clone();
    for (args, text) in [
        (&["handbook", "show", "tow"][..], "no kind of promise “tow”"),
        (
            &["handbook", "retire", "tow"],
            "“tow” is no kind of promise in the handbook",
        ),
        (
            &["handbook", "set", "two words", "--lead", "1h"],
            "cannot be the key",
        ),
        (
            &["handbook", "set", "fix", "--quantile", "100"],
            "50 to 99 percent",
        ),
        (
            &["handbook", "set", "fix", "--lead", "soon"],
            "“soon” is not understood",
        ),
        (
            &["handbook", "set", "fix", "--effort", "0m"],
            "“Usual effort” is between",
        ),
        (&["handbook", "hours", "Moonday 8-12"], "such as Mon-Fri"),
        (&["handbook", "hours", "Mon 8-12,11-17"], "do not fit"),
        (
            &["handbook", "hours", "Mon 8-12", "--zone", "Mars/Olympus"],
            "“Mars/Olympus” is not a time zone",
        ),
        (
            &["handbook", "holiday", "add", "2031-02-30"],
            "is not a time",
        ),
        (
            &["handbook", "holiday", "add", "2031-01-02..2031-01-01"],
            "not understood",
        ),
        (
            &["handbook", "holiday", "add", "2031-01-01..2051-01-01"],
            "more than 1000 entries",
        ),
        (&["me", "set", "--effort", "fix"], "such as fix=45m"),
        (
            &["me", "set", "--effort", "tow=45m"],
            "no kind of promise in the handbook",
        ),
        (&["me", "set", "--quiet", "7:00-7:00"], "different times"),
        (
            &["me", "set", "--colleague", "Zoe", "--phone", "1"],
            "no colleague “Zoe”",
        ),
        (
            &[
                "promise", "make", "miller", "x", "--due", "tomorrow", "--kind", "task",
            ],
            "Known: callback, credit",
        ),
        (
            &[
                "promise",
                "make",
                "miller",
                "x",
                "--due",
                "tomorrow",
                "--performer",
                "Zoe",
            ],
            "no colleague “Zoe”",
        ),
        (
            &["promise", "make", "miller", "x", "--due", "2020-01-01"],
            "has passed already",
        ),
        (
            &[
                "promise",
                "make",
                "miller",
                "x",
                "--due",
                "2031-01-02",
                "--not-before",
                "2031-01-03",
            ],
            "not wanted before",
        ),
    ] {
        let run_result = test_folder.run(args);
        assert!(
            run_result.complaint().contains(text),
            "{args:?}: {run_result:?}"
        );
    }
    assert_eq!(test_folder.run(&["handbook", "set", "fix"]).code, 2);
    assert_eq!(test_folder.run(&["me", "set"]).code, 2);
    assert_eq!(test_folder.json(&["status"])["unsent"], before);
}

#[test]
fn who_told_the_customer_and_asked_nobody_hears_so() {
    let test_folder = TestFolder::new().joined();
    test_folder.ok(&["account", "add", "Miller"]);
    let make = [
        "promise",
        "make",
        "miller",
        "x",
        "--due",
        "tomorrow 10:00",
        "--told",
        "--nobody",
    ];
    assert!(test_folder.ok(&make).contains("nobody delivers yet"));
    let again = [&make[..], &["--anyway"]].concat();
    assert_eq!(
        test_folder.json(&again)["notice"]["key"],
        "notice-nobody-named"
    );
    let without = [&make[..6], &["--anyway"]].concat();
    assert_eq!(test_folder.json(&without)["notice"], json!(null));
    let visit = [
        &["visit", "miller", "said", "--promise", "x"][..],
        &["--due", "tomorrow 10:00", "--told", "--nobody", "--anyway"],
    ];
    assert!(
        test_folder
            .ok(&visit.concat())
            .contains("nobody delivers yet")
    );
}

#[test]
fn what_changes_nothing_is_not_called_changed() {
    let test_folder = TestFolder::new().joined_as(Role::Office);
    test_folder.ok(&["handbook", "holiday", "add", "2031-12-25"]);
    for args in [
        ["handbook", "holiday", "add", "2031-12-25"],
        ["handbook", "holiday", "remove", "2031-12-24"],
    ] {
        let told = test_folder.ok(&args);
        assert!(!told.contains("are changed"), "{told}");
        assert!(told.contains("Nothing was changed"), "{told}");
    }
    test_folder.ok(&["me", "set", "--phone", "030 1"]);
    let run_result = test_folder.run(&["me", "set", "--remove-phone", "123"]);
    assert!(run_result.complaint().contains("030 1"), "{run_result:?}");
    test_folder.ok(&["me", "set", "--remove-phone", "030 1"]);
    let run_result = test_folder.run(&["me", "set", "--remove-phone", "030 1"]);
    assert!(
        run_result.complaint().contains("“030 1” is not here"),
        "{run_result:?}"
    );
    let help = test_folder.ok(&["me", "set", "--help"]);
    assert!(
        !help.contains('\\') && help.contains("\"company\""),
        "{help}"
    );
}
