"""cvtex compiles a CV: cv.yaml and refs.bib in, one PDF out, through LaTeX."""

__version__ = "0.1.0"
