"""Typesets the LaTeX of a CV with a TeX engine."""
