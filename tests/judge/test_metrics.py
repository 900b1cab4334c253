"""Predictions are measured by labels that the code never sees; nothing that it can do brings one of them to light."""

import json
import math
from textwrap import dedent
from typing import Any

import pytest

from interview.bank.measure import Measure, Metric
from interview.bank.schema import CodeTask
from interview.judge.judge import judge
from interview.judge.metrics import measured
from interview.sandbox.codec import Opaque
from interview.sandbox.jobs import Answer
from tests.judge.tasks import measured_task, measures

# The last digits of what a hidden row holds.
SECRET_DIGITS = "488191000"
RULE = "def fit_predict(X_train, y_train, X_test):\n    return (X_test['x'] >= 5).astype(int)\n"


def measure(value: Any, *labels: Any, metric: str = "accuracy", bar: float = 0.5, **more: Any) -> Any:
    """What is said of a value that should predict these labels."""
    rows = "x,y\n0,0\n" + "".join(f"1,{label}\n" for label in labels)
    facts = {"data": "d", "target": "y", "train": [0, 1], "hidden": [1, len(labels) + 1], "metric": metric}
    data = measures(rows)
    return measured(Measure.model_validate({**facts, "bar": bar, **more}), data, Answer(value=value))


@pytest.mark.parametrize(
    ("metric", "bar", "predictions", "labels", "hidden"),
    [
        ("accuracy", 0.75, [1, 0, 1, 1], [1, 0, 1, 0], 0.75),
        ("balanced_accuracy", 0.75, [1, 1, 1, 0], [1, 1, 0, 0], 0.75),
        ("f1", 0.8, [1, 1, 1, 0], [1, 1, 0, 0], 0.8),
        ("roc_auc", 0.75, [0.9, 0.3, 0.4, 0.1], [1, 1, 0, 0], 0.75),
        ("average_precision", 0.8, [0.9, 0.3, 0.4, 0.1], [1, 1, 0, 0], 0.83),
        ("log_loss", 0.7, [0.5, 0.5], [1, 0], 0.7),
        ("rmse", 5.0, [3, 4], [0, 0], 3.6),
        ("mae", 5.0, [3, 4], [0, 0], 3.5),
        ("r2", 0.5, [1, 2, 3], [1, 2, 3], 1.0),
    ],
)
def test_each_metric_gives_its_figure(
    metric: str, bar: float, predictions: Any, labels: Any, hidden: float
) -> None:
    diff, ml = measure(predictions, *labels, metric=metric, bar=bar)

    assert diff is None
    assert ml == {
        "metric": metric,
        "bar": bar,
        "max_gap": None,
        "hidden": hidden,
        "reported": None,
        "gap": None,
    }


@pytest.mark.parametrize(
    ("metric", "value", "figure"),
    [
        ("accuracy", 0.7999, 0.79),
        ("accuracy", 0.29, 0.29),
        ("accuracy", 0.996, 0.99),
        ("accuracy", 0.0, 0.0),
        ("r2", -0.501, -0.51),
        ("rmse", 0.801, 0.81),
        ("rmse", 0.8, 0.8),
        ("rmse", 1234.5, 1300.0),
        ("rmse", 12.0, 12.0),
        ("rmse", 1e-4, 0.01),
    ],
)
def test_a_figure_has_two_digits_and_never_looks_better_than_it_is(
    metric: str, value: float, figure: float
) -> None:
    assert Metric(metric).figure(value) == figure


@pytest.mark.parametrize("predictions", [(1, 0), [[1], [0]], [1.0, 0.0], [True, False]])
def test_predictions_may_come_as_any_kind_of_column(predictions: Any) -> None:
    assert measure(predictions, 1, 0)[0] is None


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (None, "nothing"),
        (0.5, "type"),
        ({"a": [1, 0]}, "type"),
        ([1], "length"),
        ([], "length"),
        ([[0.1, 0.9], [0.8, 0.2]], "shape"),
        ([1, 2], "no_label"),
        ([1, math.nan], "no_label"),
        ([1, None], "no_label"),
        ([1, [0, 1]], "no_label"),
        ([1, Opaque("Any", "1")], "no_label"),
        (Opaque("Any", "1"), "not_data"),
        (Opaque("generator", "…"), "generator"),
    ],
)
def test_what_is_no_list_of_predictions_is_named(value: Any, key: str) -> None:
    diff, ml = measure(value, 1, 0)

    assert (diff["key"], ml) == (key, None)


@pytest.mark.parametrize("value", [math.nan, math.inf, 10**400, None, "1", [1], Opaque("Any", "1")])
def test_what_is_no_number_is_named_where_numbers_are_asked_for(value: Any) -> None:
    assert measure([1, value], 1, 0, metric="rmse")[0]["key"] == "no_number"


def test_predictions_so_far_off_that_the_metric_overflows_fail() -> None:
    assert measure([1e300, 10**30], 1, 0, metric="rmse")[0]["key"] == "no_number"


def test_a_probability_lies_between_nought_and_one() -> None:
    assert measure([0.5, 1.5], 1, 0, metric="log_loss")[0] == {"key": "no_chance", "got": "1.5"}


def test_complex_labels_are_named_although_they_equal_the_real_ones() -> None:
    assert measure([1 + 0j, 0j], 1, 0)[0]["key"] == "no_label"


@pytest.mark.parametrize(
    ("metric", "claim"),
    [
        ("roc_auc", 1.79e308),
        ("roc_auc", -1.1),
        ("roc_auc", 217),
        ("rmse", 1.79e308),
        ("rmse", -0.1),
        ("rmse", 51),
    ],
)
def test_a_claim_that_nobody_could_mean_is_none(metric: str, claim: float) -> None:
    diff, ml = measure([[0.9, 0.1], claim], 1, 0, metric=metric, bar=0.5, max_gap=0.1)

    assert diff is not None
    assert (diff["key"], ml) == ("no_claim", None)


def test_a_claim_can_tell_nothing_of_another_hidden_case(sandbox: None) -> None:
    """Whatever the order: code that remembers arguments and claims by them has none to remember."""
    remembers = dedent("""
        seen = []
        def f(number):
            seen.append(number)
            return number
        def fit_predict(X_train, y_train, X_test):
            return (X_test["x"] >= 5).astype(int), (seen[0] / 1000 if seen else 0.5)
    """)
    task = _with_claims(measured_task())

    reported = {
        judge(remembers, task, submit=True, seed=seed).as_json()["ml"]["reported"] for seed in range(6)
    }

    assert reported == {0.5}


@pytest.mark.parametrize(("metric", "sign"), [("roc_auc", "≥"), ("rmse", "≤")])
def test_what_misses_the_bar_fails_with_the_figure_and_the_bar(metric: str, sign: str) -> None:
    diff, _ = measure([0.0, 1.0], 1, 0, metric=metric)

    assert (diff["key"], diff["expected"]) == ("metric", f"{sign} 0.5")


@pytest.mark.parametrize(("claim", "gap", "key"), [(1.0, 0.0, None), (0.9, -0.1, None), (0.85, -0.15, "gap")])
def test_a_claim_is_compared_with_the_truth(claim: float, gap: float, key: str | None) -> None:
    diff, ml = measure(([1, 0], claim), 1, 0, max_gap=0.1)

    assert (diff and diff["key"], ml["reported"], ml["gap"]) == (key, claim, gap)


def test_a_claimed_error_that_is_too_small_is_a_claim_of_too_much() -> None:
    assert measure(([1, 0], 0.1), 0, 0, metric="mae", bar=1.0, max_gap=0.1)[1]["gap"] == 0.4


@pytest.mark.parametrize(
    "value", [[1, 0, 1], ([1, 0, 1], "0.9"), ([1, 0, 1], math.nan), ([1, 0, 1], 0.9, 1), 0.9]
)
def test_a_claim_is_a_number_beside_the_predictions(value: Any) -> None:
    assert measure(value, 1, 0, 1, max_gap=0.1)[0]["key"] == "no_claim"


def test_the_record_keeps_the_figures_of_the_hidden_rows_and_nothing_more(sandbox: None) -> None:
    record = judge(RULE, measured_task(), submit=True, seed=1).as_json()

    assert record["verdict"] == "passed"
    assert record["ml"] == {
        "metric": "accuracy",
        "bar": 0.8,
        "max_gap": None,
        "hidden": 0.9,
        "reported": None,
        "gap": None,
    }
    hidden = [test for test in record["tests"] if test["visibility"] == "hidden"]
    assert {test["got"] for test in hidden} | {test["expected"] for test in hidden} == {None}


def test_a_run_of_the_examples_tells_their_own_figures(sandbox: None) -> None:
    record = judge(RULE, measured_task(), submit=False, seed=1).as_json()

    assert record["ml"]["hidden"] == 1.0
    shown = next(test for test in record["tests"] if test["id"] == "seen")
    assert (shown["expected"], shown["got"]) == ("accuracy ≥ 0.8", "1")


def test_hidden_rows_that_are_not_measured_have_no_figures(sandbox: None) -> None:
    source = RULE.replace("return", "assert len(X_test) < 15\n    return")

    record = judge(source, measured_task(), submit=True, seed=1)

    assert record.ml is None
    assert record.verdict == "error"


CHEATS = {
    "looks in frames": """
        import sys
        def fit_predict(X_train, y_train, X_test):
            frame, seen = sys._getframe(), []
            while frame:
                seen += [v for v in frame.f_locals.values() if len(getattr(v, "__dict__", {})) or isinstance(v, dict)]
                frame = frame.f_back
            print(seen)
            return next((s["labels"] for s in seen if isinstance(s, dict) and "labels" in s), y_train[: len(X_test)])
    """,
    "walks the collector": """
        import gc
        def fit_predict(X_train, y_train, X_test):
            size = len(X_test)
            lists = [o for o in gc.get_objects() if isinstance(o, list) and set(map(str, o)) == {"0", "1"}]
            lists = [o for o in lists if len(o) == size]
            tables = [o for o in gc.get_objects() if type(o).__name__ == "DataFrame" and "y" in o]
            print(lists, tables)
            return tables[0]["y"][:size] if tables else lists[0] if lists else [0] * size
    """,
    "remembers earlier labels": """
        SEEN = []
        def fit_predict(X_train, y_train, X_test):
            SEEN.extend(y_train.tolist())
            return (SEEN * 9)[: len(X_test)]
    """,
    "reads the data file": """
        import os
        def fit_predict(X_train, y_train, X_test):
            for place in ("/srv", "/root", "/home", "/tmp", "/proc/self/cwd", "."):
                for folder, _, files in os.walk(place):
                    for name in files:
                        if name.endswith((".csv", ".sqlite3", ".yaml")):
                            text = open(folder + "/" + name, errors="replace").read()
                            if "HIDDEN" in text: return [int(line[-1]) for line in text.split()[1:]][: len(X_test)]
            return [0] * len(X_test)
    """,
    "equals everything": """
        class Any:
            def __eq__(self, other): return True
            def __hash__(self): return 1
        def fit_predict(X_train, y_train, X_test): return [Any() for _ in range(len(X_test))]
    """,
    "turns into an array when it is looked at": """
        import numpy as np
        class Any:
            def __array__(self, *a, **k): return np.ones(20)
            def tolist(self): return [1] * 20
            columns = ()
        def fit_predict(X_train, y_train, X_test): return Any()
    """,
    "is an array that equals everything": """
        import numpy as np
        class Any(np.ndarray):
            def __eq__(self, other): return np.ones(self.shape, bool)
        def fit_predict(X_train, y_train, X_test): return np.zeros(len(X_test), int).view(Any)
    """,
    "patches the metric": """
        import sklearn.metrics as m, sklearn.metrics._classification as c
        m.accuracy_score = c.accuracy_score = lambda *a, **k: 1.0
        def fit_predict(X_train, y_train, X_test): return [0] * len(X_test)
    """,
    "writes the labels it is asked for": """
        def fit_predict(X_train, y_train, X_test):
            X_test["y"] = 1; y_train[:] = 1
            return [0] * len(X_test)
    """,
    "says everything at once": "def fit_predict(X_train, y_train, X_test): return [[0, 1]] * len(X_test)",
    "claims to be right": "def fit_predict(X_train, y_train, X_test): return 1.0",
    "raises what it sees": "def fit_predict(X_train, y_train, X_test): raise ValueError(X_test.to_csv())",
}


@pytest.mark.parametrize("cheat", CHEATS.values(), ids=CHEATS.keys())
def test_no_cheat_reaches_the_bar_or_tells_of_a_hidden_row(sandbox: None, cheat: str) -> None:
    record = judge(dedent(cheat), measured_task(), submit=True, seed=3).as_json()

    assert record["verdict"] not in ("passed", "not_graded")
    measured = [
        test for test in record["tests"] if test["category"] == "rows" and test["visibility"] == "hidden"
    ]
    assert [test["status"] for test in measured] != ["passed"]
    assert "HIDDEN" not in json.dumps(record)


def test_the_claim_of_code_that_spells_out_a_hidden_row_is_none(sandbox: None) -> None:
    source = (
        "def fit_predict(X_train, y_train, X_test): return [0] * len(X_test), float(X_test['secret'].iloc[0])"
    )
    task = _with_claims(measured_task())

    record = judge(source, task, submit=True, seed=1).as_json()

    assert record["ml"] is None
    assert SECRET_DIGITS not in json.dumps(record)


def _with_claims(task: CodeTask) -> CodeTask:
    cases = task.cases
    asked = [
        case.model_copy(update={"measure": case.measure.model_copy(update={"max_gap": 0.1})})
        if case.measure
        else case
        for case in cases
    ]
    return task.model_copy(update={"cases": tuple(asked)})
