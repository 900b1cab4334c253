"""What an ordinary run tells, and what it leaves behind: nothing."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import dedent

import numpy as np
import pandas as pd
import pytest

from interview.sandbox.host import Tier
from interview.sandbox.jobs import Answer, Call, Ending, Job, Limits, Outcome
from interview.sandbox.run import run
from tests.processes import descendants, eventually, is_alive

pytestmark = pytest.mark.usefixtures("sandbox")


def _run(source: str, *expressions: str, setup: str = "") -> Outcome:
    calls = tuple(Call(id=text, expression=text, setup=setup) for text in expressions)
    return run(Job(dedent(source), calls, Limits(wall_seconds=3, cpu_seconds=2)))


def _only(outcome: Outcome) -> Answer:
    (answer,) = outcome.answers.values()
    return answer


def test_values_prints_and_errors_belong_to_their_call() -> None:
    outcome = _run("def f(x):\n  print('got', x)\n  return 1 / x\nprint('loaded')", "f(2)", "f(0)", "f(4)")

    assert outcome.ending is Ending.FINISHED
    assert outcome.prints == "loaded\n"
    assert [answer.value for answer in outcome.answers.values()] == [0.5, None, 0.25]
    assert [answer.prints for answer in outcome.answers.values()] == ["got 2\n", "got 0\n", "got 4\n"]
    assert outcome.answers["f(0)"].error is not None
    assert outcome.answers["f(0)"].error.type == "ZeroDivisionError"


def test_a_traceback_has_the_lines_of_the_editor_and_no_other_file() -> None:
    outcome = _run("import json\n\ndef f(text):\n    return json.loads(text)\n", "f('{')")

    error = _only(outcome).error
    assert error is not None
    assert error.line == 4
    assert 'File "your_code.py", line 4, in f' in error.traceback
    assert "return json.loads(text)" in error.traceback
    assert error.traceback.count("File ") == 1


def test_a_syntax_error_names_its_line() -> None:
    outcome = _run("x = 1\ndef f(:\n    pass")

    assert outcome.ending is Ending.ERROR
    assert outcome.error is not None
    assert (outcome.error.type, outcome.error.line) == ("SyntaxError", 2)


def test_each_call_has_a_namespace_of_its_own() -> None:
    outcome = _run("def f(): return 1", "list(names := [1]) + [y]", "'names' in dir()", setup="y = 5")

    assert [answer.value for answer in outcome.answers.values()] == [[1, 5], False]


def test_calls_mean_pythons_own_names_and_have_numpy_and_pandas() -> None:
    source = "all = lambda _: True\nimport builtins\nbuiltins.any = lambda _: True"
    outcome = _run(source, "all([0])", "any([0])", "int(np.ones(3).sum()) + len(pd.Series([1]))")

    assert [answer.value for answer in outcome.answers.values()] == [False, False, 4]


def test_imports_use_up_neither_time_nor_memory_of_the_run() -> None:
    tight = Limits(cpu_seconds=1, memory_mb=64)

    outcome = run(Job("import pandas, sklearn\nfrom sklearn.linear_model import Ridge", limits=tight))

    assert outcome.ending is Ending.FINISHED


def test_a_model_is_fitted_with_any_number_of_jobs() -> None:
    outcome = _run("""
        import numpy as np
        from sklearn.cluster import KMeans
        from sklearn.ensemble import RandomForestClassifier
        from sklearn.model_selection import cross_val_score
        X = np.arange(80.0).reshape(40, 2)
        y = X[:, 0] > 39
        print(cross_val_score(RandomForestClassifier(5, n_jobs=2), X, y, n_jobs=-1).shape)
        print(KMeans(2, n_init=1).fit(X).cluster_centers_.shape)
    """)

    assert (outcome.error, outcome.prints) == (None, "(5,)\n(2, 2)\n")


def test_threads_and_coroutines_work() -> None:
    outcome = _run("""
        import asyncio
        from concurrent.futures import ThreadPoolExecutor
        async def double(x):
            await asyncio.sleep(0)
            return 2 * x
        with ThreadPoolExecutor(4) as pool:
            print(list(pool.map(lambda x: x + 1, range(3))), asyncio.run(double(2)))
    """)

    assert outcome.prints == "[1, 2, 3] 4\n"


def test_bytes_that_are_no_text_are_spelt_out() -> None:
    assert _run("import os; os.write(1, b'\\xff ok')").prints == "\\xff ok"


def test_what_was_printed_before_a_run_was_cut_off_is_kept() -> None:
    outcome = run(Job("print('so far')\nwhile True: pass", limits=Limits(wall_seconds=0.5)))

    assert (outcome.ending, outcome.prints) == (Ending.TIME, "so far\n")


def test_the_call_that_was_cut_off_says_why_and_later_ones_have_no_answer() -> None:
    calls = [Call("a", "1"), Call("b", "exec('while True: pass')"), Call("c", "3")]

    outcome = run(Job("", tuple(calls), Limits(wall_seconds=0.5)))

    assert list(outcome.answers) == ["a", "b"]
    assert outcome.answers["b"].error is not None
    assert outcome.answers["b"].error.ending is Ending.TIME


def test_a_guarded_main_runs_and_a_clean_exit_is_a_good_end() -> None:
    outcome = _run("if __name__ == '__main__':\n  print('main')\n  raise SystemExit(0)", "1 + 1")

    assert (outcome.ending, outcome.prints, _only(outcome).value) == (Ending.FINISHED, "main\n", 2)


@pytest.mark.parametrize("source", ["import os; os._exit(0)", "import ctypes; ctypes.string_at(0)"])
def test_a_program_that_ends_or_crashes_its_interpreter_is_an_error(source: str) -> None:
    assert _run(source).ending is Ending.ERROR


def test_nothing_of_one_run_is_left_for_the_next() -> None:
    _run("import builtins, sys; builtins.left = sys.left = 1")

    outcome = _run("import builtins, sys", "hasattr(builtins, 'left') or hasattr(sys, 'left')")

    assert _only(outcome).value is False


def test_a_run_sees_no_environment_no_arguments_and_no_open_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    with (tmp_path / "secret").open() as secret:
        os.set_inheritable(secret.fileno(), True)
        outcome = _run(
            "import os, sys\ndef open_files():\n  found = []\n  for n in range(64):\n    try: os.fstat(n)\n"
            "    except OSError: continue\n    found.append(n)\n  return found",
            "sorted(os.environ)",
            "sys.argv",
            "len(open_files())",
        )

    environment, arguments, files = (answer.value for answer in outcome.answers.values())
    ours = {"JOBLIB_MULTIPROCESSING", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"}
    assert set(environment) - {"LC_CTYPE"} == ours  # which Python itself sets
    assert (arguments, files) == (["your_code.py"], 5)


def test_many_runs_at_once_leave_no_file_process_or_thread_behind() -> None:
    # On a machine that is out of processes a zygote can be started anew meanwhile; a leak would show in each try.
    assert any(_leave_nothing_behind() for _try in range(3))


def _leave_nothing_behind() -> bool:
    before = _held()
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(
            pool.map(lambda n: _run(f"print({n})" if n % 2 else "import os; os._exit(1)"), range(12))
        )

    assert [outcome.prints for outcome in outcomes[1::2]] == [f"{n}\n" for n in range(1, 12, 2)]
    return eventually(lambda: _held() == before)


def _held() -> tuple[int, int, int]:
    """How many files, threads and children this process has."""
    return len(os.listdir("/proc/self/fd")), len(os.listdir("/proc/self/task")), len(_children())


SLOW = (
    "from interview.sandbox.host import Tier, Zygotes; from interview.sandbox.session import in_jail\n"
    "from interview.sandbox.jobs import *; import threading\n"
    "zygotes = Zygotes(Tier('{tier}')); limits = Limits(wall_seconds=60, cpu_seconds=60)\n"
    # The thread that starts the zygote ends before the run does.
    "starter = threading.Thread(target=zygotes.address, args=('thin',)); starter.start(); starter.join()\n"
    "in_jail(Job('while True: pass', limits=limits), zygotes)"
)


def test_runs_and_zygotes_die_with_the_process_that_started_them(tier: Tier) -> None:
    started = subprocess.Popen([sys.executable, "-c", SLOW.format(tier=tier)])
    assert eventually(lambda: _is_computing(descendants(started.pid)))
    family = descendants(started.pid)

    started.kill()
    started.wait()

    assert len(family) >= 3  # the zygote, its run and a spare
    assert eventually(lambda: not any(map(is_alive, family)))


def _children(pid: int | None = None) -> list[int]:
    tasks = Path(f"/proc/{pid or os.getpid()}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def _is_computing(pids: set[int]) -> bool:
    """Whether one that has locked itself in has used a tenth of a second by now."""
    try:
        jailed = [pid for pid in pids if "Seccomp:\t2" in Path(f"/proc/{pid}/status").read_text()]
        return any(int(Path(f"/proc/{pid}/stat").read_text().split()[13]) > 10 for pid in jailed)
    except OSError:
        return False  # One has gone meanwhile.


def test_a_call_sees_the_values_it_is_given_as_variables() -> None:
    table = pd.DataFrame({"age": [30, 41], "city": ["Seoul", None]}, index=[7, 9])
    names = {"rows": np.eye(2), "table": table, "plain": {"a": (1, None)}}

    outcome = run(Job("", (Call("a", "(twice, table, plain)", "twice = rows * 2", names),)))

    twice, arrived, plain = _only(outcome).value
    assert twice.tolist() == [[2, 0], [0, 2]]
    assert arrived.equals(table)
    assert plain == {"a": (1, None)}


def test_what_a_call_does_to_its_values_no_other_call_sees() -> None:
    names = {"rows": np.zeros(3)}
    spoil = "def spoil(rows):\n  rows += 1\n  return rows"

    outcome = run(Job(spoil, (Call("a", "spoil(rows)", "", names), Call("b", "spoil(rows)", "", names))))

    assert [answer.value.tolist() for answer in outcome.answers.values()] == [[1, 1, 1], [1, 1, 1]]
    assert names["rows"].tolist() == [0, 0, 0]


def test_memory_that_the_system_refuses_is_memory_all_the_same() -> None:
    outcome = _run("import mmap\nmmap.mmap(-1, 1 << 32)")

    assert outcome.ending is Ending.MEMORY


def test_a_few_megabytes_of_values_fit_into_a_call() -> None:
    names = {"rows": np.random.default_rng(0).normal(size=(20_000, 20))}

    assert _only(run(Job("", (Call("a", "float(rows.sum())", "", names),)))).value == names["rows"].sum()
