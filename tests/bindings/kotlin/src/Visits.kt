import app.kept.core.*

fun Trial.visits(world: World) {
    test("one tap writes a visit with what was observed and what was promised") {
        world.colleague("Vera").use {
            val account = it.notebook.createAccount(customer("Hotel Adler"))
            val entry = VisitEntry(
                visit = visitAt(account, "Die Waage lügt nach einer Stunde."),
                usages = listOf(observation(null, "sie lügt")),
                promises = listOf(promiseOf("a new load cell", it.itself())),
            )
            same(false, it.notebook.isEmptyVisit(entry))
            val logged = it.notebook.logVisit(entry)
            val visit = it.notebook.visit(logged.visit)
            same("Die Waage lügt nach einer Stunde.", visit.said)
            same("Hotel Adler", visit.labels.account)
            val usage = it.notebook.usage(logged.usages.single())
            same(listOf(logged.visit, account), listOf(usage.visit, usage.account))
            same(account, it.notebook.promise(logged.promises.single()).summary.account)
            same(1, it.notebook.status().unsent.flatMap { group -> group.docs }.count { doc -> doc == logged.visit })
        }
    }

    test("an entry with nothing in it is empty, and one with a space is too") {
        world.stranger().use {
            same(true, it.notebook.isEmptyVisit(VisitEntry(visit = VisitDraft(channel = Channel.CALL))))
            same(true, it.notebook.isEmptyVisit(VisitEntry(visit = visitAt(null, "  "))))
        }
    }

    test("a visit is edited in every field") {
        world.stranger().use {
            val id = it.notebook.logVisit(VisitEntry(visit = visitAt(null, "It squeaks."))).visit
            val edits = listOf(
                VisitEdit.Said("It squeaks loudly.", "It squeaks."),
                VisitEdit.Means("oil"),
                VisitEdit.Help("a second pair of hands"),
                VisitEdit.AddMark("urgent"),
                VisitEdit.AddMark("loud"),
                VisitEdit.RemoveMark("loud"),
            )
            it.notebook.editVisit(id, edits)
            val visit = it.notebook.visit(id)
            same(listOf("It squeaks loudly.", "oil", "a second pair of hands"), listOf(visit.said, visit.means, visit.help))
            same(listOf("urgent"), visit.marks)
        }
    }

    test("a visit is archived and comes back") {
        world.stranger().use {
            val id = it.notebook.logVisit(VisitEntry(visit = visitAt(null, "Logged twice."))).visit
            it.notebook.archiveEntry(id, "twice")
            same(listOf(true), it.notebook.entries(listOf(id)).map { entry -> entry.archived })
            it.notebook.restoreEntry(id)
            same(listOf(false), it.notebook.entries(listOf(id)).map { entry -> entry.archived })
        }
    }

    test("a draft is kept until it is logged, once, and another one is dropped") {
        world.stranger().use {
            val content = DraftContent.Visit(VisitEntry(visit = visitAt(null, "Half a sen")), customer("Hotel Adler"))
            val id = it.notebook.saveDraft(null, content, "said")
            same(content, it.notebook.draft(id).content)
            val other = it.notebook.saveDraft(null, DraftContent.Account(customer("Krone")))
            same(setOf(id, other), it.notebook.drafts().map { draft -> draft.id }.toSet())
            it.notebook.dropDraft(other)
            same(1u, it.notebook.status().drafts)
            val logged = it.notebook.logDraft(id)
            same("Hotel Adler", it.notebook.account(logged.account!!).account.name)
            same(listOf(logged.visit, true), it.notebook.logDraft(id).let { again -> listOf(again.visit, again.again) })
            same(listOf<DraftSummary>(), it.notebook.drafts())
        }
    }

    test("a tap is taken back, once") {
        world.stranger().use {
            val id = it.notebook.logVisit(VisitEntry(visit = visitAt(null, "Belongs elsewhere."))).visit
            val offered = it.notebook.undoableOf(id)!!
            same(offered, it.notebook.undoable().first())
            same(listOf(id), it.notebook.undo(offered.group).docs)
            same(true, it.notebook.visit(id).archived)
            same(listOf<DocId>(), it.notebook.undo(offered.group).docs)
            same(null, it.notebook.undoableOf(id))
        }
    }

    test("an observation is written alone, and edited") {
        world.stranger().use {
            val account = it.notebook.createAccount(customer("Metzgerei Roth"))
            val id = it.notebook.logUsage(observation(account, "we weigh it twice"))
            val edits = listOf(
                UsageEdit.Pain(3u),
                UsageEdit.Notes("every morning"),
                UsageEdit.AddTheme("drift"),
                UsageEdit.AddTheme("noise"),
                UsageEdit.RemoveTheme("noise"),
            )
            it.notebook.editUsage(id, edits)
            val usage = it.notebook.usage(id)
            same(listOf("every morning", listOf("drift")), listOf(usage.notes, usage.themes))
            same("3", usage.pain.toString())
        }
    }

    test("a visit says where it was, or why that is not known") {
        world.stranger().use {
            val here = VisitPlace.Fix(
                latitudeMicro = 52_520_000,
                longitudeMicro = -13_405_000,
                accuracyM = 12u,
                ageMs = 3_000u,
            )
            for (place in listOf(here, VisitPlace.NotAllowed, VisitPlace.NoFix(triedMs = 20_000u))) {
                val entry = VisitEntry(visit = visitAt(null, "It squeaks.").copy(place = place))
                same(place, it.notebook.visit(it.notebook.logVisit(entry).visit).place)
                holds(placeMessage(place).said().isNotBlank()) { "$place" }
            }
            val nowhere = visitAt(null, "x").copy(place = here.copy(latitudeMicro = 91_000_000))
            refused<KeptException.Invalid> { it.notebook.logVisit(VisitEntry(visit = nowhere)) }
        }
    }
}
