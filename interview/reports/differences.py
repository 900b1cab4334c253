"""What differs between expected and got, in words: one sentence for each key the judge knows."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interview.judge.keys import Key

SENTENCES: dict[Key, str | Promise] = {
    Key.TYPE: _("It is of type %(got)s instead of %(expected)s."),
    Key.NOTHING: _("The function returned nothing. Is a return missing?"),
    Key.GENERATOR: _("It gave an iterator that nobody has read, not its values."),
    Key.NOT_DATA: _("It gave an object (%(got)s) whose value can't be compared."),
    Key.SHAPE: _("The shape is %(got)s instead of %(expected)s."),
    Key.LENGTH: _("The length is %(got)s instead of %(expected)s."),
    Key.ORDER: _("These are the right items in another order."),
    Key.ITEMS: _("These are not the same items."),
    Key.MISSING_KEY: _("The key %(name)s is missing."),
    Key.EXTRA_KEY: _("There is a key too many: %(name)s."),
    Key.VALUE: _("At %(where)s it is %(got)s instead of %(expected)s."),
    Key.COLUMNS: _("These are not the same columns."),
    Key.ROWS: _("The number of rows is %(got)s instead of %(expected)s."),
    Key.CELL: _("In column %(column)s, row %(row)s (counted from 0), it is %(got)s instead of %(expected)s."),
    Key.PRINTED: _("Line %(line)s of what was printed is %(got)s instead of %(expected)s."),
    Key.RAISED: _("It raised %(type)s instead of giving a value: %(message)s"),
    Key.NOT_RAISED: _("It should have raised %(expected)s."),
    Key.OTHER_EXCEPTION: _("It raised %(type)s instead of %(expected)s: %(message)s"),
    Key.UNREADABLE: _("Its value could not be read: %(message)s"),
    Key.NO_NUMBER: _("The predictions have to be finite numbers; one of them is %(got)s."),
    Key.NO_CHANCE: _("The predictions have to be probabilities from 0 to 1; one of them is %(got)s."),
    Key.NO_LABEL: _("The predictions have to be labels out of %(expected)s; one of them is %(got)s."),
    Key.NO_CLAIM: _("The predictions and the score you expect of them are asked for, as a pair."),
    Key.METRIC: _("On rows the code didn't see, %(metric)s is %(got)s; asked for is %(expected)s."),
    Key.GAP: _(
        "The code reported %(expected)s, but on rows it didn't see, %(metric)s is %(got)s; "
        "they may be %(max_gap)s apart."
    ),
    Key.TIME: _("The time ran out during this call."),
    Key.MEMORY: _("The memory ran out during this call."),
    Key.OUTPUT: _("Too much was printed during this call."),
    Key.FORBIDDEN: _("This call tried something that isn't possible here."),
    Key.ERROR: _("The code ended during this call."),
    Key.FAULT: _("This call could not be run. That is our fault."),
}
# Said after it where the difference has such a fact.
MORE: dict[str, str | Promise] = {
    "missing": _("Missing: %(missing)s."),
    "extra": _("Too many: %(extra)s."),
    "count": _("Values that differ: %(count)s of %(total)s."),
    "greatest": _("The greatest difference is %(greatest)s."),
}
# A difference of the value as a whole has no place inside it.
WHOLE = _("It is %(got)s instead of %(expected)s.")


def in_words(diff: dict[str, Any] | None) -> str:
    """A sentence or two on the difference; empty where there is none."""
    if not diff:
        return ""
    key = Key(diff["key"])
    sentence = WHOLE if key is Key.VALUE and not diff.get("where") else SENTENCES[key]
    more = (words for fact, words in MORE.items() if diff.get(fact))
    return " ".join(str(words) % diff for words in (sentence, *more))
