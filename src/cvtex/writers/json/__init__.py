"""Writes the document tree as JSON, for other programs."""
