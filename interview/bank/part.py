"""What every piece of a question's data has in common."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Plain data that doesn't change, and in which an unknown field is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# JSON has no keys but text. A dict with others is stored as its pairs, under this one.
_PAIRS = "(pairs)"


def to_json(value: Any) -> Any:
    """Plain data as JSON can hold it, so that `from_json` gives the very same back."""
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if not isinstance(value, dict):
        return value
    pairs = [[to_json(key), to_json(item)] for key, item in value.items()]
    return dict(pairs) if all(isinstance(key, str) for key in value) else {_PAIRS: pairs}


def from_json(value: Any) -> Any:
    """Plain data as it was before `to_json`; what never was there stays as it is."""
    if isinstance(value, list):
        return [from_json(item) for item in value]
    if not isinstance(value, dict):
        return value
    pairs = value[_PAIRS] if value.keys() == {_PAIRS} else value.items()
    return {from_json(key): from_json(item) for key, item in pairs}
