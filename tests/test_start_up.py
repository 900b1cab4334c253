import subprocess
import sys

HEAVY = ("sklearn", "scipy", "pandas", "numpy", "pyseccomp", "pygments.lexers.python")


def test_the_web_process_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys, interview.wsgi; from django.urls import get_resolver; get_resolver().url_patterns;"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )

    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert output.strip() == "[]"
