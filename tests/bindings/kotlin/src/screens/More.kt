import app.kept.core.*
import java.io.File

/** The place More: everything rarer. */
fun Screens.more() {
    screen("more", "sam", "the line of the status, and how many wait to be settled") {
        holds(it.say(it.notebook.status().line).isNotBlank()) { "no line" }
        holds(it.notebook.conflicts().isNotEmpty()) { "nothing to settle in the fixture" }
        it.notebook.myCalls()
    }

    screen("settle", "sam", "the values side by side with who and when; one tap settles") {
        val before = it.notebook.conflicts()
        val one = before.first { conflict -> conflict.choices.isNotEmpty() }
        holds(one.sides.size >= 2 || one.choices.isNotEmpty()) { "$one" }
        holds(one.sides.all { side -> it.say(side.words).isNotBlank() && side.by.name.isNotBlank() }) { "$one" }
        holds(one.choices.all { choice -> it.say(choice.words).isNotBlank() }) { "$one" }
        same(one.doc, it.notebook.settleConflict(one.id, one.choices.first().number))
        holds(it.notebook.conflicts().none { conflict -> conflict.id == one.id }) { "it is still there" }
        same(before.size - 1, it.notebook.conflicts().size)
    }

    screen("status", "sam", "what is only here with its title and ways out, last contact, who was not heard from, the clock") {
        val status = it.notebook.status()
        val waiting = status.unsent.single()
        holds(it.say(waiting.words).isNotBlank() && it.say(waiting.words, Lang.DE) != it.say(waiting.words)) { it.say(waiting.words) }
        same(listOf(WayOut.COPY_TEXT, WayOut.EXPORT), waiting.ways)
        holds(it.notebook.groupText(waiting.id, Lang.DE).isNotBlank()) { "no text" }
        holds(status.lastContact != null && status.notes.isNotEmpty() && status.devices.isNotEmpty()) { "$status" }
        same(Trust.GOOD, status.clock)
        holds(status.notes.all { note -> it.say(note).isNotBlank() }) { "${status.notes}" }
        same(emptyList<Any>(), it.notebook.withdrawn().groups)
        same(0u, status.withdrawn)
    }

    screen("colleagues", "ingrid", "everybody with role, load and when they were heard from") {
        val all = it.notebook.colleagues()
        holds(all.size >= 6) { "$all" }
        for (colleague in all) {
            holds(roleMessage(colleague.role).said().isNotBlank()) { "$colleague" }
            it.notebook.colleagueProfile(colleague.id)
            holds(it.say(it.notebook.loadOfColleague(colleague.id).words).isNotBlank()) { "$colleague" }
        }
        holds(it.notebook.devices().isNotEmpty()) { "no devices" }
    }

    screen("record", "ingrid", "my word and my deliveries with counts, the company's dates, and what I asked of others") {
        val mine = it.notebook.reliability(null)
        holds((mine.said.sentences + mine.delivered.sentences).all { words -> it.say(words).isNotBlank() }) { "$mine" }
        holds(mine.said.total + mine.delivered.total > 0u) { "$mine" }
        holds(it.notebook.companyReport().kinds.isNotEmpty()) { "no kinds" }
        holds(it.say(it.notebook.myAsks().words).isNotBlank()) { "no asks" }
    }

    screen("my-card", "sam", "name and direct number, which is added") {
        val me = it.notebook.me()
        holds(me.name.isNotBlank() && me.organisationName.isNotBlank()) { "$me" }
        it.notebook.editColleagueProfile(me.person, listOf(PersonEdit.AddPhone("+49 171 5550101")))
        holds("+49 171 5550101" in it.notebook.colleagueProfile(me.person).phones) { "no number" }
    }

    screen("handbook", "sam", "kinds with their rules, hours, to read") {
        val book = it.notebook.handbook()
        holds(book.kinds.isNotEmpty() && book.kinds.all { kind -> it.say(kind.words).isNotBlank() }) { "$book" }
        same(false, book.mayWrite)
    }

    screen("profiles", "ben", "whose notebook a folder is, and that nothing is open after leaving it") {
        val me = it.notebook.me()
        same("Ben Fischer", me.name)
        it.notebook.pause()
        same(me, it.notebook.me())
        it.notebook.shutDown()
        refused<KeptException.Closed> { it.notebook.status() }
        Notebook.open(it.path, it.secrets).use { again -> same(me.person, again.me().person) }
    }

    screen("settings", "sam", "versions, logs without names, proxy and push") {
        holds(versions().core.isNotBlank()) { "no version" }
        keepLogs(File(it.path).parent)
        it.notebook.createAccount(customer("Gasthof Rose"))
        holds("Rose" !in app.kept.core.logs().decodeToString()) { "a name in the log" }
        it.notebook.setProxy("http://proxy.example:3128")
        same("http://proxy.example:3128", it.notebook.status().proxy)
        it.notebook.setProxy(null)
        it.notebook.setPushAddress("fcm:one")
    }
}
