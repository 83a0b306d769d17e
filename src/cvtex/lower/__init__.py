"""Lowering: from what the user wrote to what stands on the page.

Total on whatever loading accepted: what a text refers to and nobody knows is reported and
printed as written.
"""
