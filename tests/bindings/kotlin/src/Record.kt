import app.kept.core.*

fun Trial.record(world: World) {
    test("a date is advised on from the record, and without one that is said") {
        world.colleague("Cora").use {
            val notebook = it.notebook
            val account = notebook.createAccount(customer("Kantine Nord"))
            notebook.editAccount(account, listOf(AccountEdit.RequiredLeadTime("delivery", LeadTime.Days(2))))
            val me = notebook.me().person
            val question = DateQuestion(kind = "delivery", performer = me, account = account, due = day("2099-01-05"))
            val advice = notebook.adviseDate(question)
            same(null, advice.suggestion)
            holds(advice.sentences.all { line -> line.said().isNotBlank() }) { "$advice" }
            val id = notebook.makePromise(promiseOf("a tray", it.itself(), account))
            holds(notebook.adviseNewDate(id).sentences.isNotEmpty()) { "a new date" }
            holds(notebook.adviseNewDate(id, day("2099-02-02")).sentences.isNotEmpty()) { "another new date" }
            same(1, notebook.leadTimeFit(account).needs.size)
        }
    }

    test("the record says how busy, how reliable and how rushed we are") {
        world.colleague("Dora").use {
            val me = it.notebook.me().person
            it.notebook.makePromise(promiseOf("a rack", it.itself()))
            it.synchronise()
            same(listOf(me, "Dora"), it.notebook.loadOfColleague(me).let { load -> listOf(load.person, load.name) })
            same(me, it.notebook.reliability(me).person)
            same("Dora", it.notebook.reliability().name)
            same(0u, it.notebook.myAsks().asked)
            holds(it.notebook.companyReport().calibrations.all { line -> line.words.said().isNotBlank() }) { "calibrations" }
        }
    }
}
