"""The heavy packages: which of them a job needs, and how they are made ready before the jail closes."""

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


def packages_named(texts: Iterable[str]) -> list[str]:
    """The heavy packages that these pieces of code name; one too many costs nothing but a slower start."""
    words = {word for text in texts for word in re.findall(r"[A-Za-z_]\w*", text)}
    named = words & MODULES.keys() | {ALIASES[word] for word in words & ALIASES.keys()}
    return sorted(named)


def warm(packages: Iterable[str]) -> None:
    """Import what a job needs, so that importing is never counted against a person."""
    for package in packages:
        for module in MODULES[package]:
            importlib.import_module(module)
    if "sklearn" in sys.modules:
        _look_for_thread_pools()


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
