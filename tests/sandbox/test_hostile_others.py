"""Programs that harm other processes, or start processes of their own: jailed, and then let loose."""

from concurrent.futures import ThreadPoolExecutor
from textwrap import dedent

import pytest

from tests.processes import eventually
from tests.sandbox.scene import Scene

_LIBC = "import ctypes, os, signal, time\nlibc = ctypes.CDLL(None)\n"
VICTIM = {
    "kills": "os.kill(VICTIM, 9)",
    "stops": "os.kill(VICTIM, 19)",
    "kills its group": "os.killpg(VICTIM, 9)",
    "kills its group by a negative number": "os.kill(-VICTIM, 9)",
    "kills its thread": "libc.syscall(CALLS['tgkill'], VICTIM, VICTIM, 9)",
    "kills its thread the old way": "libc.syscall(CALLS['tkill'], VICTIM, 9)",
    "kills by a queued signal": "libc.sigqueue(VICTIM, 9, ctypes.c_void_p(0))",
    "kills through a handle": "signal.pidfd_send_signal(os.pidfd_open(VICTIM), 9)",
    "has the kernel kill by a pipe": """
        import fcntl
        reading, writing = os.pipe()
        fcntl.fcntl(reading, fcntl.F_SETOWN, VICTIM)
        fcntl.fcntl(reading, 10, 9)
        fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC)
        os.write(writing, b"x")
        time.sleep(0.1)
    """,
    "has the kernel kill by a pipe, in other words": """
        import fcntl, struct
        reading, writing = os.pipe()
        fcntl.fcntl(reading, 15, struct.pack("ii", 1, VICTIM))
        fcntl.fcntl(reading, 10, 9)
        fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC)
        os.write(writing, b"x")
        time.sleep(0.1)
    """,
    "has the kernel kill by a pair of sockets": """
        import fcntl, socket
        one, other = socket.socketpair()
        fcntl.ioctl(one, 0x8901, ctypes.c_int(VICTIM))
        fcntl.fcntl(one, 10, 9)
        fcntl.fcntl(one, fcntl.F_SETFL, os.O_ASYNC)
        other.send(b"x")
        time.sleep(0.1)
    """,
    "traces": """
        libc.ptrace(0x4206, VICTIM, None, None)
        libc.ptrace(0x4207, VICTIM, None, None)
        os.kill(VICTIM, 9)
    """,
    "writes into its memory": """
        stat = open(f"/proc/{VICTIM}/stat").read().rpartition(")")[2].split()
        with open(f"/proc/{VICTIM}/mem", "r+b", 0) as memory:
            memory.seek(int(stat[47]))
            memory.write(b"changed")
    """,
    "has the kernel write into its memory": """
        stat = open(f"/proc/{VICTIM}/stat").read().rpartition(")")[2].split()
        text = ctypes.create_string_buffer(b"changed")
        here, there = (ctypes.c_void_p * 2)(ctypes.addressof(text), 7), (ctypes.c_void_p * 2)(int(stat[47]), 7)
        libc.process_vm_writev(VICTIM, here, 1, there, 1, 0)
    """,
    "offers it to the kernel when memory runs out": "open(f'/proc/{VICTIM}/oom_score_adj', 'w').write('1000')",
    "slows down": "os.setpriority(os.PRIO_PROCESS, VICTIM, 10)",
    "puts in another class of the scheduler": "os.sched_setscheduler(VICTIM, os.SCHED_IDLE, os.sched_param(0))",
    "moves to one processor": "os.sched_setaffinity(VICTIM, {0})",
    "changes limits": "import resource; resource.prlimit(VICTIM, resource.RLIMIT_NOFILE, (7, 7))",
    "runs a program that kills": "os.system(f'kill -9 {VICTIM}')",
    "forks a child that kills": "if os.fork() == 0: os.kill(VICTIM, 9)\nelse: os.wait()",
    "spawns a program that kills": "import subprocess; subprocess.run(['/bin/sh', '-c', f'kill -9 {VICTIM}'])",
}
# In the jail the parent is the zygote; at large it is a program that only waits.
PARENT = {
    "kills": "os.kill(os.getppid(), 9)",
    "kills, as the first of the processes": "os.kill(os.getppid() or 1, 9)",
    "kills its group": "os.killpg(os.getpgid(os.getppid()), 9)",
    "kills its own group": "os.kill(0, 9)",
    "kills by a queued signal": "libc.sigqueue(os.getppid(), 9, ctypes.c_void_p(0))",
    "kills through a handle": "signal.pidfd_send_signal(os.pidfd_open(os.getppid()), 9)",
    "kills its thread": "libc.syscall(CALLS['tgkill'], os.getppid(), os.getppid(), 9)",
    "kills by a pipe": """
        import fcntl
        reading, writing = os.pipe()
        fcntl.fcntl(reading, fcntl.F_SETOWN, os.getppid())
        fcntl.fcntl(reading, 10, 9)
        fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC)
        os.write(writing, b"x")
        time.sleep(0.1)
    """,
    "leaves no room for": "import resource; resource.prlimit(os.getppid(), resource.RLIMIT_AS, (1, 1))",
    "traces": "libc.ptrace(16, os.getppid(), 0, 0); os.waitpid(os.getppid(), 0); libc.ptrace(8, os.getppid(), 0, 0)",
}
_WAIT_AND_WORK = "import subprocess, sys; subprocess.run(sys.argv[1:]); bytearray(1 << 28)"
# Each leaves something that sleeps for half a minute, under the name of this scene.
PROCESSES = {
    "forks": "if os.fork() == 0: time.sleep(30)",
    "forks twice": "if os.fork() == 0:\n  if os.fork() == 0:\n    os.setsid()\n    time.sleep(30)\n  os._exit(0)",
    "forks by the C library": "if libc.fork() == 0: time.sleep(30)",
    "clones": "if libc.syscall(CALLS['clone'], 17, 0, 0, 0, 0) == 0: time.sleep(30)",
    "clones by the newer call": """
        facts = (ctypes.c_uint64 * 11)(0, 0, 0, 0, 17)
        if libc.syscall(CALLS['clone3'], facts, 88) == 0: time.sleep(30)
    """,
    "clones into namespaces of its own": """
        if libc.syscall(CALLS["clone"], 0x10000000 | 17, 0, 0, 0, 0) == 0: time.sleep(30)
    """,
    "leaves a sibling": "if libc.syscall(CALLS['clone'], 0x8000 | 17, 0, 0, 0, 0) == 0: time.sleep(30)",
    "runs a shell": "os.system(f'sh -c \"sleep 30; :\" {MARK} >/dev/null 2>&1 &')",
    "spawns": "os.posix_spawn('/bin/sh', ['sh', '-c', 'sleep 30; :', MARK], {})",
    "runs a program in its place": "os.execv('/bin/sh', ['sh', '-c', '(sleep 30; :) >/dev/null 2>&1 & :', MARK])",
    "runs Python in its place": """
        import sys
        source = "import os, time\\nif os.fork() == 0: time.sleep(30)"
        os.execv(sys.executable, [sys.executable, "-c", source, MARK])
    """,
    "starts a process of Python's": """
        import multiprocessing
        multiprocessing.get_context("fork").Process(target=time.sleep, args=(30,)).start()
        os._exit(0)
    """,
    "bombs": """
        first = os.getpid()
        for _ in range(3): os.fork()
        if os.getpid() != first: time.sleep(30)
    """,
}
_NAMED = f"{_LIBC}libc.prctl(15, MARK.encode(), 0, 0, 0)\n"


@pytest.mark.parametrize("program", VICTIM.values(), ids=VICTIM.keys())
def test_no_other_process_is_harmed(program: str, scene: Scene) -> None:
    scene.attack_in_jail(_LIBC + dedent(program))
    assert scene.harm() == set()

    scene.attack_at_large(_LIBC + dedent(program))
    # A signal that was sent has yet to arrive.
    assert eventually(lambda: scene.harm() == {"victim"})


@pytest.mark.parametrize("program", PARENT.values(), ids=PARENT.keys())
def test_the_zygote_lives_on(program: str, scene: Scene) -> None:
    scene.attack_in_jail(_LIBC + dedent(program))
    assert scene.harm() == set()

    assert scene.attack_at_large(_LIBC + dedent(program), under=_WAIT_AND_WORK).code != 0


@pytest.mark.parametrize("program", PROCESSES.values(), ids=PROCESSES.keys())
def test_no_process_is_left(program: str, scene: Scene) -> None:
    scene.attack_in_jail(_NAMED + dedent(program))
    assert scene.harm() == set()

    scene.attack_at_large(_NAMED + dedent(program))
    assert eventually(lambda: scene.harm() == {"processes"})


def test_a_process_in_the_jail_would_be_seen(scene: Scene) -> None:
    with ThreadPoolExecutor() as pool:
        pool.submit(scene.attack_in_jail, _NAMED + "time.sleep(1)")
        assert eventually(lambda: scene.harm() == {"processes"})

    assert scene.harm() == set()
