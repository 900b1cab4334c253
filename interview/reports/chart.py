"""Where a chart's marks go: plain numbers for the SVG that the template draws."""

from collections.abc import Mapping
from dataclasses import dataclass

from interview.reports.history import Point

WIDTH, HEIGHT = 480, 190
LEFT, RIGHT, TOP, BOTTOM = 34, 12, 12, 26
# So many points stay apart on a narrow screen; the table below the chart holds all of them.
MOST_POINTS = 40
# A bar, and what keeps its pieces apart.
BAR, GAP = 240, 2


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    point: Point


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    left: int
    right: int
    grid: tuple[tuple[int, float], ...]
    dots: tuple[Dot, ...]
    line: str


@dataclass(frozen=True)
class Piece:
    """A part of a bar: what it stands for, and where it is drawn."""

    kind: str
    x: float
    width: float


def score_chart(points: list[Point]) -> Chart:
    """The newest scores from left to right, 0 to 100 from bottom to top."""
    shown = points[-MOST_POINTS:]
    step = (WIDTH - LEFT - RIGHT - 20) / max(len(shown) - 1, 1)
    dots = tuple(Dot(round(LEFT + 10 + step * i, 1), _y(point.score), point) for i, point in enumerate(shown))
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        grid=tuple((value, _y(value)) for value in (0, 25, 50, 75, 100)),
        dots=dots,
        line=" ".join(f"{dot.x},{dot.y}" for dot in dots),
    )


def length(share: float) -> float:
    """How long the bar of a share is, 0 to 1."""
    return round(BAR * share, 1)


def pieces(counts: Mapping[str, int]) -> tuple[Piece, ...]:
    """A bar cut into what the counts make up; what doesn't occur has no piece."""
    present = {kind: count for kind, count in counts.items() if count}
    scale = (BAR - GAP * (len(present) - 1)) / max(sum(present.values()), 1)
    drawn, x = [], 0.0
    for kind, count in present.items():
        drawn.append(Piece(kind, round(x, 1), round(count * scale, 1)))
        x += count * scale + GAP
    return tuple(drawn)


def _y(score: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - score / 100), 1)
