"""Themes: where they are found, what they can be told, and the files they give to TeX."""
