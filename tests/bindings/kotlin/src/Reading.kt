import app.kept.core.*

fun Trial.reading(world: World) {
    test("a customer is found however they are spelt, and found by the beginning of their id") {
        world.stranger().use {
            val notebook = it.notebook
            val id = notebook.createAccount(customer("Bäckerei Öztürk", "+49 30 5556677"))
            for (spelling in listOf("bäckerei", "Baeckerei", "backerei oz", "ÖZTÜRK", "+49305556677")) {
                same(listOf(id), notebook.search(spelling, 10u).map { found -> found.id }) { spelling }
            }
            same(emptyList<Any>(), notebook.search("nobody", 10u))
            same(id, notebook.findDocument("öztürk"))
            same(id, notebook.findDocument("$id".take(23)))
            same(EntryKind.ACCOUNT, notebook.entryKind(id))
            val observed = notebook.logUsage(observation(id, "we weigh it twice"))
            same(listOf(observed), notebook.latestEntries(10u).map { entry -> entry.id })
        }
    }

    test("the history of an entry says what it was before") {
        world.colleague("Zoe").use {
            val notebook = it.notebook
            val id = notebook.createAccount(customer("Hotel Post"))
            val then = notebook.history(id).single().by.at
            notebook.editAccount(id, listOf(AccountEdit.Notes("ring twice")))
            it.synchronise()
            val history = notebook.history(id)
            same(2, history.size)
            holds(history.all { line -> line.byMe && line.receivedAt != null }) { "$history" }
            val past = notebook.historyAt(id, then, PastBasis.WRITTEN)
            holds(past.account?.notes == "" || past.account?.notes == "ring twice") { "$past" }
            refused<KeptException.Invalid> { notebook.historyAt(id, then - 86_400_000, PastBasis.WRITTEN) }
            val check = notebook.verifyHistory(id)
            same(emptyList<Any>(), check.problems)
            same(check.changes, check.receipts)
        }
    }

    test("what is kept is sound, and may be projected anew") {
        world.colleague("Abel").use {
            it.notebook.createAccount(customer("Gasthof Linde"))
            it.synchronise()
            val before = it.notebook.latestEntries(50u)
            val report = it.notebook.verify()
            same(emptyList<Any>(), report.stale)
            same(emptyList<Any>(), report.lost)
            same(emptyList<Any>(), report.broken)
            holds(it.notebook.rebuild() > 0UL) { "nothing was projected" }
            same(before, it.notebook.latestEntries(50u))
        }
    }

    test("dates are read as they are typed, and refused with what to write") {
        world.stranger().use {
            val due = it.notebook.parseTypedDue("05.01.2099 morning", BERLIN)
            same("2099-01-05", due.date)
            same(DuePart.Morning, due.part)
            same("2099-01-05", it.notebook.parseTypedDue("5.1.2099").date)
            val moment = it.notebook.parseTypedMoment("yesterday 16:00", BERLIN)
            holds(moment < it.notebook.parseTypedMoment("today 00:00", BERLIN)) { "$moment" }
            val error = refused<KeptException.Invalid> { it.notebook.parseTypedDue("when the cows come home") }
            holds(error.said().isNotBlank()) { "$error" }
            refused<KeptException.Invalid> { it.notebook.parseTypedDue("tomorrow", "Mars/Olympus") }
            refused<KeptException.Invalid> { it.notebook.parseTypedMoment("yesterday", "Mars/Olympus") }
        }
    }

    test("every sentence is there in English and in German, for a reader at a place and time") {
        world.stranger().use {
            it.notebook.createAccount(customer("Gasthof Hirsch"))
            val line = it.notebook.status().line
            holds(line.said().contains("1")) { line.said() }
            holds(line.said(Lang.DE) != line.said(Lang.EN)) { line.said() }
            val reader = ReaderContext(lang = Lang.DE, now = 0, zone = BERLIN)
            holds(messageTextAt(line, reader).isNotBlank()) { "$line" }
            holds(partsMessage(Parts(here = 1u, of = 3u)).said().contains("3")) { "one of three" }
            same(null, trustMessage(Trust.GOOD))
            holds(trustMessage(Trust.DRIFTING)!!.said().isNotBlank()) { "drifting" }
            same(null, it.notebook.clockWarning())
            same("no-such-key", Message("no-such-key", listOf()).said())
        }
    }

    test("promises are listed by whose they are and for whom") {
        world.colleague("Bela").use {
            val notebook = it.notebook
            it.synchronise()
            val account = notebook.createAccount(customer("Pension Rose"))
            val mine = notebook.makePromise(promiseOf("a lamp", it.itself(), account))
            val pool = notebook.makePromise(promiseOf("a stool", Performer.Pool(Team("kitchen"))))
            same(listOf(mine), notebook.promises(PromiseListQuery(account = account)).map { row -> row.id })
            same(setOf(mine, pool), notebook.promises(PromiseListQuery(mine = true, openOnly = true)).map { row -> row.id }.toSet())
            same(1, notebook.promises(PromiseListQuery(mine = true, limit = 1u)).size)
            same(setOf(mine, pool), notebook.todays(AgendaKind.LATER).toSet())
            same(listOf("a stool", "a lamp"), notebook.promiseSummaries(listOf(pool, mine)).map { row -> row.deliverable })
            val overview = notebook.myOverview()
            same(2u, overview.counts.open)
            holds(overview.load.words.said().isNotBlank()) { "how busy I am is said" }
        }
    }
}
