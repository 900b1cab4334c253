"""The look: light enough, readable in both themes, and nothing that the content security policy would refuse."""

import gzip
import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

from tests.factories import make_user

STATIC = Path(settings.BASE_DIR) / "interview" / "static"
STYLES = [STATIC / "interview" / name for name in ("app.css", "parts.css")]
TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))
TOKENS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", STYLES[0].read_text(encoding="utf-8")
    )
}
TEXT_ON = [
    *product(["ink", "ink-2", "ink-3", "jade", "rose", "amber"], ["paper", "card", "sunk"]),
    *product(["violet", "blue", "jade", "ink-3"], ["card"]),
    ("jade", "jade-soft"),
    ("amber", "amber-soft"),
    ("rose", "rose-soft"),
    *product(["ink"], ["jade-soft", "amber-soft", "rose-soft"]),
    ("on-jade", "jade"),
]


def luminance(colour: str) -> float:
    """WCAG's relative luminance of #rrggbb."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_words_stand_out_from_their_ground_by_4_5(text: str, ground: str, theme: str) -> None:
    assert contrast(TOKENS[text][theme], TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "card", "sunk"])
@pytest.mark.parametrize("line", ["edge", "jade"])
def test_fields_and_focus_stand_out_by_3(line: str, ground: str, theme: str) -> None:
    assert contrast(TOKENS[line][theme], TOKENS[ground][theme]) >= 3


def test_every_colour_in_use_is_a_token_that_exists() -> None:
    used = {
        name
        for style in STYLES
        for name in re.findall(r"var\(--([\w-]+)\)", style.read_text(encoding="utf-8"))
    }
    named = set(re.findall(r"--([\w-]+):", STYLES[0].read_text(encoding="utf-8")))

    assert used <= named


def test_the_styles_weigh_at_most_12_kilobytes() -> None:
    assert sum(len(gzip.compress(style.read_bytes())) for style in STYLES) <= 12_000


def test_the_editor_weighs_at_most_130_kilobytes_and_brings_its_licence() -> None:
    folder = STATIC / "vendor" / "codemirror"

    assert len(gzip.compress((folder / "codemirror.js").read_bytes())) <= 130_000
    assert "MIT License" in (folder / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_inline_style_or_script(template: Path) -> None:
    html = template.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)|javascript:", html)


@pytest.mark.parametrize("page", ["404.html", "403.html", "403_csrf.html", "500.html"])
def test_an_error_speaks_both_languages_without_a_database(page: str) -> None:
    html = render_to_string(page)

    assert re.search(r"<h1>[^<]*[가-힣]", html)
    assert '<div class="stack" lang="en">' in html


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_welcome_page_says_what_this_is_and_leads_in(client: Client, language: str) -> None:
    html = client.get("/", headers={"accept-language": language}).content.decode()

    assert f'<html lang="{language}">' in html
    assert 'href="/account/signup/"' in html
    assert 'href="/account/login/"' in html


@pytest.mark.django_db
def test_every_script_of_a_page_is_its_own_or_carries_the_nonce(client: Client) -> None:
    client.force_login(make_user())
    response = client.get("/settings/")
    nonce = re.search(r"'nonce-([^']+)'", response["Content-Security-Policy"])

    assert nonce
    assert f'nonce="{nonce[1]}"' in response.content.decode()
    assert "unsafe" not in response["Content-Security-Policy"]
    assert not re.search(r'(src|href)="(https?:)?//', response.content.decode())
