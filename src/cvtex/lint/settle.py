"""Settles what is shown of what was found: the selection and the comments of the user decide."""

from __future__ import annotations

from cvtex.diagnostics.diagnostic import Sink
from cvtex.lint.comments import find_suppressions
from cvtex.lint.selection import RuleSelection
from cvtex.lint.suppressions import Suppressions
from cvtex.project.project import Project
from cvtex.schema.cv import Lint

NOTHING_ASKED = RuleSelection()
"""What the command line selects when it says nothing."""


def selection_of(lint: Lint, asked: RuleSelection) -> RuleSelection:
    """The selection of a CV under that of the command line, whose `select` replaces the CV's.

    What the CV ignores and the command line names is not ignored.
    """
    select = asked.select or tuple(map(str, lint.select))
    extend = (*map(str, lint.extend_select), *asked.extend)
    named = {selector.upper() for selector in (*asked.select, *asked.extend)}
    ignore = (str(one) for one in lint.ignore if str(one).upper() not in named)
    return RuleSelection(select, extend, (*ignore, *asked.ignore))


def settle(found: Sink, project: Project, asked: RuleSelection = NOTHING_ASKED) -> Sink:
    """What is shown of what reading, lowering and typesetting found."""
    selection = selection_of(project.cv.lint, asked)
    shown, suppressions = Sink(), Suppressions(find_suppressions(project))
    shown.take(suppressions.hide(d for d in found.found if selection.shows(d.rule)))
    return shown
