"""Reads the bytes of a YAML file into a source, and a source into a node tree."""

from __future__ import annotations

from cvtex import ahead
from cvtex.diagnostics.model import Diagnostic, Sink
from cvtex.source import Source
from cvtex.yaml_reader.encoding import decode
from cvtex.yaml_reader.nodes import Node

__all__ = ["decode", "parcel_name", "read_tree", "read_yaml"]

Tree = tuple[Node | None, list[Diagnostic]]
"""The root of a node tree, if there is one that can be relied on, and what was found wrong."""


def read_yaml(source: Source, sink: Sink) -> Node | None:
    """The node tree of a YAML text; None when there is none that can be relied on.

    A syntax error is mended in a copy, where the correction is certain enough to be offered,
    and reading goes on with it, so that all faults are found at once. The tree is that of the
    mended text when every correction only puts in quotes or spaces what has no other meaning.
    """
    known: Tree | None = ahead.opened(parcel_name(source), [source])
    root, found = known or read_tree(source)
    sink.take(found)
    return root


def read_tree(source: Source) -> Tree:
    """The same, whatever was made ahead."""
    from cvtex.yaml_reader.mended import read_on  # brings PyYAML

    found = Sink()
    return read_on(source, found), found.found


def parcel_name(source: Source) -> str:
    """Under which name the tree of a text is made ahead."""
    return f"yaml\0{source.path}\0{source.text}"
