"""Measures cvtex against its alternatives, and writes `docs/performance.md`: `make bench`."""
