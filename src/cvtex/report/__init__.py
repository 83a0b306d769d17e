"""How findings and results are shown."""
