import app.kept.core.*
import java.io.File
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.measureTime
import kotlin.time.measureTimedValue
import kotlinx.coroutines.*

private const val BUSY_THREADS = 2

/** The bars of taps and of the overview during a first synchronisation, 95 in 100, in milliseconds. */
private const val TAP_MS = 50L
private const val OVERVIEW_MS = 100L

/** The bars of memory, in MB: at rest, and at the peak of a first synchronisation. */
private const val REST_MB = 90L
private const val PEAK_MB = 150L

/**
 * A measurement, `FirstSync SERVER COMPANY FOLDER`: a phone reads a large company for the first time, used all the while and
 * beside two busy threads. Prints what taps and the overview took, and what memory the process had. With the folder alone:
 * what memory a process has that opens the notebook later.
 */
object FirstSync {
    @JvmStatic
    fun main(arguments: Array<String>) = runBlocking {
        if (arguments.size == 1) return@runBlocking rest(File(arguments.single()))
        val (program, company, folder) = arguments
        CompanyServer(File(program), File(company), founded = true).use { server ->
            Phone(File(folder)).use { phone ->
                phone.notebook.join(server.invite("Alice"), JoinOptions(label = "measured"))
                // The next process opens it with the same key.
                File(folder, "key").writeBytes(phone.secrets.kept.getValue("database-key"))
                measure(phone)
            }
        }
    }

    private suspend fun measure(phone: Phone) = coroutineScope {
        val notebook = phone.notebook
        val done = AtomicBoolean()
        val busy = List(BUSY_THREADS) { thread { while (!done.get()) Thread.onSpinWait() } }
        val run = async(Dispatchers.IO) {
            notebook.prepareSync().use { run -> measureTimedValue { run.runWithin(UInt.MAX_VALUE) } }
        }
        val before = memory("VmRSS")
        val taps = mutableListOf<Long>()
        val overviews = mutableListOf<Long>()
        var peak = 0L
        while (!run.isCompleted) {
            taps += measureTime { notebook.logVisit(VisitEntry(visitAt(null, "during the first synchronisation"))) }.inWholeMilliseconds
            overviews += measureTime { notebook.myOverview() }.inWholeMilliseconds
            peak = maxOf(peak, memory("VmRSS"))
            delay(100.milliseconds)
        }
        done.set(true)
        busy.forEach { it.join() }
        val (report, took) = run.await()
        check(report.received > 40_000UL || System.getenv("KEPT_TRIAL") != null) { "$report" }
        peak = maxOf(peak, memory("VmRSS"))
        println("first synchronisation: ${report.received} changes in ${took.inWholeSeconds} s")
        println("taps: ${taps.size}, 95 in 100 within ${p95(taps)} ms (bar $TAP_MS), longest ${taps.max()} ms")
        println("overviews: ${overviews.size}, 95 in 100 within ${p95(overviews)} ms (bar $OVERVIEW_MS), longest ${overviews.max()} ms")
        println("memory of the process, Java's $before MB included: peak $peak MB (bar $PEAK_MB)")
    }

    /** Opens the notebook as an app does that was started, and looks at what a first screen shows. */
    private fun rest(folder: File) {
        val java = memory("VmRSS")
        val secrets = Secrets()
        secrets.kept["database-key"] = File(folder, "key").readBytes()
        secrets.kept["database"] = byteArrayOf(1)
        Phone(folder, secrets).use {
            val took = measureTime { it.notebook.myOverview() }
            it.notebook.findAccounts("ad", 10u)
            System.gc()
            println("opened again: an overview in $took; memory of the process ${memory("VmRSS")} MB (bar $REST_MB), Java's $java MB included")
        }
    }

    private fun p95(times: List<Long>) = times.sorted()[(times.size * 95 / 100).coerceAtMost(times.size - 1)]

    /** A size of this process in MB, as Linux counts it. */
    private fun memory(name: String): Long =
        File("/proc/self/status").readLines().first { it.startsWith("$name:") }.filter(Char::isDigit).toLong() / 1024
}
