"""Findings as JUnit's XML: a suite of tests a file, a test a finding.

Errors and warnings fail; what is only for information is the output of a test that passes.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from cvtex.diagnostics.diagnostic import Diagnostic, Severity
from cvtex.report.formats.findings import Findings, portable, with_hint
from cvtex.support.lazy_re import lazy_re

_NO_XML = lazy_re("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that XML does not allow, not even escaped. (XML 1.0, 2.2.)"""


def render(findings: Findings) -> str:
    """Return the XML; a file without findings has one test, which passes."""
    of: dict[str, list[Diagnostic]] = {portable(path): [] for path in findings.paths}
    for diagnostic in findings.found:
        of.setdefault(portable(diagnostic.file or "cvtex"), []).append(diagnostic)
    tests = sum(max(len(found), 1) for found in of.values())
    root = _element("testsuites", name="cvtex", tests=tests, failures=_failures(findings.found))
    root.extend(_suite(path, found) for path, found in of.items())
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def _suite(path: str, found: list[Diagnostic]) -> ET.Element:
    suite = _element("testsuite", name=path, tests=max(len(found), 1), failures=_failures(found))
    suite.extend([_reported(path, one) for one in found] or [_test(path, "nothing found")])
    return suite


def _failures(found: Iterable[Diagnostic]) -> int:
    return sum(map(_fails, found))


def _fails(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity is not Severity.INFO


def _test(path: str, name: str) -> ET.Element:
    return _element("testcase", name=name, classname=path, file=path)


def _reported(path: str, diagnostic: Diagnostic) -> ET.Element:
    rule, span = diagnostic.rule, diagnostic.span
    place = "" if span is None else f" {span.first.line}:{span.first.column}"
    test = _test(path, f"{rule.code} {rule.name}{place}")
    if span is not None:
        test.set("line", str(span.first.line))
    outcome = _element("system-out")
    if _fails(diagnostic):
        outcome = _element("failure", type=rule.severity.value, message=diagnostic.message)
    outcome.text = _clean(f"{path}{place.replace(' ', ':')}: {with_hint(diagnostic)}")
    test.append(outcome)
    return test


def _element(tag: str, **attributes: object) -> ET.Element:
    return ET.Element(tag, {name: _clean(str(value)) for name, value in attributes.items()})


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)
