import app.kept.core.*
import java.io.File
import java.net.URI

fun Trial.errors(world: World) {
    test("what is not here is said to be not here") {
        world.colleague("Hanna").use {
            val notebook = it.notebook
            val calls = listOf<() -> Any>(
                { notebook.account(NOTHING) },
                { notebook.visit(NOTHING) },
                { notebook.usage(NOTHING) },
                { notebook.promise(NOTHING) },
                { notebook.history(NOTHING) },
                { notebook.entryKind(NOTHING) },
                { notebook.colleagueProfile(PersonId(NOTHING.text)) },
                { notebook.findDocument("nobody of this name") },
            )
            for (call in calls) {
                val error = refused<KeptException.NotFound> { call() }
                holds(error.said().isNotBlank()) { "$error" }
            }
        }
    }

    test("what waits to be sent is copied and exported, and ways that are closed are refused by name") {
        world.colleague("Hedwig").use {
            val notebook = it.notebook
            val visit = notebook.logVisit(VisitEntry(visitAt(null, "the belt slips"))).visit
            val waiting = notebook.status().unsent.single()
            same(listOf(WayOut.COPY_TEXT, WayOut.EXPORT), waiting.ways)
            same("Visit “the belt slips”", waiting.words.said())
            holds("the belt slips" in notebook.groupText(waiting.id, Lang.EN)) { notebook.groupText(waiting.id, Lang.EN) }
            holds(notebook.exportGroup(waiting.id).size > 100 && notebook.exportEntry(visit).size > 100) { "no file" }
            same(emptyList<Any>(), notebook.withdrawn().groups)
            refused<KeptException.Invalid> { notebook.withdrawGroup(waiting.id) }
            refused<KeptException.Invalid> { notebook.writeGroupAgain(waiting.id) }
            refused<KeptException.NotFound> { notebook.bringGroupBack(waiting.id) }
            refused<KeptException.NotFound> { notebook.withdrawDocument(visit) }
            same(1UL, it.synchronise().sent)
        }
    }

    test("what cannot be used is refused with its field and a sentence, and nothing is written") {
        world.colleague("Ivo").use {
            val notebook = it.notebook
            val calls = mapOf<String, () -> Any>(
                "name" to { notebook.createAccount(customer("   ")) },
                "deliverable" to { notebook.makePromise(promiseOf("")) },
                "due" to { notebook.makePromise(promiseOf("x", due = day("2099-13-40"))) },
                "zone" to { notebook.makePromise(promiseOf("x", due = day("2099-01-05").copy(zone = "Mars/Olympus"))) },
                "past" to { notebook.makePromise(promiseOf("x", due = day("2001-01-05"))) },
                "pain" to { notebook.logUsage(observation(null, "x").copy(pain = 7u)) },
                "said" to { notebook.logVisit(VisitEntry(visit = visitAt(null, "x".repeat(20_001)))) },
                "proxy" to { notebook.setProxy("no proxy") },
            )
            for ((name, call) in calls) {
                val error = refused<KeptException.Invalid> { call() }
                holds(error.field.isNotBlank() && error.said().isNotBlank()) { "$name: $error" }
            }
            same(emptyList<Any>(), notebook.latestEntries(10u))
        }
    }

    test("a notebook without a company says what needs one") {
        world.stranger().use {
            val error = refused<KeptException.NeedsJoin> { it.notebook.makePromise(promiseOf("x")) }
            holds(error.said().isNotBlank()) { "$error" }
            refused<KeptException.NeedsJoin> { it.notebook.syncNow() }
            refused<KeptException.NeedsJoin> { it.synchronise() }
        }
    }

    test("a server that is away is told as such, and what was written goes when it is back") {
        val away = Relay(URI(world.company.url))
        val phone = world.joined(world.company.invite("Jule", "technician", away.url))
        phone.use {
            away.close()
            it.notebook.createAccount(customer("Schule West"))
            val error = refused<KeptException.Offline> { it.notebook.syncNow() }
            same(OutageCause.UNREACHABLE, error.outage.cause)
            holds(error.unsent > 0UL && error.said().isNotBlank()) { "$error" }
            same(OutageCause.UNREACHABLE, it.notebook.status().outage?.outage?.cause)
        }
    }

    test("a proxy is kept, or used for as long as the notebook is open") {
        world.colleague("Kuno").use {
            it.notebook.setProxy("http://proxy.example:3128")
            same("http://proxy.example:3128", it.notebook.status().proxy)
            it.notebook.overrideProxy("http://other.example:3128")
            it.notebook.overrideProxy()
            same("http://proxy.example:3128", it.notebook.status().proxy)
            it.notebook.setProxy()
            same(null, it.notebook.status().proxy)
            // A server on this machine is reached without it.
            same(false, it.notebook.syncNow().stopped)
        }
    }

    test("a device that was shut out says so and keeps what it wrote") {
        world.colleague("Lars").use {
            it.synchronise()
            val id = it.notebook.createAccount(customer("Hof Nord"))
            world.company.run("devices", "revoke", "Lars")
            refused<KeptException.SignedOut> { it.notebook.syncNow() }
            same(true, it.notebook.status().signedOut)
            same("Hof Nord", it.notebook.account(id).account.name)
            refused<KeptException.SignedOut> { it.notebook.syncNow() }
        }
    }

    test("a key that is gone or another one opens nothing, and harms nothing") {
        val phone = world.stranger()
        val id = phone.notebook.createAccount(customer("Hof Süd"))
        phone.close()
        val key = phone.secrets.kept.remove("database-key")!!
        val gone = refused<KeptException.Storage> { Phone(phone.folder, phone.secrets) }
        same("error-key-missing", gone.reason.key)
        phone.secrets.kept["database-key"] = ByteArray(32)
        refused<KeptException.Storage> { Phone(phone.folder, phone.secrets) }
        phone.secrets.kept["database-key"] = ByteArray(5)
        refused<KeptException.Storage> { Phone(phone.folder, phone.secrets) }
        phone.secrets.kept["database-key"] = key
        val database = File(phone.folder, "notebook.db")
        val aside = File(phone.folder, "aside.db")
        holds(database.renameTo(aside)) { "the database has another name" }
        refused<KeptException.Storage> { Phone(phone.folder, phone.secrets) }
        holds(aside.renameTo(database)) { "it comes back" }
        Phone(phone.folder, phone.secrets).use { same("Hof Süd", it.notebook.account(id).account.name) }
    }

    test("a notebook whose key is gone is retired whole, and a new one begins") {
        val phone = world.colleague("Ruth")
        phone.notebook.createAccount(customer("Hof Mitte"))
        refused<KeptException.Invalid> { retireNotebook(phone.folder.path, phone.secrets) }
        phone.close()
        phone.secrets.kept.remove("database-key")
        val gone = refused<KeptException.Storage> { Phone(phone.folder, phone.secrets) }
        same(StorageProblem.KEY_MISSING, gone.problem)
        val ways = storageRemedies(gone)
        holds(ways.any { it.remedy == StorageRemedy.BEGIN_ANEW && it.label.said().isNotBlank() }) { "$ways" }
        val retired = retireNotebook(phone.folder.path, phone.secrets)
        holds(File(retired.folder, "notebook.db").length() > 0) { "$retired" }
        same(false, retired.keyKept)
        same(null, phone.secrets.kept["token"])
        Phone(phone.folder, phone.secrets).use {
            same(false, it.notebook.me().joined)
            same(emptyList<Any>(), it.notebook.latestEntries(10u))
        }
    }
}
