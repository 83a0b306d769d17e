"""TeX: find an engine, run it safely in a scratch directory, read its log."""
