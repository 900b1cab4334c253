"""`manage.py doctor`: what it finds on a machine, and the advice that it gives."""

import re
from collections.abc import Callable
from io import StringIO

import pytest
from celery import Celery
from django.core.management import call_command

from interview.management.commands import doctor
from interview.sandbox.host import Tier, Zygotes
from interview.sandbox.jobs import Outcome
from interview.sandbox.run import run
from interview.sandbox.selftest import Probe, Report
from tests.sandbox.conftest import sandbox

__all__ = ["sandbox"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def examine(monkeypatch: pytest.MonkeyPatch) -> Callable[[], tuple[str, int]]:
    """What the doctor says, and the exit status."""
    monkeypatch.setattr(doctor, "self_test", lambda: Report(Tier.A, Zygotes(Tier.A), {}))
    monkeypatch.setattr(doctor, "warm_up", lambda: None)
    monkeypatch.setattr(doctor, "run", lambda job: None)

    def examine() -> tuple[str, int]:
        out, status = StringIO(), 0
        try:
            call_command("doctor", no_color=True, stdout=out)
        except SystemExit as end:
            status = int(str(end.code))
        return out.getvalue(), status

    return examine


def test_an_empty_bank_is_found_with_the_command_that_fills_it(
    examine: Callable[[], tuple[str, int]],
) -> None:
    said, status = examine()

    assert "missing  Questions: none loaded: no interview can start\n      make setup\n" in said
    assert "ok  Database: " in said
    assert status == 1


def test_a_failed_probe_of_the_sandbox_is_named_with_its_remedy(
    examine: Callable[[], tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = Probe(name="start a process", held=False, found="it forked", mend="uname -r")
    monkeypatch.setattr(doctor, "self_test", lambda: Report(None, None, {Tier.B: (probe,)}))

    said, status = examine()

    assert "(start a process: it forked)\n      uname -r\n" in said
    assert status == 1


def test_what_keeps_the_machine_from_the_better_tier_is_told_but_is_no_failure(
    examine: Callable[[], tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = Probe(name="bubblewrap", held=False, found="not installed", mend="apt-get install bubblewrap")
    held = Report(Tier.B, Zygotes(Tier.B), {Tier.A: (probe,), Tier.B: ()})
    monkeypatch.setattr(doctor, "self_test", lambda: held)

    said, _ = examine()

    assert "ok  Sandbox: all attacks were held (tier B)\n" in said
    assert "not here  Sandbox, tier A: tier B holds without it (bubblewrap: not installed)\n" in said
    assert "\n      apt-get install bubblewrap\n" in said


@pytest.mark.usefixtures("sandbox")
def test_what_a_run_takes_is_the_median_of_five(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes: list[Outcome] = []
    monkeypatch.setattr(doctor, "run", lambda job: outcomes.append(run(job)))

    found = next(finding for finding in doctor.examine() if finding.name == "A run")

    thin, heavy = map(float, re.findall(r"(\d+\.\d) ms", found.meaning))
    assert [outcome.prints for outcome in outcomes] == 5 * ["1\n"] + 5 * ["1.0\n"]
    assert min(thin, heavy) > 0


def test_a_broker_that_does_not_answer_is_found(
    examine: Callable[[], tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CELERY_BROKER_URL", raising=False)  # Celery would prefer it to what it is told.
    monkeypatch.setattr(doctor, "app", Celery(broker="redis://127.0.0.1:1/0", set_as_current=False))

    said, status = examine()

    assert "missing  Broker: it doesn't answer" in said
    assert "sudo systemctl start redis-server" in said
    assert status == 1


def test_a_worker_that_is_not_running_is_told_but_is_no_failure() -> None:
    worker = next(finding for finding in doctor.examine() if finding.name == "Worker")

    assert worker.mend == "make run"
    assert not worker.is_needed


@pytest.mark.parametrize(("spoken", "language"), [("ko_KR.UTF-8", "ko"), ("en_US.UTF-8", "en"), ("", "en")])
def test_it_speaks_the_language_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, spoken: str, language: str
) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", spoken)

    assert doctor._language_of_the_terminal() == language


def test_what_is_only_useful_may_be_missing(
    examine: Callable[[], tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    chromium = doctor.Finding("Chromium", False, "no tests in a browser", "install it", is_needed=False)
    monkeypatch.setattr(doctor, "examine", lambda: [chromium])

    said, status = examine()

    assert said == "not here  Chromium: no tests in a browser\n      install it\n"
    assert status == 0
