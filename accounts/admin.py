from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import BaseUserCreationForm
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class NewUserForm(BaseUserCreationForm[User]):
    class Meta:
        model = User
        fields = ["email"]


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    """People, found by their address."""

    add_form = NewUserForm
    add_fieldsets = [(None, {"fields": ["email", "password1", "password2"]})]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("How we speak"), {"fields": ["language", "time_zone"]}),
        (_("What they may do"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
    ]
    list_display = ["email", "language", "joined_at", "is_staff"]
    list_filter = ["language", "is_staff", "is_active"]
    search_fields = ["email"]
    ordering = ["email"]
