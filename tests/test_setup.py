"""Setting Rehearsal up: the interpreter that is taken, the pins, and the settings of a server."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
REQUIREMENTS = ["requirements.txt", "requirements-dev.txt", "requirements-browser.txt"]
# Interpreters as they are met: one that works, an old one, Debian's without its venv package, a stale shim.
RIGHT = f'exec {sys.executable} "$@"'
OLD = f"""exec {sys.executable} -c 'import sys; sys.version_info = (3, 9, 2); exec(sys.argv[1])' "$2" """
WITHOUT_VENV = (
    f"""exec {sys.executable} -c 'import sys; sys.modules["ensurepip"] = None; exec(sys.argv[1])' "$2" """
)
STALE = "exit 127"

Make = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def make_venv(tmp_path: Path) -> Make:
    """`make .venv/bin/python` on a machine that has just these interpreters, each a shell script."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("sh", "make"):
        (tools / tool).symlink_to(str(shutil.which(tool)))

    def make(*arguments: str, **scripts: str) -> subprocess.CompletedProcess[str]:
        for name, script in scripts.items():
            interpreter = tools / name.replace("_", ".")
            interpreter.write_text(f"#!/bin/sh\n{script}\n")
            interpreter.chmod(0o755)
        command = ["make", "--silent", ".venv/bin/python", *arguments]
        environment = {"PATH": str(tools)}
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)

    return make


def test_the_first_interpreter_that_runs_and_is_new_enough_is_taken(make_venv: Make, tmp_path: Path) -> None:
    result = make_venv(python3=STALE, python3_13=OLD, python3_12=RIGHT)

    assert result.returncode == 0, result.stderr
    assert subprocess.run([tmp_path / ".venv/bin/python", "-m", "pip", "--version"]).returncode == 0


def test_an_interpreter_can_be_named(make_venv: Make, tmp_path: Path) -> None:
    assert make_venv(f"PYTHON={sys.executable}", python3=OLD).returncode == 0
    assert (tmp_path / ".venv/bin/python").exists()


@pytest.mark.parametrize("scripts", [{}, {"python3": OLD}, {"python3": STALE, "python3_13": OLD}])
def test_without_a_python_that_is_new_enough_one_sentence_says_so(
    make_venv: Make, scripts: dict[str, str], tmp_path: Path
) -> None:
    result = make_venv(**scripts)

    assert result.returncode != 0
    assert result.stderr.startswith("Rehearsal needs Python 3.12 or newer: install the package python3")
    assert len(result.stderr.splitlines()) == 2  # The other one is make's own.
    assert not (tmp_path / ".venv").exists()


def test_a_python_without_venv_gets_the_name_of_the_package(make_venv: Make) -> None:
    result = make_venv(python3=OLD, python3_12=WITHOUT_VENV)

    sentence = (
        "python3.12 can't make a virtual environment: install the package python3-venv, then try again."
    )
    assert result.stderr.splitlines()[0] == sentence


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", (ROOT / name).read_text(), re.MULTILINE))


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_everything_is_pinned_with_hashes_and_no_index_is_named(name: str) -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text().strip())

    assert len(blocks) == len(pins(name))
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"://|index-url|find-links", (ROOT / name).read_text())


def test_the_requirements_files_agree() -> None:
    versions: dict[str, set[str]] = {}
    for name in REQUIREMENTS:
        for package, version in pins(name).items():
            versions.setdefault(package, set()).add(version)

    assert {package: several for package, several in versions.items() if len(several) > 1} == {}


def test_all_that_pyproject_names_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]

    for name, wanted in zip(
        REQUIREMENTS, [project["project"]["dependencies"], groups["dev"], groups["browser"]], strict=True
    ):
        assert {re.split(r"[\[<>=]", package)[0] for package in wanted} <= set(pins(name))


def test_the_example_of_an_environment_names_every_setting() -> None:
    read = set(
        re.findall(r'env(?:iron)?(?:\.\w+)?\(\s*"([A-Z_]+)"', (ROOT / "interview/settings.py").read_text())
    )
    named = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert named == read | {"PORT", "WEB_CONCURRENCY", "POSTGRES_PASSWORD"}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    others = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    return subprocess.run(command, cwd=ROOT, env={**others, **environment}, capture_output=True, text=True)


def test_the_settings_of_a_server_pass_djangos_deployment_checks() -> None:
    result = manage(
        "check",
        "--deploy",
        "--fail-level=INFO",
        DJANGO_DEBUG="false",
        DJANGO_SECRET_KEY="a-long-key-of-many-different-letters-0123456789-and-a-few-more",
        DJANGO_ALLOWED_HOSTS="rehearsal.example",
        EMAIL_URL="smtp+tls://user:password@mail.example:587",
    )

    assert result.returncode == 0, result.stderr


def test_a_secret_key_may_begin_with_any_character() -> None:
    words = "from django.conf import settings; print(settings.SECRET_KEY)"

    assert (
        manage("shell", "--no-imports", "--command", words, DJANGO_SECRET_KEY="$money").stdout == "$money\n"
    )


def test_a_server_without_a_secret_key_fails_them() -> None:
    result = manage("check", "--deploy", "--fail-level=INFO", DJANGO_DEBUG="false", DJANGO_SECRET_KEY="")

    assert result.returncode != 0
    assert "SECRET_KEY" in result.stderr


@pytest.mark.parametrize(
    "start", ["manage.py check", "-m celery -A interview report", "-m gunicorn --check-config"]
)
def test_half_of_a_language_models_settings_is_refused_wherever_something_starts(start: str) -> None:
    environment = {**os.environ, "SCORER_URL": "https://models.example/v1", "SCORER_KEY": "sk-a-secret"}
    command = [sys.executable, *start.split()]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    assert result.returncode != 0
    assert "SCORER_MODEL doesn't say which model to ask there." in result.stdout + result.stderr
    assert "sk-a-secret" not in result.stdout + result.stderr


def test_the_imports_point_down_the_hill() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)

    assert result.returncode == 0, result.stdout
