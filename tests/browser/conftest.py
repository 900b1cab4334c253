"""A real Chromium against the real product: web server, worker, sandbox and all."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect, sync_playwright

from accounts.models import User
from interview.actions.load_bank import load_bank
from interview.bank.reader import read_bank
from interview.celery import app
from tests.chromium import CHROMIUM
from tests.require import require

FLAGS = ("--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update")
QUESTIONS = ("bagging-boosting", "docker-for-ml", "precision-recall-f1")
# Three tests share two processors: what comes late on a busy machine is no mistake.
expect.set_options(timeout=20_000)

Visitor = Callable[..., Page]
SignIn = Callable[[Page, User], Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    require("browser", is_here=CHROMIUM)
    # Playwright runs an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def bell() -> None:
    """Here the worker is really called."""


@pytest.fixture
def worker(transactional_db: None, broker: str) -> Iterator[None]:
    """A worker in this process."""
    options = {
        "pool": "threads",
        "queues": ["celery", "code"],
        "perform_ping_check": False,
        "shutdown_timeout": 30,
        "loglevel": "WARNING",  # It stays so in this process, and other tests look for warnings.
    }
    with start_worker(app, **options):
        yield


@pytest.fixture
def bank(transactional_db: None) -> None:
    """Three questions of the real bank, one of them with code."""
    questions = [each for each in read_bank(settings.QUESTION_BANK) if each.slug in QUESTIONS]
    load_bank(questions, now=datetime.now(UTC))


def come_to_rest(page: Page) -> None:
    """Chromium forgets to close a page that is just going somewhere, and Playwright waits for it without an end
    (crbug.com/536385539)."""
    while page.url != "about:blank":
        with suppress(Error):  # It was on its way already, and goes there first.
            page.goto("about:blank")


@pytest.fixture
def visitor(chromium: Browser, live_server: Any) -> Iterator[Visitor]:
    """Opens pages as a person would; whatever the console complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def visit(language: str = "en", *, may_complain: bool = False, **options: Any) -> Page:
        locale = {"ko": "ko-KR", "en": "en-US"}[language]
        options = {"viewport": {"width": 1280, "height": 900}} | options
        context = chromium.new_context(base_url=live_server.url, locale=locale, **options)
        contexts.append(context)
        page = context.new_page()
        if may_complain:
            return page
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield visit
    for context in contexts:
        for page in context.pages:
            come_to_rest(page)
        context.close()
    assert complaints == []


@pytest.fixture
def sign_in(live_server: Any) -> SignIn:
    """Makes a page this person's, without the way through the sign-in."""

    def sign_in(page: Page, user: User) -> Page:
        client = Client()
        client.force_login(user)
        value = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        return page

    return sign_in
