import app.kept.core.*

private const val WEEK_MS = 7L * 86_400_000

fun Trial.reminders(world: World) {
    test("a promise that is due soon rings, until I say that I saw it") {
        world.colleague("Emil").use {
            val notebook = it.notebook
            val soon = notebook.parseTypedDue("in 3 hours", BERLIN)
            val id = notebook.makePromise(promiseOf("a call", it.itself(), kind = "callback", due = soon))
            val due = notebook.dueReminders(WEEK_MS)
            holds(due.isNotEmpty() && due.all { ring -> ring.promise == id }) { "$due" }
            holds(due.all { ring -> ring.why.said().isNotBlank() && ring.rungWords.said().isNotBlank() }) { "$due" }
            val alarms = notebook.alarms(null)
            val ahead = notebook.dueReminders(2 * WEEK_MS)
            same(ahead.map { ring -> ring.id }, alarms.arm.map { alarm -> alarm.reminder.id })
            holds(alarms.arm.all { alarm -> alarm.title.said().isNotBlank() && alarm.privateTitle.said().isNotBlank() }) { "$alarms" }
            same(0, notebook.alarms(alarms.lookedAt).ringNow.size)
            same(due, notebook.dueRemindersSince(alarms.lookedAt, WEEK_MS))
            holds(notebook.remindersOf(id).map { ring -> ring.id }.containsAll(due.map { ring -> ring.id })) { "$due" }
            same(0, notebook.myCalls().count { ring -> ring.promise != id })
            notebook.acknowledgeReminder(id, due[0].id)
            notebook.acknowledgeReminder(id, due[0].id)
            holds(notebook.dueReminders(WEEK_MS).none { ring -> ring.id == due[0].id }) { "seen, and rings again" }
            refused<KeptException.Invalid> { notebook.acknowledgeReminder(id, "no rung") }
            val next = notebook.alarms(null).arm.first { alarm -> ReminderAction.DONE in alarm.actions }
            refused<KeptException.Invalid> { notebook.answerReminder(id, next.reminder.id, ReminderAction.RENEGOTIATE) }
            notebook.answerReminder(id, next.reminder.id, ReminderAction.DONE)
            notebook.answerReminder(id, next.reminder.id, ReminderAction.DONE)
            same(0, notebook.alarms(null).arm.size)
        }
    }
}
