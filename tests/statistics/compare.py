"""Compares the survival curves of `kept when --curve` with lifelines, on random records with delayed entry,
right-censoring and ties: `tests/run statistics`.

    python compare.py KEPT [RECORDS]

The window of a record is computed here once more, from the rules in words, so that both halves are checked:
which part of which life counts, and what follows from it.
"""

import json
import random
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

from lifelines import KaplanMeierFitter

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
BEGIN = 1_700_000_000_000
RISK_SET = 8
# Both are closed forms in double precision.
TOLERANCE = 1e-9


def record(dice):
    """Promises as (made, end, closed), an end of None is open; in milliseconds."""
    lead = dice.choice(
        [
            lambda: dice.expovariate(1 / (4 * DAY)),
            lambda: dice.lognormvariate(1, 0.8) * DAY,
            lambda: dice.uniform(0, 10) * DAY,
            # Whole days: many ties.
            lambda: dice.randint(0, 6) * DAY,
        ]
    )
    span = dice.choice([30, 150, 700]) * DAY
    called_off, forgotten = dice.choice([0, 0.1, 0.3]), dice.choice([0, 0.1, 0.3])
    promises = []
    for _ in range(dice.randint(12, 180)):
        made = BEGIN + dice.randrange(span // MINUTE) * MINUTE + dice.randrange(MINUTE)
        end = made + int(lead())
        fate = dice.random()
        if fate < forgotten:
            promises.append((made, None, False))
        elif fate < forgotten + called_off:
            promises.append((made, made + dice.randrange(1, 8 * DAY), False))
        else:
            promises.append((made, end, True))
    return promises


def end_of(promises):
    return max(end or made for made, end, _ in promises)


def lives(promises):
    """The part of every life inside the window, as (entry, exit, closed) in whole minutes."""
    now = end_of(promises)
    closings = sorted((end for _, end, closed in promises if closed), reverse=True)
    window = closings[59] - MINUTE if len(closings) >= 60 else now - 365 * DAY
    counted = []
    for made, end, closed in promises:
        until = now if end is None else end
        leave = (until - made) // MINUTE
        leave = max(leave, 1) if closed else leave
        enter = max(0, (window - made) // MINUTE)
        if enter < leave:
            counted.append((enter, leave, closed))
    return counted


def at_risk(counted, age):
    return sum(enter < age <= leave for enter, leave, _ in counted)


def full_from(counted):
    """The first age at which enough are at risk; None if there is none."""
    ages = (enter + 1 for enter, _, _ in counted)
    return min((age for age in ages if at_risk(counted, age) >= RISK_SET), default=None)


def stamp(instant):
    if instant is None:
        return ""
    moment = datetime.fromtimestamp(instant // 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{moment}.{instant % 1000:03}Z"


def ask(kept, folder, promises):
    file = folder / "record.csv"
    rows = ["kind,performer,team,made,closed,cancelled"]
    for made, end, closed in promises:
        done, off = (end, None) if closed else (None, end)
        rows.append(f"delivery,,,{stamp(made)},{stamp(done)},{stamp(off)}")
    file.write_text("\n".join(rows) + "\n")
    command = [kept, "--data", str(folder / "none"), "--json"]
    command += ["when", "delivery", "--samples", str(file), "--curve"]
    command += ["--as-of", stamp(end_of(promises))]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def check(told, promises, seed):
    """Compares one curve; returns how many of its steps, and whether somebody entered late."""

    def equal(name, ours, theirs, age):
        close = abs(ours - theirs) <= TOLERANCE
        assert close, f"seed {seed}, age {age}: {name} is {ours}, lifelines has {theirs}"

    counted = lives(promises)
    closed = sum(closed for _, _, closed in counted)
    first = full_from(counted)
    if closed < 8 or first is None:
        assert told["curve"] is None, f"seed {seed}: a curve from almost nobody"
        return 0, False
    assert told["closed"] == closed, f"seed {seed}: {told['closed']} closed, not {closed}"
    counted = [life for life in counted if not (life[2] and life[1] < first)]
    # Whoever enters at an age is at risk only afterwards; lifelines counts them at once. Ages are whole.
    fit = KaplanMeierFitter().fit(
        [leave for _, leave, _ in counted],
        [closed for _, _, closed in counted],
        entry=[enter + 0.5 for enter, _, _ in counted],
        alpha=0.4,
    )
    bounds = fit.confidence_interval_survival_function_
    events = fit.event_table
    for step in told["curve"]:
        age, survival = step["age_minutes"], step["survival"]
        equal("at risk", step["at_risk"], events.at_risk[age], age)
        equal("closed", step["closed"], events.observed[age], age)
        equal("survival", survival, fit.survival_function_.KM_estimate[age], age)
        if 1e-9 < survival < 1 - 1e-9:
            equal("lower", step["lower"], bounds["KM_estimate_lower_0.6"][age], age)
            equal("upper", step["upper"], bounds["KM_estimate_upper_0.6"][age], age)
    ages = {step["age_minutes"] for step in told["curve"]}
    theirs = set(events.index[events.observed > 0].astype(int))
    assert ages == theirs, f"seed {seed}: other steps than lifelines has"
    return len(ages), any(enter > 0 for enter, _, _ in counted)


def main():
    kept = sys.argv[1]
    records = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    curves = steps = late = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(records):
            promises = record(random.Random(seed))
            compared, entered_late = check(ask(kept, Path(folder), promises), promises, seed)
            curves += compared > 0
            steps += compared
            late += entered_late
    print(f"{records} records: {curves} curves with {steps} steps are those of lifelines, {late} with delayed entry")
    assert curves > 0.9 * records and late > 0.3 * records, "too few of them say something"


if __name__ == "__main__":
    main()
