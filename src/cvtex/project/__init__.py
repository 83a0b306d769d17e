"""A project: everything read and validated, before anything is laid out."""
