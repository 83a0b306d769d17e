"""Finds the harm that fixes did: the files are read again and compared with those before."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from cvtex.diagnostics.catalogue import LOST_TEXT
from cvtex.diagnostics.diagnostic import Diagnostic, Safety
from cvtex.lint.context import LintContext
from cvtex.lint.fixes.affected import Affected, affected
from cvtex.lint.fixes.candidates import FixCandidate
from cvtex.lint.fixes.edited_ranges import Edits, edits_of
from cvtex.lint.fixes.file_state import FileState, View
from cvtex.lint.fixes.files import (
    bib_parts,
    changed_part,
    edited_texts,
    lost_comment,
    yaml_parts,
    yaml_tree,
)
from cvtex.lint.fixes.new_errors import could_be_hidden, new_errors, remaining
from cvtex.lint.fixes.page import lost_word, page_parts
from cvtex.readers.yaml.nodes import Node

GONE = "the CV could not be read any more"


class _Fixes(Struct, frozen=True):
    """The fixes that were made, and their edits."""

    made: Sequence[FixCandidate]
    edits: Edits

    @property
    def findings(self) -> list[Diagnostic]:
        """The findings that they fix."""
        return [finding for candidate in self.made for finding in candidate.findings]

    @property
    def fix_error(self) -> bool:
        """Return whether one of them fixes an error, behind which others may have been hidden."""
        return any(candidate.fixes_error for candidate in self.made)

    @property
    def strict(self) -> bool:
        """Return whether all of them say that they keep the meaning of what could be read."""
        return not self.fix_error and all(c.safety is Safety.SAFE for c in self.made)


def harm(before: FileState, after: FileState, made: Sequence[FixCandidate]) -> str | None:
    """Return the first harm that fixes did, in words; None when all is well."""
    patches = [patch for candidate in made for patch in candidate.patches]
    fixes = _Fixes(made, edits_of(before.files, before.paths, patches))
    views = (
        (view, after.views[name]) for name, view in before.views.items() if name in after.views
    )
    reasons = (_harm_to_view(*pair, fixes) for pair in views)
    return next(filter(None, reasons), None) or _harm_to_files(before.view, after.view, fixes)


def _harm_to_view(before: View, after: View, fixes: _Fixes) -> str | None:
    old, new = before.context, after.context
    parts = affected(old.project, new.project, fixes.edits) if old and new else Affected()
    error = _new_error(before, after, parts, fixes)
    if error is not None:
        return f"it would bring {error.rule.code}: {error.message}"
    if old is None:
        left = remaining(before, after, fixes.findings)
        return f"{left.rule.code} would remain" if left else None
    return GONE if new is None else _harm_to_page(old, new, parts, fixes)


def _new_error(before: View, after: View, parts: Affected, fixes: _Fixes) -> Diagnostic | None:
    """Return an error that was not there before, unless one that was fixed may have hidden it."""
    ranges = fixes.edits.after
    for error in new_errors(before, after, ranges):
        is_hidden = could_be_hidden(error, before, after) or parts.holds(ranges.place(error.span))
        if ranges.touches(error.span) or not fixes.fix_error or not is_hidden:
            return error
    return None


def _harm_to_page(old: LintContext, new: LintContext, parts: Affected, fixes: _Fixes) -> str | None:
    before = page_parts(old.lowered, parts, fixes.edits.before, strict=fixes.strict)
    after = page_parts(new.lowered, parts, fixes.edits.after, strict=fixes.strict)
    part = changed_part(before.parts, after.parts)
    word = lost_word(before, after, fixes.edits.words) if fixes.strict and not part else None
    return f"the word `{word}` would change" if word else part


def _harm_to_files(before: View, after: View, fixes: _Fixes) -> str | None:
    """Return the first part of the files that has changed although no edit is in it."""
    if before.context is None or after.context is None:
        return None
    old, new = before.context.project, after.context.project
    edits, parts = fixes.edits, affected(old, new, fixes.edits)
    paths = {s.path for s in old.sources} & {s.path for s in new.sources}
    return _harm_to_yaml(yaml_tree(old), yaml_tree(new), fixes) or changed_part(
        bib_parts(old, edits.before, parts, paths), bib_parts(new, edits.after, parts, paths)
    )


def _harm_to_yaml(old: Node | None, new: Node | None, fixes: _Fixes) -> str | None:
    if old is None or new is None:
        return None
    edits = fixes.edits
    meant = frozenset(f.span.start for f in fixes.findings if f.rule is LOST_TEXT and f.span)
    comment = lost_comment(old, new, edits.before, meant)
    if comment is not None:
        return f"the comment `{comment}` would be lost"
    edited = edited_texts(old, edits.before)
    return changed_part(yaml_parts(old, edits.before), yaml_parts(new, edits.after, edited))
