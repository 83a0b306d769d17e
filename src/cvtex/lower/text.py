"""Lowers texts of cv.yaml to inlines, in the language asked for, with references resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from cvtex.dates.format import DateStyle, format_date
from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Fix, Safety, Sink
from cvtex.diagnostics.fixes import write_instead
from cvtex.diagnostics.hints import did_you_mean, meant
from cvtex.document.nodes import PrintedDate
from cvtex.locale import Terms
from cvtex.publications.citations import CitationIndex, cite
from cvtex.publications.publication import Publication
from cvtex.publications.styles.plain import short_reference
from cvtex.richtext.markdown import Markup, parse_markup
from cvtex.richtext.nodes import Inlines, Link, Str
from cvtex.schema.scalars import DateValue
from cvtex.source import Text


class TextLowering(Struct, frozen=True):
    """The settings by which the texts and dates of a CV become inlines."""

    language: str
    fallback: str
    terms: Terms
    dates: DateStyle
    markup: Markup

    def rich(self, text: Text | None) -> Inlines:
        """Return the inlines of a text in the CV's language; none for no text."""
        return () if text is None else parse_markup(self.choose(text), self.markup)

    def choose(self, text: Text) -> Text:
        """Return the translation to print: in the language asked for, its base, or the CV's."""
        if not text.translations:
            return text
        by_tag = {tag.lower(): translation for tag, translation in text.translations}
        wanted = self.language.lower()
        for tag in (wanted, wanted.split("-")[0]):
            if tag in by_tag:
                return by_tag[tag]
        return self._missing(text, by_tag)

    def _missing(self, text: Text, by_tag: Mapping[str, Text]) -> Text:
        fallback = self.fallback.lower()
        tag = next(
            (t for t in (fallback, fallback.split("-")[0]) if t in by_tag), next(iter(by_tag))
        )
        self.markup.sink.add(
            catalogue.MISSING_TRANSLATION,
            f"no text for language `{self.language}`; the one for `{tag}` is printed",
            text.span,
            hint=f"add `{self.language}: ...` to the map",
        )
        return by_tag[tag]

    def date(self, when: DateValue | None) -> PrintedDate | None:
        """Return a date with the text by which the CV prints it."""
        if when is None:
            return None
        text = format_date(when.value, self.language, self.dates)
        return PrintedDate(when.value, (Str(text),))

    def linked(self, text: Text | None, url: Text | None) -> Inlines:
        """Return the inlines of a text, as a link if there is a URL."""
        inlines = self.rich(text)
        if url is None or not inlines or any(isinstance(node, Link) for node in inlines):
            return inlines
        return (Link(url.value.strip(), inlines),)


class ReferenceResolver(Struct, frozen=True):
    """Resolves citations, facts and links for the texts of one CV."""

    citations: CitationIndex
    publications: Mapping[str, Publication]
    facts: Mapping[str, str]
    links: Mapping[str, str]
    sink: Sink

    def cite(self, keys: Sequence[Text]) -> Inlines:
        """Return a citation: printed keys by label, known but unprinted ones by author and year."""
        unknown = [key for key in keys if key.value not in self.publications]
        for key in unknown:
            self._report_unknown(key)
        if unknown:
            return (Str("[" + ", ".join(key.value for key in keys) + "]"),)
        if any(self.citations.is_unlabelled(key.value) for key in keys):
            return short_reference(self.publications[key.value] for key in keys)
        unprinted = [key for key in keys if key.value not in self.citations.cited]
        for key in unprinted:
            self.sink.add(
                catalogue.UNPRINTED_CITATION,
                f"`{key}` is cited, but no list prints it; author and year stand in for its label",
                key.span,
                hint="widen the `select` of a publications section",
            )
        if unprinted:
            return short_reference(self.publications[key.value] for key in keys)
        return cite(self.citations, [key.value for key in keys])

    def _report_unknown(self, key: Text) -> None:
        self.sink.add(
            catalogue.UNKNOWN_CITEKEY,
            f"no publication has the key `{key}`",
            key.span,
            fix=_corrected(key, self.publications),
            hint=did_you_mean(key.value, self.publications)
            or "add it to the .bib file, or write `\\[` for a bracket",
        )

    def fact(self, name: Text) -> str:
        """Return the value of a fact; an unknown one as written."""
        if name.value in self.facts:
            return self.facts[name.value]
        self.sink.add(
            catalogue.UNKNOWN_FACT,
            f"`{name}` is not a fact",
            name.span,
            fix=_corrected(name, self.facts),
            hint=did_you_mean(name.value, self.facts)
            or f"define it under `facts:`, or write `\\{{{name}\\}}` for braces",
        )
        return f"{{{name}}}"

    def link(self, name: Text) -> str | None:
        """Return the URL of a named link; None for an unknown one."""
        if name.value in self.links:
            return self.links[name.value]
        self.sink.add(
            catalogue.UNKNOWN_LINK,
            f"no link is named `{name}`",
            name.span,
            fix=_corrected(name, self.links),
            hint=did_you_mean(name.value, self.links)
            or f"add `{name}: https://...` under `links:`, or write `\\[` for a bracket",
        )
        return None


def _corrected(name: Text, known: Iterable[str]) -> Fix | None:
    """Return a fix that writes the nearest known name."""
    return write_instead(name.span, name.value, meant(name.value, known), Safety.UNSAFE)
