"""manage.py doctor: what works on this machine, what is missing, and the one command that mends it."""

import os
import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from interview.celery import app, has_worker
from interview.models import Question
from interview.sandbox.jobs import Job
from interview.sandbox.run import SandboxUnavailable, run, warm_up
from interview.sandbox.selftest import self_test

FIT = """
import pandas
from sklearn.linear_model import LogisticRegression
rows = pandas.DataFrame({"hours": range(20)})
print(LogisticRegression().fit(rows, rows.hours > 9).score(rows, rows.hours > 9))
"""
RUNS = 5
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is there, what that means, and how it is mended."""

    name: str
    is_ok: bool
    meaning: str
    mend: str
    is_needed: bool = True


class Command(BaseCommand):
    help = "Say what works here, what is missing, and the command that mends it."
    requires_system_checks: list[str] = []

    def handle(self, **_options: object) -> None:
        with translation.override(_language_of_the_terminal()):
            findings = list(examine())
            for finding in findings:
                self.stdout.write(self._line(finding))
        if any(finding.is_needed and not finding.is_ok for finding in findings):
            sys.exit(1)

    def _line(self, finding: Finding) -> str:
        if finding.is_ok:
            return f"{self.style.SUCCESS(_('ok'))}  {finding.name}: {finding.meaning}"
        word = self.style.ERROR(_("missing")) if finding.is_needed else self.style.WARNING(_("not here"))
        return f"{word}  {finding.name}: {finding.meaning}\n      {finding.mend}"


def examine() -> Iterator[Finding]:
    """Everything worth a look, the foundations first."""
    database = _database()
    yield database
    if database.is_ok:
        yield _questions()
    yield _broker()
    yield _worker()
    yield from _sandbox()
    yield _translations()
    yield _browser()


def _database() -> Finding:
    kind = connection.display_name
    try:
        executor = MigrationExecutor(connection)
    except Error as error:
        meaning = _("%(kind)s doesn't answer (%(error)s)") % {"kind": kind, "error": str(error).strip()}
        return Finding(_("Database"), False, meaning, f"sudo systemctl start {connection.vendor}")
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return Finding(_("Database"), False, _("its tables are not up to date"), "make setup")
    return Finding(_("Database"), True, _("%(kind)s, up to date") % {"kind": kind}, "")


def _questions() -> Finding:
    count = Question.objects.count()
    meaning = _("%(count)d loaded") % {"count": count} if count else _("none loaded: no interview can start")
    return Finding(_("Questions"), count > 0, meaning, "make setup")


def _broker() -> Finding:
    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=2)
            kind = broker.transport.driver_name
    except OperationalError as error:
        meaning = _("it doesn't answer (%(error)s): code waits until it does") % {"error": error}
        return Finding(_("Broker"), False, meaning, "sudo systemctl start redis-server")
    return Finding(_("Broker"), True, kind, "")


def _worker() -> Finding:
    try:
        is_ok = has_worker(app)
    except OperationalError:
        is_ok = False
    meaning = _("it waits for work") if is_ok else _("none is running: code waits until one does")
    return Finding(_("Worker"), is_ok, meaning, "make run", is_needed=False)


def _sandbox() -> Iterator[Finding]:
    report = self_test()
    try:
        report.demand()
        warm_up()
        took = {"thin": _median_ms("print(1)"), "heavy": _median_ms(FIT)}
    except SandboxUnavailable as refusal:
        reason = {"probe": refusal.probe, "found": refusal.reason}
        meaning = _("code is not run here, for a probe failed (%(probe)s: %(found)s)") % reason
        yield Finding(_("Sandbox"), False, meaning, refusal.mend)
        return
    yield Finding(_("Sandbox"), True, _("all attacks were held (tier %(tier)s)") % {"tier": report.tier}, "")
    meaning = _("%(thin).1f ms; with pandas and scikit-learn %(heavy).1f ms") % took
    yield Finding(_("A run"), True, meaning, "")
    if probe := report.better:
        reason = {"probe": probe.name, "found": probe.found}
        meaning = _("tier B holds without it (%(probe)s: %(found)s)") % reason
        yield Finding(_("Sandbox, tier A"), False, meaning, probe.mend, is_needed=False)


def _median_ms(source: str) -> float:
    """From the job to its outcome, in a zygote that is warm."""
    moments = [time.perf_counter()]
    for _again in range(RUNS):
        run(Job(source))
        moments.append(time.perf_counter())
    return 1000 * statistics.median(after - before for before, after in pairwise(moments))


def _translations() -> Finding:
    is_ok = all((path / "ko/LC_MESSAGES/django.mo").exists() for path in settings.LOCALE_PATHS)
    meaning = _("Korean and English") if is_ok else _("pages are in English only")
    return Finding(_("Translations"), is_ok, meaning, "make messages")


def _browser() -> Finding:
    is_ok = any(map(shutil.which, BROWSERS))
    meaning = _("tests can drive a browser") if is_ok else _("the tests in a browser are skipped")
    return Finding("Chromium", is_ok, meaning, "sudo apt-get install chromium", is_needed=False)


def _language_of_the_terminal() -> str:
    spoken = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "ko" if spoken.startswith("ko") else "en"
