"""Breaks a CV in one place at a time, as people do, and knows the line that is wrong then.

Each kind of fault is a pattern of places and what a slip makes of them; of all places a kind has in
a file, a few that lie far apart are taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Slip = Callable[[re.Match[str]], str]


@dataclass(frozen=True)
class Injected:
    """A file with one fault, and the line it is in, counted from 1."""

    kind: str
    file: str
    text: str
    line: int


@dataclass(frozen=True)
class Kind:
    """A kind of fault: what `slip` makes of `most` places that `pattern` finds.

    The fault is where the group `at` begins, or the whole match if there is no such group; with
    `behind` it is where the match ends: in what was put there.
    """

    name: str
    file: str
    pattern: str
    slip: Slip
    most: int = 5
    behind: bool = False

    def inject(self, text: str) -> Iterator[Injected]:
        """The text with one fault, for each of the chosen places."""
        places = re.finditer(self.pattern, text, re.MULTILINE)
        found = [m for m in places if self.slip(m) != m[0] and not _in_comment(text, m.start())]
        step = max(len(found) / self.most, 1)
        for match in found[:: int(step)][: self.most]:
            broken = text[: match.start()] + self.slip(match) + text[match.end() :]
            start = match.start("at") if "at" in match.groupdict() else match.start()
            place = match.end() if self.behind else start
            yield Injected(self.name, self.file, broken, text.count("\n", 0, place) + 1)


def _in_comment(text: str, offset: int) -> bool:
    before = text[text.rfind("\n", 0, offset) + 1 : offset]
    return bool(re.match(r"\s*[#%]|.*\s#", before))


def swapped(word: str) -> str:
    """A word with two letters in the wrong order, as fast fingers write them."""
    middle = len(word) // 2
    return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


def shortened(word: str) -> str:
    """A word that lacks a letter."""
    middle = len(word) // 2
    return word[:middle] + word[middle + 1 :]


CV = (
    Kind(
        "key mistyped",
        "cv.yaml",
        r"(?<=^    )[a-z]{4,}(?=: )|^(?<=- )kind(?=: )|(?<=^  - )\w{5,}(?=: )",
        lambda m: swapped(m[0]),
        9,
    ),
    Kind(
        "top-level key mistyped",
        "cv.yaml",
        r"^(?:headline|contact|links|facts|bibliography|sections)(?=:)",
        lambda m: shortened(m[0]),
        6,
    ),
    Kind(
        "key of a setting mistyped",
        "cv.yaml",
        r"(?<=^  )(?:files|style|names|venues|website|order|numbering|select|groups|entries)(?=:)",
        lambda m: swapped(m[0]),
        7,
    ),
    Kind(
        "required key dropped",
        "cv.yaml",
        r"^(?P<at>- kind: \w+\n(?:  id: .*\n)?)  title: .*\n",
        lambda m: m["at"],
        5,
    ),
    Kind(
        "organization dropped",
        "cv.yaml",
        r"^  - organization: .*\n    (?=date)",
        lambda _: "  - ",
        3,
    ),
    Kind("kind misspelt", "cv.yaml", r"(?<=^- kind: )\w+", lambda m: shortened(m[0]), 5),
    Kind(
        "choice misspelt",
        "cv.yaml",
        r"(?<=scheme: )restart|(?<=names: )given-family|(?<=order: )file|(?<=style: )plain",
        lambda m: swapped(m[0]),
        4,
    ),
    Kind(
        "dates swapped",
        "cv.yaml",
        r"(?<=date: )(\d{4}(?:-\d\d)?)/(\d{4}(?:-\d\d)?)$",
        lambda m: f"{m[2]}/{m[1]}",
        7,
    ),
    Kind("no such month", "cv.yaml", r"(?<=date: )(\d{4})-\d\d", lambda m: f"{m[1]}-13", 5),
    Kind("year mistyped", "cv.yaml", r"(?<=date: )20(?=\d\d-\d\d/|\d\d-\d\d-)", lambda _: "02", 4),
    Kind(
        "end in the far future",
        "cv.yaml",
        r"(?<=date: )(\d{4}-\d\d)/20(?=\d\d-)",
        lambda m: f"{m[1]}/21",
        5,
    ),
    Kind("citekey broken", "cv.yaml", r"(?<=\[@)\w+(?=\])", lambda m: shortened(m[0]), 5),
    Kind("name of a link broken", "cv.yaml", r"(?<=\]\[)[\w-]+(?=\])", lambda m: swapped(m[0]), 5),
    Kind(
        "name of a fact broken", "cv.yaml", r"(?<=\{)citations(?=\} )", lambda m: shortened(m[0]), 1
    ),
    Kind(
        "word doubled",
        "cv.yaml",
        r"(?<= )(?:of|and|for|to|the|in|at|Learning|about) (?=\w)",
        lambda m: m[0] * 2,
        8,
    ),
    Kind("blank doubled", "cv.yaml", r"(?<=[a-z]) (?=[a-z]{3,} .*\S$)", lambda _: "  ", 4),
    Kind("tab for blanks", "cv.yaml", r"^    (?=\w+: )", lambda _: "\t", 4),
    Kind("indented too far", "cv.yaml", r"^    (?=role: |date: )", lambda _: "     ", 4),
    Kind("colon forgotten", "cv.yaml", r"(?<=^    date): ", lambda _: " ", 4),
    Kind(
        "blank behind a colon forgotten",
        "cv.yaml",
        r"(?<=^    role: )|(?<=    degree): ",
        lambda _: ":",
        3,
    ),
    Kind("bracket forgotten", "cv.yaml", r"(?<=[a-zA-Z])\]$", lambda _: "", 4),
    Kind("brace forgotten", "cv.yaml", r"(?<=\d)\}$", lambda _: "", 4),
    Kind("quote forgotten", "cv.yaml", r"(?<=[a-z+)%])\"(?=[,\]])", lambda _: "", 3),
    Kind(
        "line twice",
        "cv.yaml",
        r"^    (?:date|role|location): .*\n",
        lambda m: m[0] * 2,
        4,
        behind=True,
    ),
    Kind(
        "value forgotten",
        "cv.yaml",
        r"(?<=^    )(role|location|date|degree): .+$",
        lambda m: f"{m[1]}:",
        5,
    ),
    Kind(
        "placeholder left",
        "cv.yaml",
        r"(?<=^    location: ).+$|(?<=^    supervisor: ).+$",
        lambda _: "TODO",
        4,
    ),
    Kind(
        "invisible character",
        "cv.yaml",
        r"(?<=[a-z]) (?=[A-Z][a-z]+ .*\S$)",
        lambda _: " \u200b",
        4,
    ),
    Kind("strong never closed", "cv.yaml", r"(?<=- title: )(?=\w)", lambda _: "**", 3),
    Kind("code never closed", "cv.yaml", r"(?<=- title: )(?=\w)", lambda _: "`", 2),
    Kind("address without scheme", "cv.yaml", r"(?<=: )https?://(?=\w)", lambda _: "", 5),
    Kind("colon of an address lost", "cv.yaml", r"(?<=: http)s?://(?=\w)", lambda _: "//", 3),
    Kind("typed count wrong", "cv.yaml", r"over 15 papers", lambda _: "over 30 papers", 1),
    Kind("typed label", "cv.yaml", r"\[@\w+\]", lambda _: "[3]", 3),
    Kind("typed range", "cv.yaml", r"(?<=\(top )\d%(?=\))|ICML 2021", lambda _: "2018-2020", 3),
    Kind("parenthesis forgotten", "cv.yaml", r"(?<=KAUST)\)$|(?<=XJTU)\)$", lambda _: "", 3),
    Kind(
        "section named that is not there",
        "cv.yaml",
        r"(?<=sections: \[)Summary|(?<=, )highlighted(?=,)",
        lambda m: shortened(m[0]),
        2,
    ),
    Kind("accent typed in LaTeX", "cv.yaml", r"(?<=Richt)á(?=rik)", lambda _: "\\'a", 3),
)

HEAD = r"(?P<at>@\w+\{\w+,\n)"
FIELD = r"  (?:{0}) .*\n(?:      .*\n)*"
"""How refs.bib begins its entries, and writes a field over one line or more."""

BIB = (
    Kind(
        "field mistyped",
        "refs.bib",
        r"(?<=^  )(?:title|author|booktitle|eprint|date)(?= )",
        lambda m: swapped(m[0]),
        7,
    ),
    Kind(
        "title dropped",
        "refs.bib",
        rf"{HEAD}(?P<rest>{FIELD.format('author')})(?:{FIELD.format('title')})",
        lambda m: m["at"] + m["rest"],
        4,
    ),
    Kind(
        "authors dropped",
        "refs.bib",
        rf"{HEAD}(?:{FIELD.format('author')})",
        lambda m: m["at"],
        4,
    ),
    Kind(
        "venue dropped",
        "refs.bib",
        rf"{HEAD}(?P<rest>(?:{FIELD.format('author|title')})*)(?:{FIELD.format('booktitle')})",
        lambda m: m["at"] + m["rest"],
        4,
    ),
    Kind(
        "date dropped",
        "refs.bib",
        rf"{HEAD}(?P<rest>(?:{FIELD.format('author|title|booktitle')})*)(?:{FIELD.format('date')})",
        lambda m: m["at"] + m["rest"],
        4,
    ),
    Kind("comma forgotten", "refs.bib", r"(?<=\}),(?=\n  title)", lambda _: "", 4),
    Kind("brace forgotten", "refs.bib", r"(?<=[a-z])\}(?=,\n)", lambda _: "", 5),
    Kind("opening brace forgotten", "refs.bib", r"(?<=  date         = )\{", lambda _: "", 3),
    Kind("equals sign forgotten", "refs.bib", r"(?<=^  date         )= ", lambda _: "", 3),
    Kind("key twice", "refs.bib", r"(?<=@online\{)\w+", lambda _: "yi2024cohort", 3),
    Kind(
        "entry type misspelt",
        "refs.bib",
        r"(?<=@)(?:inproceedings|techreport|online|article)(?=\{)",
        lambda m: shortened(m[0]),
        5,
    ),
    Kind("DOI spoilt", "refs.bib", r"(?<=doi          = \{)10\.", lambda _: "10/", 1),
    Kind(
        "DOI as an address",
        "refs.bib",
        r"(?<=doi          = \{)(?=10\.)",
        lambda _: "https://doi.org/",
        1,
    ),
    Kind("arXiv number spoilt", "refs.bib", r"(?<=eprint       = \{\d{4})\.", lambda _: "", 4),
    Kind(
        "title in capitals",
        "refs.bib",
        r"(?<=title        = \{)[A-Z][\w -]+(?=\},)",
        lambda m: m[0].upper(),
        3,
    ),
    Kind(
        "authors joined by commas",
        "refs.bib",
        r"(?<=author       = \{)(\w+, \w+) and (?=\w+, \w+ and )",
        lambda m: m[1] + ", ",
        4,
    ),
    Kind("year mistyped", "refs.bib", r"(?<=date         = \{)20(\d\d)", lambda m: f"2{m[1]}4", 4),
    Kind("accent lost", "refs.bib", r"Richtárik", lambda _: "Richtarik", 4),
    Kind("owner misspelt", "refs.bib", r"Yi, Kai(?= and|\})", lambda _: "Yi, Kay", 3),
    Kind(
        "word doubled",
        "refs.bib",
        r"(?<= )(?:for|of|and|with|to) (?=[A-Z][a-z])",
        lambda m: m[0] * 2,
        3,
    ),
    Kind("value without braces", "refs.bib", r"\{(ICLR|NeurIPS|ICCV|ICCC)\}", lambda m: m[1], 4),
    Kind(
        "field twice", "refs.bib", r"^  (?:eprint|date)  .*\n", lambda m: m[0] * 2, 3, behind=True
    ),
    Kind(
        "HTML in a title",
        "refs.bib",
        r"(?<=[a-z]) and (?=[A-Z]\w+[^=]*\},\n  (?:date|booktitle|journaltitle))",
        lambda _: " &amp; ",
        2,
    ),
    Kind("dollar left alone", "refs.bib", r"(?<=title        = \{)(?=[A-Z])", lambda _: "$", 2),
)


def injected(cv: str, bib: str) -> list[Injected]:
    """Every fault, in the files of the reference CV."""
    return [
        *(fault for kind in CV for fault in kind.inject(cv)),
        *(fault for kind in BIB for fault in kind.inject(bib)),
    ]
