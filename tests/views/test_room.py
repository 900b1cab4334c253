from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from interview.actions.request_run import request_run
from interview.actions.runs import record_result
from interview.models import Attempt, Draft, Interview, RunKind, Score
from interview.tasks import score
from tests.factories import make_interview, make_user, make_version, minutes

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def interview(client: Client) -> Interview:
    user = make_user()
    client.force_login(user)
    return make_interview(user, now=timezone.now())


def first(interview: Interview) -> Attempt:
    return interview.attempts.get(position=1)


def marks(attempt: Attempt, mark: str = "covered") -> dict[str, str]:
    return {f"{point.pk}-mark": mark for point in attempt.version.points.all()}


def lock(client: Client, attempt: Attempt, answer: str = "I would look at the recall first.") -> None:
    client.post(f"/answers/{attempt.pk}/lock/", {"answer": answer}, headers=HTMX)


def test_one_click_starts_a_preset_interview(client: Client) -> None:
    client.force_login(make_user())
    for _ in range(3):
        make_version()

    response = client.post("/interviews/new/", {"preset": "warm-up"})

    interview = Interview.objects.get()
    assert response["Location"] == f"/interviews/{interview.pk}/"
    assert (interview.limit, interview.attempts.count()) == (minutes(15), 3)


def test_a_choice_that_nothing_fits_says_so_and_keeps_what_was_chosen(client: Client) -> None:
    client.force_login(make_user())
    make_version()

    response = client.post(
        "/interviews/new/",
        {
            "mode": "mock",
            "pace": "1",
            "number": 4,
            "minutes": 33,
            "language": "ko",
            "reveal_policy": "at_end",
            "topics": ["python"],
        },
    )

    assert response.status_code == 422
    assert "Only 1 question fits this choice" in response.content.decode()
    assert 'value="33"' in response.content.decode()
    assert not Interview.objects.exists()


def test_the_room_shows_the_question_the_clock_and_the_saved_draft(
    client: Client, interview: Interview
) -> None:
    client.post(
        f"/answers/{first(interview).pk}/draft/", {"revision": 0, "answer": "so far <b>"}, headers=HTMX
    )

    html = client.get(f"/interviews/{interview.pk}/").content.decode()

    assert "what would you look at first?" in html
    assert "data-remaining-ms" in html
    assert "so far &lt;b&gt;" in html


def test_a_stale_save_gets_the_newer_text_and_overwrites_nothing(
    client: Client, interview: Interview
) -> None:
    url = f"/answers/{first(interview).pk}/draft/"
    client.post(url, {"revision": 0, "answer": "from the phone"}, headers=HTMX)

    response = client.post(url, {"revision": 0, "answer": "from the laptop"}, headers=HTMX)

    assert response.status_code == 409
    assert "from the phone" in response.content.decode()
    assert Draft.objects.get().answer == "from the phone"


def test_locking_reveals_the_points_and_rings_the_worker(
    client: Client,
    interview: Interview,
    bell: list[str],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    attempt = first(interview)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"/answers/{attempt.pk}/lock/", {"answer": "an answer"}, headers=HTMX)

    assert "Which of these did you say?" in response.content.decode()
    assert bell == ["score"]


def test_after_the_own_marks_come_the_automatic_ones_with_their_evidence(
    client: Client, interview: Interview
) -> None:
    attempt = first(interview)
    lock(client, attempt)
    score(attempt.pk)

    html = client.post(f"/answers/{attempt.pk}/grade/", marks(attempt), headers=HTMX).content.decode()

    assert "<mark" in html
    assert "I would look at the recall first." in html
    assert "Next question" in html


def test_the_marks_say_in_words_why_and_how_far_off_the_score_may_be(
    client: Client, interview: Interview
) -> None:
    attempt = first(interview)
    lock(client, attempt)
    score(attempt.pk)
    marked = attempt.score.marks.order_by("pk")
    marked.filter(pk=marked[0].pk).update(verdict="missed", reason="", lacks="harmonic mean")
    marked.filter(pk=marked[1].pk).update(verdict="wrong", reason="denied")
    Score.objects.update(prose=60, prose_low=41.2, prose_high=78.8)

    html = client.post(f"/answers/{attempt.pk}/grade/", marks(attempt), headers=HTMX).content.decode()

    assert "Nothing like “harmonic mean” was found." in html
    assert "You named it, but this reads like a denial." in html
    assert "would give the prose 41 to 79 in four of five cases" in html


def test_where_no_scorer_could_be_used_the_page_says_so(client: Client, interview: Interview) -> None:
    attempt = first(interview)
    lock(client, attempt)
    score(attempt.pk)
    attempt.score.marks.all().delete()
    Score.objects.update(prose=None, prose_low=None, prose_high=None, flags=["no_scorer"])

    html = client.post(f"/answers/{attempt.pk}/grade/", marks(attempt), headers=HTMX).content.decode()

    assert (
        "The scorer can&#x27;t be used at the moment" in html
        or "The scorer can't be used at the moment" in html
    )
    assert "By your own marks" in html
    assert "in four of five cases" not in html


def test_while_the_score_is_worked_out_the_marks_ask_again_and_then_stop(
    client: Client, interview: Interview
) -> None:
    attempt = first(interview)
    lock(client, attempt)
    client.post(f"/answers/{attempt.pk}/grade/", {"skip": "on"}, headers=HTMX)

    waiting = client.get(f"/answers/{attempt.pk}/marks/", headers=HTMX)
    score(attempt.pk)
    done = client.get(f"/answers/{attempt.pk}/marks/", headers=HTMX)

    assert (waiting.status_code, done.status_code) == (200, 286)
    assert "hx-trigger" in waiting.content.decode()
    assert "hx-trigger" not in done.content.decode()


def test_while_answers_are_graded_the_result_says_so_and_asks_again(
    client: Client, interview: Interview
) -> None:
    attempt = first(interview)
    lock(client, attempt)
    client.post(f"/answers/{attempt.pk}/grade/", {"skip": "on"}, headers=HTMX)
    client.post(f"/interviews/{interview.pk}/finish/")

    page = client.get(f"/interviews/{interview.pk}/result/").content.decode()
    waiting = client.get(f"/interviews/{interview.pk}/result/lines/", headers=HTMX)
    score(attempt.pk)
    done = client.get(f"/interviews/{interview.pk}/result/lines/", headers=HTMX)

    assert "grading…" in page
    assert "hx-trigger" in waiting.content.decode()
    assert (waiting.status_code, done.status_code) == (200, 286)
    assert "grading…" not in done.content.decode()


def test_a_grading_with_a_point_left_out_is_shown_again(client: Client, interview: Interview) -> None:
    attempt = first(interview)
    lock(client, attempt)

    response = client.post(
        f"/answers/{attempt.pk}/grade/", dict(list(marks(attempt).items())[1:]), headers=HTMX
    )

    assert response.status_code == 422
    attempt.refresh_from_db()
    assert attempt.self_graded_at is None


def test_the_last_question_leads_to_the_result(client: Client, interview: Interview) -> None:
    for attempt in interview.attempts.order_by("position"):
        lock(client, attempt)
        score(attempt.pk)
        client.post(f"/answers/{attempt.pk}/grade/", marks(attempt), headers=HTMX)
        response = client.post(f"/interviews/{interview.pk}/next/", headers=HTMX)

    assert response["HX-Redirect"] == f"/interviews/{interview.pk}/result/"
    html = client.get(f"/interviews/{interview.pk}/result/").content.decode()
    assert "2 of 2 answers scored" in html


def test_an_interview_past_its_time_shows_its_result_and_no_form(
    client: Client, interview: Interview
) -> None:
    Interview.objects.update(started_at=timezone.now() - minutes(45))
    Attempt.objects.filter(position=1).update(opened_at=timezone.now() - minutes(45))

    response = client.get(f"/interviews/{interview.pk}/", follow=True)

    assert response.redirect_chain == [(f"/interviews/{interview.pk}/result/", 302)]
    interview.refresh_from_db()
    assert interview.finished_at == interview.started_at + minutes(20)
    assert "<textarea" not in response.content.decode()


def test_between_deadline_and_close_no_form_is_drawn(client: Client, interview: Interview) -> None:
    Interview.objects.update(started_at=timezone.now() - minutes(20) - timedelta(seconds=3))

    html = client.get(f"/interviews/{interview.pk}/").content.decode()

    assert "Your answer is being saved." in html
    assert "<textarea" not in html


def test_without_a_score_in_either_way_there_is_no_number(client: Client, interview: Interview) -> None:
    attempt = first(interview)
    lock(client, attempt, answer="Ответ на другом языке, которого оценщик не знает совсем.")
    score(attempt.pk)

    html = client.post(f"/answers/{attempt.pk}/grade/", {"skip": "on"}, headers=HTMX).content.decode()

    assert Score.objects.get().prose is None
    assert "Not scored automatically" in html
    assert 'class="score"' not in html


def test_the_language_changes_and_the_answer_stays(client: Client, interview: Interview) -> None:
    data = {"language": "ko", "attempt": first(interview).pk, "revision": 0, "answer": "half a sentence"}

    fragment = client.post(f"/interviews/{interview.pk}/language/", data, headers=HTMX).content.decode()
    client.post(f"/interviews/{interview.pk}/language/", data)

    assert "질문: what would you look at first?" in fragment
    assert "textarea" not in fragment
    assert "half a sentence" in client.get(f"/interviews/{interview.pk}/").content.decode()


def test_after_the_interview_an_answer_shows_its_runs_and_one_hidden_case(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    interview = make_interview(user, questions=1, code=True, now=timezone.now())
    attempt = first(interview)
    run = request_run(attempt, kind=RunKind.SUBMIT, source="x = 1", now=timezone.now())
    hidden = [{"category": "numbers", "visibility": "hidden", "status": "failed"}] * 5
    counts = {"passed": 0, "total": 5, "hidden_passed": 0, "hidden_total": 5}
    record_result(run, record={"verdict": "failed", "tests": hidden, **counts}, now=timezone.now())
    client.post(f"/answers/{attempt.pk}/lock/", {"answer": "an answer", "code": "x = 1"}, headers=HTMX)
    score(attempt.pk)

    during = client.post(f"/answers/{attempt.pk}/grade/", {"skip": "on"}, headers=HTMX).content.decode()
    client.post(f"/interviews/{interview.pk}/next/", headers=HTMX)
    after = client.get(f"/answers/{attempt.pk}/").content.decode()

    assert "twice(3)" not in during
    assert "twice(3)" in after
    assert "Some tests fail." in after
