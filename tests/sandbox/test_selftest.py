"""Code runs only where the jail was attacked and held."""

import subprocess
import sys

import pytest

from interview.sandbox import bubblewrap, host, landlock, selftest
from interview.sandbox.host import Tier, Zygotes
from interview.sandbox.jobs import Job
from interview.sandbox.process import NoChild
from interview.sandbox.run import SandboxUnavailable, run
from interview.sandbox.selftest import attack, self_test
from interview.sandbox.session import in_jail
from tests.require import require
from tests.sandbox.conftest import proven


@pytest.fixture
def _unproven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "_proven", None)


@pytest.fixture
def no_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    """What bubblewrap does and says where the kernel gives nobody a user namespace."""
    said = "bwrap: No permissions to create new namespace (a user namespace)"
    refusal = ["sh", "-c", f"echo '{said}' >&2; exit 1"]
    monkeypatch.setattr(bubblewrap, "program", lambda: "bwrap")
    monkeypatch.setattr(bubblewrap, "around", lambda command: refusal)


def test_this_machine_holds_every_attack(tier: Tier) -> None:
    report = self_test()

    assert report.tier == tier
    assert report.failed is None
    assert len(report.probes[tier]) >= 14
    assert self_test() is report


@pytest.mark.usefixtures("_unproven")
def test_the_better_tier_is_taken_where_both_hold() -> None:
    require("sandbox", is_here=proven(Tier.A).tier and proven(Tier.B).tier)

    report = self_test()

    assert report.tier is Tier.A
    assert set(report.probes) == {Tier.A}


@pytest.mark.usefixtures("sandbox", "_unproven")
def test_without_user_namespaces_code_runs_in_tier_b(no_namespaces: None) -> None:
    outcome = run(Job("print('ran')"))

    assert (outcome.prints, outcome.tier) == ("ran\n", "B")
    better = self_test().better
    assert better is not None
    assert "user namespace" in better.found
    assert better.mend == bubblewrap.mend()


@pytest.mark.usefixtures("sandbox", "_unproven")
def test_without_bubblewrap_code_runs_in_tier_b(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bubblewrap, "program", lambda: None)

    outcome = run(Job("print('ran')"))

    assert (outcome.prints, outcome.tier) == ("ran\n", "B")
    better = self_test().better
    assert better is not None
    assert "apt-get install bubblewrap" in better.mend


@pytest.mark.usefixtures("_unproven")
def test_without_landlock_and_namespaces_code_is_refused_with_the_way_to_mend_it(
    no_namespaces: None, monkeypatch: pytest.MonkeyPatch
) -> None:
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


HOLES = {
    "read a file of the system": "interview.sandbox.landlock.restrict = lambda rules: None",
    "start a process": "interview.sandbox.seccomp.load = lambda program: None",
    "use too much memory": "interview.sandbox.offspring.Child.limit = lambda self, limits: None",
}


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize("probe", HOLES)
def test_a_jail_with_a_hole_is_found_out(probe: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _break_zygote(HOLES[probe], monkeypatch)

    report = attack(tiers=[Tier.B])

    assert probe in {probe.name for probe in report.probes[Tier.B] if not probe.held}
    with pytest.raises(SandboxUnavailable):
        report.demand()


@pytest.mark.usefixtures("sandbox")
def test_a_child_that_cannot_lock_itself_in_runs_nothing(tier: Tier, monkeypatch: pytest.MonkeyPatch) -> None:
    _break_zygote("interview.sandbox.seccomp.load = lambda program: 1 / 0", monkeypatch)
    zygotes = Zygotes(tier)

    with pytest.raises(NoChild, match="ZeroDivisionError"):
        in_jail(Job("print('ran')"), zygotes)
    zygotes.close()


def _break_zygote(hole: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = host._START.replace("main(listener", f"import interview.sandbox.seccomp; {hole}; main(listener")
    monkeypatch.setattr(host, "_START", broken)


def test_every_system_call_of_the_list_has_a_name_that_libseccomp_knows(sandbox: None) -> None:
    import pyseccomp

    from interview.sandbox import syscalls

    known = [
        pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) for name in syscalls._FREE + syscalls._DEADLY
    ]

    assert sum(number == -1 for number in known) <= 3
