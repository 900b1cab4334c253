"""What a person may send about themselves; allauth's forms, with a label where others repeat it inside the field."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.zones import zone_choices

NO_LIMIT = "none"
FACTORS = [
    (1.0, _("1 (as planned)")),
    (1.25, _("1.25 times as long")),
    (1.5, _("1.5 times as long")),
    (2.0, _("twice as long")),
    (NO_LIMIT, _("no limit")),
]


class Plain:
    """A form without placeholders, which says in one line what a good password is."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        if "password1" in self.fields:
            self.fields["password1"].help_text = _("At least 8 characters, and none that everybody uses.")


class SignUpForm(Plain, allauth.SignupForm):  # type: ignore[misc]
    pass


class SignInForm(Plain, allauth.LoginForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(Plain, allauth.ChangePasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(Plain, allauth.ResetPasswordForm):  # type: ignore[misc]
    pass


class NewPasswordForm(Plain, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class FactorField(forms.TypedChoiceField):
    """A number to stretch time by. None, for no limit at all, has a word of its own: nobody gets it by silence."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=lambda value: None if value == NO_LIMIT else float(value), **options)

    def prepare_value(self, value: Any) -> Any:
        return NO_LIMIT if value is None else value


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """How Rehearsal speaks to a person, and whose clock it reads."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Days and dates follow this clock."), choices=zone_choices
    )

    time_factor = FactorField(
        label=_("Time factor"),
        help_text=_(
            "Stretches every time limit, as you need it. In a running interview, it applies to the time left."
        ),
        choices=FACTORS,
    )

    class Meta:
        model = User
        fields = ["language", "time_zone", "time_factor", "hides_time", "hears_time"]
        labels = {
            "language": _("Language"),
            "hides_time": _("Hide the clock in interviews"),
            "hears_time": _("Announce the time to screen readers"),
        }
        help_texts = {
            "language": _("Of the pages. An interview has a language of its own."),
            "hides_time": _("It comes back for the last minute, and can be shown at any time."),
            "hears_time": _("At the start, halfway, and 5 minutes, 1 minute and 30 seconds before the end."),
        }
