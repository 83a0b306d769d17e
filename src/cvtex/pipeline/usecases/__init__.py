"""The things a user asks for, such as a build or a lint, and their common parts."""
