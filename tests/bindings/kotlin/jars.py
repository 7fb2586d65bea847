"""The jars of the Kotlin trial: Maven fetches them once into a folder, `jars.lock` says what they must be.

`jars.py FOLDER` fetches those that are missing. It ends with 3 if they cannot be fetched, with 1 if one of them is
another than the lock says.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LOCK = Path(__file__).with_name("jars.lock")
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1"
UNREACHABLE = 3


class Jar:
    """One line of the lock."""

    def __init__(self, line):
        self.use, coordinates, self.sha256 = line.split()
        self.group, self.artifact, self.version = coordinates.split(":")

    def __str__(self):
        return f"{self.group}:{self.artifact}:{self.version}"

    def path(self, folder):
        """Where Maven puts it below a folder."""
        group = self.group.replace(".", "/")
        return Path(folder, group, self.artifact, self.version, f"{self.artifact}-{self.version}.jar")

    def check(self, folder):
        """Raises `ValueError` if its bytes are not those of the lock."""
        found = hashlib.sha256(self.path(folder).read_bytes()).hexdigest()
        if found != self.sha256:
            raise ValueError(f"{self} is not what the lock says: SHA-256 {found}; remove {self.path(folder)}")


def locked():
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    return [Jar(line) for line in lines if line and not line.startswith("#")]


def class_path(use, folder):
    """The class path of one use."""
    return ":".join(str(jar.path(folder)) for jar in locked() if jar.use == use)


def pom(jars):
    """A project that depends on these jars and on nothing that they depend on."""
    nothing = "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>"
    dependencies = "".join(
        f"<dependency><groupId>{jar.group}</groupId><artifactId>{jar.artifact}</artifactId>"
        f"<version>{jar.version}</version>{nothing}</dependency>"
        for jar in jars
    )
    return (
        "<project><modelVersion>4.0.0</modelVersion><groupId>trial</groupId><artifactId>jars</artifactId>"
        f"<version>1</version><packaging>pom</packaging><dependencies>{dependencies}</dependencies></project>"
    )


def fetch(jars, folder):
    """Lets Maven fetch these jars; false if it could not, after it was said why."""
    with tempfile.TemporaryDirectory() as project:
        Path(project, "pom.xml").write_text(pom(jars), encoding="utf-8")
        # -U: what could not be fetched before is asked for again.
        maven = ["mvn", "-q", "-B", "-U", f"-Dmaven.repo.local={folder}", f"{PLUGIN}:resolve"]
        output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        done = subprocess.run(maven, cwd=project, stdin=subprocess.DEVNULL, **output)
    if done.returncode:
        said = re.findall(r"ERROR\S* *(.*)", done.stdout)
        print(f"    Maven: {said[0] if said else done.stdout}", file=sys.stderr)
    return done.returncode == 0


def main():
    folder = Path(sys.argv[1])
    missing = [jar for jar in locked() if not jar.path(folder).exists()]
    if missing and not shutil.which("mvn"):
        return UNREACHABLE
    # Maven takes one version of a thing for a project, and the compiler runs with older ones than the trial.
    for use in ["kotlinc", "run"]:
        wanted = [jar for jar in missing if jar.use == use and not jar.path(folder).exists()]
        if wanted and not fetch(wanted, folder):
            return UNREACHABLE
    for jar in locked():
        jar.check(folder)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ValueError as error:
        sys.exit(str(error))
