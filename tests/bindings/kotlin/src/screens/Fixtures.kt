import app.kept.core.*
import java.io.File

/** The clocks of a fixture: the moment that its pictures show. */
class FixtureClocks(private val facts: String) : Clocks {
    override fun wallMs(): Long = number("wall_ms")

    override fun bootMs(): Long = number("boot_ms")

    override fun bootId(): String = text("boot_id")

    override fun zone(): String = text("zone")

    private fun number(key: String) = Regex("\"$key\": (-?\\d+)").find(facts)!!.groupValues[1].toLong()

    private fun text(key: String) = Regex("\"$key\": \"([^\"]*)\"").find(facts)!!.groupValues[1]
}

/** A person's notebook of the demo company, at the fixture's moment; a server is out of reach. */
class Fixture(folder: File) : AutoCloseable {
    private val clocks = FixtureClocks(File(folder, "fixture.json").readText())
    val secrets = Secrets().also {
        for (line in File(folder, "secrets").readLines().filter(String::isNotBlank)) {
            val (name, hex) = line.split(' ')
            it.kept[name] = hex.chunked(2).map { byte -> byte.toInt(16).toByte() }.toByteArray()
        }
    }
    val path: String = File(folder, "notebook").path
    val notebook = Notebook.openWithClocks(path, secrets, clocks)
    val now = clocks.wallMs()
    val zone = clocks.zone()

    /** The text of a message for a reader at the fixture's moment. */
    fun say(message: Message, lang: Lang = Lang.EN): String = messageTextAt(message, ReaderContext(lang, now, zone))

    /** The open promises of the whole notebook in which something is left to do. */
    fun openPromises(mine: Boolean = false): List<PromiseSummary> =
        notebook.promises(PromiseListQuery(openOnly = true, mine = mine))

    override fun close() = notebook.close()
}

/** The screens of `screens.tsv`, each played on a copy of a fixture. */
class Screens(private val trial: Trial, private val program: File, private val folders: File, table: File) {
    private val listed = table.readLines().filter { !it.startsWith("#") }.drop(1).map { it.substringBefore('\t') }
    private val played = mutableListOf<String>()
    private var number = 0

    /** Plays a screen as somebody of the company: what it shows, and what it writes. */
    fun screen(id: String, person: String, name: String, play: suspend (Fixture) -> Unit) {
        played += id
        trial.test("$id: $name") { fixture(person).use { play(it) } }
    }

    /** Plays a screen without a fixture. */
    fun state(id: String, name: String, play: suspend (File) -> Unit) {
        played += id
        trial.test("$id: $name") { play(File(folders, "state-${++number}")) }
    }

    /** A copy of the notebook of somebody, made once. */
    fun fixture(person: String): Fixture {
        val made = File(folders, "fixture-$person")
        if (!made.exists()) {
            val command = listOf(program.path, "--person", person, "--at", "2026-11-27T10:12+01:00", made.path)
            val process = ProcessBuilder(command).redirectErrorStream(true).start()
            val printed = process.inputStream.bufferedReader().readText()
            check(process.waitFor() == 0) { printed }
        }
        val copy = File(folders, "screen-${++number}")
        made.copyRecursively(copy)
        return Fixture(copy)
    }

    /** Fails unless exactly the screens of the table were played. */
    fun complete() = trial.test("every screen of the table is played, and no other") {
        same(listed.toSet(), played.toSet())
        same(listed.size, listed.toSet().size) { "a screen is listed twice" }
    }
}

fun Screens.all() {
    today()
    customers()
    promisesPlace()
    entries()
    capture()
    more()
    enrolment()
    complete()
}
