import app.kept.core.InternalException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout

/** Runs tests and remembers how they ended; with words, only those whose name has one of them. */
class Trial(private val words: List<String>) {
    var passed = 0
    val failed = mutableListOf<String>()

    /** Runs a test, whose name is a sentence about the behaviour. */
    fun test(name: String, body: suspend CoroutineScope.() -> Unit) {
        if (words.isNotEmpty() && words.none { it in name }) return
        try {
            runBlocking { withTimeout(120_000) { body() } }
            passed++
        } catch (failure: Throwable) {
            failed += name
            println("FAILED: $name")
            println("    $failure")
            // Of the frames only those of the trial: the generated ones say nothing.
            val frames = failure.stackTrace.filter { "." !in it.className && it.lineNumber > 0 && it.fileName != "Trial.kt" }
            frames.distinctBy { it.fileName to it.lineNumber }.forEach { println("        ${it.fileName}:${it.lineNumber}") }
        }
    }

    fun report() {
        failed.forEach { println("failed: $it") }
        println("$passed passed, ${failed.size} failed")
    }
}

fun same(wanted: Any?, found: Any?, about: () -> String = { "" }) {
    if (wanted != found) throw AssertionError("wanted $wanted, found $found ${about()}")
}

fun holds(truth: Boolean, about: () -> String) {
    if (!truth) throw AssertionError(about())
}

/** The error of this type by which a call refuses. A panic of the core is none, whatever a test expects. */
inline fun <reified E : Throwable> refused(call: () -> Any?): E {
    val answer = try {
        call()
    } catch (error: InternalException) {
        throw AssertionError("the core panicked: ${error.message}", error)
    } catch (error: Throwable) {
        if (error is E) return error
        throw AssertionError("wanted ${E::class.simpleName}, found $error", error)
    }
    throw AssertionError("wanted ${E::class.simpleName}, found the answer $answer")
}

/** The shortest of three times, in milliseconds: that of a machine that had nothing else to do just then. */
suspend fun shortestOfThree(timed: suspend () -> Long): Long = List(3) { timed() }.min()
