"""Finds the fixes that can be made, and those of them that can be made at the same time."""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from cvtex.diagnostics.diagnostic import Diagnostic, Fix, Safety, Severity
from cvtex.lint.fixes.file_state import FileState
from cvtex.lint.fixes.patching import Patch, text_of, with_line_ends
from cvtex.source import Source


class FixCandidate(Struct, frozen=True):
    """A fix that could be made: its patches in order, and the findings that it fixes."""

    patches: tuple[Patch, ...]
    safety: Safety
    findings: tuple[Diagnostic, ...]

    @property
    def fixes_error(self) -> bool:
        """Return whether one of its findings stops the build."""
        return any(found.severity is Severity.ERROR for found in self.findings)


def candidates(state: FileState, safeties: Collection[Safety]) -> list[FixCandidate]:
    """Return the fixes of a state in reading order; those with the same edits are one."""
    lengths = {path: len(text_of(data)) for path, data in state.files.items()}

    def is_in_file(source: Source) -> bool:
        path = state.paths.get(source.path)
        return path is not None and lengths[path] == len(source.text)

    by_patches: dict[tuple[Patch, ...], list[Diagnostic]] = {}
    for found in state.fixable:
        fix = found.fix
        if fix and fix.safety in safeties and all(is_in_file(e.span.source) for e in fix.edits):
            by_patches.setdefault(_patches(fix, state), []).append(found)
    by_patches.pop((), None)
    return [_candidate(patches, found) for patches, found in sorted(by_patches.items())]


def _patches(fix: Fix, state: FileState) -> tuple[Patch, ...]:
    """Return the edits of a fix in order; none for a fix with overlaps, or without a change."""
    patches = []
    for edit in fix.edits:
        span = edit.span
        new = with_line_ends(edit.replacement, span.source.text, span.start)
        if new != span.text:
            patches.append(Patch(state.paths[span.source.path], span.start, span.end, new))
    patches.sort()
    overlap = any(a.path == b.path and b.start < a.end for a, b in pairwise(patches))
    return () if overlap else tuple(patches)


def _candidate(patches: tuple[Patch, ...], findings: Sequence[Diagnostic]) -> FixCandidate:
    is_safe = any(found.fix and found.fix.safety is Safety.SAFE for found in findings)
    return FixCandidate(patches, Safety.SAFE if is_safe else Safety.UNSAFE, tuple(findings))


def compatible(
    found: Iterable[FixCandidate], priority: Callable[[FixCandidate], tuple[bool, ...]]
) -> list[FixCandidate]:
    """Return the fixes to make at once: those of the lowest priority, without any in conflict."""
    ranked = [(priority(candidate), candidate) for candidate in found]
    first = min((rank for rank, _ in ranked), default=())
    chosen: list[FixCandidate] = []
    taken: list[Patch] = []
    for rank, candidate in ranked:
        if rank == first and not any(_conflicts(patch, taken) for patch in candidate.patches):
            chosen.append(candidate)
            for patch in candidate.patches:
                insort(taken, patch)
    return chosen


def _conflicts(patch: Patch, taken: Sequence[Patch]) -> bool:
    """Return whether a patch overlaps or touches one of others, which are in order."""
    at = bisect(taken, patch)
    pairs = pairwise((*taken[max(at - 1, 0) : at], patch, *taken[at : at + 1]))
    return any(a.path == b.path and b.start <= a.end for a, b in pairs)
