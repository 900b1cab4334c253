import pytest

from interview.judge.verdicts import Status, Verdict, verdict
from interview.sandbox.jobs import Ending

PASSED, FAILED, ERROR = Status.PASSED, Status.FAILED, Status.ERROR


@pytest.mark.parametrize(
    ("endings", "statuses", "expected"),
    [
        ({Ending.FINISHED}, [PASSED, PASSED], Verdict.PASSED),
        ({Ending.FINISHED}, [PASSED, FAILED], Verdict.FAILED),
        ({Ending.FINISHED}, [PASSED, Status.NOT_RUN], Verdict.FAILED),
        ({Ending.FINISHED, Ending.ERROR}, [FAILED, ERROR], Verdict.ERROR),
        ({Ending.ERROR, Ending.OUTPUT}, [ERROR], Verdict.OUTPUT_LIMIT),
        ({Ending.OUTPUT, Ending.TIME}, [ERROR], Verdict.TIME_LIMIT),
        ({Ending.TIME, Ending.MEMORY}, [ERROR], Verdict.MEMORY_LIMIT),
        ({Ending.MEMORY, Ending.FORBIDDEN}, [ERROR], Verdict.FORBIDDEN),
        ({Ending.FORBIDDEN, Ending.FAULT}, [ERROR], Verdict.NOT_GRADED),
        ({Ending.FINISHED}, [], Verdict.COMPLETED),
        ({Ending.ERROR}, [], Verdict.ERROR),
    ],
)
def test_the_verdict_is_what_explains_the_run_best(
    endings: set[Ending], statuses: list[Status], expected: Verdict
) -> None:
    assert verdict(endings, statuses) is expected
