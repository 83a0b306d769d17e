"""Loads a project: reads its files, validates them, and reports every fault at its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from cvtex.dates.partial_date import first_day
from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Sink
from cvtex.diagnostics.hints import did_you_mean
from cvtex.diagnostics.usage import UsageError
from cvtex.project.bibliography import DEFAULT_BIB, read_bibliography
from cvtex.project.incomplete import UNKNOWN_KEY, Incomplete
from cvtex.project.overlays import overlaid
from cvtex.project.overrides import Overrides
from cvtex.project.project import Project, VariantFilter, variant_filter
from cvtex.project.validate import validate
from cvtex.readers.bibtex.bibliography import Bibliography
from cvtex.readers.bibtex.decode import decode_bib
from cvtex.readers.yaml.encoding import decode_yaml
from cvtex.readers.yaml.nodes import Mapping, PlainValue
from cvtex.readers.yaml.reader import read_yaml
from cvtex.schema.cv import CV
from cvtex.source import Source, Span, Text
from cvtex.support.cache import NOTHING_KEPT, Cache

IMAGES = {b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg", b"%PDF-": ".pdf"}
"""The first bytes of the images that every engine can set, and their suffix for TeX."""
ENDS = {".png": b"IEND", ".jpg": b"\xff\xd9", ".pdf": b"%%EOF"}
"""The end of an image; a file without it is truncated."""


Read = Callable[[Path], bytes]
"""Reads the bytes of a file; raises `OSError`."""


def load_project(
    path: Path,
    overrides: Overrides,
    today: date,
    sink: Sink,
    read: Read = Path.read_bytes,
    cache: Cache = NOTHING_KEPT,
) -> Project | None:
    """Return the project of a cv.yaml, or None if its faults leave nothing useful.

    `today` is the date of a CV that gives none; `read` is used in place of the disk. Raises
    `UsageError` if the file cannot be read or the variant is unknown.
    """
    source = decode_yaml(read_file(path, read), str(path), sink)
    written = _root(source, sink) if source is not None else None
    if source is None or written is None:
        return None
    root = overlaid(written, overrides)
    validated = validate(root, sink)
    if validated is None:
        return None
    cv = validated.cv
    files = _bib_files(cv, path.parent)
    named = [*files, *([cv.photo] if cv.photo else [])]
    sources = _read_bibs(files, path.parent, sink, read)
    bibliography = read_bibliography(sources, sink, cache)
    return Project(
        cv=cv,
        bibliography=bibliography,
        root=root,
        sources=(source, *sources),
        folder=path.parent,
        language=overrides.language or cv.language,
        today=first_day(cv.date.value) if cv.date else today,
        variant=variant_filter(cv, overrides.variant),
        images=_images(cv, path.parent, sink, read),
        inputs=(path, *(path.parent / text.value for text in named)),
        incomplete=Incomplete(
            validated.pruned, _unread_keys(bibliography, bib_missing=len(sources) < len(files))
        ),
    )


def load_bibliography(
    path: Path,
    today: date,
    sink: Sink,
    read: Read = Path.read_bytes,
    cache: Cache = NOTHING_KEPT,
) -> Project:
    """Return the project of a .bib file alone: a CV of nobody that prints all of its entries."""
    source = decode_bib(read_file(path, read), str(path), sink)
    sources = () if source is None else (source,)
    nowhere = Mapping((), Source(str(path), "").span(0, 0))
    everything: PlainValue = {"kind": Text("publications"), "title": Text(path.name)}
    return Project(
        cv=CV.model_validate({"name": Text("?"), "sections": [everything]}),
        bibliography=read_bibliography(sources, sink, cache),
        root=nowhere,
        sources=sources,
        folder=path.parent,
        language="en",
        today=today,
        variant=VariantFilter(),
        images={},
        inputs=(path,),
        incomplete=Incomplete(values=True),
    )


def _unread_keys(bibliography: Bibliography, *, bib_missing: bool) -> frozenset[str]:
    """Return the citekeys of the entries that could not be read."""
    rejected = {rejected.key or UNKNOWN_KEY for rejected in bibliography.rejected}
    unread = rejected.difference(bibliography.records)  # another entry may have the same key
    return frozenset(unread | ({UNKNOWN_KEY} if bib_missing else set()))


def read_file(path: Path, read: Read = Path.read_bytes) -> bytes:
    """Return the bytes of a file the user names; raises `UsageError` if it cannot be read."""
    try:
        return read(path)
    except FileNotFoundError:
        raise UsageError(f"there is no file `{path}`", _instead_of(path)) from None
    except IsADirectoryError:
        raise UsageError(f"`{path}` is a directory", "name the cv.yaml in it") from None
    except OSError as error:
        raise UsageError(f"`{path}` cannot be read: {error.strerror}") from None


def _instead_of(path: Path) -> str:
    there = [str(p) for p in path.parent.glob("*.y*ml")] if path.parent.is_dir() else []
    near = did_you_mean(str(path), there)
    return near or f"`cvtex new {path.parent}` writes a cv.yaml to start from"


def _root(source: Source, sink: Sink) -> Mapping | None:
    node = read_yaml(source, sink)
    if node is None or isinstance(node, Mapping):
        return node
    sink.add(
        catalogue.WRONG_TYPE,
        "a CV is a mapping of keys to values",
        _first_line(source),
        hint="begin with `name: ...` and `sections:`; `cvtex new` writes an example",
    )
    return None


def _first_line(source: Source) -> Span:
    return source.span(0, len(source.line(1)))


def _bib_files(cv: CV, folder: Path) -> Sequence[Text]:
    if cv.bibliography.files or not (folder / DEFAULT_BIB).is_file():
        return cv.bibliography.files
    return (Text(DEFAULT_BIB),)


def _read_bibs(files: Sequence[Text], folder: Path, sink: Sink, read: Read) -> list[Source]:
    sources = []
    for file in files:
        data = _read_named(file, folder, sink, read)
        source = decode_bib(data, str(folder / file.value), sink) if data is not None else None
        if source is not None:
            sources.append(source)
    return sources


def _read_named(file: Text, folder: Path, sink: Sink, read: Read) -> bytes | None:
    """Return the bytes of a file that cv.yaml names, relative to its folder."""
    try:
        return read(folder / file.value)
    except (OSError, ValueError) as error:
        message, hint = _unreadable(file.value, error, folder)
        sink.add(catalogue.UNREADABLE_FILE, message, file.span, hint=hint)
        return None


def _unreadable(name: str, error: OSError | ValueError, folder: Path) -> tuple[str, str]:
    """Return the message and the hint for a file that cannot be read."""
    if not name.strip():
        return "no file is named here", "name one, or delete this"
    reason = getattr(error, "strerror", None) or str(error)
    near = [p.name for p in folder.iterdir() if p.is_file() and p.suffix == Path(name).suffix]
    hint = did_you_mean(name, near) or f"paths are relative to {folder.resolve().name}/"
    return f"`{name}` cannot be read: {reason.lower()}", hint


def _images(cv: CV, folder: Path, sink: Sink, read: Read) -> dict[str, bytes]:
    data = _read_named(cv.photo, folder, sink, read) if cv.photo is not None else None
    if cv.photo is None or data is None:
        return {}
    suffix = next((suffix for start, suffix in IMAGES.items() if data.startswith(start)), None)
    if suffix is None:
        sink.add(
            catalogue.INVALID_VALUE,
            f"`{cv.photo}` is not an image that can be typeset",
            cv.photo.span,
            hint="use a PNG, JPEG or PDF file",
        )
        return {}
    if ENDS[suffix] not in data:
        message = f"the end of `{cv.photo}` is missing"
        sink.add(catalogue.INVALID_VALUE, message, cv.photo.span, hint="copy or export it again")
        return {}
    return {f"photo{suffix}": data}
