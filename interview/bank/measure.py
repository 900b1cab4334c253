"""How a case measures predictions: by a metric, on rows of a data file whose labels the code never sees."""

import csv
import math
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, NonNegativeInt, StringConstraints, model_validator

from interview.bank.part import Part

# The first row and the one behind the last, counted from 0 below the header.
Rows = tuple[NonNegativeInt, NonNegativeInt]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=60)]


class Metric(StrEnum):
    ACCURACY = "accuracy"
    BALANCED_ACCURACY = "balanced_accuracy"
    F1 = "f1"
    ROC_AUC = "roc_auc"
    AVERAGE_PRECISION = "average_precision"
    R2 = "r2"
    LOG_LOSS = "log_loss"
    RMSE = "rmse"
    MAE = "mae"

    @property
    def is_error(self) -> bool:
        """Whether less of it is better."""
        return self in (Metric.LOG_LOSS, Metric.RMSE, Metric.MAE)

    def figure(self, value: float) -> float:
        """A value as it is told and judged: its first two digits, rounded to the worse side."""
        if not math.isfinite(value):
            return value
        step = 10.0 ** max(math.floor(math.log10(abs(value))) - 1, -2) if value else 1.0
        steps = round(value / step, 6)  # 0.29 / 0.01 is a little less than 29.
        return round((math.ceil(steps) if self.is_error else math.floor(steps)) * step, 2)


class Measure(Part):
    """The call sees `X_train`, `y_train` and `X_test`; its predictions for `X_test` have to reach the bar.

    With `max_gap` it answers with a pair, the predictions and the score that it claims for them, and the claim
    may be so far from the truth.
    """

    data: Name
    target: str
    train: Rows
    hidden: Rows
    metric: Metric
    bar: Annotated[float, Field(allow_inf_nan=False)]
    max_gap: Annotated[float, Field(gt=0)] | None = None

    def can_be_claimed(self, value: float) -> bool:
        """Whether a score is one that somebody could expect. Others would carry more of what the code has seen."""
        return 0 <= value <= 100 * self.bar if self.metric.is_error else -1 <= value <= 1

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if not self.train[0] < self.train[1] or not self.hidden[0] < self.hidden[1]:
            raise ValueError("`train` and `hidden` must have rows, as [first, behind the last]")
        if overlap(self.train, self.hidden):
            raise ValueError("`train` and `hidden` share rows")
        if self.bar != self.metric.figure(self.bar):
            raise ValueError("`bar` has two digits at most, and none behind the hundredths")
        return self


class Data(Part):
    """A data file `NAME.csv`, and the seeded program `NAME.py` that prints it: its origin and its explanation."""

    rows: Annotated[str, StringConstraints(min_length=1, max_length=60_000)]
    recipe: Annotated[str, StringConstraints(min_length=1)]

    def columns_and_size(self) -> tuple[list[str], int]:
        """The names of the columns, and how many rows there are."""
        header, *rows = csv.reader(self.rows.splitlines())
        return header, len(rows)


def demand_measurable(
    examples: Iterable[Measure], hidden: Iterable[Measure], data: Mapping[str, Data]
) -> None:
    """ValueError where a measure and its data don't fit, or an example would show what another case hides."""
    examples, hidden = list(examples), list(hidden)
    if unused := data.keys() - {measure.data for measure in (*examples, *hidden)}:
        raise ValueError(f"no case uses the data of: {', '.join(sorted(unused))}")
    if len(hidden) > 1:
        raise ValueError("one hidden case at most may be measured by a metric")
    for measure in (*examples, *hidden):
        _demand_rows(measure, data)
    for one in hidden:
        for other in examples:
            if one.data == other.data and (
                overlap(one.hidden, other.hidden) or overlap(one.hidden, other.train)
            ):
                raise ValueError("an example shows rows whose labels a hidden case asks for")


def _demand_rows(measure: Measure, data: Mapping[str, Data]) -> None:
    if measure.data not in data:
        raise ValueError(f"there is no data file {measure.data}.csv")
    columns, size = data[measure.data].columns_and_size()
    if measure.target not in columns:
        raise ValueError(f"{measure.data}.csv has no column {measure.target!r}")
    if max(measure.train[1], measure.hidden[1]) > size:
        raise ValueError(f"{measure.data}.csv has {size} rows only")


def overlap(one: Rows, other: Rows) -> bool:
    """Whether two ranges share a row."""
    return one[0] < other[1] and other[0] < one[1]
