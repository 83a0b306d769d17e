"""All rules: those of `cvtex.lint.rules`, and those that reading and typesetting report."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import walk_packages

import cvtex.lint.rules
from cvtex.diagnostics import catalogue
from cvtex.diagnostics.catalogue.retired import kept_codes
from cvtex.diagnostics.diagnostic import Rule
from cvtex.lint.context import Check


@cache
def checks() -> tuple[Check, ...]:
    """Return every rule that is a function, by code.

    They are the module variables of the modules under `cvtex.lint.rules`.
    """
    names = (
        module.name for module in walk_packages(cvtex.lint.rules.__path__, "cvtex.lint.rules.")
    )
    values = (value for name in names for value in vars(import_module(name)).values())
    found = {value for value in values if isinstance(value, Check)}
    return tuple(sorted(found, key=lambda check: check.rule.code))


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule there is, by code."""
    found = {*catalogue.RULES, *(check.rule for check in checks())}
    return tuple(sorted(found, key=lambda rule: rule.code))


def find_rules(word: str) -> tuple[Rule, ...]:
    """Return the rule of a code or a name, in any case; of a former one those that replace it."""
    codes = kept_codes(word) or (word.upper(),)
    return tuple(r for r in rules() if r.code in codes or word.lower() == r.name)
