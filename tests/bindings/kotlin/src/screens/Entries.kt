import app.kept.core.*

/** Visits and observations as they were entered. */
fun Screens.entries() {
    screen("visit", "sam", "everything as it was entered; it is corrected, put away and brought back, with its history") {
        val row = it.notebook.latestEntries(50u, null, listOf(EntryKind.VISIT)).first { entry -> entry.byMe }
        val visit = it.notebook.visit(row.id)
        val before = it.notebook.history(row.id).size
        it.notebook.editVisit(row.id, listOf(VisitEdit.Said(visit.said + " And the belt.", visit.said), VisitEdit.NothingPromised(true)))
        val corrected = it.notebook.visit(row.id)
        holds(corrected.said.endsWith("And the belt.") && corrected.nothingPromised) { "$corrected" }
        same(before + 1, it.notebook.history(row.id).size)
        // A screen that showed what stood there before takes nothing away that came since.
        it.notebook.editVisit(row.id, listOf(VisitEdit.Said(visit.said + " And the lid.", visit.said)))
        val both = it.notebook.visit(row.id).said
        holds("And the belt." in both && "And the lid." in both) { both }
        it.notebook.archiveEntry(row.id, "twice")
        same(true, it.notebook.visit(row.id).archived)
        it.notebook.restoreEntry(row.id, "")
        same(false, it.notebook.visit(row.id).archived)
    }

    screen("observation", "sam", "an observation in full; its fields are corrected") {
        val row = it.notebook.latestEntries(50u, null, listOf(EntryKind.USAGE)).first()
        val usage = it.notebook.usage(row.id)
        it.notebook.editUsage(row.id, listOf(UsageEdit.Pain(3u), UsageEdit.Frequency("every day")))
        val after = it.notebook.usage(row.id)
        same(listOf("3", "every day"), listOf(after.pain.toString(), after.frequency))
        holds(it.notebook.history(row.id).size > 1) { "$usage" }
        it.notebook.archiveEntry(row.id, "")
        same(true, it.notebook.usage(row.id).archived)
    }
}
