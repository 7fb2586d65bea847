//! Asking records: a worked example, broken rows, the backtest; and the company's own.

use kept_core::environment::{Environment, SystemEnvironment};
use serde_json::Value;

use crate::test_folder::TestFolder;

const NOON: i64 = 1_795_348_800_000;
const HEAD: &str = "kind,performer,team,made,closed,cancelled\n";

/// So many days before noon.
fn ago(days: i64) -> String {
    before(NOON, days)
}

fn before(now: i64, days: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(now - days * 86_400_000);
    at.unwrap().to_string()
}

/// Closed after 1 to 12 days, open for 6, 8, 10 and 15 days.
fn worked_example() -> String {
    worked_example_at(NOON)
}

fn worked_example_at(now: i64) -> String {
    let ago = |days| before(now, days);
    let mut file = HEAD.to_owned();
    for lead in [1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 9] {
        file += &format!("delivery,Sam,north,{},{},\n", ago(40 + lead), ago(40));
    }
    file += &format!("delivery,Sam,north,{},{},\n", ago(12), ago(0));
    for age in [6, 8, 10, 15] {
        file += &format!("delivery,Sam,north,{},,\n", ago(age));
    }
    file
}

#[test]
fn the_worked_example_gives_its_numbers() {
    let test_folder = TestFolder::new();
    let file = test_folder.file("record.csv", worked_example().as_bytes());
    let ask_on = |day: i64, more: &[&str]| {
        let day = ago(day);
        let args = ["when", "delivery", "--performer", "Sam", "--samples", &file];
        test_folder.ok(&[&args[..], &["--as-of", &day], more].concat())
    };
    let ask = |more: &[&str]| ask_on(0, more);
    let said = ask(&["--within", "5d"]);
    for text in [
        "12 days would fit most. But 4 are still open, and the longest so far is 15 days: ask Sam before",
        "16 done, 4 open",
        "Half took no longer than 4 days.",
        "Within 5 days: 60 times in 100",
    ] {
        assert!(said.contains(text), "{text}: {said}");
    }
    for (days, percent) in [
        (1, 10.0),
        (2, 25.0),
        (3, 40.0),
        (7, 71.0),
        (9, 78.0),
        (12, 89.0),
    ] {
        let told: Value =
            serde_json::from_str(&ask(&["--json", "--within", &format!("{days}d")])).unwrap();
        let share = told["chance"]["share"].as_f64().unwrap();
        assert_eq!((share * 100.0).round(), percent, "{days} days");
        assert_eq!(
            (&told["lead_days"], &told["median_days"]),
            (&12.0.into(), &4.0.into())
        );
    }
    let later = ask_on(-100, &[]);
    assert!(
        later.contains("the longest so far is 115 days: ask "),
        "{later}"
    );
    let curve: Value = serde_json::from_str(&ask(&["--json", "--curve"])).unwrap();
    assert_eq!(curve["curve"][0]["at_risk"], 20);
    assert!(
        !test_folder.data().exists(),
        "a file is asked without a notebook"
    );
}

#[test]
fn a_record_that_goes_on_is_asked_now_and_an_old_one_at_its_end() {
    let test_folder = TestFolder::new();
    let (now, year) = (SystemEnvironment.wall_ms(), 365);
    let longest = |made_at: i64| {
        let file = test_folder.file("record.csv", worked_example_at(made_at).as_bytes());
        let told = test_folder.json(&["when", "delivery", "--samples", &file]);
        told["longest_days"].as_f64().unwrap().round()
    };
    assert_eq!(longest(now), 15.0);
    assert_eq!(
        longest(now - 10 * 86_400_000),
        25.0,
        "its open ones have aged"
    );
    assert_eq!(longest(now - year * 86_400_000), 15.0);
}

/// All of what is in the window was weeks old when the window began.
#[test]
fn of_a_time_that_the_record_does_not_know_it_says_so() {
    let test_folder = TestFolder::new();
    let mut file = HEAD.to_owned();
    for lead in 1..=100 {
        file += &format!("delivery,Sam,north,{},{},\n", ago(100), ago(100 - lead));
    }
    let file = test_folder.file("burst.csv", file.as_bytes());
    let record = ["when", "delivery", "--samples", &file];
    let ask = |more: &[&str]| test_folder.ok(&[&record[..], more].concat());
    let asked = |more: &[&str]| -> Value { serde_json::from_str(&ask(more)).unwrap() };
    for within in ["1h", "5d", "30d"] {
        let said = ask(&["--within", within, "--as-of", &ago(0)]);
        assert!(said.contains(": no record for so short a time."), "{said}");
        assert!(!said.contains(" 0 times in 100"), "{said}");
        let told = asked(&["--json", "--within", within]);
        assert_eq!(told["chance"], Value::Null, "{told}");
    }
    let said = ask(&["--within", "45d"]);
    for text in [
        "Of what took less than 41 days there is no record.",
        "Within 45 days: 8 times in 100",
    ] {
        assert!(said.contains(text), "{text}: {said}");
    }
    let german = ask(&["--lang", "de", "--within", "5d", "--as-of", &ago(30)]);
    assert!(
        german.contains("keine Erfahrungswerte für so kurze Zeit"),
        "{german}"
    );
    // Seen from the beginning, and none was so quick: that is known, and no more than that.
    let file = test_folder.file("record.csv", worked_example().as_bytes());
    let said = test_folder.ok(&[
        "when",
        "delivery",
        "--samples",
        &file,
        "--within",
        "2h",
        "--as-of",
        &ago(0),
    ]);
    let none = "Within 2 h: no record for so short a time; none of 20 was done so soon.";
    assert!(said.contains(none), "{said}");
}

#[test]
fn broken_rows_are_named_by_their_line_and_the_rest_is_asked() {
    let test_folder = TestFolder::new();
    let file = worked_example() + "delivery,Sam,north,yesterday,,\n";
    let file = test_folder.file("record.csv", file.as_bytes());
    let run_result = test_folder.run(&["when", "delivery", "--samples", &file, "--as-of", &ago(0)]);
    assert_eq!(run_result.code, 1, "{run_result:?}");
    assert!(
        run_result.out.contains("12 days would fit most"),
        "{run_result:?}"
    );
    assert!(
        run_result.out.contains("Line 22 was left out"),
        "{run_result:?}"
    );
    let file = HEAD.to_owned() + &format!("delivery,,,{},{},\n", ago(1), ago(2));
    let file = test_folder.file("ended.csv", (file + "delivery,Sam\n").as_bytes());
    let run_result = test_folder.run(&["--lang", "de", "when", "delivery", "--samples", &file]);
    for text in [
        "Zeile 2 wurde ausgelassen: „closed“ liegt vor „made“",
        "Zeile 3 wurde ausgelassen: sie hat 2 Felder, und die erste Zeile hat 6",
    ] {
        assert!(run_result.out.contains(text), "{text}: {run_result:?}");
    }
    let file = test_folder.file("other.csv", b"a,b\n");
    let run_result = test_folder.run(&["--lang", "de", "when", "delivery", "--samples", &file]);
    assert!(
        run_result.complaint().contains("keine Spalte „kind“"),
        "{run_result:?}"
    );
    let none = test_folder.run(&["when", "delivery", "--samples", "nowhere.csv"]);
    assert!(none.complaint().contains("nowhere.csv"), "{none:?}");
}

#[test]
fn a_backtest_tells_how_often_dates_were_kept_overall_and_per_eighth() {
    let test_folder = TestFolder::new();
    let mut file = HEAD.to_owned();
    for number in 0..200 {
        let (made, lead) = (400 - 2 * number, (number * 7) % 10 + 1);
        let closed = if made >= lead {
            ago(made - lead)
        } else {
            String::new()
        };
        file += &format!("delivery,,,{},{closed},\n", ago(made));
    }
    let file = test_folder.file("record.csv", file.as_bytes());
    let told = test_folder.json(&["when", "--backtest", &file]);
    let count = |key: &str| told[key].as_u64().unwrap();
    let (asked, dated, kept) = (count("asked"), count("dated"), count("kept"));
    assert!(
        asked > 190 && dated > 170 && dated <= asked && kept <= dated,
        "{told}"
    );
    assert!(
        told["median_lead_days"].as_f64().unwrap()
            >= told["plain_median_lead_days"].as_f64().unwrap()
    );
    assert!(count("plain_kept") > 0);
    let eighths = told["eighths"].as_array().unwrap();
    assert_eq!(eighths.len(), 8);
    assert_eq!(
        eighths
            .iter()
            .map(|eighth| eighth["asked"].as_u64().unwrap())
            .sum::<u64>(),
        asked
    );
    assert!(
        test_folder
            .ok(&["when", "--backtest", &file])
            .contains("8/8")
    );
}

#[test]
fn the_companys_own_record_begins_empty_and_says_so() {
    let test_folder = TestFolder::new().joined();
    let said = test_folder.ok(&["when", "delivery", "--within", "2d"]);
    assert!(said.contains("Nothing like it is known yet. Ask"), "{said}");
    assert!(
        test_folder
            .ok(&["report"])
            .contains("Nothing is promised yet")
    );
    assert!(
        test_folder
            .ok(&["asks"])
            .contains("asked nobody this month")
    );
    assert!(
        test_folder
            .ok(&["reliability"])
            .contains("Nothing is decided yet.")
    );
    test_folder.ok(&["account", "add", "Hotel Adler"]);
    let made = test_folder.json(&["promise", "make", "adler", "a seal", "--due", "in 3 days"]);
    assert_eq!(made["load"]["promises"], 1, "{made}");
}

#[test]
fn a_date_that_is_agreed_keeps_what_the_record_said() {
    let test_folder = TestFolder::new().joined();
    test_folder.ok(&["account", "add", "Hotel Adler"]);
    let make = |what: &str| {
        let args = [
            "promise",
            "make",
            "adler",
            what,
            "--due",
            "in 3 days",
            "--told",
        ];
        let made = test_folder.json(&args);
        made["id"].as_str().unwrap().to_owned()
    };
    let shown = || {
        let report = test_folder.json(&["report"]);
        let lines = report["calibrations"].as_array().unwrap();
        lines
            .iter()
            .map(|line| line["shown"].as_u64().unwrap())
            .sum::<u64>()
    };
    let first = make("a first seal");
    let thin = test_folder.json(&["promise", "agree", &first, "--due", "in 4 days"]);
    assert!(thin["suggestion"].is_null(), "{thin}");
    for number in 0..8 {
        test_folder.ok(&["promise", "fulfil", &make(&format!("seal {number}"))]);
    }
    test_folder.ok(&["promise", "fulfil", &first]);
    let promise = make("the seal");
    let before = shown();
    let said = test_folder.ok(&["promise", "agree", &promise, "--due", "in 5 days"]);
    assert!(
        said.contains("a date that is kept 80 times in 100"),
        "{said}"
    );
    assert_eq!(shown(), before + 1, "what was shown is remembered");
    let offered = test_folder.json(&["promise", "propose", &promise, "--due", "in 6 days"]);
    assert_eq!(offered["suggestion"]["quantile_percent"], 80, "{offered}");
    assert_eq!(shown(), before + 1, "nobody was told the offer yet");
    let told = test_folder.json(&["promise", "agree", &promise, "--due", "in 6 days"]);
    assert_eq!(told["suggestion"]["closed"], 9, "{told}");
    assert_eq!(shown(), before + 2);
}

#[test]
fn what_a_customer_needs_is_held_against_the_record() {
    let test_folder = TestFolder::new().joined();
    test_folder.ok(&["account", "add", "Hotel Adler"]);
    for number in 0..10 {
        let what = format!("call {number}");
        let due = ["--due", "in 3 days", "--kind", "callback", "--told"];
        let args = [&["promise", "make", "adler", &what], &due[..]].concat();
        let made = test_folder.json(&args);
        test_folder.ok(&["promise", "fulfil", made["id"].as_str().unwrap()]);
    }
    let needs = ["--needs", "callback=2h", "--needs", "Delivery = 5d"];
    test_folder.ok(&[&["account", "edit", "adler"], &needs[..]].concat());
    let said = test_folder.ok(&["when", "callback", "--account", "adler"]);
    for text in [
        "The customer needs it within 2 h.",
        "We made that 100 times in 100, between 85 and 100; 10 done, 0 open.",
        "We need 1 min: that is soon enough.",
    ] {
        assert!(said.contains(text), "{text}: {said}");
    }
    let said = test_folder.ok(&["when", "quote", "--account", "adler"]);
    assert!(!said.contains("needs"), "{said}");

    let shown = test_folder.ok(&["account", "show", "adler"]);
    for text in [
        "How soon they need it",
        "within 5 days",
        "Soon enough for them: 1 of 1.",
        "Too little is known to say so of 1 more.",
    ] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    let german = test_folder.ok(&["--lang", "de", "account", "show", "adler"]);
    assert!(german.contains("Schnell genug dafür: 1 von 1."), "{german}");
    let page = test_folder.json(&["account", "show", "adler"]);
    assert_eq!(page["fit"]["met"], 1, "{page}");
    assert_eq!(page["fit"]["needs"][0]["needed_minutes"], 120);
    assert_eq!(page["account"]["needs"][1]["kind"], "delivery");
    let told = test_folder.json(&["when", "callback", "--account", "adler"]);
    assert_eq!(told["need"]["meets"], true, "{told}");

    for (edit, says) in [
        (["--needs", "callback"], "Write callback=2h"),
        (["--needs", "callback=soon"], "Write callback=2h"),
        (["--needs", "miracle=2h"], "no kind of promise"),
        (["--needs", "callback=9999d"], "at most five years"),
        (["--unneed", "quote"], "callback, delivery"),
    ] {
        let refused = test_folder.run(&[&["account", "edit", "adler"], &edit[..]].concat());
        assert!(refused.complaint().contains(says), "{says}: {refused:?}");
    }
    test_folder.ok(&["account", "edit", "adler", "--unneed", "delivery"]);
    let shown = test_folder.ok(&["account", "show", "adler"]);
    assert!(shown.contains("Soon enough for them: 1 of 1."), "{shown}");
    let past = test_folder.ok(&["history", "adler", "--at", "now"]);
    assert!(
        past.contains("Needs callback") && past.contains("within 2 h"),
        "{past}"
    );
    let past = test_folder.ok(&["--lang", "de", "history", "adler", "--at", "now"]);
    assert!(past.contains("Braucht Rückruf"), "{past}");
    let answer = test_folder.ok(&["--lang", "de", "when", "callback"]);
    assert!(answer.contains("Das beruht auf „Rückruf“"), "{answer}");
}

#[test]
fn a_record_without_a_row_is_asked_as_of_now() {
    let test_folder = TestFolder::new();
    for content in [
        HEAD.to_owned(),
        format!("{HEAD}delivery,Sam,north,soon,,\n"),
    ] {
        let file = test_folder.file("empty.csv", content.as_bytes());
        let told = test_folder
            .run(&["when", "delivery", "--samples", &file])
            .out;
        assert!(
            told.contains("Asked as of") && !told.contains("1970"),
            "{told}"
        );
    }
}
