"""Programs that try to do harm outside themselves: jailed, and then let loose, to see that they would."""

import pytest

from interview.sandbox.jobs import Ending
from tests.processes import eventually
from tests.sandbox.scene import Scene

FILES = {
    "overwrites": "open(FILE, 'w').write('gone')",
    "appends": "open(FILE, 'a').write('more')",
    "changes a byte in place": "open(FILE, 'r+b').write(b'X')",
    "makes a new file": "open(NEW, 'x').write('here')",
    "empties by a read-only open": "import os; os.open(FILE, os.O_RDONLY | os.O_TRUNC)",
    "truncates": "import os; os.truncate(FILE, 0)",
    "deletes": "import os; os.remove(FILE)",
    "renames": "import os; os.rename(FILE, NEW)",
    "makes a folder": "import os; os.mkdir(NEW)",
    "makes a symbolic link": "import os; os.symlink('/etc/passwd', NEW)",
    "makes a hard link": "import os; os.link(FILE, NEW)",
    "makes a named pipe": "import os; os.mkfifo(NEW)",
    "changes rights": "import os; os.chmod(FILE, 0o777)",
    "changes times": "import os; os.utime(FILE, (1, 1))",
    "writes through a memory map": """
        import mmap
        with open(FILE, "r+b") as file:
            mmap.mmap(file.fileno(), 0)[:3] = b"XXX"
    """,
    "writes by system call": """
        import ctypes
        libc = ctypes.CDLL(None)
        libc.write(libc.open(FILE.encode(), 1), b"gone", 4)
    """,
}
SECRETS = {
    "reads": "print(open(FILE).read())",
    "reads by the C library": """
        import ctypes
        libc, text = ctypes.CDLL(None), ctypes.create_string_buffer(100)
        libc.read(libc.open(FILE.encode(), 0), text, 100)
        print(text.value.decode())
    """,
    "reads through a numpy loader": "import numpy; print(numpy.fromfile(FILE, dtype='S24'))",
    "reads the environment of another": "print(open(f'/proc/{VICTIM}/environ').read())",
    "reads by a relative way": "import os; os.chdir('/'); print(open(FILE[1:]).read())",
}
NETWORK = {
    "connects by TCP": ("import socket; socket.create_connection(TCP, timeout=1)", "tcp"),
    "sends by UDP": (
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', UDP)",
        "udp",
    ),
    "connects to a unix socket": ("import socket; socket.socket(socket.AF_UNIX).connect(UNIX)", "unix"),
    "connects to an abstract socket": (
        "import socket; socket.socket(socket.AF_UNIX).connect(ABSTRACT)",
        "abstract",
    ),
    "sends to a unix socket": (
        "import socket; socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'x', DATAGRAM)",
        "datagram",
    ),
    "sends out of a pair of sockets": (
        """
        import socket
        one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        one.sendto(b"x", DATAGRAM)
        """,
        "datagram",
    ),
    "fetches a page": (
        "import urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{TCP[1]}/', timeout=0.3)",
        "tcp",
    ),
}
OTHERS = {
    "kills": "import os; os.kill(VICTIM, 9)",
    "stops": "import os; os.kill(VICTIM, 19)",
    "kills through a handle": "import os, signal; signal.pidfd_send_signal(os.pidfd_open(VICTIM), 9)",
    "kills by a queued signal": "import ctypes; ctypes.CDLL(None).sigqueue(VICTIM, 9, ctypes.c_void_p(0))",
    "has the kernel kill by a pipe": """
        import fcntl, os, time
        reading, writing = os.pipe()
        fcntl.fcntl(reading, fcntl.F_SETOWN, VICTIM)
        fcntl.fcntl(reading, 10, 9)
        fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC)
        os.write(writing, b"x")
        time.sleep(0.1)
    """,
    "slows down": "import os; os.setpriority(os.PRIO_PROCESS, VICTIM, 10)",
    "moves to one processor": "import os; os.sched_setaffinity(VICTIM, {0})",
    "changes limits": "import resource; resource.prlimit(VICTIM, resource.RLIMIT_NOFILE, (7, 7))",
    "runs a program that kills": "import os; os.system(f'kill -9 {VICTIM}')",
    "forks a child that kills": "import os\nif os.fork() == 0: os.kill(VICTIM, 9)\nelse: os.wait()",
    "spawns a program that kills": """
        import subprocess
        subprocess.run(["/bin/sh", "-c", f"kill -9 {VICTIM}"])
    """,
}


@pytest.mark.parametrize("program", FILES.values(), ids=FILES.keys())
def test_no_file_is_touched(program: str, scene: Scene) -> None:
    scene.attack_in_jail(program)
    assert scene.harm() == set()

    scene.attack_at_large(program)
    assert "files" in scene.harm()


@pytest.mark.parametrize("program", SECRETS.values(), ids=SECRETS.keys())
def test_no_secret_is_read(program: str, scene: Scene) -> None:
    outcome = scene.attack_in_jail(program)
    told = f"{outcome.prints}{outcome.warnings}{outcome.error}"
    assert scene.harm(told) == set()

    assert "secret" in scene.harm(scene.attack_at_large(program))


@pytest.mark.parametrize(("program", "server"), NETWORK.values(), ids=NETWORK.keys())
def test_no_server_is_reached(program: str, server: str, scene: Scene) -> None:
    scene.attack_in_jail(program)
    assert scene.harm() == set()

    scene.attack_at_large(program)
    assert scene.harm() == {server}


@pytest.mark.parametrize("program", OTHERS.values(), ids=OTHERS.keys())
def test_no_other_process_is_harmed(program: str, scene: Scene) -> None:
    scene.attack_in_jail(program)
    assert scene.harm() == set()

    scene.attack_at_large(program)
    # A signal that was sent has yet to arrive.
    assert eventually(lambda: scene.harm() == {"victim"}, within=5)


def test_honest_code_runs_before_and_after_an_attack(scene: Scene) -> None:
    honest = "print(sum(range(10)))"

    before = scene.attack_in_jail(honest)
    scene.attack_in_jail("import os; os.kill(os.getppid(), 9)")
    after = scene.attack_in_jail(honest)

    assert [before.prints, after.prints] == ["45\n", "45\n"]
    assert {before.ending, after.ending} == {Ending.FINISHED}
