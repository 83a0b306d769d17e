"""Every kind of finding that reading, lowering and typesetting can report.

Families: CV1 structure and dates, CV2 text, CV3 bibliography, CV4 the typeset page.
A code never changes its meaning; a retired code is not used again. The rules of which only
`cvtex lint` asks are in `cvtex.lint.rules`.
"""

from __future__ import annotations

from cvtex.diagnostics.catalogue.bibliography import *  # noqa: F403
from cvtex.diagnostics.catalogue.bibtex import *  # noqa: F403
from cvtex.diagnostics.catalogue.page import *  # noqa: F403
from cvtex.diagnostics.catalogue.project import *  # noqa: F403
from cvtex.diagnostics.catalogue.structure import *  # noqa: F403
from cvtex.diagnostics.catalogue.text import *  # noqa: F403
from cvtex.diagnostics.diagnostic import Rule

RULES = tuple(value for value in list(vars().values()) if isinstance(value, Rule))
"""All of them."""
