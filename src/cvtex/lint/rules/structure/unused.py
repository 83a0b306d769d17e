"""Definitions that nothing uses: links, facts, tags, venues."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from cvtex.diagnostics.diagnostic import Fix, Needs, Safety, Severity
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.structure.tree import key_place, without_pair
from cvtex.project.project import Project
from cvtex.publications.publication import Publication
from cvtex.readers.yaml.nodes import Mapping, Node, Scalar, child, listed, scalars
from cvtex.richtext.plain import plain_text
from cvtex.support.lazy_re import lazy_re

_LINK_NAME = lazy_re(r"\[([^\[\]]+)\]")
_FACT_NAME = lazy_re(r"\{([A-Za-z_][\w.-]*)\}")
_VENUES = ("shortjournal", "journaltitle", "shortbooktitle", "booktitle")


@rule("CV137", fix=Safety.UNSAFE)
def unused_link(context: LintContext) -> RuleFindings:
    """A link is named under `links`, and no text refers to it.

    The text that used it was deleted, or the link was forgotten there, so that the reader cannot
    follow it. A text refers to a link as `[text][name]`.

    Bad:

    ```yaml
    links: {hilbert: https://example.org/hilbert, klein: https://example.org/klein}
    headline: Student of [David Hilbert][hilbert] and Felix Klein
    ```

    Good:

    ```yaml
    links: {hilbert: https://example.org/hilbert, klein: https://example.org/klein}
    headline: Student of [David Hilbert][hilbert] and [Felix Klein][klein]
    ```

    Fix: deletes the link, where it has a line for itself. It is unsafe, as you may have wanted to
    use it.
    """
    project = context.project
    hint = "use it as `[text][{}]`, or delete it"
    yield from _unused(project, "links", project.cv.links, _LINK_NAME, hint)


@rule("CV138", Severity.INFO, fix=Safety.UNSAFE, default=False)
def unused_fact(context: LintContext) -> RuleFindings:
    """A fact is named under `facts`, and no text prints it.

    Perhaps the number is typed in the text, where it grows old. A fact may also be kept for later,
    so this rule is off unless you ask for it.

    Bad:

    ```yaml
    facts: {citations: 3204}
    headline: Cited 2950 times
    ```

    Good:

    ```yaml
    facts: {citations: 3204}
    headline: "Cited {citations} times"
    ```

    Fix: deletes the fact, where it has a line for itself. It is unsafe, as you may have wanted to
    use it.
    """
    project = context.project
    hint = "use it as `{{{}}}`, or delete it"
    yield from _unused(project, "facts", project.cv.facts, _FACT_NAME, hint)


def _unused(
    project: Project, table: str, names: Collection[str], use: re.Pattern[str], hint: str
) -> Iterator[Finding]:
    """Yield a finding for each unused name of a table; a fix never empties it, which is a fault."""
    used = _used(project, use) if names else frozenset()
    unused = [name for name in names if not _is_used(name, used)]
    mapping = child(project.root, table)
    for name in unused:
        edit = without_pair(mapping, name) if len(unused) < len(names) else None
        fix = Fix(f"delete `{name}`", (edit,), Safety.UNSAFE) if edit else None
        message = f"`{name}` is defined under `{table}`, but not used"
        yield Finding(message, key_place(project, table, name), hint.format(name), fix=fix)


def _is_used(name: str, used: frozenset[str]) -> bool:
    return name in used or f"{name}.as_of" in used


def _used(project: Project, use: re.Pattern[str]) -> frozenset[str]:
    """Return the names that any text of cv.yaml uses, also in variants and in faulty values."""
    written = " ".join(project.sources[0].text.split()) if project.sources else ""
    texts = (" ".join(scalar.text.value.split()) for scalar in scalars(project.root))
    return frozenset(name for text in (written, *texts) for name in use.findall(text))


@rule("CV139", Severity.INFO, needs=Needs.COMPLETE_CV)
def unused_tag(context: LintContext) -> RuleFindings:
    """A tag is put on entries, and no variant includes or excludes it.

    The tag has no effect. Perhaps a variant spells it differently. In a CV without variants any tag
    is accepted.

    Bad:

    ```yaml
    variants:
      short: {exclude: [details]}
    sections:
    - kind: talks
      title: Talks
      entries:
      - {title: A long story, tags: [detail]}
    ```

    Good:

    ```yaml
    variants:
      short: {exclude: [detail]}
    sections:
    - kind: talks
      title: Talks
      entries:
      - {title: A long story, tags: [detail]}
    ```
    """
    cv = context.project.cv
    asked = {tag for v in cv.variants.values() for tag in (*v.include, *v.exclude)}
    unused: dict[str, Scalar] = {}
    for tag in tags_in_use(context.project) if cv.variants else ():
        if tag.text.value not in asked:
            unused.setdefault(tag.text.value, tag)
    for name, tag in unused.items():
        hint = "put it under `include` or `exclude` of a variant, or delete it"
        yield Finding(f"no variant asks for the tag `{name}`", tag.span, hint)


def tags_in_use(project: Project) -> Iterator[Scalar]:
    """Yield every tag of a section, an entry or a group, in their order."""
    for section in _maps(child(project.root, "sections")):
        yield from _tags(section)
        for key in ("entries", "groups"):
            for entry in _maps(child(section, key)):
                yield from _tags(entry)


def _maps(node: Node | None) -> Iterator[Mapping]:
    return (item for item in listed(node) if isinstance(item, Mapping))


def _tags(mapping: Mapping) -> Iterator[Scalar]:
    tags = listed(child(mapping, "tags"))
    return (tag for tag in tags if isinstance(tag, Scalar) and tag.text.value)


@rule("CV143", needs=Needs.COMPLETE_CV)
def misspelt_venue(context: LintContext) -> RuleFindings:
    """A name under `venues` differs slightly from the venue of a publication.

    Venues are compared letter by letter, so this one is never replaced by its other name, and the
    list of publications prints two kinds of names.

    Bad:

    ```yaml
    bibliography:
      venues: {Math Annalen: Mathematische Annalen}   # refs.bib has {Math. Annalen}
    ```

    Good:

    ```yaml
    bibliography:
      venues: {Math. Annalen: Mathematische Annalen}
    ```
    """
    venues = context.project.cv.bibliography.venues
    known = {name for short, full in venues.items() for name in (short, full)}
    there = _venues_of(context.project.bibliography.publications) if venues else set()
    near = {_bare(name): name for name in sorted(there) if name not in known}
    for short, full in venues.items():
        meant = near.get(_bare(short)) or near.get(_bare(full))
        if meant is not None and short not in there and full not in there:
            place = key_place(context.project, "bibliography", "venues", short)
            message = f"no publication appeared in `{short}`"
            yield Finding(message, place, f"write `{meant}`, as the .bib files do")


def _venues_of(publications: Iterable[Publication]) -> set[str]:
    fields = (p.fields[name] for p in publications for name in _VENUES if name in p.fields)
    return {plain_text(field) for field in fields}


def _bare(name: str) -> str:
    """Return the letters and digits of a name, without case."""
    return "".join(char for char in name.casefold() if char.isalnum())
