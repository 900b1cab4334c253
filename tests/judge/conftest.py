"""The judge's tests run code, and want the sandbox for it."""

from tests.sandbox.conftest import sandbox

__all__ = ["sandbox"]
