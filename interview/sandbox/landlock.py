"""Landlock by its three system calls: from here on this process reads a few folders and touches nothing else.

The numbers are the same on every architecture that Linux has got since (x86-64 and arm64 among them).
"""

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION, _PATH_BENEATH = 1, 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# How many kinds of file access each version knows; a kind that is handled and not granted is refused.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
_FILE_RIGHTS_NOW = 16
_TCP_BIND_AND_CONNECT, _TCP_SINCE = 0b11, 4
_ABSTRACT_SOCKETS_AND_SIGNALS, _SCOPES_SINCE = 0b11, 6


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """The kernel's version of Landlock, 0 where there is none."""
    return max(0, int(_libc().syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)))


def rules(readable: Iterable[Path]) -> int:
    """A set of rules, as a descriptor: to read these files and folders, and nothing else."""
    abi = version()
    handled = _Ruleset(
        files=(1 << _FILE_RIGHTS.get(abi, _FILE_RIGHTS_NOW)) - 1,
        network=_TCP_BIND_AND_CONNECT if abi >= _TCP_SINCE else 0,
        scopes=_ABSTRACT_SOCKETS_AND_SIGNALS if abi >= _SCOPES_SINCE else 0,
    )
    ruleset = _call(_CREATE_RULESET, ctypes.byref(handled), ctypes.sizeof(handled), 0)
    for path in readable:
        _allow_reading(ruleset, path)
    return ruleset


def restrict(ruleset: int) -> None:
    """Leave this process, and all it starts, the rights of a set of rules and no other right, for good."""
    _call(_RESTRICT_SELF, ruleset, 0)


def _allow_reading(ruleset: int, path: Path) -> None:
    # os.path, for it answers "no" where even looking is forbidden, as under somebody else's home folder.
    if not os.path.exists(path):
        return
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    rights = _READ_FILE | _READ_DIR if os.path.isdir(path) else _READ_FILE
    rule = _PathRule(allowed=rights, folder=opened)
    _call(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    os.close(opened)


def _call(number: int, *arguments: object) -> int:
    result = int(_libc().syscall(number, *arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), f"Landlock refused: {os.strerror(ctypes.get_errno())}")
    return result


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
