import app.kept.core.*

fun Trial.conflicts(world: World) {
    test("two who wrote apart are asked, and one of them settles it for both") {
        world.colleague("Fritz").use { fritz ->
            world.colleague("Gerda").use { gerda ->
                val id = fritz.notebook.createAccount(customer("Kloster Mühlberg"))
                fritz.synchronise()
                gerda.synchronise()
                fritz.notebook.editAccount(id, listOf(AccountEdit.Uses("candles")))
                gerda.notebook.editAccount(id, listOf(AccountEdit.Uses("beer")))
                fritz.synchronise()
                gerda.synchronise()
                fritz.synchronise()
                val conflict = fritz.notebook.conflictsOf(id).single()
                same(listOf(conflict), fritz.notebook.conflicts().filter { one -> one.doc == id })
                same(listOf(conflict), gerda.notebook.conflictsOf(id))
                holds(conflict.sides.size == 2 && conflict.about.said().isNotBlank()) { "$conflict" }
                refused<KeptException.Invalid> { fritz.notebook.settleConflict(conflict.id, 99u) }
                same(id, fritz.notebook.settleConflict(conflict.id, conflict.choices[0].number))
                same(emptyList<Any>(), fritz.notebook.conflictsOf(id))
                fritz.synchronise()
                gerda.synchronise()
                same(emptyList<Any>(), gerda.notebook.conflictsOf(id))
                same(fritz.notebook.account(id).account.uses, gerda.notebook.account(id).account.uses)
                refused<KeptException> { gerda.notebook.settleConflict(conflict.id, 1u) }
            }
        }
    }
}
