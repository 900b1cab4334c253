"""Where a chart's marks go: plain numbers for the SVG that the template draws."""

from dataclasses import dataclass

from interview.reports.history import Point

WIDTH, HEIGHT = 480, 190
LEFT, RIGHT, TOP, BOTTOM = 34, 12, 12, 26
# So many points stay apart on a narrow screen; the table below the chart holds all of them.
MOST_POINTS = 40


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


def _y(score: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - score / 100), 1)
