"""Publications: names, selection, order, numbering and citation styles."""
