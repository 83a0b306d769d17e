"""The gate to pylatexenc: LaTeX text becomes inlines, and nothing of it raises."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from msgspec import Struct, field
from msgspec.structs import replace
from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexCommentNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
    LatexNode,
    LatexWalker,
)
from pylatexenc.macrospec import LatexContextDb, MacroSpec, std_macro

from cvtex.diagnostics.catalogue import UNKNOWN_COMMAND
from cvtex.diagnostics.diagnostic import Sink
from cvtex.readers.bibtex.journals import JOURNALS
from cvtex.readers.bibtex.latex_commands import (
    COMMANDS,
    DECLARATIONS,
    Argument,
    InlineStyle,
    put_accent,
)
from cvtex.readers.bibtex.latex_guard import ligatures, protected, unprotected
from cvtex.readers.bibtex.latex_simple import simplified
from cvtex.readers.bibtex.latex_symbols import symbol
from cvtex.readers.bibtex.tidy import tidy, tidy_text
from cvtex.richtext.nodes import Inline, Inlines, Math, Str
from cvtex.richtext.plain import plain_text
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

_NEEDS_WALK = lazy_re(r"[\\$<]|&\}?(?:#|\w+;)|\"`")
_BRACES = lazy_re(r"[{}]")
_BARE = lazy_re(r"(?<!\\)([%#])")
_MOST_DECLARATIONS = 20
_REST_IS_KEPT = "is not known here; what follows it is kept"
_NOTHING_IS_LEFT = "is not known here, so the field prints nothing"


class _LatexFault(Struct, frozen=True):
    """A message about characters `start` to `end` of a value."""

    start: int
    end: int
    message: str
    hint: str


def decode_latex(text: Text, sink: Sink | None, *, journals: bool = False) -> Inlines:
    """Decode LaTeX text to inlines, in NFC and with single spaces.

    Commands that are not known are reported at their place, if to anyone, and their arguments kept.
    With `journals`, the commands that stand for names of journals are known.
    """
    inlines, findings = _decode(text.value, journals=journals)
    if sink is not None:
        for finding in findings:
            place = text.place(finding.start, finding.end)
            sink.add(UNKNOWN_COMMAND, finding.message, place, hint=finding.hint)
    return inlines


def plain_latex(text: Text, sink: Sink | None) -> str:
    """Decode LaTeX text to plain text, for names and keywords."""
    return plain_text(decode_latex(text, sink))


@lru_cache(maxsize=1 << 14)
def _decode(value: str, *, journals: bool) -> tuple[Inlines, tuple[_LatexFault, ...]]:
    if _NEEDS_WALK.search(simple := simplified(value)):
        latex = protected(value)
        reader = _NodeReader(latex, value, JOURNALS if journals else {})
        inlines = tidy(reader.inlines(_nodes(latex)))
        return inlines, tuple(reader.findings if inlines else map(_emptied, reader.findings))
    text = tidy_text("".join(ligatures(part) for part in _BRACES.split(simple)))
    return ((Str(text),) if text else ()), ()


def _emptied(finding: _LatexFault) -> _LatexFault:
    """Return the message about a command without which the value is empty."""
    message = finding.message.replace(_REST_IS_KEPT, _NOTHING_IS_LEFT)
    return replace(finding, message=message)


@cache
def _context() -> LatexContextDb:
    """Return the commands with arguments, which is all that pylatexenc must know."""
    context = LatexContextDb()
    macros = [MacroSpec(name, command.arguments) for name, command in COMMANDS.items()]
    context.add_context_category("cvtex", macros=macros)
    context.set_unknown_macro_spec(std_macro("", False, 0))
    return context


def _safe_formula(tex: str) -> str:
    """Return TeX with percent signs escaped and HTML's entities decoded."""
    return _BARE.sub(r"\\\1", tex.replace("&lt;", "<").replace("&gt;", ">"))


def _formula(tex: str) -> Inlines:
    """Return a formula; a single `<` or `>` is text, which may belong to a tag of HTML."""
    if tex in ("<", ">"):
        return (Str(tex),)
    return (Math(tex),) if tex else ()


def _nodes(text: str) -> list[LatexNode]:
    walker = LatexWalker(text, latex_context=_context(), tolerant_parsing=True)
    nodes: list[LatexNode] = walker.get_latex_nodes()[0]
    return nodes


class _NodeReader(Struct):
    """Turns the nodes of one value into inlines; `findings` fills on the way.

    `latex` is the value protected, in the same length; `journals` are names by command.
    """

    latex: str
    written: str
    journals: Mapping[str, str]
    findings: list[_LatexFault] = field(default_factory=list)
    declarations: int = 0

    def inlines(self, nodes: list[LatexNode]) -> Inlines:
        """Return the inlines of a group; a declaration holds for the rest of the group."""
        made: list[Inline] = []
        declared: list[tuple[int, InlineStyle]] = []
        for node in nodes:
            style = self._declaration(node)
            if style is not None:
                declared.append((len(made), style))
            elif node is not None:
                made.extend(self._inline(node))
        for start, style in reversed(declared):
            made[start:] = style(tuple(made[start:])) if made[start:] else ()
        return tuple(made)

    def _declaration(self, node: LatexNode | None) -> InlineStyle | None:
        if not isinstance(node, LatexMacroNode) or node.macroname not in DECLARATIONS:
            return None
        self.declarations += 1
        style = DECLARATIONS[node.macroname]
        return style if self.declarations <= _MOST_DECLARATIONS else lambda inlines: inlines

    def _inline(self, node: LatexNode) -> Inlines:
        match node:
            case LatexCharsNode():
                return (Str(unprotected(ligatures(self.latex[self._place(node)]))),)
            case LatexGroupNode() | LatexEnvironmentNode():
                return self.inlines(node.nodelist)
            case LatexMathNode():
                return _formula(_safe_formula(self._inside(node)))
            case LatexMacroNode():
                return self._macro(node)
            case LatexCommentNode():
                return (Str("%" + node.comment),)
        return (Str(self.written[self._place(node)]),)

    def _place(self, node: LatexNode, opening: int = 0, closing: int = 0) -> slice:
        """Return the place of a node in the value, without some characters at its ends."""
        return slice(node.pos + opening, node.pos + node.len - closing)

    def _inside(self, node: LatexNode) -> str:
        """Return the text between the delimiters of a group or a formula, as written."""
        return self.written[self._place(node, *map(len, node.delimiters))].strip()

    def _macro(self, node: LatexMacroNode) -> Inlines:
        name = node.macroname
        if name in self.journals:
            return (Str(self.journals[name]),)
        if name in COMMANDS:
            return self._command(node)
        known = symbol(name)
        if known is None:
            self._report(node, f"`\\{name}` {_REST_IS_KEPT}", "write what it stands for instead")
            return ()
        return (Str(known),)

    def _command(self, node: LatexMacroNode) -> Inlines:
        command = COMMANDS[node.macroname]
        if command.remark:
            self._report(node, command.remark, "write it without this command")
        given = self._arguments(node, command.arguments)
        if len(given) < command.arguments.count("{"):
            return (Str(put_accent(node.macroname, "")),)
        return command.build(given)

    def _arguments(self, node: LatexMacroNode, kinds: str) -> list[Argument]:
        """Return the mandatory arguments, or none where the text ends too early."""
        if node.nodeargd is None or node.nodeargd.argnlist is None:
            return []
        pairs = zip(kinds, node.nodeargd.argnlist, strict=False)
        return [self._argument(found) for kind, found in pairs if kind == "{" and found is not None]

    def _argument(self, node: LatexNode) -> Argument:
        if isinstance(node, LatexGroupNode):
            return Argument(self._inside(node), self.inlines(node.nodelist))
        raw = unprotected(self.latex[self._place(node)])
        return Argument(raw, self._inline(node))

    def _report(self, node: LatexMacroNode, message: str, hint: str) -> None:
        end = node.pos + 1 + len(node.macroname)
        self.findings.append(_LatexFault(node.pos, end, message, hint))
