"""The formats of findings: one file each, with a function `render`."""
