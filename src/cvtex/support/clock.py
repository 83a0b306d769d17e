"""The day of a run."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def today() -> date:
    """Return the date of today, or that of SOURCE_DATE_EPOCH, for reproducible builds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch and epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now(UTC).astimezone().date()


def epoch_of(day: date) -> int:
    """Return the first second of a day, in seconds since 1970; 0 for earlier days."""
    midnight = datetime.combine(day, datetime.min.time(), UTC)
    return max(int(midnight.timestamp()), 0)
