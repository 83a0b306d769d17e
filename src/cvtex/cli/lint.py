"""`cvtex lint`: check CVs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cvtex.cli import completion
from cvtex.cli.arguments import Lang, NoCache, Select, Set, VariantOption, assignments, selectors
from cvtex.report.formats.registry import FindingsFormat

SOURCES = (".bib", ".yaml", ".yml")
"""The suffixes of a CV's own files, which findings must not replace."""

if TYPE_CHECKING:
    from cvtex.diagnostics.diagnostic import Diagnostic
    from cvtex.diagnostics.usage import UsageError
    from cvtex.lint.selection import RuleSelection
    from cvtex.project.overrides import Overrides
    from cvtex.support.cache import Cache


def lint(  # noqa: PLR0913  # one parameter an option
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="The CVs to check, or .bib files alone."),
    ] = [Path("cv.yaml")],  # noqa: B006  # typer reads it, nobody changes it
    *,
    select: Select = [],  # noqa: B006
    extend_select: Annotated[
        list[str],
        typer.Option(
            "--extend-select",
            metavar="RULES",
            help="Take these rules as well.",
            autocompletion=completion.rules,
        ),
    ] = [],  # noqa: B006
    ignore: Annotated[
        list[str],
        typer.Option(
            "--ignore",
            metavar="RULES",
            help="Leave these rules out.",
            autocompletion=completion.rules,
        ),
    ] = [],  # noqa: B006
    page: Annotated[
        bool, typer.Option("--page", help="Typeset the CVs too, to look at their pages.")
    ] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Write what is safe to correct.")] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="Correct also what may change the meaning.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what `--fix` would write, and write nothing.")
    ] = False,
    variant: VariantOption = None,
    lang: Lang = None,
    set_: Set = [],  # noqa: B006
    format_: Annotated[
        FindingsFormat, typer.Option("--format", help="How to show findings.")
    ] = FindingsFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write findings here.")
    ] = None,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Show only how many findings each rule has.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 for warnings too.")] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit 0 whatever is found.")
    ] = False,
    no_cache: NoCache = False,
) -> None:
    """Check CVs and their .bib files; says nothing when all is well.

    RULES are codes, beginnings of codes, or names, with commas between; `cvtex rules` lists them.
    """
    from cvtex.cli.showing import Report
    from cvtex.diagnostics.usage import UsageError
    from cvtex.lint.selection import RuleSelection
    from cvtex.project.overrides import Overrides
    from cvtex.support.cache import NOTHING_KEPT, user_cache

    _check_output(output, paths)
    report = Report(format_, output, statistics=statistics, unsafe=unsafe_fixes)
    try:
        report.check()
        asked = RuleSelection(selectors(select), selectors(extend_select), selectors(ignore))
        overrides = Overrides(variant, lang, assignments(set_))
    except UsageError as error:
        report.show([], {None: error})
        raise typer.Exit(2) from None
    fixing = None
    if fix or diff:
        from cvtex.cli.fixing import Fixing

        fixing = Fixing(overrides, asked, unsafe=unsafe_fixes, dry=diff)
        fixing.run(paths)
        if diff:
            raise typer.Exit(fixing.show_diff(output, exit_zero=exit_zero))
        fixing.say()
    else:
        report.say_nothing_is_written()
    cache = NOTHING_KEPT if no_cache else user_cache()
    found, problems = _lint_all(paths, overrides, asked, cache, page=page)
    if fixing is not None:
        found, problems = fixing.explained(found), {**problems, **fixing.problems}
    report.show(found, problems, paths)
    if problems:
        raise typer.Exit(2)
    raise typer.Exit(0 if exit_zero else _exit_code(found, strict=strict))


def _check_output(output: Path | None, paths: Iterable[Path]) -> None:
    """Raise `UsageError` if the findings would replace a file of a CV."""
    from cvtex.diagnostics.usage import UsageError

    if output is None:
        return
    if output.suffix.lower() in SOURCES or output.resolve() in (path.resolve() for path in paths):
        hint = "name another; `--fix` corrects a file where it stands"
        raise UsageError(f"`{output}` is not a file for findings", hint)


def _lint_all(
    paths: Iterable[Path], overrides: Overrides, asked: RuleSelection, cache: Cache, *, page: bool
) -> tuple[list[Diagnostic], dict[Path | None, UsageError]]:
    """Return the findings in all files, each once, and why some files could not be checked."""
    from cvtex.diagnostics.usage import UsageError
    from cvtex.pipeline.usecases.lint_cache import lint_again
    from cvtex.pipeline.usecases.request import Request

    found: dict[object, Diagnostic] = {}
    problems: dict[Path | None, UsageError] = {}
    for path in dict.fromkeys(paths):
        try:
            request = Request(path, overrides=overrides)
            for diagnostic in lint_again(request, asked, cache, page=page):
                found.setdefault(diagnostic.identity, diagnostic)
        except UsageError as error:
            problems[path] = error
    return list(found.values()), problems


def _exit_code(found: Iterable[Diagnostic], *, strict: bool) -> int:
    severities = {diagnostic.severity.value for diagnostic in found}
    return 1 if severities & ({"error", "warning"} if strict else {"error"}) else 0
