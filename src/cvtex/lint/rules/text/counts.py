"""Numbers that were typed, held against the data they count."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from cvtex.diagnostics.diagnostic import Needs, Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.edits import fix_of
from cvtex.lint.prose import Prose
from cvtex.project.project import VariantFilter
from cvtex.publications.publication import Publication, Status
from cvtex.richtext.plain import plain_text
from cvtex.schema.publications import PublicationSelect
from cvtex.schema.sections import PublicationsSection
from cvtex.support.lazy_re import lazy_re

_MORE = (
    r"more than|over|at least|above|upwards of|>|≥|mehr als|über|mindestens|plus de|au moins|más de"
    r"|oltre|più di|mais de|meer dan"
)
_ABOUT = (
    r"about|around|approximately|roughly|nearly|almost|some|circa|ca\.|~|≈|etwa|rund|fast|knapp"
    r"|environ|presque|près de|unos|casi|quasi|cerca de|ongeveer|bijna"
)
_LESS = (
    r"less than|fewer than|under|up to|weniger als|bis zu|moins de|menos de|meno di|top|first|last"
)
_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty",
    "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn"
    " siebzehn achtzehn neunzehn zwanzig",
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept"
    " dix-huit dix-neuf vingt",
)
_VALUES = {word: n for words in _WORDS for n, word in enumerate(words.split(), 2)}
"""Numbers as words; "one" is an article, too, and is left alone."""
_WORD = "|".join(sorted(_VALUES, key=len, reverse=True))
_NUMBER = (
    rf"(?:(?P<more>{_MORE})\s*|(?P<about>{_ABOUT})\s*|(?P<less>{_LESS})\s*)?"
    r"(?<![\w.,:/$€£–-])(?P<n>\d{1,3}(?:[,.]\d{3})+|\d{1,6}"
    rf"|(?<!hundred )(?<!hundred and )(?<!thousand )(?<!cent )(?<!mille )(?<!quatre-)(?:{_WORD}))"
    r"(?P<plus>\s?\+)?"
)
_WORKS = lazy_re(
    rf"{_NUMBER}\s+(?:(?:(?P<reviewed>peer[- ]reviewed|refereed|published|begutachtete[nr]?)"
    r"|scientific|research|academic|scholarly|wissenschaftliche[nr]?|original)\s+)*"
    r"(?:(?P<works>publications|papers|Publikationen|Veröffentlichungen|publicaciones|pubblicazioni"
    r"|publicações|publicaties)|articles|Aufsätzen?|Artikeln?|artículos|articoli|artigos|artikelen)\b"
    r"(?!-)(?: scientifiques| científicas| científicos| scientifiche)?",
    re.IGNORECASE,
)
_CITATIONS = lazy_re(
    rf"{_NUMBER}\s+(?:citations|Zitationen|Zitate|citas|citazioni|citações|citaties)\b",
    re.IGNORECASE,
)
_ENDS_CLAUSE = lazy_re(
    r"\s*(?:[.,;:)!]|\Z|(?:and|und|et|y|e|(?P<en>en)(?! total))\b|with \S+ citations|in total"
    r"|to date|so far|overall|insgesamt|bisher|au total|en total)"
)
_OWN = lazy_re(
    r"author|publish|publi|wr[io]te|written|\bmy\b|\bI\b|veröffentlich|verfass|auteur|autor|escri"
    r"|(?:^|[:;,(–—|·•])\s*\Z",
    re.IGNORECASE,
)
_OF_OTHERS = lazy_re(
    r"\b(?:one|out) of\b"
    r"|(?<!peer-)(?<!peer )review|referee|\bgrad|\bread|edit|cover|survey|analy|annotat|collect"
    r"|dataset|corpus|\bof the\b|among|\bfrom\b|cited|begutacht|\brelu|supervis|mentor|student"
    r"|tutor|talk|translat|group|team|\blab|department|institut|\bour\b|\bwe\b|searched|organi",
    re.IGNORECASE,
)
_OF_A_PART = lazy_re(
    r"\b(?:during|while|since|past|last|recent|years?|months?|at|within|between|in|as|first|lead|sole"
    r"|single|senior|with|currently|another|additional|further|including|best|which|for|on|seit"
    r"|während|letzten|mit|bei|im|dans|depuis|avec|desde|con|als|pendant|paper|article)\b",
    re.IGNORECASE,
)
_AND = r"(?:and|but|und|aber|et)\s+"
_SELF_AGAIN = lazy_re(
    r".*\b(?:is|am|are|was|were|\w+ed|lead|led|run|ran|work|teach|won|ist|bin|war|leite|suis|est"
    r"|I\s\w+)\b"
    rf".*[,;]\s*{_AND}(?=(?:I|ich|habe ich|je|j['’]ai)\b)",
    re.DOTALL,
)
"""What stands before a clause that says "I" anew."""
_SELF_STILL = lazy_re(
    rf"\s*(?:(?P<we>We)|I|Ich|Je|J['’]ai)\b.*[\s,;]{_AND}"
    r"(?=(?P<aux>(?:have|habe|ai)\s+)?(?:(?:also|now|bisher)\s+)?"
    r"(?:(?:published|(?:co-?)?authored|wrote|written|publié|écrit)\b|(?(aux)\Z|(?!))))",
    re.DOTALL,
)
"""The same where the subject is that of the clause before."""
_A_GROUP = lazy_re(r"\b(?:group|team|lab|institute|department|center|centre|company)\b")
_SUMS_UP = lazy_re(r"(?:I have|[Ii]ch habe|habe ich|[Jj]['’]ai)\b")
_PUBLISHED = lazy_re(r"(?:published|written|authored|veröffentlicht|publié|écrit)\s*\Z")
_CHOSEN = lazy_re(
    r"select|highlight|recent|represent|key |main|ausgew|wichtig|neuere|choisi|principa|destacad"
    r"|seleccion|selezion|recente|belangrijk",
    re.IGNORECASE,
)
_LONGEST = 1000
"""How many characters of a sentence are looked at."""
_SENTENCE_END = lazy_re(r"(?<=\w[\w)\]\0])[.!?]\s+|:\s")
_PAPERS = frozenset("article inproceedings conference online techreport report".split())
_REVIEWED = frozenset("article inproceedings conference".split())
_NOT_YET = (Status.PREPARATION, Status.SUBMITTED, Status.UNDER_REVIEW)
_PREPRINT = lazy_re(r"arxiv|rxiv|preprint|ssrn|submitted|under review", re.IGNORECASE)


class _Truth(Struct, frozen=True):
    """What a number may be: `low` to `high`, by which fact, and who knows."""

    low: int
    high: int
    fact: str
    source: str


@rule("CV228", fix=Safety.UNSAFE, needs=Needs.COMPLETE_CV)
def stale_count(subject: LintContext) -> RuleFindings:
    """A typed number of publications or citations is not what the data says.

    A number that is typed once is forgotten when the next paper appears. `{publications}` counts
    what is printed, and a fact, such as `{citations}`, is kept in one place. Only claims about all
    publications are held against the data, in running text and in the headline: "over 15 papers"
    is true of 22, "3 papers at NeurIPS" says nothing of the rest. Works that are not yet out may be
    counted or not, and preprints where the text says "peer-reviewed". Where the CV prints selected
    works only, no number is too large. Where a number counts a part, as in "25 papers at ICML", it
    is found only if it is larger than all that the data has.

    Bad, with 22 publications in the lists:

    ```yaml
    body: I have published 12 papers.
    ```

    Good:

    ```yaml
    body: I have published {publications} papers.
    ```

    Fix: writes the fact in place of a plain number. This is unsafe, since the number may count
    something else. For the number of a part there is no fix.
    """
    if subject.project.cut != VariantFilter():
        return
    works, reviewed = _works(subject, False), _works(subject, True)
    citations = _fact(subject, "citations")
    for prose in subject.texts:
        if prose.path[0] != "headline" and prose.field != "body":
            continue
        for match in _WORKS.finditer(prose.plain) if works else ():
            truth = reviewed if match["reviewed"] else works
            if truth and not match["works"]:
                truth = replace(truth, low=0)
            if truth and _is_own(prose, match) and _is_stale(prose, match, truth):
                yield _finding(prose, match, truth)
        for match in _CITATIONS.finditer(prose.plain) if citations else ():
            if citations and _is_stale(prose, match, citations):
                yield _finding(prose, match, citations)


def _works(subject: LintContext, reviewed: bool) -> _Truth | None:
    """How many publications, or papers that were `reviewed`, if the CV prints all of them."""
    items = [item.publication for one in subject.lowered.lists for item in one.items]
    printed = {publication.key: publication for publication in items}
    if not printed or not _prints_all(subject):
        return None
    counted = _is_reviewed if reviewed else _is_paper
    low, high = sum(map(counted, printed.values())), len(printed)
    return _Truth(low, high, "publications", f"the lists print {high}")


def _prints_all(subject: LintContext) -> bool:
    """Whether a list takes whatever the others leave, and no title says that it is a choice."""
    sections = [s for s in subject.project.cv.sections if isinstance(s, PublicationsSection)]
    wide = [s for s in sections if s.select.rest or s.select == PublicationSelect.model_construct()]
    return any(not any(_CHOSEN.search(name) for name in s.names()) for s in wide)


def _is_paper(publication: Publication) -> bool:
    """Whether a work is a paper that is out, be it as a preprint."""
    is_preprint = "arxiv" in publication.links
    is_out = publication.status not in _NOT_YET
    return is_out and (publication.type in _PAPERS or is_preprint)


def _is_reviewed(publication: Publication) -> bool:
    """Whether a work went through review by anybody's reckoning."""
    told = (publication.fields.get(name, ()) for name in ("journaltitle", "note"))
    return (
        publication.type in _REVIEWED
        and publication.status is Status.PUBLISHED
        and not _PREPRINT.search(" ".join(map(plain_text, told)))
    )


def _fact(subject: LintContext, name: str) -> _Truth | None:
    """The number of a fact of the CV."""
    fact = subject.project.cv.facts.get(name)
    digits = re.sub(r"[,.\s]", "", fact.value.value) if fact else ""
    if not digits.isdecimal():
        return None
    return _Truth(int(digits), int(digits), name, f"the fact `{name}` says {digits}")


def _is_own(prose: Prose, match: re.Match[str]) -> bool:
    before = _clause(prose, match)
    return bool(_OWN.search(before)) or not before.strip() or bool(match["works"])


def _is_stale(prose: Prose, match: re.Match[str], truth: _Truth) -> bool:
    number = _number(match["n"])
    others = _OF_OTHERS.search(_own_clause(_clause(prose, match)))
    if match["less"] or others or (1900 < number < 2100 and truth.high < 1900):
        return False
    if match["more"] or match["plus"]:
        return number > truth.high
    if match["about"]:
        return number * 0.75 > truth.high or (number * 1.25 < truth.low and _of_all(prose, match))
    return number > truth.high or (number < truth.low and _of_all(prose, match))


def _number(typed: str) -> int:
    return _VALUES.get(typed.lower()) or int(re.sub(r"\D", "", typed))


def _of_all(prose: Prose, match: re.Match[str]) -> bool:
    """Whether a number is said of everything, and not of a place, a time or a part.

    What goes before in the sentence narrows a claim, unless the claim is "I have" anew. "Two
    papers" may be any two; "I have published two papers" counts them.
    """
    before = _clause(prose, match)
    own = _own_clause(before)
    if not match["n"][0].isdigit() and not _PUBLISHED.search(before):
        return False
    narrowing = own if _SUMS_UP.match(own) else before
    return _ends_clause(prose, match) and not _OF_A_PART.search(narrowing)


def _of_a_part(prose: Prose, match: re.Match[str]) -> bool:
    """Whether the words around a number say that it is that of a place, a time or a part."""
    own = _own_clause(_clause(prose, match))
    return not _ends_clause(prose, match) or _OF_A_PART.search(own) is not None


def _ends_clause(prose: Prose, match: re.Match[str]) -> bool:
    """Whether nothing more is said of what is counted; "en" is "and" in Dutch, "in" elsewhere."""
    end = _ENDS_CLAUSE.match(prose.plain, match.end())
    return end is not None and (not end["en"] or prose.base_language == "nl")


def _clause(prose: Prose, match: re.Match[str]) -> str:
    """The sentence up to the number."""
    before = prose.plain[max(0, match.start() - _LONGEST) : match.start()]
    return _SENTENCE_END.split(before)[-1]


def _own_clause(sentence: str) -> str:
    """The last clause of a sentence, if one says of oneself what it counts; else the sentence."""
    still = _SELF_STILL.match(sentence)
    if still and not (still["we"] and _A_GROUP.search(sentence)):
        return sentence[still.end() :]
    again = _SELF_AGAIN.match(sentence)
    return sentence[again.end() :] if again else sentence


def _finding(prose: Prose, match: re.Match[str], truth: _Truth) -> Finding:
    counted = f"{{{truth.fact}}}"
    if _of_a_part(prose, match):
        return _too_many(prose, match, truth)
    plain = not (match["more"] or match["about"] or match["plus"])
    fix = fix_of(prose.text, *match.span("n"), counted, f"write `{counted}`", Safety.UNSAFE)
    return Finding(
        f"`{' '.join(match[0].split())}` is not what the data says: {truth.source}",
        prose.text.place(*match.span()),
        f"write `{counted}` for the number, which is always up to date",
        fix=fix if plain else None,
    )


def _too_many(prose: Prose, match: re.Match[str], truth: _Truth) -> Finding:
    """The finding for the number of a part, which is larger than that of everything."""
    return Finding(
        f"`{' '.join(match[0].split())}` is more than the data has of all kinds: {truth.source}",
        prose.text.place(*match.span()),
        "correct the number, or add to the data what is missing",
    )
