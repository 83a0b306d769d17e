"""The schema of cv.yaml: what keys there are and what each value means."""
