"""Spaces: odd ones, too many, and too few around punctuation."""

from __future__ import annotations

import re

from cvtex.diagnostics.diagnostic import Fix, Safety, Severity
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.cv_prose import CvProse
from cvtex.lint.prose import matches
from cvtex.readers.yaml.lost import TEX_COMMAND
from cvtex.support.lazy_re import lazy_re

_ODD = lazy_re("(?P<blank>[\t\u2000-\u2008\u200a\u205f]+)|(?<=[!-~])\u3000(?=[!-~])")
_DOUBLED = lazy_re(r"(?<=[^\s.!?:;…*+-])[ \u00a0]{2,}(?=\S)")
_AT_AN_END = lazy_re(r"\A[ \t\u00a0]+(?=\S)|(?<=\S)[ \t\u00a0]+\Z")
_BEFORE = lazy_re(
    r"""(?<=[\w)\]"”’\0])(?:[ \t]*\n[ \t]*|[ \t]+)"""
    r"""(?:(?P<mark>,|\.(?!\.| \.)|[;?!])(?=\s|\Z)|(?P<before>,)(?=[^\W\d_](?!.*['‘’](?!\w))))"""
)
"""A mark behind a blank; one right before a word may be a quotation mark, as in ‚so‘."""
_IN_CALL = lazy_re(r"(?<=[^\W\d_])\([^()\s]*\Z")
"""The text before a comma that separates the arguments of a function."""
_MISSING = lazy_re(
    r"(?<![@/\\.\w-])(?P<before>[^\W\d_]{2,})(?P<mark>[,;])"
    r"(?=(?P<after>[^\W\d_]{2,})(?![-@/\\\w]))"
)
_WITHOUT_SPACES = lazy_re("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff]")
"""Letters of scripts that put no space behind punctuation, or that have signs of their own."""


@rule("CV215", fix=Safety.UNSAFE)
def odd_space(context: LintContext) -> RuleFindings:
    r"""A tab or a space of another width stands between words.

    It comes along when text is copied from a web page, a PDF or a word processor. The gap on the
    page is wider or narrower than the others, and lines may not break there. No-break spaces and
    thin spaces, which good typography needs, are not reported.

    Bad, with a tab:

    ```yaml
    headline: "Professor\tof Mathematics"
    ```

    Good:

    ```yaml
    headline: Professor of Mathematics
    ```

    Fix: writes a space. This is unsafe, since the width may be meant.
    """
    for prose, match in matches(context.texts, _ODD):
        is_inside = prose.plain[: match.start()].strip() and prose.plain[match.end() :].strip()
        if is_inside and not _is_command(prose, match.end() - 1):
            name = "a tab" if match[0][0] == "\t" else f"the space U+{ord(match[0][0]):04X}"
            yield Finding(
                f"{name} stands between words",
                prose.text.place(*match.span()),
                "type a usual space",
                fix=prose.fix(*match.span(), " ", "write a space", Safety.UNSAFE),
            )


def _is_command(prose: CvProse, at: int) -> bool:
    r"""Return whether a tab begins a command such as `\textbf`, which reading reports."""
    place = prose.text.place(at, at + 1)
    return place is not None and TEX_COMMAND.match(place.source.text, place.start) is not None


@rule("CV219", Severity.INFO, fix=Safety.SAFE)
def extra_space(context: LintContext) -> RuleFindings:
    """Two spaces stand in a row, or a text starts or ends with one.

    The page mostly hides it, but a space at the end of a text stands before the comma that cvtex
    puts behind it, and two spaces go into the outline and into what is copied. Two spaces between
    sentences, which some people type on purpose, are not reported.

    Bad:

    ```yaml
    headline: "Professor  of Mathematics "
    ```

    Good:

    ```yaml
    headline: Professor of Mathematics
    ```

    Fix: leaves one space between words and none at the ends.
    """
    for prose in context.texts:
        for match in _DOUBLED.finditer(prose.plain):
            one = "\u00a0" if "\u00a0" in match[0] else " "
            yield _finding(prose, match.span(), f"{len(match[0])} spaces in a row", one)
        for match in _AT_AN_END.finditer(prose.plain):
            where = "ends" if match.start() else "starts"
            if not _is_command(prose, match.end() - 1):
                yield _finding(prose, match.span(), f"this text {where} with a space", "")


def _finding(prose: CvProse, place: tuple[int, int], message: str, instead: str) -> Finding:
    hint = "leave one" if instead else "delete it"
    fix = prose.fix(*place, instead, "delete the spaces", Safety.SAFE)
    return Finding(message, prose.text.place(*place), hint, fix=fix)


@rule("CV220", fix=Safety.SAFE)
def space_before_punctuation(context: LintContext) -> RuleFindings:
    """A space stands before a comma or a full stop.

    It is left over when words are deleted or moved, and it also happens where a line begins with
    the mark, since the line end becomes a space. A comma is found right before a word, too, as in
    "rings ,ideals". In French a space before ";", "!" and "?" belongs there, so these marks are
    checked in other languages only.

    Bad:

    ```yaml
    body: I work on rings , ideals and fields .
    ```

    Good:

    ```yaml
    body: I work on rings, ideals and fields.
    ```

    Fix: deletes the space, or the line end, or puts it behind the comma. Before the marks that
    have a space in French it is unsafe, since a title may be French.
    """
    for prose, match in matches(context.texts, _BEFORE):
        mark, span = match[0].lstrip(), prose.text.place(*match.span())
        if mark not in ",." and prose.base_language in ("fr", "br", "oc"):
            continue
        message, hint = f"a space before `{mark}`", "delete it"
        if span is not None and len(span.text.splitlines()) > 1:
            message = f"the line end before `{mark}` becomes a space"
            hint = f"write the `{mark}` behind the word"
        elif match["before"]:
            hint = f"put it behind the `{mark}`"
        yield Finding(message, span, hint, fix=_without_space(prose, match))


def _without_space(prose: CvProse, match: re.Match[str]) -> Fix | None:
    if match["before"]:
        return prose.fix(*match.span(), ", ", "put the space behind it", Safety.SAFE)
    place = match.start(), match.start("mark")
    safety = Safety.SAFE if match["mark"] in ",." else Safety.UNSAFE
    return prose.fix(*place, "", "delete the space", safety)


@rule("CV221", fix=Safety.SAFE)
def missing_space(context: LintContext) -> RuleFindings:
    """No space stands behind a comma between two words.

    Words without a space between them are one word to TeX, which can then neither break the line
    there nor hyphenate them well. The arguments of a function, as in "Cov(mu,sigma)", may stand so.

    Bad:

    ```yaml
    headline: Rings,ideals and fields
    ```

    Good:

    ```yaml
    headline: Rings, ideals and fields
    ```

    Fix: puts a space behind the comma.
    """
    for prose, match in matches(context.texts, _MISSING):
        mark, after, place = match["mark"], match["after"], match.span("mark")
        is_in_call = _IN_CALL.search(prose.plain[: match.start("mark")])
        if not is_in_call and not _WITHOUT_SPACES.search(match["before"] + after):
            yield Finding(
                f"no space behind `{mark}`",
                prose.text.place(match.start(), match.end("after")),
                f"write `{match['before']}{mark} {after}`",
                fix=prose.fix(*place, f"{mark} ", "put a space behind it", Safety.SAFE),
            )
