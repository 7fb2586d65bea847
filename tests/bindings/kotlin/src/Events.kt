import app.kept.core.*
import kotlinx.coroutines.*

/** The first event that is as wanted. */
private suspend fun EventStream.first(wanted: (NotebookEvent) -> Boolean): NotebookEvent {
    while (true) {
        val event = next() ?: throw AssertionError("the stream ended")
        if (wanted(event)) return event
    }
}

fun Trial.events(world: World) {
    test("whoever listens hears what changed, by id") {
        world.stranger().use {
            it.notebook.events().use { events ->
                val id = it.notebook.createAccount(customer("Hof West"))
                same(NotebookEvent.Changed(listOf(id)), events.next())
            }
        }
    }

    test("a synchronisation is heard from its beginning to its end, with what it brought") {
        world.colleague("Mona").use { mona ->
            world.colleague("Nils").use { nils ->
                val id = mona.notebook.createAccount(customer("Werft"))
                mona.synchronise()
                nils.notebook.events().use { events ->
                    val heard = async(Dispatchers.IO) {
                        events.first { it == NotebookEvent.Syncing(true) }
                        events.first { it is NotebookEvent.Changed && id in it.ids }
                        events.first { it == NotebookEvent.Syncing(false) }
                    }
                    nils.synchronise()
                    heard.await()
                }
            }
        }
    }

    test("a stream that is stopped ends and stays ended, and one outlives its notebook") {
        val phone = world.stranger()
        val stopped = phone.notebook.events()
        val waiting = async(Dispatchers.IO) { stopped.next() }
        stopped.stop()
        same(null, waiting.await())
        same(null, stopped.next())
        stopped.close()
        val outliving = phone.notebook.events()
        phone.close()
        same(null, outliving.next())
        outliving.close()
    }

    test("a coroutine that waits for an event is cancelled, and the stream goes on") {
        world.stranger().use {
            it.notebook.events().use { events ->
                val waiting = launch(Dispatchers.IO) { events.next() }
                yield()
                waiting.cancelAndJoin()
                val id = it.notebook.createAccount(customer("Kiosk"))
                same(NotebookEvent.Changed(listOf(id)), events.next())
            }
        }
    }

    test("whoever falls behind is told to load everything again") {
        world.stranger().use {
            it.notebook.events().use { events ->
                val id = it.notebook.createAccount(customer("Markthalle"))
                repeat(100) { number -> it.notebook.editAccount(id, listOf(AccountEdit.Notes("stall $number"))) }
                same(NotebookEvent.Missed, events.next())
            }
        }
    }
}
