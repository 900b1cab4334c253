"""How predictions did on rows that the code never saw, and what it means when another score was reported."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interview.bank.measure import Metric

REACHED = _("That reaches the bar.")
MISSED = _("That misses the bar.")
TOO_GOOD = _(
    "You reported %(reported)s, but on hidden rows it is %(hidden)s: what you measured doesn't hold for rows that the "
    "model has never met. Fit, select and resample inside the training folds only, and measure what you return."
)
TOO_CAREFUL = _(
    "You reported %(reported)s, but on hidden rows it is %(hidden)s: the model does better than you say. Measure on "
    "rows that look like those in real use, with the very metric that is asked for."
)
TOO_GOOD_AND_LOW = _(
    "You reported %(reported)s, but on hidden rows it is %(hidden)s, which misses the bar too. Look at the predictions "
    "first: are they those that you measured, of the right class, one for each row? Then fit, select and resample "
    "inside the training folds only."
)
HONEST = _(
    "You reported %(reported)s, and on hidden rows it is %(hidden)s: within the %(max_gap)s that may be between."
)


@dataclass(frozen=True)
class Figures:
    """What the page shows of them."""

    metric: str
    hidden: str
    bar: str
    has_reached: bool
    words: str


def figures(ml: dict[str, Any] | None) -> Figures | None:
    """The figures of a record in words; None where it has none."""
    if not ml:
        return None
    is_error = Metric(ml["metric"]).is_error
    has_reached = ml["hidden"] <= ml["bar"] if is_error else ml["hidden"] >= ml["bar"]
    words = (
        (REACHED if has_reached else MISSED)
        if ml["reported"] is None
        else _on_the_gap(ml, has_reached=has_reached)
    )
    told = {
        name: f"{ml[name]:g}" for name in ("hidden", "bar", "reported", "max_gap") if ml[name] is not None
    }
    sign = "≤" if is_error else "≥"
    return Figures(ml["metric"], told["hidden"], f"{sign} {told['bar']}", has_reached, str(words) % told)


def _on_the_gap(ml: dict[str, Any], *, has_reached: bool) -> str | Promise:
    if abs(ml["gap"]) <= ml["max_gap"]:
        return HONEST
    if ml["gap"] < 0:
        return TOO_CAREFUL
    return TOO_GOOD if has_reached else TOO_GOOD_AND_LOW
