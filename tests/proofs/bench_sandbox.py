"""What a run costs, beside bare Python and beside bubblewrap around a fresh Python: `make bench-sandbox`.

All are timed in turn, round after round, so that whatever else the machine does meets each of them alike. Bare Python
is this environment's interpreter itself, no version manager's stand-in, with warm caches and its output piped. A run's
time goes from the job to its outcome: child handed out, code run, output read, child ended.
"""

import contextlib
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import dedent

from interview.sandbox import bubblewrap, selftest
from interview.sandbox.host import Tier
from interview.sandbox.jobs import Ending, Job, Limits
from interview.sandbox.session import in_jail
from tests.processes import descendants

PROGRAMS = {
    "W0": "print(1)",
    "W1": "import numpy as np\nprint(np.arange(10).sum())",
    "W2": "import pandas as pd\nprint(pd.DataFrame({'a': [1, 2], 'b': [3, 4]}).sum())",
    "W3": dedent("""
        import numpy as np
        import pandas as pd
        from sklearn.linear_model import LogisticRegression

        rng = np.random.default_rng(0)
        frame = pd.DataFrame(rng.normal(size=(200, 4)), columns=list("abcd"))
        label = (frame["a"] + frame["b"] > 0).astype(int)
        print(LogisticRegression().fit(frame, label).score(frame, label))
    """),
}
ROUNDS, RUNS_A_ROUND = 15, 12
AT_ONCE, WINDOWS, WINDOW_SECONDS = 2, 5, 6
IN_A_ROW = 1500
LINGER = "\nimport time\ntime.sleep(1)"

CROWD, CROWDS = 16, 8
# Shorter than in the product, for a crowd is as slow to leave as its hostile member.
LIMITS = Limits(wall_seconds=3, cpu_seconds=2)
# One of each way to harm others by taking what is theirs.
HOSTILE = {
    "computes": "while True: pass",
    "sleeps": "import time; time.sleep(60)",
    "eats memory": "hoard = []\nwhile True: hoard.append(bytearray(1 << 20))",
    "starts threads": "import threading\nwhile True: threading.Thread(target=lambda: threading.Event().wait()).start()",
    "prints": "while True: print('x' * 10000)",
    "opens files": "import os\nwhile True: os.open('/dev/null', 0)",
    "crashes": "import ctypes; ctypes.string_at(0)",
    "tries to fork": "import os\nwhile True: os.fork()",
}

Way = Callable[[str], object]


def main() -> None:
    """Measure everything and print it; ends with 1 where a figure is missed."""
    tiers = _tiers()
    print("bare Python:", *_python("…"))
    print("bubblewrap: ", *bubblewrap.around(_python("…")), end="\n\n")
    held = [*_latency(tiers), *_throughput(tiers), *_memory(tiers), *_growth(tiers), *_crowd(tiers)]
    sys.exit(not all(held))


def _tiers() -> dict[str, Way]:
    """A way to run a program for each tier that holds here."""
    reports = [selftest.attack(tiers=[tier]) for tier in Tier]
    return {f"tier {report.tier}": _way(report) for report in reports if report.tier}


def _way(report: selftest.Report) -> Way:
    def run(source: str) -> None:
        outcome = in_jail(Job(source, limits=LIMITS), report.demand())
        assert outcome.ending is Ending.FINISHED, outcome

    return run


def _bare(source: str) -> None:
    subprocess.run(_python(source), check=True, capture_output=True)


def _wrapped(source: str) -> None:
    subprocess.run(bubblewrap.around(_python(source)), check=True, capture_output=True)


def _python(source: str) -> list[str]:
    return [sys.executable, "-I", "-c", source]


def _latency(tiers: Mapping[str, Way]) -> Iterator[bool]:
    times: dict[tuple[str, str], list[float]] = {}
    for _ in range(ROUNDS):
        for name, source in PROGRAMS.items():
            for label, way in {"bare": _bare, "bubblewrap": _wrapped, **tiers}.items():
                for _ in range(RUNS_A_ROUND if label in tiers else 1):
                    times.setdefault((label, name), []).append(_seconds(way, source))
                    # A person's next click is never this soon: time for the spare's successor to get ready.
                    time.sleep(0.02)
    print(f"{'p50 / p95 in ms':16}", *(f"{name:>16}" for name in PROGRAMS))
    for label in ("bare", "bubblewrap", *tiers):
        cells = (
            f"{1000 * _p(times[label, name], 50):7.1f} /{1000 * _p(times[label, name], 95):7.1f}"
            for name in PROGRAMS
        )
        print(f"{label:16}", *cells)
    print()
    for tier in tiers:
        bare = {name: _p(times["bare", name], 50) for name in PROGRAMS}
        yield _say(f"{tier}: W3 p50 / bare p50", _p(times[tier, "W3"], 50) / bare["W3"], at_most=1 / 50)
        yield _say(f"{tier}: W3 p95 / bare p50", _p(times[tier, "W3"], 95) / bare["W3"], at_most=1 / 30)
        yield _say(f"{tier}: W0 p50 / bare p50", _p(times[tier, "W0"], 50) / bare["W0"], at_most=0.7)


def _throughput(tiers: Mapping[str, Way]) -> Iterator[bool]:
    """W3 runs a second, two at a time, in turn."""
    rates: dict[str, list[float]] = {}
    for _ in range(WINDOWS):
        for label, way in {"bare": _bare, **tiers}.items():
            rates.setdefault(label, []).append(_rate(way, PROGRAMS["W3"]))
    for tier in tiers:
        ratio = statistics.median(rates[tier]) / statistics.median(rates["bare"])
        numbers = (
            f"{statistics.median(rates[tier]):.0f} against {statistics.median(rates['bare']):.1f} W3 runs/s"
        )
        yield _say(f"{tier}: throughput / two bare ({numbers})", ratio, at_least=40)


def _rate(way: Way, source: str) -> float:
    started = time.monotonic()

    def work() -> float:
        done = 0
        while time.monotonic() < started + WINDOW_SECONDS:
            way(source)
            done += 1
        # By the time until its own last end: a slow run that is begun late must not count the other's idle wait.
        return done / (time.monotonic() - started)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(lambda _: work(), range(AT_ONCE)))


def _memory(tiers: Mapping[str, Way]) -> Iterator[bool]:
    """What a W3 run has for itself: the largest of all children, while it lingers after its fit."""
    for tier, way in tiers.items():
        with ThreadPoolExecutor(1) as pool:
            lingering = pool.submit(way, PROGRAMS["W3"] + LINGER)
            time.sleep(0.6)
            private = max(_private_mb(pid) for pid in descendants(os.getpid()) if _is_jailed(pid))
            lingering.result()
        yield _say(f"{tier}: private memory of a W3 run in MB", private, at_most=10)


def _growth(tiers: Mapping[str, Way]) -> Iterator[bool]:
    """Descriptors and memory of the zygotes before and after many runs in a row."""
    for tier, way in tiers.items():
        before = _zygotes_at_rest()
        for _ in range(IN_A_ROW):
            way(PROGRAMS["W1"])
        after = _zygotes_at_rest()
        files = sum(after[pid][0] - before[pid][0] for pid in before)
        megabytes = sum(after[pid][1] - before[pid][1] for pid in before)
        yield _say(f"{tier}: descriptors more after {IN_A_ROW} runs", files, at_most=0)
        yield _say(f"{tier}: MB more after {IN_A_ROW} runs", megabytes, at_most=1)


def _crowd(tiers: Mapping[str, Way]) -> Iterator[bool]:
    """Sixteen runs at once: how long the honest ones take, all among themselves and with a hostile one among them."""
    for tier, way in tiers.items():
        way(PROGRAMS["W1"])
        calm: list[float] = []
        beset: dict[str, list[float]] = {}
        for _ in range(CROWDS):
            calm += _at_once(way, PROGRAMS["W1"])
            for name, source in HOSTILE.items():
                beset.setdefault(name, []).extend(_at_once(way, PROGRAMS["W1"], hostile=source))
        print(f"{tier}: {CROWD} at once, calm: p95 {1000 * _p(calm, 95):.0f} ms")
        for name, seconds in beset.items():
            yield _say(
                f"{tier}: p95 beside one that {name} / calm", _p(seconds, 95) / _p(calm, 95), at_most=3
            )


def _at_once(way: Way, source: str, *, hostile: str = "") -> list[float]:
    def harm() -> None:
        with contextlib.suppress(AssertionError):  # It ended badly, as it should.
            way(hostile)

    with ThreadPoolExecutor(CROWD) as pool:
        if hostile:
            pool.submit(harm)
        honest = [pool.submit(_seconds, way, source) for _ in range(CROWD - bool(hostile))]
        return [run.result() for run in honest]


def _zygotes_at_rest() -> dict[int, tuple[int, float]]:
    """Open descriptors and private memory of each zygote, by its number, when all spares have locked themselves in."""
    time.sleep(0.5)
    pids = [pid for pid in descendants(os.getpid()) if not _is_jailed(pid)]
    return {pid: (len(os.listdir(f"/proc/{pid}/fd")), _private_mb(pid)) for pid in pids}


def _is_jailed(pid: int) -> bool:
    return "Seccomp:\t2" in Path(f"/proc/{pid}/status").read_text()


def _private_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private")) / 1024


def _seconds(way: Way, source: str) -> float:
    started = time.perf_counter()
    way(source)
    return time.perf_counter() - started


def _p(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _say(what: str, value: float, *, at_most: float | None = None, at_least: float | None = None) -> bool:
    holds = value <= at_most if at_most is not None else value >= (at_least or 0)
    bar = f"at most {at_most:.3g}" if at_most is not None else f"at least {at_least:.3g}"
    print(f"{'holds' if holds else 'MISSED'}  {what}: {value:.3g} ({bar})", flush=True)
    return holds


if __name__ == "__main__":
    main()
