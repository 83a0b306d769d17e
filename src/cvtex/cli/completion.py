"""Completes what is typed at each Tab, for the scripts that Typer gives the shells.

They ask by a variable of the environment. The answers are those of Typer, but from a table of what
the commands take (`make goldens` writes it), since to import all of them takes a while. What needs
more than the table is left to Typer.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from os.path import dirname, join
from typing import NamedTuple, TypedDict

ASKED = "_CVTEX_COMPLETE"
TABLE = join(dirname(__file__), "completions.json")  # noqa: PTH118, PTH120 (pathlib takes a while)
ZSH = str.maketrans({'"': '""', "'": "''", "$": "\\$", "`": "\\`", ":": "\\\\:"})


class Option(TypedDict):
    """An option; `values` are those it can have, none where it is any text, None for a flag."""

    names: list[str]
    help: str
    values: list[str] | None
    repeats: bool


class Command(TypedDict):
    """What can stand behind a command: its options, and the commands below it."""

    help: str
    options: list[Option]
    commands: dict[str, Command]


class Candidate(NamedTuple):
    """A word that can stand here."""

    word: str
    help: str = ""


class Answer(NamedTuple):
    """What is printed for the shell, and the exit code."""

    text: str
    status: int = 0


class _Place(NamedTuple):
    """Where the next word stands: of which command, behind which options, as the value of which."""

    command: Command
    given: tuple[Option, ...] = ()
    waiting: Option | None = None


def answer(environment: Mapping[str, str]) -> Answer | None:
    """The answer for the shell that asks; none where it takes Typer to give it."""
    words = _words(environment)
    if words is None:
        return None
    place = _place(_table(), words[:-1])
    candidates = None if place is None else _candidates(place, words[-1])
    return None if candidates is None else _said(environment, list(candidates))


def _table() -> Command:
    with open(TABLE, encoding="utf-8") as file:  # noqa: PTH123
        table: Command = json.load(file)
    return table


def _words(environment: Mapping[str, str]) -> list[str] | None:
    """The words behind `cvtex` up to the cursor, the last of which is incomplete, perhaps empty."""
    if environment.get(ASKED) == "complete_bash":
        number = environment.get("COMP_CWORD", "")
        words = _split(environment.get("COMP_WORDS", ""))
        at = int(number) if number.isdecimal() else 0
        return [*words[1:at], *(words[at : at + 1] or [""])] if at else None
    if environment.get(ASKED) in ("complete_zsh", "complete_fish"):
        line = environment.get("_TYPER_COMPLETE_ARGS", "")
        words = _split(line)[1:]
        return words if words and not line.endswith(" ") else [*words, ""]
    return None


def _split(line: str) -> list[str]:
    """The words of a line as a shell splits it, the last of which may lack its closing quote."""
    reader = shlex.shlex(line, posix=True)
    reader.whitespace_split = True
    reader.commenters = ""
    words: list[str] = []
    try:
        words.extend(iter(reader.get_token, None))
    except ValueError:
        words.append(reader.token)
    return words


def _place(table: Command, words: Sequence[str]) -> _Place | None:
    """Where the word behind these stands; none where that is not plain."""
    place = _Place(table)
    for word in words:
        following = _after(place, word, table)
        if following is None:
            return None
        place = following
    return place


def _after(place: _Place, word: str, table: Command) -> _Place | None:
    command = place.command
    if word.startswith("-"):
        option = next((option for option in command["options"] if word in option["names"]), None)
        if option is None or place.waiting is not None or command is table:
            return None
        waiting = None if option["values"] is None else option
        return _Place(command, (*place.given, option), waiting)
    if place.waiting is not None:
        return _Place(command, place.given)
    if not command["commands"]:
        return place
    below = command["commands"].get(word)
    return None if below is None else _Place(below)


def _candidates(place: _Place, begun: str) -> Iterator[Candidate] | None:
    """The words that go on like this one; none where an option and its value are in one word."""
    if begun.startswith("-"):
        plain = place.waiting is None and "=" not in begun
        names = [Candidate(name, o["help"]) for o in _left(place) for name in o["names"]]
    else:
        plain = begun != "="
        values = place.waiting["values"] if place.waiting is not None else None
        below = [Candidate(name, c["help"]) for name, c in place.command["commands"].items()]
        names = below if values is None else [Candidate(value) for value in values]
    return (one for one in names if one.word.startswith(begun)) if plain else None


def _left(place: _Place) -> Iterator[Option]:
    """The options that can still be given."""
    return (o for o in place.command["options"] if o["repeats"] or o not in place.given)


def _said(environment: Mapping[str, str], candidates: Sequence[Candidate]) -> Answer:
    """Candidates as the script of the shell reads them."""
    if environment[ASKED] == "complete_bash":
        return Answer("\n".join(one.word for one in candidates) + "\n")
    if environment[ASKED] == "complete_zsh":
        words = "\n".join(_zsh(one) for one in candidates)
        return Answer(f"_arguments '*: :(({words}))'\n" if words else "_files\n")
    if environment.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return Answer("", 0 if candidates else 1)
    return Answer("\n".join(_fish(one) for one in candidates) + "\n")


def _zsh(one: Candidate) -> str:
    word, text = one.word.translate(ZSH), one.help.translate(ZSH)
    return f'"{word}":"{text}"' if text else f'"{word}"'


def _fish(one: Candidate) -> str:
    text = re.sub(r"\s", " ", one.help)
    return f"{one.word}\t{text}" if text else one.word
