"""Completion in the shell: what is answered from the table is what Typer answers.

`make goldens` writes the table.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer._click.core import Context
from typer._click.shell_completion import get_completion_class
from typer.core import TyperOption
from typer.main import get_command

from cvtex.cli.arguments import engine_names
from cvtex.cli.completion import ASKED, TABLE, Command, Option, answer
from cvtex.cli.main import app

SHELLS = {"bash": 1, "zsh": 7, "fish": 7}
"""Which lines each shell is asked for: those of bash are enough to know what, others say how."""


def table(command: Any, parent: Context | None = None) -> Command:
    """What a command of Typer takes."""
    context = Context(command, parent, resilient_parsing=True, **command.context_settings)
    options = [p for p in command.get_params(context) if isinstance(p, TyperOption)]
    below = getattr(command, "commands", {})
    return {
        "help": command.get_short_help_str(),
        "options": [option(one) for one in options if not one.hidden],
        "commands": {name: table(one, context) for name, one in below.items()},
    }


def option(one: TyperOption) -> Option:
    return {
        "names": sorted([*one.opts, *one.secondary_opts], key=len, reverse=True),
        "help": one.help or "",
        "values": None if one.is_flag else list(values(one)),
        "repeats": one.multiple,
    }


def values(one: TyperOption) -> Iterable[str]:
    return engine_names() if one.name == "engine" else getattr(one.type, "choices", ())


TABLED = table(get_command(app()))


def test_the_table_is_fresh() -> None:
    written, path = json.dumps(TABLED, indent=1) + "\n", Path(TABLE)
    if "CVTEX_ACCEPT" in os.environ:
        path.write_text(written, "utf-8")
    assert path.read_text("utf-8") == written


def lines(command: Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Lines that stop at every place where something can be completed, and at some others."""
    yield from ((*words, begun) for begun in ("", "-", "--", "c", "cv.yaml", "zz", "--zz"))
    for option in command["options"]:
        name = option["names"][0]
        yield (*words, name[:4])
        if not words:
            continue
        yield from ((*words, name, begun) for begun in ("", "p", "t", "zz", "--"))
        yield from ((*words, name, "x", begun) for begun in ("", "-", "--"))
        yield (*words, f"{name}=", "")
    for name, below in command["commands"].items():
        yield (*words, name[:2])
        yield from lines(below, (*words, name))


LINES = tuple(lines(TABLED))


def environment(shell: str, words: tuple[str, ...]) -> dict[str, str]:
    """What the script of a shell asks with."""
    if shell == "bash":
        asked = {"COMP_WORDS": "\n".join(("cvtex", *words)), "COMP_CWORD": str(len(words))}
    else:
        asked = {"_TYPER_COMPLETE_ARGS": " ".join(("cvtex", *words))}
    return {**asked, ASKED: f"complete_{shell}", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}


@pytest.mark.parametrize("shell", SHELLS)
def test_answers_are_those_of_typer(shell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asker, command = get_completion_class(shell), get_command(app())
    assert asker is not None
    differ, answered = {}, 0
    asked_for = LINES[:: SHELLS[shell]]
    for words in asked_for:
        asked = environment(shell, words)
        ours = answer(asked)
        if ours is None:
            continue
        answered += 1
        with monkeypatch.context() as patch:
            for name, value in asked.items():
                patch.setenv(name, value)
            theirs = asker(command, {}, "cvtex", ASKED).complete()
        # Typer wraps a long help, and has `-h` and `--help` in any order
        if sorted(ours.text.split()) != sorted(theirs.split()):
            differ[words] = (ours.text, theirs)
    assert differ == {}
    assert answered > len(asked_for) / 2
