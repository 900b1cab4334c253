"""The sandbox as a service of its own: `python -m interview.sandbox.serve FOLDER`.

It needs no secret, no network and no file but its sockets; workers reach it through the folder (SANDBOX_SOCKETS).
"""

import signal
import sys
from pathlib import Path

from interview.sandbox import warm
from interview.sandbox.selftest import SandboxUnavailable, attack


def main(folder: Path) -> None:
    """Attack the jail, and where it holds open the sockets and keep the zygotes until told to stop."""
    for number in (signal.SIGINT, signal.SIGTERM):
        # Handled, not blocked: what is blocked here would be blocked in every zygote, too.
        signal.signal(number, lambda *_: sys.exit())
    report = attack(folder)
    zygotes = report.demand()
    for kind in warm.PACKAGES:
        zygotes.address(kind)
    print(f"The sandbox holds (tier {report.tier}); its sockets are in {folder}.", flush=True)
    while True:
        signal.pause()


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except SandboxUnavailable as refusal:
        sys.exit(str(refusal))
