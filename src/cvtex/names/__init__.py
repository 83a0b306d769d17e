"""Names of people: BibTeX's syntax, printing, and matching."""
