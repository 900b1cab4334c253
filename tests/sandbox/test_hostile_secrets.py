"""Programs that look for what they should not know, and a search of the jail's own memory for it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from interview.sandbox import selftest
from interview.sandbox.host import Tier, Zygotes
from interview.sandbox.jobs import Call, Job, Outcome
from interview.sandbox.run import run
from interview.sandbox.zygote import SPARES
from tests.processes import descendants, eventually
from tests.sandbox.scene import SECRET, Scene

SECRETS = {
    "reads": "print(open(FILE).read())",
    "reads by the C library": """
        import ctypes
        libc, text = ctypes.CDLL(None), ctypes.create_string_buffer(100)
        libc.read(libc.open(FILE.encode(), 0), text, 100)
        print(text.value.decode())
    """,
    "reads through a numpy loader": "import numpy; print(numpy.fromfile(FILE, dtype='S24'))",
    "reads through a memory map": """
        import mmap
        file = open(FILE)
        print(mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)[:].decode())
    """,
    "reads by a relative way": "import os; os.chdir('/'); print(open(FILE[1:]).read())",
    "reads by way of its own root": "print(open('/proc/self/root' + FILE).read())",
    "reads by way of its parent's root": "import os; print(open(f'/proc/{os.getppid()}/root' + FILE).read())",
    "runs the file": "import runpy; runpy.run_path(FILE)",
    "reads the settings beside it": "print(open(FOLDER + '/.env').read())",
    "searches the folder": """
        import os
        for name in os.listdir(FOLDER): print(open(FOLDER + "/" + name, errors="replace").read())
    """,
    "reads the database": """
        import sqlite3
        database = sqlite3.connect(f"file:{FOLDER}/db.sqlite3?mode=ro", uri=True)
        print(database.execute("SELECT * FROM secrets").fetchall())
    """,
    "reads the environment of another": "print(open(f'/proc/{VICTIM}/environ').read())",
    "reads the environment of everybody": """
        import glob
        for place in glob.glob("/proc/*/environ") + glob.glob("/proc/*/task/*/environ"):
            try: print(open(place).read())
            except OSError: pass
    """,
    "reads the memory of another": """
        maps = [line.split() for line in open(f"/proc/{VICTIM}/maps")]
        start, end = next(line[0].split("-") for line in maps if line[-1] == "[stack]")
        memory = open(f"/proc/{VICTIM}/mem", "rb")
        memory.seek(int(start, 16))
        print(memory.read(int(end, 16) - int(start, 16)).decode("latin1"))
    """,
    "has the kernel copy the memory of another": """
        import ctypes
        maps = [line.split() for line in open(f"/proc/{VICTIM}/maps")]
        start, end = (int(n, 16) for line in maps if line[-1] == "[stack]" for n in line[0].split("-"))
        text = ctypes.create_string_buffer(end - start)
        here = (ctypes.c_void_p * 2)(ctypes.addressof(text), end - start)
        there = (ctypes.c_void_p * 2)(start, end - start)
        ctypes.CDLL(None).process_vm_readv(VICTIM, here, 1, there, 1, 0)
        print(text.raw.decode("latin1"))
    """,
}
PROJECT = {
    "the settings": "print(open(PROJECT + '/interview/settings.py').read())",
    "the settings by import": """
        import sys
        sys.path.append(PROJECT)
        import interview
        import interview.settings, inspect
        print(inspect.getsource(interview.settings))
    """,
    "whatever lies around its own modules": """
        import glob, os, sys
        sys.path.append(PROJECT)
        import interview.sandbox.codec as codec
        for place in glob.glob(os.path.dirname(codec.__file__) + "/../*.py"): print(open(place).read())
    """,
}
# What a program finds in its surroundings and among its descriptors, whoever opened them.
LOOK_AROUND = """
import os, sys
def found():
    told = [str(dict(os.environ)), str(sys.orig_argv), os.getcwd()]
    for number in range(256):
        for read in (lambda: os.pread(number, 9999, 0), lambda: os.readlink(f"/proc/self/fd/{number}")):
            try: told.append(str(read()))
            except OSError: pass
    return told
"""


@pytest.fixture
def secretive(tier: Tier, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Iterator[Zygotes]:
    """Zygotes started by a worker that has secrets: in its environment, its memory and its open files."""
    monkeypatch.setenv("DJANGO_SECRET_KEY", SECRET)
    ours, theirs = socket.socketpair()
    with ours, theirs, scene.file.open() as file:
        theirs.send(SECRET.encode())
        for ours_alone in (file, ours, theirs):
            os.set_inheritable(ours_alone.fileno(), True)
        zygotes = Zygotes(tier)
        monkeypatch.setattr(selftest, "_proven", selftest.Report(tier, zygotes, {}))
        yield zygotes
        zygotes.close()


@pytest.mark.parametrize("program", SECRETS.values(), ids=SECRETS.keys())
def test_no_secret_is_read(program: str, scene: Scene) -> None:
    assert scene.harm(_told(scene.attack_in_jail(program))) == set()

    assert "secret" in scene.harm(scene.attack_at_large(program).told)


@pytest.mark.parametrize("program", PROJECT.values(), ids=PROJECT.keys())
def test_nothing_of_the_project_is_read(program: str, scene: Scene) -> None:
    assert scene.harm(_told(scene.attack_in_jail(program))) == set()

    assert "project" in scene.harm(scene.attack_at_large(program).told)


@pytest.mark.parametrize("source", [LOOK_AROUND, f"import numpy\n{LOOK_AROUND}"], ids=["thin", "heavy"])
def test_no_secret_of_the_worker_is_handed_down(source: str, secretive: Zygotes, scene: Scene) -> None:
    found = run(Job(source, (Call("a", "found()"),))).answers["a"].value
    assert "OMP_NUM_THREADS" in found[0]
    assert scene.harm(str(found)) == set()

    # Handed down as a careless worker would.
    loose = subprocess.run(
        [sys.executable, "-c", f"{source}\nprint(found())"],
        capture_output=True,
        text=True,
        close_fds=False,
        check=True,
    )
    assert "secret" in scene.harm(loose.stdout)


def test_no_process_of_the_jail_has_a_secret_in_its_memory(secretive: Zygotes) -> None:
    others = descendants(os.getpid())
    for source in ("words = WORDS", "import numpy; words = WORDS") * 3:
        # These children have it in their memory, as we have; but not their zygote, nor a later child.
        run(Job(source.replace("WORDS", repr(SECRET)), (Call("a", f"words == {SECRET!r}"),)))

    def is_at_rest() -> bool:
        # A child that was ended takes a moment to go.
        before = descendants(os.getpid()) - others
        time.sleep(0.3)
        return len(before) >= 2 * (1 + SPARES) and before == descendants(os.getpid()) - others

    assert eventually(is_at_rest)
    jailed = {pid: _memory(pid) for pid in descendants(os.getpid()) - others}
    assert sum(b"OMP_NUM_THREADS" in memory for memory in jailed.values()) > 2
    assert [pid for pid, memory in jailed.items() if SECRET.encode() in memory] == []
    assert SECRET.encode() in _memory(os.getpid())


def _told(outcome: Outcome) -> str:
    return f"{outcome.prints}{outcome.warnings}{outcome.error}"


def _memory(pid: int) -> bytes:
    """All that a process has in its own memory; nothing of one that has ended."""
    found = []
    with suppress(FileNotFoundError, ProcessLookupError), Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            start, end = (int(place, 16) for place in line.split()[0].split("-"))
            if "w" in line.split()[1]:
                memory.seek(start)
                found.append(memory.read(end - start) or b"")
    return b"".join(found)
