"""Trains the model, and finds out how good it is on questions that it hasn't seen.

Whole questions are left out: answers to one question resemble each other, and whoever splits them at random measures
how well they were remembered. Both figures are kept, side by side with what much simpler means achieve.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, KFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from interview.bank.schema import Language
from interview.rules.grading import Mark, Verdict, prose_range, prose_score
from interview.scoring.agreement import rates
from interview.scoring.features import NAMES
from interview.scoring.model import Model

Numbers = NDArray[np.float64]
# How likely each row is covered: of the rows that were learnt from, and of those that were left out.
Parts = Iterator[tuple[pd.DataFrame, pd.DataFrame]]
Judge = Callable[[pd.DataFrame, pd.DataFrame], tuple[Numbers, Numbers]]
SEED = 0
FOLDS = 16
STEPS = np.round(np.arange(0.05, 1.0, 0.01), 2)
# The share of grades that shall lie within the range around a score. The rubrics were widened in sight of most of
# these answers, so of new ones it may hold less: people are told four of five (tests/scoring/README.md).
WITHIN = 0.85
SPREADS = np.round(np.arange(0.5, 8.05, 0.1), 1)
BINS = 10


def train(rows: pd.DataFrame) -> tuple[Model, dict[str, Any]]:
    """The model of all rows, and how good such a model is on questions it hasn't seen (see `material.table`)."""
    unseen = _unseen(rows)
    spread = _spread(unseen)
    return replace(fit(rows), spread=spread), {
        "rows": len(rows),
        "answers": int(rows["answer"].nunique()),
        "questions": int(rows["question"].nunique()),
        "f1": {
            "grouped": _comparison(_questions_left_out(rows)),
            "random": _comparison(_rows_left_out(rows)),
        },
        "bank": _by_language(unseen[unseen["grade"].isna() & (unseen["kind"] != "composed")]),
        "graded": {**_by_language(unseen[unseen["grade"].notna()]), **_grading(unseen, spread)},
        "found": unseen.groupby("kind")["is_found"].mean().round(3).to_dict(),
        "calibration": _calibration(unseen),
    }


def fit(rows: pd.DataFrame) -> Model:
    """The model of these rows; half a credit counts as half a row that covers and half a row that doesn't."""
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    twice = np.tile(rows[list(NAMES)].to_numpy(float), (2, 1))
    credit = rows["credit"].to_numpy(float)
    weights = np.concatenate([credit, 1 - credit])
    pipeline.fit(twice, np.repeat([1, 0], len(rows)), logisticregression__sample_weight=weights)
    scaler, regression = pipeline[0], pipeline[-1]
    slopes = regression.coef_[0] / scaler.scale_
    model = Model(
        intercept=round(float(regression.intercept_[0] - slopes @ scaler.mean_), 6),
        coefficients={name: round(float(slope), 6) for name, slope in zip(NAMES, slopes, strict=True)},
    )
    covered_from = _best_threshold(_credible(model, rows), rows["is_covered"].to_numpy())
    return replace(model, covered_from=covered_from, partly_from=_partly_from(model, covered_from, rows))


def _credible(model: Model, rows: pd.DataFrame) -> Numbers:
    """The chance of each row; none where the rules know better."""
    return np.where(rows["by_rules"] == Verdict.WRONG.value, 0.0, _chances(model, rows))


def _chances(model: Model, rows: pd.DataFrame) -> Numbers:
    return np.array([model.chance(row) for row in feature_rows(rows)])


def feature_rows(rows: pd.DataFrame) -> list[dict[str, float]]:
    """The features of each row, by their names."""
    return [dict(zip(NAMES, row, strict=True)) for row in rows[list(NAMES)].to_numpy(float).tolist()]


def _best_threshold(chances: Numbers, is_covered: NDArray[np.bool_]) -> float:
    """From which chance on to call a row covered, for the best F1."""
    return float(max(STEPS, key=lambda step: _f1(chances >= step, is_covered)))


def _partly_from(model: Model, covered_from: float, rows: pd.DataFrame) -> float:
    """From which chance on half a credit comes nearest to what people gave."""
    chances, credit = _credible(model, rows), rows["credit"].to_numpy(float)

    def error(step: float) -> float:
        given = np.where(chances >= covered_from, 1.0, np.where(chances >= step, 0.5, 0.0))
        return float(((given - credit) ** 2).sum())

    return float(min(STEPS[covered_from >= STEPS], key=error))


def _questions_left_out(rows: pd.DataFrame) -> Parts:
    folds = GroupKFold(min(FOLDS, rows["question"].nunique()))
    for learnt, left_out in folds.split(rows, groups=rows["question"]):
        yield rows.iloc[learnt], rows.iloc[left_out]


def _rows_left_out(rows: pd.DataFrame) -> Parts:
    for learnt, left_out in KFold(FOLDS, shuffle=True, random_state=SEED).split(rows):
        yield rows.iloc[learnt], rows.iloc[left_out]


def _unseen(rows: pd.DataFrame) -> pd.DataFrame:
    """All rows, each with what a model says of it that has seen no answer to its question."""
    judged = []
    for learnt, left_out in _questions_left_out(rows):
        model = fit(learnt)
        chances = _chances(model, left_out)
        verdicts = [
            model.verdict(Verdict(by_rules), chance, is_contradicted=contradicted > 0)
            for by_rules, chance, contradicted in zip(
                left_out["by_rules"], chances, left_out["contradicted"], strict=True
            )
        ]
        is_found = [verdict is Verdict.COVERED for verdict in verdicts]
        judged.append(left_out.assign(chance=chances, verdict=verdicts, is_found=is_found))
    return pd.concat(judged)


def _comparison(parts: Parts) -> dict[str, float]:
    """The F1 of each judge on what was left out, its threshold set on what it learnt from."""
    found: dict[str, list[NDArray[np.bool_]]] = {name: [] for name in JUDGES}
    covered = []
    for learnt, left_out in parts:
        covered.append(left_out["is_covered"].to_numpy())
        for name, judge in JUDGES.items():
            known, new = judge(learnt, left_out)
            found[name].append(new >= _best_threshold(known, learnt["is_covered"].to_numpy()))
    return {
        name: round(_f1(np.concatenate(each), np.concatenate(covered)), 3) for name, each in found.items()
    }


def _by_length(learnt: pd.DataFrame, left_out: pd.DataFrame) -> tuple[Numbers, Numbers]:
    regression = LogisticRegression().fit(learnt[["length"]], learnt["is_covered"])
    return regression.predict_proba(learnt[["length"]])[:, 1], regression.predict_proba(left_out[["length"]])[
        :, 1
    ]


def _by_mean(learnt: pd.DataFrame, left_out: pd.DataFrame) -> tuple[Numbers, Numbers]:
    means = learnt.groupby("point")["is_covered"].mean()
    known, new = (
        rows["point"].map(means).fillna(learnt["is_covered"].mean()).to_numpy(float)
        for rows in (learnt, left_out)
    )
    return known, new


def _by_words(learnt: pd.DataFrame, left_out: pd.DataFrame) -> tuple[Numbers, Numbers]:
    vectorizer = HashingVectorizer(n_features=2**14)
    known, new = (vectorizer.transform(rows["point"] + " " + rows["text"]) for rows in (learnt, left_out))
    regression = LogisticRegression(C=10, solver="liblinear").fit(known, learnt["is_covered"])
    return regression.predict_proba(known)[:, 1], regression.predict_proba(new)[:, 1]


def _by_model(learnt: pd.DataFrame, left_out: pd.DataFrame) -> tuple[Numbers, Numbers]:
    model = fit(learnt)
    return _credible(model, learnt), _credible(model, left_out)


JUDGES: dict[str, Judge] = {
    "length": _by_length,
    "mean of the key point": _by_mean,
    "similarity": lambda learnt, left_out: (
        learnt["nearness"].to_numpy(float),
        left_out["nearness"].to_numpy(float),
    ),
    "words": _by_words,
    "model": _by_model,
}


def _f1(found: NDArray[np.bool_], is_covered: NDArray[np.bool_]) -> float:
    return 2 * int((found & is_covered).sum()) / max(1, int(found.sum()) + int(is_covered.sum()))


def _by_language(rows: pd.DataFrame) -> dict[str, Any]:
    parts = {"all": rows, **{name.value: rows[rows["language"] == name] for name in Language}}
    return {name: _rounded(rates(part)) for name, part in parts.items()}


def _rounded(numbers: dict[str, float]) -> dict[str, float]:
    return {name: round(float(value), 3) for name, value in numbers.items()}


def _grading(unseen: pd.DataFrame, spread: float) -> dict[str, float]:
    """How near the scores of whole answers come to the grades, and how many grades lie within the range."""
    scores = _scores(unseen, spread)
    inside = (scores["low"] <= scores["grade"]) & (scores["grade"] <= scores["high"])
    return _rounded(
        {
            "spearman": scores["score"].corr(scores["grade"], method="spearman"),
            "rmse": ((scores["score"] - scores["grade"]) ** 2).mean() ** 0.5,
            "within": inside[scores["score"] > 0].mean(),
        }
    )


def _spread(unseen: pd.DataFrame) -> float:
    """How wide the range must be to hold so many of the grades; the widest where that can't be told."""
    return float(next((each for each in SPREADS if _grading(unseen, each)["within"] >= WITHIN), SPREADS[-1]))


def _scores(unseen: pd.DataFrame, spread: float) -> pd.DataFrame:
    """Score and range of each whole answer."""
    scores = []
    for _, rows in unseen[unseen["grade"].notna()].groupby("answer"):
        marks = [
            Mark(weight, verdict) for weight, verdict in zip(rows["weight"], rows["verdict"], strict=True)
        ]
        low, high = prose_range(marks, list(rows["chance"]), spread)
        scores.append((rows["grade"].iloc[0], prose_score(marks), low, high))
    return pd.DataFrame(scores, columns=["grade", "score", "low", "high"])


def _calibration(unseen: pd.DataFrame) -> dict[str, Any]:
    """How far the chances are from what came true: Brier score, expected error, and both in bins of chance."""
    bins = np.minimum((unseen["chance"] * BINS).astype(int), BINS - 1)
    means = unseen.groupby(bins).agg(
        chance=("chance", "mean"), credit=("credit", "mean"), rows=("credit", "size")
    )
    error = np.average(np.abs(means["chance"] - means["credit"]), weights=means["rows"])
    return {
        "brier": round(float(((unseen["chance"] - unseen["credit"]) ** 2).mean()), 4),
        "error": round(float(error), 4),
        "bins": means.round(3).to_dict("records"),
    }
