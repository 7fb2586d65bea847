import app.kept.core.*
import java.io.File
import kotlinx.coroutines.*

private const val OPENINGS = 300

private fun openFiles() = File("/proc/self/fd").list()?.size ?: 0

private fun coreThreads() = File("/proc/self/task").listFiles().orEmpty().count { task ->
    runCatching { File(task, "comm").readText().startsWith("kept") }.getOrDefault(false)
}

fun Trial.lifetimes(world: World) {
    test("three hundred openings leave no file open and no thread running") {
        val phone = world.colleague("Tilda").also { it.close() }
        suspend fun once(number: Int) = Phone(phone.folder, phone.secrets).use {
            it.notebook.events().use { events ->
                val waiting = async(Dispatchers.IO) { events.next() }
                if (number % 10 == 0) it.notebook.createAccount(customer("Kunde $number"))
                it.notebook.prepareSync().use { run ->
                    if (number % 20 != 0) run.stop()
                    run.runWithin(60_000u)
                }
                events.stop()
                waiting.await()
            }
        }
        repeat(10) { once(it) }
        val files = openFiles()
        repeat(OPENINGS) { once(it) }
        holds(openFiles() <= files + 5) { "$files files before, ${openFiles()} after" }
        // The thread of a runtime ends by itself a moment after its notebook.
        withTimeout(10_000) { while (coreThreads() > 1) yield() }
    }

    test("what was closed says so, and may be closed twice") {
        val phone = world.stranger()
        val events = phone.notebook.events()
        events.close()
        refused<IllegalStateException> { runBlocking { events.next() } }
        phone.close()
        phone.close()
        refused<IllegalStateException> { phone.notebook.status() }
    }

    test("a notebook that was shut down frees its folder while something still holds it") {
        val phone = world.stranger()
        phone.notebook.createAccount(customer("Meier"))
        val held = phone.notebook
        val run = held.prepareSync()
        val events = held.events()
        held.shutDown()
        held.shutDown()
        withTimeout(10_000) { while (true) events.next() ?: break }
        Phone(phone.folder, phone.secrets).use { again ->
            same("Meier", again.notebook.accounts(AccountListQuery()).single().name)
        }
        refused<KeptException.Closed> { held.status() }
        refused<KeptException.Closed> { runBlocking { run.runWithin(1_000u) } }
        run.close()
        events.close()
        phone.close()
    }
}
