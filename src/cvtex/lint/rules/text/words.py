"""Words: doubled ones."""

from __future__ import annotations

import re

from cvtex.diagnostics.model import Edit, Fix, Safety
from cvtex.lint.model import Finding, Findings, Subject, rule

_DOUBLED = re.compile(r"(?<![\w-])([^\W\d_]{2,})(\s+)\1(?![\w-])", re.IGNORECASE)
_MEANT = frozenset("had that bora pago york walla duran der die das nous vous".split())
"""Words that can stand twice in a sentence or in a name."""


@rule("CV211", fix=Safety.SAFE)
def doubled_word(subject: Subject) -> Findings:
    """A word stands twice in a row.

    It happens at the end of a line, where the eye does not see it. Words that may stand twice,
    such as "had had", and names, such as "Bora Bora", are let through.

    Bad:

    ```yaml
    body: I work on the the theory of ideals.
    ```

    Good:

    ```yaml
    body: I work on the theory of ideals.
    ```

    Fix: takes the second one away, with the blanks between.
    """
    for prose in subject.texts:
        for match in _DOUBLED.finditer(prose.plain):
            if match[1].lower() not in _MEANT and not match[1][1:].isupper():
                span = prose.text.place(match.start(2), match.end())
                fix = (
                    Fix("take the second one away", (Edit(span, ""),), Safety.SAFE)
                    if span
                    else None
                )
                yield Finding(f"`{match[1]}` stands twice", span, "take one away", fix=fix)
