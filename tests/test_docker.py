"""The image and docker-compose.yml, as far as they can be checked without a Docker engine."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from tests.require import require
from tests.sandbox.conftest import sandbox

__all__ = ["sandbox"]

ROOT = Path(settings.BASE_DIR)
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SANDBOX, WORKER = SERVICES["sandbox"], SERVICES["worker"]
# The sandbox is made of the same image, but gets none of its settings.
OURS = [
    name for name, service in SERVICES.items() if service["image"] == "rehearsal" and service is not SANDBOX
]
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


def test_the_worker_serves_every_queue() -> None:
    queues = {"celery", *(route["queue"] for route in settings.CELERY_TASK_ROUTES.values())}

    assert set(WORKER["command"][-1].split(",")) == queues


def test_the_sandbox_has_no_network_no_secret_and_nothing_of_the_product() -> None:
    assert SANDBOX["network_mode"] == "none"
    assert not {"networks", "ports", "env_file", "secrets", "configs", "cap_add"} & set(SANDBOX)
    assert set(SANDBOX["environment"]) == {"SANDBOX_SOCKETS"}
    assert SANDBOX["volumes"] == ["sandbox:/run/sandbox"]


def test_the_sandbox_runs_without_rights_and_keeps_the_walls_of_the_engine() -> None:
    made = re.search(r"useradd .*--uid (\d+)", (ROOT / "Dockerfile").read_text())

    assert made
    assert SANDBOX["user"] == made[1] != "0"
    assert not [
        option for service in SERVICES.values() for option in service["security_opt"] if "unconf" in option
    ]


def test_only_the_worker_reaches_the_sandbox_and_waits_until_it_is_well() -> None:
    sockets = {
        name: service["volumes"] for name, service in SERVICES.items() if "/run/sandbox" in str(service)
    }
    volume = COMPOSE["volumes"]["sandbox"]["driver_opts"]

    assert sockets == {"sandbox": ["sandbox:/run/sandbox"], "worker": ["sandbox:/run/sandbox:ro"]}
    assert (
        WORKER["environment"]["SANDBOX_SOCKETS"]
        == SANDBOX["environment"]["SANDBOX_SOCKETS"]
        == "/run/sandbox"
    )
    assert WORKER["depends_on"]["sandbox"] == {"condition": "service_healthy"}
    assert volume["type"] == "tmpfs"
    assert {"size=1m", f"uid={SANDBOX['user']}", "mode=0700"} <= set(volume["o"].split(","))


@pytest.mark.usefixtures("sandbox")
def test_the_sandbox_is_well_as_long_as_code_really_runs(tmp_path: Path) -> None:
    environment = {**SANDBOX["environment"], "SANDBOX_SOCKETS": str(tmp_path)}
    start = [sys.executable, *SANDBOX["command"][1:-1], str(tmp_path)]
    ask = [sys.executable, *SANDBOX["healthcheck"]["test"][2:]]

    with subprocess.Popen(start, env=environment, cwd=ROOT, stdout=subprocess.PIPE) as service:
        assert service.stdout
        assert b"The sandbox holds" in service.stdout.readline()
        well = subprocess.run(ask, env=environment, cwd=ROOT)
        service.terminate()
    unwell = subprocess.run(ask, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)

    assert (well.returncode, unwell.returncode) == (0, 1)


def test_only_the_web_server_is_reached_from_outside_and_only_through_a_proxy() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]

    assert [name for name, service in SERVICES.items() if "outside" in service.get("networks", ())] == ["web"]
    assert [port.split(":")[0] for port in ports] == ["127.0.0.1"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


@pytest.mark.parametrize("name", OURS)
def test_what_compose_sets_is_read(name: str) -> None:
    named = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

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
