"""What a person may send, checked. Nothing typed is lost: a form that fails is shown again with its words."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interview.models import Difficulty, Language, Mark, RevealPolicy, RunKind, Topic
from interview.rules.selection import Plan

LONGEST_TEXT = 20_000
CONFIDENCE = [(25, _("guess")), (50, _("half")), (75, _("rather sure")), (95, _("sure"))]
CODE_CHOICES = [("", _("either")), ("yes", _("with code")), ("no", _("prose only"))]


@dataclass(frozen=True)
class Preset:
    """An interview that starts with one click."""

    slug: str
    title: str | Promise
    summary: str | Promise
    number: int
    minutes: int
    code: str = ""

    def data(self, language: str) -> dict[str, Any]:
        """What the person would have filled in."""
        return {
            "number": self.number,
            "minutes": self.minutes,
            "code": self.code,
            "language": language,
            "reveal_policy": RevealPolicy.AFTER_EACH,
        }


PRESETS = {
    preset.slug: preset
    for preset in (
        Preset("warm-up", _("Warm-up"), _("Three questions without code. A calm way in."), 3, 15, "no"),
        Preset("phone-screen", _("Phone screen"), _("Four mixed questions, as on a first call."), 4, 45),
        Preset("coding", _("Code round"), _("Three questions that ask for working code."), 3, 50, "yes"),
    )
}


class StartForm(forms.Form):
    """The person's own choice of questions and time. No topic or difficulty chosen means all of them."""

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
    minutes = forms.IntegerField(label=_("Minutes"), min_value=3, max_value=180, initial=20, required=False)
    untimed = forms.BooleanField(label=_("No time limit"), required=False)
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

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("untimed") and data.get("minutes") is None and "minutes" not in self.errors:
            self.add_error("minutes", _("Say how many minutes, or choose no time limit."))
        return data

    def plan(self) -> Plan:
        data = self.cleaned_data
        return Plan(
            number=data["number"],
            topics=frozenset(data["topics"]),
            difficulties=frozenset(data["difficulties"]),
            has_code={"yes": True, "no": False}.get(data["code"]),
        )

    def limit(self) -> timedelta | None:
        data = self.cleaned_data
        return None if data["untimed"] else timedelta(minutes=data["minutes"])


class LongText(forms.CharField):
    """Text as typed, but for the line ends: a plain form sends two characters where the browser counted one."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=LONGEST_TEXT, strip=False)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


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
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)


class DraftForm(AnswerForm):
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1)

    def draft(self, *, overwrite: bool = False) -> dict[str, Any]:
        """What a draft is made of; to `overwrite` whatever stands, it is based on no revision."""
        data = self.cleaned_data
        kept = {name: data[name] for name in ("answer", "code", "confidence")}
        return kept | {"revision": None if overwrite else data["revision"]}


class RunForm(forms.Form):
    kind = forms.ChoiceField(choices=RunKind)
    code = LongText()
    own_call = forms.CharField(required=False, max_length=500)


class MarkForm(forms.Form):
    """The person's judgement on one key point; the key point's id is the form's prefix."""

    mark = forms.ChoiceField(choices=Mark)
    said_wrong = forms.BooleanField(required=False)
