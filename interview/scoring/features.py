"""What the rules found out about each key point, as the numbers that the model weighs."""

from collections.abc import Sequence

from interview.rules.grading import Verdict
from interview.scoring.marking import Finding

# How the rules judge the point; how near the best sentence comes to a phrasing (cosine, 0 to 1); the share of term
# groups it meets; whether it took two sentences. Then the answer around it: how many other points it gets wrong, and
# how many of the others that it speaks about these are. Whoever gets most things wrong is hardly right by design.
NAMES = (
    "covered",
    "partly",
    "wrong",
    "contradicted",
    "nearness",
    "terms",
    "two_sentences",
    "wrong_elsewhere",
    "wrong_share_elsewhere",
)


def features(findings: Sequence[Finding]) -> list[dict[str, float]]:
    """One row for each key point of an answer."""
    wrong = [_is_wrong(finding) for finding in findings]
    right = [finding.verdict is Verdict.COVERED for finding in findings]
    return [
        _row(finding, sum(wrong) - wrong[at], sum(right) - right[at]) for at, finding in enumerate(findings)
    ]


def _is_wrong(finding: Finding) -> bool:
    return finding.verdict is Verdict.WRONG or finding.is_contradicted


def _row(finding: Finding, wrong: int, right: int) -> dict[str, float]:
    values = (
        finding.verdict is Verdict.COVERED,
        finding.verdict is Verdict.PARTLY,
        finding.verdict is Verdict.WRONG,
        finding.is_contradicted,
        finding.akin,
        sum(finding.met) / len(finding.met),
        len(finding.sentences) > 1,
        wrong,
        wrong / (wrong + right) if wrong else 0.0,
    )
    return {name: round(float(value), 4) for name, value in zip(NAMES, values, strict=True)}
