from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.zones import zone_choices


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """How Rehearsal speaks to a person, and whose clock it reads."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Days, reviews and dates follow this clock."),
        choices=zone_choices,
    )

    class Meta:
        model = User
        fields = ["language", "time_zone"]
        labels = {"language": _("Language")}
        help_texts = {"language": _("Of the pages. In an interview you choose the language of each answer.")}
