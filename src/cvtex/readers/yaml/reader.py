"""Reads the bytes of a YAML file into a source, and a source into a node tree."""

from __future__ import annotations

from cvtex.diagnostics.diagnostic import Sink
from cvtex.readers.yaml.encoding import decode_yaml
from cvtex.readers.yaml.nodes import Node
from cvtex.source import Source

__all__ = ["decode_yaml", "read_yaml"]


def read_yaml(source: Source, sink: Sink) -> Node | None:
    """The node tree of a YAML text; None when there is none that can be relied on.

    A syntax error is mended in a copy, where the correction is certain enough to be offered,
    and reading goes on with it, so that all faults are found at once. The tree is that of the
    mended text when every correction only puts in quotes or spaces what has no other meaning.
    """
    from cvtex.readers.yaml.recovery.resume import read_on  # brings PyYAML

    return read_on(source, sink)
