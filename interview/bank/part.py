"""What every piece of a question's data has in common."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Plain data that doesn't change, and in which an unknown field is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")
