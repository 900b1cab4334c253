"""What ruff finds in a person's code: hints beside the verdict, never part of it.

Ruff only reads; it runs nothing, and so it needs no jail.
"""

import json
import logging
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from ruff import find_ruff_bin  # type: ignore[import-untyped]

# The most important first: what is a mistake, what will become one, what another reader stumbles over.
RULES = (
    "F821",  # a name that is defined nowhere
    "B023",  # a function in a loop that sees the loop's last value
    "B006",  # a default that all calls share
    "B008",  # a default that is worked out once
    "F632",  # `is` where `==` is meant
    "B015",  # a comparison that does nothing
    "B018",  # an expression that does nothing
    "B020",  # a loop that overwrites what it walks over
    "F811",  # a definition that another one replaces unused
    "E722",  # an `except` that catches everything
    "A001",  # a builtin's name for something else
    "NPY002",  # random numbers from a state that everybody shares
    "PD002",  # inplace=True
    "PD011",  # .values
    "PLW0603",  # global
    "F403",  # import *
    "E721",  # types compared by ==
    "E711",  # == None
    "E712",  # == True
    "F841",  # a variable that nobody reads
    "B007",  # a loop variable that nobody reads
    "SIM113",  # counting by hand
    "F541",  # an f-string without a placeholder
    "E731",  # a lambda with a name
    "F401",  # an import that nobody uses
)
MOST = 5
_SECONDS = 3
_VERSION = f"py{sys.version_info.major}{sys.version_info.minor}"
_OPTIONS = ("--isolated", "--no-cache", "--exit-zero", "--quiet", "--output-format", "json")
_COMMAND = ("check", *_OPTIONS, "--target-version", _VERSION, "--select", ",".join(RULES), "-")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Finding:
    """One rule that the code breaks, where it does so first, and the other lines where it does so again."""

    rule: str
    line: int
    column: int
    message: str
    also: tuple[int, ...] = ()


def findings(source: str) -> tuple[Finding, ...]:
    """The few findings that matter most; none, and a line in the log, where ruff gives no answer."""
    try:
        found = subprocess.run(
            (find_ruff_bin(), *_COMMAND),
            input=source.encode(errors="replace"),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
        return _worst(json.loads(found.stdout))
    except Exception as problem:  # Whatever it is: a hint is not worth a run.
        _log.warning("ruff gave no findings: %s", problem)
        return ()


def _worst(reports: list[dict[str, Any]]) -> tuple[Finding, ...]:
    by_rule = defaultdict(list)
    for report in reports:  # In the order of the lines. A syntax error is told by the run, and is no rule.
        by_rule[report["code"]].append(report)
    broken = [rule for rule in RULES if rule in by_rule]
    return tuple(_finding(rule, *by_rule[rule]) for rule in broken[:MOST])


def _finding(rule: str, first: dict[str, Any], *others: dict[str, Any]) -> Finding:
    line, column = first["location"]["row"], first["location"]["column"]
    also = sorted({other["location"]["row"] for other in others} - {line})
    return Finding(rule, line, column, message=first["message"], also=tuple(also))
