import app.kept.core.*
import java.net.URI
import kotlin.time.measureTime
import kotlinx.coroutines.*

fun Trial.cancelling(world: World) {
    test("a run that was stopped before it began moves nothing") {
        world.colleague("Olga").use {
            it.notebook.createAccount(customer("Zoo"))
            it.notebook.prepareSync().use { run ->
                run.stop()
                val report = run.runWithin(60_000u)
                same(listOf(true, 0UL), listOf(report.stopped, report.sent))
            }
            it.notebook.prepareSync().use { run -> same(true, run.runWithin(0u).stopped) }
            same(1UL, it.synchronise().sent)
        }
    }

    test("an app that is open hears what moved, and its watch ends when it is stopped") {
        world.colleague("Watanabe").use { one ->
            val watch = one.notebook.watch()
            same(WatchReason.CONNECTED, watch.next())
            one.synchronise()
            val waits = async(Dispatchers.IO) { watch.next() }
            world.colleague("Xaver").use { other ->
                other.notebook.logVisit(VisitEntry(visitAt(null, "the scale drifts")))
                other.synchronise()
            }
            same(WatchReason.MOVED, waits.await())
            // A screen that goes away cancels its wait; the next one goes on with the same watch.
            val left = async(Dispatchers.IO) { watch.next() }
            left.cancelAndJoin()
            val last = async(Dispatchers.IO) { generateSequence { runBlocking { watch.next() } }.count() }
            watch.stop()
            last.await()
            same(null, watch.next())
            watch.close()
            one.notebook.setPushAddress("fcm:token")
            one.synchronise()
            one.notebook.setPushAddress(null)
            refused<KeptException.Invalid> { one.notebook.setPushAddress("two words") }
        }
        world.stranger().use { refused<KeptException.NeedsJoin> { it.notebook.watch() } }
    }

    test("a run ends within a tenth of a second when it is stopped, and with its budget, while a server says nothing") {
        Relay(URI(world.company.url)).use { relay ->
            world.joined(world.company.invite("Pia", "technician", relay.url)).use {
                it.notebook.createAccount(customer("Theater"))
                val stopping = shortestOfThree {
                    val waits = relay.fallSilent()
                    it.notebook.prepareSync().use { run ->
                        val report = async(Dispatchers.IO) { run.runWithin(60_000u) }
                        withContext(Dispatchers.IO) { waits.await() }
                        measureTime {
                            run.stop()
                            same(true, report.await().stopped)
                        }.inWholeMilliseconds
                    }
                }
                holds(stopping < 100) { "stopping took $stopping ms" }
                val budget = shortestOfThree {
                    relay.fallSilent()
                    it.notebook.prepareSync().use { run ->
                        measureTime { same(true, run.runWithin(200u).stopped) }.inWholeMilliseconds
                    }
                }
                holds(budget in 150..400) { "a budget of 200 ms took $budget ms" }

                // One run at a time; the second is told so, and the first goes on.
                val waits = relay.fallSilent()
                it.notebook.prepareSync().use { run ->
                    val first = async(Dispatchers.IO) { run.runWithin(60_000u) }
                    withContext(Dispatchers.IO) { waits.await() }
                    refused<KeptException.SyncRunning> { it.synchronise() }
                    same("Theater", it.notebook.accounts(AccountListQuery()).single().name)
                    run.stop()
                    same(true, first.await().stopped)
                }

                relay.silent = null
                same(1UL, it.synchronise().sent)
            }
        }
    }

    test("a coroutine that is cancelled and stops its run leaves the folder free") {
        Relay(URI(world.company.url)).use { relay ->
            val phone = world.joined(world.company.invite("Ralf", "technician", relay.url))
            val waits = relay.fallSilent()
            phone.notebook.events().use { events ->
                val app = launch(Dispatchers.IO) {
                    phone.notebook.prepareSync().use { run ->
                        try {
                            run.runWithin(60_000u)
                        } finally {
                            run.stop()
                        }
                    }
                }
                withContext(Dispatchers.IO) { waits.await() }
                app.cancelAndJoin()
                while (events.next() != NotebookEvent.Syncing(false)) continue
            }
            relay.silent = null
            same(false, phone.synchronise().stopped)
            phone.close()
            Phone(phone.folder, phone.secrets).use { same("Ralf", it.notebook.me().name) }
        }
    }

    test("a notebook that is closed during a run lets the run end, and opens again") {
        Relay(URI(world.company.url)).use { relay ->
            val phone = world.joined(world.company.invite("Svea", "technician", relay.url))
            val waits = relay.fallSilent()
            phone.notebook.prepareSync().use { run ->
                val report = async(Dispatchers.IO) { run.runWithin(60_000u) }
                withContext(Dispatchers.IO) { waits.await() }
                phone.notebook.close()
                run.stop()
                same(true, report.await().stopped)
            }
            refused<IllegalStateException> { phone.notebook.me() }
            Phone(phone.folder, phone.secrets).use { same("Svea", it.notebook.me().name) }
        }
    }
}
