"""Shows an author why a point is met or not: `python -m interview.scoring FOLDER LANGUAGE < answer.txt`."""

import sys
from pathlib import Path

from interview.bank.glossary import read_glossary
from interview.bank.reader import read_question
from interview.scoring.marking import mark
from interview.scoring.reading import read
from interview.scoring.rubric import rubric
from interview.scoring.score import score
from interview.scoring.text import normalise, sentences


def main(folder: Path, language: str) -> None:
    """Print what keeps a sentence from counting, and each point's verdict, terms and sentences."""
    question = read_question(folder, read_glossary(folder.parents[1] / "glossary.yaml"))
    answer = sys.stdin.read()
    result, scale = score(answer, question, language), rubric(question)
    readings = read(sentences(normalise(answer).characters), scale)
    lines = [f"{result.score} {' '.join(result.flags)}", ""]
    for number, reading in enumerate(readings):
        reasons = [name for name in ("is_list", "is_copied", "is_off_topic") if getattr(reading, name)]
        lines.append(f"{number} {reading.sentence.text} {' '.join(reasons)}")
    for point, finding in zip(question.points, mark(readings, scale), strict=True):
        lines += [
            "",
            f"{finding.verdict.value}: {point.id} (sentences {finding.sentences}, akin {finding.akin:.2f})",
        ]
        lines += [
            f"  {'+-'[not met]} {group[:90]}" for group, met in zip(point.terms, finding.met, strict=True)
        ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2])
