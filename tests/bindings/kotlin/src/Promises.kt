import app.kept.core.*

fun Trial.promises(world: World) {
    test("a promise is made, asked, accepted, begun and kept") {
        world.colleague("Paul").use { paul ->
            world.colleague("Petra").use { petra ->
                val account = paul.notebook.createAccount(customer("Café Krone"))
                paul.synchronise()
                val performer = paul.notebook.performers().first { it.name == "Petra" }.performer
                val id = paul.notebook.makePromise(promiseOf("a new seal", performer, account))
                same("Petra", paul.notebook.promise(id).summary.performerName)
                val actions = paul.notebook.promiseActions(listOf(id)).single().actions
                same(paul.notebook.promise(id).actions, actions)
                holds(PromiseAction.CANCEL in actions && PromiseAction.ACCEPT !in actions) { "$actions" }
                val petraAgain = paul.notebook.performers("callback").first { it.performer == performer }
                holds(petraAgain.load != null && petraAgain.delivered == 0u) { "$petraAgain" }
                paul.synchronise()
                petra.synchronise()
                same(listOf(id), petra.notebook.todays(AgendaKind.ASKED_OF_ME))
                petra.notebook.changePromise(id, listOf(PromiseEdit.Accept))
                petra.notebook.changePromise(id, listOf(PromiseEdit.Start))
                val proof = Evidence(kind = EvidenceKind.SAID_DONE, note = "fitted and tried")
                petra.notebook.changePromise(id, listOf(PromiseEdit.Fulfil(evidence = listOf(proof))))
                petra.synchronise()
                paul.synchronise()
                val promise = paul.notebook.promise(id)
                same(Outcome.Kept, promise.summary.state.outcome)
                holds(promise.nextWords.said().isNotBlank()) { "what comes next is said" }
                paul.notebook.changePromise(id, listOf(PromiseEdit.Confirm(Mood.HAPPY), PromiseEdit.Thank(petra.notebook.me().person)))
                val explained = paul.notebook.explainPromise(id)
                same(OutcomeRule.DONE_IN_TIME, explained.outcome)
                same(promise.events.size + 2, explained.events.size)
            }
        }
    }

    test("whoever is asked may decline or offer another date, and the customer is told it") {
        world.colleague("Quentin").use { me ->
            val id = me.notebook.makePromise(promiseOf("a repair", me.itself()))
            me.notebook.changePromise(id, listOf(PromiseEdit.Decline("no parts")))
            me.notebook.changePromise(id, listOf(PromiseEdit.Propose(day("2099-02-01"), "parts come in January")))
            me.notebook.changePromise(id, listOf(PromiseEdit.Agree(day("2099-02-01"), Channel.CALL, "first of February")))
            me.notebook.changePromise(id, listOf(PromiseEdit.Communicate(Channel.CALL)))
            me.notebook.changePromise(id, listOf(PromiseEdit.NameAccount(me.notebook.createAccount(customer("Hotel Adler")))))
            same("Hotel Adler", me.notebook.promise(id).summary.accountName)
            me.notebook.changePromise(id, listOf(PromiseEdit.Reassign(Performer.Nobody, "somebody nearer")))
            same("2099-02-01", me.notebook.promise(id).summary.due.date)
            val mistake = me.notebook.promise(id).events.last().id
            me.notebook.changePromise(id, listOf(PromiseEdit.Retract(mistake)))
            same(me.itself(), me.notebook.promise(id).summary.performer)
        }
    }

    test("a promise that we call off is broken, and another one makes it right") {
        world.colleague("Rosa").use {
            val broken = it.notebook.makePromise(promiseOf("a loaner", it.itself()))
            it.notebook.changePromise(broken, listOf(PromiseEdit.Cancel(CancelledBy.US, reason = "none left")))
            same(true, it.notebook.promise(broken).mayMakeRight)
            val draft = it.notebook.draftToMakeRight(broken, day("2099-03-01"))
            same(broken, draft.makesRight)
            val right = it.notebook.makePromise(draft)
            same(listOf(right), it.notebook.promise(broken).madeRightBy.map { link -> link.id })
        }
    }

    test("a promise is written again only where its terms do not count any more") {
        world.colleague("Sven").use {
            val id = it.notebook.makePromise(promiseOf("a spare key", it.itself()))
            refused<KeptException.Invalid> { it.notebook.rewritePromise(id, RewriteDraft(due = day("2099-04-01"))) }
            same("2099-01-05", it.notebook.promise(id).summary.due.date)
        }
    }

    test("the office writes for somebody who phoned in") {
        world.colleague("Uwe").use { uwe ->
            world.owner().use { owner ->
                val id = uwe.notebook.makePromise(promiseOf("a calibration", uwe.itself()))
                uwe.synchronise()
                owner.synchronise()
                owner.notebook.changePromiseFor(id, uwe.notebook.me().person, listOf(PromiseEdit.Start))
                owner.synchronise()
                uwe.synchronise()
                same(WorkTag.ACCEPTED_AND_STARTED, workTag(uwe.notebook.promise(id)))
                val mine = listOf(PromiseEdit.Start)
                refused<KeptException.Invalid> { uwe.notebook.changePromiseFor(id, owner.notebook.me().person, mine) }
            }
        }
    }

    test("whoever promises hears that nobody was asked, that it is promised already, and that the day is a bad one") {
        world.colleague("Willi").use {
            val draft = promiseOf("a new hopper", it.itself())
            val id = it.notebook.makePromise(draft)
            same(listOf(id), it.notebook.duplicatesOfPromise(draft).map { row -> row.id })
            val told = draft.copy(told = true, performer = Performer.Nobody)
            holds(it.notebook.promiseNotice(told)!!.said().isNotBlank()) { "nobody is named" }
            same(null, it.notebook.promiseNotice(draft))
            same(null, it.notebook.dueWarning(day("2099-01-05")))
            val sunday = it.notebook.dueWarning(day("2099-01-04"))
            holds(sunday == null || sunday.said().isNotBlank()) { "$sunday" }
        }
    }
}

enum class WorkTag { ACCEPTED_AND_STARTED, OTHER }

/** The ids of one group of my agenda; none where it is empty. */
fun Notebook.todays(kind: AgendaKind): List<DocId> = myOverview().agenda.find { it.group == kind }?.ids.orEmpty()

/** The part of a promise's state that this trial compares. */
fun workTag(promise: Promise): WorkTag {
    val work = promise.summary.state.work
    return if (work is WorkState.Accepted && work.started) WorkTag.ACCEPTED_AND_STARTED else WorkTag.OTHER
}
