"""`cvtex rules`: lists the rules, one a line."""

from __future__ import annotations

from typing import Annotated

import typer

from cvtex.cli.arguments import RuleFormat, Select, selectors


def rules(
    *,
    select: Select = [],  # noqa: B006  # typer reads it, nobody changes it
    format_: Annotated[RuleFormat, typer.Option("--format", help="How to show them.")] = (
        RuleFormat.TEXT
    ),
) -> None:
    """List the rules: code, severity, name, and what each finds.

    `[*]` marks what `--fix` corrects, `[!]` what `--unsafe-fixes` does too;
    `cvtex explain CODE` says more of one.
    """
    from cvtex.lint import registry
    from cvtex.lint.selection import fits
    from cvtex.report.machine import as_json
    from cvtex.report.output import write
    from cvtex.report.rule_pages import index, rule_object

    named = selectors(select)
    shown = [r for r in registry.rules() if not named or any(fits(s, r) for s in named)]
    if format_ is RuleFormat.JSON:
        write(as_json([rule_object(rule) for rule in shown]) + "\n")
    elif format_ is RuleFormat.MARKDOWN:
        write(index(shown))
    else:
        from cvtex.report.rule_terminal import print_rules

        print_rules(shown)
