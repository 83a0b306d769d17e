"""What another process reads ahead is what would be read here, and nobody depends on it.

Each test that forks runs in a process of its own: one that runs tests has threads.
"""

from __future__ import annotations

import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import dedent

import pytest

from alone import alone
from cvtex.parcels import packed, unpacked
from cvtex.source import Source, Span, Text
from cvtex.yaml_reader.nodes import scalars
from cvtex.yaml_reader.reader import read_tree

ROOT = Path(__file__).parent.parent
CVS = {
    "reference": ROOT / "cv.yaml",
    "example": ROOT / "tests" / "example" / "cv.yaml",
}
FAULTY = """\
name: Emmy Noether
language: de
theme: {name: klassic, colour: blue}
links: {home: https://example.org}
sections:
- kind: text
  title: Über mich
  body: |
    Sie sagt "Ja", 'nein' und "so 'etwas'" zu [ihr][home], [dort][nowhere] und [@nobody].

    - ein *Punkt*  mit **Fett
    - {missing}: der  zweite
- {kind: publications, title: Papers #one
  }
- {kind: entries, title: Posts, entries: [{date: 2020, title: "C\\#"}]}
"""
BIB = "@article{a, title = {On {\\'e} -- x}, author = {Noether, Emmy and}, year = 19}\n@misc{a,"

PRELUDE = """
import sys
from cvtex import ahead
from cvtex.cli.run import run
count = int(sys.argv[1])
ahead.processors = lambda: count
def cvtex(*words):
    sys.argv = ["cvtex", *words]
    try:
        run()
    except SystemExit as ended:
        return ended.code
"""
LINT = "assert cvtex('lint', '--no-cache', '--format', 'json', sys.argv[2]) in (0, 1, 2)"


@pytest.fixture(params=[*CVS, "faulty", "missing"])
def cv(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "cv.yaml"
    if request.param in CVS:
        for file in CVS[request.param].parent.glob("*.[yb]*"):
            shutil.copy(file, tmp_path)
    elif request.param == "faulty":
        path.write_text(FAULTY, encoding="utf-8")
        (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    return path


def lint(cv: Path, before: str = "", processors: int = 2) -> str:
    """What lint finds where there are so many processors."""
    return alone(PRELUDE + dedent(before) + LINT, str(processors), str(cv))


def test_findings_are_the_same(cv: Path) -> None:
    assert lint(cv, processors=1) == lint(cv, processors=2)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="nothing is forked there")
@pytest.mark.parametrize("cv", CVS, indirect=True)
@pytest.mark.parametrize("command", ["lint", "build --to tex --quiet"])
def test_what_reads_files_is_not_imported_here(cv: Path, command: str) -> None:
    code = """
        assert cvtex(*sys.argv[3].split(), "--no-cache", sys.argv[2]) == 0
        imported = {"yaml", "markdown_it", "bibtexparser"} & set(sys.modules)
        assert not imported, imported
    """
    alone(PRELUDE + dedent(code), "2", str(cv), command)


@pytest.mark.parametrize(
    "fault",
    [
        "raise ValueError",
        "os.kill(os.getpid(), 9)",
        "return {'': b''}",
        "return dict.fromkeys(made(*arguments), b'no parcel')",
    ],
)
@pytest.mark.parametrize("cv", ["faulty"], indirect=True)
def test_a_fault_there_costs_nothing_but_time(cv: Path, fault: str) -> None:
    before = f"""
        import os
        from cvtex.pipeline import read_ahead
        made = read_ahead._parcels
        def faulty(*arguments):
            {fault}
        read_ahead._parcels = faulty
    """
    assert lint(cv, before) == lint(cv, processors=1)


def test_no_process_and_no_pipe_stays() -> None:
    code = """
        import os, time
        before = os.listdir("/dev/fd")
        try:
            with ahead.made_ahead(lambda: time.sleep(60)):
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            pass
        assert len(os.listdir("/dev/fd")) == len(before)
        try:
            os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            pass
        else:
            raise AssertionError
        assert ahead.opened("anything") is None
    """
    alone(PRELUDE + dedent(code), "2")


@pytest.mark.parametrize("cv", ["reference"], indirect=True)
def test_one_process_is_enough_for_several_cvs(cv: Path) -> None:
    code = """
        import os
        forked, fork = [], os.fork
        def counted():
            forked.append(fork())
            return forked[-1]
        os.fork = counted
        cvtex("lint", "--no-cache", sys.argv[2], sys.argv[3])
        assert len(forked) <= 1, forked
    """
    other = shutil.copy(cv, cv.with_name("other.yaml"))
    alone(PRELUDE + dedent(code), "2", str(cv), str(other))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("cv", ["faulty"], indirect=True)
def test_a_pipe_is_read_once(cv: Path) -> None:
    pipe = cv.with_name("pipe.yaml")
    os.mkfifo(pipe)
    text = cv.read_text(encoding="utf-8")
    with ThreadPoolExecutor() as pool:
        writing = pool.submit(pipe.write_text, text, encoding="utf-8")
        found = lint(pipe)
        writing.result()
    assert found == lint(cv).replace("cv.yaml", "pipe.yaml")


def test_with_one_processor_nothing_is_made() -> None:
    code = """
        with ahead.made_ahead(lambda: {"a": b""}):
            assert ahead._sent.get() is None
    """
    alone(PRELUDE + dedent(code), "1")


@pytest.mark.parametrize("text", [*(path.read_text("utf-8") for path in CVS.values()), FAULTY])
def test_a_tree_that_is_sent_knows_its_places(text: str) -> None:
    source = Source("cv.yaml", text)
    root, found = read_tree(source)
    sent, sent_found = unpacked(packed((root, found), [source]), [source])
    assert sent_found == found
    assert sent == root
    if root is not None:
        assert [places(scalar.text) for scalar in scalars(sent)] == [
            places(scalar.text) for scalar in scalars(root)
        ]


def places(text: Text) -> list[Span | None]:
    """Where each character of a text was written."""
    return [text.span, *(text.place(i, i + 1) for i in range(len(text.value)))]
