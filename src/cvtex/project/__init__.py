"""The project: cv.yaml and the .bib files, read and validated."""
