"""The LaTeX writer, through PyLaTeX nodes of our own."""
