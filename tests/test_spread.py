"""Work that several processes share comes out as if one had done it.

Each test runs in a process of its own: one that runs tests has threads, and may not be forked.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from alone import alone as alone_

PRELUDE = """
import os, sys
from cvtex import spread as module
from cvtex.source import Source, Span
from cvtex.spread import ENOUGH, spread
module.processors = lambda: 3
FORKS = sys.platform not in ("win32", "darwin")
"""

ENTRY = """@article{{key{number}, title = {{On \\nosuch{{number}} {number}--ary -- relations}},
  author = {{N{{\\"o}}ether, Emmy and and Name{number}, A.}}, year = 19{number},
  journal = {{Math. Ann.}}, pages = {{{number}-9{number}}}, doi = {{https://doi.org/10.1007/{number}}}}}
"""


def alone(code: str, *arguments: str) -> str:
    """What a program prints that shares work by three."""
    return alone_(PRELUDE + dedent(code), *arguments)


def test_results_are_in_order_whatever_their_number() -> None:
    alone("""
        for count in (0, 1, 2, 3, 4, 100):
            found = spread(lambda n: n * n, range(count), (), 3 * ENOUGH)
            assert found == [n * n for n in range(count)], found
    """)


def test_every_processor_has_its_part() -> None:
    alone("""
        import time
        def work(n):
            time.sleep(0.2)
            return os.getpid()
        found = spread(work, range(6), (), 3 * ENOUGH)
        assert len(set(found)) == (3 if FORKS else 1), found
        assert os.getpid() in found
    """)


def test_little_work_is_done_here() -> None:
    alone("""
        assert set(spread(lambda _: os.getpid(), range(9), (), ENOUGH)) == {os.getpid()}
    """)


def test_sources_are_the_same_objects() -> None:
    alone("""
        sources = [Source("a.bib", "a"), Source("b.bib", "b")]
        found = spread(lambda n: Span(sources[n % 2], n, n), range(6), sources, 3 * ENOUGH)
        assert all(span.source is sources[n % 2] for n, span in enumerate(found))
    """)


def test_a_process_that_is_killed_costs_nothing_but_time() -> None:
    alone("""
        us = os.getpid()
        def work(n):
            if os.getpid() != us:
                os.kill(os.getpid(), 9)
            return n
        assert spread(work, range(6), (), 3 * ENOUGH) == [0, 1, 2, 3, 4, 5]
    """)


def test_what_goes_wrong_there_is_raised_here() -> None:
    alone("""
        try:
            spread(lambda n: 1 // (n - 4), range(6), (), 3 * ENOUGH)
        except ZeroDivisionError:
            pass
        else:
            raise AssertionError
    """)


def test_a_system_that_takes_in_the_dead_itself() -> None:
    alone("""
        import signal
        if FORKS:
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        assert spread(lambda n: -n, range(6), (), 3 * ENOUGH) == [0, -1, -2, -3, -4, -5]
    """)


def test_where_there_can_be_no_other_process_the_work_is_done_here() -> None:
    alone("""
        def refuse():
            raise BlockingIOError
        os.fork = refuse
        before = os.listdir("/dev/fd")
        assert spread(lambda n: (n, os.getpid()), range(3), (), 3 * ENOUGH) == [
            (n, os.getpid()) for n in range(3)
        ]
        assert len(os.listdir("/dev/fd")) == len(before)
    """)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="nothing is forked there")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_an_end_from_outside_ends_all(number: signal.Signals) -> None:
    code = """
        import time
        def work(n):
            print(os.getpid(), flush=True)
            time.sleep(1)
            return bytes(1 << 20)  # more than a pipe holds
        spread(work, range(3), (), 3 * ENOUGH)
    """
    command = [sys.executable, "-c", PRELUDE + dedent(code)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        for _ in range(3):
            program.stdout.readline()
        program.send_signal(number)
        program.communicate(timeout=30)  # ends with the last of those that hold its output


def test_no_process_and_no_pipe_stays() -> None:
    alone("""
        def open_files():
            return [name for name in os.listdir("/dev/fd")]
        before = len(open_files())
        us = os.getpid()
        def work(n):
            import time
            if os.getpid() == us:
                raise KeyboardInterrupt
            time.sleep(60)
        try:
            spread(work, range(6), (), 3 * ENOUGH)
        except KeyboardInterrupt:
            pass
        assert len(open_files()) == before
        try:
            os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            pass
        else:
            raise AssertionError
    """)


def test_a_long_bibliography_gives_the_same_findings(tmp_path: Path) -> None:
    bib = tmp_path / "long.bib"
    entries = "".join(ENTRY.format(number=number) for number in range(900))
    bib.write_text(entries, encoding="utf-8")
    code = """
        from cvtex.cli.run import run
        number = int(sys.argv[1])
        module.processors = lambda: number
        module.ENOUGH = 300
        sys.argv = ["cvtex", "lint", "--no-cache", "--format", "json", sys.argv[2]]
        try:
            run()
        except SystemExit as ended:
            assert ended.code in (0, 1), ended
    """
    one, three = (alone(code, number, str(bib)) for number in ("1", "3"))
    assert "nosuch" in one
    assert one == three
