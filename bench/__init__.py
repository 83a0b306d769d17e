"""Measurements of cvtex and its alternatives (`make bench`), which write `docs/performance.md`."""
