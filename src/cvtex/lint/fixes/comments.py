"""What in the files is said to people only: comments of cv.yaml, all text beside .bib entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from cvtex.lint.comments import yaml_texts
from cvtex.lint.fixes.ground import Ground, Grounds, Stretch
from cvtex.readers.bibtex.bibliography import Bibliography
from cvtex.readers.yaml.nodes import Node
from cvtex.source import Source, Span
from cvtex.support.lazy_re import lazy_re

# Between texts there is nothing else with a `#` but tags and directives.
_COMMENT = lazy_re(r"(?<![\w!:/.-])#[^\r\n]*")


def lost_comment(
    before: tuple[Source, Node],
    after: tuple[Source, Node],
    ground: Ground,
    meant: Collection[int],
) -> str | None:
    """A comment of cv.yaml that is no comment any more, though no edit is in it.

    At the offsets `meant` are comments of which that is the very fault.
    """
    lost = Counter(
        comment.text.rstrip()
        for comment in _comments(*before)
        if comment.start not in meant and not ground.cuts(comment)
    )
    lost.subtract(comment.text.rstrip() for comment in _comments(*after))
    return next((text for text, times in lost.items() if times > 0), None)


def _comments(source: Source, root: Node) -> Iterator[Span]:
    for start, end in _gaps(source, yaml_texts(source, root)):
        for match in _COMMENT.finditer(source.text, start, end):
            yield source.span(*match.span())


def _gaps(source: Source, texts: list[Stretch]) -> Iterator[Stretch]:
    position = 0
    for start, end in texts:
        if start > position:
            yield position, start
        position = max(position, end)
    yield position, len(source.text)


def same_between_entries(
    before: tuple[Source, Bibliography], after: tuple[Source, Bibliography], places: Grounds
) -> bool:
    """Whether what stands beside the entries of a .bib file does so still, where not edited."""
    return _beside(*before, places.before) == _beside(*after, places.after)


def _beside(source: Source, bibliography: Bibliography, ground: Ground) -> list[str]:
    """The words of a .bib file outside entries and edits."""
    spans = [record.span for record in bibliography.records.values()]
    spans += [rejected.span for rejected in (*bibliography.rejected, *bibliography.asides)]
    taken = [(span.start, span.end) for span in spans if span.source is source]
    taken += ground.touching(source.span(0, len(source.text)))
    gaps = (source.text[start:end] for start, end in _gaps(source, sorted(taken)))
    return " ".join(gaps).split()
