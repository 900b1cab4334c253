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
        _look_for_thread_pools()
    try_out()


def try_out() -> None:
    """Use what jobs use, once: what is loaded or set up late is then ready.

    A child does it again, for a fork's first write to a page copies it: the pages that nearly every run writes to are
    copied before there is a run to wait for them.
    """
    if "sklearn" not in sys.modules:
        return
    import numpy as np
    import pandas as pd
    from sklearn.linear_model import LogisticRegression

    frame = pd.DataFrame(np.random.default_rng(0).normal(size=(20, 2)), columns=["a", "b"])
    label = (frame["a"] > 0).astype(int)
    LogisticRegression().fit(frame, label).score(frame, label)


def aliases() -> dict[str, object]:
    """`np` and `pd` for the calls of a job, as far as they are loaded."""
    return {short: sys.modules[name] for short, name in ALIASES.items() if name in sys.modules}


def versions() -> dict[str, str]:
    """What the code runs on, for the record."""
    return {"python": platform.python_version()} | {
        name: version(distribution) for name, distribution in DISTRIBUTIONS.items()
    }


def _look_for_thread_pools() -> None:
    # scikit-learn reads /proc/self/maps for this, once, and can't any more when the jail has closed.
    from sklearn.utils.parallel import _get_threadpool_controller

    _get_threadpool_controller()
