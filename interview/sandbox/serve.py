"""The sandbox as a service of its own: `python -m interview.sandbox.serve FOLDER`.

It needs no secret, no network and no file but its sockets; workers reach it through the folder (SANDBOX_SOCKETS).
"""

import signal
import sys
from pathlib import Path

from interview.sandbox import warm
from interview.sandbox.selftest import attack


def main(folder: Path) -> None:
    """Attack the jail, and where it holds open the sockets and keep the zygotes until told to stop."""
    stop = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, stop)
    report = attack(folder)
    zygotes = report.demand()
    for kind in warm.PACKAGES:
        zygotes.address(kind)
    print(f"The sandbox holds (tier {report.tier}); its sockets are in {folder}.", flush=True)
    signal.sigwait(stop)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
