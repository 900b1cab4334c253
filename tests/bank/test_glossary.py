from pathlib import Path

import pytest

from interview.bank.glossary import GlossaryError, expand, read_glossary


def test_a_concept_stands_for_its_forms_and_those_of_the_concepts_in_it() -> None:
    glossary = {"drift": "drift* | @shift", "shift": "distribution shift | 분포 변화 | drift*"}

    assert expand("@drift | psi", glossary) == "drift* | distribution shift | 분포 변화 | psi"
    assert expand("psi | 드리프트", {}) == "psi | 드리프트"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("drift: a | @shift", r'glossary.yaml: drift: unknown concept "@shift"'),
        ("a: '@b'\nb: '@a'", r"glossary.yaml: a: concepts in a circle: a → b → a"),
        ("drift: a | | b", r'glossary.yaml: drift: empty form in "a | | b"'),
        ("drift: '*'", r"glossary.yaml: drift: empty form"),
        ("drift: [a, b]", r"glossary.yaml: expected lines like"),
        ("drift: a: b", r"glossary.yaml: line 1: not valid YAML"),
        (
            "drift: a\nshift: b\ndrift: c",
            r"glossary.yaml: line 3: not valid YAML: the key `drift` stands twice",
        ),
    ],
)
def test_a_glossary_that_is_wrong_names_its_file_and_the_concept(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(GlossaryError, match=f"(?s){message}"):
        read_glossary(path)
