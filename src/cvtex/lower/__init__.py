"""Lowers a typed CV to its document tree.

Lowering cannot fail on a CV that was loaded: an unknown reference is reported, and printed as
written.
"""
