"""Applies fixes until there are no more, and leaves alone those that do harm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from cvtex.diagnostics.diagnostic import Diagnostic, Rule, Safety
from cvtex.diagnostics.usage import UsageError
from cvtex.lint.fixes.affected import changes_settings
from cvtex.lint.fixes.candidates import FixCandidate, candidates, compatible
from cvtex.lint.fixes.edited_ranges import EditedRanges, moved, moves_of
from cvtex.lint.fixes.file_state import FileState, Reread
from cvtex.lint.fixes.harm import harm
from cvtex.lint.fixes.patching import NotWritableError, Patch, patched

MOST_ROUNDS = 50
"""How often files are read again; each round makes fixes that were in conflict with others."""

UNDONE = "another fix would undo it"
ENDLESS = "it would be made again and again"

Refused = Mapping[tuple[Patch, ...], str]
"""Why fixes are left alone, by their patches, which move along with the text."""


class LeftAlone(Struct, frozen=True):
    """A finding whose fix would do harm, and the harm."""

    diagnostic: Diagnostic
    why: str


class FixResult(Struct, frozen=True):
    """The files before and after, the findings that were fixed, and those left alone."""

    before: FileState
    after: FileState
    fixed: tuple[Diagnostic, ...]
    left_alone: tuple[LeftAlone, ...]

    @property
    def changed(self) -> tuple[Path, ...]:
        """The files whose bytes have changed."""
        return tuple(p for p, data in self.after.files.items() if self.before.files[p] != data)


class _Step(Struct, frozen=True):
    """The state after some rounds."""

    state: FileState
    fixed: tuple[Diagnostic, ...] = ()
    refused: Refused = field(default_factory=dict)


class _FixRequest(Struct, frozen=True):
    """The fixes to make: how safe, and without the rules whose fixes never come to an end."""

    reread: Reread
    safeties: frozenset[Safety]
    endless: frozenset[Rule] = frozenset()

    def next_fixes(self, step: _Step) -> list[FixCandidate]:
        """Return the fixes of the next round: safe ones first, those of errors, not settings."""

        def priority(candidate: FixCandidate) -> tuple[bool, ...]:
            is_unsafe = candidate.safety is Safety.UNSAFE
            return is_unsafe, not candidate.fixes_error, _is_setting(step.state, candidate)

        found = candidates(step.state, self.safeties)
        wanted = [c for c in found if c.patches not in step.refused and not self.is_endless(c)]
        return compatible(wanted, priority)

    def is_endless(self, candidate: FixCandidate) -> bool:
        """Return whether a fix is of a rule whose fixes never come to an end."""
        return any(finding.rule in self.endless for finding in candidate.findings)


def apply_fixes(state: FileState, reread: Reread, safeties: Iterable[Safety]) -> FixResult:
    """Make every fix that is safe enough, round by round, until there are no more.

    Fixes of one priority are made at once and the files read again; where that shows harm, halving
    finds the fixes that do it, and they are left alone. Fixes in conflict with others wait for the
    next round. Those that undo each other are not made at all, nor those of a rule that always
    finds something new.
    """
    task = _FixRequest(reread, frozenset(safeties))
    while True:
        step = _run(_Step(state), task)
        endless = {finding.rule for c in task.next_fixes(step) for finding in c.findings}
        if not endless:
            return _result(state, step, task)
        task = replace(task, endless=task.endless | endless)


def _run(start: _Step, task: _FixRequest) -> _Step:
    """Return the last step of as many rounds as it takes, or as there may be."""
    steps = [start]
    for _ in range(MOST_ROUNDS):
        chosen = task.next_fixes(steps[-1])
        if not chosen:
            break
        step = _with_fixes(steps[-1], chosen, task.reread)
        same = [i for i, one in enumerate(steps) if one.state.files == step.state.files]
        if step.state is not steps[-1].state and same:
            del steps[same[-1] + 1 :]
            undone = dict.fromkeys((c.patches for c in task.next_fixes(steps[-1])), UNDONE)
            step = replace(steps[-1], refused={**steps[-1].refused, **undone})
        steps.append(step)
    return steps[-1]


def _is_setting(state: FileState, candidate: FixCandidate) -> bool:
    """Return whether a fix can change everything on the page."""
    if state.view.context is None:
        return False
    ranges: dict[Path, list[tuple[int, int]]] = {}
    for patch in candidate.patches:
        ranges.setdefault(patch.path, []).append((patch.start, patch.end))
    return changes_settings(state.view.context.project, EditedRanges(state.paths, ranges))


def _with_fixes(step: _Step, chosen: Sequence[FixCandidate], reread: Reread) -> _Step:
    """Return the step after a round: all fixes made that do no harm, the others refused."""
    state, refused = step.state, {**step.refused}
    made: list[FixCandidate] = []
    open_ = [list(chosen)]
    while open_:
        part = open_.pop()
        outcome = _try(step.state, [*made, *part], reread)
        if isinstance(outcome, FileState):
            state, made = outcome, [*made, *part]
        elif len(part) == 1:
            refused[part[0].patches] = outcome
        else:
            half = len(part) // 2
            open_ += [part[half:], part[:half]]
    fixed = (finding for candidate in made for finding in candidate.findings)
    patches = sorted(patch for candidate in made for patch in candidate.patches)
    return _Step(state, (*step.fixed, *fixed), _moved(refused, patches))


def _try(state: FileState, made: Sequence[FixCandidate], reread: Reread) -> FileState | str:
    """Return the state after fixes, or the harm they do."""
    patches = [patch for candidate in made for patch in candidate.patches]
    try:
        after = reread(patched(state.files, patches))
    except NotWritableError as error:
        return str(error)
    except UsageError as error:
        return error.message
    return harm(state, after, made) or after


def _moved(refused: Refused, made: Sequence[Patch]) -> Refused:
    """Return the refused fixes at their new places; those that were changed may come again."""
    places = ((tuple(_moved_patch(p, made) for p in old), why) for old, why in refused.items())
    return {tuple(p for p in new if p): why for new, why in places if None not in new}


def _moved_patch(patch: Patch, made: Sequence[Patch]) -> Patch | None:
    here = [one for one in made if one.path == patch.path]
    if any(one.start < patch.end and patch.start < one.end for one in here):
        return None
    moves = moves_of(here)
    start, end = (moved(at, moves, is_end=True) for at in (patch.start, patch.end))
    return replace(patch, start=start, end=end)


def _result(before: FileState, last: _Step, task: _FixRequest) -> FixResult:
    left: list[LeftAlone] = []
    for candidate in candidates(last.state, task.safeties):
        endless = ENDLESS if task.is_endless(candidate) else None
        why = last.refused.get(candidate.patches, endless)
        left += (LeftAlone(finding, why) for finding in candidate.findings if why is not None)
    return FixResult(before, last.state, last.fixed, tuple(left))
