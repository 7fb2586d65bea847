import app.kept.core.*

/** The place Promises: the list, a promise, its answers and its proof. */
fun Screens.promisesPlace() {
    screen("promises", "sam", "I deliver, I promised, by kind and customer; done ones behind one tap") {
        val me = it.notebook.me().person
        val mine = it.openPromises(mine = true)
        val deliver = mine.filter { row -> row.performer == Performer.Person(me) }
        val promised = mine.filter { row -> row.promiser == me }
        holds(deliver.isNotEmpty() && promised.isNotEmpty()) { "${deliver.size} and ${promised.size}" }
        holds(mine.zipWithNext().all { (one, other) -> one.dueAt <= other.dueAt }) { "not by date" }
        val kind = mine.first().kind
        val ofKind = it.notebook.promises(PromiseListQuery(openOnly = true, mine = true, kind = kind))
        same(mine.filter { row -> row.kind == kind }.map { row -> row.id }, ofKind.map { row -> row.id })
        val all = it.notebook.promises(PromiseListQuery(mine = true))
        holds(all.size > mine.size) { "no done ones" }
        val account = mine.first { row -> row.account != null }.account
        val ofAccount = it.notebook.promises(PromiseListQuery(openOnly = true, account = account))
        holds(ofAccount.all { row -> row.account == account }) { "$ofAccount" }
        holds(mine.map { row -> row.mark }.toSet().size > 1) { "one mark for all" }
    }

    screen("promise", "sam", "the sentence, both axes in words, the actions with the likeliest first, and why, in both languages") {
        val row = it.openPromises(mine = true).first { row -> row.mark == PromiseMark.COUNTER_OFFERED }
        val promise = it.notebook.promise(row.id)
        same(PromiseAction.AGREE, promise.actions.first())
        val tell = promise.tell!!
        holds(it.say(tell) != it.say(tell, Lang.DE)) { it.say(tell) }
        holds(it.say(promise.summary.sentence).contains(row.deliverable)) { it.say(promise.summary.sentence) }
        holds(promise.events.isNotEmpty() && promise.events.all { event -> it.say(event.words).isNotBlank() }) { "$promise" }
        val why = it.notebook.explainPromise(row.id)
        same(promise.events.size, why.events.size)
        holds(it.say(why.outcomeWords).isNotBlank() && it.say(why.workWords).isNotBlank()) { "$why" }
        holds(it.notebook.history(row.id).isNotEmpty()) { "no history" }
        holds(promise.calls.all { call -> call.name.isNotBlank() }) { "${promise.calls}" }

        val mine = it.openPromises(mine = true).first { one -> PromiseAction.FULFIL in it.notebook.promise(one.id).actions }
        it.notebook.changePromise(mine.id, listOf(PromiseEdit.Fulfil()))
        same(WorkState.Fulfilled, it.notebook.promise(mine.id).summary.state.work)
    }

    screen("answer", "sam", "not by then: date chips from the record, and the promiser has something to tell") {
        val asked = it.notebook.myOverview().agenda.first { group -> group.group == AgendaKind.ASKED_OF_ME }.ids.first()
        val promise = it.notebook.promise(asked)
        holds(PromiseAction.PROPOSE in promise.actions) { "${promise.actions}" }
        val chips = it.notebook.dueChoices(promise.summary.kind)
        holds(chips.isNotEmpty() && chips.all { chip -> it.say(chip.words).isNotBlank() }) { "$chips" }
        val due = chips.last().due
        val advice = it.notebook.adviseNewDate(asked, due)
        holds(advice.sentences.isNotEmpty() || advice.warnings.isNotEmpty()) { "$advice" }
        it.notebook.changePromise(asked, listOf(PromiseEdit.Propose(due, "parts")))
        holds(it.notebook.promise(asked).summary.state.work is WorkState.CounterOffered) { "no offer" }
        it.notebook.undo(it.notebook.undoableOf(asked)!!.group)
        same(promise.summary.state.work, it.notebook.promise(asked).summary.state.work)
    }

    screen("proof", "sam", "how do they know: the evidence that the kind asks for, when it was done, and undone for a day") {
        val row = it.openPromises(mine = true).first { one -> PromiseAction.FULFIL in it.notebook.promise(one.id).actions }
        val promise = it.notebook.promise(row.id)
        val wanted = promise.evidenceWanted.ifEmpty { listOf(EvidenceKind.SAID_DONE) }
        val evidence = wanted.map { kind -> Evidence(kind, "") }
        it.notebook.changePromise(row.id, listOf(PromiseEdit.Fulfil(it.now - 3_600_000, evidence)))
        val done = it.notebook.promise(row.id)
        same(WorkState.Fulfilled, done.summary.state.work)
        it.notebook.undo(it.notebook.undoableOf(row.id)!!.group)
        same(promise.summary.state.work, it.notebook.promise(row.id).summary.state.work)
    }
}
