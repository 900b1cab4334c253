"""What a person may send about themselves; allauth's forms, with a label where others repeat it inside the field."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.zones import zone_choices


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


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """How Rehearsal speaks to a person, and whose clock it reads."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Days and dates follow this clock."), choices=zone_choices
    )

    class Meta:
        model = User
        fields = ["language", "time_zone"]
        labels = {"language": _("Language")}
        help_texts = {"language": _("Of the pages. An interview has a language of its own.")}
