"""All rules: those that only `cvtex lint` asks, and those that reading and typesetting report."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Rule
from cvtex.lint.context import Check

ROOMS = (
    "structure.accounts",
    "structure.contact",
    "structure.future",
    "structure.order",
    "structure.repeats",
    "structure.stations",
    "structure.unused",
    "structure.urls",
    "structure.variants",
    "text.bullets",
    "text.characters",
    "text.counts",
    "text.doubled",
    "text.html",
    "text.latex",
    "text.links",
    "text.lookalikes",
    "text.markup",
    "text.names",
    "text.placeholders",
    "text.punctuation",
    "text.spacing",
    "text.words",
    "page.breaks",
    "page.copied",
    "page.links",
    "bibliography.dates",
    "bibliography.entries",
    "bibliography.identifiers",
    "bibliography.lists_of_names",
    "bibliography.markup",
    "bibliography.names",
    "bibliography.names_of_fields",
    "bibliography.owner",
    "bibliography.pages",
    "bibliography.texts",
    "bibliography.titles",
    "bibliography.values",
    "bibliography.venues",
    "bibliography.works",
)
"""The modules under `cvtex.lint.rules`; each holds its rules as module variables."""


@cache
def checks() -> tuple[Check, ...]:
    """Every rule that is a function, by code."""
    modules = [import_module(f"cvtex.lint.rules.{room}") for room in ROOMS]
    found = [value for m in modules for value in vars(m).values() if isinstance(value, Check)]
    return tuple(sorted(found, key=lambda check: check.rule.code))


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule there is, by code."""
    return tuple(
        sorted((*catalogue.RULES, *(c.rule for c in checks())), key=lambda rule: rule.code)
    )


def find_rule(word: str) -> Rule | None:
    """The rule of a code, in any case, or of a name."""
    return next((r for r in rules() if word.upper() == r.code or word.lower() == r.name), None)
