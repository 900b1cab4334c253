"""Measures predictions out here, by labels that never enter the jail: it sees the training rows and the features.

Code may spell out rows that it saw by the score it claims, and a person guess labels by the score they get. So of
hidden rows nothing is told but these figures, of two digits each and within the metric's range, and the measured call
is a child's first: some fifteen bits a submission, of a file's thousands.
"""

import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from interview.bank.measure import Data, Measure, Metric
from interview.judge.compare import kind, no_value, plain
from interview.judge.elements import Diff
from interview.judge.keys import Key
from interview.judge.text import shown
from interview.sandbox.jobs import Answer

# The record's `ml`: metric, bar, hidden (the score on hidden rows), reported, gap (above 0: claimed too much), max_gap.
Ml = dict[str, Any]
_FUNCTIONS = {
    Metric.ACCURACY: "accuracy_score",
    Metric.BALANCED_ACCURACY: "balanced_accuracy_score",
    Metric.F1: "f1_score",
    Metric.ROC_AUC: "roc_auc_score",
    Metric.AVERAGE_PRECISION: "average_precision_score",
    Metric.R2: "r2_score",
    Metric.LOG_LOSS: "log_loss",
    Metric.RMSE: "root_mean_squared_error",
    Metric.MAE: "mean_absolute_error",
}
_OF_LABELS = (Metric.ACCURACY, Metric.BALANCED_ACCURACY, Metric.F1)


def given(measure: Measure | None, data: Mapping[str, Data]) -> Mapping[str, Any]:
    """What a measured call sees: training rows, their labels, and the features of the rows to predict."""
    return _split(measure, data[measure.data].rows).given if measure else {}


def measured(measure: Measure, data: Mapping[str, Data], answer: Answer) -> tuple[Diff | None, Ml | None]:
    """What is wrong with the predictions, if anything, and the figures as far as there are any."""
    if answer.error:
        return no_value(answer.error), None
    predictions, claim = plain(answer.value), None
    if measure.max_gap is not None:
        predictions, claim = _pair(predictions)
        if claim is None or not measure.can_be_claimed(claim):
            return {"key": Key.NO_CLAIM, "got": shown(answer.value)}, None
    labels = _split(measure, data[measure.data].rows).labels
    predictions = _flat(predictions)
    diff = kind(labels, predictions) or _unfit(measure.metric, labels, predictions)
    if diff:
        return diff, None
    return _judged(measure, score=_score(measure.metric, labels, predictions), claim=claim)


def bar(measure: Measure) -> str:
    """What has to be reached, as a person reads it."""
    return f"{'≤' if measure.metric.is_error else '≥'} {measure.bar:g}"


@dataclass(frozen=True)
class _Split:
    given: Mapping[str, Any]
    labels: list[Any]


@lru_cache(maxsize=16)
def _split(measure: Measure, rows: str) -> _Split:
    import pandas as pd

    table = pd.read_csv(io.StringIO(rows))
    # Numbered anew, so that an index tells nothing of a row's place in the file.
    train, hidden = (table[slice(*part)].reset_index(drop=True) for part in (measure.train, measure.hidden))
    names = {
        "X_train": train.drop(columns=measure.target),
        "y_train": train[measure.target],
        "X_test": hidden.drop(columns=measure.target),
    }
    return _Split(names, hidden[measure.target].tolist())


def _pair(value: Any) -> tuple[Any, float | None]:
    """Predictions and the score that is claimed for them; without a pair, or a number in it, no score."""
    if not isinstance(value, list) or len(value) != 2 or not _is_finite(value[1]):
        return value, None
    return value[0], float(value[1])


def _flat(predictions: Any) -> Any:
    """A column of predictions as a list of them."""
    if isinstance(predictions, list) and all(isinstance(row, list) and len(row) == 1 for row in predictions):
        return [row[0] for row in predictions]
    return predictions


def _unfit(metric: Metric, labels: list[Any], predictions: list[Any]) -> Diff | None:
    """What keeps the metric from being computed: the number of predictions, or the first that it can't take."""
    if len(predictions) != len(labels):
        return {"key": Key.LENGTH, "where": "", "expected": len(labels), "got": len(predictions)}
    if metric in _OF_LABELS:
        known = sorted(set(labels))
        # A complex 1 equals 1, but no metric takes it.
        stray = [one for one in predictions if not isinstance(one, int | float | str) or one not in known]
        return {"key": Key.NO_LABEL, "got": shown(stray[0]), "expected": shown(known)} if stray else None
    if stray := [one for one in predictions if not _is_finite(one)]:
        return {"key": Key.NO_NUMBER, "got": shown(stray[0])}
    if metric is Metric.LOG_LOSS and (stray := [one for one in predictions if not 0 <= one <= 1]):
        return {"key": Key.NO_CHANCE, "got": shown(stray[0])}
    return None


def _score(metric: Metric, labels: list[Any], predictions: list[Any]) -> float:
    from sklearn import metrics

    # Whole numbers as long as Python allows are too long for NumPy.
    values = predictions if metric in _OF_LABELS else [float(one) for one in predictions]
    return float(getattr(metrics, _FUNCTIONS[metric])(labels, values))


def _judged(measure: Measure, *, score: float, claim: float | None) -> tuple[Diff | None, Ml | None]:
    """The figures, and what they fall short of; the rounded ones count, so that nobody doubts what they see."""
    metric, hidden = measure.metric, measure.metric.figure(score)
    reported = None if claim is None else metric.figure(claim)
    if stray := [one for one in (hidden, reported or 0) if not math.isfinite(one)]:
        return {"key": Key.NO_NUMBER, "got": shown(stray[0])}, None
    gap = None if reported is None else round(hidden - reported if metric.is_error else reported - hidden, 2)
    asked = {"metric": metric.value, "bar": measure.bar, "max_gap": measure.max_gap}
    ml = {**asked, "hidden": hidden, "reported": reported, "gap": gap}
    facts = {"metric": metric.value, "got": f"{hidden:g}"}
    if hidden > measure.bar if metric.is_error else hidden < measure.bar:
        return {"key": Key.METRIC, "expected": bar(measure), **facts}, ml
    if gap is not None and measure.max_gap is not None and abs(gap) > measure.max_gap:
        return {"key": Key.GAP, "expected": f"{reported:g}", "max_gap": f"{measure.max_gap:g}", **facts}, ml
    return None, ml


def _is_finite(value: Any) -> bool:
    try:
        return isinstance(value, int | float) and math.isfinite(value)
    except OverflowError:
        return False
