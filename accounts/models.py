"""The person who prepares: an e-mail address, a language and a time zone."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.zones import is_zone


class UserManager(BaseUserManager["User"]):
    """Makes people from an e-mail address and a password."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """A person who can sign in; without a password, one who has to reset it first."""
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """A person who may do everything in the admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person with this address, however it was typed."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """One person; the address is kept in lower case, so that one address can't be two people."""

    class Language(models.TextChoices):
        KO = "ko", "한국어"
        EN = "en", "English"

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("There is already an account with this address.")},
    )
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.KO)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Asia/Seoul", validators=[is_zone])
    # Their own choice, of which nobody asks a proof; None is no limit at all.
    time_factor = models.FloatField(_("time factor"), null=True, blank=True, default=1.0)
    hides_time = models.BooleanField(_("hide the time"), default=False)
    hears_time = models.BooleanField(_("announce the time"), default=True)
    is_staff = models.BooleanField(_("may use the admin"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
            models.CheckConstraint(
                condition=models.Q(language__in=["ko", "en"]), name="user_language_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(time_factor=None) | models.Q(time_factor__gte=1),
                name="a_time_factor_gives_time",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        self.email = self.email.strip().lower()
