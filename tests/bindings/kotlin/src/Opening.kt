import app.kept.core.*
import java.io.File
import java.net.URI
import kotlin.time.measureTime
import kotlinx.coroutines.*

fun Trial.opening(world: World) {
    test("a new notebook keeps its key with the app and belongs to nobody") {
        world.stranger().use {
            same(32, it.secrets.kept["database-key"]?.size)
            same(false, it.notebook.me().joined)
            same("", it.notebook.me().name)
            same(null, it.notebook.me().server)
            same(setOf("load", "save"), it.secrets.asked.keys.toSet())
        }
    }

    test("what is written is there when the folder is opened again") {
        val phone = world.stranger()
        val id = phone.notebook.createAccount(customer("Bäckerei Öztürk"))
        phone.close()
        Phone(phone.folder, phone.secrets).use { same("Bäckerei Öztürk", it.notebook.account(id).account.name) }
    }

    test("a paused notebook opens again by itself, and two may have one folder open") {
        world.stranger().use { one ->
            val id = one.notebook.createAccount(customer("Hotel Adler"))
            one.notebook.pause()
            one.notebook.pause()
            same("Hotel Adler", one.notebook.account(id).account.name)
            Phone(one.folder, one.secrets).use { two ->
                two.notebook.editAccount(id, listOf(AccountEdit.Name("Hotel Adler am See")))
                same("Hotel Adler am See", one.notebook.account(id).account.name)
            }
        }
    }

    test("whoever joins is a colleague, and what was written before goes with them") {
        world.stranger().use {
            val id = it.notebook.createAccount(customer("Mühle Kern"))
            val me = it.notebook.join(world.company.invite("Sam", "technician"), JoinOptions(label = "Sam's phone"))
            same(me, it.notebook.me())
            same(listOf("Sam", "Waagen Nord", true), listOf(me.name, me.organisationName, me.joined))
            same(Role.TECHNICIAN, me.role)
            same(world.company.url, me.server)
            val report = it.synchronise()
            same(0UL, report.refused + report.held)
            holds(report.sent > 0UL) { "nothing was sent: $report" }
            same(true, report.agrees)
            holds(it.notebook.colleagues().map { one -> one.name }.containsAll(listOf("Ann", "Sam"))) { "who works here" }
            holds(it.notebook.devices().any { one -> one.device == "Sam's phone" }) { "${it.notebook.devices()}" }
            same(emptyList<Any>(), it.notebook.status().unsent)
            world.owner().use { owner ->
                owner.synchronise()
                same("Mühle Kern", owner.notebook.account(id).account.name)
            }
        }
    }

    test("an invitation is shown before it is redeemed, and a join that was stopped can be tried again") {
        Relay(URI(world.company.url)).use { relay ->
            val link = world.company.invite("Undine", "technician", relay.url)
            val preview = readInvitation(link)
            same(listOf("Waagen Nord", relay.url.substringAfter("//")), listOf(preview.organisation, preview.host))
            same(listOf(true, true, false), listOf(preview.plainHttp, preview.allowed, preview.pinned))
            world.stranger().use {
                val join = it.notebook.prepareJoin(link, JoinOptions(label = "Undine's phone"))
                val waits = relay.fallSilent()
                val joined = async(Dispatchers.IO) { runCatching { join.joinWithin(60_000u) } }
                withContext(Dispatchers.IO) { waits.await() }
                val stopping = measureTime {
                    join.stop()
                    val error = joined.await().exceptionOrNull() as KeptException.Invalid
                    same("error-join-stopped", error.reason.key)
                }
                holds(stopping.inWholeMilliseconds < 1_000) { "stopping took $stopping" }
                same(false, it.notebook.me().joined)
                join.close()

                relay.silent = null
                val again = it.notebook.prepareJoin(link, JoinOptions(label = "Undine's phone"))
                same("Undine", again.use { one -> one.joinWithin(60_000u) }.name)
            }
        }
        refused<KeptException.Invalid> { readInvitation("https://example.com/menu") }
    }

    test("a notebook that was copied goes on as a device of its own") {
        val first = world.colleague("Wanda")
        first.synchronise()
        refused<KeptException.Invalid> { first.notebook.renewInstallation("") }
        first.close()
        val folder = world.folder()
        first.folder.copyRecursively(folder)
        val secrets = Secrets().also { it.kept += first.secrets.kept }
        Phone(first.folder, first.secrets).use { it.synchronise() }
        Phone(folder, secrets).use {
            same(true, it.synchronise().forked)
            same(true, it.notebook.status().forked)
            val before = it.notebook.me()
            val me = it.notebook.prepareRenewal("Wanda's other phone").use { run -> run.joinWithin(60_000u) }
            holds(me.installation != before.installation && me.person == before.person) { "$me" }
            val visit = it.notebook.logVisit(VisitEntry(visitAt(null, "beside the first"))).visit
            same(listOf(1UL, false), it.synchronise().let { report -> listOf(report.sent, report.forked) })
            same("beside the first", it.notebook.visit(visit).said)
        }
    }

    test("a second invitation is refused, and nothing is changed") {
        world.colleague("Timo").use {
            val me = it.notebook.me()
            val link = world.company.invite("Tess", "sales")
            refused<KeptException.Invalid> { it.notebook.join(link, JoinOptions(label = "one more")) }
            same(me, it.notebook.me())
        }
    }

    test("a link that leads nowhere is refused with what is wrong with it") {
        world.stranger().use {
            val links = listOf(
                "no link",
                "https://example.com/menu",
                "kept://127.0.0.1/join?v=99&code=x",
                "kept://kept.example/join?v=1&code=x&http=1",
            )
            for (link in links) {
                val error = refused<KeptException.Invalid> { it.notebook.join(link, JoinOptions(label = "Phone")) }
                holds(error.said().length > 20) { "$link: ${error.said()}" }
            }
            same(false, it.notebook.me().joined)
        }
    }

    test("a folder that is a file is refused by name") {
        val file = world.folder().also { File(it.path).writeText("no folder") }
        val error = refused<KeptException.Storage> { Notebook.open(file.path, Secrets()) }
        holds(error.said().isNotBlank()) { "$error" }
    }

    test("what the core did is written down without names, and its versions are known") {
        keepLogs(world.folder().path)
        world.stranger().use {
            it.notebook.createAccount(customer("Hotel Krone"))
            val lines = app.kept.core.logs().decodeToString()
            holds("opened" in lines && "Krone" !in lines) { lines }
        }
        val versions = versions()
        holds(versions.core.isNotBlank() && versions.oldestProtocol <= versions.protocol) { "$versions" }
        holds(versions.notebookFormat > 0u && versions.rows > 0u) { "$versions" }
    }
}
