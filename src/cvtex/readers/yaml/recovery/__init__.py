"""Explains YAML syntax errors, and continues reading after them."""
