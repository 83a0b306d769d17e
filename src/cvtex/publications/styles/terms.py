"""The English words of citation styles in the other languages of a CV.

The terms are those of biblatex's language files. What is missing here and is not a word of the CV
stays English.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from cvtex.locale import Terms, terms_of
from cvtex.support.lazy_re import lazy_re

_LANGUAGES = ("de", "fr", "es", "it", "pt", "nl")
_TABLE = """
and | und | et | y | e | e | en
ed. | Hrsg. | éd. | ed. | cur. | ed. | red.
eds. | Hrsg. | éd. | eds. | cur. | eds. | red.
edited by | hrsg. von | sous la dir. de | ed. por | a cura di | ed. por | red. door
trans. | Übers. | trad. | trad. | trad. | trad. | vert.
translated by | übers. von | trad. par | trad. por | trad. da | trad. por | vert. door
vol. | Bd. | t. | vol. | vol. | vol. | deel
no. | Nr. | n° | n.º | n. | n.º | nr.
p. | S. | p. | pág. | p. | p. | p.
pp. | S. | p. | págs. | pp. | pp. | p.
pages | Seiten | pages | páginas | pagine | páginas | pagina’s
ch. | Kap. | chap. | cap. | cap. | cap. | hfdstk.
art. no. | Art.-Nr. | art. n° | art. n.º | art. n. | art. n.º | art.-nr.
article | Artikel | article | artículo | articolo | artigo | artikel
version | Version | version | versión | versione | versão | versie
n.d. | o. D. | s. d. | s.f. | n.d. | s.d. | g.d.
n. d. | o. D. | s. d. | s.f. | n.d. | s.d. | g.d.
manuscript | Manuskript | manuscrit | manuscrito | manoscritto | manuscrito | manuscript
unpublished | unveröffentlicht | non publié | inédito | inedito | inédito | ongepubliceerd
unpublished manuscript | unveröffentlichtes Manuskript | manuscrit non publié | manuscrito inédito
  | manoscritto inedito | manuscrito inédito | ongepubliceerd manuscript
data set | Datensatz | jeu de données | conjunto de datos | dataset | conjunto de dados | dataset
computer software | Software | logiciel | programa | software | software | computersoftware
retrieved from | abgerufen unter | disponible à l’adresse | disponible en | disponibile su
  | disponível em | beschikbaar op
available: | verfügbar: | disponible\xa0: | disponible: | disponibile: | disponível: | beschikbaar:
patent | Patent | brevet | patente | brevetto | patente | patent
US patent | US-Patent | brevet américain | patente estadounidense | brevetto americano
  | patente americana | Amerikaans patent
European patent | europäisches Patent | brevet européen | patente europea | brevetto europeo
  | patente europeia | Europees patent
German patent | deutsches Patent | brevet allemand | patente alemana | brevetto tedesco
  | patente alemã | Duits patent
Bachelor’s thesis | Bachelorarbeit | mémoire de bachelor | tesis de licenciatura
  | tesi di laurea triennale | trabalho de conclusão de curso | bachelorscriptie
research report | Forschungsbericht | rapport scientifique | informe de investigación
  | rapporto di ricerca | relatório de pesquisa | onderzoeksrapport
issued | erteilt | délivré le | concedida | rilasciato | concedida | verleend
standard | Norm | norme | norma | norma | norma | norm
"""
"""English, then the other languages in their order; an indented line goes on with a row."""

_EDITIONS = {
    "de": "{n}. Aufl.",
    "fr": "{n}e éd.",
    "es": "{n}.ª ed.",
    "it": "{n}ª ed.",
    "pt": "{n}.ª ed.",
    "nl": "{n}e ed.",
}
_ROWS = tuple(tuple(row.split(" | ")) for row in _TABLE.strip().replace("\n ", "").splitlines())
_TERMS: Mapping[str, Mapping[str, str]] = {
    language: {row[0]: row[i] for row in _ROWS} for i, language in enumerate(_LANGUAGES, 1)
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_EDITION_WORD = lazy_re(r"(?i)[\s,]*\b(edition|edn\.?|ed\.?|auflage|aufl\.?)\s*$")
_NUMBER = lazy_re(r"(?i)(\d+)(?:st|nd|rd|th|\.|e|ª|\.ª)?")


@cache
def base_language(language: str) -> str:
    """Return the language of a BCP 47 tag if there are terms for it, else English."""
    base = language.replace("_", "-").split("-")[0].lower()
    return base if base in _TERMS else "en"


def is_english(language: str) -> bool:
    """Return whether references are written in English in the language of a BCP 47 tag."""
    return base_language(language) == "en"


@cache
def translate(text: str, language: str) -> str:
    """Translate a word or phrase of a template, with the signs around it as they are.

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
    """Return the CV's own terms, by the English ones."""
    english, other = terms_of("en"), terms_of(language)
    names = [name for name in Terms.__struct_fields__ if isinstance(getattr(other, name), str)]
    return {getattr(english, name): getattr(other, name) for name in names}


def edition(text: str, language: str, ordinal_stop: str = "") -> str:
    """Return an edition: "2nd ed." for "2" or "Second edition"; others keep their words.

    The stop follows an English ordinal.
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
