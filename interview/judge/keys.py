"""What a difference can say. A record carries a key and its values; the page has the words for them."""

from enum import StrEnum


class Key(StrEnum):
    TYPE = "type"  # expected, got: names of types
    NOTHING = "nothing"  # expected: the function returned None
    GENERATOR = "generator"  # got: an iterator that nobody has read
    NOT_DATA = "not_data"  # got: an object whose value can't be compared
    SHAPE = "shape"  # expected, got: like "(3, 1)"
    LENGTH = "length"  # where, expected, got: numbers
    ORDER = "order"  # the right items in another order
    ITEMS = "items"  # missing, extra: items of a collection whose order is free
    MISSING_KEY = "missing_key"  # where, name
    EXTRA_KEY = "extra_key"  # where, name
    VALUE = "value"  # where (like "[2]['a']", "" for the whole), expected, got; of several: count, total, greatest
    COLUMNS = "columns"  # missing, extra: names of columns, where there are any
    ROWS = "rows"  # expected, got: numbers
    CELL = "cell"  # column, row (from 0), and what VALUE has
    PRINTED = "printed"  # line (from 1), expected, got
    RAISED = "raised"  # type, message, line, traceback: an exception where a value was expected
    NOT_RAISED = "not_raised"  # expected: name of an exception
    OTHER_EXCEPTION = "other_exception"  # expected, type, message, line, traceback
    UNREADABLE = "unreadable"  # message: too deep, too long or not in the agreed form
    # Of predictions for rows that the code didn't see.
    NO_NUMBER = "no_number"  # got: NaN, infinity or no number at all
    NO_CHANCE = "no_chance"  # got: no probability, for it isn't between 0 and 1
    NO_LABEL = "no_label"  # got; expected: the labels there are
    NO_CLAIM = "no_claim"  # instead of predictions and a score that is claimed for them
    METRIC = "metric"  # metric, expected (like "≥ 0.8"), got
    GAP = "gap"  # metric, expected: the score that was claimed, got, max_gap
    # How the run ended during this very call.
    TIME = "time"
    MEMORY = "memory"
    OUTPUT = "output"
    FORBIDDEN = "forbidden"
    ERROR = "error"
    FAULT = "fault"
