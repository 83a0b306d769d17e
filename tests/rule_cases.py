"""The cases of a rule: data under `cases/rules`, one file a rule, and how a case is run.

A case has `cv` (cv.yaml), `bib` (refs.bib) or both, and other `files` by name. What a CV must have
and the case does not say is put below it, so that lines count from the first of the case: a name, a
section that prints all of refs.bib, and the date 2024-06-01. `found` lists every finding of the
rule: `at` is [line, column, end line, end column], `file` is refs.bib for CV3 and where only `bib`
is given, and cv.yaml otherwise, `message` and `hint` are parts of these, `safety` is that of the
fix, `notes` are places `at` in the same file or [file, ...]. `at` is null where there is no place,
and `path` then the file that is named. `fixed` has the files after the fixes of the rule.

For what reading reports, a whole cv.yaml may stand among `files`, which is taken as it is; a name
that ends in a slash is a folder; `encodings` has the encoding of a file that is not in UTF-8;
`variant`, `lang` and `set` are those of the command line. What typesetting reports is found by
building the CV with TinyTeX, or, where an engine would say different things on each machine, with
an `engine` whose `log` is given. A case about pages may have a theme of its own, `mine`: the
classic one with `tex` behind it; or its `pages` are given as lists of lines, those with `# `
headings. CV100 has no cases: it stands for a wrong call of the program, and
those are tested with the command line.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml
from msgspec.structs import replace

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Diagnostic, Sink
from cvtex.lint.context import LintContext
from cvtex.lint.run import lint
from cvtex.lint.selection import RuleSelection
from cvtex.pdf.page import Box, Heading, Page, PageLine, Pdf
from cvtex.pipeline.usecases.build import build_cv
from cvtex.pipeline.usecases.check import read
from cvtex.pipeline.usecases.fix import ALL, fix_file, write
from cvtex.pipeline.usecases.lint import lint_file
from cvtex.pipeline.usecases.request import Request
from cvtex.project.overrides import Overrides
from cvtex.source import Span
from cvtex.tex.engines.registry import engine_named
from cvtex.tex.job import Outcome
from cvtex.tex.log import read_log
from cvtex.writers.pdf import typeset

FOLDER = Path(__file__).parent / "cases/rules"
CLASSIC = Path(__file__).parents[1] / "templates/classic"
NEEDED = {
    "name": "name: Emmy Noether\n",
    "date": "date: 2024-06-01\n",
    "sections": "sections:\n- {kind: publications, title: Papers, select: {rest: true}}\n",
}
TYPESET = frozenset(rule.code for rule in catalogue.RULES if rule.code.startswith("CV4")) | {
    "CV208"
}
"""The rules that a build reports."""


@dataclass(frozen=True)
class Case:
    """One case of a rule: its files, and what is found in them."""

    code: str
    name: str
    files: dict[str, str]
    found: list[dict[str, Any]] = field(default_factory=list)
    fixed: dict[str, str] = field(default_factory=dict)
    encodings: dict[str, str] = field(default_factory=dict)
    overrides: Overrides = field(default_factory=Overrides)
    engine: str = "tinytex"
    log: str | None = None
    tex: str | None = None
    pages: list[list[str]] | None = None
    file: str = "cv.yaml"

    @property
    def is_typeset(self) -> bool:
        """Whether the case is about what typesetting brings to light."""
        return self.code in TYPESET or self.code.startswith("CV4")

    @property
    def needs(self) -> str | None:
        """The engine that must be there to run the case."""
        given = self.log is not None or self.pages is not None
        return self.engine if self.is_typeset and not given else None

    @property
    def asked(self) -> RuleSelection:
        """The rule, and where it is about comments for rules, also those."""
        code = (self.code,)
        return RuleSelection(extend=code) if self.code == "CV190" else RuleSelection(select=code)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


def cases() -> list[Case]:
    """Every case of every rule."""
    return [case for path in sorted(FOLDER.glob("CV*.yaml")) for case in cases_of(path.stem)]


def cases_of(code: str) -> list[Case]:
    """The cases of one rule."""
    data = yaml.safe_load((FOLDER / f"{code}.yaml").read_text(encoding="utf-8"))
    passing = [_case(code, one) for one in data["pass"]]
    failing = [_case(code, one) for one in data["fail"]]
    assert all(case.found for case in failing), f"a failing case of {code} finds nothing"
    assert not any(case.found for case in passing), f"a passing case of {code} finds something"
    return passing + failing


def _case(code: str, one: dict[str, Any]) -> Case:
    files, fixed = dict(one.get("files", {})), dict(one.get("fixed", {}))
    if "cv.yaml" not in files:
        files["cv.yaml"] = complete(one.get("cv", ""))
        fixed |= {name: complete(text) for name, text in fixed.items() if name == "cv.yaml"}
    if "bib" in one:
        files["refs.bib"] = one["bib"]
    known = {"name", "cv", "bib", "files", "found", "fixed"}
    known |= {"encodings", "variant", "lang", "set", "engine", "log", "tex", "pages"}
    assert set(one) <= known, f"{code}: unknown keys {set(one) - known}"
    overrides = Overrides(one.get("variant"), one.get("lang"), tuple(one.get("set", {}).items()))
    plain = ("name", "found", "encodings", "engine", "log", "tex", "pages")
    rest = {key: one[key] for key in plain if key in one}
    is_bib = code.startswith("CV3") or ("bib" in one and "cv" not in one)
    rest["file"] = "refs.bib" if is_bib else "cv.yaml"
    return Case(code, files=files, fixed=fixed, overrides=overrides, **rest)


def complete(cv: str) -> str:
    """The CV with what every CV must have below it."""
    if cv and not cv.endswith("\n"):
        cv += "\n"
    missing = [line for key, line in NEEDED.items() if not re.search(f"^{key}:", cv, re.MULTILINE)]
    return cv + "".join(missing)


def run_case(case: Case, folder: Path) -> list[Diagnostic]:
    """Return what the rule of a case finds in its files."""
    for name, text in case.files.items():
        if name.endswith("/"):
            (folder / name).mkdir()
        else:
            (folder / name).write_bytes(text.encode(case.encodings.get(name, "utf-8")))
    if case.tex is not None:
        _add_theme(folder / "templates/mine", case.tex)
    return [found for found in _shown(case, folder) if found.rule.code == case.code]


def _shown(case: Case, folder: Path) -> Iterable[Diagnostic]:
    request = Request(folder / "cv.yaml", overrides=case.overrides)
    if case.code in TYPESET:
        return _built(case, request)
    if not case.is_typeset:
        return lint_file(request, case.asked).found
    if case.pages is not None:
        reading = read(request, Sink())
        assert reading is not None
        subject = LintContext(reading.project, reading.lowered, pdf_of(case.pages))
        return lint(subject, Sink(), case.asked)
    overrides = replace(case.overrides, values=(*case.overrides.values, ("engine", case.engine)))
    return lint_file(Request(request.cv, overrides=overrides), case.asked, page=True).found


def _add_theme(folder: Path, tex: str) -> None:
    """The classic theme under another name, with TeX at the end of its package."""
    shutil.copytree(CLASSIC, folder)
    package = folder / "cvtex-classic.sty"
    package.write_text(package.read_text(encoding="utf-8").replace("\\endinput", "") + tex)


def fix_case(case: Case, folder: Path) -> dict[str, str]:
    """The files of a case after the fixes of its rule, safe or not; `run_case` has put them there.

    Fixing them once more must change nothing.
    """
    request = Request(folder / "cv.yaml", overrides=case.overrides)
    if not case.is_typeset:
        write(fix_file(request, case.asked, ALL))
        assert not fix_file(request, case.asked, ALL).changed
    names = [name for name in case.files if not name.endswith("/")]
    texts = {n: (folder / n).read_bytes().decode(case.encodings.get(n, "utf-8")) for n in names}
    return {name: texts.get(name, "") for name in case.files}


def _built(case: Case, request: Request) -> list[Diagnostic]:
    """What a build reports, with the engine of a case or with what its log says."""
    if case.log is None:
        values = (*case.overrides.values, ("engine", case.engine))
        overrides = Overrides(case.overrides.variant, case.overrides.language, values)
        return list(build_cv(Request(request.cv, overrides=overrides)).diagnostics)
    engine = engine_named(case.engine)
    outcome = Outcome(b"%PDF-1.5", 1, 1, (), case.log, read_log(case.log, engine.error_line))
    with (
        patch.object(typeset, "find_engines", lambda: (engine,)),
        patch.object(typeset, "run", lambda *_: outcome),
    ):
        return list(build_cv(request).diagnostics)


def pdf_of(pages: list[list[str]]) -> Pdf:
    """A PDF whose pages have these lines, one below the other."""
    placed = [
        [(text, Box(60, 800 - 12 * i, 500, 810 - 12 * i)) for i, text in enumerate(lines) if text]
        for lines in pages
    ]
    headings = [
        Heading(text.removeprefix("# "), number, box.top)
        for number, lines in enumerate(placed)
        for text, box in lines
        if text.startswith("# ")
    ]
    made = [
        tuple(PageLine(text.removeprefix("# "), box) for text, box in lines) for lines in placed
    ]
    texts = ["\n".join(line.text for line in lines) for lines in made]
    sheets = (
        Page(595, 842, text, lines, (), (), ()) for text, lines in zip(texts, made, strict=True)
    )
    return Pdf(tuple(sheets), tuple(headings))


def place(span: Span | None) -> list[Any] | None:
    """A place as the cases write it, behind the name of its file."""
    if span is None:
        return None
    first, last = span.first, span.last
    file = Path(span.source.path).name
    return [file, first.line, first.column, last.line, last.column]


def expected_place(at: list[Any] | None, file: str) -> list[Any] | None:
    """A place of a case, with its file."""
    return at if at is None or isinstance(at[0], str) else [file, *at]
