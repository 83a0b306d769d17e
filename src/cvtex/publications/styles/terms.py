"""The English words of citation styles in the other languages of a CV.

The terms are those of biblatex's language files. What is missing here and is no word of the CV
stays English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from functools import cache

from cvtex.words import Words, words

_ENGLISH = (
    "and | ed. | eds. | edited by | trans. | translated by | vol. | no. | p. | pp. | pages | ch."
    " | art. no. | article | version | n.d. | manuscript | unpublished | unpublished manuscript"
    " | data set | computer software | retrieved from | available: | patent | US patent"
    " | European patent | German patent | Bachelor’s thesis | research report | issued | standard"
)

_TRANSLATIONS = {
    "de": (
        "und | Hrsg. | Hrsg. | hrsg. von | Übers. | übers. von | Bd. | Nr. | S. | S. | Seiten"
        " | Kap. | Art.-Nr. | Artikel | Version | o. D. | Manuskript | unveröffentlicht"
        " | unveröffentlichtes Manuskript | Datensatz | Software | abgerufen unter | verfügbar:"
        " | Patent | US-Patent | europäisches Patent | deutsches Patent | Bachelorarbeit"
        " | Forschungsbericht | erteilt | Norm"
    ),
    "fr": (
        "et | éd. | éd. | sous la dir. de | trad. | trad. par | t. | nᵒ | p. | p. | pages | chap."
        " | art. nᵒ | article | version | s. d. | manuscrit | non publié | manuscrit non publié"
        " | jeu de données | logiciel | disponible à l’adresse | disponible : | brevet"
        " | brevet américain | brevet européen | brevet allemand | mémoire de bachelor"
        " | rapport scientifique | délivré le | norme"
    ),
    "es": (
        "y | ed. | eds. | ed. por | trad. | trad. por | vol. | n.º | pág. | págs. | páginas | cap."
        " | art. n.º | artículo | versión | s.f. | manuscrito | inédito | manuscrito inédito"
        " | conjunto de datos | programa | disponible en | disponible: | patente"
        " | patente estadounidense | patente europea | patente alemana | tesis de licenciatura"
        " | informe de investigación | concedida | norma"
    ),
    "it": (
        "e | cur. | cur. | a cura di | trad. | trad. da | vol. | n. | p. | pp. | pagine | cap."
        " | art. n. | articolo | versione | n.d. | manoscritto | inedito | manoscritto inedito"
        " | dataset | software | disponibile su | disponibile: | brevetto | brevetto americano"
        " | brevetto europeo | brevetto tedesco | tesi di laurea triennale | rapporto di ricerca"
        " | rilasciato | norma"
    ),
    "pt": (
        "e | ed. | eds. | ed. por | trad. | trad. por | vol. | n.º | p. | pp. | páginas | cap."
        " | art. n.º | artigo | versão | s.d. | manuscrito | inédito | manuscrito inédito"
        " | conjunto de dados | software | disponível em | disponível: | patente"
        " | patente americana | patente europeia | patente alemã | trabalho de conclusão de curso"
        " | relatório de pesquisa | concedida | norma"
    ),
    "nl": (
        "en | red. | red. | red. door | vert. | vert. door | deel | nr. | p. | p. | pagina’s"
        " | hfdstk. | art.-nr. | artikel | versie | g.d. | manuscript | ongepubliceerd"
        " | ongepubliceerd manuscript | dataset | computersoftware | beschikbaar op | beschikbaar:"
        " | patent | Amerikaans patent | Europees patent | Duits patent | bachelorscriptie"
        " | onderzoeksrapport | verleend | norm"
    ),
}

_EDITIONS = {
    "de": "{n}. Aufl.",
    "fr": "{n}ᵉ éd.",
    "es": "{n}.ª ed.",
    "it": "{n}ª ed.",
    "pt": "{n}.ª ed.",
    "nl": "{n}e ed.",
}
_TERMS: Mapping[str, Mapping[str, str]] = {
    language: dict(zip(_ENGLISH.split(" | "), terms.split(" | "), strict=True))
    for language, terms in _TRANSLATIONS.items()
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_EDITION_WORD = re.compile(r"(?i)[\s,]*\b(edition|edn\.?|ed\.?|auflage|aufl\.?)\s*$")
_NUMBER = re.compile(r"(?i)(\d+)(?:st|nd|rd|th|\.|ᵉ|e|ª|\.ª)?")


def base_language(language: str) -> str:
    """The language of a BCP 47 tag if there are terms for it, else English."""
    base = language.replace("_", "-").split("-")[0].lower()
    return base if base in _TERMS else "en"


def is_english(language: str) -> bool:
    """Whether references are written in English in the language of a BCP 47 tag."""
    return base_language(language) == "en"


@cache
def translate(text: str, language: str) -> str:
    """A word or phrase of a template in another language, with the signs around it as they are.

    A capital at its beginning is kept.
    """
    phrase = text.strip(" \xa0()[],;")
    if is_english(language) or not phrase:
        return text
    known = {**_of_cv(language), **_TERMS[base_language(language)]}
    found = known.get(phrase)
    if found is None and (lower := known.get(phrase[0].lower() + phrase[1:])):
        found = lower[0].upper() + lower[1:]
    return text.replace(phrase, found) if found else text


@cache
def _of_cv(language: str) -> Mapping[str, str]:
    """What the CV itself calls things, by the English for it."""
    english, other = words("en"), words(language)
    names = [field.name for field in fields(Words) if isinstance(getattr(other, field.name), str)]
    return {getattr(english, name): getattr(other, name) for name in names}


def edition(text: str, language: str, ordinal_stop: str = "") -> str:
    """An edition: "2", "2nd" and "Second edition" are "2nd ed."; others keep their words.

    The stop stands behind an English ordinal.
    """
    bare = _EDITION_WORD.sub("", text)
    number = _NUMBER.fullmatch(bare)
    n = int(number[1]) if number else _ORDINALS.get(bare.lower(), 0)
    if not is_english(language):
        return _EDITIONS[base_language(language)].format(n=n) if n else text
    return f"{_ordinal(n)}{ordinal_stop} ed." if n else f"{bare} ed."


def _ordinal(n: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}th" if n % 100 in (11, 12, 13) else f"{n}{ending}"
