"""Honest solutions that look odd: as right as the plainest one, in both tiers."""

from textwrap import dedent

import pytest

from interview.judge.judge import judge
from tests.judge.tasks import task
from tests.sandbox.conftest import tier

__all__ = ["tier"]

pytestmark = pytest.mark.usefixtures("tier")

SOLUTIONS = {
    "a generator turned to a list": """
        def items(numbers): yield from numbers
        def total(numbers): return sum(list(items(numbers)))
    """,
    "a class of its own with an __eq__": """
        class Sum:
            def __init__(self, value): self.value = value
            def __eq__(self, other): return self.value == other.value
            def __add__(self, other): return Sum(self.value + other)
            def __hash__(self): return hash(self.value)
        def total(numbers): return sum(numbers, Sum(0)).value
    """,
    "a cache in a global": """
        CACHE = {}
        def total(numbers):
            key = tuple(numbers)
            if key not in CACHE: CACHE[key] = sum(numbers)
            return CACHE[key]
    """,
    "a cache of the library": """
        from functools import cache
        @cache
        def of(numbers): return sum(numbers)
        def total(numbers): return of(tuple(numbers))
    """,
    "recursion, deep": """
        import sys
        sys.setrecursionlimit(20_000)
        def count(n): return 0 if n == 0 else count(n - 1)
        def total(numbers): return count(5000) + sum(numbers)
    """,
    "an exit under a guard": """
        import sys
        def total(numbers): return sum(numbers)
        if __name__ == "__main__":
            print(total([1]))
            sys.exit()
    """,
    "coroutines": """
        import asyncio
        async def add(one, other):
            await asyncio.sleep(0)
            return one + other
        async def all_of(numbers):
            result = 0
            for number in numbers: result = await add(result, number)
            return result
        def total(numbers): return asyncio.run(all_of(numbers))
    """,
    "threads that end": """
        from concurrent.futures import ThreadPoolExecutor
        def total(numbers):
            with ThreadPoolExecutor(4) as pool: return sum(pool.map(int, numbers))
    """,
    "an integer of numpy": "import numpy as np\ndef total(numbers): return np.int32(sum(numbers))",
    "an integer of its own class": "class Number(int): pass\ndef total(numbers): return Number(sum(numbers))",
    "a float of its own class": "class Number(float): pass\ndef total(numbers): return Number(sum(numbers))",
    "a list of its own class": """
        class Numbers(list):
            def total(self): return sum(self)
        def total(numbers): return Numbers(numbers).total()
    """,
    "a dict of its own class": """
        class Counts(dict):
            def __missing__(self, key): return 0
        def total(numbers):
            counts = Counts()
            for number in numbers: counts[number] += 1
            return sum(number * count for number, count in counts.items())
    """,
    "a decorator": """
        from functools import wraps
        def logged(function):
            @wraps(function)
            def inner(*arguments):
                print(function.__name__, arguments)
                return function(*arguments)
            return inner
        @logged
        def total(numbers): return sum(numbers)
    """,
    "warnings": "import warnings\ndef total(numbers):\n  warnings.warn('slow')\n  return sum(numbers)",
    "warnings of numpy": "import numpy as np\ndef total(numbers):\n  np.array([1.0]) / 0\n  return sum(numbers)",
    "a dataclass": """
        from dataclasses import dataclass, field
        @dataclass
        class Sum:
            parts: list = field(default_factory=list)
            def __int__(self): return sum(self.parts)
        def total(numbers): return int(Sum(numbers))
    """,
    "names that hide Python's": """
        def list(*_): raise TypeError
        def len(*_): raise TypeError
        id = type = input = str = None
        def total(numbers): return sum(numbers)
    """,
    "names that are the judge's": """
        value = error = ticket = request = setup = expression = names = codec = None
        def total(numbers): return sum(numbers)
    """,
    "a change of its argument": "def total(numbers):\n  numbers.insert(0, 0)\n  numbers.sort()\n  return sum(numbers)",
    "fractions": "from fractions import Fraction\ndef total(numbers): return int(sum(map(Fraction, numbers)))",
    "a closed standard output": "import sys\nsys.stdout = None\ndef total(numbers): return sum(numbers)",
    "a temporary text in memory": """
        import csv, io
        def total(numbers):
            file = io.StringIO("\\n".join(map(str, numbers)))
            return sum(int(row[0]) for row in csv.reader(file))
    """,
    "a pickle of its own": "import pickle\ndef total(numbers): return sum(pickle.loads(pickle.dumps(numbers)))",
    "an exception that it catches": """
        def total(numbers):
            try: open("/data/numbers.txt")
            except OSError: return sum(numbers)
    """,
    "letters of all kinds": "def 합계(수들): return sum(수들)\ntotal = 합계",
    "a pattern": """
        def total(numbers):
            match numbers:
                case [first, *rest]: return first + total(rest)
                case []: return 0
    """,
}


@pytest.mark.parametrize("solution", SOLUTIONS.values(), ids=SOLUTIONS.keys())
def test_an_odd_but_honest_solution_passes(solution: str) -> None:
    record = judge(dedent(solution), task(), submit=True, seed=3).as_json()

    assert (record["verdict"], record["passed"], record["hidden_passed"]) == ("passed", 7, 5)
