"""The calls that the library exports, and those of them that a trial of the bindings reached.

`calls.py KOTLIN ALLOWED REACHED...` compares the calls of the generated Kotlin file with the lists that the trials
wrote. It fails for a call that no trial reached, unless ALLOWED names it, and for a line of ALLOWED that is reached or
not exported: that list can only become shorter.
"""

import re
import sys
from pathlib import Path

FOREIGN_CALL = re.compile(r"\bUniffiLib\.uniffi_kept_core_fn_((?:method|func|constructor)_\w+)\(")
# What the app implements and the core calls has an implementation for the other direction too, which nothing uses.
CALLBACK = re.compile(r"\buniffi_kept_core_fn_init_callback_vtable_(\w+)\(")
PREFIX = "uniffi_kept_core_fn_"


def plain_name(symbol):
    """`method_notebook_edit_visit` as `notebook.edit_visit`, `func_error_message` as `error_message`."""
    kind, name = symbol.split("_", 1)
    return name if kind == "func" else name.replace("_", ".", 1)


def exported(kotlin):
    """The names of all calls of a generated Kotlin file."""
    callbacks = set(CALLBACK.findall(kotlin))
    names = {plain_name(symbol) for symbol in FOREIGN_CALL.findall(kotlin)}
    return {name for name in names if name.split(".")[0] not in callbacks}


def recording(kotlin):
    """A copy of a generated Kotlin file in which every foreign call tells `Reached` its name."""
    calls = FOREIGN_CALL.sub(lambda call: f'reached("{plain_name(call[1])}").{PREFIX}{call[1]}(', kotlin)
    return calls + """
public object Reached {
    public val names: MutableSet<String> = java.util.concurrent.ConcurrentHashMap.newKeySet()
}

internal fun reached(name: String): UniffiLib {
    Reached.names.add(name)
    return UniffiLib
}
"""


class RecordingLibrary:
    """The library of the generated Python bindings; remembers the names of the calls that are made through it."""

    def __init__(self, library):
        self._library = library
        self.names = set()

    def __getattr__(self, symbol):
        name = symbol.removeprefix(PREFIX)
        if name != symbol and name.split("_")[0] in ("method", "func", "constructor"):
            self.names.add(plain_name(name))
        return getattr(self._library, symbol)


def read_names(path):
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def main():
    kotlin, allowed_file, *lists = sys.argv[1:]
    wanted = exported(Path(kotlin).read_text(encoding="utf-8"))
    reached = set().union(*map(read_names, lists)) & wanted
    allowed = read_names(allowed_file)
    print(f"{len(reached)} of {len(wanted)} calls reached")
    problems = [f"{name}: no trial reaches it" for name in sorted(wanted - reached - allowed)]
    problems += [f"{name}: a trial reaches it; remove it from {allowed_file}" for name in sorted(allowed & reached)]
    problems += [f"{name}: not exported; remove it from {allowed_file}" for name in sorted(allowed - wanted)]
    for name in sorted(allowed & wanted - reached):
        print(f"    not reached, and allowed: {name}")
    for problem in problems:
        print(f"    {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
