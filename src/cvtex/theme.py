"""Themes: where they are found, what they can be told, and the files they give to TeX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Struct
from pydantic import Field, ValidationError

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.hints import did_you_mean
from cvtex.diagnostics.model import Sink
from cvtex.diagnostics.usage import UsageError
from cvtex.regex import regex
from cvtex.schema.base import Model
from cvtex.schema.cv import Theme as Wanted
from cvtex.schema.scalars import Choice, Word
from cvtex.schema.shorthand import Many
from cvtex.source import Text
from cvtex.yaml_reader.nodes import Node, locate_key, plain
from cvtex.yaml_reader.reader import decode, read_yaml

MANIFEST = "theme.yaml"

_LENGTH = regex(r"(\d+\.?\d*|\.\d+)\s*(pt|mm|cm|in|bp|pc|em|ex)")
_POINTS = {"pt": 1, "bp": 1.00375, "pc": 12, "mm": 2.845, "cm": 28.45, "in": 72.27}
"""TeX points in a unit (The TeXbook, chapter 10); `em` and `ex` depend on the font."""

_COLOR = regex(r"#?([0-9A-Fa-f]{6})")
_TEXT = regex(r"[\w .:/-]*")


class Option(Model):
    """Something a theme can be told."""

    name: Word
    type: Annotated[Literal["choice", "length", "color", "text"], Choice]
    default: Word = ""
    choices: Many[Word] = ()
    least: Word = ""
    most: Word = ""
    doc: Word


class Manifest(Model):
    """What theme.yaml says of a theme."""

    name: Word
    title: Word
    description: Word
    package: Word
    document_class: Word = Field(alias="class")
    class_options: Many[Word] = ()
    files: Many[Word]
    engines: Many[Word]
    options: tuple[Option, ...] = ()


class Theme(Struct, frozen=True):
    """A theme with its manifest and the folder of its files."""

    manifest: Manifest
    folder: Path

    def files(self) -> dict[str, bytes]:
        """The files that TeX needs, by name."""
        return {name: (self.folder / name).read_bytes() for name in self.manifest.files}


def theme_folders(cv_folder: Path) -> Iterator[Path]:
    """The folders that hold themes: the CV's own `templates`, then those that come with cvtex."""
    yield cv_folder / "templates"
    package = Path(__file__).parent
    checkout = package.parents[1] / "templates"
    yield checkout if checkout.is_dir() else package / "templates"


def list_themes(cv_folder: Path) -> dict[str, Theme]:
    """Every theme that can be found, by name; the nearer folder wins."""
    found: dict[str, Theme] = {}
    for folder in theme_folders(cv_folder):
        for manifest in sorted(folder.glob(f"*/{MANIFEST}")):
            if manifest.parent.name not in found:
                found[manifest.parent.name] = read_theme(manifest.parent)
    return found


def theme_files(name: Text, cv_folder: Path) -> Iterator[Path]:
    """Where the manifest of a theme may stand, up to where it does, and the files of the theme.

    One with a manifest that is not valid has no other files.
    """
    for folder in _candidates(name, cv_folder):
        yield folder / MANIFEST
        if (folder / MANIFEST).is_file():
            with suppress(UsageError):
                yield from (folder / file for file in read_theme(folder).manifest.files)
            return


def _candidates(name: Text, cv_folder: Path) -> Iterator[Path]:
    """The folders that may be a theme of a name, or of a path that has a slash."""
    if "/" in name.value:
        yield cv_folder / name.value
    yield from (folder / name.value for folder in theme_folders(cv_folder))


def find_theme(name: Text, cv_folder: Path, sink: Sink) -> Theme | None:
    """The theme of a name, or of a path."""
    for folder in _candidates(name, cv_folder):
        if (folder / MANIFEST).is_file():
            return read_theme(folder)
    known = list_themes(cv_folder)
    sink.add(
        catalogue.UNKNOWN_THEME,
        f"there is no theme `{name}`",
        name.span,
        hint=did_you_mean(name.value, known) or "there is: " + ", ".join(known),
    )
    return None


def read_theme(folder: Path) -> Theme:
    """The theme in a folder; raises `UsageError` when its manifest is not valid."""
    path = folder / MANIFEST
    return Theme(_manifest(path.read_bytes(), path), folder)


@lru_cache(maxsize=8)
def _manifest(data: bytes, path: Path) -> Manifest:
    sink = Sink()
    source = decode(data, str(path), sink)
    node = read_yaml(source, sink) if source is not None else None
    try:
        if node is None or sink.has_errors():
            raise UsageError(f"`{path}` cannot be read: {next(iter(sink)).message}")
        return Manifest.model_validate(plain(node))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise UsageError(f"`{path}` is no valid theme: {where}: {first['msg']}") from error


def theme_options(
    theme: Theme, wanted: Wanted, sink: Sink, root: Node | None = None
) -> Mapping[str, str]:
    """The values of all options as TeX takes them; those without a value are left out.

    `root` is the tree of the CV, where the keys of unknown options stand.
    A LaTeX package spells `font_size` as `fontsize`: its keys have no underscores.
    """
    given: Mapping[str, Text] = wanted.__pydantic_extra__ or {}
    known = {option.name: option for option in theme.manifest.options}
    for name, text in given.items():
        if name not in known:
            sink.add(
                catalogue.UNKNOWN_KEY,
                f"theme `{theme.manifest.name}` has no option `{name}`",
                (root and locate_key(root, ("theme", name))) or text.span,
                hint=did_you_mean(name, known) or "its options: " + ", ".join(known),
            )
    values = {n: _value(o, given[n], sink) if n in given else o.default for n, o in known.items()}
    return {name.replace("_", ""): value for name, value in values.items() if value}


def _value(option: Option, text: Text, sink: Sink) -> str:
    written = text.value.strip()
    match option.type:
        case "choice" if written in option.choices:
            return written
        case "length" if (match_ := _LENGTH.fullmatch(written)) and _within(option, match_):
            return match_[1] + match_[2]
        case "color" if match_ := _COLOR.fullmatch(written):
            return match_[1].lower()
        case "text" if _TEXT.fullmatch(written):
            return written
    sink.add(
        catalogue.INVALID_VALUE,
        f"`{written}` is no {option.type} for the theme's option `{option.name}`",
        text.span,
        hint=_expected(option, written),
    )
    return option.default


def _within(option: Option, length: re.Match[str]) -> bool:
    """Whether a length is within the bounds of an option, if it has any that can be compared."""
    least, most = (_LENGTH.fullmatch(bound) for bound in (option.least, option.most))
    if least is None or most is None or length[2] not in _POINTS:
        return True
    return _points(least) <= _points(length) <= _points(most)


def _points(length: re.Match[str]) -> float:
    return float(length[1]) * _POINTS[length[2]]


def _expected(option: Option, written: str) -> str:
    match option.type:
        case "choice":
            return did_you_mean(written, option.choices) or "one of " + ", ".join(option.choices)
        case "length" if option.least and _LENGTH.fullmatch(written):
            return f"from `{option.least}` to `{option.most}`"
        case "length":
            return "write a number and a unit, such as `10pt` or `2cm`"
        case "color":
            return 'write six hexadecimal digits, such as `"#1f3a5f"`'
    return "use letters, digits, spaces and `.:/-`"
