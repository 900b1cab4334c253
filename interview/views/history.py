"""What the person has done so far."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import Request
from interview.actions.start import running_interview
from interview.middleware import arrival
from interview.reports.chart import score_chart
from interview.reports.history import finished_interviews, scores_by_interview
from interview.rules import timing

PER_PAGE = 20


@require_GET
def history(request: Request) -> HttpResponse:
    """Interviews, newest first, under a chart of their scores."""
    running_interview(request.user, now=arrival(request))
    points = scores_by_interview(request.user, timezone.get_current_timezone())
    page = Paginator(finished_interviews(request.user), PER_PAGE).get_page(request.GET.get("page"))
    scores = {point.interview_id: point for point in points}
    now = arrival(request)
    rows = [(each, scores.get(each.pk), timing.final(each.clock, now=now)) for each in page]
    context = {"rows": rows, "page": page, "points": points, "chart": score_chart(points) if points else None}
    return render(request, "interview/history.html", context)
