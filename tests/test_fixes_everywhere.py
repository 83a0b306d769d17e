"""Fixes on whole files: those of the reference CV with faults put in, and files made at random."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cvtex.lint.fixes import apply, patching
from cvtex.lint.fixes.apply import FixResult
from cvtex.lint.fixes.patching import Files, Patch
from cvtex.lint.selection import NOTHING_ASKED, RuleSelection
from cvtex.pipeline.usecases.fix import ALL, fix_file
from cvtex.pipeline.usecases.request import Request

ROOT = Path(__file__).parent.parent
RULES = RuleSelection(
    select=("CV1", "CV201", "CV202", "CV204", "CV209", "CV211"), ignore=("CV109",)
)
"""Rules whose fixes give back what was there before the fault."""


def in_memory(files: Mapping[str, bytes], asked: RuleSelection = NOTHING_ASKED) -> FixResult:
    """Files that are on no disk, fixed; the first is the one that is named."""
    first, *_ = files

    def disk(path: Path) -> bytes:
        if path.name not in files:
            raise FileNotFoundError(path.name)
        return files[path.name]

    return fix_file(Request(Path(__file__).with_name(first)), asked, ALL, disk)


def after(fixed: FixResult) -> dict[str, bytes]:
    return {path.name: data for path, data in fixed.after.files.items()}


def test_fifty_faults_in_the_reference_cv() -> None:
    clean = {name: (ROOT / name).read_bytes() for name in ("cv.yaml", "refs.bib")}
    before = after(in_memory(clean, RULES))
    for seed in range(3):
        faulty = {**before, "cv.yaml": _with_faults(before["cv.yaml"].decode(), 50, seed).encode()}
        assert faulty != before
        fixed = in_memory(faulty, RULES)
        assert not fixed.left_alone
        assert after(fixed)["cv.yaml"].decode() == before["cv.yaml"].decode()
        assert not in_memory(after(fixed), RULES).changed


_FAULTS = (
    (r"^(?!.*[:#`$])(.* )([a-z]{4,})( [a-z]+ .*)$", r"\1\2 \2\3"),  # a word twice
    (
        r"^(?!.*[#`$]|    [A-Z]|  title)(.*: [A-Z])([a-z]{4,} .*)$",
        "\\1\u200b\\2",
    ),  # a character nobody sees
    (r"^( +(?:- )?)(institution|organization|course|title|items|details): ", r"\1\2s: "),
    (r"^( +)(date|location|degree|thesis|interests): ", r"\1\2x: "),
    (r"^- kind: ([a-z]{5,})$", r"- kind: \1x"),
    (r"^( +(?:date|location|degree|thesis): [^>|#&]+)$", r"\1\n\1"),  # a line twice
    (r"^(  title: .*)$", "\\1\n  tags:"),  # a key without a value
    (r"^(headline: .*)$", "photo:\n\\1"),
    (r"^(?!#)(.*\]\[[a-z-]+)([a-z])(\].*)$", r"\1\2\2\3"),  # the name of a link
    (r"^(?!#)(.*\{citation)s(\}.*)$", r"\1\2"),  # the name of a fact
    (r"^( +date: )(\d{4})-(\d\d)$", r"\1\3/\2"),
    (r"^( +date: )(\d{4}-\d\d)/(\d{4}-\d\d)$", r"\1\3/\2"),
)
"""Patterns of lines, and what becomes of them."""


def _with_faults(text: str, count: int, seed: int) -> str:
    """A CV with faults in lines chosen at random, one in each."""
    lines = text.split("\n")
    possible = [
        (number, re.sub(pattern, fault, line))
        for number, line in enumerate(lines)
        for pattern, fault in _FAULTS
        if re.search(pattern, line)
    ]
    chance = random.Random(seed)
    chance.shuffle(possible)
    chosen = dict(possible)
    assert len(chosen) >= count
    for number in sorted(chosen)[:: len(chosen) // count][:count]:
        lines[number] = chosen[number]
    return "\n".join(lines)


# Files made at random.

WORDS = ("rings", "of", "ideals", "the", "theory", "Emmy", "naïve", "Zürich", "數學", "proofs")
LANGUAGE_ERRORS = ("the the", "of of", "rings rings", "pro\u200bofs", "{{citation}}", "[here][hom]")
plain_text = st.lists(st.sampled_from((*WORDS, *LANGUAGE_ERRORS)), min_size=1, max_size=8)


@st.composite
def scalar(draw: st.DrawFn, indent: int, *, flow: bool = False) -> str:
    """A text in one of YAML's styles, behind its key or dash."""
    words = draw(plain_text)
    text = " ".join(words)
    gap = draw(st.sampled_from((" ", "\n" + " " * indent, "\n\n" + " " * indent)))
    over_lines = gap.join((" ".join(words[:3]), " ".join(words[3:]))) if words[3:] else text
    styles = [f'"{text}"', f"'{text}'"]
    if "{" not in text and "[" not in text:
        styles.append(text)
    if not flow:
        styles += [f'"{over_lines}"', f"'{over_lines}'"]
        block = "".join(f"\n{' ' * indent}{line}" for line in draw(st.permutations((text, "x y"))))
        styles += [f"{mark}{comment}{block}" for mark in (">-", "|", ">+") for comment in ("",)]
    return draw(st.sampled_from(styles))


@st.composite
def entry(draw: st.DrawFn) -> str:
    """An entry of a section in block or flow style, perhaps with faults of its keys."""
    date = draw(st.sampled_from(("2021-09", "Sept 2021", "2021-09/2020-01", "2020/present")))
    if draw(st.booleans()):
        return f"  - {{title: {draw(scalar(4, flow=True))}, date: {date}}}"
    lines = [f"title: {draw(scalar(6))}", f"date: {date}"]
    lines += draw(st.sampled_from(([], ["note:"], ["urll: https://a.org"], [f"date: {date}"])))
    lines.append(f"by: {draw(scalar(6))}")
    return "  - " + "\n    ".join(lines)


@st.composite
def cv(draw: st.DrawFn) -> str:
    """A cv.yaml with comments at many places, in no order."""
    parts = [
        "name: Emmy Noether",
        f"headline: {draw(scalar(2))}",
        draw(st.sampled_from(("raw_latex: yes", "raw_latex:", "raw_latx: false", "engine: auto"))),
        "links: {home: https://example.org}",
        "bibliography: {files: refs.bib}",
        "facts:\n  citations: 3204",
        "date: 2024-06-01",
    ]
    sections = ["sections:"]
    for number in range(draw(st.integers(1, 3))):
        entries = "\n".join(draw(st.lists(entry(), min_size=1, max_size=3)))
        sections.append(f"- kind: awards\n  title: T{number}\n  entries:\n{entries}")
    sections.append("- {kind: publications, title: Papers}")
    parts = draw(st.permutations([*parts, "\n".join(sections)]))
    return _with_comments("\n".join(parts), draw)


def _with_comments(text: str, draw: st.DrawFn) -> str:
    """Comments on lines of their own, and behind keys and flow mappings; each says its number."""
    lines: list[str] = []
    for number, line in enumerate(text.split("\n")):
        kind, behind = draw(st.integers(0, 9)), ""
        if kind == 0 and re.match(r"(- kind|[a-z]+:)", line):
            lines.append(f"{' ' * draw(st.integers(0, 3))}# own {number}")
        if kind == 1 and re.search(r"(: [a-z0-9/-]+|[}:])$", line) and not line.startswith("   "):
            behind = f"{draw(st.sampled_from((' ', '  ')))}# behind {number}"
        lines.append(line + behind)
    return "\n".join(lines)


@st.composite
def bib(draw: st.DrawFn) -> str:
    """A .bib file with text between its entries."""
    parts = []
    for number in range(draw(st.integers(0, 4))):
        title = draw(
            st.sampled_from(("Rings", "Naïve Rings", "the the {Rings}", '{\\"U}ber Ringe'))
        )
        opened, closed = draw(st.sampled_from((("{", "}"), ('"', '"'))))
        body = (
            f"author = {opened}Emmy Noether{closed}",
            f"title = {opened}{title}{closed}",
            f"year = {1900 + number}",
            draw(st.sampled_from(("journal = {J.}", "pages = {1-2}", "doi = {10.1000/x}"))),
        )
        fields = ",\n  ".join(draw(st.permutations(body)))
        parts.append(f"@article{{key{number},\n  {fields}{draw(st.sampled_from((',', '')))}\n}}")
        parts.append(draw(st.sampled_from(("", f"% between {number}", f"words {number}"))))
    return "\n".join(parts)


@st.composite
def files(draw: st.DrawFn) -> dict[str, bytes]:
    """A cv.yaml and its refs.bib, with any line ends, marks and encodings."""
    ends = draw(st.sampled_from(("\n", "\r\n", "\r")))
    mark = draw(st.sampled_from(("", "\ufeff")))
    end = draw(st.sampled_from(("", "\n", "\n\n", "  \n")))
    encoding = draw(st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp1252")))
    written = (mark + draw(cv()) + end).replace("\n", ends)
    entries = draw(bib()).replace("\n", draw(st.sampled_from(("\n", "\r\n"))))
    return {"cv.yaml": written.encode(), "refs.bib": entries.encode(encoding)}


EXAMPLES = int(os.environ.get("CVTEX_TEST_EXAMPLES", "100"))
"""How many files to make."""


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(files())
def test_nothing_changes_beside_the_edits(made: dict[str, bytes]) -> None:
    checked = 0

    def patched(before: Files, patches: Iterable[Patch]) -> Files:
        nonlocal checked
        given_patches = list(patches)
        result = patching.patched(before, given_patches)
        _check_bytes(before, result, given_patches)
        checked += 1
        return result

    with patch.object(apply, "patched", patched):
        fixed = in_memory(made)
    assert bool(fixed.changed) <= bool(checked)
    for name, data in after(fixed).items():
        assert _comments(name, made[name]) == _comments(name, data)
    assert not in_memory(after(fixed)).changed


def _check_bytes(before: Files, result: Files, patches: list[Patch]) -> None:
    """Every byte outside of the patches is there, in the same order."""
    by_path = {path: list(own) for path, own in groupby(sorted(patches), lambda p: p.path)}
    for path, data in before.items():
        position, rest, codec = 0, result[path], _codec(data)
        text = data.decode(codec, "surrogateescape")
        mark = 1 if text.startswith("\ufeff") else 0
        for one in by_path.get(path, []):
            kept = text[position : one.start + mark].encode(codec, "surrogateescape")
            assert rest.startswith(kept)
            new = _encoded(one.text, text, codec)
            assert rest[len(kept) :].startswith(new)
            rest, position = rest[len(kept) + len(new) :], one.end + mark
        assert rest == text[position:].encode(codec, "surrogateescape")


def _codec(data: bytes) -> str:
    return "utf-16-le" if data.startswith(b"\xff\xfe") else "utf-8"


def _encoded(new: str, text: str, codec: str) -> bytes:
    in_windows_1252 = any("\udc80" <= char <= "\udcff" for char in text)
    return new.encode("cp1252" if in_windows_1252 else codec)


def _comments(name: str, data: bytes) -> list[str]:
    pattern = r"# (?:own|behind) \d+" if name == "cv.yaml" else r"% between \d+|words \d+"
    return re.findall(pattern, data.decode(_codec(data), "replace"))
