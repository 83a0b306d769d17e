"""`python -m cvtex`."""

from cvtex.cli.run import run

run()
