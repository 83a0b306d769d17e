"""Reads YAML into a tree of nodes with exact places; every scalar is text."""
