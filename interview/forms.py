"""What a person may send, checked. Nothing typed is lost: a form that fails is shown again with its words."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interview.models import Difficulty, Language, Mark, Mode, OwnPreset, RevealPolicy, RunKind, Topic
from interview.rules.selection import Part, Plan

LONGEST_TEXT = 20_000
CONFIDENCE = [(25, _("guess")), (50, _("half")), (75, _("rather sure")), (95, _("sure"))]
NO_LIMIT = "none"
# WCAG 2.2.1: a limit can be turned off, or stretched to ten times its length, before it begins.
PACES = [
    ("1", _("as planned")),
    ("1.5", _("1.5 times as long")),
    ("2", _("twice as long")),
    ("3", _("3 times as long")),
    ("5", _("5 times as long")),
    ("10", _("10 times as long")),
    (NO_LIMIT, _("no limit")),
]
CODE_CHOICES = [("", _("either")), ("yes", _("with code")), ("no", _("prose only"))]


@dataclass(frozen=True)
class Preset:
    """An interview that starts with one click."""

    slug: str
    title: str | Promise
    summary: str | Promise
    minutes: int
    plan: Plan


PRESETS = {
    preset.slug: preset
    for preset in (
        Preset(
            "warm-up",
            _("Warm-up"),
            _("Three questions without code. A calm way in."),
            15,
            Plan((Part(3, has_code=False),)),
        ),
        Preset(
            "phone-screen",
            _("Phone screen"),
            _("Two questions to talk about, then two with code, as on a first call."),
            45,
            Plan((Part(2, has_code=False), Part(2, has_code=True))),
        ),
        Preset(
            "coding",
            _("Code round"),
            _("Three questions that ask for working code."),
            50,
            Plan((Part(3, has_code=True),)),
        ),
    )
}


class TermsForm(forms.Form):
    """How seriously it is meant, and how much of the planned time there is: for a preset as for an own choice."""

    mode = forms.ChoiceField(
        label=_("Mode"),
        help_text=_("A mock interview runs straight through. Practice can be paused, and offers more time."),
        choices=Mode,
        initial=Mode.MOCK,
        widget=forms.RadioSelect,
    )
    pace = forms.ChoiceField(
        label=_("Time"),
        help_text=_("Multiplied by the time factor in your settings."),
        choices=PACES,
        initial="1",
    )

    def limit(self, minutes: int) -> timedelta | None:
        """The planned minutes as the person wants them; None for no limit."""
        pace = self.cleaned_data["pace"]
        return None if pace == NO_LIMIT else timedelta(minutes=minutes) * float(pace)


class StartForm(TermsForm):
    """The person's own choice of questions and time. No topic or difficulty chosen means all of them."""

    field_order = (
        "mode",
        "number",
        "minutes",
        "pace",
        "topics",
        "difficulties",
        "code",
        "language",
        "reveal_policy",
    )

    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        help_text=_("None chosen means all."),
        choices=Topic,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    difficulties = forms.MultipleChoiceField(
        label=_("Difficulty"),
        help_text=_("Not shown while the interview runs."),
        choices=Difficulty,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    code = forms.ChoiceField(label=_("Code"), choices=CODE_CHOICES, required=False, widget=forms.RadioSelect)
    number = forms.IntegerField(label=_("Questions"), min_value=1, max_value=12, initial=3)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=3, max_value=180, initial=20)
    limits_questions = forms.BooleanField(
        label=_("Each question has a limit of its own"),
        help_text=_("The minutes its author suggests, within the time of the whole interview."),
        required=False,
    )
    follows_up = forms.BooleanField(
        label=_("Follow-up questions"),
        help_text=_("Asked when your answer misses the point that matters most."),
        initial=True,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language of the questions"), choices=Language, widget=forms.RadioSelect
    )
    reveal_policy = forms.ChoiceField(
        label=_("Show the reference"),
        help_text=_(
            "After each answer is best for learning: the clock stands still while you read. "
            "At the end is best as a dress rehearsal."
        ),
        choices=RevealPolicy,
        initial=RevealPolicy.AFTER_EACH,
        widget=forms.RadioSelect,
    )

    def plan(self) -> Plan:
        data = self.cleaned_data
        part = Part(
            number=data["number"],
            topics=frozenset(data["topics"]),
            difficulties=frozenset(data["difficulties"]),
            has_code={"yes": True, "no": False}.get(data["code"]),
        )
        return Plan((part,))

    def terms(self) -> dict[str, Any]:
        """Everything about the interview but its questions, as `start` wants it."""
        data = self.cleaned_data
        is_limited = data["limits_questions"] and data["pace"] != NO_LIMIT
        kept = {name: data[name] for name in ("mode", "language", "reveal_policy", "follows_up")}
        return kept | {
            "limit": self.limit(data["minutes"]),
            "question_pace": float(data["pace"]) if is_limited else None,
        }


class PresetNameForm(forms.ModelForm):  # type: ignore[type-arg]
    """The name under which a choice is kept."""

    class Meta:
        model = OwnPreset
        fields = ["name"]
        error_messages = {"name": {"required": _("Give it a name first.")}}


class LongText(forms.CharField):
    """Text as typed, but for the line ends: a plain form sends two characters where the browser counted one."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=LONGEST_TEXT, strip=False)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class Count(forms.IntegerField):
    """How many requests a tab has sent; 0 from a page without a script."""

    def __init__(self) -> None:
        super().__init__(required=False, min_value=0, max_value=2**31 - 1)

    def to_python(self, value: Any) -> int:
        return super().to_python(value) or 0


class AnswerForm(forms.Form):
    """An answer as it stands in the room."""

    answer = LongText()
    code = LongText()
    confidence = forms.TypedChoiceField(
        required=False,
        choices=CONFIDENCE,
        coerce=int,
        empty_value=None,
    )
    gave_up = forms.BooleanField(required=False)
    # Whether the text answers the follow-up: a tab that still shows the question itself can't answer it by mistake.
    follows_up = forms.BooleanField(required=False)
    tab = forms.CharField(required=False, max_length=20)
    count = Count()
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)

    def final(self) -> dict[str, Any]:
        """What is locked."""
        return {name: value for name, value in self.cleaned_data.items() if name != "follows_up"}

    def follow_up(self) -> dict[str, Any]:
        """What is said to the author's further question."""
        return {name: self.cleaned_data[name] for name in ("answer", "tab", "count", "revision")}

    def text(self) -> dict[str, Any]:
        """What was written, and what it answers."""
        return {name: self.cleaned_data[name] for name in ("answer", "code", "follows_up", "tab", "count")}


class DraftForm(AnswerForm):
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1)

    def draft(self) -> dict[str, Any]:
        """What a draft is made of."""
        names = ("answer", "code", "confidence", "follows_up", "tab", "count", "revision")
        return {name: self.cleaned_data[name] for name in names}


class RunForm(forms.Form):
    kind = forms.ChoiceField(choices=RunKind)
    code = LongText()
    own_call = forms.CharField(required=False, max_length=500)


class MarkForm(forms.Form):
    """The person's judgement on one key point; the key point's id is the form's prefix."""

    mark = forms.ChoiceField(choices=Mark)
    said_wrong = forms.BooleanField(required=False)
