"""The shape of cv.yaml, typed by pydantic.

The models have no `from __future__ import annotations`: pydantic would have to compile every
annotation, a fifth of the time of their import.
"""
