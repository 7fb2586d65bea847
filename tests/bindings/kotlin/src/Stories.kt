import app.kept.core.*
import java.io.File

/** The stories whose taps are counted: each step of `taps.md` is played by the calls behind it, in its order. */
class Stories(private val trial: Trial, private val world: World, private val script: File) {
    fun story(title: String, taps: Int, play: suspend Played.(World) -> Unit) = trial.test("story $title in $taps taps") {
        val section = script.readText().substringAfter("\n## $title\n", "").substringBefore("\n## ")
        val steps = Regex("(?m)^ *(?:\\d+\\.|-) (.*)$").findAll(section).map { it.groupValues[1] }.toList()
        holds(steps.isNotEmpty()) { "the script has no story '$title'" }
        val played = Played(steps)
        played.play(world)
        same(steps, played.steps)
        same(taps, steps.count { step -> !step.startsWith("“") }) { "taps" }
    }
}

/** A story that is played: its steps so far. */
class Played(private val wanted: List<String>) {
    val steps = mutableListOf<String>()

    /** The next step of the script, which begins with these words, and what it does. */
    suspend fun <T> step(words: String, does: suspend () -> T): T {
        val next = wanted.getOrNull(steps.size)
        holds(next != null && next.startsWith(words)) { "wanted the step '$next', found '$words'" }
        steps += next!!
        return does()
    }
}

fun Stories.all() {
    story("1 Basement", 11) { world ->
        world.colleague("Anatol").use { phone ->
            val notebook = phone.notebook
            val mill = notebook.createAccount(customer("Mühle Nord"))
            notebook.logUsage(UsageDraft(kind = UsageKind.USE, account = mill, product = "feeder", workaround = "taps it with a spanner", frequency = "every day"))
            phone.synchronise()
            // From here on there is no signal.
            var visit = step("Hold ＋") { VisitDraft(account = mill, channel = Channel.ON_SITE, arrivedAt = System.currentTimeMillis()) }
            val choices = notebook.visitChoices(mill, Lang.EN)
            var usage = step("Product") { UsageDraft(kind = UsageKind.USE, account = mill, product = choices.products.first()) }
            same("feeder", usage.product)
            usage = step("What they were doing") { usage.copy(workaround = choices.workarounds.first { chip -> "spanner" in chip }) }
            usage = step("How often") { usage.copy(frequency = choices.frequencies.first { chip -> chip == "every day" }) }
            val id = notebook.saveDraft(null, DraftContent.Visit(VisitEntry(visit, listOf(usage))), "pain")
            usage = step("How much") { usage.copy(pain = 2u) }
            step("(Camera)") {}
            step("(Shutter)") {}
            step("Microphone") {}
            visit = step("“The feeder") { visit.copy(said = "The feeder jams, they clear it by hand.") }
            notebook.saveDraft(id, DraftContent.Visit(VisitEntry(visit, listOf(usage))), "promise")
            val kinds = step("We promised") { choices.kinds }
            val kind = step("Kind: delivery") { kinds.first { one -> one.key == "delivery" }.key }
            val due = notebook.adviseDate(DateQuestion(kind, notebook.me().person)).suggestion?.due ?: notebook.dueChoices(kind).first().due
            val logged = step("The suggested date") {
                val promise = promiseOf("a new feeder plate", Performer.Person(notebook.me().person), mill, kind, due)
                notebook.saveDraft(id, DraftContent.Visit(VisitEntry(visit.copy(leftAt = System.currentTimeMillis()), listOf(usage), listOf(promise))), "date")
                notebook.logDraft(id)
            }
            same(listOf(1, 1), listOf(logged.usages.size, logged.promises.size))
            // Pulling the battery loses nothing, and the office sees it with the next signal.
            phone.close()
            Phone(phone.folder, phone.secrets).use { again ->
                same(visit.said, again.notebook.visit(logged.visit!!).said)
                again.synchronise()
            }
            world.owner().use { owner ->
                owner.synchronise()
                same(visit.said, owner.notebook.visit(logged.visit!!).said)
                same("taps it with a spanner", owner.notebook.usage(logged.usages.single()).workaround)
            }
        }
    }

    story("2 A date at the table", 4) { world ->
        world.colleague("Berta").use { phone ->
            val workshop = world.colleague("Cyrill", "workshop").use { it.synchronise(); it.notebook.me().person }
            phone.synchronise()
            step("＋") { phone.notebook.drafts() }
            step("Promise") { phone.notebook.handbook() }
            val kind = step("Kind: delivery") { "delivery" }
            val advice = step("Who delivers") {
                val choice = phone.notebook.performers(kind).first { one -> one.performer == Performer.Person(workshop) }
                holds(choice.load == null || choice.load!!.words.said().isNotBlank()) { "$choice" }
                phone.notebook.adviseDate(DateQuestion(kind, workshop))
            }
            holds(advice.sentences.isNotEmpty()) { "no record: $advice" }
        }
    }

    story("4 Callback in thirty minutes", 2) { world ->
        world.colleague("Dario").use { phone ->
            val notebook = phone.notebook
            val draft = step("The shortcut") { promiseOf("call back", Performer.Person(notebook.me().person), null, "callback", notebook.dueIn(30u)) }
            val made = step("Save") { notebook.makePromise(draft) }
            // It rings on the device without a signal.
            val alarms = notebook.alarms(null)
            holds((alarms.ringNow + alarms.arm).any { alarm -> alarm.reminder.promise == made }) { "$alarms" }
        }
    }

    story("6 Accept", 2) { world ->
        world.answered { promise ->
            val reminder = step("The notification") { notebook.remindersOf(promise).firstOrNull() }
            holds(reminder != null || PromiseAction.ACCEPT in notebook.promise(promise).actions) { "nothing asked" }
            step("Accept") { notebook.changePromise(promise, listOf(PromiseEdit.Accept)) }
            "tell-stands"
        }
    }

    story("6 Counter-offer", 2) { world ->
        world.answered { promise ->
            val chips = step("Not by then") { notebook.dueChoices("delivery") }
            step("A date chip") { notebook.changePromise(promise, listOf(PromiseEdit.Propose(chips.last().due))) }
            "tell-offer"
        }
    }

    story("6 Decline", 2) { world ->
        world.answered { promise ->
            step("Cannot") {}
            step("A reason") { notebook.changePromise(promise, listOf(PromiseEdit.Decline("parts"))) }
            "tell-declined"
        }
    }

    story("9 Two people, one customer", 1) { world ->
        world.colleague("Edda").use { one ->
            world.colleague("Falk").use { other ->
                val id = one.notebook.createAccount(customer("Brauerei Süd"))
                one.notebook.editAccount(id, listOf(AccountEdit.Birthday("1970-01-01"), AccountEdit.Notes("The key hangs left.", "")))
                one.synchronise()
                other.synchronise()
                one.notebook.editAccount(id, listOf(AccountEdit.Name("Brauerei Süd GmbH"), AccountEdit.Notes("The key hangs left. Ring twice.", "The key hangs left.")))
                other.notebook.editAccount(id, listOf(AccountEdit.Name("Südbräu"), AccountEdit.Notes("The key hangs left. Mind the dog.", "The key hangs left.")))
                for (phone in listOf(one, other, one)) phone.synchronise()
                val notes = one.notebook.account(id).account.notes
                holds("Ring twice." in notes && "Mind the dog." in notes) { notes }
                val conflict = one.notebook.conflictsOf(id).first { it.choices.isNotEmpty() }
                same(2, conflict.choices.size)
                step("The value that holds") { one.notebook.settleConflict(conflict.id, conflict.choices.first().number) }
                for (phone in listOf(one, other)) phone.synchronise()
                same(one.notebook.account(id).account.name, other.notebook.account(id).account.name)
                same(emptyList<Any>(), other.notebook.conflictsOf(id).filter { left -> left.id == conflict.id })
            }
        }
    }
}

/** Somebody is asked to deliver, answers, and the promiser is told what to tell the customer: the key of that sentence. */
private suspend fun World.answered(answer: suspend Phone.(DocId) -> String) {
    colleague("Gerd").use { promiser ->
        colleague("Hilda", "workshop").use { performer ->
            performer.synchronise()
            promiser.synchronise()
            val mill = promiser.notebook.createAccount(customer("Mühle West"))
            val draft = promiseOf("a new seal", performer.itself(), mill, due = promiser.notebook.dueIn(2_880u)).copy(told = true, ask = true)
            val promise = promiser.notebook.makePromise(draft)
            promiser.synchronise()
            performer.synchronise()
            val wanted = performer.answer(promise)
            performer.synchronise()
            promiser.synchronise()
            same(wanted, promiser.notebook.promise(promise).tell?.key)
            val agenda = promiser.notebook.myOverview().agenda.first { group -> group.group == AgendaKind.TELL_CUSTOMER }
            holds(promise in agenda.ids) { "$agenda" }
        }
    }
}

/** Story 12, of which no taps are counted: late proof corrects what was said, and a dispute is decided and made right. */
fun Trial.lateProof(world: World) = test("story 12: late proof turns a promise to kept, then a dispute is decided and made right") {
    world.colleague("Ilse").use { promiser ->
        world.colleague("Jost", "workshop").use { performer ->
            world.colleague("Quirin", "office").use { office ->
                val all = listOf(promiser, performer, office)
                for (phone in all) phone.synchronise()
                val mill = promiser.notebook.createAccount(customer("Mühle Ost"))
                val draft = promiseOf("a new belt", performer.itself(), mill, due = promiser.notebook.dueIn(60u)).copy(told = true, criterion = "it runs a week")
                val promise = promiser.notebook.makePromise(draft)
                for (phone in all) phone.synchronise()
                performer.notebook.changePromise(promise, listOf(PromiseEdit.Accept))
                // Done without a signal; the proof comes with the next one.
                performer.notebook.changePromise(promise, listOf(PromiseEdit.Fulfil()))
                same(Outcome.Open, office.notebook.promise(promise).summary.state.outcome)
                for (phone in listOf(performer, office, promiser)) phone.synchronise()
                same(Outcome.Kept, office.notebook.promise(promise).summary.state.outcome)

                promiser.notebook.changePromise(promise, listOf(PromiseEdit.Dispute("It slips after two days.")))
                for (phone in listOf(promiser, office)) phone.synchronise()
                val disputed = office.notebook.promise(promise)
                same("it runs a week", disputed.summary.criterion)
                same(PromiseAction.RESOLVE, disputed.actions.first())
                val resolve = PromiseEdit.Resolve(disputed.openDispute!!, Finding.BROKEN, "the wrong size")
                office.notebook.changePromise(promise, listOf(resolve))
                for (phone in listOf(office, promiser)) phone.synchronise()
                val broken = promiser.notebook.promise(promise)
                same(listOf(Outcome.BrokenFound, true), listOf(broken.summary.state.outcome, broken.mayMakeRight))
                val right = promiser.notebook.draftToMakeRight(promise, promiser.notebook.dueIn(1_440u))
                val made = promiser.notebook.makePromise(right)
                same(promise, promiser.notebook.promise(made).makesRight?.id)
            }
        }
    }
}
