"""Writers: each turns the document tree into one kind of file."""
