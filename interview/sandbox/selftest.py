"""Attacks the jail of this machine, and demands that every attack fails, before a person's code is run in it.

Nothing is guessed from versions: what counts is that the deed is refused and leaves no trace outside.
"""

import os
import socket
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from interview.sandbox import bubblewrap, landlock
from interview.sandbox.host import Service, Tier, Zygotes
from interview.sandbox.jobs import Answer, Call, Ending, Job, Limits
from interview.sandbox.process import NoChild
from interview.sandbox.session import in_jail

_VAR = Path(__file__).resolve().parents[2] / "var"
_SHOWN = 300
_SECRET = b"nobody in the jail reads this"
_MEND_SECCOMP = "Install libseccomp: sudo apt-get install libseccomp2"
_MEND_LANDLOCK = (
    "Boot Linux 5.13 or newer with landlock in its lsm= list: cat /sys/kernel/security/lsm shows the list"
)
_MEND_BUBBLEWRAP = "Install bubblewrap: sudo apt-get install bubblewrap"
MEND_ZYGOTE = "Its log says why: docker compose logs sandbox, or else the worker's own"
_MEND_JAIL = "Code stays refused on this machine; look at the kernel's version and security modules: uname -r"

# What an attacker would try first. Each function would do its deed if it were let.
_ATTACKS = """
import os
import socket

def read(path):
    with open(path, "rb") as file:
        return file.read(64)

def write(path):
    with open(path, "wb") as file:
        return file.write(b"broken out")

def connect(port):
    socket.create_connection(("127.0.0.1", port), timeout=1).close()

def fork():
    return os.fork() or os._exit(0)

def signal_parent():
    os.kill(os.getppid(), 0)

def trace_parent():
    import ctypes
    return ctypes.CDLL(None).ptrace(0x4206, os.getppid(), 0, 0)

def execute():
    os.execv("/bin/true", ["true"])

def eat_memory():
    return len(bytearray(1 << 30))

def eat_time():
    while True:
        pass
"""


class SandboxUnavailable(Exception):
    """Code can't be run safely on this machine: which probe failed, and the command that mends it."""

    def __init__(self, *, probe: str, reason: str, mend: str) -> None:
        super().__init__(f"{probe}: {reason}. {mend}")
        self.probe = probe
        self.reason = reason
        self.mend = mend


@dataclass(frozen=True)
class Probe:
    """One attack or requirement, whether the jail held, and what was found where it did not."""

    name: str
    held: bool
    found: str = "it left a trace"
    mend: str = _MEND_JAIL


@dataclass(frozen=True)
class Report:
    """The tier that held, with the zygotes to run code in, or None; and the probes of each tier that was tried."""

    tier: Tier | None
    zygotes: Zygotes | Service | None
    probes: Mapping[Tier, tuple[Probe, ...]]

    @property
    def failed(self) -> Probe | None:
        """Why code is refused: the requirement or attack that failed in the last tier that was tried."""
        return None if self.tier else next(_failures(list(self.probes.values())[-1]))

    @property
    def better(self) -> Probe | None:
        """What keeps this machine from the tier above."""
        return next(_failures(self.probes.get(Tier.A, ())), None) if self.tier is Tier.B else None

    def demand(self) -> Zygotes | Service:
        """Where code may be run; SandboxUnavailable where no tier held."""
        if probe := self.failed:
            raise SandboxUnavailable(probe=probe.name, reason=probe.found[:_SHOWN], mend=probe.mend)
        assert self.zygotes is not None
        return self.zygotes


_proven: Report | None = None
_one_at_a_time = threading.Lock()


def self_test() -> Report:
    """The report on this machine: a good one holds for the life of the process, a bad one is made again."""
    global _proven
    with _one_at_a_time:
        if _proven is None:
            folder = os.environ.get("SANDBOX_SOCKETS")
            report = _ask_service(Service(Path(folder))) if folder else attack()
            _proven = report if report.tier else None
            return report
        return _proven


def attack(folder: Path | None = None, *, tiers: Iterable[Tier] = tuple(Tier)) -> Report:
    """Try the tiers, the better one first; with a folder, the zygotes of the one that holds listen there."""
    tried: dict[Tier, tuple[Probe, ...]] = {}
    for tier in tiers:
        tried[tier] = _examine(tier)
        if not any(_failures(tried[tier])):
            return Report(tier, Zygotes(tier, folder), tried)
    return Report(None, None, tried)


def _ask_service(service: Service) -> Report:
    """A service has attacked its jail itself before it opened its sockets; what counts here is that it answers."""
    name = "the sandbox service"
    try:
        tier = Tier(in_jail(Job("print(1)"), service).tier)
    except NoChild as problem:
        return Report(None, None, {Tier.B: (Probe(name, held=False, found=str(problem), mend=MEND_ZYGOTE),)})
    return Report(tier, service, {tier: (Probe(name, held=True),)})


def _failures(probes: Iterable[Probe]) -> Iterator[Probe]:
    return (probe for probe in probes if not probe.held)


def _examine(tier: Tier) -> tuple[Probe, ...]:
    # Zygotes that nobody else can reach: until all has held, no person's code may get a child.
    with closing(Zygotes(tier)) as zygotes:
        try:
            return tuple(_probes(tier, zygotes))
        except NoChild as problem:
            mend = bubblewrap.mend() if tier is Tier.A else _MEND_JAIL
            return (Probe(name="get a child", held=False, found=str(problem), mend=mend),)


def _probes(tier: Tier, zygotes: Zygotes) -> Iterator[Probe]:
    needed = [_libseccomp(), _bubblewrap() if tier is Tier.A else _landlock()]
    missing = list(_failures(needed)) or list(_failures([_control(zygotes)]))
    yield from missing or (*needed, *_quiet_attacks(zygotes), *_loud_attacks(zygotes))


def _bubblewrap() -> Probe:
    found = "bubblewrap is not installed"
    return Probe("bubblewrap", held=bool(bubblewrap.program()), found=found, mend=_MEND_BUBBLEWRAP)


def _landlock() -> Probe:
    found = "the kernel offers no Landlock"
    return Probe(name="Landlock", held=landlock.version() > 0, found=found, mend=_MEND_LANDLOCK)


def _libseccomp() -> Probe:
    try:
        import pyseccomp  # noqa: F401
    except (ImportError, RuntimeError, OSError) as problem:
        return Probe(name="libseccomp", held=False, found=str(problem), mend=_MEND_SECCOMP)
    return Probe(name="libseccomp", held=True)


def _quiet_attacks(zygotes: Zygotes) -> Iterator[Probe]:
    """Deeds that are refused with an error, all tried by one child."""
    place = _VAR if os.access(_VAR, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=place) as folder, socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        secret, new = Path(folder, "secret"), Path(folder, "new")
        secret.write_bytes(_SECRET)
        attacks = {
            "read a file of the system": "read('/etc/passwd')",
            "read a file of the project": f"read({str(secret)!r})",
            "read the parent's environment": f"read('/proc/{os.getpid()}/environ')",
            "write a file": f"write({str(new)!r})",
            "connect to this machine": f"connect({server.getsockname()[1]})",
            "start a process": "fork()",
            "signal the parent": "signal_parent()",
        }
        calls = tuple(Call(id=name, expression=deed) for name, deed in attacks.items())
        answers = in_jail(Job(_ATTACKS, calls), zygotes).answers
        yield from (_refused(name, answers.get(name)) for name in attacks)
        yield Probe(name="leave no file", held=not new.exists() and secret.read_bytes() == _SECRET)
        yield Probe(name="reach no server", held=not _has_visitor(server))


def _loud_attacks(zygotes: Zygotes) -> Iterator[Probe]:
    """Deeds that end the child."""
    # Tight where time is what is tried, and nowhere else: a busy machine must not look like a hole.
    tight, limits = Limits(wall_seconds=0.3), Limits(memory_mb=256)
    for name, deed, ending in (
        ("trace the parent", "trace_parent()", Ending.FORBIDDEN),
        ("run a program", "execute()", Ending.FORBIDDEN),
        ("use too much time", "eat_time()", Ending.TIME),
        ("use too much memory", "eat_memory()", Ending.MEMORY),
    ):
        chosen = tight if ending is Ending.TIME else limits
        outcome = in_jail(Job(_ATTACKS, (Call(id=name, expression=deed),), chosen), zygotes)
        error = outcome.answers[name].error if name in outcome.answers else outcome.error
        yield Probe(name=name, held=error is not None and error.ending is ending, found=f"ended by {error}")


def _control(zygotes: Zygotes) -> Probe:
    # Were everything refused, the refusals would prove nothing.
    outcome = in_jail(Job(_ATTACKS, (Call(id="control", expression=f"read({os.__file__!r})"),)), zygotes)
    answer = outcome.answers.get("control")
    held = answer is not None and isinstance(answer.value, bytes)
    found = outcome.error.message if outcome.error else f"no answer but {answer}"
    return Probe(name="run harmless code", held=held, found=found)


def _refused(name: str, answer: Answer | None) -> Probe:
    held = answer is not None and answer.error is not None and answer.error.ending is Ending.FORBIDDEN
    return Probe(name=name, held=held, found=f"not refused but {answer}")


def _has_visitor(server: socket.socket) -> bool:
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True
