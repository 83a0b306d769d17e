"""The rules, one function each, in files by their subject."""
