"""Variants and translations that print less than they seem to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from cvtex.diagnostics.diagnostic import Needs
from cvtex.diagnostics.hints import did_you_mean
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.cv_prose import CvProse, KeyPath
from cvtex.lint.rules.structure.timeline import entries, shown
from cvtex.lint.rules.structure.tree import key_place
from cvtex.lint.rules.structure.unused import tags_in_use
from cvtex.lower.document import chosen_sections
from cvtex.project.project import Project, VariantFilter, variant_filter
from cvtex.readers.yaml.nodes import Scalar, child, listed
from cvtex.schema.sections import CVSection
from cvtex.source import Span


@rule("CV140", needs=Needs.COMPLETE_CV)
def unknown_tag(context: LintContext) -> RuleFindings:
    """A variant asks for a tag that nothing in the CV has.

    Including it leaves out everything that has another tag; excluding it has no effect. An
    excluded tag is only reported when it resembles one that is there.

    Bad:

    ```yaml
    variants:
      short: {include: [cor]}
    sections:
    - kind: talks
      title: Talks
      entries:
      - {title: The talk, tags: [core]}
    ```

    Good:

    ```yaml
    variants:
      short: {include: [core]}
    sections:
    - kind: talks
      title: Talks
      entries:
      - {title: The talk, tags: [core]}
    ```
    """
    there = {scalar.text.value for scalar in tags_in_use(context.project)}
    for name, variant in context.project.cv.variants.items():
        for key, tags in (("include", variant.include), ("exclude", variant.exclude)):
            for tag in dict.fromkeys(tags):
                near = did_you_mean(tag, there)
                if tag not in there and (near or key == "include"):
                    message = f"nothing has the tag `{tag}`"
                    place = _tag_place(context.project, name, key, tag)
                    yield Finding(message, place, near or f"add `tags: [{tag}]` to an entry")


def _tag_place(project: Project, variant: str, key: str, tag: str) -> Span | None:
    asked = listed(child(child(child(project.root, "variants"), variant), key))
    found = (item for item in asked if isinstance(item, Scalar) and item.text.value == tag)
    return next((item.span for item in found), None)


@rule("CV141", needs=Needs.COMPLETE_CV)
def empty_variant(context: LintContext) -> RuleFindings:
    """A variant prints nothing, or nothing of a section that it names.

    Its `include` and `exclude` leave out every entry. The section is missing from the PDF, although
    the variant names it.

    Bad:

    ```yaml
    variants:
      short: {sections: [Talks], exclude: [detail]}
    sections:
    - kind: talks
      title: Talks
      entries:
      - {title: The talk, tags: [detail]}
    ```

    Good:

    ```yaml
    variants:
      short: {sections: [Talks], exclude: [detail]}
    sections:
    - kind: talks
      title: Talks
      entries:
      - {title: The talk}
    ```
    """
    project = context.project
    for name, variant in project.cv.variants.items():
        kept = variant_filter(project.cv, name)
        chosen = chosen_sections(replace(project, variant=kept))
        emptied = [section for section in chosen if _emptied(section, kept)]
        if not chosen and variant.sections:
            continue
        if len(emptied) == len(chosen):
            place = key_place(project, "variants", name)
            hint = "its `include` and `exclude` leave out everything"
            yield Finding(f"the variant `{name}` prints nothing", place, hint)
            continue
        for asked in variant.sections:
            if any(asked.value in section.names() for section in emptied):
                message = f"the variant `{name}` prints no entry of `{shown(asked)}`"
                hint = "leave the section out, or let the variant include one of its tags"
                yield Finding(message, asked.span, hint)


def _emptied(section: CVSection, kept: VariantFilter) -> bool:
    """Return whether a variant prints no entry of a section that has some."""
    found = entries(section)
    return bool(found) and not any(kept.includes(entry.tags) for entry in found)


@rule("CV144")
def incomplete_translation(context: LintContext) -> RuleFindings:
    """A text is translated, but not into a language that most other translated texts have.

    In that language the text of another one is printed instead. Texts that are not translated at
    all are accepted, as names and numbers need no translation.

    Bad:

    ```yaml
    headline: {en: Mathematician, de: Mathematikerin, fr: Mathématicienne}
    contact:
      location: {en: Göttingen, de: Göttingen, fr: Gottingue}
    sections:
    - {kind: text, title: {en: Summary, de: Überblick}, body: ...}
    ```

    Good:

    ```yaml
    headline: {en: Mathematician, de: Mathematikerin, fr: Mathématicienne}
    contact:
      location: {en: Göttingen, de: Göttingen, fr: Gottingue}
    sections:
    - {kind: text, title: {en: Summary, de: Überblick, fr: Résumé}, body: ...}
    ```
    """
    maps = list(_translated(context.texts))
    counts = Counter(prose.language.lower() for texts in maps for prose in texts)
    usual = [tag for tag, count in counts.items() if count > max(1, len(maps) / 2)]
    for texts in maps:
        there = {prose.language.lower() for prose in texts}
        for tag in usual:
            reported = tag == context.project.language.lower()
            if not reported and tag not in there and tag.split("-")[0] not in there:
                hint = f"add `{tag}: ...` to the map"
                text = texts[0].text
                message = f"`{shown(text)}` is not translated into `{tag}`, as most texts are"
                yield Finding(message, text.span, hint)


def _translated(texts: Sequence[CvProse]) -> Iterator[list[CvProse]]:
    """Yield the translated texts, each as the list of its languages."""
    by_path: dict[KeyPath, list[CvProse]] = {}
    for prose in texts:
        by_path.setdefault(prose.path, []).append(prose)
    return (found for found in by_path.values() if len(found) > 1)
