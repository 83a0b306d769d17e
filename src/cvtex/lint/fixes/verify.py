"""Whether fixes did harm: the files are read again, and compared with what they were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from cvtex.diagnostics.catalogue import LOST_TEXT
from cvtex.diagnostics.diagnostic import Safety, Sink
from cvtex.lint.context import LintContext
from cvtex.lint.fixes.comments import lost_comment, same_between_entries
from cvtex.lint.fixes.errors import new_error, unmended
from cvtex.lint.fixes.ground import Grounds, edited_words, grounds
from cvtex.lint.fixes.model import FileState, FixCandidate, View
from cvtex.lint.fixes.pages import Intent, changed_part
from cvtex.lint.fixes.reach import Reach, extents, reach
from cvtex.lint.fixes.trees import changed_entry, changed_node, touched_keys
from cvtex.lower.ledger import EntryState
from cvtex.project.project import Project
from cvtex.readers.yaml.nodes import Node, Scalar
from cvtex.readers.yaml.reader import read_yaml
from cvtex.source import Source

GONE = "the CV could not be read any more"


class _Fixes(Struct, frozen=True):
    """The fixes that were made, where, and the words in which that is."""

    made: Sequence[FixCandidate]
    places: Grounds
    edited: str

    @property
    def strict(self) -> bool:
        """Whether all of them say that they keep the meaning of what could be read."""
        return all(c.safety is Safety.SAFE and not c.mends_error for c in self.made)

    @property
    def swallowed(self) -> frozenset[int]:
        """Where comments start that were meant as text."""
        findings = (finding for candidate in self.made for finding in candidate.findings)
        return frozenset(f.span.start for f in findings if f.rule is LOST_TEXT and f.span)


def harm(before: FileState, after: FileState, made: Sequence[FixCandidate]) -> str | None:
    """What fixes did that they should not have done, in words; none when all is well."""
    patches = [patch for candidate in made for patch in candidate.patches]
    places = grounds(before.files, before.paths, patches)
    fixes = _Fixes(made, places, edited_words(before.files, patches))
    common = [name for name in before.views if name in after.views]
    views = ((before.views[name], after.views[name]) for name in common)
    reasons = (_harm_to_view(old, new, fixes) for old, new in views)
    return next(filter(None, reasons), None) or _harm_to_files(before.view, after.view, fixes)


def _harm_to_view(before: View, after: View, fixes: _Fixes) -> str | None:
    error = new_error(before, after, fixes.made, fixes.places.after)
    if error is not None:
        return f"it would bring {error.rule.code}: {error.message}"
    if before.subject is None:
        left = unmended(before, after, fixes.made)
        return f"{left.rule.code} would remain" if left else None
    if after.subject is None:
        return GONE
    return _harm_to_page(before.subject, after.subject, fixes)


def _harm_to_page(before: LintContext, after: LintContext, fixes: _Fixes) -> str | None:
    old, new = before.project, after.project
    keys = touched_keys(old.bibliography, new.bibliography, fixes.places)
    reaches = reach(old, new, fixes.places)
    exact = not any(one.lists for one in reaches) and (fixes.strict or not keys)
    intents = [
        Intent(touched, extents(root, touched), keys, fixes.edited, fixes.strict, exact)
        for root, touched in zip((old.root, new.root), reaches, strict=True)
    ]
    part = changed_part(before.lowered, after.lowered, *intents)
    if part is not None:
        return f"{part} would change"
    key = _printed_otherwise(before, after, keys, reaches, fixes.strict)
    return f"whether `{key}` is printed would change" if key else None


def _printed_otherwise(
    before: LintContext,
    after: LintContext,
    keys: frozenset[str],
    reaches: Iterable[Reach],
    strict: bool,
) -> str | None:
    """A publication that is printed only before or only after, though nothing says it should."""
    old, new = _printed(before), _printed(after)
    chosen_anew = not strict and any(one.everything or one.sections for one in reaches)
    changed = set() if chosen_anew else (old ^ new) - keys
    return min(changed | ((old - new) if strict else set()), default=None)


def _printed(subject: LintContext) -> set[str]:
    entries = subject.lowered.ledger.entries
    return {entry.key for entry in entries if entry.state is EntryState.PRINTED}


def _harm_to_files(before: View, after: View, fixes: _Fixes) -> str | None:
    """What is not as it was in the files themselves, in which edits were not meant to change it."""
    if before.subject is None or after.subject is None:
        return None
    old, new = before.subject.project, after.subject.project
    return _harm_to_yaml(old, new, fixes) or _harm_to_bibs(old, new, fixes.places)


def _harm_to_yaml(old: Project, new: Project, fixes: _Fixes) -> str | None:
    before, after = _tree(old), _tree(new)
    if before is None or after is None:
        return None
    comment = lost_comment(before, after, fixes.places.before, fixes.swallowed)
    if comment is not None:
        return f"the comment `{comment}` would be lost"
    node = changed_node(before[1], after[1], fixes.places)
    if node is None:
        return None
    text = f"`{node.text}`" if isinstance(node, Scalar) else "a list or mapping"
    line = f" in line {node.span.first.line}" if node.span else ""
    return f"{text}{line} would be read otherwise"


def _tree(project: Project) -> tuple[Source, Node] | None:
    """The text of cv.yaml and its tree, without what a variant lays over it."""
    source = project.root.span.source
    if source not in project.sources:
        return None
    node = read_yaml(source, Sink())
    return None if node is None else (source, node)


def _harm_to_bibs(old: Project, new: Project, places: Grounds) -> str | None:
    keys = touched_keys(old.bibliography, new.bibliography, places)
    key = changed_entry(old.bibliography, new.bibliography, keys)
    if key is not None:
        return f"the entry `{key}` would be read otherwise"
    for before, after in zip(_bibs(old), _bibs(new), strict=False):
        if not same_between_entries((before, old.bibliography), (after, new.bibliography), places):
            return f"text between the entries of `{before.path}` would be lost"
    return None


def _bibs(project: Project) -> list[Source]:
    return [source for source in project.sources if source is not project.root.span.source]
