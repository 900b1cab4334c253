"""Shows an author why a point is met or not: `python -m interview.scoring FOLDER LANGUAGE < answer.txt`."""

import sys
from pathlib import Path

from interview.bank.glossary import read_glossary
from interview.bank.reader import read_question
from interview.scoring.score import score
from interview.scoring.terms import find
from interview.scoring.text import normalise


def main(folder: Path, language: str) -> None:
    """Print the verdict, the term groups found in the answer, and the evidence of each key point."""
    question = read_question(folder, read_glossary(folder.parents[1] / "glossary.yaml"))
    answer = sys.stdin.read()
    result = score(answer, question, language)
    plain = normalise(answer).characters
    print(f"{result.score} {' '.join(result.flags)}")
    for point, outcome in zip(question.points, result.points, strict=False):
        print(f"\n{outcome.verdict.value:8} {point.id}")
        for group in point.terms:
            found = {plain[start:end] for start, end in find(group, plain)}
            print(f"    {'+' if found else '-'} {group[:60]}: {', '.join(sorted(found))}")
        for start, end in outcome.evidence:
            print(f"    > {answer[start:end]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2])
