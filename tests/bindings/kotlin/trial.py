"""Compiles the generated Kotlin and the trial in `src`, and runs it: `tests/run kotlin`.

What stands in `refused` must not compile. What was compiled is used again as long as what it was made of is the same.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
sys.dont_write_bytecode = True

import calls  # noqa: E402
import jars  # noqa: E402

SOURCES = HERE / "src"
SCREENS = HERE.parent.parent / "screens.tsv"
STORIES = HERE.parent.parent / "stories" / "taps.md"
PLAIN_TEXT = re.compile(r"^public typealias (?!FfiConverter)(\w+) = kotlin\.String$", re.MULTILINE)
MIXED_IDS = HERE / "refused" / "MixedIds.kt"
COMPILER = "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler"
COMPILER_OPTIONS = ["-no-stdlib", "-no-reflect", "-Werror", "-jvm-target", "17"]
# More than ten times what it needs: a call that never returns is an error, not a wait for ever.
LONGEST_S = 900


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--java", required=True, type=Path, help="the Java runtime's command")
    parser.add_argument("--jars", required=True, type=Path, help="the folder with the jars of the lock")
    parser.add_argument("--generated", required=True, type=Path, help="the folder with the generated Kotlin")
    parser.add_argument("--library", required=True, type=Path, help="the folder with the library that it calls")
    parser.add_argument("--server", required=True, type=Path, help="kept-server")
    parser.add_argument("--fixture", required=True, type=Path, help="phone-fixture")
    parser.add_argument("--out", required=True, type=Path, help="where what is compiled and written stays")
    parser.add_argument("--first-sync", type=Path, metavar="COMPANY",
                        help="instead of the tests, measure a first synchronisation with a folder of `large-company`")
    parser.add_argument("words", nargs="*", help="only the tests whose names have one of these words")
    return parser.parse_args()


def java(options, *more):
    """The command with its options for all uses."""
    version = subprocess.run([options.java, "-version"], capture_output=True, text=True, check=True).stderr
    major = int(version.split('"')[1].split(".")[0].split("-")[0])
    # Older ones do not know the second, which JNA and coroutines need to stay silent on newer ones.
    quiet = ["--enable-native-access=ALL-UNNAMED"] + ["--sun-misc-unsafe-memory-access=allow"] * (major >= 24)
    return [str(options.java), *quiet, *more]


def key_of(files, text):
    """The hash of files and of a text beside them."""
    digest = hashlib.sha256(text.encode())
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def compiled(options, name, sources, class_path, beside):
    """The jar of sources, compiled unless it is there. `beside` is the key of the jars that they are compiled with."""
    key = key_of([*sources, jars.LOCK], " ".join([beside, *COMPILER_OPTIONS]))
    jar = options.out / f"{name}-{key[:16]}.jar"
    if not jar.exists():
        for older in options.out.glob(f"{name}-*.jar"):
            older.unlink()
        unfinished = options.out / f"{name}.jar"
        compiler = ["-cp", jars.class_path("kotlinc", options.jars), COMPILER, *COMPILER_OPTIONS]
        compiler += ["-module-name", name, "-cp", class_path, "-d", unfinished]
        subprocess.run([*java(options, "-Xmx2g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), *compiler, *sources], check=True)
        unfinished.rename(jar)
    return jar, key


def refuse_mixed_ids(options, class_path, core_key):
    """Compiles what takes ids of two kinds for each other; fails unless the compiler refuses each such line."""
    key = key_of([MIXED_IDS, jars.LOCK], core_key)
    seen = options.out / "mixed-ids.txt"
    if seen.exists() and seen.read_text() == key:
        return
    compiler = ["-cp", jars.class_path("kotlinc", options.jars), COMPILER, "-no-stdlib", "-no-reflect"]
    compiler += ["-cp", class_path, "-d", options.out / "mixed-ids", MIXED_IDS]
    command = java(options, "-Xmx2g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", *map(str, compiler))
    said = subprocess.run(command, capture_output=True, text=True).stderr
    lines = MIXED_IDS.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        refused = f"{MIXED_IDS.name}:{number}:" in said
        if refused != ("// refused" in line):
            sys.exit(f"{MIXED_IDS.name}:{number} was {'refused' if refused else 'compiled'}: {line.strip()}\n{said}")
    seen.write_text(key)


def main():
    options = arguments()
    options.out.mkdir(parents=True, exist_ok=True)
    library_path = jars.class_path("run", options.jars)

    recording = options.out / "recording" / "kept_core.kt"
    recording.parent.mkdir(exist_ok=True)
    generated = (options.generated / "app/kept/core/kept_core.kt").read_text(encoding="utf-8")
    recording.write_text(calls.recording(generated), encoding="utf-8")
    plain = PLAIN_TEXT.findall(generated)
    if plain:
        sys.exit(f"core/uniffi.toml and Ids.kt lack {', '.join(plain)}, which would be plain texts")
    ids = options.generated / "app/kept/core/Ids.kt"
    core, core_key = compiled(options, "core", [recording, ids], library_path, "")
    refuse_mixed_ids(options, f"{library_path}:{core}", core_key)
    trial, _ = compiled(options, "trial", sorted(SOURCES.rglob("*.kt")), f"{library_path}:{core}", core_key)

    folders = options.out / "folders"
    shutil.rmtree(folders, ignore_errors=True)
    folders.mkdir()
    # Phones give an app little, and their allocators have no arena for each thread.
    memory = ["-Xmx64m", "-XX:+UseSerialGC"] if options.first_sync else ["-Xmx512m"]
    run = java(options, *memory, f"-Djna.library.path={options.library.resolve()}")
    run += ["-cp", f"{library_path}:{core}:{trial}"]
    if options.first_sync:
        phone = folders.resolve() / "first-sync"
        run.append("FirstSync")
        measured = [*run, options.server.resolve(), options.first_sync.resolve(), phone]
        alone = dict(os.environ, MALLOC_ARENA_MAX="1")
        return subprocess.run(measured, env=alone).returncode or subprocess.run([*run, phone], env=alone).returncode
    run.append("MainKt")
    programs = [options.server.resolve(), options.fixture.resolve()]
    run += [*programs, SCREENS, STORIES, folders.resolve(), options.out.resolve() / "reached.txt", *options.words]
    status = subprocess.run(run, timeout=LONGEST_S).returncode
    if status == 0:
        shutil.rmtree(folders, ignore_errors=True)
    return status


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failed:
        sys.exit(failed.returncode)
