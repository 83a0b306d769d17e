"""Findings, results and rules as text and as data."""
