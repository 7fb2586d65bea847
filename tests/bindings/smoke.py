"""Drives the shared library through the generated Python bindings, as an app would: `tests/run bindings`.

`smoke.py REACHED` writes the names of the calls that it made into that file.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

import calls
import kept_core
from kept_core import (
    AccountDraft,
    AccountForm,
    Channel,
    Clocks,
    Due,
    DuePart,
    EntryKind,
    GroupState,
    KeptError,
    Notebook,
    NotebookEvent,
    Performer,
    PromiseDraft,
    SecretStore,
    StorageProblem,
    VisitEntry,
    UsageDraft,
    UsageKind,
    VisitDraft,
)


class Secrets(SecretStore):
    """A platform's secret store, written in the app's own language."""

    def __init__(self):
        self.kept = {}

    def load(self, name):
        return self.kept.get(name)

    def save(self, name, secret):
        self.kept[name] = secret

    def remove(self, name):
        self.kept.pop(name, None)


class BrokenSecrets(SecretStore):
    """A platform's secret store that fails in a way that nobody foresaw."""

    def load(self, name):
        raise RuntimeError("the keystore is locked")


class AppClocks(Clocks):
    """The clocks of an app; an exception among the answers is raised."""

    def __init__(self):
        self.wall = 1_790_000_000_000
        self.place = "Europe/Berlin"

    def wall_ms(self):
        return self.answer(self.wall)

    def boot_ms(self):
        return 60_000

    def boot_id(self):
        return "this boot"

    def zone(self):
        return self.answer(self.place)

    @staticmethod
    def answer(value):
        if isinstance(value, Exception):
            raise value
        return value


# The drafts name only what a caller must say: a field that is added later must have a default, or these break.


def account(name):
    return AccountDraft(name=name, form=AccountForm.ORGANISATION)


def visit_entry(customer, said, quote):
    visit = VisitDraft(channel=Channel.ON_SITE, account=customer, said=said)
    usage = UsageDraft(kind=UsageKind.USE, product="dough divider", quote=quote, pain=2)
    return VisitEntry(visit=visit, usages=[usage])


def promise():
    return PromiseDraft(
        kind="callback",
        deliverable="call back",
        performer=Performer.NOBODY(),
        due=Due(date="2099-01-05", part=DuePart.MORNING(), zone="Europe/Berlin"),
        channel=Channel.CALL,
    )


def every_record_has_defaults(notebook):
    """Every record that a caller fills, with its required fields only."""
    customer = notebook.create_account(account("Mühle Kern"))
    point = kept_core.ContactPointDraft(kind=kept_core.ContactPointKind.PHONE, value="+49 711 123")
    contact = kept_core.ContactDraft(name="Eva Kern")
    site = kept_core.SiteDraft(label="Mühle")
    asset = kept_core.AssetDraft(label="Walzenstuhl")
    edits = [
        kept_core.AccountEdit.SET_CONTACT_POINT(contact_point=point),
        kept_core.AccountEdit.SET_CONTACT(contact=contact),
        kept_core.AccountEdit.SET_SITE(site=site),
        kept_core.AccountEdit.SET_ASSET(asset=asset),
        kept_core.AccountEdit.NOTES(text="rings twice"),
    ]
    notebook.edit_account(customer, edits)
    page = notebook.account(customer)
    assert page.account.notes == "rings twice" and len(page.account.assets) == 1, page
    assert customer in [row.id for row in notebook.accounts(kept_core.AccountListQuery())]
    assert notebook.promises(kept_core.PromiseListQuery(open_only=True, account=customer)) == []
    empty = VisitEntry(visit=VisitDraft(channel=Channel.CALL))
    assert notebook.is_empty_visit(empty)
    assert [entry.id for entry in notebook.search("Kern")] == [customer]
    assert isinstance(notebook.parse_typed_moment("yesterday 16:00", "Europe/Berlin"), int)
    options = kept_core.JoinOptions(label="Annas Telefon")
    raised(KeptError.Invalid, lambda: notebook.join("no link", options))
    edits = [
        kept_core.PromiseEdit.ASK(),
        kept_core.PromiseEdit.DECLINE(),
        kept_core.PromiseEdit.FULFIL(),
        kept_core.PromiseEdit.COMMUNICATE(channel=Channel.CALL),
        kept_core.PromiseEdit.CONFIRM(mood=kept_core.Mood.HAPPY),
        kept_core.PromiseEdit.CANCEL(by=kept_core.CancelledBy.US),
    ]
    nobody = "00000000-0000-7000-8000-000000000000"
    raised(KeptError.NeedsJoin, lambda: notebook.change_promise(nobody, edits))
    raised(KeptError.NeedsJoin, lambda: notebook.rewrite_promise(nobody, kept_core.RewriteDraft()))


def the_app_gives_the_clocks(folder):
    """Clocks that throw, return nonsense or jump, and a zone that nobody knows: nothing is lost, all is said."""
    clocks = AppClocks()
    notebook = Notebook.open_with_clocks(folder, Secrets(), clocks)
    says = lambda key: key in [note.key for note in notebook.status().notes]
    log = lambda: notebook.log_visit(visit_entry(None, "Die Waage lügt.", "sie lügt")).visit
    logged = [log()]
    assert notebook.visit(logged[0]).happened_at == clocks.wall
    assert not says("status-clock-replaced")

    year = 366 * 24 * 60 * 60 * 1000
    for wall in [clocks.wall + year, clocks.wall - year]:
        clocks.wall = wall
        logged.append(log())
    for nonsense in [RuntimeError("no clock"), "noon", None, -1, 2**63 - 1]:
        clocks.wall = nonsense
        logged.append(log())
        assert says("status-clock-replaced"), nonsense
    clocks.wall = 1_790_000_000_000
    logged.append(log())
    assert not says("status-clock-replaced")

    events = notebook.events()
    clocks.place = "Mars/Olympus Mons"
    notebook.zone_changed()
    assert isinstance(asyncio.run(events.next()), NotebookEvent.MISSED)
    refused = raised(KeptError.Invalid, log)
    assert refused.reason.key == "error-zone-of-device", refused
    assert says("error-zone-of-device") and notebook.status().zone is None
    clocks.place = RuntimeError("no place")
    notebook.zone_changed()
    assert says("status-clock-replaced")
    clocks.place = "Asia/Tokyo"
    notebook.zone_changed()
    assert notebook.status().zone == "Asia/Tokyo"
    logged.append(log())
    assert all(notebook.visit(id).said == "Die Waage lügt." for id in logged)
    assert {entry.id for entry in notebook.latest_entries(99) if entry.kind == EntryKind.VISIT} == set(logged)


def lists_are_read_page_by_page(notebook):
    """Timelines, searches and lists of promises, with only what a caller must say."""
    customer = notebook.create_account(account("Konditorei Rühl"))
    for number in range(5):
        notebook.log_visit(visit_entry(customer, f"Der Ofen klemmt, Nummer {number}.", "er klemmt"))
    query = kept_core.TimelineQuery(account=customer)
    whole = notebook.timeline(query)
    assert (len(whole.entries), whole.total, whole.more) == (10, 10, None), whole
    query.limit = 4
    pages = [notebook.timeline(query)]
    while pages[-1].more:
        query.before = pages[-1].more
        pages.append(notebook.timeline(query))
    assert [len(page.entries) for page in pages] == [4, 4, 2], pages
    assert [entry.id for page in pages for entry in page.entries] == [entry.id for entry in whole.entries]

    typed = notebook.find_accounts("ru")
    assert [(found.summary.id, found.open_promises) for found in typed] == [(customer, 0)], typed
    assert notebook.find_accounts("", 1)[0].summary.id == customer

    offered = notebook.visit_choices(customer, kept_core.Lang.DE)
    assert [mark.mark for mark in offered.marks][:3] == ["good", "so-so", "bad"], offered
    assert "täglich" in offered.frequencies and offered.kinds and offered.channels, offered

    found = notebook.search_page(kept_core.SearchQuery(text="klemmt", limit=3))
    counted = {row.kind: row.count for row in found.kinds}
    assert (len(found.entries), found.total) == (3, 10), found
    assert counted == {EntryKind.VISIT: 5, EntryKind.USAGE: 5}, counted
    visits = kept_core.SearchQuery(text="klemmt", kinds=[EntryKind.VISIT], offset=3)
    assert len(notebook.search_page(visits).entries) == 2

    newest = notebook.latest_entries(3)
    last = kept_core.TimelinePosition(at=newest[-1].at, id=newest[-1].id)
    assert newest[-1].id not in [entry.id for entry in notebook.latest_entries(99, last)]
    assert {entry.kind for entry in notebook.latest_entries(kinds=[EntryKind.ACCOUNT])} == {EntryKind.ACCOUNT}
    assert notebook.promises(kept_core.PromiseListQuery(offset=9)) == []
    nobody = "00000000-0000-7000-8000-000000000000"
    rows = notebook.entries([newest[1].id, nobody, newest[0].id])
    assert [row.id for row in rows] == [newest[1].id, newest[0].id], rows
    assert notebook.promise_summaries([newest[0].id, nobody]) == []
    raised(KeptError.Invalid, lambda: notebook.entries([nobody] * 501))
    counts = notebook.counts()
    assert counts.visits == counts.usages == 6 and counts.accounts == 3, counts


def raised(kind, work):
    """The error of this kind that `work` raises."""
    try:
        work()
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} was not raised")


async def hears_what_changes(notebook, customer):
    events = notebook.events()
    waiting = asyncio.ensure_future(events.next())
    await asyncio.sleep(0)
    logged = notebook.log_visit(visit_entry(customer, "Die Waage lügt nach einer Stunde.", "sie lügt"))
    event = await asyncio.wait_for(waiting, 10)
    assert isinstance(event, NotebookEvent.CHANGED), event
    assert logged.visit in event.ids and logged.usages[0] in event.ids, event

    last = asyncio.ensure_future(events.next())
    await asyncio.sleep(0)
    events.stop()
    assert await asyncio.wait_for(last, 10) is None, "a stopped stream ends"
    assert await asyncio.wait_for(events.next(), 10) is None, "and stays ended"
    return logged


async def cannot_synchronise_yet(notebook):
    run = notebook.prepare_sync()
    try:
        await run.run_within(10_000)
        raise AssertionError("there is no server to synchronise with")
    except KeptError.NeedsJoin:
        pass
    stopped = notebook.prepare_sync()
    stopped.stop()
    try:
        report = await asyncio.wait_for(stopped.run_within(10_000), 10)
        assert report.stopped, report
    except KeptError.NeedsJoin:
        pass


def is_said(notebook, error):
    sentence = kept_core.error_message(error)
    assert sentence.key == "error-needs-join", sentence
    english = kept_core.message_text(sentence, kept_core.Lang.EN)
    german = kept_core.message_text(sentence, kept_core.Lang.DE)
    assert english and german and english != german, (english, german)
    assert english != sentence.key
    line = kept_core.message_text(notebook.status().line, kept_core.Lang.EN)
    assert "1" in line, line


def says_everything(notebook):
    """A shell has no words of its own: dates, lists and every enum are said by the library."""
    now = 1_795_000_000_000
    reader = kept_core.ReaderContext(lang=kept_core.Lang.DE, now=now, zone="Europe/Berlin")
    names = [
        *(kept_core.channel_message(one) for one in Channel),
        *(kept_core.usage_kind_message(one) for one in UsageKind),
        *(kept_core.mood_message(one) for one in kept_core.Mood),
        *(kept_core.proof_message(one) for one in kept_core.EvidenceKind),
        *(kept_core.role_message(one) for one in [None, *kept_core.Role]),
        *(kept_core.form_message(one) for one in AccountForm),
        *(kept_core.contact_point_message(one) for one in kept_core.ContactPointKind),
        *(kept_core.promise_mark_message(one) for one in kept_core.PromiseMark),
        *(kept_core.finding_message(one) for one in kept_core.Finding),
        *(kept_core.cancelled_by_message(one) for one in kept_core.CancelledBy),
        *(kept_core.reminder_level_message(one) for one in kept_core.ReminderLevel),
        *(kept_core.entry_kind_message(one) for one in EntryKind),
        *(kept_core.promise_action_message(one) for one in kept_core.PromiseAction),
        *(kept_core.pain_message(pain) for pain in range(4)),
        kept_core.visit_mark_message("follow-up"),
        kept_core.contact_label_message("mobile"),
    ]
    texts = kept_core.message_texts(names, reader)
    assert len(texts) == len(names), texts
    for name, text in zip(names, texts):
        assert text and text != name.key, name
    due = notebook.due_in(30)
    assert kept_core.format_due(due, reader), due
    choices = notebook.due_choices("callback")
    assert choices[0].due == due, choices
    assert all(kept_core.message_texts([choice.words for choice in choices], reader))
    ago = 90 * 60_000
    for text in [
        kept_core.format_due_in_full(due, kept_core.Lang.DE),
        kept_core.format_instant(now - ago, "Europe/Berlin", now, kept_core.Lang.DE),
        kept_core.format_since(now - ago, "Europe/Berlin", now, kept_core.Lang.DE),
        kept_core.format_ago(ago, kept_core.Lang.DE),
        kept_core.format_span(ago, kept_core.Lang.DE),
        kept_core.format_day_in_full("2026-11-30", kept_core.Lang.DE),
    ]:
        assert any(letter.isdigit() for letter in text), text
    try:
        notebook.due_in(0)
        raise AssertionError("no date is in no minutes")
    except KeptError.Invalid:
        pass


def main():
    recording = calls.RecordingLibrary(kept_core._UniffiLib)
    kept_core._UniffiLib = recording

    with tempfile.TemporaryDirectory() as folder:
        secrets = Secrets()
        notebook = Notebook.open(folder, secrets)
        assert len(secrets.kept["database-key"]) == 32, "the app keeps the key"
        assert not notebook.me().joined

        says_everything(notebook)
        customer = notebook.create_account(account("Bäckerei Öztürk"))
        logged = asyncio.run(hears_what_changes(notebook, customer))

        for spelling in ["bäckerei", "Baeckerei", "backerei oz", "ÖZTÜRK"]:
            found = notebook.search(spelling, 10)
            assert [f.id for f in found if f.kind == EntryKind.ACCOUNT] == [customer], spelling
        assert notebook.search("nobody", 10) == []
        visit = notebook.visit(logged.visit)
        assert visit.said == "Die Waage lügt nach einer Stunde."
        assert visit.labels.account == "Bäckerei Öztürk"

        status = notebook.status()
        assert [group.state for group in status.unsent] == [GroupState.UNSENT] * 2, status.unsent
        history = notebook.history(customer)
        assert len(history) == 1 and history[0].by_me, history
        assert any(c.field == "name" and c.value == "Bäckerei Öztürk" for c in history[0].changes)

        needs_join = raised(KeptError.NeedsJoin, lambda: notebook.make_promise(promise()))
        is_said(notebook, needs_join)
        empty = raised(KeptError.Invalid, lambda: notebook.create_account(account("  ")))
        assert (empty.field, empty.reason.key) == ("name", "error-empty"), empty
        nobody = "00000000-0000-7000-8000-000000000000"
        missing = raised(KeptError.NotFound, lambda: notebook.account(nobody))
        assert missing.what == "thing-account", missing
        malformed = raised(KeptError.Invalid, lambda: notebook.account("not an id"))
        assert (malformed.field, malformed.reason.key) == ("id", "error-not-an-id"), malformed

        every_record_has_defaults(notebook)
        lists_are_read_page_by_page(notebook)
        asyncio.run(cannot_synchronise_yet(notebook))
        assert notebook.verify().stale == [] and notebook.verify().lost == []

        before = [entry.id for entry in notebook.latest_entries(10)]
        notebook.pause()
        assert [entry.id for entry in notebook.latest_entries(10)] == before, "it opens again by itself"
        notebook.pause()
        again = Notebook.open(folder, secrets)
        assert [entry.id for entry in again.latest_entries(10)] == before, "it was on disk"
        assert [entry.id for entry in notebook.latest_entries(10)] == before, "two may have it open"
        again.pause()
        notebook.pause()
        locked = raised(KeptError.Storage, lambda: Notebook.open(folder, Secrets()))
        assert locked.reason.key == "error-key-missing", locked

    with tempfile.TemporaryDirectory() as folder:
        failure = raised(KeptError.Storage, lambda: Notebook.open(folder, BrokenSecrets()))
        assert failure.problem == StorageProblem.KEYSTORE, failure
        assert "the keystore is locked" not in kept_core.error_message(failure).key, failure

    with tempfile.TemporaryDirectory() as folder:
        the_app_gives_the_clocks(folder)

    Path(sys.argv[1]).write_text("".join(f"{name}\n" for name in sorted(recording.names)), encoding="utf-8")
    print("the bindings work")


if __name__ == "__main__":
    main()
