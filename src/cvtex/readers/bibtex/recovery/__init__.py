"""Reading what bibtexparser does not read, or reads in another way than BibTeX."""
