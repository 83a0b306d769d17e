"""Themes: their folders, manifests, options, and files for TeX."""
