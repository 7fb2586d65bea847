import app.kept.core.*

fun Trial.badInput(world: World) {
    test("a store of secrets that throws is told as such, and the notebook works again when it does") {
        val phone = world.stranger()
        phone.use {
            val id = it.notebook.createAccount(customer("Hof Ost"))
            it.notebook.pause()
            it.secrets.thrown = IllegalStateException("the keystore is locked")
            val error = refused<KeptException> { it.notebook.account(id) }
            holds(error.said().isNotBlank()) { "$error" }
            it.secrets.thrown = null
            same("Hof Ost", it.notebook.account(id).account.name)
        }
        val broken = Secrets().also { it.thrown = IllegalStateException("the keystore is locked") }
        val folder = world.folder()
        refused<KeptException> { Notebook.open(folder.path, broken) }
        broken.thrown = null
        Notebook.open(folder.path, broken).use { same(false, it.me().joined) }
    }
}
