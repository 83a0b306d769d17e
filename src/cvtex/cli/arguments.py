"""Arguments and options that several commands share."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cvtex.cli import completion
from cvtex.tex.engines.registry import ENGINE_NAMES, REMOVED_ENGINES
from cvtex.writers.registry import WRITERS

if TYPE_CHECKING:
    from cvtex.diagnostics.diagnostic import Rule
    from cvtex.diagnostics.usage import UsageError
    from cvtex.project.overrides import Overrides


class ReportFormat(StrEnum):
    """The formats of findings in most commands."""

    TEXT = "text"
    JSON = "json"


class RuleFormat(StrEnum):
    """The formats of rules."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def engine_names() -> list[str]:
    """Return the engines that a build can be told to use."""
    return ["auto", *ENGINE_NAMES]


def _engine_name(value: str) -> str:
    if value in REMOVED_ENGINES:
        advice = REMOVED_ENGINES[value]
        raise typer.BadParameter(f"{value!r} is not an engine of cvtex any more; {advice}")
    if value not in engine_names():
        names = ", ".join(map(repr, engine_names()))
        raise typer.BadParameter(f"{value!r} is not one of {names}.")
    return value


CVPath = Annotated[Path, typer.Argument(metavar="CV", help="The CV to read.", readable=False)]
OutputOption = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="PATH", help="Write here: a file or a directory."),
]
DEFAULT_WRITER = WRITERS[0].name
To = Annotated[
    str,
    typer.Option(
        metavar="FORM",
        autocompletion=completion.writers,
        help="What to write: " + ", ".join(f"{one.name} ({one.doc})" for one in WRITERS) + ".",
    ),
]
ThemeName = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Use this theme; `cvtex themes` lists them.",
        autocompletion=completion.themes,
    ),
]
EngineOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help=f"Typeset with {', '.join(engine_names())}.",
        parser=_engine_name,
        autocompletion=completion.engines,
    ),
]
VariantOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Take a variant that the CV defines.",
        autocompletion=completion.variants,
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        metavar="TAG",
        help="Take this language, such as `de`.",
        autocompletion=completion.languages,
    ),
]
Set = Annotated[
    list[str],
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Set a key of the CV, such as `theme.font_size=11pt`.",
        autocompletion=completion.settings,
    ),
]
Select = Annotated[
    list[str],
    typer.Option(
        "--select",
        metavar="RULES",
        help="Take these rules only, such as `CV2,CV104`.",
        autocompletion=completion.rules,
    ),
]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Use nothing kept from earlier runs; keep nothing.")
]
FormatOption = Annotated[ReportFormat, typer.Option("--format", help="How to show findings.")]


def assignments(values: list[str]) -> tuple[tuple[str, str], ...]:
    """Split the `--set` options into keys and values; raises `UsageError` for one without `=`."""
    pairs = []
    for value in values:
        key, equals, text = value.partition("=")
        if not equals or not all(key.split(".")):
            from cvtex.diagnostics.usage import UsageError

            raise UsageError(f"`--set {value}` sets nothing", "write `--set key=value`")
        pairs.append((key, text))
    return tuple(pairs)


def overrides(
    variant: str | None,
    lang: str | None,
    values: list[str],
    theme: str | None,
    engine: str | None,
) -> Overrides:
    """Return the overrides that the options of a build ask for; raises `UsageError`."""
    from cvtex.project.overrides import Overrides

    named = (("theme.name", theme), ("engine", engine))
    given = tuple((key, value) for key, value in named if value is not None)
    return Overrides(variant, lang, assignments(values) + given)


def place(output: str | None) -> Path | None:
    """Return the path of `-o`; raises `UsageError` for a directory that does not exist."""
    from cvtex.diagnostics.usage import UsageError

    if output is not None and output.endswith(("/", os.sep)) and not Path(output).is_dir():
        raise UsageError(f"there is no directory `{output}`", f"create it: `mkdir -p {output}`")
    return None if output is None else Path(output)


def selectors(values: list[str]) -> tuple[str, ...]:
    """Return the selectors in options, which may hold several with commas between.

    For a rule that cvtex no longer has, a line is printed on standard error. Raises `UsageError`
    for a selector that fits no rule.
    """
    if not values:
        return ()
    from cvtex.lint.registry import rules
    from cvtex.lint.selection import is_retired, retired_message, unknown

    named = tuple(part.strip() for value in values for part in value.split(","))
    for selector in named:
        if is_retired(selector):
            sys.stderr.write(f"{retired_message(selector)}\n")
        elif unknown(selector, rules()):
            raise _no_rule(selector)
    return named


def known_rules(name: str) -> tuple[Rule, ...]:
    """Return the rule of a code or a name, or those that a former one is part of.

    For a former one, a line is printed on standard error. Raises `UsageError` for an unknown name.
    """
    from cvtex.diagnostics.catalogue.retired import kept_codes
    from cvtex.lint.registry import find_rules

    rules = find_rules(name)
    if not rules:
        raise _no_rule(name)
    if kept_codes(name):
        current = " and ".join(f"{rule.code} ({rule.name})" for rule in rules)
        sys.stderr.write(f"`{name}` is now part of {current}\n")
    return rules


def _no_rule(name: str) -> UsageError:
    from cvtex.diagnostics.usage import UsageError
    from cvtex.lint.registry import rules
    from cvtex.lint.selection import is_retired, nearest, retired_message

    if is_retired(name):
        return UsageError(retired_message(name), "`cvtex rules` lists those there are")
    return UsageError(f"there is no rule `{name}`", nearest(name, rules()))
