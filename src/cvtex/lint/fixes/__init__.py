"""Applies the fixes of findings: only what does no harm, and not a byte beside it."""
