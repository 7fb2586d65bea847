import app.kept.core.*
import java.io.File
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.URI
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CountDownLatch
import kotlin.concurrent.thread

/** The app's own store of secrets. It counts what the core asks of it, and throws what a test gives it to throw. */
class Secrets : SecretStore {
    val kept = ConcurrentHashMap<String, ByteArray>()
    val asked = ConcurrentHashMap<String, Int>()

    @Volatile
    var thrown: Throwable? = null

    override fun load(name: String): ByteArray? = noted("load") { kept[name] }

    override fun save(name: String, secret: ByteArray) = noted("save") { kept[name] = secret }

    override fun remove(name: String) = noted("remove") { kept.remove(name).let {} }

    private fun <T> noted(call: String, work: () -> T): T {
        asked.merge(call, 1, Int::plus)
        thrown?.let { throw it }
        return work()
    }
}

/** A company on a real server, which listens on a port that the system chose. */
class CompanyServer(private val program: File, private val data: File, founded: Boolean = false) : AutoCloseable {
    private val serving: Process
    val url: String

    init {
        if (!founded) run("init", "--name", "Waagen Nord", "--owner", "Ann", "--team", "north")
        val command = listOf(program.path, "serve", "--json", "--data", data.path, "--listen", "127.0.0.1:0")
        serving = ProcessBuilder(command).redirectError(File(data, "serving.log")).start()
        Runtime.getRuntime().addShutdownHook(Thread { serving.destroyForcibly() })
        val output = serving.inputStream.bufferedReader()
        url = text(output.readLine() ?: error("the server ended: ${File(data, "serving.log").readText()}"), "url")
        thread(isDaemon = true) { output.forEachLine {} }
    }

    /** Runs a command of the server's program; returns what it printed. */
    fun run(command: String, vararg more: String): String {
        val all = listOf(program.path, command, *more, "--json", "--data", data.path)
        val process = ProcessBuilder(all).redirectErrorStream(true).start()
        val printed = process.inputStream.bufferedReader().readText()
        check(process.waitFor() == 0) { "$all: $printed" }
        return printed
    }

    /** A link for somebody's next device. The role is only said of a new colleague. */
    fun invite(name: String, role: String? = null, url: String = this.url): String {
        val words = if (role == null) listOf() else listOf("--role", role, "--team", "north", "--pool", "kitchen")
        return text(run("invite", name, *words.toTypedArray(), "--url", url), "link")
    }

    override fun close() {
        serving.destroy()
        serving.waitFor()
    }

    private fun text(json: String, key: String): String =
        Regex("\"$key\":\"([^\"]+)\"").find(json)?.groupValues?.get(1) ?: error("no $key in $json")
}

/** A way to the server on which nothing moves any more once it is `silent`. */
class Relay(private val server: URI) : AutoCloseable {
    private val listener = ServerSocket(0, 50, InetAddress.getLoopbackAddress())
    private val sockets = ConcurrentHashMap.newKeySet<Socket>()
    val url = "http://127.0.0.1:${listener.localPort}"

    /** Counted down when somebody waits for an answer that does not come. */
    @Volatile
    var silent: CountDownLatch? = null

    init {
        thread(isDaemon = true) {
            while (true) {
                val near = runCatching { listener.accept() }.getOrNull() ?: break
                sockets += near
                val stillness = silent
                if (stillness != null) {
                    stillness.countDown()
                } else {
                    val far = Socket(server.host, server.port).also { sockets += it }
                    pass(near, far)
                    pass(far, near)
                }
            }
        }
    }

    /** From now on nothing is answered. Returns what is counted down when somebody waits. */
    fun fallSilent(): CountDownLatch {
        sockets.forEach { it.close() }
        return CountDownLatch(1).also { silent = it }
    }

    private fun pass(from: Socket, to: Socket) = thread(isDaemon = true) {
        runCatching { from.getInputStream().transferTo(to.getOutputStream()) }
        runCatching { to.shutdownOutput() }
    }

    override fun close() {
        listener.close()
        sockets.forEach { it.close() }
    }
}

/** A notebook in a folder, with the app's part of it. */
class Phone(val folder: File, val secrets: Secrets = Secrets()) : AutoCloseable {
    val notebook = Notebook.open(folder.path, secrets)

    suspend fun synchronise(): SyncReport = notebook.prepareSync().use { it.runWithin(60_000u) }

    override fun close() = notebook.close()
}

/** The world of the tests: a company, and folders. */
class World(val company: CompanyServer, private val folders: File) {
    private var number = 0

    fun folder(): File = File(folders, "phone-${++number}")

    /** A notebook that belongs to no company. */
    fun stranger() = Phone(folder())

    /** The first device of a new colleague. Names are told apart by what the test adds. */
    fun colleague(name: String, role: String = "technician"): Phone = joined(company.invite(name, role))

    /** One more device of the owner. */
    fun owner(): Phone = joined(company.invite("Ann"))

    fun joined(link: String): Phone = Phone(folder()).also {
        it.notebook.join(link, JoinOptions(label = "Phone ${it.folder.name}"))
    }
}

// Drafts name only what a test is about: a field that is added later must have a default, or these break.

const val BERLIN = "Europe/Berlin"

/** A document that is not there. */
val NOTHING = DocId("00000000-0000-7000-8000-000000000000")

fun day(date: String) = Due(date = date, part = DuePart.Day, zone = BERLIN)

fun customer(name: String, vararg phones: String) = AccountDraft(
    name = name,
    form = AccountForm.ORGANISATION,
    contactPoints = phones.map { ContactPointDraft(kind = ContactPointKind.PHONE, value = it) },
)

fun visitAt(account: DocId?, said: String) = VisitDraft(account = account, channel = Channel.ON_SITE, said = said)

fun observation(account: DocId?, quote: String) =
    UsageDraft(kind = UsageKind.USE, account = account, product = "dough divider", quote = quote, pain = 2u)

fun promiseOf(
    deliverable: String,
    performer: Performer = Performer.Nobody,
    account: DocId? = null,
    kind: String = "delivery",
    due: Due = day("2099-01-05"),
) = PromiseDraft(
    kind = kind,
    deliverable = deliverable,
    account = account,
    performer = performer,
    due = due,
    channel = Channel.CALL,
)

fun Message.said(lang: Lang = Lang.EN): String = messageText(this, lang)

fun KeptException.said(): String = errorMessage(this).said()

fun Phone.itself(): Performer = Performer.Person(notebook.me().person)
