import java.io.File
import kotlin.system.exitProcess

/**
 * The trial: `Main SERVER FIXTURE SCREENS STORIES FOLDER REACHED [WORD...]`. Each file beside this one holds the tests of one thing,
 * those in `screens` the screens of the apps.
 */
fun main(arguments: Array<String>) {
    val (server, fixture, screens, stories, folder) = arguments
    val reached = arguments[5]
    val trial = Trial(arguments.drop(6))
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
        Stories(trial, world, File(stories)).all()
        trial.lateProof(world)
    }
    Screens(trial, File(fixture), File(folder), File(screens)).all()
    File(reached).writeText(app.kept.core.Reached.names.sorted().joinToString("") { "$it\n" })
    trial.report()
    exitProcess(if (trial.failed.isEmpty()) 0 else 1)
}
