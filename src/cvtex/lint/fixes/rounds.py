"""Makes fixes until there are no more, and leaves alone those that do harm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from cvtex.diagnostics.diagnostic import Diagnostic, Rule, Safety
from cvtex.diagnostics.usage import UsageError
from cvtex.lint.fixes.choose import FixKind, batch, candidates
from cvtex.lint.fixes.encoded import NotWritableError, patched
from cvtex.lint.fixes.model import FileState, FixCandidate, Fixed, LeftAlone, Patch, Reread
from cvtex.lint.fixes.reach import is_setting
from cvtex.lint.fixes.verify import harm

MOST_ROUNDS = 50
"""How often files are read again; each round makes what stood in the way of others before."""

UNDONE = "another fix would undo it"
ENDLESS = "it would be made again and again"

Refused = Mapping[tuple[Patch, ...], str]
"""Why fixes are left alone, by their patches, which move along with the text."""


class _FixStep(Struct, frozen=True):
    """How far fixing has come."""

    state: FileState
    mended: tuple[Diagnostic, ...] = ()
    refused: Refused = field(default_factory=dict)


class _Task(Struct, frozen=True):
    """What to fix: how safe, and without the rules whose fixes never come to an end."""

    reread: Reread
    safeties: frozenset[Safety]
    without: frozenset[Rule] = frozenset()

    def open(self, step: _FixStep) -> list[FixCandidate]:
        """The fixes of the next round."""
        found = candidates(step.state, self.safeties)
        wanted = [c for c in found if not self.gives_up(c) and c.patches not in step.refused]
        return batch(wanted, _kind(step.state))

    def gives_up(self, candidate: FixCandidate) -> bool:
        """Whether a fix is of a rule that is left out."""
        return any(finding.rule in self.without for finding in candidate.findings)


def fix(state: FileState, reread: Reread, safeties: Iterable[Safety]) -> Fixed:
    """Make every fix that is safe enough, round by round, until there are no more.

    Fixes of one kind are made at once and the files read again; where that shows harm, those that
    do it are found and left alone. Fixes in the way of others wait for the next round. Those that
    undo each other are not made at all, nor those of a rule that always finds something new.
    """
    task = _Task(reread, frozenset(safeties))
    while True:
        step = _run(_FixStep(state), task)
        endless = {finding.rule for c in task.open(step) for finding in c.findings}
        if not endless:
            return _result(state, step, task)
        task = replace(task, without=task.without | endless)


def _run(start: _FixStep, task: _Task) -> _FixStep:
    """The last step of as many rounds as it takes, or as there may be."""
    steps = [start]
    for _ in range(MOST_ROUNDS):
        chosen = task.open(steps[-1])
        if not chosen:
            break
        step = _made(steps[-1], chosen, task.reread)
        if step.state is not steps[-1].state:
            steps, step = _without_circle(steps, step, task)
        steps.append(step)
    return steps[-1]


def _without_circle(
    steps: list[_FixStep], step: _FixStep, task: _Task
) -> tuple[list[_FixStep], _FixStep]:
    """Where fixes led back to files as they were, the step there without those that led away."""
    files = [one.state.files for one in steps]
    if step.state.files not in files:
        return steps, step
    back = len(files) - 1 - files[::-1].index(step.state.files)
    undone = dict.fromkeys((c.patches for c in task.open(steps[back])), UNDONE)
    refused = {**steps[back].refused, **undone}
    return steps[: back + 1], replace(steps[back], refused=refused)


def _kind(state: FileState) -> FixKind:
    """What is made first: safe fixes before others, those of errors, those of single places."""

    def kind(candidate: FixCandidate) -> tuple[bool, ...]:
        unsafe = candidate.safety is Safety.UNSAFE
        return unsafe, not candidate.mends_error, is_setting(state, candidate.patches)

    return kind


def _made(step: _FixStep, chosen: Sequence[FixCandidate], reread: Reread) -> _FixStep:
    """The step after a round: as many fixes made as do no harm, the others refused."""
    state, refused = step.state, dict(step.refused)
    made: list[FixCandidate] = []
    open_ = [list(chosen)]
    while open_:
        part = open_.pop()
        outcome = _tried(step.state, [*made, *part], reread)
        if isinstance(outcome, FileState):
            state, made = outcome, [*made, *part]
        elif len(part) == 1:
            refused[part[0].patches] = outcome
        else:
            half = len(part) // 2
            open_ += [part[half:], part[:half]]
    mended = (finding for candidate in made for finding in candidate.findings)
    patches = sorted(patch for candidate in made for patch in candidate.patches)
    return _FixStep(state, (*step.mended, *mended), _moved(refused, patches))


def _tried(state: FileState, made: Sequence[FixCandidate], reread: Reread) -> FileState | str:
    """The state after fixes, or the harm they do."""
    try:
        after = reread(
            patched(state.files, (patch for candidate in made for patch in candidate.patches))
        )
    except NotWritableError as error:
        return str(error)
    except UsageError as error:
        return error.message
    return harm(state, after, made) or after


def _moved(refused: Refused, made: Sequence[Patch]) -> Refused:
    """The refused fixes at their new places; those that were changed may come again."""
    moved = ((tuple(_shifted(p, made) for p in patches), why) for patches, why in refused.items())
    return {
        tuple(patch for patch in patches if patch is not None): why
        for patches, why in moved
        if None not in patches
    }


def _shifted(patch: Patch, made: Sequence[Patch]) -> Patch | None:
    by = 0
    for one in made:
        if one.path == patch.path and one.start < patch.end and patch.start < one.end:
            return None
        if one.path == patch.path and one.end <= patch.start:
            by += len(one.text) - (one.end - one.start)
    return replace(patch, start=patch.start + by, end=patch.end + by)


def _result(before: FileState, last: _FixStep, task: _Task) -> Fixed:
    left: list[LeftAlone] = []
    for candidate in candidates(last.state, task.safeties):
        endless = ENDLESS if task.gives_up(candidate) else None
        why = last.refused.get(candidate.patches, endless)
        left += (LeftAlone(finding, why) for finding in candidate.findings if why is not None)
    return Fixed(before, last.state, last.mended, tuple(left))
