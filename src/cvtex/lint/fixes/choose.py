"""Which fixes are made together: of one kind, and not one across another."""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from msgspec import Struct, field

from cvtex.diagnostics.diagnostic import Diagnostic, Fix, Safety
from cvtex.lint.fixes.encoded import text_of, with_line_ends
from cvtex.lint.fixes.model import FileState, FixCandidate, Patch
from cvtex.source import Source


def candidates(state: FileState, safeties: Iterable[Safety]) -> list[FixCandidate]:
    """The fixes of a state in reading order; those with the same edits are one."""
    wanted, written = frozenset(safeties), _Written(state)
    by_patches: dict[tuple[Patch, ...], list[Diagnostic]] = {}
    for found in state.fixable:
        if found.fix is not None and found.fix.safety in wanted:
            patches = _patches(found.fix, written)
            if patches:
                by_patches.setdefault(patches, []).append(found)
    return [_candidate(patches, by_patches[patches]) for patches in sorted(by_patches)]


def _candidate(patches: tuple[Patch, ...], findings: list[Diagnostic]) -> FixCandidate:
    safeties = {found.fix.safety for found in findings if found.fix is not None}
    safety = Safety.SAFE if Safety.SAFE in safeties else Safety.UNSAFE
    return FixCandidate(patches, safety, tuple(findings))


def _patches(fix: Fix, written: _Written) -> tuple[Patch, ...]:
    """The edits of a fix in order; none for a fix that cannot be made, or changes nothing."""
    patches: list[Patch] = []
    for edit in fix.edits:
        span = edit.span
        path = written.path(span.source)
        if path is None:
            return ()
        new = with_line_ends(edit.replacement, span.source.text, span.start)
        if new != span.text:
            patches.append(Patch(path, span.start, span.end, new))
    patches.sort()
    overlap = any(a.path == b.path and b.start < a.end for a, b in pairwise(patches))
    return () if overlap else tuple(patches)


class _Written(Struct):
    """Finds the files of sources; an option of the command line has none."""

    state: FileState
    known: dict[Source, Path | None] = field(default_factory=dict)

    def path(self, source: Source) -> Path | None:
        if source not in self.known:
            path = self.state.paths.get(source.path)
            same = path is not None and len(text_of(self.state.files[path])) == len(source.text)
            self.known[source] = path if same else None
        return self.known[source]


FixKind = Callable[[FixCandidate], tuple[bool, ...]]


def batch(found: Iterable[FixCandidate], kind: FixKind) -> list[FixCandidate]:
    """The fixes to make at once: those of the first kind, without those in the way of others."""
    by_kind = sorted(((kind(c), c.patches, c) for c in found), key=lambda item: item[:2])
    chosen: list[FixCandidate] = []
    taken: list[Patch] = []
    for own, patches, candidate in by_kind:
        if own == by_kind[0][0] and not any(_is_taken(patch, taken) for patch in patches):
            chosen.append(candidate)
            for patch in patches:
                insort(taken, patch)
    return chosen


def _is_taken(patch: Patch, taken: Sequence[Patch]) -> bool:
    """Whether one of the patches taken, in order, is in the way of another."""
    at = bisect(taken, patch)
    return any(_in_the_way(patch, other) for other in taken[max(at - 1, 0) : at + 1])


def _in_the_way(one: Patch, other: Patch) -> bool:
    """Whether two patches overlap, or something is put in where the other one begins or ends."""
    first, second = sorted((one, other))
    if first.path != second.path:
        return False
    if first.start == first.end or second.start == second.end:
        return second.start <= first.end
    return second.start < first.end
