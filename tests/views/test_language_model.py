"""Where a language model judges, the pages say so: before an interview, and beside each score."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.test import Client

from interview.models import Attempt
from interview.scoring.endpoint import Endpoint
from interview.tasks import score
from tests.factories import make_interview, make_user
from tests.language_models import KEY, judgement, says, serving

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
ANSWER = "I would look at the recall of the rare class first."
POINTS = ("rare-class", "point-0", "point-1", "point-2")
# The built-in scorer finds what this model finds in part.
GOOD = judgement(("rare-class", "partly", ANSWER), *((id, "missed", None) for id in POINTS[1:]))
FAILED = {
    "en": "The language model gave no verdict that could be checked; the built-in scorer judged this answer.",
    "ko": "언어 모델에게서 확인할 수 있는 판정을 받지 못해, 기본 채점기가 이 답변을 채점했어요.",
}
Review = Callable[[str, object], str]


@pytest.fixture
def review(client: Client, settings: LazySettings) -> Review:
    """The page of an answer that a model was asked about which says this; the settings have changed since."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": uuid4().hex}}

    def page(language: str, said: object) -> str:
        user = make_user(language)
        client.force_login(user)
        attempt: Attempt = make_interview(user, questions=1, limit=None).attempts.get()
        client.post(f"/answers/{attempt.pk}/lock/", {"answer": ANSWER}, headers=HTMX)
        with serving(says(said)) as server:
            endpoint = server.endpoint()
            settings.LANGUAGE_MODEL = Endpoint(endpoint.url.replace("127.0.0.1", "localhost"), "a/b@c", 20)
            score(attempt.pk)
        settings.LANGUAGE_MODEL = None
        before = client.get(f"/interviews/{attempt.interview_id}/").content.decode()
        assert not any(word in before for word in ("a/b@c", "localhost:", FAILED[language]))
        client.post(f"/answers/{attempt.pk}/grade/", {"skip": "on"}, headers=HTMX)
        client.post(f"/interviews/{attempt.interview_id}/finish/")
        return client.get(f"/answers/{attempt.pk}/").content.decode()

    return page


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Judged by a/b@c at localhost:"),
        ("ko", "의 언어 모델 a/b@c 채점 · 참고용 점수예요"),
    ],
)
def test_the_review_says_which_model_judged_where_and_shows_its_marks(
    language: str, line: str, review: Review
) -> None:
    html = review(language, GOOD)

    assert line in html
    assert (
        f'<mark class="partly" data-points="{Attempt.objects.get().version.points.get(weight=3).pk}">' in html
    )
    assert f"{ANSWER}</mark>" in html
    assert FAILED[language] not in html


@pytest.mark.parametrize(("language", "line"), [("en", "Scorer rules-"), ("ko", "채점기 rules-")])
def test_the_review_says_that_the_built_in_scorer_stood_in(language: str, line: str, review: Review) -> None:
    html = review(language, "All of it is covered.")

    assert line in html
    assert FAILED[language] in html
    assert '<mark class="covered"' in html
    assert not any(word in html for word in ("a/b@c", "localhost:"))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            "Written answers are sent to models.example once they are locked: the language model a/b@c judges",
        ),
        ("ko", "글로 쓴 답은 확정한 뒤 models.example에 보내서, 그곳의 언어 모델 a/b@c의 채점을"),
    ],
)
@pytest.mark.parametrize("page", ["/home/", "/interviews/new/"])
def test_before_an_interview_people_learn_where_their_answers_go(
    page: str, language: str, words: str, client: Client, settings: LazySettings
) -> None:
    client.force_login(make_user(language))
    without = client.get(page).content.decode()
    settings.LANGUAGE_MODEL = Endpoint("https://models.example/v1", "a/b@c", 20, KEY)

    html = client.get(page).content.decode()

    assert "models.example" not in without
    assert words in html
    assert KEY not in html
