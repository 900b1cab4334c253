from collections.abc import Callable
from pathlib import Path

import pytest

from interview.bank.problems import BankError
from interview.bank.reader import read_bank
from interview.bank.schema import Language
from tests.bank.conftest import ANSWERS

Edit = Callable[[str, str, str], None]


def messages(bank: Path) -> list[str]:
    with pytest.raises(BankError) as caught:
        read_bank(bank)
    return [str(problem) for problem in caught.value.problems]


def test_a_bank_is_read_with_all_its_texts_and_code(bank: Path) -> None:
    prose, code = read_bank(bank)

    assert (prose.slug, prose.topic, prose.example) == ("prose", "mlops", "print(1)\n")
    assert prose.wording[Language.KO].deeper == "```python\n## Not a heading\n```"
    assert code.task is not None
    assert sorted(code.task.mutants) == ["adds-two", "crash-on-zero", "squares"]
    assert code.wording[Language.EN].task == "Double it."


def test_concepts_of_the_glossary_stand_in_the_terms_as_words(bank: Path, edit: Edit) -> None:
    edit(
        "mlops/prose/points.yaml",
        "weight: 3",
        'weight: 3\n  subject: "@thought"\n  contradictions: [["@thought"]]',
    )

    point = read_bank(bank)[0].points[0]

    assert point.terms == ("idea | 생각", "number 1 | 1번")
    assert (point.subject, point.contradictions) == ("idea | 생각", (("idea | 생각",),))


def test_editing_the_glossary_gives_its_questions_a_new_hash(bank: Path, edit: Edit) -> None:
    before = read_bank(bank)[0].content_hash()

    edit("glossary.yaml", "idea", "idea | notion")

    assert read_bank(bank)[0].content_hash() != before


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "question.yaml",
            "s: 5",
            "s: 99",
            "/question.yaml: minutes: should be less than or equal to 60, found 99",
        ),
        ("question.yaml", "minutes: 5", "", "/question.yaml: minutes: this field is missing"),
        ("question.yaml", "5", "5\nlevel: 1", "/question.yaml: level: there is no such field"),
        (
            "question.yaml",
            "easy",
            "x",
            "/question.yaml: difficulty: should be 'easy', 'medium' or 'hard', found 'x'",
        ),
        ("question.yaml", "idea-1", "x", ": follow_up names no key point of this question: x"),
        ("question.yaml", "5", "5\nrelated: [x]", "/question.yaml: related: the bank has no question 'x'"),
        (
            "question.yaml",
            "5",
            "5\nminutes: 6",
            "/question.yaml:4: not valid YAML: the key `minutes` stands twice",
        ),
        (
            "points.yaml",
            "t: 3",
            "t: 4",
            "/points.yaml: idea-1.weight: should be less than or equal to 3, found 4",
        ),
        ("points.yaml", "@th", "@x", '/points.yaml: idea-1: unknown concept "@xought"'),
        ("points.yaml", "idea-2", "idea-1", ": key point ids must be unique, repeated: idea-1"),
        ("points.yaml", "]}", "]", "/points.yaml:5: not valid YAML: expected ',' or '}', but got '<scalar>'"),
        ("ko.md", "# A title", "A title", "/ko.md:1: the first line must be `# ` and the title"),
        (
            "ko.md",
            "# A title",
            "# A title\nx",
            "/ko.md:2: text stands between the title and the first section",
        ),
        ("ko.md", "## Prompt\n\nWhy?", "", "/ko.md: the section `## Prompt` is missing"),
        (
            "ko.md",
            "## Deeper",
            "## Depth",
            "/ko.md:11: unknown heading `## Depth`, expected one of: "
            "## Prompt, ## Task, ## Answer, ## Deeper, ## Follow-up",
        ),
        ("ko.md", "Why?", "", "/ko.md: prompt: String should have at least 1 character, found ''"),
        ("ko.md", "## Deeper", "## Answer", "/ko.md:11: `## Answer` stands twice"),
        ("en.md", "Why?", "Why?\n## Follow-up", "/en.md:8: `## Answer` must stand before `## Follow-up`"),
        ("example.py", "print(1)", "print(", "/example.py:1: not valid Python: '(' was never closed"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_was_expected(
    bank: Path, edit: Edit, name: str, old: str, new: str, message: str
) -> None:
    edit(f"mlops/prose/{name}", old, new)

    assert messages(bank)[0] == f"mlops/prose{message}"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("task.yaml", "entry: double", "entry: 2x", "/task.yaml: entry: String should match pattern"),
        ("task.yaml", "category: zero", "category: one", "/task.yaml: cases name unknown categories: one"),
        (
            "task.yaml",
            "example: true",
            "example: false",
            "/task.yaml: 2 or 3 example cases expected, found 1",
        ),
        (
            "task.yaml",
            "example: true",
            "exampel: true",
            "/task.yaml: cases.case-0.exampel: there is no such field",
        ),
        ("solution.py", "return 2 * x", "return 2 x", "/solution.py:2: not valid Python: invalid syntax"),
        (
            "en.md",
            "## Task\n\nDouble it.",
            "",
            ": a `## Task` section is expected exactly where there is a task",
        ),
    ],
)
def test_a_mistake_in_a_code_task_is_named_with_its_place(
    bank: Path, edit: Edit, name: str, old: str, new: str, message: str
) -> None:
    edit(f"python/code/{name}", old, new)

    (found,) = messages(bank)

    assert found.startswith(f"python/code{message}")


@pytest.fixture
def measured(bank: Path, edit: Edit) -> Path:
    """The question with a task has an example and a hidden case that are measured on its data."""
    for number, rows in ((1, "train: [0, 2], hidden: [2, 4]"), (3, "train: [0, 4], hidden: [4, 6]")):
        measure = f"{{data: rows, target: y, {rows}, metric: f1, bar: 0.5}}"
        old = f"call: double({number}), expect: {2 * number}"
        edit("python/code/task.yaml", old, f"call: double(X_test), compare: metric, measure: {measure}")
    (bank / "python/code/rows.csv").write_text("x,y\n" + "1,0\n" * 6)
    (bank / "python/code/rows.py").write_text("print('x,y' + 6 * '\\n1,0')\n")
    return bank


def test_a_case_is_measured_on_the_rows_of_a_data_file(measured: Path) -> None:
    task = read_bank(measured)[1].task

    assert task is not None
    assert task.data["rows"].columns_and_size() == (["x", "y"], 6)
    assert [case.id for case in task.cases if case.measure] == ["case-1", "case-3"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("data: rows", "data: other", "there is no data file other.csv"),
        ("target: y", "target: z", "rows.csv has no column 'z'"),
        ("hidden: [4, 6]", "hidden: [4, 7]", "rows.csv has 6 rows only"),
        ("hidden: [4, 6]", "hidden: [3, 6]", "cases.case-3.measure: `train` and `hidden` share rows"),
        ("hidden: [4, 6]", "hidden: [6, 6]", "cases.case-3.measure: `train` and `hidden` must have rows"),
        ("bar: 0.5", "bar: 0.505", "cases.case-1.measure: `bar` has two digits at most"),
        ("metric: f1", "metric: f2", "cases.case-1.measure.metric: should be 'accuracy'"),
        ("compare: metric, measure: {", "measure: {", "cases.case-1: `measure` is expected exactly where"),
        (
            "train: [0, 4], hidden: [4, 6]",
            "train: [4, 6], hidden: [0, 3]",
            "an example shows rows whose labels",
        ),
    ],
)
def test_a_measure_that_does_not_fit_its_data_is_a_problem(
    measured: Path, edit: Edit, old: str, new: str, message: str
) -> None:
    edit("python/code/task.yaml", old, new)

    assert messages(measured)[0].removeprefix("python/code/task.yaml: ").startswith(message)


def test_one_hidden_case_at_most_is_measured(measured: Path, edit: Edit) -> None:
    measure = "{data: rows, target: y, train: [0, 2], hidden: [2, 4], metric: f1, bar: 0.5}"
    edit("python/code/task.yaml", "expect: 8", f"compare: metric, measure: {measure}")

    assert messages(measured) == [
        "python/code/task.yaml: one hidden case at most may be measured by a metric"
    ]


def test_data_that_no_case_uses_is_a_problem(bank: Path) -> None:
    (bank / "python/code/rows.csv").write_text("x,y\n1,0\n")
    (bank / "python/code/rows.py").write_text("print()")

    assert messages(bank) == ["python/code/task.yaml: no case uses the data of: rows"]


def test_data_without_its_recipe_is_a_problem(measured: Path) -> None:
    (measured / "python/code/rows.py").unlink()

    assert messages(measured) == ["python/code/rows.py: this file is missing"]


def test_answers_that_the_scorer_is_measured_by_are_read_by_kind_and_language(bank: Path) -> None:
    (bank / "mlops/prose/answers.yaml").write_text(ANSWERS)

    (question,) = [each for each in read_bank(bank) if each.slug == "prose"]

    kinds = [(kind, language.value, text) for kind, language, text in question.answers["idea-1"].each()]
    assert kinds[:2] == [("covered", "ko", "d"), ("covered", "ko", "e")]
    assert kinds[-2:] == [("swapped", "en", "i"), ("listed", "ko", "j")]
    assert len(kinds) == 10


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("idea-1", "idea-9", ": answers.yaml names no key point of this question: idea-9"),
        ("a, b, c", "a", "/answers.yaml: idea-1: at least 6 answers that cover the point expected"),
        ("{en: [i]}", "{}", "/answers.yaml: idea-1: at least one answer expected under `swapped`"),
        ("  listed: {ko: [j]}\n", "", "/answers.yaml: idea-1.listed: this field is missing"),
    ],
)
def test_too_few_answers_to_measure_by_are_named(bank: Path, old: str, new: str, message: str) -> None:
    (bank / "mlops/prose/answers.yaml").write_text(ANSWERS.replace(old, new))

    assert [found.split(", found")[0] for found in messages(bank)] == [f"mlops/prose{message}"]


@pytest.mark.parametrize("name", ["en.md", "points.yaml", "question.yaml"])
def test_a_missing_file_is_one_problem_not_two(bank: Path, name: str) -> None:
    (bank / "python/code" / name).unlink()

    assert messages(bank) == [f"python/code/{name}: this file is missing"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "mlopps/x/ko.md",
            "mlopps: has no place in a bank, expected: python, ml-theory, mlops, glossary.yaml, README.md",
        ),
        ("mlops/notes.txt", "mlops/notes.txt: this file has no place between the questions"),
        ("mlops/prose/notes.txt", "mlops/prose/notes.txt: this file has no place in a question"),
        ("mlops/prose/solution.py", "mlops/prose/solution.py: this file has no place in a question"),
        (
            "python/code/mutants/notes.txt",
            "python/code/mutants/notes.txt: this file has no place in a question",
        ),
    ],
)
def test_a_stray_file_is_a_problem(bank: Path, name: str, message: str) -> None:
    (bank / name).parent.mkdir(parents=True, exist_ok=True)
    (bank / name).write_text("x")

    assert messages(bank) == [message]


def test_what_editors_and_python_leave_behind_is_not_a_stray(bank: Path) -> None:
    (bank / "mlops/prose/.ko.md.swp").write_text("x")
    (bank / "python/code/__pycache__").mkdir()
    (bank / "python/code/__pycache__/solution.pyc").write_text("x")

    assert len(read_bank(bank)) == 2


def test_a_slug_names_one_question_of_the_whole_bank(bank: Path) -> None:
    (bank / "mlops/prose").rename(bank / "mlops/code")

    assert messages(bank) == ["code: this slug stands in two topics, but names one question"]


def test_all_problems_of_all_files_come_at_once(bank: Path, edit: Edit) -> None:
    edit("mlops/prose/question.yaml", "minutes: 5", "minutes: 99")
    edit("mlops/prose/points.yaml", "weight: 3", "weight: 4")
    edit("python/code/solution.py", "def double", "def 2double")
    edit("glossary.yaml", "idea", "idea | @idee")

    places = [message.split(": ")[0] for message in messages(bank)]

    assert places == [
        "glossary.yaml",
        "mlops/prose/question.yaml",
        "mlops/prose/points.yaml",
        "python/code/solution.py:1",
    ]


def test_a_broken_glossary_is_one_problem_however_many_points_refer_to_it(bank: Path, edit: Edit) -> None:
    edit("glossary.yaml", "idea", "@idee")

    assert len(messages(bank)) == 1


def test_a_file_that_is_not_text_is_a_problem(bank: Path) -> None:
    (bank / "mlops/prose/ko.md").write_bytes(b"# \xff")

    assert messages(bank) == ["mlops/prose/ko.md: must be text in UTF-8: invalid start byte"]


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert messages(tmp_path / "nowhere") == [f"{tmp_path / 'nowhere'}: there is no such folder"]


def test_a_folder_without_questions_is_a_problem(tmp_path: Path) -> None:
    assert messages(tmp_path) == [f"{tmp_path}: there is no question in this folder"]
