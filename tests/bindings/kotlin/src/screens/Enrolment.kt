import app.kept.core.*
import java.io.File

/** Enrolment, and the states of an app that cannot do what it usually does. */
fun Screens.enrolment() {
    state("enrol", "a link says whose company it is; a wrong one what is wrong with it") {
        val preview = readInvitation("kept://kept.example/join?v=1&code=a.b&org=Waagen+Nord")
        same(listOf("Waagen Nord", "kept.example", true), listOf(preview.organisation, preview.host, preview.allowed))
        holds(refused<KeptException.Invalid> { readInvitation("https://kept.example") }.said().isNotBlank()) { "silent" }
    }

    state("not-joined", "customers, visits, observations and search work before joining, and dates as well") { folder ->
        Phone(folder).use {
            same(false, it.notebook.me().joined)
            val id = it.notebook.createAccount(customer("Hotel Adler"))
            it.notebook.logVisit(VisitEntry(visitAt(id, "the door sticks")))
            it.notebook.logUsage(observation(id, "kicks it shut"))
            same(id, it.notebook.findAccounts("adl", 5u).single().summary.id)
            it.notebook.adviseDate(DateQuestion("delivery"))
            refused<KeptException.NeedsJoin> { it.synchronise() }
            val join = it.notebook.prepareJoin("kept://127.0.0.1:1/join?v=1&code=a.b&http=1", JoinOptions(label = "Phone"))
            join.use { run -> refused<KeptException.Offline> { run.joinWithin(10_000u) } }
            same(true, it.say(it.notebook.status().line).isNotBlank())
        }
    }

    screen("first-sync", "sam", "how far each scope was read, and events that carry ids, never data") {
        val scopes = it.notebook.status().scopes
        holds(scopes.isNotEmpty() && scopes.all { scope -> scope.seq <= scope.head }) { "$scopes" }
        same(0UL, it.notebook.status().arriving)
        it.notebook.events().use { events ->
            val id = it.notebook.createAccount(customer("Kiosk"))
            same(NotebookEvent.Changed(listOf(id)), events.next())
            events.stop()
        }
        it.notebook.prepareSync().use { run -> refused<KeptException.Offline> { run.runWithin(5_000u) } }
    }

    screen("signed-out", "sam", "own work stays, and a new invitation brings it back") {
        it.secrets.kept.remove("token")
        it.notebook.prepareSync().use { run -> refused<KeptException.SignedOut> { run.runWithin(5_000u) } }
        val status = it.notebook.status()
        same(true, status.signedOut)
        same(1, status.unsent.size)
        it.notebook.createAccount(customer("Kiosk"))
        val link = "kept://127.0.0.1:1/join?v=1&code=a.b&http=1"
        it.notebook.prepareJoin(link, JoinOptions(label = "Phone")).use { run ->
            refused<KeptException.Offline> { run.joinWithin(10_000u) }
        }
    }

    screen("forked", "sam", "a notebook of which no copy is known goes on as it is") {
        same(false, it.notebook.status().forked)
        val error = refused<KeptException.Invalid> { it.notebook.prepareRenewal().use { run -> run.joinWithin(5_000u) } }
        holds(error.said().isNotBlank()) { "$error" }
    }

    state("too-old", "an error of versions is said in both languages") {
        val error = KeptException.Invalid("server", Message("error-version", listOf()))
        holds(errorMessage(error).said() != errorMessage(error).said(Lang.DE)) { errorMessage(error).said() }
    }

    screen("key-missing", "sam", "the notebook stays closed, says so, and offers the ways on; nothing is deleted") {
        it.notebook.shutDown()
        val key = it.secrets.kept.remove("database-key")!!
        val error = refused<KeptException.Storage> { Notebook.open(it.path, it.secrets) }
        same(StorageProblem.KEY_MISSING, error.problem)
        val ways = storageRemedies(error).map { line -> line.remedy }
        holds(StorageRemedy.BEGIN_ANEW in ways && StorageRemedy.RESTORE_KEY in ways) { "$ways" }
        it.secrets.kept["database-key"] = key
        Notebook.open(it.path, it.secrets).use { again -> same("Sam Okafor", again.me().name) }
    }

    state("disk-full", "what is full says what to do") {
        val ways = storageRemedies(KeptException.Storage(StorageProblem.FULL, Message("error-disk-full", listOf()))).map { line -> line.remedy }
        holds(StorageRemedy.FREE_SPACE in ways) { "$ways" }
    }
}

/** The text of a message for a reader. */
private fun Phone.say(message: Message): String = message.said()
