"""Reading BibTeX and BibLaTeX as they exist in the wild; nothing is lost in silence."""
