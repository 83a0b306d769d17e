"""What is peculiar to Tectonic: its options, its log, and its cache.

It is XeTeX in another dress: files come from a bundle that it fetches over the network and
keeps; here it may use only what it has. It prints the file of an error, and not in the log.
Unlike the others it lets TeX read and write files outside the scratch directory, even of
untrusted input.
(The Tectonic Book, reference of the V2 command line, `tectonic -X compile`.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from cvtex.support.lazy_re import lazy_re
from cvtex.tex.events import LogEvent, TexError

OPTIONS = (
    "-X",
    "compile",
    "--only-cached",
    "--untrusted",
    "--keep-logs",
    # Whether another pass is needed is asked of the log, as with every other engine.
    "--keep-intermediates",
    "--reruns=0",
)
LINE = 79
"""After this many characters it breaks a line of the log, whatever the environment says."""

PRINTED_ERROR = lazy_re(r"^error: (\S+\.\w+):([0-9]{1,9}): ", re.MULTILINE)
EMPTY = "this may mean that your document is empty"
NOT_CACHED = lazy_re(r"isn't cached|error sending request")


def with_files(events: Iterable[LogEvent], output: str) -> tuple[LogEvent, ...]:
    """Give each error the file that Tectonic printed for it, found by its line number."""
    files = {int(line): file for file, line in PRINTED_ERROR.findall(output)}
    return tuple(
        replace(event, file=files.get(event.line))
        if isinstance(event, TexError) and event.line is not None
        else event
        for event in events
    )


def lacks_files(output: str) -> bool:
    """Tell whether Tectonic stopped because it would have had to use the network."""
    return NOT_CACHED.search(output) is not None


def made_no_page(output: str) -> bool:
    """Tell whether Tectonic failed because there was nothing to make a PDF of."""
    return EMPTY in output
