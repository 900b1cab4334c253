"""The time zones a person can live in, by their IANA names."""

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def zones() -> frozenset[str]:
    """Every place with a clock of its own, and UTC."""
    return frozenset(name for name in available_timezones() if name.startswith(REGIONS)) | {"UTC"}


def is_zone(name: str) -> None:
    """Refuse a name that no clock goes by."""
    if name not in zones():
        raise ValidationError(_("There is no such time zone."), code="unknown_zone")


def zone_choices() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The zones by region, as a select with groups wants them."""
    for region, names in groupby(sorted(zones()), key=lambda name: name.partition("/")[0]):
        yield region, [(name, name.partition("/")[2].replace("_", " ") or name) for name in names]
