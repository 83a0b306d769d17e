"""Partial dates: the model, reading EDTF, printing by CLDR."""
