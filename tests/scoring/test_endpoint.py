"""One question to a server, within its time, and the settings that say which server it is."""

import socket
import threading

import pytest

from interview.scoring.endpoint import Endpoint, Misconfigured, Unusable, endpoint
from tests.language_models import KEY, Asked, says, serving
from tests.processes import eventually


def test_who_was_left_is_hung_up_on_and_nothing_goes_on_behind() -> None:
    def drip(asked: Asked) -> None:
        while True:
            asked.send_raw(b" ")
            asked.server.hung_up.wait(0.02)

    with serving(drip) as server:
        with pytest.raises(Unusable, match=r"0\.3 s"):
            server.endpoint(seconds=0.3).ask(b"{}")

        assert server.hung_up.wait(9)
    assert eventually(lambda: "language model" not in {thread.name for thread in threading.enumerate()})


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)

    with serving(says("straight")) as server:
        assert b"straight" in server.endpoint().ask(b"{}")


def test_https_is_spoken_where_the_address_says_so() -> None:
    with serving(says("")) as server:
        address = server.endpoint().url.replace("http:", "https:")
        with pytest.raises(Unusable, match="SSL"):
            Endpoint(address, "some-model", 5, KEY).ask(b"{}")

    assert server.asked == []


@pytest.mark.parametrize("address", ["http://[::1]:{port}/v1", "http://127.0.0.1:{port}"])
def test_nobody_there_is_said_in_words(address: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = address.format(port=taken.getsockname()[1])

        with pytest.raises(Unusable, match=r"refused|Cannot assign|not available"):
            Endpoint(url, "some-model", 5).ask(b"{}")


SETTINGS = {"url": "https://models.example/v1/", "model": "some-model", "key": KEY, "seconds": "20"}


def test_whole_settings_name_a_model_and_no_address_none() -> None:
    assert endpoint(**SETTINGS) == Endpoint("https://models.example/v1", "some-model", 20, KEY)
    assert endpoint(**SETTINGS | {"url": ""}) is None
    assert KEY not in repr(endpoint(**SETTINGS))


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("model", "", "SCORER_MODEL"),
        ("model", "m" * 200, "SCORER_MODEL"),
        ("url", "models.example/v1", "SCORER_URL"),
        ("url", "ftp://models.example", "SCORER_URL"),
        ("url", "https://", "SCORER_URL"),
        ("url", "https://models.example:port", "SCORER_URL"),
        ("url", "https://[models.example", "SCORER_URL"),
        ("url", "https://models.example/a path", "SCORER_URL"),
        ("url", "https://models.example/v1?version=1", "path"),
        ("url", "https://models.example/v1#chat", "path"),
        ("url", f"https://person:{KEY}@models.example/v1", "no name or password"),
        ("url", f"https://{KEY}@models.example/v1", "no name or password"),
        ("key", f"{KEY}\r\nX-More: 1", "SCORER_KEY"),
        ("key", f"{KEY}키", "SCORER_KEY"),
        *(("seconds", value, "SCORER_SECONDS") for value in ("", "soon", "0", "-1", "nan", "inf", "301")),
    ],
)
def test_half_a_setting_is_refused_in_words_that_tell_no_secret(setting: str, value: str, said: str) -> None:
    with pytest.raises(Misconfigured, match=said) as refusal:
        endpoint(**SETTINGS | {setting: value})

    assert KEY not in str(refusal.value)
