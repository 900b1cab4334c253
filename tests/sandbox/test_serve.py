"""The sandbox as a service of its own, and a worker that waits while it isn't there."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from interview.sandbox import selftest, warm
from interview.sandbox.jobs import Job
from interview.sandbox.run import SandboxUnavailable, run, warm_up
from interview.sandbox.zygote import SPARES
from tests.processes import PATIENCE, command_of, descendants, eventually, is_alive

pytestmark = pytest.mark.usefixtures("sandbox")

SECRET = "postgres://rehearsal:the-secret-of-the-worker@database/rehearsal"
HEAVY = "import sklearn; print('ran')"
# Also what bubblewrap and Python add by themselves.
HARMLESS = {*warm.ENVIRONMENT, "PWD", "LC_CTYPE"}


class Service:
    """The service's real process; it can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "interview.sandbox.serve", str(self.folder)]
        environment = {**os.environ, "DATABASE_URL": SECRET}
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.said = self.process.stdout.readline()

    def end(self, number: signal.Signals) -> set[int]:
        """End it by a signal, and give all that it had started."""
        family = descendants(self.process.pid)
        self.process.send_signal(number)
        with self.process:
            pass  # Leaving it waits for it and closes its pipe.
        return family


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A service, and this process as its worker."""
    monkeypatch.setattr(selftest, "_proven", None)
    monkeypatch.setenv("SANDBOX_SOCKETS", str(tmp_path))
    service = Service(tmp_path)
    yield service
    if service.process.poll() is None:
        service.end(signal.SIGKILL)


def _zygotes(service: Service) -> set[int]:
    """Whoever has children, but for bubblewrap."""
    parents = {pid for pid in descendants(service.process.pid) if descendants(pid)}
    return {pid for pid in parents if "bwrap" not in command_of(pid)}


def _warm(service: Service) -> None:
    """Wait for two zygotes with all their spares, and for the end of those that have had their run."""
    warm_up()
    assert eventually(lambda: _is_calm(service), within=PATIENCE)


def _is_calm(service: Service) -> bool:
    spares = [descendants(pid) for pid in _zygotes(service)]
    # One that is dying has no memory any more, and so no command either.
    return [len(each) for each in spares] == [SPARES, SPARES] and all(map(command_of, set().union(*spares)))


def _names(pid: int) -> set[str]:
    entries = Path(f"/proc/{pid}/environ").read_text().split("\0")
    return {entry.split("=")[0] for entry in entries if entry}


def _children() -> set[str]:
    """Whom this process has started itself; zygotes that other tests use may have new spares at any time."""
    return set(" ".join(path.read_text() for path in Path("/proc/self/task").glob("*/children")).split())


def test_code_runs_in_the_service_and_not_in_the_worker(service: Service) -> None:
    before = _children()

    outcome = run(Job(HEAVY))

    assert outcome.prints == "ran\n"
    assert f"tier {outcome.tier}" in service.said
    assert _children() == before


def test_runs_are_refused_while_the_service_is_away_and_go_on_when_it_is_back(service: Service) -> None:
    assert run(Job("print('ran')")).prints == "ran\n"
    service.end(signal.SIGKILL)

    with pytest.raises(SandboxUnavailable, match=r"no zygote answers: .*docker compose logs sandbox"):
        run(Job("print('ran')"))
    service.start()

    assert run(Job("print('ran')")).prints == "ran\n"


def test_a_worker_may_be_there_before_the_service(
    service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SANDBOX_SOCKETS", str(tmp_path / "later"))
    with pytest.raises(SandboxUnavailable, match="the sandbox service: no zygote answers"):
        warm_up()

    (tmp_path / "later").symlink_to(tmp_path)

    warm_up()
    assert run(Job("print('ran')")).prints == "ran\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_however_it_ends_it_leaves_no_process(service: Service, number: signal.Signals) -> None:
    _warm(service)

    family = service.end(number)

    assert len(family) >= 2 * (1 + SPARES)
    assert eventually(lambda: not any(map(is_alive, family)))
    assert service.process.returncode == (-9 if number is signal.SIGKILL else 0)


def test_zygotes_that_are_killed_come_back(service: Service) -> None:
    _warm(service)

    for victim in _zygotes(service):
        os.kill(victim, signal.SIGKILL)

    assert [run(Job(source)).prints for source in ("print('ran')", HEAVY)] == ["ran\n", "ran\n"]


def test_no_process_of_the_jail_knows_the_environment_of_the_service(service: Service) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can look into other namespaces")
    _warm(service)
    family = descendants(service.process.pid)

    assert "DATABASE_URL" in _names(service.process.pid)
    assert len(family) >= 2 * (1 + SPARES)
    assert set().union(*map(_names, family)) <= HARMLESS


def test_nobody_gets_a_child_while_the_jail_is_still_attacked(tmp_path: Path) -> None:
    look = (
        "import os; from interview.sandbox import selftest; from interview.sandbox.serve import main\n"
        "def probes(tier, zygotes):\n"
        "    zygotes.address('thin')\n"
        f"    print(os.listdir({str(tmp_path)!r}), flush=True)\n"
        "    yield selftest.Probe('a hole', held=False)\n"
        f"selftest._probes = probes; main({str(tmp_path)!r})"
    )

    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=False)

    assert done.stdout == "[]\n[]\n"
    assert "a hole: it left a trace" in done.stderr
    assert done.returncode == 1


def test_a_stranger_who_gets_to_the_socket_gets_no_child(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can pretend to be somebody else")
    warm_up()
    # Let through by the folder and the socket: what is left is the zygote's own look.
    monkeypatch.chdir(service.folder)
    for path in (service.folder, service.folder / "thin"):
        path.chmod(0o777)

    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
        door.settimeout(PATIENCE)
        os.seteuid(65534)
        try:
            door.connect("thin")
        finally:
            os.seteuid(0)
        assert door.recv(100) == b""
