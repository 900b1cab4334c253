"""Code runs only where the jail was attacked and held."""

import subprocess
import sys

import pytest

from interview.sandbox import landlock, seccomp, selftest, session
from interview.sandbox.jobs import Ending, Job
from interview.sandbox.run import SandboxUnavailable, run
from interview.sandbox.selftest import self_test


@pytest.fixture
def _unproven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "_proven", None)


def test_this_machine_holds_every_attack(sandbox: None) -> None:
    report = self_test()

    assert report.tier == "B"
    assert len(report.probes) >= 14
    assert self_test() is report


@pytest.mark.usefixtures("_unproven")
def test_without_landlock_code_is_refused_with_the_way_to_mend_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "version", lambda: 0)

    with pytest.raises(SandboxUnavailable) as refusal:
        run(Job("print('ran')"))

    assert refusal.value.probe == "Landlock"
    assert "lsm=" in refusal.value.mend
    assert self_test().tier is None


@pytest.mark.usefixtures("_unproven")
def test_without_libseccomp_code_is_refused_with_the_command_that_mends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyseccomp", None)

    with pytest.raises(SandboxUnavailable) as refusal:
        run(Job("print('ran')"))

    assert refusal.value.probe == "libseccomp"
    assert "apt-get install libseccomp2" in refusal.value.mend


def test_importing_the_sandbox_needs_neither() -> None:
    command = (
        "import sys; sys.modules['pyseccomp'] = None; import interview.sandbox.run, interview.judge.judge"
    )

    subprocess.run([sys.executable, "-c", command], check=True)


@pytest.mark.usefixtures("sandbox", "_unproven")
@pytest.mark.parametrize(
    ("hole", "probe"),
    [
        ("interview.sandbox.landlock.restrict = lambda readable: None", "read a file of the system"),
        ("interview.sandbox.seccomp.load = lambda: None", "start a process"),
        ("interview.sandbox.jail._limit = lambda limits: None", "use too much memory"),
    ],
)
def test_a_jail_with_a_hole_is_found_out(hole: str, probe: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from interview.sandbox import process

    opened = process._START.replace("main(parent", f"import interview.sandbox.seccomp; {hole}; main(parent")
    monkeypatch.setattr(process, "_START", opened)

    failed = {probe.name for probe in self_test().probes if not probe.held}

    assert probe in failed
    with pytest.raises(SandboxUnavailable):
        run(Job("print('ran')"))


@pytest.mark.usefixtures("sandbox")
def test_a_child_that_cannot_lock_itself_in_runs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from interview.sandbox import process

    broken = "import interview.sandbox.seccomp as s; s.load = lambda: 1 / 0; main(parent"
    monkeypatch.setattr(process, "_START", process._START.replace("main(parent", broken))

    outcome = session.in_jail(Job("print('ran')"))

    assert outcome.ending is Ending.FAULT
    assert outcome.prints == ""
    assert outcome.error is not None
    assert "ZeroDivisionError" in outcome.error.message


def test_every_system_call_of_the_list_has_a_name_that_libseccomp_knows(sandbox: None) -> None:
    import pyseccomp

    known = [
        pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) for name in seccomp._FREE + seccomp._DEADLY
    ]

    assert sum(number == -1 for number in known) <= 3
