"""Writes BibTeX."""
