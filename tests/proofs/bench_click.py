"""From the click on a button to the verdict on the page, as a real browser sees it: `make bench-click`.

The whole product runs as `make run` starts it, on a database, a broker and a port of its own. The time goes from the
click to the moment the verdict stands in the document, by the page's own clock. A shared machine's hypervisor takes
the processors away now and then, for longer than a run lasts: the kernel counts that ("steal"), and clicks that it
struck are told apart from those that the machine had time for.
"""

import os
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.core.management import call_command
from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import CHROMIUM
from tests.processes import PATIENCE, eventually

if TYPE_CHECKING:
    from interview.models import Interview, QuestionVersion
    from tests.test_serve import House

# Kind of click: the question, the button, the program (of the bank, or one of our own), the class of the verdict.
KINDS = {
    "run, plain Python": ("precision-recall-f1", "run", "solution", "ok"),
    "run, numpy": ("data-leakage", "run", "solution", "ok"),
    "run, pandas": ("large-data", "run", "solution", "ok"),
    "run, scikit-learn": ("large-data", "run", "solution and a fit", "ok"),
    "submit, passed": ("precision-recall-f1", "submit", "solution", "ok"),
    "submit, numpy": ("data-leakage", "submit", "solution", "ok"),
    "submit, failed": ("precision-recall-f1", "submit", "mutant", "bad"),
    "run, error": ("precision-recall-f1", "run", "1 / 0\n", "bad"),
}
FIT = """
from sklearn.linear_model import LogisticRegression
LogisticRegression().fit([[0], [1], [2], [3]], [0, 0, 1, 1])
"""
CALM_CLICKS, MOST_CLICKS = 40, 200
# Fewer than a person may ask for in a minute; then another one takes over.
CLICKS_A_PERSON = 20
# A person reads the last verdict first; what the run before left to do is done by then.
THINKING_MS = 300
MEASURE = """(button) => new Promise((resolve) => {
  document.querySelector("#run").replaceChildren();
  const observer = new MutationObserver(() => {
    const verdict = document.querySelector("#run .verdict");
    if (!verdict) return;
    observer.disconnect();
    resolve([performance.now() - began, verdict.className]);
  });
  observer.observe(document.body, {childList: true, subtree: true});
  const began = performance.now();
  document.getElementById(`${button}-code`).click();
})"""


def main() -> None:
    """Print the median and the 95th percentile of every kind of click, of the calm ones and of all."""
    with (
        tempfile.TemporaryDirectory() as folder,
        _house(Path(folder)) as house,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        heads = ("calm", "p50", "p95", "all", "p50", "p95")
        print(f"{'click to verdict, ms':24}" + "".join(f"{head:>8}" for head in heads))
        for kind, choice in KINDS.items():
            calm, struck = _calm_and_struck(_clicks(browser, f"http://127.0.0.1:{house.port}", *choice))
            print(f"{kind:24}{_summary(calm)}{_summary(calm + struck)}", flush=True)
        browser.close()


@contextmanager
def _house(folder: Path) -> "Iterator[House]":
    """The product, open, warm and with its questions; this process looks at the same database."""
    database, broker = f"sqlite:///{folder}/db.sqlite3", f"embedded://{folder}/broker"
    # Playwright runs an event loop in this thread, which Django would take for asynchronous code.
    os.environ |= {"DATABASE_URL": database, "CELERY_BROKER_URL": broker, "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interview.settings")
    django.setup()
    from tests.test_serve import House

    house = House(database=database, broker=broker)
    call_command("load_questions", verbosity=0)
    try:
        assert eventually(house.is_warm, within=PATIENCE)
        yield house
    finally:
        house.end()


def _clicks(
    browser: Browser, url: str, slug: str, button: str, program: str, tone: str
) -> Iterator[tuple[float, bool]]:
    """Each click's milliseconds, and whether the machine had its processors all that time."""
    while True:
        page = _room(browser, url, slug, program)
        page.evaluate(MEASURE, button)  # The first one only warms the caches.
        for _click in range(CLICKS_A_PERSON):
            page.wait_for_timeout(THINKING_MS)
            stolen = _stolen_ticks()
            elapsed, verdict = page.evaluate(MEASURE, button)
            assert tone in verdict.split(), f"{slug}: a verdict that is {verdict}"
            yield elapsed, _stolen_ticks() == stolen
        page.context.close()


def _calm_and_struck(clicks: Iterator[tuple[float, bool]]) -> tuple[list[float], list[float]]:
    calm: list[float] = []
    struck: list[float] = []
    while len(calm) < CALM_CLICKS and len(calm) + len(struck) < MOST_CLICKS:
        elapsed, is_calm = next(clicks)
        (calm if is_calm else struck).append(elapsed)
    return calm, struck


def _summary(times: list[float]) -> str:
    if len(times) < 2:
        return f"{len(times):8}{'-':>8}{'-':>8}"
    return f"{len(times):8}{statistics.median(times):8.0f}{statistics.quantiles(times, n=20)[-1]:8.0f}"


def _stolen_ticks() -> int:
    """Hundredths of a second for which the hypervisor kept a processor that had work to do."""
    return int(Path("/proc/stat").read_text().split(maxsplit=9)[8])


def _room(browser: Browser, url: str, slug: str, program: str) -> Page:
    """A new person's room, as the page shows it, with the program in its editor."""
    from django.test import Client

    from interview.models import Question

    version = Question.objects.get(slug=slug).current
    assert version is not None
    interview = _interview(version, program)
    client = Client()
    client.force_login(interview.user)
    context = browser.new_context(base_url=url)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])
    page = context.new_page()
    page.goto(f"/interviews/{interview.pk}/")
    page.locator("#tab-code").click()
    return page


def _interview(version: "QuestionVersion", program: str) -> "Interview":
    from django.utils import timezone

    from accounts.models import User
    from interview.actions.save_draft import save_draft
    from interview.actions.start import write_down
    from interview.models import Interview, RevealPolicy

    now = timezone.now()
    interview = Interview(
        user=User.objects.create(email=f"{now.timestamp()}@example.com", language="en"),
        language="en",
        reveal_policy=RevealPolicy.AFTER_EACH,
        limit=timedelta(hours=1),
        seed=0,
        started_at=now,
    )
    write_down(interview, [version.pk])
    task = version.content().task
    assert task is not None
    known = {
        "solution": task.solution,
        "solution and a fit": task.solution + FIT,
        "mutant": next(iter(task.mutants.values())),
    }
    save_draft(interview.attempts.get(), revision=0, answer="", code=known.get(program, program), now=now)
    return interview


if __name__ == "__main__":
    main()
