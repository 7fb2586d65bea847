import app.kept.core.*

fun Trial.badInput(world: World) {
    test("a store of secrets that throws is told as such, and the notebook works again when it does") {
        val phone = world.stranger()
        phone.use {
            val id = it.notebook.createAccount(customer("Hof Ost"))
            it.notebook.pause()
            it.secrets.thrown = IllegalStateException("the keystore is locked")
            val error = refused<KeptException.Storage> { it.notebook.account(id) }
            same(StorageProblem.KEYSTORE, error.problem)
            holds("keystore is locked" !in error.said() && error.said().isNotBlank()) { "$error" }
            it.secrets.thrown = SecretStoreException.Locked()
            val locked = refused<KeptException.Storage> { it.notebook.account(id) }
            same(StorageProblem.KEY_LOCKED, locked.problem)
            same(listOf(StorageRemedy.UNLOCK), storageRemedies(locked).map { way -> way.remedy })
            it.secrets.thrown = null
            same("Hof Ost", it.notebook.account(id).account.name)
        }
        val broken = Secrets().also { it.thrown = IllegalStateException("the keystore is locked") }
        val folder = world.folder()
        refused<KeptException> { Notebook.open(folder.path, broken) }
        broken.thrown = null
        Notebook.open(folder.path, broken).use { same(false, it.me().joined) }
    }

    test("a malformed id is an answer, not a crash, wherever it stands") {
        val phone = world.colleague("Theo")
        phone.use {
            val notebook = it.notebook
            val account = notebook.createAccount(customer("Hof Mitte"))
            val promise = notebook.makePromise(promiseOf("a bolt", it.itself()))
            val malformed = listOf("not an id", "", "x".repeat(10_000), NOTHING.text.dropLast(1), "\u0000", "é")
            for (id in malformed) {
                val calls = mapOf<String, () -> Any?>(
                    "a document" to { notebook.account(DocId(id)) },
                    "a person" to { notebook.colleagueProfile(PersonId(id)) },
                    "one that is optional" to { notebook.reliability(PersonId(id)) },
                    "an item of an edit" to { notebook.editAccount(account, listOf(AccountEdit.RemoveContact(ItemId(id)))) },
                    "an event of an edit" to { notebook.changePromise(promise, listOf(PromiseEdit.Retract(EventId(id)))) },
                    "a customer of a draft" to { notebook.makePromise(promiseOf("x", account = DocId(id))) },
                    "a customer of a question" to { notebook.adviseDate(DateQuestion(kind = "delivery", account = DocId(id))) },
                    "a file of a draft" to {
                        notebook.logVisit(VisitEntry(visit = visitAt(null, "x").copy(files = listOf(FileHash(id)))))
                    },
                    "a pool" to { notebook.makePromise(promiseOf("x", Performer.Pool(Team(id)))) },
                    "a draft that is only looked at" to { notebook.promiseNotice(promiseOf("x", account = DocId(id))) },
                    "a visit that is only looked at" to { notebook.isEmptyVisit(VisitEntry(visit = visitAt(DocId(id), "x"))) },
                )
                for ((what, call) in calls) {
                    val error = refused<KeptException.Invalid> { call() }
                    same(listOf("id", "error-not-an-id"), listOf(error.field, error.reason.key)) { what }
                    holds(error.said().length < 300) { "$what: ${error.said()}" }
                }
            }
            same("Hof Mitte", notebook.account(account).account.name)
        }
        Phone(phone.folder, phone.secrets).use { same("Theo", it.notebook.me().name) }
    }

    test("half a character is refused with a sentence, and locks nothing") {
        val phone = world.colleague("Ulla")
        val half = "a flower \uD83C"
        phone.use {
            val notebook = it.notebook
            val account = notebook.createAccount(customer("Hof Grün"))
            val promise = notebook.makePromise(promiseOf("a bucket", it.itself()))
            val me = notebook.me().person
            val calls = mapOf<String, () -> Any?>(
                "a name" to { notebook.createAccount(customer(half)) },
                "notes" to { notebook.editAccount(account, listOf(AccountEdit.Notes(half))) },
                "a number" to { notebook.createAccount(customer("Hof Blau", half)) },
                "what was said" to { notebook.logVisit(VisitEntry(visit = visitAt(account, "$half tail"))) },
                "what was observed" to { notebook.logUsage(observation(account, half)) },
                "a deliverable" to { notebook.makePromise(promiseOf(half)) },
                "a reason" to { notebook.changePromise(promise, listOf(PromiseEdit.Decline(half))) },
                "a profile" to { notebook.editColleagueProfile(me, listOf(PersonEdit.Wins(half))) },
            )
            for ((what, call) in calls) {
                val error = refused<KeptException.Invalid> { call() }
                same("error-half-character", error.reason.key) { what }
            }
            // What only asks finds nothing, or does not understand.
            same(emptyList<Any>(), notebook.search("flower \uDF38", 10u))
            refused<KeptException> { notebook.findDocument(half) }
            refused<KeptException.Invalid> { notebook.parseTypedDue(half) }
            refused<KeptException.Invalid> { notebook.account(DocId(half)) }
            same("Hof Grün", notebook.account(account).account.name)
            same(emptyList<Any>(), notebook.latestEntries(10u).filter { entry -> entry.kind != EntryKind.PROMISE })
        }
        world.stranger().use {
            val link = world.company.invite("Ute", "sales")
            val error = refused<KeptException.Invalid> { it.notebook.join(link, JoinOptions(label = half)) }
            same("error-half-character", error.reason.key)
            same("Ute", it.notebook.join(link, JoinOptions(label = "Ute's phone")).name)
        }
        Phone(phone.folder, phone.secrets).use { same("Ulla", it.notebook.me().name) }
    }
}
