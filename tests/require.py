"""What a test needs of the machine: it is skipped without, or fails where REHEARSAL_REQUIRE names the thing."""

import os

import pytest


def require(thing: str, *, is_here: object) -> None:
    """Go on where the thing is here; else skip the test, or fail it where the thing was promised."""
    if is_here:
        return
    if thing in os.environ.get("REHEARSAL_REQUIRE", "").split(","):
        pytest.fail(f"{thing} is required here, and missing")
    pytest.skip(f"{thing} is missing")
