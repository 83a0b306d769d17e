"""Many CVs in one command."""
