"""Findings in the user's files: one type, and one sink that collects them."""
