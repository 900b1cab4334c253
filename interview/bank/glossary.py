"""The shared vocabulary of a bank: "@concept" in a term group stands for the concept's surface forms."""

from pathlib import Path

from interview.bank.formats import parse_yaml
from interview.bank.problems import BankError


class GlossaryError(ValueError):
    """A term group names a concept that doesn't exist, runs in a circle, or has an empty form."""


def read_glossary(path: Path) -> dict[str, str]:
    """The concepts of a glossary file, each known to expand."""
    try:
        concepts = parse_yaml(path, path.read_text(encoding="utf-8"))
    except BankError as error:
        problem = error.problems[0]
        raise GlossaryError(f"{path}: line {problem.line}: {problem.message}") from error
    if not isinstance(concepts, dict) or not all(
        isinstance(text, str) for pair in concepts.items() for text in pair
    ):
        raise GlossaryError(f'{path}: expected lines like "concept: form | another form"')
    for concept in concepts:
        try:
            expand(f"@{concept}", concepts)
        except GlossaryError as error:
            raise GlossaryError(f"{path}: {concept}: {error}") from error
    return concepts


def expand(group: str, glossary: dict[str, str]) -> str:
    """The same group with every "@concept" replaced by the concept's forms."""
    return " | ".join(dict.fromkeys(_forms(group, glossary, within=())))


def _forms(group: str, glossary: dict[str, str], *, within: tuple[str, ...]) -> list[str]:
    forms: list[str] = []
    for form in (part.strip() for part in group.split("|")):
        if not form.strip("*@ "):
            raise GlossaryError(f'empty form in "{group}"')
        forms += _concept(form[1:], glossary, within=within) if form.startswith("@") else [form]
    return forms


def _concept(name: str, glossary: dict[str, str], *, within: tuple[str, ...]) -> list[str]:
    if name in within:
        raise GlossaryError(f"concepts in a circle: {' → '.join((*within, name))}")
    if name not in glossary:
        raise GlossaryError(f'unknown concept "@{name}"')
    return _forms(glossary[name], glossary, within=(*within, name))
