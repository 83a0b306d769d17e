"""Generated CVs of any size, the same in every run."""

from __future__ import annotations

import random
from collections.abc import Iterator

GIVEN = (
    "Ana",
    "Béla",
    "Chloé",
    "Dörte",
    "Emmy",
    "Françoise",
    "Grete",
    "Håkon",
    "Inès",
    "Jiří",
    "Kai",
    "Łukasz",
    "Márta",
    "Niels",
    "Óscar",
    "Paul",
    "Renée",
    "Søren",
    "Teresa",
    "Žofie",
)
FAMILY = (
    r"Erd{\H o}s",
    r"M{\"u}ller",
    r"Garc{\'\i}a",
    r"Br{\o}nsted",
    r"\v{C}ech",
    r"Ho{\v r}ava",
    r"Szeg\H{o}",
    r"P{\'o}lya",
    r"Schr{\"o}dinger",
    "van der Waals",
    "Łukasiewicz",
    "Ångström",
    "Fréchet",
    "Nørlund",
    "Şengör",
    "Hilbert",
    "Banach",
    "Curie",
    "Ramanujan",
    "Tanaka",
)
INITIALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PEOPLE = len(GIVEN) * len(FAMILY) * len(INITIALS)
ADJECTIVES = "Adaptive Bounded Compact Convex Discrete Ergodic Federated Generic Hybrid Implicit"
NOUNS = "Algebras Bundles Codes Distances Ensembles Fields Gradients Holonomies Ideals Kernels"
SUBJECTS = (
    "Tomography Quantization Robotics Turbulence Phonology Seismology Cryptography Epidemics "
    "Photosynthesis Superconductors"
)
JOURNALS = (
    "Mathematische Annalen",
    "Acta Mathematica",
    r"Journal f{\"u}r die reine und angewandte Mathematik",
    r"Comptes Rendus de l'Acad{\'e}mie des Sciences",
    "Physical Review Letters",
    "Nature",
)
ROMAN = tuple("I II III IV V VI VII VIII IX X".split())

CV = """name: Emmy Noether
contact: {{email: noether@example.org}}
me: [Emmy Noether]
facts: {{citations: 3204}}
bibliography: {{files: [refs.bib]}}
sections:
- kind: text
  title: Summary
  body: I work on invariants, with {{citations}} citations.
{section}"""
PUBLICATIONS = """- kind: publications
  title: Publications
"""
EXPERIENCE = """- kind: experience
  title: Experience
  entries:
"""
ENTRY = """  - organization: University of {place}
    role: Visiting Professor
    date: {year}-{month:02}/{year}-{end:02}
    location: Göttingen, Germany
    details:
    - Gave lectures on {subject} to {count} students, with *exercises* and **exams**.
    - Wrote a textbook on the theory of {noun}, printed by [Springer](https://example.org/{count}).
"""


def bibliography(count: int) -> str:
    """Return a .bib file with that many different articles, Emmy Noether among the authors."""
    return "\n".join(_article(number) for number in range(count))


def crowded(authors: int) -> str:
    """Return a .bib file with one article that has that many authors."""
    names = ["Noether, Emmy", *map(_name, range(authors - 1))]
    return _entry(0, names, random.Random(authors))


def publications_cv() -> str:
    """Return a CV that prints every entry of refs.bib."""
    return CV.format(section=PUBLICATIONS)


def experience_cv(entries: int) -> str:
    """Return a CV with that many entries in one section."""
    return CV.format(section=EXPERIENCE + "".join(_stations(entries)))


def _article(number: int) -> str:
    chosen = random.Random(number)
    names = [_name(one) for one in chosen.sample(range(PEOPLE), chosen.randint(0, 6))]
    names.insert(chosen.randint(0, len(names)), "Noether, Emmy")
    return _entry(number, names, chosen)


def _entry(number: int, names: list[str], chosen: random.Random) -> str:
    first = chosen.randint(1, 800)
    fields = {
        "author": " and ".join(names),
        "title": _title(number),
        "journal": chosen.choice(JOURNALS),
        "volume": str(number + 1),
        "year": str(1950 + number % 70),
        "pages": f"{first}--{first + chosen.randint(2, 40)}",
        "doi": f"10.5555/{number:06}",
    }
    lines = "".join(f"  {name:8} = {{{value}}},\n" for name, value in fields.items())
    return f"@article{{noether{number},\n{lines}}}\n"


def _name(number: int) -> str:
    """Return a different name for each number below `PEOPLE`."""
    rest, given = divmod(number, len(GIVEN))
    initial, family = divmod(rest, len(FAMILY))
    return f"{FAMILY[family]}, {GIVEN[given]} {INITIALS[initial]}."


def _title(number: int) -> str:
    """Return a different title for each number below 10,000."""
    a, b, c, d = (number // 10**power % 10 for power in range(4))
    return (
        f"{ADJECTIVES.split()[a]} {NOUNS.split()[b]} in {SUBJECTS.split()[c]}, {{Part {ROMAN[d]}}}"
    )


def _stations(entries: int) -> Iterator[str]:
    for number in range(entries):
        yield ENTRY.format(
            place=SUBJECTS.split()[number % 10],
            year=2020 - number // 4,
            month=10 - number % 4 * 3,
            end=12 - number % 4 * 3,
            subject=NOUNS.split()[number // 10 % 10],
            noun=NOUNS.split()[number % 10],
            count=20 + number,
        )
