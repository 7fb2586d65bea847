import app.kept.core.*

private val EVERY_DAY = WorkingCalendar(zone = BERLIN, week = List(7) { listOf(Shift(from = 480u, to = 1020u)) })

fun Trial.handbook(world: World) {
    test("those who run the company write its handbook, and nobody else") {
        world.owner().use { owner ->
            owner.synchronise()
            same(true, owner.notebook.handbook().mayWrite)
            val edits = listOf(
                KindEdit.Name("Towing"),
                KindEdit.PerformerRole(Role.TECHNICIAN),
                KindEdit.WorkingTime(false),
                KindEdit.Quantile(90u),
                KindEdit.Evidence(listOf(EvidenceKind.PHOTO)),
                KindEdit.Effort(60u),
                KindEdit.Lead(120u),
                KindEdit.Grace(5u),
            )
            owner.notebook.saveKind("tow", edits)
            val tow = owner.notebook.handbook().kinds.single { it.kind.key == "tow" }
            same(listOf("Towing", 60u, 120u), listOf(tow.kind.name, tow.kind.effortMinutes, tow.kind.leadMinutes))
            owner.notebook.retireKind("tow")
            same(true, owner.notebook.handbook().kinds.single { it.kind.key == "tow" }.kind.retired)
            owner.notebook.saveHours(listOf(HoursEdit.Close("2098-12-24")))
            same(listOf("2098-12-24"), owner.notebook.handbook().hours?.closed)
            owner.notebook.saveHours(listOf(HoursEdit.Reopen("2098-12-24"), HoursEdit.Week(EVERY_DAY)))
            same(7, owner.notebook.handbook().hours?.week?.size)
        }
        world.colleague("Xenia").use {
            same(false, it.notebook.handbook().mayWrite)
            refused<KeptException.Invalid> { it.notebook.saveKind("tow", listOf(KindEdit.Name("Pushing"))) }
            refused<KeptException.Invalid> { it.notebook.saveHours(listOf(HoursEdit.Close("2098-12-25"))) }
            refused<KeptException.Invalid> { it.notebook.retireKind("delivery") }
        }
    }

    test("I say what colleagues should know about me") {
        world.colleague("Yara").use {
            val me = it.notebook.me().person
            val edits = listOf(
                PersonEdit.Hours(EVERY_DAY),
                PersonEdit.Quiet(Shift(from = 1200u, to = 360u)),
                PersonEdit.Effort("delivery", 45u),
                PersonEdit.Wins("found the rattle"),
                PersonEdit.AddPhone("+49 171 1234567"),
                PersonEdit.AddPhone("+49 171 7654321"),
                PersonEdit.RemovePhone("+49 171 7654321"),
                PersonEdit.Absent("2099-01-05"),
                PersonEdit.Absent("2099-01-06"),
                PersonEdit.Present("2099-01-06"),
            )
            it.notebook.editColleagueProfile(me, edits)
            val page = it.notebook.colleagueProfile(me)
            same(listOf("Yara", "found the rattle"), listOf(page.name, page.wins))
            same(listOf("2099-01-05"), page.absent)
            same(1, page.phones.size)
            same("delivery", page.efforts.single().kind)
            val ann = it.synchronise().let { _ -> it.notebook.colleagues().first { one -> one.name == "Ann" } }
            refused<KeptException.Invalid> { it.notebook.editColleagueProfile(ann.id, listOf(PersonEdit.Wins("nothing"))) }
        }
    }
}
