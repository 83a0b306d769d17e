"""Labels of publications that were typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from cvtex.diagnostics.diagnostic import Needs, Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.edits import fix_of
from cvtex.lint.prose import Prose
from cvtex.project.project import VariantFilter
from cvtex.support.lazy_re import lazy_re

_LABEL = lazy_re(r"(?<![\]\w\\\0])\[(?P<prefix>[A-Za-z]{0,3})\d{1,3}\](?![\w\0\[(:])")
_SEVERAL = lazy_re(
    r"(?<![\]\w\\\0])\[(?P<labels>[A-Za-z]{0,3}\d{1,3}(?:\s?[,;–-]\s?[A-Za-z]{0,3}\d{1,3})+)\]"
    r"(?![\w\0\[(:])"
)
_PART = lazy_re(
    r"(?P<prefix>[A-Za-z]*)(?P<first>\d+)(?:\s?[–-]\s?(?P<again>[A-Za-z]*)(?P<last>\d+))?"
)
_NUMBERS = lazy_re(
    r"(?i:\b(?:intervals?|intervalle?|range|segment|vectors?|arrays?|lists?|tuples?|sets?|scale"
    r"|shape|values?|scores?|grades?|rated|ratings?|between|zwischen|entre)|[=∈×+*/^≤<>])\s*\Z"
)
"""What stands before brackets that hold numbers."""
_ADDRESS = lazy_re(r"(?:\w://|\bwww\.|\w\.[a-z]{2,}/)\S*\Z")
"""What stands before brackets that are part of an address."""


@rule("CV227", fix=Safety.UNSAFE, needs=Needs.COMPLETE_CV)
def typed_reference(subject: LintContext) -> RuleFindings:
    """The label of a publication is typed, instead of the key of the publication.

    A label such as "[12]" is a number that cvtex gives: with the next publication, or in another
    order, it is that of another work. `[@key]` prints the label that the publication has, and links
    to it. Lists and ranges of labels, such as "[1, 3-5]", are `[@a; @b]`. A number that no
    publication has is found too, if it stands alone. Addresses hold no labels.

    Bad:

    ```yaml
    details: ["Proved the theorem of [12]."]
    ```

    Good:

    ```yaml
    details: ["Proved the theorem of [@noether1918]."]
    ```

    Fix: writes the key of the publication that has the label now, where only one has it. This is
    unsafe, since the label may be out of date already.
    """
    labels = _labels(subject)
    prefixes = {one.request.numbering.prefix for one in subject.lowered.lists if one.items}
    for prose in subject.texts if any(_is_bracketed(label) for label in labels) else ():
        yield from _typed_lists(prose, labels)
        for match in _LABEL.finditer(prose.plain):
            if _is_in_address(prose, match):
                continue
            if match[0] in labels:
                yield _typed(prose, match, labels[match[0]])
            elif match["prefix"] in prefixes and subject.project.cut == VariantFilter():
                yield Finding(
                    f"no publication has the label `{match[0]}`",
                    prose.text.place(*match.span()),
                    "refer to a publication by its key, as in `[@key]`; `\\[` is a bracket",
                )


def _is_in_address(prose: Prose, match: re.Match[str]) -> bool:
    before = prose.text.value[max(0, match.start() - 200) : match.start()]
    return _ADDRESS.search(before) is not None


def _typed_lists(prose: Prose, labels: Mapping[str, list[str]]) -> RuleFindings:
    """Lists and ranges of labels, all of which are printed."""
    for match in _SEVERAL.finditer(prose.plain):
        before = prose.plain[max(0, match.start() - 20) : match.start()]
        typed = [f"[{label}]" for label in _expanded(match["labels"])]
        if _NUMBERS.search(before) or _is_in_address(prose, match):
            continue
        if all(label in labels for label in typed) and typed:
            yield _typed_list(prose, match, [labels[label] for label in typed])


def _expanded(typed: str) -> Iterator[str]:
    """The labels of a list, those of its ranges one by one; none of a range that falls."""
    for part in _PART.finditer(typed):
        first, last = int(part["first"]), int(part["last"] or part["first"])
        for number in range(first, last + 1):
            yield f"{part['prefix']}{number}"
        if last < first or part["again"] not in (None, "", part["prefix"]):
            yield ""


def _typed_list(prose: Prose, match: re.Match[str], candidates: Sequence[Sequence[str]]) -> Finding:
    chosen = list(dict.fromkeys(keys[0] for keys in candidates))
    written = f"[{'; '.join(f'@{key}' for key in chosen)}]"
    is_certain = all(len(set(keys)) == 1 for keys in candidates)
    fix = fix_of(prose.text, *match.span(), written, f"write `{written}`", Safety.UNSAFE)
    typed = " ".join(match[0].split())
    return Finding(
        f"the labels `{typed}` are typed, and will be wrong when the list changes",
        prose.text.place(*match.span()),
        f"write `{written}`" if is_certain else "write the keys, as in `[@key; @key]`",
        fix=fix if is_certain else None,
    )


def _labels(subject: LintContext) -> dict[str, list[str]]:
    """The keys of the publications that have a label, by the label."""
    labels: dict[str, list[str]] = {}
    for printed in subject.lowered.lists:
        for item in printed.items:
            labels.setdefault(item.label, []).append(item.publication.key)
    return labels


def _is_bracketed(label: str) -> bool:
    return label.startswith("[") and label.endswith("]")


def _typed(prose: Prose, match: re.Match[str], keys: Sequence[str]) -> Finding:
    citations = [f"[@{key}]" for key in dict.fromkeys(keys)]
    fix = (
        fix_of(prose.text, *match.span(), citations[0], f"write `{citations[0]}`", Safety.UNSAFE)
        if len(citations) == 1
        else None
    )
    return Finding(
        f"the label `{match[0]}` is typed, and will be wrong when the list changes",
        prose.text.place(*match.span()),
        "write " + " or ".join(f"`{citation}`" for citation in citations[:3]),
        fix=fix,
    )
