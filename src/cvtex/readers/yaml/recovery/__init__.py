"""Explains YAML syntax errors, and continues reading behind them."""
