"""Builds a CV again whenever a file of it changes."""
