"""The heavy packages: whether a job needs them, and how they are made ready before any jail closes."""

import importlib
import platform
import re
import sys
from collections.abc import Iterable
from importlib.metadata import version

# A fixed table: whatever a source asks for, only these are ever imported before the jail closes.
MODULES = {
    "numpy": ("numpy", "numpy.random"),
    "pandas": ("pandas",),
    "scipy": ("scipy.sparse", "scipy.special", "scipy.stats"),
    "sklearn": tuple(
        f"sklearn.{name}"
        for name in (
            "datasets",
            "ensemble",
            "impute",
            "linear_model",
            "metrics",
            "model_selection",
            "pipeline",
            "preprocessing",
            "tree",
            "utils",
        )
    ),
}
ALIASES = {"np": "numpy", "pd": "pandas"}
DISTRIBUTIONS = {"numpy": "numpy", "pandas": "pandas", "sklearn": "scikit-learn"}

# A thread that an import starts would stay outside the locks of the thread that closes the jail, and a pool of
# processes can't be had inside: with these, any number of jobs works as one.
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "JOBLIB_MULTIPROCESSING": "0"}


# What is loaded in the two kinds of zygote.
PACKAGES: dict[str, list[str]] = {"thin": [], "heavy": list(MODULES)}


def kind(texts: Iterable[str]) -> str:
    """The kind of zygote for these pieces of code: heavy where they name one of the heavy packages."""
    words = {word for text in texts for word in re.findall(r"[A-Za-z_]\w*", text)}
    return "heavy" if words & (MODULES.keys() | ALIASES.keys()) else "thin"


def warm(packages: Iterable[str]) -> None:
    """Import what jobs may need, so that importing is never counted against a person."""
    for package in packages:
        for module in MODULES[package]:
            importlib.import_module(module)
    if "sklearn" in sys.modules:
        _try_out()


def aliases() -> dict[str, object]:
    """`np` and `pd` for the calls of a job, as far as they are loaded."""
    return {short: sys.modules[name] for short, name in ALIASES.items() if name in sys.modules}


def versions() -> dict[str, str]:
    """What the code runs on, for the record."""
    return {"python": platform.python_version()} | {
        name: version(distribution) for name, distribution in DISTRIBUTIONS.items()
    }


def _try_out() -> None:
    # scikit-learn reads /proc/self/maps for its thread pools, once, and can't any more when the jail has closed. What a
    # first fit loads and prepares is ready for all children, too.
    import numpy as np
    import pandas as pd
    from sklearn.linear_model import LogisticRegression
    from sklearn.utils.parallel import _get_threadpool_controller

    _get_threadpool_controller()
    frame = pd.DataFrame({"number": np.arange(4.0), "label": [0, 0, 1, 1]})
    LogisticRegression().fit(frame[["number"]], frame["label"]).predict(frame[["number"]])
