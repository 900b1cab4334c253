"""What a score costs, beside plain similarity to the reference answer: `make bench-scoring`.

Answers of 150 and 800 words are put together from the bank's own, to every question in both languages. Both ways judge
each in turn, in one process; then a fresh process tells what the first answer after a start has to wait for, and what
memory the scorer takes. A shared machine takes the processors away now and then: the kernel counts that ("steal").
"""

import json
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, sleep

from interview.bank.reader import read_bank
from interview.bank.schema import Language, Question

BANK = Path(__file__).parents[2] / "fixtures" / "questions"
ROUNDS = 5
# Words of an answer, and what 95 of 100 must stay below, in milliseconds.
BARS = {150: 15.0, 800: 50.0}
FIRST_BAR_MS, MEMORY_BAR_MB = 100.0, 250.0


def main() -> None:
    """Print the table; exit code 1 where a figure misses its bar."""
    questions = list(read_bank(BANK))
    missed = [_latency(questions, words, bar) for words, bar in BARS.items()]
    first = json.loads(_fresh("first"))
    missed += [
        _line(
            "first answer after a start",
            f"{max(first['first']):.0f} ms at most",
            max(first["first"]) <= FIRST_BAR_MS,
        ),
        _line("memory with scikit-learn", f"{first['memory']:.0f} MB", first["memory"] <= MEMORY_BAR_MB),
    ]
    print(f"{'warm-up beside the first requests':36}{first['warm_up']:.1f} s")
    sys.exit(any(missed))


def _line(name: str, figure: str, holds: bool) -> bool:
    print(f"{name:36}{figure}{'' if holds else '  MISSED'}")
    return not holds


def _latency(questions: list[Question], words: int, bar: float) -> bool:
    from interview.scoring.score import score

    answers = [*_answers(questions, words)]
    similarity = {question.slug: _similarity(question) for question in questions}
    own, plain = [], []
    for question in questions:
        score("", question, "en")
    for question, language, answer in answers:
        own.append(_ms(lambda: score(answer, question, language)))  # noqa: B023  (called at once)
        plain.append(_ms(lambda: similarity[question.slug](answer)))  # noqa: B023
    p95 = _p95(own)
    figures = f"p50 {statistics.median(own):.1f}  p95 {p95:.1f} ms (bar {bar:g})"
    reference = f"plain similarity p50 {statistics.median(plain):.1f}  p95 {_p95(plain):.1f} ms"
    return _line(f"{words} words", f"{figures}; {reference}", p95 <= bar)


def _answers(questions: list[Question], words: int) -> Iterator[tuple[Question, str, str]]:
    """Answers of so many words, each from another part of what the bank holds."""
    for at in range(ROUNDS):
        for question in questions:
            for language in Language:
                said = [
                    f"{text}."
                    for answers in question.answers.values()
                    for kind, of, text in answers.each()
                    if of is language and kind in ("covered", "missed", "swapped")
                ]
                text = " ".join(said * (1 + words // 100)).split()
                yield question, language.value, " ".join(text[at * 37 : at * 37 + words])


def _similarity(question: Question) -> Callable[[str], float]:
    """The simplest thing that could be done: character n-grams against the reference, as a library does it."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    references = vectorizer.fit_transform([text.answer for text in question.wording.values()])
    return lambda answer: float((vectorizer.transform([answer]) @ references.T).max())


def _ms(call: Callable[[], object]) -> float:
    began = perf_counter()
    call()
    return 1000 * (perf_counter() - began)


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _fresh(what: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "tests.proofs.bench_scoring", what],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


def first() -> None:
    """In a fresh process: read every question as a worker does after its start, then score one answer to each."""
    from interview.scoring.score import score

    questions = list(read_bank(BANK))
    began = perf_counter()
    for question in questions:
        score("", question, "en")
    warm_up = perf_counter() - began
    answers = [next(_answers([question], 150)) for question in questions]
    sleep(1)
    took = [_ms(lambda: score(answer, question, language)) for question, language, answer in answers]  # noqa: B023
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"first": took, "warm_up": warm_up, "memory": memory}))


if __name__ == "__main__":
    first() if sys.argv[1:] == ["first"] else main()
