import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.models import User
from accounts.zones import zone_choices, zones

pytestmark = pytest.mark.django_db


def test_one_address_is_one_person_however_it_is_written() -> None:
    User.objects.create_user("Mina@Example.com", "rehearse-2026")

    assert User.objects.get_by_natural_key("MINA@example.COM").email == "mina@example.com"
    with pytest.raises(IntegrityError):
        User.objects.create_user("mina@example.com")


@pytest.mark.parametrize("wrong", [{"email": "Mina@example.com"}, {"language": "fr"}])
def test_the_database_refuses_what_can_never_be(wrong: dict[str, str]) -> None:
    person = User.objects.create_user("mina@example.com")

    with pytest.raises(IntegrityError):
        User.objects.filter(pk=person.pk).update(**wrong)


def test_a_new_person_lives_in_seoul_and_may_not_use_the_admin() -> None:
    person = User.objects.create_user("mina@example.com")

    assert (person.time_zone, person.is_staff, person.has_usable_password()) == ("Asia/Seoul", False, False)


def test_a_clock_that_nobody_has_is_refused() -> None:
    person = User.objects.create_user("mina@example.com", "rehearse-2026", time_zone="Mars/Olympus")

    with pytest.raises(ValidationError, match="no such time zone"):
        person.full_clean()


def test_every_zone_can_be_chosen_once() -> None:
    offered = [name for _, group in zone_choices() for name, _ in group]

    assert sorted(offered) == sorted(zones())
    assert {"Asia/Seoul", "Europe/Berlin", "UTC"} <= set(offered)
