"""`cvtex explain`: shows the documentation of rules."""

from __future__ import annotations

from typing import Annotated

import typer

from cvtex.cli import completion
from cvtex.cli.arguments import RuleFormat


def explain(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="RULE...",
            help="Codes or names of rules, in any case.",
            autocompletion=completion.rules,
        ),
    ],
    *,
    format_: Annotated[RuleFormat, typer.Option("--format", help="How to show them.")] = (
        RuleFormat.TEXT
    ),
) -> None:
    """Explain a rule: what it finds, why, and what to write instead."""
    from cvtex.cli.arguments import known_rules
    from cvtex.report.machine import as_json
    from cvtex.report.output import write
    from cvtex.report.rule_pages import page, page_object

    rules = dict.fromkeys(rule for name in names for rule in known_rules(name))
    if format_ is RuleFormat.JSON:
        write(as_json([page_object(rule) for rule in rules]) + "\n")
    elif format_ is RuleFormat.MARKDOWN:
        write("\n".join(map(page, rules)))
    else:
        from cvtex.report.rule_terminal import print_page

        for rule in rules:
            print_page(rule)
