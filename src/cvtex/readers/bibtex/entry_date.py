"""The date of an entry, from `date` or from `year` and `month`."""

from __future__ import annotations

from collections.abc import Mapping

from cvtex.dates.bibtex import bib_date, biblatex_date
from cvtex.dates.partial_date import Date, DateError
from cvtex.diagnostics.catalogue import INVALID_BIB_DATE
from cvtex.diagnostics.diagnostic import Sink
from cvtex.readers.bibtex.latex import plain_latex
from cvtex.source import Text

When = tuple[Date | None, dict[str, Text]]
"""The date, and the values that were not understood and are printed as they are."""


def when(values: Mapping[str, Text], sink: Sink) -> When:
    """Return the date of an entry; a valid `date` goes before `year` and `month`."""
    date, year = values.get("date"), values.get("year")
    found: Date | None = None
    if date is not None and date.value.strip():
        try:
            found = biblatex_date(date.value)
        except DateError as error:
            _report(error, date, sink)
    if found is None and year is not None and year.value.strip():
        return _year_and_month(year, values.get("month"), sink)
    left = {"year": date} if found is None and date is not None else {}
    return found, left


def _year_and_month(year: Text, month: Text | None, sink: Sink) -> When:
    try:
        found = bib_date(_plain(year), _plain(month) if month else "")
        return found, ({"year": year} if found is None else {})
    except DateError as error:
        if error.field != "month" or month is None:
            _report(error, year, sink)
            return None, {"year": year}
        _report(error, month, sink)
    return bib_date(_plain(year)), {"month": month}


def _plain(text: Text) -> str:
    return plain_latex(text, None)


def _report(error: DateError, text: Text, sink: Sink) -> None:
    sink.add(INVALID_BIB_DATE, error.message, text.span, hint=error.hint)
