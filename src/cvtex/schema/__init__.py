"""The shape of cv.yaml, typed by pydantic.

The models do without `from __future__ import annotations`: pydantic would have to compile every
annotation, which is a fifth of the time that it takes to import them.
"""
