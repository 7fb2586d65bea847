import java.io.File
import kotlin.system.exitProcess

/** The trial: `Main SERVER FOLDER REACHED [WORD...]`. Each file beside this one holds the tests of one thing. */
fun main(arguments: Array<String>) {
    val (server, folder, reached) = arguments
    val trial = Trial(arguments.drop(3))
    CompanyServer(File(server), File(folder, "company")).use { company ->
        val world = World(company, File(folder))
        trial.opening(world)
        trial.accounts(world)
        trial.visits(world)
        trial.promises(world)
        trial.handbook(world)
        trial.reading(world)
        trial.record(world)
        trial.reminders(world)
        trial.conflicts(world)
        trial.errors(world)
        trial.badInput(world)
        trial.events(world)
        trial.cancelling(world)
        trial.lifetimes(world)
    }
    File(reached).writeText(app.kept.core.Reached.names.sorted().joinToString("") { "$it\n" })
    trial.report()
    exitProcess(if (trial.failed.isEmpty()) 0 else 1)
}
