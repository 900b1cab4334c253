import pytest
from django.forms.models import model_to_dict
from django.test import Client
from django.utils import timezone

from interview.models import (
    Attempt,
    ClockEvent,
    Contest,
    Draft,
    Interview,
    LateDraft,
    OwnPreset,
    PointMark,
    Run,
    RunKind,
    Score,
    SelfMark,
)
from tests.factories import make_interview, make_user

pytestmark = pytest.mark.django_db

PAGES = ["/home/", "/interviews/new/", "/history/", "/settings/"]
ACTIONS = [
    ("/interviews/{interview}/", "get"),
    ("/interviews/{interview}/result/", "get"),
    ("/interviews/{interview}/next/", "post"),
    ("/interviews/{interview}/finish/", "post"),
    ("/interviews/{interview}/language/", "post"),
    ("/interviews/{interview}/skip-grading/", "post"),
    ("/interviews/{interview}/result/lines/", "get"),
    ("/interviews/{interview}/pulse/", "get"),
    ("/interviews/{interview}/pause/", "post"),
    ("/interviews/{interview}/go-on/", "post"),
    ("/interviews/{interview}/more-time/", "post"),
    ("/presets/{preset}/delete/", "post"),
    ("/answers/{attempt}/", "get"),
    ("/answers/{attempt}/marks/", "get"),
    ("/answers/{attempt}/marks/{point}/", "post"),
    ("/answers/{attempt}/draft/", "post"),
    ("/answers/{attempt}/lock/", "post"),
    ("/answers/{attempt}/follow-up/", "post"),
    ("/answers/{attempt}/late/{late}/", "post"),
    ("/answers/{attempt}/grade/", "post"),
    ("/answers/{attempt}/retry/", "post"),
    ("/answers/{attempt}/runs/", "post"),
    ("/runs/{run}/", "get"),
]
DATA = {"revision": 0, "answer": "mine now", "code": "x", "kind": "run", "language": "ko", "skip": "on"}


@pytest.fixture
def theirs() -> dict[str, int]:
    interview = make_interview(code=True, mode="practice", now=timezone.now())
    attempt = interview.attempts.get(position=1)
    late = LateDraft.objects.create(attempt=attempt, answer="late", came_at=timezone.now())
    preset = OwnPreset.objects.create(user=interview.user, name="mine", choice={})
    point = attempt.version.points.earliest("pk")
    score = Score.objects.create(attempt=attempt, scored_at=timezone.now())
    PointMark.objects.create(score=score, point=point, verdict="missed")
    run = Run.objects.create(attempt=attempt, kind=RunKind.RUN, source="x", queued_at=timezone.now())
    return {
        "interview": interview.pk,
        "attempt": attempt.pk,
        "run": run.pk,
        "late": late.pk,
        "preset": preset.pk,
        "point": point.pk,
    }


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
@pytest.mark.parametrize(("address", "method"), ACTIONS)
def test_other_peoples_things_are_not_there_and_nothing_is_written(
    client: Client, theirs: dict[str, int], address: str, method: str, headers: dict[str, str]
) -> None:
    client.force_login(make_user())
    before = _everything()

    response = getattr(client, method)(address.format(**theirs), DATA, headers=headers)

    assert response.status_code == 404
    assert _everything() == before


def _everything() -> list[dict[str, object]]:
    kinds = (Interview, Attempt, Run, Draft, LateDraft, SelfMark, ClockEvent, OwnPreset, Contest)
    return [model_to_dict(each) for kind in kinds for each in kind._default_manager.all()]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_leads_a_stranger_to_the_sign_in_and_back(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"] == f"/account/login/?next={address}"


def test_a_fragment_tells_a_stranger_401(client: Client, theirs: dict[str, int]) -> None:
    response = client.post(f"/answers/{theirs['attempt']}/draft/", DATA, headers={"HX-Request": "true"})

    assert response.status_code == 401


@pytest.mark.parametrize(("address", "method"), [each for each in ACTIONS if each[1] == "post"])
def test_every_action_leads_back_to_a_page_without_htmx_and_never_by_get(
    client: Client, theirs: dict[str, int], address: str, method: str
) -> None:
    client.force_login(Interview.objects.get().user)

    reply = client.post(address.format(**theirs), DATA | {"attempt": theirs["attempt"]})

    assert reply.status_code == 302
    assert client.get(reply["Location"], follow=True).status_code == 200
    assert client.get(address.format(**theirs)).status_code == 405


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_the_health_checks_answer_everybody(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200
