"""Rules as functions: their input, their findings, and how they are declared."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import cached_property

from msgspec import Struct

from cvtex.diagnostics.diagnostic import Diagnostic, Fix, Needs, Note, Rule, Safety, Severity
from cvtex.lint.bib_prose import BibProse, bib_prose
from cvtex.lint.cv_prose import CvProse, cv_prose
from cvtex.lint.prose import Prose
from cvtex.lower.document import Lowered
from cvtex.pdf.page import Pdf
from cvtex.project.project import Project
from cvtex.source import Span


class LintContext(Struct, frozen=True, dict=True):
    """The input of rules: the CV as it was read, as it is printed and, once typeset, its pages."""

    project: Project
    lowered: Lowered
    pdf: Pdf | None = None

    @cached_property
    def texts(self) -> tuple[CvProse, ...]:
        """Every text of cv.yaml that is read as markup, in the order of the schema."""
        return tuple(cv_prose(self.project.cv))

    @cached_property
    def fields(self) -> tuple[BibProse, ...]:
        """Every field of the .bib files that a style may print, in the order of the entries."""
        return tuple(bib_prose(self.project.bibliography.records.values()))

    @cached_property
    def texts_and_fields(self) -> tuple[Prose, ...]:
        """Every text of cv.yaml and every field of the .bib files."""
        return (*self.texts, *self.fields)

    @cached_property
    def prose(self) -> tuple[Prose, ...]:
        """Every text of cv.yaml, and every field of the .bib files that holds words or names."""
        return tuple(prose for prose in self.texts_and_fields if prose.has_words)


class Finding(Struct, frozen=True):
    """A finding without its rule, which `Check.findings` adds."""

    message: str
    span: Span | None
    hint: str | None = None
    notes: tuple[Note, ...] = ()
    fix: Fix | None = None


RuleFindings = Iterator[Finding]
CheckFunction = Callable[[LintContext], RuleFindings]


class Check(Struct, frozen=True):
    """A rule and the function that looks for it."""

    rule: Rule
    look: CheckFunction

    def findings(self, context: LintContext) -> Iterator[Diagnostic]:
        """Yield the findings of the rule."""
        for found in self.look(context):
            yield Diagnostic(
                self.rule, found.message, found.span, found.hint, found.notes, found.fix
            )


def rule(
    code: str,
    severity: Severity = Severity.WARNING,
    *,
    fix: Safety | None = None,
    default: bool = True,
    needs: Needs = Needs.NOTHING,
) -> Callable[[CheckFunction], Check]:
    """Declare a function as a rule, with its name and its docstring as the name and page."""

    def declare(look: CheckFunction) -> Check:
        name = look.__name__.replace("_", "-")
        doc = inspect.cleandoc(look.__doc__ or "")
        return Check(Rule(code, name, severity, doc, fix, default, needs), look)

    return declare
