"""Applies the fixes of findings to the user's files, and checks that nothing else changes."""
