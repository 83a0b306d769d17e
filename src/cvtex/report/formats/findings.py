"""The findings that a format gets, and functions that several formats share."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePath

from msgspec import Struct

from cvtex.diagnostics.diagnostic import Diagnostic, Rule


class Findings(Struct, frozen=True):
    """Findings, and the `paths` of all files that were checked; `rules` are all rules of cvtex."""

    found: tuple[Diagnostic, ...]
    paths: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()


def portable(path: str) -> str:
    """Return a path with forward slashes, relative to the working directory if it lies below."""
    absolute, here = os.path.abspath(path), Path.cwd()  # noqa: PTH100  # keep symbolic links
    inside = PurePath(absolute).is_relative_to(here)
    return (PurePath(absolute).relative_to(here) if inside else PurePath(path)).as_posix()


def with_hint(diagnostic: Diagnostic) -> str:
    """Return the message, and the hint on a line of its own."""
    hint = f"\nhint: {diagnostic.hint}" if diagnostic.hint is not None else ""
    return diagnostic.message + hint


def sentence(diagnostic: Diagnostic) -> str:
    """Return message and hint on one line."""
    hint = f" ({diagnostic.hint})" if diagnostic.hint is not None else ""
    return " ".join(f"{diagnostic.message}{hint}".splitlines())


def fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Return a unique name for each finding, which does not change when lines are moved.

    SHA-256 in hexadecimal of rule, file, message and the text of the line; of several findings
    that agree in these, also of their number.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    made = []
    for diagnostic in diagnostics:
        span = diagnostic.span
        line = span.source.line(span.first.line).strip() if span is not None else ""
        path = portable(diagnostic.file or "")
        key = (diagnostic.rule.code, path, diagnostic.message, line)
        data = "\0".join((*key, str(seen[key])))
        made.append(hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest())
        seen[key] += 1
    return made
