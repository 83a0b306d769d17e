"""Text with inline markup: the nodes, the Markdown reader, the plain text of nodes."""
