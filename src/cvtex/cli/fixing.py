"""Fixes findings for the command line: writes the files, or shows the changes."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import typer
from msgspec import Struct, field
from msgspec.structs import replace

from cvtex.cli.run import say_problem
from cvtex.diagnostics.diagnostic import Diagnostic, Safety
from cvtex.diagnostics.usage import UsageError
from cvtex.lint.fixes.apply import FixResult, LeftAlone
from cvtex.lint.selection import RuleSelection
from cvtex.pipeline.usecases.fix import ALL, SAFE, fix_file, real_path, write
from cvtex.pipeline.usecases.request import Request
from cvtex.project.overrides import Overrides
from cvtex.report.diff import unified_diff
from cvtex.report.output import wants_colours


class Fixing(Struct):
    """The fixes of one command: which are wanted, and the results for each CV."""

    overrides: Overrides
    asked: RuleSelection
    unsafe: bool
    dry: bool
    results: list[FixResult] = field(default_factory=list)
    problems: dict[Path | None, UsageError] = field(default_factory=dict)

    def run(self, paths: Iterable[Path]) -> None:
        """Fix every CV; unless this is a `dry` run, write the files.

        A .bib file of several CVs is read as the fixes of the CVs before left it.
        """
        known: dict[Path, bytes] = {}

        def disk(path: Path) -> bytes:
            real = real_path(path)
            return known[real] if real in known else path.read_bytes()

        for path in dict.fromkeys(paths):
            request = Request(path, overrides=self.overrides)
            try:
                result = fix_file(request, self.asked, ALL if self.unsafe else SAFE, disk)
                if not self.dry:
                    write(result)
            except UsageError as error:
                self.problems[path] = error
            else:
                known |= {changed: result.after.files[changed] for changed in result.changed}
                self.results.append(result)

    def explained(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Return findings; instead of a fix that was left alone, the hint says why."""
        why = {
            left.diagnostic.identity: left.why
            for result in self.results
            for left in result.left_alone
        }
        return [_explained(one, why.get(one.identity)) for one in found]

    def show_diff(self, output: Path | None, *, exit_zero: bool) -> int:
        """Show the changes and the problems; return the exit code."""
        changes = self._diff(coloured=output is None and wants_colours())
        if output is not None:
            output.write_bytes(changes)
        else:
            typer.echo(changes, nl=False)
        self.say()
        for problem in self.problems.values():
            say_problem(problem)
        if self.problems:
            return 2
        return 1 if changes and not exit_zero else 0

    def _diff(self, *, coloured: bool) -> bytes:
        """Return the changes of all files, each file once."""
        before: dict[Path, tuple[str, bytes]] = {}
        after: dict[Path, bytes] = {}
        for result in self.results:
            shown = {real: path for path, real in result.before.paths.items()}
            for path in result.changed:
                before.setdefault(path, (shown[path], result.before.files[path]))
                after[path] = result.after.files[path]
        parts = (unified_diff(*old, after[path], coloured=coloured) for path, old in before.items())
        return b"".join(parts)

    def say(self) -> None:
        """Report on stderr which findings were fixed, and which were left alone and why."""
        fixed = [finding for result in self.results for finding in result.fixed]
        if fixed:
            sys.stderr.write(f"{'would fix' if self.dry else 'fixed'} {_counted(fixed)}\n")
        for result in self.results:
            for left in result.left_alone:
                sys.stderr.write(f"left alone: {_described(left)}\n")
        if self.dry and not self.unsafe:
            shown = [finding for result in self.results for finding in result.after.shown]
            open_ = [d for d in shown if d.fix and d.fix.safety is Safety.UNSAFE]
            more = " more" if fixed else ""
            sys.stderr.write(f"{len(open_)}{more} with `--unsafe-fixes`\n" if open_ else "")


def _explained(finding: Diagnostic, why: str | None) -> Diagnostic:
    if why is None:
        return finding
    hint = f"{finding.hint}; " if finding.hint else ""
    return replace(finding, fix=None, hint=f"{hint}not fixed, because {why}")


def _counted(fixed: Iterable[Diagnostic]) -> str:
    """Return the number of findings by file: "2 findings in cv.yaml, 1 in refs.bib"."""
    counts = Counter(finding.span.source.path for finding in fixed if finding.span)
    first, *rest = counts.items()
    said = f"{first[1]} finding{'s' if first[1] > 1 else ''} in {first[0]}"
    return ", ".join([said, *(f"{count} in {path}" for path, count in rest)])


def _described(left: LeftAlone) -> str:
    rule, span = left.diagnostic.rule, left.diagnostic.span
    place = f"{span.source.path}:{span.first.line}: " if span else ""
    return f"{place}{rule.code} {left.diagnostic.message}: {left.why}"
