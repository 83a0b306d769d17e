"""Reads the bytes of a YAML file into a source, and a source into a node tree."""

from __future__ import annotations

from cvtex.diagnostics.diagnostic import Sink
from cvtex.readers.yaml.encoding import decode_yaml
from cvtex.readers.yaml.nodes import Node
from cvtex.source import Source

__all__ = ["decode_yaml", "read_yaml"]


def read_yaml(source: Source, sink: Sink) -> Node | None:
    """Return the node tree of a YAML text; None if there is none that is reliable.

    Where the correction of a syntax error is certain enough to be offered, reading continues
    with a corrected copy, so that all faults are found at once. The tree of the copy is returned
    if every correction is safe: it only adds quotes or spaces that cannot change the meaning.
    """
    from cvtex.readers.yaml.recovery.resume import read_on  # brings PyYAML

    return read_on(source, sink)
