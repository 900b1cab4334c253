"""The image and docker-compose.yml, as far as they can be checked without a Docker engine."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from tests.require import require

ROOT = Path(settings.BASE_DIR)
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"] == "rehearsal"]
LASTING = [name for name in SERVICES if name not in ("prepare", "clock")]


@pytest.fixture
def compose() -> str:
    path = shutil.which("docker-compose")
    require("compose", is_here=path)
    return str(path)


def test_compose_accepts_its_file(compose: str) -> None:
    secrets = dict.fromkeys(("POSTGRES_PASSWORD", "DJANGO_SECRET_KEY", "DJANGO_ALLOWED_HOSTS"), "x")
    folder = ["--project-directory", str(ROOT), "--file", "-"]
    # The file names an .env that a checkout doesn't have.
    text = (ROOT / "docker-compose.yml").read_text().replace("env_file: .env", "env_file: .env.example")
    result = subprocess.run(
        [compose, *folder, "config", "--quiet"],
        input=text,
        env={**os.environ, **secrets},
        capture_output=True,
        text=True,
    )

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_hardened(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["init"] is True
    assert {"mem_limit", "pids_limit"} <= set(service)
    assert all("size=" in mount for mount in service["tmpfs"])
    assert "privileged" not in service


@pytest.mark.parametrize("name", LASTING)
def test_every_service_that_can_be_asked_for_its_health_is(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


def test_the_workers_serve_every_queue_and_peoples_code_has_its_own() -> None:
    code = settings.CELERY_TASK_ROUTES["interview.tasks.run_code"]["queue"]

    assert SERVICES["worker"]["command"][-1] == "celery"
    assert SERVICES["runner"]["command"][-1] == code


def test_only_the_web_server_is_reached_from_outside_and_only_through_a_proxy() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]

    assert [name for name, service in SERVICES.items() if "outside" in service["networks"]] == ["web"]
    assert [port.split(":")[0] for port in ports] == ["127.0.0.1"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


@pytest.mark.parametrize("name", OURS)
def test_what_compose_sets_is_read(name: str) -> None:
    named = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert set(SERVICES[name]["environment"]) <= named
    assert SERVICES[name]["environment"]["DJANGO_DEBUG"] == "false"


def test_the_image_runs_without_rights_on_a_named_python() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()

    assert {line.split()[1] for line in lines if line.startswith("FROM")} == {"python:3.13-slim-bookworm"}
    assert [line for line in lines if line.startswith("USER")] == ["USER rehearsal"]
    assert any("--require-hashes" in line for line in lines)


def test_the_image_holds_the_product_and_no_secret() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    copied = {line.removeprefix("!") for line in ignored if line.startswith("!")}

    assert ignored[0] == "*"
    assert copied <= {path.name for path in ROOT.iterdir()}
    assert copied >= {"accounts", "interview", "templates", "fixtures", "manage.py", "gunicorn.conf.py"}


def test_the_files_of_a_server_can_be_collected(settings: Any, tmp_path: Path) -> None:
    # The server's storage without its compression, which takes long and can't go wrong.
    backend = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}

    call_command("collectstatic", verbosity=0, interactive=False)

    assert list(tmp_path.glob("interview/app.*.css"))
