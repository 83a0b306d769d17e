"""Decoded inlines made neat: HTML read, spaces collapsed, characters composed."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from cvtex.richtext.build import merge_strings
from cvtex.richtext.nodes import (
    Code,
    Emph,
    Inline,
    Inlines,
    Link,
    SmallCaps,
    Str,
    Strong,
    Subscript,
    Superscript,
)
from cvtex.support.lazy_re import lazy_re

_ENTITY = lazy_re(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = lazy_re(r"<(?P<close>/?)(?:jats:)?(?P<name>[a-z]+|mml:[a-z]+)(?:\s[^<>]*)?/?>", re.I)
_DEEPEST = 20
_SPACE = lazy_re(r"[ \t\r\n]+")
_TAGS: dict[str, type[Emph | Strong | SmallCaps | Subscript | Superscript] | None] = {
    **dict.fromkeys(("i", "em", "italic"), Emph),
    **dict.fromkeys(("b", "strong", "bold"), Strong),
    **dict.fromkeys(("scp", "sc", "smallcaps"), SmallCaps),
    "sub": Subscript,
    "inf": Subscript,
    "sup": Superscript,
    **dict.fromkeys(("span", "p", "title", "tt", "u"), None),
}
_WITH_CHILDREN = (Emph, Strong, SmallCaps, Subscript, Superscript, Link)


class _Tag(Struct, frozen=True):
    name: str
    closing: bool
    written: str


def tidy(inlines: Iterable[Inline]) -> Inlines:
    """Return the inlines with HTML decoded, text composed (NFC) and single spaces."""
    collapsed, _ = _collapsed(_with_html(inlines), after_space=True)
    return _without_final_space(collapsed)


def tidy_text(text: str) -> str:
    """Return a text without markup, composed and with single spaces."""
    return unicodedata.normalize("NFC", _SPACE.sub(" ", text).strip(" "))


def _with_html(inlines: Iterable[Inline]) -> Inlines:
    """Turn entities into characters, and pairs of tags into inlines."""
    parts: list[Inline | _Tag] = []
    for inline in merge_strings(tuple(inlines)):
        if isinstance(inline, Str):
            parts += _pieces(_ENTITY.sub(lambda match: html.unescape(match[0]), inline.text))
        elif isinstance(inline, _WITH_CHILDREN):
            parts.append(replace(inline, children=_with_html(inline.children)))
        else:
            parts.append(inline)
    return (
        merge_strings(_paired(parts)) if any(isinstance(p, _Tag) for p in parts) else _only(parts)
    )


def _only(parts: Iterable[Inline | _Tag]) -> Inlines:
    return tuple(part for part in parts if not isinstance(part, _Tag))


def _pieces(text: str) -> Iterable[Inline | _Tag]:
    position = 0
    for match in _TAG.finditer(text):
        name = match["name"].lower()
        if name in _TAGS or name.startswith("mml:"):
            yield Str(text[position : match.start()])
            yield _Tag(name, bool(match["close"]), match[0])
            position = match.end()
    yield Str(text[position:])


def _paired(parts: Iterable[Inline | _Tag]) -> list[Inline]:
    """Turn pairs of tags into inlines; a tag without its other half is text."""
    levels: list[tuple[_Tag | None, list[Inline]]] = [(None, [])]
    for part in parts:
        if not isinstance(part, _Tag):
            levels[-1][1].append(part)
        elif not part.closing and len(levels) <= _DEEPEST:
            levels.append((part, []))
        elif part.closing and any(opened and opened.name == part.name for opened, _ in levels):
            while (top := levels.pop())[0] is None or top[0].name != part.name:
                levels[-1][1].extend(_unpaired(top))
            levels[-1][1].extend(_element(part.name, tuple(top[1])))
        else:
            levels[-1][1].append(Str(part.written))
    while len(levels) > 1:
        top = levels.pop()
        levels[-1][1].extend(_unpaired(top))
    return levels[0][1]


def _unpaired(level: tuple[_Tag | None, list[Inline]]) -> list[Inline]:
    opened, children = level
    return [Str(opened.written), *children] if opened else children


def _element(name: str, children: Inlines) -> Inlines:
    make: Callable[[Inlines], Inline] | None = _TAGS.get(name)
    return children if make is None else (make(merge_strings(children)),)


def _collapsed(inlines: Inlines, *, after_space: bool) -> tuple[Inlines, bool]:
    """Collapse spaces, also with one before the start, and drop empty inlines."""
    result: list[Inline] = []
    for inline in inlines:
        made: Inline | None = inline
        if isinstance(inline, Str):
            text = _SPACE.sub(" ", unicodedata.normalize("NFC", inline.text))
            text = text[1:] if after_space and text.startswith(" ") else text
            after_space = text.endswith(" ") if text else after_space
            made = Str(text) if text else None
        elif isinstance(inline, _WITH_CHILDREN):
            children, after_space = _collapsed(inline.children, after_space=after_space)
            made = replace(inline, children=children) if children else None
        else:
            after_space = False
            made = Code(_SPACE.sub(" ", inline.text)) if isinstance(inline, Code) else inline
        if made is not None:
            result.append(made)
    return tuple(result), after_space


def _without_final_space(inlines: Inlines) -> Inlines:
    if not inlines:
        return ()
    *before, last = inlines
    if isinstance(last, Str):
        text = last.text.rstrip(" ")
        return (*before, Str(text)) if text else _without_final_space(tuple(before))
    if isinstance(last, _WITH_CHILDREN):
        children = _without_final_space(last.children)
        kept = (replace(last, children=children),) if children else ()
        return (*before, *kept) if kept else _without_final_space(tuple(before))
    return inlines
