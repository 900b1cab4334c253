"""Tier A's outer jail: where the zygote lives, it sees libraries and nothing else, and has no network."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from interview.sandbox.jail import libraries

_HERE = Path(__file__).resolve().parent
# Where the zygote finds this package: alone, without the product around it.
PROJECT = "/rehearsal"
# Where a kernel, Debian and Ubuntu say whether anybody may have a namespace: what they say when not, and the remedy.
_GATES = {
    "user.max_user_namespaces": ("0", "15000"),
    "kernel.unprivileged_userns_clone": ("0", "1"),
    "kernel.apparmor_restrict_unprivileged_userns": ("1", "0"),
}


def program() -> str | None:
    """Where bubblewrap is, if it is."""
    return shutil.which("bwrap")


def mend() -> str:
    """What lets bubblewrap make namespaces on this machine, if a setting keeps it from that."""
    for gate, (closed, opened) in _GATES.items():
        setting = Path("/proc/sys", gate.replace(".", "/"))
        if setting.exists() and setting.read_text().strip() == closed:
            return f"Allow user namespaces: sudo sysctl -w {gate}={opened}"
    return "Look what bubblewrap says by itself: bwrap --unshare-all --ro-bind / / true"


def around(command: list[str]) -> list[str]:
    """The command that starts another one inside the jail; FileNotFoundError without bubblewrap."""
    bwrap = program()
    if bwrap is None:
        raise FileNotFoundError("bubblewrap (bwrap) is not installed")
    return [bwrap, *_OWN_WORLD, *_mounts(), "--remount-ro", "/", "--", *command]


# The zygote is the first process in there: bubblewrap's own would keep whatever environment it was started with. The
# one capability lets it give each child namespaces of its own; it means nothing outside, and a child has none.
_OWN_WORLD = (
    "--unshare-all",
    "--unshare-user",
    "--as-pid-1",
    "--new-session",
    *("--cap-drop", "ALL"),
    *("--cap-add", "CAP_SYS_ADMIN"),
    *("--proc", "/proc"),
    *("--dev-bind", "/dev/null", "/dev/null"),
    *("--dev-bind", "/dev/urandom", "/dev/urandom"),
)


def _mounts() -> Iterator[str]:
    pythons = {Path(sys.prefix), Path(sys.base_prefix), *libraries()}
    bound: list[Path] = []
    # The outer ones first, and nothing twice.
    # os.path, for pathlib raises at a folder that may not be looked into.
    for path in sorted(path for path in pythons if os.path.exists(path) and not path.is_relative_to("/dev")):
        if any(path.is_relative_to(outer) for outer in bound):
            continue
        bound.append(path)
        # Debian's /lib is a link into /usr; wherever else a link leads, what it leads to is bound in its place.
        if path.is_symlink() and path.parent == Path("/"):
            yield from ("--symlink", os.readlink(path), str(path))
        else:
            yield from ("--ro-bind", str(path.resolve()), str(path))
    yield from ("--ro-bind", str(_HERE.parent / "__init__.py"), f"{PROJECT}/interview/__init__.py")
    yield from ("--ro-bind", str(_HERE), f"{PROJECT}/interview/sandbox")
