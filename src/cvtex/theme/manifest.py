"""Finds themes, and reads their manifests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Struct
from pydantic import Field, ValidationError, model_validator

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Sink
from cvtex.diagnostics.hints import did_you_mean
from cvtex.diagnostics.usage import UsageError
from cvtex.readers.yaml.encoding import decode_yaml
from cvtex.readers.yaml.nodes import plain
from cvtex.readers.yaml.reader import read_yaml
from cvtex.schema.base import Model
from cvtex.schema.scalars import Choice, Word
from cvtex.schema.shorthand import Many
from cvtex.source import Text
from cvtex.theme.places import MANIFEST, candidates, own_themes, theme_folders

BASE_FILES = (".sty", ".lua")
"""The files of a base that TeX is given, by suffix."""

IGNORED_KEYS = ("engines",)
"""Keys of a theme.yaml for earlier versions; they never had an effect."""


class ThemeOption(Model):
    """An option of a theme, with its type, default and bounds."""

    name: Word
    type: Annotated[Literal["choice", "length", "color", "text"], Choice]
    default: Word = ""
    choices: Many[Word] = ()
    least: Word = ""
    most: Word = ""
    doc: Word


class Manifest(Model):
    """The content of a theme.yaml."""

    name: Word
    title: Word
    description: Word
    package: Word
    document_class: Word = Field(alias="class")
    class_options: Many[Word] = ()
    files: Many[Word]
    uses: Word = ""
    options: tuple[ThemeOption, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _without_ignored_keys(cls, values: object) -> object:
        if isinstance(values, dict):
            return {key: value for key, value in values.items() if key not in IGNORED_KEYS}
        return values


class Theme(Struct, frozen=True):
    """A theme with its manifest, the folder of its files, and that of the base it uses."""

    manifest: Manifest
    folder: Path
    base: Path | None = None

    @property
    def paths(self) -> dict[str, Path]:
        """The files that TeX needs, by name; those of the theme come before those of its base."""
        shared = sorted(self.base.iterdir()) if self.base else ()
        return {path.name: path for path in shared if path.suffix in BASE_FILES} | {
            name: self.folder / name for name in self.manifest.files
        }

    def files(self) -> dict[str, bytes]:
        """Return the bytes of the files that TeX needs, by name; raises `OSError`."""
        return {name: path.read_bytes() for name, path in self.paths.items()}


def list_themes(cv_folder: Path) -> dict[str, Theme]:
    """Return every theme that can be found, by name; the nearer folder wins."""
    found: dict[str, Theme] = {}
    for folder in theme_folders(cv_folder):
        for manifest in sorted(folder.glob(f"*/{MANIFEST}")):
            if manifest.parent.name not in found:
                found[manifest.parent.name] = read_theme(manifest.parent)
    return found


def theme_files(name: Text, cv_folder: Path) -> Iterator[Path]:
    """Yield the paths where a theme's manifest is looked for, and the files of the theme.

    A theme with an invalid manifest has no other files.
    """
    for folder in candidates(name.value, cv_folder):
        yield folder / MANIFEST
        if (folder / MANIFEST).is_file():
            with suppress(UsageError):
                yield from read_theme(folder).paths.values()
            return


def find_theme(name: Text, cv_folder: Path, sink: Sink) -> Theme | None:
    """Return the theme of a name or of a path; report one that is not there."""
    for folder in candidates(name.value, cv_folder):
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
    """Return the theme in a folder; raises `UsageError` when its manifest is not valid."""
    path = folder / MANIFEST
    manifest = _manifest(path.read_bytes(), path)
    return Theme(manifest, folder, _base(manifest, path))


def _base(manifest: Manifest, path: Path) -> Path | None:
    """Return the folder of the base that a theme uses: beside it, else among cvtex's own."""
    if not manifest.uses:
        return None
    beside = (path.parent.parent / manifest.uses, own_themes() / manifest.uses)
    is_name = Path(manifest.uses).name == manifest.uses.lstrip(".")
    base = next(filter(_is_base, beside), None) if is_name else None
    if base is None:
        raise UsageError(f"`{path}` uses `{manifest.uses}`, which is not there", "write `common`")
    return base


def _is_base(folder: Path) -> bool:
    """Return whether a folder holds files for other themes, and is not a theme itself."""
    return folder.is_dir() and not (folder / MANIFEST).exists()


@lru_cache(maxsize=8)
def _manifest(data: bytes, path: Path) -> Manifest:
    sink = Sink()
    source = decode_yaml(data, str(path), sink)
    node = read_yaml(source, sink) if source is not None else None
    try:
        if node is None or sink.has_errors():
            raise UsageError(f"`{path}` cannot be read: {next(iter(sink)).message}")
        return Manifest.model_validate(plain(node))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise UsageError(f"`{path}` is not a valid theme: {where}: {first['msg']}") from error
