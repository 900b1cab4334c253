"""Findings in the person's words: why it matters, and how it looks before and after."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Advice:
    """Why a rule is there, and two pieces of code: one that breaks it, one that doesn't."""

    reason: Words
    bad: str
    good: str


@dataclass(frozen=True)
class Hint:
    """One finding, as the page shows it: with the person's own line."""

    rule: str
    line: int
    also: tuple[int, ...]
    own: str
    message: str
    reason: str
    bad: str
    good: str


def hints(record: dict[str, Any], source: str) -> tuple[Hint, ...]:
    """The findings of a record with their advice; a rule that has been dropped since is left out."""
    lines = re.split(r"\r\n|\r|\n", source)
    found = [each for each in record.get("findings", ()) if each["rule"] in ADVICE]
    return tuple(_hint(each, lines[each["line"] - 1], ADVICE[each["rule"]]) for each in found)


def _hint(found: dict[str, Any], own: str, advice: Advice) -> Hint:
    return Hint(
        rule=found["rule"],
        line=found["line"],
        also=tuple(found["also"]),
        own=own.strip(),
        message=found["message"],
        reason=str(advice.reason),
        bad=advice.bad,
        good=advice.good,
    )


ADVICE: dict[str, Advice] = {
    "F821": Advice(
        _("This name is defined nowhere: the line fails as soon as it runs."),
        bad="def mean(numbers):\n    return total / len(numbers)",
        good="def mean(numbers):\n    return sum(numbers) / len(numbers)",
    ),
    "B023": Advice(
        _("A function made in a loop looks its variable up when it is called, and finds the last value."),
        bad="scalers = []\nfor k in (1, 2, 3):\n    scalers.append(lambda x: k * x)",
        good="scalers = []\nfor k in (1, 2, 3):\n    scalers.append(lambda x, k=k: k * x)",
    ),
    "B006": Advice(
        _("A default value is made once: what one call puts into it, the next call finds in it."),
        bad="def add(row, rows=[]):\n    rows.append(row)\n    return rows",
        good="def add(row, rows=None):\n    if rows is None:\n        rows = []\n    rows.append(row)\n    return rows",
    ),
    "B008": Advice(
        _("A call in a default runs once, when the function is defined; all calls share its result."),
        bad="import time\n\ndef log(text, at=time.time()):\n    print(at, text)",
        good="import time\n\ndef log(text, at=None):\n    print(time.time() if at is None else at, text)",
    ),
    "F632": Advice(
        _("`is` asks for the same object, not for an equal one; with numbers and text that is luck."),
        bad='def is_spam(label):\n    return label is "spam"',
        good='def is_spam(label):\n    return label == "spam"',
    ),
    "B015": Advice(
        _("This comparison does nothing. Was `=` or `assert` meant?"),
        bad="def check(rows, labels):\n    len(rows) == len(labels)",
        good="def check(rows, labels):\n    assert len(rows) == len(labels)",
    ),
    "B018": Advice(
        _("This line does nothing with what it names. Is a `return` missing, or the brackets of a call?"),
        bad="def train(model, rows):\n    model.fit\n    return model",
        good="def train(model, rows):\n    model.fit(rows)\n    return model",
    ),
    "B020": Advice(
        _("The loop overwrites what it walks over: after it the collection is gone."),
        bad="def show(rows):\n    for rows in rows:\n        print(rows)",
        good="def show(rows):\n    for row in rows:\n        print(row)",
    ),
    "F811": Advice(
        _("The same name is defined again further down, so this first definition is never used."),
        bad="def score(y):\n    return sum(y)\n\ndef score(y):\n    return max(y)",
        good="def total(y):\n    return sum(y)\n\ndef best(y):\n    return max(y)",
    ),
    "E722": Advice(
        _("A bare `except` also swallows typing mistakes and Ctrl-C. Name what you expect to go wrong."),
        bad="def number(text):\n    try:\n        return float(text)\n    except:\n        return None",
        good="def number(text):\n    try:\n        return float(text)\n    except ValueError:\n        return None",
    ),
    "A001": Advice(
        _("This name belongs to Python. From here on the built-in function can't be reached any more."),
        bad="def total(rows):\n    sum = 0\n    for row in rows:\n        sum += row\n    return sum",
        good="def total(rows):\n    result = 0\n    for row in rows:\n        result += row\n    return result",
    ),
    "NPY002": Advice(
        _("The old functions share one hidden state. A generator of your own makes a result repeatable."),
        bad="import numpy as np\n\nnp.random.seed(0)\nnoise = np.random.normal(size=3)",
        good="import numpy as np\n\nrng = np.random.default_rng(0)\nnoise = rng.normal(size=3)",
    ),
    "PD002": Advice(
        _("`inplace=True` changes the caller's data, can't be chained, and rarely saves memory."),
        bad="import pandas as pd\n\ndef clean(df: pd.DataFrame):\n    df.dropna(inplace=True)\n    return df",
        good="import pandas as pd\n\ndef clean(df: pd.DataFrame):\n    return df.dropna()",
    ),
    "PD011": Advice(
        _("`.values` gives now an array, now something else. `.to_numpy()` always gives an array."),
        bad="import pandas as pd\n\ndef matrix(df: pd.DataFrame):\n    return df.values",
        good="import pandas as pd\n\ndef matrix(df: pd.DataFrame):\n    return df.to_numpy()",
    ),
    "PLW0603": Advice(
        _("A function that changes a global gives another result on each call. Take it in and return it."),
        bad="count = 0\n\ndef step():\n    global count\n    count += 1",
        good="def step(count):\n    return count + 1",
    ),
    "F403": Advice(
        _("`import *` brings in names that nobody can see, and may replace your own."),
        bad="from math import *",
        good="import math\n\nprint(math.pi)",
    ),
    "E721": Advice(
        _("A type compared with `==` misses its subclasses. `isinstance` asks what you mean."),
        bad="def is_whole(value):\n    return type(value) == int",
        good="def is_whole(value):\n    return isinstance(value, int)",
    ),
    "E711": Advice(
        _("`None` is asked for with `is`: an array or a column answers `==` for each element."),
        bad="def size(rows):\n    return 0 if rows == None else len(rows)",
        good="def size(rows):\n    return 0 if rows is None else len(rows)",
    ),
    "E712": Advice(
        _("A truth value needs no comparison, and a boolean column is already the mask."),
        bad="def chosen(rows, keep):\n    return rows if keep == True else []",
        good="def chosen(rows, keep):\n    return rows if keep else []",
    ),
    "F841": Advice(
        _("This variable gets a value that nobody reads. Was another name meant?"),
        bad="def spread(numbers):\n    mean = sum(numbers) / len(numbers)\n    return max(numbers) - min(numbers)",
        good="def spread(numbers):\n    return max(numbers) - min(numbers)",
    ),
    "B007": Advice(
        _("The loop doesn't use this variable. Call it `_`, and a reader won't look for it."),
        bad="def first(pairs):\n    for left, right in pairs:\n        print(left)",
        good="def first(pairs):\n    for left, _ in pairs:\n        print(left)",
    ),
    "SIM113": Advice(
        _("`enumerate` counts for you, and can't forget to."),
        bad="def show(rows):\n    i = 0\n    for row in rows:\n        print(i, row)\n        i += 1",
        good="def show(rows):\n    for i, row in enumerate(rows):\n        print(i, row)",
    ),
    "F541": Advice(
        _("This f-string has no placeholder. Are the braces missing?"),
        bad='def report(score):\n    print(f"score", score)',
        good='def report(score):\n    print(f"score {score}")',
    ),
    "E731": Advice(
        _("A function with a name is better a `def`: tracebacks show its name, and it has room to grow."),
        bad="square = lambda x: x * x",
        good="def square(x):\n    return x * x",
    ),
    "F401": Advice(
        _("This import isn't used. A reader looks in vain for the place that needs it."),
        bad="import math\n\nprint(3.14)",
        good="import math\n\nprint(math.pi)",
    ),
}
