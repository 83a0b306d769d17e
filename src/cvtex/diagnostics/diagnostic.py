"""A diagnostic: what is wrong, where, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct, field
from msgspec.structs import replace

from cvtex.source import Span


class Severity(StrEnum):
    """The severity of a finding; only errors stop the build."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Safety(StrEnum):
    """The safety of a fix: it keeps the meaning (safe) or may change it (unsafe)."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Needs(StrEnum):
    """The part of a project that must be complete before a finding of a rule is sure."""

    NOTHING = "nothing"
    CITED_ENTRY = "the .bib entry with the cited key"
    COMPLETE_CV = "all of cv.yaml and of the .bib files"


class Rule(Struct, frozen=True, eq=False, omit_defaults=True):
    """A kind of finding; `name` reads after the word "allow". Two with one code are the same.

    `doc` is the text of `cvtex explain`: Markdown whose first paragraph says what is wrong. `fix`
    is the safety of its fixes, if it has any. A rule that is not on by `default` must be asked for.
    `needs` says what its findings depend on: they are dropped where that could not be read.
    """

    code: str
    name: str
    severity: Severity
    doc: str = ""
    fix: Safety | None = None
    default: bool = True
    needs: Needs = Needs.NOTHING

    def __eq__(self, other: object) -> bool:
        return self.code == other.code if isinstance(other, Rule) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.code)


class Edit(Struct, frozen=True):
    """Replace the characters of a span."""

    span: Span
    replacement: str


class Fix(Struct, frozen=True):
    """Edits that correct a finding."""

    message: str
    edits: tuple[Edit, ...]
    safety: Safety


class Note(Struct, frozen=True):
    """A second place of a finding, such as the start of a pair."""

    span: Span
    message: str


class Diagnostic(Struct, frozen=True):
    """One finding; `path` is the file of a finding without a span."""

    rule: Rule
    message: str
    span: Span | None = None
    hint: str | None = None
    notes: tuple[Note, ...] = ()
    fix: Fix | None = None
    path: str | None = None

    @property
    def severity(self) -> Severity:
        """The severity of the rule."""
        return self.rule.severity

    @property
    def file(self) -> str | None:
        """The path of the file that it is in."""
        return self.path if self.span is None else self.span.source.path

    @property
    def identity(self) -> tuple[object, ...]:
        """A key under which the same finding of a file that was read twice is equal."""
        place = () if self.span is None else (self.span.start, self.span.end)
        return self.rule.code, self.message, self.file, *place

    def without_doc(self) -> Diagnostic:
        """Return the finding without the documentation of its rule, to be stored."""
        return replace(self, rule=replace(self.rule, doc=""))


class Sink(Struct):
    """Collects the findings of every stage, each once."""

    _kept: dict[Diagnostic, None] = field(default_factory=dict)

    @property
    def found(self) -> list[Diagnostic]:
        """The findings in the order of arrival."""
        return list(self._kept)

    def add(
        self,
        rule: Rule,
        message: str,
        span: Span | None = None,
        *,
        hint: str | None = None,
        notes: tuple[Note, ...] = (),
        fix: Fix | None = None,
        path: str | None = None,
    ) -> None:
        """Record a finding, once."""
        self.take([Diagnostic(rule, message, span, hint, notes, fix, path)])

    def take(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Record findings, such as those of another sink."""
        self._kept.update(dict.fromkeys(diagnostics))

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(self._kept, key=_reading_order))

    def has_errors(self) -> bool:
        """Return whether a finding stops the build."""
        return any(d.severity is Severity.ERROR for d in self._kept)


def _reading_order(diagnostic: Diagnostic) -> tuple[bool, str, int]:
    span = diagnostic.span
    return span is None, diagnostic.file or "", 0 if span is None else span.start
