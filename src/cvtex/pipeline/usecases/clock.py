"""The day of a build."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def today() -> date:
    """The date of the build; SOURCE_DATE_EPOCH sets it, for builds that can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch and epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now(UTC).astimezone().date()


def epoch_of(day: date) -> int:
    """The first second of a day, in seconds since 1970; what is earlier is 0."""
    midnight = datetime.combine(day, datetime.min.time(), UTC)
    return max(int(midnight.timestamp()), 0)
