"""Reads a PDF: text, links, fonts and images, by place."""
