import app.kept.core.*

/** The place Today, and what rings. */
fun Screens.today() {
    screen("today", "sam", "what others ask comes first, then what to tell customers, what is late, what is due, and the rest") {
        val overview = it.notebook.myOverview()
        val order = listOf(AgendaKind.ASKED_OF_ME, AgendaKind.TELL_CUSTOMER, AgendaKind.LATE, AgendaKind.DUE_TODAY, AgendaKind.LATER)
        val groups = overview.agenda.map { group -> group.group }
        same(order.filter { kind -> kind in groups }, groups)
        same(overview.counts.open.toInt(), overview.agenda.sumOf { group -> group.ids.size })
        holds(overview.changesAt > it.now) { "${overview.changesAt}" }
        holds(it.say(it.notebook.status().line).startsWith("Only on this device")) { it.say(it.notebook.status().line) }

        val ids = overview.agenda.flatMap { group -> group.ids }
        val rows = it.notebook.promiseSummaries(ids)
        same(ids, rows.map { row -> row.id })
        holds(rows.all { row -> it.say(row.sentence).isNotBlank() && it.say(row.stateWords).isNotBlank() }) { "a row says nothing" }

        // The three answers in place: the first of what is asked is accepted with one tap.
        val asked = overview.agenda.first { group -> group.group == AgendaKind.ASKED_OF_ME }.ids.first()
        val actions = it.notebook.promiseActions(listOf(asked)).single().actions
        holds(actions.containsAll(listOf(PromiseAction.ACCEPT, PromiseAction.PROPOSE, PromiseAction.DECLINE))) { "$actions" }
        it.notebook.changePromise(asked, listOf(PromiseEdit.Accept))
        val after = it.notebook.myOverview()
        same(overview.counts.askedOfMe - 1u, after.counts.askedOfMe)
    }

    screen("notifications", "sam", "what was missed rings once, the rest is armed, and each says what to do") {
        val alarms = it.notebook.alarms(it.now - 86_400_000)
        holds(alarms.againAt > it.now) { "${alarms.againAt}" }
        val all = alarms.ringNow + alarms.arm
        holds(all.isNotEmpty() && all.map { alarm -> alarm.reminder.id }.toSet().size == all.size) { "$alarms" }
        holds(alarms.arm.all { alarm -> alarm.reminder.at > it.now }) { "armed in the past" }
        for (alarm in all) {
            holds(it.say(alarm.title).isNotBlank() && alarm.actions.isNotEmpty()) { "$alarm" }
            val quiet = it.say(alarm.privateTitle)
            holds(alarm.accountName.isBlank() || alarm.accountName !in quiet) { quiet }
        }
        val one = all.first()
        it.notebook.acknowledgeReminder(one.reminder.promise, one.reminder.rung)
        val left = it.notebook.alarms(it.now - 86_400_000)
        holds((left.ringNow + left.arm).none { alarm -> alarm.reminder.id == one.reminder.id }) { "it rings again" }
        val promise = it.openPromises(mine = true).first { row -> PromiseAction.START in it.notebook.promise(row.id).actions }
        val reminder = it.notebook.remindersOf(promise.id).firstOrNull()
        if (reminder != null) it.notebook.answerReminder(promise.id, reminder.id, ReminderAction.SEEN)
    }
}
