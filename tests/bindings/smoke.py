"""Drives the shared library through the generated Python bindings, as an app would: `tests/run bindings`."""

import asyncio
import tempfile

import kept_core
from kept_core import (
    AccountDraft,
    AccountForm,
    Channel,
    Due,
    DuePart,
    EntryKind,
    KeptError,
    Labels,
    Notebook,
    NotebookEvent,
    Performer,
    PromiseDraft,
    SecretStore,
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


def account(name):
    return AccountDraft(
        name=name,
        form=AccountForm.ORGANISATION,
        source=None,
        tags=[],
        notes="",
        uses="",
        must_not_fail="",
        reaches=[],
        contacts=[],
        sites=[],
        assets=[],
    )


def labels():
    return Labels(account="", site="", contact="")


def tap(customer, said, quote):
    visit = VisitDraft(
        account=customer,
        contact=None,
        labels=labels(),
        channel=Channel.ON_SITE,
        said=said,
        means="",
        marks=[],
        help="",
        happened_at=None,
        files=[],
    )
    usage = UsageDraft(
        kind=UsageKind.USE,
        account=None,
        visit=None,
        labels=labels(),
        product="dough divider",
        doing="",
        workaround="weighs by hand",
        frequency="daily",
        pain=2,
        quantity="",
        quote=quote,
        themes=[],
        consent=False,
        notes="",
        files=[],
    )
    return VisitEntry(visit=visit, usages=[usage], promises=[])


def promise():
    return PromiseDraft(
        kind="callback",
        deliverable="call back",
        criterion="",
        account=None,
        contact=None,
        performer=Performer.NOBODY(),
        due=Due(date="2099-01-05", part=DuePart.MORNING(), zone="Europe/Berlin"),
        words="",
        channel=Channel.CALL,
        told=True,
        ask=False,
    )


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
    logged = notebook.log_visit(tap(customer, "Die Waage lügt nach einer Stunde.", "sie lügt"))
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


def words(notebook, error):
    sentence = kept_core.error_message(error)
    assert sentence.key == "error-needs-join", sentence
    english = kept_core.message_text(sentence, kept_core.Lang.EN)
    german = kept_core.message_text(sentence, kept_core.Lang.DE)
    assert english and german and english != german, (english, german)
    assert english != sentence.key
    line = kept_core.message_text(notebook.status().line, kept_core.Lang.EN)
    assert "1" in line, line


def main():
    with tempfile.TemporaryDirectory() as folder:
        secrets = Secrets()
        notebook = Notebook.open(folder, secrets)
        assert len(secrets.kept["database-key"]) == 32, "the app keeps the key"
        assert not notebook.me().joined

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
        assert [group.state for group in status.unsent] == ["unsent", "unsent"], status.unsent
        history = notebook.history(customer)
        assert len(history) == 1 and history[0].by_me, history
        assert any(c.field == "name" and c.value == "Bäckerei Öztürk" for c in history[0].changes)

        needs_join = raised(KeptError.NeedsJoin, lambda: notebook.make_promise(promise()))
        words(notebook, needs_join)
        empty = raised(KeptError.Invalid, lambda: notebook.create_account(account("  ")))
        assert (empty.field, empty.reason.key) == ("name", "error-empty"), empty
        nobody = "00000000-0000-7000-8000-000000000000"
        missing = raised(KeptError.NotFound, lambda: notebook.account(nobody))
        assert missing.what == "thing-account", missing
        raised(Exception, lambda: notebook.account("not an id"))

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
        failure = raised(KeptError.Unexpected, lambda: Notebook.open(folder, BrokenSecrets()))
        assert "the keystore is locked" in failure.reason, failure

    print("the bindings work")


if __name__ == "__main__":
    main()
