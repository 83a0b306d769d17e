"""`python -m cvtex`."""

from cvtex.cli.main import run

run()
