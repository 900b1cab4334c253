"""Korean and English: nothing that a person reads is left untranslated."""

import shutil
import subprocess
import sys
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.conf import settings

from tests.require import require

ROOT = Path(settings.BASE_DIR)
CATALOG = Path("interview/locale/ko/LC_MESSAGES/django.po")


@pytest.fixture(autouse=True)
def _gettext() -> None:
    require("gettext", is_here=shutil.which("msgfmt"))


def catalog(path: Path) -> dict[object, str]:
    with path.open("rb") as file:
        return vars(GNUTranslations(file))["_catalog"]  # type: ignore[no-any-return]


def test_the_compiled_translations_match_their_source(tmp_path: Path) -> None:
    compiled = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check", "--output-file", compiled, ROOT / CATALOG], check=True)

    assert catalog((ROOT / CATALOG).with_suffix(".mo")) == catalog(compiled)


def test_every_text_is_translated(tmp_path: Path) -> None:
    for name in ("accounts", "interview", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "manage.py", tmp_path)
    collect = [sys.executable, "manage.py", "makemessages", "--locale", "ko", "--no-obsolete", "-v", "0"]
    subprocess.run(collect, cwd=tmp_path, check=True)

    for lack in ("--untranslated", "--only-fuzzy"):
        found = subprocess.run(
            ["msgattrib", lack, tmp_path / CATALOG], capture_output=True, text=True, check=True
        )
        assert found.stdout == ""
